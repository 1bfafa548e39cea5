/*
 * Rate cards in the browser: what visits cost on any day, drafts and their
 * form, putting in force, files. The figures are those of 003 and 002.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cmocka.h>

#include "base/arena.h"
#include "rates/rate_documents.h"
#include "support_controls.h"
#include "support_offers.h"

static struct browser *commissioner;
static struct arena *arena;

static int
begin(void **state)
{
	fern_begin(state);
	account_make("admin@gorse.example", "Gil Gorse",
	    "council_administrator", "gorse", "");
	return 0;
}

static int
each_begin(void **state)
{
	(void)state;
	sql_run("SELECT fern_day(10)");
	commissioner = fern_sign_in("commissioner@fern.example");
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	arena_free(arena);
	return 0;
}

static const char *at(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static const char *
at(const char *format, ...)
{
	const char *path;
	va_list args;

	va_start(args, format);
	path = arena_vprintf(arena, format, args);
	va_end(args);
	return path;
}

/* A card imported from a file of conf/rates; its reference. */
static const char *
card_import(const char *code)
{
	const char *text = file_text(at("conf/rates/%s.json", code));

	browser_get(commissioner, "/rates/import");
	browser_post_file(commissioner, "/rates/import", "document",
	    "card.json",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });
	expect_location(commissioner, "/rates/K");
	return arena_strndup(
	    arena, commissioner->location + strlen("/rates/"), 9);
}

/* Posts a page's form of one button and its revision. */
static void
press(const char *path)
{
	char revision[16];

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, path, "revision", revision, NULL);
}

/* As card_import, with all its versions in force. */
static const char *
card_in_force(const char *code, int versions)
{
	const char *card = card_import(code);

	for (int i = 1; i <= versions; i++) {
		press(at("/rates/%s/versions/%d/put-in-force", card, i));
		expect_status(commissioner, 303);
	}
	return card;
}

static void
price(const char *card, const char *query)
{
	browser_get(commissioner, at("/rates/%s/price?%s", card, query));
}

#define DAY(day, month, year)                                                  \
	"on-day=" #day "&on-month=" #month "&on-year=" #year "&"

static int64_t
audits(const char *act, const char *card)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, card);
}

/* --- What visits cost ----------------------------------------------------- */

/* 003 L269-283, to the second. */
static void
test_bands_of_hertfordshire(void **state)
{
	static const struct {
		const char *length, *price, *hourly;
	} cases[] = {
		{ "20:59", "£8.77", "£25.08" },
		{ "21:00", "£13.15", "£37.57" },
		{ "35:59", "£13.15", "£21.93" },
		{ "36:00", "£17.54", "£29.23" },
		{ "50:59", "£17.54", "£20.64" },
		{ "51:00", "£21.92", "£25.79" },
		{ "60", "£21.92", "£21.92" },
		{ "75", "£27.40", "£21.92" },
	};
	const char *card = card_in_force("hertfordshire-2021", 1);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		price(
		    card, at(DAY(1, 6, 2022) "starts=09:00&carers=1&length=%s",
			      cases[i].length));
		expect_status(commissioner, 200);
		expect_text(
		    commissioner, at("The visit costs %s<", cases[i].price));
		expect_text(
		    commissioner, at("<strong>%s</strong>", cases[i].hourly));
	}
	price(card, DAY(1, 6, 2022) "starts=09:00&carers=2&length=30");
	expect_text(commissioner, "The visit costs £26.30");
	expect_text(
	    commissioner, "30 minutes, band up to 35:59: 60% of £21.92");
	expect_text(commissioner, "1 more care worker");
	expect_text(commissioner,
	    "Leaving after 21:00 is paid the same £13.15, £37.57 an hour "
	    "instead of £26.30");
	price(card, DAY(18, 10, 2021) "starts=09:00&carers=1&length=30");
	expect_text(commissioner,
	    "No version of this card is in force on 18 October 2021");
}

