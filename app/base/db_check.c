/*
 * Holds the statements against a schema, so that a misspelt column or a
 * wrong type is found at the author's line before anything starts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_internal.h"

struct check {
	struct db *db;
	FILE *out;
	const struct db_statement *statement;
	int differences;
};

static const char nullable_sql[] =
    "SELECT a.attname FROM pg_attribute a JOIN pg_class c"
    " ON c.oid = a.attrelid WHERE a.attrelid = $1::oid"
    " AND a.attnum = $2::smallint AND NOT a.attnotnull"
    " AND c.relkind IN ('r', 'p')";

/* Types of ours whose binary form is their text: enums and citext. */
static const char is_text_sql[] = "SELECT 1 FROM pg_type WHERE oid = $1::oid"
				  " AND (typtype = 'e' OR typname = 'citext')";

static void difference(struct check *check, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
difference(struct check *check, int line, const char *format, ...)
{
	va_list args;

	check->differences++;
	fprintf(check->out, "%s:%d: %s: ", check->statement->file, line,
	    check->statement->name);
	va_start(args, format);
	vfprintf(check->out, format, args);
	va_end(args);
	fputc('\n', check->out);
}

/* Whether a question of ours about the catalogue has a row for an answer. */
static bool
catalogue_has(struct check *check, const char *sql, Oid oid, int number)
{
	char first[16], second[16];
	const char *values[] = { first, second };
	PGresult *result;
	bool has_row;

	snprintf(first, sizeof(first), "%u", oid);
	snprintf(second, sizeof(second), "%d", number);
	result = PQexecParams(check->db->connection, sql, number > 0 ? 2 : 1,
	    NULL, values, NULL, NULL, 0);
	has_row = PQntuples(result) > 0;
	PQclear(result);
	return has_row;
}

/* An error of preparing, at the line it points to. */
static void
prepare_explain(struct check *check, const PGresult *result)
{
	const char *message = PQresultErrorField(
	    result, PG_DIAG_MESSAGE_PRIMARY);
	const char *position = PQresultErrorField(
	    result, PG_DIAG_STATEMENT_POSITION);
	const char *sql = check->statement->sql;
	int line = check->statement->sql_line;
	int64_t characters = 0;

	if (position != NULL)
		text_to_int64(position, 1, INT32_MAX, &characters);
	for (; *sql != '\0' && characters > 1; sql++) {
		/* Positions count characters, not bytes. */
		if (((unsigned char)*sql & 0xC0) != 0x80)
			characters--;
		line += *sql == '\n';
	}
	difference(check, line, "%s",
	    message == NULL ? PQerrorMessage(check->db->connection) : message);
}

static void
column_check(struct check *check, const PGresult *result, int column)
{
	const struct db_column *declared = &check->statement->columns[column];
	const char *name = PQfname(result, column);
	const Oid type = PQftype(result, column);
	const Oid table = PQftable(result, column);
	const int line = check->statement->line;

	if (*declared->name != '\0' && strcmp(declared->name, name) != 0)
		difference(check, line,
		    "column %d is called %s, declared as %s", column + 1, name,
		    declared->name);
	if (!db_type_fits(declared->type, type) ||
	    (declared->type == DB_TEXT && type >= 16384 &&
		!catalogue_has(check, is_text_sql, type, 0)))
		difference(check, line,
		    "column %s is not of type %s (its type's oid is %u)", name,
		    db_type_name(declared->type), type);
	/* An outer join could add a NULL; that the catalogue cannot know. */
	if (!declared->is_nullable && table != InvalidOid &&
	    catalogue_has(
		check, nullable_sql, table, PQftablecol(result, column)))
		difference(check, line,
		    "column %s may be NULL: declare it with ?, or coalesce",
		    name);
}

static void
described_check(struct check *check, const PGresult *result)
{
	const struct db_statement *statement = check->statement;
	int i;

	if (PQnparams(result) != statement->parameter_count)
		difference(check, statement->line,
		    "takes %d parameters, declared with %d", PQnparams(result),
		    statement->parameter_count);
	if (statement->column_count == 0)
		return;
	if (PQnfields(result) != statement->column_count) {
		difference(check, statement->line,
		    "gives %d columns, declared with %d", PQnfields(result),
		    statement->column_count);
		return;
	}
	for (i = 0; i < statement->column_count; i++)
		column_check(check, result, i);
}

static void
statement_check(struct check *check)
{
	const struct db_statement *statement = check->statement;
	PGconn *connection = check->db->connection;
	PGresult *result;
	Oid types[DB_PARAMETER_MAXIMUM];

	if (!db_parameter_types(statement, types)) {
		difference(check, statement->line,
		    "takes %d parameters, at most %d are possible",
		    statement->parameter_count, DB_PARAMETER_MAXIMUM);
		return;
	}
	result = PQprepare(connection, statement->name, statement->sql,
	    statement->parameter_count, types);
	if (PQresultStatus(result) != PGRES_COMMAND_OK) {
		prepare_explain(check, result);
		PQclear(result);
		return;
	}
	PQclear(result);
	result = PQdescribePrepared(connection, statement->name);
	if (PQresultStatus(result) == PGRES_COMMAND_OK)
		described_check(check, result);
	else
		prepare_explain(check, result);
	PQclear(result);
}

int
db_check(struct db *db, FILE *out)
{
	struct check check = { .db = db, .out = out };
	int i;

	if (!db_open(db, INT64_MAX))
		return -1;
	for (i = 0; i < db->statement_count; i++) {
		check.statement = db->statements[i];
		statement_check(&check);
	}
	db_close(db);
	return check.differences;
}
