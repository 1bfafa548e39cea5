/* A request, its scope and the answers in it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/document.h"
#include "base/requests.sql.h"
#include "base/secret.h"
#include "conflict.h"
#include "informationrequests/informationrequests.h"
#include "permissions.h"
#include "questionnaires/answers.h"

/* What a leak is looked for by: shorter words stand everywhere. */
enum { LEAK_SHORTEST = 5, LEAKS_MOST = 20 };

/* --- The request ---------------------------------------------------------- */

static void
clock_load(struct request *r, struct request_view *view)
{
	const struct information_clarification_list *list =
	    &view->clarifications;
	int32_t clarified_on = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->row[i].answered_on == 0)
			view->open = &list->row[i];
		if (list->row[i].answered_on > clarified_on)
			clarified_on = list->row[i].answered_on;
	}
	view->clock = request_clock_at(view->request->received_on, clarified_on,
	    view->open != NULL,
	    bank_holiday_list(r->db, view->request->received_on),
	    clock_local_date(r->now));
}

/* Personal questions are never in scope, whatever the request says. */
static struct question_list
questions_in_scope(struct request *r, const struct request_view *view)
{
	const struct question_section_list sections = view->set.sections;
	struct question *row = arena_array(
	    r->arena, question_count(&view->set) + 1, sizeof(*row));
	struct question_list list = { row, 0 };

	for (size_t i = 0; i < sections.count; i++)
		for (size_t j = 0; j < sections.row[i].questions.count; j++) {
			const struct question *question =
			    &sections.row[i].questions.row[j];

			if (!question->is_personal &&
			    text_list_has(
				view->request->questions, question->id))
				row[list.count++] = *question;
		}
	return list;
}

static void
test_load(struct request *r, struct request_view *view)
{
	struct reading reading = reading_new(r->arena, "");

	if (!view->request->has_market_test_id)
		return;
	view->test = information_test_by_id(
	    r->db, r->session.council_id, view->request->market_test_id);
	if (view->test == NULL)
		return;
	if (!question_set_read(
		&reading, view->test->document, false, &view->set)) {
		db_fail(r->db, DB_BROKEN,
		    "the questions of a market test cannot be read");
		return;
	}
	view->questions = questions_in_scope(r, view);
}

bool
request_load(struct request *r, struct request_view *view, bool is_locked)
{
	const int64_t council = r->session.council_id;
	const char *reference = request_part(r, "reference");

	*view = (struct request_view) { 0 };
	if (is_locked)
		information_request_lock(r->db, council, reference);
	view->request = information_request_by_reference(
	    r->db, council, reference);
	if (view->request == NULL)
		return false;
	view->path = arena_printf(
	    r->arena, "/information-requests/%s", view->request->reference);
	view->requester = information_requester_of(
	    r->db, council, view->request->id);
	view->clarifications = information_clarification_list(
	    r->db, council, view->request->id);
	view->reasons = information_reason_list(
	    r->db, council, view->request->id);
	view->bundles = information_bundle_list(
	    r->db, council, view->request->id);
	view->may_decide = permission_has(
	    r->session.role, INFORMATION_REQUEST_WRITE);
	view->may_write = view->may_decide &&
	                  text_equal(view->request->state, "received");
	clock_load(r, view);
	test_load(r, view);
	return true;
}

/* --- Answers -------------------------------------------------------------- */

const struct information_reason *
reason_by_id(struct information_reason_list reasons, int64_t id)
{
	for (size_t i = 0; i < reasons.count; i++)
		if (reasons.row[i].id == id)
			return reasons.row + i;
	return NULL;
}

struct bytes
answer_hash(struct arena *arena, const char *text)
{
	unsigned char *hash = arena_alloc(arena, SECRET_HASH_SIZE);

	secret_hash(text, strlen(text), hash);
	return (struct bytes) { hash, SECRET_HASH_SIZE };
}

static struct pair_list
area_names(struct request *r)
{
	const struct information_area_list areas = information_area_list(
	    r->db, r->session.council_id);
	struct pair *row = arena_array(r->arena, areas.count + 1, sizeof(*row));

	for (size_t i = 0; i < areas.count; i++)
		row[i] = (struct pair) { areas.row[i].code, areas.row[i].name };
	return (struct pair_list) { row, areas.count };
}

