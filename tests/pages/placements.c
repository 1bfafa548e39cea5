/*
 * Care that starts and ends: by itself when its time has come, with its audit,
 * and what an end leaves to the provider.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "messages/jobs.h"
#include "placements/placements.sql.h"
#include "support_offers.h"

static struct jobs jobs;

static int
placements_begin(void **state)
{
	fern_begin(state);
	jobs.arena = arena_new(64 << 20);
	/* Connects as what it is, now; the pages' connection stays. */
	setenv("PGUSER", "hearth_jobs", 1);
	jobs.db = db_new(NULL);
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	setenv("PGUSER", "hearth_web", 1);
	return 0;
}

static int
placements_end(void **state)
{
	db_free(jobs.db);
	arena_free(jobs.arena);
	return fern_end(state);
}

/* Placed with Alder, to start in 20 hours; its placement is to be freed. */
static char *
placed(const struct fern_cast *cast)
{
	fern_send(cast->broker, cast->package);
	fern_accept_in(cast->alder, cast->package, "Alder", 20, NULL);
	return strdup(
	    sql_text("SELECT p.reference FROM placement p JOIN package k"
		     " ON k.id = p.package_id WHERE k.reference = '%s'",
		cast->package));
}

/* Three hours of interim care by Birch since the day before. */
static char *
interim_add(const char *package)
{
	sql_run("UPDATE package SET minutes_in_place = 180, wait_reason ="
		" 'interim_care' WHERE reference = '%s';"
		" UPDATE package_wait w SET minutes_in_place = 180, reason ="
		" 'interim_care' FROM package k WHERE k.id = w.package_id"
		" AND k.reference = '%s'",
	    package, package);
	return strdup(sql_text(
	    "INSERT INTO placement (council_id, package_id, person_id,"
	    " organisation_id, state, is_interim, starts_at, weekly_minutes,"
	    " weekly_price_pence) SELECT k.council_id, k.id, k.person_id,"
	    " g.id, 'started', true, clock_now() - interval '1 day', 180, 0"
	    " FROM package k, organisation g WHERE k.reference = '%s'"
	    " AND g.name LIKE 'Birch %%' RETURNING reference",
	    package));
}

static const char *
state_of(const char *placement)
{
	return sql_text(
	    "SELECT state FROM placement WHERE reference = '%s'", placement);
}

/* Rows under the council about an object, whoever acted. */
static int64_t
audits(const char *act, const char *reference)
{
	return sql_number("SELECT count(*) FROM audit a JOIN council c"
			  " ON c.id = a.council_id WHERE c.code = 'fern'"
			  " AND a.act = '%s' AND a.object_reference = '%s'",
	    act, reference);
}

/* The time comes: care starts, interim care ends, and both are audited. */
static void
test_start_is_audited(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *interim = interim_add(cast.package);

	(void)state;
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(placement), "planned");
	assert_int_equal(audits("placement.start", placement), 0);
	fern_later("20 hours 1 minute");
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(placement), "started");
	assert_string_equal(state_of(interim), "ended");
	assert_int_equal(audits("placement.start", placement), 1);
	assert_int_equal(audits("placement.end", interim), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act ="
		       " 'placement.start' AND object_reference = '%s'"
		       " AND account_id IS NULL AND detail ->> 'package' ="
		       " '%s'",
		placement, cast.package),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM placement i, placement p"
		       " WHERE i.reference = '%s' AND p.reference = '%s'"
		       " AND i.ended_at = p.starts_at",
		interim, placement),
	    1);
	free(interim);
	free(placement);
	fern_cast_end(&cast);
}

/* An end that comes before the jobs noticed the start: both have happened. */
static void
test_end_after_unnoticed_start(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *interim = interim_add(cast.package);

	(void)state;
	fern_later("21 hours");
	fern_sign_in_again(&cast.alder, "owner@alder.example");
	browser_fill(cast.alder, fern_path("/placements/%s/end", placement),
	    "reason", "We have lost our staff there", NULL);
	expect_location(cast.alder, fern_path("/placements/%s", placement));
	assert_string_equal(state_of(placement), "ended");
	assert_string_equal(state_of(interim), "ended");
	assert_int_equal(audits("placement.start", placement), 1);
	assert_int_equal(audits("placement.end", placement), 1);
	assert_int_equal(audits("placement.end", interim), 1);
	assert_string_equal(fern_package_state(cast.package), "waiting");
	free(interim);
	free(placement);
	fern_cast_end(&cast);
}

