/*
 * Any JSON as the answer to a question of each kind: what is read of it is
 * written in one form, which reads as the same again, and has words.
 */
#include "fuzz.h"

#include <string.h>

#include "questionnaires/answers_value.h"

static const struct question_option options[] = {
	{ "a", "One", "", "Say more" },
	{ "b", "Two", "", "" },
	{ "yes", "Yes", "", "" },
	{ "no", "No", "", "Why?" },
};

static const struct question_column columns[] = {
	{ "t", "Text", QUESTION_SHORT_TEXT, false, NULL, 0 },
	{ "n", "Number", QUESTION_NUMBER, false, NULL, 0 },
	{ "p", "Price", QUESTION_MONEY_PER_HOUR, false, NULL, 0 },
	{ "d", "Day", QUESTION_DATE, true, NULL, 0 },
	{ "o", "Of", QUESTION_ONE_OF, false, options, 2 },
};

static struct question
question_of(enum question_kind kind)
{
	return (struct question) {
		.id = "q",
		.number = "",
		.text = "Q",
		.hint = "",
		.guidance = "",
		.kind = kind,
		.unit = "hours",
		.scheme = "",
		.option = options,
		.option_count = 4,
		.column = columns,
		.column_count = 5,
		.asked_question = "",
	};
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *json = fuzz_text(arena, data, size);
	int kind;

	for (kind = 0; kind < QUESTION_KIND_COUNT; kind++) {
		struct question question = question_of(
		    (enum question_kind)kind);
		struct answer_value value = answer_value_read(
		    arena, &question, json);
		const char *written = answer_value_write(
		    arena, &question, &value);
		const char *text = answer_text(arena, &question, json, NULL);

		ENSURE(value.is_given != (strcmp(written, "null") == 0));
		ENSURE(value.is_given == (strcmp(text, "Not answered") != 0) ||
		       strstr(json, "Not answered") != NULL);
		value = answer_value_read(arena, &question, written);
		ENSURE(strcmp(answer_value_write(arena, &question, &value),
			   written) == 0);
		ENSURE(character_count(text) >= 0 &&
		       word_count(text) <= (int64_t)strlen(text));
	}
	return 0;
}
