/* The form of a section, question by question, for templates. */
#include "questionnaires/answers_fields.h"

#include <string.h>

#include "base/arena.h"
#include "base/parts.h"
#include "questionnaires/answers_form.h"

static const struct form_field *
field_at(const struct answer_form *answers, size_t slot)
{
	return slot == NO_SLOT ? NULL : &answers->form->fields[slot];
}

static bool
is_picking(enum question_kind kind)
{
	return kind == QUESTION_YES_NO || kind == QUESTION_ONE_OF ||
	       kind == QUESTION_MANY_OF || kind == QUESTION_RATING ||
	       kind == QUESTION_AREAS || kind == QUESTION_DECLARATION;
}

static const char *
question_label(struct arena *arena, const struct question *question)
{
	const char *optional = question->is_required ? "" : " (optional)";

	if (*question->number == '\0')
		return arena_printf(arena, "%s%s", question->text, optional);
	return arena_printf(
	    arena, "%s. %s%s", question->number, question->text, optional);
}

/* "Answer this only when question 8 is answered “Yes”." */
static const char *
condition_words(
    const struct answer_form *answers, const struct question *question)
{
	struct arena *arena = answers->r->arena;
	const char *words = question_condition_words(
	    arena, answers->set, question);

	return *words == '\0' ? NULL
	                      : arena_printf(arena, "Answer this %s.", words);
}

/* What a script compares, to show the question when it comes to be asked. */
static const char *
condition_values(struct arena *arena, const struct question *question)
{
	struct buffer text = buffer_new(arena, 64, 64 * 1024);
	size_t i;

	for (i = 0; i < question->asked_values.count; i++)
		buffer_printf(&text, "%s%s", i > 0 ? " " : "",
		    question->asked_values.row[i]);
	return text.data;
}

/* The boxes or radios, and what was written below each. */
static struct answer_option_list
options_of(const struct answer_form *answers,
    const struct question_slots *slots, const struct form_field *main)
{
	const struct question *question = slots->question;
	struct request *r = answers->r;
	bool is_tick = question->kind == QUESTION_DECLARATION;
	size_t count = is_tick ? 1 : main->choices.count, i;
	struct answer_option *rows = arena_array(
	    r->arena, count, sizeof(*rows));

	for (i = 0; i < count; i++) {
		const struct choice *choice = &main->choices.row[i];

		rows[i].id = choice_id(r, main->field->name, i);
		rows[i].value = is_tick ? "yes" : choice->value;
		rows[i].label = is_tick ? "I confirm this" : choice->label;
		rows[i].hint = is_tick || choice->hint == NULL ? ""
		                                               : choice->hint;
		rows[i].is_picked = text_equal(main->value, rows[i].value) ||
		                    text_list_has(main->values, rows[i].value);
		if (i >= question->option_count || slots->more[i] == NO_SLOT)
			continue;
		rows[i].asks = question->option[i].asks;
		rows[i].more = field_at(answers, slots->more[i]);
	}
	return (struct answer_option_list) { rows, count };
}

static struct answer_row_list
rows_of_table(
    const struct answer_form *answers, const struct question_slots *slots)
{
	const struct question *question = slots->question;
	struct arena *arena = answers->r->arena;
	size_t width = question->column_count, i, j;
	struct answer_row *rows = arena_array(
	    arena, slots->row_count, sizeof(*rows));

	for (i = 0; i < slots->row_count; i++) {
		struct answer_cell *cells = arena_array(
		    arena, width, sizeof(*cells));

		for (j = 0; j < width; j++)
			cells[j] = (struct answer_cell) {
				&question->column[j],
				field_at(answers, slots->cells + i * width + j),
			};
		rows[i].number = (int64_t)i + 1;
		rows[i].cells = (struct answer_cell_list) { cells, width };
	}
	return (struct answer_row_list) { rows, slots->row_count };
}

struct answer_field_list
answer_form_fields(const struct answer_form *answers)
{
	struct arena *arena = answers->r->arena;
	struct answer_field *rows = arena_array(
	    arena, answers->question_count, sizeof(*rows));
	size_t i;

	for (i = 0; i < answers->question_count; i++) {
		const struct question_slots *slots = &answers->questions[i];
		const struct question *question = slots->question;
		struct answer_field *field = &rows[i];

		*field = (struct answer_field) {
			.question = question,
			.name = arena_printf(arena, "q-%s", question->id),
			.label = question_label(arena, question),
			.condition = condition_words(answers, question),
			.condition_values = condition_values(arena, question),
			.guidance = arena_printf(arena, "Guidance on %s",
			    question_name(arena, question)),
			.is_asked = question_is_asked(
			    answers->set, answers->saved, question),
			.is_picking = is_picking(question->kind),
			.main = field_at(answers, slots->main),
			.unit = field_at(answers, slots->unit),
			.confidential = field_at(answers, slots->confidential),
			.reason = field_at(answers, slots->reason),
			.revision = field_at(answers, slots->revision),
			.rows = field_at(answers, slots->rows),
		};
		if (field->is_picking)
			field->options = options_of(
			    answers, slots, field->main);
		if (question->kind != QUESTION_TABLE)
			continue;
		field->table = rows_of_table(answers, slots);
		field->may_add_row = (int64_t)slots->row_count <
		                     rows_most(question);
	}
	return (struct answer_field_list) { rows, answers->question_count };
}

int64_t
answer_limit(const struct question *question)
{
	if (question->kind == QUESTION_LONG_TEXT)
		return question->words_most > 0 ? question->words_most
		                                : QUESTION_ANSWER_MAXIMUM;
	return question->kind == QUESTION_SHORT_TEXT ? QUESTION_LINE_MAXIMUM
	                                             : 0;
}

struct question_clause_list
answer_clauses(struct request *r, const struct answer_form *answers,
    const struct question *question)
{
	struct question_clause *rows = arena_array(
	    r->arena, question->clauses.count, sizeof(*rows));
	struct question_clause_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < question->clauses.count; i++) {
		const struct question_clause *clause = question_clause_by_id(
		    answers->set, question->clauses.row[i]);

		if (clause != NULL)
			rows[list.count++] = *clause;
	}
	return list;
}

const char *
clause_href(struct request *r, const char *document,
    const struct question_clause *clause)
{
	return arena_printf(r->arena, "%s#clause-%s", document, clause->id);
}

const char *
answer_suffix(const struct question *question)
{
	if (question->kind == QUESTION_NUMBER && *question->unit != '\0')
		return question->unit;
	return question->kind == QUESTION_MONEY_PER_HOUR ? "an hour" : NULL;
}
