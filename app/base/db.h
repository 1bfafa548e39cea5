/*
 * PostgreSQL for handlers: one connection, one transaction a request, every
 * statement prepared, and one sticky failure instead of error codes. Nothing
 * but base/db*.c and app/command.c knows libpq.
 */
#ifndef BASE_DB_H
#define BASE_DB_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

struct arena;
struct db;

/*
 * Why a request cannot go on. Set once by the first call that fails; every
 * later call does nothing and returns empty, so handlers never test for it.
 */
enum db_failure {
	DB_FINE,
	DB_CONFLICT,    /* 40001, 40P01 or 55P03: run the request again */
	DB_UNREACHABLE, /* no server, or none that answers in time; 57014 */
	DB_BROKEN,      /* anything else: a fault of ours */
	DB_UNKNOWN,     /* COMMIT was sent and not answered */
};

/* Types that cross between C and SQL. */
enum db_type {
	DB_BIGINT,
	DB_INTEGER,
	DB_BOOLEAN,
	DB_TEXT,
	DB_DATE,
	DB_TIMESTAMPTZ,
	DB_DOUBLE,
	DB_BYTEA,
	DB_TEXT_ARRAY,
	DB_BIGINT_ARRAY,
};

/* Parameters of one statement; the generator refuses more. */
enum { DB_PARAMETER_MAXIMUM = 200 };

struct db_column {
	const char *name;
	enum db_type type;
	bool is_nullable;
};

/* One statement of a .sql file, as the generator writes it. */
struct db_statement {
	const char *name;
	const char *sql;  /* with $1, $2 for the parameters */
	const char *file; /* where the author wrote it */
	int line;         /* of its declaration */
	int sql_line;     /* of its first word */
	const struct db_column *parameters;
	int parameter_count;
	const struct db_column *columns;
	int column_count; /* 0: whatever comes back is not looked at */
	bool is_single;   /* at most one row may come back */
};

/* All statements of all .sql files; written by the generator. */
extern const struct db_statement *const db_statements[];
extern const int db_statement_count;

/*
 * A parameter's value; the generated functions fill these. INT64_MAX and
 * INT64_MIN are the infinite instants, INT32_MAX and INT32_MIN the infinite
 * dates. A NULL within a list of text is NULL in SQL.
 */
struct db_value {
	enum db_type type;
	bool is_null;
	union {
		int64_t number; /* bigint, integer, boolean, date, instant */
		double real;
		const char *text;
		struct bytes bytes;
		struct text_list text_list;
		struct int64_list int64_list;
	};
};

/*
 * State shared by all workers, in memory mapped before they are forked:
 * until when nobody but one probing worker tries the database.
 */
struct db_health;
struct db_health *db_health_new(void);

/*
 * Makes an unconnected database from libpq's own environment (PGHOST ...).
 * `health` may be NULL (a command line has nobody to share with). Lives as
 * long as the process. Connects on first use and again whenever needed.
 */
struct db *db_new(struct db_health *health);

/*
 * Uses other statements than the program's own (db_statements), which tests
 * need. They must live as long as `db`.
 */
void db_statements_use(
    struct db *db, const struct db_statement *const *statements, int count);

/*
 * How long a statement may take from now on, in place of four seconds: for
 * commands that read everything. The server's own limit is not lifted by it.
 */
void db_patience(struct db *db, int milliseconds);

/* Ends the connection and the object. */
void db_free(struct db *db);

/*
 * Readies the database for one request: results live in `arena` until it is
 * reset, the failure is cleared, a connection that is not idle is closed.
 */
void db_attach(struct db *db, struct arena *arena);

/*
 * Whether a request should be answered 503 at once, without trying: for
 * two seconds after a deadline passed, and then until one worker, for whom
 * this is false, has found the server to answer again.
 */
bool db_is_resting(struct db *db);

/*
 * BEGIN. Connects and prepares every statement when there is no connection.
 * False when the transaction could not be opened (see db_failure).
 */
bool db_begin(struct db *db);

/* COMMIT. True only when the server said so. */
bool db_commit(struct db *db);

/* ROLLBACK, or closes the connection if that cannot be had. */
void db_rollback(struct db *db);

/*
 * Undoes what the transaction did since db_savepoint, keeping what came
 * before it (throttle counts, the session).
 */
void db_savepoint(struct db *db);
void db_rollback_to_savepoint(struct db *db);

enum db_failure db_failure(const struct db *db);

/*
 * Whether the failure is a value that must be unique and is there already.
 * Somebody may have saved it after this request had looked: another run of
 * the request finds it, and can say so beside the field.
 */
bool db_is_taken(const struct db *db);

/* Marks the request failed for a reason found outside libpq. */
void db_fail(struct db *db, enum db_failure failure, const char *reason);

/* For the log line: calls and time since db_attach. */
int db_calls(const struct db *db);
int64_t db_microseconds(const struct db *db);

/*
 * For generated code. Runs a statement inside the transaction; the result
 * stays until the arena is reset. NULL after a failure, which also is: a
 * second row of a single one, a NULL where none was declared, an absent
 * value (NULL text, date or instant 0) for a parameter that may not be NULL.
 * The readers take row and column from 0, and NULL for an empty result.
 */
struct db_result;
const struct db_result *db_run(struct db *db,
    const struct db_statement *statement, const struct db_value *values);
int db_rows(const struct db_result *result);
int64_t db_affected(const struct db_result *result);
bool db_is_null(const struct db_result *result, int row, int column);
int64_t db_number(const struct db_result *result, int row, int column);
double db_double(const struct db_result *result, int row, int column);
const char *db_text(const struct db_result *result, int row, int column);
struct bytes db_bytes(const struct db_result *result, int row, int column);
struct text_list db_text_list(
    struct db *db, const struct db_result *result, int row, int column);
struct int64_list db_int64_list(
    struct db *db, const struct db_result *result, int row, int column);
struct arena *db_arena(struct db *db);

/*
 * Compares every statement with the schema of the connected database:
 * parameters, result columns, their types and names, and whether a column
 * taken as it is from a table may be NULL without being declared so. Writes
 * "file:line: query: what is wrong" for each difference to `out`.
 * Gives the number of differences, or -1 when it cannot connect.
 */
int db_check(struct db *db, FILE *out);

#endif
