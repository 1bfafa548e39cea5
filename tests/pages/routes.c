/*
 * Every route and every role, held to the reviewed table routes.tsv. A route
 * that is not in the table fails; so does any status of 500 and more, a page
 * that is not well made, and another's reference that is not the 404 of what
 * is not there.
 *
 * The table's lines: method, path, then the status for nobody, council
 * administrator, broker, commissioner, auditor, provider owner and provider
 * manager, then "404" where another's references must give that, else "-".
 * A POST is sent with its tokens and nothing else, in the order of the table.
 * Names in braces stand for references that the role's own body has.
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

#define TABLE "tests/pages/routes.tsv"

enum { ROLE_COUNT = 7, LINE_SIZE = 512, PATH_SIZE = 256, MOST_ROUTES = 512 };

static const struct {
	const char *name;
	const char *email; /* NULL: nobody */
	bool is_provider;
} roles[ROLE_COUNT] = {
	{ "nobody", NULL, false },
	{ "council_administrator", "admin@hertfordshire.example", false },
	{ "broker", "broker@hertfordshire.example", false },
	{ "commissioner", "commissioner@hertfordshire.example", false },
	{ "auditor", "auditor@hertfordshire.example", false },
	{ "provider_owner", "owner@harlequin-larkspur.example", true },
	{ "provider_manager", "manager@harlequin-larkspur.example", true },
};

/*
 * A name in braces, as queries that give its text: of Hertfordshire, of
 * another council; of the provider of the roles, of another provider.
 */
