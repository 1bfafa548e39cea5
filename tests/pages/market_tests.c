/*
 * Market tests from the draft to the finish: what takes two people, what only
 * moves forward, who sees what, and who is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support_offers.h"

static struct browser *commissioner, *administrator, *visitor;
static struct arena *arena;
static const char *version; /* of the published questions */

/* Publishes a version of the questions; each says it another way. */
static void
questions_publish(int number, const char *words)
{
	sql_run("INSERT INTO question_set_version (council_id,"
		" question_set_id, number, document, published_at)"
		" SELECT council_id, id, %d, json_build_object("
		"'code', 'views', 'name', 'Views', 'introduction',"
		" 'We ask *early*.', 'sections', json_build_array("
		"json_build_object('id', 'all', 'title', 'Your views',"
		" 'questions', json_build_array(json_build_object("
		"'id', 'zones', 'number', '7', 'text', 'How many zones%s?',"
		" 'kind', 'short_text'))))), clock_now()"
		" FROM question_set WHERE code = 'views'",
	    number, words);
}

static int
begin(void **state)
{
	fern_begin(state);
	account_make("admin@fern.example", "Ada Fern", "council_administrator",
	    "fern", "");
	account_make("commissioner@gorse.example", "Gil Gorse", "commissioner",
	    "gorse", "");
	sql_run(
	    "INSERT INTO question_set (council_id, code, name)"
	    " SELECT id, 'views', 'Views' FROM council WHERE code = 'fern'");
	questions_publish(1, "");
	return 0;
}

static int
each_begin(void **state)
{
	(void)state;
	sql_run("SELECT fern_day(10)");
	arena = arena_new(64 * 1024 * 1024);
	version = arena_strdup(arena,
	    sql_text("SELECT v.id::text FROM question_set_version v"
		     " JOIN question_set s ON s.id = v.question_set_id"
		     " WHERE s.code = 'views' ORDER BY v.number DESC LIMIT 1"));
	commissioner = fern_sign_in("commissioner@fern.example");
	administrator = fern_sign_in("admin@fern.example");
	visitor = browser_new();
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	browser_free(administrator);
	browser_free(visitor);
	arena_free(arena);
	return 0;
}

/* --- Helpers -------------------------------------------------------------- */

