/*
 * Transactions and statements over one connection, and the failure that
 * sticks. How to wait is db_connection.c's, how values look db_values.c's.
 */
#include "base/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/db_internal.h"
#include "base/log.h"

struct db *
db_new(struct db_health *health)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL)
		abort();
	db->health = health;
	db->statements = db_statements;
	db->statement_count = db_statement_count;
	db->wait_call = DB_WAIT_CALL;
	return db;
}

void
db_patience(struct db *db, int milliseconds)
{
	db->wait_call = milliseconds;
}

void
db_statements_use(
    struct db *db, const struct db_statement *const *statements, int count)
{
	db_close(db);
	db->statements = statements;
	db->statement_count = count;
}

void
db_free(struct db *db)
{
	db_close(db);
	free(db);
}

void
db_attach(struct db *db, struct arena *arena)
{
	db->arena = arena;
	db->failure = DB_FINE;
	db->is_taken = false;
	db->calls = 0;
	db->microseconds = 0;
	if (db->connection != NULL &&
	    PQtransactionStatus(db->connection) != PQTRANS_IDLE)
		db_close(db);
}

struct arena *
db_arena(struct db *db)
{
	return db->arena;
}

enum db_failure
db_failure(const struct db *db)
{
	return db->failure;
}

bool
db_is_taken(const struct db *db)
{
	return db->is_taken;
}

int
db_calls(const struct db *db)
{
	return db->calls;
}

int64_t
db_microseconds(const struct db *db)
{
	return db->microseconds;
}

static const char *const failure_names[] = {
	[DB_FINE] = "fine",
	[DB_CONFLICT] = "conflict",
	[DB_UNREACHABLE] = "unreachable",
	[DB_BROKEN] = "broken",
	[DB_UNKNOWN] = "unknown",
};

void
db_fail(struct db *db, enum db_failure failure, const char *reason)
{
	if (db->failure != DB_FINE || failure == DB_FINE)
		return;
	db->failure = failure;
	log_error(
	    "db", "failure=%s reason=\"%s\"", failure_names[failure], reason);
}

/* --- Failures ------------------------------------------------------------- */

/* The server ended, is ending or has not yet begun. */
static bool
state_is_gone(const char *state)
{
	return strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0 ||
	       strcmp(state, "25P03") == 0;
}

static enum db_failure
state_failure(const char *state)
{
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 ||
	    strcmp(state, "55P03") == 0)
		return DB_CONFLICT;
	/* 57014: over the statement's time limit. 53: no memory, no disk. */
	if (state_is_gone(state) || strcmp(state, "57014") == 0 ||
	    strncmp(state, "53", 2) == 0)
		return DB_UNREACHABLE;
	return DB_BROKEN;
}

static bool
is_taken(const char *state)
{
	return strcmp(state, "23505") == 0;
}

/*
 * References are random: two that are alike are as much an accident as two
 * transactions that meet, and another run of the request mends it.
 */
static bool
is_reference_clash(const PGresult *result, const char *state)
{
	static const char ending[] = "_reference_key";
	const char *name = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
	size_t length = name == NULL ? 0 : strlen(name);

	return is_taken(state) && length >= sizeof(ending) &&
	       strcmp(name + length - (sizeof(ending) - 1), ending) == 0;
}

static const char *
field_or_none(const PGresult *result, int field)
{
	const char *text = PQresultErrorField(result, field);

	return text == NULL ? "" : text;
}

/*
 * Takes the failure from an error of the server. Its message is logged only
 * where it speaks of our SQL (class 42); elsewhere it may quote what
 * somebody typed.
 */
static void
fail_from_result(struct db *db, const char *name,
    const struct db_statement *statement, const PGresult *result)
{
	const char *state = field_or_none(result, PG_DIAG_SQLSTATE);
	const bool is_ours = strncmp(state, "42", 2) == 0;

	db->is_taken = is_taken(state);
	db->failure = is_reference_clash(result, state) ? DB_CONFLICT
	                                                : state_failure(state);
	log_error("db",
	    "failure=%s sqlstate=%s statement=%s at=%s:%d table=%s "
	    "constraint=%s "
	    "reason=\"%s\"",
	    failure_names[db->failure], state, name,
	    statement == NULL ? "" : statement->file,
	    statement == NULL ? 0 : statement->line,
	    field_or_none(result, PG_DIAG_TABLE_NAME),
	    field_or_none(result, PG_DIAG_CONSTRAINT_NAME),
	    is_ours ? field_or_none(result, PG_DIAG_MESSAGE_PRIMARY) : "");
}

