/*
 * Conditions of frameworks and the facts of providers: entered, corrected and
 * renewed on pages; who is paused and restarted by them, on edits and by the
 * jobs process; and who is told before a fact ends.
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
#include "support_register.h"

static struct jobs jobs;
static struct browser *owner; /* of Acorn Homecare */

/* "/providers/P.../PART" of Acorn Homecare; lives until the next call. */
static const char *
acorn(const char *part)
{
	static char path[256];

	snprintf(path, sizeof(path), "/providers/%s%s",
	    provider_reference("Acorn Homecare"), part);
	return path;
}

/* "/gates/F.../PART" of Elm's framework; lives until the next call. */
static const char *
elm_gates(const char *part)
{
	static char path[128];

	snprintf(path, sizeof(path), "/gates/%s/%s",
	    sql_text("SELECT f.reference FROM framework f JOIN council c"
		     " ON c.id = f.council_id WHERE c.code = 'elm'"),
	    part);
	return path;
}

static int64_t
acts(const char *act, const char *council)
{
	return sql_number(
	    "SELECT count(*) FROM audit a JOIN council c ON c.id ="
	    " a.council_id WHERE a.act = '%s' AND c.code = '%s'",
	    act, council);
}

/* "open 0, paused 2, ..." : what was written of Acorn at Elm, in days ago. */
static const char *
events(void)
{
	return sql_text(
	    "SELECT coalesce(string_agg(CASE WHEN e.is_open THEN 'open '"
	    " ELSE 'paused ' END || (clock_now() AT TIME ZONE 'Europe/London')"
	    "::date - e.on_day, ', ' ORDER BY e.id), '') FROM gate_event e"
	    " JOIN framework_member m ON m.id = e.member_id"
	    " JOIN organisation o ON o.id = m.organisation_id"
	    " JOIN council c ON c.id = m.council_id"
	    " WHERE c.code = 'elm' AND o.name = 'Acorn Homecare'");
}

static int
begin(void **state)
{
	const char *user = getenv("PGUSER");

	register_begin(state);
	owner = signed_in("owner@acorn.example");
	jobs.config = (struct config) { .address = "http://127.0.0.1:8080" };
	jobs.arena = arena_new(64 << 20);
	/* Connects as what it is, now; the pages' connection stays. */
	setenv("PGUSER", "hearth_jobs", 1);
	jobs.db = db_new(NULL);
	assert_int_equal(jobs_gates(&jobs), JOBS_IDLE);
	if (user != NULL)
		setenv("PGUSER", "hearth_web", 1);
	return 0;
}

static int
end(void **state)
{
	db_free(jobs.db);
	arena_free(jobs.arena);
	browser_free(owner);
	return register_end(state);
}

static void
clean(void)
{
	sql_run("UPDATE test_clock SET moved_by = '0';"
		" DELETE FROM gate_notice; DELETE FROM task;"
		" DELETE FROM mail_copy; DELETE FROM outbox;"
		" DELETE FROM gate_event; DELETE FROM gate_standing;"
		" DELETE FROM fact_renewal; DELETE FROM provider_fact;"
		" DELETE FROM framework_gate_kind;"
		" DELETE FROM framework_gate");
}

/* Elm asks for public liability insurance of ten million pounds. */
static void
insurance_asked(void)
{
	clean();
	sql_run("INSERT INTO framework_gate (council_id, framework_id, name,"
		" fact_kind, test, threshold, starts_on) SELECT f.council_id,"
		" f.id, 'Public liability', 'public_liability', 'at_least',"
		" 10000000, '2022-09-01' FROM framework f JOIN council c"
		" ON c.id = f.council_id WHERE c.code = 'elm'");
}

/* Acorn is insured at Elm, counted in days from today. */
static void
insured(int from, int until)
{
	sql_run("INSERT INTO provider_fact (council_id, organisation_id, kind,"
		" value, valid_from, valid_until, source) SELECT c.id, o.id,"
		" 'public_liability', 10000000, d.today + %d, d.today + %d,"
		" 'Test Mutual 7' FROM council c, organisation o,"
		" (SELECT (clock_now() AT TIME ZONE 'Europe/London')::date)"
		" AS d (today) WHERE c.code = 'elm'"
		" AND o.name = 'Acorn Homecare'",
	    from, until);
}

static void
jobs_day(void)
{
	enum jobs_answer answer;

	while ((answer = jobs_gates(&jobs)) == JOBS_MORE)
		continue;
	assert_int_equal(answer, JOBS_IDLE);
}

