/*
 * An answer's JSON as a struct, by the kind of its question. What the files of
 * answers share; nobody else includes it. Pure.
 */
#ifndef QUESTIONNAIRES_ANSWERS_VALUE_H
#define QUESTIONNAIRES_ANSWERS_VALUE_H

#include "questionnaires/answers.h"
#include "questionnaires/words.h"

/* Which member holds depends on the kind; texts are never NULL. */
struct answer_value {
	bool is_given;
	const char *text; /* short, long, postcode */
	int64_t number;   /* number, pence, of a duration */
	const char *unit; /* of a duration: "months" */
	int32_t date;
	struct text_list picked; /* yes_no, one_of, rating: one; many_of */
				 /* in the order of the options; areas, files */
	struct pair_list more;   /* option to text, of those picked */
	/* Of a table: row by row, column_count of each. */
	const struct answer_value *cell;
	size_t row_count;
};

/*
 * Reads JSON from anywhere. What is no answer to the question as it stands now
 * (another kind, an option that is gone) is not given. In the arena.
 */
struct answer_value answer_value_read(
    struct arena *arena, const struct question *question, const char *json);

/* The JSON of answers.h; "null" when it is not given. In the arena. */
const char *answer_value_write(struct arena *arena,
    const struct question *question, const struct answer_value *value);

/* A column as the question that a cell of it answers. */
struct question question_of_column(const struct question_column *column);

/* The units of a duration, in order; ends with a NULL value. */
extern const struct choice duration_units[];

/* Whether the text of an option's line was given, and which; "" if not. */
const char *answer_value_more(
    const struct answer_value *value, const char *option);

/*
 * What messages begin with, "Your answer to question 9" or "Name of your
 * organisation". In the arena.
 */
const char *question_subject(
    struct arena *arena, const struct question *question);

#endif
