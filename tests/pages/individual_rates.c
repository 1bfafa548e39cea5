/*
 * A rate above the ceiling for one specialist package: costed by a broker,
 * decided by a commissioner by name, gone by in offers, lapsed with a change.
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

static struct browser *commissioner;

/* As it is kept of a package that was put on the list. */
static void
make_specialist(const struct fern_cast *cast)
{
	sql_run("INSERT INTO package_version (council_id, package_id, version,"
		" document) SELECT council_id, id, version,"
		" package_document(council_id, id) FROM package"
		" WHERE reference = '%s'",
	    cast->package);
	FILL(cast->broker, fern_path("/packages/%s/needs", cast->package),
	    "specialism_must", "dementia", "two_carers", "no", "complexity",
	    "specialist", "complexity_reason", "A nurse supervises it");
	expect_status(cast->broker, 303);
}

/* A package that says something else is another version. */
static void
change(const struct fern_cast *cast, const char *before)
{
	FILL(cast->broker, path_of(cast->package, "before-coming"), "smoker",
	    "no", "pets", "no", "know_before", before);
	expect_status(cast->broker, 303);
}

static const char *
rate_path(const struct fern_cast *cast)
{
	return fern_path("/packages/%s/individual-rate", cast->package);
}

static void
propose_as(struct browser *browser, const struct fern_cast *cast,
    const char *pay, const char *reason)
{
	FILL(browser,
	    fern_path("/packages/%s/individual-rate/new", cast->package),
	    "pay_pence", pay, "travel_pence", "2.50", "supervision_pence",
	    "4.50", "overhead_pence", "3", "costing", "By their own figures",
	    "reason", reason);
}

/* 30 pounds an hour in all. */
static void
propose(const struct fern_cast *cast)
{
	propose_as(cast->broker, cast, "20.00", "Nobody came at the ceiling");
	expect_location(cast->broker, rate_path(cast));
}

static void
decide(struct browser *browser, const struct fern_cast *cast,
    const char *decision, const char *note)
{
	char rate[64];

	browser_get(browser, rate_path(cast));
	expect_status(browser, 200);
	browser_hidden(browser, "rate", rate, sizeof(rate));
	browser_post(browser, rate_path(cast), "rate", rate, "decision",
	    decision, "note", note, NULL);
}

static void
approve(const struct fern_cast *cast)
{
	decide(commissioner, cast, "approve", "The care is worth it");
	expect_status(commissioner, 303);
}

static int64_t
tasks_open(const struct fern_cast *cast)
{
	return sql_number("SELECT count(*) FROM task t"
			  " JOIN package k ON k.council_id = t.council_id"
			  " AND k.id = t.package_id"
			  " WHERE k.reference = '%s' AND t.done_at IS NULL"
			  " AND t.kind = 'approve_rate'",
	    cast->package);
}

static int64_t
rates_in(const struct fern_cast *cast, const char *rate_state)
{
	return sql_number("SELECT count(*) FROM individual_rate i"
			  " JOIN package k ON k.council_id = i.council_id"
			  " AND k.id = i.package_id"
			  " WHERE k.reference = '%s' AND i.state = '%s'",
	    cast->package, rate_state);
}

/* individual_rate_new and individual_rate_create */
static void
test_propose(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct browser *second = fern_sign_in("second@fern.example");

	(void)state;
	browser_get(cast.broker,
	    fern_path("/packages/%s/individual-rate/new", cast.package));
	expect_location(cast.broker, rate_path(&cast));
	browser_get(cast.broker, rate_path(&cast));
	expect_text(cast.broker, "Only specialist care is costed individually");
	make_specialist(&cast);
	propose_as(cast.broker, &cast, "", "");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Enter the pay of the care workers");
	expect_text(cast.broker, "Enter why this care costs more");
	expect_text(cast.broker, "By their own figures");
	propose_as(cast.broker, &cast, "11.92", "Nobody came");
	expect_status(cast.broker, 422);
	expect_text(cast.broker,
	    "Together this is £21.92 an hour, which is not above the ceiling "
	    "of £21.92");
	propose_as(cast.broker, &cast, "20.00", "Canaryson needs it");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Take out");
	browser_get(second,
	    fern_path("/packages/%s/individual-rate/new", cast.package));
	propose(&cast);
	browser_get(cast.broker, rate_path(&cast));
	expect_text(cast.broker, "£30.00 an hour");
	expect_text(cast.broker, "£8.08 above it");
	expect_text(cast.broker, "Waits for approval");
	expect_text(cast.broker, "Take it back");
	expect_no_text(cast.broker, "Save decision");
	/* Another broker had the form open by then. */
	browser_post(second,
	    fern_path("/packages/%s/individual-rate/new", cast.package),
	    "pay_pence", "30.00", "travel_pence", "", "supervision_pence", "",
	    "overhead_pence", "", "costing", "", "reason", "Another", NULL);
	browser_follow(second);
	expect_text(second, "waits for approval already");
	assert_int_equal(rates_in(&cast, "proposed"), 1);
	browser_free(second);
	fern_cast_end(&cast);
}

