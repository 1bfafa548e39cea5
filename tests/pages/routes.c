/*
 * Every route and every role, held to the reviewed table routes.tsv. A route
 * that is not in the table fails; so does any status of 500 and more, a page
 * that is not well made, and another's reference that is not the 404 of what
 * is not there.
 * A POST is sent with its tokens and nothing else, in the order of the table.
 */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "routes.h"
#include "support_html.h"
#include "support_routes.h"

enum { MOST_ROUTES = 512 };

struct visitor {
	struct browser *browser;
	char csrf[256];
};

static struct visitor visitors[ROLE_COUNT];
static bool is_covered[MOST_ROUTES];
static int faults;

static void
visitor_enter(int role)
{
	struct visitor *visitor = &visitors[role];

	if (visitor->browser != NULL)
		browser_free(visitor->browser);
	visitor->browser = browser_new();
	if (route_roles[role].email != NULL)
		browser_sign_in(visitor->browser, route_roles[role].email);
	browser_get(visitor->browser,
	    route_roles[role].email != NULL ? "/privacy" : "/sign-in");
	browser_hidden(
	    visitor->browser, "csrf", visitor->csrf, sizeof(visitor->csrf));
}

static int
begin(void **state)
{
	int role;

	(void)state;
	harness_begin();
	routes_ready();
	for (role = 0; role < ROLE_COUNT; role++)
		visitor_enter(role);
	return 0;
}

static int
end(void **state)
{
	int role;

	(void)state;
	for (role = 0; role < ROLE_COUNT; role++)
		browser_free(visitors[role].browser);
	harness_end();
	return 0;
}

static void
fault_tell(
    const struct route_line *line, int role, const char *path, const char *what)
{
	print_error("%s %s (%s) as %s: %s\n", line->method, line->path, path,
	    route_roles[role].name, what);
	faults++;
}

static void
page_check(const struct route_line *line, int role, const char *path)
{
	struct arena *arena = arena_new(16 * 1024 * 1024);
	const struct browser *browser = visitors[role].browser;
	const char *fault = NULL;

	if (strncmp(browser->page, "<!", 2) == 0)
		fault = html_fault(arena, browser->page);
	if (fault != NULL)
		fault_tell(line, role, path, fault);
	if (browser->status >= 500)
		fault_tell(line, role, path, "a status of 500 or more");
	arena_free(arena);
}

static void
visit(const struct route_line *line, int role, bool is_other, int status)
{
	static unsigned keys;
	struct visitor *visitor = &visitors[role];
	char path[PATH_SIZE] = "", text[512];

	route_path_fill(
	    path, line->path, route_roles[role].is_provider, is_other);
	if (strcmp(line->method, "GET") == 0) {
		browser_get(visitor->browser, path);
	} else {
		snprintf(text, sizeof(text), "csrf=%s&once=%032x",
		    visitor->csrf, ++keys);
		browser_post_body(visitor->browser, path, text);
	}
	page_check(line, role, path);
	if (visitor->browser->status != status) {
		snprintf(text, sizeof(text), "status %d, not %d %s",
		    visitor->browser->status, status,
		    visitor->browser->location);
		fault_tell(line, role, path, text);
	}
	if (strcmp(line->path, "/sign-out") == 0 && role != 0)
		visitor_enter(role);
}

/* Which route a line is about. */
static void
route_cover(const struct route_line *line)
{
	struct arena *arena = arena_new(1024 * 1024);
	enum method method = strcmp(line->method, "GET") == 0 ? GET : POST;
	char path[PATH_SIZE] = "";
	struct pair_list parts;
	const struct route *route;
	bool other;
	size_t i, length = 0;

	/* A name stands for one part, whatever it is. */
	for (i = 0; line->path[i] != '\0' && line->path[i] != '?'; i++)
		if (strchr("{}", line->path[i]) == NULL)
			path[length++] = line->path[i];
	route = route_find(arena, method, path, &parts, &other);
	if (route == NULL)
		fail_msg("%s %s is no route", line->method, line->path);
	else
		is_covered[route - routes] = true;
	arena_free(arena);
}

static bool
may_enter(int status)
{
	return status != 403;
}

static void
every_route_answers_every_role(void **state)
{
	FILE *file = fopen(ROUTES_TABLE, "r");
	char text[LINE_SIZE];
	struct route_line line;
	int role;

	(void)state;
	assert_non_null(file);
	while (fgets(text, sizeof(text), file) != NULL) {
		if (!route_line_read(text, &line))
			continue;
		route_cover(&line);
		/* What is another's first, since acts change what is there. */
		for (role = 1; line.is_others_absent && role < ROLE_COUNT;
		     role++)
			if (may_enter(line.status[role]))
				visit(&line, role, true, 404);
		for (role = 0; role < ROLE_COUNT; role++)
			visit(&line, role, false, line.status[role]);
	}
	fclose(file);
	assert_int_equal(faults, 0);
}

static void
every_route_is_in_the_table(void **state)
{
	size_t i;
	int missing = 0;

	(void)state;
	assert_true(route_count <= MOST_ROUTES);
	for (i = 0; i < route_count; i++) {
		if (is_covered[i])
			continue;
		print_error("%s %s is not in %s\n",
		    routes[i].method == GET ? "GET" : "POST", routes[i].pattern,
		    ROUTES_TABLE);
		missing++;
	}
	assert_int_equal(missing, 0);
}

/* What the table says agrees with permissions.c, role by role. */
static void
refusals_are_those_of_the_permissions(void **state)
{
	FILE *file = fopen(ROUTES_TABLE, "r");
	char text[LINE_SIZE];
	struct route_line line;

	(void)state;
	assert_non_null(file);
	while (fgets(text, sizeof(text), file) != NULL) {
		struct arena *arena;
		const struct route *route;
		struct pair_list parts;
		char path[PATH_SIZE];
		bool other;
		int role;

		if (!route_line_read(text, &line))
			continue;
		arena = arena_new(1024 * 1024);
		route_path_fill(path, line.path, false, false);
		path[strcspn(path, "?")] = '\0';
		route = route_find(arena,
		    strcmp(line.method, "GET") == 0 ? GET : POST, path, &parts,
		    &other);
		assert_non_null(route);
		for (role = 1; role < ROLE_COUNT; role++)
			if (permission_has(
				route_roles[role].name, route->permission) !=
			    may_enter(line.status[role]))
				fail_msg("%s %s as %s", line.method, line.path,
				    route_roles[role].name);
		arena_free(arena);
	}
	fclose(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_answers_every_role),
		cmocka_unit_test(every_route_is_in_the_table),
		cmocka_unit_test(refusals_are_those_of_the_permissions),
	};

	return cmocka_run_group_tests_name("routes", tests, begin, end);
}
