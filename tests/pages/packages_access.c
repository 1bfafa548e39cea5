/* Who may enter the pages of packages and people, and who sees nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support_packages.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { READ, WRITE };

static char package[32], person[32], visit[24], outcome[24], contact[24];

/* Pages with a GET; those of a line have its number at the end. */
static const struct {
	const char *pattern;
	int needs;
	bool has_post;
	const char *line;
} package_pages[] = {
	{ "/packages/%s", READ, false, NULL },
	{ "/packages/%s/person", READ, false, NULL },
	{ "/packages/%s/funding", WRITE, true, NULL },
	{ "/packages/%s/place", WRITE, true, NULL },
	{ "/packages/%s/area", WRITE, true, NULL },
	{ "/packages/%s/group", WRITE, true, NULL },
	{ "/packages/%s/needs", WRITE, true, NULL },
	{ "/packages/%s/before-coming", WRITE, true, NULL },
	{ "/packages/%s/visits", WRITE, false, NULL },
	{ "/packages/%s/visits/new", WRITE, true, NULL },
	{ "/packages/%s/visits/%s", WRITE, true, visit },
	{ "/packages/%s/outcomes", WRITE, false, NULL },
	{ "/packages/%s/outcomes/new", WRITE, true, NULL },
	{ "/packages/%s/outcomes/%s", WRITE, true, outcome },
	{ "/packages/%s/start", WRITE, true, NULL },
	{ "/packages/%s/choice", WRITE, true, NULL },
	{ "/packages/%s/waiting", WRITE, true, NULL },
	{ "/packages/%s/change", WRITE, false, NULL },
	{ "/packages/%s/cancel", WRITE, true, NULL },
	{ "/packages/%s/assign", WRITE, true, NULL },
}, person_pages[] = {
	{ "/people/%s", READ, false, NULL },
	{ "/people/%s/edit", WRITE, true, NULL },
	{ "/people/%s/contacts/new", WRITE, true, NULL },
	{ "/people/%s/contacts/%s", WRITE, true, contact },
	{ "/people/%s/key-safe", WRITE, true, NULL },
};

static const char *
filled(const char *pattern, const char *reference, const char *line)
{
	static char path[128];
	const char *second = strstr(pattern, "%s");

	second = strstr(second + 2, "%s");
	if (second == NULL)
		snprintf(path, sizeof(path), "%.*s%s%s",
		    (int)(strstr(pattern, "%s") - pattern), pattern, reference,
		    strstr(pattern, "%s") + 2);
	else
		snprintf(path, sizeof(path), "%.*s%s%.*s%s",
		    (int)(strstr(pattern, "%s") - pattern), pattern, reference,
		    (int)(second - strstr(pattern, "%s") - 2),
		    strstr(pattern, "%s") + 2, line);
	return path;
}

