/*
 * What a page may say when its COMMIT is not answered, and what it must bear
 * of a form as large as any may be: nobody's request ends the process.
 */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_proxy.h"

enum { FIELDS = 31, FIELD_SIZE = 65536 };

static const char admin[] = "commits.admin@example.org";
static const char invite[] = "/accounts/invite";

static int
begin(void **state)
{
	(void)state;
	proxy_start();
	harness_begin();
	sql_run("INSERT INTO council (code, name) VALUES"
		" ('commits', 'Commits Council')");
	account_make(
	    admin, "Ada Commits", "council_administrator", "commits", "");
	return 0;
}

static int
end(void **state)
{
	(void)state;
	harness_end();
	proxy_end();
	return 0;
}

/* The body of a form: its tokens, and what follows them. */
static char *
form_body(const struct browser *b, const char *rest)
{
	size_t size = 512 + strlen(rest);
	char *body = malloc(size), csrf[128], once[128];

	browser_hidden(b, "csrf", csrf, sizeof(csrf));
	browser_hidden(b, "once", once, sizeof(once));
	snprintf(body, size, "csrf=%s&once=%s&%s", csrf, once, rest);
	return body;
}

/* About two megabytes of what grows most when it is encoded or escaped. */
static char *
large_fields(const char *first)
{
	char *fields = malloc(strlen(first) + FIELDS * (FIELD_SIZE + 16) + 1);
	size_t length = strlen(first);
	int i;

	memcpy(fields, first, length);
	for (i = 0; i < FIELDS; i++) {
		length += (size_t)sprintf(fields + length, "&f%d=", i);
		memset(fields + length, '\'', FIELD_SIZE);
		length += FIELD_SIZE;
	}
	fields[length] = '\0';
	return fields;
}

static void
nothing_is_reported_that_may_not_be_saved(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *body;

	(void)state;
	browser_get(b, invite);
	body = form_body(b, "name=Cut+Off&email=cut%40example.org&role=broker");
	proxy_cut(PROXY_CUT_AFTER);
	browser_post_body(b, invite, body);
	proxy_cut(PROXY_PASS);
	expect_status(b, 503);
	expect_text(b, "We cannot tell whether this was saved");
	expect_text(b, "cut@example.org");
	assert_null(strstr(b->cookie_lines, "notice="));
	browser_post_body(b, invite, body);
	expect_location(b, "/accounts");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM membership m JOIN account a"
		       " ON a.id = m.account_id"
		       " WHERE a.email = 'cut@example.org'"),
	    1);
	free(body);
	browser_free(b);
}

static void
what_is_sent_again_goes_to_the_same_address(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *body;

	(void)state;
	browser_get(b, invite);
	body = form_body(
	    b, "name=Cut+Off&email=second%40example.org&role=broker");
	proxy_cut(PROXY_CUT_BEFORE);
	browser_post_body(b, "/accounts/invite?from=list", body);
	proxy_cut(PROXY_PASS);
	expect_status(b, 503);
	expect_text(b, "action=\"?from=list\"");
	free(body);
	browser_free(b);
}

static void
passwords_are_not_written_into_a_page(void **state)
{
	struct browser *b = browser_signed_in(admin);

	(void)state;
	browser_get(b, "/change-password");
	proxy_cut(PROXY_CUT_BEFORE);
	browser_post(b, "/change-password", "current_password", demo_password,
	    "new_password", "gravel thimble osprey", NULL);
	proxy_cut(PROXY_PASS);
	expect_status(b, 503);
	expect_no_text(b, "gravel thimble osprey");
	expect_no_text(b, demo_password);
	browser_free(b);
}

static void
a_page_that_was_only_read_offers_nothing_to_send(void **state)
{
	struct browser *b = browser_signed_in(admin);

	(void)state;
	proxy_cut(PROXY_CUT_BEFORE);
	browser_get(b, "/accounts");
	proxy_cut(PROXY_PASS);
	expect_status(b, 503);
	expect_no_text(b, "Send it again");
	browser_get(b, "/accounts");
	expect_status(b, 200);
	browser_free(b);
}

static void
a_large_form_is_answered(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *fields = large_fields("name=&email=large%40example.org"), *body;

	(void)state;
	browser_get(b, invite);
	body = form_body(b, fields);
	browser_post_body(b, invite, body);
	expect_status(b, 422);
	free(body);
	free(fields);
	browser_free(b);
}

static void
a_large_form_may_be_sent_as_a_change(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *fields = large_fields(
	    "name=Lara+Large&email=large%40example.org&role=broker");
	char *body, *changed;

	(void)state;
	browser_get(b, invite);
	body = form_body(b, fields);
	browser_post_body(b, invite, body);
	expect_location(b, "/accounts");
	changed = strdup(body);
	*strrchr(changed, '\'') = '"';
	browser_post_body(b, invite, changed);
	expect_status(b, 409);
	expect_text(b, "You have sent this form before");
	free(changed);
	free(body);
	free(fields);
	browser_free(b);
}

static void
a_large_form_of_an_ended_session_leads_to_sign_in(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *fields = large_fields("name=Lara&email=idle%40example.org"),
	     *body;

	(void)state;
	browser_get(b, invite);
	body = form_body(b, fields);
	sql_run("UPDATE vault.session SET last_seen_at ="
		" last_seen_at - interval '20 minutes' WHERE ended_at IS NULL");
	browser_post_body(b, invite, body);
	expect_location(b, "/sign-in?to=%2Faccounts%2Finvite&");
	free(body);
	free(fields);
	browser_free(b);
}

static void
a_kept_form_keeps_its_query(void **state)
{
	struct browser *b = browser_signed_in(admin);
	char *body;

	(void)state;
	browser_get(b, invite);
	body = form_body(b, "name=Kim+Kept&email=kept%40example.org");
	sql_run("UPDATE vault.session SET last_seen_at ="
		" last_seen_at - interval '20 minutes' WHERE ended_at IS NULL");
	browser_post_body(b, "/accounts/invite?from=list", body);
	expect_location(
	    b, "/sign-in?to=%2Faccounts%2Finvite%3Ffrom%3Dlist%26kept%3Dyes&");
	free(body);
	browser_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_reported_that_may_not_be_saved),
		cmocka_unit_test(what_is_sent_again_goes_to_the_same_address),
		cmocka_unit_test(passwords_are_not_written_into_a_page),
		cmocka_unit_test(
		    a_page_that_was_only_read_offers_nothing_to_send),
		cmocka_unit_test(a_large_form_is_answered),
		cmocka_unit_test(a_large_form_may_be_sent_as_a_change),
		cmocka_unit_test(
		    a_large_form_of_an_ended_session_leads_to_sign_in),
		cmocka_unit_test(a_kept_form_keeps_its_query),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