/* Withdrawing a chosen acceptance ends the placement, for the audit too. */
static void
test_withdrawal_is_audited(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *offer = fern_offer(cast.package, "Alder");

	(void)state;
	/* Before the start it is the acceptance that is withdrawn. */
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	browser_post(cast.alder, fern_path("/placements/%s/end", placement),
	    "reason", "No staff", NULL);
	expect_location(cast.alder, fern_path("/offers/%s/withdraw", offer));
	assert_string_equal(state_of(placement), "planned");
	browser_get(cast.alder, fern_path("/placements/%s/end", placement));
	expect_location(cast.alder, fern_path("/offers/%s/withdraw", offer));
	browser_fill(cast.alder, fern_path("/offers/%s/withdraw", offer),
	    "reason", "staff", "note", "", NULL);
	assert_string_equal(state_of(placement), "ended");
	assert_int_equal(audits("placement.end", placement), 1);
	free(offer);
	free(placement);
	fern_cast_end(&cast);
}

/* Interim care that ends leaves fewer hours in place. */
static void
test_interim_ended(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *interim = interim_add(cast.package);

	(void)state;
	browser_fill(cast.birch, fern_path("/placements/%s/end", interim),
	    "reason", "It was for a week only", NULL);
	expect_location(cast.birch, fern_path("/placements/%s", interim));
	assert_string_equal(fern_package_state(cast.package), "waiting");
	assert_string_equal(
	    sql_text("SELECT string_agg(w.reason || ' ' ||"
		     " w.minutes_in_place || CASE WHEN w.until_at IS NULL"
		     " THEN '' ELSE ' until' END, ', ' ORDER BY w.id)"
		     " FROM package_wait w JOIN package k"
		     " ON k.id = w.package_id WHERE k.reference = '%s'",
		cast.package),
	    "interim_care 180 until, nothing_in_place 0");
	assert_string_equal(
	    sql_text("SELECT wait_reason || ' ' || minutes_in_place"
		     " FROM package WHERE reference = '%s'",
		cast.package),
	    "nothing_in_place 0");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE to_email ="
		       " 'broker@fern.example' AND body LIKE '%%%s%%'"
		       " AND subject LIKE '%%interim care has ended'",
		cast.package),
	    1);
	free(interim);
	fern_cast_end(&cast);
}

/* A package with interim care is not closed over its head. */
static void
test_close_with_interim(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *interim = interim_add(cast.package);
	const char *path = fern_path("/placements/%s/end", placement);

	(void)state;
	browser_fill(
	    cast.broker, path, "reason", "Moved away", "after", "close", NULL);
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "End the interim care first");
	assert_string_equal(state_of(placement), "planned");
	browser_fill(cast.broker, fern_path("/placements/%s/end", interim),
	    "reason", "Moved away", NULL);
	expect_location(cast.broker, fern_path("/placements/%s", interim));
	path = fern_path("/placements/%s/end", placement);
	browser_fill(
	    cast.broker, path, "reason", "Moved away", "after", "close", NULL);
	expect_location(cast.broker, fern_path("/placements/%s", placement));
	assert_string_equal(fern_package_state(cast.package), "closed");
	free(interim);
	free(placement);
	fern_cast_end(&cast);
}

/* Day, month, year and time of an instant from now, for a form. */
struct when {
	char day[4];
	char month[4];
	char year[8];
	char time[8];
};

static struct when
when(const char *interval)
{
	struct when parts;
	const char *text = sql_text(
	    "SELECT to_char(t, 'DD MM YYYY HH24:MI') FROM (SELECT (clock_now()"
	    " + interval '%s') AT TIME ZONE 'Europe/London' AS t) AS x",
	    interval);

	assert_int_equal(sscanf(text, "%3s %3s %7s %7s", parts.day, parts.month,
			     parts.year, parts.time),
	    4);
	return parts;
}

static void
end_at(struct browser *browser, const char *placement, const char *interval)
{
	struct when at = when(interval);

	browser_fill(browser, fern_path("/placements/%s/end", placement),
	    "ends_at-day", at.day, "ends_at-month", at.month, "ends_at-year",
	    at.year, "ends_at-time", at.time, "reason", "Moves to a home",
	    "after", "wait", NULL);
}

