/*
 * What the tests of the database layer share: a database behind the proxy, a
 * table db_test, and statements as the generator would write them.
 */
#ifndef PAGES_SUPPORT_DB_H
#define PAGES_SUPPORT_DB_H

#include "base/arena.h"
#include "base/db.h"
#include "support_proxy.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof(*(array))))

/* A statement as the generator would write it. */
#define STATEMENT(called, text, given, gives)                                  \
	const struct db_statement called = {                                   \
		.name = #called,                                               \
		.sql = text,                                                   \
		.file = "app/test.sql",                                        \
		.line = __LINE__,                                              \
		.sql_line = __LINE__ + 1,                                      \
		.parameters = given,                                           \
		.parameter_count = COUNT(given),                               \
		.columns = gives,                                              \
		.column_count = COUNT(gives),                                  \
		.is_single = true,                                             \
	}

/* One that gives nothing. */
#define COMMAND(called, text)                                                  \
	const struct db_statement called = {                                   \
		.name = #called,                                               \
		.sql = text,                                                   \
		.file = "app/test.sql",                                        \
		.line = __LINE__,                                              \
		.sql_line = __LINE__ + 1,                                      \
	}

extern const struct db_column number[1]; /* without a name */

extern struct arena *arena;
extern struct db *db;
extern struct db_health *health;

/* Gives its argument plus one; gives the id of the server's process. */
extern const struct db_statement plus_one;
extern const struct db_statement backend;
/* Adds an id to db_test; counts it. */
extern const struct db_statement thing_add;
extern const struct db_statement thing_count;

/* The monotonic clock. */
int64_t milliseconds(void);

/* Runs a command past the proxy, as the superuser. */
void other_run(const char *sql);

/* A statement with one bigint; the first value of its result. */
const struct db_result *run(
    const struct db_statement *statement, int64_t argument);
int64_t run_number(const struct db_statement *statement, int64_t argument);

/* Attaches and begins, as a request does; fails the test if it cannot. */
void begin(void);

/* For cmocka: around each test a request; around all, proxy and table. */
int begin_each(void **state);
int rollback_each(void **state);
int suite_begin(void **state);
int suite_end(void **state);

#define TEST(called)                                                           \
	cmocka_unit_test_setup_teardown(called, begin_each, rollback_each)

#endif
