/*
 * The database layer and servers that end, restart and freeze; and the check
 * of statements against a schema.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support_db.h"

static const struct db_statement *const statements[] = { &plus_one, &backend,
	&thing_count };

/* --- Servers that end and freeze ------------------------------------------ */

static void
backend_end(void)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d, 5000)",
	    (int)run_number(&backend, 0));
	other_run(sql);
}

static void
ended_backend_between_requests_is_not_noticed(void **state)
{
	int64_t first = run_number(&backend, 0);
	char sql[128];

	(void)state;
	assert_true(db_commit(db));
	snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d, 5000)",
	    (int)first);
	other_run(sql);
	begin();
	assert_int_not_equal(run_number(&backend, 0), first);
	assert_true(db_commit(db));
}

static void
ended_backend_within_a_request_fails_it_alone(void **state)
{
	(void)state;
	backend_end();
	assert_null(run(&plus_one, 1));
	assert_int_equal(db_failure(db), DB_UNREACHABLE);
	db_rollback(db);
	begin();
	assert_int_equal(run_number(&plus_one, 1), 2);
}

/* A lock kept a statement from being prepared: the next one has it again. */
static void
half_prepared_connection_is_not_kept(void **state)
{
	(void)state;
	backend_end();
	db_rollback(db);
	other_run("BEGIN");
	other_run("LOCK TABLE db_test");
	db_attach(db, arena);
	assert_false(db_begin(db));
	assert_int_equal(db_failure(db), DB_UNREACHABLE);
	other_run("COMMIT");
	begin();
	assert_int_equal(run_number(&thing_count, 1), 0);
	assert_int_equal(db_failure(db), DB_FINE);
}

static void
restart_between_requests_is_not_noticed(void **state)
{
	(void)state;
	assert_true(db_commit(db));
	proxy_kill();
	proxy_restart();
	begin();
	assert_int_equal(run_number(&plus_one, 1), 2);
}

/* A server that refuses is quick to ask, so nobody rests. */
static void
absent_server_is_told_at_once(void **state)
{
	const int64_t start = milliseconds();

	(void)state;
	proxy_kill();
	db_attach(db, arena);
	assert_false(db_begin(db));
	assert_int_equal(db_failure(db), DB_UNREACHABLE);
	assert_in_range(milliseconds() - start, 0, 500);
	assert_false(db_is_resting(db));
	proxy_restart();
	begin();
}

static void
frozen_server_is_left_alone_but_for_one(void **state)
{
	struct db *second = db_new(health), *third = db_new(health);
	int64_t start = milliseconds();

	(void)state;
	proxy_freeze();
	assert_null(run(&plus_one, 1));
	assert_in_range(milliseconds() - start, 3900, 4700);
	assert_int_equal(db_failure(db), DB_UNREACHABLE);
	start = milliseconds();
	db_rollback(db);
	assert_true(db_is_resting(db));
	assert_true(db_is_resting(second));
	assert_in_range(milliseconds() - start, 0, 100);

	/* After the rest one tries, for whom it takes two seconds at most. */
	usleep(2100 * 1000);
	assert_false(db_is_resting(second));
	assert_true(db_is_resting(third));
	assert_true(db_is_resting(db));
	start = milliseconds();
	db_attach(second, arena);
	assert_false(db_begin(second));
	assert_in_range(milliseconds() - start, 1900, 2700);
	assert_true(db_is_resting(second));

	proxy_thaw();
	usleep(2100 * 1000);
	assert_false(db_is_resting(third));
	db_attach(third, arena);
	assert_true(db_begin(third));
	assert_false(db_is_resting(db));
	assert_false(db_is_resting(second));
	db_rollback(third);
	begin();
	assert_int_equal(run_number(&plus_one, 1), 2);
	arena_reset(arena);
	db_free(second);
	db_free(third);
}

/* Whoever was to try and died holds the others up for a while only. */
static void
dead_prober_is_replaced(void **state)
{
	struct db_health *own = db_health_new();
	struct db *first = db_new(own), *second = db_new(own);

	(void)state;
	proxy_freeze();
	db_attach(first, arena);
	assert_false(db_begin(first));
	assert_true(db_is_resting(first));
	usleep(2100 * 1000);
	assert_false(db_is_resting(first));
	assert_true(db_is_resting(second));
	proxy_thaw();
	usleep(4100 * 1000);
	assert_false(db_is_resting(second));
	db_free(first);
	db_free(second);
}

