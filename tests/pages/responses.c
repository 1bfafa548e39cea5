/*
 * Answering a market test: beginning, sections, two who change one answer,
 * saving while one types, and who may see it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_questions.h"

#define YOU   "/sections/about-you"
#define OFFER "/sections/what-you-offer"

/* A market test, and owners of two providers who have begun. */
struct cast {
	char *test;
	char *base;
	struct browser *alder, *birch;
};

static const char *
below(const struct cast *cast, const char *path)
{
	return fern_path("%s%s", cast->base, path);
}

static void
begin_response(const struct cast *cast, struct browser *browser)
{
	browser_get(browser, cast->base);
	expect_status(browser, 200);
	expect_text(browser, "Begin your response");
	browser_post(browser, cast->base, NULL);
	expect_status(browser, 303);
	browser_follow(browser);
	expect_status(browser, 200);
}

static struct cast
cast_begin(bool takes_partial)
{
	struct cast cast = { .test = questions_market_test(
				 takes_partial, true) };

	questions_morning();
	cast.base = strdup(fern_path("/market-tests/%s/response", cast.test));
	cast.alder = fern_sign_in("owner@alder.example");
	cast.birch = fern_sign_in("owner@birch.example");
	begin_response(&cast, cast.alder);
	return cast;
}

static void
cast_end(struct cast *cast)
{
	browser_free(cast->alder);
	browser_free(cast->birch);
	free(cast->base);
	free(cast->test);
}

static void
test_begin(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	expect_text(cast.alder, "Your response");
	expect_text(cast.alder, "Alder Test Care");
	expect_text(cast.alder, "0 of 5 answered");
	expect_text(cast.alder, "Not started");
	expect_text(cast.alder, "1 hour 59 minutes");
	expect_text(cast.alder, "<strong>us</strong>");
	/* Once, whoever begins it again. */
	browser_post(cast.alder, cast.base, NULL);
	expect_status(cast.alder, 303);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM sealed.response r JOIN"
		       " market_test t ON t.id = r.market_test_id"
		       " WHERE t.reference = '%s'",
		cast.test),
	    1);
	/* Its audit is not the council's. */
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act LIKE"
		       " 'response.%%' AND council_id IS NOT NULL"),
	    0);
	assert_true(sql_number("SELECT count(*) FROM audit WHERE act ="
			       " 'response.begin'") > 0);
	cast_end(&cast);
}

static void
test_who_may_enter(void **state)
{
	struct cast cast = cast_begin(false);
	struct browser *other = fern_sign_in("commissioner@fern.example");
	char *closed = questions_market_test(false, false);

	(void)state;
	browser_get(other, cast.base);
	expect_status(other, 403);
	browser_free(other);
	other = browser_new();
	browser_get(other, cast.base);
	expect_status(other, 303);
	expect_location(other, "/sign-in");
	browser_free(other);
	/* To the invited only: for the others it is not there. */
	questions_invite(closed, "Alder");
	browser_get(cast.birch, fern_path("/market-tests/%s/response", closed));
	expect_status(cast.birch, 404);
	browser_get(cast.alder, fern_path("/market-tests/%s/response", closed));
	expect_status(cast.alder, 200);
	/* What is not begun leads to where it is begun. */
	browser_get(cast.birch, below(&cast, YOU));
	expect_status(cast.birch, 303);
	expect_location(cast.birch, cast.base);
	browser_get(cast.alder, below(&cast, "/sections/none"));
	expect_status(cast.alder, 404);
	free(closed);
	cast_end(&cast);
}

