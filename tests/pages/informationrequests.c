/*
 * Requests for information: the clock, what is asked for, decisions of each
 * answer, and bundles that hold nothing of what is withheld and nobody's name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_register.h"

static struct browser *commissioner;
static struct browser *second;

/* "/information-requests/G.../PART" of the newest; lives until the next call. */
static const char *
of_request(const char *part)
{
	static char path[256];

	snprintf(path, sizeof(path), "/information-requests/%s%s",
	    sql_text("SELECT reference FROM information_request"
		     " ORDER BY id DESC LIMIT 1"),
	    part);
	return path;
}

/* ".../answers/R.../QUESTION" of the respondent whose plans have that word. */
static const char *
of_answer(const char *word, const char *question)
{
	static char part[128];

	snprintf(part, sizeof(part), "/answers/%s/%s",
	    sql_text("SELECT r.reference FROM sealed.submitted_answer a"
		     " JOIN sealed.response r ON r.id = a.response_id"
		     " JOIN council c ON c.id = a.council_id"
		     " WHERE c.code = 'elm' AND a.question = 'plans'"
		     " AND a.value::text LIKE '%%%s%%'",
		word),
	    question);
	return of_request(part);
}

/* Of Elm, the one that was opened or not; lives until the next call. */
static const char *
market_test(const char *opened)
{
	static char reference[32];

	snprintf(reference, sizeof(reference), "%s",
	    sql_text("SELECT t.reference FROM market_test t JOIN council c"
		     " ON c.id = t.council_id WHERE c.code = 'elm'"
		     " AND t.opened_at %s",
		opened));
	return reference;
}

static int64_t
acts(const char *act)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'", act);
}

static int
begin(void **state)
{
	register_begin(state);
	sql_run("%s", file_text("tests/data/information_requests.sql"));
	sql_run("SELECT information_fill('elm')");
	sql_run("SELECT information_fill('oak')");
	account_make(
	    "second@elm.example", "Sia Second", "commissioner", "elm", "");
	account_make(
	    "walled@elm.example", "Wim Walled", "commissioner", "elm", "");
	sql_run("INSERT INTO sealed.wall (council_id, account_id, reason,"
		" raised_by_id) SELECT m.council_id, a.id, 'Evaluates', a.id"
		" FROM account a JOIN membership m ON m.account_id = a.id"
		" WHERE a.email = 'walled@elm.example'");
	commissioner = signed_in("commissioner@elm.example");
	second = signed_in("second@elm.example");
	return 0;
}

static int
end(void **state)
{
	browser_free(commissioner);
	browser_free(second);
	return register_end(state);
}

static void
fill_request(struct browser *browser, const char *path, const char *revision,
    const char *subject, const char *day, const char *month, const char *year)
{
	browser_post(browser, path, "revision", revision, "name",
	    "CANARY-ASKER", "contact", "asker@people.example", "subject",
	    subject, "words", "Please send me <all> of it.", "received_on-day",
	    day, "received_on-month", month, "received_on-year", year, NULL);
}

/* A request about the market test that was opened. */
static void
request_make(const char *naming)
{
	browser_get(commissioner, "/information-requests/new");
	fill_request(commissioner, "/information-requests/new", "",
	    "Rates of homecare", "1", "6", "2026");
	expect_status(commissioner, 303);
	browser_fill(commissioner, of_request("/market-test"), "revision", "1",
	    "market_test", market_test("IS NOT NULL"), "naming", naming, NULL);
	expect_location(commissioner, of_request("/questions"));
	browser_fill(commissioner, of_request("/questions"), "revision", "2",
	    "questions", "plans", "questions", "rate", "questions",
	    "interested", NULL);
	expect_location(commissioner, of_request(""));
}

static void
fill_reason(struct browser *browser, const char *path, const char *revision,
    const char *exemption, const char *reasoning, const char *interest)
{
	browser_post(browser, path, "revision", revision, "exemption",
	    exemption, "exemption_words", "", "reasoning", reasoning,
	    "interest_for", interest, "interest_against", interest,
	    "interest_balance", interest, NULL);
}

static void
reasons_make(void)
{
	browser_get(commissioner, of_request("/reasons/new"));
	fill_reason(commissioner, of_request("/reasons/new"), "",
	    "section_43_2", "It would harm their next bid", "It was weighed");
	expect_location(commissioner, of_request(""));
	browser_get(commissioner, of_request("/reasons/new"));
	fill_reason(commissioner, of_request("/reasons/new"), "",
	    "section_40_2", "It names somebody", "");
	expect_location(commissioner, of_request(""));
}

