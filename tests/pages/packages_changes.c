/*
 * Packages that change: two brokers at once, offers that are out, versions,
 * waits, who looks after them, the board, and how they end. And people.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support_packages.h"

static struct browser *broker, *second;

static int
begin(void **state)
{
	(void)state;
	two_brokers_begin(&broker, &second);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	two_brokers_end(broker, second);
	return 0;
}

static void
keep(char reference[32], const char *text)
{
	snprintf(reference, 32, "%s", text);
}

static int64_t
version_of(const char *reference)
{
	return sql_number(
	    "SELECT version FROM package WHERE reference = '%s'", reference);
}

/* Who has two tabs open is not told of somebody else. */
static void
test_two_tabs(void **state)
{
	char reference[32], revision[16];
	const char *path;

	(void)state;
	keep(reference, package_enter(broker, "Tabs"));
	path = path_of(reference, "before-coming");
	browser_get(broker, path);
	browser_hidden(broker, "revision", revision, sizeof(revision));
	FILL(broker, path, "smoker", "yes", "pets", "no", "know_before",
	    "Ring twice");
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "Saved: What a worker should know before coming");
	browser_post(broker, path, "revision", revision, "smoker", "no", "pets",
	    "yes", "know_before", "A steep path", NULL);
	expect_status(broker, 409);
	expect_text(broker, "You saved a change on ");
	expect_text(broker, "in another tab");
	expect_no_text(broker, "Nora North saved");
	expect_no_text(broker, "Somebody else");
}

static void
test_two_brokers(void **state)
{
	char reference[32], revision[16];
	const char *path;

	(void)state;
	keep(reference, package_enter(broker, "Twice"));
	path = path_of(reference, "before-coming");
	browser_get(second, path);
	browser_hidden(second, "revision", revision, sizeof(revision));
	FILL(broker, path, "smoker", "yes", "pets", "no", "know_before",
	    "Ring twice");
	expect_status(broker, 303);
	browser_post(second, path, "revision", revision, "smoker", "no", "pets",
	    "yes", "know_before", "A steep path", NULL);
	expect_status(second, 409);
	expect_text(second, "Nora North saved a change on ");
	expect_text(second, "Nora North saved this first");
	expect_no_text(second, "in another tab");
	expect_text(second, "Ring twice");
	expect_text(second, "A steep path");
	assert_string_equal(
	    sql_text("SELECT know_before FROM package WHERE reference = '%s'",
		reference),
	    "Ring twice");
	/* The page sends all of mine again, over what is saved now. */
	browser_hidden(second, "revision", revision, sizeof(revision));
	browser_post(second, path, "revision", revision, "smoker", "no", "pets",
	    "yes", "know_before", "A steep path", NULL);
	expect_status(second, 303);
	assert_string_equal(
	    sql_text("SELECT know_before FROM package WHERE reference = '%s'",
		reference),
	    "A steep path");
}

/* A line that the other broker removed is not lost to who was changing it. */
static void
test_removed_meanwhile(void **state)
{
	char reference[32], revision[16], path[96];

	(void)state;
	keep(reference, package_enter(broker, "Remove"));
	snprintf(path, sizeof(path), "/packages/%s/outcomes/%s", reference,
	    sql_text("SELECT w.id FROM outcome_wanted w JOIN package k"
		     " ON k.id = w.package_id WHERE k.reference = '%s'",
		reference));
	browser_get(second, path);
	browser_hidden(second, "revision", revision, sizeof(revision));
	FILL(broker, path, "act", "remove");
	expect_status(broker, 303);
	browser_post(second, path, "revision", revision, "text",
	    "Sing in the choir", NULL);
	expect_status(second, 409);
	expect_text(second, "Sing in the choir");
	browser_hidden(second, "revision", revision, sizeof(revision));
	browser_post(second, path, "revision", revision, "text",
	    "Sing in the choir", NULL);
	expect_status(second, 303);
	browser_get(second, path_of(reference, "outcomes"));
	expect_text(second, "Sing in the choir");
}

