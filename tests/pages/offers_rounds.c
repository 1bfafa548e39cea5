/*
 * How rounds end: modes of sending, the chosen provider first, proposals of a
 * later start, the best reply, nobody left, and being late.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

static int64_t
round_count(const char *package)
{
	return sql_number("SELECT count(*) FROM offer_round r JOIN package k"
			  " ON k.id = r.package_id WHERE k.reference = '%s'",
	    package);
}

static int64_t
asked_count(const char *package)
{
	return sql_number("SELECT count(*) FROM offer o JOIN package k"
			  " ON k.id = o.package_id WHERE k.reference = '%s'",
	    package);
}

static const char *
round_outcome(const char *package, int number)
{
	return sql_text("SELECT coalesce(r.outcome, 'live') FROM offer_round r"
			" JOIN package k ON k.id = r.package_id"
			" WHERE k.reference = '%s' AND r.number = %d",
	    package, number);
}

static void
person_chooses(const char *package, const char *provider)
{
	sql_run("UPDATE package SET chosen_organisation_id = (SELECT id FROM"
		" organisation WHERE name LIKE '%s %%') WHERE reference = '%s'",
	    provider, package);
}

/* The person's choice is asked alone; the others follow when it declines. */
static void
test_chosen_first_then_others(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	person_chooses(cast.package, "Cedar");
	fern_send(cast.broker, cast.package);
	assert_int_equal(asked_count(cast.package), 1);
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	assert_int_equal(round_count(cast.package), 2);
	assert_int_equal(asked_count(cast.package), 3);
	assert_string_equal(round_outcome(cast.package, 1), "nobody");
	assert_string_equal(round_outcome(cast.package, 2), "live");
	fern_accept_in(cast.alder, cast.package, "Alder", 10, NULL);
	fern_decline_in(cast.birch, cast.package, "Birch");
	assert_string_equal(fern_package_state(cast.package), "placed");
	fern_cast_end(&cast);
}

/* The chosen provider is placed at once when it accepts. */
static void
test_chosen_accepts(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	person_chooses(cast.package, "Birch");
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	fern_later("2 hours 1 minute");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Placed");
	assert_string_equal(fern_package_state(cast.package), "placed");
	assert_int_equal(asked_count(cast.package), 1);
	fern_cast_end(&cast);
}

/* No reply of the chosen one: the others are asked when somebody looks. */
static void
test_chosen_silent(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	person_chooses(cast.package, "Birch");
	fern_send(cast.broker, cast.package);
	fern_later("2 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_status(cast.broker, 200);
	assert_int_equal(round_count(cast.package), 2);
	assert_string_equal(fern_result_in(cast.package, "Birch"), "sent");
	expect_text(cast.broker, "Round 2");
	fern_cast_end(&cast);
}

/* One at a time: each is asked when the one before has said no. */
static void
test_one_at_a_time(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");

	(void)state;
	fern_send(cast.broker, cast.package);
	assert_int_equal(asked_count(cast.package), 1);
	fern_decline_in(cast.alder, cast.package, "Alder");
	assert_int_equal(asked_count(cast.package), 2);
	fern_decline_in(cast.birch, cast.package, "Birch");
	fern_accept_in(cast.cedar, cast.package, "Cedar", 12, NULL);
	assert_int_equal(round_count(cast.package), 3);
	assert_string_equal(fern_package_state(cast.package), "placed");
	fern_cast_end(&cast);
}

/* The first three at once; the first acceptance in time wins. */
static void
test_best_three_first_wins(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *late;

	(void)state;
	fern_send(cast.broker, cast.package);
	assert_int_equal(asked_count(cast.package), 3);
	fern_accept_in(cast.birch, cast.package, "Birch", 40, NULL);
	assert_string_equal(fern_package_state(cast.package), "placed");
	assert_string_equal(
	    fern_result_in(cast.package, "Birch"), "accepted chosen");
	assert_string_equal(fern_result_in(cast.package, "Alder"), "withdrawn");
	late = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s/accept", late));
	expect_status(cast.alder, 410);
	expect_text(cast.alder, "This offer went to another provider");
	free(late);
	fern_cast_end(&cast);
}

/* Elder is the fourth: asked when the first three have said no. */
static void
test_best_three_then_next(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	struct browser *elder = fern_sign_in("owner@elder.example");

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_decline_in(cast.alder, cast.package, "Alder");
	fern_decline_in(cast.birch, cast.package, "Birch");
	assert_int_equal(round_count(cast.package), 1);
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	assert_int_equal(round_count(cast.package), 2);
	fern_accept_in(elder, cast.package, "Elder", 20, NULL);
	assert_string_equal(fern_package_state(cast.package), "placed");
	browser_free(elder);
	fern_cast_end(&cast);
}

/* A later start is a proposal that the broker agrees to. */
static void
test_proposal_agreed(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 72, NULL);
	assert_string_equal(
	    fern_result_in(cast.package, "Alder"), "accepted proposed");
	assert_int_equal(fern_live_placements(cast.package), 0);
	offer = fern_offer(cast.package, "Alder");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN offer o ON"
		       " o.id = t.offer_id WHERE t.kind = 'confirm_start' AND"
		       " t.done_at IS NULL AND o.reference = '%s'",
		offer),
	    1);
	browser_fill(cast.broker,
	    fern_path("/packages/%s/offers/%s/confirm", cast.package, offer),
	    "decision", "agree", "reason", "", NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	browser_follow(cast.broker);
	expect_text(cast.broker, "Its later start was agreed");
	assert_string_equal(fern_package_state(cast.package), "placed");
	free(offer);
	fern_cast_end(&cast);
}

