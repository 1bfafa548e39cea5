/*
 * The database layer against a real server: values there and back, every
 * kind of failure, and what a COMMIT does and does not promise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "support_db.h"

static const struct db_column all[] = {
	{ "a", DB_BIGINT, true },
	{ "b", DB_INTEGER, true },
	{ "c", DB_BOOLEAN, true },
	{ "d", DB_TEXT, true },
	{ "e", DB_DATE, true },
	{ "f", DB_TIMESTAMPTZ, true },
	{ "g", DB_DOUBLE, true },
	{ "h", DB_BYTEA, true },
	{ "i", DB_TEXT_ARRAY, true },
	{ "j", DB_BIGINT_ARRAY, true },
};
static const struct db_column name[] = { { "name", DB_TEXT, false } };
static const struct db_column texts[] = { { "", DB_TEXT, false },
	{ "", DB_TEXT, false }, { "", DB_TEXT, false } };

static STATEMENT(echo,
    "SELECT $1 AS a, $2 AS b, $3 AS c, $4 AS d, $5 AS e, $6 AS f, $7 AS g,"
    " $8 AS h, $9 AS i, $10 AS j",
    all, all);
/* The same values as PostgreSQL itself writes them. */
static STATEMENT(spoken,
    "SELECT concat_ws('|', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10), '', ''",
    all, texts);
static STATEMENT(name_echo, "SELECT $1 AS name", name, name);
static STATEMENT(rows_many, "SELECT generate_series(1, $1)", number, number);
static STATEMENT(null_given, "SELECT nullif($1, $1)", number, number);
static STATEMENT(type_wrong, "SELECT $1::text", number, number);
static STATEMENT(columns_wrong, "SELECT $1, 2", number, number);
static STATEMENT(
    lock, "SELECT 1::bigint FROM pg_advisory_xact_lock($1)", number, number);
static STATEMENT(sleep_long,
    "SELECT 1::bigint FROM set_config('statement_timeout', '50ms', true)"
    " WHERE $1 > 0",
    number, number);
static STATEMENT(sleep_now, "SELECT $1 FROM pg_sleep(2)", number, number);
static STATEMENT(no_such_table, "SELECT id FROM no_such_table WHERE id = $1",
    number, number);
static COMMAND(raise_40001,
    "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$");
static COMMAND(raise_40P01,
    "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$");
static COMMAND(clash_of_references,
    "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '23505',"
    " CONSTRAINT = 'offer_reference_key'; END $$");
static COMMAND(clash_of_others,
    "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '23505',"
    " CONSTRAINT = 'offer_round_number_key'; END $$");
static COMMAND(raise_22012, "SELECT 1 / 0");
static COMMAND(thing_touch, "UPDATE db_test SET id = id WHERE id < 0");
static const struct db_column nothing[1];
static const struct db_statement limits = {
	.name = "limits",
	.sql = "SELECT current_setting('statement_timeout'),"
	       " current_setting('lock_timeout'),"
	       " current_setting('idle_in_transaction_session_timeout')",
	.file = "app/test.sql",
	.line = 1,
	.parameters = nothing,
	.columns = texts,
	.column_count = 3,
};
static const struct db_statement *const statements[] = { &echo, &spoken,
	&plus_one, &name_echo, &rows_many, &null_given, &type_wrong,
	&columns_wrong, &lock, &sleep_long, &sleep_now, &thing_add,
	&thing_count, &no_such_table, &raise_40001, &raise_40P01,
	&clash_of_references, &clash_of_others, &raise_22012, &thing_touch,
	&limits, &backend };

/* --- Values --------------------------------------------------------------- */

static const char *const words[] = { "plain", "", "a \"quoted\" one", "it's",
	"{br,ace}", "back\\slash", NULL, "NULL",
	"caf\xc3\xa9 \xf0\x9f\x8f\xa0" };
static const int64_t numbers[] = { 0, 1, -1, INT64_MAX, INT64_MIN };

