/*
 * The form of a section: a table of fields made of its questions, whose
 * members lie in a buffer of the arena, one slot each. What is typed is
 * checked in answers_check.c.
 */
#include "questionnaires/answers_form.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "questionnaires/answers_fields.h"

enum {
	SLOT_SIZE = 64, /* of a member and, in its middle, of its has_ */
	SLOT_HAS = 32,
	FIELDS_OF_EACH = 6, /* of a question, beside options and cells */
	DURATION_MOST = 1000,
};

/* Characters are counted as clusters, so the engine's own limit is away. */
#define NO_LIMIT INT64_MAX

static void *
member(const struct answer_form *answers, size_t slot)
{
	return answers->values + answers->table[slot].offset;
}

const char *
slot_text(const struct answer_form *answers, size_t slot)
{
	const char *text;

	if (slot == NO_SLOT)
		return "";
	text = *(const char *const *)member(answers, slot);
	return text != NULL ? text : "";
}

bool
slot_number(const struct answer_form *answers, size_t slot, int64_t *number)
{
	*number = *(const int64_t *)member(answers, slot);
	return *(const bool *)((const char *)member(answers, slot) + SLOT_HAS);
}

int32_t
slot_date(const struct answer_form *answers, size_t slot)
{
	return *(const int32_t *)member(answers, slot);
}

struct text_list
slot_list(const struct answer_form *answers, size_t slot)
{
	return *(const struct text_list *)member(answers, slot);
}

bool
slot_tick(const struct answer_form *answers, size_t slot)
{
	return slot != NO_SLOT && *(const bool *)member(answers, slot);
}

static size_t
slot_add(struct answer_form *answers, struct field field)
{
	field.offset = (answers->slot_count + 1) * SLOT_SIZE;
	field.has_offset = field.offset + SLOT_HAS;
	if (field.subject == NULL)
		field.subject = field.label;
	answers->table[answers->slot_count] = field;
	return answers->slot_count++;
}

static enum field_kind
field_kind_of(enum question_kind kind)
{
	switch (kind) {
	case QUESTION_LONG_TEXT:
		return FIELD_TEXT;
	case QUESTION_YES_NO:
	case QUESTION_ONE_OF:
	case QUESTION_RATING:
		return FIELD_CHOICE;
	case QUESTION_MANY_OF:
	case QUESTION_AREAS:
		return FIELD_CHOICES;
	case QUESTION_NUMBER:
	case QUESTION_DURATION:
		return FIELD_NUMBER;
	case QUESTION_MONEY_PER_HOUR:
		return FIELD_MONEY;
	case QUESTION_DATE:
		return FIELD_DATE;
	case QUESTION_POSTCODE:
		return FIELD_POSTCODE;
	case QUESTION_DECLARATION:
		return FIELD_TICK;
	default:
		return FIELD_LINE;
	}
}

static const struct choice *
option_choices(struct arena *arena, const struct question *question)
{
	struct choice *rows = arena_array(
	    arena, question->option_count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < question->option_count; i++)
		rows[i] = (struct choice) {
			question->option[i].id,
			question->option[i].text,
			text_is_empty(question->option[i].hint)
			    ? NULL
			    : question->option[i].hint,
		};
	return rows;
}

static const struct choice *
area_choices(struct arena *arena, struct choice_list areas)
{
	struct choice *rows = arena_array(
	    arena, areas.count + 1, sizeof(*rows));

	if (areas.count > 0)
		memcpy(rows, areas.row, areas.count * sizeof(*rows));
	return rows;
}