/* An end that lies ahead: both sides see it, and the jobs carry it out. */
static void
test_planned_end(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);

	(void)state;
	end_at(cast.broker, placement, "10 hours");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "End of the care must be after its start");
	end_at(cast.broker, placement, "400 days");
	expect_text(cast.broker, "must be within a year");
	end_at(cast.broker, placement, "3 days");
	expect_location(cast.broker, fern_path("/placements/%s", placement));
	browser_follow(cast.broker);
	expect_text(cast.broker, "The end is planned");
	expect_text(cast.broker, "Planned end");
	assert_string_equal(state_of(placement), "planned");
	assert_int_equal(audits("placement.plan_end", placement), 1);
	browser_get(cast.alder, fern_path("/placements/%s", placement));
	expect_text(cast.alder, "Planned end");
	expect_text(cast.alder, "Canaria Canaryson");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind ="
		       " 'placement_ends' AND to_email ="
		       " 'offers@alder.example' AND body LIKE '%%%s%%'",
		placement),
	    1);
	fern_later("1 day");
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(placement), "started");
	fern_later("2 days 1 minute");
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(placement), "ended");
	assert_int_equal(audits("placement.end", placement), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM placement WHERE reference = '%s'"
		       " AND ended_at = ends_at",
		placement),
	    1);
	assert_string_equal(fern_package_state(cast.package), "waiting");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind IN"
		       " ('placement_ended', 'package_waits_again')"
		       " AND (body LIKE '%%%s%%' OR body LIKE '%%%s%%')",
		placement, cast.package),
	    2);
	free(placement);
	fern_cast_end(&cast);
}

/* An end that is taken back does not come. */
static void
test_end_taken_back(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);

	(void)state;
	end_at(cast.broker, placement, "3 days");
	browser_fill(cast.broker, fern_path("/placements/%s/end", placement),
	    "act", "keep", NULL);
	expect_location(cast.broker, fern_path("/placements/%s", placement));
	assert_int_equal(audits("placement.keep", placement), 1);
	fern_later("4 days");
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(placement), "started");
	/* The past counts, up to 31 days and to the start. */
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	end_at(cast.broker, placement, "-40 days");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "within the last 31 days or ahead");
	end_at(cast.broker, placement, "-2 days");
	expect_location(cast.broker, fern_path("/placements/%s", placement));
	assert_int_equal(
	    sql_number("SELECT round(extract(epoch FROM clock_now()"
		       " - p.ended_at) / 3600) FROM placement p"
		       " WHERE reference = '%s'",
		placement),
	    48);
	/* The wait began with the end, not with what was typed. */
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_wait w JOIN package k"
		       " ON k.id = w.package_id JOIN placement p"
		       " ON p.package_id = k.id WHERE p.reference = '%s'"
		       " AND w.from_at = p.ended_at AND w.until_at IS NULL",
		placement),
	    1);
	free(placement);
	fern_cast_end(&cast);
}

