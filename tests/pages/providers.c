/* The register of providers as a council's staff read and change it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_register.h"

/* "/providers/P.../PART" of Acorn Homecare; lives until the next call. */
static const char *
acorn(const char *part)
{
	static char path[256];

	snprintf(path, sizeof(path), "/providers/%s%s",
	    provider_reference("Acorn Homecare"), part);
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

/* GET /providers */
static void
test_list(void **state)
{
	struct browser *browser = signed_in("auditor@elm.example");

	(void)state;
	browser_get(browser, "/providers");
	expect_status(browser, 200);
	expect_text(browser, "2 providers");
	expect_text(browser, "Acorn Homecare");
	expect_text(browser, "Beech Homecare");
	expect_no_text(browser, "Conker Homecare");
	expect_no_text(browser, "Oak Council");
	expect_text(browser, "Passed</strong>");
	expect_text(browser, "Not passed</strong>");
	expect_text(browser, "Not yet rated");
	expect_text(browser, "Support at home");
	browser_free(browser);
}

static void
test_list_filter(void **state)
{
	static const struct {
		const char *query;
		bool has_acorn;
		bool has_beech;
	} rows[] = {
		{ "name=ACORN", true, false },
		{ "name=+home+", true, true },
		{ "name=100%25", false, false },
		{ "name=_", false, false },
		{ "area=north", true, false },
		{ "area=south", false, true },
		{ "area=west", false, false },
		{ "area=nowhere", false, false },
		{ "group=older_people", true, true },
		{ "group=children", false, false },
		{ "specialism=dementia", true, false },
		{ "service_kind=support_at_home", true, true },
		{ "service_kind=reablement", false, false },
		{ "spare=yes", true, false },
		{ "spare=no", false, true },
		{ "visit=passed", true, false },
		{ "visit=not_passed", false, true },
		{ "state=active", true, true },
		{ "state=left", false, false },
		{ "area=north&spare=yes&visit=passed&specialism=dementia", true,
		    false },
		{ "area=&name=&group=", true, true },
		{ "page=99", true, true },
	};
	struct browser *browser = signed_in("broker@elm.example");
	char path[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(path, sizeof(path), "/providers?%s", rows[i].query);
		browser_get(browser, path);
		expect_status(browser, 200);
		if ((strstr(browser->page, "Acorn Homecare") != NULL) !=
			rows[i].has_acorn ||
		    (strstr(browser->page, "Beech Homecare") != NULL) !=
			rows[i].has_beech)
			fail_msg("filter %s", rows[i].query);
	}
	browser_get(browser, "/providers?state=left");
	expect_text(browser, "No provider fits this filter");
	browser_free(browser);
}

/* A member without limits serves every area of its framework. */
static void
test_list_all_areas(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");

	(void)state;
	sql_run("UPDATE framework_member m SET has_all_areas = true"
		" FROM organisation o WHERE o.id = m.organisation_id"
		" AND o.name = 'Beech Homecare'");
	browser_get(browser, "/providers?area=west");
	expect_text(browser, "Beech Homecare");
	expect_text(browser, "All areas");
	sql_run("UPDATE framework_member m SET has_all_areas = false"
		" FROM organisation o WHERE o.id = m.organisation_id"
		" AND o.name = 'Beech Homecare'");
	browser_free(browser);
}

static void
test_list_pages(void **state)
{
	struct browser *browser = signed_in("broker@oak.example");

	(void)state;
	sql_run("WITH made AS (INSERT INTO organisation (name)"
		" SELECT 'Test Provider ' || to_char(n, 'FM000')"
		" FROM generate_series(1, 43) AS n RETURNING id)"
		" INSERT INTO framework_member (council_id, framework_id,"
		" organisation_id, joined_on) SELECT f.council_id, f.id,"
		" made.id, '2022-09-01' FROM made, framework f JOIN council c"
		" ON c.id = f.council_id WHERE c.code = 'oak'");
	browser_get(browser, "/providers");
	expect_text(browser, "45 providers");
	expect_text(browser, "Test Provider 018");
	expect_no_text(browser, "Test Provider 019");
	browser_get(browser, "/providers?page=3");
	expect_no_text(browser, "Test Provider 038");
	expect_text(browser, "Test Provider 043");
	browser_get(browser, "/providers?page=7");
	expect_status(browser, 200);
	expect_text(browser, "Test Provider 043");
	browser_get(browser, "/providers?page=2&name=test");
	expect_text(browser, "43 providers");
	expect_text(browser, "?name=test&amp;page=3");
	sql_run("DELETE FROM framework_member m USING organisation o WHERE"
		" o.id = m.organisation_id AND o.name LIKE 'Test Provider%%'");
	browser_free(browser);
}

/* GET /providers/:reference */
static void
test_show(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");

	(void)state;
	browser_get(browser, acorn(""));
	expect_status(browser, 200);
	expect_text(browser, "01234567");
	expect_text(browser, "1-1000000001");
	expect_text(browser, "Acorn Coordinator");
	expect_text(browser, "1 Test Parade");
	expect_text(browser, "Elm Council homecare");
	expect_no_text(browser, "Oak Council");
	expect_text(browser, "2 March 2026");
	expect_text(browser, "Dementia");
	expect_text(browser, "£21.92 an hour (the rate card)");
	expect_text(browser, "/details");
	expect_text(browser, "/capacity");
	browser_free(browser);
}

static void
test_show_others(void **state)
{
	struct browser *elm = signed_in("broker@elm.example");
	struct browser *oak = signed_in("broker@oak.example");
	char path[64];

	(void)state;
	snprintf(path, sizeof(path), "/providers/%s",
	    provider_reference("Conker Homecare"));
	browser_get(elm, path);
	expect_status(elm, 404);
	browser_get(oak, path);
	expect_status(oak, 200);
	snprintf(path, sizeof(path), "/providers/%s",
	    provider_reference("Beech Homecare"));
	browser_get(oak, path);
	expect_status(oak, 404);
	browser_get(elm, "/providers/PXXXXXXXX");
	expect_status(elm, 404);
	browser_get(elm, "/providers/P0000000000000000000000000000000000000"
			 "0000000000000000000000000000000000");
	expect_status(elm, 404);
	browser_free(elm);
	browser_free(oak);
}

/* A partner reads the framework's register and changes nothing of it. */
static void
test_partner(void **state)
{
	static const char *const parts[] = { "/details", "/offices/new",
		"/contacts/new", "/locations/new" };
	static const char *const member_parts[] = { "areas", "services",
		"capacity", "monitoring", "status" };
	struct browser *browser = signed_in("broker@nhs.example");
	size_t i;

	(void)state;
	browser_get(browser, "/providers");
	expect_text(browser, "2 providers");
	expect_text(browser, "Elm Council");
	expect_no_text(browser, "Conker Homecare");
	browser_get(browser, "/providers?area=north&group=older_people");
	expect_text(browser, "1 provider");
	browser_get(browser, acorn(""));
	expect_status(browser, 200);
	expect_text(browser, "on a framework of another council");
	expect_text(browser, "Acorn Coordinator");
	expect_no_text(browser, "Oak Council");
	expect_no_text(browser, "/details");
	expect_no_text(browser, "/capacity");
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		browser_get(browser, acorn(parts[i]));
		expect_status(browser, 404);
	}
	for (i = 0; i < sizeof(member_parts) / sizeof(member_parts[0]); i++) {
		char *path = membership_path(
		    "Acorn Homecare", "elm", member_parts[i]);

		browser_get(browser, path);
		expect_status(browser, 404);
		browser_get(browser, acorn(""));
		browser_post(browser, path, "revision", "1", NULL);
		expect_status(browser, 404);
		free(path);
	}
	browser_free(browser);
}