static const char *at(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static const char *
at(const char *format, ...)
{
	const char *path;
	va_list args;

	va_start(args, format);
	path = arena_vprintf(arena, format, args);
	va_end(args);
	return path;
}

static const char *
revision_of(const struct browser *browser)
{
	char revision[16];

	browser_hidden(browser, "revision", revision, sizeof(revision));
	return arena_strdup(arena, revision);
}

static const char *
draft_make(void)
{
	browser_fill(commissioner, "/market-tests/new", "title",
	    "Homecare from 2027", NULL);
	expect_location(commissioner, "/market-tests/V");
	return arena_strndup(
	    arena, commissioner->location + strlen("/market-tests/"), 9);
}

/* Fills the draft in; it closes so many hours after ten on that Wednesday. */
static void
draft_fill(const char *test, const char *audience, int hours)
{
	const char *path = at("/market-tests/%s/edit", test);
	struct start_fields open = fern_start(0);
	struct start_fields close = fern_start(hours);

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_post(commissioner, path, "revision", revision_of(commissioner),
	    "title", "Homecare from 2027", "summary", "What would work?",
	    "questions", version, "audience", audience, "opens_at-day",
	    open.day, "opens_at-month", open.month, "opens_at-year", open.year,
	    "opens_at-time", open.time, "closes_at-day", close.day,
	    "closes_at-month", close.month, "closes_at-year", close.year,
	    "closes_at-time", close.time, "legal_basis", "procurement_act_2023",
	    "notice_reference", "UK2-2027-1", "support", "Ring 01234 567890",
	    NULL);
}

static void
decide(struct browser *browser, const char *test, const char *decision,
    const char *reason)
{
	const char *path = at("/market-tests/%s/decide", test);

	browser_get(browser, path);
	expect_status(browser, 200);
	browser_post(browser, path, "revision", revision_of(browser),
	    "decision", decision, "reason", reason, NULL);
}

static void
propose_publishing(const char *test)
{
	const char *path = at("/market-tests/%s/publish", test);

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_post(
	    commissioner, path, "revision", revision_of(commissioner), NULL);
	expect_status(commissioner, 303);
}

/* One that is open to everybody or the invited for so many hours. */
static const char *
published(const char *audience, int hours)
{
	const char *test = draft_make();

	draft_fill(test, audience, hours);
	expect_status(commissioner, 303);
	if (strcmp(audience, "invited") == 0) {
		browser_fill(commissioner,
		    at("/market-tests/%s/invitations", test), "kind", "carer",
		    "name", "Cora Carer", "email", "cora@example.org", NULL);
		expect_status(commissioner, 303);
	}
	propose_publishing(test);
	decide(administrator, test, "approved", "");
	expect_status(administrator, 303);
	return test;
}

/* What would move the close to so many hours from now. */
static void
propose_close(const char *test, int hours, const char *reason)
{
	const char *path = at("/market-tests/%s/close", test);
	struct start_fields close = fern_start(hours);

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_post(commissioner, path, "revision", revision_of(commissioner),
	    "closes_at-day", close.day, "closes_at-month", close.month,
	    "closes_at-year", close.year, "closes_at-time", close.time,
	    "reason", reason, NULL);
}

/* Mails that lead an account's holder to it. */
static int64_t
mails(const char *test, const char *to)
{
	return sql_number("SELECT count(*) FROM outbox WHERE kind ="
			  " 'market_test' AND to_email LIKE '%s' AND body LIKE"
			  " '%%/market-tests/%s%%'",
	    to, test);
}

/* --- Drafts --------------------------------------------------------------- */

static void
test_a_draft_says_what_is_missing(void **state)
{
	const char *test = draft_make();

	(void)state;
	browser_get(commissioner, at("/market-tests/%s", test));
	expect_text(commissioner, "It has no questions");
	expect_text(commissioner, "It has no time at which it closes");
	expect_no_text(commissioner, "Propose to publish it");
	browser_fill(commissioner, at("/market-tests/%s/publish", test), NULL);
	expect_status(commissioner, 422);
	draft_fill(test, "everybody", 48);
	expect_status(commissioner, 303);
	browser_get(commissioner, at("/market-tests/%s", test));
	expect_text(commissioner, "Propose to publish it");
	/* Nobody else sees it. */
	browser_get(visitor, at("/market-tests/%s", test));
	expect_status(visitor, 404);
	browser_get(visitor, "/market-tests");
	expect_no_text(visitor, "Homecare from 2027");
}

static void
test_a_close_at_night_is_refused(void **state)
{
	const char *test = draft_make();

	(void)state;
	/* From ten in the morning: to three at night, to six, to midnight. */
	draft_fill(test, "everybody", 24 + 17);
	expect_status(commissioner, 422);
	expect_text(commissioner, "must be after 6 in the morning");
	expect_text(commissioner, "What would work?");
	draft_fill(test, "everybody", 24 + 14);
	expect_status(commissioner, 422);
	draft_fill(test, "everybody", 24 + 20);
	expect_status(commissioner, 303);
	draft_fill(test, "everybody", -1);
	expect_status(commissioner, 422);
	expect_text(commissioner, "The close must be in the future");
}

static void
test_two_who_edit_a_draft(void **state)
{
	const char *test = draft_make();
	const char *path = at("/market-tests/%s/edit", test);
	const char *old;

	(void)state;
	browser_get(administrator, path);
	old = revision_of(administrator);
	draft_fill(test, "everybody", 48);
	browser_post(administrator, path, "revision", old, "title", "Mine",
	    "audience", "everybody", "legal_basis", "pcr_2015", NULL);
	expect_status(administrator, 409);
	expect_text(administrator, "value=\"Mine\"");
	assert_string_equal("Homecare from 2027",
	    sql_text(
		"SELECT title FROM market_test WHERE reference = '%s'", test));
	/* Nor is it thrown away by somebody who has not seen the change. */
	browser_get(administrator, at("/market-tests/%s", test));
	draft_fill(test, "everybody", 49);
	browser_post(administrator, at("/market-tests/%s/remove", test),
	    "revision", revision_of(administrator), NULL);
	browser_follow(administrator);
	expect_text(administrator, "Somebody changed the draft");
	browser_post(administrator, at("/market-tests/%s/remove", test),
	    "revision", revision_of(administrator), NULL);
	expect_location(administrator, "/market-tests");
	browser_get(administrator, at("/market-tests/%s", test));
	expect_status(administrator, 404);
}

/* --- Two people ----------------------------------------------------------- */

static void
test_publishing_takes_two(void **state)
{
	const char *test = draft_make();

	(void)state;
	draft_fill(test, "everybody", 48);
	propose_publishing(test);
	decide(commissioner, test, "approved", "");
	expect_status(commissioner, 422);
	expect_text(
	    commissioner, "another person of your council has to decide on it");
	decide(administrator, test, "refused", "");
	expect_status(administrator, 422);
	decide(administrator, test, "refused", "Say more in the summary");
	expect_status(administrator, 303);
	browser_get(commissioner, at("/market-tests/%s", test));
	expect_text(commissioner, "Say more in the summary");
	propose_publishing(test);
	/* An edit takes it back: nobody approves what they have not seen. */
	draft_fill(test, "everybody", 50);
	browser_get(administrator, at("/market-tests/%s/decide", test));
	expect_status(administrator, 404);
	propose_publishing(test);
	decide(administrator, test, "approved", "");
	expect_status(administrator, 303);
	browser_get(visitor, at("/market-tests/%s", test));
	expect_status(visitor, 200);
	expect_text(visitor, "How many zones?");
	expect_text(visitor, "We ask <em>early</em>.");
	expect_text(visitor, "UK2-2027-1");
	expect_no_text(visitor, "Ada Fern");
	/* The providers of the framework are told, each once. */
	assert_int_equal(mails(test, "%alder%"), 1);
	browser_get(commissioner, at("/market-tests/%s/edit", test));
	expect_status(commissioner, 404);
}

static void
test_the_close_moves_forward_only(void **state)
{
	const char *test = published("everybody", 48);

	(void)state;
	propose_close(test, 47, "Too late");
	expect_status(commissioner, 422);
	expect_text(commissioner, "it can only be moved forward");
	propose_close(test, 72, "");
	expect_status(commissioner, 422);
	propose_close(test, 72, "The portal was down for a morning");
	expect_status(commissioner, 303);
	browser_get(visitor, at("/market-tests/%s", test));
	expect_no_text(visitor, "The portal was down");
	decide(administrator, test, "approved", "");
	browser_get(visitor, at("/market-tests/%s", test));
	expect_text(visitor, "The portal was down for a morning");
	assert_int_equal(
	    sql_number(
		"SELECT count(*) FROM outbox WHERE subject LIKE"
		" 'More time to answer%%' AND to_email LIKE '%%alder%%'"),
	    1);
	assert_int_equal(
	    sql_number(
		"SELECT round(extract(epoch FROM closes_at - clock_now())"
		" / 3600)::bigint FROM market_test WHERE reference ="
		" '%s'",
		test),
	    72);
}

static void
test_nothing_moves_after_the_close(void **state)
{
	const char *test = published("everybody", 8);
	const char *path = at("/market-tests/%s/decide", test);
	const char *revision;

	(void)state;
	propose_close(test, 72, "More time");
	expect_status(commissioner, 303);
	browser_get(administrator, path);
	revision = revision_of(administrator);
	fern_later("8 hours");
	fern_sign_in_again(&administrator, "admin@fern.example");
	browser_get(administrator, path);
	browser_post(administrator, path, "revision", revision, "decision",
	    "approved", NULL);
	expect_status(administrator, 422);
	expect_text(administrator, "It has closed meanwhile");
}

static void
test_a_correction_is_told(void **state)
{
	const char *test = published("everybody", 48);
	const char *path = at("/market-tests/%s/correct", test);

	(void)state;
	questions_publish(2, " in all");
	browser_get(commissioner, path);
	expect_text(commissioner, "Version 2");
	browser_post(commissioner, path, "revision", revision_of(commissioner),
	    "version",
	    sql_text("SELECT max(v.id)::text FROM"
		     " question_set_version v JOIN question_set s ON s.id ="
		     " v.question_set_id WHERE s.code = 'views'"),
	    "reason", "Question 7 was unclear", NULL);
	expect_status(commissioner, 303);
	browser_get(visitor, at("/market-tests/%s", test));
	expect_text(visitor, "How many zones?");
	decide(administrator, test, "approved", "");
	browser_get(visitor, at("/market-tests/%s", test));
	expect_text(visitor, "How many zones in all?");
	expect_text(visitor, "Question 7 was unclear");
}

static void
test_withdrawing_and_taking_back(void **state)
{
	const char *test = published("everybody", 48);
	const char *path = at("/market-tests/%s/withdraw", test);

	(void)state;
	for (int i = 0; i < 2; i++) {
		browser_get(commissioner, path);
		browser_post(commissioner, path, "revision",
		    revision_of(commissioner), "reason", "Not needed", NULL);
		expect_status(commissioner, 303);
		browser_get(commissioner, at("/market-tests/%s/decide", test));
		if (i == 0)
			browser_post(commissioner,
			    at("/market-tests/%s/decide", test), "act",
			    "take_back", NULL);
	}
	/* Only whoever proposed it takes it back. */
	browser_get(administrator, at("/market-tests/%s/decide", test));
	browser_post(administrator, at("/market-tests/%s/decide", test), "act",
	    "take_back", NULL);
	expect_status(administrator, 404);
	decide(administrator, test, "approved", "");
	browser_get(visitor, at("/market-tests/%s", test));
	expect_text(visitor, "is withdrawn");
	browser_get(visitor, "/market-tests");
	expect_no_text(visitor, test);
}

/* --- Who sees it, who is told --------------------------------------------- */

static void
test_somebody_is_taken_off_the_list(void **state)
{
	const char *test = draft_make();
	const char *path = at("/market-tests/%s/invitations", test);
	const char *remove;

	(void)state;
	browser_fill(commissioner, path, "kind", "service_user", "name",
	    "Sam Stone", "email", "sam@example.org", NULL);
	expect_status(commissioner, 303);
	browser_get(commissioner, path);
	expect_text(commissioner, "Sam Stone");
	remove = at("/market-tests/%s/invitations/%s/remove", test,
	    sql_text("SELECT max(id)::text FROM market_test_invitation"));
	browser_post(commissioner, remove, NULL);
	expect_status(commissioner, 303);
	browser_get(commissioner, path);
	expect_no_text(commissioner, "Sam Stone");
	browser_post(commissioner, remove, NULL);
	expect_status(commissioner, 404);
}

static void
test_the_invited_alone(void **state)
{
	const char *test = published("invited", 48);
	struct browser *alder = fern_sign_in("owner@alder.example");
	struct browser *other = fern_sign_in("commissioner@gorse.example");
	const char *link;

	(void)state;
	browser_get(visitor, at("/market-tests/%s", test));
	expect_status(visitor, 404);
	browser_get(other, at("/market-tests/%s", test));
	expect_status(other, 404);
	browser_get(alder, at("/market-tests/%s", test));
	expect_status(alder, 404);
	assert_int_equal(mails(test, "%alder%"), 0);
	link = sql_text("SELECT body FROM outbox WHERE to_email ="
			" 'cora@example.org' ORDER BY id DESC LIMIT 1");
	assert_non_null(strstr(link, "/respond/"));
	/* Invited later: told at once, and sees it. */
	browser_fill(commissioner,
	    at("/market-tests/%s/invitations/providers", test), "providers",
	    sql_text("SELECT reference FROM organisation WHERE name LIKE"
		     " '%%Alder%%'"),
	    NULL);
	expect_status(commissioner, 303);
	assert_int_equal(mails(test, "%alder%"), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE to_email ="
		       " 'cora@example.org'"),
	    1);
	browser_get(alder, at("/market-tests/%s", test));
	expect_status(alder, 200);
	browser_fill(commissioner, at("/market-tests/%s/invitations", test),
	    "kind", "other", "name", "Cora again", "email", "CORA@example.org",
	    NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "That address is invited already");
	browser_free(alder);
	browser_free(other);
}