/* 003 publishes £24.74 an hour; tests/unit/matching_mix.c tells of which mix. */
static void
test_published_average(void **state)
{
	const char *card = card_in_force("hertfordshire-2021", 1);

	(void)state;
	browser_get(commissioner, at("/rates/%s/mix?" DAY(1, 6,
					 2022) "of=calls&length_1=30"
					       "&count_1=600&length_2=45&count_"
					       "2=366&length_3=60&count_3=34",
				      card));
	expect_text(commissioner, "An hour costs £24.74 on average");
	browser_get(commissioner,
	    at("/rates/%s/mix?" DAY(1, 6, 2022) "of=time&length_1=30"
						"&count_1=60&length_2=45&count_"
						"2=13&length_3=60&count_3=27",
		card));
	expect_text(commissioner, "An hour costs £24.74 on average");
	browser_get(commissioner,
	    at("/rates/%s/mix?" DAY(1, 6, 2022) "of=calls&length_1=soon"
						"&count_1=&count_2=3",
		card));
	expect_status(commissioner, 422);
	expect_text(commissioner, "Length 1 must be minutes");
	expect_text(commissioner, "Enter the length of these calls");
	expect_text(commissioner, "value=\"soon\"");
}

/* 002 L53-55: from £14.17 to £16.22, and above it only approved by name. */
static void
test_limits_of_cambridgeshire(void **state)
{
	const char *card = card_in_force("cambridgeshire-2017", 1);
	static const char visit[] = DAY(
	    1, 6, 2022) "starts=09:00&carers=1&length=60";

	(void)state;
	price(card, visit);
	expect_text(commissioner, "There is no price");
	price(card, at("%s&rate=14.16", visit));
	expect_text(commissioner, "There is no price");
	price(card, at("%s&rate=14.17", visit));
	expect_text(commissioner, "The visit costs £14.17");
	price(card, at("%s&rate=16.22", visit));
	expect_text(commissioner, "The visit costs £16.22");
	price(card, at("%s&rate=16.23", visit));
	expect_text(commissioner, "There is no price");
	price(card, at("%s&rate=31.50&individually=yes", visit));
	expect_text(commissioner, "There is no price");
	price(card,
	    at("%s&rate=31.50&individually=yes&approved_by=J+Doe", visit));
	expect_text(commissioner, "The visit costs £31.50");
	expect_text(commissioner, "J Doe");
	price(card, at("%s&individually=yes", visit));
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter the rate that was costed");
	browser_get(commissioner, at("/rates/%s/versions/1", card));
	expect_text(commissioner, "Timely discharge: 5% more");
	expect_text(commissioner, "at most £16.22 an hour");
}

/* A name as it stands in a query. */
static const char *
in_query(const char *name)
{
	char *text = arena_strdup(arena, name);

	for (char *letter = text; *letter != '\0'; letter++)
		if (*letter == ' ')
			*letter = '+';
	return text;
}

/*
 * The rate that packages are priced at is that of this page, whatever the
 * area, kind of place and need.
 */
static void
rate_is_same(
    const char *card, const char *area, const char *rurality, const char *need)
{
	int64_t pence = sql_number(
	    "SELECT rate_card_hourly(c.council_id, c.id, '%s',"
	    " replace('%s', '-', '_'), ARRAY['%s']) FROM rate_card c"
	    " JOIN rate_version v ON v.id = c.rate_version_id"
	    " JOIN rate_document d ON d.id = v.rate_document_id"
	    " WHERE d.reference = '%s'",
	    area, rurality, need, card);

	price(card, at(DAY(1, 6, 2022) "starts=09:00&carers=1&length=60"
				       "&area=%s&rurality=%s&need=%s",
			in_query(area), rurality, in_query(need)));
	expect_status(commissioner, 200);
	expect_text(
	    commissioner, at("The visit costs £%" PRId64 ".%02" PRId64 "<",
			      pence / 100, pence % 100));
}

static void
test_rates_by_place_and_need(void **state)
{
	static const char *const areas[] = { "", "Cambridge", "Fenland",
		"Huntingdonshire", "East Cambridgeshire" };
	static const char *const places[] = { "urban", "semi-rural", "rural" };
	static const char *const needs[] = { "complex care", "mental health",
		"learning disability", "children and young people" };
	const char *zones = card_in_force("cambridgeshire-lot-1", 1);
	const char *special = card_in_force("cambridgeshire-lot-2", 1);

	(void)state;
	for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
		for (size_t j = 0; j < sizeof(places) / sizeof(places[0]); j++)
			rate_is_same(zones, areas[i], places[j], "");
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		rate_is_same(special, "", "urban", needs[i]);
}