/* Who may: auditors read, providers keep out. */
static void
test_who(void **state)
{
	struct browser *auditor = signed_in("auditor@elm.example");
	struct browser *provider = signed_in("owner@acorn.example");
	struct browser *nobody = browser_new();

	(void)state;
	browser_get(auditor, acorn(""));
	expect_status(auditor, 200);
	expect_no_text(auditor, "/details");
	browser_get(auditor, acorn("/details"));
	expect_status(auditor, 403);
	browser_get(provider, "/providers");
	expect_status(provider, 403);
	browser_get(provider, acorn(""));
	expect_status(provider, 403);
	browser_get(nobody, "/providers");
	expect_location(nobody, "/sign-in");
	browser_free(auditor);
	browser_free(provider);
	browser_free(nobody);
}

/* provider_edit and provider_update */
static void
test_details(void **state)
{
	struct browser *browser = signed_in("commissioner@elm.example");

	(void)state;
	browser_fill(browser, acorn("/details"), "revision", "1", "name",
	    "Acorn Homecare", "kind", "community_interest", "company_number",
	    "sc123456", "charity_number", "1234567", "cqc_provider_id",
	    "1-1234567890", "website", "https://acorn.example", NULL);
	expect_location(browser, "/providers/P");
	browser_follow(browser);
	expect_text(browser, "Details saved");
	expect_text(browser, "Community interest company");
	expect_text(browser, "SC123456");
	assert_int_equal(acts("provider.update", "elm"), 1);
	assert_int_equal(acts("provider.update", "oak"), 0);
	browser_free(browser);
}

