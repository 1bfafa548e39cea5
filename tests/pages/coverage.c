/*
 * Coverage on the demonstration: the areas in force and others, what a cap
 * would do, and the schemes that are drawn up to look at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

static struct browser *commissioner;

static int
coverage_begin(void **state)
{
	(void)state;
	harness_begin();
	commissioner = browser_signed_in("commissioner@hertfordshire.example");
	return 0;
}

static int
coverage_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	harness_end();
	return 0;
}

/* Everything that coverage must leave as it is. */
static const char *
world(void)
{
	return sql_text("SELECT md5(string_agg(x, ' ' ORDER BY x)) FROM ("
			" SELECT s::text AS x FROM area_scheme s UNION ALL"
			" SELECT s::text FROM area_sector s UNION ALL"
			" SELECT s::text FROM framework s UNION ALL"
			" SELECT s::text FROM member_area s UNION ALL"
			" SELECT s::text FROM framework_member s UNION ALL"
			" SELECT s::text FROM area_plan s UNION ALL"
			" SELECT s::text FROM area_plan_sector s) AS y");
}

static void
hours_are_those_of_the_packages(void **state)
{
	char expected[100];

	(void)state;
	browser_get(commissioner, "/coverage");
	expect_status(commissioner, 200);
	expect_text(commissioner, "as it is in force");
	expect_text(commissioner, "1. Broxbourne");
	expect_text(commissioner, "9. Welwyn &amp; Hatfield");
	expect_no_text(commissioner, "10. ");
	expect_text(commissioner, "role=\"img\"");
	snprintf(expected, sizeof(expected), ">%s<",
	    sql_text("SELECT rtrim(rtrim(round(sum(k.weekly_minutes) / 60.0,"
		     " 2)::text, '0'), '.') FROM package k JOIN council c"
		     " ON c.id = k.council_id WHERE c.code = 'hertfordshire'"
		     " AND k.state = 'waiting'"));
	expect_text(commissioner, expected);
	snprintf(expected, sizeof(expected), "%s by 6",
	    sql_text("SELECT sum(m.spare_minutes) / 60 FROM framework_member m"
		     " JOIN framework f ON f.id = m.framework_id"
		     " WHERE f.code = 'support-at-home'"
		     " AND m.state = 'active' AND m.left_on IS NULL"));
	expect_text(commissioner, expected);
}

static void
other_areas_and_caps_change_nothing(void **state)
{
	char before[64];

	(void)state;
	snprintf(before, sizeof(before), "%s", world());
	browser_get(commissioner, "/coverage?scheme=lots&rurality=rural&cap=2");
	expect_status(commissioner, 200);
	expect_text(commissioner,
	    "What if Support at home framework had the areas of Lot areas and "
	    "a cap of 2 areas for one provider?");
	expect_text(commissioner, "14. Watford");
	expect_text(commissioner, "Gap under the cap");
	assert_string_equal(before, world());
}

static void
a_gap_is_told_in_words(void **state)
{
	(void)state;
	sql_run("UPDATE framework_member m SET spare_minutes = 0"
		" FROM framework f WHERE f.id = m.framework_id"
		" AND f.code = 'support-at-home'");
	browser_get(commissioner, "/coverage");
	expect_text(commissioner, "cannot be met");
	expect_text(commissioner, "The widest gap is in");
	expect_text(commissioner, ">Gap<");
	expect_no_text(commissioner, ">Covered<");
}

static void
wrong_caps_are_refused(void **state)
{
	(void)state;
	browser_get(commissioner, "/coverage?scheme=lots&rurality=&cap=0");
	expect_status(commissioner, 422);
	expect_text(commissioner, "id=\"cap-error\"");
	browser_get(commissioner, "/coverage?scheme=no-such&rurality=&cap=");
	expect_status(commissioner, 422);
	expect_text(commissioner, "id=\"scheme-error\"");
}

