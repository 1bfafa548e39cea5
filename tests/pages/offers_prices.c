/*
 * A package's week by a card with premiums: the package, its match, the offer
 * and the placement say the same price with its working, and an offer keeps it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"
#include "support_packages.h"

/*
 * Half an hour in the morning and half an hour in the evening of each day:
 * 6 x 10.50 + 12.50 + 6 x 12.50 + 14.50.
 */
#define WEEK         "£165.00"
#define HOLIDAY_WEEK "£185.00"

enum { WEEK_PENCE = 16500 };

static void
card_in_force(const char *starts, const char *hourly)
{
	sql_run("INSERT INTO rate_document (council_id, code, name)"
		" SELECT id, 'card', 'Card' FROM council WHERE code = 'fern'"
		" ON CONFLICT DO NOTHING");
	sql_run("INSERT INTO rate_version (council_id, rate_document_id,"
		" number, document, published_at)"
		" SELECT d.council_id, d.id, 1 + (SELECT count(*)"
		" FROM rate_version v WHERE v.rate_document_id = d.id),"
		" '{\"name\": \"Card\", \"age_groups\": [\"75 TO 84\","
		" \"Under 18\"], \"outcomes\": [\"timely discharge\"],"
		" \"cards\": [{\"starts\": \"%s\", \"hourly\": \"%s\","
		" \"premiums\": [{\"name\": \"Evening\", \"from\": \"18:00\","
		" \"to\": \"22:00\", \"percent\": \"20\"},"
		" {\"name\": \"Sunday\", \"days\": [\"sunday\"],"
		" \"hourly\": \"4.00\"},"
		" {\"name\": \"Bank holiday\", \"bank_holiday\": \"only\","
		" \"percent\": \"100\"},"
		" {\"name\": \"Later life\", \"age_group\": \"75 TO 84\","
		" \"hourly\": \"1.00\"},"
		" {\"name\": \"Child\", \"age_group\": \"Under 18\","
		" \"hourly\": \"9.00\"},"
		" {\"name\": \"Discharge\", \"outcome\":"
		" \"timely discharge\", \"hourly\": \"5.00\"}]}]}',"
		" clock_now() FROM rate_document d WHERE d.code = 'card'",
	    starts, hourly);
}

static int64_t
placed_pence(const char *package)
{
	return sql_number("SELECT p.weekly_price_pence FROM placement p"
			  " JOIN package k ON k.id = p.package_id"
			  " WHERE k.reference = '%s'",
	    package);
}

/* What a page says of how the price is made. */
static void
expect_notes(const struct browser *browser)
{
	expect_text(
	    browser, "Premiums are those of the earliest start of each visit.");
	expect_text(browser, "A typical week has no bank holiday");
	expect_text(browser, "paid when they are reached");
}

/* The price and its working, line by line, wherever it is shown. */
static void
test_same_everywhere(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, WEEK);
	expect_text(cast.broker, "Evening: 20% of £20.00 more for 30 minutes: "
				 "£2.00");
	expect_text(cast.broker, "Sunday: £4.00 more an hour for 30 minutes: "
				 "£2.00");
	expect_text(cast.broker, "Later life: £1.00 more an hour");
	expect_no_text(cast.broker, "Child");
	expect_text(cast.broker, "£14.50");
	expect_notes(cast.broker);
	expect_text(cast.broker,
	    "A week whose Monday is a bank holiday would cost " HOLIDAY_WEEK);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, WEEK);
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, WEEK);
	expect_text(cast.alder, "Monday, Tuesday, Wednesday, Thursday, Friday "
				"and Saturday: 6 visits × £12.50 (by the "
				"minute at £20.00 an hour and premiums)");
	expect_text(cast.alder, "Sunday: 1 visit × £14.50");
	expect_text(cast.alder, HOLIDAY_WEEK);
	expect_notes(cast.alder);
	fern_accept(cast.alder, offer, 20, NULL);
	fern_decline_in(cast.birch, cast.package, "Birch");
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	fern_later("3 hours");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	assert_int_equal(placed_pence(cast.package), WEEK_PENCE);
	free(offer);
	fern_cast_end(&cast);
}

