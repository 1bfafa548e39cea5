/* Comma-separated values: what is read, and what is said of bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/csv.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 22);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* That the next record is on a line, of these fields joined by "|". */
static void
expect_record(struct csv *csv, size_t line, const char *fields)
{
	struct text_list record;
	const char *found = "";

	assert_true(csv_next(csv, &record));
	assert_int_equal(csv->line, line);
	for (size_t i = 0; i < record.count; i++)
		found = arena_printf(
		    arena, "%s%s%s", found, i == 0 ? "" : "|", record.row[i]);
	assert_string_equal(found, fields);
}

static void
expect_end(struct csv *csv, const char *problem)
{
	struct text_list record;

	assert_false(csv_next(csv, &record));
	if (problem == NULL)
		assert_null(csv->problem);
	else
		assert_string_equal(csv->problem, problem);
}

static void
test_records(void **state)
{
	struct csv csv = csv_new(arena, "\xef\xbb\xbf"
					"a,b,c\r\n"
					"\n"
					"1,\"two, or \"\"2\"\"\n\",\n"
					",\"\",x y\r\n"
					"\"last\"");

	(void)state;
	expect_record(&csv, 1, "a|b|c");
	expect_record(&csv, 3, "1|two, or \"2\"\n|");
	expect_record(&csv, 5, "||x y");
	expect_record(&csv, 6, "last");
	expect_end(&csv, NULL);
	csv = csv_new(arena, "");
	expect_end(&csv, NULL);
	csv = csv_new(arena, "a\r");
	expect_record(&csv, 1, "a");
	expect_end(&csv, NULL);
}

static void
test_bad_quotation_marks(void **state)
{
	struct csv csv = csv_new(arena, "a\n\"b,c\n");

	(void)state;
	expect_record(&csv, 1, "a");
	expect_end(&csv, "a quotation mark is not closed");
	assert_int_equal(csv.line, 2);
	expect_end(&csv, "a quotation mark is not closed");
	csv = csv_new(arena, "\"b\"c\n");
	expect_end(&csv, "a quotation mark closes before the field ends");
	csv = csv_new(arena, "\"b\"\rc\n");
	expect_end(&csv, "a quotation mark closes before the field ends");
	csv = csv_new(arena, "b\"c\"\n");
	expect_end(&csv,
	    "a quotation mark is inside a field that does not begin with one");
	csv = csv_new(arena, "\"");
	expect_end(&csv, "a quotation mark is not closed");
}

static void
test_too_many_fields(void **state)
{
	char text[300];
	struct csv csv;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = ',';
	text[sizeof(text) - 1] = '\0';
	csv = csv_new(arena, text);
	expect_end(&csv, "has more than 256 fields");
	text[255] = '\0';
	csv = csv_new(arena, text);
	expect_record(&csv, 1,
	    arena_printf(arena, "%.*s", 255,
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"||||||||||||||||||||||||||||"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_bad_quotation_marks),
		cmocka_unit_test(test_too_many_fields),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
