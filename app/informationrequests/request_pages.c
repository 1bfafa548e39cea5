/* Requests: the list, a new one, one with its clock, and its details. */
#include "base/arena.h"
#include "base/clock.h"
#include "conflict.h"
#include "informationrequests/informationrequests.h"
#include "informationrequests/informationrequests_pages.h"
#include "permissions.h"
#include "templates.h"

enum { OPEN_MOST = 500, CLOSED_ROWS = 25, LINE = 200, CONTACT = 500 };

struct request_form {
	const char *revision;
	const char *name;
	const char *contact;
	const char *subject;
	const char *words;
	int32_t received_on;
};

static const struct field request_fields[] = {
	FIELD(struct request_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct request_form, FIELD_LINE, name, "Who asks?",
	    .subject = "Who asks",
	    .hint = "As they gave it. It shows on this request’s page only, "
		    "never in a bundle",
	    .missing = "Enter who asks", .is_required = true, .maximum = LINE),
	FIELD(struct request_form, FIELD_TEXT, contact,
	    "Where is the answer to be sent?",
	    .subject = "Where the answer is to be sent",
	    .hint = "An e-mail or postal address",
	    .missing = "Enter where the answer is to be sent",
	    .is_required = true, .maximum = CONTACT),
	FIELD(struct request_form, FIELD_LINE, subject, "Subject",
	    .hint = "A few words for lists and for the bundle. Leave out who "
		    "asks",
	    .missing = "Enter the subject", .is_required = true,
	    .maximum = LINE),
	FIELD(struct request_form, FIELD_TEXT, words, "What was asked",
	    .hint = "Word for word", .missing = "Enter what was asked",
	    .is_required = true, .maximum = REQUEST_TEXT),
	FIELD(struct request_form, FIELD_DATE, received_on, "When did it come?",
	    .subject = "Day on which it came",
	    .hint = "The day on which the council received it, also when that "
		    "was no working day. For example, 27 3 2026",
	    .missing = "Enter the day on which it came", .is_required = true),
	FIELD_END,
};

/* GET /information-requests */
struct reply
information_request_list_show(struct request *r)
{
	const int64_t council = r->session.council_id;
	const struct paging paging = request_paging(r, "page",
	    information_request_closed_count(r->db, council), CLOSED_ROWS);

	render_informationrequests_list(r,
	    request_open_lines(
		r, information_request_open_list(r->db, council, OPEN_MOST)),
	    information_request_closed_list(
		r->db, council, paging.offset, CLOSED_ROWS),
	    &paging,
	    permission_has(r->session.role, INFORMATION_REQUEST_WRITE));
	return reply_page(r, HTTP_OK);
}

/* `view` is NULL for a new one. */
static struct reply
request_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	render_informationrequests_request(r, view, form);
	return reply_page(r, status);
}

/* The Act came into force on 1 January 2005. */
static void
request_check(
    struct request *r, struct form *form, const struct request_form *values)
{
	int32_t earliest = 0;

	date_from(2005, 1, 1, &earliest);
	if (values->received_on == 0)
		return;
	if (values->received_on > clock_local_date(r->now))
		form_error(form, "received_on",
		    "Day on which it came must be today or in the past");
	else if (values->received_on < earliest)
		form_error(form, "received_on",
		    "Day on which it came must be in 2005 or later");
}

/* GET /information-requests/new */
struct reply
information_request_new(struct request *r)
{
	const struct request_form values = {
		.revision = "",
		.name = "",
		.contact = "",
		.subject = "",
		.words = "",
		.received_on = clock_local_date(r->now),
	};

	return request_again(
	    r, NULL, form_show(r, request_fields, &values), HTTP_OK);
}

/* POST /information-requests/new */
struct reply
information_request_create(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct request_form values = { 0 };
	struct form *form = form_read(r, request_fields, &values);
	struct request_view view = { 0 };
	const struct information_request_new *made;

	request_check(r, form, &values);
	if (!form_ok(form))
		return request_again(r, NULL, form, HTTP_UNPROCESSABLE);
	made = information_request_insert(r->db, council, values.subject,
	    values.words, values.received_on, r->session.account_id);
	if (made == NULL)
		return reply_not_found(r);
	information_requester_save(
	    r->db, council, made->id, values.name, values.contact);
	view.request = information_request_by_reference(
	    r->db, council, made->reference);
	request_audit(r, &view, "information_request.create", NULL);
	return reply_redirect_with(r, "Request saved. The clock runs",
	    "/information-requests/%s", made->reference);
}

/* GET /information-requests/:reference */
struct reply
information_request_show(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false))
		return reply_not_found(r);
	request_answers_load(r, &view);
	request_audit(r, &view, "information_request.view", NULL);
	render_informationrequests_show(r, &view);
	return reply_page(r, HTTP_OK);
}

/* The form as it is saved. */
static struct form *
request_saved(struct request *r, const struct request_view *view)
{
	const struct information_request *request = view->request;
	const struct request_form values = {
		.revision = form_revision_text(r, request->revision),
		.name = view->requester != NULL ? view->requester->name : "",
		.contact = view->requester != NULL ? view->requester->contact
		                                   : "",
		.subject = request->subject,
		.words = request->words,
		.received_on = request->received_on,
	};

	return form_show(r, request_fields, &values);
}

/* GET /information-requests/:reference/edit */
struct reply
information_request_edit(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write)
		return reply_not_found(r);
	return request_again(r, &view, request_saved(r, &view), HTTP_OK);
}

/* A clarification was not asked for before the request came. */
static void
dates_check(struct form *form, const struct request_view *view,
    const struct request_form *values)
{
	for (size_t i = 0; i < view->clarifications.count; i++)
		if (view->clarifications.row[i].asked_on < values->received_on)
			form_error(form, "received_on",
			    "Day on which it came must be on or before the "
			    "day on which the council asked for a "
			    "clarification");
}

