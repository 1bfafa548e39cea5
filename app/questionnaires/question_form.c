/* See question_form.h. */
#include "questionnaires/question_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "questionnaires/edits.h"
#include "questionnaires/words.h"

enum {
	MOST_FIELDS = 20,
	LINES_MAXIMUM = QUESTION_OPTIONS_MOST * (QUESTION_LINE_MAXIMUM + 1),
};

static const char *const kind_hints[QUESTION_KIND_COUNT] = {
	[QUESTION_SHORT_TEXT] = "One line",
	[QUESTION_LONG_TEXT] = "Several lines",
};

const struct choice *
question_kind_choices(struct request *r, bool of_columns)
{
	struct choice *choice = arena_array(
	    r->arena, QUESTION_KIND_COUNT + 1, sizeof(*choice));
	size_t count = 0;

	for (int i = 0; i < QUESTION_KIND_COUNT; i++) {
		enum question_kind kind = (enum question_kind)i;

		if (!of_columns || question_kind_is_of_column(kind))
			choice[count++] = (struct choice) {
				question_kind_name(kind),
				question_kind_label(kind),
				kind_hints[i],
			};
	}
	return choice;
}

/* --- Fields --------------------------------------------------------------- */

struct table {
	struct field *field;
	size_t count;
};

static void
field_add(struct table *table, struct field field)
{
	table->field[table->count++] = field;
}

#define ADD(table, kind, member, ...)                                          \
	field_add((table), (struct field)FIELD(struct question_values, (kind), \
			       member, __VA_ARGS__))

static void
limit_fields(struct table *table, enum field_kind kind, const char *least,
    const char *most, int64_t most_of_all)
{
	if (least != NULL)
		field_add(table,
		    (struct field) { .kind = kind,
			.name = "minimum",
			.label = least,
			.hint = "Leave empty for none",
			.offset = offsetof(struct question_values, minimum),
			.minimum = 1,
			.maximum = most_of_all });
	field_add(
	    table, (struct field) { .kind = kind,
		       .name = "maximum",
		       .label = most,
		       .hint = "Leave empty for none",
		       .offset = offsetof(struct question_values, maximum),
		       .minimum = 1,
		       .maximum = most_of_all });
}

/* What only questions of that kind have. */
static void
kind_fields(struct table *table, enum question_kind kind)
{
	if (kind == QUESTION_LONG_TEXT)
		ADD(table, FIELD_NUMBER, words_most, "Most words",
		    .hint = "Leave empty for none", .minimum = 1,
		    .maximum = QUESTION_WORDS_MOST);
	if (kind == QUESTION_NUMBER) {
		limit_fields(table, FIELD_NUMBER, "Smallest number",
		    "Largest number", QUESTION_NUMBER_MOST);
		ADD(table, FIELD_LINE, unit, "What is counted",
		    .hint = "For example: hours a week",
		    .maximum = QUESTION_NAME_MAXIMUM);
	}
	if (kind == QUESTION_MONEY_PER_HOUR)
		limit_fields(table, FIELD_MONEY, "Lowest amount",
		    "Highest amount", QUESTION_PENCE_MOST);
	if (kind == QUESTION_TABLE)
		limit_fields(table, FIELD_NUMBER, "Fewest rows", "Most rows",
		    QUESTION_ROWS_MOST);
	if (kind == QUESTION_FILES)
		limit_fields(table, FIELD_NUMBER, NULL, "Most files",
		    QUESTION_FILES_MOST);
	if (kind == QUESTION_AREAS)
		ADD(table, FIELD_CHOICE, scheme, "Area scheme",
		    .missing = "Select an area scheme", .is_required = true);
	if (kind == QUESTION_ONE_OF || kind == QUESTION_MANY_OF ||
	    kind == QUESTION_RATING)
		ADD(table, FIELD_TEXT, options,
		    kind == QUESTION_RATING ? "Levels" : "Answers to pick from",
		    .hint =
			kind == QUESTION_RATING
			    ? "One on a line, from the lowest"
			    : "One on a line. Once they are saved, each can "
			      "have a hint or ask for more",
		    .maximum = LINES_MAXIMUM);
}

