/* Packages: entry from the person to the list, and every way it can fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support_packages.h"

static struct browser *broker;

static int
begin(void **state)
{
	(void)state;
	packages_begin();
	broker = browser_signed_in("broker@northing.test");
	return 0;
}

static int
end(void **state)
{
	(void)state;
	browser_free(broker);
	harness_end();
	return 0;
}

static void
test_whole_entry(void **state)
{
	char reference[32];

	(void)state;
	browser_get(broker, "/packages/new");
	expect_status(broker, 200);
	browser_post(broker, "/packages/new", "act", "search", "person_number",
	    "Entry1", NULL);
	expect_text(broker, "Nobody was found");
	browser_post(broker, "/packages/new", "act", "add", "person_number",
	    "Entry1", NULL);
	expect_text(broker, "value=\"Entry1\"");
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Entry1"));
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "Every section is completed");
	browser_get(broker, path_of(reference, "check"));
	expect_text(broker, "Washing and breakfast");
	/* Seven visits of 45 minutes at 17.54. */
	expect_text(broker, "£122.78");
	expect_text(broker, "5.25");
	expect_text(broker, "36 min to 50 min 59 s: 80 %");
	FILL(broker, path_of(reference, "check"), "x", "");
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "The package is on the waiting list");
	expect_text(broker, "Waiting");
	assert_int_equal(
	    sql_number("SELECT weekly_minutes FROM package"
		       " WHERE reference = '%s' AND state = 'waiting'",
		reference),
	    315);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_version v JOIN package k"
		       " ON k.id = v.package_id WHERE k.reference = '%s'",
		reference),
	    1);
	assert_int_equal(
	    sql_number("SELECT w.minutes_wanted FROM package_wait w"
		       " JOIN package k ON k.id = w.package_id"
		       " WHERE k.reference = '%s' AND w.until_at IS NULL",
		reference),
	    315);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act ="
		       " 'package.submit' AND object_reference = '%s'",
		reference),
	    1);
}

static void
test_rates_with_replies(void **state)
{
	struct browser *south = browser_signed_in("broker@southing.test");
	char reference[32];

	(void)state;
	snprintf(
	    reference, sizeof(reference), "%s", package_enter(south, "Range1"));
	browser_get(south, path_of(reference, "visits"));
	/* 5 h 15 min at 14.17 and at 16.22, each visit rounded. */
	expect_text(south, "£74.41 to £85.19");
	browser_free(south);
}

static void
test_search(void **state)
{
	(void)state;
	package_enter(broker, "Finder");
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "act", "search", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter the person number, a name");
	browser_post(broker, "/packages/new", "act", "search", "postcode",
	    "nowhere", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter a full UK postcode");
	browser_post(broker, "/packages/new", "act", "search", "person_number",
	    "finder", NULL);
	expect_status(broker, 200);
	expect_text(broker, "Same number");
	expect_no_text(broker, "add a new person");
	browser_post(broker, "/packages/new", "act", "search", "family_name",
	    "find", "born_on-day", "27", "born_on-month", "3", "born_on-year",
	    "1941", NULL);
	expect_text(broker, "Harriet Finder");
	expect_text(broker, "Likely");
	expect_text(broker, "None of these: add a new person");
	browser_post(broker, "/packages/new", "person",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Finder'"),
	    NULL);
	/* There is a draft already: a second one only on purpose. */
	expect_status(broker, 200);
	expect_text(broker, "This person has a package already");
	expect_text(broker, "5.25");
	browser_post(broker, "/packages/new", "confirm", "second", "person",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Finder'"),
	    NULL);
	expect_location(broker, "/packages/C");
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "act", "search", "person_number",
	    "finder", NULL);
	expect_text(broker, "Draft, draft");
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "person", "S00000000", NULL);
	expect_status(broker, 404);
}