/* POST /information-requests/:reference/edit */
struct reply
information_request_update(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct request_view view;
	struct request_form values = { 0 };
	struct form *form;

	if (!request_load(r, &view, true) || !view.may_write)
		return reply_not_found(r);
	form = form_read(r, request_fields, &values);
	request_check(r, form, &values);
	dates_check(form, &view, &values);
	if (!form_ok(form))
		return request_again(r, &view, form, HTTP_UNPROCESSABLE);
	if (information_request_save(r->db, council, view.request->id,
		form_revision(values.revision), values.subject, values.words,
		values.received_on, r->session.account_id) == 0)
		return request_conflict(r, &view, "Request for information",
		    form, request_saved(r, &view));
	information_requester_save(
	    r->db, council, view.request->id, values.name, values.contact);
	request_audit(r, &view, "information_request.update", NULL);
	return reply_redirect_with(r, "Request saved", "%s", view.path);
}

/* --- Its outcome ---------------------------------------------------------- */

struct outcome_form {
	const char *revision;
	const char *outcome;
	int32_t decided_on;
	const char *explanation;
};

static const struct choice outcomes[] = {
	{ "answered", "Answered",
	    "Also where a part of it was withheld for the reasons in the "
	    "bundle" },
	{ "refused", "Refused", "Nothing is released" },
	{ NULL, NULL, NULL },
};

static const struct field outcome_fields[] = {
	FIELD(struct outcome_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct outcome_form, FIELD_CHOICE, outcome,
	    "How was it answered?", .missing = "Select how it was answered",
	    .is_required = true, .choices = outcomes),
	FIELD(struct outcome_form, FIELD_DATE, decided_on,
	    "When was that sent?", .subject = "Day on which it was sent",
	    .hint = "For example, 27 3 2026",
	    .missing = "Enter the day on which it was sent",
	    .is_required = true),
	FIELD(struct outcome_form, FIELD_TEXT, explanation,
	    "What was said with it",
	    .hint = "Of a refusal: the exemption and why it applies, and the "
		    "public interest test where it is qualified. For answers "
		    "that are sealed, section 22 (to be published later) or "
		    "section 43 (commercial interests)",
	    .maximum = REQUEST_TEXT),
	FIELD_END,
};

static struct form *
outcome_saved(struct request *r, const struct request_view *view)
{
	const struct information_request *request = view->request;
	const bool is_open = text_equal(request->state, "received");
	const struct outcome_form values = {
		.revision = form_revision_text(r, request->revision),
		.outcome = is_open ? "" : request->state,
		.decided_on = is_open ? clock_local_date(r->now)
		                      : request->decided_on,
		.explanation = request->explanation,
	};

	return form_show(r, outcome_fields, &values);
}

static struct reply
outcome_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	render_informationrequests_outcome(r, view, form);
	return reply_page(r, status);
}

/* GET /information-requests/:reference/outcome */
struct reply
information_outcome_edit(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false))
		return reply_not_found(r);
	return outcome_again(r, &view, outcome_saved(r, &view), HTTP_OK);
}

static void
outcome_check(struct request *r, struct form *form,
    const struct request_view *view, const struct outcome_form *values)
{
	const bool is_refusal = text_equal(values->outcome, "refused");

	if (values->decided_on > clock_local_date(r->now))
		form_error(form, "decided_on",
		    "Day on which it was sent must be today or in the past");
	if (values->decided_on != 0 &&
	    values->decided_on < view->request->received_on)
		form_error(form, "decided_on",
		    "Day on which it was sent must be on or after the day on "
		    "which it came");
	if (is_refusal && *values->explanation == '\0')
		form_error(form, "explanation",
		    "Enter the exemption and why it applies");
	if (!is_refusal && view->test != NULL && view->bundles.count == 0)
		form_error(form, "outcome",
		    "Make the bundle before you record that it was answered");
	if (view->open != NULL)
		form_error(form, "outcome",
		    "Record the clarification first, which was asked for and "
		    "has not come");
}

/* POST /information-requests/:reference/outcome : record it, or take it back */
struct reply
information_outcome_update(struct request *r)
{
	const int64_t council = r->session.council_id;
	const bool is_taken_back = text_equal(
	    request_field(r, "act"), "take_back");
	struct request_view view;
	struct outcome_form values = { 0 };
	struct form *form;

	if (!request_load(r, &view, true))
		return reply_not_found(r);
	if (is_taken_back) {
		if (information_request_decide(r->db, council, view.request->id,
			form_revision(request_field(r, "revision")), "received",
			0, view.request->explanation,
			r->session.account_id) == 0)
			return reply_redirect_with(r,
			    "Somebody else has changed this. Look at it again",
			    "%s", view.path);
		request_audit(r, &view, "information_request.take_back", NULL);
		return reply_redirect_with(
		    r, "Outcome taken back", "%s", view.path);
	}
	form = form_read(r, outcome_fields, &values);
	outcome_check(r, form, &view, &values);
	if (!form_ok(form))
		return outcome_again(r, &view, form, HTTP_UNPROCESSABLE);
	if (information_request_decide(r->db, council, view.request->id,
		form_revision(values.revision), values.outcome,
		values.decided_on, values.explanation,
		r->session.account_id) == 0)
		return request_conflict(r, &view,
		    "Outcome of a request for information", form,
		    outcome_saved(r, &view));
	request_audit(r, &view,
	    text_equal(values.outcome, "refused")
		? "information_request.refuse"
		: "information_request.answer",
	    NULL);
	return reply_redirect_with(r, "Outcome saved", "%s", view.path);
}
