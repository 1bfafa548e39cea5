/* Written by generate-queries: the statements of all files. */
#include "base/db.h"

#include <stddef.h>

extern const struct db_statement word_hunt_statement;
extern const struct db_statement word_last_statement;

const struct db_statement *const db_statements[] = {
	&word_hunt_statement,
	&word_last_statement,
	NULL,
};
const int db_statement_count = 2;
