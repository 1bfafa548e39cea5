/*
 * What follows when nobody has won: a broker decides after no reply, or the
 * offers start again without those that declined.
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
go_on_begin(void **state)
{
	fern_begin(state);
	sql_run("SELECT fern_framework_like('broker-decides',"
		" 'test-one-at-a-time', '{\"after\": {\"decline\": \"next\","
		" \"no_reply\": \"broker\", \"last\": \"waits\"}}');"
		" SELECT fern_framework_like('again',"
		" 'test-one-at-a-time', '{\"after\": {\"decline\": \"next\","
		" \"no_reply\": \"next\", \"last\": \"again\","
		" \"again_most\": 1}}');"
		" SELECT fern_framework_like('broker-again',"
		" 'test-one-at-a-time', '{\"after\": {\"decline\": \"next\","
		" \"no_reply\": \"broker\", \"last\": \"again\","
		" \"again_most\": 1}}');"
		" SELECT fern_members()");
	return 0;
}

/* Who has an offer out, or "nobody". */
static const char *
asked_now(const char *package)
{
	return sql_text("SELECT coalesce(string_agg(split_part(g.name, ' ', 1),"
			" ' ' ORDER BY g.name), 'nobody') FROM offer o"
			" JOIN package k ON k.id = o.package_id"
			" JOIN organisation g ON g.id = o.organisation_id"
			" WHERE k.reference = '%s' AND offer_state(o.state,"
			" o.reply_by, clock_now()) = 'sent'",
	    package);
}

static int64_t
round_count(const char *package)
{
	return sql_number("SELECT count(*) FROM offer_round r JOIN package k"
			  " ON k.id = r.package_id WHERE k.reference = '%s'",
	    package);
}

static const char *
round_field(const char *package, int number, const char *field)
{
	return sql_text("SELECT coalesce(r.%s::text, '') FROM offer_round r"
			" JOIN package k ON k.id = r.package_id"
			" WHERE k.reference = '%s' AND r.number = %d",
	    field, package, number);
}

static int64_t
tasks_open(const char *package)
{
	return sql_number("SELECT count(*) FROM task t JOIN package k"
			  " ON k.id = t.package_id WHERE k.reference = '%s'"
			  " AND t.kind = 'no_reply' AND t.done_at IS NULL",
	    package);
}

static int64_t
acts(const char *act, const char *package)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, package);
}

/* Lets the reply time pass, and the broker look at the match. */
static void
stay_silent(struct fern_cast *cast)
{
	fern_later("2 hours");
	fern_sign_in_again(&cast->broker, "broker@fern.example");
	browser_get(
	    cast->broker, fern_path("/packages/%s/match", cast->package));
	expect_status(cast->broker, 200);
}

/* After no reply the round waits, and a broker has the next asked. */
static void
test_broker_has_next_asked(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-decides");
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	stay_silent(&cast);
	stay_silent(&cast);
	assert_int_equal(round_count(cast.package), 1);
	assert_string_equal(round_field(cast.package, 1, "outcome"), "");
	assert_int_equal(tasks_open(cast.package), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind = 'no_reply'"
		       " AND to_email = 'broker@fern.example' AND body LIKE"
		       " '%%%s%%'",
		cast.package),
	    1);
	browser_get(cast.broker, "/tasks");
	path = fern_path("/packages/%s/go-on", cast.package);
	expect_text(cast.broker, "No reply: decide how it goes on");
	expect_text(cast.broker, path);
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Decide how it goes on");
	browser_get(cast.broker, path);
	expect_status(cast.broker, 200);
	expect_text(cast.broker, "Alder Test Care");
	expect_text(cast.broker, "No reply");
	expect_text(cast.broker, "1 provider will be asked next");
	browser_post(cast.broker, path, NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/rounds/2", cast.package));
	assert_string_equal(asked_now(cast.package), "Birch");
	assert_string_equal(round_field(cast.package, 1, "outcome"), "broker");
	assert_string_equal(
	    round_field(cast.package, 2, "is_follow_up"), "true");
	assert_int_equal(tasks_open(cast.package), 0);
	assert_int_equal(acts("round.go_on", cast.package), 1);
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(
	    cast.broker, "Person of broker@fern.example had the next asked");
	fern_cast_end(&cast);
}

