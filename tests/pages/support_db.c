/* See support_db.h. */
#include "support_db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <libpq-fe.h>

const struct db_column number[1] = { { "", DB_BIGINT, false } };
static const struct db_column nothing[1];

STATEMENT(plus_one, "SELECT $1 + 1", number, number);
STATEMENT(thing_add,
    "WITH added AS (INSERT INTO db_test VALUES ($1) RETURNING id)"
    " SELECT id FROM added",
    number, number);
STATEMENT(
    thing_count, "SELECT count(*) FROM db_test WHERE id = $1", number, number);
const struct db_statement backend = {
	.name = "backend",
	.sql = "SELECT pg_backend_pid()::bigint",
	.file = "app/test.sql",
	.line = 1,
	.parameters = nothing,
	.columns = number,
	.column_count = 1,
};

struct arena *arena;
struct db *db;
struct db_health *health;
static PGconn *other; /* straight to the server */

int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
other_run(const char *sql)
{
	PGresult *result = PQexec(other, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK &&
	    PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(other));
	PQclear(result);
}

const struct db_result *
run(const struct db_statement *statement, int64_t argument)
{
	const struct db_value values[] = { { .type = DB_BIGINT,
	    .number = argument } };

	return db_run(db, statement, values);
}

int64_t
run_number(const struct db_statement *statement, int64_t argument)
{
	return db_number(run(statement, argument), 0, 0);
}

void
begin(void)
{
	arena_reset(arena);
	db_attach(db, arena);
	assert_true(db_begin(db));
	assert_int_equal(db_failure(db), DB_FINE);
}

int
begin_each(void **state)
{
	(void)state;
	begin();
	return 0;
}

int
rollback_each(void **state)
{
	(void)state;
	db_rollback(db);
	arena_reset(arena);
	return 0;
}

int
suite_begin(void **state)
{
	const char *user = getenv("TEST_SUPERUSER");

	(void)state;
	setenv("PGUSER", user != NULL ? user : "postgres", 1);
	setenv("PGOPTIONS", "-c client_min_messages=error", 1);
	other = PQconnectdb("");
	if (PQstatus(other) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(other));
		return 1;
	}
	other_run("DROP TABLE IF EXISTS db_test");
	other_run("CREATE TABLE db_test (id bigint NOT NULL"
		  " UNIQUE DEFERRABLE INITIALLY DEFERRED, note text)");
	proxy_start();
	arena = arena_new(1 << 20);
	health = db_health_new();
	db = db_new(health);
	return 0;
}

int
suite_end(void **state)
{
	(void)state;
	db_free(db);
	arena_free(arena);
	proxy_end();
	other_run("DROP TABLE db_test");
	PQfinish(other);
	return 0;
}