/* --- The check ------------------------------------------------------------ */

static const struct db_column thing[] = { { "id", DB_BIGINT, false } };
static const struct db_column note[] = { { "note", DB_TEXT, false } };
static const struct db_column note_named[] = { { "remark", DB_TEXT, true } };
static STATEMENT(fits, "SELECT id FROM db_test\n WHERE id = $1", number, thing);
static STATEMENT(
    misspelt, "SELECT id\n  FROM db_test\n WHERE idd = $1", number, thing);
static STATEMENT(mistyped,
    "SELECT note || '' AS note FROM db_test WHERE id = $1", number, number);
static STATEMENT(
    misnamed, "SELECT note FROM db_test WHERE id = $1", number, note_named);
static STATEMENT(
    nullable, "SELECT note FROM db_test WHERE id = $1", number, note);
static STATEMENT(
    too_many, "SELECT id, note FROM db_test WHERE id = $1", number, note);

static void
check_names_the_line(void **state)
{
	static const struct db_statement *const checked[] = { &fits, &misspelt,
		&mistyped, &misnamed, &nullable, &too_many };
	struct db *checker = db_new(NULL);
	char *text = NULL, expected[128];
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	db_statements_use(checker, checked, 1);
	assert_int_equal(db_check(checker, out), 0);
	db_statements_use(checker, checked, COUNT(checked));
	assert_int_equal(db_check(checker, out), 5);
	fclose(out);
	snprintf(expected, sizeof(expected),
	    "app/test.sql:%d: misspelt: column \"idd\" does not exist\n",
	    misspelt.sql_line + 2);
	assert_ptr_equal(strstr(text, expected), text);
	assert_non_null(strstr(text, "mistyped: column note is not of type"));
	assert_non_null(strstr(text, "is called note, declared as remark"));
	assert_non_null(strstr(text, "nullable: column note may be NULL"));
	assert_non_null(strstr(text, "gives 2 columns, declared with 1"));
	free(text);
	db_free(checker);
}

/* One parameter more than a statement may have. */
static const struct db_column beyond[DB_PARAMETER_MAXIMUM + 1];
static STATEMENT(overlong, "SELECT 1::bigint", beyond, number);

static void
a_statement_that_is_too_long_is_refused(void **state)
{
	static const struct db_statement *const checked[] = { &overlong };
	struct db *refusing = db_new(NULL);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	db_statements_use(refusing, checked, 1);
	assert_int_equal(db_check(refusing, out), 1);
	fclose(out);
	assert_non_null(
	    strstr(text, "overlong: takes 201 parameters, at most 200"));
	free(text);
	db_attach(refusing, arena);
	assert_false(db_begin(refusing));
	assert_int_not_equal(db_failure(refusing), DB_FINE);
	db_free(refusing);
}

static void
check_needs_a_database(void **state)
{
	struct db *checker = db_new(NULL);

	(void)state;
	proxy_kill();
	assert_int_equal(db_check(checker, stderr), -1);
	proxy_restart();
	db_free(checker);
}

/* --- All of it ------------------------------------------------------------ */

static int
statements_begin(void **state)
{
	const int code = suite_begin(state);

	if (code == 0)
		db_statements_use(db, statements, COUNT(statements));
	return code;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ended_backend_between_requests_is_not_noticed),
		TEST(ended_backend_within_a_request_fails_it_alone),
		TEST(half_prepared_connection_is_not_kept),
		TEST(restart_between_requests_is_not_noticed),
		TEST(absent_server_is_told_at_once),
		TEST(frozen_server_is_left_alone_but_for_one),
		TEST(dead_prober_is_replaced),
		TEST(check_names_the_line),
		TEST(a_statement_that_is_too_long_is_refused),
		TEST(check_needs_a_database),
	};

	return cmocka_run_group_tests(tests, statements_begin, suite_end);
}
