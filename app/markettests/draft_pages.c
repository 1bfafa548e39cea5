/* Drafts of market tests: begun, changed, thrown away. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "templates.h"

struct title_form {
	const char *title;
};

static const struct field title_fields[] = {
	FIELD(struct title_form, FIELD_LINE, title, "What is it about?",
	    .subject = "The title",
	    .hint = "For example, Homecare from 2027: what would work?",
	    .missing = "Enter what it is about", .is_required = true,
	    .maximum = 200),
	FIELD_END,
};

/* GET /market-tests/new */
struct reply
market_test_new(struct request *r)
{
	render_markettests_new(r, form_show(r, title_fields, NULL));
	return reply_page(r, HTTP_OK);
}

/* POST /market-tests/new */
struct reply
market_test_create(struct request *r)
{
	struct title_form values = { 0 };
	struct form *form = form_read(r, title_fields, &values);
	const struct market_test_new *made;

	if (!form_ok(form)) {
		render_markettests_new(r, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	made = market_test_insert(
	    r->db, r->session.council_id, values.title, r->session.account_id);
	if (made == NULL)
		return reply_not_found(r);
	audit_add(
	    r->db, "market_test.create", "market test", made->reference, NULL);
	return reply_redirect(r, "/market-tests/%s/edit", made->reference);
}

struct draft_form {
	const char *revision;
	const char *title;
	const char *summary;
	const char *questions;
	const char *audience;
	bool takes_partial;
	int64_t opens_at;
	int64_t clarify_by;
	int64_t closes_at;
	const char *legal_basis;
	const char *notice_reference;
	const char *support;
};

static const struct choice audiences[] = {
	{ "everybody", "Anybody", "It is public, and any provider may answer" },
	{ "invited", "Only those invited",
	    "Nobody else sees it. Service users and carers can be invited in "
	    "either case" },
	{ NULL, NULL, NULL },
};

static const struct field draft_fields[] = {
	FIELD(struct draft_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct draft_form, FIELD_LINE, title, "Title",
	    .missing = "Enter a title", .is_required = true, .maximum = 200),
	FIELD(struct draft_form, FIELD_TEXT, summary, "Summary",
	    .hint = "Two or three sentences for the list of market tests",
	    .maximum = 1000),
	FIELD(struct draft_form, FIELD_CHOICE, questions, "Questions",
	    .hint = "A set of questions that is published"),
	FIELD(struct draft_form, FIELD_CHOICE, audience, "Who may answer?",
	    .missing = "Select who may answer", .is_required = true,
	    .choices = audiences),
	FIELD(struct draft_form, FIELD_TICK, takes_partial,
	    "A response counts that leaves required questions out"),
	FIELD(struct draft_form, FIELD_INSTANT, opens_at,
	    "When can answers begin?", .subject = "When answers can begin",
	    .hint = "For example, 27 9 2027 and 9am. If it is published later, "
		    "they can begin then"),
	FIELD(struct draft_form, FIELD_INSTANT, clarify_by,
	    "Until when can questions to you be asked?",
	    .subject = "The end of questions to you",
	    .hint = "Questions are asked in private and answered to everybody"),
	FIELD(struct draft_form, FIELD_INSTANT, closes_at,
	    "When does it close?", .subject = "The close",
	    .hint = "To the second. Once published it can only be moved "
		    "forward, by two people. For example, 15 10 2027 and 4pm"),
	FIELD(struct draft_form, FIELD_CHOICE, legal_basis,
	    "What law would a later procurement fall under?",
	    .missing = "Select the law", .is_required = true,
	    .choices = market_test_bases),
	FIELD(struct draft_form, FIELD_LINE, notice_reference,
	    "Reference of the notice", .hint = "If one is published",
	    .maximum = 100),
	FIELD(struct draft_form, FIELD_TEXT, support, "Whom to ask for help",
	    .hint = "Hours, telephone and e-mail address. A blank line begins "
		    "a new paragraph",
	    .maximum = 2000),
	FIELD_END,
};

static struct choice_list
version_choices(struct request *r, const struct market_test_row *row)
{
	struct question_version_choice_list list = question_version_choices(
	    r->db, row->council_id, row->version_id);

	return version_choice_list(r, list);
}

static struct reply
draft_page(struct request *r, const struct market_test_view *view,
    struct form *form, int status)
{
	if (status == HTTP_CONFLICT)
		form_revision_renew(form, view->row->revision);
	form_choices(form, "questions", version_choices(r, view->row));
	render_markettests_edit(r, view, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

static bool
is_draft(const struct market_test_view *view)
{
	return view->row != NULL && view->may_write &&
	       text_equal(view->row->state, "draft");
}

/* GET /market-tests/:reference/edit */
struct reply
market_test_edit(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);
	const struct market_test_row *row = view.row;
	struct draft_form values;

	if (!is_draft(&view))
		return reply_not_found(r);
	values = (struct draft_form) {
		.revision = form_revision_text(r, row->revision),
		.title = row->title,
		.summary = row->summary,
		.questions = row->version_id == 0
		                 ? ""
		                 : arena_printf(
				       r->arena, "%" PRId64, row->version_id),
		.audience = row->audience,
		.takes_partial = row->takes_partial,
		.opens_at = row->opens_at,
		.clarify_by = row->clarify_by,
		.closes_at = row->closes_at,
		.legal_basis = row->legal_basis,
		.notice_reference = row->notice_reference,
		.support = row->support,
	};
	return draft_page(
	    r, &view, form_show(r, draft_fields, &values), HTTP_OK);
}

static void
hour_check(
    struct form *form, const char *name, const char *subject, int64_t instant)
{
	const char *fault = market_test_hour_fault(instant);

	if (fault != NULL)
		form_error(form, name, "%s %s", subject, fault);
}

static void
draft_check(
    struct request *r, struct form *form, const struct draft_form *values)
{
	hour_check(form, "closes_at", "The close", values->closes_at);
	hour_check(form, "clarify_by", "The end of questions to you",
	    values->clarify_by);
	if (values->closes_at == 0)
		return;
	if (values->closes_at <= r->now)
		form_error(
		    form, "closes_at", "The close must be in the future");
	if (values->opens_at >= values->closes_at)
		form_error(form, "opens_at",
		    "Answers must be able to begin before the close");
	if (values->clarify_by > values->closes_at)
		form_error(form, "clarify_by",
		    "Questions to you must end before the close");
}

/* POST /market-tests/:reference/edit */
struct reply
market_test_update(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	struct draft_form values = { 0 };
	struct form *form;
	int64_t version = 0;

	if (!is_draft(&view))
		return reply_not_found(r);
	form = form_read(r, draft_fields, &values);
	form_choices(form, "questions", version_choices(r, view.row));
	form_check_choice(form, "questions");
	draft_check(r, form, &values);
	if (!form_ok(form))
		return draft_page(r, &view, form, HTTP_UNPROCESSABLE);
	text_to_int64(values.questions, 0, INT64_MAX, &version);
	if (market_test_update_draft(r->db, r->session.council_id, view.row->id,
		form_revision(values.revision), values.title, values.summary,
		version != 0 ? &version : NULL, values.audience,
		values.takes_partial, values.opens_at, values.clarify_by,
		values.closes_at, values.legal_basis, values.notice_reference,
		values.support) == 0)
		return draft_page(r, &view, form, HTTP_CONFLICT);
	/* What was to be approved is not what stands there any more. */
	if (view.waiting != NULL)
		market_test_change_decide(r->db, r->session.council_id,
		    view.waiting->id, "taken_back", "", r->session.account_id);
	audit_add(r->db, "market_test.change", "market test",
	    view.row->reference, NULL);
	return reply_redirect_with(
	    r, "Draft saved", "/market-tests/%s", view.row->reference);
}

/* POST /market-tests/:reference/remove */
struct reply
market_test_remove(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	const int32_t revision = form_revision(request_field(r, "revision"));

	if (!is_draft(&view))
		return reply_not_found(r);
	if (revision != view.row->revision)
		return reply_redirect_with(r,
		    "Somebody changed the draft: look at it again before you "
		    "throw it away",
		    "/market-tests/%s", view.row->reference);
	market_test_delete(
	    r->db, r->session.council_id, view.row->id, revision);
	audit_add(r->db, "market_test.remove", "market test",
	    view.row->reference, NULL);
	return reply_redirect_with(r, "Draft thrown away", "/market-tests");
}
