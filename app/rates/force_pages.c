/* Putting a draft in force, calling that off, and throwing a draft away. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "rates/rates_pages.h"
#include "rates/views.h"
#include "templates.h"

/* Why it cannot be put in force, a sentence, or NULL. */
static const char *
force_fault(struct request *r, const struct rate_view *view)
{
	struct rate_version_row_list versions = rate_version_list(
	    r->db, r->session.council_id, view->card->id, rate_today(r));
	int32_t starts = view->version->starts_on;
	bool has_other = false;

	for (size_t i = 0; i < versions.count; i++) {
		const struct rate_version_row *other = &versions.row[i];

		if (other->published_at == 0)
			continue;
		has_other = true;
		if (other->starts_on == starts)
			return arena_printf(r->arena,
			    "Version %" PRId32 " begins on %s already. Change "
			    "the first day of this one",
			    other->number, day(r, starts));
	}
	if (has_other && view->card->frameworks.count > 0 &&
	    starts < rate_today(r))
		return arena_printf(r->arena,
		    "The first day is %s, which has gone by. Prices of the "
		    "past do not change: choose today or a later day",
		    day(r, starts));
	return NULL;
}

static struct reply
force_page(struct request *r, const struct rate_view *view, const char *fault,
    int status)
{
	struct rate_sheet sheet = rate_sheet_of(r, view);

	render_rates_force(r, view, &sheet, fault, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /rates/:reference/versions/:number/put-in-force */
struct reply
rate_force_edit(struct request *r)
{
	struct rate_view view = rate_view_draft(r);

	if (view.card == NULL)
		return reply_not_found(r);
	return force_page(r, &view, force_fault(r, &view), HTTP_OK);
}

/* POST /rates/:reference/versions/:number/put-in-force */
struct reply
rate_force_update(struct request *r)
{
	struct rate_view view = rate_view_draft(r);
	const char *fault;

	if (view.card == NULL)
		return reply_not_found(r);
	fault = force_fault(r, &view);
	if (fault != NULL)
		return force_page(r, &view, fault, HTTP_UNPROCESSABLE);
	if (rate_put_in_force(r->db, r->session.council_id, view.version->id,
		form_revision(request_field(r, "revision")),
		r->session.account_id) == 0)
		return force_page(r, &view, NULL, HTTP_CONFLICT);
	rate_rename(
	    r->db, r->session.council_id, view.card->id, view.document->name);
	rate_audit(r, &view, "rate.put_in_force");
	return reply_redirect_with(r,
	    view.version->starts_on <= rate_today(r)
		? "Rate card in force"
		: "Rate card will be in force from its first day",
	    "%s", rate_path(r, &view));
}

/* POST /rates/:reference/versions/:number/call-off */
struct reply
rate_call_off_run(struct request *r)
{
	struct rate_view view = rate_view_version(r);

	if (view.card == NULL || rate_call_off(r->db, r->session.council_id,
				     view.version->id, rate_today(r)) == 0)
		return reply_not_found(r);
	rate_audit(r, &view, "rate.call_off");
	return reply_redirect_with(
	    r, "Called off. It is a draft again", "%s", rate_path(r, &view));
}

/* GET /rates/:reference/versions/:number/discard */
struct reply
rate_discard_edit(struct request *r)
{
	struct rate_view view = rate_view_draft(r);

	if (view.card == NULL)
		return reply_not_found(r);
	render_rates_discard(r, &view, false);
	return reply_page(r, HTTP_OK);
}

/* POST /rates/:reference/versions/:number/discard */
struct reply
rate_discard_run(struct request *r)
{
	struct rate_view view = rate_view_draft(r);
	int64_t council = r->session.council_id;

	if (view.card == NULL)
		return reply_not_found(r);
	if (rate_draft_delete(r->db, council, view.version->id,
		form_revision(request_field(r, "revision"))) == 0) {
		render_rates_discard(r, &view, true);
		return reply_page(r, HTTP_CONFLICT);
	}
	rate_audit(r, &view, "rate.discard");
	if (rate_delete(r->db, council, view.card->id) == 1)
		return reply_redirect_with(r, "Draft thrown away", "/rates");
	return reply_redirect_with(
	    r, "Draft thrown away", "/rates/%s", view.card->reference);
}
