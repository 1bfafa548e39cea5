/* `hearth question-set import`: sets of questions from files, by an operator. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "accounts/accounts.sql.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "command.h"
#include "questionnaires/put.h"

#define ARENA_MAXIMUM ((size_t)256 << 20)

static const char usage[] =
    "usage: hearth question-set import --council CODE [--publish] FILE...\n"
    "Each file is a set of questions (conf/questions/README.md). It becomes a\n"
    "draft: of the set that has its code, or of a new one; with --publish it\n"
    "is published at once. One that says what the newest version says changes\n"
    "nothing. Each file is taken whole or not at all.\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

struct import {
	struct db *db;
	struct arena *arena;
	const char *council_code;
	int64_t council;
	bool publishes;
};

static int
fail(const char *message, const char *what)
{
	fprintf(stderr, "hearth: %s%s%s\n", message, what != NULL ? " " : "",
	    what != NULL ? what : "");
	return 1;
}

static void
audit(const struct import *import, const char *act,
    const struct question_set_row *row)
{
	audit_add_for_council(import->db, act, "question set", row->reference,
	    arena_printf(
		import->arena, "{\"version\": %" PRId32 "}", row->draft),
	    import->council);
}

/* In a transaction; a sentence of what was done, NULL when it was refused. */
static const char *
set_put(struct import *import, const struct question_set *set)
{
	const struct question_set_row *row;
	enum question_set_put done = question_set_put(
	    import->db, import->arena, import->council, 0, set, &row);

	if (row == NULL)
		return NULL;
	if (done == QUESTION_SET_SAME)
		return arena_printf(import->arena,
		    "%s: as version %" PRId32 " says already", row->code,
		    row->newest);
	if (done == QUESTION_SET_BUSY) {
		fail("there is a draft already of", row->code);
		return NULL;
	}
	audit(import, "question_set.import", row);
	if (import->publishes) {
		question_draft_publish_unsigned(
		    import->db, import->council, row->id);
		question_set_rename(
		    import->db, import->council, row->id, set->name);
		audit(import, "question_set.publish", row);
	}
	return arena_printf(import->arena, "%s: version %" PRId32 " %s",
	    row->code, row->draft,
	    import->publishes ? "published" : "is a draft");
}

static int
file_import(struct import *import, const char *path)
{
	struct reading reading = reading_new(import->arena, path);
	const char *text = reading_file(&reading, QUESTION_SET_MAXIMUM);
	const char *summary = NULL;
	struct question_set set;

	if (text == NULL ||
	    !question_set_read(&reading, text, !import->publishes, &set)) {
		for (size_t i = 0; i < reading.fault_count; i++)
			fail(reading.fault[i], NULL);
		return 1;
	}
	db_attach(import->db, import->arena);
	if (!db_begin(import->db))
		return fail("the database cannot be reached", NULL);
	import->council = council_by_code(import->db, import->council_code);
	if (import->council == 0)
		fail("no council has the code", import->council_code);
	else
		summary = set_put(import, &set);
	if (summary != NULL && db_failure(import->db) == DB_FINE &&
	    db_commit(import->db)) {
		printf("%s\n", summary);
		return 0;
	}
	db_rollback(import->db);
	return fail("the database took nothing of", path);
}

static int
files_import(struct import *import, char **paths, int count)
{
	int code = 0;

	setenv("PGUSER", "hearth_jobs", 0);
	setenv("PGDATABASE", "hearth", 0);
	import->db = db_new(NULL);
	import->arena = arena_new(ARENA_MAXIMUM);
	for (int i = 0; i < count && code == 0; i++) {
		code = file_import(import, paths[i]);
		arena_reset(import->arena);
	}
	db_free(import->db);
	arena_free(import->arena);
	return code;
}

int
command_question_set(int argc, char **argv)
{
	struct import import = { .publishes = false };
	int i = 2;

	if (argc > 1 && text_equal(argv[argc - 1], "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	for (; i < argc && text_starts_with(argv[i], "--"); i++) {
		if (text_equal(argv[i], "--publish"))
			import.publishes = true;
		else if (text_equal(argv[i], "--council") && i + 1 < argc)
			import.council_code = argv[++i];
		else
			break;
	}
	if (i >= argc || text_starts_with(argv[i], "--") ||
	    import.council_code == NULL || !text_equal(argv[1], "import")) {
		fputs(usage, stderr);
		return 2;
	}
	return files_import(&import, argv + i, argc - i);
}