static const struct {
	const char *name;
	const char *staff;
	const char *staff_other;
	const char *provider;
	const char *provider_other;
} names[] = {
	{ "package", "SELECT demo_reference('C', 'wait-interim-1')",
	    "SELECT demo_reference('C', 'waits-001')", NULL, NULL },
	{ "draft", "SELECT demo_reference('C', 'draft-ready')",
	    "SELECT demo_reference('C', 'dps-draft')", NULL, NULL },
	{ "placed", "SELECT demo_reference('C', 'started-1')",
	    "SELECT demo_reference('C', 'dps-placed-1')", NULL, NULL },
	{ "listed", "SELECT demo_reference('C', 'wait-language')",
	    "SELECT demo_reference('C', 'waits-002')", NULL, NULL },
	{ "ended", "SELECT demo_reference('C', 'started-6')",
	    "SELECT demo_reference('C', 'dps-placed-2')", NULL, NULL },
	{ "person", "SELECT demo_reference('S', 'wait-interim-1')",
	    "SELECT demo_reference('S', 'waits-001')", NULL, NULL },
	{ "visit",
	    "SELECT min(x.id) FROM visit x JOIN package k"
	    " ON k.id = x.package_id WHERE k.reference ="
	    " demo_reference('C', 'wait-interim-1')",
	    "SELECT min(x.id) FROM visit x JOIN package k"
	    " ON k.id = x.package_id WHERE k.reference ="
	    " demo_reference('C', 'waits-001')",
	    NULL, NULL },
	{ "outcome",
	    "SELECT min(x.id) FROM outcome_wanted x JOIN package k"
	    " ON k.id = x.package_id WHERE k.reference ="
	    " demo_reference('C', 'wait-interim-1')",
	    "SELECT min(x.id) FROM outcome_wanted x JOIN package k"
	    " ON k.id = x.package_id WHERE k.reference ="
	    " demo_reference('C', 'waits-001')",
	    NULL, NULL },
	{ "contact",
	    "SELECT min(x.id) FROM person_contact x JOIN person s"
	    " ON s.id = x.person_id WHERE s.reference ="
	    " demo_reference('S', 'wait-interim-1')",
	    "SELECT min(x.id) FROM person_contact x JOIN person s"
	    " ON s.id = x.person_id WHERE s.reference ="
	    " demo_reference('S', 'waits-001')",
	    NULL, NULL },
	{ "account",
	    "SELECT demo_reference('A', 'second.broker@hertfordshire.example')",
	    "SELECT demo_reference('A', "
	    "'second.broker@cambridgeshire.example')",
	    "SELECT demo_reference('A', 'manager@harlequin-larkspur.example')",
	    "SELECT demo_reference('A', 'owner@teasel-heron.example')" },
	{ "mail",
	    "SELECT min(x.id) FROM outbox x JOIN council c"
	    " ON c.id = x.council_id WHERE c.code = 'hertfordshire'",
	    "SELECT min(x.id) FROM outbox x JOIN council c"
	    " ON c.id = x.council_id WHERE c.code = "
	    "'cambridgeshire-peterborough-ccg'",
	    NULL, NULL },
	{ "provider", "SELECT demo_reference('P', 'harlequin-larkspur')",
	    "SELECT demo_reference('P', 'tinsel-teapot')", NULL, NULL },
	{ "office",
	    "SELECT min(x.id) FROM organisation_office x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'harlequin-larkspur')",
	    "SELECT min(x.id) FROM organisation_office x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'tinsel-teapot')",
	    NULL, NULL },
	{ "provider-contact",
	    "SELECT min(x.id) FROM organisation_contact x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'harlequin-larkspur')",
	    "SELECT min(x.id) FROM organisation_contact x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'tinsel-teapot')",
	    NULL, NULL },
	{ "location",
	    "SELECT min(x.id) FROM location x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'harlequin-larkspur')",
	    "SELECT min(x.id) FROM location x"
	    " JOIN organisation o ON o.id = x.organisation_id"
	    " WHERE o.reference = demo_reference('P', 'tinsel-teapot')",
	    NULL, NULL },
	{ "member",
	    "SELECT demo_reference('M', 'support-at-homeharlequin-larkspur')",
	    "SELECT demo_reference('M', 'dps-2017tinsel-teapot')", NULL, NULL },
	{ "mrk", "SELECT demo_reference('C', 'mr-k')",
	    "SELECT demo_reference('C', 'waits-003')", NULL, NULL },
	{ "settled", "SELECT demo_reference('C', 'started-1')",
	    "SELECT demo_reference('C', 'dps-placed-1')", NULL, NULL },
	{ "live", "SELECT demo_reference('C', 'live-half')",
	    "SELECT demo_reference('C', 'nhs-live')", NULL, NULL },
	{ "live-offer",
	    "SELECT o.reference FROM offer o JOIN package k"
	    " ON k.id = o.package_id WHERE k.reference ="
	    " demo_reference('C', 'live-half') AND o.state = 'sent'"
	    " ORDER BY o.position LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN package k"
	    " ON k.id = o.package_id WHERE k.reference ="
	    " demo_reference('C', 'nhs-live') AND o.state = 'sent'"
	    " ORDER BY o.position LIMIT 1",
	    NULL, NULL },
	{ "proposed", "SELECT demo_reference('C', 'proposal')",
	    "SELECT demo_reference('C', 'waits-012')", NULL, NULL },
	{ "proposed-offer",
	    "SELECT o.reference FROM offer o JOIN package k"
	    " ON k.id = o.package_id WHERE k.reference ="
	    " demo_reference('C', 'proposal') AND o.result = 'proposed'"
	    " ORDER BY o.position LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN package k"
	    " ON k.id = o.package_id WHERE k.reference ="
	    " demo_reference('C', 'waits-012') AND o.state = 'declined'"
	    " ORDER BY o.position LIMIT 1",
	    NULL, NULL },
	{ "request", "SELECT demo_reference('D', 'approval')",
	    "SELECT demo_reference('D', 'another')", NULL, NULL },
	{ "offer",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.state = 'sent'"
	    " AND o.reply_by > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.state = 'sent'"
	    " AND o.reply_by > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.state = 'sent'"
	    " AND o.reply_by > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.state = 'sent'"
	    " AND o.reply_by > clock_now() ORDER BY o.id LIMIT 1" },
	{ "planned-offer",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.result = 'chosen'"
	    " AND o.start_offered_at > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.result = 'chosen'"
	    " AND o.start_offered_at > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.result = 'chosen'"
	    " AND o.start_offered_at > clock_now() ORDER BY o.id LIMIT 1",
	    "SELECT o.reference FROM offer o JOIN organisation g"
	    " ON g.id = o.organisation_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND o.result = 'chosen'"
	    " AND o.start_offered_at > clock_now() ORDER BY o.id LIMIT 1" },
	{ "placement",
	    "SELECT p.reference FROM placement p JOIN organisation g"
	    " ON g.id = p.organisation_id JOIN council c"
	    " ON c.id = p.council_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur') AND c.code"
	    " = 'hertfordshire' AND p.state = 'started'"
	    " AND p.offer_id IS NOT NULL ORDER BY p.id LIMIT 1",
	    "SELECT p.reference FROM placement p JOIN organisation g"
	    " ON g.id = p.organisation_id JOIN council c"
	    " ON c.id = p.council_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur') AND c.code"
	    " <> 'hertfordshire' AND p.state = 'started'"
	    " AND p.offer_id IS NOT NULL ORDER BY p.id LIMIT 1",
	    "SELECT p.reference FROM placement p JOIN organisation g"
	    " ON g.id = p.organisation_id JOIN council c"
	    " ON c.id = p.council_id WHERE g.reference ="
	    " demo_reference('P', 'harlequin-larkspur') AND c.code"
	    " = 'hertfordshire' AND p.state = 'started'"
	    " AND p.offer_id IS NOT NULL ORDER BY p.id LIMIT 1",
	    "SELECT p.reference FROM placement p JOIN organisation g"
	    " ON g.id = p.organisation_id JOIN council c"
	    " ON c.id = p.council_id WHERE g.reference <>"
	    " demo_reference('P', 'harlequin-larkspur') AND c.code"
	    " = 'hertfordshire' AND p.state = 'started'"
	    " AND p.offer_id IS NOT NULL ORDER BY p.id LIMIT 1" },
};

