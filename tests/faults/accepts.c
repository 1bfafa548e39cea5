/*
 * Accepts that race, and accepts that wait on a lock until the offer's time
 * is up, through the same functions that the pages call. Run by accepts.sh,
 * which prepares the data (accepts.sql) and counts again in the database.
 *
 *     accepts race FIRST LAST      eight providers accept each package at once
 *     accepts expiry FIRST LAST    one accepts behind a lock past the deadline
 */
#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "base/secret.h"
#include "offers/replies.h"
#include "offers/settle.h"

enum { RUNNERS = 8, MOST_TRIES = 50, DEADLINE_MS = 120, LATE_MS = 40 };

enum answer { ACCEPTED, TAKEN, EXPIRED, FAILED, ANSWERS };

struct shared {
	pthread_barrier_t start;
	int64_t count[RUNNERS][ANSWERS];
};

struct runner {
	int number; /* 1 to RUNNERS */
	struct arena *arena;
	struct db *db;
};

static struct runner
runner_new(int number)
{
	return (struct runner) {
		.number = number,
		.arena = arena_new(64 << 20),
		.db = db_new(NULL),
	};
}

/* As dispatch does it: the session of the request, which sets the tenant. */
static const struct session_row *
session_of(const struct runner *runner)
{
	unsigned char *hash = arena_alloc(runner->arena, SECRET_HASH_SIZE);
	const char *email = arena_printf(
	    runner->arena, "runner%d@race.example", runner->number);

	secret_hash(email, strlen(email), hash);
	return session_begin(
	    runner->db, (struct bytes) { hash, SECRET_HASH_SIZE });
}

static enum answer
accept_once(const struct runner *runner, const char *reference)
{
	const struct offer_work work = {
		.db = runner->db,
		.arena = runner->arena,
		.address = "http://127.0.0.1",
	};
	const struct session_row *session = session_of(runner);
	const struct settling *settling;
	const struct offer_act *offer;
	enum answer answer = ACCEPTED;

	if (session == NULL)
		return FAILED;
	offer = offer_act_by_reference(
	    runner->db, reference, &session->organisation_id, NULL);
	if (offer == NULL)
		return FAILED;
	settling = settle_open(&work, offer->council_id, offer->round_id);
	if (settling == NULL)
		return FAILED;
	offer = offer_act_by_reference(
	    runner->db, reference, &session->organisation_id, NULL);
	if (offer == NULL)
		return FAILED;
	if (strcmp(offer->standing, "sent") == 0)
		offer_reply_give(settling, offer,
		    &(struct offer_reply) {
			.is_acceptance = true,
			.start_at = settling->now + CLOCK_DAY,
			.note = "",
			.told_by = "",
			.account_id = session->account_id,
		    });
	else if (strcmp(offer->standing, "taken") == 0)
		answer = TAKEN;
	else if (strcmp(offer->standing, "no_reply") == 0)
		answer = EXPIRED;
	else
		answer = FAILED;
	settle_close(settling);
	return answer;
}

/* A request: one transaction, run again on a conflict. */
static enum answer
accept_offer(const struct runner *runner, const char *reference)
{
	for (int i = 0; i < MOST_TRIES; i++) {
		enum answer answer;

		db_attach(runner->db, runner->arena);
		if (!db_begin(runner->db))
			break;
		answer = accept_once(runner, reference);
		if (db_failure(runner->db) == DB_FINE && db_commit(runner->db))
			return answer;
		if (db_failure(runner->db) != DB_CONFLICT)
			break;
		db_rollback(runner->db);
	}
	return FAILED;
}

static void
race(const struct runner *runner, struct shared *shared, int first, int last)
{
	char reference[32];

	for (int i = first; i <= last; i++) {
		snprintf(reference, sizeof(reference), "OR%d%07d",
		    runner->number, i);
		pthread_barrier_wait(&shared->start);
		arena_reset(runner->arena);
		shared->count[runner->number - 1]
			     [accept_offer(runner, reference)]++;
	}
}

static void
sleep_ms(int milliseconds)
{
	struct timespec time = { milliseconds / 1000,
		(long)(milliseconds % 1000) * 1000000 };

	while (nanosleep(&time, &time) != 0 && errno == EINTR)
		continue;
}

/* The blocker: holds the package's lock past the deadline, then lets go. */
struct blocker {
	PGconn *connection;
	pthread_t thread;
};

