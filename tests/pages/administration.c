/* The audit as its readers see it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

static int
administration_begin(void **state)
{
	(void)state;
	harness_begin();
	sql_run(
	    "INSERT INTO council (code, name) VALUES"
	    " ('north-pages', 'North Pages'), ('south-pages', 'South Pages')");
	sql_run("INSERT INTO organisation (name) VALUES ('Cedar Pages')");
	account_make("auditor@north.example", "Anna North", "auditor",
	    "north-pages", "");
	account_make(
	    "broker@north.example", "Bert North", "broker", "north-pages", "");
	account_make("auditor@south.example", "Sara South", "auditor",
	    "south-pages", "");
	account_make("owner@cedar.example", "Cyra Cedar", "provider_owner", "",
	    "Cedar Pages");
	sql_run(
	    "SELECT vault.audit_write(c.id, a.id, o.id, 'offer.accept',"
	    " 'offer', 'F00000001', '{\"minutes\": 90, \"kind\": \"late\"}')"
	    " FROM council c, account a, organisation o"
	    " WHERE c.code = 'north-pages' AND o.name = 'Cedar Pages'"
	    " AND a.email = 'owner@cedar.example'");
	sql_run("SELECT vault.audit_write(c.id, NULL, NULL, 'round.end',"
		" 'package', 'K00000001', '{}') FROM council c"
		" WHERE c.code = 'north-pages'");
	sql_run("SELECT audit_seal_batch()");
	sql_run("SELECT vault.audit_write(c.id, a.id, NULL, 'person.view',"
		" 'person', 'N00000001', '{}') FROM council c, account a"
		" WHERE c.code = 'north-pages'"
		" AND a.email = 'broker@north.example'");
	return 0;
}

static int
administration_end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

static void
audit_shows_the_council_its_own(void **state)
{
	struct browser *north = browser_signed_in("auditor@north.example");
	struct browser *south = browser_signed_in("auditor@south.example");

	(void)state;
	browser_get(north, "/audit");
	expect_status(north, 200);
	expect_text(north, "Cedar Pages accepted the offer of offer F00000001");
	expect_text(north, "act: offer.accept");
	expect_text(north, "minutes: 90");
	expect_text(north, "kind: late");
	expect_text(north, "Cedar Pages");
	expect_no_text(north, "Cyra Cedar");
	expect_text(north, "The service itself ended the offers of <a class="
			   "\"govuk-link\" href=\"/packages/K00000001\">"
			   "package K00000001</a>: no provider was found");
	expect_text(north, "Bert North looked at the record of <a class="
			   "\"govuk-link\" href=\"/people/N00000001\">"
			   "person N00000001</a>");
	expect_text(north, "Sealed");
	expect_text(north, "Waiting");
	expect_no_text(north, "Sara South");
	browser_get(south, "/audit");
	expect_text(south, "Sara South");
	expect_no_text(south, "accepted the offer");
	browser_free(north);
	browser_free(south);
}

static void
audit_is_filtered(void **state)
{
	struct browser *browser = browser_signed_in("auditor@north.example");

	(void)state;
	browser_get(browser, "/audit?kind=offers");
	expect_text(browser, "accepted the offer");
	expect_text(browser, "ended the offers");
	expect_text(browser, "2 entries");
	expect_no_text(browser, "looked at the record");
	browser_get(browser, "/audit?kind=looks");
	expect_text(browser, "looked at the record");
	expect_text(browser, "1 entry");
	browser_get(browser, "/audit?who=BERT");
	expect_text(browser, "looked at the record");
	expect_no_text(browser, "accepted the offer");
	browser_get(browser, "/audit?who=cedar");
	expect_text(browser, "accepted the offer");
	expect_no_text(browser, "looked at the record");
	browser_get(browser, "/audit?object=k00000001");
	expect_text(browser, "ended the offers");
	expect_text(browser, "1 entry");
	browser_get(browser, "/audit?object=Package");
	expect_text(browser, "ended the offers");
	browser_get(browser, "/audit?who=nobody+at+all");
	expect_text(browser, "Nothing fits this filter");
	browser_get(browser, "/audit?since-day=1&since-month=2&since-year=2020"
			     "&until-day=1&until-month=3&until-year=2020");
	expect_text(browser, "Nothing fits this filter");
	expect_text(browser, "value=\"2020\"");
	browser_get(browser, "/audit?since-day=1&since-month=2&since-year=2020"
			     "&kind=offers&who=cedar");
	expect_text(browser, "1 entry");
	browser_free(browser);
}

static void
audit_refuses_wrong_filters(void **state)
{
	struct browser *browser = browser_signed_in("auditor@north.example");

	(void)state;
	browser_get(
	    browser, "/audit?since-day=31&since-month=2&since-year=2026");
	expect_status(browser, 422);
	expect_text(browser, "There is a problem");
	browser_get(browser, "/audit?since-day=2&since-month=2&since-year=2026"
			     "&until-day=1&until-month=2&until-year=2026");
	expect_status(browser, 422);
	expect_text(browser, "The last day must be the same as or after");
	browser_get(browser, "/audit?kind=spells");
	expect_status(browser, 422);
	browser_get(browser, "/audit?who=%27%3B+DROP+TABLE+audit%3B--");
	expect_status(browser, 200);
	browser_free(browser);
}

static void
audit_has_pages(void **state)
{
	struct browser *browser = browser_signed_in("auditor@north.example");

	(void)state;
	sql_run("SELECT vault.audit_write(c.id, NULL, NULL, 'test.page',"
		" 'test', 'T' || lpad(n::text, 8, '0'), '{}')"
		" FROM council c, generate_series(1, 120) AS n"
		" WHERE c.code = 'north-pages'");
	browser_get(browser, "/audit?object=test");
	expect_text(browser, "120 entries");
	expect_text(browser, "did “test.page” to test T00000120");
	expect_text(browser, "T00000120");
	expect_no_text(browser, "T00000070");
	expect_text(browser, "object=test&amp;page=3");
	browser_get(browser, "/audit?object=test&page=3");
	expect_text(browser, "T00000001");
	browser_get(browser, "/audit?object=test&page=99");
	expect_text(browser, "T00000001");
	browser_free(browser);
}

/* One act is told with what it was done to, and found under its package. */
static void
told(struct browser *browser, const char *kind, const char *reference,
    const char *act, const char *detail, const char *sentence)
{
	sql_run("SELECT vault.audit_write(c.id, a.id, NULL, '%s', '%s', '%s',"
		" '%s') FROM council c, account a WHERE c.code = 'north-pages'"
		" AND a.email = 'broker@north.example'",
	    act, kind, reference, detail);
	browser_get(browser, "/audit");
	expect_text(browser, sentence);
}

