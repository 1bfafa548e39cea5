/* `hearth match rank` on files: its table, its JSON, and its faults. */
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

#include "support/support_command.h"

static char folder[] = "/tmp/hearth-match-XXXXXX";

static int
begin(void **state)
{
	(void)state;
	return mkdtemp(folder) != NULL ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	return rmdir(folder);
}

static int
rank(const char *policy, const char *need, const char *providers,
    const char *more)
{
	return match_run("rank", "--policy", policy, "--need", need,
	    "--providers", providers, more, NULL);
}

#define POLICY    "conf/policies/hertfordshire.json"
#define NEED      "conf/match/need.json"
#define PROVIDERS "conf/match/providers.csv"

static void
test_table(void **state)
{
	(void)state;
	assert_int_equal(rank(POLICY, NEED, PROVIDERS, NULL), 0);
	assert_string_equal(match_err, "");
	assert_string_equal(match_out,
	    "Place  Code  Provider          Reason\n"
	    "1      P2    Birch at Home     Equal to the next provider; longer "
	    "since its last award. Never awarded a package\n"
	    "2      P1    Alder Care        Ahead of the next provider. Start: "
	    "Can start from 2 December 2026, when wanted\n"
	    "3      P6    Fir, Fern and Co  Meets every requirement; last in "
	    "the order\n"
	    "-      P3    Cherry Homecare   Not offering dementia care\n"
	    "-      P5    Elder and Elm     Not offering care in Dacorum\n"
	    "-      P4    Damson Support    Suspended from new packages\n"
	    "3 of 6 may be asked; first asked: all: P2, P1, P6\n");
}

static void
test_json(void **state)
{
	json_t *root, *first;

	(void)state;
	assert_int_equal(rank("conf/policies/cambridgeshire-lot1-tiers.json",
			     NEED, "conf/match/providers.csv", "--json"),
	    0);
	root = json_loads(match_out, 0, NULL);
	assert_non_null(root);
	assert_int_equal(
	    json_integer_value(json_object_get(root, "eligible_count")), 3);
	assert_string_equal(
	    json_string_value(json_object_get(root, "wave")), "tier");
	assert_int_equal(
	    json_array_size(json_object_get(root, "first_asked")), 2);
	first = json_array_get(json_object_get(root, "providers"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(first, "code")), "P2");
	assert_int_equal(
	    json_array_size(json_object_get(first, "standing")), 3);
	first = json_array_get(json_object_get(root, "providers"), 3);
	assert_string_equal(
	    json_string_value(json_object_get(first, "failed_step")), "needs");
	json_decref(root);
}

