/*
 * `hearth match price` as it is called: what it prints, its exit codes, and
 * where it says a file is wrong.
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
#include <jansson.h>

#include "command.h"

enum { OUTPUT_MAXIMUM = 16384, ARGUMENTS = 8 };

static char folder[] = "/tmp/hearth-match-XXXXXX";
static char printed[OUTPUT_MAXIMUM];

static int
begin(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int
end(void **state)
{
	(void)state;
	return rmdir(folder);
}

/* Runs the command with one stream caught; gives its exit code. */
static int
run(int stream, int count, const char *const *arguments)
{
	char *argv[ARGUMENTS] = { NULL };
	FILE *caught = tmpfile();
	int kept = dup(stream), code;
	size_t length;

	assert_non_null(caught);
	assert_true(count < ARGUMENTS);
	for (int i = 0; i < count; i++)
		argv[i] = strdup(arguments[i]);
	fflush(NULL);
	dup2(fileno(caught), stream);
	code = command_match(count, argv);
	fflush(NULL);
	dup2(kept, stream);
	close(kept);
	rewind(caught);
	length = fread(printed, 1, sizeof(printed) - 1, caught);
	printed[length] = '\0';
	fclose(caught);
	for (int i = 0; i < count; i++)
		free(argv[i]);
	return code;
}

#define RUN(stream, ...)                                                       \
	run(stream,                                                            \
	    (int)(sizeof((const char *[]) { __VA_ARGS__ }) / sizeof(char *)),  \
	    (const char *[]) { __VA_ARGS__ })

/* Prices visits by a card that ships. */
static int
price(int stream, const char *card, const char *visits, const char *format)
{
	char path[64], card_path[128];
	FILE *file;
	int code;

	snprintf(path, sizeof(path), "%s/visits", folder);
	snprintf(card_path, sizeof(card_path), "conf/rates/%s.json", card);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(visits, file);
	fclose(file);
	if (format == NULL)
		code = RUN(stream, "match", "price", "--card", card_path,
		    "--visits", path);
	else
		code = RUN(stream, "match", "price", format, "--card",
		    card_path, "--visits", path);
	unlink(path);
	return code;
}

static void
test_table(void **state)
{
	(void)state;
	assert_int_equal(price(STDOUT_FILENO, "hertfordshire-2021",
			     "reference,date,start,length\n"
			     "A 1,2022-10-03,09:00,30\n",
			     NULL),
	    0);
	assert_string_equal(printed,
	    "Hertfordshire support at home\n"
	    "\n"
	    "A 1  3 October 2022, 09:00, 30:00, 1 care worker\n"
	    "    Rate of the card\n"
	    "    30 minutes, band up to 35:59: 60% of £21.92"
	    "                                     £13.15\n"
	    "    Price                                      "
	    "                                     £13.15\n"
	    "    £26.30 an hour for each care worker. Leaving after 21:00 is "
	    "paid the same £13.15, £37.57 an hour instead of £26.30\n"
	    "1 visits, 1 with a price: £13.15 for 30 minutes of planned time, "
	    "£26.30 an hour\n");
}

static void
test_json_sums_to_its_working(void **state)
{
	json_error_t error;
	json_t *root, *visit, *line;
	json_int_t total = 0;
	size_t i, j;

	(void)state;
	assert_int_equal(price(STDOUT_FILENO, "peterborough-2022",
			     "[{\"date\": \"2022-12-26\", \"start\": "
			     "\"21:30\", \"length\": 61, \"carers\": 2, "
			     "\"need\": \"complex\"}, {\"date\": "
			     "\"2022-12-26\", \"start\": \"09:00\", "
			     "\"length\": \"20:59\", \"need\": \"generic\", "
			     "\"absence\": \"hospital\", \"absence_day\": 9}]",
			     "--json"),
	    0);
	root = json_loads(printed, 0, &error);
	assert_non_null(root);
	json_array_foreach(json_object_get(root, "visits"), i, visit)
	{
		json_int_t sum = 0, whole = json_integer_value(
					json_object_get(visit, "total_pence"));

		json_array_foreach(json_object_get(visit, "working"), j, line)
		    sum += json_integer_value(json_object_get(line, "pence"));
		assert_int_equal(sum, whole);
		total += whole;
	}
	assert_int_equal(i, 2);
	assert_int_equal(
	    total, json_integer_value(json_object_get(root, "total_pence")));
	assert_true(total > 0);
	json_decref(root);
}

