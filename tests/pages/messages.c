/*
 * The outbox and tasks as staff see them, and the steps of the jobs process
 * that go by an offer's reply time, on a clock that the test moves.
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
#include "harness.h"
#include "messages/jobs.h"
#include "messages/transport.h"

static struct jobs jobs;

/* A council, its framework with two members, and a package that waits. */
static const char council_sql[] =
    "INSERT INTO council (code, name) VALUES ('mail-test', 'Mail Test'),"
    "  ('mail-other', 'Mail Other');"
    "INSERT INTO organisation (name) VALUES ('Mail Alder'), ('Mail Birch');"
    "INSERT INTO postcode_sector VALUES"
    "  ('ZZ8 8', 'Testshire', 52, 0, 'rural') ON CONFLICT DO NOTHING;"
    "INSERT INTO area_scheme (council_id, code, name)"
    "  SELECT id, 'd', 'Districts' FROM council WHERE code = 'mail-test';"
    "INSERT INTO area (council_id, scheme_id, code, name, sort)"
    "  SELECT s.council_id, s.id, 'f', 'Fenton', 1 FROM area_scheme s"
    "  JOIN council c ON c.id = s.council_id AND c.code = 'mail-test';"
    "INSERT INTO policy (council_id, code, name)"
    "  SELECT id, 'first', 'First' FROM council WHERE code = 'mail-test';"
    "INSERT INTO policy_version (council_id, policy_id, number, document,"
    "    published_at)"
    "  SELECT p.council_id, p.id, 1, '{}', clock_now() FROM policy p"
    "  JOIN council c ON c.id = p.council_id AND c.code = 'mail-test';"
    "INSERT INTO rate_card (council_id, code, name, effective_on,"
    "    hourly_rate_pence)"
    "  SELECT id, 's', 'Standard', '2022-09-01', 2192 FROM council"
    "  WHERE code = 'mail-test';"
    "INSERT INTO framework (council_id, code, name, scheme_id, starts_on,"
    "    policy_version_id, rate_card_code)"
    "  SELECT s.council_id, 'h', 'Homecare', s.id, '2022-09-01', v.id, 's'"
    "  FROM area_scheme s JOIN policy_version v USING (council_id)"
    "  JOIN council c ON c.id = s.council_id AND c.code = 'mail-test';"
    "INSERT INTO framework_member (council_id, framework_id, organisation_id,"
    "    joined_on, spare_minutes)"
    "  SELECT f.council_id, f.id, o.id, '2022-09-01', 600"
    "  FROM framework f JOIN council c ON c.id = f.council_id"
    "   AND c.code = 'mail-test', organisation o"
    "  WHERE o.name IN ('Mail Alder', 'Mail Birch');"
    "INSERT INTO organisation_contact (organisation_id, name, telephone,"
    "    email, gets_offers)"
    "  SELECT id, 'Dora Desk', '01632 960123', 'desk@alder.example', true"
    "  FROM organisation WHERE name = 'Mail Alder';"
    "INSERT INTO person (council_id, person_number, given_name, family_name)"
    "  SELECT id, 'M1', 'Canary', 'Person' FROM council"
    "  WHERE code = 'mail-test'";

