/*
 * What a newer version of a set changed, for those who have answered the
 * older. Questions, answers and columns are the same when their ids are.
 */
#include "questionnaires/questions.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/arena.h"
#include "matching/words.h"
#include "questionnaires/words.h"

enum { CHANGES_MOST = 400 };

struct changes {
	struct arena *arena;
	const struct question_set *older;
	const struct question_set *newer;
	const char **text;
	size_t count;
};

static void change_add(struct changes *changes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Those beyond the room are left out: by then everything is another set. */
static void
change_add(struct changes *changes, const char *format, ...)
{
	va_list args;

	if (changes->count == CHANGES_MOST)
		return;
	va_start(args, format);
	changes->text[changes->count++] = arena_vprintf(
	    changes->arena, format, args);
	va_end(args);
}

/* --- Answers to pick ------------------------------------------------------ */

/* The options of a question or of a column of it. */
struct options {
	const struct question_option *row;
	size_t count;
};

static const struct question_option *
option_of(const struct options *options, const char *id)
{
	for (size_t i = 0; i < options->count; i++)
		if (text_equal(options->row[i].id, id))
			return &options->row[i];
	return NULL;
}

/* `where` is the question, or a column of it: "Question 9". */
static void
options_compare(struct changes *changes, const char *where,
    struct options older, struct options newer)
{
	for (size_t i = 0; i < newer.count; i++) {
		const struct question_option *to = &newer.row[i];
		const struct question_option *from = option_of(&older, to->id);

		if (from == NULL) {
			change_add(changes, "%s has a new answer: “%s”", where,
			    to->text);
			continue;
		}
		if (!text_equal(from->text, to->text))
			change_add(changes,
			    "%s has the answer “%s”, it was “%s”", where,
			    to->text, from->text);
		if (!text_equal(from->hint, to->hint))
			change_add(changes,
			    "%s says of the answer “%s”: “%s”, it said “%s”",
			    where, to->text, to->hint, from->hint);
		if (!text_equal(from->asks, to->asks))
			change_add(changes,
			    *to->asks != '\0'
				? "%s asks those who answer “%s” for more: “%s”"
				: "%s no longer asks those who answer “%s” for "
				  "more%s",
			    where, to->text, to->asks);
	}
	for (size_t i = 0; i < older.count; i++)
		if (option_of(&newer, older.row[i].id) == NULL)
			change_add(changes, "%s no longer has the answer “%s”",
			    where, older.row[i].text);
}

/* --- Columns -------------------------------------------------------------- */

static const struct question_column *
column_of(const struct question *question, const char *id)
{
	for (size_t i = 0; i < question->column_count; i++)
		if (text_equal(question->column[i].id, id))
			return &question->column[i];
	return NULL;
}

static void
column_compare(struct changes *changes, const char *name,
    const struct question_column *older, const struct question_column *newer)
{
	const char *where = arena_printf(
	    changes->arena, "%s, column “%s”,", name, newer->text);

	if (!text_equal(older->text, newer->text))
		change_add(changes, "%s has the column “%s”, it was “%s”", name,
		    newer->text, older->text);
	if (older->kind != newer->kind)
		change_add(changes, "%s is answered with: %s, it was: %s",
		    where, question_kind_label(newer->kind),
		    question_kind_label(older->kind));
	if (older->is_required != newer->is_required)
		change_add(changes,
		    newer->is_required ? "%s must be filled in"
				       : "%s may be left empty",
		    where);
	options_compare(changes, where,
	    (struct options) { older->option, older->option_count },
	    (struct options) { newer->option, newer->option_count });
}

static void
columns_compare(struct changes *changes, const char *name,
    const struct question *older, const struct question *newer)
{
	for (size_t i = 0; i < newer->column_count; i++) {
		const struct question_column *column = column_of(
		    older, newer->column[i].id);

		if (column == NULL)
			change_add(changes, "%s has a new column: “%s”", name,
			    newer->column[i].text);
		else
			column_compare(
			    changes, name, column, &newer->column[i]);
	}
	for (size_t i = 0; i < older->column_count; i++)
		if (column_of(newer, older->column[i].id) == NULL)
			change_add(changes, "%s no longer has the column “%s”",
			    name, older->column[i].text);
}

/* --- A question ----------------------------------------------------------- */

static bool
same_texts(struct text_list a, struct text_list b)
{
	for (size_t i = 0; i < a.count; i++)
		if (!text_list_has(b, a.row[i]))
			return false;
	return a.count == b.count;
}

static void
words_compare(struct changes *changes, const char *name,
    const struct question *older, const struct question *newer)
{
	if (!text_equal(older->text, newer->text))
		change_add(changes, "%s asks: “%s”", name, newer->text);
	if (!text_equal(older->hint, newer->hint))
		change_add(changes,
		    *newer->hint != '\0' ? "%s has the hint “%s”"
					 : "%s has no hint now%s",
		    name, newer->hint);
	if (older->is_required != newer->is_required)
		change_add(changes,
		    newer->is_required ? "%s must be answered"
				       : "%s may be left empty",
		    name);
	if (older->may_be_confidential != newer->may_be_confidential)
		change_add(changes,
		    newer->may_be_confidential
			? "%s may be answered in confidence"
			: "%s may no longer be answered in confidence",
		    name);
	if (older->is_personal != newer->is_personal)
		change_add(changes,
		    newer->is_personal
			? "%s names or reaches a person: its answer is never "
			  "published"
			: "%s no longer counts as naming or reaching a person",
		    name);
}

static void
limits_compare(struct changes *changes, const char *name,
    const struct question *older, const struct question *newer)
{
	struct arena *arena = changes->arena;
	const char *of = question_name(arena, newer);

	if (older->words_most != 0 && newer->words_most != 0 &&
	    older->words_most != newer->words_most)
		change_add(changes, "The limit of %s is %s words, it was %s",
		    of, text_number(arena, newer->words_most),
		    text_number(arena, older->words_most));
	else if (older->words_most == 0 && newer->words_most != 0)
		change_add(changes, "The limit of %s is %s words, it had none",
		    of, text_number(arena, newer->words_most));
	else if (older->words_most != 0 && newer->words_most == 0)
		change_add(changes, "%s has no limit in words now, it was %s",
		    name, text_number(arena, older->words_most));
	if (older->minimum != newer->minimum ||
	    older->maximum != newer->maximum)
		change_add(changes, "%s takes %s, it took %s", name,
		    question_range_words(arena, newer),
		    question_range_words(arena, older));
	if (!text_equal(older->unit, newer->unit))
		change_add(changes, "%s is answered in “%s”, it was “%s”", name,
		    newer->unit, older->unit);
	if (!text_equal(older->scheme, newer->scheme))
		change_add(changes,
		    "%s asks for areas of the scheme %s, it was %s", name,
		    newer->scheme, older->scheme);
}

static void
relations_compare(struct changes *changes, const char *name,
    const struct question *older, const struct question *newer)
{
	struct arena *arena = changes->arena;

	if (!text_equal(older->asked_question, newer->asked_question) ||
	    !same_texts(older->asked_values, newer->asked_values))
		change_add(changes, "%s is asked %s", name,
		    *newer->asked_question == '\0'
			? "always"
			: question_condition_words(
			      arena, changes->newer, newer));
	if (same_texts(older->clauses, newer->clauses))
		return;
	if (newer->clauses.count == 0)
		change_add(changes, "%s no longer refers to a clause", name);
	else
		change_add(changes, "%s refers to clause %s", name,
		    words_list(
			arena, newer->clauses.row, newer->clauses.count));
}

static void
question_compare(struct changes *changes, const struct question *older,
    const struct question *newer)
{
	const char *name = question_name_first(changes->arena, newer);

	if (!text_equal(older->number, newer->number))
		change_add(changes, "%s is %s now",
		    question_name_first(changes->arena, older),
		    question_name(changes->arena, newer));
	words_compare(changes, name, older, newer);
	if (older->kind != newer->kind)
		change_add(changes, "%s is answered with: %s, it was: %s", name,
		    question_kind_label(newer->kind),
		    question_kind_label(older->kind));
	limits_compare(changes, name, older, newer);
	options_compare(changes, name,
	    (struct options) { older->option, older->option_count },
	    (struct options) { newer->option, newer->option_count });
	columns_compare(changes, name, older, newer);
	relations_compare(changes, name, older, newer);
}

static void
questions_compare(struct changes *changes)
{
	const struct question_section_list to = changes->newer->sections;
	const struct question_section_list from = changes->older->sections;

	for (size_t i = 0; i < to.count; i++)
		for (size_t j = 0; j < to.row[i].questions.count; j++) {
			const struct question *newer =
			    &to.row[i].questions.row[j];
			const struct question *older = question_by_id(
			    changes->older, newer->id);

			if (older != NULL)
				question_compare(changes, older, newer);
			else
				change_add(changes, "%s is new",
				    question_name_first(changes->arena, newer));
		}
	for (size_t i = 0; i < from.count; i++)
		for (size_t j = 0; j < from.row[i].questions.count; j++) {
			const struct question *older =
			    &from.row[i].questions.row[j];

			if (question_by_id(changes->newer, older->id) == NULL)
				change_add(changes, "%s is no longer asked",
				    question_name_first(changes->arena, older));
		}
}

/* --- What binds, and what is referred to ---------------------------------- */

static const struct question_notice *
notice_of(const struct question_set *set, const char *id)
{
	for (size_t i = 0; i < set->notices.count; i++)
		if (text_equal(set->notices.row[i].id, id))
			return &set->notices.row[i];
	return NULL;
}

static void
notices_compare(struct changes *changes)
{
	const struct question_notice_list to = changes->newer->notices;
	const struct question_notice_list from = changes->older->notices;

	for (size_t i = 0; i < to.count; i++) {
		const struct question_notice *older = notice_of(
		    changes->older, to.row[i].id);

		if (older == NULL)
			change_add(
			    changes, "Notice “%s” is new", to.row[i].title);
		else if (!text_equal(older->title, to.row[i].title) ||
			 !text_equal(older->text, to.row[i].text))
			change_add(changes, "Notice “%s” reads otherwise now",
			    to.row[i].title);
	}
	for (size_t i = 0; i < from.count; i++)
		if (notice_of(changes->newer, from.row[i].id) == NULL)
			change_add(changes, "Notice “%s” is no longer there",
			    from.row[i].title);
}

static void
clauses_compare(struct changes *changes)
{
	const struct question_clause_list to = changes->newer->clauses;
	const struct question_clause_list from = changes->older->clauses;

	for (size_t i = 0; i < to.count; i++) {
		const struct question_clause *older = question_clause_by_id(
		    changes->older, to.row[i].id);

		if (older == NULL)
			change_add(changes, "Clause %s is new", to.row[i].id);
		else if (!text_equal(older->number, to.row[i].number) ||
			 !text_equal(older->title, to.row[i].title) ||
			 !text_equal(older->text, to.row[i].text))
			change_add(changes, "Clause %s reads otherwise now",
			    to.row[i].id);
	}
	for (size_t i = 0; i < from.count; i++)
		if (question_clause_by_id(changes->newer, from.row[i].id) ==
		    NULL)
			change_add(changes, "Clause %s is no longer there",
			    from.row[i].id);
}

struct text_list
question_set_changes(struct arena *arena, const struct question_set *older,
    const struct question_set *newer)
{
	struct changes changes = { .arena = arena,
		.older = older,
		.newer = newer,
		.text = arena_array(arena, CHANGES_MOST, sizeof(char *)) };

	questions_compare(&changes);
	notices_compare(&changes);
	clauses_compare(&changes);
	return (struct text_list) { changes.text, changes.count };
}
