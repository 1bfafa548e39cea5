/*
 * Loading a response for whoever answers. Who that is, session or link, is
 * settled here and nowhere else.
 */
#include "markettests/responses.h"

#include <string.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/session.h"
#include "markettests/uploads.sql.h"
#include "templates.h"

enum { TOKEN_LENGTH = 2 * SESSION_TOKEN_SIZE };

/* By the link that the path names. */
static void
link_follow(struct answering *a, const char *token)
{
	const struct respondent *respondent;

	a->is_by_link = true;
	a->base = arena_printf(a->r->arena, "/respond/%s", token);
	if (strlen(token) != TOKEN_LENGTH ||
	    strspn(token, "0123456789abcdef") != TOKEN_LENGTH)
		return;
	respondent = respondent_begin(
	    a->r->db, session_token_hash(a->r, token));
	if (respondent == NULL)
		return;
	a->name = respondent->name;
	a->test = market_test_to_answer(
	    a->r->db, respondent->market_test_reference);
	if (a->test != NULL)
		a->email = respondent_email(a->r->db, a->test->id);
}

static void
session_follow(struct answering *a)
{
	const char *reference = request_part(a->r, "reference");

	a->base = arena_printf(
	    a->r->arena, "/market-tests/%s/response", reference);
	a->name = a->r->session.organisation_name;
	a->email = a->r->session.email;
	a->test = market_test_to_answer(a->r->db, reference);
}

static struct question_set
set_load(struct answering *a, int64_t version)
{
	const char *document = response_questions(
	    a->r->db, a->test->council_id, version);
	struct reading reading = reading_new(a->r->arena, "");
	struct question_set set = { .code = "", .name = "", .source = "" };

	set.introduction = "";
	/* Published versions are read as they were when they were checked. */
	if (document != NULL &&
	    !question_set_read(&reading, document, true, &set))
		db_fail(a->r->db, DB_BROKEN,
		    "a published set of questions cannot be read");
	return set;
}

static void
answers_load(struct answering *a)
{
	struct answer *rows;
	size_t i;

	a->saved = answer_saved_list(
	    a->r->db, a->test->council_id, a->response->id);
	rows = arena_array(a->r->arena, a->saved.count, sizeof(*rows));
	for (i = 0; i < a->saved.count; i++)
		rows[i] = (struct answer) {
			.question = a->saved.row[i].question,
			.value = a->saved.row[i].value,
			.is_confidential = a->saved.row[i].is_confidential,
			.reason = a->saved.row[i].confidential_reason,
			.revision = a->saved.row[i].revision,
		};
	a->answers = (struct answer_list) { rows, a->saved.count };
}

struct answering
answering_load(struct request *r)
{
	struct answering a = { .r = r };
	const char *token = request_part(r, "token");
	int64_t version;

	if (*token != '\0')
		link_follow(&a, token);
	else
		session_follow(&a);
	if (a.test == NULL)
		return a;
	a.document = arena_printf(r->arena, "%s/document", a.base);
	a.is_closed = r->now >= a.test->closes_at;
	a.is_open = text_equal(a.test->state, "published") &&
	            r->now >= a.test->opens_at && !a.is_closed;
	a.response = response_look(r->db, a.test->council_id, a.test->id);
	version = a.test->question_set_version_id;
	if (a.response != NULL)
		version = a.response->question_set_version_id;
	a.set = set_load(&a, version);
	if (a.response == NULL)
		return a;
	answers_load(&a);
	a.is_corrected = version != a.test->question_set_version_id;
	if (a.is_corrected) {
		struct question_set newer = set_load(
		    &a, a.test->question_set_version_id);

		a.changes = question_set_changes(r->arena, &a.set, &newer);
	}
	return a;
}

struct reply
answering_refuse(struct request *r)
{
	if (*request_part(r, "token") == '\0')
		return reply_not_found(r);
	render_markettests_response_link_gone(r);
	return reply_page(r, HTTP_GONE);
}

/* --- Areas ---------------------------------------------------------------- */

struct choice_list
answering_areas(
    const struct answering *a, const struct question_section *section)
{
	struct asked_area_list areas = { NULL, 0 };
	struct choice *rows;
	size_t i;

	for (i = 0; i < section->questions.count && areas.count == 0; i++)
		if (section->questions.row[i].kind == QUESTION_AREAS)
			areas = response_area_list(a->r->db,
			    a->test->council_id,
			    section->questions.row[i].scheme);
	rows = arena_array(a->r->arena, areas.count, sizeof(*rows));
	for (i = 0; i < areas.count; i++)
		rows[i] = (struct choice) {
			areas.row[i].value,
			areas.row[i].label,
			NULL,
		};
	return (struct choice_list) { rows, areas.count };
}

