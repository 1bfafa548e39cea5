/* See harness_watch.h and tests/data/watch.sql. */
#include "harness_watch.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "harness.h"

/* Not the harness's own, which may stand in a transaction of a test. */
static PGconn *watcher;

static PGresult *
run(const char *statement, const char *parameter)
{
	PGresult *result = parameter == NULL
	                       ? PQexec(watcher, statement)
	                       : PQexecParams(watcher, statement, 1, NULL,
				     &parameter, NULL, NULL, 0);

	if (PQresultStatus(result) != PGRES_TUPLES_OK &&
	    PQresultStatus(result) != PGRES_COMMAND_OK) {
		fprintf(stderr, "%s", PQerrorMessage(watcher));
		exit(1);
	}
	return result;
}

void
watch_begin(void)
{
	const char *user = getenv("TEST_SUPERUSER");
	const char *const names[] = { "user", NULL };
	const char *const values[] = { user != NULL ? user : "postgres", NULL };

	watcher = PQconnectdbParams(names, values, 0);
	PQclear(run(file_text("tests/data/watch.sql"), NULL));
}

void
watch_end(void)
{
	PQfinish(watcher);
}

/* What a request changed, as names of tables, but for the audit. */
struct change {
	char all[1024];
	char unaudited[1024];
	bool is_audited;
	bool is_due; /* it settled a round whose reply time was over */
};

static struct change
change_take(void)
{
	PGresult *result = run(
	    "WITH seen AS (DELETE FROM watch.change RETURNING *),"
	    " due AS (DELETE FROM watch.due RETURNING *)"
	    " SELECT string_agg(DISTINCT s.table_name, ' ')"
	    " FILTER (WHERE s.table_name <> 'audit'),"
	    " string_agg(DISTINCT s.table_name, ' ') FILTER (WHERE NOT EXISTS"
	    " (SELECT FROM seen a WHERE a.transaction = s.transaction"
	    " AND a.table_name = 'audit')),"
	    " coalesce(bool_or(s.table_name = 'audit'), false),"
	    " EXISTS (SELECT FROM due) FROM seen s",
	    NULL);
	struct change change = {
		.is_audited = *PQgetvalue(result, 0, 2) == 't',
		.is_due = *PQgetvalue(result, 0, 3) == 't',
	};

	snprintf(
	    change.all, sizeof(change.all), "%s", PQgetvalue(result, 0, 0));
	snprintf(change.unaudited, sizeof(change.unaudited), "%s",
	    PQgetvalue(result, 0, 1));
	PQclear(result);
	return change;
}

/* Whether a page names a person whose name is not that of a colleague too. */
static bool
names_person(const char *page)
{
	PGresult *result = run(
	    "SELECT FROM person, concat_ws(' ', given_name, family_name)"
	    " AS full_name WHERE position(full_name IN $1) > 0"
	    " AND NOT EXISTS (SELECT FROM account a WHERE a.name = full_name)"
	    " AND NOT EXISTS (SELECT FROM organisation_contact c"
	    " WHERE c.name = full_name) LIMIT 1",
	    page);
	bool is_named = PQntuples(result) > 0;

	PQclear(result);
	return is_named;
}

/* Not 503, which may come of a COMMIT that nobody answered. */
static bool
is_refusal(int status)
{
	return status >= 400 && status < 500;
}

void
watch_request(const struct request *r, int status, const char *page)
{
	const struct change change = change_take();
	const char *method = r->method == POST ? "POST" : "GET";

	if (change.unaudited[0] != '\0')
		fail_msg("%s %s changed %s and wrote no audit row", method,
		    r->path, change.unaudited);
	if (is_refusal(status) && !change.is_due && change.all[0] != '\0')
		fail_msg("%s %s gave %d and changed %s", method, r->path,
		    status, change.all);
	if (status == 200 && !change.is_audited && names_person(page))
		fail_msg("%s %s names a person and wrote no audit row", method,
		    r->path);
}
