/*
 * Clearing the waiting list, on the demonstration: what is proposed keeps to
 * the policies and to the hours there are, is kept with what it was made from,
 * and becomes offers all together or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

static struct browser *broker;

static int
clearing_begin(void **state)
{
	(void)state;
	harness_begin();
	broker = browser_signed_in("broker@cambridgeshire.example");
	return 0;
}

static int
clearing_end(void **state)
{
	(void)state;
	browser_free(broker);
	harness_end();
	return 0;
}

/* The id of a proposal made now. */
static int64_t
propose(struct browser *browser, const char *bundle)
{
	browser_fill(browser, "/clearing", "travel_pence", "28",
	    "bundle_kilometres", bundle, NULL);
	expect_location(browser, "/clearing/Y");
	browser_follow(browser);
	expect_status(browser, 200);
	return sql_number("SELECT max(id) FROM clearing");
}

static void
path_of(int64_t clearing, char *path, size_t size)
{
	snprintf(path, size, "/clearing/%s",
	    sql_text("SELECT reference FROM clearing WHERE id = %lld",
		(long long)clearing));
}

/* The reference of a package that is proposed, the `number`th from 1. */
static void
proposed(int64_t clearing, int number, char *reference, size_t size)
{
	snprintf(reference, size, "%s",
	    sql_text("SELECT k.reference FROM clearing_line l"
		     " JOIN package k ON k.id = l.package_id"
		     " WHERE l.clearing_id = %lld"
		     " AND l.organisation_id IS NOT NULL AND l.round_id IS NULL"
		     " ORDER BY l.position OFFSET %d LIMIT 1",
		(long long)clearing, number - 1));
}

static int64_t
rounds(void)
{
	return sql_number("SELECT count(*) FROM offer_round");
}

static void
expect_none(const char *what, const char *query, int64_t clearing)
{
	const int64_t count = sql_number(
	    "SELECT count(*) FROM clearing_line l JOIN package k"
	    " ON k.id = l.package_id WHERE l.clearing_id = %lld AND %s",
	    (long long)clearing, query);

	if (count != 0)
		fail_msg("%lld %s", (long long)count, what);
}

static void
a_proposal_keeps_to_the_hours_there_are(void **state)
{
	const int64_t clearing = propose(broker, "");

	(void)state;
	expect_text(broker, "packages that wait could go to a provider");
	expect_text(broker, "Beside offers for one package at a time");
	assert_int_equal(sql_number("SELECT count(*) FROM clearing_line l"
				    " WHERE l.clearing_id = %lld",
			     (long long)clearing),
	    sql_number("SELECT count(*) FROM package k JOIN council c"
		       " ON c.id = k.council_id"
		       " WHERE c.code = 'cambridgeshire'"
		       " AND k.state = 'waiting' AND NOT EXISTS (SELECT FROM"
		       " offer_round r WHERE r.package_id = k.id"
		       " AND r.settled_at IS NULL)"));
	assert_true(sql_number("SELECT plan_packages FROM clearing"
			       " WHERE id = %lld",
			(long long)clearing) > 20);
	assert_int_equal(
	    sql_number(
		"SELECT count(*) FROM clearing WHERE id = %lld"
		" AND plan_minutes >= single_minutes"
		" AND bound_minutes >= plan_minutes"
		" AND plan_minutes = (SELECT sum(l.weekly_minutes)"
		"  FROM clearing_line l WHERE l.clearing_id = clearing.id"
		"  AND l.organisation_id IS NOT NULL)",
		(long long)clearing),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM (SELECT l.organisation_id,"
		       " sum(l.weekly_minutes) AS minutes FROM clearing_line l"
		       " WHERE l.clearing_id = %lld GROUP BY 1) AS x"
		       " JOIN framework_member m"
		       " ON m.organisation_id = x.organisation_id"
		       " JOIN framework f ON f.id = m.framework_id"
		       " AND f.code = 'dps-2017'"
		       " WHERE x.minutes > m.spare_minutes",
		(long long)clearing),
	    0);
	expect_none("go where the area is not served",
	    "l.organisation_id IS NOT NULL AND NOT EXISTS (SELECT FROM"
	    " framework_member m LEFT JOIN member_area a ON a.member_id = m.id"
	    " AND a.area_id = k.area_id WHERE m.organisation_id ="
	    " l.organisation_id AND m.council_id = k.framework_council_id"
	    " AND (m.has_all_areas OR a.area_id IS NOT NULL))",
	    clearing);
	expect_none("are proposed to who has declined",
	    "EXISTS (SELECT FROM offer o WHERE o.package_id = k.id"
	    " AND o.package_version = k.version AND o.state = 'declined'"
	    " AND o.organisation_id = l.organisation_id)",
	    clearing);
}

