/*
 * A response as a list of tasks, begun, brought to newer questions, and on
 * paper. Acts of respondents are in the audit without the council: before the
 * close nobody of it may learn who answers.
 */
#include "markettests/response_pages.h"

#include "base/db.h"
#include "base/requests.sql.h"
#include "markettests/responses.h"
#include "templates.h"

/* GET the response */
struct reply
response_show(struct request *r)
{
	struct answering a = answering_load(r);
	struct late_attempt_list late = { NULL, 0 };

	if (a.test == NULL)
		return answering_refuse(r);
	if (a.response == NULL) {
		render_markettests_response_new(r, &a);
		return reply_page(r, HTTP_OK);
	}
	if (a.response->late_count > 0)
		late = late_attempt_list(
		    r->db, a.test->council_id, a.response->id);
	render_markettests_response_tasks(r, &a, answering_tasks(&a), late);
	return reply_page(r, HTTP_OK);
}

/* POST the response: begins it, or finds the one that a colleague began. */
struct reply
response_create(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.test == NULL)
		return answering_refuse(r);
	if (a.response != NULL)
		return reply_redirect(r, "%s", a.base);
	if (response_begin(r->db, a.test->council_id, a.test->id) == 0) {
		render_markettests_response_new(r, &a);
		return reply_page(r, HTTP_CONFLICT);
	}
	a.response = response_look(r->db, a.test->council_id, a.test->id);
	if (a.response != NULL)
		audit_add(r->db, "response.begin", "response",
		    a.response->reference, NULL);
	return reply_redirect(r, "%s", a.base);
}

/* POST /follow: the changes of the questions were seen. */
struct reply
response_follow_run(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.test == NULL)
		return answering_refuse(r);
	if (a.response == NULL || !a.is_corrected)
		return reply_redirect(r, "%s", a.base);
	response_follow(r->db, a.test->council_id, a.response->id);
	audit_add(
	    r->db, "response.follow", "response", a.response->reference, NULL);
	return reply_redirect_with(
	    r, "You answer the corrected questions now", "%s", a.base);
}

/* GET /document: what binds, and the clauses that questions refer to. */
struct reply
response_document_show(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.test == NULL)
		return answering_refuse(r);
	render_markettests_response_document(r, &a);
	return reply_page(r, HTTP_OK);
}

/* GET /print: everything on one page, whatever state it is in. */
struct reply
response_print_show(struct request *r)
{
	struct answering a = answering_load(r);

	if (a.test == NULL)
		return answering_refuse(r);
	if (a.response == NULL)
		return reply_redirect(r, "%s", a.base);
	render_markettests_response_print(r, &a, answering_parts(&a));
	return reply_page(r, HTTP_OK);
}