/* What a week of care is offered at, by a card in force of that JSON. */
static int64_t
week_by(const char *card)
{
	struct fern_cast cast;
	int64_t pence;

	sql_run("INSERT INTO rate_document (council_id, code, name)"
		" SELECT id, 'card', 'Card' FROM council WHERE code = 'fern'");
	sql_run("INSERT INTO rate_version (council_id, rate_document_id,"
		" number, document, published_at) SELECT council_id, id, 1,"
		" '{\"name\": \"Card\", \"areas\": [\"Fernton\","
		" \"Fernham\"], \"cards\": [%s]}', clock_now()"
		" FROM rate_document WHERE code = 'card'",
	    card);
	cast = fern_cast_begin("hertfordshire");
	fern_send(cast.broker, cast.package);
	pence = sql_number("SELECT max(o.weekly_price_pence) FROM offer o"
			   " JOIN package k ON k.id = o.package_id"
			   " WHERE k.reference = '%s'",
	    cast.package);
	fern_cast_end(&cast);
	sql_run("SET session_replication_role = replica;"
		"DELETE FROM rate_card WHERE rate_version_id IN (SELECT v.id"
		" FROM rate_version v JOIN rate_document d"
		" ON d.id = v.rate_document_id WHERE d.code = 'card');"
		"DELETE FROM rate_version WHERE rate_document_id IN"
		" (SELECT id FROM rate_document WHERE code = 'card');"
		"DELETE FROM rate_document WHERE code = 'card';"
		"SET session_replication_role = origin");
	return pence;
}

/* The place of a package decides what it is offered at. */
static void
test_offers_by_place(void **state)
{
	int64_t everywhere = week_by(
	    "{\"starts\": \"2022-09-02\", \"hourly\": \"30.00\"}");

	(void)state;
	assert_true(everywhere > 0);
	assert_int_equal(
	    week_by("{\"starts\": \"2022-09-02\", \"hourly\": \"10.00\","
		    " \"rates\": [{\"area\": \"Fernton\","
		    " \"hourly\": \"30.00\"}]}"),
	    everywhere);
	assert_true(
	    week_by("{\"starts\": \"2022-09-02\", \"hourly\": \"10.00\","
		    " \"rates\": [{\"area\": \"Fernham\","
		    " \"hourly\": \"30.00\"}]}") < everywhere);
}

/* A premium on bank holidays goes by the calendar that is kept here. */
static void
test_bank_holidays(void **state)
{
	const char *card = card_in_force("peterborough-2022", 2);
	const char *holiday = arena_strdup(
	    arena, sql_text("SELECT to_char(min(on_date),"
			    " '\"on-day=\"FMDD\"&on-month=\"FMMM"
			    "\"&on-year=\"YYYY') FROM bank_holiday"
			    " WHERE on_date > '2024-01-01' AND"
			    " extract(isodow FROM on_date) < 6"));
	const char *path = at("/rates/%s/price?%s&starts=10:00&carers=1"
			      "&length=60&need=generic",
	    card, holiday);

	(void)state;
	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	expect_text(commissioner, "ank holiday");
	sql_run("BEGIN; CREATE TEMP TABLE kept AS SELECT * FROM bank_holiday;"
		" DELETE FROM bank_holiday; COMMIT");
	browser_get(commissioner, path);
	expect_no_text(commissioner, "ank holiday");
	sql_run("INSERT INTO bank_holiday SELECT * FROM kept");
}

static void
test_price_wrong(void **state)
{
	const char *card = card_in_force("peterborough-2022", 2);

	(void)state;
	price(card, "length=");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter the length");
	expect_text(commissioner, "Enter the day of the visit");
	price(card, DAY(27, 3, 2022) "starts=01:30&carers=1&length=30");
	expect_text(commissioner, "No version of this card");
	price(card, DAY(26, 3, 2023) "starts=01:30&carers=1&length=30");
	expect_status(commissioner, 422);
	expect_text(commissioner, "the clocks go forward");
	price(card, DAY(1, 6, 2023) "starts=9&carers=1&length=30&need=none");
	expect_status(commissioner, 422);
	price(card, DAY(1, 6, 2023) "starts=09:00&carers=1&length=1500");
	expect_status(commissioner, 422);
	expect_text(commissioner, "of 24 hours at most");
}