static void
what_it_was_made_from_is_kept(void **state)
{
	const int64_t clearing = propose(broker, "");
	char path[100], file[120];

	(void)state;
	assert_int_equal(
	    sql_number("SELECT count(*) FROM clearing WHERE id = %lld"
		       " AND inputs_hash = encode(sha256(convert_to("
		       "packages_csv || providers_csv || options_csv"
		       " || demands_csv,"
		       " 'UTF8')), 'hex')",
		(long long)clearing),
	    1);
	expect_text(
	    broker, sql_text("SELECT inputs_hash FROM clearing WHERE id = %lld",
			(long long)clearing));
	path_of(clearing, path, sizeof(path));
	snprintf(file, sizeof(file), "%s/options.csv", path);
	browser_get(broker, file);
	expect_status(broker, 200);
	assert_int_equal(
	    strncmp(broker->page, "package,provider,fit,price,distance\n", 36),
	    0);
	snprintf(file, sizeof(file), "%s/people.csv", path);
	browser_get(broker, file);
	expect_status(broker, 404);
	browser_get(broker, "/clearing/Y00000000/options.csv");
	expect_status(broker, 404);
	/* The same list gives the same proposal. */
	assert_int_equal(
	    sql_number("SELECT count(DISTINCT inputs_hash) FROM clearing"
		       " WHERE id IN (%lld, %lld)",
		(long long)propose(broker, ""), (long long)clearing),
	    1);
}

/* As provider_metres() says of a package alone, to the metre. */
static void
expect_distances(int64_t clearing)
{
	assert_true(
	    sql_number("SELECT count(*) FROM clearing_line"
		       " WHERE clearing_id = %lld AND distance_metres > 0",
		(long long)clearing) > 0);
	expect_none("lie as far as another way of measuring says",
	    "l.organisation_id IS NOT NULL AND l.distance_metres <>"
	    " coalesce(provider_metres(k.council_id, k.id, l.organisation_id),"
	    " 0)",
	    clearing);
}

/*
 * Each alone and all together: the same who may be asked, also when the pause
 * of one is over without anybody having ended it.
 */
static void
a_list_is_matched_as_each_package_is(void **state)
{
	const int64_t paused = sql_number(
	    "SELECT l.organisation_id FROM clearing_line l"
	    " WHERE l.clearing_id = %lld AND l.organisation_id IS NOT NULL"
	    " ORDER BY l.position LIMIT 1",
	    (long long)propose(broker, ""));
	int64_t clearing;

	(void)state;
	sql_run("UPDATE framework_member SET state = 'suspended',"
		" suspended_on = clock_now()::date - 9,"
		" suspended_until = clock_now()::date - 2"
		" WHERE organisation_id = %lld AND state = 'active'",
	    (long long)paused);
	clearing = propose(broker, "");
	assert_true(
	    sql_number("SELECT count(*) FROM clearing_line"
		       " WHERE clearing_id = %lld AND organisation_id = %lld",
		(long long)clearing, (long long)paused) > 0);
	expect_distances(clearing);
	for (int i = 1; i <= 40; i += 3) {
		char reference[20], path[60], expected[60];

		proposed(clearing, i, reference, sizeof(reference));
		snprintf(expected, sizeof(expected), "%s eligible",
		    sql_text("SELECT n || CASE n WHEN 1 THEN ' provider'"
			     " ELSE ' providers' END FROM (SELECT"
			     " l.option_count + (SELECT count(DISTINCT"
			     " o.organisation_id) FROM offer o"
			     " WHERE o.package_id = k.id"
			     " AND o.package_version = k.version"
			     " AND o.state = 'declined') AS n FROM "
			     "clearing_line l JOIN package k"
			     " ON k.id = l.package_id"
			     " WHERE l.clearing_id = %lld"
			     " AND k.reference = '%s') AS x",
			(long long)clearing, reference));
		snprintf(path, sizeof(path), "/packages/%s/match", reference);
		browser_get(broker, path);
		expect_text(broker, expected);
	}
}