const struct field *
question_fields(struct request *r, const struct question *question)
{
	struct table table = {
		arena_array(r->arena, MOST_FIELDS, sizeof(struct field)), 0
	};

	ADD(&table, FIELD_HIDDEN, revision, "Revision");
	ADD(&table, FIELD_LINE, number, "Number",
	    .hint = "As printed beside it, for example 9 or Q9",
	    .maximum = QUESTION_NAME_MAXIMUM);
	ADD(&table, FIELD_TEXT, text, "Question",
	    .missing = "Enter the question", .is_required = true,
	    .maximum = QUESTION_TEXT_MAXIMUM);
	ADD(&table, FIELD_CHOICE, kind, "How it is answered",
	    .missing = "Select how it is answered", .is_required = true,
	    .choices = question_kind_choices(r, false));
	kind_fields(&table, question->kind);
	ADD(&table, FIELD_TEXT, hint, "Hint", .hint = "A line or two below it",
	    .maximum = QUESTION_TEXT_MAXIMUM);
	ADD(&table, FIELD_TEXT, guidance, "Guidance",
	    .hint = "Folded away until asked for. Markdown can be used",
	    .maximum = QUESTION_TEXT_MAXIMUM);
	ADD(&table, FIELD_TICK, is_required, "It must be answered");
	ADD(&table, FIELD_TICK, may_be_confidential,
	    "The answer may be marked as confidential");
	ADD(&table, FIELD_TICK, is_personal,
	    "The answer names or reaches a person, and is never published");
	ADD(&table, FIELD_CHOICES, clauses, "Clauses that it refers to");
	ADD(&table, FIELD_CHOICE, section, "Section",
	    .missing = "Select a section", .is_required = true);
	return table.field;
}

/* --- Choices -------------------------------------------------------------- */

/* Clauses of the set, and those that are cited and not there. */
static struct choice_list
clause_choices(struct request *r, const struct question_set *set,
    const struct question *question)
{
	struct choice *choice = arena_array(r->arena,
	    set->clauses.count + question->clauses.count + 1, sizeof(*choice));
	size_t count = 0;

	for (size_t i = 0; i < set->clauses.count; i++) {
		const struct question_clause *clause = &set->clauses.row[i];

		choice[count++] = (struct choice) { clause->id,
			arena_printf(r->arena, "%s%s%s", clause->id,
			    *clause->title != '\0' ? " " : "", clause->title),
			NULL };
	}
	for (size_t i = 0; i < question->clauses.count; i++) {
		const char *id = question->clauses.row[i];

		if (question_clause_by_id(set, id) == NULL)
			choice[count++] = (struct choice) { id,
				arena_printf(r->arena,
				    "%s, which is not there any more", id),
				NULL };
	}
	return (struct choice_list) { choice, count };
}

/* The council's schemes, and the one that the question names. */
static struct choice_list
scheme_choices(struct request *r, const struct question *question)
{
	struct question_scheme_list schemes = question_scheme_list(
	    r->db, r->session.council_id);
	struct choice *choice = arena_array(
	    r->arena, schemes.count + 1, sizeof(*choice));
	bool is_known = *question->scheme == '\0';
	size_t count = 0;

	for (; count < schemes.count; count++) {
		choice[count] = (struct choice) { schemes.row[count].code,
			schemes.row[count].name, NULL };
		is_known |= text_equal(
		    schemes.row[count].code, question->scheme);
	}
	if (!is_known)
		choice[count++] = (struct choice) { question->scheme,
			arena_printf(r->arena,
			    "%s, which is no scheme of this council",
			    question->scheme),
			NULL };
	return (struct choice_list) { choice, count };
}

static struct choice_list
section_choices(struct request *r, const struct question_set *set)
{
	struct choice *choice = arena_array(
	    r->arena, set->sections.count + 1, sizeof(*choice));

	for (size_t i = 0; i < set->sections.count; i++) {
		const struct question_section *section = &set->sections.row[i];

		choice[i] = (struct choice) { section->id,
			*section->title != '\0' ? section->title : section->id,
			NULL };
	}
	return (struct choice_list) { choice, set->sections.count };
}

