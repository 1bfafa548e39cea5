/*
 * Submitting a response: whole and in part, again, at the very close, its
 * receipt, taking it back, and by who has a link and no account.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_questions.h"

#define YOU          "/sections/about-you"
#define OFFER        "/sections/what-you-offer"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Somebody who answers, and where. */
struct cast {
	char *test;
	char *base;
	struct browser *alder;
};

static const char *
below(const struct cast *cast, const char *path)
{
	return fern_path("%s%s", cast->base, path);
}

static struct cast
cast_begin(bool takes_partial)
{
	struct cast cast = { .test = questions_market_test(
				 takes_partial, true) };

	questions_morning();
	cast.base = strdup(fern_path("/market-tests/%s/response", cast.test));
	cast.alder = fern_sign_in("owner@alder.example");
	browser_fill(cast.alder, cast.base, NULL);
	return cast;
}

static void
cast_end(struct cast *cast)
{
	questions_morning();
	browser_free(cast->alder);
	free(cast->base);
	free(cast->test);
}

static void
answer_required(const struct cast *cast)
{
	browser_fill(cast->alder, below(cast, YOU), "q-name", "Ada",
	    "q-name-revision", "0", "q-interested", "no",
	    "q-interested-revision", "0", NULL);
	expect_status(cast->alder, 303);
	browser_fill(cast->alder, below(cast, OFFER), "q-true", "yes",
	    "q-true-revision", "0", NULL);
	expect_status(cast->alder, 303);
}

/* From the check page, with the revision that it shows. */
static void
submit(const struct cast *cast)
{
	char revision[16];

	browser_get(cast->alder, below(cast, "/check"));
	expect_status(cast->alder, 200);
	browser_hidden(cast->alder, "revision", revision, sizeof(revision));
	browser_post(
	    cast->alder, below(cast, "/submit"), "revision", revision, NULL);
}

static int64_t
submissions(const struct cast *cast)
{
	return sql_number("SELECT count(*) FROM sealed.submission s"
			  " JOIN sealed.response r ON r.id = s.response_id"
			  " JOIN market_test t ON t.id = r.market_test_id"
			  " WHERE t.reference = '%s'",
	    cast->test);
}

static void
test_incomplete(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Ada",
	    "q-name-revision", "0", NULL);
	browser_get(cast.alder, below(&cast, "/check"));
	expect_text(cast.alder, "Not answered yet: 3. Are you interested?");
	expect_text(cast.alder,
	    fern_path("href=\"%s" YOU "#question-interested\"", cast.base));
	expect_no_text(cast.alder, "Submit response");
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "2", NULL);
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "takes only complete responses");
	assert_int_equal(submissions(&cast), 0);
	cast_end(&cast);
}

static void
test_partial(void **state)
{
	struct cast cast = cast_begin(true);

	(void)state;
	browser_get(cast.alder, below(&cast, "/check"));
	expect_text(cast.alder, "Submit partial response");
	submit(&cast);
	expect_status(cast.alder, 303);
	browser_follow(cast.alder);
	expect_text(cast.alder, "No, some questions are left out");
	cast_end(&cast);
}

static void
test_a_reason_is_asked_for(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	answer_required(&cast);
	browser_get(cast.alder, below(&cast, YOU));
	browser_post(cast.alder, below(&cast, YOU "/autosave"), "q-experience",
	    "Much", "q-experience-confidential", "yes", "q-experience-revision",
	    "0", NULL);
	expect_status(cast.alder, 200);
	browser_get(cast.alder, below(&cast, "/check"));
	expect_text(cast.alder, "Say why your answer is confidential");
	expect_no_text(cast.alder, "Submit response");
	cast_end(&cast);
}

/* The hash of the receipt is that of the bytes that can be downloaded. */
static void
test_receipt(void **state)
{
	struct cast cast = cast_begin(false);
	char *sha256;

	(void)state;
	answer_required(&cast);
	submit(&cast);
	expect_status(cast.alder, 303);
	expect_location(cast.alder, below(&cast, "/receipt"));
	browser_follow(cast.alder);
	expect_text(cast.alder, "Response received");
	expect_text(cast.alder, "3 February 2027 at 10:0");
	expect_text(cast.alder, "am GMT (2027-02-03T10:0");
	browser_get(cast.alder, below(&cast, "/answers.json"));
	expect_status(cast.alder, 200);
	sha256 = strdup(sql_text(
	    "SELECT encode(sha256(convert_to($json$%s$json$, 'UTF8')), 'hex')",
	    cast.alder->page));
	assert_string_equal(sha256,
	    sql_text("SELECT encode(s.sha256, 'hex') FROM sealed.submission s"
		     " ORDER BY s.id DESC LIMIT 1"));
	browser_get(cast.alder, below(&cast, "/receipt"));
	expect_text(cast.alder, sha256);
	browser_get(cast.alder, below(&cast, "/receipt.txt"));
	expect_status(cast.alder, 200);
	assert_non_null(strstr(cast.alder->page, sha256));
	/* The mail says the same, and no council has it in its list. */
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE kind ="
		       " 'response_receipt' AND council_id IS NULL AND"
		       " to_email = 'owner@alder.example' AND body LIKE"
		       " '%%%s%%'",
		sha256),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act ="
		       " 'response.submit' AND council_id IS NOT NULL"),
	    0);
	free(sha256);
	cast_end(&cast);
}