struct line {
	char method[8];
	char path[PATH_SIZE];
	int status[ROLE_COUNT];
	bool is_others_absent;
};

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
	if (roles[role].email != NULL)
		browser_sign_in(visitor->browser, roles[role].email);
	browser_get(visitor->browser,
	    roles[role].email != NULL ? "/privacy" : "/sign-in");
	browser_hidden(
	    visitor->browser, "csrf", visitor->csrf, sizeof(visitor->csrf));
}

static int
begin(void **state)
{
	int role;

	(void)state;
	harness_begin();
	sql_run("CREATE FUNCTION demo_reference(prefix text, name text)"
		" RETURNS text LANGUAGE sql AS $$ SELECT prefix || string_agg("
		"substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(decode("
		"md5(name), 'hex'), place) & 31) + 1, 1), '' ORDER BY place)"
		" FROM generate_series(0, 7) AS place $$");
	/* A package that is placed, with its care at an end, may be closed. */
	sql_run("UPDATE placement p SET state = 'ended', ended_at = clock_now()"
		" FROM package k WHERE k.id = p.package_id AND k.reference ="
		" demo_reference('C', 'started-6')");
	sql_run("INSERT INTO placement_request (council_id, reference,"
		" package_id, organisation_id, reason, starts_at,"
		" requested_by_id) SELECT k.council_id,"
		" demo_reference('D', 'another'), k.id,"
		" (SELECT min(id) FROM organisation), 'Near', clock_now(),"
		" k.created_by_id FROM package k"
		" WHERE k.reference = demo_reference('C', 'waits-004')");
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

static const char *
name_text(const char *name, size_t length, bool is_provider, bool is_other)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *query;

		if (strlen(names[i].name) != length ||
		    strncmp(names[i].name, name, length) != 0)
			continue;
		if (is_provider && names[i].provider != NULL)
			query = is_other ? names[i].provider_other
			                 : names[i].provider;
		else
			query = is_other ? names[i].staff_other
			                 : names[i].staff;
		return sql_text("%s", query);
	}
	fail_msg("%.*s is not in the list of names", (int)length, name);
	return "";
}

