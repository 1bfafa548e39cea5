/*
 * Acts that come when the reply time has passed and nobody has settled the
 * round: what rows and clock have determined happens first, then the act is
 * judged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

/*
 * Birch starts first and so has won by two in the afternoon; Alder accepted
 * too, Cedar is silent. Stops ten minutes before that.
 */
static struct fern_cast
overdue_begin(void)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 30, NULL);
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	fern_later("1 hour 50 minutes");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	fern_sign_in_again(&cast.alder, "owner@alder.example");
	fern_sign_in_again(&cast.birch, "owner@birch.example");
	return cast;
}

/* The reply time passes; no page and no job has looked since. */
static void
overdue(const struct fern_cast *cast)
{
	fern_later("11 minutes");
	assert_string_equal(fern_package_state(cast->package), "waiting");
}

static const char *
placement_of(const char *package)
{
	return sql_text("SELECT p.reference FROM placement p JOIN package k"
			" ON k.id = p.package_id WHERE k.reference = '%s'"
			" ORDER BY p.id DESC LIMIT 1",
	    package);
}

static void
expect_birch_placed(const struct fern_cast *cast)
{
	assert_string_equal(fern_package_state(cast->package), "placed");
	assert_int_equal(fern_live_placements(cast->package), 1);
	assert_string_equal(
	    fern_result_in(cast->package, "Birch"), "accepted chosen");
	assert_string_equal(
	    fern_result_in(cast->package, "Alder"), "accepted not_selected");
	assert_string_equal(fern_result_in(cast->package, "Cedar"), "sent");
}

/* The winner withdraws late: it was placed, and now the package waits. */
static void
test_winner_withdraws(void **state)
{
	struct fern_cast cast = overdue_begin();
	char *offer = fern_offer(cast.package, "Birch");
	const char *path = fern_path("/offers/%s/withdraw", offer);

	(void)state;
	browser_get(cast.birch, path);
	overdue(&cast);
	browser_post(cast.birch, path, "reason", "staff", "note", "", NULL);
	expect_location(cast.birch, fern_path("/offers/%s", offer));
	assert_string_equal(
	    fern_offer_result(offer), "accepted withdrawn_by_provider");
	assert_string_equal(
	    fern_result_in(cast.package, "Alder"), "accepted not_selected");
	assert_string_equal(fern_package_state(cast.package), "waiting");
	assert_int_equal(fern_live_placements(cast.package), 0);
	assert_string_equal(
	    sql_text("SELECT state FROM placement WHERE reference = '%s'",
		placement_of(cast.package)),
	    "ended");
	free(offer);
	fern_cast_end(&cast);
}

/* Who was not chosen has nothing left to withdraw, and is told so. */
static void
test_loser_withdraws(void **state)
{
	struct fern_cast cast = overdue_begin();
	char *offer = fern_offer(cast.package, "Alder");
	const char *path = fern_path("/offers/%s/withdraw", offer);

	(void)state;
	browser_get(cast.alder, path);
	overdue(&cast);
	browser_post(cast.alder, path, "reason", "staff", "note", "", NULL);
	expect_status(cast.alder, 410);
	expect_text(cast.alder, "You were not selected this time");
	expect_birch_placed(&cast);
	free(offer);
	fern_cast_end(&cast);
}

/* The page that asks for the reason already knows who was chosen. */
static void
test_withdraw_page(void **state)
{
	struct fern_cast cast = overdue_begin();
	char *offer = fern_offer(cast.package, "Birch");

	(void)state;
	overdue(&cast);
	browser_get(cast.birch, fern_path("/offers/%s/withdraw", offer));
	expect_status(cast.birch, 200);
	expect_text(cast.birch, "You are chosen for this package");
	expect_birch_placed(&cast);
	free(offer);
	fern_cast_end(&cast);
}

/* The broker withdraws the round late: it says who has it. */
static void
test_broker_withdraws(void **state)
{
	struct fern_cast cast = overdue_begin();
	const char *path = fern_path("/packages/%s/withdraw", cast.package);

	(void)state;
	browser_get(cast.broker, path);
	overdue(&cast);
	browser_post(cast.broker, path, "reason", "Put off", NULL);
	expect_birch_placed(&cast);
	expect_location(cast.broker,
	    fern_path("/placements/%s", placement_of(cast.package)));
	browser_follow(cast.broker);
	expect_text(cast.broker, "The reply time had ended, and the package "
				 "is placed");
	expect_text(cast.broker, "Birch Test Care");
	assert_int_equal(fern_mails("offer_withdrawn", "birch"), 0);
	fern_cast_end(&cast);
}