static void
test_versions(void **state)
{
	char reference[32];

	(void)state;
	keep(reference, package_wait(broker, "Version"));
	browser_get(broker, path_of(reference, "change"));
	expect_text(broker, "Each change is kept as a new version");
	/* The same again is no change; a longer visit is one. */
	FILL(broker, path_of(reference, "before-coming"), "smoker", "no",
	    "pets", "yes", "know_before", "A friendly old dog");
	assert_int_equal(version_of(reference), 1);
	FILL(broker, path_of(reference, "visits/new"), "purpose", "Lunch",
	    "kind", "times", "times", "1", "minutes", "60", "carers", "1",
	    "timing", "flexible");
	expect_status(broker, 303);
	assert_int_equal(version_of(reference), 2);
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "Changed to version 2: visits");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_wait w JOIN package k"
		       " ON k.id = w.package_id WHERE k.reference = '%s'",
		reference),
	    2);
	assert_int_equal(
	    sql_number("SELECT w.minutes_wanted FROM package_wait w"
		       " JOIN package k ON k.id = w.package_id"
		       " WHERE k.reference = '%s' AND w.until_at IS NULL",
		reference),
	    375);
	FILL(broker, path_of(reference, "waiting"), "reason", "interim_care",
	    "minutes_in_place", "2");
	assert_int_equal(version_of(reference), 2);
	assert_int_equal(
	    sql_number("SELECT w.minutes_in_place FROM package_wait w"
		       " JOIN package k ON k.id = w.package_id"
		       " WHERE k.reference = '%s' AND w.until_at IS NULL",
		reference),
	    120);
}

static void
test_change_while_offered(void **state)
{
	char reference[32], revision[16];
	const char *path;

	(void)state;
	keep(reference, package_wait(broker, "Offered"));
	package_offer(reference);
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "0 of 2 have answered");
	browser_get(broker, path_of(reference, "change"));
	expect_text(broker, "Offers are out to 2 providers");
	path = path_of(reference, "needs");
	browser_get(broker, path);
	browser_hidden(broker, "revision", revision, sizeof(revision));
	browser_post(broker, path, "revision", revision, "specialism_must",
	    "stroke", "two_carers", "no", NULL);
	expect_status(broker, 200);
	expect_text(broker, "Nothing is saved yet");
	expect_text(broker, "becomes version 2");
	expect_text(broker, "value=\"stroke\"");
	assert_int_equal(version_of(reference), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_need n JOIN package k"
		       " ON k.id = n.package_id JOIN care_term t"
		       " ON t.id = n.term_id WHERE t.code = 'stroke'"
		       " AND k.reference = '%s'",
		reference),
	    0);
	browser_post(broker, path, "revision", revision, "specialism_must",
	    "stroke", "two_carers", "no", "confirm", "yes", NULL);
	expect_status(broker, 303);
	assert_int_equal(version_of(reference), 2);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer f JOIN package k"
		       " ON k.id = f.package_id WHERE k.reference = '%s'"
		       " AND f.state = 'withdrawn'",
		reference),
	    2);
	assert_string_equal(
	    sql_text("SELECT o.outcome FROM offer_round o JOIN package k"
		     " ON k.id = o.package_id WHERE k.reference = '%s'",
		reference),
	    "withdrawn");
	browser_follow(broker);
	expect_text(broker, "Find providers and send offers");
	expect_text(broker, "Round 1: the offers were withdrawn");
}

/* What providers were not shown can change under their offers. */
static void
test_address_while_offered(void **state)
{
	char reference[32];

	(void)state;
	keep(reference, package_wait(broker, "Address"));
	package_offer(reference);
	FILL(broker, path_of(reference, "place"), "address", "2 Larch Lane",
	    "postcode", "ZY1 1AB", "directions", "Round the back");
	expect_status(broker, 303);
	assert_int_equal(version_of(reference), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer_round o JOIN package k"
		       " ON k.id = o.package_id WHERE k.reference = '%s'"
		       " AND o.settled_at IS NULL",
		reference),
	    1);
}

static void
test_cancel(void **state)
{
	char reference[32];

	(void)state;
	keep(reference, package_wait(broker, "Cancel"));
	package_offer(reference);
	browser_get(broker, path_of(reference, "cancel"));
	expect_text(broker, "Offers are out to 2 providers");
	browser_post(broker, path_of(reference, "cancel"), "reason", " ", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter why the package is cancelled");
	browser_post(
	    broker, path_of(reference, "cancel"), "reason", "Moved away", NULL);
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "The package is cancelled");
	expect_text(broker, "Moved away");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_wait w JOIN package k"
		       " ON k.id = w.package_id WHERE k.reference = '%s'"
		       " AND w.until_at IS NULL",
		reference),
	    0);
	browser_get(broker, path_of(reference, "place"));
	expect_location(broker, path_of(reference, ""));
	browser_follow(broker);
	expect_text(broker, "can no longer be changed");
}

