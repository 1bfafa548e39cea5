/*
 * The waiting list, on the demonstration: the figures of 002 paragraph 2.1.1,
 * and that any past week is worked out again from the stretches of waiting.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

static struct browser *cambridgeshire;

static int
waiting_begin(void **state)
{
	(void)state;
	harness_begin();
	cambridgeshire = browser_signed_in(
	    "commissioner@cambridgeshire.example");
	return 0;
}

static int
waiting_end(void **state)
{
	(void)state;
	browser_free(cambridgeshire);
	harness_end();
	return 0;
}

static void
figures_are_those_of_the_report(void **state)
{
	(void)state;
	browser_get(cambridgeshire, "/waiting");
	expect_status(cambridgeshire, 200);
	expect_text(cambridgeshire,
	    "1,737 hours a week for 161 people are still unmet. 92 of them "
	    "have a service and wait for a change, 57 of those leaving "
	    "reablement. 69 have nothing in place.");
	expect_text(cambridgeshire, "role=\"img\"");
	expect_text(cambridgeshire, "Fenland");
	expect_text(cambridgeshire, "South Cambridgeshire");
	expect_text(cambridgeshire, "/packages?area=fenland");
	expect_no_text(cambridgeshire, "Stevenage");
}

/* What the page says of a week, from the rows themselves. */
static void
expect_week(struct browser *browser, const char *monday, const char *filter)
{
	char path[200], expected[200];

	snprintf(expected, sizeof(expected), "%s",
	    sql_text("SELECT rtrim(to_char(round(sum(m) / 60.0, 2),"
		     " 'FM9,999,990.99'), '.')"
		     " || ' hours a week for ' || count(DISTINCT p)"
		     " FROM (SELECT DISTINCT ON (w.package_id)"
		     "  w.minutes_wanted - w.minutes_in_place AS m,"
		     "  k.person_id AS p FROM package_wait w"
		     "  JOIN package k ON k.id = w.package_id"
		     "  JOIN council c ON c.id = w.council_id"
		     "   AND c.code = 'cambridgeshire'"
		     "  JOIN area a ON a.id = k.area_id, (SELECT"
		     "   (date '%s' + 7)::timestamp AT TIME ZONE"
		     "   'Europe/London' AS at) AS t"
		     "  WHERE w.from_at <= t.at"
		     "   AND coalesce(w.until_at, 'infinity') > t.at"
		     "   AND (%s)"
		     "  ORDER BY w.package_id, w.from_at DESC) AS x",
		monday, *filter != '\0' ? filter : "true"));
	snprintf(path, sizeof(path), "/waiting?week=%s%s", monday,
	    *filter != '\0' ? "&area=fenland&reason=interim_care" : "");
	browser_get(browser, path);
	expect_status(browser, 200);
	expect_text(browser, expected);
}

static void
past_weeks_are_worked_out_again(void **state)
{
	char monday[16], path[64];
	int weeks;

	(void)state;
	for (weeks = 1; weeks <= 27; weeks += 13) {
		snprintf(monday, sizeof(monday), "%s",
		    sql_text("SELECT (date_trunc('week', clock_now() AT TIME"
			     " ZONE 'Europe/London'))::date - %d",
			weeks * 7));
		expect_week(cambridgeshire, monday, "");
		expect_text(cambridgeshire, "were still unmet");
		expect_text(cambridgeshire, "Week after");
		expect_no_text(cambridgeshire, "/packages?area=");
		expect_week(cambridgeshire, monday,
		    "a.code = 'fenland' AND w.reason = 'interim_care'");
		expect_text(cambridgeshire, "in Fenland");
	}
	/* The future, and what is no week, are this week. */
	browser_get(cambridgeshire, "/waiting?week=2999-01-01");
	expect_text(cambridgeshire, "1,737 hours");
	browser_get(cambridgeshire, "/waiting?week=nonsense&area=nowhere"
				    "&group=nobody&reason=none");
	expect_text(cambridgeshire, "1,737 hours");
	/* Before there was anything. */
	snprintf(path, sizeof(path), "/waiting?week=2001-01-01");
	browser_get(cambridgeshire, path);
	expect_text(cambridgeshire, "Nobody was waiting.");
}

