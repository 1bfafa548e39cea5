/* A provider's own side of the register. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support_register.h"

/* "/our-details/capacity/M..." of a provider at a council. */
static const char *
capacity_path(const char *provider, const char *council)
{
	static char path[128];

	snprintf(path, sizeof(path), "/our-details/capacity/%s",
	    sql_text("SELECT m.reference FROM framework_member m"
		     " JOIN organisation o ON o.id = m.organisation_id"
		     " JOIN council c ON c.id = m.council_id"
		     " WHERE o.name = '%s' AND c.code = '%s'",
		provider, council));
	return path;
}

static int64_t
acts(const char *act, const char *council)
{
	return sql_number(
	    "SELECT count(*) FROM audit a JOIN council c ON c.id ="
	    " a.council_id WHERE a.act = '%s' AND c.code = '%s'"
	    " AND a.organisation_id IS NOT NULL",
	    act, council);
}

/* GET /our-details */
static void
test_show(void **state)
{
	struct browser *owner = signed_in("owner@acorn.example");
	struct browser *manager = signed_in("manager@acorn.example");
	struct browser *broker = signed_in("broker@elm.example");

	(void)state;
	browser_get(owner, "/our-details");
	expect_status(owner, 200);
	expect_text(owner, "Acorn Homecare");
	expect_text(owner, "Elm Council homecare");
	expect_text(owner, "Oak Council homecare");
	expect_text(owner, "North Oak");
	expect_text(owner, "Acorn House");
	expect_text(owner, "/our-details/languages");
	expect_text(owner, "/our-details/capacity/M");
	expect_no_text(owner, "/memberships/");
	expect_no_text(owner, "Add an office");
	expect_no_text(owner, "Beech");
	browser_get(manager, "/our-details");
	expect_status(manager, 200);
	expect_no_text(manager, "/our-details/capacity/M");
	browser_get(broker, "/our-details");
	expect_status(broker, 403);
	browser_free(owner);
	browser_free(manager);
	browser_free(broker);
}

/* A manager reads; changing is the owner's. */
static void
test_manager(void **state)
{
	static const char *const paths[] = { "/our-details/contacts/new",
		"/our-details/languages", "/our-details/contacts/1" };
	struct browser *browser = signed_in("manager@acorn.example");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		browser_get(browser, paths[i]);
		expect_status(browser, 403);
	}
	browser_get(browser, capacity_path("Acorn Homecare", "elm"));
	expect_status(browser, 403);
	browser_get(browser, "/our-details/contacts");
	expect_status(browser, 200);
	browser_get(browser, "/our-details/capacity");
	expect_status(browser, 200);
	expect_no_text(browser, "/our-details/capacity/M");
	browser_free(browser);
}