static void
later(int days)
{
	sql_run("UPDATE test_clock SET moved_by = moved_by + '%d days'", days);
}

static void
fill_gate(struct browser *browser, const char *path, const char *revision,
    const char *threshold)
{
	browser_post(browser, path, "revision", revision, "name",
	    "Hours a week", "fact", "weekly_hours", "test", "at_least",
	    "threshold", threshold, "asked_of", "all", "service_kinds",
	    "support_at_home", "first_on-day", "1", "first_on-month", "9",
	    "first_on-year", "2022", "last_on-day", "", "last_on-month", "",
	    "last_on-year", "", NULL);
}

/* GET /gates ; gate_new, gate_create, gate_edit, gate_update */
static void
test_rules(void **state)
{
	struct browser *commissioner = signed_in("commissioner@elm.example");
	struct browser *second = signed_in("commissioner@elm.example");
	struct browser *broker = signed_in("broker@elm.example");
	struct browser *oak = signed_in("broker@oak.example");
	char path[128], revision[16];

	(void)state;
	clean();
	browser_get(commissioner, "/gates");
	expect_status(commissioner, 200);
	expect_text(commissioner, "This framework asks nothing");
	browser_get(commissioner, elm_gates("new"));
	fill_gate(commissioner, elm_gates("new"), "", "many");
	expect_status(commissioner, 422);
	expect_text(commissioner, "value=\"many\"");
	fill_gate(commissioner, elm_gates("new"), "", "");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter how much it must be");
	fill_gate(commissioner, elm_gates("new"), "", "200");
	expect_location(commissioner, "/gates");
	assert_int_equal(acts("gate.create", "elm"), 1);
	browser_get(commissioner, "/gates");
	expect_text(commissioner, "At least 200 hours a week");
	expect_text(commissioner, "Support at home");
	assert_string_equal(events(), "paused 0");
	snprintf(path, sizeof(path), "%s%lld", elm_gates(""),
	    (long long)sql_number("SELECT id FROM framework_gate"));
	browser_get(second, path);
	browser_get(commissioner, path);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	fill_gate(commissioner, path, revision, "150");
	expect_status(commissioner, 303);
	fill_gate(second, path, revision, "100");
	expect_status(second, 409);
	expect_text(second, "At least 150 hours a week");
	expect_text(second, "value=\"100\"");
	assert_int_equal(acts("gate.update", "elm"), 1);
	browser_get(broker, "/gates");
	expect_text(broker, "At least 150 hours a week");
	expect_no_text(broker, "Add a condition");
	browser_get(broker, path);
	expect_status(broker, 403);
	browser_get(oak, "/gates");
	expect_no_text(oak, "At least 150 hours a week");
	browser_free(commissioner);
	browser_free(second);
	browser_free(broker);
	browser_free(oak);
}

static void
fill_fact(struct browser *browser, const char *path, const char *revision,
    const char *amount, const char *end_year)
{
	browser_post(browser, path, "revision", revision, "kind",
	    "public_liability", "amount", amount, "decision", "",
	    "starts_on-day", "1", "starts_on-month", "9", "starts_on-year",
	    "2022", "ends_on-day", "31", "ends_on-month", "8", "ends_on-year",
	    end_year, "source", "Certificate 12", "reason", "", NULL);
}

