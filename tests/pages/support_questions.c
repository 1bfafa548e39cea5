/* See support_questions.h. */
#include "support_questions.h"

#include <stdlib.h>
#include <string.h>

static int number;

int
questions_begin(void **state)
{
	fern_begin(state);
	account_make("manager@alder.example", "Max Alder", "provider_manager",
	    "", "Alder Test Care");
	sql_run("INSERT INTO question_set (council_id, code, name)"
		" SELECT id, 'every-kind', 'Every kind' FROM council"
		" WHERE code = 'fern';"
		"INSERT INTO question_set_version (council_id,"
		" question_set_id, number, document, published_at)"
		" SELECT council_id, id, 1, $document$%s$document$,"
		" clock_now() FROM question_set",
	    file_text("tests/data/question_set.json"));
	return 0;
}

void
questions_morning(void)
{
	sql_run("CREATE OR REPLACE FUNCTION clock_now() RETURNS timestamptz"
		" LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT"
		" pg_catalog.clock_timestamp() + (SELECT moved_by FROM"
		" public.test_clock)';"
		"SELECT fern_day(10)");
}

void
questions_stand_at(const char *instant)
{
	sql_run("CREATE OR REPLACE FUNCTION clock_now() RETURNS timestamptz"
		" LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT"
		" timestamptz ''%s'''",
	    instant);
}

char *
questions_market_test(bool takes_partial, bool is_for_all)
{
	sql_run("INSERT INTO market_test (council_id, title, summary,"
		" question_set_id, question_set_version_id, audience,"
		" takes_partial, opens_at, closes_at, published_at, support)"
		" SELECT v.council_id, 'Asking %d', 'What can you do?',"
		" v.question_set_id, v.id, '%s', %s,"
		" '2027-02-02 09:00+00', '2027-02-03 12:00+00',"
		" '2027-02-01 09:00+00', 'Ring **us**.'"
		" FROM question_set_version v WHERE v.number = 1",
	    ++number, is_for_all ? "everybody" : "invited",
	    takes_partial ? "true" : "false");
	return strdup(sql_text(
	    "SELECT reference FROM market_test WHERE title = 'Asking %d'",
	    number));
}

void
questions_invite(const char *reference, const char *provider)
{
	sql_run("INSERT INTO market_test_invitation (council_id,"
		" market_test_id, organisation_id, name)"
		" SELECT t.council_id, t.id, o.id, o.name FROM market_test t,"
		" organisation o WHERE t.reference = '%s' AND o.name LIKE"
		" '%s %%'",
	    reference, provider);
}

char *
questions_link(const char *reference, const char *name)
{
	char *token = strdup(sql_text("SELECT encode(sha256(convert_to('%s%s',"
				      " 'UTF8')), 'hex')",
	    reference, name));

	sql_run("WITH invited AS (INSERT INTO market_test_invitation"
		" (council_id, market_test_id, kind, name, email)"
		" SELECT council_id, id, 'carer', '%s',"
		" lower(split_part('%s', ' ', 1)) || '@example.org'"
		" FROM market_test WHERE reference = '%s'"
		" RETURNING council_id, id)"
		"INSERT INTO sealed.respondent_token (token_hash, council_id,"
		" invitation_id) SELECT sha256(convert_to('%s', 'UTF8')),"
		" council_id, id FROM invited",
	    name, name, reference, token);
	return token;
}

void
questions_correct(const char *reference)
{
	sql_run("INSERT INTO question_set_version (council_id,"
		" question_set_id, number, document, published_at)"
		" SELECT council_id, question_set_id, 2, replace("
		"document::text, 'What is your name?',"
		" 'What is your full name?')::json, clock_now()"
		" FROM question_set_version WHERE number = 1"
		" ON CONFLICT DO NOTHING;"
		"INSERT INTO market_test_change (council_id, market_test_id,"
		" kind, question_set_version_id, reason, proposed_by_id,"
		" state, decided_by_id, decided_at)"
		" SELECT t.council_id, t.id, 'correct', v.id, 'A word',"
		" a.id, 'approved', b.id, clock_now()"
		" FROM market_test t JOIN question_set_version v"
		" ON v.council_id = t.council_id AND v.number = 2"
		" JOIN account a ON a.email = 'commissioner@fern.example'"
		" JOIN account b ON b.email = 'auditor@fern.example'"
		" WHERE t.reference = '%s';"
		"UPDATE market_test t SET question_set_version_id = v.id"
		" FROM question_set_version v WHERE t.reference = '%s'"
		" AND v.council_id = t.council_id AND v.number = 2",
	    reference, reference);
}

const char *
questions_answer(
    const char *reference, const char *provider, const char *question)
{
	return sql_text("SELECT coalesce(min(a.value::text), '')"
			" FROM sealed.answer a JOIN sealed.response r"
			" ON r.id = a.response_id"
			" JOIN market_test t ON t.id = r.market_test_id"
			" JOIN organisation o ON o.id = r.organisation_id"
			" WHERE t.reference = '%s' AND o.name LIKE '%s %%'"
			" AND a.question = '%s'",
	    reference, provider, question);
}
