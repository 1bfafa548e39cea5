/*
 * The demonstration (conf/demo): the figures of the documents that it is to
 * reproduce, and that its rows agree with each other and with app/matching.
 */
#include "support_demo.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/text.h"
#include "matching/rates_week.h"
#include "offers/match.h"
#include "policies/policies.h"

static int
begin(void **state)
{
	(void)state;
	harness_begin();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

/* A query that must find nothing; says what it found. */
static void
expect_none(const char *what, const char *query)
{
	int64_t count = sql_number("SELECT count(*) FROM (%s) AS found", query);

	if (count != 0)
		fail_msg("%lld %s", (long long)count, what);
}

static void
councils_have_their_areas_and_hours(void **state)
{
	(void)state;
	assert_int_equal(sql_number("SELECT count(*) FROM area a JOIN council c"
				    " ON c.id = a.council_id"
				    " JOIN area_scheme s ON s.id = a.scheme_id"
				    " WHERE c.code = 'hertfordshire'"
				    " AND s.code = 'districts'"),
	    9);
	/* 003 L227-242. */
	assert_int_equal(sql_number("SELECT count(*) FROM area a"
				    " JOIN area_scheme s ON s.id = a.scheme_id"
				    " WHERE s.code = 'lots'"),
	    14);
	expect_none("sectors of the districts that are in no lot",
	    "SELECT x.sector FROM area_sector x JOIN area_scheme s"
	    " ON s.id = x.scheme_id JOIN council c ON c.id = s.council_id"
	    " WHERE c.code = 'hertfordshire' AND s.code = 'districts'"
	    " EXCEPT SELECT x.sector FROM area_sector x JOIN area_scheme s"
	    " ON s.id = x.scheme_id WHERE s.code = 'lots'");
	assert_int_equal(sql_number("SELECT count(*) FROM area a JOIN council c"
				    " ON c.id = a.council_id"
				    " WHERE c.code = 'cambridgeshire'"),
	    5);
	/* 003 L110-119. */
	assert_string_equal(
	    sql_text("SELECT sum(total_hours) || ' ' || sum(spot_hours)"
		     " FROM area"),
	    "208252 162210");
	assert_string_equal(
	    sql_text("SELECT round(100.0 * spot_hours / total_hours, 2)"
		     " FROM area WHERE code = 'stevenage'"),
	    "95.30");
	expect_none("areas without a sector",
	    "SELECT FROM area a WHERE NOT EXISTS (SELECT FROM area_sector s"
	    " WHERE s.area_id = a.id)");
}

static void
providers_are_as_many_as_published(void **state)
{
	(void)state;
	assert_string_equal(
	    sql_text("SELECT string_agg(kind || ' ' || number, ', '"
		     " ORDER BY kind) FROM (SELECT f.code || ' ' ||"
		     " m.contract_kind AS kind, count(*) AS number"
		     " FROM framework_member m JOIN framework f"
		     " ON f.id = m.framework_id GROUP BY 1) AS kinds"),
	    "dps-2017 framework 55, homecare framework 4, homecare lead 1, "
	    "homecare-support framework 4, support-at-home lead 3, "
	    "support-at-home spot 63");
	assert_string_equal(
	    sql_text("SELECT min(m.hourly_rate_pence) || ' ' ||"
		     " max(m.hourly_rate_pence) FROM framework_member m"
		     " JOIN framework f ON f.id = m.framework_id"
		     " WHERE f.code = 'dps-2017'"),
	    "1417 1622");
	expect_none("areas with fewer than ten spot providers to ask",
	    "SELECT a.id FROM area a JOIN framework f"
	    " ON f.scheme_id = a.scheme_id"
	    " AND f.code IN ('support-at-home', 'dps-2017')"
	    " LEFT JOIN member_area s ON s.area_id = a.id"
	    " LEFT JOIN framework_member m ON m.id = s.member_id"
	    " AND m.state = 'active' AND m.contract_kind <> 'lead'"
	    " AND (m.is_current_provider"
	    "  OR m.monitoring_visit_passed_on IS NOT NULL)"
	    " GROUP BY a.id HAVING count(m.id) < 10");
	assert_true(sql_number("SELECT count(*) FROM location"
			       " WHERE cqc_rating IS NULL") > 0);
}

/* 002 L23: 1,737 hours, 161 people, 92 of them with a service, 57 of whom
 * leave reablement. */
static void
cambridgeshire_waits_as_published(void **state)
{
	static const char list[] =
	    "SELECT w.*, k.person_id, k.area_id, k.group_id"
	    " FROM package_wait w JOIN package k ON k.id = w.package_id"
	    " JOIN council c ON c.id = w.council_id"
	    " WHERE c.code = 'cambridgeshire' AND (w.until_at IS NULL"
	    "  OR w.until_at > clock_now() - interval '7 days')";

	(void)state;
	assert_string_equal(
	    sql_text(
		"SELECT concat_ws(' ', count(*), count(DISTINCT person_id),"
		" sum(minutes_wanted - minutes_in_place) / 60,"
		" sum(minutes_wanted - minutes_in_place) %% 60,"
		" count(*) FILTER (WHERE reason = 'nothing_in_place'),"
		" count(*) FILTER (WHERE reason = 'interim_care'),"
		" count(*) FILTER (WHERE reason = 'leaving_reablement'),"
		" count(*) FILTER (WHERE minutes_in_place > 0),"
		" count(DISTINCT area_id), count(DISTINCT group_id))"
		" FROM (%s) AS list",
		list),
	    "161 161 1737 0 69 35 57 92 5 5");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package k JOIN council c"
		       " ON c.id = k.council_id WHERE k.state = 'waiting'"
		       " AND c.code = 'cambridgeshire'"),
	    161);
}