/* Files are counted: what they are called may name a person. */
static const char *
text_of(struct request *r, const struct question *question, const char *value,
    const struct pair_list *names)
{
	const char *text = answer_text(r->arena, question, value, names);
	size_t files = 1;

	if (question->kind != QUESTION_FILES)
		return text;
	for (; *text != '\0'; text++)
		files += *text == '\n';
	return arena_printf(r->arena, "%zu file%s", files,
	    files == 1 ? " was sent" : "s were sent");
}

static struct passage_list
passages_of(
    struct request *r, struct information_passage_list all, int64_t decision)
{
	struct passage *row;
	struct passage_list list = { NULL, 0 };
	size_t first = 0, count = 0;

	while (first < all.count && all.row[first].decision_id != decision)
		first++;
	while (first + count < all.count &&
	       all.row[first + count].decision_id == decision)
		count++;
	row = arena_array(r->arena, count + 1, sizeof(*row));
	for (size_t i = 0; i < count; i++) {
		const struct information_passage *one = &all.row[first + i];

		row[i] = (struct passage) { one->start, one->length,
			one->reason_id };
	}
	list = (struct passage_list) { row, count };
	return list;
}

static const char *
respondent_of(struct request *r, const struct request_view *view,
    const struct information_answer *row)
{
	if (view->request->names_organisations && *row->organisation != '\0')
		return row->organisation;
	return arena_printf(
	    r->arena, "Respondent %" PRId64, row->respondent_number);
}

/* What counts of a decision, given what the answer says now. */
static void
outcome_find(struct request *r, const struct request_view *view,
    struct information_passage_list passages, struct decided_answer *answer)
{
	const struct information_answer *row = answer->row;
	struct bytes hash = answer_hash(r->arena, answer->text);

	answer->outcome = "";
	if (row->outcome == NULL) {
		answer->is_default = !row->is_confidential;
		if (answer->is_default)
			answer->outcome = "release";
		return;
	}
	answer->is_outdated = row->text_sha256.length != hash.length ||
	                      memcmp(row->text_sha256.data, hash.data,
				  hash.length) != 0;
	if (answer->is_outdated)
		return;
	answer->reason = reason_by_id(view->reasons, row->reason_id);
	if (text_equal(row->outcome, "part")) {
		answer->passages = passages_join(r->arena, answer->text,
		    passages_of(r, passages, row->decision_id),
		    (struct passage_list) { NULL, 0 });
		/* Without its passages nothing would be left to withhold. */
		if (answer->passages.count == 0)
			return;
	}
	answer->outcome = row->outcome;
}

/* Nothing is released of an answer that is not decided. */
static struct segment_list
released_of(struct request *r, const struct decided_answer *answer)
{
	struct segment *bar;

	if (text_equal(answer->outcome, "release") ||
	    text_equal(answer->outcome, "part"))
		return segments_of(r->arena, answer->text, answer->passages);
	bar = arena_alloc(r->arena, sizeof(*bar));
	*bar = (struct segment) {
		.reason_id = answer->reason != NULL ? answer->reason->id : 0,
	};
	return (struct segment_list) { bar, 1 };
}

static void
outcome_count(struct request_view *view, const struct decided_answer *answer)
{
	if (text_equal(answer->outcome, "release"))
		view->whole++;
	else if (text_equal(answer->outcome, "part"))
		view->in_part++;
	else if (text_equal(answer->outcome, "withhold"))
		view->withheld++;
	else
		view->undecided++;
}

void
request_answers_load(struct request *r, struct request_view *view)
{
	const int64_t council = r->session.council_id;
	const struct information_request *request = view->request;
	const struct information_size *size;
	struct information_answer_list rows;
	struct information_passage_list passages;
	struct decided_answer *row;
	struct pair_list names;

	if (view->test == NULL || !view->test->can_be_read)
		return;
	size = information_answer_size(
	    r->db, council, view->test->id, request->questions);
	if (size == NULL || size->answers > REQUEST_ANSWERS_MOST ||
	    size->bytes > REQUEST_BYTES_MOST) {
		view->is_too_large = true;
		return;
	}
	rows = information_answer_list(r->db, council, request->id,
	    request->reference, view->test->id, request->questions);
	passages = information_passage_list(r->db, council, request->id);
	names = area_names(r);
	row = arena_array(r->arena, rows.count + 1, sizeof(*row));
	for (size_t i = 0; i < view->questions.count; i++)
		for (size_t j = 0; j < rows.count; j++) {
			const struct question *question =
			    &view->questions.row[i];
			struct decided_answer *one = &row[view->answers.count];

			if (!text_equal(rows.row[j].question, question->id))
				continue;
			*one = (struct decided_answer) {
				.row = &rows.row[j],
				.question = question,
				.respondent = respondent_of(
				    r, view, &rows.row[j]),
				.text = text_of(
				    r, question, rows.row[j].value, &names),
			};
			outcome_find(r, view, passages, one);
			one->released = released_of(r, one);
			outcome_count(view, one);
			view->answers.count++;
		}
	view->answers.row = row;
}