/* One package more with a round of two offers: two hours to reply. */
static const char round_sql[] =
    "WITH k AS (INSERT INTO package (council_id, person_id, state,"
    "    framework_council_id, framework_id, funding_id, service_kind_id,"
    "    group_id, sector, area_id, rurality, urgency, start_wanted_at,"
    "    waiting_since, wait_reason, weekly_minutes)"
    "  SELECT p.council_id, p.id, 'waiting', p.council_id, f.id,"
    "    (SELECT min(id) FROM care_term WHERE kind = 'funding'),"
    "    (SELECT min(id) FROM care_term WHERE kind = 'service_kind'),"
    "    (SELECT min(id) FROM care_term WHERE kind = 'service_user_group'),"
    "    'ZZ8 8', a.id, 'rural', 'standard', clock_now() + interval '2 days',"
    "    clock_now(), 'nothing_in_place', 420"
    "  FROM person p JOIN framework f USING (council_id)"
    "  JOIN area a USING (council_id) WHERE p.person_number = 'M1'"
    "  RETURNING *),"
    "v AS (INSERT INTO package_version (council_id, package_id, version,"
    "    document) SELECT council_id, id, 1, '{}' FROM k),"
    "r AS (INSERT INTO offer_round (council_id, package_id, number,"
    "    package_version, policy_council_id, policy_version_id, wave, winner,"
    "    sent_at, reply_by, start_wanted_at)"
    "  SELECT k.council_id, k.id, 1, 1, k.council_id, v.id, 'all', 'first',"
    "    n.now, n.now + interval '2 hours', k.start_wanted_at"
    "  FROM k JOIN policy_version v USING (council_id),"
    "    (SELECT clock_now() AS now) AS n RETURNING *)"
    "INSERT INTO offer (council_id, package_id, round_id, organisation_id,"
    "    member_council_id, member_id, package_version, position, sent_at,"
    "    reply_by, start_wanted_at, weekly_minutes, reference)"
    "  SELECT r.council_id, r.package_id, r.id, m.organisation_id,"
    "    m.council_id, m.id, 1, m.id, r.sent_at, r.reply_by,"
    "    r.start_wanted_at, 420, CASE o.name WHEN 'Mail Alder' THEN 'OA'"
    "      ELSE 'OB' END || '%s' FROM r JOIN framework_member m"
    "  USING (council_id) JOIN organisation o ON o.id = m.organisation_id";

static void
mail_add(const char *offer, const char *kind, const char *to)
{
	sql_run("INSERT INTO outbox (council_id, kind, offer_id, to_email,"
		" subject, body) SELECT o.council_id, '%s', o.id, '%s',"
		" 'A new offer of care', E'Sign in.\\n\\n' ||"
		" 'http://127.0.0.1:8080/offers/' || o.reference || E'\\n' ||"
		" 'http://127.0.0.1:8080//evil.example' FROM offer o"
		" WHERE o.reference = '%s'",
	    kind, to, offer);
}

static void
clock_moved(const char *by)
{
	sql_run("UPDATE test_clock SET moved_by = '%s'", by);
}

static void
clock_forward(const char *by)
{
	sql_run("UPDATE test_clock SET moved_by = moved_by + '%s'", by);
}

static int
messages_begin(void **state)
{
	const char *user = getenv("PGUSER");

	(void)state;
	harness_begin();
	sql_run("%s", council_sql);
	account_make("admin@mail.example", "Ada Mail", "council_administrator",
	    "mail-test", "");
	account_make(
	    "broker@mail.example", "Bert Mail", "broker", "mail-test", "");
	account_make(
	    "auditor@mail.example", "Anna Mail", "auditor", "mail-test", "");
	account_make(
	    "broker@other.example", "Olga Other", "broker", "mail-other", "");
	account_make("admin@other.example", "Otto Other",
	    "council_administrator", "mail-other", "");
	jobs.config = (struct config) {
		.address = "http://127.0.0.1:8080",
		.var = getenv("HEARTH_VAR"),
		.mail_from = "Hearth <hearth@example.org>",
	};
	jobs.arena = arena_new(64 << 20);
	jobs.transport = transport_new(&jobs.config);
	assert_non_null(jobs.transport);
	/* Connects as what it is, now; the pages' connection stays. */
	setenv("PGUSER", "hearth_jobs", 1);
	jobs.db = db_new(NULL);
	assert_int_equal(jobs_remind(&jobs), JOBS_IDLE);
	if (user != NULL)
		setenv("PGUSER", "hearth_web", 1);
	return 0;
}

static int
messages_end(void **state)
{
	(void)state;
	db_free(jobs.db);
	arena_free(jobs.arena);
	transport_free(jobs.transport);
	harness_end();
	return 0;
}

static int
round_begin(void **state)
{
	(void)state;
	clock_moved("0");
	return 0;
}

static int64_t
reminders(const char *offer)
{
	return sql_number("SELECT count(*) FROM outbox m"
			  " JOIN offer o ON o.id = m.offer_id"
			  " WHERE o.reference = '%s'"
			  " AND m.kind = 'offer_reminder'",
	    offer);
}