static void
test_a_section_is_saved(void **state)
{
	struct cast cast = cast_begin(false);
	struct browser *colleague = fern_sign_in("manager@alder.example");

	(void)state;
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Ada Bell",
	    "q-name-revision", "0", "q-interested", "yes",
	    "q-interested-revision", "0", "q-rural", "no", "q-rural-more-no",
	    "Too <far>", "q-rural-revision", "0", NULL);
	expect_status(cast.alder, 303);
	expect_location(cast.alder, below(&cast, OFFER));
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "name"), "\"Ada Bell\"");
	assert_string_equal(questions_answer(cast.test, "Alder", "rural"),
	    "{\"more\": {\"no\": \"Too <far>\"}, \"picked\": [\"no\"]}");
	/* It comes back, also to a colleague. */
	browser_get(colleague, below(&cast, YOU));
	expect_status(colleague, 200);
	expect_text(colleague, "value=\"Ada Bell\"");
	expect_text(colleague, "value=\"Too &lt;far&gt;\"");
	expect_text(colleague, "name=\"q-name-revision\" value=\"1\"");
	browser_get(colleague, cast.base);
	expect_text(colleague, "Completed");
	/* The last section leads to the check. */
	browser_fill(colleague, below(&cast, OFFER), "q-hours", "40",
	    "q-hours-revision", "0", NULL);
	expect_location(colleague, below(&cast, "/check"));
	browser_free(colleague);
	cast_end(&cast);
}

static void
test_the_good_are_saved_beside_the_bad(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_fill(cast.alder, below(&cast, OFFER), "q-hours", "many",
	    "q-hours-revision", "0", "q-rate", "18", "q-rate-revision", "0",
	    NULL);
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "must be a whole number");
	expect_text(cast.alder, "value=\"many\"");
	expect_text(cast.alder, "The answers without a message are saved");
	expect_text(cast.alder, "name=\"q-rate-revision\" value=\"1\"");
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "rate"), "1800");
	assert_string_equal(questions_answer(cast.test, "Alder", "hours"), "");
	cast_end(&cast);
}

/* Far too long: its message stands beside the field, and all of the text. */
static void
test_too_much_is_refused_kindly(void **state)
{
	struct cast cast = cast_begin(false);
	size_t length = 400000;
	char *text = malloc(length + 1);

	(void)state;
	memset(text, 'w', length);
	text[length] = '\0';
	browser_fill(cast.alder, below(&cast, YOU), "q-experience", text,
	    "q-experience-revision", "0", NULL);
	expect_status(cast.alder, 422);
	expect_text(
	    cast.alder, "must be 20,000 characters or fewer: it has 400,000");
	assert_non_null(strstr(cast.alder->page, text));
	free(text);
	cast_end(&cast);
}

static void
test_another_row(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_fill(cast.alder, below(&cast, OFFER), "q-homes-rows", "1",
	    "q-homes-1-town", "Ware", "q-homes-1-staff", "many",
	    "q-homes-revision", "0", "add-row", "homes", NULL);
	expect_status(cast.alder, 200);
	expect_text(cast.alder, "Row 2");
	expect_text(cast.alder, "value=\"Ware\"");
	expect_text(cast.alder, "value=\"many\"");
	expect_no_text(cast.alder, "There is a problem");
	assert_string_equal(questions_answer(cast.test, "Alder", "homes"), "");
	cast_end(&cast);
}

static void
test_nobody_sees_anothers(void **state)
{
	static const char *const pages[] = { "", "/print", "/check", YOU,
		"/document" };
	struct cast cast = cast_begin(false);
	size_t i;

	(void)state;
	begin_response(&cast, cast.birch);
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Canaryname",
	    "q-name-revision", "0", NULL);
	browser_get(cast.alder, below(&cast, "/print"));
	expect_text(cast.alder, "Canaryname");
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		browser_get(cast.birch, below(&cast, pages[i]));
		expect_status(cast.birch, 200);
		expect_no_text(cast.birch, "Canaryname");
		expect_no_text(cast.birch, "Alder");
	}
	/* Each has its own answer to the same question. */
	browser_fill(cast.birch, below(&cast, YOU), "q-name", "Ben",
	    "q-name-revision", "0", NULL);
	expect_status(cast.birch, 303);
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "name"), "\"Canaryname\"");
	cast_end(&cast);
}

/* Mine is posted upon the revision that another has gone beyond. */
static void
collide(const struct cast *cast, struct browser *mine, struct browser *theirs)
{
	browser_get(mine, below(cast, YOU));
	browser_fill(theirs, below(cast, YOU), "q-experience", "Theirs",
	    "q-experience-revision", "0", NULL);
	expect_status(theirs, 303);
	browser_post(mine, below(cast, YOU), "q-experience", "Mine",
	    "q-experience-revision", "0", "q-name", "Ada", "q-name-revision",
	    "0", NULL);
	expect_status(mine, 409);
}

