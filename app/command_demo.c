/*
 * `hearth demo [--reload] FOLDER`: loads a demonstration, in one transaction,
 * as the superuser of the cluster, since it writes for every council. What
 * is loaded is in the folder's files (conf/demo/README.md); this only feeds
 * them to the database.
 */
#include <dirent.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/password.h"
#include "base/secret.h"
#include "base/text.h"
#include "command.h"

enum {
	MEMORY_BYTES = 64 * 1024 * 1024,
	FILE_BYTES = 8 * 1024 * 1024,
	MOST_FILES = 200,
};

struct demo {
	struct arena *arena;
	PGconn *connection;
	const char *folder;
};

/* Gives NULL, with a message, when the file cannot be read. */
static const char *
file_read(struct demo *demo, const char *name)
{
	const char *path = arena_printf(
	    demo->arena, "%s/%s", demo->folder, name);
	struct buffer text = buffer_new(demo->arena, 65536, FILE_BYTES);
	char piece[65536];
	size_t length;
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		fprintf(stderr, "hearth: %s: %s\n", path, strerror(errno));
		return NULL;
	}
	while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_add(&text, piece, length);
	fclose(file);
	return text.data;
}

static int
name_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder below ours that end so, in order. */
static struct text_list
files_list(struct demo *demo, const char *below, const char *ending)
{
	const char **names = arena_array(
	    demo->arena, MOST_FILES, sizeof(*names));
	DIR *folder = opendir(
	    arena_printf(demo->arena, "%s/%s", demo->folder, below));
	size_t count = 0;
	const struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		size_t length = strlen(entry->d_name), end = strlen(ending);

		if (count < MOST_FILES && length > end &&
		    text_equal(entry->d_name + length - end, ending))
			names[count++] = arena_strdup(
			    demo->arena, entry->d_name);
	}
	if (folder != NULL)
		closedir(folder);
	qsort(names, count, sizeof(*names), name_compare);
	return (struct text_list) { names, count };
}

/* The line of a script that the server complains of. */
static int
line_of(const char *script, const char *position)
{
	int64_t characters;
	int line = 1;

	if (position == NULL ||
	    !text_to_int64(position, 1, FILE_BYTES, &characters))
		return 1;
	for (; *script != '\0' && characters > 1; script++)
		if ((*script & 0xc0) != 0x80) {
			characters--;
			line += *script == '\n';
		}
	return line;
}

static bool
result_check(
    const struct demo *demo, PGresult *result, const char *name, int line)
{
	ExecStatusType status = PQresultStatus(result);
	const char *message = PQresultErrorField(
	    result, PG_DIAG_MESSAGE_PRIMARY);
	const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
	bool is_fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (!is_fine && name == NULL)
		fprintf(stderr, "hearth: %s\n",
		    message != NULL ? message
				    : PQerrorMessage(demo->connection));
	else if (!is_fine)
		fprintf(stderr, "hearth: %s/%s:%d: %s%s%s\n", demo->folder,
		    name, line,
		    message != NULL ? message
				    : PQerrorMessage(demo->connection),
		    context != NULL ? "\n" : "",
		    context != NULL ? context : "");
	PQclear(result);
	return is_fine;
}

static bool
statement_run(const struct demo *demo, const char *statement)
{
	return result_check(demo, PQexec(demo->connection, statement), NULL, 0);
}

static bool
script_run(struct demo *demo, const char *name)
{
	const char *script = file_read(demo, name);
	PGresult *result;

	if (script == NULL)
		return false;
	result = PQexec(demo->connection, script);
	return result_check(demo, result, name,
	    line_of(script,
		PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION)));
}

/* Rows of CSV, under a header that must be the table's, into demo_TABLE. */
static bool
rows_copy(
    struct demo *demo, const char *table, const char *rows, const char *name)
{
	PGconn *connection = demo->connection;
	PGresult *result = PQexec(connection,
	    arena_printf(demo->arena,
		"COPY demo_%s FROM STDIN (FORMAT csv, HEADER match)", table));

	if (PQresultStatus(result) != PGRES_COPY_IN)
		return result_check(demo, result, name, 1);
	PQclear(result);
	PQputCopyData(connection, rows, (int)strlen(rows));
	PQputCopyEnd(connection, NULL);
	result = PQgetResult(connection);
	while (PQgetResult(connection) != NULL)
		continue;
	return result_check(demo, result, name, 1);
}

