/*
 * Clearing when providers divide their hours over the day, on the
 * demonstration: a part of the day alone may forbid a match, the page says
 * which, and what is kept gives the same plan again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "harness.h"
#include "support/support_command.h"

static struct browser *broker;
static char folder[] = "/tmp/clearing.XXXXXX";

static int
clearing_begin(void **state)
{
	(void)state;
	harness_begin();
	assert_non_null(mkdtemp(folder));
	broker = browser_signed_in("broker@cambridgeshire.example");
	return 0;
}

static int
clearing_end(void **state)
{
	(void)state;
	rmdir(folder);
	browser_free(broker);
	harness_end();
	return 0;
}

static int64_t
propose(const char *bundle)
{
	browser_fill(broker, "/clearing", "travel_pence", "28",
	    "bundle_kilometres", bundle, NULL);
	expect_location(broker, "/clearing/Y");
	browser_follow(broker);
	expect_status(broker, 200);
	return sql_number("SELECT max(id) FROM clearing");
}

/* --- The same plan from the files ------------------------------------------- */

/* One of the kept files, on disk. */
static void
file_write(int64_t clearing, const char *name, char *path, size_t size)
{
	const char *text = sql_text(
	    "SELECT %s_csv FROM clearing WHERE id = %lld", name,
	    (long long)clearing);
	FILE *file;

	snprintf(path, size, "%s/%s.csv", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* How many lines of the plan that the command found stand on the page. */
static int64_t
lines_alike(int64_t clearing, json_t *assignment)
{
	int64_t alike = 0;
	json_t *line;
	size_t i;

	json_array_foreach(assignment, i, line)
	{
		alike += sql_number(
		    "SELECT count(*) FROM clearing_line l"
		    " JOIN package k ON k.id = l.package_id"
		    " JOIN organisation o ON o.id = l.organisation_id"
		    " WHERE l.clearing_id = %lld"
		    " AND k.reference = ANY (string_to_array('%s', '+'))"
		    " AND o.reference = split_part('%s', '-', 1)",
		    (long long)clearing,
		    json_string_value(json_object_get(line, "package")),
		    json_string_value(json_object_get(line, "provider")));
	}
	return alike;
}

static void
expect_replay(int64_t clearing)
{
	char packages[60], providers[60], options[60], demands[60];
	const bool has_parts = sql_number("SELECT (demands_csv <> '')::int"
					  " FROM clearing WHERE id = %lld",
				   (long long)clearing) == 1;
	json_t *all;

	file_write(clearing, "packages", packages, sizeof(packages));
	file_write(clearing, "providers", providers, sizeof(providers));
	file_write(clearing, "options", options, sizeof(options));
	file_write(clearing, "demands", demands, sizeof(demands));
	assert_int_equal(
	    match_run("clear", "--packages", packages, "--providers", providers,
		"--options", options, "--travel", "28", "--changes", "0",
		"--json", has_parts ? "--demands" : NULL, demands, NULL),
	    0);
	unlink(packages);
	unlink(providers);
	unlink(options);
	unlink(demands);
	all = json_loads(match_out, 0, NULL);
	assert_non_null(all);
	assert_int_equal(
	    lines_alike(clearing, json_object_get(all, "assignment")),
	    sql_number("SELECT plan_packages FROM clearing WHERE id = %lld",
		(long long)clearing));
	assert_int_equal(
	    (int64_t)(json_number_value(json_object_get(
			  json_array_get(json_object_get(all, "bound"), 0),
			  "bound_hours")) *
			  100 +
		      0.5),
	    sql_number("SELECT (bound_minutes * 100 + 30) / 60 FROM clearing"
		       " WHERE id = %lld",
		(long long)clearing));
	json_decref(all);
}

static void
the_files_give_the_same_plan(void **state)
{
	const int64_t clearing = propose("");
	char path[100];

	(void)state;
	expect_text(broker, "Hours a week by part of the day");
	expect_text(broker, "At any time");
	snprintf(path, sizeof(path), "/clearing/%s/demands.csv",
	    sql_text("SELECT reference FROM clearing WHERE id = %lld",
		(long long)clearing));
	expect_text(broker, path);
	browser_get(broker, path);
	expect_status(broker, 200);
	assert_int_equal(strncmp(broker->page, "package,slot,amount\n", 20), 0);
	expect_replay(clearing);
	expect_replay(propose("12"));
}

/* What is proposed in each part is there in it or at any time. */
static void
parts_are_kept_to(void **state)
{
	const int64_t clearing = sql_number("SELECT min(id) FROM clearing");

	(void)state;
	assert_int_equal(sql_number("SELECT count(*) FROM clearing_part"
				    " WHERE clearing_id = %lld",
			     (long long)clearing),
	    6);
	assert_int_equal(
	    sql_number("SELECT sum(wanted_minutes)::bigint FROM clearing_part"
		       " WHERE clearing_id = %lld",
		(long long)clearing),
	    sql_number("SELECT waiting_minutes FROM clearing WHERE id = %lld",
		(long long)clearing));
	assert_int_equal(
	    sql_number("SELECT sum(plan_minutes)::bigint FROM clearing_part"
		       " WHERE clearing_id = %lld",
		(long long)clearing),
	    sql_number("SELECT plan_minutes FROM clearing WHERE id = %lld",
		(long long)clearing));
	/* Held against every member that divides, by another way of adding. */
	assert_int_equal(
	    sql_number(
		"SELECT count(*) FROM (SELECT x.member_id, m.spare_minutes,"
		"  sum(greatest(0, x.taken - x.spare)) AS over,"
		"  sum(x.spare) AS parts FROM ("
		"   SELECT p.member_id, d.sort,"
		"    max(p.spare_minutes) AS spare,"
		"    coalesce(sum((package_day_parts(l.council_id,"
		"     l.package_id))[d.sort]), 0) AS taken"
		"   FROM member_day_part p JOIN day_part d"
		"    ON d.code = p.part_code"
		"   JOIN framework_member f ON f.id = p.member_id"
		"   LEFT JOIN clearing_line l ON l.clearing_id = %lld"
		"    AND l.organisation_id = f.organisation_id"
		"   GROUP BY 1, 2) AS x"
		"  JOIN framework_member m ON m.id = x.member_id"
		"  GROUP BY 1, 2) AS y"
		" WHERE y.over > y.spare_minutes - y.parts",
		(long long)clearing),
	    0);
}

/* --- A part of the day alone ------------------------------------------------- */

/* A package that is proposed when one member alone has hours, and that one. */
struct pair {
	char package[20];
	int64_t member;
	int64_t minutes;
};

static struct pair
pair_alone(void)
{
	const int64_t clearing = propose("");
	struct pair pair;

	snprintf(pair.package, sizeof(pair.package), "%s",
	    sql_text("SELECT k.reference FROM clearing_line l"
		     " JOIN package k ON k.id = l.package_id"
		     " WHERE l.clearing_id = %lld"
		     " AND l.organisation_id IS NOT NULL"
		     " AND l.weekly_minutes = (SELECT sum(t) FROM unnest("
		     "  package_day_parts(k.council_id, k.id)) AS t)"
		     " AND (package_day_parts(k.council_id, k.id))[5] = 0"
		     " ORDER BY l.position LIMIT 1",
		(long long)clearing));
	pair.member = sql_number(
	    "SELECT m.id FROM clearing_line l JOIN package k"
	    " ON k.id = l.package_id JOIN framework_member m"
	    " ON m.organisation_id = l.organisation_id"
	    " AND m.council_id = k.framework_council_id"
	    " AND m.framework_id = k.framework_id"
	    " WHERE l.clearing_id = %lld AND k.reference = '%s'",
	    (long long)clearing, pair.package);
	pair.minutes = sql_number(
	    "SELECT weekly_minutes FROM package WHERE reference = '%s'",
	    pair.package);
	sql_run("DELETE FROM member_day_part");
	sql_run("UPDATE framework_member SET spare_minutes ="
		" CASE id WHEN %lld THEN %lld ELSE 0 END",
	    (long long)pair.member, (long long)pair.minutes);
	/* Nobody else waits who would rather have these hours. */
	sql_run("UPDATE package SET state = 'cancelled' WHERE state = 'waiting'"
		" AND reference <> '%s' AND council_id = (SELECT id"
		" FROM council WHERE code = 'cambridgeshire')",
	    pair.package);
	return pair;
}

/* The member has in some parts what the package takes there; in no other any. */
static void
parts_for_package(const struct pair *pair, const char *which)
{
	sql_run("DELETE FROM member_day_part");
	sql_run("INSERT INTO member_day_part SELECT m.council_id, m.id, d.code,"
		" (package_day_parts(k.council_id, k.id))[d.sort]"
		" FROM framework_member m, package k, day_part d"
		" WHERE m.id = %lld AND k.reference = '%s' AND %s",
	    (long long)pair->member, pair->package, which);
	sql_run("UPDATE member_day_part SET spare_minutes = (SELECT"
		" m.spare_minutes - sum(p.spare_minutes)"
		" FROM framework_member m JOIN member_day_part p"
		" ON p.member_id = m.id WHERE m.id = %lld"
		" GROUP BY m.spare_minutes) WHERE part_code = 'night'",
	    (long long)pair->member);
}

static void
expect_proposed(int64_t clearing, const struct pair *pair, int64_t expected)
{
	assert_int_equal(
	    sql_number("SELECT count(*) FROM clearing_line l JOIN package k"
		       " ON k.id = l.package_id"
		       " WHERE l.clearing_id = %lld AND k.reference = '%s'"
		       " AND l.organisation_id IS NOT NULL",
		(long long)clearing, pair->package),
	    expected);
}

static void
a_part_of_the_day_alone_forbids(void **state)
{
	const struct pair pair = pair_alone();
	int64_t clearing = propose("");
	char path[100];

	(void)state;
	/* Not divided: the week is one, as it was. */
	expect_proposed(clearing, &pair, 1);
	expect_no_text(broker, "Hours a week by part of the day");
	expect_no_text(broker, "demands.csv");
	expect_replay(clearing);
	snprintf(path, sizeof(path), "/clearing/%s",
	    sql_text("SELECT reference FROM clearing WHERE id = %lld",
		(long long)clearing));

	/* As many hours, but all of them at night. */
	sql_run("INSERT INTO member_day_part SELECT council_id, id, 'night',"
		" spare_minutes FROM framework_member WHERE id = %lld",
	    (long long)pair.member);
	clearing = propose("");
	expect_proposed(clearing, &pair, 0);
	expect_text(broker, "Hours are lacking ");
	expect_text(broker, "in the morning (1 package)");
	expect_text(broker, "have hours left, but too few in the morning");
	assert_int_equal(sql_number("SELECT count(*) FROM clearing_line"
				    " WHERE clearing_id = %lld"
				    " AND 'morning' = ANY (lacking_parts)"
				    " AND NOT 'night' = ANY (lacking_parts)",
			     (long long)clearing),
	    1);
	expect_replay(clearing);

	/* What was proposed before is not sent any more. */
	browser_fill(broker, path, "packages", pair.package, NULL);
	expect_status(broker, 409);
	expect_text(broker, "needs hours at times of the day at which");

	/* But for the morning, which is then what ten more hours would be for. */
	parts_for_package(&pair, "d.code <> 'morning'");
	propose("");
	expect_text(broker, "Ten more hours a week in the morning at ");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM clearing_change x"
		       " JOIN framework_member m ON m.id = %lld"
		       " JOIN organisation o ON o.id = m.organisation_id"
		       " WHERE x.clearing_id = (SELECT max(id) FROM clearing)"
		       " AND x.label LIKE 'Ten more hours %% at ' || o.name"
		       " AND x.label NOT LIKE '%% in the morning at %%'",
		(long long)pair.member),
	    0);

	/* With them at the right time it is, and the offer takes them up. */
	parts_for_package(&pair, "true");
	expect_proposed(propose(""), &pair, 1);
	browser_post(broker, path, "packages", pair.package, NULL);
	expect_status(broker, 303);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_files_give_the_same_plan),
		cmocka_unit_test(parts_are_kept_to),
		cmocka_unit_test(a_part_of_the_day_alone_forbids),
	};

	return cmocka_run_group_tests_name(
	    "clearing_parts", tests, clearing_begin, clearing_end);
}