static void
a_line_becomes_one_offer(void **state)
{
	const int64_t clearing = propose(broker, "");
	const int64_t before = rounds();
	char path[100], reference[20];

	(void)state;
	path_of(clearing, path, sizeof(path));
	browser_fill(broker, path, NULL);
	expect_status(broker, 422);
	expect_text(broker, "Select the offers you want to send");
	proposed(clearing, 1, reference, sizeof(reference));
	browser_fill(broker, path, "packages", reference, NULL);
	expect_location(broker, path);
	browser_follow(broker);
	expect_text(broker, "1 offer sent");
	expect_text(broker, "Offer sent<");
	assert_int_equal(rounds(), before + 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM clearing_line l JOIN offer o"
		       " ON o.round_id = l.round_id"
		       " AND o.organisation_id = l.organisation_id"
		       " WHERE l.clearing_id = %lld AND o.state = 'sent'"
		       " AND NOT EXISTS (SELECT FROM offer x WHERE"
		       "  x.round_id = o.round_id AND x.id <> o.id)",
		(long long)clearing),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM clearing_line l JOIN match_line m"
		       " ON m.round_id = l.round_id AND m.is_eligible"
		       " AND NOT m.is_asked"
		       " WHERE l.clearing_id = %lld AND m.left_out_reason"
		       " NOT LIKE 'Clearing Y%% of the waiting list proposes"
		       " %%'",
		(long long)clearing),
	    0);
	assert_int_equal(sql_number("SELECT count(*) FROM placement p"
				    " JOIN clearing_line l"
				    " ON l.package_id = p.package_id"
				    " WHERE l.clearing_id = %lld"
				    " AND l.round_id IS NOT NULL"
				    " AND NOT p.is_interim",
			     (long long)clearing),
	    0);
	assert_string_equal(
	    sql_text("SELECT act || ' ' || detail FROM audit"
		     " WHERE act LIKE 'clearing.%%' ORDER BY id DESC LIMIT 1"),
	    "clearing.send {\"offers\": 1}");
}

/* Hours that an offer may take are not proposed again. */
static void
hours_that_are_promised_are_left_out(void **state)
{
	const int64_t clearing = propose(broker, "");

	(void)state;
	assert_int_equal(
	    sql_number("SELECT count(*) FROM (SELECT l.organisation_id,"
		       " sum(l.weekly_minutes) AS minutes FROM clearing_line l"
		       " WHERE l.clearing_id = %lld GROUP BY 1) AS x"
		       " JOIN (SELECT o.organisation_id,"
		       "  sum(o.weekly_minutes) AS minutes FROM offer o"
		       "  JOIN clearing_line l ON l.round_id = o.round_id"
		       "  WHERE o.state = 'sent' GROUP BY 1) AS p"
		       " USING (organisation_id)"
		       " JOIN framework_member m USING (organisation_id)"
		       " JOIN framework f ON f.id = m.framework_id"
		       " AND f.code = 'dps-2017'"
		       " WHERE x.minutes + p.minutes > m.spare_minutes",
		(long long)clearing),
	    0);
}

static void
nothing_is_sent_when_something_has_changed(void **state)
{
	struct browser *other = browser_signed_in(
	    "second.broker@cambridgeshire.example");
	const int64_t clearing = propose(broker, "");
	char path[100], first[20], second[20], third[20];
	int64_t before;

	(void)state;
	path_of(clearing, path, sizeof(path));
	proposed(clearing, 1, first, sizeof(first));
	proposed(clearing, 2, second, sizeof(second));
	proposed(clearing, 3, third, sizeof(third));
	/* Another broker sends from the same proposal. */
	browser_get(broker, path);
	browser_fill(other, path, "packages", second, NULL);
	expect_location(other, path);
	before = rounds();
	browser_post(broker, path, "packages", first, "packages", second, NULL);
	expect_status(broker, 409);
	expect_text(broker, "Nothing was sent");
	expect_text(broker, "does not wait any more as it did");
	assert_int_equal(rounds(), before);
	/* The package has changed. */
	browser_get(broker, path);
	sql_run("UPDATE package SET version = version + 1"
		" WHERE reference = '%s'",
	    third);
	browser_post(broker, path, "packages", first, "packages", third, NULL);
	expect_status(broker, 409);
	assert_int_equal(rounds(), before);
	/* The provider has no hours left. */
	sql_run("UPDATE framework_member m SET spare_minutes = 0"
		" FROM clearing_line l JOIN package k ON k.id = l.package_id"
		" WHERE k.reference = '%s' AND l.clearing_id = %lld"
		" AND m.organisation_id = l.organisation_id"
		" AND m.council_id = k.framework_council_id",
	    first, (long long)clearing);
	browser_fill(broker, path, "packages", first, NULL);
	expect_status(broker, 409);
	expect_text(broker, "needs more hours than");
	assert_int_equal(rounds(), before);
	browser_free(other);
}