static void
values_go_there_and_back(void **state)
{
	static const unsigned char bytes[] = { 0, 1, 0xFF, 'x', 0 };
	const struct db_value values[] = {
		{ .type = DB_BIGINT, .number = INT64_MIN },
		{ .type = DB_INTEGER, .number = -7 },
		{ .type = DB_BOOLEAN, .number = true },
		{ .type = DB_TEXT, .text = "O'Hara \xc3\xa9 \\ \"" },
		{ .type = DB_DATE, .number = DATE_1970 + 20779 },
		{ .type = DB_TIMESTAMPTZ, .number = 1795312924004005 },
		{ .type = DB_DOUBLE, .real = -0.1 },
		{ .type = DB_BYTEA, .bytes = { bytes, sizeof(bytes) } },
		{ .type = DB_TEXT_ARRAY,
		    .text_list = { words, (size_t)COUNT(words) } },
		{ .type = DB_BIGINT_ARRAY,
		    .int64_list = { numbers, (size_t)COUNT(numbers) } },
	};
	const struct db_result *result = db_run(db, &echo, values);
	struct text_list text_list;
	struct int64_list int64_list;
	int i;

	(void)state;
	assert_int_equal(db_rows(result), 1);
	assert_true(db_number(result, 0, 0) == INT64_MIN);
	assert_int_equal(db_number(result, 0, 1), -7);
	assert_int_equal(db_number(result, 0, 2), 1);
	assert_string_equal(db_text(result, 0, 3), values[3].text);
	assert_int_equal(db_number(result, 0, 4), DATE_1970 + 20779);
	assert_true(db_number(result, 0, 5) == values[5].number);
	assert_true(db_double(result, 0, 6) == -0.1);
	assert_int_equal(db_bytes(result, 0, 7).length, sizeof(bytes));
	assert_memory_equal(db_bytes(result, 0, 7).data, bytes, sizeof(bytes));
	text_list = db_text_list(db, result, 0, 8);
	assert_int_equal(text_list.count, COUNT(words));
	for (i = 0; i < COUNT(words); i++)
		assert_true(text_equal(text_list.row[i], words[i]));
	int64_list = db_int64_list(db, result, 0, 9);
	assert_int_equal(int64_list.count, COUNT(numbers));
	assert_memory_equal(int64_list.row, numbers, sizeof(numbers));
}

/* What PostgreSQL understood, in its own words. */
static void
values_mean_the_same(void **state)
{
	static const unsigned char bytes[] = { 0xAB, 0 };
	const struct db_value values[] = {
		{ .type = DB_BIGINT, .number = 1234567890123 },
		{ .type = DB_INTEGER, .number = 42 },
		{ .type = DB_BOOLEAN, .number = false },
		{ .type = DB_TEXT, .text = "Bedford" },
		{ .type = DB_DATE, .number = DATE_1970 + 20779 },
		{ .type = DB_TIMESTAMPTZ, .number = 1795312924004005 },
		{ .type = DB_DOUBLE, .real = 0.25 },
		{ .type = DB_BYTEA, .bytes = { bytes, sizeof(bytes) } },
		{ .type = DB_TEXT_ARRAY, .text_list = { words, 3 } },
		{ .type = DB_BIGINT_ARRAY, .int64_list = { numbers, 3 } },
	};

	(void)state;
	run(&plus_one, 1);
	assert_string_equal(db_text(db_run(db, &spoken, values), 0, 0),
	    "1234567890123|42|f|Bedford|2026-11-22|"
	    "2026-11-22 02:02:04.004005+00|0.25|\\xab00|"
	    "{plain,\"\",\"a \\\"quoted\\\" one\"}|{0,1,-1}");
}

static void
values_may_be_null(void **state)
{
	struct db_value values[COUNT(all)];
	const struct db_result *result;
	int i;

	(void)state;
	memset(values, 0, sizeof(values));
	for (i = 0; i < COUNT(all); i++) {
		values[i].type = all[i].type;
		values[i].is_null = true;
	}
	result = db_run(db, &echo, values);
	assert_int_equal(db_rows(result), 1);
	for (i = 0; i < COUNT(all); i++)
		assert_true(db_is_null(result, 0, i));
	assert_int_equal(db_number(result, 0, 0), 0);
	assert_null(db_text(result, 0, 3));
	assert_int_equal(db_number(result, 0, 4), 0);
	assert_null(db_bytes(result, 0, 7).data);
	assert_int_equal(db_text_list(db, result, 0, 8).count, 0);
	assert_int_equal(db_int64_list(db, result, 0, 9).count, 0);
	assert_int_equal(db_failure(db), DB_FINE);
}