static bool
tables_copy(struct demo *demo)
{
	struct text_list files = files_list(demo, "", ".csv");
	size_t i;

	for (i = 0; i < files.count; i++) {
		const char *name = files.row[i];
		const char *rows = file_read(demo, name);

		if (rows == NULL ||
		    !rows_copy(demo,
			arena_strndup(demo->arena, name, strlen(name) - 4),
			rows, name))
			return false;
	}
	return true;
}

static void
value_quote(struct buffer *rows, const char *value)
{
	buffer_byte(rows, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"')
			buffer_byte(rows, '"');
		buffer_byte(rows, *value);
	}
	buffer_byte(rows, '"');
}

/* JSON files of a folder below ours, by their names, into demo_TABLE. */
static bool
documents_copy(struct demo *demo, const char *below, const char *table)
{
	struct text_list files = files_list(demo, below, ".json");
	struct buffer rows = buffer_new(demo->arena, 4096, FILE_BYTES);
	size_t i;

	buffer_text(&rows, "code,document\n");
	for (i = 0; i < files.count; i++) {
		const char *name = files.row[i];
		const char *document;

		if (strstr(name, ".schema.") != NULL)
			continue;
		document = file_read(
		    demo, arena_printf(demo->arena, "%s/%s", below, name));
		if (document == NULL)
			return false;
		value_quote(
		    &rows, arena_strndup(demo->arena, name, strlen(name) - 5));
		buffer_byte(&rows, ',');
		value_quote(&rows, document);
		buffer_byte(&rows, '\n');
	}
	return rows_copy(demo, table, rows.data, below);
}

/* One hash for all accounts: they have the same password. */
static bool
password_copy(struct demo *demo)
{
	struct buffer rows = buffer_new(demo->arena, 256, 1024);
	struct password_job job = { .is_verify = false };
	const char *text = file_read(demo, "password.txt");
	bool is_copied;

	if (text == NULL)
		return false;
	snprintf(job.password, sizeof(job.password), "%s",
	    text_tidy(demo->arena, text));
	password_run(&job);
	if (!job.is_done) {
		fputs("hearth: argon2 could not run\n", stderr);
		return false;
	}
	buffer_text(&rows, "hash\n");
	value_quote(&rows, job.hash);
	is_copied = rows_copy(demo, "password", rows.data, "password.txt");
	secret_wipe(job.hash, sizeof(job.hash));
	return is_copied;
}

static bool
steps_run(struct demo *demo)
{
	struct text_list files = files_list(demo, "", ".sql");
	size_t i;

	for (i = 0; i < files.count; i++)
		if (files.row[i][0] >= '0' && files.row[i][0] <= '9' &&
		    !script_run(demo, files.row[i]))
			return false;
	return true;
}

static bool
demo_load(struct demo *demo, bool is_reload)
{
	return statement_run(demo, "BEGIN") &&
	       (!is_reload || script_run(demo, "reload.sql")) &&
	       script_run(demo, "tables.sql") && password_copy(demo) &&
	       documents_copy(demo, "../policies", "policies") &&
	       documents_copy(demo, "../questions", "questions") &&
	       documents_copy(demo, ".", "documents") && tables_copy(demo) &&
	       steps_run(demo) && statement_run(demo, "COMMIT");
}

int
command_demo(int argc, char **argv)
{
	bool is_reload = argc > 1 && text_equal(argv[1], "--reload");
	struct demo demo = { .arena = arena_new(MEMORY_BYTES) };
	bool is_loaded = false;

	if (argc != (is_reload ? 3 : 2)) {
		fputs("usage: hearth demo [--reload] FOLDER\n", stderr);
		arena_free(demo.arena);
		return 2;
	}
	demo.folder = argv[argc - 1];
	demo.connection = PQconnectdb("");
	if (PQstatus(demo.connection) != CONNECTION_OK)
		fprintf(stderr, "hearth: %s", PQerrorMessage(demo.connection));
	else
		is_loaded = demo_load(&demo, is_reload);
	PQfinish(demo.connection);
	arena_free(demo.arena);
	return is_loaded ? 0 : 1;
}