/* fact_new, fact_create, fact_list_show, fact_edit, fact_update */
static void
test_facts(void **state)
{
	struct browser *broker = signed_in("broker@elm.example");
	struct browser *second = signed_in("broker@elm.example");
	struct browser *oak = signed_in("broker@oak.example");
	char path[256], revision[16];

	(void)state;
	insurance_asked();
	browser_get(broker, "/providers");
	expect_text(broker, "Paused</strong>");
	expect_text(broker, "Failed, asks at least £10,000,000");
	browser_get(broker, acorn("/facts/new"));
	fill_fact(broker, acorn("/facts/new"), "", "", "2199");
	expect_status(broker, 422);
	expect_text(broker, "Enter how much it is");
	expect_text(broker, "value=\"Certificate 12\"");
	fill_fact(broker, acorn("/facts/new"), "", "10000000", "2021");
	expect_text(broker, "Last day must be on or after the first day");
	fill_fact(broker, acorn("/facts/new"), "", "10000000", "2199");
	expect_location(broker, acorn("/facts"));
	assert_int_equal(acts("fact.create", "elm"), 1);
	assert_string_equal(events(), "open 0");
	browser_get(broker, acorn("/facts"));
	expect_text(broker, "Passed</strong>");
	expect_text(broker, "1 September 2199");
	expect_text(broker, "Certificate 12");
	expect_text(broker, "broker@elm.example");
	browser_get(broker, acorn(""));
	expect_text(broker, "Support at home: ");
	expect_text(broker, "Open</strong>");
	snprintf(path, sizeof(path), "%s/%lld", acorn("/facts"),
	    (long long)sql_number("SELECT id FROM provider_fact"));
	browser_get(second, path);
	browser_get(broker, path);
	browser_hidden(broker, "revision", revision, sizeof(revision));
	fill_fact(broker, path, revision, "9000000", "2199");
	expect_status(broker, 303);
	assert_string_equal(events(), "open 0, paused 0");
	assert_int_equal(acts("gates.pause", "elm"), 1);
	fill_fact(second, path, revision, "10000000", "2199");
	expect_status(second, 409);
	expect_text(second, "£9,000,000");
	browser_get(oak, acorn("/facts"));
	expect_status(oak, 200);
	expect_no_text(oak, "Certificate 12");
	browser_get(oak, path);
	expect_status(oak, 404);
	browser_get(second, path);
	browser_post(second, path, "act", "remove", "revision", revision, NULL);
	expect_status(second, 409);
	browser_hidden(second, "revision", revision, sizeof(revision));
	browser_post(second, path, "act", "remove", "revision", revision, NULL);
	expect_location(second, acorn("/facts"));
	assert_int_equal(sql_number("SELECT count(*) FROM provider_fact"), 0);
	assert_int_equal(acts("fact.remove", "elm"), 1);
	browser_free(broker);
	browser_free(second);
	browser_free(oak);
}