static void
test_duplicates(void **state)
{
	(void)state;
	package_enter(broker, "Double");
	browser_get(broker, "/people/new");
	expect_status(broker, 200);
	browser_post(broker, "/people/new", "person_number", "DOUBLE",
	    "given_name", "Ida", "family_name", "Elm", "born_on-day", "1",
	    "born_on-month", "2", "born_on-year", "1950", "address",
	    "2 Larch Lane", "postcode", "ZY1 1AB", NULL);
	expect_status(broker, 422);
	expect_text(broker, "is in Hearth already");
	browser_post(broker, "/people/new", "person_number", "Double2",
	    "given_name", "Harriet", "family_name", "Double", "born_on-day",
	    "27", "born_on-month", "3", "born_on-year", "1941", "address",
	    "1 Larch Lane", "postcode", "ZY1 1AA", NULL);
	expect_status(broker, 422);
	expect_text(broker, "None of these people is the same person");
	expect_text(broker, "value=\"Double2\"");
	browser_post(broker, "/people/new", "person_number", "", "given_name",
	    "", "family_name", "", "born_on-day", "31", "born_on-month", "2",
	    "born_on-year", "1950", "address", "", "postcode", "x", "telephone",
	    "abc", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter the council&#39;s person number");
	expect_text(broker, "Enter the first name");
	expect_text(broker, "Date of birth must be a real date");
	expect_text(broker, "Enter a telephone number");
	browser_post(broker, "/people/new", "person_number", "Future",
	    "given_name", "Ida", "family_name", "Elm", "born_on-day", "1",
	    "born_on-month", "2", "born_on-year", "2190", "address",
	    "2 Larch Lane", "postcode", "ZY1 1AB", NULL);
	expect_text(broker, "Date of birth must be in the past");
}

/* Nothing is on the list before every section is there. */
static void
test_incomplete(void **state)
{
	char reference[32];

	(void)state;
	package_enter(broker, "Half");
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "confirm", "second", "person",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Half'"),
	    NULL);
	snprintf(reference, sizeof(reference), "%s",
	    broker->location + strlen("/packages/"));
	browser_follow(broker);
	expect_text(broker, "Not yet started");
	expect_text(broker, "Cannot start yet");
	browser_get(broker, path_of(reference, "check"));
	expect_text(broker, "Some sections are not completed");
	/* What nobody answered is not made up. */
	expect_text(broker, "Not answered yet");
	expect_text(broker, "Answer it now");
	expect_no_text(broker, "£0.00");
	expect_no_text(broker, "Not known");
	expect_no_text(broker, "Hours a week in place");
	FILL(broker, path_of(reference, "check"), "x", "");
	expect_status(broker, 409);
	browser_post(
	    broker, path_of(reference, "check"), "revision", "1", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Complete every section");
	browser_get(broker, path_of(reference, "area"));
	expect_location(broker, path_of(reference, "place"));
	FILL(broker, path_of(reference, "place"), "address", "1 Larch Lane",
	    "postcode", "ZY1 1AA");
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "In progress");
	expect_text(broker, "Confirm the area that was suggested");
}

/* A full postcode that is known says more than its sector does. */
static void
test_full_postcode(void **state)
{
	char reference[32];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Postcode"));
	sql_run("INSERT INTO postcode VALUES"
		" ('ZY1 1AB', 'ZY1 1', 52.12345, 0.98765, '', '', 'rural')");
	sql_run("INSERT INTO area_postcode SELECT a.council_id, a.scheme_id,"
		" 'ZY1 1AB', a.id FROM area a JOIN council c"
		" ON c.id = a.council_id"
		" WHERE c.code = 'northing' AND a.code = 'hills'");
	FILL(broker, path_of(reference, "place"), "address", "2 Larch Lane",
	    "postcode", "zy11ab");
	expect_status(broker, 303);
	browser_get(broker, path_of(reference, "area"));
	expect_text(broker, "<strong>Hills</strong>");
	expect_text(broker, "<strong>rural</strong>");
	assert_string_equal(sql_text("SELECT latitude || ' ' || longitude"
				     " FROM package WHERE reference = '%s'",
				reference),
	    "52.123 0.988");
	FILL(broker, path_of(reference, "area"), "area", "hills", "rurality",
	    "rural");
	expect_status(broker, 303);
	/* Next door is in the same sector, of which the vale has most. */
	FILL(broker, path_of(reference, "place"), "address", "3 Larch Lane",
	    "postcode", "ZY1 1AD");
	expect_status(broker, 303);
	browser_get(broker, path_of(reference, "area"));
	expect_text(broker, "<strong>Vale</strong>");
	expect_text(broker, "<strong>urban</strong>");
	assert_int_equal(sql_number("SELECT count(*) FROM package"
				    " WHERE reference = '%s'"
				    " AND latitude IS NULL",
			     reference),
	    1);
}