static void
test_details_wrong(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");

	(void)state;
	browser_fill(browser, acorn("/details"), "revision", "2", "name", " ",
	    "kind", "club", "company_number", "12", "charity_number", "x<b>",
	    "cqc_provider_id", "2-1", "website", "acorn.example", NULL);
	expect_status(browser, 422);
	expect_text(browser, "<title>Error: ");
	expect_text(browser, "Enter the name of the provider");
	expect_text(browser, "Select the kind of organisation");
	expect_text(browser, "Company number must be 8 digits");
	expect_text(browser, "Charity number must be 6 to 8 digits");
	expect_text(browser, "CQC provider ID must be 1- and then digits");
	expect_text(browser, "Enter a website address that starts with");
	expect_text(browser, "value=\"x&lt;b&gt;\"");
	expect_text(browser, "href=\"#company_number\"");
	assert_int_equal(sql_number("SELECT revision FROM organisation WHERE"
				    " name = 'Acorn Homecare'"),
	    2);
	browser_free(browser);
}

/* Two people on one page: the second one sees what the first one saved. */
static void
test_details_conflict(void **state)
{
	struct browser *first = signed_in("broker@elm.example");
	struct browser *second = signed_in("commissioner@elm.example");
	char revision[16], path[64];

	(void)state;
	snprintf(path, sizeof(path), "%s", acorn("/details"));
	browser_get(first, path);
	browser_get(second, path);
	browser_hidden(first, "revision", revision, sizeof(revision));
	browser_post(first, path, "revision", revision, "name",
	    "Acorn Homecare", "kind", "charity", NULL);
	expect_status(first, 303);
	browser_post(second, path, "revision", revision, "name",
	    "Acorn Homecare", "kind", "partnership", "website",
	    "https://second.example", NULL);
	expect_status(second, 409);
	expect_text(second, "Changes were saved here");
	expect_text(second, "Charity</dd>");
	expect_text(second, "value=\"https://second.example\"");
	expect_text(second, "value=\"partnership\" checked");
	browser_hidden(second, "revision", revision, sizeof(revision));
	browser_post(second, path, "revision", revision, "name",
	    "Acorn Homecare", "kind", "company", NULL);
	expect_status(second, 303);
	assert_string_equal(sql_text("SELECT kind FROM organisation WHERE"
				     " name = 'Acorn Homecare'"),
	    "company");
	browser_free(first);
	browser_free(second);
}

/*
 * Removes a row that was saved once since it was made, from the page as it
 * was before, then from the page that the conflict showed.
 */
static void
removal_of_a_changed_row_is_refused(
    struct browser *browser, const char *path, const char *saved)
{
	char revision[16];

