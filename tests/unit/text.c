/* Texts and buffers: UTF-8, tidying, numbers, lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(8 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
test_buffer(void **state)
{
	struct buffer buffer = buffer_new(arena, 0, 1 << 20);
	int i;

	(void)state;
	assert_string_equal(buffer.data, "");
	buffer_add(&buffer, NULL, 0);
	buffer_text(&buffer, "");
	buffer_text(&buffer, "ab");
	buffer_byte(&buffer, 'c');
	buffer_printf(&buffer, "%d%%", 42);
	assert_string_equal(buffer.data, "abc42%");
	assert_int_equal(buffer.length, 6);
	for (i = 0; i < 100000; i++)
		buffer_byte(&buffer, 'x');
	assert_int_equal(strlen(buffer.data), 100006);
}

static void
test_buffer_maximum(void **state)
{
	struct buffer buffer = buffer_new(arena, 16, 100);
	pid_t child;
	int i, status;

	(void)state;
	for (i = 0; i < 99; i++)
		buffer_byte(&buffer, 'x');
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(STDERR_FILENO);
		buffer_text(&buffer, "xx");
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
test_utf8(void **state)
{
	static const char *const good[] = { "", "a", "\x7F", "\xC2\x80",
		"\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
		"\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
		"a\xC3\xA9z", "\xE2\x82\xAC\xF0\x9F\x8F\xA0" };
	static const char *const bad[] = { "\x80", "\xBF", "\xC0\x80",
		"\xC1\xBF", "\xC2", "\xC2\x7F", "\xC2\xC2", "\xE0\x80\x80",
		"\xE0\x9F\xBF", "\xE0\xA0", "\xE2\x28\xA1", "\xED\xA0\x80",
		"\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
		"\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE",
		"\xFF", "a\xC3", "\xC3\xA9\xA9" };
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(good); i++)
		assert_true(text_is_utf8(good[i], strlen(good[i])));
	for (i = 0; i < LENGTH(bad); i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_utf8("a\0b", 3));
	assert_false(text_is_utf8("\xC3\xA9", 1));
}

static void
test_length(void **state)
{
	(void)state;
	assert_int_equal(text_length(""), 0);
	assert_int_equal(text_length("abc"), 3);
	assert_int_equal(text_length("\xC3\xA9\xE2\x82\xAC"), 2);
	assert_int_equal(text_length("\xF0\x9F\x8F\xA0"), 1);
}

static void
test_tidy(void **state)
{
	static const struct {
		const char *text, *tidy;
	} cases[] = {
		{ "", "" },
		{ " ", "" },
		{ " \t\r\n ", "" },
		{ "a", "a" },
		{ " a ", "a" },
		{ "a b", "a b" },
		{ "a  b", "a  b" },
		{ "a\r\nb", "a\nb" },
		{ "a\rb", "a\nb" },
		{ "a\nb", "a\nb" },
		{ "a\r\r\nb", "a\n\nb" },
		{ "a\n\rb", "a\n\nb" },
		{ "\r\na\r\n\r\nb\r\n", "a\n\nb" },
		{ "\xC3\xA9 ", "\xC3\xA9" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		assert_string_equal(
		    text_tidy(arena, cases[i].text), cases[i].tidy);
}

static void
test_letters(void **state)
{
	(void)state;
	assert_string_equal(
	    text_upper(arena, "al1 \xC3\xA9z"), "AL1 \xC3\xA9Z");
	assert_string_equal(
	    text_lower(arena, "AL1 \xC3\x89Z"), "al1 \xC3\x89z");
	assert_string_equal(text_upper(arena, "@[`{"), "@[`{");
	assert_string_equal(text_lower(arena, "@[`{"), "@[`{");
}

static void
test_comparisons(void **state)
{
	static const char *const rows[] = { "a", "b" };
	struct text_list list = { rows, 2 }, none = { NULL, 0 };

	(void)state;
	assert_true(text_equal("a", "a"));
	assert_false(text_equal("a", "b"));
	assert_false(text_equal("a", NULL));
	assert_false(text_equal(NULL, "a"));
	assert_true(text_equal(NULL, NULL));
	assert_true(text_is_empty(NULL));
	assert_true(text_is_empty(""));
	assert_false(text_is_empty(" "));
	assert_true(text_starts_with("/offers/A", "/offers/"));
	assert_true(text_starts_with("a", ""));
	assert_false(text_starts_with("", "a"));
	assert_true(text_list_has(list, "b"));
	assert_false(text_list_has(list, "c"));
	assert_false(text_list_has(none, "a"));
}

static void
test_numbers(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} good[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "1", 1 },
		{ "-1", -1 },
		{ "007", 7 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	static const char *const bad[] = { "", " ", "-", "+1", " 1", "1 ",
		"1.0", "1e3", "0x10", "--1", "a", "1a", "\n1",
		"9223372036854775808", "-9223372036854775809",
		"99999999999999999999999", "\xD9\xA1" };
	int64_t value;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(good); i++) {
		assert_true(
		    text_to_int64(good[i].text, INT64_MIN, INT64_MAX, &value));
		assert_int_equal(value, good[i].value);
	}
	value = 77;
	for (i = 0; i < LENGTH(bad); i++)
		if (text_to_int64(bad[i], INT64_MIN, INT64_MAX, &value))
			fail_msg("\"%s\" is taken", bad[i]);
	assert_false(text_to_int64(NULL, 0, 1, &value));
	assert_false(text_to_int64("2", 0, 1, &value));
	assert_false(text_to_int64("-1", 0, 1, &value));
	assert_int_equal(value, 77);
}

static void
test_hex(void **state)
{
	static const unsigned char data[] = { 0x00, 0x0F, 0xA5, 0xFF };

	(void)state;
	assert_string_equal(text_hex(arena, data, 4), "000fa5ff");
	assert_string_equal(text_hex(arena, data, 0), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buffer),
		cmocka_unit_test(test_buffer_maximum),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_tidy),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_comparisons),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_hex),
	};

	return cmocka_run_group_tests_name("text", tests, setup, teardown);
}