/* Nor does the page offer to withdraw what has ended. */
static void
test_broker_withdraw_page(void **state)
{
	struct fern_cast cast = overdue_begin();

	(void)state;
	overdue(&cast);
	browser_get(
	    cast.broker, fern_path("/packages/%s/withdraw", cast.package));
	expect_birch_placed(&cast);
	expect_location(cast.broker,
	    fern_path("/placements/%s", placement_of(cast.package)));
	fern_cast_end(&cast);
}

/* Sends the form that is open in the browser; gives where that led to. */
static char *
outside_post(struct browser *broker, const char *package)
{
	struct start_fields start = fern_start(24);
	char *reference = strdup(sql_text(
	    "SELECT reference FROM organisation WHERE name LIKE 'Dogwood %%'"));

	browser_post(broker, fern_path("/packages/%s/outside-ranking", package),
	    "provider", reference, "start_at-day", start.day, "start_at-month",
	    start.month, "start_at-year", start.year, "start_at-time",
	    start.time, "rate_pence", "", "agreed_by", "Jo Hill, care manager",
	    "reason", "It knows the person", NULL);
	expect_status(broker, 303);
	free(reference);
	return strdup(broker->location);
}

/* A second person approves late: the package is placed already. */
static void
test_approval(void **state)
{
	struct fern_cast cast = overdue_begin();
	struct browser *second = fern_sign_in("commissioner@fern.example");
	char *path;

	(void)state;
	browser_get(cast.broker,
	    fern_path("/packages/%s/outside-ranking", cast.package));
	path = outside_post(cast.broker, cast.package);
	browser_get(second, path);
	overdue(&cast);
	browser_post(second, path, "decision", "approve", "note", "", NULL);
	expect_status(second, 422);
	expect_text(second, "The package does not wait any longer");
	expect_birch_placed(&cast);
	browser_fill(
	    second, path, "decision", "refuse", "note", "Placed already", NULL);
	expect_location(second, path);
	free(path);
	browser_free(second);
	fern_cast_end(&cast);
}

/* So is one that the broker wants to place in another way. */
static void
test_request(void **state)
{
	struct fern_cast cast = overdue_begin();
	char *path;

	(void)state;
	browser_get(cast.broker,
	    fern_path("/packages/%s/outside-ranking", cast.package));
	overdue(&cast);
	path = outside_post(cast.broker, cast.package);
	assert_string_equal(path, fern_path("/packages/%s", cast.package));
	expect_birch_placed(&cast);
	free(path);
	fern_cast_end(&cast);
}

/* A reply by telephone that is written down late. */
static void
test_telephoned(void **state)
{
	struct fern_cast cast = overdue_begin();
	char *offer = fern_offer(cast.package, "Cedar");
	const char *path = fern_path(
	    "/packages/%s/offers/%s/record", cast.package, offer);
	struct start_fields start = fern_start(4);

	(void)state;
	browser_get(cast.broker, path);
	overdue(&cast);
	browser_post(cast.broker, path, "told_by", "Jo Example", "answer",
	    "accept", "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time, "reason",
	    "", "note", "", "rate_pence", "", NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_birch_placed(&cast);
	free(offer);
	fern_cast_end(&cast);
}

/* A package that is placed by now is not cancelled. */
static void
test_cancel(void **state)
{
	struct fern_cast cast = overdue_begin();
	const char *path = fern_path("/packages/%s/cancel", cast.package);

	(void)state;
	browser_get(cast.broker, path);
	overdue(&cast);
	browser_post(cast.broker, path, "reason", "Moved away", NULL);
	expect_location(cast.broker, fern_path("/packages/%s", cast.package));
	expect_birch_placed(&cast);
	fern_cast_end(&cast);
}

/* Nobody has replied: the offers have ended, and new ones go out at once. */
static void
test_send_again(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *path = fern_path("/packages/%s/match", cast.package);
	char mark[64];

	(void)state;
	browser_get(cast.broker, path);
	browser_hidden(cast.broker, "mark", mark, sizeof(mark));
	fern_send(cast.broker, cast.package);
	fern_later("1 hour 50 minutes");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, path);
	overdue(&cast);
	browser_post(cast.broker, path, "mark", mark, NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/rounds/2", cast.package));
	assert_string_equal(
	    sql_text("SELECT r.outcome FROM offer_round r JOIN package k"
		     " ON k.id = r.package_id WHERE k.reference = '%s'"
		     " AND r.number = 1",
		cast.package),
	    "nobody");
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_winner_withdraws),
		cmocka_unit_test(test_loser_withdraws),
		cmocka_unit_test(test_withdraw_page),
		cmocka_unit_test(test_broker_withdraws),
		cmocka_unit_test(test_broker_withdraw_page),
		cmocka_unit_test(test_approval),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_telephoned),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_send_again),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