static void
test_other_councils_and_roles(void **state)
{
	const char *test = published("everybody", 48);
	struct browser *other = fern_sign_in("commissioner@gorse.example");
	struct browser *broker = fern_sign_in("broker@fern.example");

	(void)state;
	browser_get(other, at("/market-tests/%s", test));
	expect_status(other, 200);
	expect_no_text(other, "What took two people");
	browser_get(other, at("/market-tests/%s/preview", test));
	expect_status(other, 404);
	browser_get(other, at("/market-tests/%s/close", test));
	expect_status(other, 404);
	browser_get(other, at("/market-tests/%s/invitations", test));
	expect_status(other, 404);
	browser_get(other, at("/market-tests/%s/open", test));
	expect_status(other, 404);
	browser_get(broker, at("/market-tests/%s", test));
	expect_status(broker, 200);
	expect_no_text(broker, "Move the close");
	browser_get(broker, at("/market-tests/%s/close", test));
	expect_status(broker, 403);
	browser_free(other);
	browser_free(broker);
}

/* Who is told only because of a response is in no mail the council sees. */
static void
test_mail_does_not_tell_who_responds(void **state)
{
	const char *test = published("everybody", 48);

	(void)state;
	sql_run("INSERT INTO organisation (name) VALUES ('Quiet Rowan')"
		" ON CONFLICT DO NOTHING");
	sql_run("INSERT INTO organisation_contact (organisation_id, name,"
		" email, gets_offers) SELECT id, 'Rae Rowan',"
		" 'rae@rowan.example', true FROM organisation WHERE name ="
		" 'Quiet Rowan'");
	sql_run("INSERT INTO sealed.response (council_id, market_test_id,"
		" question_set_version_id, organisation_id) SELECT"
		" t.council_id, t.id, t.question_set_version_id, o.id FROM"
		" market_test t, organisation o WHERE t.reference = '%s' AND"
		" o.name = 'Quiet Rowan'",
	    test);
	propose_close(test, 72, "A week more");
	decide(administrator, test, "approved", "");
	expect_status(administrator, 303);
	assert_int_equal(mails(test, "rae@rowan.example"), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE to_email ="
		       " 'rae@rowan.example' AND council_id IS NULL"),
	    1);
	browser_get(administrator, "/mail");
	expect_no_text(administrator, "rowan");
}

