/* Signing in, passwords, links in mails, people, roles and parked forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

static const char new_password[] = "gravel thimble osprey";

static int
accounts_begin(void **state)
{
	(void)state;
	harness_begin();
	if (sql_number("SELECT count(*) FROM pg_class"
		       " WHERE relname = 'test_clock'") == 0)
		sql_run("%s", file_text("tests/data/clock.sql"));
	sql_run("INSERT INTO council (code, name) VALUES"
		" ('east-pages', 'East Pages'), ('west-pages', 'West Pages')");
	sql_run("INSERT INTO organisation (name) VALUES ('Alder Pages'),"
		" ('Birch Pages')");
	account_make("admin@east.example", "Edda East", "council_administrator",
	    "east-pages", "");
	account_make("second@east.example", "Esme East",
	    "council_administrator", "east-pages", "");
	account_make(
	    "broker@east.example", "Bram East", "broker", "east-pages", "");
	account_make(
	    "auditor@east.example", "Aud East", "auditor", "east-pages", "");
	account_make("admin@west.example", "Wanda West",
	    "council_administrator", "west-pages", "");
	account_make(
	    "known@west.example", "Kit West", "broker", "west-pages", "");
	account_make("owner@alder.example", "Olga Alder", "provider_owner", "",
	    "Alder Pages");
	account_make("both@alder.example", "Bea Alder", "provider_manager", "",
	    "Alder Pages");
	account_make(
	    "both@alder.example", "Bea Alder", "broker", "east-pages", "");
	return 0;
}

static int
accounts_end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

/* Every test begins at the real time, with nothing counted. */
static int
test_begin(void **state)
{
	(void)state;
	sql_run("UPDATE test_clock SET moved_by = '0'");
	sql_run("DELETE FROM vault.sign_in_throttle");
	sql_run("DELETE FROM vault.address_throttle");
	return 0;
}

static void
clock_move(const char *interval)
{
	sql_run("UPDATE test_clock SET moved_by = '%s'", interval);
}

/* The path of the link in the newest mail to an address. */
static char *
mailed_path(const char *email)
{
	const char *body = sql_text("SELECT body FROM outbox WHERE to_email ="
				    " '%s' ORDER BY id DESC LIMIT 1",
	    email);
	const char *found = strstr(body, "http://127.0.0.1:8080/");

	assert_non_null(found);
	found += strlen("http://127.0.0.1:8080");
	return strndup(found, strcspn(found, "\n"));
}

static int64_t
mails_to(const char *email)
{
	return sql_number(
	    "SELECT count(*) FROM outbox WHERE to_email = '%s'", email);
}

/* The page without what differs from one showing to the next. */
static char *
page_plain(const struct browser *browser)
{
	static const char *const secrets[] = { "name=\"csrf\" value=\"",
		"name=\"once\" value=\"" };
	char *page = strdup(browser->page);
	size_t i;

	for (i = 0; i < 2; i++) {
		char *at = page;

		while ((at = strstr(at, secrets[i])) != NULL) {
			at += strlen(secrets[i]);
			memset(at, 'x', strcspn(at, "\""));
		}
	}
	return page;
}

static void
sign_in_leads_to_where_one_was(void **state)
{
	struct browser *browser = browser_new();

	(void)state;
	browser_get(browser, "/accounts?state=ended");
	expect_location(browser, "/sign-in?to=%2Faccounts%3Fstate%3Dended");
	browser_follow(browser);
	expect_status(browser, 200);
	browser_post(browser, "/sign-in?to=%2Faccounts%3Fstate%3Dended",
	    "email", " Admin@East.example ", "password", demo_password, NULL);
	expect_location(browser, "/accounts?state=ended");
	assert_non_null(strstr(browser->cookie_lines, "HttpOnly"));
	assert_non_null(strstr(browser->cookie_lines, "SameSite=Lax"));
	browser_follow(browser);
	expect_text(browser, "Edda East");
	browser_post(browser, "/sign-out", NULL);
	expect_location(browser, "/sign-in");
	browser_get(browser, "/accounts");
	expect_location(browser, "/sign-in");
	browser_free(browser);
}