static void
fill_decision(struct browser *browser, const char *path, const char *revision,
    const char *outcome, const char *reason, const char *piece,
    const char *typed, const char *reasoning)
{
	browser_post(browser, path, "revision", revision, "outcome", outcome,
	    "reason", reason, piece != NULL ? "pieces" : "nothing",
	    piece != NULL ? piece : "", "passages", typed, "reasoning",
	    reasoning, NULL);
}

static void
decide(const char *word, const char *question, const char *outcome,
    const char *reason, const char *piece, const char *typed,
    const char *reasoning)
{
	char path[256];

	snprintf(path, sizeof(path), "%s", of_answer(word, question));
	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	fill_decision(
	    commissioner, path, "0", outcome, reason, piece, typed, reasoning);
	expect_location(commissioner, of_request("/answers"));
}

/* --- Requests ------------------------------------------------------------- */

/*
 * information_request_list_show, information_request_new,
 * information_request_create, information_request_show,
 * information_request_edit, information_request_update
 */
static void
test_a_request_and_its_clock(void **state)
{
	char path[256];

	(void)state;
	browser_get(commissioner, "/information-requests");
	expect_text(commissioner, "No request waits for an answer");
	browser_get(commissioner, "/information-requests/new");
	fill_request(commissioner, "/information-requests/new", "", "Rates",
	    "1", "6", "2199");
	expect_status(commissioner, 422);
	expect_text(commissioner, "must be today or in the past");
	expect_text(commissioner, "Please send me &lt;all&gt; of it.");
	fill_request(commissioner, "/information-requests/new", "", "Rates",
	    "1", "6", "2004");
	expect_text(commissioner, "must be in 2005 or later");
	fill_request(commissioner, "/information-requests/new", "", "Rates",
	    "2", "3", "2026");
	expect_location(commissioner, "/information-requests/G");
	assert_int_equal(acts("information_request.create"), 1);
	snprintf(path, sizeof(path), "%s", of_request(""));
	browser_get(commissioner, path);
	/* St Patrick's Day is a bank holiday in a part of the kingdom. */
	expect_text(commissioner, "31 March 2026");
	expect_text(commissioner, "CANARY-ASKER");
	expect_text(commissioner, "Information Commissioner");
	browser_get(commissioner, "/information-requests");
	expect_text(commissioner, "Overdue by");
	expect_no_text(commissioner, "CANARY-ASKER");
	browser_get(second, of_request("/edit"));
	browser_get(commissioner, of_request("/edit"));
	fill_request(commissioner, of_request("/edit"), "1", "Rates, corrected",
	    "3", "3", "2026");
	expect_location(commissioner, path);
	fill_request(
	    second, of_request("/edit"), "1", "Other rates", "4", "3", "2026");
	expect_status(second, 409);
	expect_text(second, "Rates, corrected");
	expect_text(second, "Other rates");
	browser_get(commissioner, path);
	expect_text(commissioner, "1 April 2026");
}

/* information_clarification_edit, information_clarification_update */
static void
test_a_clarification(void **state)
{
	(void)state;
	browser_get(commissioner, of_request("/clarification"));
	browser_post(commissioner, of_request("/clarification"), "asked_on-day",
	    "1", "asked_on-month", "3", "asked_on-year", "2026", "question",
	    "Which rates?", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner,
	    "must be on or after 3 March 2026, when the request came");
	browser_post(commissioner, of_request("/clarification"), "asked_on-day",
	    "5", "asked_on-month", "3", "asked_on-year", "2026", "question",
	    "Which rates?", NULL);
	expect_location(commissioner, of_request(""));
	browser_get(commissioner, of_request(""));
	expect_text(commissioner, "Waits for a clarification");
	expect_text(commissioner, "the clock stands");
	browser_fill(commissioner, of_request("/outcome"), "revision", "2",
	    "outcome", "refused", "decided_on-day", "6", "decided_on-month",
	    "3", "decided_on-year", "2026", "explanation", "No", NULL);
	expect_text(commissioner, "Record the clarification first");
	/* A page that is older than the clarification. */
	browser_get(second, of_request("/clarification"));
	browser_post(
	    second, of_request("/clarification"), "question", "Again?", NULL);
	expect_location(second, of_request(""));
	browser_fill(commissioner, of_request("/clarification"),
	    "answered_on-day", "4", "answered_on-month", "3",
	    "answered_on-year", "2026", "answer", "Those of 2025", NULL);
	expect_text(commissioner, "when the council asked");
	browser_fill(commissioner, of_request("/clarification"),
	    "answered_on-day", "20", "answered_on-month", "3",
	    "answered_on-year", "2026", "answer", "Those of 2025", NULL);
	expect_location(commissioner, of_request(""));
	browser_get(commissioner, of_request(""));
	expect_text(commissioner, "21 April 2026");
	expect_text(commissioner, "Those of 2025");
	assert_int_equal(acts("information_request.clarify"), 1);
	assert_int_equal(acts("information_request.clarified"), 1);
}