static void
the_half_year_before_averages_near_it(void **state)
{
	(void)state;
	assert_string_equal(
	    sql_text(
		"SELECT concat_ws(' ', avg(people) BETWEEN 153 AND 169,"
		" avg(hours) BETWEEN 1650 AND 1824, min(people) > 120,"
		" max(people) < 200) FROM (SELECT week, count(*) AS people,"
		" sum(w.minutes_wanted - w.minutes_in_place) / 60.0"
		"  AS hours FROM generate_series(0, 25) AS week"
		" JOIN package_wait w"
		"  ON w.from_at <= clock_now() - week * interval '7 days'"
		" AND coalesce(w.until_at, 'infinity')"
		"  > clock_now() - week * interval '7 days'"
		" JOIN council c ON c.id = w.council_id"
		" WHERE c.code = 'cambridgeshire' GROUP BY week) AS weeks"),
	    "t t t t");
}

static void
there_are_packages_in_every_state(void **state)
{
	(void)state;
	assert_string_equal(
	    sql_text("SELECT string_agg(DISTINCT k.state, ' ')"
		     " FROM package k JOIN council c ON c.id = k.council_id"
		     " WHERE c.code = 'hertfordshire'"),
	    "cancelled closed draft placed waiting");
	assert_string_equal(
	    sql_text(
		"SELECT string_agg(DISTINCT coalesce(outcome, 'live'), ' ')"
		" FROM offer_round"),
	    "live nobody placed withdrawn");
	assert_string_equal(
	    sql_text("SELECT string_agg(DISTINCT coalesce(result, state), ' ')"
		     " FROM offer"),
	    "accepted chosen declined not_selected proposed sent withdrawn "
	    "withdrawn_by_provider");
	assert_string_equal(sql_text("SELECT string_agg(DISTINCT state, ' ')"
				     " FROM placement"),
	    "ended planned started suspended");
}

