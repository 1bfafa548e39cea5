/*
 * Rate documents: those that ship, priced by their documents; visits as CSV
 * and JSON; what is said of bad ones, with its place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "rates/rate_documents.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define HEADER                                                                 \
	"reference,date,start,length,carers,area,rurality,need,age_group,"     \
	"outcomes,absence,absence_day,rate,costed,approved_by\n"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct rate_document
document_of(const char *path)
{
	struct rate_document document;
	const char *problem;
	const char *text = file_read(
	    arena, path, RATE_DOCUMENT_MAXIMUM, &problem);
	struct rate_faults faults;

	if (text == NULL)
		fail_msg("%s", problem);
	faults = rate_document_read(arena, text, &document);
	if (faults.count != 0)
		fail_msg("%s: %s", path, faults.text[0]);
	return document;
}

static struct named_visits
visits_of(const struct rate_document *document, const char *text)
{
	struct named_visits visits;
	struct rate_faults faults = rate_visits_read(arena,
	    strchr(" [", *text) != NULL ? "v.json" : "v.csv", text, document,
	    &visits);

	if (faults.count != 0)
		fail_msg("%s", faults.text[0]);
	return visits;
}

/* The price of one line of CSV by the card of its day, or minus the verdict. */
static int64_t
price_of(const char *path, const char *line)
{
	struct rate_document document = document_of(path);
	struct named_visits visits = visits_of(
	    &document, arena_printf(arena, HEADER "%s\n", line));
	const struct rate_card *card;
	struct rate_price price;

	assert_int_equal(visits.count, 1);
	card = rate_card_on(
	    document.card, document.card_count, visits.row[0].visit.day);
	assert_non_null(card);
	price = rates_price(rates_prepare(arena, card, document.bank_holiday,
				document.bank_holiday_count),
	    &visits.row[0].visit);
	return price.verdict == RATE_FINE ? price.total_pence
	                                  : -(int64_t)price.verdict;
}