struct pair_list
answering_names(const struct answering *a)
{
	size_t sections = a->set.sections.count, most = 0, i, j;
	struct choice_list *areas = arena_array(
	    a->r->arena, sections, sizeof(*areas));
	struct upload_list uploads = { NULL, 0 };
	struct pair_list names = { NULL, 0 };
	struct pair *rows;

	if (a->response != NULL)
		uploads = upload_list(
		    a->r->db, a->test->council_id, a->response->id);
	most += uploads.count;
	for (i = 0; i < sections; i++) {
		areas[i] = answering_areas(a, &a->set.sections.row[i]);
		most += areas[i].count;
	}
	rows = arena_array(a->r->arena, most, sizeof(*rows));
	names.row = rows;
	for (i = 0; i < sections; i++)
		for (j = 0; j < areas[i].count; j++)
			rows[names.count++] = (struct pair) {
				areas[i].row[j].value,
				areas[i].row[j].label,
			};
	for (i = 0; i < uploads.count; i++)
		rows[names.count++] = (struct pair) {
			uploads.row[i].reference,
			uploads.row[i].name,
		};
	return names;
}

/* --- Sections ------------------------------------------------------------- */

static const char *
section_href(const struct answering *a, const struct question_section *section)
{
	return arena_printf(
	    a->r->arena, "%s/sections/%s", a->base, section->id);
}

struct response_task_list
answering_tasks(const struct answering *a)
{
	static const struct {
		const char *status;
		const char *colour;
	} looks[] = {
		[ANSWERS_NOT_STARTED] = { "Not started", "blue" },
		[ANSWERS_IN_PROGRESS] = { "In progress", "teal" },
		[ANSWERS_DONE] = { "Completed", NULL },
		[ANSWERS_NOT_ASKED] = { "Not asked of you", NULL },
	};
	size_t count = a->set.sections.count, i;
	struct response_task *rows = arena_array(
	    a->r->arena, count, sizeof(*rows));

	for (i = 0; i < count; i++) {
		const struct question_section *section =
		    &a->set.sections.row[i];
		struct section_standing standing = section_standing(
		    &a->set, section, &a->answers);

		rows[i] = (struct response_task) {
			.id = section->id,
			.title = section->title,
			.href = standing.state == ANSWERS_NOT_ASKED
			            ? NULL
			            : section_href(a, section),
			.status = looks[standing.state].status,
			.colour = looks[standing.state].colour,
			.standing = standing,
		};
	}
	return (struct response_task_list) { rows, count };
}

struct response_part_list
answering_parts(const struct answering *a)
{
	const struct pair_list names = answering_names(a);
	size_t count = a->set.sections.count, i;
	struct response_part *rows = arena_array(
	    a->r->arena, count, sizeof(*rows));

	for (i = 0; i < count; i++) {
		const struct question_section *section =
		    &a->set.sections.row[i];

		rows[i] = (struct response_part) {
			.section = section,
			.href = section_href(a, section),
			.base = a->base,
			.lines = answer_lines(
			    a->r->arena, &a->set, section, &a->answers, &names),
		};
	}
	return (struct response_part_list) { rows, count };
}

const char *
response_question_text(struct request *r, const struct question *question)
{
	if (*question->number == '\0')
		return question->text;
	return arena_printf(
	    r->arena, "%s. %s", question->number, question->text);
}

static const char *
gap_text(struct request *r, const struct answer_line *line)
{
	if (line->is_missing)
		return arena_printf(r->arena, "Not answered yet: %s",
		    response_question_text(r, line->question));
	if (line->is_asked && line->answer != NULL &&
	    line->answer->is_confidential && *line->answer->reason == '\0')
		return arena_printf(r->arena,
		    "Say why your answer is confidential: %s",
		    response_question_text(r, line->question));
	return NULL;
}

struct response_gap_list
answering_gaps(const struct answering *a, struct response_part_list parts)
{
	struct response_gap *rows = arena_array(
	    a->r->arena, question_count(&a->set), sizeof(*rows));
	struct response_gap_list gaps = { rows, 0 };
	size_t i, j;

	for (i = 0; i < parts.count; i++) {
		const struct response_part *part = &parts.row[i];

		for (j = 0; j < part->lines.count; j++) {
			const struct answer_line *line = &part->lines.row[j];
			const char *text = gap_text(a->r, line);

			if (text != NULL)
				rows[gaps.count++] = (struct response_gap) {
					arena_printf(a->r->arena,
					    "%s#question-%s", part->href,
					    line->question->id),
					text,
				};
		}
	}
	return gaps;
}

/* --- Saving --------------------------------------------------------------- */

struct answer_stored_list
answering_save(const struct answering *a, struct answer_list answers)
{
	struct arena *arena = a->r->arena;
	size_t count = answers.count, i;
	const char **questions = arena_array(arena, count, sizeof(char *));
	const char **values = arena_array(arena, count, sizeof(char *));
	const char **reasons = arena_array(arena, count, sizeof(char *));
	int64_t *confidential = arena_array(arena, count, sizeof(int64_t));
	int64_t *revisions = arena_array(arena, count, sizeof(int64_t));

	if (count == 0)
		return (struct answer_stored_list) { NULL, 0 };
	for (i = 0; i < count; i++) {
		questions[i] = answers.row[i].question;
		values[i] = answers.row[i].value;
		reasons[i] = answers.row[i].reason;
		confidential[i] = answers.row[i].is_confidential;
		revisions[i] = answers.row[i].revision;
	}
	return answer_save(a->r->db, a->test->council_id, a->response->id,
	    (struct text_list) { questions, count },
	    (struct text_list) { values, count },
	    (struct int64_list) { confidential, count },
	    (struct text_list) { reasons, count },
	    (struct int64_list) { revisions, count });
}