static int64_t
open_tasks(const char *offer)
{
	return sql_number("SELECT count(*) FROM task t"
			  " JOIN offer o ON o.id = t.offer_id"
			  " WHERE o.reference = '%s' AND t.done_at IS NULL"
			  " AND t.kind = 'telephone_offer'",
	    offer);
}

static void
step(void)
{
	assert_int_equal(jobs_remind(&jobs), JOBS_IDLE);
}

static void
send_all(void)
{
	enum jobs_answer answer;

	while ((answer = jobs_send(&jobs)) == JOBS_MORE)
		continue;
	assert_int_equal(answer, JOBS_IDLE);
}

static void
a_reminder_comes_once_at_half(void **state)
{
	(void)state;
	sql_run(round_sql, "0000001");
	mail_add("OA0000001", "new_offer", "desk@alder.example");
	mail_add("OA0000001", "new_offer", "second@alder.example");
	mail_add("OB0000001", "new_offer", "desk@birch.example");
	send_all();
	step();
	clock_forward("59 minutes");
	step();
	assert_int_equal(reminders("OA0000001"), 0);
	sql_run(
	    "UPDATE offer SET state = 'declined', replied_at = clock_now(),"
	    " decline_reason_id = (SELECT min(id) FROM care_term"
	    " WHERE kind = 'decline_reason') WHERE reference = 'OB0000001'");
	clock_forward("2 minutes");
	step();
	step();
	assert_int_equal(reminders("OA0000001"), 2);
	assert_int_equal(reminders("OB0000001"), 0);
	clock_forward("10 minutes");
	step();
	assert_int_equal(reminders("OA0000001"), 2);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox"
		       " WHERE kind = 'offer_reminder'"
		       " AND body LIKE '%%/offers/OA0000001%%'"
		       " AND body NOT LIKE '%%Canary%%' AND council_id IS NOT"
		       " NULL AND subject LIKE 'Reminder: reply to offer"
		       " OA0000001 by%%'"),
	    2);
	assert_int_equal(open_tasks("OA0000001"), 0);
}

static void
nothing_is_said_too_late(void **state)
{
	(void)state;
	sql_run(round_sql, "0000002");
	mail_add("OA0000002", "new_offer", "desk@alder.example");
	mail_add("OB0000002", "new_offer", "desk@birch.example");
	step();
	/* The jobs process stood still for three hours. */
	clock_forward("3 hours");
	step();
	send_all();
	assert_int_equal(reminders("OA0000002"), 0);
	assert_int_equal(open_tasks("OA0000002"), 0);
	assert_string_equal(
	    sql_text("SELECT m.last_error FROM outbox m JOIN offer o"
		     " ON o.id = m.offer_id AND o.reference = 'OA0000002'"),
	    "the offer was over before the mail could be sent");
}

static void
mail_that_cannot_be_sent_is_telephoned(void **state)
{
	(void)state;
	sql_run(round_sql, "0000003");
	/* Refused for good, and no mail at all: a task at once. */
	mail_add("OA0000003", "new_offer", "not an address");
	step();
	send_all();
	step();
	step();
	assert_int_equal(open_tasks("OA0000003"), 1);
	assert_int_equal(open_tasks("OB0000003"), 1);
	sql_run("UPDATE task SET due_by = due_by + '1 hour' FROM offer o"
		" WHERE o.id = offer_id AND o.reference = 'OA0000003'");
	step();
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN offer o"
		       " ON o.id = t.offer_id JOIN offer_round r"
		       " ON r.id = o.round_id WHERE o.reference = 'OA0000003'"
		       " AND t.due_by = r.half_at AND t.due_by = r.sent_at"
		       " + interval '1 hour'"),
	    1);
	assert_int_equal(sql_number("SELECT count(*) FROM audit a JOIN task t"
				    " ON t.reference = a.object_reference"
				    " JOIN offer o ON o.id = t.offer_id"
				    " WHERE o.reference = 'OA0000003'"
				    " AND a.act = 'task.create'"
				    " AND a.council_id = t.council_id"),
	    1);
}