static void
test_cards_that_ship(void **state)
{
	static const struct {
		const char *path;
		const char *line;
		int64_t pence;
	} cases[] = {
		{ "hertfordshire-2021", "A,2022-09-01,09:00,20:59,,,,,,,,,,,",
		    877 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,21,,,,,,,,,,,",
		    1315 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,35:59,,,,,,,,,,,",
		    1315 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,36:00,,,,,,,,,,,",
		    1754 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,50:59,,,,,,,,,,,",
		    1754 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,51:00,,,,,,,,,,,",
		    2192 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,60:01,2,,,,,,,,,,",
		    4386 },
		{ "hertfordshire-2021", "A,2022-09-01,09:00,90,,,,,,,,,,,",
		    3288 },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,,,,14.17,,", 1417 },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,,,,14.16,,",
		    -RATE_BELOW_FLOOR },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,,,,16.23,,",
		    -RATE_ABOVE_CEILING },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,,,,25.50,individually,",
		    -RATE_NOT_APPROVED },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,,,,25.50,individually,J Doe",
		    2550 },
		{ "cambridgeshire-2017", "A,2017-11-01,09:00,60,,,,,,,,,,,",
		    -RATE_NO_ROW },
		/* 16 + 5 % + 1.50 */
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,timely discharge; delegated "
		    "health tasks,,,16.00,,",
		    1830 },
		{ "cambridgeshire-2017",
		    "A,2017-11-01,09:00,60,,,,,,transition service,,,16,,",
		    1720 },
		{ "cambridgeshire-lot-1",
		    "A,2022-04-01,09:00,60,,Fenland,rural,,,,,,,,", 2390 },
		{ "cambridgeshire-lot-1",
		    "A,2022-04-01,09:00,60,,Cambridge,rural,,,,,,,,", 2040 },
		{ "cambridgeshire-lot-1",
		    "A,2022-04-01,09:00,60,,Huntingdonshire,rural,,,,,,,,",
		    2200 },
		{ "cambridgeshire-lot-1", "A,2022-04-01,09:00,30,,,,,,,,,,,",
		    1000 },
		{ "cambridgeshire-lot-2",
		    "A,2022-04-01,09:00,60,,,,complex care,,,,,,,", 2550 },
		{ "cambridgeshire-lot-2",
		    "A,2022-04-01,09:00,60,,,rural,mental health,,,,,,,",
		    2360 },
		{ "cambridgeshire-lot-2", "A,2022-04-01,09:00,60,,,,,,,,,,,",
		    -RATE_NO_ROW },
		{ "peterborough-2022",
		    "A,2022-10-03,09:00,60,,,,generic,adult,,,,,,", 2047 },
		{ "peterborough-2022",
		    "A,2023-03-31,09:00,60,,,,generic,,,,,,,", 2047 },
		{ "peterborough-2022",
		    "A,2023-04-03,09:00,60,,,,generic,,,,,,,", 2117 },
		{ "peterborough-2022",
		    "A,2022-10-03,09:00,60,,,,complex,child or young "
		    "person,,,,,,",
		    2670 },
		/* A young person by night: the night's 15 % is more. */
		{ "peterborough-2022",
		    "A,2022-10-03,21:00,120,,,,complex,child or young "
		    "person,,,,,,",
		    2670 + 2933 },
		{ "peterborough-2022",
		    "A,2022-12-26,09:00,60,,,,generic,,,,,,,", 3071 },
		{ "peterborough-2022",
		    "A,2022-10-08,09:00,60,,,,generic,,,,,,,", 2149 },
		{ "peterborough-2022",
		    "A,2022-10-03,09:00,60,,,,generic,,,hospital,7,,,", 2047 },
		{ "peterborough-2022",
		    "A,2022-10-03,09:00,60,,,,generic,,,hospital,8,,,", 1024 },
		{ "peterborough-2022",
		    "A,2022-10-03,09:00,60,,,,generic,,,hospital,29,,,", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t pence = price_of(
		    arena_printf(arena, "conf/rates/%s.json", cases[i].path),
		    cases[i].line);

		if (pence != cases[i].pence)
			fail_msg("%s: %s is %lld, not %lld", cases[i].path,
			    cases[i].line, (long long)pence,
			    (long long)cases[i].pence);
	}
}

/* Nights over both clock changes: 8 hours pass, 7 or 9 are on the clock. */
static void
test_clock_changes(void **state)
{
	struct rate_document document = document_of(
	    "conf/rates/peterborough-2022.json");
	struct named_visits visits = visits_of(&document,
	    "date,start,length,need\n"
	    "2022-10-29,23:00,480,generic\n"
	    "2023-03-25,23:00,480,generic\n"
	    "2023-03-24,23:00,480,generic\n");

	(void)state;
	assert_int_equal(visits.row[0].visit.shift_after, 3 * 3600);
	assert_int_equal(visits.row[0].visit.shift_seconds, -3600);
	assert_int_equal(visits.row[1].visit.shift_after, 2 * 3600);
	assert_int_equal(visits.row[1].visit.shift_seconds, 3600);
	assert_int_equal(visits.row[2].visit.shift_seconds, 0);
}

static void
test_csv_and_json_are_equal(void **state)
{
	struct rate_document document = document_of(
	    "conf/rates/peterborough-2022.json");
	struct named_visits csv = visits_of(&document,
	    "\"reference\",date,length,start,carers,need\r\n"
	    "\"A \"\"1\"\"\n, B\",2022-10-03,20:59,8:30,2,complex\r\n"
	    "\r\n"
	    "C,2022-10-04,30,14:00,,generic");
	struct named_visits json = visits_of(&document,
	    " [{\"reference\": \"A \\\"1\\\"\\n, B\", \"date\": "
	    "\"2022-10-03\", \"length\": \"20:59\", \"start\": \"8:30\", "
	    "\"carers\": 2, \"need\": \"complex\"}, {\"reference\": \"C\", "
	    "\"date\": \"2022-10-04\", \"length\": 30, \"start\": \"14:00\", "
	    "\"need\": \"generic\", \"area\": null}]");

	(void)state;
	assert_int_equal(csv.count, 2);
	assert_int_equal(json.count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(
		    csv.row[i].reference, json.row[i].reference);
		assert_memory_equal(&csv.row[i].visit, &json.row[i].visit,
		    sizeof(csv.row[i].visit));
	}
	assert_string_equal(csv.row[0].reference, "A \"1\"\n, B");
	assert_int_equal(csv.row[0].visit.seconds, 20 * 60 + 59);
	assert_int_equal(csv.row[0].visit.starts, 8 * 3600 + 1800);
}

