/*
 * A package that changes while its offers are out: a new version, whose
 * offers take the place of the old ones in the same act.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
	    "Saved as version 2. The offers were withdrawn and sent again to "
	    "2 providers");
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sent_again),
		cmocka_unit_test(test_nobody_left),
		cmocka_unit_test(test_incomplete),
	};

	return cmocka_run_group_tests_name(
	    "offers_changes", tests, fern_begin, fern_end);
}
