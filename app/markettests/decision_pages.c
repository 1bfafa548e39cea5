/* Deciding on a change that somebody else proposed, or taking back one's own. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "templates.h"

struct decision_form {
	const char *revision;
	const char *decision;
	const char *reason;
};

static const struct choice decisions[] = {
	{ "approved", "Approve", NULL },
	{ "refused", "Refuse", "Whoever proposed it reads the reason" },
	{ NULL, NULL, NULL },
};

static const struct field decision_fields[] = {
	FIELD(struct decision_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct decision_form, FIELD_CHOICE, decision,
	    "Do you approve this?", .missing = "Select whether you approve",
	    .is_required = true, .choices = decisions),
	FIELD(struct decision_form, FIELD_TEXT, reason, "Reason",
	    .hint = "Why it is refused", .maximum = 1000),
	FIELD_END,
};

static struct reply
decision_page(struct request *r, const struct market_test_view *view,
    struct form *form, int status)
{
	struct text_list faults = { NULL, 0 };

	if (status == HTTP_CONFLICT)
		form_revision_renew(form, view->row->revision);
	if (text_equal(view->waiting->kind, "publish"))
		faults = market_test_faults(r, view,
		    market_test_invitation_count(
			r->db, view->row->council_id, view->row->id));
	render_markettests_decide(
	    r, view, form, faults, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /market-tests/:reference/decide */
struct reply
market_test_decide_edit(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);
	struct decision_form values = { .decision = "", .reason = "" };

	if (view.row == NULL || !view.may_write || view.waiting == NULL)
		return reply_not_found(r);
	values.revision = form_revision_text(r, view.row->revision);
	return decision_page(
	    r, &view, form_show(r, decision_fields, &values), HTTP_OK);
}

/* What keeps a change from being approved now, or NULL. */
static const char *
approval_fault(struct request *r, const struct market_test_view *view)
{
	const struct market_test_row *row = view->row;
	const struct market_test_change_row *change = view->waiting;

	if (text_equal(change->kind, "publish"))
		return market_test_faults(r, view,
			   market_test_invitation_count(
			       r->db, row->council_id, row->id))
		                   .count > 0
		           ? "It cannot be published yet: see what is missing"
		           : NULL;
	if (!text_equal(row->state, "published"))
		return "It has closed meanwhile, so this cannot be done any "
		       "more";
	if (text_equal(change->kind, "close") &&
	    change->closes_at <= row->closes_at)
		return "The close was moved beyond that time meanwhile";
	return NULL;
}

/* Does what was proposed and tells everybody. */
static void
change_carry_out(struct request *r, const struct market_test_view *view)
{
	const struct market_test_row *row = view->row;
	const struct market_test_change_row *change = view->waiting;
	enum market_test_news news = MARKET_TEST_PUBLISHED;

	if (text_equal(change->kind, "publish")) {
		market_test_publish(r->db, row->council_id, row->id);
	} else if (text_equal(change->kind, "close")) {
		market_test_close_move(
		    r->db, row->council_id, row->id, change->closes_at);
		news = MARKET_TEST_CLOSE_MOVED;
	} else if (text_equal(change->kind, "correct")) {
		market_test_correct(
		    r->db, row->council_id, row->id, change->version_id);
		news = MARKET_TEST_CORRECTED;
	} else {
		market_test_withdraw(
		    r->db, row->council_id, row->id, change->reason);
		news = MARKET_TEST_WITHDRAWN;
	}
	market_test_tell(r, market_test_by_reference(r->db, row->reference),
	    news, change->reason);
}

static struct reply
change_take_back(struct request *r, const struct market_test_view *view)
{
	if (view->waiting->proposed_by_id != r->session.account_id)
		return reply_not_found(r);
	market_test_change_decide(r->db, r->session.council_id,
	    view->waiting->id, "taken_back", "", r->session.account_id);
	audit_add(r->db, "market_test.take_back", "market test",
	    view->row->reference, NULL);
	return reply_redirect_with(
	    r, "Taken back", "/market-tests/%s", view->row->reference);
}

/* POST /market-tests/:reference/decide */
struct reply
market_test_decide_update(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	struct decision_form values = { .decision = "", .reason = "" };
	struct form *form;
	const char *fault;
	bool is_approved;

	if (view.row == NULL || !view.may_write || view.waiting == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "take_back"))
		return change_take_back(r, &view);
	if (view.waiting->proposed_by_id == r->session.account_id)
		return decision_page(r, &view,
		    form_show(r, decision_fields, NULL), HTTP_UNPROCESSABLE);
	form = form_read(r, decision_fields, &values);
	is_approved = text_equal(values.decision, "approved");
	fault = is_approved ? approval_fault(r, &view) : NULL;
	if (fault != NULL)
		form_error(form, "decision", "%s", fault);
	if (text_equal(values.decision, "refused") &&
	    text_is_empty(values.reason))
		form_error(form, "reason", "Enter why it is refused");
	if (!form_ok(form))
		return decision_page(r, &view, form, HTTP_UNPROCESSABLE);
	if (form_revision(values.revision) != view.row->revision)
		return decision_page(r, &view, form, HTTP_CONFLICT);
	market_test_change_decide(r->db, r->session.council_id,
	    view.waiting->id, values.decision, is_approved ? "" : values.reason,
	    r->session.account_id);
	if (is_approved)
		change_carry_out(r, &view);
	audit_add(r->db,
	    is_approved ? "market_test.approve" : "market_test.refuse",
	    "market test", view.row->reference,
	    arena_printf(r->arena, "{\"kind\": \"%s\"}", view.waiting->kind));
	return reply_redirect_with(r,
	    is_approved ? "Approved. Everybody concerned is told by mail"
			: "Refused",
	    "/market-tests/%s", view.row->reference);
}