/* individual_rate_show, individual_rate_update: who may, and with what. */
static void
test_decide(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct browser *auditor = fern_sign_in("auditor@fern.example");
	struct browser *second = fern_sign_in("second@fern.example");

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	assert_int_equal(tasks_open(&cast), 1);
	browser_get(commissioner, "/tasks");
	expect_text(commissioner, "Approve or refuse an individual rate");
	expect_text(commissioner, rate_path(&cast));
	browser_get(auditor, rate_path(&cast));
	expect_text(auditor, "A commissioner who did not propose it decides");
	expect_no_text(auditor, "Save decision");
	decide(auditor, &cast, "approve", "Yes");
	expect_status(auditor, 403);
	decide(second, &cast, "approve", "Yes");
	expect_status(second, 403);
	decide(commissioner, &cast, "approve", "");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter the reason for your decision");
	decide(commissioner, &cast, "perhaps", "Yes");
	expect_status(commissioner, 422);
	decide(commissioner, &cast, "refuse", "Too dear");
	expect_location(commissioner, rate_path(&cast));
	assert_int_equal(tasks_open(&cast), 0);
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "Refused by Person of "
				 "commissioner@fern.example");
	expect_text(cast.broker, "Too dear");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_no_text(cast.broker, "approved for this package");
	propose(&cast);
	approve(&cast);
	browser_get(auditor, fern_path("/packages/%s", cast.package));
	expect_text(auditor, "Approved by Person of "
			     "commissioner@fern.example");
	expect_text(auditor, "The care is worth it");
	browser_free(auditor);
	browser_free(second);
	fern_cast_end(&cast);
}

/* One person who has both roles does not decide on an own proposal. */
static void
test_own(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char rate[64];

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	sql_run("UPDATE membership SET role = 'commissioner' WHERE account_id"
		" = (SELECT id FROM account"
		" WHERE email = 'broker@fern.example')");
	snprintf(rate, sizeof(rate), "%s",
	    sql_text("SELECT reference FROM individual_rate"
		     " ORDER BY id DESC LIMIT 1"));
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, rate_path(&cast));
	expect_no_text(cast.broker, "Save decision");
	browser_get(cast.broker, "/change-password");
	browser_post(cast.broker, rate_path(&cast), "rate", rate, "decision",
	    "approve", "note", "I think so", NULL);
	browser_follow(cast.broker);
	expect_text(cast.broker,
	    "You proposed this rate, so another person must decide");
	assert_int_equal(rates_in(&cast, "approved"), 0);
	sql_run("UPDATE membership SET role = 'broker' WHERE account_id"
		" = (SELECT id FROM account"
		" WHERE email = 'broker@fern.example')");
	fern_cast_end(&cast);
}

/* individual_rate_remove, by who proposed it. */
static void
test_take_back(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct browser *second = fern_sign_in("second@fern.example");
	const char *path = fern_path(
	    "/packages/%s/individual-rate/remove", cast.package);

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	browser_get(second, rate_path(&cast));
	browser_get(second, "/change-password");
	browser_post(second, path, NULL);
	expect_location(second, rate_path(&cast));
	assert_int_equal(rates_in(&cast, "proposed"), 1);
	browser_get(cast.broker, rate_path(&cast));
	browser_post(cast.broker,
	    fern_path("/packages/%s/individual-rate/remove", cast.package),
	    NULL);
	expect_location(cast.broker, rate_path(&cast));
	assert_int_equal(rates_in(&cast, "cancelled"), 1);
	assert_int_equal(tasks_open(&cast), 0);
	browser_free(second);
	fern_cast_end(&cast);
}

/* A decision that is sent twice is one, and one on what is gone is none. */
static void
test_double_click(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char page[32768], rate[64];

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	browser_get(commissioner, rate_path(&cast));
	browser_hidden(commissioner, "rate", rate, sizeof(rate));
	snprintf(page, sizeof(page), "%s", commissioner->page);
	for (int i = 0; i < 2; i++) {
		free(commissioner->page);
		commissioner->page = strdup(page);
		browser_post(commissioner, rate_path(&cast), "rate", rate,
		    "decision", "approve", "note", "Yes", NULL);
		expect_location(commissioner, rate_path(&cast));
	}
	assert_int_equal(rates_in(&cast, "approved"), 1);
	assert_int_equal(sql_number("SELECT count(*) FROM audit"
				    " WHERE act = 'individual_rate.approve'"
				    " AND detail ->> 'rate' = '%s'",
			     rate),
	    1);
	browser_get(commissioner, rate_path(&cast));
	browser_post(commissioner, rate_path(&cast), "rate", rate, "decision",
	    "refuse", "note", "No", NULL);
	browser_follow(commissioner);
	expect_text(commissioner, "does not wait for a decision any longer");
	fern_cast_end(&cast);
}

