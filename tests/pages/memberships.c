/* What staff change of a provider's place on their framework, and contacts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_register.h"

/* A value of Acorn's membership of a council's framework. */
static const char *
member_value(const char *council, const char *value)
{
	return sql_text("SELECT %s FROM framework_member m"
			" JOIN organisation o ON o.id = m.organisation_id"
			" JOIN council c ON c.id = m.council_id"
			" WHERE o.name = 'Acorn Homecare' AND c.code = '%s'",
	    value, council);
}

static int64_t
updates_of(const char *part)
{
	return sql_number("SELECT count(*) FROM audit a JOIN council c"
			  " ON c.id = a.council_id AND c.code = 'elm'"
			  " WHERE a.act = 'membership.update'"
			  " AND a.detail ->> 'part' = '%s'"
			  " AND a.detail ->> 'membership' IS NOT NULL",
	    part);
}

static char *
acorn(const char *part)
{
	return membership_path("Acorn Homecare", "elm", part);
}

/* The revision that the page shows. */
static const char *
shown_revision(struct browser *browser, const char *path)
{
	static char revision[16];

	browser_get(browser, path);
	expect_status(browser, 200);
	browser_hidden(browser, "revision", revision, sizeof(revision));
	return revision;
}

/* member_areas_edit and member_areas_update */
static void
test_areas(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char *path = acorn("areas");
	const char *codes = "(SELECT string_agg(a.code, ',' ORDER BY a.sort)"
			    " FROM member_area x JOIN area a ON"
			    " a.council_id = x.council_id AND a.id = x.area_id"
			    " WHERE x.member_id = m.id"
			    " AND x.council_id = m.council_id)";
	const char *revision = shown_revision(browser, path);

	(void)state;
	expect_text(browser, "value=\"north\" checked");
	browser_post(browser, path, "revision", revision, NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select at least one area, or tick all areas");
	browser_post(
	    browser, path, "revision", revision, "areas", "moon", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select areas");
	browser_post(browser, path, "revision", revision, "areas", "south",
	    "areas", "west", "areas", "west", NULL);
	expect_location(browser, "/providers/P");
	assert_string_equal(member_value("elm", codes), "south,west");
	browser_follow(browser);
	expect_text(browser, "South Elm, West Elm");
	assert_string_equal(member_value("oak", codes), "north");
	browser_get(browser, path);
	browser_post(
	    browser, path, "revision", revision, "areas", "north", NULL);
	expect_status(browser, 409);
	expect_text(browser, "South Elm, West Elm");
	expect_text(browser, "value=\"north\" checked");
	assert_string_equal(member_value("elm", codes), "south,west");
	browser_fill(browser, path, "revision", shown_revision(browser, path),
	    "has_all_areas", "yes", NULL);
	expect_status(browser, 303);
	assert_string_equal(member_value("elm", "has_all_areas"), "t");
	assert_int_equal(updates_of("areas"), 2);
	free(path);
	browser_free(browser);
}

/* member_services_edit and member_services_update */
static void
test_services(void **state)
{
	struct browser *browser = signed_in("commissioner@elm.example");
	char *path = acorn("services");
	const char *codes =
	    "(SELECT string_agg(t.kind || '.' || t.code, ','"
	    " ORDER BY t.kind, t.code) FROM member_term x JOIN care_term t"
	    " ON t.id = x.term_id WHERE x.member_id = m.id"
	    " AND x.council_id = m.council_id)";
	const char *revision = shown_revision(browser, path);

	(void)state;
	expect_text(browser, "value=\"dementia\" checked");
	expect_text(browser, "value=\"support_at_home\" checked");
	browser_post(
	    browser, path, "revision", revision, "language", "klingon", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select at least one service kind");
	expect_text(browser, "Select at least one service-user group");
	expect_text(browser, "Select languages");
	browser_post(browser, path, "revision", revision, "service_kind",
	    "reablement", "service_user_group", "older_people",
	    "service_user_group", "mental_health", "language", "polish",
	    "medication_level", "assist", "two_carers", "two_carers", NULL);
	expect_location(browser, "/providers/P");
	assert_string_equal(member_value("elm", codes),
	    "language.polish,medication_level.assist,"
	    "service_kind.reablement,service_user_group.mental_health,"
	    "service_user_group.older_people,two_carers.two_carers");
	browser_get(browser, path);
	browser_post(browser, path, "revision", revision, "service_kind",
	    "short_term", "service_user_group", "children", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Reablement</dd>");
	expect_text(browser, "value=\"short_term\" checked");
	assert_int_equal(updates_of("services"), 1);
	free(path);
	browser_free(browser);
}

/* member_capacity_edit and member_capacity_update */
static void
test_capacity(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char *path = acorn("capacity");
	const char *revision = shown_revision(browser, path);

	(void)state;
	expect_text(browser, "value=\"10\"");
	expect_text(browser, "value=\"monday\" checked");
	browser_post(browser, path, "revision", revision, "spare_before", "600",
	    "spare_minutes", "lots", "earliest_start_on-day", "x", "call_days",
	    "someday", "calls_from", "25:00", "hourly_rate_pence", "-1", NULL);
	expect_status(browser, 422);
	expect_text(browser, "value=\"lots\"");
	expect_text(browser, "value=\"25:00\"");
	expect_text(browser, "href=\"#spare_minutes\"");
	expect_text(browser, "href=\"#calls_from\"");
	expect_text(browser, "href=\"#hourly_rate_pence\"");
	expect_text(browser, "Select at least one day of visits");
	browser_post(browser, path, "revision", revision, "spare_before", "600",
	    "spare_minutes", "1", "call_days", "monday", "calls_from", "7am",
	    NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter when the last visit ends");
	browser_post(browser, path, "revision", revision, "spare_before", "600",
	    "spare_minutes", "1", "call_days", "monday", "calls_from", "7pm",
	    "calls_until", "7am", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Last visit until must be after");
	browser_post(browser, path, "revision", revision, "spare_before", "600",
	    "spare_minutes", "7.5", "earliest_start_on-day", "1",
	    "earliest_start_on-month", "12", "earliest_start_on-year", "2026",
	    "call_days", "monday", "call_days", "sunday", "calls_from", "7am",
	    "calls_until", "10pm", "hourly_rate_pence", "15.20", NULL);
	expect_location(browser, "/providers/P");
	browser_follow(browser);
	expect_text(browser, "Capacity saved");
	expect_text(browser, "7.5");
	expect_text(browser, "1 December 2026");
	expect_text(browser, "Monday, Sunday, 7am to 10pm");
	expect_text(browser, "£15.20 an hour");
	assert_string_equal(member_value("elm", "spare_minutes"), "450");
	assert_string_equal(member_value("oak", "spare_minutes"), "120");
	assert_int_equal(updates_of("capacity"), 1);
	free(path);
	browser_free(browser);
}

/* A placement that took hours since the page was shown is not overwritten. */
static void
test_capacity_used(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char *path = acorn("capacity");
	char before[16];
	const char *revision = shown_revision(browser, path);

	(void)state;
	browser_hidden(browser, "spare_before", before, sizeof(before));
	assert_string_equal(before, "450");
	sql_run("UPDATE framework_member SET spare_minutes = 150"
		" WHERE spare_minutes = 450");
	browser_post(browser, path, "revision", revision, "spare_before",
	    before, "spare_minutes", "20", "call_days", "monday", NULL);
	expect_status(browser, 409);
	expect_text(browser, "2.5</dd>");
	expect_text(browser, "value=\"20\"");
	browser_hidden(browser, "spare_before", before, sizeof(before));
	browser_post(browser, path, "revision", revision, "spare_before",
	    before, "spare_minutes", "0", "call_days", "monday", NULL);
	expect_status(browser, 303);
	assert_string_equal(member_value("elm", "spare_minutes"), "0");
	browser_get(browser, path);
	expect_text(browser, "name=\"spare_minutes\" type=\"text\"");
	expect_text(browser, "value=\"0\"");
	free(path);
	browser_free(browser);
}

/* member_monitoring_edit and member_monitoring_update */
static void
test_monitoring(void **state)
{
	struct browser *browser = signed_in("commissioner@elm.example");
	char *path = acorn("monitoring");
	const char *revision = shown_revision(browser, path);

	(void)state;
	browser_post(browser, path, "revision", revision, "passed_on-day", "1",
	    "passed_on-month", "1", "passed_on-year", "2150", "quality_score",
	    "101", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Date of the monitoring visit must be today or");
	expect_text(browser, "href=\"#quality_score\"");
	browser_post(browser, path, "revision", revision, "passed_on-day", "30",
	    "passed_on-month", "2", "passed_on-year", "2026", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Date of the monitoring visit must be a real");
	browser_post(browser, path, "revision", revision, "is_current_provider",
	    "yes", "quality_score", "0", NULL);
	expect_location(browser, "/providers/P");
	browser_follow(browser);
	expect_text(browser, "Not needed");
	expect_text(browser, "0 of 100");
	browser_get(browser, path);
	browser_post(
	    browser, path, "revision", revision, "quality_score", "50", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Provides already");
	assert_string_equal(member_value("elm", "quality_score"), "0");
	assert_int_equal(updates_of("monitoring"), 1);
	free(path);
	browser_free(browser);
}

/* member_status_edit and member_status_update */
static void
test_status(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char *path = acorn("status");
	const char *revision = shown_revision(browser, path);

	(void)state;
	browser_post(browser, path, "revision", revision, "state", "asleep",
	    "contract_kind", "", "tier", "100", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select the status");
	expect_text(browser, "Select the kind of contract");
	expect_text(browser, "href=\"#tier\"");
	browser_post(browser, path, "revision", revision, "state", "removed",
	    "contract_kind", "spot", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter why it is suspended or removed");
	expect_text(browser, "Enter its last day on the framework");
	browser_post(browser, path, "revision", revision, "state", "left",
	    "contract_kind", "spot", "left_on-day", "1", "left_on-month", "1",
	    "left_on-year", "2020", NULL);
	expect_status(browser, 422);
	expect_text(browser, "must be on or after the day it joined");
	browser_post(browser, path, "revision", revision, "state", "suspended",
	    "state_reason", "Too few <staff>", "contract_kind", "spot", "tier",
	    "2", "block_minutes", "120.5", "people_elsewhere", "0", NULL);
	expect_location(browser, "/providers/P");
	browser_follow(browser);
	expect_text(browser, "Suspended");
	expect_text(browser, "Too few &lt;staff&gt;");
	expect_text(browser, "Spot provider");
	expect_text(browser, "120.5</dd>");
	expect_text(browser, "People cared for without a placement here");
	assert_string_equal(
	    sql_text("SELECT concat_ws(' ', m.block_minutes,"
		     " m.people_elsewhere) FROM framework_member m"
		     " JOIN organisation o ON o.id = m.organisation_id"
		     " JOIN council c ON c.id = m.council_id"
		     " WHERE o.name = 'Acorn Homecare' AND c.code = 'elm'"),
	    "7230 0");
	browser_get(browser, "/providers?state=suspended");
	expect_text(browser, "1 provider");
	browser_get(browser, path);
	browser_post(browser, path, "revision", revision, "state", "active",
	    "contract_kind", "lead", NULL);
	expect_status(browser, 409);
	assert_int_equal(updates_of("status"), 1);
	free(path);
	browser_free(browser);
}

/*
 * provider_contact_new, provider_contact_create, provider_contact_edit and
 * provider_contact_update
 */
static void
test_contacts(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char base[64], path[128];
	int64_t first, second;

	(void)state;
	snprintf(base, sizeof(base), "/providers/%s/contacts",
	    provider_reference("Beech Homecare"));
	snprintf(path, sizeof(path), "%s/new", base);
	browser_fill(browser, path, "name", "", "telephone", "call me", "email",
	    "nobody", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter the contact");
	expect_text(browser, "Enter a telephone number, like");
	expect_text(browser, "Enter an email address in the correct format");
	browser_fill(browser, path, "name", "Night Desk", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter a telephone number or an email address");
	browser_fill(browser, path, "name", "Night Desk", "telephone",
	    "01632 960200", "gets_offers", "yes", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter the email address that offers are sent");
	browser_fill(browser, path, "name", "Night Desk", "telephone",
	    "01632 960200", NULL);
	expect_location(browser, "/providers/P");
	second = sql_number("SELECT max(id) FROM organisation_contact");
	first = sql_number("SELECT c.id FROM organisation_contact c WHERE"
			   " c.email = 'offers@beech.example'");

	snprintf(path, sizeof(path), "%s/%lld", base, (long long)first);
	browser_fill(browser, path, "revision", "1", "name", "Beech Desk",
	    "telephone", "01632 960100", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Nobody else gets offers");
	browser_fill(browser, path, "act", "remove", NULL);
	browser_follow(browser);
	expect_text(browser, "Not removed: nobody else gets offers");
	browser_fill(browser, path, "revision", "1", "name", "Beech Desk",
	    "email", "Desk@Beech.example", "gets_offers", "yes", NULL);
	expect_status(browser, 303);
	browser_fill(browser, path, "revision", "1", "name", "Late",
	    "telephone", "01632 960100", "email", "late@beech.example",
	    "gets_offers", "yes", NULL);
	expect_status(browser, 409);
	expect_text(browser, "desk@beech.example");

	snprintf(path, sizeof(path), "%s/%lld", base, (long long)second);
	browser_fill(browser, path, "act", "remove", "revision", "1", NULL);
	expect_status(browser, 303);
	browser_follow(browser);
	expect_no_text(browser, "Night Desk");
	browser_get(browser, path);
	expect_status(browser, 404);
	assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE act LIKE"
				    " 'contact.%%'"),
	    3);
	browser_free(browser);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_capacity),
		cmocka_unit_test(test_capacity_used),
		cmocka_unit_test(test_monitoring),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_contacts),
	};

	return cmocka_run_group_tests(tests, register_begin, register_end);
}
