/* Kinds of question, and finding what a set has by its id. */
#include "questionnaires/questions.h"

#include "questionnaires/words.h"

static const struct kind {
	const char *name;
	const char *label;
	bool has_options;
	bool is_of_column;
} kinds[QUESTION_KIND_COUNT] = {
	[QUESTION_SHORT_TEXT] = { "short_text", "Short text", false, true },
	[QUESTION_LONG_TEXT] = { "long_text", "Long text", false, false },
	[QUESTION_YES_NO] = { "yes_no", "Yes or no", true, false },
	[QUESTION_ONE_OF] = { "one_of", "One of a list", true, true },
	[QUESTION_MANY_OF] = { "many_of", "Any of a list", true, false },
	[QUESTION_NUMBER] = { "number", "Number", false, true },
	[QUESTION_MONEY_PER_HOUR] = { "money_per_hour", "Money for an hour",
	    false, true },
	[QUESTION_DURATION] = { "duration", "Length of time", false, false },
	[QUESTION_DATE] = { "date", "Date", false, true },
	[QUESTION_POSTCODE] = { "postcode", "Postcode", false, false },
	[QUESTION_AREAS] = { "areas", "Areas", false, false },
	[QUESTION_FILES] = { "files", "Files", false, false },
	[QUESTION_TABLE] = { "table", "Table with rows", false, false },
	[QUESTION_DECLARATION] = { "declaration", "Declaration", false, false },
	[QUESTION_RATING] = { "rating", "Rating in worded levels", true,
	    false },
};

const char *
question_kind_name(enum question_kind kind)
{
	return kinds[kind].name;
}

bool
question_kind_of(const char *name, enum question_kind *kind)
{
	for (int i = 0; i < QUESTION_KIND_COUNT; i++) {
		if (!text_equal(kinds[i].name, name))
			continue;
		*kind = (enum question_kind)i;
		return true;
	}
	return false;
}

const char *
question_kind_label(enum question_kind kind)
{
	return kinds[kind].label;
}

bool
question_kind_has_options(enum question_kind kind)
{
	return kinds[kind].has_options;
}

bool
question_kind_is_of_column(enum question_kind kind)
{
	return kinds[kind].is_of_column;
}

const struct question_option *
question_option_by_id(const struct question *question, const char *id)
{
	for (size_t i = 0; i < question->option_count; i++)
		if (text_equal(question->option[i].id, id))
			return &question->option[i];
	return NULL;
}

const struct question *
question_by_id(const struct question_set *set, const char *id)
{
	for (size_t i = 0; i < set->sections.count; i++) {
		const struct question_list *list =
		    &set->sections.row[i].questions;

		for (size_t j = 0; j < list->count; j++)
			if (text_equal(list->row[j].id, id))
				return &list->row[j];
	}
	return NULL;
}

const struct question_section *
question_section_by_id(const struct question_set *set, const char *id)
{
	for (size_t i = 0; i < set->sections.count; i++)
		if (text_equal(set->sections.row[i].id, id))
			return &set->sections.row[i];
	return NULL;
}

const struct question_clause *
question_clause_by_id(const struct question_set *set, const char *id)
{
	for (size_t i = 0; i < set->clauses.count; i++)
		if (text_equal(set->clauses.row[i].id, id))
			return &set->clauses.row[i];
	return NULL;
}

size_t
question_count(const struct question_set *set)
{
	size_t count = 0;

	for (size_t i = 0; i < set->sections.count; i++)
		count += set->sections.row[i].questions.count;
	return count;
}