static void
rows_agree_with_each_other(void **state)
{
	(void)state;
	expect_none("live rounds whose time was up when they were loaded",
	    "SELECT FROM offer_round r WHERE settled_at IS NULL"
	    " AND reply_by <= (SELECT max(at) FROM audit"
	    "  WHERE act = 'demo.load')"
	    " AND NOT EXISTS (SELECT FROM offer o"
	    " WHERE o.round_id = r.id AND o.result = 'proposed')");
	expect_none("replies before the offer or still to come",
	    "SELECT FROM offer WHERE replied_at < sent_at"
	    " OR replied_at > clock_now()");
	expect_none("offers outside referral hours",
	    "SELECT FROM offer WHERE (sent_at AT TIME ZONE "
	    "'Europe/London')::time"
	    " NOT BETWEEN '08:00' AND '20:00'");
	expect_none("offers to providers that were not asked",
	    "SELECT FROM offer o WHERE NOT EXISTS (SELECT FROM match_line m"
	    " WHERE m.round_id = o.round_id AND m.position = o.position"
	    " AND m.organisation_id = o.organisation_id AND m.is_eligible"
	    " AND m.is_asked)");
	expect_none("packages placed without a placement",
	    "SELECT FROM package k WHERE k.state = 'placed' AND NOT EXISTS"
	    " (SELECT FROM placement p WHERE p.package_id = k.id"
	    " AND p.state <> 'ended' AND NOT p.is_interim)");
	expect_none("waiting packages without an open wait",
	    "SELECT FROM package k WHERE k.state = 'waiting' AND NOT EXISTS"
	    " (SELECT FROM package_wait w WHERE w.package_id = k.id"
	    " AND w.until_at IS NULL)");
	expect_none("hours in place without care",
	    "SELECT FROM package k WHERE k.minutes_in_place <>"
	    " (SELECT coalesce(sum(p.weekly_minutes), 0) FROM placement p"
	    " WHERE p.package_id = k.id AND p.is_interim"
	    " AND p.state = 'started')");
	expect_none("addresses outside the area of their package",
	    "SELECT FROM package k JOIN person s ON s.id = k.person_id"
	    " WHERE k.area_id IS NOT NULL AND NOT EXISTS"
	    " (SELECT FROM area_sector x WHERE x.area_id = k.area_id"
	    "  AND x.sector = left(s.postcode, length(s.postcode) - 2)"
	    "  AND x.sector = k.sector)");
	expect_none("winners with a later start than another in time",
	    "SELECT FROM offer w JOIN offer o ON o.round_id = w.round_id"
	    " JOIN council c ON c.id = w.council_id"
	    " WHERE c.code = 'hertfordshire' AND w.result = 'chosen'"
	    " AND o.start_offered_at < w.start_offered_at");
	expect_none("winners with fewer points than another",
	    "SELECT FROM offer w JOIN offer o ON o.round_id = w.round_id"
	    " WHERE w.result = 'chosen'"
	    " AND o.points_hundredths > w.points_hundredths");
}

/* Whatever the hour at which it is loaded. */
static void
care_starts_at_sensible_hours(void **state)
{
	(void)state;
	expect_none("starts at night or between quarter hours",
	    "SELECT FROM (SELECT starts_at AS at FROM placement"
	    " UNION ALL SELECT start_wanted_at FROM package"
	    " UNION ALL SELECT start_wanted_at FROM offer"
	    " UNION ALL SELECT start_offered_at FROM offer"
	    " UNION ALL SELECT starts_at FROM placement_request) AS start"
	    " CROSS JOIN LATERAL (SELECT (at AT TIME ZONE 'Europe/London')"
	    "::time AS t) AS local WHERE at IS NOT NULL"
	    " AND (t NOT BETWEEN '07:00' AND '20:00'"
	    " OR extract(epoch FROM t)::integer % 900 <> 0)");
}

static void
people_and_offices_are_likely(void **state)
{
	(void)state;
	expect_none("sons called Amara and daughters called Hamish",
	    "SELECT FROM person_contact WHERE (relation IN ('Son', 'Brother',"
	    " 'Nephew', 'Father', 'Grandfather', 'Uncle')"
	    " AND split_part(name, ' ', 1) LIKE '%a')"
	    " OR (relation IN ('Daughter', 'Sister', 'Niece', 'Mother',"
	    " 'Grandmother', 'Aunt') AND split_part(name, ' ', 1)"
	    " IN ('Cormac', 'Eamon', 'Hamish', 'Tobias', 'Yusuf'))");
	expect_none("children with a daughter or a niece",
	    "SELECT FROM person_contact c JOIN package k"
	    " ON k.person_id = c.person_id JOIN care_term t"
	    " ON t.id = k.age_band_id WHERE t.code = 'under_18'"
	    " AND c.relation IN ('Son', 'Daughter', 'Nephew', 'Niece')");
	expect_none("registered offices at the address of a branch",
	    "SELECT FROM organisation_office r JOIN organisation_office b"
	    " USING (organisation_id, address)"
	    " WHERE r.kind = 'registered' AND b.kind = 'branch'");
}