/* As the page of a conflict sends it; `keep` NULL: nothing was chosen. */
static void
decide(const struct cast *cast, const char *revision, const char *now,
    const char *keep)
{
	browser_get(cast->alder, below(cast, YOU));
	browser_post(cast->alder, below(cast, YOU), "q-experience", "Mine",
	    "q-experience-revision", revision, "now-experience", now,
	    keep != NULL ? "keep-experience" : "none", keep != NULL ? keep : "",
	    NULL);
}

static void
test_two_tabs(void **state)
{
	struct cast cast = cast_begin(false);
	struct browser *colleague = fern_sign_in("manager@alder.example");

	(void)state;
	collide(&cast, cast.alder, colleague);
	expect_text(cast.alder, "Somebody saved another answer");
	expect_text(cast.alder, "Max Alder saved this on");
	expect_text(cast.alder, "Theirs");
	expect_text(cast.alder, "name=\"q-experience\" value=\"Mine\"");
	/* Everything else of the section is saved. */
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "name"), "\"Ada\"");
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "experience"), "\"Theirs\"");
	/* Without a choice both are shown again. */
	expect_text(cast.alder, "name=\"q-experience-revision\" value=\"0\"");
	expect_text(cast.alder, "name=\"now-experience\" value=\"1\"");
	decide(&cast, "0", "1", NULL);
	expect_status(cast.alder, 409);
	expect_text(cast.alder, "Somebody saved another answer");
	decide(&cast, "0", "1", "both");
	expect_status(cast.alder, 303);
	assert_string_equal(questions_answer(cast.test, "Alder", "experience"),
	    "\"Theirs\\n\\nMine\"");
	decide(&cast, "1", "2", "theirs");
	expect_status(cast.alder, 303);
	assert_string_equal(questions_answer(cast.test, "Alder", "experience"),
	    "\"Theirs\\n\\nMine\"");
	decide(&cast, "1", "2", "mine");
	expect_status(cast.alder, 303);
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "experience"), "\"Mine\"");
	/* Changed again meanwhile, it is a conflict again. */
	decide(&cast, "1", "2", "both");
	expect_status(cast.alder, 409);
	browser_free(colleague);
	cast_end(&cast);
}

static void
test_own_tabs(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "First",
	    "q-name-revision", "0", NULL);
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Second",
	    "q-name-revision", "0", NULL);
	expect_status(cast.alder, 409);
	expect_text(cast.alder, "You saved this on");
	/* The same answer is no conflict. */
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "First",
	    "q-name-revision", "0", NULL);
	expect_status(cast.alder, 303);
	cast_end(&cast);
}

static void
test_saving_while_typing(void **state)
{
	struct cast cast = cast_begin(false);
	char *autosave = strdup(below(&cast, OFFER "/autosave"));

	(void)state;
	questions_stand_at("2027-02-03 10:05+00");
	browser_get(cast.alder, below(&cast, OFFER));
	browser_post(cast.alder, autosave, "q-hours", "x", "q-hours-revision",
	    "0", "q-rate", "18", "q-rate-revision", "0", NULL);
	expect_status(cast.alder, 200);
	assert_string_equal(cast.alder->page,
	    "{\"saved_at\":\"10:05am\",\"revisions\":{\"rate\":1},"
	    "\"faults\":{\"q-hours\":\"Your answer to question 7 must be a "
	    "whole number, like 12\"},\"conflicts\":[]}");
	/* The same again, as when the answer was lost: the same revision. */
	browser_get(cast.alder, below(&cast, OFFER));
	browser_post(
	    cast.alder, autosave, "q-rate", "18", "q-rate-revision", "0", NULL);
	assert_string_equal(cast.alder->page,
	    "{\"saved_at\":\"10:05am\",\"revisions\":{\"rate\":1},"
	    "\"faults\":{},\"conflicts\":[]}");
	/* Upon an older revision it is a conflict, and stays as it is. */
	browser_get(cast.alder, below(&cast, OFFER));
	browser_post(
	    cast.alder, autosave, "q-rate", "19", "q-rate-revision", "0", NULL);
	assert_string_equal(cast.alder->page,
	    "{\"saved_at\":\"10:05am\",\"revisions\":{},\"faults\":{},"
	    "\"conflicts\":[\"rate\"]}");
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "rate"), "1800");
	/* Not without the token of the form. */
	browser_post_body(cast.alder, autosave, "q-rate=20&q-rate-revision=1");
	expect_status(cast.alder, 403);
	free(autosave);
	questions_morning();
	cast_end(&cast);
}