static void
execute(PGconn *connection, const char *text)
{
	PGresult *result = PQexec(connection, text);

	if (PQresultStatus(result) != PGRES_COMMAND_OK &&
	    PQresultStatus(result) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s: %s", text, PQerrorMessage(connection));
		exit(1);
	}
	PQclear(result);
}

static void *
blocker_release(void *argument)
{
	const struct blocker *blocker = argument;

	sleep_ms(DEADLINE_MS + LATE_MS);
	execute(blocker->connection, "ROLLBACK");
	return NULL;
}

static void
expiry_trial(const struct runner *runner, struct shared *shared,
    struct blocker *blocker, int number)
{
	char text[512], reference[32];

	snprintf(text, sizeof(text),
	    "WITH due AS (UPDATE offer_round r SET reply_by = clock_now()"
	    " + interval '%d ms' FROM package k WHERE k.id = r.package_id"
	    " AND k.reference = 'CR%07d' RETURNING r.id, r.reply_by)"
	    " UPDATE offer o SET reply_by = d.reply_by FROM due d"
	    " WHERE o.round_id = d.id",
	    DEADLINE_MS, number);
	execute(blocker->connection, text);
	execute(blocker->connection, "BEGIN");
	snprintf(text, sizeof(text),
	    "SELECT FROM package WHERE reference = 'CR%07d' FOR UPDATE",
	    number);
	execute(blocker->connection, text);
	pthread_create(&blocker->thread, NULL, blocker_release, blocker);
	snprintf(
	    reference, sizeof(reference), "OR%d%07d", runner->number, number);
	arena_reset(runner->arena);
	shared->count[runner->number - 1][accept_offer(runner, reference)]++;
	pthread_join(blocker->thread, NULL);
}

static void
expiry(const struct runner *runner, struct shared *shared, int first, int last)
{
	static const char *const names[] = { "user", NULL };
	static const char *const values[] = { "postgres", NULL };
	struct blocker blocker = {
		.connection = PQconnectdbParams(names, values, 0),
	};

	if (PQstatus(blocker.connection) != CONNECTION_OK) {
		fputs(PQerrorMessage(blocker.connection), stderr);
		exit(1);
	}
	for (int i = first + runner->number - 1; i <= last; i += RUNNERS)
		expiry_trial(runner, shared, &blocker, i);
	PQfinish(blocker.connection);
}

static struct shared *
shared_new(void)
{
	struct shared *shared = mmap(NULL, sizeof(*shared),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_barrierattr_t attributes;

	if (shared == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	pthread_barrierattr_init(&attributes);
	pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&shared->start, &attributes, RUNNERS);
	return shared;
}

static bool
runners_end(void)
{
	bool is_fine = true;
	int status;

	for (int i = 0; i < RUNNERS; i++)
		is_fine = wait(&status) > 0 && status == 0 && is_fine;
	return is_fine;
}

int
main(int argc, char **argv)
{
	struct shared *shared = shared_new();
	int64_t sum[ANSWERS] = { 0 };
	bool is_race, is_fine;
	int first, last;

	if (argc != 4) {
		fputs("usage: accepts race|expiry FIRST LAST\n", stderr);
		return 2;
	}
	is_race = strcmp(argv[1], "race") == 0;
	first = (int)strtol(argv[2], NULL, 10);
	last = (int)strtol(argv[3], NULL, 10);
	for (int i = 1; i <= RUNNERS; i++) {
		struct runner runner;

		if (fork() != 0)
			continue;
		runner = runner_new(i);
		(is_race ? race : expiry)(&runner, shared, first, last);
		_exit(0);
	}
	is_fine = runners_end();
	for (int i = 0; i < RUNNERS; i++)
		for (int j = 0; j < ANSWERS; j++)
			sum[j] += shared->count[i][j];
	printf("%s: %d packages: %lld accepted, %lld taken, %lld expired, "
	       "%lld failed\n",
	    argv[1], last - first + 1, (long long)sum[ACCEPTED],
	    (long long)sum[TAKEN], (long long)sum[EXPIRED],
	    (long long)sum[FAILED]);
	if (is_race)
		is_fine = is_fine && sum[ACCEPTED] == last - first + 1 &&
		          sum[TAKEN] == (last - first + 1) * (RUNNERS - 1);
	else
		is_fine = is_fine && sum[EXPIRED] == last - first + 1;
	return is_fine ? 0 : 1;
}