/* /our-details/contacts, /our-details/contacts/new and its :contact */
static void
test_contacts(void **state)
{
	struct browser *browser = signed_in("owner@acorn.example");
	char path[64];
	int64_t id;

	(void)state;
	browser_get(browser, "/our-details/contacts");
	expect_status(browser, 200);
	expect_text(browser, "Acorn Coordinator");
	browser_fill(browser, "/our-details/contacts/new", "name", "", NULL);
	expect_status(browser, 422);
	browser_fill(browser, "/our-details/contacts/new", "name",
	    "Weekend Desk", "job_title", "Duty manager", "email",
	    "weekend@acorn.example", "gets_offers", "yes", NULL);
	expect_location(browser, "/our-details/contacts");
	browser_follow(browser);
	expect_text(browser, "Contact added");
	expect_text(browser, "Weekend Desk");
	/* Each council that it works with finds this in its audit. */
	assert_int_equal(acts("contact.create", "elm"), 1);
	assert_int_equal(acts("contact.create", "oak"), 1);
	id = sql_number("SELECT max(id) FROM organisation_contact");
	snprintf(
	    path, sizeof(path), "/our-details/contacts/%lld", (long long)id);
	browser_fill(browser, path, "revision", "1", "name", "Weekend Office",
	    "telephone", "01632 960300", NULL);
	expect_location(browser, "/our-details/contacts");
	browser_fill(browser, path, "revision", "1", "name", "Weekend",
	    "telephone", "01632 960301", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Weekend Office");
	browser_fill(browser, path, "act", "remove", "revision", "1", NULL);
	expect_status(browser, 409);
	expect_text(browser, "Not removed");
	expect_text(browser, "Weekend Office");
	browser_fill(browser, path, "act", "remove", "revision", "2", NULL);
	expect_location(browser, "/our-details/contacts");
	browser_get(browser, path);
	expect_status(browser, 404);
	snprintf(path, sizeof(path), "/our-details/contacts/%lld",
	    (long long)sql_number("SELECT c.id FROM organisation_contact c"
				  " WHERE c.email = 'offers@beech.example'"));
	browser_get(browser, path);
	expect_status(browser, 404);
	browser_get(browser, "/our-details/contacts/new");
	browser_post(browser, path, "revision", "1", "name", "Taken",
	    "telephone", "01632 960302", NULL);
	expect_status(browser, 404);
	browser_free(browser);
}

/* /our-details/capacity and /our-details/capacity/:member */
static void
test_capacity(void **state)
{
	struct browser *browser = signed_in("owner@acorn.example");
	struct browser *beech = signed_in("owner@beech.example");
	char path[128];

	(void)state;
	browser_get(browser, "/our-details/capacity");
	expect_status(browser, 200);
	expect_text(browser, "Elm Council");
	expect_text(browser, "Oak Council");
	browser_get(beech, "/our-details/capacity");
	expect_location(beech, "/our-details/capacity/M");
	snprintf(
	    path, sizeof(path), "%s", capacity_path("Acorn Homecare", "oak"));
	browser_get(beech, path);
	expect_status(beech, 404);
	browser_get(browser, path);
	expect_status(browser, 200);
	expect_text(browser, "value=\"2\"");
	expect_no_text(browser, "hourly_rate_pence");
	browser_post(browser, path, "revision", "1", "spare_before", "120",
	    "spare_minutes", "", "call_days", "monday", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter the spare hours a week, or 0");
	browser_post(browser, path, "revision", "1", "spare_before", "120",
	    "spare_minutes", "42:30", "call_days", "monday", "call_days",
	    "tuesday", "hourly_rate_pence", "99", NULL);
	expect_location(browser, "/our-details");
	assert_string_equal(
	    sql_text("SELECT m.spare_minutes || '|' || m.call_days || '|' ||"
		     " coalesce(m.hourly_rate_pence, 0) FROM framework_member m"
		     " WHERE m.reference = '%s'",
		strrchr(path, '/') + 1),
	    "2550|3|0");
	browser_get(browser, path);
	browser_post(browser, path, "revision", "1", "spare_before", "120",
	    "spare_minutes", "1", "call_days", "monday", NULL);
	expect_status(browser, 409);
	expect_text(browser, "42.5");
	assert_int_equal(acts("membership.update", "oak"), 1);
	assert_int_equal(acts("membership.update", "elm"), 0);
	browser_free(browser);
	browser_free(beech);
}

/* "morning 600,evening 0": how Acorn divides its hours at Oak. */
static const char *
parts_at_oak(void)
{
	return sql_text("SELECT coalesce(string_agg(p.part_code || ' ' ||"
			" p.spare_minutes, ',' ORDER BY d.sort), '')"
			" FROM member_day_part p JOIN day_part d"
			" ON d.code = p.part_code JOIN council c"
			" ON c.id = p.council_id WHERE c.code = 'oak'");
}

/* Hours by part of the day, of /our-details/capacity/:member */
static void
test_capacity_by_part(void **state)
{
	struct browser *browser = signed_in("owner@acorn.example");
	const char *path = capacity_path("Acorn Homecare", "oak");

	(void)state;
	browser_get(browser, path);
	expect_text(browser, "When these hours are free (optional)");
	expect_text(browser, "Evening, 6pm to 11pm");
	expect_text(browser, "Night, 11pm to 6am");
	browser_post(browser, path, "revision", "2", "spare_before", "2550",
	    "spare_minutes", "20", "spare_morning", "12", "spare_evening",
	    "8.5", "call_days", "monday", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Parts of the day come to 20.5 hours, which is "
			     "more than the 20 spare hours a week");
	expect_text(browser, "href=\"#spare_morning\"");
	expect_text(browser, "value=\"8.5\"");
	browser_post(browser, path, "revision", "2", "spare_before", "2550",
	    "spare_minutes", "20", "spare_morning", "some", "call_days",
	    "monday", NULL);
	expect_status(browser, 422);
	expect_text(browser, "value=\"some\"");
	assert_string_equal(parts_at_oak(), "");
	browser_post(browser, path, "revision", "2", "spare_before", "2550",
	    "spare_minutes", "20", "spare_morning", "12", "spare_evening", "0",
	    "call_days", "monday", NULL);
	expect_location(browser, "/our-details");
	browser_follow(browser);
	expect_text(browser, "Morning 12, Evening 0, at any time 8");
	assert_string_equal(parts_at_oak(), "morning 720,evening 0");
	browser_get(browser, path);
	expect_text(browser, "value=\"12\"");
	browser_get(browser, "/our-details/capacity");
	expect_text(browser, "Morning 12, Evening 0, at any time 8");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act ="
		       " 'membership.update' AND detail -> 'spare_by_part'"
		       " = '{\"morning\": 720, \"evening\": 0}'"),
	    1);
	/* Somebody has saved since: what is there now stands beside. */
	browser_post(browser, path, "revision", "2", "spare_before", "2550",
	    "spare_minutes", "9", "spare_night", "9", "call_days", "monday",
	    NULL);
	expect_status(browser, 409);
	expect_text(browser, "Morning 12, Evening 0, at any time 8");
	expect_text(browser, "value=\"9\"");
	/* Nothing but zeros divides nothing. */
	browser_fill(browser, path, "revision", "3", "spare_before", "1200",
	    "spare_minutes", "20", "spare_morning", "0", "spare_evening", "",
	    "call_days", "monday", NULL);
	expect_location(browser, "/our-details");
	assert_string_equal(parts_at_oak(), "");
	browser_follow(browser);
	expect_no_text(browser, "By part of the day");
	browser_free(browser);
}