/* --- Between the form and the question ------------------------------------ */

static struct question_values
values_of(struct request *r, const struct question_set_view *view,
    const struct question *question)
{
	const struct question_section *section = question_section_of(
	    view->set, question->id);

	return (struct question_values) {
		.revision = form_revision_text(r, view->version->revision),
		.section = section != NULL ? section->id : "",
		.number = question->number,
		.text = question->text,
		.hint = question->hint,
		.guidance = question->guidance,
		.kind = question_kind_name(question->kind),
		.is_required = question->is_required,
		.may_be_confidential = question->may_be_confidential,
		.is_personal = question->is_personal,
		.words_most = question->words_most,
		.minimum = question->minimum,
		.maximum = question->maximum,
		.unit = question->unit,
		.scheme = question->scheme,
		.options = question_options_lines(
		    r->arena, question->option, question->option_count),
		.clauses = question->clauses,
	};
}

void
question_lines_check(struct form *form, const char *lines)
{
	struct arena *arena = form->r->arena;
	const struct question_option *option = NULL;
	size_t count = 0;

	question_options_from_lines(arena, lines, &option, &count);
	if (count > QUESTION_OPTIONS_MOST)
		form_error(form, "options", "%d are the most; there are %zu",
		    QUESTION_OPTIONS_MOST, count);
	for (size_t i = 0; i < count; i++) {
		if (text_length(option[i].text) > QUESTION_LINE_MAXIMUM)
			form_error(form, "options",
			    "Line %zu must be %d characters or less", i + 1,
			    QUESTION_LINE_MAXIMUM);
		for (size_t j = 0; j < i; j++)
			if (text_equal(option[i].text, option[j].text))
				form_error(form, "options",
				    "“%s” is there twice", option[i].text);
	}
}

static void
values_check(struct form *form, const struct question_values *values,
    const struct question *question)
{
	if (values->maximum != 0 && values->minimum > values->maximum)
		form_error(form, "maximum",
		    "This must not be below what is the least");
	if (question_kind_has_options(question->kind) &&
	    question->kind != QUESTION_YES_NO)
		question_lines_check(form, values->options);
}

struct form *
question_form(struct request *r, const struct question_set_view *view,
    const struct question *question, struct question_values *posted)
{
	const struct field *table = question_fields(r, question);
	struct question_values values = values_of(r, view, question);
	struct form *form = posted != NULL ? form_read(r, table, posted)
	                                   : form_show(r, table, &values);

	form_choices(form, "section", section_choices(r, view->set));
	form_choices(form, "clauses", clause_choices(r, view->set, question));
	if (question->kind == QUESTION_AREAS)
		form_choices(form, "scheme", scheme_choices(r, question));
	if (posted == NULL)
		return form;
	form_check_choice(form, "section");
	form_check_choice(form, "clauses");
	if (question->kind == QUESTION_AREAS)
		form_check_choice(form, "scheme");
	values_check(form, posted, question);
	return form;
}

void
question_apply(struct request *r, const struct question_values *values,
    struct question *question)
{
	enum question_kind kind = question->kind;

	question->number = values->number;
	question->text = values->text;
	question->hint = values->hint;
	question->guidance = values->guidance;
	question->is_required = values->is_required;
	question->may_be_confidential = values->may_be_confidential;
	question->is_personal = values->is_personal;
	question->clauses = values->clauses;
	question->words_most = (int32_t)values->words_most;
	question->minimum = values->minimum;
	question->maximum = values->maximum;
	question->unit = values->unit != NULL ? values->unit : "";
	question->scheme = values->scheme != NULL ? values->scheme : "";
	if (question_kind_has_options(question->kind) &&
	    question->kind != QUESTION_YES_NO)
		question_options_from_lines(r->arena, values->options,
		    &question->option, &question->option_count);
	question_kind_of(values->kind, &kind);
	question_become(question, kind);
}