/* Hertfordshire's list is no alarm: it grows by less than a fifth a week. */
static void
the_list_does_not_jump(void **state)
{
	(void)state;
	expect_none("weeks to which the list jumps",
	    "SELECT FROM (SELECT week, count(*) AS people,"
	    " lead(count(*)) OVER (ORDER BY week) AS people_before,"
	    " sum(minutes_wanted - minutes_in_place) AS minutes,"
	    " lead(sum(minutes_wanted - minutes_in_place))"
	    "  OVER (ORDER BY week) AS minutes_before"
	    " FROM generate_series(0, 4) AS week JOIN package_wait w"
	    "  ON w.from_at <= clock_now() - week * interval '7 days'"
	    " AND coalesce(w.until_at, 'infinity')"
	    "  > clock_now() - week * interval '7 days'"
	    " JOIN council c ON c.id = w.council_id"
	    " WHERE c.code = 'hertfordshire' GROUP BY week) AS weeks"
	    " WHERE people > 1.2 * people_before"
	    " OR minutes > 1.2 * minutes_before");
}

/* Every account is printed, and those of providers have something to see. */
static void
accounts_have_something_to_do(void **state)
{
	static char printed[16384];
	FILE *file = fopen("conf/demo/sign-ins.txt", "r");
	int64_t count = sql_number("SELECT count(*) FROM account"), i;

	(void)state;
	assert_non_null(file);
	printed[fread(printed, 1, sizeof(printed) - 1, file)] = '\0';
	fclose(file);
	for (i = 0; i < count; i++) {
		const char *email = sql_text("SELECT email FROM account"
					     " ORDER BY id LIMIT 1 OFFSET %d",
		    (int)i);

		if (strstr(printed, email) == NULL)
			fail_msg("nobody is told of %s", email);
	}
	expect_none("accounts of providers with neither offer nor care",
	    "SELECT FROM membership m WHERE m.organisation_id IS NOT NULL"
	    " AND NOT EXISTS (SELECT FROM offer o"
	    "  WHERE o.organisation_id = m.organisation_id"
	    "  AND o.state = 'sent' AND o.reply_by > clock_now())"
	    " AND NOT EXISTS (SELECT FROM placement p"
	    "  WHERE p.organisation_id = m.organisation_id"
	    "  AND p.state <> 'ended')");
}

static void
policies_can_be_carried_out(void **state)
{
	struct arena *arena = arena_new(4 * 1024 * 1024);
	int64_t count = sql_number("SELECT count(*) FROM policy_version"), i;

	(void)state;
	assert_true(count >= 3);
	for (i = 0; i < count; i++) {
		struct policy policy;
		struct policy_faults found = policy_read(arena,
		    sql_text("SELECT document FROM policy_version"
			     " ORDER BY id LIMIT 1 OFFSET %d",
			(int)i),
		    &policy);

		if (found.count > 0)
			fail_msg("policy %d: %s", (int)i, found.text[0]);
	}
	arena_free(arena);
}

/* --- Prices --------------------------------------------------------------- */

static int64_t
number_at(const PGresult *rows, int row, int column)
{
	return strtoll(PQgetvalue(rows, row, column), NULL, 10);
}

static enum week_kind
kind_at(const PGresult *rows, int row, int column)
{
	const char *name = PQgetvalue(rows, row, column);

	if (strcmp(name, "days") == 0)
		return WEEK_ON_DAYS;
	return strcmp(name, "times") == 0 ? WEEK_TIMES : WEEK_FLEXIBLE;
}

/* What app/matching makes of the visits of rows [first, last). */
static struct price_week
week_of(struct arena *arena, const PGresult *rows, int first, int last)
{
	static const struct price_card flat = { .hourly_pence = 2192,
		.band = { { 1259, 40 }, { 2159, 60 }, { 3059, 80 },
		    { 3600, 100 } },
		.band_count = 4 };
	struct price_card own = { .hourly_pence = number_at(rows, first, 3) };
	struct week_visit *visits = arena_array(
	    arena, (size_t)(last - first), sizeof(*visits));
	int i;

	for (i = first; i < last; i++)
		visits[i - first] = (struct week_visit) {
			.kind = kind_at(rows, i, 4),
			.days = (uint32_t)number_at(rows, i, 5),
			.times = (int32_t)number_at(rows, i, 6),
			.minutes = (int32_t)number_at(rows, i, 7),
			.carers = (int32_t)number_at(rows, i, 8),
		};
	return price_week(arena, own.hourly_pence == 0 ? &flat : &own, visits,
	    (size_t)(last - first));
}