/* A later start that has gone by is not agreed to, only refused. */
static void
test_proposal_gone_by(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	const char *path;
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 72, NULL);
	offer = fern_offer(cast.package, "Alder");
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	fern_later("71 hours 55 minutes");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, path);
	fern_later("6 minutes");
	browser_post(
	    cast.broker, path, "decision", "agree", "reason", "", NULL);
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "The start offered has gone by. Refuse it");
	assert_string_equal(fern_offer_result(offer), "accepted proposed");
	assert_int_equal(fern_live_placements(cast.package), 0);
	browser_get(cast.broker, path);
	expect_text(cast.broker, "This start has gone by");
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_fill(cast.broker, path, "decision", "refuse", "reason",
	    "It has gone by", NULL);
	expect_status(cast.broker, 303);
	assert_string_equal(fern_offer_result(offer), "accepted not_selected");
	assert_int_equal(round_count(cast.package), 2);
	free(offer);
	fern_cast_end(&cast);
}

/* A refused proposal sends the round on; a refusal needs its reason. */
static void
test_proposal_refused(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	char *offer;
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 96, NULL);
	offer = fern_offer(cast.package, "Alder");
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_fill(
	    cast.broker, path, "decision", "refuse", "reason", "", NULL);
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Enter why you refuse the start");
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_fill(cast.broker, path, "decision", "refuse", "reason",
	    "It cannot wait that long", NULL);
	expect_status(cast.broker, 303);
	assert_string_equal(fern_offer_result(offer), "accepted not_selected");
	assert_int_equal(round_count(cast.package), 2);
	path = fern_path("/packages/%s/offers/%s/confirm", cast.package, offer);
	browser_get(cast.broker, path);
	expect_status(cast.broker, 410);
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "It cannot wait that long");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox x JOIN offer o"
		       " ON o.id = x.offer_id WHERE o.reference = '%s'"
		       " AND x.subject = 'Your later start was not agreed to'"
		       " AND x.kind = 'offer_not_selected'",
		offer),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act = 'round.end'"
		       " AND object_reference = '%s'",
		cast.package),
	    1);
	free(offer);
	fern_cast_end(&cast);
}

/* Nobody left: it waits again with its history, and the broker is told. */
static void
test_nobody_left(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_decline_in(cast.alder, cast.package, "Alder");
	fern_decline_in(cast.birch, cast.package, "Birch");
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	assert_string_equal(round_outcome(cast.package, 1), "nobody");
	assert_string_equal(fern_package_state(cast.package), "waiting");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind = 'nobody_left'"
		       " AND to_email = 'broker@fern.example' AND body LIKE"
		       " '%%%s%%'",
		cast.package),
	    1);
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "We do not have the capacity");
	fern_send(cast.broker, cast.package); /* offer again: a new round */
	assert_int_equal(asked_count(cast.package), 6);
	fern_cast_end(&cast);
}

/* Being an hour late in settling changes no winner. */
static void
test_late_settling(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *late;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 30, NULL);
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	fern_later("5 hours");
	fern_sign_in_again(&cast.cedar, "owner@cedar.example");
	late = fern_offer(cast.package, "Cedar");
	browser_get(cast.cedar, fern_path("/offers/%s", late));
	free(late);
	expect_text(cast.cedar, "No reply");
	assert_string_equal(fern_package_state(cast.package), "placed");
	assert_string_equal(
	    fern_result_in(cast.package, "Birch"), "accepted chosen");
	assert_string_equal(fern_result_in(cast.package, "Cedar"), "sent");
	fern_cast_end(&cast);
}

/* An accept page that was still open when the time was up. */
static void
test_expired_while_open(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct start_fields start;
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	fern_later("1 hour 50 minutes");
	fern_sign_in_again(&cast.alder, "owner@alder.example");
	start = fern_start(20);
	browser_get(cast.alder, fern_path("/offers/%s/accept", offer));
	expect_status(cast.alder, 200);
	fern_later("10 minutes");
	browser_post(cast.alder, fern_path("/offers/%s/accept", offer),
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time, "note",
	    "", "rate_pence", "", NULL);
	expect_status(cast.alder, 410);
	expect_text(cast.alder, "The time to reply has ended");
	assert_string_equal(fern_offer_result(offer), "sent");
	assert_int_equal(fern_live_placements(cast.package), 0);
	free(offer);
	fern_cast_end(&cast);
}