/* --- Reading -------------------------------------------------------------- */

static void
test_list_and_words(void **state)
{
	struct browser *broker = fern_sign_in("broker@fern.example");
	struct browser *other = fern_sign_in("admin@gorse.example");
	const char *card = card_in_force("hertfordshire-2021", 1);

	(void)state;
	browser_get(broker, "/rates");
	expect_text(broker, "Hertfordshire support at home");
	expect_text(broker, "In force since 19 October 2021");
	expect_no_text(broker, "Create a rate card");
	browser_get(broker, at("/rates/%s/versions/1", card));
	expect_text(broker, "£21.92 an hour everywhere");
	expect_text(broker, "Up to 20:59");
	expect_text(broker, "£8.77");
	expect_no_text(broker, "Edit as a new version");
	browser_get(other, "/rates");
	expect_no_text(other, "Hertfordshire support at home");
	browser_get(other, at("/rates/%s/versions/1", card));
	expect_status(other, 404);
	browser_get(other, at("/rates/%s/price", card));
	expect_status(other, 404);
	browser_free(broker);
	browser_free(other);
}

/* --- Drafts --------------------------------------------------------------- */

static const char *
document_of(const char *card, int number)
{
	browser_get(commissioner,
	    at("/rates/%s/versions/%d/document.json", card, number));
	expect_status(commissioner, 200);
	return arena_strdup(arena, commissioner->page);
}

/* Sends the form of a draft again as it stands. */
static void
send_again(const char *path)
{
	struct control_list form;

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	form = controls_read(arena, commissioner->page, path);
	assert_true(form.count > 2);
	browser_post_body(commissioner, path, controls_body(arena, form));
	expect_status(commissioner, 303);
}

/* The form of every card that ships, shown and sent, changes nothing. */
static void
test_form_keeps(void **state)
{
	static const struct {
		const char *code;
		int versions;
	} cards[] = { { "hertfordshire-2021", 1 }, { "cambridgeshire-2017", 1 },
		{ "cambridgeshire-lot-1", 1 }, { "cambridgeshire-lot-2", 1 },
		{ "peterborough-2022", 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		const char *card = card_import(cards[i].code);

		for (int number = 1; number <= cards[i].versions; number++) {
			const char *before = document_of(card, number);
			struct rate_document was, is;
			json_t *a, *b;

			send_again(
			    at("/rates/%s/versions/%d/edit", card, number));
			a = json_loads(before, 0, NULL);
			b = json_loads(document_of(card, number), 0, NULL);
			assert_int_equal(
			    rate_document_read(arena, before, &was).count, 0);
			assert_int_equal(
			    rate_document_read(arena, commissioner->page, &is)
				.count,
			    0);
			assert_int_equal(was.card[0].base.hourly_pence,
			    is.card[0].base.hourly_pence);
			assert_true(json_equal(a, b));
			json_decref(a);
			json_decref(b);
		}
	}
}

/* A new version from a day: the rate and a band change, the past stays. */
static void
test_new_version(void **state)
{
	const char *card = card_in_force("hertfordshire-2021", 1), *path;
	char revision[16];

	(void)state;
	browser_get(commissioner, at("/rates/%s/versions/1", card));
	browser_post(commissioner, at("/rates/%s/versions/1/copy", card), NULL);
	path = at("/rates/%s/versions/2/edit", card);
	expect_location(commissioner, path);
	browser_get(commissioner, path);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, path, "revision", revision, "name",
	    "Support at home", "starts_on-day", "1", "starts_on-month", "4",
	    "starts_on-year", "2030", "hourly_pence", "23.04", "up_to_1",
	    "20:59", "percent_1", "40", "up_to_2", "20:00", "percent_2", "",
	    "up_to_3", "", "percent_3", "80", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "Band 2 must be longer than the band before");
	expect_text(commissioner, "Enter the share that band 2 pays");
	expect_text(commissioner, "Enter how long a visit in band 3 may be");
	browser_post(commissioner, path, "revision", revision, "name",
	    "Support at home", "starts_on-day", "1", "starts_on-month", "4",
	    "starts_on-year", "2030", "hourly_pence", "23.04", "up_to_1",
	    "20:59", "percent_1", "50", NULL);
	expect_status(commissioner, 303);
	press(at("/rates/%s/versions/2/put-in-force", card));
	expect_status(commissioner, 303);
	price(card, DAY(31, 3, 2030) "starts=09:00&carers=1&length=20");
	expect_text(commissioner, "The visit costs £8.77");
	price(card, DAY(1, 4, 2030) "starts=09:00&carers=1&length=20");
	expect_text(commissioner, "The visit costs £11.52");
	browser_get(commissioner, at("/rates/%s", card));
	expect_text(commissioner, "19 October 2021 to 31 March 2030");
	expect_text(commissioner, "In force from 1 April 2030");
	expect_text(
	    commissioner, "<h1 class=\"govuk-heading-l\">Support at home");
	browser_get(commissioner, at("/rates/%s/versions/2/edit", card));
	expect_status(commissioner, 404);
	browser_post(
	    commissioner, at("/rates/%s/versions/2/call-off", card), NULL);
	expect_status(commissioner, 303);
	price(card, DAY(1, 4, 2030) "starts=09:00&carers=1&length=20");
	expect_text(commissioner, "The visit costs £8.77");
	assert_int_equal(audits("rate.draft", card), 1);
	assert_int_equal(audits("rate.change", card), 1);
	assert_int_equal(audits("rate.put_in_force", card), 2);
	assert_int_equal(audits("rate.call_off", card), 1);
}

