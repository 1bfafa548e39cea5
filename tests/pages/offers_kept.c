/*
 * What is kept of a match for a later challenge, and of awards for the next
 * tie.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support_offers.h"

/* Changes the contract, the spare hours and the rating that Alder has. */
static void
alder_becomes(const char *contract, int minutes, const char *rating)
{
	sql_run("UPDATE framework_member m SET contract_kind = '%s',"
		" spare_minutes = %d FROM organisation o"
		" WHERE o.id = m.organisation_id AND o.name LIKE 'Alder %%'",
	    contract, minutes);
	sql_run("DELETE FROM location l USING organisation o"
		" WHERE o.id = l.organisation_id AND o.name LIKE 'Alder %%';"
		" INSERT INTO location (organisation_id, name, cqc_rating)"
		" SELECT id, 'Alder House', '%s' FROM organisation"
		" WHERE name LIKE 'Alder %%'",
	    rating);
}

static void
alder_learns(const char *term, bool is_had)
{
	sql_run(is_had ? "INSERT INTO member_term SELECT m.council_id, m.id,"
			 " t.id FROM framework_member m JOIN organisation o"
			 " ON o.id = m.organisation_id, care_term t"
			 " WHERE o.name LIKE 'Alder %%' AND t.code = '%s'"
		       : "DELETE FROM member_term x USING framework_member m,"
			 " organisation o, care_term t WHERE m.id = x.member_id"
			 " AND o.id = m.organisation_id AND t.id = x.term_id"
			 " AND o.name LIKE 'Alder %%' AND t.code = '%s'",
	    term);
}

static void
expect_facts(const struct browser *broker)
{
	expect_text(broker, "Lead provider");
	expect_text(broker, "Outstanding");
	expect_text(broker, "12.5");
	expect_text(broker, "Polish");
	expect_text(broker, "female care workers");
}

/* All that stood beside a provider stays as it was when offers went out. */
static void
test_facts_are_kept(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	alder_becomes("lead", 750, "outstanding");
	alder_learns("polish", true);
	sql_run("INSERT INTO package_need (council_id, package_id, term_id,"
		" is_must) SELECT k.council_id, k.id, t.id, false"
		" FROM package k, care_term t WHERE k.reference = '%s'"
		" AND t.code IN ('polish', 'female')",
	    cast.package);
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_facts(cast.broker);
	expect_text(cast.broker, "Meets: Polish");
	expect_text(cast.broker, "Does not meet: female care workers");
	expect_text(
	    cast.broker, "Does not meet: Polish and female care workers");
	fern_send(cast.broker, cast.package);
	alder_becomes("spot", 0, "inadequate");
	alder_learns("polish", false);
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_facts(cast.broker);
	expect_text(cast.broker, "Meets: Polish");
	expect_text(cast.broker, "Does not meet: female care workers");
	expect_no_text(cast.broker, "Inadequate");
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.broker,
	    fern_path("/packages/%s/offers/%s/record", cast.package, offer));
	expect_facts(cast.broker);
	expect_text(cast.broker, "Back to package");
	expect_no_text(cast.broker, "Inadequate");
	/* A line from before all of it was kept says so. */
	sql_run("UPDATE match_line SET contract = '', cqc_rating = '',"
		" spare_minutes = NULL");
	browser_get(
	    cast.broker, fern_path("/packages/%s/rounds/1", cast.package));
	expect_text(cast.broker, "Not kept");
	alder_becomes("framework", 3000, "good");
	free(offer);
	fern_cast_end(&cast);
}

static const char *
alder_awarded_on(const char *package)
{
	return sql_text("SELECT m.last_award_at::date FROM framework_member m"
			" JOIN organisation o ON o.id = m.organisation_id"
			" JOIN package k ON k.framework_id = m.framework_id"
			" WHERE k.reference = '%s' AND o.name LIKE 'Alder %%'",
	    package);
}

/* Called off before the start, it is as if the award had not been made. */
static void
test_award_that_came_to_nothing(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	char *offer;

	(void)state;
	sql_run("UPDATE framework_member m SET awarded_before_at = x.at,"
		" last_award_at = x.at FROM organisation o, LATERAL (SELECT"
		" CASE WHEN o.name LIKE 'Alder %%' THEN timestamptz"
		" '2022-10-05 12:00Z' ELSE '2022-10-06 12:00Z' END AS at) AS x"
		" WHERE o.id = m.organisation_id");
	fern_send(cast.broker, cast.package);
	fern_accept_in(cast.alder, cast.package, "Alder", 20, NULL);
	assert_string_not_equal(alder_awarded_on(cast.package), "2022-10-05");
	offer = fern_offer(cast.package, "Alder");
	browser_fill(cast.alder, fern_path("/offers/%s/withdraw", offer),
	    "reason", "staff", "note", "", NULL);
	assert_string_equal(
	    fern_offer_result(offer), "accepted withdrawn_by_provider");
	assert_string_equal(alder_awarded_on(cast.package), "2022-10-05");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "longer since its last award. Last awarded a "
				 "package on 5 October 2022");
	free(offer);
	sql_run("UPDATE framework_member SET awarded_before_at = NULL");
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts_are_kept),
		cmocka_unit_test(test_award_that_came_to_nothing),
	};

	return cmocka_run_group_tests_name(
	    "offers_kept", tests, fern_begin, fern_end);
}