static void
values_may_be_empty(void **state)
{
	struct db_value values[COUNT(all)];
	const struct db_result *result;
	int i;

	(void)state;
	memset(values, 0, sizeof(values));
	for (i = 0; i < COUNT(all); i++)
		values[i].type = all[i].type;
	values[3].text = "";
	values[4].number = INT32_MAX;
	values[5].number = INT64_MAX;
	result = db_run(db, &echo, values);
	assert_int_equal(db_rows(result), 1);
	for (i = 0; i < COUNT(all); i++)
		assert_false(db_is_null(result, 0, i));
	assert_string_equal(db_text(result, 0, 3), "");
	assert_true(db_number(result, 0, 4) == INT32_MAX);
	assert_true(db_number(result, 0, 5) == INT64_MAX);
	assert_non_null(db_bytes(result, 0, 7).data);
	assert_int_equal(db_bytes(result, 0, 7).length, 0);
	assert_int_equal(db_text_list(db, result, 0, 8).count, 0);
}

/* --- Failures ------------------------------------------------------------- */

static void
absent_parameter_is_a_fault(void **state)
{
	const struct db_value values[] = { { .type = DB_TEXT } };

	(void)state;
	assert_null(db_run(db, &name_echo, values));
	assert_int_equal(db_failure(db), DB_BROKEN);
}

static void
results_other_than_declared_are_faults(void **state)
{
	(void)state;
	assert_null(run(&rows_many, 2));
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_rollback(db);
	begin();
	assert_null(run(&null_given, 2));
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_rollback(db);
	begin();
	assert_null(run(&type_wrong, 2));
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_rollback(db);
	begin();
	assert_null(run(&columns_wrong, 2));
	assert_int_equal(db_failure(db), DB_BROKEN);
}

static void
failure_sticks(void **state)
{
	(void)state;
	db_run(db, &raise_22012, NULL);
	assert_int_equal(db_failure(db), DB_BROKEN);
	assert_int_equal(db_calls(db), 1);
	assert_null(run(&plus_one, 1));
	assert_int_equal(db_rows(NULL), 0);
	assert_int_equal(db_number(NULL, 0, 0), 0);
	assert_int_equal(db_affected(NULL), 0);
	assert_int_equal(db_calls(db), 1);
	assert_false(db_commit(db));
	assert_int_equal(db_failure(db), DB_BROKEN);
	begin();
	assert_int_equal(run_number(&plus_one, 1), 2);
}

static void
nothing_runs_outside_a_transaction(void **state)
{
	(void)state;
	assert_true(db_commit(db));
	assert_null(run(&plus_one, 1));
	assert_int_equal(db_failure(db), DB_BROKEN);
}

static void
conflicts_are_told_apart(void **state)
{
	const int64_t start = milliseconds();

	(void)state;
	db_run(db, &raise_40001, NULL);
	assert_int_equal(db_failure(db), DB_CONFLICT);
	db_rollback(db);
	begin();
	db_run(db, &raise_40P01, NULL);
	assert_int_equal(db_failure(db), DB_CONFLICT);
	db_rollback(db);
	begin();
	db_run(db, &clash_of_references, NULL);
	assert_int_equal(db_failure(db), DB_CONFLICT);
	db_rollback(db);
	begin();
	db_run(db, &clash_of_others, NULL);
	assert_int_equal(db_failure(db), DB_BROKEN);
	assert_true(db_is_taken(db));
	db_rollback(db);
	begin();
	assert_false(db_is_taken(db));
	other_run("BEGIN");
	other_run("SELECT pg_advisory_xact_lock(4711)");
	assert_null(run(&lock, 4711));
	other_run("COMMIT");
	assert_int_equal(db_failure(db), DB_CONFLICT);
	assert_in_range(milliseconds() - start, 900, 2500);
}

