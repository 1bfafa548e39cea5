/* `hearth import KIND FILE...`: which file is read as what, and by whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "accounts/accounts.sql.h"
#include "areas/import.h"
#include "areas/import.sql.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/text.h"
#include "command.h"

#define ARENA_MAXIMUM ((size_t)4 << 30)

enum {
	FILE_MAXIMUM = 512 << 20,
	PATIENCE_MS = 120 * 1000,
	PROGRESS_ROWS = 20000,
};

static const char usage[] =
    "usage: hearth import postcodes FILE...      Code-Point Open, as it comes\n"
    "       hearth import rurality FILE...       postcode, rural: 0 urban,\n"
    "                                            1 semi-rural, 2 rural;\n"
    "                                            empty is not known\n"
    "       hearth import districts FILE...      district (a code), name\n"
    "       hearth import bank-holidays FILE...  the official JSON\n"
    "       hearth import areas --council CODE --scheme CODE [--name NAME]\n"
    "                           FILE...\n"
    "           the areas: code, name, aliases (parted by ;), or where they\n"
    "           lie: area (its name, code or an alias) and sector or "
    "postcode,\n"
    "           share_percent where a sector is in several; --name makes the\n"
    "           scheme, or names it anew\n"
    "Files are CSV with these columns, or .json with a list of objects. Each\n"
    "is read whole or not at all; read again, it changes nothing.\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

static const struct {
	const char *name;
	import_reader read;
	bool has_scheme;
} kinds[] = {
	{ "postcodes", import_postcodes, false },
	{ "rurality", import_rurality, false },
	{ "districts", import_districts, false },
	{ "bank-holidays", import_holidays, false },
	{ "areas", import_areas, true },
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds) };

void
import_texts_add(
    struct arena *arena, struct import_texts *texts, const char *text)
{
	if (texts->count == texts->size) {
		size_t size = texts->size * 2 + 64;
		const char **row = arena_array(arena, size, sizeof(*row));

		if (texts->count > 0)
			memcpy(row, texts->row, texts->count * sizeof(*row));
		texts->row = row;
		texts->size = size;
	}
	texts->row[texts->count++] = text;
}

struct text_list
import_batch(const struct import_texts *texts, size_t from)
{
	size_t count = texts->count - from;

	return (struct text_list) { texts->row + from,
		count < IMPORT_BATCH ? count : IMPORT_BATCH };
}

int64_t
import_sectors(const struct import *import, const struct import_texts *sectors)
{
	enum { SECTORS = 200 }; /* a few thousand postcodes a statement */
	int64_t changed = 0;

	for (size_t from = 0; from < sectors->count; from += SECTORS) {
		struct text_list batch = import_batch(sectors, from);

		if (batch.count > SECTORS)
			batch.count = SECTORS;
		changed += sector_remake(import->db, batch);
	}
	return changed;
}

const char *
import_postcode(const struct record *record, size_t column)
{
	const char *postcode;

	if (postcode_parse(record->records->reading->arena,
		record_text(record, column), &postcode))
		return postcode;
	record_fault(record, column, "is not a postcode");
	return NULL;
}

void
import_progress(const struct import *import, size_t count)
{
	if (import->shows_progress && count > 0 && count % PROGRESS_ROWS == 0)
		fprintf(stderr, "hearth: %s: %s so far\n", import->reading.file,
		    text_number(import->arena, (int64_t)count));
}

static int
fail(const char *message, const char *what)
{
	fprintf(stderr, "hearth: %s%s%s\n", message, what != NULL ? " " : "",
	    what != NULL ? what : "");
	return 1;
}

/* In a transaction, which it ends. */
static int
text_import(struct import *import, import_reader read, const char *text)
{
	const char *summary = read(import, text);

	for (size_t i = 0; i < import->reading.fault_count; i++)
		fail(import->reading.fault[i], NULL);
	if (import->reading.fault_count == 0 &&
	    db_failure(import->db) == DB_FINE && db_commit(import->db)) {
		printf("%s: %s\n", import->reading.file, summary);
		return 0;
	}
	db_rollback(import->db);
	if (import->reading.fault_count == 0)
		fail("the database took nothing of", import->reading.file);
	return 1;
}

static int
file_import(struct import *import, import_reader read, const char *council)
{
	const char *text = reading_file(&import->reading, FILE_MAXIMUM);

	if (text == NULL)
		return fail(import->reading.fault[0], NULL);
	db_attach(import->db, import->arena);
	if (!db_begin(import->db))
		return fail("the database cannot be reached", NULL);
	import->council = council != NULL ? council_by_code(import->db, council)
	                                  : 0;
	if (council != NULL && import->council == 0) {
		db_rollback(import->db);
		return fail("no council has the code", council);
	}
	return text_import(import, read, text);
}

static int
files_import(struct import *import, import_reader read, const char *council,
    char **paths, int count)
{
	int code = 0;

	setenv("PGUSER", "hearth_jobs", 0);
	setenv("PGDATABASE", "hearth", 0);
	import->db = db_new(NULL);
	db_patience(import->db, PATIENCE_MS);
	import->arena = arena_new(ARENA_MAXIMUM);
	for (int i = 0; i < count && code == 0; i++) {
		import->reading = reading_new(import->arena, paths[i]);
		code = file_import(import, read, council);
		arena_reset(import->arena);
	}
	db_free(import->db);
	arena_free(import->arena);
	return code;
}

/* The first of the files; 0 when what is before them is not understood. */
static int
options_read(int argc, char **argv, struct import *import, const char **council)
{
	int i = 2;

	for (; i + 1 < argc && text_starts_with(argv[i], "--"); i += 2) {
		if (text_equal(argv[i], "--council"))
			*council = argv[i + 1];
		else if (text_equal(argv[i], "--scheme"))
			import->scheme = argv[i + 1];
		else if (text_equal(argv[i], "--name"))
			import->scheme_name = argv[i + 1];
		else
			return 0;
	}
	return i < argc && !text_starts_with(argv[i], "--") ? i : 0;
}

int
command_import(int argc, char **argv)
{
	struct import import = { .shows_progress = isatty(STDERR_FILENO) == 1 };
	const char *council = NULL;
	size_t kind = 0;
	int first = options_read(argc, argv, &import, &council);

	if (argc > 1 && text_equal(argv[argc - 1], "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	while (argc > 1 && kind < KIND_COUNT &&
	       !text_equal(argv[1], kinds[kind].name))
		kind++;
	if (first == 0 || kind == KIND_COUNT ||
	    kinds[kind].has_scheme != (council != NULL) ||
	    kinds[kind].has_scheme != (import.scheme != NULL)) {
		fputs(usage, stderr);
		return 2;
	}
	return files_import(
	    &import, kinds[kind].read, council, argv + first, argc - first);
}