static int
begin(void **state)
{
	struct browser *broker;

	(void)state;
	packages_begin();
	broker = browser_signed_in("broker@northing.test");
	snprintf(
	    package, sizeof(package), "%s", package_wait(broker, "Access"));
	snprintf(person, sizeof(person), "%s",
	    sql_text("SELECT reference FROM person"
		     " WHERE person_number = 'Access'"));
	snprintf(visit, sizeof(visit), "%s",
	    sql_text("SELECT v.id FROM visit v JOIN package k"
		     " ON k.id = v.package_id WHERE k.reference = '%s'",
		package));
	snprintf(outcome, sizeof(outcome), "%s",
	    sql_text("SELECT w.id FROM outcome_wanted w JOIN package k"
		     " ON k.id = w.package_id WHERE k.reference = '%s'",
		package));
	sql_run("INSERT INTO person_contact (council_id, person_id, kind, name)"
		" SELECT council_id, id, 'informal_carer', 'Una Elm'"
		" FROM person WHERE reference = '%s'",
	    person);
	snprintf(contact, sizeof(contact), "%s",
	    sql_text("SELECT id FROM person_contact WHERE name = 'Una Elm'"));
	browser_free(broker);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

/* An empty form: refused by role, or told what is missing. */
static void
post_empty(struct browser *browser, const char *path, int status)
{
	browser_post(browser, path, "revision", "0", NULL);
	if (browser->status != status)
		print_error("POST %s\n", path);
	expect_status(browser, status);
}

static void
get(struct browser *browser, const char *path, int status)
{
	browser_get(browser, path);
	if (browser->status != status)
		print_error("GET %s\n", path);
	expect_status(browser, status);
}

static void
pages_as(const char *email, int read, int write)
{
	struct browser *browser = browser_signed_in(email);
	size_t i;

	for (i = 0; i < LENGTH(package_pages); i++)
		get(browser,
		    filled(package_pages[i].pattern, package,
			package_pages[i].line),
		    package_pages[i].needs == READ ? read : write);
	for (i = 0; i < LENGTH(person_pages); i++)
		get(browser,
		    filled(
			person_pages[i].pattern, person, person_pages[i].line),
		    person_pages[i].needs == READ ? read : write);
	if (write == 200) {
		browser_free(browser);
		return;
	}
	browser_get(browser, "/accessibility");
	get(browser, "/change-password", 200);
	for (i = 0; i < LENGTH(package_pages); i++)
		if (package_pages[i].has_post)
			post_empty(browser,
			    filled(package_pages[i].pattern, package,
				package_pages[i].line),
			    write);
	for (i = 0; i < LENGTH(person_pages); i++)
		if (person_pages[i].has_post)
			post_empty(browser,
			    filled(person_pages[i].pattern, person,
				person_pages[i].line),
			    write);
	post_empty(
	    browser, filled("/people/%s/key-safe/show", person, NULL), read);
	browser_free(browser);
}

static void
test_roles(void **state)
{
	(void)state;
	pages_as("broker@northing.test", 200, 200);
	pages_as("second@northing.test", 200, 200);
	pages_as("commissioner@northing.test", 200, 403);
	pages_as("auditor@northing.test", 200, 403);
	pages_as("admin@northing.test", 403, 403);
	pages_as("owner@foxglove.test", 403, 403);
	pages_as("manager@foxglove.test", 403, 403);
}

/* Another council's package is nowhere, whatever is tried. */
static void
test_other_council(void **state)
{
	(void)state;
	pages_as("broker@southing.test", 404, 404);
}

static void
list_as(const char *email, int read, int write)
{
	struct browser *browser = browser_signed_in(email);
	char check[64], close[64];

	snprintf(check, sizeof(check), "/packages/%s/check", package);
	snprintf(close, sizeof(close), "/packages/%s/close", package);
	get(browser, "/packages", read);
	get(browser, "/packages/new", write == 303 ? 200 : write);
	get(browser, "/people/new", write == 303 ? 200 : write);
	get(browser, check, write);
	get(browser, close, write);
	get(browser, "/change-password", 200);
	post_empty(browser, "/packages/new", write == 303 ? 422 : write);
	post_empty(browser, "/people/new", write == 303 ? 422 : write);
	post_empty(browser, check, write);
	get(browser, "/change-password", 200);
	post_empty(browser, close, write);
	browser_free(browser);
}

/* The package waits already, so check and close lead back to it. */
static void
test_lists(void **state)
{
	(void)state;
	list_as("broker@northing.test", 200, 303);
	list_as("commissioner@northing.test", 200, 403);
	list_as("auditor@northing.test", 200, 403);
	list_as("admin@northing.test", 403, 403);
	list_as("owner@foxglove.test", 403, 403);
}

static void
test_visitor(void **state)
{
	struct browser *visitor = browser_new();

	(void)state;
	browser_get(visitor, "/packages");
	expect_location(visitor, "/sign-in");
	browser_get(visitor, filled("/packages/%s", package, NULL));
	expect_location(visitor, "/sign-in");
	browser_free(visitor);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_other_council),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_visitor),
	};

	return cmocka_run_group_tests_name(
	    "packages_access", tests, begin, end);
}