/* Every price that is kept, beside the visits it is made of. */
static const char priced[] =
    "SELECT priced.id, priced.minutes, priced.pence, priced.rate, v.kind,"
    " v.days, v.times, v.minutes, v.carers FROM ("
    " SELECT 'k' || id AS id, id AS package_id, weekly_minutes AS minutes,"
    "  weekly_price_pence AS pence, 0 AS rate FROM package"
    "  WHERE weekly_price_pence > 0"
    " UNION ALL SELECT 'o' || id, package_id, weekly_minutes,"
    "  weekly_price_pence, coalesce(rate_pence, 0) FROM offer"
    "  WHERE weekly_price_pence IS NOT NULL"
    " UNION ALL SELECT 'p' || id, package_id, weekly_minutes,"
    "  weekly_price_pence, coalesce(rate_pence, 0) FROM placement"
    "  WHERE NOT is_interim) AS priced"
    " JOIN visit v ON v.package_id = priced.package_id ORDER BY 1";

static void
prices_are_those_of_matching(void **state)
{
	PGconn *connection;
	PGresult *rows;
	struct arena *arena = arena_new(16 * 1024 * 1024);
	int first, last, count;

	(void)state;
	connection = PQconnectdb(arena_printf(arena, "user=%s", superuser()));
	rows = PQexec(connection, priced);
	assert_int_equal(PQresultStatus(rows), PGRES_TUPLES_OK);
	count = PQntuples(rows);
	assert_true(count > 1000);
	for (first = 0; first < count; first = last) {
		struct price_week week;

		for (last = first + 1;
		     last < count && strcmp(PQgetvalue(rows, first, 0),
					 PQgetvalue(rows, last, 0)) == 0;
		     last++)
			continue;
		week = week_of(arena, rows, first, last);
		assert_int_equal(
		    number_at(rows, first, 1), week.care_seconds / 60);
		assert_int_equal(number_at(rows, first, 2), week.total_pence);
		arena_reset(arena);
	}
	PQclear(rows);
	PQfinish(connection);
	arena_free(arena);
}

/*
 * Whether what is kept of one provider is not what matching says of it now;
 * of the eligible, what was looked at, as the figures go on from the round.
 */
static bool
line_differs(int64_t round, const struct match_line *line)
{
	static const char same[] =
	    "SELECT count(*) FROM match_line, LATERAL (SELECT CASE WHEN"
	    " is_eligible THEN '^[^\\n]*|: [^\\n]*' ELSE '^$' END) AS x (out)"
	    " WHERE round_id = %lld AND organisation_id = %lld"
	    " AND (is_eligible, failed_step, contract, cqc_rating,"
	    " spare_minutes, coalesce(weekly_price_pence, 0), preferences_met,"
	    " preferences_unmet, regexp_replace(reason, out, '', 'g'))"
	    " = (%d = 1, '%s', '%s', '%s', %d, %lld, $$%s$$, $$%s$$,"
	    " regexp_replace($$%s$$, out, '', 'g'))";
	bool differs = sql_number(same, (long long)round,
			   (long long)line->organisation_id, line->is_eligible,
			   line->failed_step, line->contract, line->cqc_rating,
			   line->spare_minutes,
			   (long long)line->weekly_price_pence,
			   line->preferences_met, line->preferences_unmet,
			   line->reason) != 1;

	if (differs)
		print_error("round %lld keeps another line of %s\n",
		    (long long)round, line->organisation_name);
	return differs;
}

/* The lines of one live round, from 0, that matching sees otherwise. */
static int
lines_differ(struct db *db, struct arena *arena, int round_number)
{
	static const char live[] = "SELECT %s FROM offer_round"
				   " WHERE settled_at IS NULL ORDER BY id"
				   " LIMIT 1 OFFSET %d";
	int64_t round = sql_number(live, "id", round_number);
	const struct match *match = match_load(db, arena,
	    sql_number(live, "council_id", round_number),
	    sql_number(live, "package_id", round_number),
	    sql_number(live, "(extract(epoch FROM sent_at) * 1000000)::bigint",
		round_number));
	struct match_line_list lines;
	int differences = 0;
	size_t i;

	assert_non_null(match);
	lines = match_lines(arena, match);
	assert_int_equal(lines.count,
	    sql_number("SELECT count(*) FROM match_line WHERE round_id = %lld",
		(long long)round));
	for (i = 0; i < lines.count; i++)
		differences += line_differs(round, &lines.row[i]);
	return differences;
}