	browser_fill(browser, path, "act", "remove", "revision", "1", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Not removed");
	expect_text(browser, saved);
	browser_fill(browser, path, "act", "remove", NULL);
	expect_status(browser, 409);
	browser_hidden(browser, "revision", revision, sizeof(revision));
	assert_string_equal(revision, "2");
	browser_post(
	    browser, path, "act", "remove", "revision", revision, NULL);
	expect_status(browser, 303);
}

/*
 * provider_office_new, provider_office_create, provider_office_edit and
 * provider_office_update
 */
static void
test_offices(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char path[128];
	int64_t id;

	(void)state;
	browser_fill(browser, acorn("/offices/new"), "kind", "branch",
	    "address", "2 Test Mews\nElmton", "postcode", "ze1 2ab", NULL);
	expect_location(browser, "/providers/P");
	id = sql_number("SELECT max(id) FROM organisation_office");
	assert_string_equal(
	    sql_text("SELECT postcode || '|' || sector FROM"
		     " organisation_office ORDER BY id DESC LIMIT 1"),
	    "ZE1 2AB|ZE1 2");
	snprintf(
	    path, sizeof(path), "%s/%lld", acorn("/offices"), (long long)id);
	browser_fill(browser, path, "revision", "1", "kind", "", "address", "",
	    "postcode", "ZE", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select the kind of office");
	expect_text(browser, "Enter the address");
	expect_text(browser, "Enter a full UK postcode");
	browser_fill(browser, path, "revision", "1", "kind", "trading",
	    "address", "3 Test Mews", "postcode", "ZE7 7AB", NULL);
	expect_status(browser, 303);
	browser_fill(browser, path, "revision", "1", "kind", "branch",
	    "address", "4 Test Mews", "postcode", "ZE7 7AB", NULL);
	expect_status(browser, 409);
	expect_text(browser, "3 Test Mews");
	expect_text(browser, "4 Test Mews");
	removal_of_a_changed_row_is_refused(browser, path, "3 Test Mews");
	browser_get(browser, path);
	expect_status(browser, 404);
	assert_int_equal(acts("office.create", "elm"), 1);
	assert_int_equal(acts("office.update", "elm"), 1);
	assert_int_equal(acts("office.remove", "elm"), 1);
	browser_free(browser);
}

/*
 * provider_location_new, provider_location_create, provider_location_edit and
 * provider_location_update
 */
static void
test_locations(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");
	char path[128];

	(void)state;
	browser_fill(browser, acorn("/locations/new"), "cqc_location_id",
	    "1-1000000002", "name", "Acorn Annexe", "cqc_rating",
	    "not_yet_rated", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Another location has this CQC location ID");
	browser_fill(browser, acorn("/locations/new"), "cqc_location_id",
	    "annexe", "name", "", "cqc_rating", "super", "postcode", "x",
	    "rated_on-day", "31", "rated_on-month", "2", "rated_on-year",
	    "2026", "registered_on-day", "1", "registered_on-month", "1",
	    "registered_on-year", "2150", NULL);
	expect_status(browser, 422);
	expect_text(browser, "CQC location ID must be 1-");
	expect_text(browser, "Enter the name of the location");
	expect_text(browser, "Select the CQC rating");
	expect_text(browser, "Enter a full UK postcode");
	expect_text(browser, "Date of rating must be a real date");
	expect_text(browser, "Date of registration must be today or");
	browser_fill(browser, acorn("/locations/new"), "cqc_location_id",
	    "1-1000000009", "name", "Acorn Annexe", "cqc_rating",
	    "not_yet_rated", "registered_on-day", "1", "registered_on-month",
	    "2", "registered_on-year", "2025", NULL);
	expect_location(browser, "/providers/P");
	browser_follow(browser);
	expect_text(browser, "Acorn Annexe");
	expect_text(browser, "Not yet rated");
	snprintf(path, sizeof(path), "%s/%lld", acorn("/locations"),
	    (long long)sql_number("SELECT id FROM location WHERE"
				  " cqc_location_id = '1-1000000009'"));
	browser_fill(browser, path, "revision", "1", "name", "Acorn Annexe",
	    "cqc_rating", "not_yet_rated", "rated_on-day", "1",
	    "rated_on-month", "3", "rated_on-year", "2025", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Leave the date of rating empty");
	browser_fill(browser, path, "revision", "1", "name", "Acorn Annexe",
	    "cqc_rating", "outstanding", "rated_on-day", "1", "rated_on-month",
	    "3", "rated_on-year", "2025", NULL);
	expect_status(browser, 303);
	browser_fill(browser, path, "revision", "1", "name", "Late",
	    "cqc_rating", "inadequate", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Outstanding</dd>");
	removal_of_a_changed_row_is_refused(browser, path, "Acorn Annexe");
	browser_get(browser, path);
	expect_status(browser, 404);
	browser_free(browser);
}

/* What belongs to another provider is not found under this one. */
static void
test_parts_of_others(void **state)
{
	static const char *const kinds[] = { "offices", "contacts",
		"locations" };
	static const char *const tables[] = { "organisation_office",
		"organisation_contact", "location" };
	struct browser *browser = signed_in("broker@elm.example");
	char path[128], *member;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s/%lld", acorn(""), kinds[i],
		    (long long)sql_number(
			"SELECT max(x.id) FROM %s x JOIN organisation o"
			" ON o.id = x.organisation_id"
			" WHERE o.name = 'Beech Homecare'",
			tables[i]));
		browser_get(browser, path);
		expect_status(browser, 404);
		snprintf(path, sizeof(path), "%s/%s/x", acorn(""), kinds[i]);
		browser_get(browser, path);
		expect_status(browser, 404);
	}
	member = membership_path("Acorn Homecare", "oak", "capacity");
	browser_get(browser, member);
	expect_status(browser, 404);
	free(member);
	browser_free(browser);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_list_filter),
		cmocka_unit_test(test_list_all_areas),
		cmocka_unit_test(test_list_pages),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_show_others),
		cmocka_unit_test(test_partner),
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_details_wrong),
		cmocka_unit_test(test_details_conflict),
		cmocka_unit_test(test_offices),
		cmocka_unit_test(test_locations),
		cmocka_unit_test(test_parts_of_others),
	};

	return cmocka_run_group_tests(tests, register_begin, register_end);
}