/* The field in which a question, or a cell, is answered. */
static struct field
field_of(const struct answer_form *answers, const struct question *question,
    const char *name, const char *subject)
{
	struct arena *arena = answers->r->arena;
	struct field field = {
		.kind = field_kind_of(question->kind),
		.name = name,
		.label = question->text,
		.subject = subject,
	};

	switch (field.kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
		field.maximum = NO_LIMIT;
		break;
	case FIELD_NUMBER:
	case FIELD_MONEY:
		field.minimum = question->minimum;
		field.maximum = question->maximum;
		if (question->kind == QUESTION_DURATION &&
		    question->maximum == 0)
			field.maximum = DURATION_MOST;
		break;
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		field.choices = question->kind == QUESTION_AREAS
		                    ? area_choices(arena, answers->areas)
		                    : option_choices(arena, question);
		field.missing = arena_printf(arena,
		    "%s must be one of those that can be selected", subject);
		break;
	default:
		break;
	}
	return field;
}

/* Adds "q-ID-PART". */
static size_t
part_add(struct answer_form *answers, const struct question *question,
    const char *part, struct field field)
{
	field.name = arena_printf(
	    answers->r->arena, "q-%s-%s", question->id, part);
	return slot_add(answers, field);
}

static void
lines_add(struct answer_form *answers, struct question_slots *slots)
{
	const struct question *question = slots->question;
	struct arena *arena = answers->r->arena;
	size_t i;

	slots->more = arena_array(
	    arena, question->option_count, sizeof(*slots->more));
	for (i = 0; i < question->option_count; i++) {
		const struct question_option *option = &question->option[i];

		slots->more[i] = NO_SLOT;
		if (!text_is_empty(option->asks))
			slots->more[i] = part_add(answers, question,
			    arena_printf(arena, "more-%s", option->id),
			    (struct field) {
				.kind = FIELD_LINE,
				.label = option->asks,
				.maximum = NO_LIMIT,
			    });
	}
}

static void
cells_add(struct answer_form *answers, struct question_slots *slots)
{
	const struct question *question = slots->question;
	struct arena *arena = answers->r->arena;
	size_t i, j;

	slots->rows = part_add(answers, question, "rows",
	    (struct field) { .kind = FIELD_HIDDEN, .label = "Rows" });
	slots->cells = answers->slot_count;
	for (i = 0; i < slots->row_count; i++) {
		for (j = 0; j < question->column_count; j++) {
			struct question cell = question_of_column(
			    &question->column[j]);

			slot_add(
			    answers, field_of(answers, &cell,
					 arena_printf(arena, "q-%s-%zu-%s",
					     question->id, i + 1, cell.id),
					 arena_printf(arena, "%s in row %zu",
					     cell.text, i + 1)));
		}
	}
}

static void
question_add(struct answer_form *answers, struct question_slots *slots)
{
	const struct question *question = slots->question;
	struct arena *arena = answers->r->arena;
	const char *subject = question_subject(arena, question);
	const char *name = arena_printf(arena, "q-%s", question->id);

	if (question->kind == QUESTION_TABLE)
		cells_add(answers, slots);
	else
		slots->main = slot_add(
		    answers, field_of(answers, question, name, subject));
	lines_add(answers, slots);
	if (question->kind == QUESTION_DURATION)
		slots->unit = part_add(answers, question, "unit",
		    (struct field) {
			.kind = FIELD_CHOICE,
			.label = "Days, weeks, months or years",
			.missing = arena_printf(arena,
			    "%s must be in days, weeks, months or years",
			    subject),
			.choices = duration_units,
		    });
	if (question->may_be_confidential) {
		slots->confidential = part_add(answers, question,
		    "confidential",
		    (struct field) {
			.kind = FIELD_TICK,
			.label = arena_printf(arena,
			    "My answer to %s is confidential",
			    question_name(arena, question)),
		    });
		slots->reason = part_add(answers, question, "reason",
		    (struct field) {
			.kind = FIELD_LINE,
			.label = arena_printf(arena,
			    "Why my answer to %s is confidential",
			    question_name(arena, question)),
			.maximum = NO_LIMIT,
		    });
	}
	slots->revision = part_add(answers, question, "revision",
	    (struct field) { .kind = FIELD_HIDDEN, .label = "Revision" });
}

static const struct question *
question_in_section(const struct question_section *section, const char *id)
{
	size_t i;

	for (i = 0; i < section->questions.count; i++)
		if (strcmp(section->questions.row[i].id, id) == 0)
			return &section->questions.row[i];
	return NULL;
}