static void
slow_statement_is_unreachable(void **state)
{
	(void)state;
	run(&sleep_long, 1);
	assert_int_equal(db_failure(db), DB_FINE);
	assert_null(run(&sleep_now, 1));
	assert_int_equal(db_failure(db), DB_UNREACHABLE);
	assert_false(db_is_resting(db));
}

static void
limits_are_set(void **state)
{
	const struct db_result *result = db_run(db, &limits, NULL);

	(void)state;
	assert_string_equal(db_text(result, 0, 0), "3s");
	assert_string_equal(db_text(result, 0, 1), "1s");
	assert_string_equal(db_text(result, 0, 2), "5s");
}

/* What cannot be prepared fails when it is run, and nothing else does. */
static void
one_bad_statement_stays_alone(void **state)
{
	(void)state;
	assert_null(run(&no_such_table, 1));
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_rollback(db);
	begin();
	assert_int_equal(run_number(&plus_one, 1), 2);
}

/* --- Transactions --------------------------------------------------------- */

static void
commit_saves_and_rollback_does_not(void **state)
{
	(void)state;
	assert_int_equal(run_number(&thing_add, 10), 10);
	db_rollback(db);
	begin();
	assert_int_equal(run_number(&thing_count, 10), 0);
	assert_int_equal(run_number(&thing_add, 11), 11);
	assert_true(db_commit(db));
	begin();
	assert_int_equal(run_number(&thing_count, 11), 1);
	assert_int_equal(db_affected(db_run(db, &thing_touch, NULL)), 0);
}

static void
savepoint_keeps_what_came_before(void **state)
{
	(void)state;
	run(&thing_add, 20);
	db_savepoint(db);
	run(&thing_add, 21);
	db_rollback_to_savepoint(db);
	assert_true(db_commit(db));
	begin();
	assert_int_equal(run_number(&thing_count, 20), 1);
	assert_int_equal(run_number(&thing_count, 21), 0);
}

/* The constraint is looked at by COMMIT. */
static void
refused_commit_is_not_a_save(void **state)
{
	(void)state;
	run(&thing_add, 30);
	run(&thing_add, 30);
	assert_int_equal(db_failure(db), DB_FINE);
	assert_false(db_commit(db));
	assert_int_equal(db_failure(db), DB_BROKEN);
	begin();
	assert_int_equal(run_number(&thing_count, 30), 0);
}

static void
open_transaction_never_reaches_the_next(void **state)
{
	const int64_t first = run_number(&backend, 0);

	(void)state;
	run(&thing_add, 40);
	begin();
	assert_int_not_equal(run_number(&backend, 0), first);
	assert_int_equal(run_number(&thing_count, 40), 0);
}

static void
commit_without_answer_is_unknown(void **state)
{
	(void)state;
	proxy_cut(PROXY_CUT_AFTER);
	run(&thing_add, 50);
	assert_false(db_commit(db));
	assert_int_equal(db_failure(db), DB_UNKNOWN);
	proxy_cut(PROXY_PASS);
	begin();
	assert_int_equal(run_number(&thing_count, 50), 1);

	proxy_cut(PROXY_CUT_BEFORE);
	run(&thing_add, 51);
	assert_false(db_commit(db));
	assert_int_equal(db_failure(db), DB_UNKNOWN);
	proxy_cut(PROXY_PASS);
	begin();
	assert_int_equal(run_number(&thing_count, 51), 0);
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
		TEST(values_go_there_and_back),
		TEST(values_mean_the_same),
		TEST(values_may_be_null),
		TEST(values_may_be_empty),
		TEST(absent_parameter_is_a_fault),
		TEST(results_other_than_declared_are_faults),
		TEST(failure_sticks),
		TEST(nothing_runs_outside_a_transaction),
		TEST(conflicts_are_told_apart),
		TEST(slow_statement_is_unreachable),
		TEST(limits_are_set),
		TEST(one_bad_statement_stays_alone),
		TEST(commit_saves_and_rollback_does_not),
		TEST(savepoint_keeps_what_came_before),
		TEST(refused_commit_is_not_a_save),
		TEST(open_transaction_never_reaches_the_next),
		TEST(commit_without_answer_is_unknown),
	};

	return cmocka_run_group_tests(tests, statements_begin, suite_end);
}
