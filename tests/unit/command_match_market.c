/*
 * `hearth match clear`, `cover` and `allocate` on the example files, and what
 * each says of files that are wrong; `price` and its exit codes.
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

#include "support/support_command.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#define PACKAGES "conf/match/packages.csv"
#define SPARE    "conf/match/spare.csv"
#define OPTIONS  "conf/match/options.csv"
#define SECTORS  "conf/match/sectors.csv"
#define OFFERERS "conf/match/cover-providers.csv"
#define OFFERS   "conf/match/cover-offers.csv"
#define SEED     "conf/match/seed.txt"
#define STRATA   "conf/match/strata.csv"
#define PEOPLE   "conf/match/participants.csv"
#define HASH     "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"

static char folder[] = "/tmp/hearth-market-XXXXXX";
static char path[64];

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

/* A file of the test, until it is unlinked. */
static const char *
file_of(const char *name, const char *text)
{
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* That it ended with 1 and said this behind the folder, and nothing else. */
static void
expect_said(int code, const char *text)
{
	assert_int_equal(code, 1);
	assert_string_equal(match_out, "");
	if (strstr(match_err, text) == NULL)
		fail_msg("nobody said \"%s\" but: %s", text, match_err);
	unlink(path);
}

static const char *
text_at(json_t *all, const char *table, size_t row, const char *column)
{
	return json_string_value(json_object_get(
	    json_array_get(json_object_get(all, table), row), column));
}

static double
number_at(json_t *all, const char *table, size_t row, const char *column)
{
	return json_number_value(json_object_get(
	    json_array_get(json_object_get(all, table), row), column));
}

static json_t *
output_json(void)
{
	json_t *all = json_loads(match_out, 0, NULL);

	if (all == NULL)
		fail_msg("no JSON: %s", match_out);
	return all;
}

/* --- Clear ----------------------------------------------------------------- */

static void
test_clear_shows_what_it_places(void **state)
{
	json_t *all;

	(void)state;
	assert_int_equal(
	    match_run("clear", "--packages", PACKAGES, "--providers", SPARE,
		"--options", OPTIONS, "--bundle", "1000", "--json", NULL),
	    0);
	assert_string_equal(match_err, "");
	all = output_json();
	assert_true(number_at(all, "summary", 0, "hours") == 40.25);
	assert_true(number_at(all, "summary", 1, "hours") == 36.75);
	assert_true(number_at(all, "summary", 0, "price_pounds") == 901.18);
	assert_true(number_at(all, "bound", 0, "bound_hours") == 40.25);
	assert_int_equal(
	    json_array_size(json_object_get(all, "assignment")), 4);
	assert_string_equal(
	    text_at(all, "assignment", 0, "provider"), "Birch at Home");
	assert_string_equal(text_at(all, "changes", 0, "change"),
	    "more of week at Birch at Home");
	assert_true(number_at(all, "changes", 0, "more_hours") == 10.5);
	assert_string_equal(text_at(all, "bundles", 0, "packages"), "K2 K3");
	assert_true(number_at(all, "bundles", 0, "widest_metres") == 566);
	json_decref(all);
}

/* The same amounts by parts of the day, as a table. */
static void
test_clear_by_slots(void **state)
{
	char slots[64];

	(void)state;
	snprintf(slots, sizeof(slots), "%s",
	    file_of("slots.csv", "provider,slot,spare\n"
				 "Alder Care,morning,840\n"
				 "Birch at Home,tea,630\n"
				 "Cherry Homecare,tea,0\n"));
	assert_int_equal(
	    match_run("clear", "--packages", PACKAGES, "--providers", slots,
		"--options", OPTIONS, "--demands",
		file_of("demands.json",
		    "[{\"package\": \"K1\", \"slot\": \"morning\","
		    " \"amount\": 840},"
		    " {\"package\": \"K2\", \"slot\": \"tea\","
		    " \"amount\": 630},"
		    " {\"package\": \"K3\", \"slot\": \"tea\","
		    " \"amount\": 420},"
		    " {\"package\": \"K4\", \"slot\": \"tea\","
		    " \"amount\": 1260},"
		    " {\"package\": \"K5\", \"slot\": \"tea\","
		    " \"amount\": 315},"
		    " {\"package\": \"K6\", \"slot\": \"tea\","
		    " \"amount\": 840}]"),
		"--changes", "0", NULL),
	    0);
	unlink(path);
	unlink(slots);
	assert_non_null(strstr(match_out,
	    "all at once           2  24.50        85.00         548.38"));
	assert_non_null(strstr(match_out,
	    "K1       Alder Care     14.00  90.00         306.88    2100\n"
	    "K2       Birch at Home  10.50  80.00         241.50    6200\n"));
	assert_null(strstr(match_out, "would place besides"));
}

/* Hours at any time help the evening out, for whom has not divided them. */
static void
test_clear_at_any_time(void **state)
{
	static const char demands[] = "package,slot,amount\n"
				      "K1,tea,840\nK2,tea,630\n"
				      "K3,morning,420\nK4,any,1260\n"
				      "K5,tea,315\nK6,tea,840\n";
	char spare[64];

	(void)state;
	snprintf(spare, sizeof(spare), "%s",
	    file_of("spare.csv", "provider,slot,spare\n"
				 "Alder Care,any,840\n"
				 "Birch at Home,morning,630\n"
				 "Cherry Homecare,tea,0\n"));
	assert_int_equal(
	    match_run("clear", "--packages", PACKAGES, "--providers", spare,
		"--options", OPTIONS, "--demands",
		file_of("demands.csv", demands), "--changes", "1", NULL),
	    0);
	unlink(path);
	unlink(spare);
	assert_non_null(strstr(match_out, "K6       Alder Care     14.00"));
	assert_null(strstr(match_out, "K2       Birch at Home"));
	assert_non_null(strstr(match_out, "K3       Birch at Home   7.00"));
}

static void
test_clear_faults(void **state)
{
	static const struct {
		const char *option, *name, *text, *said;
	} cases[] = {
		{ "--packages", "p.csv", "package,minutes\nK1,0\n",
		    "/p.csv:2: minutes: \"0\" is not a whole number from 1 to "
		    "50000\n" },
		{ "--packages", "p.csv", "package,minutes\nK1,10\nK1,10\n",
		    "/p.csv:3: package: \"K1\" is there twice\n" },
		{ "--packages", "p.csv", "package,minutes,parts\nK1,10,3\n",
		    "/p.csv:2: parts: \"3\" does not divide the minutes" },
		{ "--packages", "p.csv", "package,minutes,rural\nK1,10,yes\n",
		    "/p.csv:2: east: is missing from a rural package\n" },
		{ "--packages", "p.csv", "package,minutes\nK1,\n",
		    "/p.csv:2: minutes: is missing\n" },
		{ "--demands", "d.csv",
		    "package,slot,amount\nK1,tea,9\nK9,tea,9\n",
		    "/d.csv:3: package: \"K9\" is not a package\n" },
		{ "--providers", "s.csv", "provider,spare\nAsh,many\n",
		    "/s.csv:2: spare: \"many\" is not a whole number" },
		{ "--options", "o.csv",
		    "package,provider,fit,price\nK1,Zed,90,210\n",
		    "/o.csv:2: provider: \"Zed\" is not a provider\n" },
		{ "--options", "o.csv",
		    "package,provider,fit,price\nK1,Alder Care,101,210\n",
		    "/o.csv:2: fit: \"101\" is not a number from 0 to 100" },
		{ "--options", "o.csv",
		    "package,provider,fit,price\nK1,Alder Care,90,210\n"
		    "K2,Alder Care,90,210\nK1,Alder Care,80,100\n",
		    "/o.csv:4: provider: \"Alder Care\" is there twice for "
		    "the package\n" },
		{ "--options", "o.json", "[{\"package\": \"K1\"}]",
		    "/o.json: [0]: provider: is missing\n" },
	};

	(void)state;
	/* An option that is given again counts as it is given last. */
	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_said(
		    match_run("clear", "--packages", PACKAGES, "--providers",
			SPARE, "--options", OPTIONS, cases[i].option,
			file_of(cases[i].name, cases[i].text), NULL),
		    cases[i].said);
}

/* --- Cover ----------------------------------------------------------------- */

static void
test_cover_under_another_scheme_and_a_cap(void **state)
{
	json_t *all;

	(void)state;
	assert_int_equal(
	    match_run("cover", "--sectors", SECTORS, "--providers", OFFERERS,
		"--offers", OFFERS, "--offered", "district", "--shown", "lot",
		"--cap", "1", "--json", NULL),
	    0);
	all = output_json();
	assert_int_equal(json_array_size(json_object_get(all, "areas")), 4);
	assert_string_equal(text_at(all, "areas", 1, "area"), "Buntingford");
	/* Only Alder goes to rural places, and under the cap to one area. */
	assert_true(number_at(all, "areas", 1, "needed_rural_hours") == 30);
	assert_true(number_at(all, "areas", 1, "gap_rural_hours") == 20);
	assert_true(number_at(all, "areas", 1, "capped_gap_hours") == 30);
	assert_true(number_at(all, "areas", 3, "gap_hours") == 35);
	assert_true(number_at(all, "areas", 3, "capped_gap_hours") == 50);
	json_decref(all);
	assert_int_equal(
	    match_run("cover", "--sectors", SECTORS, "--providers", OFFERERS,
		"--offers", OFFERS, "--offered", "district", NULL),
	    0);
	assert_null(strstr(match_out, "Met, capped"));
	assert_non_null(strstr(match_out, "East Herts"));
}

static void
test_cover_faults(void **state)
{
	static const struct {
		const char *option, *name, *text, *said;
	} cases[] = {
		{ "--sectors", "s.csv",
		    "sector,minutes,rurality,district\nSG1 1,9,hilly,A\n",
		    "/s.csv:2: rurality: \"hilly\" is not urban, semi-rural or "
		    "rural\n" },
		{ "--sectors", "s.csv",
		    "sector,minutes,rurality\nSG1 1,9,rural\n",
		    "/s.csv:1: district: the column is missing\n" },
		{ "--sectors", "s.csv",
		    "sector,minutes,rurality,district\nA,9,rural,B\n"
		    "A,9,rural,B\n",
		    "/s.csv:3: sector: \"A\" is there twice\n" },
		{ "--providers", "p.json",
		    "[{\"provider\": \"Alder Care\", \"minutes\": 9,"
		    " \"ruralities\": [\"urban\", \"wild\"]}]",
		    "/p.json: [0]: ruralities: \"urban;wild\" is not urban" },
		{ "--offers", "o.csv", "provider,area\nAlder Care,North\n",
		    "/o.csv:2: area: \"North\" is not in the other files\n" },
		{ "--offers", "o.csv", "provider,area\nZed,Stevenage\n",
		    "/o.csv:2: provider: \"Zed\" is not in the other "
		    "files\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_said(match_run("cover", "--sectors", SECTORS,
				"--providers", OFFERERS, "--offers", OFFERS,
				"--offered", "district", cases[i].option,
				file_of(cases[i].name, cases[i].text), NULL),
		    cases[i].said);
}

/* --- Allocate -------------------------------------------------------------- */

static void
test_allocate_lists_and_replays(void **state)
{
	json_t *all;

	(void)state;
	assert_int_equal(match_run("allocate", "--seed", SEED, "--strata",
			     STRATA, "--commitment", HASH, "--json", NULL),
	    0);
	all = output_json();
	assert_string_equal(text_at(all, "seed", 0, "sha256_of_seed"), HASH);
	assert_true(number_at(all, "seed", 0, "holistic") == 14);
	assert_true(number_at(all, "seed", 0, "control") == 7);
	assert_int_equal(json_array_size(json_object_get(all, "list")), 21);
	json_decref(all);
	assert_int_equal(match_run("allocate", "--seed", SEED, "--strata",
			     STRATA, "--participants", PEOPLE, NULL),
	    0);
	assert_non_null(strstr(match_out, HASH));
	assert_non_null(
	    strstr(match_out, "N3           Ely                2  holistic\n"));
}

static void
test_allocate_faults(void **state)
{
	static const struct {
		const char *option, *name, *text, *said;
	} cases[] = {
		{ "--seed", "seed", "0001\n",
		    "/seed:1: must be one line of 64 hexadecimal digits\n" },
		{ "--seed", "seed", HASH "\nmore\n",
		    "/seed:1: must be one line of 64 hexadecimal digits\n" },
		{ "--strata", "s.csv", "stratum,places\nEly,many\n",
		    "/s.csv:2: places: \"many\" is not a whole number" },
		{ "--participants", "p.csv",
		    "stratum,participant,arm\nEly,N1,holistic\n"
		    "Ely,N2,control\n",
		    "/p.csv:3: arm: \"control\" is not what the list gives, "
		    "which is holistic\n" },
		{ "--participants", "p.csv", "stratum,participant\nYork,N1\n",
		    "/p.csv:2: stratum: \"York\" is not a stratum\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_said(match_run("allocate", "--seed", SEED, "--strata",
				STRATA, cases[i].option,
				file_of(cases[i].name, cases[i].text), NULL),
		    cases[i].said);
	path[0] = '\0';
	expect_said(match_run("allocate", "--seed", SEED, "--strata", STRATA,
			"--commitment", "00", NULL),
	    "the seed is not the one that --commitment was made of");
}

/* --- Price, and what is the same of all ------------------------------------ */

static void
test_price(void **state)
{
	(void)state;
	assert_int_equal(
	    match_run("price", "--card", "conf/rates/hertfordshire-2021.json",
		"--visits",
		file_of("v.csv", "date,start,length\n2022-03-01,09:00,30\n"
				 "1999-03-01,09:00,30\n"),
		NULL),
	    0);
	unlink(path);
	assert_non_null(strstr(match_out, "2 visits, 1 with a price"));
	assert_non_null(
	    strstr(match_out, "No price: No card is in force on 1 March 1999"));
	expect_said(
	    match_run("price", "--card", "conf/rates/hertfordshire-2021.json",
		"--visits",
		file_of("v.csv", "date,start,length\nsoon,09:00,30\n"), NULL),
	    "/v.csv:2: date: \"soon\" is not a date such as 2026-12-02\n");
	path[0] = '\0';
	expect_said(match_run("price", "--card", "none.json", "--visits",
			"none.csv", NULL),
	    "hearth: none.json cannot be opened: ");
}

static void
test_usage_is_the_same(void **state)
{
	static const char *const names[] = { "rank", "price", "clear", "cover",
		"allocate" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		char line[64];

		snprintf(
		    line, sizeof(line), "usage: hearth match %s ", names[i]);
		assert_int_equal(match_run(names[i], "--help", NULL), 0);
		assert_string_equal(match_err, "");
		assert_int_equal(strncmp(match_out, line, strlen(line)), 0);
		assert_non_null(strstr(match_out, "0 done"));
		assert_int_equal(match_run(names[i], NULL), 2);
		assert_string_equal(match_out, "");
		assert_non_null(strstr(match_err, line));
		assert_int_equal(match_run(names[i], "--colour", NULL), 2);
		assert_non_null(
		    strstr(match_err, "hearth: there is no option --colour\n"));
	}
	assert_int_equal(match_run("clear", "--packages", NULL), 2);
	assert_non_null(
	    strstr(match_err, "hearth: a value must follow --packages\n"));
	assert_int_equal(match_run("clear", "--hours", "0", NULL), 2);
	assert_non_null(strstr(match_err,
	    "hearth: --hours must be a whole number from 1 to 1000\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clear_shows_what_it_places),
		cmocka_unit_test(test_clear_by_slots),
		cmocka_unit_test(test_clear_at_any_time),
		cmocka_unit_test(test_clear_faults),
		cmocka_unit_test(test_cover_under_another_scheme_and_a_cap),
		cmocka_unit_test(test_cover_faults),
		cmocka_unit_test(test_allocate_lists_and_replays),
		cmocka_unit_test(test_allocate_faults),
		cmocka_unit_test(test_price),
		cmocka_unit_test(test_usage_is_the_same),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