/* information_outcome_edit, information_outcome_update */
static void
test_an_outcome(void **state)
{
	(void)state;
	browser_fill(commissioner, of_request("/outcome"), "revision", "2",
	    "outcome", "refused", "decided_on-day", "1", "decided_on-month",
	    "4", "decided_on-year", "2026", "explanation", "", NULL);
	expect_text(commissioner, "Enter the exemption and why it applies");
	browser_get(second, of_request("/outcome"));
	browser_fill(commissioner, of_request("/outcome"), "revision", "2",
	    "outcome", "refused", "decided_on-day", "1", "decided_on-month",
	    "4", "decided_on-year", "2026", "explanation", "Section 22", NULL);
	expect_location(commissioner, of_request(""));
	browser_post(second, of_request("/outcome"), "revision", "2", "outcome",
	    "answered", "decided_on-day", "1", "decided_on-month", "4",
	    "decided_on-year", "2026", "explanation", "", NULL);
	expect_status(second, 409);
	browser_get(commissioner, "/information-requests");
	expect_text(commissioner, "Refused");
	browser_get(commissioner, of_request(""));
	expect_text(commissioner, "Section 22");
	browser_get(commissioner, of_request("/edit"));
	expect_status(commissioner, 404);
	browser_get(commissioner, of_request("/outcome"));
	browser_post(commissioner, of_request("/outcome"), "act", "take_back",
	    "revision", "2", NULL);
	expect_location(commissioner, of_request(""));
	browser_get(commissioner, of_request("/outcome"));
	browser_post(commissioner, of_request("/outcome"), "act", "take_back",
	    "revision", "3", NULL);
	browser_get(commissioner, of_request("/edit"));
	expect_status(commissioner, 200);
	assert_int_equal(acts("information_request.refuse"), 1);
	assert_int_equal(acts("information_request.take_back"), 1);
}

/* --- Scope ---------------------------------------------------------------- */

/*
 * information_test_edit, information_test_update, information_scope_edit,
 * information_scope_update
 */
static void
test_sealed_answers_stay_sealed(void **state)
{
	(void)state;
	browser_get(commissioner, of_request("/questions"));
	expect_status(commissioner, 404);
	browser_get(commissioner, of_request("/market-test"));
	expect_text(commissioner, "Its answers are sealed");
	browser_post(commissioner, of_request("/market-test"), "revision", "4",
	    "market_test", "V00000000", "naming", "numbers", NULL);
	expect_status(commissioner, 422);
	browser_post(commissioner, of_request("/market-test"), "revision", "4",
	    "market_test", market_test("IS NULL"), "naming", "numbers", NULL);
	expect_location(commissioner, of_request("/questions"));
	browser_fill(commissioner, of_request("/questions"), "revision", "5",
	    "questions", "plans", NULL);
	browser_get(commissioner, of_request(""));
	expect_text(commissioner, "nobody at the council can see");
	expect_text(commissioner, "section 22");
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "The answers are sealed");
	browser_get(commissioner, of_request("/preview"));
	expect_text(commissioner, "The answers are sealed");
	browser_fill(
	    commissioner, of_request("/bundle"), "is_read", "yes", NULL);
	expect_status(commissioner, 409);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM information_bundle"), 0);
}