static void
placement_make(const char *reference)
{
	sql_run("INSERT INTO placement (council_id, package_id, person_id,"
		" organisation_id, starts_at, weekly_minutes,"
		" weekly_price_pence) SELECT k.council_id, k.id, k.person_id,"
		" g.id, clock_now(), 315, 12278 FROM package k, organisation g"
		" WHERE k.reference = '%s'"
		" AND g.name = 'Foxglove Test Care'",
	    reference);
	sql_run("UPDATE package SET state = 'placed' WHERE reference = '%s'",
	    reference);
}

static void
test_close(void **state)
{
	char reference[32];

	(void)state;
	keep(reference, package_wait(broker, "Close"));
	browser_get(broker, path_of(reference, "close"));
	expect_location(broker, path_of(reference, ""));
	placement_make(reference);
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "Foxglove Test Care");
	browser_get(broker, path_of(reference, "close"));
	expect_location(broker, path_of(reference, ""));
	browser_follow(broker);
	expect_text(broker, "End the placement first");
	sql_run("UPDATE placement SET state = 'ended', ended_at = clock_now(),"
		" end_reason = 'Moved' FROM package k"
		" WHERE k.id = placement.package_id AND k.reference = '%s'",
	    reference);
	browser_get(broker, path_of(reference, "close"));
	expect_status(broker, 200);
	browser_post(broker, path_of(reference, "close"), "reason", "", NULL);
	expect_status(broker, 422);
	browser_post(broker, path_of(reference, "close"), "reason",
	    "Care has ended", NULL);
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "The package is closed");
}

static void
test_board(void **state)
{
	char reference[32];
	char path[64];

	(void)state;
	keep(reference, package_wait(broker, "Board"));
	package_offer(reference);
	sql_run("UPDATE package SET urgency = 'rapid' WHERE reference = '%s'",
	    reference);
	browser_get(broker, "/packages?state=offered&urgency=rapid");
	expect_status(broker, 200);
	expect_text(broker, reference);
	expect_text(broker, "0 of 2");
	expect_text(broker, "1 hour 59 minutes");
	expect_text(broker, "Rapid");
	browser_get(broker, "/packages?q=board");
	expect_text(broker, reference);
	expect_text(broker, "1 package, urgent first");
	browser_get(broker, "/packages?area=hills&q=board");
	expect_text(broker, "No package fits the filters");
	browser_get(broker,
	    "/packages?area=vale&group=older_people&assigned=me&q=board");
	expect_text(broker, reference);
	snprintf(path, sizeof(path), "/packages/%s/assign", reference);
	browser_post(
	    broker, path, "assignee", "nobody", "board", "q=board", NULL);
	expect_location(broker, "/packages?q=board");
	browser_get(broker, "/packages?assigned=nobody&q=board");
	expect_text(broker, "Assign to me");
	browser_get(second, "/packages?q=board");
	browser_post(
	    second, path, "assignee", "me", "board", "q=board\" onclick", NULL);
	expect_location(second, "/packages");
	browser_get(broker, "/packages?q=board");
	expect_text(broker, "Sol Second");
	browser_get(broker, path);
	expect_text(broker, "Nora North");
	browser_post(broker, path, "assignee", "A00000000", NULL);
	expect_status(broker, 422);
	browser_get(broker, "/packages?state=all&page=99");
	expect_status(broker, 200);
}

/* What waits says since when, and for which start. */
static void
test_board_of_waiting(void **state)
{
	char reference[32], text[64];

	(void)state;
	keep(reference, package_wait(broker, "Boarded"));
	browser_get(broker, "/packages?state=waiting&q=boarded");
	expect_text(broker, reference);
	snprintf(text, sizeof(text), "Since %s",
	    sql_text("SELECT to_char(waiting_since AT TIME ZONE"
		     " 'Europe/London', 'FMDD Mon') FROM package"
		     " WHERE reference = '%s'",
		reference));
	expect_text(broker, text);
	snprintf(text, sizeof(text), "Start %s, 8:30am",
	    sql_text("SELECT to_char(start_wanted_at AT TIME ZONE"
		     " 'Europe/London', 'FMDD Mon') FROM package"
		     " WHERE reference = '%s'",
		reference));
	expect_text(broker, text);
}

