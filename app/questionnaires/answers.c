/*
 * Answers: which questions are asked, what is missing, how a section stands.
 * Their JSON is in answers_value.c, their words in answers_words.c, and the
 * form of a section in answers_form.c.
 */
#include "questionnaires/answers.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "questionnaires/answers_value.h"

enum { STANDING_ARENA = 64 * 1024 * 1024 };

const struct answer *
answer_find(const struct answer_list *answers, const char *question)
{
	size_t i;

	for (i = 0; i < answers->count; i++)
		if (strcmp(answers->row[i].question, question) == 0)
			return &answers->row[i];
	return NULL;
}

bool
answer_is_empty(const struct answer *answer)
{
	return answer == NULL || text_is_empty(answer->value) ||
	       strcmp(answer->value, "null") == 0;
}

/* Whether JSON is one of the values, as conditions write them. */
static bool
json_is_one_of(json_t *json, struct text_list values)
{
	char number[24];

	if (json_is_string(json))
		return text_list_has(values, json_string_value(json));
	if (json_is_true(json))
		return text_list_has(values, "true") ||
		       text_list_has(values, "yes");
	if (!json_is_integer(json))
		return false;
	snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
	    json_integer_value(json));
	return text_list_has(values, number);
}

static bool
answer_has(const struct answer *answer, struct text_list values)
{
	json_t *root, *list, *item;
	bool found;
	size_t i;

	if (answer_is_empty(answer))
		return false;
	root = json_loads(
	    answer->value, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	list = json_is_object(root) ? json_object_get(root, "picked") : root;
	found = json_is_one_of(root, values);
	json_array_foreach(list, i, item)
	    found = found || json_is_one_of(item, values);
	json_decref(root);
	return found;
}

bool
question_is_asked(const struct question_set *set,
    const struct answer_list *answers, const struct question *question)
{
	size_t steps;

	/* Of a draft the conditions may run in a circle: then nobody is. */
	for (steps = 0; steps <= QUESTIONS_MOST; steps++) {
		const struct question *other;

		if (*question->asked_question == '\0')
			return true;
		other = question_by_id(set, question->asked_question);
		if (other == NULL ||
		    !answer_has(answer_find(answers, other->id),
			question->asked_values))
			return false;
		question = other;
	}
	return false;
}

/* Whether it is answered as it is asked now, a table with enough rows. */
static bool
is_answered(struct arena *arena, const struct question *question,
    const struct answer *answer)
{
	struct answer_value value;

	if (answer_is_empty(answer))
		return false;
	value = answer_value_read(arena, question, answer->value);
	return value.is_given &&
	       (question->kind != QUESTION_TABLE ||
		   (int64_t)value.row_count >= question->minimum);
}

struct answer_line_list
answer_lines(struct arena *arena, const struct question_set *set,
    const struct question_section *section, const struct answer_list *answers,
    const struct pair_list *names)
{
	size_t count = section->questions.count, i;
	struct answer_line *rows = arena_array(arena, count, sizeof(*rows));

	for (i = 0; i < count; i++) {
		const struct question *question = &section->questions.row[i];
		struct answer_line *line = &rows[i];

		line->question = question;
		line->answer = answer_find(answers, question->id);
		line->text = answer_text(arena, question,
		    line->answer != NULL ? line->answer->value : "null", names);
		line->is_asked = question_is_asked(set, answers, question);
		line->is_missing = question->is_required && line->is_asked &&
		                   !is_answered(arena, question, line->answer);
	}
	return (struct answer_line_list) { rows, count };
}

struct section_standing
section_standing(const struct question_set *set,
    const struct question_section *section, const struct answer_list *answers)
{
	struct arena *arena = arena_new(STANDING_ARENA);
	struct section_standing standing = { ANSWERS_NOT_ASKED, 0, 0, 0 };
	size_t i;

	for (i = 0; i < section->questions.count; i++) {
		const struct question *question = &section->questions.row[i];

		if (!question_is_asked(set, answers, question))
			continue;
		standing.asked++;
		if (is_answered(
			arena, question, answer_find(answers, question->id)))
			standing.answered++;
		else if (question->is_required)
			standing.missing++;
		arena_reset(arena);
	}
	arena_free(arena);
	if (standing.asked == 0)
		return standing;
	if (standing.answered == 0)
		standing.state = ANSWERS_NOT_STARTED;
	else
		standing.state = standing.missing > 0 ? ANSWERS_IN_PROGRESS
		                                      : ANSWERS_DONE;
	return standing;
}