static void
test_personal_questions_are_out(void **state)
{
	(void)state;
	request_make("numbers");
	browser_get(commissioner, of_request("/questions"));
	expect_text(commissioner, "1 question is left out");
	expect_no_text(commissioner, "Who answers?");
	browser_post(commissioner, of_request("/questions"), "revision", "3",
	    "questions", "person", NULL);
	expect_status(commissioner, 422);
	browser_post(
	    commissioner, of_request("/questions"), "revision", "3", NULL);
	expect_status(commissioner, 422);
	browser_get(second, of_request("/questions"));
	browser_post(second, of_request("/questions"), "revision", "2",
	    "questions", "plans", NULL);
	expect_status(second, 409);
	browser_get(commissioner, of_answer("north", "person"));
	expect_status(commissioner, 404);
}

/* --- Reasons -------------------------------------------------------------- */

/*
 * information_reason_new, information_reason_create, information_reason_edit,
 * information_reason_update
 */
static void
test_reasons(void **state)
{
	(void)state;
	browser_get(commissioner, of_request("/reasons/new"));
	fill_reason(commissioner, of_request("/reasons/new"), "",
	    "section_43_2", "Harm", "");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter the public interest in releasing it");
	fill_reason(
	    commissioner, of_request("/reasons/new"), "", "other", "Harm", "x");
	expect_text(commissioner, "Enter how the exemption is cited");
	reasons_make();
	browser_get(second, of_request("/reasons/1"));
	browser_get(commissioner, of_request("/reasons/1"));
	fill_reason(commissioner, of_request("/reasons/1"), "1", "section_43_2",
	    "It would harm their bids", "It was weighed");
	expect_location(commissioner, of_request(""));
	fill_reason(second, of_request("/reasons/1"), "1", "section_43_2",
	    "Another thought", "It was weighed");
	expect_status(second, 409);
	expect_text(second, "It would harm their bids");
	expect_text(second, "Another thought");
	browser_get(commissioner, of_request("/reasons/2"));
	browser_post(commissioner, of_request("/reasons/2"), "act", "remove",
	    "revision", "7", NULL);
	expect_status(commissioner, 409);
	browser_post(commissioner, of_request("/reasons/2"), "act", "remove",
	    "revision", "1", NULL);
	expect_location(commissioner, of_request(""));
	browser_get(commissioner, of_request("/reasons/2"));
	expect_status(commissioner, 404);
	browser_get(commissioner, of_request("/reasons/new"));
	fill_reason(commissioner, of_request("/reasons/new"), "",
	    "section_40_2", "It names somebody", "");
	assert_int_equal(acts("information_reason.create"), 3);
	assert_int_equal(acts("information_reason.remove"), 1);
}

/* --- Decisions ------------------------------------------------------------ */

/*
 * information_answer_list_show, information_answer_edit,
 * information_answer_update
 */
static void
test_decisions(void **state)
{
	char path[256];

	(void)state;
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "10 of 12 answers are decided");
	expect_text(commissioner, "Not decided");
	expect_no_text(commissioner, "CANARY");
	snprintf(path, sizeof(path), "%s", of_answer("north", "plans"));
	browser_get(second, path);
	expect_text(second, "CANARY-LABEL says our rate");
	expect_text(second, "We ask £31.41 for that.");
	expect_no_text(second, " checked");
	fill_decision(second, path, "0", "release", "", NULL, "", "");
	expect_status(second, 422);
	expect_text(second, "labelled it confidential");
	fill_decision(second, path, "0", "withhold", "", NULL, "", "");
	expect_text(second, "Select the reason");
	fill_decision(second, path, "0", "part", "1", NULL, "", "");
	expect_text(second, "Select the parts to withhold");
	fill_decision(second, path, "0", "part", "1", NULL, "£31.42", "");
	expect_text(second, "does not stand in the answer");
	expect_text(second, "£31.42</textarea>");
	fill_decision(second, path, "0", "release", "", NULL, "£31.41", "Fine");
	expect_text(second, "Leave this empty, or select");
	fill_decision(second, path, "0", "part", "1", NULL,
	    "We will open in the north. We ask £31.41 for that. Ask "
	    "CANARY-MANAGER about it.",
	    "");
	expect_text(second, "Nothing of the answer is left");
	/* A sentence for one reason, a name for another. */
	decide("north", "plans", "part", "1", "27-24", "", "");
	fill_decision(second, path, "0", "part", "1", "27-24", "", "Mine");
	expect_status(second, 409);
	expect_text(second, "We ask £31.41 for that.");
	expect_text(second, "Mine");
	browser_get(commissioner, path);
	expect_text(commissioner, "checked");
	browser_post(commissioner, path, "revision", "1", "outcome", "part",
	    "reason", "2", "kept", "27-24", "passages", "CANARY-MANAGER",
	    "reasoning", "", NULL);
	expect_location(commissioner, of_request("/answers"));
	assert_int_equal(sql_number("SELECT count(DISTINCT reason_id) FROM"
				    " information_passage"),
	    2);
	/* Nothing of the text is kept, only where it is. */
	assert_int_equal(
	    sql_number("SELECT count(*) FROM information_decision d"
		       " WHERE d::text LIKE '%%31.41%%'"),
	    0);
	decide("north", "rate", "withhold", "1", NULL, "", "As asked");
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "12 of 12 answers are decided");
	expect_text(commissioner, "Reason 1, reason 2");
	browser_get(commissioner, of_request("/reasons/1"));
	browser_post(commissioner, of_request("/reasons/1"), "act", "remove",
	    "revision", "2", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "This reason is used");
	assert_int_equal(acts("information_request.decide"), 3);
}

