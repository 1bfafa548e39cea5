/*
 * `hearth audit verify`: every place where the audit does not match its
 * seals, and the newest seals, to be kept where nobody here can reach them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "administration/audit.sql.h"
#include "base/arena.h"
#include "base/db.h"
#include "command.h"

enum { ARENA_MAXIMUM = 512 * 1024 * 1024, PATIENCE = 3600 * 1000 };

static void
problem_print(const struct audit_problem *problem)
{
	printf("BROKEN");
	if (problem->has_council_id)
		printf(" council %" PRId64, problem->council_id);
	if (problem->has_seal_id)
		printf(" seal %" PRId64, problem->seal_id);
	if (problem->has_audit_id)
		printf(" row %" PRId64, problem->audit_id);
	printf(": %s\n", problem->problem);
}

static void
anchor_print(const struct audit_anchor *anchor)
{
	if (!anchor->has_council_id)
		printf("installation");
	else if (anchor->council_id == 0)
		printf("no council");
	else
		printf("council %" PRId64, anchor->council_id);
	printf(" seal %" PRId64 " %s\n", anchor->number, anchor->hash);
}

static int
audit_verify(struct db *db)
{
	struct audit_problem_list problems;
	struct audit_anchor_list anchors;
	size_t i;

	statement_patience(db, "1h");
	problems = audit_problem_list(db);
	anchors = audit_anchor_list(db);
	if (db_failure(db) != DB_FINE) {
		fputs("hearth: the audit could not be read\n", stderr);
		return 1;
	}
	for (i = 0; i < problems.count; i++)
		problem_print(&problems.row[i]);
	for (i = 0; i < anchors.count; i++)
		anchor_print(&anchors.row[i]);
	if (problems.count == 0)
		printf("The audit is whole.\n");
	else
		printf("The audit is not whole: %zu broken places.\n",
		    problems.count);
	return problems.count == 0 ? 0 : 1;
}

int
command_audit(int argc, char **argv)
{
	struct arena *arena;
	struct db *db;
	int code = 1;

	if (argc != 2 || strcmp(argv[1], "verify") != 0) {
		fputs("usage: hearth audit verify\n", stderr);
		return 2;
	}
	setenv("PGUSER", "hearth_jobs", 0);
	setenv("PGDATABASE", "hearth", 0);
	arena = arena_new(ARENA_MAXIMUM);
	db = db_new(NULL);
	db_patience(db, PATIENCE);
	db_attach(db, arena);
	if (db_begin(db)) {
		code = audit_verify(db);
		db_rollback(db);
	} else {
		fputs("hearth: the database cannot be reached\n", stderr);
	}
	arena_reset(arena);
	db_free(db);
	arena_free(arena);
	return code;
}
