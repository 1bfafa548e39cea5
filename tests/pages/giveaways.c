/*
 * Texts of staff that providers read before placement, or that are kept for
 * good: none may say who or where the person is. The rule itself is tested
 * in tests/unit/packages_giveaway.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"
#include "support_packages.h"

/* Refused with the message, and the text is still in its field. */
static void
expect_refused(struct browser *broker, const char *found, const char *text)
{
	expect_status(broker, 422);
	expect_text(broker, fern_path("Take out &quot;%s&quot;", found));
	expect_text(broker, text);
}

static void
test_withdraw(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *path = strdup(fern_path("/packages/%s/withdraw", cast.package));
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_fill(cast.broker, path, "reason",
	    "Mrs Canaryson died in hospital", NULL);
	expect_refused(cast.broker, "Canaryson", "died in hospital");
	browser_fill(
	    cast.broker, path, "reason", "Ring Canaryfriend first", NULL);
	expect_refused(cast.broker, "Canaryfriend", "first");
	browser_fill(
	    cast.broker, path, "reason", "Moved to 7 canary lane", NULL);
	expect_refused(cast.broker, "7 canary lane", "Moved");
	browser_fill(
	    cast.broker, path, "reason", "Ring 01632 960777 about it", NULL);
	expect_refused(cast.broker, "01632 960777", "about it");
	assert_string_equal(fern_offer_result(offer), "sent");
	browser_fill(cast.broker, path, "reason", "Put off by a week", NULL);
	expect_status(cast.broker, 303);
	assert_string_equal(fern_offer_result(offer), "withdrawn");
	free(offer);
	free(path);
	fern_cast_end(&cast);
}

/* The refusal of a later start, and the note of a telephoned reply. */
static void
test_replies(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	const char *path;
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	path = fern_path("/packages/%s/offers/%s/record", cast.package, offer);
	browser_fill(cast.broker, path, "told_by", "Jo Example", "answer",
	    "decline", "reason", "no_capacity", "note", "Knows Canaria", NULL);
	expect_refused(cast.broker, "Canaria", "Knows");
	assert_string_equal(fern_offer_result(offer), "sent");
	fern_accept(cast.alder, offer, 90, NULL);
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_fill(cast.broker, path, "decision", "refuse", "reason",
	    "The key safe 4321 is changed by then", NULL);
	expect_refused(cast.broker, "key safe", "by then");
	assert_string_equal(fern_offer_result(offer), "accepted proposed");
	free(offer);
	fern_cast_end(&cast);
}

static void
test_package_texts(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	FILL(cast.broker, path_of(cast.package, "before-coming"), "smoker",
	    "no", "pets", "no", "know_before", "Tel 01632 960777");
	expect_refused(cast.broker, "01632 960777", "Tel");
	FILL(cast.broker, path_of(cast.package, "before-coming"), "smoker",
	    "no", "pets", "no", "know_before", "Lives in Canary Lane");
	expect_refused(cast.broker, "Canary Lane", "Lives in");
	FILL(cast.broker, path_of(cast.package, "visits/new"), "purpose",
	    "Key code 1234", "kind", "times", "times", "1", "minutes", "60",
	    "carers", "1", "timing", "flexible");
	expect_refused(cast.broker, "Key code", "1234");
	FILL(cast.broker, path_of(cast.package, "outcomes/new"), "text",
	    "To write to canaria@example.org");
	expect_refused(cast.broker, "canaria@example.org", "To write to");
	fern_cast_end(&cast);
}

/* What only staff read is kept for good: it may hold a telephone number. */
static void
test_kept_texts(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct start_fields start = fern_start(24);
	const char *path;
	char *alder;
	char mark[64];

	(void)state;
	alder = strdup(sql_text(
	    "SELECT reference FROM organisation WHERE name LIKE 'Alder %%'"));
	path = fern_path("/packages/%s/match", cast.package);
	browser_get(cast.broker, path);
	browser_hidden(cast.broker, "mark", mark, sizeof(mark));
	browser_post(cast.broker, path, "mark", mark, "leave_out", alder,
	    "reason", "Canaria does not want it", NULL);
	expect_refused(cast.broker, "Canaria", "does not want it");
	browser_fill(cast.broker,
	    fern_path("/packages/%s/outside-ranking", cast.package), "provider",
	    alder, "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time,
	    "rate_pence", "", "agreed_by", "Jo Hill, care manager", "reason",
	    "Next door to 7 Canary Lane", NULL);
	expect_refused(cast.broker, "7 Canary Lane", "Next door");
	path = fern_path("/packages/%s/cancel", cast.package);
	browser_fill(cast.broker, path, "reason", "Canaryson has died", NULL);
	expect_refused(cast.broker, "Canaryson", "has died");
	browser_fill(
	    cast.broker, path, "reason", "Told us on 01632 960777", NULL);
	expect_status(cast.broker, 303);
	free(alder);
	fern_cast_end(&cast);
}

static void
test_end_of_care(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 20, NULL);
	path = fern_path("/placements/%s/end",
	    sql_text("SELECT p.reference FROM placement p JOIN package k"
		     " ON k.id = p.package_id WHERE k.reference = '%s'",
		cast.package));
	browser_fill(cast.broker, path, "reason", "Moved to ZX1 1CY", "after",
	    "wait", NULL);
	expect_refused(cast.broker, "ZX1 1CY", "Moved to");
	assert_int_equal(fern_live_placements(cast.package), 1);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_withdraw),
		cmocka_unit_test(test_replies),
		cmocka_unit_test(test_package_texts),
		cmocka_unit_test(test_kept_texts),
		cmocka_unit_test(test_end_of_care),
	};

	return cmocka_run_group_tests_name(
	    "giveaways", tests, fern_begin, fern_end);
}
