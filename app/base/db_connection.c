/*
 * The connection: opened, prepared, waited for, closed, and never for longer
 * than a deadline, because a server that is frozen keeps none of its own
 * limits. Also the word between workers that the server does not answer.
 */
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "base/arena.h"
#include "base/db_internal.h"
#include "base/log.h"

/*
 * 0 while the server answers; else the instant from which one worker may
 * try. Whoever tries moves it on first, so that a worker that dies while
 * trying holds up the next try by no more than that.
 */
struct db_health {
	_Atomic int64_t probe_at;
};

/*
 * The limits that a role should have, for a role that has none. A frozen
 * server is not held to them; the deadlines here are for that.
 */
static const char limits_sql[] =
    "SELECT set_config(name, value, false) FROM (VALUES"
    " ('statement_timeout', '3s'), ('lock_timeout', '1s'),"
    " ('idle_in_transaction_session_timeout', '5s')) AS limits (name, value)"
    " WHERE current_setting(name) = '0'";

int64_t
db_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- Health --------------------------------------------------------------- */

struct db_health *
db_health_new(void)
{
	struct db_health *health = mmap(NULL, sizeof(*health),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (health == MAP_FAILED) {
		log_error("db", "failure=health errno=%d", errno);
		abort();
	}
	atomic_init(&health->probe_at, 0);
	return health;
}

void
db_health_up(struct db *db)
{
	if (db->health != NULL && atomic_load(&db->health->probe_at) != 0) {
		atomic_store(&db->health->probe_at, 0);
		log_info("db", "health=up");
	}
}

void
db_health_down(struct db *db)
{
	if (db->health == NULL)
		return;
	atomic_store(
	    &db->health->probe_at, db_now() + DB_WAIT_REST * INT64_C(1000));
	log_error("db", "health=down");
}

bool
db_is_resting(struct db *db)
{
	int64_t probe_at, now;

	if (db->health == NULL)
		return false;
	probe_at = atomic_load(&db->health->probe_at);
	if (probe_at == 0)
		return false;
	now = db_now();
	if (now < probe_at)
		return true;
	db->is_probing = atomic_compare_exchange_strong(&db->health->probe_at,
	    &probe_at, now + (DB_WAIT_PROBE + DB_WAIT_REST) * INT64_C(1000));
	return !db->is_probing;
}

/* --- Waiting -------------------------------------------------------------- */

/* Polls for `events` until `deadline`: 1 ready, 0 late, -1 broken. */
static int
socket_wait(int socket, short events, int64_t deadline)
{
	struct pollfd poller = { .fd = socket, .events = events };
	int64_t left;
	int ready;

	if (socket < 0)
		return -1;
	do {
		left = deadline - db_now();
		if (left <= 0)
			return 0;
		ready = poll(&poller, 1, (int)((left + 999) / 1000));
	} while (ready < 0 && errno == EINTR);
	return ready;
}

enum db_answer
db_wait(struct db *db, int64_t deadline)
{
	for (;;) {
		const int flushed = PQflush(db->connection);
		short events = POLLIN;
		int ready;

		if (flushed < 0 || PQstatus(db->connection) != CONNECTION_OK)
			return DB_LOST;
		if (flushed == 0 && !PQisBusy(db->connection))
			return DB_ANSWERED;
		if (flushed > 0)
			events |= POLLOUT;
		ready = socket_wait(PQsocket(db->connection), events, deadline);
		if (ready == 0)
			return DB_LATE;
		if (ready < 0 || PQconsumeInput(db->connection) == 0)
			return DB_LOST;
	}
}

enum db_answer
db_answer(struct db *db, int64_t deadline, PGresult **result)
{
	*result = NULL;
	for (;;) {
		enum db_answer answer = db_wait(db, deadline);
		PGresult *next;

		if (answer != DB_ANSWERED) {
			PQclear(*result);
			*result = NULL;
			return answer;
		}
		next = PQgetResult(db->connection);
		if (next == NULL)
			return *result == NULL ? DB_LOST : DB_ANSWERED;
		/* An error is kept: the first thing that went wrong. */
		if (*result != NULL &&
		    PQresultStatus(*result) == PGRES_FATAL_ERROR) {
			PQclear(next);
			continue;
		}
		PQclear(*result);
		*result = next;
		if (PQstatus(db->connection) != CONNECTION_OK)
			return DB_ANSWERED;
	}
}

/* --- Opening -------------------------------------------------------------- */

static void
notice_ignore(void *argument, const char *message)
{
	(void)argument;
	(void)message;
}

void
db_close(struct db *db)
{
	if (db->connection != NULL)
		PQfinish(db->connection);
	db->connection = NULL;
}

/*
 * Says why there is no connection. A refusal is an answer, and quick, so it
 * sets no flag: the first request after the server is back succeeds.
 */
static bool
open_failed(struct db *db, bool is_late)
{
	const char *reason = "no answer in time";

	if (!is_late && db->connection != NULL)
		reason = PQerrorMessage(db->connection);
	log_error("db", "failure=unreachable reason=\"%s\"", reason);
	if (is_late)
		db_health_down(db);
	else
		db_health_up(db);
	db_close(db);
	db->failure = DB_UNREACHABLE;
	return false;
}

static PGconn *
connection_start(void)
{
	/* The rest is libpq's own: PGHOST, PGDATABASE, PGSERVICE ... */
	static const char *const names[] = { "client_encoding",
		"fallback_application_name", "tcp_user_timeout",
		"keepalives_idle", "gssencmode", NULL };
	static const char *const values[] = { "UTF8", "hearth", "3000", "5",
		"disable", NULL };

	return PQconnectStartParams(names, values, 0);
}

bool
db_open(struct db *db, int64_t deadline)
{
	const int64_t latest = db_now() + DB_WAIT_CONNECT * INT64_C(1000);
	PostgresPollingStatusType step = PGRES_POLLING_WRITING;

	if (deadline > latest)
		deadline = latest;
	db_close(db);
	db->connection = connection_start();
	if (db->connection == NULL ||
	    PQstatus(db->connection) == CONNECTION_BAD)
		return open_failed(db, false);
	while (step != PGRES_POLLING_OK) {
		const int ready = socket_wait(PQsocket(db->connection),
		    step == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline);

		if (ready == 0)
			return open_failed(db, true);
		step = PQconnectPoll(db->connection);
		if (step == PGRES_POLLING_FAILED)
			return open_failed(db, false);
	}
	PQsetNoticeProcessor(db->connection, notice_ignore, NULL);
	PQsetnonblocking(db->connection, 1);
	return true;
}

static bool
statement_send(PGconn *connection, const struct db_statement *statement)
{
	Oid types[DB_PARAMETER_MAXIMUM];

	if (!db_parameter_types(statement, types)) {
		log_error("db",
		    "failure=prepare statement=%s at=%s:%d reason=\"takes %d "
		    "parameters, at most %d are possible\"",
		    statement->name, statement->file, statement->line,
		    statement->parameter_count, DB_PARAMETER_MAXIMUM);
		return false;
	}
	return PQsendPrepare(connection, statement->name, statement->sql,
		   statement->parameter_count, types) != 0 &&
	       PQpipelineSync(connection) != 0;
}

/*
 * A role without the rights to a schema cannot prepare what it never uses,
 * so that is not worth a line; running it would fail and say so.
 */
static void
prepare_failed(const struct db_statement *statement, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (state != NULL && strcmp(state, "42501") == 0)
		return;
	log_error("db",
	    "failure=prepare statement=%s at=%s:%d sqlstate=%s reason=\"%s\"",
	    statement->name, statement->file, statement->line,
	    state == NULL ? "" : state,
	    PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}

/*
 * Whether the statement may be prepared another time: a lock was waited for,
 * time ran out, the server was short of something or ending. A connection
 * without it would answer every later request with an error of ours.
 */
static bool
prepare_may_yet(const PGresult *result)
{
	static const char *const classes[] = { "40", "53", "55", "57", "58" };
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	size_t i;

	for (i = 0; state != NULL && i < sizeof(classes) / sizeof(*classes);
	     i++)
		if (strncmp(state, classes[i], 2) == 0)
			return true;
	return false;
}

/* Reads the answers: first of the limits, then of each statement. */
static enum db_answer
prepare_receive(struct db *db, int64_t deadline)
{
	int synchronised = 0;
	bool is_whole = true;

	while (synchronised <= db->statement_count) {
		const enum db_answer answer = db_wait(db, deadline);
		PGresult *result;

		if (answer != DB_ANSWERED)
			return answer;
		result = PQgetResult(db->connection);
		if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			synchronised++;
		else if (PQresultStatus(result) == PGRES_FATAL_ERROR &&
			 result != NULL && synchronised > 0) {
			prepare_failed(
			    db->statements[synchronised - 1], result);
			is_whole = is_whole && !prepare_may_yet(result);
		}
		PQclear(result);
		if (PQstatus(db->connection) != CONNECTION_OK)
			return DB_LOST;
	}
	return is_whole ? DB_ANSWERED : DB_LOST;
}

bool
db_prepare(struct db *db, int64_t deadline)
{
	enum db_answer answer = DB_LOST;
	bool is_sent;
	int i;

	is_sent = PQenterPipelineMode(db->connection) != 0 &&
	          PQsendQueryParams(db->connection, limits_sql, 0, NULL, NULL,
		      NULL, NULL, 0) != 0 &&
	          PQpipelineSync(db->connection) != 0;
	for (i = 0; i < db->statement_count && is_sent; i++)
		is_sent = statement_send(db->connection, db->statements[i]);
	if (is_sent)
		answer = prepare_receive(db, deadline);
	if (answer == DB_ANSWERED && PQexitPipelineMode(db->connection) != 0)
		return true;
	return open_failed(db, answer == DB_LATE);
}