/* Whom to call belongs to the person: somebody, or nobody on purpose. */
static void
test_emergency_contact(void **state)
{
	char reference[32], person[32], path[96];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Contact"));
	snprintf(person, sizeof(person), "%s",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Contact'"));
	snprintf(path, sizeof(path), "/people/%s/contacts/none", person);
	browser_get(broker, path_of(reference, "check"));
	expect_text(broker, "Una Elm, niece");
	expect_text(broker, "Communication needs");
	browser_post(broker, path, NULL);
	browser_follow(broker);
	expect_text(broker, "There is an emergency contact");
	sql_run("DELETE FROM person_contact c USING person s"
		" WHERE s.id = c.person_id AND s.reference = '%s'",
	    person);
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "10 of 11 sections");
	expect_text(broker, "Add an emergency contact");
	browser_get(broker, path_of(reference, "person"));
	browser_post(broker, path, "package", reference, NULL);
	expect_location(broker, path_of(reference, "person"));
	browser_follow(broker);
	expect_text(broker, "there is no emergency contact");
	browser_get(broker, path_of(reference, ""));
	expect_text(broker, "Every section is completed");
	browser_get(broker, path_of(reference, "check"));
	expect_text(broker, "It was asked: there is none");
}

static void
test_place_and_area(void **state)
{
	char reference[32];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Placed"));
	FILL(broker, path_of(reference, "place"), "address", "", "postcode",
	    "AL1", "directions", "second door");
	expect_status(broker, 422);
	expect_text(broker, "Enter the address");
	expect_text(broker, "Enter a full UK postcode");
	expect_text(broker, "second door");
	FILL(broker, path_of(reference, "place"), "address", "3 Oak",
	    "postcode", "ZY5 5AA");
	expect_status(broker, 422);
	expect_text(broker, "does not know the postcode sector ZY5 5");
	FILL(broker, path_of(reference, "place"), "address", "3 Oak",
	    "postcode", "ZY9 9AA");
	expect_status(broker, 303);
	browser_get(broker, path_of(reference, "area"));
	expect_text(broker, "outside every area");
	FILL(broker, path_of(reference, "area"), "rurality", "urban");
	expect_status(broker, 422);
	expect_text(broker, "Select the area");
	FILL(broker, path_of(reference, "area"), "area", "vale", "rurality",
	    "urban");
	expect_status(broker, 422);
	expect_text(broker, "Select why it is different");
	FILL(broker, path_of(reference, "area"), "area", "vale", "rurality",
	    "urban", "reason", "other");
	expect_text(broker, "Enter the reason in your own words");
	FILL(broker, path_of(reference, "area"), "area", "vale", "rurality",
	    "urban", "reason", "border");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "place"), "address", "3 Oak",
	    "postcode", "ZY1 2AA");
	browser_get(broker, path_of(reference, "area"));
	expect_text(broker, "<strong>Hills</strong>");
	FILL(broker, path_of(reference, "area"), "area", "hills", "rurality",
	    "rural", "reason", "border");
	expect_status(broker, 422);
	expect_text(broker, "This is what was suggested");
	FILL(broker, path_of(reference, "area"), "area", "nowhere", "rurality",
	    "rural");
	expect_status(broker, 422);
}