/* Where the price is fixed, the rate is the price. */
static void
test_price_of_offers(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "£184.10"); /* 14 x 13.15 */
	approve(&cast);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "£30.00 an hour, approved for this package");
	expect_text(cast.broker, "£252.00"); /* 14 x 18.00 */
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "£252.00");
	expect_text(cast.broker, "no premiums are added to it");
	fern_send(cast.broker, cast.package);
	browser_follow(cast.broker);
	expect_text(cast.broker, "£30.00 an hour, approved by Person of "
				 "commissioner@fern.example");
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "£252.00");
	expect_text(cast.alder, "£30.00, approved for this care alone");
	expect_no_text(cast.alder, "Nobody came at the ceiling");
	assert_int_equal(sql_number("SELECT o.weekly_price_pence FROM offer o"
				    " WHERE o.reference = '%s'",
			     offer),
	    25200);
	assert_int_equal(sql_number("SELECT r.individual_pence FROM offer o"
				    " JOIN offer_round r ON r.id = o.round_id"
				    " WHERE o.reference = '%s'",
			     offer),
	    3000);
	free(offer);
	fern_cast_end(&cast);
}

/* Where the rate comes with the reply, it is the ceiling. */
static void
test_ceiling_of_replies(void **state)
{
	struct fern_cast cast = fern_cast_begin("cambridgeshire-2017");
	char *offer;

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	approve(&cast);
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s/accept", offer));
	expect_text(cast.alder, "to £30.00");
	fern_accept(cast.alder, offer, 20, "30.01");
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "to £30.00");
	fern_accept(cast.alder, offer, 20, "29.00");
	expect_status(cast.alder, 303);
	assert_int_equal(
	    sql_number(
		"SELECT rate_pence FROM offer WHERE reference = '%s'", offer),
	    2900);
	free(offer);
	fern_cast_end(&cast);
	cast = fern_cast_begin("cambridgeshire-2017");
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	fern_accept(cast.alder, offer, 20, "29.00");
	expect_status(cast.alder, 422);
	free(offer);
	fern_cast_end(&cast);
}

/* A change of the package asks anew; offers that went out keep their rate. */
static void
test_lapses(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	make_specialist(&cast);
	propose(&cast);
	approve(&cast);
	change(&cast, "Ring 1 times");
	expect_status(cast.broker, 303);
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "Lapsed: the package has changed");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_no_text(cast.broker, "approved for this package");
	expect_text(cast.broker, "£184.10");
	propose(&cast);
	assert_int_equal(tasks_open(&cast), 1);
	change(&cast, "Ring 2 times");
	assert_int_equal(tasks_open(&cast), 0);
	browser_get(commissioner, rate_path(&cast));
	expect_no_text(commissioner, "Save decision");
	propose(&cast);
	approve(&cast);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "£252.00");
	fern_cast_end(&cast);
}

/* Outside the ranking nobody is paid above the ceiling without it either. */
static void
test_outside_ranking(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	struct start_fields start = fern_start(24);
	char *alder = strdup(sql_text("SELECT reference FROM organisation"
				      " WHERE name LIKE 'Alder %%'"));
	char path[96];

	(void)state;
	snprintf(
	    path, sizeof(path), "/packages/%s/outside-ranking", cast.package);
	make_specialist(&cast);
	FILL(cast.broker, path, "provider", alder, "start_at-day", start.day,
	    "start_at-month", start.month, "start_at-year", start.year,
	    "start_at-time", start.time, "rate_pence", "29.00", "agreed_by",
	    "Jo Hill, manager", "reason", "It cares for the partner");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "The rate must be £21.92 or less");
	propose(&cast);
	approve(&cast);
	FILL(cast.broker, path, "provider", alder, "start_at-day", start.day,
	    "start_at-month", start.month, "start_at-year", start.year,
	    "start_at-time", start.time, "rate_pence", "29.00", "agreed_by",
	    "Jo Hill, manager", "reason", "It cares for the partner");
	expect_location(cast.broker, "/approvals/");
	snprintf(path, sizeof(path), "%s", cast.broker->location);
	change(&cast, "Ring 3 times");
	FILL(commissioner, path, "decision", "approve", "note", "");
	expect_status(commissioner, 422);
	expect_text(commissioner, "above the ceiling of the framework");
	propose(&cast);
	approve(&cast);
	FILL(commissioner, path, "decision", "approve", "note", "");
	expect_status(commissioner, 303);
	/* 14 x 17.40: 60 % of 29.00 */
	assert_int_equal(sql_number("SELECT p.weekly_price_pence"
				    " FROM placement p JOIN package k"
				    " ON k.id = p.package_id"
				    " WHERE k.reference = '%s'",
			     cast.package),
	    24360);
	free(alder);
	fern_cast_end(&cast);
}

static int
begin(void **state)
{
	fern_begin(state);
	commissioner = fern_sign_in("commissioner@fern.example");
	return 0;
}

static int
end(void **state)
{
	browser_free(commissioner);
	return fern_end(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_propose),
		cmocka_unit_test(test_decide),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_take_back),
		cmocka_unit_test(test_double_click),
		cmocka_unit_test(test_price_of_offers),
		cmocka_unit_test(test_ceiling_of_replies),
		cmocka_unit_test(test_lapses),
		cmocka_unit_test(test_outside_ranking),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
