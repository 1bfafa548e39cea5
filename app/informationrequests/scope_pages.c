/* Clarifications, and what a request asks for: a market test, its questions. */
#include "base/arena.h"
#include "base/clock.h"
#include "informationrequests/informationrequests.h"
#include "informationrequests/informationrequests_pages.h"
#include "templates.h"

/* --- Clarifications ------------------------------------------------------- */

struct ask_form {
	int32_t asked_on;
	const char *question;
};

static const struct field ask_fields[] = {
	FIELD(struct ask_form, FIELD_DATE, asked_on,
	    "When did the council ask?", .subject = "Day on which it asked",
	    .hint = "The clock stands until that is answered. For example, "
		    "27 3 2026",
	    .missing = "Enter the day on which the council asked",
	    .is_required = true),
	FIELD(struct ask_form, FIELD_TEXT, question, "What did it ask?",
	    .subject = "What it asked",
	    .hint = "What is reasonably needed to find the information",
	    .missing = "Enter what the council asked", .is_required = true,
	    .maximum = REQUEST_TEXT),
	FIELD_END,
};

struct clarified_form {
	int32_t answered_on;
	const char *answer;
};

static const struct field clarified_fields[] = {
	FIELD(struct clarified_form, FIELD_DATE, answered_on,
	    "When did the answer come?",
	    .subject = "Day on which the answer came",
	    .hint = "The twenty working days follow it. For example, "
		    "27 3 2026",
	    .missing = "Enter the day on which the answer came",
	    .is_required = true),
	FIELD(struct clarified_form, FIELD_TEXT, answer, "What did it say?",
	    .subject = "What it said", .missing = "Enter what it said",
	    .is_required = true, .maximum = REQUEST_TEXT),
	FIELD_END,
};

static struct reply
clarification_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	render_informationrequests_clarification(r, view, form);
	return reply_page(r, status);
}

/* GET /information-requests/:reference/clarification */
struct reply
information_clarification_edit(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write)
		return reply_not_found(r);
	return clarification_again(r, &view,
	    form_show(
		r, view.open != NULL ? clarified_fields : ask_fields, NULL),
	    HTTP_OK);
}

/* A day that lies between `earliest`, of what `before` says, and today. */
static void
day_check(struct request *r, struct form *form, const char *name, int32_t date,
    int32_t earliest, const char *before)
{
	const char *subject = form_field(form, name)->field->subject;

	if (date == 0)
		return;
	if (date > clock_local_date(r->now))
		form_error(
		    form, name, "%s must be today or in the past", subject);
	else if (date < earliest)
		form_error(form, name, "%s must be on or after %s, %s", subject,
		    day(r, earliest), before);
}

static struct reply
clarification_ask(struct request *r, const struct request_view *view)
{
	struct ask_form values = { 0 };
	struct form *form = form_read(r, ask_fields, &values);

	day_check(r, form, "asked_on", values.asked_on,
	    view->request->received_on, "when the request came");
	if (!form_ok(form))
		return clarification_again(r, view, form, HTTP_UNPROCESSABLE);
	information_clarification_insert(r->db, r->session.council_id,
	    view->request->id, values.asked_on, values.question);
	request_audit(r, view, "information_request.clarify", NULL);
	return reply_redirect_with(r,
	    "Saved. The clock stands until it is answered", "%s", view->path);
}

/* POST /information-requests/:reference/clarification */
struct reply
information_clarification_update(struct request *r)
{
	struct clarified_form values = { 0 };
	struct request_view view;
	struct form *form;

	if (!request_load(r, &view, true) || !view.may_write)
		return reply_not_found(r);
	/* The other of the two forms was on a page that is older than this. */
	if (request_field(r, view.open != NULL ? "question" : "answer") != NULL)
		return reply_redirect_with(r,
		    "Somebody else has changed this. Look at it again", "%s",
		    view.path);
	if (view.open == NULL)
		return clarification_ask(r, &view);
	form = form_read(r, clarified_fields, &values);
	day_check(r, form, "answered_on", values.answered_on,
	    view.open->asked_on, "when the council asked");
	if (!form_ok(form))
		return clarification_again(r, &view, form, HTTP_UNPROCESSABLE);
	information_clarification_answer(r->db, r->session.council_id,
	    view.request->id, view.open->id, values.answered_on, values.answer);
	request_audit(r, &view, "information_request.clarified", NULL);
	return reply_redirect_with(r,
	    "Saved. The twenty working days follow that day", "%s", view.path);
}

/* --- The market test ------------------------------------------------------ */

struct test_form {
	const char *revision;
	const char *market_test;
	const char *naming;
};

static const struct choice namings[] = {
	{ "numbers", "“Respondent 1”, “Respondent 2” and so on", NULL },
	{ "organisations", "By their names",
	    "Providers only. Service users, carers and other people are never "
	    "named. A provider may trade under its owner’s own name" },
	{ NULL, NULL, NULL },
};

static const struct field test_fields[] = {
	FIELD(struct test_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct test_form, FIELD_CHOICE, market_test,
	    "Which market test is it about?", .missing = "Select a market test",
	    .is_required = true),
	FIELD(struct test_form, FIELD_CHOICE, naming,
	    "How are those who responded named in the bundle?",
	    .missing = "Select how they are named", .is_required = true,
	    .choices = namings),
	FIELD_END,
};

static const char *
test_hint(struct request *r, const struct information_test *test)
{
	if (text_equal(test->state, "opened") ||
	    text_equal(test->state, "finished"))
		return arena_printf(r->arena, "%s, closed %s", test->reference,
		    at(r, test->closes_at));
	return arena_printf(r->arena,
	    "%s. Its answers are sealed and cannot be shown to anybody yet",
	    test->reference);
}

