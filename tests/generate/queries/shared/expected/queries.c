/* Written by generate-queries: the statements of all files. */
#include "base/db.h"

#include <stddef.h>

extern const struct db_statement provider_of_offer_statement;
extern const struct db_statement provider_list_statement;

const struct db_statement *const db_statements[] = {
	&provider_of_offer_statement,
	&provider_list_statement,
	NULL,
};
const int db_statement_count = 2;
