/* Written by generate-queries: the statements of all files. */
#include "base/db.h"

#include <stddef.h>


const struct db_statement *const db_statements[] = {
	NULL,
};
const int db_statement_count = 0;