static void
test_too_much_for_one_bundle_is_told(void **state)
{
	(void)state;
	sql_run("CREATE TABLE long_kept AS SELECT council_id, response_id,"
		" question, value FROM sealed.submitted_answer"
		" WHERE value::text LIKE '%%More of the same%%';"
		" UPDATE sealed.submitted_answer SET value ="
		" to_jsonb(repeat('a', 1600000))"
		" WHERE value::text LIKE '%%More of the same%%'");
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "too many answers for one bundle");
	browser_fill(
	    commissioner, of_request("/bundle"), "is_read", "yes", NULL);
	expect_status(commissioner, 409);
	sql_run("UPDATE sealed.submitted_answer a SET value = k.value"
		" FROM long_kept k WHERE (a.council_id, a.response_id,"
		" a.question) = (k.council_id, k.response_id, k.question);"
		" DROP TABLE long_kept");
}

static void
test_an_answer_that_changed_is_decided_anew(void **state)
{
	(void)state;
	sql_run("UPDATE sealed.submitted_answer a SET value = '3142' FROM"
		" council c WHERE c.id = a.council_id AND c.code = 'elm'"
		" AND a.value = '3141'");
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "11 of 12 answers are decided");
	expect_text(commissioner, "has changed since it was decided");
	browser_fill(
	    commissioner, of_request("/bundle"), "is_read", "yes", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "1 answer is not decided yet");
	sql_run("UPDATE sealed.submitted_answer SET value = '3141'"
		" WHERE value = '3142'");
}

/* Were passages ever lost, the answer would not be released for it. */
static void
test_parts_without_passages_release_nothing(void **state)
{
	(void)state;
	sql_run("CREATE TABLE kept AS SELECT * FROM information_passage;"
		" DELETE FROM information_passage");
	browser_get(commissioner, of_request("/preview"));
	expect_text(commissioner, "1 answer is not decided yet");
	expect_no_text(commissioner, "31.41");
	sql_run("INSERT INTO information_passage SELECT * FROM kept;"
		" DROP TABLE kept");
}

/* --- Bundles -------------------------------------------------------------- */

static void
expect_no_canary(const struct browser *browser)
{
	static const char *const never[] = { "CANARY", "31.41", "3141",
		"people.example", "Please send me" };

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strstr(browser->page, never[i]) != NULL)
			fail_msg("the bundle says %s", never[i]);
}

/*
 * information_bundle_preview, information_bundle_new,
 * information_bundle_create, information_bundle_download
 */
