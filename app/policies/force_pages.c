/*
 * Putting a version in force for a framework, calling that off before its day
 * has come, and retiring a version.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "policies/policies_pages.h"
#include "policies/views.h"
#include "templates.h"

struct force_form {
	const char *revision;
	const char *framework;
	int32_t from_on;
};

static const struct field force_fields[] = {
	FIELD(struct force_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct force_form, FIELD_CHOICE, framework,
	    "For which framework?", .subject = "The framework",
	    .missing = "Select the framework", .is_required = true),
	FIELD(struct force_form, FIELD_DATE, from_on, "From which day?",
	    .subject = "The day",
	    .hint = "Offers that are out already go on by the version that "
		    "they were sent under. For example, 27 3 2027",
	    .missing = "Enter the day from which it is in force",
	    .is_required = true),
	FIELD_END,
};

static struct choice_list
framework_choices(struct request *r, struct policy_framework_list frameworks)
{
	struct choice *row = arena_array(
	    r->arena, frameworks.count, sizeof(*row));

	for (size_t i = 0; i < frameworks.count; i++)
		row[i] = (struct choice) {
			frameworks.row[i].reference,
			frameworks.row[i].name,
			arena_printf(r->arena, "Now: %s, version %" PRId32,
			    frameworks.row[i].policy_name,
			    frameworks.row[i].version_number),
		};
	return (struct choice_list) { row, frameworks.count };
}

static struct reply
force_page(struct request *r, const struct policy_view *view, struct form *form,
    struct policy_framework_list frameworks, int status)
{
	struct policy_sheet sheet = policy_sheet_of(r, view->rules);

	form_choices(form, "framework", framework_choices(r, frameworks));
	if (status == HTTP_CONFLICT)
		form_revision_renew(form, view->version->revision);
	render_policies_force(r, view, form, &sheet, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /policies/:reference/versions/:number/put-in-force */
struct reply
policy_force_edit(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	struct policy_framework_list frameworks;
	struct force_form values = { .framework = "" };

	if (view.policy == NULL || view.version->retired_at != 0)
		return reply_not_found(r);
	frameworks = policy_framework_list(
	    r->db, r->session.council_id, policy_today(r));
	values.revision = form_revision_text(r, view.version->revision);
	values.from_on = policy_today(r);
	if (frameworks.count == 1)
		values.framework = frameworks.row[0].reference;
	return force_page(
	    r, &view, form_show(r, force_fields, &values), frameworks, HTTP_OK);
}

static const struct policy_framework *
framework_find(struct policy_framework_list frameworks, const char *reference)
{
	for (size_t i = 0; i < frameworks.count; i++)
		if (text_equal(frameworks.row[i].reference, reference))
			return frameworks.row + i;
	return NULL;
}

static void
force_check(struct request *r, struct form *form,
    const struct force_form *values, const struct policy_view *view,
    const struct policy_framework *framework)
{
	size_t faults = policy_check(r->arena, view->rules).count;

	if (faults != 0)
		form_error(form, "framework",
		    "Mend what is wrong with the policy first: %zu %s", faults,
		    faults == 1 ? "thing" : "things");
	if (values->from_on != 0 && values->from_on < policy_today(r))
		form_error(
		    form, "from_on", "The day must be today or in the future");
	if (framework != NULL && values->from_on == policy_today(r) &&
	    framework->version_id == view->version->id)
		form_error(form, "framework",
		    "This version is in force for it already");
}

/* Publishes a draft; false when somebody else was first. */
static bool
publish(struct request *r, const struct policy_view *view,
    const struct force_form *values)
{
	const int32_t revision = form_revision(values->revision);

	if (view->version->published_at != 0)
		return revision == view->version->revision;
	return policy_version_publish(r->db, r->session.council_id,
		   view->version->id, revision, r->session.account_id) == 1;
}

/* POST /policies/:reference/versions/:number/put-in-force */
struct reply
policy_force_update(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	struct force_form values = { .framework = "" };
	struct policy_framework_list frameworks;
	const struct policy_framework *framework;
	struct form *form;

	if (view.policy == NULL || view.version->retired_at != 0)
		return reply_not_found(r);
	frameworks = policy_framework_list(
	    r->db, r->session.council_id, policy_today(r));
	form = form_read(r, force_fields, &values);
	framework = framework_find(frameworks, values.framework);
	if (form_ok(form) && framework == NULL)
		form_error(form, "framework", "Select the framework");
	force_check(r, form, &values, &view, framework);
	if (!form_ok(form))
		return force_page(
		    r, &view, form, frameworks, HTTP_UNPROCESSABLE);
	if (!publish(r, &view, &values))
		return force_page(r, &view, form, frameworks, HTTP_CONFLICT);
	policy_put_in_force(r->db, r->session.council_id, framework->id,
	    view.version->id, values.from_on, r->session.account_id);
	policy_audit(r, &view, "policy.put_in_force",
	    arena_printf(r->arena, ", \"framework\": \"%s\", \"from\": \"%s\"",
		framework->reference, day(r, values.from_on)));
	return reply_redirect_with(r,
	    values.from_on == policy_today(r)
		? "Policy in force"
		: "Policy will be in force from that day",
	    "%s", version_path(r, &view));
}

/* POST /policies/:reference/versions/:number/call-off */
struct reply
policy_call_off_run(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	const char *use = request_field(r, "use");
	int64_t id = 0;

	if (view.policy == NULL || use == NULL ||
	    !text_to_int64(use, 1, INT64_MAX, &id) ||
	    policy_call_off(r->db, r->session.council_id, id, view.version->id,
		policy_today(r)) == 0)
		return reply_not_found(r);
	policy_audit(r, &view, "policy.call_off", NULL);
	return reply_redirect_with(
	    r, "Called off", "%s", version_path(r, &view));
}

/* Whether the version can be retired: published, and in force nowhere. */
static bool
can_retire(const struct policy_view *view)
{
	return view->policy != NULL && view->version->published_at != 0 &&
	       view->version->retired_at == 0 &&
	       !version_is_used(view->version);
}

/* GET /policies/:reference/versions/:number/retire */
struct reply
policy_retire_edit(struct request *r)
{
	struct policy_view view = policy_view_version(r);

	if (!can_retire(&view))
		return reply_not_found(r);
	render_policies_retire(r, &view);
	return reply_page(r, HTTP_OK);
}

/* POST /policies/:reference/versions/:number/retire */
struct reply
policy_retire_run(struct request *r)
{
	struct policy_view view = policy_view_version(r);

	if (!can_retire(&view))
		return reply_not_found(r);
	policy_version_retire(r->db, r->session.council_id, view.version->id,
	    r->session.account_id);
	policy_audit(r, &view, "policy.retire", NULL);
	return reply_redirect_with(
	    r, "Version retired", "%s", version_path(r, &view));
}
