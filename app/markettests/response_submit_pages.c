/*
 * Checking a response, submitting it, its receipt, and taking it back. The
 * close is looked at by the database after its lock; what comes at or after it
 * is refused and noted for both sides, and the draft stays.
 */
#include <string.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "markettests/response_pages.h"
#include "markettests/responses.h"
#include "templates.h"

struct submit_form {
	const char *revision;
};

static const struct field submit_fields[] = {
	FIELD(struct submit_form, FIELD_HIDDEN, revision, NULL),
	FIELD_END,
};

static struct reply
check_page(struct request *r, const struct answering *a, const char *problem,
    int status)
{
	struct response_part_list parts = answering_parts(a);
	struct submit_form values = { .revision = form_revision_text(
					  r, a->response->revision) };

	render_markettests_response_check(r, a,
	    form_show(r, submit_fields, &values), parts,
	    answering_gaps(a, parts), problem);
	return reply_page(r, status);
}

/* What to reply where nothing was begun, or nothing can be seen. */
static struct reply
begin_first(struct request *r, const struct answering *a)
{
	if (a->test == NULL)
		return answering_refuse(r);
	return reply_redirect(r, "%s", a->base);
}

/* GET /check */
struct reply
response_check_show(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.response == NULL)
		return begin_first(r, &a);
	return check_page(r, &a, NULL, HTTP_OK);
}

static struct reply
received(struct request *r, const struct answering *a)
{
	struct submission_list list = submission_list(
	    r->db, a->test->council_id, a->response->id);
	const char *content = submission_content(
	    r->db, a->test->council_id, a->response->id);

	audit_add(
	    r->db, "response.submit", "response", a->response->reference, NULL);
	if (list.count > 0 && content != NULL)
		receipt_mail(a, &list.row[0], content);
	return reply_redirect_with(
	    r, "Response submitted", "%s/receipt", a->base);
}

static struct reply
late(struct request *r, const struct answering *a,
    const struct response_outcome *outcome)
{
	audit_add(
	    r->db, "response.late", "response", a->response->reference, NULL);
	render_markettests_response_late(r, a, outcome);
	return reply_page(r, HTTP_CONFLICT);
}

/* POST /submit */
struct reply
response_submit_run(struct request *r)
{
	struct answering a = answering_load(r);
	struct submit_form values = { 0 };
	const struct response_outcome *outcome;
	bool is_complete;

	if (a.response == NULL)
		return begin_first(r, &a);
	form_read(r, submit_fields, &values);
	is_complete = answering_gaps(&a, answering_parts(&a)).count == 0;
	outcome = response_submit(r->db, a.test->council_id, a.response->id,
	    form_revision(values.revision), is_complete);
	if (outcome == NULL || text_equal(outcome->outcome, "absent"))
		return answering_refuse(r);
	if (text_equal(outcome->outcome, "received"))
		return received(r, &a);
	if (text_equal(outcome->outcome, "late"))
		return late(r, &a, outcome);
	if (text_equal(outcome->outcome, "incomplete"))
		return check_page(r, &a,
		    "Answer the questions below before you submit: this "
		    "market test takes only complete responses",
		    HTTP_UNPROCESSABLE);
	if (text_equal(outcome->outcome, "withdrawn"))
		return check_page(r, &a,
		    "The council has withdrawn this market test and takes no "
		    "more responses",
		    HTTP_CONFLICT);
	return check_page(r, &a,
	    a.is_corrected
		? "The council has corrected the questions. Look at what "
		  "changed before you submit"
		: "An answer was saved after you had opened this page. Check "
		  "the answers again before you submit",
	    HTTP_CONFLICT);
}

/* GET /receipt */
struct reply
response_receipt_show(struct request *r)
{
	struct answering a = answering_load(r);
	struct submission_list list;

	if (a.response == NULL)
		return begin_first(r, &a);
	list = submission_list(r->db, a.test->council_id, a.response->id);
	if (list.count == 0)
		return reply_redirect(r, "%s", a.base);
	render_markettests_response_receipt(r, &a, list,
	    receipt_files(r->arena,
		submission_content(r->db, a.test->council_id, a.response->id)));
	return reply_page(r, HTTP_OK);
}

/* GET /receipt.txt */
struct reply
response_receipt_text(struct request *r)
{
	struct answering a = answering_load(r);
	struct submission_list list;
	const char *text;

	if (a.response == NULL)
		return begin_first(r, &a);
	list = submission_list(r->db, a.test->council_id, a.response->id);
	if (list.count == 0)
		return reply_not_found(r);
	text = receipt_text(&a, &list.row[0],
	    submission_content(r->db, a.test->council_id, a.response->id));
	return reply_file(r,
	    arena_printf(r->arena, "receipt-%s.txt", a.response->reference),
	    "text/plain; charset=utf-8",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });
}

/* GET /answers.json: just the bytes whose SHA-256 the receipt gives. */
struct reply
response_content_file(struct request *r)
{
	struct answering a = answering_load(r);
	const char *content;

	if (a.response == NULL)
		return begin_first(r, &a);
	content = submission_content(r->db, a.test->council_id, a.response->id);
	if (content == NULL)
		return reply_not_found(r);
	return reply_file(r, "answers.json", "application/json",
	    (struct bytes) { (const unsigned char *)content, strlen(content) });
}

static bool
may_withdraw(const struct answering *a)
{
	return a->is_open && a->response->has_submitted_number &&
	       a->response->withdrawn_at == 0;
}

/* GET /withdraw */
struct reply
response_withdraw_edit(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.response == NULL)
		return begin_first(r, &a);
	if (!may_withdraw(&a))
		return reply_redirect(r, "%s", a.base);
	render_markettests_response_withdraw(r, &a);
	return reply_page(r, HTTP_OK);
}

/* POST /withdraw */
struct reply
response_withdraw_run(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.response == NULL)
		return begin_first(r, &a);
	if (!response_withdraw(r->db, a.test->council_id, a.response->id))
		return reply_redirect_with(r,
		    "The response was not withdrawn: there is none that "
		    "counts, "
		    "or the market test has closed",
		    "%s", a.base);
	audit_add(r->db, "response.withdraw", "response", a.response->reference,
	    NULL);
	return reply_redirect_with(
	    r, "Response withdrawn. Your draft is still here", "%s", a.base);
}