/* The path with references in place of the names in braces. */
static void
path_fill(char *filled, const char *path, bool is_provider, bool is_other)
{
	size_t used = 0;

	while (*path != '\0') {
		size_t length = strcspn(path, "{");

		used += (size_t)snprintf(
		    filled + used, PATH_SIZE - used, "%.*s", (int)length, path);
		path += length;
		if (*path == '{') {
			length = strcspn(path, "}");
			used += (size_t)snprintf(filled + used,
			    PATH_SIZE - used, "%s",
			    name_text(
				path + 1, length - 1, is_provider, is_other));
			path += length + 1;
		}
		assert_true(used < PATH_SIZE);
	}
}

static void
fault_tell(
    const struct line *line, int role, const char *path, const char *what)
{
	print_error("%s %s (%s) as %s: %s\n", line->method, line->path, path,
	    roles[role].name, what);
	faults++;
}

static void
page_check(const struct line *line, int role, const char *path)
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
visit(const struct line *line, int role, bool is_other, int status)
{
	static unsigned keys;
	struct visitor *visitor = &visitors[role];
	char path[PATH_SIZE] = "", text[512];

	path_fill(path, line->path, roles[role].is_provider, is_other);
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
route_cover(const struct line *line)
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
line_read(char *text, struct line *line)
{
	char *cursor = text, *part;
	int role;

	text[strcspn(text, "\r\n")] = '\0';
	if (*text == '#' || *text == '\0')
		return false;
	memset(line, 0, sizeof(*line));
	part = strsep(&cursor, "\t");
	snprintf(line->method, sizeof(line->method), "%s", part);
	part = strsep(&cursor, "\t");
	assert_non_null(part);
	snprintf(line->path, sizeof(line->path), "%s", part);
	for (role = 0; role < ROLE_COUNT; role++) {
		part = strsep(&cursor, "\t");
		if (part == NULL)
			fail_msg(
			    "%s %s lacks a role", line->method, line->path);
		line->status[role] = (int)strtol(part, NULL, 10);
	}
	part = strsep(&cursor, "\t");
	if (part == NULL)
		fail_msg("%s %s lacks its end", line->method, line->path);
	line->is_others_absent = strcmp(part, "404") == 0;
	return true;
}

static bool
may_enter(int status)
{
	return status != 403;
}

static void
every_route_answers_every_role(void **state)
{
	FILE *file = fopen(TABLE, "r");
	char text[LINE_SIZE];
	struct line line;
	int role;

	(void)state;
	assert_non_null(file);
	while (fgets(text, sizeof(text), file) != NULL) {
		if (!line_read(text, &line))
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
		    TABLE);
		missing++;
	}
	assert_int_equal(missing, 0);
}

/* What the table says agrees with permissions.c, role by role. */
static void
refusals_are_those_of_the_permissions(void **state)
{
	FILE *file = fopen(TABLE, "r");
	char text[LINE_SIZE];
	struct line line;

	(void)state;
	assert_non_null(file);
	while (fgets(text, sizeof(text), file) != NULL) {
		struct arena *arena;
		const struct route *route;
		struct pair_list parts;
		char path[PATH_SIZE];
		bool other;
		int role;

		if (!line_read(text, &line))
			continue;
		arena = arena_new(1024 * 1024);
		path_fill(path, line.path, false, false);
		path[strcspn(path, "?")] = '\0';
		route = route_find(arena,
		    strcmp(line.method, "GET") == 0 ? GET : POST, path, &parts,
		    &other);
		assert_non_null(route);
		for (role = 1; role < ROLE_COUNT; role++)
			if (permission_has(
				roles[role].name, route->permission) !=
			    may_enter(line.status[role]))
				fail_msg("%s %s as %s", line.method, line.path,
				    roles[role].name);
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