/* Takes the failure from an answer that did not come; closes. */
static void
fail_from_silence(struct db *db, const char *name, enum db_answer answer)
{
	db->failure = DB_UNREACHABLE;
	log_error("db", "failure=%s statement=%s",
	    answer == DB_LATE ? "late" : "lost", name);
	if (answer == DB_LATE)
		db_health_down(db);
	db_close(db);
}

/* --- Transactions --------------------------------------------------------- */

/*
 * Sends a command without parameters and waits for its answer. `result` is
 * NULL when there is none, and must be cleared otherwise.
 */
static enum db_answer
command_send(
    struct db *db, const char *command, int64_t deadline, PGresult **result)
{
	const int64_t start = db_now();
	enum db_answer answer;

	*result = NULL;
	if (PQsendQuery(db->connection, command) == 0)
		return DB_LOST;
	answer = db_answer(db, deadline, result);
	db->microseconds += db_now() - start;
	if (*result != NULL &&
	    state_is_gone(field_or_none(*result, PG_DIAG_SQLSTATE)))
		answer = DB_LOST;
	return answer;
}

/* Runs a command inside the transaction; marks the failure. */
static bool
command_run(struct db *db, const char *command, int64_t deadline)
{
	PGresult *result;
	const enum db_answer answer = command_send(
	    db, command, deadline, &result);
	const bool is_good = PQresultStatus(result) == PGRES_COMMAND_OK;

	if (answer != DB_ANSWERED)
		fail_from_silence(db, command, answer);
	else if (!is_good)
		fail_from_result(db, command, NULL, result);
	PQclear(result);
	return answer == DB_ANSWERED && is_good;
}

static int64_t
deadline_after(int milliseconds)
{
	return db_now() + milliseconds * INT64_C(1000);
}

static bool
connect_all(struct db *db, int64_t deadline)
{
	const int64_t start = db_now();
	const bool is_good = db_open(db, deadline) && db_prepare(db, deadline);

	db->microseconds += db_now() - start;
	return is_good;
}

/*
 * BEGIN on the connection that was kept, if there is one. False when it has
 * ended meanwhile, as after a restart of the server, so that a new one may
 * be tried.
 */
static bool
begin_kept(struct db *db, int64_t deadline)
{
	enum db_answer answer;
	PGresult *result;

	if (db->connection == NULL)
		return false;
	answer = command_send(db, "BEGIN", deadline, &result);
	if (answer == DB_LATE)
		fail_from_silence(db, "BEGIN", answer);
	else if (answer == DB_LOST)
		db_close(db);
	else if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_from_result(db, "BEGIN", NULL, result);
	PQclear(result);
	return answer != DB_LOST;
}

bool
db_begin(struct db *db)
{
	const int64_t deadline = deadline_after(
	    db->is_probing ? DB_WAIT_PROBE : DB_WAIT_CALL);

	db->is_probing = false;
	if (db->failure != DB_FINE)
		return false;
	if (!begin_kept(db, deadline) && connect_all(db, deadline))
		command_run(db, "BEGIN", deadline);
	if (db->failure == DB_FINE)
		db_health_up(db);
	return db->failure == DB_FINE;
}

/*
 * The server may have committed before it, or the way to it, was lost: only
 * an answer says which.
 */
bool
db_commit(struct db *db)
{
	enum db_answer answer;
	PGresult *result;
	bool is_saved;

	if (db->failure != DB_FINE || db->connection == NULL) {
		db_fail(db, DB_BROKEN, "COMMIT without a transaction");
		db_rollback(db);
		return false;
	}
	answer = command_send(
	    db, "COMMIT", deadline_after(DB_WAIT_CALL), &result);
	is_saved = answer == DB_ANSWERED &&
	           PQresultStatus(result) == PGRES_COMMAND_OK &&
	           strcmp(PQcmdStatus(result), "COMMIT") == 0;
	if (answer != DB_ANSWERED) {
		fail_from_silence(db, "COMMIT", answer);
		db->failure = DB_UNKNOWN;
	} else if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
		fail_from_result(db, "COMMIT", NULL, result);
	} else if (!is_saved) {
		db_fail(db, DB_BROKEN, "COMMIT rolled back");
	}
	PQclear(result);
	return is_saved;
}