static void
test_a_bundle_holds_what_is_released(void **state)
{
	struct browser *walled;

	(void)state;
	browser_get(commissioner, of_request("/preview"));
	expect_status(commissioner, 200);
	expect_no_canary(commissioner);
	expect_text(commissioner, "withheld, section 43(2), reason 1");
	browser_fill(commissioner, of_request("/outcome"), "revision", "3",
	    "outcome", "answered", "decided_on-day", "6", "decided_on-month",
	    "3", "decided_on-year", "2026", "explanation", "", NULL);
	expect_text(commissioner, "Make the bundle before");
	browser_get(commissioner, of_request("/bundle"));
	expect_text(commissioner, "We will open in the north.");
	expect_no_canary(commissioner);
	browser_post(commissioner, of_request("/bundle"), NULL);
	expect_status(commissioner, 422);
	browser_post(
	    commissioner, of_request("/bundle"), "is_read", "yes", NULL);
	expect_location(commissioner, of_request(""));
	assert_int_equal(acts("information_bundle.create"), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM information_bundle"
		       " WHERE sha256 = sha256(convert_to(content, 'UTF8'))"
		       " AND (released, in_part, withheld) = (10, 1, 1)"),
	    1);
	browser_get(commissioner, of_request("/bundles/1"));
	expect_status(commissioner, 200);
	expect_no_canary(commissioner);
	expect_text(commissioner, "We will open in the north. ");
	expect_text(commissioner, "[withheld, section 43(2), reason 1]");
	expect_text(commissioner, "[withheld, section 40(2), reason 2]");
	expect_text(commissioner, "It would harm their bids");
	expect_text(commissioner, "Respondent 4");
	expect_no_text(commissioner, "Acorn");
	expect_no_text(commissioner, "Who answers?");
	expect_no_text(commissioner, "csrf");
	walled = signed_in("walled@elm.example");
	browser_get(walled, of_request("/bundles/1"));
	expect_status(walled, 404);
	browser_free(walled);
	browser_get(commissioner, of_request("/bundles/2"));
	expect_status(commissioner, 404);
	browser_get(commissioner, of_request("/bundles/x"));
	expect_status(commissioner, 404);
}

/* Words that are withheld in one place and released in another. */
static void
test_a_leak_is_told(void **state)
{
	(void)state;
	reasons_make();
	decide("north", "plans", "release", "", NULL, "", "They agree");
	decide("north", "rate", "part", "1", NULL, "£31.41", "");
	browser_get(commissioner, of_request("/bundle"));
	expect_text(commissioner, "Words that are withheld in one place");
	expect_text(commissioner, "Acorn Homecare, Question 2: words that are "
				  "withheld from Question 3");
}

static void
test_organisations_may_be_named(void **state)
{
	(void)state;
	request_make("organisations");
	browser_get(commissioner, of_request("/answers"));
	expect_text(commissioner, "Acorn Homecare");
	expect_text(commissioner, "Respondent ");
	expect_no_text(commissioner, "CANARY");
}

/* --- Who ------------------------------------------------------------------ */

static void
test_who_may(void **state)
{
	struct browser *auditor = signed_in("auditor@elm.example");
	struct browser *walled = signed_in("walled@elm.example");
	struct browser *oak;
	char path[256];

	(void)state;
	account_make(
	    "admin@oak.example", "Oda Oak", "council_administrator", "oak", "");
	oak = signed_in("admin@oak.example");
	snprintf(path, sizeof(path), "%s", of_answer("same time", "plans"));
	browser_get(auditor, of_request(""));
	expect_status(auditor, 200);
	expect_no_text(auditor, "Change the request");
	browser_get(auditor, path);
	expect_status(auditor, 200);
	expect_no_text(auditor, "Save the decision");
	browser_get(auditor, of_request("/edit"));
	expect_status(auditor, 403);
	browser_get(walled, of_request("/answers"));
	expect_status(walled, 200);
	expect_text(walled, "because you evaluate a tender");
	browser_get(walled, path);
	expect_status(walled, 404);
	browser_get(oak, of_request(""));
	expect_status(oak, 404);
	browser_get(oak, path);
	expect_status(oak, 404);
	browser_get(oak, "/information-requests");
	expect_no_text(oak, "Rates of homecare");
	browser_free(auditor);
	browser_free(walled);
	browser_free(oak);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_request_and_its_clock),
		cmocka_unit_test(test_a_clarification),
		cmocka_unit_test(test_an_outcome),
		cmocka_unit_test(test_sealed_answers_stay_sealed),
		cmocka_unit_test(test_personal_questions_are_out),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_decisions),
		cmocka_unit_test(test_too_much_for_one_bundle_is_told),
		cmocka_unit_test(test_an_answer_that_changed_is_decided_anew),
		cmocka_unit_test(test_parts_without_passages_release_nothing),
		cmocka_unit_test(test_a_bundle_holds_what_is_released),
		cmocka_unit_test(test_organisations_may_be_named),
		cmocka_unit_test(test_a_leak_is_told),
		cmocka_unit_test(test_who_may),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
