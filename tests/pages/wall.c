/* The wall between answers to market tests and those who award contracts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_register.h"

static const char wall[] = "/accounts/wall";
static const char reason[] = "Evaluates the <homecare> tender of 2027";

/* Of somebody's account; lives until the next call. */
static const char *
account_reference(const char *email)
{
	return sql_text(
	    "SELECT reference FROM account WHERE email = '%s'", email);
}

static int64_t
walls(void)
{
	return sql_number(
	    "SELECT count(*) FROM audit a JOIN council c"
	    " ON c.id = a.council_id AND c.code = 'elm'"
	    " JOIN sealed.wall w ON w.council_id = c.id"
	    " JOIN account k ON k.id = w.account_id"
	    " WHERE a.act = 'wall.raise' AND a.detail ->> 'reason' = w.reason"
	    " AND a.object_reference = k.reference");
}

/* GET /accounts/wall and POST /accounts/wall */
static void
test_wall(void **state)
{
	struct browser *admin = signed_in("admin@elm.example");

	(void)state;
	browser_get(admin, "/accounts");
	expect_text(admin, "href=\"/accounts/wall\"");
	browser_get(admin, wall);
	expect_status(admin, 200);
	expect_text(admin, "Nobody is behind the wall.");
	expect_text(admin, "Nobody comes out again");
	expect_text(admin, "commissioner@elm.example");
	expect_no_text(admin, "broker@oak.example");
	browser_fill(admin, wall, NULL);
	expect_status(admin, 422);
	expect_text(admin, "Select who goes behind the wall");
	expect_text(admin, "Enter why they may not read the answers");
	browser_post(admin, wall, "account",
	    account_reference("broker@oak.example"), "reason", reason, NULL);
	expect_status(admin, 422);
	expect_text(admin, "the &lt;homecare&gt; tender");
	assert_int_equal(walls(), 0);
	browser_fill(admin, wall, "account",
	    account_reference("commissioner@elm.example"), "reason", reason,
	    NULL);
	expect_location(admin, wall);
	browser_follow(admin);
	expect_text(admin, "They can no longer read answers");
	expect_text(admin, "the &lt;homecare&gt; tender of 2027");
	expect_no_text(admin, "Nobody is behind the wall.");
	expect_no_text(admin, ", commissioner@elm.example");
	assert_int_equal(walls(), 1);
	browser_post(admin, wall, "account",
	    account_reference("commissioner@elm.example"), "reason", "Again",
	    NULL);
	expect_status(admin, 422);
	assert_int_equal(walls(), 1);
	browser_free(admin);
}

/* Other councils do not see it, and no other role comes near it. */
static void
test_wall_of_others(void **state)
{
	static const char *const others[] = { "broker@elm.example",
		"commissioner@elm.example", "auditor@elm.example",
		"owner@acorn.example", "broker@oak.example" };
	struct browser *browser;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		browser = signed_in(others[i]);
		browser_get(browser, wall);
		expect_status(browser, 403);
		browser_free(browser);
	}
	browser = signed_in("owner@acorn.example");
	browser_get(browser, "/accounts");
	expect_status(browser, 200);
	expect_no_text(browser, wall);
	browser_free(browser);
}

/* The auditor reads in the audit who was put there and why. */
static void
test_wall_in_the_audit(void **state)
{
	struct browser *browser = signed_in("auditor@elm.example");

	(void)state;
	browser_get(browser, "/audit");
	expect_status(browser, 200);
	expect_text(browser, "kept from the answers to market tests");
	expect_text(browser, "&lt;homecare&gt; tender");
	browser_free(browser);
}

/* An opened market test of elm, to which Acorn has submitted. */
static void
response_make(void)
{
	sql_run("WITH questions AS (INSERT INTO question_set (council_id,"
		" code, name) SELECT id, 'wall', 'Canary questions'"
		" FROM council WHERE code = 'elm' RETURNING council_id, id),"
		" version AS (INSERT INTO question_set_version (council_id,"
		" question_set_id, number, document, published_at)"
		" SELECT council_id, id, 1, '{}', clock_now() FROM questions"
		" RETURNING council_id, question_set_id, id)"
		" INSERT INTO market_test (council_id, title,"
		" question_set_id, question_set_version_id, opens_at,"
		" closes_at, published_at, opened_at)"
		" SELECT council_id, 'Canary market test', question_set_id,"
		" id, clock_now() - interval '2 days', clock_now()"
		" - interval '1 day', clock_now() - interval '2 days',"
		" clock_now() FROM version");
	sql_run("INSERT INTO sealed.response (council_id, market_test_id,"
		" question_set_version_id, organisation_id)"
		" SELECT t.council_id, t.id, t.question_set_version_id, o.id"
		" FROM market_test t, organisation o"
		" WHERE o.name = 'Acorn Homecare'");
	sql_run("INSERT INTO sealed.answer (council_id, response_id,"
		" question, value) SELECT council_id, id, 'canary',"
		" '\"Canary answer\"' FROM sealed.response");
	sql_run("INSERT INTO sealed.submission (council_id, response_id,"
		" number, question_set_version_id, received_at, is_complete,"
		" content, sha256) SELECT council_id, id, 1,"
		" question_set_version_id, clock_now() - interval '30 hours',"
		" true, 'Canary answer', sha256('Canary answer')"
		" FROM sealed.response");
	sql_run("INSERT INTO sealed.submitted_answer SELECT r.council_id,"
		" r.market_test_id, a.question, r.id, a.value,"
		" a.is_confidential, a.confidential_reason"
		" FROM sealed.response r JOIN sealed.answer a"
		" ON a.response_id = r.id");
}

/* Nothing on a provider's record says whether it took part. */
static void
test_record_of_a_respondent(void **state)
{
	static const char *const readers[] = { "broker@elm.example",
		"commissioner@elm.example", "auditor@elm.example",
		"admin@elm.example" };
	static const char *const parts[] = { "", "/facts" };
	struct browser *browser;
	char path[64];
	size_t i, j;

	(void)state;
	response_make();
	for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		browser = signed_in(readers[i]);
		for (j = 0; j < sizeof(parts) / sizeof(parts[0]); j++) {
			snprintf(path, sizeof(path), "/providers/%s%s",
			    provider_reference("Acorn Homecare"), parts[j]);
			browser_get(browser, path);
			expect_status(browser, 200);
			expect_text(browser, "Acorn Homecare");
			expect_no_text(browser, "Canary");
			expect_no_text(browser, "esponded");
		}
		browser_get(browser, "/providers");
		expect_status(browser, 200);
		expect_no_text(browser, "Canary");
		browser_free(browser);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wall),
		cmocka_unit_test(test_wall_of_others),
		cmocka_unit_test(test_wall_in_the_audit),
		cmocka_unit_test(test_record_of_a_respondent),
	};

	return cmocka_run_group_tests_name(
	    "wall", tests, register_begin, register_end);
}
