/* See support_routes.h. */
#include "support_routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

const struct route_role route_roles[ROLE_COUNT] = {
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
	{ "clearing", "SELECT demo_reference('Y', 'hertfordshire')",
	    "SELECT demo_reference('Y', 'cambridgeshire')", NULL, NULL },
	{ "plan", "SELECT demo_reference('Z', 'hertfordshire')",
	    "SELECT demo_reference('Z', 'cambridgeshire')", NULL, NULL },
	{ "information", "SELECT demo_reference('G', 'hertfordshire')",
	    "SELECT demo_reference('G', 'cambridgeshire')", NULL, NULL },
	{ "opened-response", "SELECT information_response('hertfordshire')",
	    "SELECT information_response('cambridgeshire')", NULL, NULL },
	{ "placed", "SELECT demo_reference('C', 'started-1')",
	    "SELECT demo_reference('C', 'dps-placed-1')", NULL, NULL },
	{ "listed", "SELECT demo_reference('C', 'wait-language')",
	    "SELECT demo_reference('C', 'waits-002')", NULL, NULL },
	{ "ended", "SELECT demo_reference('C', 'started-6')",
	    "SELECT demo_reference('C', 'dps-placed-2')", NULL, NULL },
	{ "person", "SELECT demo_reference('S', 'wait-interim-1')",
	    "SELECT demo_reference('S', 'waits-001')", NULL, NULL },
	{ "visit", "SELECT demo_visit('wait-interim-1')",
	    "SELECT demo_visit('waits-001')", NULL, NULL },
	{ "outcome", "SELECT demo_outcome('wait-interim-1')",
	    "SELECT demo_outcome('waits-001')", NULL, NULL },
	{ "contact", "SELECT demo_contact('wait-interim-1')",
	    "SELECT demo_contact('waits-001')", NULL, NULL },
	{ "account",
	    "SELECT demo_reference('A', 'second.broker@hertfordshire.example')",
	    "SELECT demo_reference('A', "
	    "'second.broker@cambridgeshire.example')",
	    "SELECT demo_reference('A', 'manager@harlequin-larkspur.example')",
	    "SELECT demo_reference('A', 'owner@teasel-heron.example')" },
	{ "mail", "SELECT demo_mail('hertfordshire')",
	    "SELECT demo_mail('cambridgeshire-peterborough-ccg')", NULL, NULL },
	{ "policy",
	    "SELECT p.reference FROM policy p JOIN council c"
	    " ON c.id = p.council_id WHERE (c.code, p.code)"
	    " = ('hertfordshire', 'six-steps')",
	    "SELECT p.reference FROM policy p JOIN council c"
	    " ON c.id = p.council_id WHERE c.code = 'cambridgeshire'",
	    NULL, NULL },
	{ "drafted",
	    "SELECT p.reference FROM policy p JOIN council c"
	    " ON c.id = p.council_id WHERE (c.code, p.code)"
	    " = ('hertfordshire', 'first')",
	    "SELECT p.reference FROM policy p JOIN council c"
	    " ON c.id = p.council_id WHERE c.code = 'cambridgeshire'",
	    NULL, NULL },
	{ "set",
	    "SELECT s.reference FROM question_set s JOIN council c"
	    " ON c.id = s.council_id WHERE (c.code, s.code)"
	    " = ('hertfordshire', 'published')",
	    "SELECT s.reference FROM question_set s JOIN council c"
	    " ON c.id = s.council_id WHERE (c.code, s.code)"
	    " = ('cambridgeshire', 'published')",
	    NULL, NULL },
	{ "drafted-set",
	    "SELECT s.reference FROM question_set s JOIN council c"
	    " ON c.id = s.council_id WHERE (c.code, s.code)"
	    " = ('hertfordshire', 'drafted')",
	    "SELECT s.reference FROM question_set s JOIN council c"
	    " ON c.id = s.council_id WHERE (c.code, s.code)"
	    " = ('cambridgeshire', 'drafted')",
	    NULL, NULL },
	{ "rate",
	    "SELECT d.reference FROM rate_document d JOIN council c"
	    " ON c.id = d.council_id WHERE c.code = 'hertfordshire'",
	    "SELECT d.reference FROM rate_document d JOIN council c"
	    " ON c.id = d.council_id WHERE c.code = 'cambridgeshire'",
	    NULL, NULL },
	{ "market-test", "SELECT demo_reference('V', 'hertfordshire-open')",
	    "SELECT demo_reference('V', 'cambridgeshire-open')", NULL, NULL },
	{ "market-draft", "SELECT demo_reference('V', 'draft-hertfordshire')",
	    "SELECT demo_reference('V', 'draft-cambridgeshire')", NULL, NULL },
	{ "market-waiting",
	    "SELECT demo_reference('V', 'waiting-hertfordshire')",
	    "SELECT demo_reference('V', 'waiting-cambridgeshire')", NULL,
	    NULL },
	{ "market-closed", "SELECT demo_reference('V', 'hertfordshire-2021')",
	    "SELECT demo_reference('V', 'cambridgeshire-2021')", NULL, NULL },
	{ "market-opened",
	    "SELECT demo_reference('V', 'hertfordshire-breakout-2021')",
	    "SELECT demo_reference('V', 'peterborough-2022')", NULL, NULL },
	{ "provider", "SELECT demo_reference('P', 'harlequin-larkspur')",
	    "SELECT demo_reference('P', 'tinsel-teapot')", NULL, NULL },
	{ "office", "SELECT demo_office('harlequin-larkspur')",
	    "SELECT demo_office('tinsel-teapot')", NULL, NULL },
	{ "provider-contact",
	    "SELECT demo_provider_contact('harlequin-larkspur')",
	    "SELECT demo_provider_contact('tinsel-teapot')", NULL, NULL },
	{ "location", "SELECT demo_location('harlequin-larkspur')",
	    "SELECT demo_location('tinsel-teapot')", NULL, NULL },
	{ "member",
	    "SELECT demo_reference('M', 'support-at-homeharlequin-larkspur')",
	    "SELECT demo_reference('M', 'dps-2017tinsel-teapot')", NULL, NULL },
	{ "framework", "SELECT demo_reference('F', 'support-at-home')",
	    "SELECT demo_reference('F', 'dps-2017')", NULL, NULL },
	{ "gate",
	    "SELECT min(x.id) FROM framework_gate x JOIN framework f"
	    " ON f.id = x.framework_id WHERE f.code = 'support-at-home'",
	    "SELECT min(x.id) FROM framework_gate x JOIN framework f"
	    " ON f.id = x.framework_id WHERE f.code = 'dps-2017'",
	    NULL, NULL },
	{ "fact",
	    "SELECT min(x.id) FROM provider_fact x JOIN organisation o"
	    " ON o.id = x.organisation_id WHERE o.reference ="
	    " demo_reference('P', 'harlequin-larkspur')"
	    " AND x.kind = 'public_liability'",
	    "SELECT min(x.id) FROM provider_fact x JOIN organisation o"
	    " ON o.id = x.organisation_id WHERE o.reference ="
	    " demo_reference('P', 'tinsel-teapot')",
	    NULL, NULL },
	{ "renewal",
	    "SELECT min(x.id) FROM fact_renewal x JOIN organisation o"
	    " ON o.id = x.organisation_id WHERE o.reference ="
	    " demo_reference('P', 'harlequin-larkspur')",
	    "SELECT min(x.id) FROM fact_renewal x JOIN organisation o"
	    " ON o.id = x.organisation_id WHERE o.reference ="
	    " demo_reference('P', 'tinsel-teapot')",
	    NULL, NULL },
	{ "mrk", "SELECT demo_reference('C', 'mr-k')",
	    "SELECT demo_reference('C', 'waits-003')", NULL, NULL },
	{ "settled", "SELECT demo_reference('C', 'started-1')",
	    "SELECT demo_reference('C', 'dps-placed-1')", NULL, NULL },
	{ "live", "SELECT demo_reference('C', 'live-half')",
	    "SELECT demo_reference('C', 'nhs-live')", NULL, NULL },
	{ "live-offer", "SELECT demo_offer('live-half', 'sent')",
	    "SELECT demo_offer('nhs-live', 'sent')", NULL, NULL },
	{ "proposed", "SELECT demo_reference('C', 'proposal')",
	    "SELECT demo_reference('C', 'waits-012')", NULL, NULL },
	{ "proposed-offer", "SELECT demo_offer('proposal', 'proposed')",
	    "SELECT demo_offer('waits-012', 'declined')", NULL, NULL },
	{ "request", "SELECT demo_reference('D', 'approval')",
	    "SELECT demo_reference('D', 'another')", NULL, NULL },
	{ "offer", "SELECT demo_offer_open(true)",
	    "SELECT demo_offer_open(false)", "SELECT demo_offer_open(true)",
	    "SELECT demo_offer_open(false)" },
	{ "planned-offer", "SELECT demo_offer_planned(true)",
	    "SELECT demo_offer_planned(false)",
	    "SELECT demo_offer_planned(true)",
	    "SELECT demo_offer_planned(false)" },
	{ "bundle", "SELECT demo_reference('B', 'own')",
	    "SELECT demo_reference('B', 'other')",
	    "SELECT demo_reference('B', 'own')",
	    "SELECT demo_reference('B', 'other')" },
	{ "placement", "SELECT demo_placement(true)",
	    "SELECT demo_placement(false)", "SELECT demo_placement(true)",
	    "SELECT demo_placement(false)" },
};