/* Needs that change while care goes on: it waits, with that care in place. */
static void
test_change_of_needs(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	struct start_fields start;
	char *next, *path;

	(void)state;
	browser_get(
	    cast.broker, fern_path("/packages/%s/reopen", cast.package));
	expect_location(cast.broker, fern_path("/packages/%s", cast.package));
	fern_later("21 hours");
	fern_sign_in_again(&cast.broker, "broker@fern.example");
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "Record a change of needs");
	path = strdup(fern_path("/packages/%s/reopen", cast.package));
	browser_fill(cast.broker, path, "x", "", NULL);
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Select how urgent it is");
	expect_text(cast.broker, "Enter the date and time of the start wanted");
	start = fern_start(-1);
	browser_fill(cast.broker, path, "urgency", "standard",
	    "start_wanted-day", start.day, "start_wanted-month", start.month,
	    "start_wanted-year", start.year, "start_wanted-time", start.time,
	    NULL);
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Start wanted must be in the future");
	assert_string_equal(fern_package_state(cast.package), "placed");
	start = fern_start(72);
	browser_fill(cast.broker, path, "urgency", "standard",
	    "start_wanted-day", start.day, "start_wanted-month", start.month,
	    "start_wanted-year", start.year, "start_wanted-time", start.time,
	    NULL);
	free(path);
	expect_location(
	    cast.broker, fern_path("/packages/%s/change", cast.package));
	assert_int_equal(
	    sql_number("SELECT round(extract(epoch FROM k.start_wanted_at"
		       " - clock_now()) / 3600) FROM package k"
		       " WHERE k.reference = '%s'",
		cast.package),
	    72);
	assert_string_equal(
	    sql_text("SELECT k.state || ' ' || k.version || ' ' ||"
		     " k.wait_reason || ' ' || k.minutes_in_place || ' ' ||"
		     " w.minutes_in_place FROM package k JOIN package_wait w"
		     " ON w.package_id = k.id AND w.until_at IS NULL"
		     " WHERE k.reference = '%s'",
		cast.package),
	    "waiting 2 interim_care 420 420");
	assert_string_equal(
	    sql_text("SELECT state || ' ' || is_interim FROM placement"
		     " WHERE reference = '%s'",
		placement),
	    "started true");
	assert_int_equal(audits("package.reopen", cast.package), 1);
	browser_follow(cast.broker);
	expect_text(cast.broker, "Change what is different now");
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "Needs have changed: version 2 begun");
	expect_text(cast.broker, "Interim care");
	/* A second time there is nothing to record. */
	browser_post(
	    cast.broker, fern_path("/packages/%s/reopen", cast.package), NULL);
	expect_location(cast.broker, fern_path("/packages/%s", cast.package));
	assert_int_equal(audits("package.reopen", cast.package), 1);

	/* The new care starts, and the present one ends with it. */
	fern_send(cast.broker, cast.package);
	fern_sign_in_again(&cast.birch, "owner@birch.example");
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	next = strdup(
	    sql_text("SELECT p.reference FROM placement p JOIN package k"
		     " ON k.id = p.package_id WHERE k.reference = '%s'"
		     " AND NOT p.is_interim",
		cast.package));
	assert_string_equal(state_of(placement), "started");
	fern_later("20 hours 1 minute");
	assert_int_equal(jobs_start_care(&jobs), JOBS_IDLE);
	assert_string_equal(state_of(next), "started");
	assert_string_equal(state_of(placement), "ended");
	free(next);
	free(placement);
	fern_cast_end(&cast);
}

/* After the end: nothing of the person, the house or the care, by any way. */
static void
test_ended_shows_nothing(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *person = strdup(
	    sql_text("SELECT s.reference FROM person s JOIN package k"
		     " ON k.person_id = s.id WHERE k.reference = '%s'",
		cast.package));
	const char *key_safe;

	(void)state;
	sql_run("UPDATE package SET know_before = 'Canarydog'"
		" WHERE reference = '%s'",
	    cast.package);
	browser_get(cast.alder, fern_path("/placements/%s", placement));
	expect_text(cast.alder, "Canaria Canaryson");
	expect_text(cast.alder, "Canarydog");
	key_safe = fern_path("/placements/%s/key-safe", placement);
	browser_post(cast.alder, key_safe, NULL);
	expect_text(cast.alder, "Canarykey 4321");
	assert_int_equal(audits("key_safe.view", person), 1);
	assert_int_equal(audits("person.view", person), 2);

	browser_fill(cast.broker, fern_path("/placements/%s/end", placement),
	    "reason", "The family cares for them", "after", "wait", NULL);
	expect_location(cast.broker, fern_path("/placements/%s", placement));
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind ="
		       " 'placement_ended' AND to_email ="
		       " 'offers@alder.example' AND body LIKE '%%%s%%'",
		placement),
	    1);

	key_safe = fern_path("/placements/%s/key-safe", placement);
	browser_post(cast.alder, key_safe, NULL);
	expect_status(cast.alder, 404);
	browser_get(cast.alder, fern_path("/placements/%s", placement));
	expect_status(cast.alder, 200);
	expect_text(cast.alder, "no longer shown");
	expect_text(cast.alder, "The family cares for them");
	expect_no_text(cast.alder, "Canar");
	expect_no_text(cast.alder, "ZX1 1CY");
	expect_no_text(cast.alder, "lunch club");
	expect_no_text(cast.alder, "Show the key-safe note");
	browser_get(cast.alder, "/placements?show=ended");
	expect_text(cast.alder, placement);
	expect_no_text(cast.alder, "Canar");
	browser_get(cast.alder, fern_path("/placements/%s/end", placement));
	expect_location(cast.alder, fern_path("/placements/%s", placement));
	browser_follow(cast.alder);
	browser_post(cast.alder, fern_path("/placements/%s/end", placement),
	    "reason", "Once more", NULL);
	expect_location(cast.alder, fern_path("/placements/%s", placement));
	assert_int_equal(audits("placement.end", placement), 1);
	assert_int_equal(audits("key_safe.view", person), 1);
	assert_int_equal(audits("person.view", person), 2);

	browser_get(cast.broker, fern_path("/placements/%s", placement));
	expect_text(cast.broker, "Canaria Canaryson");
	expect_text(cast.broker, "Canarydog");
	assert_int_equal(audits("person.view", person), 3);

	/* Placed with Alder again: the placement that ended stays shut. */
	sql_run("UPDATE framework_member SET last_award_at = NULL");
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 20, NULL);
	browser_get(cast.alder, fern_path("/placements/%s", placement));
	expect_no_text(cast.alder, "Canar");
	key_safe = fern_path("/placements/%s/key-safe", placement);
	browser_post(cast.alder, key_safe, NULL);
	expect_status(cast.alder, 404);
	assert_int_equal(audits("key_safe.view", person), 1);
	free(person);
	free(placement);
	fern_cast_end(&cast);
}

