/*
 * The form of a question: what every kind has, and what only its own kind
 * has; and between the form and the question.
 */
#ifndef QUESTIONNAIRES_QUESTION_FORM_H
#define QUESTIONNAIRES_QUESTION_FORM_H

#include "base/form.h"
#include "questionnaires/views.h"

struct question_values {
	const char *revision;
	const char *section;
	const char *number;
	const char *text;
	const char *hint;
	const char *guidance;
	const char *kind;
	bool is_required;
	bool may_be_confidential;
	bool is_personal;
	int64_t words_most;
	int64_t minimum; /* of a number, of pence, of rows; 0 = none */
	int64_t maximum;
	const char *unit;
	const char *scheme;
	const char *options; /* one on a line */
	struct text_list clauses;
};

/* Every kind of question, and those a column may be of; end with NULL. */
const struct choice *question_kind_choices(struct request *r, bool of_columns);

/* The table of a question's form, by its kind, in the arena. */
const struct field *question_fields(
    struct request *r, const struct question *question);

/*
 * The form filled from the question, or, when `posted` is not NULL, from what
 * was posted, into *posted; with the choices of both, and checked.
 */
struct form *question_form(struct request *r,
    const struct question_set_view *view, const struct question *question,
    struct question_values *posted);

/*
 * Adds what is wrong with options on lines in the field "options": too many,
 * too long, one twice.
 */
void question_lines_check(struct form *form, const char *lines);

/* What was posted into the question, which is of the view's set. */
void question_apply(struct request *r, const struct question_values *values,
    struct question *question);

#endif