static void
a_change_counts_from_when_it_was_made(void **state)
{
	(void)state;
	/* One person's hours in place go from nothing to all but one. */
	sql_run("CREATE TEMP TABLE changed AS SELECT w.* FROM package_wait w"
		" JOIN council c ON c.id = w.council_id"
		" AND c.code = 'cambridgeshire' WHERE w.until_at IS NULL"
		" AND w.reason = 'nothing_in_place' AND w.minutes_wanted > 120"
		" ORDER BY w.id LIMIT 1");
	sql_run("UPDATE package_wait w SET until_at = clock_now()"
		" FROM changed c WHERE w.id = c.id");
	sql_run("INSERT INTO package_wait (council_id, package_id, reason,"
		" minutes_wanted, minutes_in_place, from_at)"
		" SELECT council_id, package_id, 'interim_care',"
		" minutes_wanted, minutes_wanted - 60, clock_now()"
		" FROM changed");
	browser_get(cambridgeshire, "/waiting");
	expect_text(cambridgeshire, "for 161 people are still unmet. 93 of");
	expect_text(cambridgeshire, "68 have nothing in place");
	/* Placed, with a start that lies ahead: unmet until care starts. */
	sql_run("UPDATE package_wait w SET until_at = clock_now()"
		" + interval '1 day' FROM changed c"
		" WHERE w.package_id = c.package_id AND w.until_at IS NULL");
	browser_get(cambridgeshire, "/waiting");
	expect_text(cambridgeshire, "for 161 people");
	sql_run("UPDATE package_wait w SET until_at = clock_now()"
		" FROM changed c WHERE w.package_id = c.package_id"
		" AND w.until_at > clock_now()");
	browser_get(cambridgeshire, "/waiting");
	expect_text(cambridgeshire, "for 160 people");
	sql_run("DELETE FROM package_wait w USING changed c"
		" WHERE w.package_id = c.package_id AND w.id > c.id");
	sql_run("UPDATE package_wait w SET until_at = NULL FROM changed c"
		" WHERE w.id = c.id");
	browser_get(cambridgeshire, "/waiting");
	expect_text(cambridgeshire, "1,737 hours a week for 161 people");
}

static void
the_table_is_a_file(void **state)
{
	(void)state;
	browser_get(cambridgeshire, "/waiting.csv");
	expect_status(cambridgeshire, 200);
	expect_text(cambridgeshire, "week_starting,hours_unmet,people,");
	expect_text(
	    cambridgeshire, ",1737.00,161,864.25,69,281.75,35,591.00,57\r\n");
	browser_get(cambridgeshire, "/waiting.csv?reason=interim_care");
	expect_text(cambridgeshire, ",281.75,35,0.00,0,281.75,35,0.00,0\r\n");
}

static void
each_council_sees_its_own(void **state)
{
	struct browser *broker = browser_signed_in(
	    "broker@hertfordshire.example");
	struct browser *provider = browser_signed_in(
	    "owner@tinsel-teapot.example");
	struct browser *administrator = browser_signed_in(
	    "admin@cambridgeshire.example");

	(void)state;
	browser_get(broker, "/waiting");
	expect_status(broker, 200);
	expect_no_text(broker, "1,737");
	expect_no_text(broker, "Fenland");
	browser_get(broker, "/waiting?area=fenland");
	expect_no_text(broker, "in Fenland");
	browser_get(provider, "/waiting");
	expect_status(provider, 403);
	browser_get(provider, "/waiting.csv");
	expect_status(provider, 403);
	browser_get(administrator, "/waiting");
	expect_text(administrator, "1,737 hours");
	expect_no_text(administrator, "/packages?area=");
	browser_free(broker);
	browser_free(provider);
	browser_free(administrator);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_those_of_the_report),
		cmocka_unit_test(past_weeks_are_worked_out_again),
		cmocka_unit_test(a_change_counts_from_when_it_was_made),
		cmocka_unit_test(the_table_is_a_file),
		cmocka_unit_test(each_council_sees_its_own),
	};

	return cmocka_run_group_tests_name(
	    "waiting", tests, waiting_begin, waiting_end);
}