static void
rural_packages_go_together(void **state)
{
	const int64_t clearing = propose(broker, "12");

	(void)state;
	assert_true(sql_number("SELECT max(bundle) FROM clearing_line"
			       " WHERE clearing_id = %lld",
			(long long)clearing) >= 1);
	expect_text(broker, "Packages of one bundle lie within 12 km");
	expect_none("are bundled and not rural",
	    "l.bundle IS NOT NULL AND k.rurality <> 'rural'", clearing);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM (SELECT bundle"
		       " FROM clearing_line WHERE clearing_id = %lld"
		       " AND bundle IS NOT NULL GROUP BY bundle"
		       " HAVING count(DISTINCT organisation_id) <> 1"
		       " OR count(*) < 2) AS x",
		(long long)clearing),
	    0);
	browser_get(broker, "/clearing");
	expect_text(broker, "value=\"12\"");
}

static void
all_are_sent_at_once(void **state)
{
	struct browser *hertfordshire = browser_signed_in(
	    "broker@hertfordshire.example");
	const int64_t clearing = propose(hertfordshire, "");
	const int64_t before = rounds();
	const int64_t count = sql_number(
	    "SELECT plan_packages FROM clearing WHERE id = %lld",
	    (long long)clearing);
	char path[100];

	(void)state;
	assert_true(count > 3);
	path_of(clearing, path, sizeof(path));
	browser_fill(hertfordshire, path, "act", "all", NULL);
	expect_location(hertfordshire, path);
	assert_int_equal(rounds(), before + count);
	browser_follow(hertfordshire);
	expect_no_text(hertfordshire, "Send the selected offers");
	browser_free(hertfordshire);
}

static void
who_may_do_what(void **state)
{
	struct browser *commissioner = browser_signed_in(
	    "commissioner@cambridgeshire.example");
	struct browser *rutland = browser_signed_in("broker@rutland.example");
	struct browser *auditor = browser_signed_in(
	    "auditor@cambridgeshire.example");
	char path[100], audit[120];

	(void)state;
	path_of(sql_number("SELECT min(id) FROM clearing"), path, sizeof(path));
	snprintf(audit, sizeof(audit), "/audit?object=%s",
	    path + strlen("/clearing/"));
	browser_get(auditor, audit);
	expect_text(auditor, "of the waiting list");
	browser_free(auditor);
	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	expect_no_text(commissioner, "Send the selected offers");
	browser_get(commissioner, "/clearing");
	expect_no_text(commissioner, "Propose<");
	browser_get(commissioner, "/waiting");
	expect_text(commissioner, "Clear the waiting list");
	browser_get(rutland, path);
	expect_status(rutland, 404);
	browser_get(rutland, "/clearing");
	expect_text(rutland, "No package waits without offers out.");
	browser_free(commissioner);
	browser_free(rutland);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_proposal_keeps_to_the_hours_there_are),
		cmocka_unit_test(what_it_was_made_from_is_kept),
		cmocka_unit_test(a_list_is_matched_as_each_package_is),
		cmocka_unit_test(a_line_becomes_one_offer),
		cmocka_unit_test(hours_that_are_promised_are_left_out),
		cmocka_unit_test(nothing_is_sent_when_something_has_changed),
		cmocka_unit_test(rural_packages_go_together),
		cmocka_unit_test(all_are_sent_at_once),
		cmocka_unit_test(who_may_do_what),
	};

	return cmocka_run_group_tests_name(
	    "clearing", tests, clearing_begin, clearing_end);
}