static void
audit_tells_in_sentences(void **state)
{
	struct browser *browser = browser_signed_in("auditor@north.example");
	char cedar[16], bert[16], sentence[256];

	(void)state;
	snprintf(cedar, sizeof(cedar), "%s",
	    sql_text("SELECT reference FROM organisation"
		     " WHERE name = 'Cedar Pages'"));
	snprintf(bert, sizeof(bert), "%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'broker@north.example'"));
	told(browser, "package", "K00000002", "package.change",
	    "{\"section\": \"place\"}",
	    ">package K00000002</a>: place of care");
	told(browser, "package", "K00000002", "package.submit", "{}",
	    "Bert North put <a class=\"govuk-link\" href=\"/packages/"
	    "K00000002\">package K00000002</a> on the waiting list");
	told(browser, "package", "K00000002", "round.send",
	    "{\"round\": 1, \"asked\": 1}",
	    "offered <a class=\"govuk-link\" href=\"/packages/K00000002\">"
	    "package K00000002</a> to 1 provider\n");
	told(browser, "placement", "L00000001", "placement.end",
	    "{\"package\": \"K00000002\"}",
	    "ended the care of <a class=\"govuk-link\" href=\"/packages/"
	    "K00000002\">package K00000002</a>");
	snprintf(sentence, sizeof(sentence),
	    "changed an office of <a class=\"govuk-link\""
	    " href=\"/providers/%s\">Cedar Pages</a>",
	    cedar);
	told(browser, "provider", cedar, "office.update", "{}", sentence);
	told(browser, "area_plan", "Z00000001", "area_plan.create", "{}",
	    "drew up the scheme of areas Z00000001\n");
	told(browser, "clearing", "Y00000001", "clearing.propose", "{}",
	    "clearing Y00000001</a> of the waiting list");
	told(browser, "clearing", "Y00000001", "clearing.send",
	    "{\"offers\": 3}",
	    "sent offers from <a class=\"govuk-link\" href=\"/clearing/"
	    "Y00000001\">clearing Y00000001</a>");
	told(browser, "information request", "G00000001",
	    "information_request.decide", "{\"outcome\": \"part\"}",
	    "decided an answer for <a class=\"govuk-link\" href=\""
	    "/information-requests/G00000001\">information request G00000001"
	    "</a>: part");
	told(browser, "account", bert, "membership.end",
	    "{\"role\": \"broker\"}",
	    "Bert North took away from Bert North the role of Broker");
	told(browser, "council", "north-pages", "demo.load", "{}",
	    "loaded the demonstration of North Pages\n");
	told(browser, "account", bert, "session.start", "{}",
	    "Bert North signed in\n");
	browser_get(browser, "/audit?object=K00000002");
	expect_text(browser, "4 entries");
	browser_free(browser);
}

/* However much there is, a page counts no further than it can show. */
static void
audit_is_counted_up_to_a_limit(void **state)
{
	struct browser *browser = browser_signed_in("auditor@north.example");

	(void)state;
	sql_run("SELECT vault.audit_write(c.id, NULL, NULL, 'task.done',"
		" 'task', 'T' || n, '{}') FROM council c,"
		" generate_series(1, 10050) AS n WHERE c.code = 'north-pages'");
	browser_get(browser, "/audit?kind=tasks&page=999");
	expect_text(browser, "The newest 10,000 entries");
	expect_text(browser, "aria-label=\"Page 200\" aria-current=\"page\"");
	expect_no_text(browser, "Page 201");
	browser_free(browser);
}

static void
audit_is_for_its_readers(void **state)
{
	struct browser *broker = browser_signed_in("broker@north.example");
	struct browser *owner = browser_signed_in("owner@cedar.example");

	(void)state;
	browser_get(broker, "/audit");
	expect_status(broker, 403);
	browser_get(owner, "/audit");
	expect_status(owner, 403);
	browser_free(broker);
	browser_free(owner);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(audit_shows_the_council_its_own),
		cmocka_unit_test(audit_is_filtered),
		cmocka_unit_test(audit_refuses_wrong_filters),
		cmocka_unit_test(audit_tells_in_sentences),
		cmocka_unit_test(audit_has_pages),
		cmocka_unit_test(audit_is_counted_up_to_a_limit),
		cmocka_unit_test(audit_is_for_its_readers),
	};

	return cmocka_run_group_tests_name(
	    "administration", tests, administration_begin, administration_end);
}