void
db_rollback(struct db *db)
{
	enum db_answer answer;
	PGresult *result;

	if (db->connection == NULL ||
	    PQtransactionStatus(db->connection) == PQTRANS_IDLE)
		return;
	answer = command_send(
	    db, "ROLLBACK", deadline_after(DB_WAIT_CALL), &result);
	if (answer == DB_LATE)
		db_health_down(db);
	if (answer != DB_ANSWERED || PQresultStatus(result) != PGRES_COMMAND_OK)
		db_close(db);
	PQclear(result);
}

void
db_savepoint(struct db *db)
{
	if (db->failure == DB_FINE && db->connection != NULL)
		command_run(
		    db, "SAVEPOINT request", deadline_after(DB_WAIT_CALL));
}

void
db_rollback_to_savepoint(struct db *db)
{
	if (db->failure == DB_FINE && db->connection != NULL)
		command_run(db, "ROLLBACK TO SAVEPOINT request",
		    deadline_after(DB_WAIT_CALL));
}

/* --- Statements ----------------------------------------------------------- */

static void
result_clear(void *argument)
{
	PQclear(argument);
}

static void
statement_broken(struct db *db, const struct db_statement *statement,
    const char *reason, const char *about)
{
	db->failure = DB_BROKEN;
	log_error("db", "failure=broken statement=%s at=%s:%d reason=\"%s%s\"",
	    statement->name, statement->file, statement->line, reason, about);
}

/* Whether what came back is what was declared. */
static bool
result_holds(struct db *db, const struct db_result *result)
{
	const struct db_statement *statement = result->statement;
	const int rows = PQntuples(result->result);
	int row, column;

	if (statement->is_single && rows > 1) {
		statement_broken(db, statement, "more than one row", "");
		return false;
	}
	if (statement->column_count == 0)
		return true;
	if (PQnfields(result->result) != statement->column_count) {
		statement_broken(db, statement, "wrong number of columns", "");
		return false;
	}
	for (column = 0; column < statement->column_count; column++) {
		const struct db_column *declared = &statement->columns[column];

		if (!db_type_fits(
			declared->type, PQftype(result->result, column))) {
			statement_broken(db, statement, "wrong type of column ",
			    declared->name);
			return false;
		}
		for (row = 0; row < rows && !declared->is_nullable; row++) {
			if (!PQgetisnull(result->result, row, column))
				continue;
			statement_broken(
			    db, statement, "NULL in column ", declared->name);
			return false;
		}
	}
	return true;
}

/* Sends a statement; false with the failure marked. */
static bool
statement_start(struct db *db, const struct db_statement *statement,
    const struct db_value *values)
{
	struct db_encoded encoded;
	const char *missing;

	if (db->failure != DB_FINE)
		return false;
	if (db->connection == NULL ||
	    PQtransactionStatus(db->connection) != PQTRANS_INTRANS) {
		statement_broken(db, statement, "no transaction", "");
		return false;
	}
	missing = db_encode(db->arena, statement, values, &encoded);
	if (missing != NULL) {
		statement_broken(db, statement, "NULL in parameter ", missing);
		return false;
	}
	if (PQsendQueryPrepared(db->connection, statement->name,
		statement->parameter_count, encoded.values, encoded.lengths,
		encoded.formats, 1) == 0) {
		fail_from_silence(db, statement->name, DB_LOST);
		return false;
	}
	return true;
}

const struct db_result *
db_run(struct db *db, const struct db_statement *statement,
    const struct db_value *values)
{
	const int64_t start = db_now();
	struct db_result *result;
	enum db_answer answer;

	if (!statement_start(db, statement, values))
		return NULL;
	result = arena_alloc(db->arena, sizeof(*result));
	result->db = db;
	result->statement = statement;
	answer = db_answer(
	    db, start + db->wait_call * INT64_C(1000), &result->result);
	db->calls++;
	db->microseconds += db_now() - start;
	if (answer != DB_ANSWERED) {
		fail_from_silence(db, statement->name, answer);
		return NULL;
	}
	arena_cleanup(db->arena, result_clear, result->result);
	switch (PQresultStatus(result->result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
		return result_holds(db, result) ? result : NULL;
	case PGRES_FATAL_ERROR:
		fail_from_result(
		    db, statement->name, statement, result->result);
		return NULL;
	default:
		statement_broken(db, statement, "not a query", "");
		db_close(db);
		return NULL;
	}
}