static void
test_faults_of_visits(void **state)
{
	static const struct {
		const char *text, *fault;
	} cases[] = {
		{ "date,start,length\n2022-02-30,09:00,30\n",
		    "v.csv:2: date: \"2022-02-30\" is not a date such as "
		    "2026-12-02" },
		{ "date,start,length\n\n2022-03-01,25:00,30\n",
		    "v.csv:3: start: \"25:00\" is not a time such as 08:00" },
		{ "date,start,length\n2022-03-01,09:00,30:60\n",
		    "v.csv:2: length: \"30:60\" is not a length such as 30 or "
		    "20:59, of 24 hours at most" },
		{ "date,start,length\n2022-03-27,01:30,30\n",
		    "v.csv:2: start: \"01:30\" is not on that day: the clocks "
		    "go forward over it" },
		{ "date,start,length,need\n2022-03-01,09:00,30,odd\n",
		    "v.csv:2: need: \"odd\" is not one of generic and "
		    "complex" },
		{ "date,start,length,area\n2022-03-01,09:00,30,Ely\n",
		    "v.csv:2: area: \"Ely\" is not one of none at all" },
		{ "date,start,length\n2022-03-01,09:00\n",
		    "v.csv:2: line: does not have as many fields as the "
		    "header" },
		{ "date,start,length\n2022-03-01,09:00,\"30\n",
		    "v.csv:2: a quotation mark is not closed" },
		{ "date,start,minutes\n",
		    "v.csv:1: minutes: there is no such column" },
		{ "date,start\n", "v.csv:1: length: the column is missing" },
		{ "[{\"date\": \"2022-03-01\", \"start\": \"09:00\", "
		  "\"length\": 30, \"carers\": 0}]",
		    "v.json: [0]: carers: \"0\" is not a whole number from 1 "
		    "to 9" },
		{ "[{\"date\": 1.5, \"start\": \"09:00\", \"length\": 30}]",
		    "v.json: [0]: date: must be a text, a whole number, true "
		    "or false, or a list of texts" },
		{ "[7]", "v.json: [0]: must be an object, in { and }" },
		{ "[{\"colour\": 7}]",
		    "v.json: [0]: colour: there is no such column" },
		{ "date,start,length,costed\n2022-03-01,09:00,30,"
		  "individually\n",
		    "v.csv:2: rate: is missing where the visit is costed "
		    "individually" },
	};
	struct rate_document document = document_of(
	    "conf/rates/peterborough-2022.json");

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct named_visits visits;
		struct rate_faults faults = rate_visits_read(arena,
		    *cases[i].text == '[' ? "v.json" : "v.csv", cases[i].text,
		    &document, &visits);

		assert_true(faults.count >= 1);
		assert_string_equal(faults.text[0], cases[i].fault);
	}
}

#define CARD(rest)                                                             \
	"{\"name\": \"A\", \"needs\": [\"one\"], \"cards\": [{\"starts\": "    \
	"\"2022-01-01\"" rest "}]}"