/* A request of each council about an answer, with a reason and a bundle. */
static void
information_ready(void)
{
	sql_run("%s", file_text("tests/data/information_requests.sql"));
	sql_run("CREATE FUNCTION information_response(council_code text)"
		" RETURNS text LANGUAGE sql AS $$SELECT min(r.reference)"
		" FROM sealed.response r JOIN information_request q"
		" ON q.council_id = r.council_id"
		" AND q.market_test_id = r.market_test_id"
		" JOIN council c ON c.id = r.council_id"
		" WHERE c.code = council_code$$");
	sql_run("INSERT INTO information_request (council_id, reference,"
		" subject, words, received_on, market_test_id, questions)"
		" SELECT c.id, demo_reference('G', c.code), 'Rates',"
		" 'All of them', '2026-03-02', information_fill(c.code),"
		" '{interested}' FROM council c"
		" WHERE c.code IN ('hertfordshire', 'cambridgeshire');"
		" INSERT INTO information_requester SELECT council_id, id,"
		" 'Asker', 'asker@people.example' FROM information_request;"
		" INSERT INTO information_reason (council_id, request_id,"
		" number, exemption, is_qualified, reasoning) SELECT"
		" council_id, id, 1, 'section_41', false, 'In confidence'"
		" FROM information_request;"
		" INSERT INTO information_bundle (council_id, request_id,"
		" number, content, sha256, released, in_part, withheld)"
		" SELECT council_id, id, 1, 'x', sha256('x'), 1, 0, 0"
		" FROM information_request");
}

