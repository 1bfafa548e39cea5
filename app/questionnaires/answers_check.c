/*
 * What was typed into the form of a section: the checks beyond those of single
 * fields, and the answers that it comes to.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "questionnaires/answers_form.h"

static const char *
name_of(const struct answer_form *answers, size_t slot)
{
	return answers->table[slot].name;
}

static bool
has_error(const struct answer_form *answers, size_t slot)
{
	return slot != NO_SLOT && answers->form->fields[slot].error != NULL;
}

/* Whether anything was typed, be it good or bad. */
static bool
is_filled(const struct answer_form *answers, size_t slot)
{
	const struct form_field *field = &answers->form->fields[slot];

	return *field->value != '\0' || *field->day != '\0' ||
	       *field->month != '\0' || *field->year != '\0' ||
	       field->values.count > 0;
}

static void
length_check(struct answer_form *answers, size_t slot, int64_t most)
{
	const char *text = slot_text(answers, slot);
	int64_t count;

	/* No text has more characters than bytes. */
	if ((int64_t)strlen(text) <= most)
		return;
	count = character_count(text);
	if (count > most)
		form_error(answers->form, name_of(answers, slot),
		    "%s must be %s characters or fewer: it has %s",
		    answers->table[slot].subject,
		    text_number(answers->r->arena, most),
		    text_number(answers->r->arena, count));
}

static void
words_check(struct answer_form *answers, const struct question_slots *slots)
{
	int64_t most = slots->question->words_most, count;

	if (most == 0)
		return;
	count = word_count(slot_text(answers, slots->main));
	if (count > most)
		form_error(answers->form, name_of(answers, slots->main),
		    "%s must be %s words or fewer: it has %s",
		    answers->table[slots->main].subject,
		    text_number(answers->r->arena, most),
		    text_number(answers->r->arena, count));
}

static bool
is_picked(const struct answer_form *answers, const struct question_slots *slots,
    const char *option)
{
	if (slots->question->kind == QUESTION_MANY_OF)
		return text_list_has(slot_list(answers, slots->main), option);
	return strcmp(slot_text(answers, slots->main), option) == 0;
}

/*
 * A line that was filled below an option that was not picked: which of the two
 * is meant, only its writer knows.
 */
static void
lines_check(struct answer_form *answers, const struct question_slots *slots)
{
	const struct question *question = slots->question;
	size_t i;

	for (i = 0; i < question->option_count; i++) {
		if (slots->more[i] == NO_SLOT)
			continue;
		length_check(answers, slots->more[i], QUESTION_LINE_MAXIMUM);
		if (*slot_text(answers, slots->more[i]) != '\0' &&
		    !is_picked(answers, slots, question->option[i].id) &&
		    !has_error(answers, slots->main))
			form_error(answers->form,
			    name_of(answers, slots->more[i]),
			    "Select “%s”, or take out what you wrote below it",
			    question->option[i].text);
	}
}

static void
duration_check(struct answer_form *answers, const struct question_slots *slots)
{
	bool has_number = is_filled(answers, slots->main);
	bool has_unit = is_filled(answers, slots->unit);

	if (has_number && !has_unit)
		form_error(answers->form, name_of(answers, slots->unit), "%s",
		    answers->table[slots->unit].missing);
	if (has_unit && !has_number)
		form_error(answers->form, name_of(answers, slots->main),
		    "%s must say how many %s",
		    answers->table[slots->main].subject,
		    slot_text(answers, slots->unit));
}

static bool
row_is_filled(const struct answer_form *answers,
    const struct question_slots *slots, size_t row)
{
	size_t width = slots->question->column_count, j;

	for (j = 0; j < width; j++)
		if (is_filled(answers, slots->cells + row * width + j))
			return true;
	return false;
}

static void
table_check(struct answer_form *answers, const struct question_slots *slots)
{
	const struct question *question = slots->question;
	size_t width = question->column_count, i, j;

	for (i = 0; i < slots->row_count; i++) {
		if (!row_is_filled(answers, slots, i))
			continue;
		for (j = 0; j < width; j++) {
			size_t slot = slots->cells + i * width + j;

			if (question->column[j].kind == QUESTION_SHORT_TEXT)
				length_check(
				    answers, slot, QUESTION_LINE_MAXIMUM);
			if (question->column[j].is_required &&
			    !is_filled(answers, slot))
				form_error(answers->form,
				    name_of(answers, slot),
				    "%s is missing: fill it in, or empty the "
				    "row",
				    answers->table[slot].subject);
		}
	}
}

void
question_check(struct answer_form *answers, const struct question_slots *slots)
{
	switch (slots->question->kind) {
	case QUESTION_SHORT_TEXT:
		length_check(answers, slots->main, QUESTION_LINE_MAXIMUM);
		break;
	case QUESTION_LONG_TEXT:
		words_check(answers, slots);
		length_check(answers, slots->main, QUESTION_ANSWER_MAXIMUM);
		break;
	case QUESTION_DURATION:
		duration_check(answers, slots);
		break;
	case QUESTION_TABLE:
		table_check(answers, slots);
		break;
	default:
		lines_check(answers, slots);
	}
	if (slots->reason == NO_SLOT)
		return;
	length_check(answers, slots->reason, QUESTION_LINE_MAXIMUM);
	if (slot_tick(answers, slots->confidential) &&
	    !is_filled(answers, slots->reason))
		form_error(answers->form, name_of(answers, slots->reason),
		    "Enter why your answer to %s is confidential",
		    question_name(answers->r->arena, slots->question));
	if (!slot_tick(answers, slots->confidential) &&
	    is_filled(answers, slots->reason))
		form_error(answers->form, name_of(answers, slots->confidential),
		    "Select “%s”, or take out why it is",
		    answers->table[slots->confidential].label);
}

