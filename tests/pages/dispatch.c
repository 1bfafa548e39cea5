/*
 * What every request goes through: routes, sign-in, CSRF, once-keys, errors.
 * Brings its own council and account, so that it needs no demonstration.
 */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/password.h"
#include "base/reply.h"

static const char broker[] = "dispatch.broker@example.org";

static int
begin(void **state)
{
	struct password_job job = { .is_verify = false };

	(void)state;
	harness_begin();
	snprintf(job.password, sizeof(job.password), "%s", demo_password);
	password_run(&job);
	sql_run("INSERT INTO council (code, name, kind) VALUES "
		"('dispatch', 'Dispatch Council', 'council')");
	sql_run("SELECT account_add('%s', 'Dora Dispatch', 'broker', "
		"(SELECT id FROM council WHERE code = 'dispatch'), NULL, '%s')",
	    broker, job.hash);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

static void
paths_lead_to_pages(void **state)
{
	struct browser *b = browser_new();

	(void)state;
	browser_get(b, "/health");
	expect_status(b, 200);
	assert_string_equal(b->page, "alive\n");
	browser_get(b, "/ready");
	expect_status(b, 200);
	browser_get(b, "/no-such-page");
	expect_status(b, 404);
	expect_text(b, "Page not found");
	browser_get(b, "/sign-out");
	expect_status(b, 405);
	browser_get(b, "/sign-in?to=%zz");
	expect_status(b, 400);
	browser_get(b, "/accessibility");
	expect_status(b, 200);
	browser_get(b, "/privacy");
	expect_status(b, 200);
	browser_get(b, "/cookies");
	expect_status(b, 200);
	browser_free(b);
}

/* GET /ready, which is not; what it wrote to the log. */
static const char *
not_ready_log(struct browser *b)
{
	static char text[1024];
	int kept = dup(STDERR_FILENO), ends[2];
	ssize_t length;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	browser_get(b, "/ready");
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	length = read(ends[0], text, sizeof(text) - 1);
	close(ends[0]);
	text[length > 0 ? length : 0] = '\0';
	expect_status(b, 503);
	assert_string_equal(b->page, "not ready\n");
	return text;
}

static void
a_database_of_another_age_is_not_ready(void **state)
{
	struct browser *b = browser_new();
	const char *log;

	(void)state;
	browser_get(b, "/ready");
	expect_status(b, 200);
	sql_run("INSERT INTO schema_migrations VALUES ('9999')");
	log = not_ready_log(b);
	sql_run("DELETE FROM schema_migrations WHERE version = '9999'");
	assert_non_null(strstr(log, "migrations_unknown=\"9999\""));
	browser_get(b, "/health");
	expect_status(b, 200);
	browser_free(b);
}

static void
a_migration_that_was_missed_is_not_ready(void **state)
{
	struct browser *b = browser_new();
	const char *log;

	(void)state;
	sql_run("DELETE FROM schema_migrations WHERE version = '0005'");
	log = not_ready_log(b);
	sql_run("INSERT INTO schema_migrations VALUES ('0005')");
	assert_non_null(strstr(log, "migrations_missing=\"0005\""));
	browser_get(b, "/ready");
	expect_status(b, 200);
	browser_free(b);
}

static void
visitors_are_led_to_sign_in_and_back(void **state)
{
	struct browser *b = browser_new();

	(void)state;
	browser_get(b, "/change-password?from=menu");
	expect_location(b, "/sign-in?to=%2Fchange-password%3Ffrom%3Dmenu");
	browser_follow(b);
	browser_post(b, "/sign-in?to=%2Fchange-password%3Ffrom%3Dmenu", "email",
	    broker, "password", demo_password, NULL);
	expect_location(b, "/change-password?from=menu");
	browser_free(b);
}

static void
sign_in_leads_nowhere_else(void **state)
{
	static const char *const targets[] = { "https%3A%2F%2Fevil.example",
		"%2F%2Fevil.example", "%2F%5Cevil.example", "evil" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct browser *b = browser_new();
		char path[128];

		snprintf(path, sizeof(path), "/sign-in?to=%s", targets[i]);
		browser_get(b, path);
		browser_post(
		    b, path, "email", broker, "password", demo_password, NULL);
		expect_status(b, 303);
		assert_string_equal(b->location, "/");
		browser_free(b);
	}
}

static void
forms_without_their_token_are_refused(void **state)
{
	struct browser *b = browser_new(), *other = browser_new();
	char token[256], body[1024];

	(void)state;
	browser_sign_in(b, broker);
	browser_post_body(b, "/sign-out", "");
	expect_status(b, 403);
	browser_get(other, "/sign-in");
	browser_hidden(other, "csrf", token, sizeof(token));
	snprintf(body, sizeof(body), "csrf=%s", token);
	browser_post_body(b, "/sign-out", body);
	expect_status(b, 403);
	browser_get(b, "/privacy");
	expect_text(b, "Sign out");
	browser_free(b);
	browser_free(other);
}

static void
sign_in_rotates_the_session_and_sign_out_ends_it(void **state)
{
	struct browser *b = browser_new();
	char cookies[4096];

	(void)state;
	browser_sign_in(b, broker);
	assert_non_null(strstr(b->cookie_lines, "HttpOnly"));
	assert_non_null(strstr(b->cookie_lines, "SameSite=Lax"));
	assert_null(strstr(b->cookie_lines, "Domain"));
	memcpy(cookies, b->cookies, sizeof(cookies));
	browser_get(b, "/privacy");
	browser_post(b, "/sign-out", NULL);
	expect_location(b, "/sign-in");
	memcpy(b->cookies, cookies, sizeof(cookies));
	browser_get(b, "/change-password");
	expect_location(b, "/sign-in");
	browser_free(b);
}

static void
a_wrong_password_and_an_unknown_address_look_the_same(void **state)
{
	struct browser *b = browser_new();

	(void)state;
	browser_fill(b, "/sign-in", "email", broker, "password",
	    "not the password", NULL);
	expect_status(b, 422);
	expect_text(b, "The email address or password is wrong");
	browser_fill(b, "/sign-in", "email", "nobody@example.org", "password",
	    "not the password", NULL);
	expect_status(b, 422);
	expect_text(b, "The email address or password is wrong");
	expect_text(b, "nobody@example.org");
	expect_no_text(b, "not the password");
	browser_free(b);
}

static void
many_wrong_passwords_have_to_wait(void **state)
{
	struct browser *b = browser_new();
	int i;

	(void)state;
	for (i = 0; i < 12 && b->status != 429; i++)
		browser_fill(b, "/sign-in", "email", "guess@example.org",
		    "password", "not the password", NULL);
	expect_status(b, 429);
	expect_text(b, "too many attempts");
	browser_free(b);
}

static void
pages_say_503_when_the_database_refuses(void **state)
{
	struct browser *b = browser_new();

	(void)state;
	browser_sign_in(b, broker);
	sql_run("REVOKE EXECUTE ON FUNCTION session_begin(bytea) "
		"FROM hearth_web");
	browser_get(b, "/change-password");
	sql_run("GRANT EXECUTE ON FUNCTION session_begin(bytea) "
		"TO hearth_web");
	expect_status(b, 500);
	expect_text(b, "there is a problem with the service");
	browser_free(b);
}

/* The next so many requests for a new password meet another transaction. */
static void
conflicts_make(int count)
{
	sql_run("CREATE SEQUENCE IF NOT EXISTS meetings;"
		" ALTER SEQUENCE meetings RESTART;"
		" CREATE OR REPLACE FUNCTION meet() RETURNS trigger"
		" LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
		" IF nextval('public.meetings') <= %d THEN RAISE 'met'"
		" USING ERRCODE = '40001'; END IF; RETURN NEW; END $$;"
		" CREATE OR REPLACE TRIGGER meet BEFORE INSERT"
		" ON vault.single_use_token FOR EACH ROW"
		" EXECUTE FUNCTION meet()",
	    count);
}

static void
what_meets_another_runs_again_three_times(void **state)
{
	struct browser *b = browser_new();

	(void)state;
	conflicts_make(3);
	browser_fill(b, "/forgotten-password", "email", broker, NULL);
	expect_location(b, "/forgotten-password?sent=yes");
	conflicts_make(4);
	browser_fill(b, "/forgotten-password", "email", broker, NULL);
	sql_run("DROP TRIGGER meet ON vault.single_use_token");
	expect_status(b, 503);
	assert_int_equal(
	    sql_number("SELECT last_value FROM public.meetings"), 4);
	browser_free(b);
}

/* Who is not signed in clicks twice as well. */
static void
a_form_of_nobody_takes_effect_once(void **state)
{
	struct browser *b = browser_new();
	char csrf[128], once[128], body[512];
	int64_t mails;

	(void)state;
	browser_get(b, "/forgotten-password");
	browser_hidden(b, "csrf", csrf, sizeof(csrf));
	browser_hidden(b, "once", once, sizeof(once));
	mails = sql_number("SELECT count(*) FROM outbox");
	snprintf(body, sizeof(body), "csrf=%s&once=%s&email=%s", csrf, once,
	    "dispatch.broker%40example.org");
	browser_post_body(b, "/forgotten-password", body);
	expect_location(b, "/forgotten-password?sent=yes");
	browser_post_body(b, "/forgotten-password", body);
	expect_location(b, "/forgotten-password?sent=yes");
	assert_int_equal(sql_number("SELECT count(*) FROM outbox"), mails + 1);
	snprintf(body, sizeof(body), "csrf=%s&once=%s&email=%s", csrf, once,
	    "somebody.else%40example.org");
	browser_post_body(b, "/forgotten-password", body);
	expect_status(b, 409);
	snprintf(body, sizeof(body), "csrf=%s&email=%s", csrf,
	    "dispatch.broker%40example.org");
	browser_post_body(b, "/forgotten-password", body);
	expect_status(b, 400);
	browser_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_lead_to_pages),
		cmocka_unit_test(a_database_of_another_age_is_not_ready),
		cmocka_unit_test(a_migration_that_was_missed_is_not_ready),
		cmocka_unit_test(visitors_are_led_to_sign_in_and_back),
		cmocka_unit_test(sign_in_leads_nowhere_else),
		cmocka_unit_test(forms_without_their_token_are_refused),
		cmocka_unit_test(
		    sign_in_rotates_the_session_and_sign_out_ends_it),
		cmocka_unit_test(
		    a_wrong_password_and_an_unknown_address_look_the_same),
		cmocka_unit_test(many_wrong_passwords_have_to_wait),
		cmocka_unit_test(pages_say_503_when_the_database_refuses),
		cmocka_unit_test(what_meets_another_runs_again_three_times),
		cmocka_unit_test(a_form_of_nobody_takes_effect_once),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
