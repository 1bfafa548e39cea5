/*
 * Policies under which care worker and person are introduced before the
 * start: the reply says when, and does not count without it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

static int
introductions_begin(void **state)
{
	fern_begin(state);
	sql_run("SELECT fern_framework_like('introduced',"
		" 'test-one-at-a-time', '{\"start\": {\"rapid_hours\": 24,"
		" \"standard_hours\": 48,"
		" \"introduction\": \"before_start\"}}');"
		" SELECT fern_members()");
	return 0;
}

/* Accepts with a start and an introduction so many hours from now. */
static void
accept_introduced(
    struct browser *provider, const char *offer, int start_hours, int hours)
{
	struct start_fields start = fern_start(start_hours);
	struct start_fields meeting = fern_start(hours);

	browser_fill(provider, fern_path("/offers/%s/accept", offer),
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time,
	    "introduced_at-day", meeting.day, "introduced_at-month",
	    meeting.month, "introduced_at-year", meeting.year,
	    "introduced_at-time", meeting.time, "note", "", NULL);
}

/* How a page writes the full hour that is so many hours from now. */
static const char *
hours_on(int hours)
{
	return sql_text("SELECT to_char((clock_now() + interval '%d hours')"
			" AT TIME ZONE 'Europe/London', 'FMDD FMMonth YYYY"
			" \"at\" FMHH12am')",
	    hours);
}

static void
test_reply_names_introduction(void **state)
{
	struct fern_cast cast = fern_cast_begin("introduced");
	char *offer, *placement;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s/accept", offer));
	expect_text(cast.alder, "When do care worker and person meet first?");
	expect_text(cast.alder, "does not say when does not count");
	fern_accept(cast.alder, offer, 30, NULL);
	expect_status(cast.alder, 422);
	expect_text(
	    cast.alder, "Enter when care worker and person are introduced");
	accept_introduced(cast.alder, offer, 30, 30);
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "The introduction must be before the start");
	assert_string_equal(fern_offer_result(offer), "sent");
	accept_introduced(cast.alder, offer, 30, 6);
	expect_status(cast.alder, 303);
	assert_string_equal(fern_offer_result(offer), "accepted chosen");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "Introduction");
	expect_text(cast.alder, hours_on(6));
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Introduction");
	placement = strdup(sql_text("SELECT p.reference FROM placement p JOIN"
				    " offer o ON o.id = p.offer_id"
				    " WHERE o.reference = '%s'",
	    offer));
	browser_get(cast.broker, fern_path("/placements/%s", placement));
	expect_text(cast.broker, "Introduction");
	expect_text(cast.broker, hours_on(6));
	free(placement);
	free(offer);
	fern_cast_end(&cast);
}

/* A broker who writes down a telephoned reply is asked the same. */
static void
test_telephoned(void **state)
{
	struct fern_cast cast = fern_cast_begin("introduced");
	struct start_fields start = fern_start(72), meeting = fern_start(70);
	char *offer;
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	path = fern_path("/packages/%s/offers/%s/record", cast.package, offer);
	browser_fill(cast.broker, path, "told_by", "Al", "answer", "accept",
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time, "reason",
	    "", "note", "", NULL);
	expect_status(cast.broker, 422);
	expect_text(
	    cast.broker, "Enter when care worker and person are introduced");
	browser_fill(cast.broker, path, "told_by", "Al", "answer", "accept",
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time,
	    "introduced_at-day", meeting.day, "introduced_at-month",
	    meeting.month, "introduced_at-year", meeting.year,
	    "introduced_at-time", meeting.time, "reason", "", "note", "", NULL);
	expect_status(cast.broker, 303);
	assert_string_equal(fern_offer_result(offer), "accepted proposed");
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_get(cast.broker, path);
	expect_text(cast.broker, "Introduction");
	expect_text(cast.broker, hours_on(70));
	free(offer);
	fern_cast_end(&cast);
}

/* Where the policy asks for none, none is asked and none is kept. */
static void
test_not_asked(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s/accept", offer));
	expect_no_text(
	    cast.alder, "When do care worker and person meet first?");
	accept_introduced(cast.alder, offer, 30, 6);
	expect_status(cast.alder, 303);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer WHERE reference = '%s'"
		       " AND introduced_at IS NULL",
		offer),
	    1);
	free(offer);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reply_names_introduction),
		cmocka_unit_test(test_telephoned),
		cmocka_unit_test(test_not_asked),
	};

	return cmocka_run_group_tests(tests, introductions_begin, fern_end);
}
