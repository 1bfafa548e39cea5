/*
 * Lists with more rows than a page, or than a list once ended at: each says
 * how many there are, has pages, and its last page has the last row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_packages.h"

static struct browser *broker, *commissioner, *owner;
static char package[32];

static int
begin(void **state)
{
	(void)state;
	packages_begin();
	broker = browser_signed_in("broker@northing.test");
	commissioner = browser_signed_in("commissioner@northing.test");
	owner = browser_signed_in("owner@foxglove.test");
	snprintf(package, sizeof(package), "%s", package_wait(broker, "Many"));
	sql_run("%s", file_text("tests/data/lists.sql"));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	browser_free(broker);
	browser_free(commissioner);
	browser_free(owner);
	harness_end();
	return 0;
}

static void
test_offers_to_do(void **state)
{
	(void)state;
	browser_get(owner, "/offers");
	expect_text(owner, "230 offers to reply to");
	expect_text(owner, "todo=12");
	expect_text(
	    owner, "99+<span class=\"govuk-visually-hidden\"> things to do");
	browser_get(owner, "/offers?todo=12");
	expect_text(
	    owner, sql_text("SELECT reference FROM offer"
			    " ORDER BY reply_by DESC, id DESC LIMIT 1"));
	browser_get(owner, "/offers?todo=99&page=99");
	expect_text(owner, "aria-label=\"Page 12\" aria-current=\"page\"");
}

static void
test_offer_history(void **state)
{
	(void)state;
	sql_run("UPDATE offer SET state = 'withdrawn'"
		" WHERE id IN (SELECT id FROM offer ORDER BY id LIMIT 25)");
	browser_get(owner, "/offers");
	expect_text(owner, "205 offers to reply to");
	expect_text(owner, "25 offers answered or over");
	browser_get(owner, "/offers?standing=withdrawn&page=2");
	expect_text(owner, "25 offers answered or over");
	expect_text(owner, "standing=withdrawn&amp;page=1");
	browser_get(owner, "/offers?standing=declined");
	expect_text(owner, "No offer ended like this");
}

static void
test_approvals(void **state)
{
	char path[64];

	(void)state;
	browser_get(commissioner, "/approvals");
	expect_text(commissioner, "230 requests to decide");
	browser_get(commissioner, "/approvals?open=12");
	expect_text(
	    commissioner, sql_text("SELECT reference FROM placement_request"
				   " ORDER BY requested_at, id LIMIT 1"));
	snprintf(path, sizeof(path), "/approvals?q=%s", package);
	browser_get(commissioner, path);
	expect_text(commissioner, "1 request to decide");
	browser_get(commissioner, "/approvals?q=nobody");
	expect_text(commissioner, "No request to decide fits");
}

static void
test_package_history(void **state)
{
	char path[80];

	(void)state;
	browser_get(broker, path_of(package, ""));
	expect_text(broker, " entries, newest first");
	expect_no_text(broker, "Draft begun");
	snprintf(path, sizeof(path), "/packages/%s?history=99", package);
	browser_get(broker, path);
	expect_text(broker, "Draft begun");
	expect_text(broker, "Pages of the history");
}

static void
test_packages_of_a_person(void **state)
{
	char path[80];

	(void)state;
	snprintf(path, sizeof(path), "/people/%s?page=12",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Many'"));
	browser_get(broker, path);
	expect_text(broker, "230 packages for this person");
	expect_text(broker, "aria-label=\"Page 12\" aria-current=\"page\"");
}

static void
test_people_found(void **state)
{
	(void)state;
	browser_get(broker, "/packages/new");
	browser_post(broker, "/packages/new", "family_name", "Crowd", NULL);
	expect_status(broker, 200);
	expect_text(
	    broker, "45 people found, the likeliest first: page 1 of 3");
	expect_text(broker, "Next page");
	expect_no_text(broker, "Previous page");
	browser_post(
	    broker, "/packages/new", "family_name", "Crowd", "page", "3", NULL);
	expect_text(broker, "page 3 of 3");
	expect_text(broker, "Previous page");
	expect_no_text(broker, "Next page");
	expect_text(broker, "name=\"family_name\" value=\"Crowd\"");
}

/* A page beyond the end is not an empty list. */
static void
test_beyond_the_end(void **state)
{
	(void)state;
	browser_get(broker, "/packages?page=900");
	expect_text(broker, "230 packages, urgent first");
	sql_run("INSERT INTO task (council_id, kind) SELECT c.id,"
		" 'telephone_offer' FROM council c, generate_series(1, 25)"
		" WHERE c.code = 'northing'");
	browser_get(broker, "/tasks?page=900");
	expect_text(broker, "25 tasks");
	expect_text(
	    broker, "25<span class=\"govuk-visually-hidden\"> things to do");
	browser_get(broker, "/tasks?page=2");
	expect_text(broker, "aria-label=\"Page 2\" aria-current=\"page\"");
}

static void
test_placements(void **state)
{
	(void)state;
	sql_run("INSERT INTO placement (council_id, package_id, person_id,"
		" organisation_id, starts_at, weekly_minutes,"
		" weekly_price_pence) SELECT k.council_id, k.id, k.person_id,"
		" g.id, clock_now(), 315, 12278 FROM package k, organisation g"
		" WHERE g.name = 'Foxglove Test Care'");
	browser_get(broker, "/placements?page=12");
	expect_text(broker, "230 placements");
	expect_text(broker, "aria-label=\"Page 12\" aria-current=\"page\"");
	browser_get(broker, "/placements?q=foxglove");
	expect_text(broker, "230 placements");
	browser_get(owner, "/placements?q=nobody");
	expect_text(owner, "No placement fits the filter");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offers_to_do),
		cmocka_unit_test(test_offer_history),
		cmocka_unit_test(test_approvals),
		cmocka_unit_test(test_package_history),
		cmocka_unit_test(test_packages_of_a_person),
		cmocka_unit_test(test_people_found),
		cmocka_unit_test(test_beyond_the_end),
		cmocka_unit_test(test_placements),
	};

	return cmocka_run_group_tests_name("lists", tests, begin, end);
}