/* Kinds that are accepted or not need an answer, some of them a reason. */
static void
test_decisions(void **state)
{
	struct browser *broker = signed_in("broker@elm.example");

	(void)state;
	insurance_asked();
	browser_fill(broker, acorn("/facts/new"), "kind",
	    "corporate_experience", "amount", "", "starts_on-day", "1",
	    "starts_on-month", "9", "starts_on-year", "2022", "source",
	    "Letter", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Select whether it is accepted");
	browser_fill(broker, acorn("/facts/new"), "kind",
	    "corporate_experience", "decision", "yes", "amount", "",
	    "starts_on-day", "1", "starts_on-month", "9", "starts_on-year",
	    "2022", "source", "Letter", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter why it is accepted");
	browser_fill(broker, acorn("/facts/new"), "kind",
	    "corporate_experience", "decision", "yes", "amount", "",
	    "starts_on-day", "1", "starts_on-month", "9", "starts_on-year",
	    "2022", "source", "Letter", "reason", "Same manager", NULL);
	expect_status(broker, 303);
	assert_int_equal(
	    sql_number("SELECT value FROM provider_fact WHERE kind ="
		       " 'corporate_experience'"),
	    1);
	browser_free(broker);
}

static void
fill_renewal(const char *amount)
{
	browser_fill(owner, "/our-details/facts/renew", "kind",
	    "public_liability", "amount", amount, "starts_on-day", "1",
	    "starts_on-month", "9", "starts_on-year", "2022", "ends_on-day",
	    "31", "ends_on-month", "8", "ends_on-year", "2199", "source",
	    "Test Mutual 9", NULL);
}

static const char *
renewal_path(void)
{
	static char path[256];
	long long id = sql_number("SELECT w.id FROM fact_renewal w"
				  " JOIN council c ON c.id = w.council_id"
				  " WHERE c.code = 'elm' ORDER BY w.id DESC"
				  " LIMIT 1");

	snprintf(path, sizeof(path), "%s/%lld", acorn("/renewals"), id);
	return path;
}

/* renewal_new, renewal_create, renewal_edit, renewal_update */
static void
test_renewals(void **state)
{
	struct browser *manager = signed_in("manager@acorn.example");
	struct browser *broker = signed_in("broker@elm.example");
	char revision[16];

	(void)state;
	insurance_asked();
	browser_get(owner, "/our-details/facts");
	expect_text(owner, "Failed, asks at least £10,000,000");
	expect_no_text(owner, "/facts/new");
	browser_get(manager, "/our-details/facts");
	expect_no_text(manager, "/our-details/facts/renew");
	fill_renewal("lots");
	expect_status(owner, 422);
	expect_text(owner, "value=\"lots\"");
	fill_renewal("10000000");
	expect_location(owner, "/our-details/facts");
	fill_renewal("12000000");
	assert_int_equal(sql_number("SELECT count(*) FROM fact_renewal"), 4);
	assert_int_equal(sql_number("SELECT count(*) FROM task WHERE kind ="
				    " 'accept_renewal' AND done_at IS NULL"),
	    2);
	assert_int_equal(acts("renewal.create", "oak"), 2);
	assert_int_equal(sql_number("SELECT count(*) FROM provider_fact"), 0);
	browser_get(broker, "/tasks");
	expect_text(broker, "Accept or refuse a renewal");
	expect_text(broker, acorn("/facts"));
	browser_get(broker, acorn("/facts"));
	expect_text(broker, "Test Mutual 9");
	browser_get(broker, renewal_path());
	browser_hidden(broker, "revision", revision, sizeof(revision));
	browser_post(broker, renewal_path(), "revision", revision, "decision",
	    "refused", "reason", "", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter why it is refused");
	browser_post(broker, renewal_path(), "revision", revision, "decision",
	    "refused", "reason", "It cannot be read", NULL);
	expect_location(broker, acorn("/facts"));
	browser_get(broker, acorn("/facts"));
	browser_post(broker, renewal_path(), "revision", revision, "decision",
	    "accepted", "reason", "", NULL);
	expect_status(broker, 409);
	sql_run("UPDATE fact_renewal SET state = 'submitted',"
		" decided_at = NULL WHERE state = 'refused'");
	browser_get(broker, renewal_path());
	browser_hidden(broker, "revision", revision, sizeof(revision));
	browser_post(broker, renewal_path(), "revision", revision, "decision",
	    "accepted", "reason", "", NULL);
	expect_location(broker, acorn("/facts"));
	assert_string_equal(events(), "paused 0, open 0");
	assert_int_equal(acts("renewal.accept", "elm"), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN council c"
		       " ON c.id = t.council_id WHERE c.code = 'elm'"
		       " AND t.done_at IS NULL"),
	    1);
	assert_int_equal(sql_number("SELECT count(*) FROM outbox WHERE"
				    " kind = 'renewal_decided'"),
	    2);
	browser_get(owner, "/our-details/facts");
	expect_text(owner, "Accepted</strong>");
	expect_text(owner, "Waits for the council</strong>");
	browser_free(manager);
	browser_free(broker);
}

/* A day's check that is late still tells the day on which it happened. */
static void
test_paused_by_the_calendar(void **state)
{
	(void)state;
	insurance_asked();
	insured(-30, 3);
	jobs_day();
	assert_string_equal(events(), "open 0");
	jobs_day();
	later(6);
	jobs_day();
	assert_string_equal(events(), "open 6, paused 2");
	assert_int_equal(acts("gates.pause", "elm"), 2);
	insured(-1, 200);
	later(1);
	jobs_day();
	assert_string_equal(events(), "open 7, paused 3, open 0");
	jobs_day();
	assert_string_equal(events(), "open 7, paused 3, open 0");
}

/* "provider 1, council 1": mails to each side since the last time. */
static const char *
mails(void)
{
	static char text[64];

	snprintf(text, sizeof(text), "%s",
	    sql_text("SELECT 'provider ' || count(*) FILTER (WHERE to_email ="
		     " 'offers@acorn.example') || ', council '"
		     " || count(*) FILTER (WHERE to_email ="
		     " 'commissioner@elm.example') FROM outbox"
		     " WHERE kind = 'fact_ends'"));
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind = 'fact_ends'"
		       " AND to_email NOT IN ('offers@acorn.example',"
		       " 'commissioner@elm.example')"),
	    0);
	sql_run("DELETE FROM outbox");
	return text;
}

static int64_t
open_tasks(void)
{
	return sql_number("SELECT count(*) FROM task WHERE kind = 'fact_ends'"
			  " AND done_at IS NULL");
}

