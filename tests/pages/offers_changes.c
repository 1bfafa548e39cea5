/*
 * A package that changes while its offers are out: a new version, whose
 * offers take the place of the old ones in the same act.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"
#include "support_packages.h"

/* Sent to Birch and Cedar; Alder is left out. All of it is answered. */
static struct fern_cast
changed_begin(void)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *path = fern_path("/packages/%s/match", cast.package);
	char *alder = strdup(sql_text(
	    "SELECT reference FROM organisation WHERE name LIKE 'Alder %%'"));
	char mark[64];

	sql_run("UPDATE package SET sections = '{area,needs,before-coming,"
		"choice}' WHERE reference = '%s'",
	    cast.package);
	sql_run("UPDATE person s SET born_on = '1948-02-01' FROM package k"
		" WHERE k.person_id = s.id AND k.reference = '%s'",
	    cast.package);
	browser_get(cast.broker, path);
	browser_hidden(cast.broker, "mark", mark, sizeof(mark));
	browser_post(cast.broker, path, "mark", mark, "leave_out", alder,
	    "reason", "Too many lately", NULL);
	expect_status(cast.broker, 303);
	free(alder);
	return cast;
}

static int64_t
rounds_live(const char *package)
{
	return sql_number("SELECT count(*) FROM offer_round o JOIN package k"
			  " ON k.id = o.package_id WHERE k.reference = '%s'"
			  " AND o.settled_at IS NULL",
	    package);
}

/* The value of a field of the last round's line about Alder. */
static const char *
alder_reason(const char *package)
{
	return sql_text("SELECT l.left_out_reason FROM match_line l"
			" JOIN offer_round o ON o.id = l.round_id"
			" JOIN package k ON k.id = o.package_id"
			" WHERE k.reference = '%s'"
			" AND l.organisation_name LIKE 'Alder %%'"
			" ORDER BY o.number DESC LIMIT 1",
	    package);
}

/* What an offer's page says of smoking. */
static const char *
smoking(const struct browser *provider)
{
	static char text[32];
	const char *at = strstr(provider->page, "Smoking in the home");

	assert_non_null(at);
	at = strstr(at, "<dd");
	assert_non_null(at);
	at = strchr(at, '>') + 1;
	at += strspn(at, " \n\t");
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(at, "<\n"), at);
	return text;
}

static void
test_sent_again(void **state)
{
	struct fern_cast cast = changed_begin();
	char *old = fern_offer(cast.package, "Birch"), *new;

	(void)state;
	fern_accept(cast.birch, old, 20, NULL);
	FILL(cast.broker, path_of(cast.package, "before-coming"), "smoker",
	    "yes", "pets", "no", "know_before", "");
	expect_status(cast.broker, 200);
	expect_text(cast.broker, "go out at once to 2 providers");
	expect_text(cast.broker, "Nothing is saved yet");
	assert_string_equal(fern_offer_result(old), "accepted");
	FILL(cast.broker, path_of(cast.package, "before-coming"), "smoker",
	    "yes", "pets", "no", "know_before", "", "confirm", "yes");
	expect_status(cast.broker, 303);
	browser_follow(cast.broker);
	expect_text(cast.broker,
	    "Saved as version 2: What a worker should know before coming. The "
	    "offers were withdrawn and sent again to 2 providers");
	assert_string_equal(fern_offer_result(old), "accepted not_selected");
	assert_int_equal(rounds_live(cast.package), 1);
	new = fern_offer(cast.package, "Birch");
	assert_string_not_equal(new, old);
	assert_string_equal(fern_offer_result(new), "sent");
	assert_int_equal(sql_number("SELECT package_version FROM offer"
				    " WHERE reference = '%s'",
			     new),
	    2);
	assert_string_equal(alder_reason(cast.package), "Too many lately");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer f JOIN organisation g"
		       " ON g.id = f.organisation_id JOIN package k"
		       " ON k.id = f.package_id WHERE k.reference = '%s'"
		       " AND g.name LIKE 'Alder %%'",
		cast.package),
	    0);
	/* The old one reads as withdrawn, and says what was offered then. */
	browser_get(cast.birch, fern_path("/offers/%s", old));
	expect_text(cast.birch, "Withdrawn by the council");
	expect_text(cast.birch, "The package has changed");
	assert_string_equal(smoking(cast.birch), "Not known");
	browser_get(cast.birch, fern_path("/offers/%s", new));
	assert_string_equal(smoking(cast.birch), "Yes");
	browser_get(cast.birch, "/offers?standing=not_selected");
	expect_no_text(cast.birch, old);
	browser_get(cast.birch, "/offers?standing=withdrawn");
	expect_text(cast.birch, old);
	expect_text(cast.birch, ">By ");
	free(old);
	free(new);
	fern_cast_end(&cast);
}