/* A card that a framework goes by gets no new rates for the past. */
static void
test_no_past(void **state)
{
	const char *card;

	(void)state;
	sql_run("INSERT INTO rate_document (council_id, code, name)"
		" SELECT id, 'past', 'Past' FROM council WHERE code = 'fern'");
	sql_run("INSERT INTO rate_version (council_id, rate_document_id,"
		" number, document, published_at) SELECT d.council_id, d.id, 1,"
		" '{\"name\": \"Past\", \"cards\": [{\"starts\":"
		" \"2022-09-01\", \"hourly\": \"20.00\"}]}', clock_now()"
		" FROM rate_document d WHERE d.code = 'past'");
	sql_run("INSERT INTO framework (council_id, code, name, scheme_id,"
		" starts_on, policy_version_id, rate_card_code)"
		" SELECT f.council_id, 'past', 'Past', f.scheme_id,"
		" f.starts_on, f.policy_version_id, 'past' FROM framework f"
		" JOIN council c ON c.id = f.council_id AND c.code = 'fern'"
		" LIMIT 1");
	card = arena_strdup(
	    arena, sql_text("SELECT reference FROM rate_document"
			    " WHERE code = 'past'"));
	browser_get(commissioner, at("/rates/%s/versions/1", card));
	browser_post(commissioner, at("/rates/%s/versions/1/copy", card), NULL);
	browser_get(
	    commissioner, at("/rates/%s/versions/2/put-in-force", card));
	expect_text(commissioner, "Version 1 begins on 1 September 2022");
	sql_run("UPDATE rate_version SET document = '{\"name\": \"Past\","
		" \"cards\": [{\"starts\": \"2023-09-01\", \"hourly\":"
		" \"20.00\"}]}' WHERE published_at IS NULL"
		" AND rate_document_id = (SELECT id FROM rate_document"
		" WHERE code = 'past')");
	press(at("/rates/%s/versions/2/put-in-force", card));
	expect_status(commissioner, 422);
	expect_text(commissioner, "Prices of the past do not change");
}

