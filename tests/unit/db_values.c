/*
 * Values to and from PostgreSQL's binary format, without a server: bytes as
 * the format has them, and bytes that no server should send.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db_internal.h"

static struct arena *arena;
static struct db *db;

static const struct db_column column_of[] = {
	[DB_BIGINT] = { "value", DB_BIGINT, true },
	[DB_INTEGER] = { "value", DB_INTEGER, true },
	[DB_BOOLEAN] = { "value", DB_BOOLEAN, true },
	[DB_TEXT] = { "value", DB_TEXT, true },
	[DB_DATE] = { "value", DB_DATE, true },
	[DB_TIMESTAMPTZ] = { "value", DB_TIMESTAMPTZ, true },
	[DB_DOUBLE] = { "value", DB_DOUBLE, true },
	[DB_BYTEA] = { "value", DB_BYTEA, true },
	[DB_TEXT_ARRAY] = { "value", DB_TEXT_ARRAY, true },
	[DB_BIGINT_ARRAY] = { "value", DB_BIGINT_ARRAY, true },
};

static struct db_statement
statement_of(enum db_type type)
{
	return (struct db_statement) {
		.name = "test",
		.file = "test.sql",
		.parameters = &column_of[type],
		.parameter_count = 1,
		.columns = &column_of[type],
		.column_count = 1,
	};
}

#define expect_bytes(value, bytes)                                             \
	encoded_is((value), (bytes), sizeof(bytes) - 1)

static void
encoded_is(struct db_value value, const char *bytes, size_t size)
{
	const struct db_statement statement = statement_of(value.type);
	struct db_encoded encoded;

	assert_null(db_encode(arena, &statement, &value, &encoded));
	assert_int_equal(encoded.formats[0], 1);
	assert_int_equal(encoded.lengths[0], size);
	assert_memory_equal(encoded.values[0], bytes, size);
}

static void
result_clear(void *argument)
{
	PQclear(argument);
}

/* A result of one value, as if it had come from a server. */
static const struct db_result *
received(enum db_type type, const char *bytes, int size)
{
	PGresAttDesc description = {
		.name = (char *)"value", .format = 1, .typid = db_type_oid(type)
	};
	struct db_statement *statement = arena_alloc(arena, sizeof(*statement));
	struct db_result *result = arena_alloc(arena, sizeof(*result));

	*statement = statement_of(type);
	result->db = db;
	result->statement = statement;
	result->result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	arena_cleanup(arena, result_clear, result->result);
	assert_true(PQsetResultAttrs(result->result, 1, &description));
	assert_true(PQsetvalue(result->result, 0, 0, (char *)bytes, size));
	return result;
}

static void
numbers_are_big_endian(void **state)
{
	(void)state;
	expect_bytes(((struct db_value) { .type = DB_BIGINT, .number = 258 }),
	    "\0\0\0\0\0\0\1\2");
	expect_bytes(((struct db_value) { .type = DB_INTEGER, .number = -2 }),
	    "\xff\xff\xff\xfe");
	expect_bytes(
	    ((struct db_value) { .type = DB_BOOLEAN, .number = 7 }), "\1");
	expect_bytes(((struct db_value) { .type = DB_DOUBLE, .real = 1.0 }),
	    "\x3f\xf0\0\0\0\0\0\0");
}

static void
dates_count_from_2000(void **state)
{
	(void)state;
	expect_bytes(((struct db_value) {
			 .type = DB_DATE, .number = DATE_1970 + 10958 }),
	    "\0\0\0\1");
	expect_bytes(((struct db_value) {
			 .type = DB_DATE, .number = DATE_1970 + 10956 }),
	    "\xff\xff\xff\xff");
	expect_bytes(
	    ((struct db_value) { .type = DB_DATE, .number = INT32_MAX }),
	    "\x7f\xff\xff\xff");
	expect_bytes(
	    ((struct db_value) { .type = DB_DATE, .number = INT32_MIN }),
	    "\x80\0\0\0");
	expect_bytes(((struct db_value) {
			 .type = DB_TIMESTAMPTZ, .number = 946684800000001 }),
	    "\0\0\0\0\0\0\0\1");
	expect_bytes(
	    ((struct db_value) { .type = DB_TIMESTAMPTZ, .number = INT64_MAX }),
	    "\x7f\xff\xff\xff\xff\xff\xff\xff");
	assert_int_equal(db_number(received(DB_DATE, "\0\0\0\1", 4), 0, 0),
	    DATE_1970 + 10958);
	assert_int_equal(
	    db_number(received(DB_DATE, "\x7f\xff\xff\xff", 4), 0, 0),
	    INT32_MAX);
	assert_true(db_number(received(DB_TIMESTAMPTZ, "\x80\0\0\0\0\0\0\0", 8),
			0, 0) == INT64_MIN);
	assert_true(db_number(received(DB_TIMESTAMPTZ,
				  "\xff\xff\xff\xff\xff\xff\xff\xff", 8),
			0, 0) == 946684799999999);
}

