/*
 * What the files of base/db share, and libpq with it. Nothing outside
 * base/db*.c includes this.
 */
#ifndef BASE_DB_INTERNAL_H
#define BASE_DB_INTERNAL_H

#include <libpq-fe.h>

#include "base/db.h"

/* Milliseconds. A request waits no longer than DB_WAIT_CALL to begin. */
enum {
	DB_WAIT_CONNECT = 2000,
	DB_WAIT_CALL = 4000,
	DB_WAIT_PROBE = 2000, /* connect and BEGIN of the probing worker */
	DB_WAIT_REST = 2000,
};

struct db {
	PGconn *connection;
	struct db_health *health;
	struct arena *arena;
	const struct db_statement *const *statements;
	int statement_count;
	enum db_failure failure;
	bool is_taken; /* a unique value was there already */
	bool is_probing;
	int wait_call; /* milliseconds that a statement may take */
	int calls;
	int64_t microseconds;
};

struct db_result {
	struct db *db;
	PGresult *result;
	const struct db_statement *statement;
};

/* How a command ended. */
enum db_answer {
	DB_ANSWERED, /* with a result, which may be an error */
	DB_LATE,     /* not before the deadline */
	DB_LOST,     /* the connection ended */
};

/* The monotonic clock, in microseconds. */
int64_t db_now(void);

/*
 * Opens a connection before `deadline`, without preparing anything. False
 * with the failure set and logged.
 */
bool db_open(struct db *db, int64_t deadline);

/* Prepares every statement; one that cannot be is logged and left out. */
bool db_prepare(struct db *db, int64_t deadline);

/* Closes the connection, if there is one, without waiting. */
void db_close(struct db *db);

/* Waits until the next result can be taken without blocking. */
enum db_answer db_wait(struct db *db, int64_t deadline);

/*
 * Waits for the whole answer to the command that was sent. `*result` is its
 * last result (to be cleared), or NULL when it did not answer.
 */
enum db_answer db_answer(struct db *db, int64_t deadline, PGresult **result);

/* Tells all workers that the server does, or does not, answer in time. */
void db_health_up(struct db *db);
void db_health_down(struct db *db);

/* The type of a parameter, and whether a result's column may be read so. */
Oid db_type_oid(enum db_type type);
bool db_type_fits(enum db_type type, Oid oid);
const char *db_type_name(enum db_type type);

/* The types of all parameters; false when there are more than may be. */
bool db_parameter_types(const struct db_statement *statement,
    Oid oids[static DB_PARAMETER_MAXIMUM]);

/* Parameters as libpq takes them, in binary. */
struct db_encoded {
	const char **values;
	int *lengths;
	int *formats;
};

/*
 * Encodes the values of a statement into the arena. Gives the name of the
 * parameter that must not be NULL and is, or NULL when all are good.
 */
const char *db_encode(struct arena *arena, const struct db_statement *statement,
    const struct db_value *values, struct db_encoded *encoded);

#endif
