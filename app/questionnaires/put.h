/*
 * Putting a set of questions that came from a file into the database: into a
 * new set, or as a new draft of the set of its code.
 */
#ifndef QUESTIONNAIRES_PUT_H
#define QUESTIONNAIRES_PUT_H

#include <stdbool.h>
#include <stdint.h>

#include "questionnaires/questions.h"
#include "questionnaires/sets.sql.h"

struct db;

enum question_set_put {
	QUESTION_SET_MADE,  /* a set, whose draft it is */
	QUESTION_SET_DRAFT, /* of the set that has the code already */
	QUESTION_SET_BUSY,  /* that set has a draft: nothing was put */
	QUESTION_SET_SAME,  /* as its newest version: nothing was put */
};

/*
 * `account` is who does it, 0 for nobody. *row is the set as it stands then,
 * NULL when the database failed.
 */
enum question_set_put question_set_put(struct db *db, struct arena *arena,
    int64_t council, int64_t account, const struct question_set *set,
    const struct question_set_row **row);

#endif