static void
test_plain_errors(void **state)
{
	char reference[32];

	(void)state;
	snprintf(
	    reference, sizeof(reference), "%s", package_enter(broker, "Plain"));
	FILL(broker, path_of(reference, "funding"), "funding", "gold",
	    "service_kind", "", "framework", "F00000000");
	expect_status(broker, 422);
	expect_text(broker, "Select who pays");
	expect_text(broker, "Select the kind of service");
	expect_text(broker, "Select the framework");
	FILL(broker, path_of(reference, "group"), "group_code", "", "age_band",
	    "under_18");
	expect_status(broker, 422);
	expect_text(broker, "Select the service-user group");
	FILL(broker, path_of(reference, "group"), "group_code", "older_people",
	    "age_band", "under_18");
	expect_text(broker, "Select the age that fits the birth date");
	FILL(broker, path_of(reference, "needs"), "specialism_must", "dementia",
	    "specialism_prefer", "dementia", "carer_gender", "female");
	expect_status(broker, 422);
	expect_text(broker, "Select whether two care workers");
	FILL(broker, path_of(reference, "needs"), "specialism_must", "dementia",
	    "specialism_prefer", "dementia", "carer_gender", "female",
	    "medication_level", "must", "two_carers", "no");
	expect_text(broker, "Select the gender of the care worker");
	expect_text(broker, "Select the help with medicines");
	FILL(broker, path_of(reference, "needs"), "specialism_must", "dementia",
	    "specialism_prefer", "dementia", "two_carers", "no");
	expect_text(broker, "Dementia is in both lists");
	FILL(broker, path_of(reference, "before-coming"), "smoker", "", "pets",
	    "", "know_before", "x");
	expect_status(broker, 422);
	expect_text(broker, "Select whether anybody smokes");
	FILL(broker, path_of(reference, "before-coming"), "smoker", "no",
	    "pets", "unknown", "know_before", "Ask for Harriet at zy1 1aa");
	expect_status(broker, 422);
	expect_text(broker, "Take out");
	expect_text(broker, "Ask for Harriet at zy1 1aa");
	FILL(broker, path_of(reference, "choice"), "provider", "P00000000");
	expect_status(broker, 422);
	expect_text(broker, "Select a provider, or that none");
	FILL(broker, path_of(reference, "waiting"), "reason",
	    "nothing_in_place", "minutes_in_place", "3");
	expect_status(broker, 422);
	expect_text(broker, "Leave the hours empty");
	FILL(broker, path_of(reference, "waiting"), "reason", "interim_care",
	    "minutes_in_place", "");
	expect_text(broker, "Enter the hours a week that are already");
	FILL(broker, path_of(reference, "waiting"), "reason", "",
	    "minutes_in_place", "many");
	expect_text(broker, "Select why the person waits");
	expect_text(broker, "must be hours, like 7.5");
	FILL(broker, path_of(reference, "outcomes/new"), "text", " ");
	expect_status(broker, 422);
	expect_text(broker, "Enter what the care should achieve");
}

static void
test_start_errors(void **state)
{
	char reference[32];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Starter"));
	FILL(broker, path_of(reference, "start"), "urgency", "",
	    "start_wanted-day", "30", "start_wanted-month", "2",
	    "start_wanted-year", "2027", "start_wanted-time", "8am");
	expect_status(broker, 422);
	expect_text(broker, "Select how urgent it is");
	expect_text(broker, "Start wanted must be a real date");
	FILL(broker, path_of(reference, "start"), "urgency", "standard",
	    "start_wanted-day", "1", "start_wanted-month", "2",
	    "start_wanted-year", "2020", "start_wanted-time", "8am");
	expect_text(broker, "Start wanted must be in the future");
	FILL(broker, path_of(reference, "start"), "urgency", "rapid",
	    "start_wanted-day",
	    sql_text("SELECT to_char(clock_now() + '3 days', 'FMDD')"),
	    "start_wanted-month", "1", "start_wanted-year", "2099",
	    "start_wanted-time", "8am");
	expect_text(broker, "Start wanted must be within a year");
	FILL(broker, path_of(reference, "start"), "urgency", "rapid",
	    "start_wanted-day", "28", "start_wanted-month", "3",
	    "start_wanted-year", "2027", "start_wanted-time", "1:30am");
	expect_text(broker, "The clocks go forward at that time");
}

