/*
 * `hearth check`: every statement against the schema of the database that
 * the environment names. Run before a start and by the tests.
 */
#include <stdio.h>

#include "base/db.h"
#include "command.h"

int
command_check(int argc, char **argv)
{
	struct db *db;
	int differences;

	(void)argv;
	if (argc != 1) {
		fputs("usage: hearth check\n", stderr);
		return 2;
	}
	db = db_new(NULL);
	differences = db_check(db, stderr);
	db_free(db);
	if (differences < 0)
		fputs("hearth: no database to check against\n", stderr);
	else if (differences > 0)
		fprintf(stderr, "hearth: %d differences from the schema\n",
		    differences);
	else
		printf("%d statements agree with the schema\n",
		    db_statement_count);
	return differences == 0 ? 0 : 1;
}
