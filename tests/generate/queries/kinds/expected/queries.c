/* Written by generate-queries: the statements of all files. */
#include "base/db.h"

#include <stddef.h>

extern const struct db_statement offer_by_reference_statement;
extern const struct db_statement offer_list_open_statement;
extern const struct db_statement offer_count_statement;
extern const struct db_statement offer_first_day_statement;
extern const struct db_statement offer_insert_statement;

const struct db_statement *const db_statements[] = {
	&offer_by_reference_statement,
	&offer_list_open_statement,
	&offer_count_statement,
	&offer_first_day_statement,
	&offer_insert_statement,
	NULL,
};
const int db_statement_count = 5;