/*
 * Whether a question stands on the page: it is asked, or it may become so by
 * what is answered above it on the same page.
 */
static bool
may_be_asked(const struct answer_form *answers, const struct question *question)
{
	size_t steps;

	for (steps = 0; question != NULL && steps <= QUESTIONS_MOST; steps++) {
		if (question_is_asked(answers->set, answers->saved, question))
			return true;
		question = question_in_section(
		    answers->section, question->asked_question);
	}
	return false;
}

static const char *
sent(const struct answer_form *answers, struct pair_list pairs,
    const struct question *question, const char *part)
{
	return pair_find(pairs,
	    arena_printf(answers->r->arena, "q-%s-%s", question->id, part));
}

int64_t
rows_most(const struct question *question)
{
	return question->maximum > 0 && question->maximum < QUESTION_ROWS_MOST
	           ? question->maximum
	           : QUESTION_ROWS_MOST;
}

/* How many rows a table is drawn with: those it has, or those it was. */
static size_t
rows_of(const struct answer_form *answers, const struct question *question,
    struct pair_list pairs)
{
	const struct answer *saved = answer_find(answers->saved, question->id);
	const char *posted = sent(answers, pairs, question, "rows");
	int64_t rows = question->minimum > 1 ? question->minimum : 1;
	int64_t most = rows_most(question), posted_rows;
	struct answer_value value;

	if (posted != NULL) {
		if (text_to_int64(posted, 1, most, &posted_rows))
			rows = posted_rows;
		if (text_equal(
			request_field(answers->r, "add-row"), question->id))
			rows++;
	} else if (saved != NULL) {
		value = answer_value_read(
		    answers->r->arena, question, saved->value);
		if ((int64_t)value.row_count > rows)
			rows = (int64_t)value.row_count;
	}
	return (size_t)(rows < most ? rows : most);
}

/* Finds the questions that stand on the page, and makes their table. */
static struct answer_form *
answers_new(struct request *r, const struct question_set *set,
    const struct question_section *section, const struct answer_list *saved,
    struct choice_list areas, bool is_read)
{
	struct answer_form *answers = arena_alloc(r->arena, sizeof(*answers));
	size_t most = 1, i;

	*answers = (struct answer_form) {
		.r = r,
		.set = set,
		.section = section,
		.saved = saved,
		.areas = areas,
	};
	answers->questions = arena_array(
	    r->arena, section->questions.count, sizeof(*answers->questions));
	for (i = 0; i < section->questions.count; i++) {
		const struct question *question = &section->questions.row[i];
		struct question_slots *slots;
		bool is_there = is_read ? sent(answers, r->fields, question,
					      "revision") != NULL
		                        : may_be_asked(answers, question);

		if (question->kind == QUESTION_FILES || !is_there)
			continue;
		slots = &answers->questions[answers->question_count++];
		slots->question = question;
		slots->main = slots->unit = slots->confidential = NO_SLOT;
		slots->reason = slots->rows = NO_SLOT;
		if (question->kind == QUESTION_TABLE)
			slots->row_count = rows_of(
			    answers, question, is_read ? r->fields : r->parked);
		most += FIELDS_OF_EACH + question->option_count +
		        slots->row_count * question->column_count;
	}
	answers->table = arena_array(r->arena, most, sizeof(*answers->table));
	for (i = 0; i < answers->question_count; i++)
		question_add(answers, &answers->questions[i]);
	answers->values = arena_alloc(
	    r->arena, (answers->slot_count + 2) * SLOT_SIZE);
	return answers;
}

static void
slot_fill(
    struct answer_form *answers, size_t slot, const struct answer_value *value)
{
	void *to = member(answers, slot);