static int64_t
searches(const char *reference)
{
	return sql_number("SELECT count(*) FROM audit"
			  " WHERE act = 'person.search'"
			  " AND detail -> 'packages' ? '%s'",
	    reference);
}

/* By the person's name, which the page does not say; the look is audited. */
static void
test_board_by_name(void **state)
{
	char reference[32];

	(void)state;
	keep(reference, package_wait(broker, "Kestrelton"));
	browser_get(broker, "/packages");
	browser_post(broker, "/packages", "name", " ", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter the name of the person");
	browser_post(broker, "/packages", "name", "kestrel", NULL);
	expect_status(broker, 200);
	expect_text(broker, reference);
	expect_no_text(broker, "Harriet");
	assert_int_equal(searches(reference), 1);
	browser_post(broker, "/packages", "name", "Harriet Kestrelton", NULL);
	expect_text(broker, reference);
	browser_post(broker, "/packages", "name", "estrelton", NULL);
	expect_no_text(broker, reference);
	expect_text(broker, "Nobody of that name");
	assert_int_equal(searches(reference), 2);
}

static void
test_person(void **state)
{
	char person[32], path[96], contact[96];

	(void)state;
	package_enter(broker, "Person");
	keep(person, sql_text("SELECT reference FROM person"
			      " WHERE person_number = 'Person'"));
	snprintf(path, sizeof(path), "/people/%s/edit", person);
	FILL(broker, path, "person_number", "Twice", "given_name", "Harriet",
	    "family_name", "", "born_on-day", "27", "born_on-month", "3",
	    "born_on-year", "1941", "address", "1 Larch", "postcode",
	    "ZY1 1AA");
	expect_status(broker, 422);
	expect_text(broker, "Enter the last name");
	FILL(broker, path, "person_number", "Person", "given_name", "Harriet",
	    "family_name", "Linden", "born_on-day", "27", "born_on-month", "3",
	    "born_on-year", "1941", "address", "1 Larch", "postcode", "ZY1 1AA",
	    "communication_needs", "Large print");
	expect_location(broker, "/people/");
	browser_follow(broker);
	expect_text(broker, "Harriet Linden");
	expect_text(broker, "Large print");
	browser_post(
	    broker, path, "revision", "1", "given_name", "Hetty", NULL);
	expect_status(broker, 409);
	expect_text(broker, "Hetty");
	snprintf(path, sizeof(path), "/people/%s/contacts/new", person);
	FILL(broker, path, "kind", "", "name", "", "telephone", "x");
	expect_status(broker, 422);
	expect_text(broker, "Select the kind of contact");
	FILL(broker, path, "kind", "emergency", "name", "Una Elm");
	expect_text(broker, "Enter the telephone number of the emergency");
	FILL(broker, path, "kind", "emergency", "name", "Una Elm", "relation",
	    "niece", "telephone", "01632 960 002");
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "Una Elm");
	snprintf(contact, sizeof(contact), "/people/%s/contacts/%s", person,
	    sql_text("SELECT id FROM person_contact WHERE name = 'Una Elm'"
		     " ORDER BY id DESC"));
	FILL(broker, contact, "kind", "informal_carer", "name", "Una Ash");
	expect_status(broker, 303);
	FILL(broker, contact, "act", "remove");
	browser_follow(broker);
	expect_text(broker, "Contact removed");
	expect_no_text(broker, "Una Ash");
}