static void
test_visit_errors(void **state)
{
	char reference[32], visit[64];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Visitor"));
	FILL(broker, path_of(reference, "visits/new"), "purpose", "", "kind",
	    "", "minutes", "", "carers", "9", "start_from", "25:00", "timing",
	    "");
	expect_status(broker, 422);
	expect_text(broker, "Enter what the visit is for");
	expect_text(broker, "Select how often");
	expect_text(broker, "Enter the minutes of each visit");
	expect_text(broker, "Care workers at once must be 4 or less");
	expect_text(broker, "Earliest start must be a time");
	expect_text(broker, "value=\"25:00\"");
	expect_text(broker, "Select whether the time is");
	FILL(broker, path_of(reference, "visits/new"), "purpose", "", "kind",
	    "days", "times", "x", "minutes", "1500", "carers", "1",
	    "start_until", "9am", "timing", "critical");
	expect_text(broker, "Enter what the visit is for");
	expect_text(broker, "Select the days of the visits");
	expect_no_text(broker, "Times a week must be");
	expect_text(broker, "Minutes of each visit must be 1440 or less");
	expect_text(broker, "Enter the earliest start");
	FILL(broker, path_of(reference, "visits/new"), "purpose",
	    "Sit with Harriet", "kind", "flexible", "carers", "2");
	expect_text(broker, "Enter the minutes of the whole week");
	expect_text(broker, "two care workers at once are not needed");
	expect_text(broker, "Take out");
	FILL(broker, path_of(reference, "needs"), "two_carers", "must");
	expect_status(broker, 422);
	expect_text(broker, "No visit has two care workers at once");
	FILL(broker, path_of(reference, "needs"), "carer_gender", "must-female",
	    "medication_level", "prefer-assist", "two_carers", "prefer");
	expect_status(broker, 303);
	browser_get(broker, path_of(reference, "needs"));
	expect_text(broker, "value=\"must-female\" checked");
	expect_text(broker, "value=\"prefer-assist\" checked");
	/* No step of this policy orders by preferences, and the page says so. */
	expect_text(broker, "It does not change their order");
	FILL(broker, path_of(reference, "visits/new"), "purpose", "Shopping",
	    "kind", "times", "times", "2", "minutes", "90", "carers", "2",
	    "timing", "flexible");
	expect_location(broker, path_of(reference, "visits"));
	browser_follow(broker);
	expect_text(broker, "2 times a week");
	/* Over an hour is pro rata: 90 minutes at 32.88, four of them. */
	expect_text(broker, "£131.52");
	FILL(broker, path_of(reference, "needs"), "two_carers", "no");
	expect_status(broker, 422);
	expect_text(broker, "A visit has 2 care workers at once");
	snprintf(visit, sizeof(visit), "visits/%s",
	    sql_text("SELECT v.id FROM visit v JOIN package k"
		     " ON k.id = v.package_id WHERE v.purpose = 'Shopping'"
		     " AND k.reference = '%s'",
		reference));
	browser_get(broker, path_of(reference, visit));
	expect_text(broker, "value=\"Shopping\"");
	FILL(broker, path_of(reference, visit), "purpose", "Shopping", "kind",
	    "times", "times", "1", "minutes", "60", "carers", "1", "timing",
	    "flexible");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, visit), "act", "remove");
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "Visit removed");
	expect_no_text(broker, "Shopping");
	browser_get(broker, path_of(reference, visit));
	expect_status(broker, 404);
}