/*
 * Whether a question has a fault. That the reason of a confidential answer is
 * not there yet is none of the answer's, which is kept without it.
 */
static bool
is_faulty(const struct answer_form *answers, const struct question_slots *slots)
{
	size_t width = slots->question->column_count, i;

	if (has_error(answers, slots->main) ||
	    has_error(answers, slots->unit) ||
	    has_error(answers, slots->confidential) ||
	    (has_error(answers, slots->reason) &&
		is_filled(answers, slots->reason)))
		return true;
	for (i = 0; i < slots->question->option_count; i++)
		if (has_error(answers, slots->more[i]))
			return true;
	for (i = 0; i < slots->row_count * width; i++)
		if (has_error(answers, slots->cells + i))
			return true;
	return false;
}

static void
picked_read(const struct answer_form *answers,
    const struct question_slots *slots, struct answer_value *value)
{
	const struct question *question = slots->question;
	struct arena *arena = answers->r->arena;
	const char **rows = arena_array(
	    arena, question->option_count, sizeof(*rows));
	struct pair *lines = arena_array(
	    arena, question->option_count, sizeof(*lines));
	size_t i;

	value->picked.row = rows;
	value->more.row = lines;
	for (i = 0; i < question->option_count; i++) {
		const char *id = question->option[i].id;
		const char *line = slot_text(answers, slots->more[i]);

		if (!is_picked(answers, slots, id))
			continue;
		rows[value->picked.count++] = id;
		if (*line != '\0')
			lines[value->more.count++] = (struct pair) { id, line };
	}
	value->is_given = value->picked.count > 0;
}

/* What one field comes to, of a question or of a cell. */
static struct answer_value
slot_value(const struct answer_form *answers, size_t slot)
{
	struct answer_value value = { .text = "", .unit = "" };
	const char **one;

	switch (answers->table[slot].kind) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
		value.is_given = slot_number(answers, slot, &value.number);
		break;
	case FIELD_DATE:
		value.date = slot_date(answers, slot);
		value.is_given = value.date != 0;
		break;
	case FIELD_TICK:
		value.is_given = slot_tick(answers, slot);
		break;
	case FIELD_CHOICES:
		value.picked = slot_list(answers, slot);
		value.is_given = value.picked.count > 0;
		break;
	case FIELD_CHOICE:
		one = arena_alloc(answers->r->arena, sizeof(*one));
		*one = slot_text(answers, slot);
		value.picked = (struct text_list) { one, 1 };
		value.is_given = **one != '\0';
		break;
	default:
		value.text = slot_text(answers, slot);
		value.is_given = *value.text != '\0';
	}
	return value;
}

static void
table_read(const struct answer_form *answers,
    const struct question_slots *slots, struct answer_value *value)
{
	size_t width = slots->question->column_count, i, j;
	struct answer_value *cells = arena_array(
	    answers->r->arena, slots->row_count * width, sizeof(*cells));

	value->cell = cells;
	for (i = 0; i < slots->row_count; i++) {
		bool has_any = false;

		for (j = 0; j < width; j++) {
			struct answer_value *cell =
			    &cells[value->row_count * width + j];

			*cell = slot_value(
			    answers, slots->cells + i * width + j);
			has_any = has_any || cell->is_given;
		}
		if (has_any)
			value->row_count++;
	}
	value->is_given = value->row_count > 0;
}

static struct answer_value
question_read(
    const struct answer_form *answers, const struct question_slots *slots)
{
	struct answer_value value = { .text = "", .unit = "" };

	switch (slots->question->kind) {
	case QUESTION_TABLE:
		table_read(answers, slots, &value);
		return value;
	case QUESTION_YES_NO:
	case QUESTION_ONE_OF:
	case QUESTION_MANY_OF:
	case QUESTION_RATING:
		picked_read(answers, slots, &value);
		return value;
	default:
		value = slot_value(answers, slots->main);
		value.unit = slot_text(answers, slots->unit);
		return value;
	}
}

struct answer_list
answer_form_answers(struct answer_form *answers)
{
	struct arena *arena = answers->r->arena;
	struct answer *rows = arena_array(
	    arena, answers->question_count, sizeof(*rows));
	struct answer_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < answers->question_count; i++) {
		const struct question_slots *slots = &answers->questions[i];
		struct answer_value value;

		if (is_faulty(answers, slots))
			continue;
		value = question_read(answers, slots);
		rows[list.count++] = (struct answer) {
			.question = slots->question->id,
			.value = answer_value_write(
			    arena, slots->question, &value),
			.is_confidential = slot_tick(
			    answers, slots->confidential),
			.reason = slot_tick(answers, slots->confidential)
			              ? slot_text(answers, slots->reason)
			              : "",
			.revision = form_revision(
			    slot_text(answers, slots->revision)),
		};
	}
	return list;
}
