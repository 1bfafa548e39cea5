/* One line, whatever is logged. */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char line[8192];

/* Logs a text with stderr turned into a pipe; gives what was written. */
static size_t
logged(const char *text)
{
	int ends[2], kept = dup(STDERR_FILENO);
	ssize_t length;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	log_error("test", "text=\"%s\"", text);
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	length = read(ends[0], line, sizeof(line) - 1);
	close(ends[0]);
	assert_true(length > 0);
	line[length] = '\0';
	return (size_t)length;
}

static void
line_has_its_parts(void **state)
{
	int year, month, day, hour, minute, second, thousandths;

	(void)state;
	logged("plain");
	assert_int_equal(
	    sscanf(line, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ ", &year, &month, &day,
		&hour, &minute, &second, &thousandths),
	    7);
	assert_string_equal(
	    line + 25, "level=error what=test text=\"plain\"\n");
}

static void
line_names_its_request(void **state)
{
	(void)state;
	log_about("0123456789ab");
	logged("plain");
	log_about("");
	assert_string_equal(line + 25,
	    "level=error what=test id=0123456789ab text=\"plain\"\n");
}

static void
nothing_begins_a_second_line(void **state)
{
	(void)state;
	logged("a\r\nb\tc\x1b[31m\x7f");
	assert_non_null(strstr(line, "text=\"a  b c [31m \"\n"));
}

static void
long_line_is_cut(void **state)
{
	char text[6000];
	size_t length;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	length = logged(text);
	assert_in_range(length, 1000, 2048);
	assert_int_equal(line[length - 1], '\n');
	assert_ptr_equal(strchr(line, '\n'), line + length - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_has_its_parts),
		cmocka_unit_test(line_names_its_request),
		cmocka_unit_test(nothing_begins_a_second_line),
		cmocka_unit_test(long_line_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