/* The week's hours and price on the page of a visit, saved or not. */
static void
test_visit_price(void **state)
{
	char reference[32];
	int64_t visits;

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Pricing"));
	visits = sql_number("SELECT count(*) FROM visit");
	browser_get(broker, path_of(reference, "visits/new"));
	expect_text(broker, "Work out the price");
	expect_no_text(broker, "Price a week");
	browser_post(broker, path_of(reference, "visits/new"), "act", "price",
	    "kind", "times", "times", "2", "minutes", "90", "carers", "1",
	    NULL);
	expect_status(broker, 200);
	/* 122.78 for the mornings and twice 32.88: 8.25 hours. */
	expect_text(broker, "£188.54");
	expect_text(broker, "8.25");
	expect_text(broker, "over 60 min, or flexible: 100 %");
	expect_no_text(broker, "Enter what the visit is for");
	assert_int_equal(sql_number("SELECT count(*) FROM visit"), visits);
	browser_post(broker, path_of(reference, "visits/new"), "act", "price",
	    "kind", "times", "minutes", "90", "carers", "1", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter how many times a week");
	expect_no_text(broker, "Enter what the visit is for");
	expect_no_text(broker, "Price a week");
	FILL(broker, path_of(reference, "visits/new"), "purpose", "Walk",
	    "kind", "days", "days", "weekdays", "minutes", "30", "carers", "1",
	    "timing", "flexible", "act", "another");
	expect_location(broker, path_of(reference, "visits/new"));
	assert_int_equal(
	    sql_number("SELECT days FROM visit WHERE purpose = 'Walk'"), 31);
	FILL(broker, path_of(reference, "visits/new"), "purpose", "Talk",
	    "kind", "flexible", "week_minutes", "60", "carers", "1", "act",
	    "continue");
	expect_location(broker, path_of(reference, "check"));
	/* A change is priced in the place of what it changes. */
	browser_get(broker,
	    path_of(reference, sql_text("SELECT 'visits/' || id FROM visit"
					" WHERE purpose = 'Talk'")));
	expect_text(broker, "Price a week");
	expect_text(broker, "8.75");
	browser_post(broker,
	    path_of(reference, sql_text("SELECT 'visits/' || id FROM visit"
					" WHERE purpose = 'Talk'")),
	    "act", "price", "kind", "flexible", "week_minutes", "120", "carers",
	    "1", NULL);
	expect_text(broker, "9.75");
}

/* Saving a section of a draft leads on; the list stays a click away. */
static void
test_next_section(void **state)
{
	char reference[32];

	(void)state;
	package_enter(broker, "Leading");
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "confirm", "second", "person",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Leading'"),
	    NULL);
	snprintf(reference, sizeof(reference), "%s",
	    broker->location + strlen("/packages/"));
	FILL(broker, path_of(reference, "group"), "group_code", "older_people",
	    "age_band", "from_85");
	expect_location(broker, path_of(reference, "needs"));
	browser_follow(broker);
	expect_text(broker, "All sections");
	FILL(broker, path_of(reference, "needs"), "two_carers", "must");
	expect_location(broker, path_of(reference, "before-coming"));
	/* Asked once: the visits are filled in with it. */
	browser_get(broker, path_of(reference, "visits/new"));
	expect_text(broker, "value=\"2\"");
	FILL(broker, path_of(reference, "waiting"), "reason",
	    "nothing_in_place", "minutes_in_place", "");
	expect_location(broker, path_of(reference, "funding"));
	browser_get(broker, path_of(reference, "group?return=check"));
	browser_post(broker, path_of(reference, "group"), "revision",
	    sql_text("SELECT revision FROM package WHERE reference = '%s'",
		reference),
	    "return", "check", "group_code", "older_people", "age_band",
	    "from_85", NULL);
	expect_location(broker, path_of(reference, "check"));
}

static void
test_outcomes(void **state)
{
	char reference[32], outcome[64];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    package_enter(broker, "Outcome"));
	snprintf(outcome, sizeof(outcome), "outcomes/%s",
	    sql_text("SELECT w.id FROM outcome_wanted w JOIN package k"
		     " ON k.id = w.package_id WHERE k.reference = '%s'",
		reference));
	FILL(broker, path_of(reference, outcome), "text", "Walk the dog");
	expect_location(broker, path_of(reference, "outcomes"));
	browser_follow(broker);
	expect_text(broker, "Walk the dog");
	browser_get(broker, path_of(reference, outcome));
	expect_text(broker, "Walk the dog");
	FILL(broker, path_of(reference, outcome), "text", "Call Harriet");
	expect_status(broker, 422);
	FILL(broker, path_of(reference, outcome), "act", "remove");
	expect_status(broker, 303);
	browser_get(broker, path_of(reference, "outcomes"));
	expect_text(broker, "There are no outcomes yet");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_entry),
		cmocka_unit_test(test_rates_with_replies),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_full_postcode),
		cmocka_unit_test(test_emergency_contact),
		cmocka_unit_test(test_place_and_area),
		cmocka_unit_test(test_plain_errors),
		cmocka_unit_test(test_start_errors),
		cmocka_unit_test(test_visit_errors),
		cmocka_unit_test(test_visit_price),
		cmocka_unit_test(test_next_section),
		cmocka_unit_test(test_outcomes),
	};

	return cmocka_run_group_tests_name("packages", tests, begin, end);
}