static void
test_conflict(void **state)
{
	const char *card = card_import("hertfordshire-2021");
	const char *path = at("/rates/%s/versions/1/edit", card);
	char revision[16];

	(void)state;
	browser_get(commissioner, path);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	send_again(path);
	browser_get(commissioner, path);
	browser_post(commissioner, path, "revision", revision, "name", "Mine",
	    "starts_on-day", "1", "starts_on-month", "4", "starts_on-year",
	    "2030", "hourly_pence", "23.04", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "23.04");
	browser_get(
	    commissioner, at("/rates/%s/versions/1/put-in-force", card));
	browser_post(commissioner,
	    at("/rates/%s/versions/1/put-in-force", card), "revision", revision,
	    NULL);
	expect_status(commissioner, 409);
	browser_get(commissioner, at("/rates/%s/versions/1/discard", card));
	browser_post(commissioner, at("/rates/%s/versions/1/discard", card),
	    "revision", revision, NULL);
	expect_status(commissioner, 409);
	press(at("/rates/%s/versions/1/discard", card));
	expect_location(commissioner, "/rates");
	assert_int_equal(audits("rate.discard", card), 1);
	browser_get(commissioner, at("/rates/%s", card));
	expect_status(commissioner, 404);
}

static void
replace(const char *card, const char *text)
{
	const char *path = at("/rates/%s/versions/1/replace", card);

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_post_file(commissioner, path, "document", "card.json",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });
}

static void
test_files(void **state)
{
	const char *card = card_import("peterborough-2022");
	const char *whole = file_text("conf/rates/peterborough-2022.json");

	(void)state;
	assert_int_equal(sql_number("SELECT count(*) FROM rate_version v"
				    " JOIN rate_document d ON d.id ="
				    " v.rate_document_id WHERE d.reference ="
				    " '%s' AND v.published_at IS NULL",
			     card),
	    2);
	replace(card, "{");
	expect_status(commissioner, 422);
	replace(card, whole);
	expect_status(commissioner, 422);
	expect_text(commissioner, "The file must have one card");
	replace(card, "{\"name\": \"A\", \"cards\": [{\"starts\":"
		      " \"2024-04-01\", \"bands\": [{\"up_to\": \"x\","
		      " \"percent\": 40}]}]}");
	expect_status(commissioner, 422);
	expect_text(commissioner, "cards[0].bands[0].up_to: must be minutes");
	replace(card, document_of(card_import("hertfordshire-2021"), 1));
	expect_location(commissioner, at("/rates/%s/versions/1", card));
	assert_non_null(strstr(document_of(card, 1), "\"21.92\""));
	assert_int_equal(audits("rate.import", card), 1);
}

static void
test_create(void **state)
{
	(void)state;
	browser_fill(commissioner, "/rates/new", "name", "A new card",
	    "starts_on-day", "1", "starts_on-month", "4", "starts_on-year",
	    "2027", "ends_on-day", "31", "ends_on-month", "3", "ends_on-year",
	    "2027", "hourly_pence", "20", "floor_pence", "21", "ceiling_pence",
	    "20", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "The last day must not be before the first");
	expect_text(
	    commissioner, "The highest rate must not be below the lowest");
	browser_fill(commissioner, "/rates/new", "name", "A new card",
	    "starts_on-day", "1", "starts_on-month", "4", "starts_on-year",
	    "2027", "hourly_pence", "20", "floor_pence", "21", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "outside floor and ceiling");
	browser_fill(commissioner, "/rates/new", "name", "A new card",
	    "starts_on-day", "1", "starts_on-month", "4", "starts_on-year",
	    "2027", "hourly_pence", "20", NULL);
	expect_location(commissioner, "/rates/K");
	browser_follow(commissioner);
	expect_text(commissioner, "A new card");
	expect_text(commissioner, "£20.00 an hour everywhere");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, each_begin, each_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_bands_of_hertfordshire),
		EACH(test_published_average),
		EACH(test_limits_of_cambridgeshire),
		EACH(test_rates_by_place_and_need),
		EACH(test_offers_by_place),
		EACH(test_bank_holidays),
		EACH(test_price_wrong),
		EACH(test_list_and_words),
		EACH(test_form_keeps),
		EACH(test_new_version),
		EACH(test_no_past),
		EACH(test_conflict),
		EACH(test_files),
		EACH(test_create),
	};

	return cmocka_run_group_tests_name("rates", tests, begin, fern_end);
}