static void
mail_that_is_late_is_telephoned_before_half(void **state)
{
	(void)state;
	sql_run(round_sql, "0000004");
	mail_add("OA0000004", "new_offer", "desk@alder.example");
	mail_add("OB0000004", "new_offer", "desk@birch.example");
	sql_run("UPDATE outbox SET next_attempt_at = clock_now() + '30 minutes'"
		" WHERE to_email = 'desk@alder.example' AND sent_at IS NULL");
	step();
	send_all();
	clock_forward("39 minutes");
	step();
	assert_int_equal(open_tasks("OA0000004"), 0);
	clock_forward("2 minutes");
	step();
	assert_int_equal(open_tasks("OA0000004"), 1);
	assert_int_equal(open_tasks("OB0000004"), 0);
	/* It arrives after all: nobody need telephone. */
	send_all();
	step();
	assert_int_equal(open_tasks("OA0000004"), 0);
	clock_forward("10 minutes");
	step();
	assert_int_equal(open_tasks("OA0000004"), 0);
}

/* The menu counts the open tasks of the council. */
static void
expect_todo(struct browser *browser)
{
	const int64_t open = sql_number(
	    "SELECT count(*) FROM task t JOIN council c ON c.id = t.council_id"
	    " WHERE c.code = 'mail-test' AND t.done_at IS NULL");
	char text[96];

	snprintf(text, sizeof(text),
	    "%d<span class=\"govuk-visually-hidden\"> thing%s to do</span>",
	    (int)open, open == 1 ? "" : "s");
	if (open > 0)
		expect_text(browser, text);
	else
		expect_no_text(browser, "hearth-todo");
}

static void
tasks_are_done_by_staff(void **state)
{
	struct browser *broker = browser_signed_in("broker@mail.example");
	struct browser *other = browser_signed_in("broker@other.example");
	struct browser *auditor = browser_signed_in("auditor@mail.example");
	char task[16];

	(void)state;
	sql_run(round_sql, "0000005");
	step();
	snprintf(task, sizeof(task), "%s",
	    sql_text("SELECT t.reference FROM task t JOIN offer o"
		     " ON o.id = t.offer_id WHERE o.reference = 'OA0000005'"));
	browser_get(broker, "/tasks");
	expect_status(broker, 200);
	expect_todo(broker);
	expect_text(broker, "Telephone this provider");
	expect_text(broker, "Mail Alder");
	expect_text(broker, "Dora Desk 01632 960123");
	expect_text(broker, "/offers/OA0000005/record");
	expect_no_text(broker, "Canary");
	/* The page of an error is shown without asking for more. */
	browser_get(broker, "/packages/K00000000");
	expect_status(broker, 404);
	expect_text(broker, ">Tasks</a>");
	browser_get(other, "/tasks");
	expect_no_text(other, "hearth-todo");
	expect_no_text(other, "Mail Alder");
	expect_text(other, "Nothing has to be done by hand");
	browser_get(auditor, "/tasks");
	expect_text(auditor, "Mail Alder");
	expect_no_text(auditor, "name=\"task\"");

	browser_get(other, "/change-password");
	browser_post(other, "/tasks", "task", task, NULL);
	assert_int_equal(open_tasks("OA0000005"), 1);
	browser_post(auditor, "/tasks", "task", task, NULL);
	expect_status(auditor, 403);
	browser_get(broker, "/tasks");
	browser_post(broker, "/tasks", "task", task, NULL);
	expect_location(broker, "/tasks");
	browser_follow(broker);
	expect_text(broker, "Marked as done");
	expect_todo(broker);
	assert_int_equal(open_tasks("OA0000005"), 0);
	browser_get(broker, "/tasks?view=done");
	expect_text(broker, "Bert Mail");
	/* Done is done: no second task for the same offer. */
	step();
	assert_int_equal(open_tasks("OA0000005"), 0);
	browser_get(broker, "/tasks?view=mine");
	expect_status(broker, 200);
	browser_get(broker, "/tasks");
	browser_post(broker, "/tasks", "task", "T00000000", NULL);
	browser_follow(broker);
	expect_text(broker, "That was already done");
	browser_get(broker, "/tasks");
	browser_post(broker, "/tasks", NULL);
	expect_status(broker, 404);
	browser_free(broker);
	browser_free(other);
	browser_free(auditor);
}