/* Another card and another rate of the provider change no offer that is out. */
static void
test_offer_keeps_price(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	card_in_force("2027-02-03", "30.00");
	sql_run("UPDATE framework_member SET hourly_rate_pence = 4000"
		" WHERE organisation_id = (SELECT id FROM organisation"
		" WHERE name LIKE 'Alder %%')");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, WEEK);
	expect_text(cast.alder, "at £20.00 an hour");
	expect_no_text(cast.alder, "£30.00");
	expect_no_text(cast.alder, "£40.00");
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "At £30.00 an hour");
	sql_run("UPDATE framework_member SET hourly_rate_pence = NULL");
	sql_run("SET session_replication_role = replica;"
		" DELETE FROM rate_card WHERE effective_on = '2027-02-03';"
		" DELETE FROM rate_version WHERE starts_on = '2027-02-03';"
		" SET session_replication_role = origin");
	free(offer);
	fern_cast_end(&cast);
}

/* A rate that comes with the reply has the premiums of the card on top. */
static void
test_rate_of_reply(void **state)
{
	struct fern_cast cast = fern_cast_begin("cambridgeshire-2017");
	char *offer;

	(void)state;
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "and the rate card adds its premiums");
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	fern_accept(cast.alder, offer, 20, "15.00");
	expect_status(cast.alder, 303);
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "20% of £15.00");
	/* 7 x (7.50 + 0.50) + 7 x (7.50 + 1.50 + 0.50) + 2 x 2.00 */
	assert_int_equal(sql_number("SELECT weekly_price_pence FROM offer"
				    " WHERE reference = '%s'",
			     offer),
	    12650);
	free(offer);
	fern_cast_end(&cast);
}

/* What is typed is priced by its days and its time before it is saved. */
static void
test_typed_visit(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *path = fern_path("/packages/%s/visits/new", cast.package);

	(void)state;
	FILL(cast.broker, path, "purpose", "Company", "kind", "times", "times",
	    "7", "minutes", "60", "carers", "1", "start_from", "",
	    "start_until", "", "timing", "flexible", "act", "price");
	expect_status(cast.broker, 200);
	/* As on each day at midday: 6 x 21.00 and 25.00 more. */
	expect_text(cast.broker, "£316.00");
	expect_text(cast.broker, "6 times a week, as on Monday, Tuesday, "
				 "Wednesday, Thursday, Friday and Saturday");
	expect_text(cast.broker, "Once a week, as on Sunday");
	expect_text(cast.broker, "as if it began at midday");
	expect_text(cast.broker, "on each day after it in turn");
	fern_cast_end(&cast);
}

/* Any day has its own card, and the working of that day. */
static void
test_any_day(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	browser_get(cast.broker, fern_path("/packages/%s/price", cast.package));
	expect_text(cast.broker, WEEK);
	expect_text(cast.broker, "Evening: 20% of £20.00");
	browser_get(cast.broker,
	    fern_path("/packages/%s/price?on-day=2&on-month=9&on-year=2022",
		cast.package));
	expect_text(cast.broker, WEEK);
	browser_get(cast.broker,
	    fern_path("/packages/%s/price?on-day=1&on-month=9&on-year=2022",
		cast.package));
	expect_text(cast.broker, "£184.10"); /* 14 x 13.15, no premiums */
	expect_text(cast.broker, "21 min to 35 min 59 s: 60 %");
	expect_no_text(cast.broker, "Evening");
	browser_get(cast.broker,
	    fern_path("/packages/%s/price?on-day=31&on-month=8&on-year=2022",
		cast.package));
	expect_text(cast.broker, "no price yet");
	browser_get(cast.broker,
	    fern_path("/packages/%s/price?on-day=31&on-month=2&on-year=2022",
		cast.package));
	expect_status(cast.broker, 422);
	fern_cast_end(&cast);
}

static int
begin(void **state)
{
	fern_begin(state);
	card_in_force("2022-09-02", "20.00");
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_everywhere),
		cmocka_unit_test(test_offer_keeps_price),
		cmocka_unit_test(test_rate_of_reply),
		cmocka_unit_test(test_typed_visit),
		cmocka_unit_test(test_any_day),
	};

	return cmocka_run_group_tests(tests, begin, fern_end);
}