/* Block hours are paid by the week: 18.50 for the hour, then 30 minutes. */
static void
test_block_hours(void **state)
{
	char card[64], visits[64];
	FILE *file;

	(void)state;
	snprintf(card, sizeof(card), "%s/card", folder);
	snprintf(visits, sizeof(visits), "%s/visits", folder);
	file = fopen(card, "w");
	assert_non_null(file);
	fputs("{\"name\": \"A\", \"cards\": [{\"starts\": \"2022-01-01\", "
	      "\"hourly\": \"20\", \"block\": {\"hours_a_week\": 1, "
	      "\"hourly\": \"18.50\"}}]}",
	    file);
	fclose(file);
	file = fopen(visits, "w");
	assert_non_null(file);
	fputs("date,start,length\n2022-10-05,09:00,90\n", file);
	fclose(file);
	assert_int_equal(RUN(STDOUT_FILENO, "match", "price", "--card", card,
			     "--visits", visits),
	    0);
	assert_non_null(strstr(printed, "\nWeek from 3 October 2022\n"));
	assert_non_null(strstr(printed,
	    "Block of 1 hour at £18.50 an hour, 0 minutes of it not used"));
	assert_int_equal(RUN(STDOUT_FILENO, "match", "price", "--json",
			     "--card", card, "--visits", visits),
	    0);
	assert_non_null(strstr(printed,
	    "\"weeks\": [{\"block_pence\":1850,\"used_seconds\":3600,"
	    "\"unused_seconds\":0,\"beyond_pence\":1000,"
	    "\"total_pence\":2850}]"));
	unlink(card);
	unlink(visits);
}

static void
test_some_without_a_price(void **state)
{
	(void)state;
	assert_int_equal(price(STDOUT_FILENO, "hertfordshire-2021",
			     "date,start,length\n2020-10-03,09:00,30\n", NULL),
	    1);
	assert_non_null(strstr(
	    printed, "No price: No card is in force on 3 October 2020\n"));
}

static void
test_bad_files_and_arguments(void **state)
{
	char expected[128];

	(void)state;
	assert_int_equal(price(STDERR_FILENO, "hertfordshire-2021",
			     "date,start,length\n2022-10-03,9:77,30\n", NULL),
	    2);
	snprintf(expected, sizeof(expected),
	    "hearth: %s/visits: line 2: start: \"9:77\" is not a time such as "
	    "08:30\n",
	    folder);
	assert_string_equal(printed, expected);
	assert_int_equal(price(STDERR_FILENO, "none", "", NULL), 2);
	assert_string_equal(printed, "hearth: conf/rates/none.json cannot be "
				     "opened: No such file or directory\n");
	assert_int_equal(RUN(STDERR_FILENO, "match", "price"), 2);
	assert_int_equal(RUN(STDERR_FILENO, "match", "price", "--card"), 2);
	assert_int_equal(RUN(STDERR_FILENO, "match", "prices"), 2);
	assert_int_equal(RUN(STDERR_FILENO, "match"), 2);
}

static void
test_help(void **state)
{
	(void)state;
	assert_int_equal(RUN(STDOUT_FILENO, "match", "price", "--help"), 0);
	assert_non_null(strstr(printed, "usage: hearth match price --card"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_json_sums_to_its_working),
		cmocka_unit_test(test_block_hours),
		cmocka_unit_test(test_some_without_a_price),
		cmocka_unit_test(test_bad_files_and_arguments),
		cmocka_unit_test(test_help),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
