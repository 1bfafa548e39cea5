/*
 * The form of a section as templates/parts/answer_field.html draws it: what
 * belongs to each question, ready to be looked at.
 */
#ifndef QUESTIONNAIRES_ANSWERS_FIELDS_H
#define QUESTIONNAIRES_ANSWERS_FIELDS_H

#include "questionnaires/answers.h"

/* An option that can be picked, with the line below it. */
struct answer_option {
	const char *id; /* of the input */
	const char *value;
	const char *label;
	const char *hint;              /* "" = none */
	const char *asks;              /* label of the line */
	const struct form_field *more; /* NULL = no line */
	bool is_picked;
};

struct answer_option_list {
	const struct answer_option *row;
	size_t count;
};

struct answer_cell {
	const struct question_column *column;
	const struct form_field *field;
};

struct answer_cell_list {
	const struct answer_cell *row;
	size_t count;
};

struct answer_row {
	int64_t number; /* from 1 */
	struct answer_cell_list cells;
};

struct answer_row_list {
	const struct answer_row *row;
	size_t count;
};

/* Fields that a question does not have are NULL. */
struct answer_field {
	const struct question *question;
	const char *name;      /* "q-ID" */
	const char *label;     /* "9. How many ...?" */
	const char *condition; /* "Answer only if ..."; NULL = always asked */
	const char *condition_values; /* "yes in_part" */
	const char *guidance;         /* summary of its guidance */
	bool is_asked;                /* by the answers that were saved */
	bool is_picking;              /* options: radios or checkboxes */
	const struct form_field *main;
	const struct form_field *unit;
	const struct form_field *confidential;
	const struct form_field *reason;
	const struct form_field *revision;
	const struct form_field *rows;
	struct answer_option_list options;
	struct answer_row_list table;
	bool may_add_row;
};

struct answer_field_list {
	const struct answer_field *row;
	size_t count;
};

/* The questions of a form, in the order of its section, without files. */
struct answer_field_list answer_form_fields(const struct answer_form *answers);

/* Words, of a long text with such a limit, or characters; 0 = no count. */
int64_t answer_limit(const struct question *question);

/* The clauses of a question as the set has them, for links. */
struct question_clause_list answer_clauses(struct request *r,
    const struct answer_form *answers, const struct question *question);

/*
 * Where a clause is shown: "#clause-5.2.1" of the page at `document`. In the
 * arena.
 */
const char *clause_href(struct request *r, const char *document,
    const struct question_clause *clause);

/* How the input of a field of one line is drawn. */
const char *answer_suffix(const struct question *question);

#endif