/* "elm.english,oak.english": the languages of a provider at each council. */
static const char *
spoken(const char *provider)
{
	return sql_text(
	    "SELECT string_agg(c.code || '.' || t.code, ',' ORDER BY c.code,"
	    " t.code) FROM framework_member m JOIN council c ON c.id ="
	    " m.council_id JOIN organisation o ON o.id = m.organisation_id"
	    " JOIN member_term x ON x.council_id = m.council_id AND"
	    " x.member_id = m.id JOIN care_term t ON t.id = x.term_id"
	    " AND t.kind = 'language' WHERE o.name = '%s'",
	    provider);
}

/* /our-details/languages */
static void
test_languages(void **state)
{
	struct browser *browser = signed_in("owner@acorn.example");
	struct browser *other = signed_in("owner@acorn.example");
	char revision[16];

	(void)state;
	browser_get(browser, "/our-details/languages");
	expect_status(browser, 200);
	expect_text(browser, "value=\"english\" checked");
	browser_hidden(browser, "revision", revision, sizeof(revision));
	browser_post(
	    browser, "/our-details/languages", "revision", revision, NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select at least one language");
	browser_post(browser, "/our-details/languages", "revision", revision,
	    "languages", "english", "languages", "polish", NULL);
	expect_location(browser, "/our-details");
	assert_string_equal(spoken("Acorn Homecare"),
	    "elm.english,elm.polish,oak.english,oak.polish");
	assert_string_equal(spoken("Beech Homecare"), "elm.english");
	browser_get(other, "/our-details/languages");
	browser_post(other, "/our-details/languages", "revision", revision,
	    "languages", "urdu", NULL);
	expect_status(other, 409);
	expect_text(other, "Polish<br>");
	expect_text(other, "value=\"urdu\" checked");
	browser_hidden(other, "revision", revision, sizeof(revision));
	browser_post(other, "/our-details/languages", "revision", revision,
	    "languages", "urdu", NULL);
	expect_status(other, 303);
	assert_string_equal(spoken("Acorn Homecare"), "elm.urdu,oak.urdu");
	assert_int_equal(acts("provider.update", "elm"), 2);
	assert_int_equal(acts("provider.update", "oak"), 2);
	browser_free(browser);
	browser_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_manager),
		cmocka_unit_test(test_contacts),
		cmocka_unit_test(test_capacity),
		cmocka_unit_test(test_capacity_by_part),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, register_begin, register_end);
}