/* A file of the test, gone when it has been read. */
static int
rank_text(const char *name, const char *text, const char *need_text)
{
	char path[128], need_path[128];
	FILE *file;
	int code;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	snprintf(need_path, sizeof(need_path), "%s/need.json", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	if (need_text != NULL) {
		file = fopen(need_path, "w");
		assert_non_null(file);
		fputs(need_text, file);
		fclose(file);
	}
	code = rank(POLICY, need_text != NULL ? need_path : NEED, path, NULL);
	unlink(path);
	unlink(need_path);
	return code;
}

/* That it ends with 1 and says this somewhere behind the folder. */
static void
expect_said(int code, const char *text)
{
	assert_int_equal(code, 1);
	assert_string_equal(match_out, "");
	if (strstr(match_err, text) == NULL)
		fail_msg("nobody said \"%s\" but: %s", text, match_err);
}

static void
test_json_providers(void **state)
{
	(void)state;
	assert_int_equal(
	    rank_text("p.json",
		"[{\"code\": \"A\", \"name\": \"Ash\", \"areas\": "
		"[\"Dacorum\"], \"groups\": \"older people\", "
		"\"offers\": [\"support at home\", \"dementia care\", "
		"\"two care workers at once\"], \"on_framework\": true, "
		"\"current_provider\": true, \"spare_minutes\": 900},"
		" {\"code\": \"B\", \"on_framework\": true,"
		" \"current_provider\": true, \"areas\": \"*\","
		" \"groups\": null}]",
		NULL),
	    0);
	assert_string_equal(match_out,
	    "Place  Code  Provider  Reason\n"
	    "1      A     Ash       The only provider that meets every "
	    "requirement\n"
	    "-      B               Not offering care for older people\n"
	    "1 of 2 may be asked; first asked: single: A\n");
}

static void
test_faults_name_file_line_and_field(void **state)
{
	static const struct {
		const char *file;
		const char *text;
		const char *said;
	} cases[] = {
		{ "p.csv", "", "/p.csv:1: has no header\n" },
		{ "p.csv", "code,colour\nA,red\n",
		    "/p.csv:1: colour: there is no such column\n" },
		{ "p.csv", "code,rate\nA,\"x\ny\"\nB,2o.00\n",
		    "/p.csv:4: rate: \"2o.00\" is not an amount such as "
		    "21.92\n" },
		{ "p.csv", "code,local\nA,maybe\n",
		    "/p.csv:2: local: \"maybe\" is not yes or no\n" },
		{ "p.csv", "code,tier\nA,100\n",
		    "/p.csv:2: tier: \"100\" is not a whole number from 0 to "
		    "99\n" },
		{ "p.csv", "code,last_awarded\nA,2026-02-30\n",
		    "/p.csv:2: last_awarded: \"2026-02-30\" is not a date or a "
		    "time such as 2026-12-02 08:00\n" },
		{ "p.csv", "code,earliest_start\nA,2026-03-29 01:30\n",
		    "/p.csv:2: earliest_start: \"2026-03-29 01:30\" is not a" },
		{ "p.csv", "code,gates_pass_on\nA,soon\n",
		    "/p.csv:2: gates_pass_on: \"soon\" is not a date such as "
		    "2026-12-02\n" },
		{ "p.csv", "code,calls_from\nA,dawn\n",
		    "/p.csv:2: calls_from: \"dawn\" is not a time such as "
		    "08:00\n" },
		{ "p.csv", "code,call_days\nA,monday; mon\n",
		    "/p.csv:2: call_days: \"monday; mon\" is not days, monday "
		    "to sunday\n" },
		{ "p.csv", "code,rating\nA,great\n",
		    "/p.csv:2: rating: \"great\" is not a rating such as "
		    "good\n" },
		{ "p.csv", "name\nA\n",
		    "/p.csv:1: code: the column is missing\n" },
		{ "p.csv", "code\nA\nB\nA\n",
		    "/p.csv:4: code: \"A\" is there twice\n" },
		{ "p.csv", "code,name\nA\n",
		    "/p.csv:2: line: does not have as many fields as the "
		    "header\n" },
		{ "p.csv", "code\n\"A\n",
		    "/p.csv:2: a quotation mark is not closed\n" },
		{ "p.json", "[\n{\"code\": }]", "/p.json:2: " },
		{ "p.json", "{}", "/p.json:1: must be a list, in [ and ]\n" },
		{ "p.json", "[7]",
		    "/p.json: [0]: must be an object, in { and }\n" },
		{ "p.json", "[{\"code\": 1.5}]",
		    "/p.json: [0]: code: must be a text, a whole number, true "
		    "or false, or a list of texts\n" },
		{ "p.json", "[{\"code\": \"A\"}, {\"kode\": \"B\"}]",
		    "/p.json: [1]: kode: there is no such column\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_said(rank_text(cases[i].file, cases[i].text, NULL),
		    cases[i].said);
}

static void
test_faults_of_needs(void **state)
{
	static const struct {
		const char *need;
		const char *said;
	} cases[] = {
		{ "{\n\n!", "/need.json:3: " },
		{ "[]", "/need.json:1: must be an object, in { and }\n" },
		{ "{\"aera\": \"x\"}",
		    "/need.json: aera: there is no such key here\n" },
		{ "{\"area\": 7}",
		    "/need.json: area: must be a text, in quotation marks\n" },
		{ "{\"must\": [7]}", "/need.json: must: must be a list of "
				     "texts\n" },
		{ "{\"wanted_start\": \"soon\"}",
		    "/need.json: wanted_start: \"soon\" is not a time such as "
		    "\"2026-12-02 08:00\"\n" },
		{ "{\"visits\": [{\"days\": [\"mon\"], \"at\": \"8 "
		  "o'clock\"}]}",
		    "/need.json: visits[0].days: \"mon\" is not a day, monday "
		    "to sunday\n" },
		{ "{\"chosen\": \"Z\"}",
		    "/need.json: chosen: no provider has the code Z\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_said(rank_text("p.csv", "code\nA\n", cases[i].need),
		    cases[i].said);
}

static void
test_files_that_are_not_there(void **state)
{
	(void)state;
	expect_said(rank("none.json", NEED, PROVIDERS, NULL),
	    "hearth: none.json cannot be opened: No such file");
	expect_said(rank(NEED, NEED, PROVIDERS, NULL),
	    "hearth: conf/match/need.json: name: is missing\n");
	expect_said(rank(POLICY, "none.json", PROVIDERS, NULL),
	    "hearth: none.json cannot be opened: No such file");
	expect_said(rank(POLICY, NEED, "none.csv", NULL),
	    "hearth: none.csv cannot be opened: No such file");
}

static void
test_usage(void **state)
{
	(void)state;
	assert_int_equal(match_run(NULL), 2);
	assert_non_null(strstr(match_err, "hearth match rank|price|clear"));
	assert_int_equal(match_run("--help", NULL), 0);
	assert_int_equal(match_run("guess", NULL), 2);
	assert_int_equal(match_run("rank", NULL), 2);
	assert_int_equal(match_run("rank", "--policy", NULL), 2);
	assert_int_equal(match_run("rank", "--colour", "red", NULL), 2);
	assert_int_equal(match_run("rank", "--help", NULL), 0);
	assert_non_null(strstr(match_out, "not_yet_rated"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_json_providers),
		cmocka_unit_test(test_faults_name_file_line_and_field),
		cmocka_unit_test(test_faults_of_needs),
		cmocka_unit_test(test_files_that_are_not_there),
		cmocka_unit_test(test_usage),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