static void
each_council_sees_its_own(void **state)
{
	struct browser *other = browser_signed_in(
	    "commissioner@cambridgeshire.example");
	struct browser *provider = browser_signed_in(
	    "owner@harlequin-larkspur.example");
	struct browser *broker = browser_signed_in(
	    "broker@hertfordshire.example");

	(void)state;
	browser_get(other, "/coverage");
	expect_text(other, "Fenland");
	expect_no_text(other, "Three clusters");
	expect_no_text(other, "Stevenage");
	browser_get(provider, "/coverage");
	expect_status(provider, 403);
	browser_get(broker, "/coverage");
	expect_status(broker, 200);
	expect_no_text(broker, "Draw up a new scheme");
	browser_get(broker, "/coverage/schemes/new");
	expect_status(broker, 403);
	browser_free(other);
	browser_free(provider);
	browser_free(broker);
}

static void
rutland_and_peterborough_have_coverage(void **state)
{
	struct browser *rutland = browser_signed_in(
	    "commissioner@rutland.example");
	struct browser *peterborough = browser_signed_in(
	    "commissioner@peterborough.example");

	(void)state;
	browser_get(rutland, "/coverage");
	expect_text(rutland, "88 by 4 providers");
	expect_text(rutland, "3. Uppingham &amp; South");
	expect_text(rutland, ">Nobody waits<");
	browser_get(peterborough, "/coverage");
	expect_text(peterborough, "209 by 5 providers");
	browser_free(rutland);
	browser_free(peterborough);
}

static void
a_scheme_is_drawn_up_changed_and_removed(void **state)
{
	char path[100];

	(void)state;
	browser_get(commissioner,
	    "/coverage/schemes/new?framework=support-at-home&from=lots");
	expect_text(commissioner, "East &amp; North Herts Rural: ");
	browser_fill(commissioner, "/coverage/schemes/new", "name", "Two towns",
	    "areas", "Stevenage: SG1\nWatford: WD17, WD18", NULL);
	expect_location(commissioner, "/coverage?scheme=");
	snprintf(path, sizeof(path), "/coverage/schemes/%s",
	    sql_text("SELECT reference FROM area_plan"
		     " WHERE name = 'Two towns'"));
	browser_follow(commissioner);
	expect_text(commissioner, "Scheme drawn up. It is not in force");
	expect_text(commissioner, "1. Stevenage");
	expect_text(commissioner, "3. In no area of this scheme");
	browser_fill(commissioner, path, "revision", "1", "name", "Two towns",
	    "areas", "Watford: WD17", NULL);
	expect_location(commissioner, "/coverage?scheme=");
	browser_fill(commissioner, path, "revision", "1", "name", "Mine",
	    "areas", "Watford: WD18", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "Changes were saved here");
	expect_text(commissioner, "Watford: WD18");
	/* Nor is it removed by who has not seen the change. */
	browser_get(commissioner, path);
	browser_post(
	    commissioner, path, "revision", "1", "act", "remove", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "Not removed");
	browser_post(
	    commissioner, path, "revision", "2", "act", "remove", NULL);
	expect_location(commissioner, "/coverage");
	browser_get(commissioner, path);
	expect_status(commissioner, 404);
	assert_string_equal(
	    sql_text("SELECT string_agg(act, ' ' ORDER BY id) FROM audit"
		     " WHERE act LIKE 'area_plan.%%'"),
	    "area_plan.create area_plan.update area_plan.remove");
}

static void
names_are_used_once(void **state)
{
	(void)state;
	browser_fill(commissioner, "/coverage/schemes/new", "name",
	    "three CLUSTERS", "areas", "North: SG1", NULL);
	expect_status(commissioner, 422);
	expect_text(
	    commissioner, "Another scheme that was drawn up has this name");
	browser_fill(commissioner, "/coverage/schemes/new", "name", "Far",
	    "areas", "North: CB1", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner,
	    "CB1 in North is not a postcode sector of your areas");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_those_of_the_packages),
		cmocka_unit_test(other_areas_and_caps_change_nothing),
		cmocka_unit_test(wrong_caps_are_refused),
		cmocka_unit_test(each_council_sees_its_own),
		cmocka_unit_test(rutland_and_peterborough_have_coverage),
		cmocka_unit_test(a_scheme_is_drawn_up_changed_and_removed),
		cmocka_unit_test(names_are_used_once),
		cmocka_unit_test(a_gap_is_told_in_words),
	};

	return cmocka_run_group_tests_name(
	    "coverage", tests, coverage_begin, coverage_end);
}