/* A number that was free when the form was checked, and taken when saved. */
static void
test_number_taken_meanwhile(void **state)
{
	static const char message[] =
	    "is the number of somebody who is in Hearth already";
	char person[32], path[96], revision[16];

	(void)state;
	package_enter(broker, "First");
	package_enter(broker, "Other");
	keep(person, sql_text("SELECT reference FROM person"
			      " WHERE person_number = 'First'"));
	snprintf(path, sizeof(path), "/people/%s/edit", person);
	browser_get(broker, path);
	browser_hidden(broker, "revision", revision, sizeof(revision));
	sql_run("BEGIN");
	sql_run("UPDATE person SET person_number = 'Free'"
		" WHERE person_number = 'Other'");
	sql_commit_soon();
	browser_post(broker, path, "revision", revision, "person_number",
	    "free", "given_name", "Harriet", "family_name", "Taken",
	    "born_on-day", "27", "born_on-month", "3", "born_on-year", "1941",
	    "address", "1 Larch", "postcode", "ZY1 1AA", NULL);
	sql_commit_wait();
	expect_status(broker, 422);
	expect_text(broker, message);
	expect_text(broker, "value=\"Taken\"");
	browser_get(broker, "/people/new");
	sql_run("BEGIN");
	sql_run("UPDATE person SET person_number = 'Freed'"
		" WHERE person_number = 'Free'");
	sql_commit_soon();
	browser_post(broker, "/people/new", "person_number", "FREED",
	    "given_name", "Harriet", "family_name", "Anew", "born_on-day", "27",
	    "born_on-month", "3", "born_on-year", "1941", "address", "1 Larch",
	    "postcode", "ZY1 1AA", "is_another", "yes", NULL);
	sql_commit_wait();
	expect_status(broker, 422);
	expect_text(broker, message);
	expect_text(broker, "value=\"Anew\"");
}

/* Counted from a day that somebody was born on, that day is still a day. */
static void
test_born_in_1970(void **state)
{
	char person[32], path[96];

	(void)state;
	browser_get(broker, "/people/new");
	browser_post(broker, "/people/new", "person_number", "Seventy",
	    "given_name", "Ash", "family_name", "Seventy", "born_on-day", "1",
	    "born_on-month", "1", "born_on-year", "1970", "address",
	    "1 Larch Lane\nNorthing", "postcode", "ZY1 1AA", "is_another",
	    "yes", NULL);
	expect_status(broker, 303);
	assert_string_equal(sql_text("SELECT born_on FROM person"
				     " WHERE person_number = 'Seventy'"),
	    "1970-01-01");
	keep(person, sql_text("SELECT reference FROM person"
			      " WHERE person_number = 'Seventy'"));
	snprintf(path, sizeof(path), "/people/%s", person);
	browser_get(broker, path);
	expect_text(broker, "1 January 1970");
	snprintf(path, sizeof(path), "/people/%s/edit", person);
	browser_get(broker, path);
	expect_text(broker, "value=\"1970\"");
	browser_post(broker, "/packages/new", "born_on-day", "1",
	    "born_on-month", "1", "born_on-year", "1970", NULL);
	expect_text(broker, "Ash Seventy");
}

static int64_t
views_of(const char *act, const char *person)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, person);
}

static void
test_views_are_audited(void **state)
{
	char reference[32], person[32], path[64];
	int64_t before;

	(void)state;
	keep(reference, package_enter(broker, "Audit"));
	keep(person, sql_text("SELECT reference FROM person"
			      " WHERE person_number = 'Audit'"));
	before = views_of("person.view", person);
	browser_get(broker, path_of(reference, ""));
	browser_get(broker, path_of(reference, "person"));
	snprintf(path, sizeof(path), "/people/%s", person);
	browser_get(broker, path);
	assert_int_equal(views_of("person.view", person), before + 3);
	snprintf(path, sizeof(path), "/people/%s/key-safe", person);
	FILL(broker, path, "note", "Left of the door, 4471");
	expect_status(broker, 303);
	assert_int_equal(views_of("key_safe.change", person), 1);
	snprintf(path, sizeof(path), "/people/%s", person);
	browser_get(broker, path);
	expect_no_text(broker, "4471");
	expect_text(broker, "Show the key-safe note");
	assert_int_equal(views_of("key_safe.view", person), 0);
	snprintf(path, sizeof(path), "/people/%s/key-safe/show", person);
	browser_post(broker, path, NULL);
	expect_text(broker, "4471");
	assert_int_equal(views_of("key_safe.view", person), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_brokers),
		cmocka_unit_test(test_two_tabs),
		cmocka_unit_test(test_removed_meanwhile),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_change_while_offered),
		cmocka_unit_test(test_address_while_offered),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_close),
		cmocka_unit_test(test_board),
		cmocka_unit_test(test_board_of_waiting),
		cmocka_unit_test(test_board_by_name),
		cmocka_unit_test(test_person),
		cmocka_unit_test(test_number_taken_meanwhile),
		cmocka_unit_test(test_born_in_1970),
		cmocka_unit_test(test_views_are_audited),
	};

	return cmocka_run_group_tests_name(
	    "packages_changes", tests, begin, end);
}