static void
test_again(void **state)
{
	struct cast cast = cast_begin(false);
	char *once;

	(void)state;
	answer_required(&cast);
	submit(&cast);
	expect_status(cast.alder, 303);
	/* The same form sent twice is one submission. */
	browser_get(cast.alder, below(&cast, "/check"));
	once = strdup(cast.alder->page);
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "3", NULL);
	expect_status(cast.alder, 303);
	free(cast.alder->page);
	cast.alder->page = once;
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "3", NULL);
	expect_status(cast.alder, 303);
	assert_int_equal(submissions(&cast), 2);
	/* The last counts. */
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Bea",
	    "q-name-revision", "1", NULL);
	browser_get(cast.alder, cast.base);
	expect_text(cast.alder, "You have changed answers since");
	submit(&cast);
	browser_follow(cast.alder);
	expect_text(cast.alder, "All submissions, the newest first");
	assert_string_equal(
	    sql_text("SELECT a.value::text FROM sealed.submitted_answer a"
		     " JOIN market_test t ON t.id = a.market_test_id"
		     " WHERE t.reference = '%s' AND a.question = 'name'",
		cast.test),
	    "\"Bea\"");
	/* Not upon a page that somebody has gone beyond. */
	browser_get(cast.alder, below(&cast, "/check"));
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "3", NULL);
	expect_status(cast.alder, 409);
	expect_text(cast.alder, "Check the answers again");
	assert_int_equal(submissions(&cast), 3);
	cast_end(&cast);
}

/* The close is noon: a millionth before it counts, the instant itself not. */
static void
test_late(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	answer_required(&cast);
	browser_get(cast.alder, below(&cast, "/check"));
	sql_run("UPDATE vault.session SET last_seen_at ="
		" '2027-02-03 11:59+00'");
	questions_stand_at("2027-02-03 11:59:59.999999+00");
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "3", NULL);
	expect_status(cast.alder, 303);
	assert_int_equal(submissions(&cast), 1);
	browser_get(cast.alder, below(&cast, "/check"));
	questions_stand_at("2027-02-03 12:00:00+00");
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "3", NULL);
	expect_status(cast.alder, 409);
	expect_text(cast.alder, "Your response came too late");
	expect_text(cast.alder, "3 February 2027 at 12:00:00.000pm GMT "
				"(2027-02-03T12:00:00.000Z)");
	expect_text(cast.alder, "submission 1, still counts");
	assert_int_equal(submissions(&cast), 1);
	/* The attempt is told, and the draft can be read and printed. */
	browser_get(cast.alder, cast.base);
	expect_text(cast.alder, "Submissions that came too late");
	expect_text(cast.alder, "12:00:00.000pm GMT");
	expect_text(cast.alder, "This market test closed on");
	browser_get(cast.alder, below(&cast, "/check"));
	expect_status(cast.alder, 200);
	expect_no_text(cast.alder, "Submit response");
	browser_get(cast.alder, below(&cast, "/print"));
	expect_text(cast.alder, "Ada");
	/* What is typed then is kept, too. */
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Late",
	    "q-name-revision", "1", NULL);
	expect_status(cast.alder, 303);
	cast_end(&cast);
}

static void
test_withdraw(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_get(cast.alder, below(&cast, "/withdraw"));
	expect_status(cast.alder, 303);
	answer_required(&cast);
	submit(&cast);
	browser_fill(cast.alder, below(&cast, "/withdraw"), NULL);
	expect_status(cast.alder, 303);
	browser_follow(cast.alder);
	expect_text(cast.alder, "You withdrew it on");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM sealed.submitted_answer a JOIN"
		       " market_test t ON t.id = a.market_test_id WHERE"
		       " t.reference = '%s'",
		cast.test),
	    0);
	submit(&cast);
	expect_status(cast.alder, 303);
	browser_get(cast.alder, cast.base);
	expect_text(cast.alder, "Submission 2, received on");
	cast_end(&cast);
}