/* The provider that cares for a person sees their name in its list. */
static void
test_list_names_the_person(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement, *person = strdup(sql_text(
			     "SELECT s.reference FROM person s JOIN package k"
			     " ON k.person_id = s.id WHERE k.reference = '%s'",
			     cast.package));

	(void)state;
	fern_send(cast.broker, cast.package);
	browser_get(
	    cast.alder, fern_path("/placements?show=all&q=%s", cast.package));
	expect_no_text(cast.alder, "Canar");
	fern_accept_in(cast.alder, cast.package, "Alder", 20, NULL);
	placement = strdup(sql_text("SELECT p.reference FROM placement p"
				    " JOIN package k ON k.id = p.package_id"
				    " WHERE k.reference = '%s'",
	    cast.package));
	assert_int_equal(audits("person.view", person), 0);
	browser_get(cast.alder, fern_path("/placements?q=%s", cast.package));
	expect_text(cast.alder, ">Canaria Canaryson</td>");
	assert_int_equal(audits("person.view", person), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit a JOIN organisation g"
		       " ON g.id = a.organisation_id WHERE g.name LIKE"
		       " 'Alder %%' AND a.act = 'person.view'"
		       " AND a.object_kind = 'person'"
		       " AND a.object_reference = '%s'"
		       " AND a.detail = '{\"placement\": \"%s\"}'",
		person, placement),
	    1);
	browser_get(cast.alder, "/placements?q=nowhere");
	browser_get(
	    cast.birch, fern_path("/placements?show=all&q=%s", cast.package));
	expect_no_text(cast.birch, "Canar");
	browser_get(cast.broker, fern_path("/placements?q=%s", cast.package));
	expect_text(cast.broker, placement);
	expect_no_text(cast.broker, "Canaria");
	assert_int_equal(audits("person.view", person), 1);
	free(placement);
	free(person);
	fern_cast_end(&cast);
}

/* However many there are, no more are counted than a list can show. */
static void
test_counting_ends(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-best-three");
	char *placement = placed(&cast);
	char *interim = interim_add(cast.package);
	const int64_t council = sql_number(
	    "SELECT id FROM council WHERE code = 'fern'");

	(void)state;
	db_attach(jobs.db, jobs.arena);
	assert_true(db_begin(jobs.db));
	assert_int_equal(
	    placement_count(jobs.db, &council, NULL, "live", cast.package, 10),
	    2);
	assert_int_equal(
	    placement_count(jobs.db, &council, NULL, "live", cast.package, 1),
	    1);
	assert_int_equal(
	    placement_count(jobs.db, &council, NULL, "live", "", 1), 1);
	db_rollback(jobs.db);
	arena_reset(jobs.arena);
	free(interim);
	free(placement);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_start_is_audited),
		cmocka_unit_test(test_list_names_the_person),
		cmocka_unit_test(test_counting_ends),
		cmocka_unit_test(test_end_after_unnoticed_start),
		cmocka_unit_test(test_withdrawal_is_audited),
		cmocka_unit_test(test_interim_ended),
		cmocka_unit_test(test_close_with_interim),
		cmocka_unit_test(test_planned_end),
		cmocka_unit_test(test_end_taken_back),
		cmocka_unit_test(test_change_of_needs),
		cmocka_unit_test(test_ended_shows_nothing),
	};

	return cmocka_run_group_tests(tests, placements_begin, placements_end);
}
