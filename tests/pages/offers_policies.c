/*
 * The policies that ship, each carried out by rounds of offers as its
 * document says; L are lines of the councils' documents 000 to 004.
 * Hertfordshire's and Cambridgeshire's of 2017 are in offers_rounds.c.
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

static int
policies_begin(void **state)
{
	static const char *const policies[] = {
		"cambridgeshire-lot1-first-come",
		"cambridgeshire-lot1-quality",
		"cambridgeshire-lot1-tiers",
		"cambridgeshire-lot2",
		"rutland-framework",
		"rutland-catchment-teams",
		"rutland-low-level",
		"peterborough-block-first",
	};
	size_t i;

	fern_begin(state);
	for (i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		fern_framework(policies[i]);
	sql_run("SELECT fern_members()");
	return 0;
}

/* Sets facts of one member of a framework, or of all: provider "%". */
static void
fact(const char *policy, const char *provider, const char *facts)
{
	sql_run("UPDATE framework_member m SET %s FROM framework f,"
		" organisation o WHERE f.id = m.framework_id AND"
		" f.code = '%s' AND o.id = m.organisation_id AND"
		" o.name LIKE '%s Test Care'",
	    facts, policy, provider);
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

/* Whom the package is placed with, or "nobody". */
static const char *
placed_with(const char *package)
{
	return sql_text("SELECT coalesce(max(split_part(g.name, ' ', 1)),"
			" 'nobody') FROM placement p"
			" JOIN package k ON k.id = p.package_id"
			" JOIN organisation g ON g.id = p.organisation_id"
			" WHERE k.reference = '%s' AND p.state <> 'ended'",
	    package);
}

static void
answer(const char *package, const char *provider, int start_hours)
{
	char email[64];
	struct browser *browser;

	snprintf(email, sizeof(email), "owner@%s.example", provider);
	email[6] |= 0x20;
	browser = fern_sign_in(email);
	if (start_hours > 0)
		fern_accept_in(browser, package, provider, start_hours, NULL);
	else
		fern_decline_in(browser, package, provider);
	browser_free(browser);
}

/* 000 L130: the first that takes it has it. */
static void
test_000_l130_first_come(void **state)
{
	const char *policy = "cambridgeshire-lot1-first-come";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%", "hourly_rate_pence = 2000");
	fact(policy, "Elder", "hourly_rate_pence = NULL");
	cast = fern_cast_begin(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Alder Birch Cedar");
	answer(cast.package, "Birch", 40);
	assert_string_equal(placed_with(cast.package), "Birch");
	assert_string_equal(asked_now(cast.package), "nobody");
	assert_int_equal(
	    sql_number("SELECT p.rate_pence FROM placement p JOIN package k"
		       " ON k.id = p.package_id WHERE k.reference = '%s'",
		cast.package),
	    2000);
	fern_cast_end(&cast);
}

/* 000 L130: of those who take it, the best at tender. */
static void
test_000_l130_quality(void **state)
{
	const char *policy = "cambridgeshire-lot1-quality";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%", "hourly_rate_pence = 2000, quality_score = 10");
	fact(policy, "Birch", "quality_score = 90");
	fact(policy, "Cedar", "quality_score = 70");
	cast = fern_cast_begin(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Alder Birch Cedar Elder");
	answer(cast.package, "Alder", 10);
	answer(cast.package, "Cedar", 40);
	assert_string_equal(placed_with(cast.package), "nobody");
	answer(cast.package, "Birch", 0);
	assert_string_equal(placed_with(cast.package), "Cedar");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Best ranked of those who accepted");
	fern_cast_end(&cast);
}

/* 000 L130: the second tier when nobody of the first takes it. */
static void
test_000_l130_tiers(void **state)
{
	const char *policy = "cambridgeshire-lot1-tiers";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%", "hourly_rate_pence = 2000, tier = 2");
	fact(policy, "Birch", "tier = 1");
	fact(policy, "Cedar", "tier = 1");
	cast = fern_cast_begin(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Birch Cedar");
	answer(cast.package, "Birch", 0);
	assert_string_equal(asked_now(cast.package), "Cedar");
	answer(cast.package, "Cedar", 0);
	assert_string_equal(asked_now(cast.package), "Alder Elder");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/2", cast.package));
	expect_text(cast.broker, "All of the first tier that is left");
	answer(cast.package, "Alder", 20);
	assert_string_equal(placed_with(cast.package), "Alder");
	fern_cast_end(&cast);
}

/*
 * 000 L53: one framework for specialist care, whatever the area. Equal
 * replies are parted by the score as it was when the offers went out.
 */
static void
test_000_l53_specialist(void **state)
{
	const char *policy = "cambridgeshire-lot2";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%", "hourly_rate_pence = 2600, quality_score = 10");
	fact(policy, "Alder", "quality_score = 90");
	fact(policy, "Birch", "quality_score = 80");
	fact(policy, "Dogwood", "quality_score = 95");
	cast = fern_cast_begin(policy);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "The package is not specialist care");
	sql_run("UPDATE package SET complexity = 'specialist',"
		" complexity_reason = 'A nurse supervises it'"
		" WHERE reference = '%s'",
	    cast.package);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Alder Birch Dogwood");
	fact(policy, "Dogwood", "quality_score = 1");
	answer(cast.package, "Alder", 20);
	answer(cast.package, "Dogwood", 20);
	answer(cast.package, "Birch", 0);
	assert_string_equal(placed_with(cast.package), "Dogwood");
	fern_cast_end(&cast);
}

/* 001 L160: by support needs and call times; the cheaper of equal starts. */
static void
test_001_l160_framework(void **state)
{
	const char *policy = "rutland-framework";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%",
	    "calls_from_minute = 420, calls_until_minute = 1320,"
	    " hourly_rate_pence = 2100");
	fact(policy, "Birch", "hourly_rate_pence = 2000");
	fact(policy, "Cedar", "calls_from_minute = 600");
	fact(policy, "Elder", "hourly_rate_pence = NULL");
	cast = fern_cast_begin(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Alder Birch");
	answer(cast.package, "Alder", 20);
	answer(cast.package, "Birch", 30);
	assert_string_equal(placed_with(cast.package), "Birch");
	fern_cast_end(&cast);
}

static void
accept_introduced(const char *package, const char *provider)
{
	struct start_fields start = fern_start(100), meeting = fern_start(90);
	char *offer = fern_offer(package, provider), email[64];
	struct browser *browser;

	snprintf(email, sizeof(email), "owner@%s.example", provider);
	email[6] |= 0x20;
	browser = fern_sign_in(email);
	browser_fill(browser, fern_path("/offers/%s/accept", offer),
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time,
	    "introduced_at-day", meeting.day, "introduced_at-month",
	    meeting.month, "introduced_at-year", meeting.year,
	    "introduced_at-time", meeting.time, "note", "", NULL);
	expect_status(browser, 303);
	browser_free(browser);
	free(offer);
}

/*
 * 001 L180: teams of at most 16, those below 13 first; L181: introduced
 * before the start. Each placement counts at once. After no reply a broker
 * decides.
 */
static void
test_001_l180_catchment_teams(void **state)
{
	const char *policy = "rutland-catchment-teams";
	struct fern_cast cast;
	char *second, *third;

	(void)state;
	fact(policy, "Alder", "people_elsewhere = 15");
	fact(policy, "Birch", "people_elsewhere = 12");
	fact(policy, "Cedar", "people_elsewhere = 16");
	fact(policy, "Elder", "people_elsewhere = 14");
	cast = fern_cast_begin(policy);
	second = fern_package(policy);
	third = fern_package(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Birch");
	accept_introduced(cast.package, "Birch");
	assert_string_equal(placed_with(cast.package), "Birch");
	fern_send(
	    cast.broker, second); /* all have 13 to 15, Birch had its turn */
	assert_string_equal(asked_now(second), "Alder");
	accept_introduced(second, "Alder");
	fern_send(cast.broker, third); /* Alder cares for 16 now */
	assert_string_equal(asked_now(third), "Elder");
	fern_later("24 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_fill(cast.broker, fern_path("/packages/%s/go-on", third), NULL);
	expect_location(cast.broker, fern_path("/packages/%s/rounds/2", third));
	assert_string_equal(asked_now(third), "Birch");
	free(second);
	free(third);
	fern_cast_end(&cast);
}

/*
 * 001 L195: spot contracts with local providers for packages that are not
 * complex, in turn; once more from the first, without those who declined.
 */
static void
test_001_l195_low_level(void **state)
{
	const char *policy = "rutland-low-level";
	struct fern_cast cast;

	(void)state;
	fact(policy, "%", "hourly_rate_pence = 1900");
	fact(policy, "Cedar", "hourly_rate_pence = NULL");
	fact(policy, "Dogwood", "hourly_rate_pence = NULL");
	cast = fern_cast_begin(policy);
	fact(policy, "Alder", "last_award_at = clock_now() - interval '1 day'");
	sql_run("UPDATE package SET complexity = 'low_level',"
		" complexity_reason = 'Shopping' WHERE reference = '%s'",
	    cast.package);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Birch");
	answer(cast.package, "Birch", 0);
	assert_string_equal(asked_now(cast.package), "Elder");
	answer(cast.package, "Elder", 0);
	assert_string_equal(asked_now(cast.package), "Alder");
	fern_later("2 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	assert_string_equal(asked_now(cast.package), "Alder");
	answer(cast.package, "Alder", 20);
	assert_string_equal(placed_with(cast.package), "Alder");
	fern_cast_end(&cast);
}

/* 004 L55: hours that are paid for anyway first, as long as they cover it. */
static void
test_004_l55_block_hours(void **state)
{
	const char *policy = "peterborough-block-first";
	struct fern_cast cast;
	char *second;

	(void)state;
	fact(policy, "Birch", "block_minutes = 800");
	fact(policy, "Cedar", "block_minutes = 419");
	cast = fern_cast_begin(policy);
	second = fern_package(policy);
	fern_send(cast.broker, cast.package);
	assert_string_equal(asked_now(cast.package), "Birch");
	answer(cast.package, "Birch", 20);
	assert_string_equal(placed_with(cast.package), "Birch");
	fern_send(cast.broker, second); /* 380 minutes of the block are left */
	assert_string_equal(asked_now(second), "Alder Birch Cedar Elder");
	answer(second, "Cedar", 20);
	assert_string_equal(placed_with(second), "nobody");
	answer(second, "Alder", 30);
	assert_string_equal(placed_with(second), "Alder");
	free(second);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_000_l130_first_come),
		cmocka_unit_test(test_000_l130_quality),
		cmocka_unit_test(test_000_l130_tiers),
		cmocka_unit_test(test_000_l53_specialist),
		cmocka_unit_test(test_001_l160_framework),
		cmocka_unit_test(test_001_l180_catchment_teams),
		cmocka_unit_test(test_001_l195_low_level),
		cmocka_unit_test(test_004_l55_block_hours),
	};

	return cmocka_run_group_tests(tests, policies_begin, fern_end);
}