void
routes_ready(void)
{
	sql_run("%s", file_text("tests/data/demo_names.sql"));
	information_ready();
	/* A package that is placed, with its care at an end, may be closed. */
	sql_run("UPDATE placement p SET state = 'ended', ended_at = clock_now()"
		" FROM package k WHERE k.id = p.package_id AND k.reference ="
		" demo_reference('C', 'started-6')");
	/* A policy whose version is in force nowhere, and its draft. */
	sql_run("INSERT INTO policy_version (council_id, policy_id, number,"
		" document) SELECT p.council_id, p.id, 2,"
		" jsonb_set(x.document, '{steps}',"
		" (x.document -> 'steps') - 0)"
		" FROM policy p JOIN policy o ON o.council_id = p.council_id"
		" AND o.code = 'six-steps' JOIN policy_version x"
		" ON x.council_id = o.council_id AND x.policy_id = o.id"
		" WHERE p.code = 'first'");
	/* Sets of questions of every kind: one published, one a draft. */
	sql_run(
	    "WITH made AS (INSERT INTO question_set (council_id, code, name)"
	    " SELECT c.id, n.code, n.code FROM council c,"
	    " (VALUES ('published'), ('drafted')) AS n (code)"
	    " RETURNING council_id, id, code)"
	    " INSERT INTO question_set_version (council_id,"
	    " question_set_id, number, document, published_at)"
	    " SELECT council_id, id, 1, $document$%s$document$::json,"
	    " CASE code WHEN 'published' THEN clock_now() END FROM made",
	    file_text("tests/data/question_set.json"));
	/* Two drafts of a rate card, and a version that will be in force. */
	sql_run("INSERT INTO rate_version (council_id, rate_document_id,"
		" number, document, published_at) SELECT v.council_id,"
		" v.rate_document_id, n.number, jsonb_set(v.document::jsonb,"
		" '{cards,0,starts}', to_jsonb(date '2099-01-01' + n.number))"
		"::json, CASE n.number WHEN 4 THEN clock_now() END"
		" FROM rate_version v, generate_series(2, 4) AS n (number)");
	sql_run("INSERT INTO placement_request (council_id, reference,"
		" package_id, organisation_id, reason, starts_at,"
		" requested_by_id) SELECT k.council_id,"
		" demo_reference('D', 'another'), k.id,"
		" (SELECT min(id) FROM organisation), 'Near', clock_now(),"
		" k.created_by_id FROM package k"
		" WHERE k.reference = demo_reference('C', 'waits-004')");
	/* A bundle that is answered, as if its offer had been sent in one. */
	sql_run("WITH bundle AS (INSERT INTO offer_bundle (council_id,"
		" reference, organisation_id, member_council_id, member_id,"
		" sent_at) SELECT o.council_id, demo_reference('B', x.name),"
		" o.organisation_id, o.member_council_id, o.member_id,"
		" o.sent_at FROM offer o JOIN (VALUES"
		" ('own', demo_offer_planned(true)),"
		" ('other', demo_offer('nhs-live', 'sent'))) AS x (name,"
		" reference) USING (reference)"
		" RETURNING council_id, id, reference)"
		" SELECT set_config('session_replication_role', 'replica',"
		" false) FROM bundle");
	sql_run("UPDATE offer o SET bundle_id = b.id FROM offer_bundle b"
		" WHERE b.council_id = o.council_id AND o.reference ="
		" CASE b.reference WHEN demo_reference('B', 'own')"
		" THEN demo_offer_planned(true)"
		" ELSE demo_offer('nhs-live', 'sent') END");
	sql_run("SET session_replication_role = origin");
	/* A clearing of each council, of one package. */
	sql_run("INSERT INTO clearing (council_id, reference, travel_pence,"
		" packages_csv, providers_csv, options_csv, inputs_hash,"
		" waiting_packages, waiting_minutes, plan_packages,"
		" plan_minutes, plan_fit, plan_pence, plan_metres,"
		" single_packages, single_minutes, single_fit, single_pence,"
		" single_metres, bound_minutes, is_best)"
		" SELECT c.id, demo_reference('Y', c.code), 28, 'p', 'q', 'r',"
		" repeat('0', 64), 1, 60, 1, 60, 0, 0, 0, 1, 60, 0, 0, 0, 60,"
		" true FROM council c");
	sql_run("INSERT INTO clearing_line (council_id, clearing_id, position,"
		" package_id, package_version, weekly_minutes, option_count,"
		" organisation_id, organisation_name)"
		" SELECT y.council_id, y.id, 1, k.id, k.version,"
		" k.weekly_minutes, 1, o.id, o.name"
		" FROM clearing y JOIN council c ON c.id = y.council_id"
		" JOIN package k ON k.council_id = c.id AND k.reference ="
		" demo_reference('C', CASE c.code WHEN 'hertfordshire'"
		" THEN 'wait-language' ELSE 'waits-002' END)"
		" JOIN organisation o ON o.reference ="
		" demo_reference('P', 'bramble-otter')");
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

void
route_path_fill(char *filled, const char *path, bool is_provider, bool is_other)
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

bool
route_line_read(char *text, struct route_line *line)
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