/* A decision is taken once; a second one meets what came of the first. */
static void
test_decided_once(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-decides");
	struct browser *second;
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	path = fern_path("/packages/%s/go-on", cast.package);
	browser_get(cast.broker, path);
	expect_location(
	    cast.broker, fern_path("/packages/%s/match", cast.package));
	stay_silent(&cast);
	second = fern_sign_in("second@fern.example");
	path = fern_path("/packages/%s/go-on", cast.package);
	browser_get(second, path);
	browser_get(cast.broker, path);
	browser_post(second, path, NULL);
	browser_post(cast.broker, path, NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/match", cast.package));
	browser_follow(cast.broker);
	expect_text(
	    cast.broker, "Nothing waits for your decision on these offers");
	assert_int_equal(round_count(cast.package), 2);
	assert_int_equal(acts("round.go_on", cast.package), 1);
	browser_free(second);
	fern_cast_end(&cast);
}

/* Instead the broker ends the offers, and the package waits. */
static void
test_broker_ends_offers(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-decides");

	(void)state;
	fern_send(cast.broker, cast.package);
	stay_silent(&cast);
	browser_fill(cast.broker,
	    fern_path("/packages/%s/withdraw", cast.package), "reason",
	    "Nobody answers today", NULL);
	expect_status(cast.broker, 303);
	assert_string_equal(
	    round_field(cast.package, 1, "outcome"), "withdrawn");
	assert_int_equal(tasks_open(cast.package), 0);
	assert_string_equal(fern_package_state(cast.package), "waiting");
	browser_get(cast.broker, fern_path("/packages/%s/go-on", cast.package));
	expect_location(
	    cast.broker, fern_path("/packages/%s/match", cast.package));
	fern_cast_end(&cast);
}

/* A decline leaves nothing to decide: the next is asked by itself. */
static void
test_decline_asks_no_broker(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-decides");

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_decline_in(cast.alder, cast.package, "Alder");
	assert_string_equal(asked_now(cast.package), "Birch");
	assert_int_equal(tasks_open(cast.package), 0);
	fern_cast_end(&cast);
}

/*
 * Once more from the first, as the policy says: those who did not reply are
 * asked again, those who declined or were left out are not; then it waits.
 */
static void
test_starts_again(void **state)
{
	struct fern_cast cast = fern_cast_begin("again");
	char mark[64];
	const char *path = fern_path("/packages/%s/match", cast.package);

	(void)state;
	browser_get(cast.broker, path);
	browser_hidden(cast.broker, "mark", mark, sizeof(mark));
	browser_post(cast.broker, path, "mark", mark, "leave_out",
	    sql_text("SELECT reference FROM organisation"
		     " WHERE name = 'Elder Test Care'"),
	    "reason", "It starts next month", NULL);
	expect_status(cast.broker, 303);
	fern_decline_in(cast.alder, cast.package, "Alder");
	stay_silent(&cast); /* Birch */
	assert_string_equal(asked_now(cast.package), "Cedar");
	assert_string_equal(round_field(cast.package, 3, "again_count"), "0");
	stay_silent(&cast);
	assert_string_equal(asked_now(cast.package), "Birch");
	assert_string_equal(round_field(cast.package, 4, "again_count"), "1");
	assert_string_equal(round_field(cast.package, 3, "ground"),
	    "Nobody who was asked can take it, so the offers started again");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/4", cast.package));
	expect_text(cast.broker, "by itself: the offers started again");
	stay_silent(&cast);
	assert_string_equal(asked_now(cast.package), "Cedar");
	assert_string_equal(round_field(cast.package, 5, "again_count"), "1");
	stay_silent(&cast);
	assert_string_equal(asked_now(cast.package), "nobody");
	assert_int_equal(round_count(cast.package), 5);
	assert_string_equal(round_field(cast.package, 5, "outcome"), "nobody");
	fern_cast_end(&cast);
}

/* Whoever takes an acceptance back is not asked again either. */
static void
test_acceptance_taken_back(void **state)
{
	struct fern_cast cast = fern_cast_begin("again");
	char *offer;

	(void)state;
	sql_run("UPDATE package SET chosen_organisation_id = NULL;"
		" DELETE FROM member_area x USING framework_member m,"
		" framework f, organisation o WHERE m.id = x.member_id AND"
		" f.id = m.framework_id AND o.id = m.organisation_id AND f.code"
		" = 'again' AND o.name LIKE 'Elder %%'");
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 72, NULL);
	offer = fern_offer(cast.package, "Alder");
	browser_fill(cast.alder, fern_path("/offers/%s/withdraw", offer),
	    "reason", "staff", "note", "", NULL);
	expect_status(cast.alder, 303);
	free(offer);
	assert_string_equal(asked_now(cast.package), "Birch");
	stay_silent(&cast);
	fern_sign_in_again(&cast.cedar, "owner@cedar.example");
	fern_decline_in(cast.cedar, cast.package, "Cedar");
	assert_string_equal(asked_now(cast.package), "Birch");
	assert_int_equal(round_count(cast.package), 4);
	fern_sign_in_again(&cast.birch, "owner@birch.example");
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	assert_string_equal(fern_package_state(cast.package), "placed");
	assert_int_equal(fern_live_placements(cast.package), 1);
	fern_cast_end(&cast);
}