static void
test_what_falls_away_is_kept(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_fill(cast.alder, below(&cast, YOU), "q-interested", "yes",
	    "q-interested-revision", "0", NULL);
	browser_fill(cast.alder, below(&cast, OFFER), "q-groups", "older",
	    "q-groups-revision", "0", NULL);
	browser_fill(cast.alder, below(&cast, YOU), "q-interested", "no",
	    "q-interested-revision", "1", NULL);
	browser_get(cast.alder, below(&cast, OFFER));
	expect_no_text(cast.alder, "Whom do you care for?");
	browser_post(cast.alder, below(&cast, OFFER), "q-hours", "3",
	    "q-hours-revision", "0", NULL);
	browser_get(cast.alder, below(&cast, "/check"));
	expect_text(cast.alder, "Not asked");
	expect_text(cast.alder, "Older people");
	cast_end(&cast);
}

static void
test_corrected_questions(void **state)
{
	struct cast cast = cast_begin(true);

	(void)state;
	browser_fill(cast.alder, below(&cast, YOU), "q-name", "Ada",
	    "q-name-revision", "0", NULL);
	questions_correct(cast.test);
	browser_get(cast.alder, cast.base);
	expect_text(cast.alder, "has corrected the questions");
	expect_text(cast.alder, "What is your full name?");
	browser_get(cast.alder, below(&cast, "/check"));
	expect_no_text(cast.alder, "Submit partial response");
	browser_post(
	    cast.alder, below(&cast, "/submit"), "revision", "2", NULL);
	expect_status(cast.alder, 409);
	expect_text(cast.alder, "Look at what changed");
	browser_post(cast.alder, below(&cast, "/follow"), NULL);
	expect_status(cast.alder, 303);
	browser_follow(cast.alder);
	expect_text(cast.alder, "You answer the corrected questions now");
	browser_get(cast.alder, below(&cast, YOU));
	expect_text(cast.alder, "What is your full name?");
	expect_text(cast.alder, "value=\"Ada\"");
	cast_end(&cast);
}

static void
test_document(void **state)
{
	struct cast cast = cast_begin(false);

	(void)state;
	browser_get(cast.alder, below(&cast, YOU));
	expect_text(cast.alder,
	    fern_path("href=\"%s/document#clause-5.2.1\"", cast.base));
	expect_text(cast.alder, "1.1.1 Payment");
	browser_get(cast.alder, below(&cast, "/document"));
	expect_text(cast.alder, "id=\"clause-5.2.1\"");
	expect_text(cast.alder, "You bear your own costs.");
	cast_end(&cast);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_begin),
		cmocka_unit_test(test_who_may_enter),
		cmocka_unit_test(test_a_section_is_saved),
		cmocka_unit_test(test_the_good_are_saved_beside_the_bad),
		cmocka_unit_test(test_too_much_is_refused_kindly),
		cmocka_unit_test(test_another_row),
		cmocka_unit_test(test_nobody_sees_anothers),
		cmocka_unit_test(test_two_tabs),
		cmocka_unit_test(test_own_tabs),
		cmocka_unit_test(test_saving_while_typing),
		cmocka_unit_test(test_what_falls_away_is_kept),
		cmocka_unit_test(test_corrected_questions),
		cmocka_unit_test(test_document),
	};

	return cmocka_run_group_tests_name(
	    "responses", tests, questions_begin, fern_end);
}