/* However much was sent, a page counts no further than it can show. */
static void
mail_is_counted_up_to_a_limit(void **state)
{
	struct browser *admin = browser_signed_in("admin@mail.example");

	(void)state;
	sql_run("INSERT INTO outbox (council_id, kind, to_email, subject, body,"
		" sent_at) SELECT id, 'crowd', 'crowd@alder.example', 'Crowd',"
		" '', clock_now() FROM council, generate_series(1, 10050)"
		" WHERE code = 'mail-test'");
	browser_get(admin, "/mail?kind=crowd&page=999");
	expect_text(admin, "The newest 10,000 mails");
	expect_text(admin, "aria-label=\"Page 500\" aria-current=\"page\"");
	expect_no_text(admin, "Page 501");
	expect_text(admin, "<option value=\"crowd\" selected>Crowd</option>");
	browser_get(admin, "/mail?kind=crowd&state=failed");
	expect_text(admin, "No mail fits the filter");
	sql_run("DELETE FROM outbox WHERE kind = 'crowd'");
	browser_free(admin);
}

static void
administrators_see_the_mail(void **state)
{
	struct browser *admin = browser_signed_in("admin@mail.example");
	struct browser *other = browser_signed_in("admin@other.example");
	struct browser *broker = browser_signed_in("broker@mail.example");
	char path[64];

	(void)state;
	sql_run(round_sql, "0000006");
	mail_add("OA0000006", "new_offer", "show@alder.example");
	mail_add("OB0000006", "offer_chosen", "wrong address");
	snprintf(path, sizeof(path), "/mail/%s",
	    sql_text("SELECT id FROM outbox WHERE to_email ="
		     " 'show@alder.example'"));
	browser_get(admin, path);
	expect_text(admin, "Not sent yet");
	send_all();
	browser_get(admin, "/mail");
	expect_status(admin, 200);
	expect_text(admin, "show@alder.example");
	expect_text(admin, "Offer chosen");
	browser_get(admin, path);
	expect_status(admin, 200);
	expect_text(admin, "A new offer of care");
	expect_text(admin, "Mail Alder");
	expect_text(admin, "OA0000006");
	expect_text(admin, ".eml");
	/* A file lies open here anyway; what a server sends is its reader's. */
	expect_text(admin, "Sign in.");
	/* The page is the provider's: told, but no link that would refuse. */
	expect_text(admin, "http://127.0.0.1:8080/offers/OA0000006");
	expect_no_text(admin, "href=\"/offers/OA0000006");
	expect_no_text(admin, "href=\"//evil");
	harness_smtp("smtp://127.0.0.1");
	browser_get(admin, path);
	harness_smtp(NULL);
	expect_text(admin, "The text of a mail is not shown");
	expect_no_text(admin, "Sign in.");
	browser_get(admin, "/mail?state=failed");
	expect_text(admin, "wrong address");
	expect_no_text(admin, "show@alder.example");
	browser_get(admin, "/mail?state=sent&kind=new_offer");
	expect_text(admin, "show@alder.example");
	browser_get(admin, "/mail?kind=nothing");
	expect_text(admin, "No mail fits the filter");
	browser_get(admin, "/mail/0");
	expect_status(admin, 404);
	browser_get(admin, "/mail/99999999999999999999");
	expect_status(admin, 404);

	browser_get(other, path);
	expect_status(other, 404);
	browser_get(other, "/mail");
	expect_text(other, "No mail has been written yet");
	browser_get(broker, "/mail");
	expect_status(broker, 403);
	browser_get(broker, path);
	expect_status(broker, 403);
	browser_free(admin);
	browser_free(other);
	browser_free(broker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_reminder_comes_once_at_half, round_begin),
		cmocka_unit_test_setup(nothing_is_said_too_late, round_begin),
		cmocka_unit_test_setup(
		    mail_that_cannot_be_sent_is_telephoned, round_begin),
		cmocka_unit_test_setup(
		    mail_that_is_late_is_telephoned_before_half, round_begin),
		cmocka_unit_test_setup(tasks_are_done_by_staff, round_begin),
		cmocka_unit_test_setup(
		    mail_is_counted_up_to_a_limit, round_begin),
		cmocka_unit_test_setup(
		    administrators_see_the_mail, round_begin),
	};

	return cmocka_run_group_tests_name(
	    "messages", tests, messages_begin, messages_end);
}