/* Nobody suits it any more: the offers are withdrawn, and it waits. */
static void
test_nobody_left(void **state)
{
	struct fern_cast cast = changed_begin();

	(void)state;
	FILL(cast.broker, path_of(cast.package, "needs"), "specialism_must",
	    "stroke", "two_carers", "no");
	expect_text(cast.broker, "no provider matches");
	FILL(cast.broker, path_of(cast.package, "needs"), "specialism_must",
	    "stroke", "two_carers", "no", "confirm", "yes");
	expect_status(cast.broker, 303);
	browser_follow(cast.broker);
	expect_text(cast.broker, "no provider matches the package now");
	assert_int_equal(rounds_live(cast.package), 0);
	assert_string_equal(fern_package_state(cast.package), "waiting");
	fern_cast_end(&cast);
}

/* A change that leaves a question open waits for its answer. */
static void
test_incomplete(void **state)
{
	struct fern_cast cast = changed_begin();
	const char *path = fern_path("/packages/%s/outcomes/%s", cast.package,
	    sql_text("SELECT w.id FROM outcome_wanted w JOIN package k"
		     " ON k.id = w.package_id WHERE k.reference = '%s'",
		cast.package));

	(void)state;
	FILL(cast.broker, path, "act", "remove", "confirm", "yes");
	expect_status(cast.broker, 303);
	browser_follow(cast.broker);
	expect_text(cast.broker, "Outcome removed, saved as version 2");
	expect_text(cast.broker, "leaves something to answer first");
	assert_int_equal(rounds_live(cast.package), 0);
	fern_cast_end(&cast);
}

static void
framework_choose(
    const struct fern_cast *cast, const char *code, const char *confirm)
{
	char *reference = strdup(sql_text(
	    "SELECT reference FROM framework WHERE code = '%s'", code));

	FILL(cast->broker, path_of(cast->package, "funding"), "funding",
	    "council", "service_kind", "support_at_home", "framework",
	    reference, "confirm", confirm);
	free(reference);
}

static const char *
area_of(const char *package)
{
	return sql_text("SELECT a.code || CASE WHEN 'area' = ANY (k.sections)"
			" THEN '' ELSE ', to be confirmed' END"
			" FROM package k JOIN area a ON a.id = k.area_id"
			" WHERE k.reference = '%s'",
	    package);
}

/* Another framework of the same areas, of others, and of none there. */
static void
test_framework(void **state)
{
	struct fern_cast cast = changed_begin();

	(void)state;
	framework_choose(&cast, "cambridgeshire-2017", "yes");
	expect_status(cast.broker, 303);
	assert_string_equal(area_of(cast.package), "fernton");
	assert_int_equal(rounds_live(cast.package), 1);
	sql_run("INSERT INTO area_scheme (council_id, code, name)"
		" SELECT id, 'zones', 'Zones' FROM council"
		" WHERE code = 'fern';"
		" INSERT INTO area (council_id, scheme_id, code, name, sort)"
		" SELECT council_id, id, 'zone', 'Zone', 1 FROM area_scheme"
		" WHERE code = 'zones';"
		" INSERT INTO framework (council_id, code, name, scheme_id,"
		" starts_on, policy_version_id, rate_card_code)"
		" SELECT f.council_id, 'zones', 'Zones', z.id, f.starts_on,"
		" f.policy_version_id, f.rate_card_code FROM framework f,"
		" area_scheme z WHERE f.code = 'hertfordshire'"
		" AND z.code = 'zones'");
	framework_choose(&cast, "zones", "yes");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "lies in no area of this framework");
	assert_int_equal(rounds_live(cast.package), 1);
	sql_run("INSERT INTO area_sector (council_id, scheme_id, sector,"
		" area_id, share_percent) SELECT council_id, scheme_id,"
		" 'ZX1 1', id, 100 FROM area WHERE code = 'zone'");
	framework_choose(&cast, "zones", "yes");
	expect_status(cast.broker, 303);
	assert_string_equal(area_of(cast.package), "zone, to be confirmed");
	assert_int_equal(rounds_live(cast.package), 0);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sent_again),
		cmocka_unit_test(test_nobody_left),
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_framework),
	};

	return cmocka_run_group_tests_name(
	    "offers_changes", tests, fern_begin, fern_end);
}