static struct choice_list
test_choices(struct request *r)
{
	const struct information_test_list tests = information_test_list(
	    r->db, r->session.council_id);
	struct choice *row = arena_array(
	    r->arena, tests.count + 1, sizeof(*row));

	for (size_t i = 0; i < tests.count; i++)
		row[i] = (struct choice) { tests.row[i].reference,
			tests.row[i].title, test_hint(r, &tests.row[i]) };
	return (struct choice_list) { row, tests.count };
}

static struct form *
test_saved(struct request *r, const struct request_view *view)
{
	const struct test_form values = {
		.revision = form_revision_text(r, view->request->revision),
		.market_test = view->test != NULL ? view->test->reference : "",
		.naming = view->test == NULL                   ? ""
		          : view->request->names_organisations ? "organisations"
		                                               : "numbers",
	};
	struct form *form = form_show(r, test_fields, &values);

	form_choices(form, "market_test", test_choices(r));
	return form;
}

static struct reply
test_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	render_informationrequests_market_test(r, view, form);
	return reply_page(r, status);
}

/* GET /information-requests/:reference/market-test */
struct reply
information_test_edit(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write)
		return reply_not_found(r);
	return test_again(r, &view, test_saved(r, &view), HTTP_OK);
}

static const struct information_test *
test_chosen(struct request *r, const char *reference)
{
	const struct information_test_list tests = information_test_list(
	    r->db, r->session.council_id);

	for (size_t i = 0; i < tests.count; i++)
		if (text_equal(tests.row[i].reference, reference))
			return tests.row + i;
	return NULL;
}

/* POST /information-requests/:reference/market-test */
struct reply
information_test_update(struct request *r)
{
	struct test_form values = { 0 };
	const struct information_test *test;
	struct request_view view;
	struct form *form;

	if (!request_load(r, &view, true) || !view.may_write)
		return reply_not_found(r);
	form = form_read(r, test_fields, &values);
	form_choices(form, "market_test", test_choices(r));
	form_check_choice(form, "market_test");
	test = test_chosen(r, values.market_test);
	if (!form_ok(form) || test == NULL)
		return test_again(r, &view, form, HTTP_UNPROCESSABLE);
	if (information_request_ask(r->db, r->session.council_id,
		view.request->id, form_revision(values.revision), &test->id,
		text_equal(values.naming, "organisations"),
		r->session.account_id) == 0)
		return request_conflict(
		    r, &view, "Market test", form, test_saved(r, &view));
	request_audit(r, &view, "information_request.ask",
	    arena_printf(
		r->arena, "{\"market_test\": \"%s\"}", test->reference));
	return reply_redirect_with(
	    r, "Market test saved", "%s/questions", view.path);
}

/* --- Its questions -------------------------------------------------------- */

struct scope_form {
	const char *revision;
	struct text_list questions;
};

static const struct field scope_fields[] = {
	FIELD(struct scope_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct scope_form, FIELD_CHOICES, questions,
	    "Which questions does the request ask about?",
	    .missing = "Select at least one question", .is_required = true),
	FIELD_END,
};

/* Without those that are personal, which are never released. */
static struct choice_list
scope_choices(struct request *r, const struct request_view *view)
{
	const struct question_section_list sections = view->set.sections;
	struct choice *row = arena_array(
	    r->arena, question_count(&view->set) + 1, sizeof(*row));
	struct choice_list list = { row, 0 };

	for (size_t i = 0; i < sections.count; i++)
		for (size_t j = 0; j < sections.row[i].questions.count; j++) {
			const struct question *question =
			    &sections.row[i].questions.row[j];

			if (!question->is_personal)
				row[list.count++] = (struct choice) {
					question->id,
					question_full(r, question),
					sections.row[i].title,
				};
		}
	return list;
}

static struct form *
scope_saved(struct request *r, const struct request_view *view)
{
	const struct scope_form values = {
		.revision = form_revision_text(r, view->request->revision),
		.questions = view->request->questions,
	};
	struct form *form = form_show(r, scope_fields, &values);

	form_choices(form, "questions", scope_choices(r, view));
	return form;
}

static struct reply
scope_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	const size_t personal = question_count(&view->set) -
	                        form_field(form, "questions")->choices.count;

	render_informationrequests_questions(r, view, form, personal);
	return reply_page(r, status);
}

/* GET /information-requests/:reference/questions */
struct reply
information_scope_edit(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write ||
	    view.test == NULL)
		return reply_not_found(r);
	return scope_again(r, &view, scope_saved(r, &view), HTTP_OK);
}

/* POST /information-requests/:reference/questions */
struct reply
information_scope_update(struct request *r)
{
	struct scope_form values = { 0 };
	struct request_view view;
	struct form *form;

	if (!request_load(r, &view, true) || !view.may_write ||
	    view.test == NULL)
		return reply_not_found(r);
	form = form_read(r, scope_fields, &values);
	form_choices(form, "questions", scope_choices(r, &view));
	form_check_choice(form, "questions");
	if (!form_ok(form))
		return scope_again(r, &view, form, HTTP_UNPROCESSABLE);
	if (information_request_scope(r->db, r->session.council_id,
		view.request->id, form_revision(values.revision),
		values.questions, r->session.account_id) == 0)
		return request_conflict(
		    r, &view, "Questions", form, scope_saved(r, &view));
	request_audit(r, &view, "information_request.scope",
	    arena_printf(
		r->arena, "{\"questions\": %zu}", values.questions.count));
	return reply_redirect_with(r, "Questions saved", "%s", view.path);
}