static void
test_by_a_link(void **state)
{
	char *test = questions_market_test(true, false);
	char *token = questions_link(test, "Cara Carer");
	char *other = questions_link(test, "Dan Daughter");
	struct cast cast = { test, strdup(fern_path("/respond/%s", token)),
		browser_new() };
	struct browser *guest = browser_new();

	(void)state;
	questions_morning();
	browser_get(cast.alder, cast.base);
	expect_status(cast.alder, 200);
	expect_text(cast.alder, "Cara Carer");
	browser_fill(cast.alder, cast.base, NULL);
	expect_status(cast.alder, 303);
	expect_location(cast.alder, cast.base);
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Canaryname",
	    "q-name-revision", "0", NULL);
	expect_status(cast.alder, 303);
	expect_location(cast.alder, below(&cast, OFFER));
	/* The areas are those of the council that asks. */
	browser_get(cast.alder, below(&cast, OFFER));
	expect_text(cast.alder, "Fernton");
	submit(&cast);
	expect_status(cast.alder, 303);
	browser_follow(cast.alder);
	expect_text(cast.alder, "cara@example.org");
	assert_int_equal(sql_number("SELECT count(*) FROM outbox WHERE"
				    " to_email = 'cara@example.org' AND"
				    " council_id IS NULL"),
	    1);
	/* Another link is another respondent. */
	browser_get(guest, fern_path("/respond/%s", other));
	expect_text(guest, "Begin your response");
	browser_get(guest, fern_path("/respond/%s/print", other));
	expect_status(guest, 303);
	/* Who asks may not answer, even with the link. */
	browser_free(guest);
	guest = fern_sign_in("commissioner@fern.example");
	browser_get(guest, cast.base);
	expect_status(guest, 410);
	browser_free(guest);
	/* A provider who was sent one answers by it for who was invited. */
	guest = fern_sign_in("owner@birch.example");
	browser_get(guest, below(&cast, "/print"));
	expect_text(guest, "Canaryname");
	/* A link that was replaced is dead. */
	browser_get(cast.alder, below(&cast, YOU));
	sql_run("UPDATE sealed.respondent_token SET ended_at = clock_now()");
	browser_post(
	    cast.alder, below(&cast, YOU), "q-name-revision", "1", NULL);
	expect_status(cast.alder, 410);
	browser_get(cast.alder, cast.base);
	expect_status(cast.alder, 410);
	expect_text(cast.alder, "Ask the council");
	browser_free(guest);
	free(token);
	free(other);
	cast_end(&cast);
}

/* --- Before it is begun ---------------------------------------------------- */

static const char *const provider_pages[] = {
	"/market-tests/X/response/print",
	"/market-tests/X/response/sections/about-you",
	"/market-tests/X/response/check",
	"/market-tests/X/response/receipt",
	"/market-tests/X/response/receipt.txt",
	"/market-tests/X/response/answers.json",
	"/market-tests/X/response/withdraw",
};

static const char *const provider_forms[] = {
	"/market-tests/X/response/follow",
	"/market-tests/X/response/sections/about-you",
	"/market-tests/X/response/sections/about-you/autosave",
	"/market-tests/X/response/submit",
	"/market-tests/X/response/withdraw",
};

static const char *const link_pages[] = {
	"/respond/X/print",
	"/respond/X/sections/about-you",
	"/respond/X/check",
	"/respond/X/receipt",
	"/respond/X/receipt.txt",
	"/respond/X/answers.json",
	"/respond/X/withdraw",
};

static const char *const link_forms[] = {
	"/respond/X/follow",
	"/respond/X/sections/about-you",
	"/respond/X/sections/about-you/autosave",
	"/respond/X/submit",
	"/respond/X/withdraw",
};

/* The page with its market test, or its link, in the place of X. */
static const char *
of(const char *page, const char *named)
{
	int before = (int)strcspn(page, "X");

	return fern_path("%.*s%s%s", before, page, named, page + before + 1);
}

static void
expect_begun_first(struct browser *browser, const char *base,
    const char *const *pages, size_t page_count, const char *const *forms,
    size_t form_count, const char *named)
{
	size_t i;

	for (i = 0; i < page_count; i++) {
		browser_get(browser, of(pages[i], named));
		expect_status(browser, 303);
		expect_location(browser, base);
	}
	for (i = 0; i < form_count; i++) {
		browser_get(browser, base);
		browser_post(browser, of(forms[i], named), NULL);
		expect_status(browser, 303);
		expect_location(browser, base);
	}
}

static void
test_begin_first(void **state)
{
	char *test = questions_market_test(false, true);
	char *token = questions_link(test, "Eve Early");
	char *base = strdup(fern_path("/market-tests/%s/response", test));
	struct browser *browser;

	(void)state;
	questions_morning();
	browser = fern_sign_in("owner@alder.example");
	expect_begun_first(browser, base, provider_pages, COUNT(provider_pages),
	    provider_forms, COUNT(provider_forms), test);
	/* What binds can be read before. */
	browser_get(
	    browser, fern_path("/market-tests/%s/response/document", test));
	expect_status(browser, 200);
	browser_free(browser);
	browser = browser_new();
	free(base);
	base = strdup(fern_path("/respond/%s", token));
	browser_get(browser, fern_path("/respond/%s/document", token));
	expect_status(browser, 200);
	expect_begun_first(browser, base, link_pages, COUNT(link_pages),
	    link_forms, COUNT(link_forms), token);
	browser_free(browser);
	free(base);
	free(token);
	free(test);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_partial),
		cmocka_unit_test(test_a_reason_is_asked_for),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_withdraw),
		cmocka_unit_test(test_by_a_link),
		cmocka_unit_test(test_begin_first),
	};

	return cmocka_run_group_tests_name(
	    "submissions", tests, questions_begin, fern_end);
}
