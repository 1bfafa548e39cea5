/*
 * What a set lacks before it can be published: what a draft may lack, what
 * refers to nothing, and what a question's kind has no place for.
 */
#include "questionnaires/questions_check.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "questionnaires/words.h"

/* Where the check has come to, and what it found. */
struct check {
	struct arena *arena;
	const struct question_set *set;
	struct question_fault at; /* begins each fault */
	const char *name;         /* "Question 9" */
	struct question_fault *fault;
	size_t count;
};

static void fault_add(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
fault_add(struct check *check, const char *format, ...)
{
	struct question_fault *fault = &check->fault[check->count];
	va_list args;

	if (check->count == QUESTION_FAULTS_MOST)
		return;
	*fault = check->at;
	va_start(args, format);
	fault->words = arena_vprintf(check->arena, format, args);
	va_end(args);
	fault->text = arena_printf(
	    check->arena, "%s %s", check->name, fault->words);
	check->count++;
}

/* --- A question ----------------------------------------------------------- */

static void
options_check(struct check *check, const struct question_option *option,
    size_t count, const char *of)
{
	for (size_t i = 0; i < count; i++)
		if (*option[i].text == '\0')
			fault_add(check, "has an answer without text%s: the %s",
			    of, option[i].id);
}

/* A list of one leaves nothing to pick. */
static size_t
options_least(enum question_kind kind)
{
	if (!question_kind_has_options(kind))
		return 0;
	return kind == QUESTION_MANY_OF ? 1 : 2;
}

static void
columns_check(struct check *check, const struct question *question)
{
	if (question->kind == QUESTION_TABLE && question->column_count == 0)
		fault_add(check, "is a table without columns");
	for (size_t i = 0; i < question->column_count; i++) {
		const struct question_column *column = &question->column[i];
		const char *of = arena_printf(check->arena, " in its column %s",
		    *column->text != '\0' ? column->text : column->id);

		if (*column->text == '\0')
			fault_add(
			    check, "has a column without text: %s", column->id);
		if (column->option_count < options_least(column->kind))
			fault_add(check, "needs %zu answers to pick from%s",
			    options_least(column->kind), of);
		if (column->option_count > 0 &&
		    !question_kind_has_options(column->kind))
			fault_add(check,
			    "has answers to pick from%s, which is no list", of);
		options_check(check, column->option, column->option_count, of);
	}
}

/* What belongs to other kinds only; nobody would see that it has no effect. */
static void
kind_check(struct check *check, const struct question *question)
{
	enum question_kind kind = question->kind;
	bool has_least = kind == QUESTION_NUMBER ||
	                 kind == QUESTION_MONEY_PER_HOUR ||
	                 kind == QUESTION_TABLE;

	if (question->words_most != 0 && kind != QUESTION_LONG_TEXT)
		fault_add(
		    check, "has a limit in words, which only long text has");
	if (question->option_count != 0 && !question_kind_has_options(kind))
		fault_add(check, "has answers to pick from, and is no list");
	if (question->column_count != 0 && kind != QUESTION_TABLE)
		fault_add(check, "has columns, and is no table");
	if (*question->unit != '\0' && kind != QUESTION_NUMBER)
		fault_add(check, "has a unit, which only a number has");
	if (*question->scheme != '\0' && kind != QUESTION_AREAS)
		fault_add(check, "names an area scheme, and asks for no areas");
	if (question->minimum != 0 && !has_least)
		fault_add(check, "has a least, and is no number nor table");
	if (question->maximum != 0 && !has_least && kind != QUESTION_FILES)
		fault_add(check,
		    "has a most, and is no number, nor table, nor files");
	if (question->maximum != 0 && question->minimum > question->maximum)
		fault_add(check, "has a least that is more than its most");
	if (kind == QUESTION_AREAS && *question->scheme == '\0')
		fault_add(check, "does not say of which scheme the areas are");
}

/* Whether that one stands before the question; each is once in a set. */
static bool
is_earlier(const struct question_set *set, const struct question *asked,
    const struct question *question)
{
	for (size_t i = 0; i < set->sections.count; i++) {
		struct question_list list = set->sections.row[i].questions;

		for (size_t j = 0; j < list.count; j++) {
			if (&list.row[j] == question)
				return false;
			if (&list.row[j] == asked)
				return true;
		}
	}
	return false;
}

static void
condition_check(struct check *check, const struct question *question)
{
	const struct question *asked = question_by_id(
	    check->set, question->asked_question);

	if (*question->asked_question == '\0')
		return;
	if (asked == NULL) {
		fault_add(check,
		    "depends on the question \"%s\", which is not there",
		    question->asked_question);
		return;
	}
	if (!is_earlier(check->set, asked, question))
		fault_add(check, "depends on %s, which does not come before it",
		    question_name(check->arena, asked));
	if (!question_kind_has_options(asked->kind)) {
		fault_add(check, "depends on %s, which has no answers to pick",
		    question_name(check->arena, asked));
		return;
	}
	for (size_t i = 0; i < question->asked_values.count; i++)
		if (question_option_by_id(
			asked, question->asked_values.row[i]) == NULL)
			fault_add(check,
			    "depends on an answer that %s does not have: "
			    "\"%s\"",
			    question_name(check->arena, asked),
			    question->asked_values.row[i]);
}

static void
question_check(struct check *check, const struct question *question)
{
	if (*question->text == '\0')
		fault_add(check, "has no text");
	if (question->option_count < options_least(question->kind))
		fault_add(check, "needs %s to pick from",
		    options_least(question->kind) == 1 ? "an answer"
						       : "two answers");
	options_check(check, question->option, question->option_count, "");
	columns_check(check, question);
	kind_check(check, question);
	for (size_t i = 0; i < question->clauses.count; i++)
		if (question_clause_by_id(
			check->set, question->clauses.row[i]) == NULL)
			fault_add(check,
			    "refers to clause %s, which is not there",
			    question->clauses.row[i]);
	condition_check(check, question);
}

/* --- The set -------------------------------------------------------------- */

/*
 * What stands behind a question's id in the names of fields that hang on it
 * (answers.h); a question of that name would get the other's answer.
 */
static bool
is_part_of_field(const char *rest)
{
	static const char *const parts[] = { "day", "month", "year", "time",
		"unit", "rows", "confidential", "reason", "revision" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (text_equal(rest, parts[i]))
			return true;
	return text_starts_with(rest, "more-") ||
	       (*rest >= '1' && *rest <= '9');
}

/* Every question's id beside every other's. */
static void
ids_check(struct check *check, const struct question *question)
{
	for (size_t s = 0; s < check->set->sections.count; s++) {
		struct question_list others =
		    check->set->sections.row[s].questions;

		for (size_t i = 0; i < others.count; i++) {
			const char *other = others.row[i].id;
			const size_t length = strlen(other);

			if (strncmp(question->id, other, length) == 0 &&
			    question->id[length] == '-' &&
			    is_part_of_field(question->id + length + 1))
				fault_add(check,
				    "has an id that its form needs for "
				    "question %s: choose another than %s",
				    other, question->id);
		}
	}
}

static void
section_check(struct check *check, const struct question_section *section,
    const char *place)
{
	const struct question_fault at = { .section = section, .place = place };

	check->at = at;
	check->name = arena_printf(check->arena, "Section “%s”",
	    *section->title != '\0' ? section->title : section->id);
	if (*section->title == '\0')
		fault_add(check, "has no title");
	if (section->questions.count == 0)
		fault_add(check, "has no questions");
	for (size_t i = 0; i < section->questions.count; i++) {
		const struct question *question = &section->questions.row[i];

		check->at = at;
		check->at.question = question;
		check->at.place = arena_printf(
		    check->arena, "%s.questions[%zu]", place, i);
		check->name = question_name_first(check->arena, question);
		question_check(check, question);
		ids_check(check, question);
	}
}

static void
notices_check(struct check *check)
{
	for (size_t i = 0; i < check->set->notices.count; i++) {
		const struct question_notice *notice =
		    &check->set->notices.row[i];

		check->at = (struct question_fault) { .notice = notice,
			.place = arena_printf(
			    check->arena, "notices[%zu]", i) };
		check->name = arena_printf(check->arena, "Notice “%s”",
		    *notice->title != '\0' ? notice->title : notice->id);
		if (*notice->title == '\0')
			fault_add(check, "has no title");
		if (*notice->text == '\0')
			fault_add(check, "has no text");
	}
}

static void
clauses_check(struct check *check)
{
	for (size_t i = 0; i < check->set->clauses.count; i++) {
		const struct question_clause *clause =
		    &check->set->clauses.row[i];

		check->at = (struct question_fault) { .clause = clause,
			.place = arena_printf(
			    check->arena, "clauses[%zu]", i) };
		check->name = arena_printf(
		    check->arena, "Clause %s", clause->id);
		if (*clause->title == '\0' && *clause->text == '\0')
			fault_add(check, "has neither title nor text");
	}
}

struct question_fault_list
question_set_check(struct arena *arena, const struct question_set *set)
{
	struct check check = { .arena = arena, .set = set };

	check.fault = arena_array(
	    arena, QUESTION_FAULTS_MOST, sizeof(*check.fault));
	notices_check(&check);
	clauses_check(&check);
	if (set->sections.count == 0) {
		check.at = (struct question_fault) { .place = "sections" };
		check.name = "The set";
		fault_add(&check, "has no sections");
	}
	for (size_t i = 0; i < set->sections.count; i++)
		section_check(&check, &set->sections.row[i],
		    arena_printf(arena, "sections[%zu]", i));
	return (struct question_fault_list) { check.fault, check.count };
}

struct text_list
question_set_faults(struct arena *arena, const struct question_set *set)
{
	struct question_fault_list faults = question_set_check(arena, set);
	const char **text = arena_array(arena, faults.count + 1, sizeof(*text));

	for (size_t i = 0; i < faults.count; i++)
		text[i] = faults.row[i].text;
	return (struct text_list) { text, faults.count };
}