static void
arrays_have_their_header(void **state)
{
	static const char *const texts[] = { "a", NULL, "" };
	static const int64_t numbers[] = { 5 };

	(void)state;
	expect_bytes(((struct db_value) {
			 .type = DB_TEXT_ARRAY, .text_list = { texts, 3 } }),
	    "\0\0\0\1\0\0\0\1\0\0\0\x19\0\0\0\3\0\0\0\1"
	    "\0\0\0\1"
	    "a\xff\xff\xff\xff\0\0\0\0");
	expect_bytes(((struct db_value) { .type = DB_TEXT_ARRAY }),
	    "\0\0\0\0\0\0\0\0\0\0\0\x19");
	expect_bytes(((struct db_value) { .type = DB_BIGINT_ARRAY,
			 .int64_list = { numbers, 1 } }),
	    "\0\0\0\1\0\0\0\0\0\0\0\x14\0\0\0\1\0\0\0\1"
	    "\0\0\0\x8\0\0\0\0\0\0\0\5");
}

static void
absent_values_are_named(void **state)
{
	static const enum db_type types[] = { DB_TEXT, DB_DATE,
		DB_TIMESTAMPTZ };
	struct db_encoded encoded;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		const struct db_statement statement = statement_of(types[i]);
		const struct db_value value = { .type = types[i] };

		assert_string_equal(
		    db_encode(arena, &statement, &value, &encoded), "value");
	}
}

static void
null_is_no_value(void **state)
{
	const struct db_statement statement = statement_of(DB_BIGINT);
	const struct db_value value = { .type = DB_BIGINT, .is_null = true };
	struct db_encoded encoded;

	(void)state;
	assert_null(db_encode(arena, &statement, &value, &encoded));
	assert_null(encoded.values[0]);
	assert_true(db_is_null(received(DB_TEXT, NULL, -1), 0, 0));
	assert_null(db_text(received(DB_TEXT, NULL, -1), 0, 0));
	assert_int_equal(db_number(received(DB_BIGINT, NULL, -1), 0, 0), 0);
	assert_true(db_is_null(received(DB_TEXT, "x", 1), 1, 0));
}

/* Cut anywhere, an array is read or refused, never read beyond its end. */
static void
broken_arrays_are_refused(void **state)
{
	static const char texts[] = "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\2\0\0\0\1"
				    "\0\0\0\2hi\0\0\0\1x";
	static const char numbers[] =
	    "\0\0\0\1\0\0\0\0\0\0\0\x14\0\0\0\1\0\0\0\1"
	    "\0\0\0\x8\0\0\0\0\0\0\0\5";
	static const char huge[] =
	    "\0\0\0\1\0\0\0\0\0\0\0\x19\x7f\xff\xff\xff\0\0\0\1";
	static const char flat[] =
	    "\0\0\0\2\0\0\0\0\0\0\0\x19\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1";
	static const char with_null[] =
	    "\0\0\0\1\0\0\0\1\0\0\0\x14\0\0\0\1\0\0\0\1\xff\xff\xff\xff";
	const struct db_result *result;
	int size;

	(void)state;
	result = received(DB_TEXT_ARRAY, texts, sizeof(texts) - 1);
	assert_int_equal(db_text_list(db, result, 0, 0).count, 2);
	assert_string_equal(db_text_list(db, result, 0, 0).row[1], "x");
	result = received(DB_BIGINT_ARRAY, numbers, sizeof(numbers) - 1);
	assert_int_equal(db_int64_list(db, result, 0, 0).row[0], 5);
	assert_int_equal(db_failure(db), DB_FINE);
	for (size = 0; size < (int)sizeof(texts) - 1; size++) {
		db_attach(db, arena);
		result = received(DB_TEXT_ARRAY, texts, size);
		assert_int_equal(db_text_list(db, result, 0, 0).count, 0);
		assert_int_equal(db_failure(db), DB_BROKEN);
	}
	for (size = 0; size < (int)sizeof(numbers) - 1; size++) {
		db_attach(db, arena);
		result = received(DB_BIGINT_ARRAY, numbers, size);
		assert_int_equal(db_int64_list(db, result, 0, 0).count, 0);
		assert_int_equal(db_failure(db), DB_BROKEN);
	}
	db_attach(db, arena);
	db_text_list(db, received(DB_TEXT_ARRAY, huge, sizeof(huge) - 1), 0, 0);
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_attach(db, arena);
	db_text_list(db, received(DB_TEXT_ARRAY, flat, sizeof(flat) - 1), 0, 0);
	assert_int_equal(db_failure(db), DB_BROKEN);
	db_attach(db, arena);
	db_int64_list(db,
	    received(DB_BIGINT_ARRAY, with_null, sizeof(with_null) - 1), 0, 0);
	assert_int_equal(db_failure(db), DB_BROKEN);
}

static void
types_read_as_text(void **state)
{
	(void)state;
	assert_true(db_type_fits(DB_TEXT, 25));
	assert_true(db_type_fits(DB_TEXT, 1043));
	assert_true(db_type_fits(DB_TEXT, 20000));
	assert_false(db_type_fits(DB_TEXT, 2950)); /* uuid */
	assert_false(db_type_fits(DB_TEXT, 3802)); /* jsonb */
	assert_false(db_type_fits(DB_BIGINT, 23));
	assert_false(db_type_fits(DB_TIMESTAMPTZ, 1114));
}

static int
each_begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	db = db_new(NULL);
	db_attach(db, arena);
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	arena_free(arena);
	db_free(db);
	return 0;
}

#define TEST(called)                                                           \
	cmocka_unit_test_setup_teardown(called, each_begin, each_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_are_big_endian),
		TEST(dates_count_from_2000),
		TEST(arrays_have_their_header),
		TEST(absent_values_are_named),
		TEST(null_is_no_value),
		TEST(broken_arrays_are_refused),
		TEST(types_read_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