const struct decided_answer *
request_answer_find(
    const struct request_view *view, const char *response, const char *question)
{
	for (size_t i = 0; i < view->answers.count; i++) {
		const struct decided_answer *answer = &view->answers.row[i];

		if (text_equal(answer->row->response, response) &&
		    text_equal(answer->question->id, question))
			return answer;
	}
	return NULL;
}

/* --- Leaks ---------------------------------------------------------------- */

/* Whether anything that is withheld of one is released of the other. */
static bool
is_leaked(struct request *r, const struct decided_answer *withheld,
    const char *released)
{
	for (size_t i = 0; i < withheld->passages.count; i++) {
		const char *words = passage_text(
		    r->arena, withheld->text, &withheld->passages.row[i]);

		if (strlen(words) >= LEAK_SHORTEST &&
		    strstr(released, words) != NULL)
			return true;
	}
	return text_equal(withheld->outcome, "withhold") &&
	       strlen(withheld->text) >= LEAK_SHORTEST &&
	       (withheld->question->kind == QUESTION_SHORT_TEXT ||
		   withheld->question->kind == QUESTION_LONG_TEXT ||
		   withheld->question->kind == QUESTION_MONEY_PER_HOUR) &&
	       strstr(released, withheld->text) != NULL;
}

struct text_list
request_leaks(struct request *r, const struct request_view *view)
{
	const struct decided_answer_list answers = view->answers;
	const char **row = arena_array(r->arena, LEAKS_MOST, sizeof(*row));
	struct text_list list = { row, 0 };

	for (size_t i = 0; i < answers.count; i++) {
		const struct decided_answer *one = &answers.row[i];
		const char *released = segments_text(r->arena, one->released);

		for (size_t j = 0; j < answers.count; j++) {
			const struct decided_answer *other = &answers.row[j];

			if (list.count == LEAKS_MOST)
				return list;
			if (other->row->response_id != one->row->response_id ||
			    !is_leaked(r, other, released))
				continue;
			row[list.count++] = arena_printf(r->arena,
			    "%s, %s: words that are withheld from %s are "
			    "released here.",
			    one->respondent, question_heading(r, one->question),
			    i == j ? "this answer"
				   : question_heading(r, other->question));
		}
	}
	return list;
}

/* --- Lists ---------------------------------------------------------------- */

/* Those that wait for a clarification have no day and come last. */
static bool
is_before(const struct request_line *a, const struct request_line *b)
{
	if (a->clock.due_on == 0 || b->clock.due_on == 0)
		return a->clock.due_on != 0;
	return a->clock.due_on < b->clock.due_on;
}

struct request_line_list
request_open_lines(
    struct request *r, struct information_request_summary_list list)
{
	struct request_line *row = arena_array(
	    r->arena, list.count + 1, sizeof(*row));
	struct bank_holiday_list holidays = { NULL, 0 };

	/* The oldest comes first. */
	if (list.count > 0)
		holidays = bank_holiday_list(r->db, list.row[0].received_on);
	for (size_t i = 0; i < list.count; i++) {
		const struct information_request_summary *one = &list.row[i];
		const struct request_line line = { one,
			request_clock_at(one->received_on, one->answered_on,
			    one->is_waiting, holidays,
			    clock_local_date(r->now)) };
		size_t at = i;

		for (; at > 0 && is_before(&line, &row[at - 1]); at--)
			row[at] = row[at - 1];
		row[at] = line;
	}
	return (struct request_line_list) { row, list.count };
}

void
request_audit(struct request *r, const struct request_view *view,
    const char *act, const char *detail)
{
	audit_add(r->db, act, "information request", view->request->reference,
	    detail);
}

struct reply
request_conflict(struct request *r, const struct request_view *view,
    const char *title, const struct form *mine, const struct form *theirs)
{
	const struct information_request *request = view->request;
	const struct saver saver = {
		*request->changed_by != '\0' ? request->changed_by : NULL,
		request->changed_at,
		request->changed_by_id == r->session.account_id,
	};

	return reply_conflict(r, title, saver, request->revision, mine, theirs);
}