/* Offers at seven in the evening may be answered until nine next morning. */
static void
test_referral_hours(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	sql_run("SELECT fern_day(19)");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	fern_send(cast.broker, cast.package);
	assert_string_equal(
	    sql_text("SELECT to_char(r.reply_by AT TIME ZONE 'Europe/London',"
		     " 'DD HH24:MI') FROM offer_round r JOIN package k"
		     " ON k.id = r.package_id WHERE k.reference = '%s'",
		cast.package),
	    "04 09:00");
	fern_cast_end(&cast);
}

/* The rate is asked within floor and ceiling; price and fit decide. */
static void
test_rates(void **state)
{
	struct fern_cast cast = fern_cast_begin("cambridgeshire-2017");
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "From £14.17 to £16.22");
	fern_accept(cast.alder, offer, 20, "14.16");
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "The rate must be from £14.17 to £16.22");
	fern_accept(cast.alder, offer, 20, "16.23");
	expect_status(cast.alder, 422);
	fern_accept(cast.alder, offer, 20, "");
	expect_text(cast.alder, "Enter your rate for an hour");
	fern_accept(cast.alder, offer, 20, "16.22");
	expect_status(cast.alder, 303);
	fern_accept_in(cast.birch, cast.package, "Birch", 20, "14.50");
	assert_int_equal(fern_live_placements(cast.package), 0);
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	assert_int_equal(asked_count(cast.package), 4); /* Elder, too */
	fern_later("2 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Placed");
	expect_text(cast.broker, "the lowest is £14.50");
	assert_string_equal(
	    fern_result_in(cast.package, "Birch"), "accepted chosen");
	assert_int_equal(
	    sql_number("SELECT p.weekly_price_pence FROM placement p JOIN"
		       " package k ON k.id = p.package_id WHERE k.reference ="
		       " '%s'",
		cast.package),
	    14 * 870);
	free(offer);
	fern_cast_end(&cast);
}

/*
 * The price of a reply is that of the package and the bands that were offered,
 * whatever the rates are when the round is settled.
 */
static void
test_price_of_reply(void **state)
{
	struct fern_cast cast = fern_cast_begin("cambridgeshire-2017");
	const int64_t price = 14 * 870;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.birch, cast.package, "Birch", 20, "14.50");
	assert_int_equal(
	    sql_number("SELECT o.weekly_price_pence FROM offer o JOIN package k"
		       " ON k.id = o.package_id WHERE k.reference = '%s'"
		       " AND o.state = 'accepted'",
		cast.package),
	    price);
	sql_run("INSERT INTO rate_card (council_id, code, name, effective_on,"
		" hourly_rate_pence) SELECT id, 'card', 'Dearer',"
		" '2027-02-03', 3000 FROM council WHERE code = 'fern'");
	fern_later("2 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	assert_int_equal(
	    sql_number("SELECT p.weekly_price_pence FROM placement p JOIN"
		       " package k ON k.id = p.package_id WHERE k.reference ="
		       " '%s'",
		cast.package),
	    price);
	sql_run("DELETE FROM rate_card WHERE name = 'Dearer'");
	fern_cast_end(&cast);
}

/* An offer goes on saying what was offered, whatever the package says now. */
static void
test_offer_stays_as_offered(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	fern_decline(cast.alder, offer);
	sql_run("UPDATE visit v SET purpose = 'Breakfast' FROM package k"
		" WHERE k.id = v.package_id AND k.reference = '%s';"
		" UPDATE outcome_wanted w SET text = 'To swim' FROM package k"
		" WHERE k.id = w.package_id AND k.reference = '%s';"
		" DELETE FROM package_need n USING package k"
		" WHERE k.id = n.package_id AND k.reference = '%s'",
	    cast.package, cast.package, cast.package);
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "Supper");
	expect_text(cast.alder, "To go to the lunch club");
	expect_text(cast.alder, "Must have");
	expect_no_text(cast.alder, "Breakfast");
	expect_no_text(cast.alder, "To swim");
	free(offer);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chosen_first_then_others),
		cmocka_unit_test(test_chosen_accepts),
		cmocka_unit_test(test_chosen_silent),
		cmocka_unit_test(test_one_at_a_time),
		cmocka_unit_test(test_best_three_first_wins),
		cmocka_unit_test(test_best_three_then_next),
		cmocka_unit_test(test_proposal_agreed),
		cmocka_unit_test(test_proposal_gone_by),
		cmocka_unit_test(test_proposal_refused),
		cmocka_unit_test(test_nobody_left),
		cmocka_unit_test(test_late_settling),
		cmocka_unit_test(test_expired_while_open),
		cmocka_unit_test(test_referral_hours),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_price_of_reply),
		cmocka_unit_test(test_offer_stays_as_offered),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
