/* See support_packages.h. */
#include "support_packages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

void
packages_begin(void)
{
	harness_begin();
	if (sql_number("SELECT count(*) FROM council"
		       " WHERE code = 'northing'") > 0)
		return;
	sql_run("CREATE TEMPORARY TABLE test_policy"
		" (code text, document jsonb)");
	sql_run(
	    "INSERT INTO test_policy VALUES ('northing', $policy$%s$policy$)",
	    file_text("conf/policies/hertfordshire.json"));
	sql_run(
	    "INSERT INTO test_policy VALUES ('southing', $policy$%s$policy$)",
	    file_text("conf/policies/cambridgeshire-2017.json"));
	sql_run("%s", file_text("tests/data/packages.sql"));
	account_make(
	    "broker@northing.test", "Nora North", "broker", "northing", "");
	account_make(
	    "second@northing.test", "Sol Second", "broker", "northing", "");
	account_make("commissioner@northing.test", "Cy North", "commissioner",
	    "northing", "");
	account_make(
	    "auditor@northing.test", "Aud North", "auditor", "northing", "");
	account_make("admin@northing.test", "Ada North",
	    "council_administrator", "northing", "");
	account_make(
	    "broker@southing.test", "Saul South", "broker", "southing", "");
	account_make("owner@foxglove.test", "Flo Foxglove", "provider_owner",
	    "", "Foxglove Test Care");
	account_make("manager@foxglove.test", "Max Foxglove",
	    "provider_manager", "", "Foxglove Test Care");
}

void
two_brokers_begin(struct browser **nora, struct browser **sol)
{
	packages_begin();
	*nora = browser_signed_in("broker@northing.test");
	*sol = browser_signed_in("second@northing.test");
}

void
two_brokers_end(struct browser *nora, struct browser *sol)
{
	browser_free(nora);
	browser_free(sol);
	harness_end();
}

const char *
path_of(const char *package, const char *page)
{
	static char paths[4][128];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "/packages/%s%s%s", package,
	    *page != '\0' ? "/" : "", page);
	return path;
}

static void
person_enter(struct browser *broker, const char *number)
{
	browser_get(broker, "/people/new");
	browser_post(broker, "/people/new", "person_number", number,
	    "given_name", "Harriet", "family_name", number, "born_on-day", "27",
	    "born_on-month", "3", "born_on-year", "1941", "address",
	    "1 Larch Lane\nNorthing", "postcode", "ZY1 1AA", "is_another",
	    "yes", NULL);
	expect_status(broker, 303);
}

static void
sections_enter(struct browser *broker, const char *reference)
{
	char framework[32], person[64];

	snprintf(person, sizeof(person), "/people/%s/contacts/new",
	    sql_text("SELECT s.reference FROM person s JOIN package k"
		     " ON k.person_id = s.id WHERE k.reference = '%s'",
		reference));
	FILL(broker, person, "kind", "emergency", "name", "Una Elm", "relation",
	    "niece", "telephone", "01632 960 002");
	expect_status(broker, 303);
	snprintf(framework, sizeof(framework), "%s",
	    sql_text("SELECT f.reference FROM framework f JOIN package k"
		     " ON k.framework_id = f.id WHERE k.reference = '%s'",
		reference));
	FILL(broker, path_of(reference, "funding"), "funding", "council",
	    "service_kind", "support_at_home", "framework", framework);
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "place"), "address", "1 Larch Lane",
	    "postcode", "zy11aa", "directions", "");
	expect_location(broker, path_of(reference, "area"));
	FILL(broker, path_of(reference, "area"), "area", "vale", "rurality",
	    "urban", "reason", "", "reason_text", "");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "group"), "group_code", "older_people",
	    "age_band", "from_85");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "needs"), "specialism_must", "dementia",
	    "language_prefer", "polish", "two_carers", "no");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "before-coming"), "smoker", "no",
	    "pets", "yes", "know_before", "A friendly old dog");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "visits/new"), "purpose",
	    "Washing and breakfast", "kind", "days", "days", "1", "days", "2",
	    "days", "3", "days", "4", "days", "5", "days", "6", "days", "7",
	    "times", "", "minutes", "45", "carers", "1", "start_from", "7:30am",
	    "start_until", "9am", "timing", "critical");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "outcomes/new"), "text",
	    "Go to lunch club twice a week");
	expect_status(broker, 303);
}

/* A date some days ahead, as the three parts of a form. */
static void
start_enter(struct browser *broker, const char *reference)
{
	char day[8], month[8], year[8];

	snprintf(day, sizeof(day), "%s",
	    sql_text("SELECT to_char(clock_now() + '3 days', 'FMDD')"));
	snprintf(month, sizeof(month), "%s",
	    sql_text("SELECT to_char(clock_now() + '3 days', 'FMMM')"));
	snprintf(year, sizeof(year), "%s",
	    sql_text("SELECT to_char(clock_now() + '3 days', 'YYYY')"));
	FILL(broker, path_of(reference, "start"), "urgency", "standard",
	    "start_wanted-day", day, "start_wanted-month", month,
	    "start_wanted-year", year, "start_wanted-time", "8:30am");
	expect_status(broker, 303);
}

const char *
package_enter(struct browser *broker, const char *number)
{
	static char reference[32];

	person_enter(broker, number);
	snprintf(reference, sizeof(reference), "%s",
	    broker->location + strlen("/packages/"));
	sections_enter(broker, reference);
	start_enter(broker, reference);
	FILL(broker, path_of(reference, "choice"), "provider", "none");
	expect_status(broker, 303);
	FILL(broker, path_of(reference, "waiting"), "reason",
	    "nothing_in_place", "minutes_in_place", "");
	expect_status(broker, 303);
	return reference;
}

const char *
package_wait(struct browser *broker, const char *number)
{
	static char reference[32];

	snprintf(
	    reference, sizeof(reference), "%s", package_enter(broker, number));
	FILL(broker, path_of(reference, "check"), "x", "");
	expect_status(broker, 303);
	return reference;
}

void
package_offer(const char *reference)
{
	sql_run("INSERT INTO offer_round (council_id, package_id, number,"
		" package_version, policy_council_id, policy_version_id,"
		" wave, winner, sent_at, reply_by, start_wanted_at)"
		" SELECT k.council_id, k.id, k.version, k.version,"
		" f.council_id, f.policy_version_id, 'all', 'best',"
		" clock_now(), clock_now() + '2 hours', k.start_wanted_at"
		" FROM package k JOIN framework f ON f.id = k.framework_id"
		" WHERE k.reference = '%s'",
	    reference);
	sql_run("INSERT INTO offer (council_id, package_id, round_id,"
		" organisation_id, member_council_id, member_id,"
		" package_version, position, sent_at, reply_by,"
		" start_wanted_at, weekly_minutes)"
		" SELECT o.council_id, o.package_id, o.id,"
		" m.organisation_id, m.council_id, m.id, o.package_version,"
		" row_number() OVER (ORDER BY m.id), o.sent_at, o.reply_by,"
		" o.start_wanted_at, k.weekly_minutes"
		" FROM offer_round o JOIN package k ON k.id = o.package_id"
		" JOIN framework_member m ON m.framework_id = k.framework_id"
		" WHERE k.reference = '%s' AND o.settled_at IS NULL",
	    reference);
}