static void
verdicts_are_those_of_matching(void **state)
{
	struct arena *arena = arena_new(64 * 1024 * 1024);
	struct db *db;
	int64_t count = sql_number(
	    "SELECT count(*) FROM offer_round WHERE settled_at IS NULL");
	int i, differences = 0;

	(void)state;
	assert_true(count >= 9);
	user_take(superuser());
	db = db_new(NULL);
	db_attach(db, arena);
	assert_true(db_begin(db));
	user_give_back();
	for (i = 0; i < count; i++)
		differences += lines_differ(db, arena, i);
	db_rollback(db);
	db_free(db);
	arena_free(arena);
	assert_int_equal(differences, 0);
}

/* 003 L179-183: fifteen hours a week. */
static void
mr_k_is_there(void **state)
{
	(void)state;
	assert_string_equal(
	    sql_text(
		"SELECT concat_ws(' ', k.state, k.weekly_minutes / 60,"
		" k.weekly_price_pence, k.wait_reason, (SELECT count(*)"
		" FROM visit v WHERE v.package_id = k.id), (SELECT count(*)"
		" FROM outcome_wanted w WHERE w.package_id = k.id))"
		" FROM package k JOIN person s ON s.id = k.person_id"
		" WHERE s.called = 'Mr K'"),
	    "waiting 15 36277 leaving_reablement 5 4");
}

static void
package_get(struct browser *browser, const char *key)
{
	char path[64];

	snprintf(path, sizeof(path), "/packages/%s",
	    sql_text("SELECT k.reference FROM package k JOIN person s"
		     " ON s.id = k.person_id WHERE s.person_number = '%s'",
		key));
	browser_get(browser, path);
	expect_status(browser, 200);
}

/* The product's own pages price it as the demonstration did. */
static void
pages_price_it_the_same(void **state)
{
	struct browser *b = browser_new();
	char number[32];

	(void)state;
	snprintf(number, sizeof(number), "%s",
	    sql_text("SELECT person_number FROM person"
		     " WHERE called = 'Mr K'"));
	browser_sign_in(b, "broker@hertfordshire.example");
	package_get(b, number);
	expect_text(b, "£362.77");
	browser_free(b);
	b = browser_new();
	snprintf(number, sizeof(number), "%s",
	    sql_text("SELECT s.person_number FROM package k JOIN person s"
		     " ON s.id = k.person_id JOIN council c"
		     " ON c.id = k.council_id WHERE c.code = 'cambridgeshire'"
		     " AND k.state = 'waiting' AND k.weekly_minutes = 840"
		     " ORDER BY k.id LIMIT 1"));
	browser_sign_in(b, "broker@cambridgeshire.example");
	package_get(b, number);
	/* Fourteen hours at 14.17 and at 16.22, in visits of half an hour. */
	expect_text(b, "£198.52 to £227.08");
	browser_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(councils_have_their_areas_and_hours),
		cmocka_unit_test(providers_are_as_many_as_published),
		cmocka_unit_test(cambridgeshire_waits_as_published),
		cmocka_unit_test(the_half_year_before_averages_near_it),
		cmocka_unit_test(there_are_packages_in_every_state),
		cmocka_unit_test(rows_agree_with_each_other),
		cmocka_unit_test(care_starts_at_sensible_hours),
		cmocka_unit_test(people_and_offices_are_likely),
		cmocka_unit_test(the_list_does_not_jump),
		cmocka_unit_test(accounts_have_something_to_do),
		cmocka_unit_test(policies_can_be_carried_out),
		cmocka_unit_test(prices_are_those_of_matching),
		cmocka_unit_test(verdicts_are_those_of_matching),
		cmocka_unit_test(mr_k_is_there),
		cmocka_unit_test(pages_price_it_the_same),
	};

	return cmocka_run_group_tests_name("demo", tests, begin, end);
}