static void
test_faults_of_cards(void **state)
{
	static const struct {
		const char *text, *fault;
	} cases[] = {
		{ "{\n", "line 2, column 0: string or '}' expected near end of "
			 "file" },
		{ "[]", "document: must be an object, in { and }" },
		{ "{\"name\": \"A\"}", "cards: must have at least one" },
		{ CARD(""), "cards[0]: has no hourly rate, and no floor or "
			    "ceiling for one" },
		{ CARD(", \"hourly\": 21.92"),
		    "cards[0].hourly: must be a text, in quotation marks" },
		{ CARD(", \"hourly\": \"21.925\""),
		    "cards[0].hourly: must be an amount in quotation marks, "
		    "such as \"14.17\"" },
		{ CARD(", \"hourly\": \"20\", \"bands\": [{\"up_to\": "
		       "\"20\", \"percent\": 40}, {\"up_to\": \"19:59\", "
		       "\"percent\": 60}]"),
		    "cards[0]: Band 2 must end later than the band before it" },
		{ CARD(", \"rates\": [{\"need\": \"two\", \"hourly\": "
		       "\"20\"}]"),
		    "cards[0].rates[0].need: \"two\" is not one of one" },
		{ CARD(", \"hourly\": \"20\", \"premiums\": [{\"name\": "
		       "\"Night\", \"percent\": \"£5\"}]"),
		    "cards[0].premiums[0].percent: must be per cent in "
		    "quotation marks, such as \"12.5\"" },
		{ CARD(
		      ", \"hourly\": \"20\", \"block\": {\"hours_a_week\": 1}"),
		    "cards[0].block.hourly: must be between £0.01 and £1000" },
		{ CARD(", \"hourly\": \"20\", \"colour\": \"red\""),
		    "cards[0].colour: there is no such key here" },
		{ "{\"name\": \"A\", \"areas\": [\"x\", \"x\"], \"cards\": "
		  "[{\"starts\": \"2022-01-01\", \"hourly\": \"20\"}]}",
		    "areas: has \"x\" twice" },
		{ "{\"name\": \"A\", \"cards\": [7]}",
		    "cards[0]: must be an object, in { and }" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct rate_document document;
		struct rate_faults faults = rate_document_read(
		    arena, cases[i].text, &document);

		assert_int_equal(faults.count, 1);
		assert_string_equal(faults.text[0], cases[i].fault);
	}
}

/* Two weeks, the later one first: 35 minutes unused, then 90 beyond. */
static void
test_weeks_with_a_block(void **state)
{
	struct rate_document document;
	struct named_visits visits;
	struct rate_weeks weeks;

	(void)state;
	assert_int_equal(
	    rate_document_read(arena,
		CARD(", \"hourly\": \"20\", \"block\": {\"hours_a_week\": 1, "
		     "\"hourly\": \"18.50\"}"),
		&document)
		.count,
	    0);
	visits = visits_of(&document, "date,start,length\n"
				      "2022-10-10,09:00,60\n"
				      "2022-10-16,09:00,90\n"
				      "2022-10-09,09:00,25\n");
	weeks = rate_weeks(arena, &document, &visits);
	assert_int_equal(weeks.count, 2);
	assert_int_equal(weeks.row[0].monday + 7, weeks.row[1].monday);
	assert_int_equal(weeks.row[0].week.total_pence, 1850);
	assert_int_equal(weeks.row[0].week.unused_seconds, 35 * 60);
	assert_int_equal(weeks.row[1].week.unused_seconds, 0);
	assert_int_equal(weeks.row[1].week.beyond_pence, 3000);
	assert_int_equal(weeks.row[1].week.total_pence, 4850);
	document = document_of("conf/rates/peterborough-2022.json");
	assert_int_equal(rate_weeks(arena, &document, &visits).count, 0);
}

static void
test_files(void **state)
{
	const char *problem;

	(void)state;
	assert_null(file_read(arena, "conf/rates/none.json", 100, &problem));
	assert_string_equal(problem, "conf/rates/none.json cannot be opened: "
				     "No such file or directory");
	assert_null(file_read(
	    arena, "conf/rates/peterborough-2022.json", 100, &problem));
	assert_string_equal(problem,
	    "conf/rates/peterborough-2022.json is larger than 100 bytes");
	assert_null(file_read(arena, "conf", 100, &problem));
	assert_string_equal(problem, "conf cannot be read: Is a directory");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cards_that_ship),
		cmocka_unit_test(test_clock_changes),
		cmocka_unit_test(test_csv_and_json_are_equal),
		cmocka_unit_test(test_faults_of_visits),
		cmocka_unit_test(test_faults_of_cards),
		cmocka_unit_test(test_weeks_with_a_block),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