static void
sign_in_leads_nowhere_else(void **state)
{
	static const char *const targets[] = { "//evil.example",
		"https://evil.example", "/%5Cevil.example", "/%09/evil.example",
		"%2F%2Fevil.example" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct browser *browser = browser_new();
		char path[128];

		snprintf(path, sizeof(path), "/sign-in?to=%s", targets[i]);
		browser_get(browser, path);
		browser_post(browser, path, "email", "admin@east.example",
		    "password", demo_password, NULL);
		expect_location(browser, "/");
		assert_string_equal(browser->location, "/");
		browser_free(browser);
	}
}

static void
sign_in_does_not_tell_who_is_known(void **state)
{
	static const char *const emails[] = { "broker@east.example",
		"nobody@east.example" };
	char *pages[2];
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct browser *browser = browser_new();
		char *at;

		browser_fill(browser, "/sign-in", "email", emails[i],
		    "password", "not the password", NULL);
		expect_status(browser, 422);
		expect_text(browser, "The email address or password is wrong");
		expect_text(browser, "wait some minutes, or ask for a new");
		expect_no_text(browser, "not the password");
		pages[i] = page_plain(browser);
		at = strstr(pages[i], emails[i]);
		assert_non_null(at);
		memset(at, 'x', 6);
		browser_free(browser);
	}
	assert_string_equal(pages[0], pages[1]);
	free(pages[0]);
	free(pages[1]);
}

static void
sign_in_waits_after_many_failures(void **state)
{
	static const char *const emails[] = { "broker@east.example",
		"nobody@east.example" };
	size_t i;

	(void)state;
	sql_run("DELETE FROM vault.sign_in_address");
	for (i = 0; i < 2; i++) {
		struct browser *browser = browser_new();
		int tries = 0;

		do {
			browser_fill(browser, "/sign-in", "email", emails[i],
			    "password", "not the password", NULL);
			tries++;
		} while (browser->status == 422 && tries < 20);
		expect_status(browser, 429);
		expect_text(browser, "There were too many attempts. Wait ");
		assert_int_equal(tries, 6);
		browser_free(browser);
	}
	clock_move("15 minutes");
	browser_free(browser_signed_in("broker@east.example"));
}

