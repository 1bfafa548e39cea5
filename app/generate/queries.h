/*
 * The compiler of .sql files to typed C. Pure: texts in, texts out, so that
 * it can be fuzzed; queries.c is the program around it. Everything it makes
 * lives in the caller's arena.
 */
#ifndef GENERATE_QUERIES_H
#define GENERATE_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/db.h"

enum {
	QUERY_NAME_MAXIMUM = 63, /* of a statement in PostgreSQL */
	QUERY_COLUMN_MAXIMUM = DB_PARAMETER_MAXIMUM, /* of a row; parameters */
	QUERY_DECLARED_MAXIMUM = 5000,     /* rows and queries of a file */
	QUERY_INPUT_MAXIMUM = 1024 * 1024, /* bytes of a file */
	QUERY_ARENA_MAXIMUM = 1 << 30,     /* what a caller's arena may need */
	QUERY_TEXT_MAXIMUM = 256 << 20,    /* of a text that is written */
};

struct query_input {
	const char *path; /* "app/offers/offers.sql" */
	const char *text;
	size_t length;
};

struct query_output {
	const char *path; /* "offers/offers.sql.h", below the output folder */
	const char *text;
	size_t length;
};

struct query_compiled {
	const char *errors; /* "file:line: message" lines; "" when good */
	const struct query_output *output;
	size_t output_count; /* 0 when there are errors */
};

/*
 * Compiles all files of a program together: names are unique over all of
 * them, and a row of one may be used by another. Gives a header and a source
 * for each, and queries.c with db_statements. Never exits on any input whose
 * files are up to QUERY_INPUT_MAXIMUM; a larger one is an error.
 */
struct query_compiled query_compile(
    struct arena *arena, const struct query_input *inputs, size_t count);

/* --- What reading gives to writing; of no use outside app/generate. --- */

struct query_column {
	const char *name;
	enum db_type type;
	bool is_nullable;
	bool is_used; /* of a parameter */
};

struct query_columns {
	struct query_column *row;
	size_t count;
};

struct query_row {
	const char *name;
	struct query_columns columns;
	const char *comment; /* lines, or "" */
	const char *from;    /* other file, when it is declared there */
	int line;
	bool is_used;
};

enum query_kind { QUERY_ONE, QUERY_MANY, QUERY_VALUE, QUERY_NONE };

struct query {
	const char *name;
	struct query_columns parameters;
	enum query_kind kind;
	const char *row_name;      /* one, many */
	struct query_row *row;     /* of row_name, once resolved */
	struct query_column value; /* value */
	const char *comment;
	const char *sql; /* with $n */
	int line;        /* of the declaration */
	int sql_line;    /* of the first word of SQL */
};

struct query_file {
	const char *path; /* as given */
	const char *name; /* below app/: "offers/offers.sql" */
	struct query_row *rows;
	size_t row_count;
	struct query *queries;
	size_t query_count;
};

struct query_problems {
	struct buffer text;
	size_t count;
};

void query_problem(struct query_problems *problems, const char *path, int line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Reads the declarations and statements of one file. */
void query_read(struct arena *arena, const struct query_input *input,
    struct query_file *file, struct query_problems *problems);

/*
 * Gives `sql` with its comments taken out and :name replaced by $n, the
 * number of the parameter so named. `line` is where the text begins, and
 * afterwards where its first word stands; lines stay lines.
 */
const char *query_sql(struct arena *arena, const char *path, int *line,
    const char *sql, struct query_columns parameters,
    struct query_problems *problems);

/* Writes the header and the source of a file, and the list of statements. */
struct query_output query_write_header(
    struct arena *arena, const struct query_file *file);
struct query_output query_write_source(
    struct arena *arena, const struct query_file *file);
struct query_output query_write_list(
    struct arena *arena, const struct query_file *files, size_t count);

#endif