/* Both: at the end of the order a broker has the offers start again. */
static void
test_broker_has_them_start_again(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-again");
	const char *path;

	(void)state;
	sql_run("DELETE FROM member_area x USING framework_member m,"
		" framework f, organisation o WHERE m.id = x.member_id AND"
		" f.id = m.framework_id AND o.id = m.organisation_id AND f.code"
		" = 'broker-again' AND o.name !~ '^(Alder|Birch) '");
	fern_send(cast.broker, cast.package);
	fern_decline_in(cast.alder, cast.package, "Alder");
	stay_silent(&cast);
	path = fern_path("/packages/%s/go-on", cast.package);
	browser_get(cast.broker, path);
	expect_text(cast.broker, "the offers start again with 1 provider");
	browser_post(cast.broker, path, NULL);
	assert_string_equal(asked_now(cast.package), "Birch");
	assert_string_equal(round_field(cast.package, 3, "again_count"), "1");
	stay_silent(&cast); /* nobody is left, so nothing is to decide */
	assert_string_equal(round_field(cast.package, 3, "outcome"), "nobody");
	assert_int_equal(tasks_open(cast.package), 0);
	fern_cast_end(&cast);
}

/* Facts that change while the broker decides: what is left follows. */
static void
test_nobody_left_by_then(void **state)
{
	struct fern_cast cast = fern_cast_begin("broker-decides");
	const char *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	stay_silent(&cast);
	path = fern_path("/packages/%s/go-on", cast.package);
	sql_run("UPDATE framework_member m SET state = 'suspended'"
		" FROM framework f WHERE f.id = m.framework_id"
		" AND f.code = 'broker-decides'");
	browser_get(cast.broker, path);
	expect_text(cast.broker, "Nobody is left who could be asked");
	browser_post(cast.broker, path, NULL);
	expect_location(
	    cast.broker, fern_path("/packages/%s/match", cast.package));
	assert_int_equal(round_count(cast.package), 1);
	assert_string_equal(round_field(cast.package, 1, "outcome"), "nobody");
	assert_string_equal(fern_package_state(cast.package), "waiting");
	sql_run("UPDATE framework_member SET state = 'active'");
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_broker_has_next_asked),
		cmocka_unit_test(test_decided_once),
		cmocka_unit_test(test_broker_ends_offers),
		cmocka_unit_test(test_decline_asks_no_broker),
		cmocka_unit_test(test_starts_again),
		cmocka_unit_test(test_acceptance_taken_back),
		cmocka_unit_test(test_broker_has_them_start_again),
		cmocka_unit_test(test_nobody_left_by_then),
	};

	return cmocka_run_group_tests(tests, go_on_begin, fern_end);
}
