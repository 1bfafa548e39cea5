/* A package that is placed, and whose person now needs something else. */
#include "base/arena.h"
#include "base/requests.sql.h"
#include "offers/notices.h"
#include "offers/reply_forms.h"
#include "packages/history.sql.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"
#include "placements/start.h"
#include "templates.h"

/*
 * A package under which care goes on; NULL with `*reply` filled when it is
 * none. Care that is only planned has nothing to be interim for.
 */
static const struct package *
package_cared_for(struct request *r, struct reply *reply)
{
	const struct package *package = package_by_reference(
	    r->db, r->session.council_id, request_part(r, "reference"));

	if (package == NULL) {
		*reply = reply_not_found(r);
		return NULL;
	}
	if (text_equal(package->state, "placed") &&
	    package_has_care(r->db, r->session.council_id, package->id))
		return package;
	*reply = reply_redirect_with(r,
	    text_equal(package->state, "placed")
		? "Care has not started. End the placement to change the "
		  "package"
		: "A change of needs is recorded while care goes on",
	    "/packages/%s", package->reference);
	return NULL;
}

static struct reply
reopen_again(struct request *r, const struct package *package,
    struct form *form, int status)
{
	render_packages_reopen(r, package,
	    package_placement_list(r->db, r->session.council_id, package->id),
	    form);
	return reply_page(r, status);
}

/*
 * GET /packages/:reference/reopen: the start that was wanted has come, so
 * another is asked for.
 */
struct reply
package_reopen_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_cared_for(r, &reply);

	if (package == NULL)
		return reply;
	return reopen_again(
	    r, package, form_show(r, start_fields, NULL), HTTP_OK);
}

/* The provider goes on as before, until other care starts. */
static void
carers_tell(
    struct request *r, const struct package *package, int64_t organisation)
{
	struct offer_work work = offer_work_of(r);
	const struct placement_of_package *placement = package_interim_care(
	    r->db, r->session.council_id, package->id, organisation);

	if (placement == NULL)
		return;
	notice_placement(&work, r->session.council_id,
	    &(struct placement_notice) {
		.kind = "placement_interim",
		.text = "The needs of a placement with you have changed",
		.task = "Tell the provider that the needs have changed and "
			"other care is looked for",
		.package_id = package->id,
		.organisation_id = organisation,
		.placement = placement->reference,
	    });
}

/*
 * POST /packages/:reference/reopen: a new version waits, with the care that
 * goes on as interim care and its hours in place.
 */
struct reply
package_reopen_run(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	int64_t council = r->session.council_id;
	const struct package *package;
	struct start_form start = { 0 };
	struct form *form;
	struct reply reply;
	int64_t organisation;

	offer_package_lock(&work, council, request_part(r, "reference"));
	package = package_cared_for(r, &reply);
	if (package == NULL)
		return reply;
	form = form_read(r, start_fields, &start);
	if (form_ok(form))
		start_form_check(form, &start, r->now);
	if (!form_ok(form))
		return reopen_again(r, package, form, HTTP_UNPROCESSABLE);
	care_start(r->db, r->arena, council, package->id);
	organisation = package_care_to_interim(r->db, council, package->id);
	package_reopen(r->db, council, package->id);
	package_save_start(
	    r->db, council, package->id, start.urgency, start.start_wanted);
	package_version_insert(
	    r->db, council, package->id, r->session.account_id, true);
	package_wait_open(r->db, council, package->id);
	audit_add(r->db, "package.reopen", "package", package->reference, NULL);
	carers_tell(r, package, organisation);
	return reply_redirect_with(r,
	    "The package waits again. Change what is different now",
	    "/packages/%s/change", package->reference);
}