static void
forgotten_password_is_set_anew(void **state)
{
	struct browser *elsewhere = browser_signed_in("broker@east.example");
	struct browser *browser = browser_new();
	int64_t before = mails_to("broker@east.example");
	char *path;

	(void)state;
	browser_fill(browser, "/forgotten-password", "email",
	    "Broker@east.example", NULL);
	expect_location(browser, "/forgotten-password?sent=yes");
	browser_follow(browser);
	expect_text(browser, "Check your email");
	expect_no_text(browser, "broker@east.example");
	path = mailed_path("broker@east.example");
	assert_int_equal(strncmp(path, "/reset-password/", 16), 0);
	assert_int_equal(sql_number("SELECT count(*) FROM"
				    " vault.single_use_token WHERE"
				    " encode(token_hash, 'hex') = '%s'",
			     path + 16),
	    0);

	browser_fill(browser, path, "new_password", "short", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Password must be 12 characters or more");
	browser_fill(browser, path, "new_password", "Bram-East-2026", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Password is too easy to guess");
	browser_fill(browser, path, "new_password", new_password, NULL);
	expect_location(browser, "/sign-in");
	browser_follow(browser);
	expect_text(browser, "Password changed");
	assert_int_equal(mails_to("broker@east.example"), before + 2);
	assert_string_equal(
	    sql_text("SELECT kind FROM outbox ORDER BY id DESC LIMIT 1"),
	    "password_changed");

	browser_get(elsewhere, "/change-password");
	expect_location(elsewhere, "/sign-in");
	browser_get(browser, path);
	expect_status(browser, 410);
	browser_get(browser, "/sign-in");
	browser_post(browser, "/sign-in", "email", "broker@east.example",
	    "password", demo_password, NULL);
	expect_status(browser, 422);
	browser_post(browser, "/sign-in", "email", "broker@east.example",
	    "password", new_password, NULL);
	expect_status(browser, 303);

	/* And back, by its own page. */
	browser_fill(browser, "/change-password", "current_password",
	    new_password, "new_password", demo_password, NULL);
	free(path);
	browser_free(browser);
	browser_free(elsewhere);
}

static void
forgotten_password_of_nobody_looks_the_same(void **state)
{
	struct browser *browser = browser_new();
	int64_t before = sql_number("SELECT count(*) FROM outbox");

	(void)state;
	browser_fill(browser, "/forgotten-password", "email",
	    "nobody@east.example", NULL);
	expect_location(browser, "/forgotten-password?sent=yes");
	assert_int_equal(sql_number("SELECT count(*) FROM outbox"), before);
	browser_fill(browser, "/forgotten-password", "email", "", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Enter your email address");
	browser_free(browser);
}

static void
reset_link_ends_after_half_an_hour(void **state)
{
	struct browser *browser = browser_new();
	char *path;

	(void)state;
	browser_fill(browser, "/forgotten-password", "email",
	    "auditor@east.example", NULL);
	path = mailed_path("auditor@east.example");
	browser_get(browser, path);
	expect_status(browser, 200);
	clock_move("30 minutes");
	browser_post(browser, path, "new_password", new_password, NULL);
	expect_status(browser, 410);
	expect_text(browser, "This link no longer works");
	browser_get(browser, "/reset-password/0123456789abcdef");
	expect_status(browser, 410);
	/* The other kind of link does not serve here. */
	path[1] = 'x';
	browser_get(browser, path);
	expect_status(browser, 404);
	free(path);
	browser_free(browser);
}

static void
password_changes_with_the_present_one(void **state)
{
	struct browser *browser = browser_signed_in("second@east.example");
	struct browser *elsewhere = browser_signed_in("second@east.example");

	(void)state;
	browser_fill(browser, "/change-password", "current_password",
	    "not the password", "new_password", new_password, NULL);
	expect_status(browser, 422);
	expect_text(browser, "The password you use now is not that");
	expect_no_text(browser, new_password);
	browser_fill(browser, "/change-password", "current_password",
	    demo_password, "new_password", "password1234", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Password is too easy to guess");
	browser_fill(browser, "/change-password", "current_password",
	    demo_password, "new_password", new_password, NULL);
	expect_location(browser, "/change-password");
	browser_follow(browser);
	expect_status(browser, 200);
	expect_text(browser, "Password changed. You are signed out");
	browser_get(elsewhere, "/change-password");
	expect_location(elsewhere, "/sign-in");
	assert_string_equal(
	    sql_text("SELECT kind FROM outbox WHERE to_email ="
		     " 'second@east.example' ORDER BY id DESC LIMIT 1"),
	    "password_changed");
	browser_free(browser);
	browser_free(elsewhere);
}

/* Two forms that differ in nothing but passwords leave the same hash. */
static void
passwords_are_in_no_quick_hash(void **state)
{
	struct browser *browser = browser_new();

	(void)state;
	browser_get(browser, "/sign-in");
	browser_post(browser, "/sign-in", "email", "second@east.example",
	    "password", new_password, NULL);
	browser_fill(browser, "/change-password", "current_password",
	    new_password, "new_password", "walnut ferry tuba moss", NULL);
	expect_status(browser, 303);
	browser_fill(browser, "/change-password", "current_password",
	    "walnut ferry tuba moss", "new_password", new_password, NULL);
	expect_status(browser, 303);
	assert_int_equal(sql_number("SELECT count(*) FROM vault.once_key k"
				    " WHERE k.route = '/change-password' AND"
				    " strpos(encode(k.body_hash, 'hex'),"
				    " encode(sha256(convert_to('once', 'UTF8')"
				    " || '\\x00' || convert_to(k.key, 'UTF8')"
				    " || '\\x00'), 'hex')) = 0"),
	    0);
	browser_free(browser);
}

static void
person_is_invited_and_accepts(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	struct browser *guest = browser_new();
	char *path;

	(void)state;
	browser_fill(admin, "/accounts/invite", "name", "", "email", "no",
	    "role", "provider_owner", "organisation", "", NULL);
	expect_status(admin, 422);
	expect_text(admin, "Enter the person&#39;s full name");
	expect_text(admin, "Select a role");
	browser_fill(admin, "/accounts/invite", "name", "Nell New", "email",
	    "Nell@new.example", "role", "broker", "organisation", "", NULL);
	expect_location(admin, "/accounts");
	browser_follow(admin);
	expect_text(admin, "Invitation sent to nell@new.example");
	expect_text(admin, "Nell New");
	expect_text(admin, "Invited");
	path = mailed_path("nell@new.example");
	assert_int_equal(strncmp(path, "/invitation/", 12), 0);

	browser_get(guest, "/invitation/0123456789abcdef");
	expect_status(guest, 410);
	browser_get(guest, path);
	expect_text(guest, "East Pages");
	expect_text(guest, "Broker");
	browser_post(guest, path, "password", "Nell-New-12345", NULL);
	expect_status(guest, 422);
	browser_post(guest, path, "password", new_password, NULL);
	expect_location(guest, "/sign-in");
	browser_follow(guest);
	expect_text(guest, "Invitation accepted");
	browser_post(guest, "/sign-in", "email", "nell@new.example", "password",
	    new_password, NULL);
	expect_location(guest, "/");
	browser_get(guest, path);
	expect_status(guest, 410);
	browser_get(guest, "/accounts");
	expect_status(guest, 403);

	browser_get(admin, "/accounts?search=NELL");
	expect_text(admin, "1 account");
	expect_text(admin, "Active");
	browser_fill(admin, "/accounts/invite", "name", "Nell New", "email",
	    "nell@new.example", "role", "broker", "organisation", "", NULL);
	expect_status(admin, 422);
	expect_text(admin, "has this role already");
	free(path);
	browser_free(admin);
	browser_free(guest);
}

static void
invitation_does_not_tell_who_is_known(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	struct browser *guest = browser_new();
	char *path, href[64];

	(void)state;
	browser_fill(admin, "/accounts/invite", "name", "A Guess", "email",
	    "known@west.example", "role", "auditor", "organisation", "", NULL);
	expect_location(admin, "/accounts");
	browser_follow(admin);
	expect_text(admin, "A Guess");
	expect_no_text(admin, "Kit West");
	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'known@west.example'"));
	browser_get(admin, href);
	expect_status(admin, 200);
	expect_no_text(admin, "Kit West");

	path = mailed_path("known@west.example");
	browser_get(guest, path);
	expect_text(guest, "You have an account with this email address");
	expect_no_text(guest, "name=\"password\"");
	browser_post(guest, path, NULL);
	expect_location(guest, "/sign-in");
	browser_follow(guest);
	browser_post(guest, "/sign-in", "email", "known@west.example",
	    "password", demo_password, NULL);
	expect_status(guest, 303);
	browser_get(guest, "/switch-role");
	expect_text(guest, "Auditor, East Pages");
	expect_text(guest, "Broker, West Pages");
	browser_get(admin, href);
	expect_text(admin, "Kit West");
	free(path);
	browser_free(admin);
	browser_free(guest);
}

static void
invitation_sent_again_ends_the_first(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	struct browser *guest = browser_new();
	char *first, *second, href[64], membership[32];

	(void)state;
	browser_fill(admin, "/accounts/invite", "name", "Lena Late", "email",
	    "lena@late.example", "role", "commissioner", "organisation", "",
	    NULL);
	first = mailed_path("lena@late.example");
	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'lena@late.example'"));
	browser_get(admin, href);
	expect_text(admin, "Send the invitation again");
	browser_hidden(admin, "membership", membership, sizeof(membership));
	browser_post(
	    admin, href, "membership", membership, "act", "invite", NULL);
	expect_location(admin, href);
	second = mailed_path("lena@late.example");
	browser_get(guest, first);
	expect_status(guest, 410);
	browser_get(guest, second);
	expect_status(guest, 200);
	clock_move("7 days");
	browser_get(guest, second);
	expect_status(guest, 410);
	clock_move("0");

	browser_get(admin, href);
	browser_post(admin, href, "membership", membership, "act", "end", NULL);
	expect_location(admin, href);
	browser_get(guest, second);
	expect_status(guest, 410);
	browser_get(admin, "/accounts?state=ended");
	expect_text(admin, "Lena Late");
	browser_get(admin, "/accounts");
	expect_no_text(admin, "Lena Late");
	free(first);
	free(second);
	browser_free(admin);
	browser_free(guest);
}

static void
people_of_others_are_not_there(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	struct browser *owner = browser_signed_in("owner@alder.example");
	struct browser *broker = browser_signed_in("broker@east.example");
	char href[64], invite[96];

	(void)state;
	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'admin@west.example'"));
	browser_get(admin, href);
	expect_status(admin, 404);
	browser_get(admin, "/accounts");
	browser_post(admin, href, "membership", "1", "act", "end", NULL);
	expect_status(admin, 404);
	browser_get(admin, "/accounts/A00000000");
	expect_status(admin, 404);
	browser_get(broker, "/accounts");
	expect_status(broker, 403);
	browser_get(broker, "/accounts/invite");
	expect_status(broker, 403);

	browser_get(owner, "/accounts");
	expect_text(owner, "Olga Alder");
	expect_text(owner, "Bea Alder");
	expect_no_text(owner, "East Pages");
	browser_fill(owner, "/accounts/invite", "name", "Mona Alder", "email",
	    "mona@alder.example", "role", "broker", "organisation", "", NULL);
	expect_status(owner, 422);
	browser_fill(owner, "/accounts/invite", "name", "Mona Alder", "email",
	    "mona@alder.example", "role", "provider_manager", "organisation",
	    "", NULL);
	expect_location(owner, "/accounts");

	/* A provider that is on no framework of the council. */
	snprintf(invite, sizeof(invite), "/accounts/invite?organisation=%s",
	    sql_text("SELECT reference FROM organisation"
		     " WHERE name = 'Birch Pages'"));
	browser_get(admin, invite);
	expect_status(admin, 404);
	browser_get(owner, invite);
	expect_status(owner, 404);
	browser_free(admin);
	browser_free(owner);
	browser_free(broker);
}

static void
role_ends_at_once(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	struct browser *leaver;
	char href[64], end[128], membership[32];

	(void)state;
	account_make(
	    "leaver@east.example", "Lars Leaver", "broker", "east-pages", "");
	leaver = browser_signed_in("leaver@east.example");
	browser_get(leaver, "/change-password");
	expect_status(leaver, 200);

	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'leaver@east.example'"));
	browser_get(admin, href);
	browser_hidden(admin, "membership", membership, sizeof(membership));
	snprintf(end, sizeof(end), "%s?end=%s", href, membership);
	browser_get(admin, end);
	expect_text(admin, "End the role Broker");
	browser_post(admin, href, "membership", membership, "act", "end", NULL);
	expect_location(admin, href);
	browser_follow(admin);
	expect_text(admin, "Role ended");
	expect_text(admin, "Ended");
	browser_get(leaver, "/change-password");
	expect_location(leaver, "/sign-in");

	/* The account is left, without anything to do. */
	browser_sign_in(leaver, "leaver@east.example");
	browser_follow(leaver);
	expect_status(leaver, 200);
	expect_text(leaver, "You have no role at present");
	browser_get(leaver, "/change-password");
	expect_status(leaver, 200);
	browser_get(leaver, "/accounts");
	expect_status(leaver, 403);
	browser_post(leaver, "/sign-out", NULL);
	expect_location(leaver, "/sign-in");

	/* One's own role cannot be ended. */
	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'admin@east.example'"));
	browser_get(admin, href);
	expect_text(admin, "This is your own account");
	snprintf(membership, sizeof(membership), "%s",
	    sql_text("SELECT m.id FROM membership m JOIN account a ON a.id ="
		     " m.account_id WHERE a.email = 'admin@east.example'"));
	browser_get(admin, "/accounts/invite");
	browser_post(admin, href, "membership", membership, "act", "end", NULL);
	expect_status(admin, 404);
	browser_free(admin);
	browser_free(leaver);
}

static void
administrator_sends_a_link_and_chooses_nothing(void **state)
{
	struct browser *admin = browser_signed_in("admin@east.example");
	int64_t before = mails_to("auditor@east.example");
	char href[64], membership[32];

	(void)state;
	snprintf(href, sizeof(href), "/accounts/%s",
	    sql_text("SELECT reference FROM account"
		     " WHERE email = 'auditor@east.example'"));
	browser_get(admin, href);
	browser_hidden(admin, "membership", membership, sizeof(membership));
	browser_post(
	    admin, href, "membership", membership, "act", "link", NULL);
	expect_location(admin, href);
	assert_int_equal(mails_to("auditor@east.example"), before + 1);
	browser_free(admin);
}

static void
role_is_switched(void **state)
{
	struct browser *browser = browser_signed_in("both@alder.example");
	char manager[32], broker[32], other[32];

	(void)state;
	snprintf(manager, sizeof(manager), "%s",
	    sql_text("SELECT m.id FROM membership m JOIN account a ON a.id ="
		     " m.account_id WHERE a.email = 'both@alder.example'"
		     " AND m.role = 'provider_manager'"));
	snprintf(broker, sizeof(broker), "%s",
	    sql_text("SELECT m.id FROM membership m JOIN account a ON a.id ="
		     " m.account_id WHERE a.email = 'both@alder.example'"
		     " AND m.role = 'broker'"));
	snprintf(other, sizeof(other), "%s",
	    sql_text("SELECT m.id FROM membership m JOIN account a ON a.id ="
		     " m.account_id WHERE a.email = 'admin@west.example'"));
	browser_get(browser, "/switch-role");
	expect_text(browser, "Broker, East Pages");
	expect_text(browser, "Provider manager, Alder Pages");
	browser_post(browser, "/switch-role", "membership", broker, NULL);
	expect_location(browser, "/");
	browser_get(browser, "/");
	expect_location(browser, "/packages");
	browser_get(browser, "/switch-role");
	browser_post(browser, "/switch-role", "membership", manager, NULL);
	browser_get(browser, "/");
	expect_location(browser, "/offers");
	browser_get(browser, "/switch-role");
	browser_post(browser, "/switch-role", "membership", other, NULL);
	expect_status(browser, 422);
	browser_get(browser, "/switch-role");
	browser_post(browser, "/switch-role", NULL);
	expect_status(browser, 422);
	expect_text(browser, "Select the role that you want to act in");

	/* The next sign-in begins where the last one was. */
	browser_get(browser, "/switch-role");
	browser_post(browser, "/switch-role", "membership", broker, NULL);
	browser_free(browser);
	browser = browser_signed_in("both@alder.example");
	browser_get(browser, "/");
	expect_location(browser, "/packages");
	browser_free(browser);
}

static void
session_is_extended(void **state)
{
	struct browser *browser = browser_signed_in("admin@east.example");

	(void)state;
	browser_get(browser, "/accounts");
	clock_move("14 minutes");
	browser_post(browser, "/session/extend", NULL);
	expect_status(browser, 200);
	assert_string_equal(browser->page, "900\n");
	clock_move("28 minutes");
	browser_get(browser, "/accounts");
	expect_status(browser, 200);
	browser_post(browser, "/session/extend", "to", "/accounts", NULL);
	expect_location(browser, "/accounts");
	browser_get(browser, "/accounts");
	browser_post(browser, "/session/extend", "to", "//evil.example", NULL);
	assert_string_equal(browser->location, "/");
	clock_move("44 minutes");
	browser_get(browser, "/accounts");
	expect_location(browser, "/sign-in");
	browser_free(browser);
}

static void
session_ends_after_eight_hours(void **state)
{
	struct browser *browser = browser_signed_in("admin@east.example");
	char moved[32];
	int minutes;

	(void)state;
	for (minutes = 14; minutes < 8 * 60; minutes += 14) {
		snprintf(moved, sizeof(moved), "%d minutes", minutes);
		clock_move(moved);
		browser_get(browser, "/accounts");
		expect_status(browser, 200);
	}
	/* 476 minutes: what is left is less than the idle time. */
	browser_post(browser, "/session/extend", NULL);
	assert_true(atoi(browser->page) <= 240);
	clock_move("480 minutes");
	browser_get(browser, "/accounts");
	expect_location(browser, "/sign-in");
	browser_free(browser);
}

static const char invite_body[] =
    "name=Pia+Parked&email=pia%40parked.example&role=broker&organisation=";

/* Fills the invitation in, lets the session end, and sends it. */
static struct browser *
parked(const char *email)
{
	struct browser *browser = browser_signed_in(email);
	char csrf[128], once[64], body[512];

	browser_get(browser, "/accounts/invite");
	browser_hidden(browser, "csrf", csrf, sizeof(csrf));
	browser_hidden(browser, "once", once, sizeof(once));
	snprintf(
	    body, sizeof(body), "csrf=%s&once=%s&%s", csrf, once, invite_body);
	clock_move("16 minutes");
	browser_post_body(browser, "/accounts/invite", body);
	expect_location(browser, "/sign-in?to=%2Faccounts%2Finvite%3Fkept%3D"
				 "yes&ended=idle");
	return browser;
}

static void
sign_in_where_sent(struct browser *browser, const char *email)
{
	char *path = strdup(browser->location);

	browser_get(browser, path);
	expect_text(browser, "what you typed is kept for an hour");
	browser_post(
	    browser, path, "email", email, "password", demo_password, NULL);
	free(path);
	browser_follow(browser);
}

static void
form_is_parked_and_shown_again(void **state)
{
	struct browser *browser = parked("admin@east.example");

	(void)state;
	sign_in_where_sent(browser, "admin@east.example");
	expect_status(browser, 200);
	expect_text(browser, "value=\"Pia Parked\"");
	expect_text(browser, "value=\"pia@parked.example\"");
	expect_text(browser, "It is not saved yet");
	expect_text(browser, "value=\"broker\" checked");
	assert_int_equal(mails_to("pia@parked.example"), 0);

	/* Shown once; sending it is left to the person. */
	browser_post(browser, "/accounts/invite", "name", "Pia Parked", "email",
	    "pia@parked.example", "role", "broker", "organisation", "", NULL);
	expect_location(browser, "/accounts");
	assert_int_equal(mails_to("pia@parked.example"), 1);
	browser_get(browser, "/accounts/invite?kept=yes");
	expect_no_text(browser, "Pia Parked");
	browser_free(browser);
}

static void
form_parked_is_nobody_elses(void **state)
{
	struct browser *browser = parked("admin@east.example");
	struct browser *again;

	(void)state;
	sign_in_where_sent(browser, "admin@west.example");
	expect_status(browser, 200);
	expect_no_text(browser, "Pia Parked");

	/* It still waits for its own account. */
	again = browser_signed_in("admin@east.example");
	browser_get(again, "/accounts/invite?kept=yes");
	expect_text(again, "value=\"Pia Parked\"");
	browser_free(browser);
	browser_free(again);
}

static void
form_parked_goes_after_an_hour(void **state)
{
	struct browser *browser = parked("admin@east.example");

	(void)state;
	clock_move("77 minutes");
	sign_in_where_sent(browser, "admin@east.example");
	expect_status(browser, 200);
	expect_no_text(browser, "Pia Parked");
	browser_free(browser);
}

static void
form_is_not_parked_without_its_token(void **state)
{
	struct browser *browser = browser_signed_in("admin@east.example");
	char body[512];

	(void)state;
	sql_run("DELETE FROM vault.parked_form");
	snprintf(
	    body, sizeof(body), "csrf=%064d&once=%032d&%s", 0, 0, invite_body);
	clock_move("16 minutes");
	browser_post_body(browser, "/accounts/invite", body);
	expect_status(browser, 303);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM vault.parked_form"), 0);
	browser_free(browser);
}

static void
form_is_not_parked_after_signing_out(void **state)
{
	struct browser *browser = browser_signed_in("admin@east.example");
	char csrf[128], body[512];

	(void)state;
	browser_get(browser, "/accounts/invite");
	browser_hidden(browser, "csrf", csrf, sizeof(csrf));
	snprintf(
	    body, sizeof(body), "csrf=%s&once=%032d&%s", csrf, 0, invite_body);
	sql_run("UPDATE vault.session SET ended_at = clock_now(),"
		" ended_reason = 'test' WHERE ended_at IS NULL");
	browser_post_body(browser, "/accounts/invite", body);
	expect_location(browser, "/sign-in");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM vault.parked_form"), 0);
	browser_free(browser);
}

static void
passwords_are_never_parked(void **state)
{
	struct browser *browser = browser_signed_in("admin@east.example");

	(void)state;
	sql_run("DELETE FROM vault.parked_form");
	browser_get(browser, "/change-password");
	clock_move("16 minutes");
	browser_post(browser, "/change-password", "current_password",
	    demo_password, "new_password", new_password, NULL);
	expect_location(browser, "/sign-in");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM vault.parked_form WHERE fields"
		       " LIKE '%%password%%' OR fields LIKE '%%thimble%%'"),
	    0);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM vault.parked_form"), 1);
	browser_free(browser);
}

static void
acts_are_audited(void **state)
{
	static const char *const acts[] = { "session.start", "session.end",
		"session.switch", "password.ask", "password.reset",
		"password.change", "account.invite", "invitation.accept",
		"membership.end", "account.send_link" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (sql_number("SELECT count(*) FROM audit WHERE act = '%s'",
			acts[i]) == 0)
			fail_msg("no %s", acts[i]);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM audit WHERE"
		       " detail::text ~ '@|East|Nell' AND act NOT LIKE"
		       " 'session.end'"),
	    0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, test_begin)
	const struct CMUnitTest tests[] = {
		TEST(sign_in_leads_to_where_one_was),
		TEST(sign_in_leads_nowhere_else),
		TEST(sign_in_does_not_tell_who_is_known),
		TEST(sign_in_waits_after_many_failures),
		TEST(forgotten_password_is_set_anew),
		TEST(forgotten_password_of_nobody_looks_the_same),
		TEST(reset_link_ends_after_half_an_hour),
		TEST(password_changes_with_the_present_one),
		TEST(passwords_are_in_no_quick_hash),
		TEST(person_is_invited_and_accepts),
		TEST(invitation_does_not_tell_who_is_known),
		TEST(invitation_sent_again_ends_the_first),
		TEST(people_of_others_are_not_there),
		TEST(role_ends_at_once),
		TEST(administrator_sends_a_link_and_chooses_nothing),
		TEST(role_is_switched),
		TEST(session_is_extended),
		TEST(session_ends_after_eight_hours),
		TEST(form_is_parked_and_shown_again),
		TEST(form_parked_is_nobody_elses),
		TEST(form_parked_goes_after_an_hour),
		TEST(form_is_not_parked_without_its_token),
		TEST(form_is_not_parked_after_signing_out),
		TEST(passwords_are_never_parked),
		TEST(acts_are_audited),
	};

	return cmocka_run_group_tests_name(
	    "accounts", tests, accounts_begin, accounts_end);
}