	if (!value->is_given)
		return;
	switch (answers->table[slot].kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_POSTCODE:
		*(const char **)to = value->text;
		break;
	case FIELD_NUMBER:
	case FIELD_MONEY:
		*(int64_t *)to = value->number;
		*(bool *)((char *)to + SLOT_HAS) = true;
		break;
	case FIELD_DATE:
		*(int32_t *)to = value->date;
		*(bool *)((char *)to + SLOT_HAS) = true;
		break;
	case FIELD_CHOICE:
		*(const char **)to = value->picked.row[0];
		break;
	case FIELD_CHOICES:
		*(struct text_list *)to = value->picked;
		break;
	case FIELD_TICK:
		*(bool *)to = true;
		break;
	default:
		break;
	}
}

static void
text_fill(struct answer_form *answers, size_t slot, const char *text)
{
	if (slot != NO_SLOT)
		*(const char **)member(answers, slot) = text;
}

/* Puts what was saved into the members. */
static void
question_fill(struct answer_form *answers, const struct question_slots *slots)
{
	const struct question *question = slots->question;
	const struct answer *saved = answer_find(answers->saved, question->id);
	struct answer_value value = answer_value_read(
	    answers->r->arena, question, saved != NULL ? saved->value : "null");
	size_t i, cells = value.row_count * question->column_count;

	text_fill(answers, slots->revision,
	    form_revision_text(
		answers->r, saved != NULL ? saved->revision : 0));
	text_fill(answers, slots->rows,
	    arena_printf(answers->r->arena, "%zu", slots->row_count));
	text_fill(answers, slots->unit, value.unit);
	if (slots->main != NO_SLOT)
		slot_fill(answers, slots->main, &value);
	for (i = 0; i < question->option_count; i++)
		text_fill(answers, slots->more[i],
		    answer_value_more(&value, question->option[i].id));
	for (i = 0; slots->rows != NO_SLOT && i < cells &&
		    i < slots->row_count * question->column_count;
	     i++)
		slot_fill(answers, slots->cells + i, &value.cell[i]);
	if (saved == NULL || slots->reason == NO_SLOT)
		return;
	*(bool *)member(answers, slots->confidential) = saved->is_confidential;
	text_fill(answers, slots->reason, saved->reason);
}

struct answer_form *
answer_form_show(struct request *r, const struct question_set *set,
    const struct question_section *section, const struct answer_list *answers,
    struct choice_list areas)
{
	struct answer_form *form = answers_new(
	    r, set, section, answers, areas, false);
	size_t i;

	for (i = 0; i < form->question_count; i++)
		question_fill(form, &form->questions[i]);
	form->form = form_show(r, form->table, form->values);
	for (i = 0; i < form->question_count; i++)
		rows_tell(form, &form->questions[i]);
	return form;
}

struct answer_form *
answer_form_read(struct request *r, const struct question_set *set,
    const struct question_section *section, const struct answer_list *answers,
    struct choice_list areas)
{
	struct answer_form *form = answers_new(
	    r, set, section, answers, areas, true);
	size_t i;

	form->form = form_read(r, form->table, form->values);
	for (i = 0; i < form->question_count; i++) {
		rows_tell(form, &form->questions[i]);
		question_check(form, &form->questions[i]);
	}
	if (answer_form_adds_row(form))
		for (i = 0; i < form->slot_count; i++)
			form_ignore(form->form, form->table[i].name);
	return form;
}

/* The number of rows drawn, whatever was sent. */
void
rows_tell(struct answer_form *answers, const struct question_slots *slots)
{
	if (slots->rows != NO_SLOT)
		answers->form->fields[slots->rows].value = arena_printf(
		    answers->r->arena, "%zu", slots->row_count);
}

bool
answer_form_adds_row(const struct answer_form *answers)
{
	return request_field(answers->r, "add-row") != NULL;
}

struct form *
answer_form_form(struct answer_form *answers)
{
	return answers->form;
}

void
answer_form_renew(
    struct answer_form *answers, const char *question, int32_t revision)
{
	size_t i;

	for (i = 0; i < answers->question_count; i++)
		if (strcmp(answers->questions[i].question->id, question) == 0)
			answers->form->fields[answers->questions[i].revision]
			    .value = form_revision_text(answers->r, revision);
}