/* 60, 30 and 7 days before, each once; one task, done by the renewal. */
static void
test_told_before(void **state)
{
	static const struct {
		int days;
		const char *mails;
		int64_t tasks;
	} rows[] = {
		{ 0, "provider 0, council 0", 0 },
		{ 9, "provider 0, council 0", 0 },
		{ 1, "provider 1, council 1", 1 },
		{ 1, "provider 0, council 0", 1 },
		{ 28, "provider 0, council 0", 1 },
		{ 1, "provider 1, council 1", 1 },
		{ 23, "provider 1, council 1", 1 },
		{ 6, "provider 0, council 0", 1 },
		{ 1, "provider 0, council 0", 1 },
		{ 5, "provider 0, council 0", 1 },
	};
	const int64_t warned = acts("fact.warn", "elm");
	size_t i;

	(void)state;
	insurance_asked();
	insured(-30, 69);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		later(rows[i].days);
		jobs_day();
		jobs_day();
		assert_string_equal(mails(), rows[i].mails);
		assert_int_equal(open_tasks(), rows[i].tasks);
	}
	assert_int_equal(acts("fact.warn", "elm") - warned, 3);
	insured(-1, 300);
	later(1);
	jobs_day();
	assert_int_equal(open_tasks(), 0);
}

/* What is renewed in time is not told of again, and its task is done. */
static void
test_renewed_in_time(void **state)
{
	(void)state;
	insurance_asked();
	insured(-30, 20);
	jobs_day();
	assert_string_equal(mails(), "provider 1, council 1");
	assert_int_equal(open_tasks(), 1);
	browser_get(owner, "/our-details/facts");
	expect_text(owner, "Public liability insurance ends on ");
	insured(21, 386);
	browser_get(owner, "/our-details/facts");
	expect_no_text(owner, "Public liability insurance ends on ");
	later(1);
	jobs_day();
	assert_int_equal(open_tasks(), 0);
	later(14);
	jobs_day();
	assert_string_equal(mails(), "provider 0, council 0");
	assert_string_equal(events(), "open 15");
}

/* A suspension has days; the gates and the register go by them. */
static void
test_suspension(void **state)
{
	struct browser *broker = signed_in("broker@elm.example");
	char *path = membership_path("Acorn Homecare", "elm", "status");
	char revision[16];

	(void)state;
	clean();
	sql_run("INSERT INTO framework_gate (council_id, framework_id, name,"
		" fact_kind, test, starts_on) SELECT f.council_id, f.id,"
		" 'Suspension', 'suspension', 'absent', '2022-09-01'"
		" FROM framework f JOIN council c ON c.id = f.council_id"
		" WHERE c.code = 'elm'");
	jobs_day();
	browser_get(broker, path);
	browser_hidden(broker, "revision", revision, sizeof(revision));
	browser_post(broker, path, "revision", revision, "state", "suspended",
	    "state_reason", "Enquiry", "suspension_starts_on-day", "2",
	    "suspension_starts_on-month", "9", "suspension_starts_on-year",
	    "2022", "suspension_ends_on-day", "1", "suspension_ends_on-month",
	    "9", "suspension_ends_on-year", "2022", "contract_kind",
	    "framework", NULL);
	expect_status(broker, 422);
	expect_text(broker, "on or after its first day");
	browser_post(broker, path, "revision", revision, "state", "suspended",
	    "state_reason", "Enquiry", "contract_kind", "framework", NULL);
	expect_status(broker, 303);
	assert_string_equal(events(), "open 0, paused 0");
	browser_get(broker, "/providers?state=suspended");
	expect_text(broker, "Acorn Homecare");
	sql_run("UPDATE framework_member SET suspended_until ="
		" suspended_on + 2 WHERE state = 'suspended'");
	browser_get(broker, acorn("/facts"));
	expect_text(broker, "Passes from ");
	later(5);
	jobs_day();
	assert_string_equal(events(), "open 5, paused 5, open 2");
	sql_run("UPDATE test_clock SET moved_by = '0'");
	sql_run("UPDATE framework_member SET suspended_on = '2022-09-01',"
		" suspended_until = '2022-09-02' WHERE state = 'suspended'");
	browser_get(broker, "/providers?state=suspended");
	expect_no_text(broker, "Acorn Homecare");
	sql_run("UPDATE framework_member SET state = 'active',"
		" state_reason = '', suspended_on = NULL,"
		" suspended_until = NULL");
	free(path);
	browser_free(broker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_decisions),
		cmocka_unit_test(test_renewals),
		cmocka_unit_test(test_paused_by_the_calendar),
		cmocka_unit_test(test_told_before),
		cmocka_unit_test(test_renewed_in_time),
		cmocka_unit_test(test_suspension),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