/* --- After the close ------------------------------------------------------ */

static void
test_nothing_is_opened_before_the_close(void **state)
{
	const char *test = published("everybody", 8);
	const char *path = at("/market-tests/%s/open", test);

	(void)state;
	browser_get(commissioner, path);
	expect_text(commissioner, "The responses are sealed");
	browser_post(commissioner, path, NULL);
	expect_status(commissioner, 409);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE act ="
		       " 'market_test.open_too_early' AND object_reference ="
		       " '%s'",
		test),
	    1);
	fern_later("8 hours");
	fern_sign_in_again(&commissioner, "commissioner@fern.example");
	browser_fill(commissioner, path, NULL);
	expect_status(commissioner, 303);
	browser_fill(commissioner, at("/market-tests/%s/finish", test), NULL);
	expect_status(commissioner, 303);
	browser_get(commissioner, at("/market-tests/%s", test));
	expect_text(commissioner, "Finished");
	browser_get(commissioner, path);
	expect_status(commissioner, 404);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, each_begin, each_end)
	const struct CMUnitTest tests[] = {
		TEST(test_a_draft_says_what_is_missing),
		TEST(test_a_close_at_night_is_refused),
		TEST(test_two_who_edit_a_draft),
		TEST(test_publishing_takes_two),
		TEST(test_the_close_moves_forward_only),
		TEST(test_nothing_moves_after_the_close),
		TEST(test_a_correction_is_told),
		TEST(test_withdrawing_and_taking_back),
		TEST(test_somebody_is_taken_off_the_list),
		TEST(test_the_invited_alone),
		TEST(test_other_councils_and_roles),
		TEST(test_mail_does_not_tell_who_responds),
		TEST(test_nothing_is_opened_before_the_close),
	};

	return cmocka_run_group_tests(tests, begin, fern_end);
}
