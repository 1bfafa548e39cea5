/*
 * What the files of the form of a section share; nobody else includes it.
 */
#ifndef QUESTIONNAIRES_ANSWERS_FORM_H
#define QUESTIONNAIRES_ANSWERS_FORM_H

#include "questionnaires/answers_value.h"

/* In place of a slot that a question has not. */
#define NO_SLOT SIZE_MAX

/* Which fields of the table are a question's. */
struct question_slots {
	const struct question *question;
	size_t main; /* none of a table */
	size_t unit;
	size_t confidential;
	size_t reason;
	size_t revision;
	size_t rows;
	size_t *more; /* one of each option, NO_SLOT where nothing is asked */
	size_t cells; /* the first of row_count * column_count */
	size_t row_count;
};

struct answer_form {
	struct request *r;
	const struct question_set *set;
	const struct question_section *section;
	const struct answer_list *saved;
	struct choice_list areas;
	struct question_slots *questions;
	size_t question_count;
	struct field *table;
	size_t slot_count;
	char *values;
	struct form *form;
};

/* What a slot's member holds; "" and false also of NO_SLOT. */
const char *slot_text(const struct answer_form *answers, size_t slot);
bool slot_tick(const struct answer_form *answers, size_t slot);

/* False when the field is empty. */
bool slot_number(
    const struct answer_form *answers, size_t slot, int64_t *number);

/* 0 when it is empty. */
int32_t slot_date(const struct answer_form *answers, size_t slot);

struct text_list slot_list(const struct answer_form *answers, size_t slot);

/* The most rows that a table may have. */
int64_t rows_most(const struct question *question);

void rows_tell(struct answer_form *answers, const struct question_slots *slots);

/* Adds the messages that the engine of forms does not know of. */
void question_check(
    struct answer_form *answers, const struct question_slots *slots);

#endif
