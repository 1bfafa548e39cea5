/*
 * The loop of `hearth jobs`: which steps there are and how often, waiting for
 * a database that is away, and ending when asked to.
 */
#include "messages/jobs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "command.h"
#include "messages/jobs.sql.h"
#include "messages/scans.sql.h"
#include "messages/transport.h"

enum {
	ARENA_MAXIMUM = 64 << 20,
	TRIES = 3,
	TURN_MS = 1000,
	WAIT_FIRST_MS = 500,
	WAIT_LONGEST_MS = 10000,
	SEAL_ROWS = 2000,
};

/* --- Asked to end --------------------------------------------------------- */

/* Blocked in the whole process and only ever waited for. */
static sigset_t
ending_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	return set;
}

static bool is_ending;

void
jobs_pause(int milliseconds)
{
	const sigset_t set = ending_signals();
	const struct timespec longest = { milliseconds / 1000,
		(long)(milliseconds % 1000) * 1000000 };

	if (!is_ending && sigtimedwait(&set, NULL, &longest) > 0)
		is_ending = true;
}

bool
jobs_is_ending(void)
{
	jobs_pause(0);
	return is_ending;
}

/* --- Transactions --------------------------------------------------------- */

bool
jobs_run(struct jobs *jobs, void (*work)(struct jobs *jobs, void *argument),
    void *argument)
{
	int tries;

	for (tries = 0; tries < TRIES; tries++) {
		arena_reset(jobs->arena);
		db_attach(jobs->db, jobs->arena);
		if (db_begin(jobs->db))
			work(jobs, argument);
		if (db_failure(jobs->db) == DB_FINE && db_commit(jobs->db))
			return true;
		jobs->failure = db_failure(jobs->db);
		db_rollback(jobs->db);
		if (jobs->failure != DB_CONFLICT)
			return false;
	}
	return false;
}

/* --- Steps ---------------------------------------------------------------- */

static void
seal(struct jobs *jobs, void *argument)
{
	int64_t *sealed = argument;

	*sealed = audit_seal(jobs->db, SEAL_ROWS);
}

static enum jobs_answer
jobs_seal(struct jobs *jobs)
{
	int64_t sealed = 0;

	if (!jobs_run(jobs, seal, &sealed))
		return JOBS_FAILED;
	return sealed >= SEAL_ROWS ? JOBS_MORE : JOBS_IDLE;
}

static void
purge(struct jobs *jobs, void *argument)
{
	int64_t *removed = argument;

	*removed = sessions_purge(jobs->db);
	*removed += once_keys_purge(jobs->db);
	*removed += uploads_purge(jobs->db);
}

static enum jobs_answer
jobs_purge(struct jobs *jobs)
{
	int64_t removed = 0;

	if (!jobs_run(jobs, purge, &removed))
		return JOBS_FAILED;
	if (removed > 0)
		log_info("jobs", "step=purge removed=%lld", (long long)removed);
	return JOBS_IDLE;
}

struct step {
	const char *name;
	int every_ms;
	enum jobs_answer (*run)(struct jobs *jobs);
};

static const struct step steps[] = {
	{ "settle", TURN_MS, jobs_settle },
	{ "remind", TURN_MS, jobs_remind },
	{ "send", TURN_MS, jobs_send },
	{ "scan", TURN_MS, jobs_scan },
	{ "seal", 2 * TURN_MS, jobs_seal },
	{ "start", 30 * TURN_MS, jobs_start_care },
	{ "gates", 60 * TURN_MS, jobs_gates },
	{ "purge", 600 * TURN_MS, jobs_purge },
};

enum { STEP_COUNT = sizeof(steps) / sizeof(*steps) };

/* --- The loop ------------------------------------------------------------- */

static int64_t
milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * One unit of each step that is due. False when the database is away: the
 * other steps would only find that out as well.
 */
static bool
turn(struct jobs *jobs, int64_t due_at[])
{
	size_t i;

	for (i = 0; i < STEP_COUNT && !jobs_is_ending(); i++) {
		const int64_t now = milliseconds_now();
		enum jobs_answer answer;

		if (now < due_at[i])
			continue;
		jobs->failure = DB_FINE;
		answer = steps[i].run(jobs);
		due_at[i] = answer == JOBS_MORE ? now : now + steps[i].every_ms;
		if (answer != JOBS_FAILED)
			continue;
		if (jobs->failure == DB_UNREACHABLE)
			return false;
		log_error("jobs", "step=%s failure=%d", steps[i].name,
		    (int)jobs->failure);
		due_at[i] = now + WAIT_LONGEST_MS;
	}
	return true;
}

static int64_t
earliest(const int64_t due_at[])
{
	int64_t at = due_at[0];
	size_t i;

	for (i = 1; i < STEP_COUNT; i++)
		if (due_at[i] < at)
			at = due_at[i];
	return at;
}

static void
loop(struct jobs *jobs)
{
	int64_t due_at[STEP_COUNT] = { 0 };
	int wait_ms = 0;

	while (!jobs_is_ending()) {
		if (turn(jobs, due_at)) {
			const int64_t left = earliest(due_at) -
			                     milliseconds_now();

			if (wait_ms > 0)
				log_info("jobs", "database=back");
			wait_ms = 0;
			jobs_pause(left > 0 ? (int)left : 0);
			continue;
		}
		if (wait_ms == 0)
			log_error("jobs", "database=away");
		wait_ms = wait_ms == 0 ? WAIT_FIRST_MS : wait_ms * 2;
		if (wait_ms > WAIT_LONGEST_MS)
			wait_ms = WAIT_LONGEST_MS;
		jobs_pause(wait_ms);
	}
}

int
command_jobs(int argc, char **argv)
{
	const sigset_t set = ending_signals();
	struct jobs jobs = { .db = NULL };

	(void)argv;
	if (argc != 1) {
		fputs("usage: hearth jobs\n", stderr);
		return 2;
	}
	if (!config_read(&jobs.config))
		return 2;
	jobs.transport = transport_new(&jobs.config);
	if (jobs.transport == NULL)
		return 1;
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	jobs.arena = arena_new(ARENA_MAXIMUM);
	jobs.db = db_new(NULL);
	log_info("jobs", "started mail=%s",
	    jobs.config.smtp_url != NULL ? "smtp" : "file");
	loop(&jobs);
	log_info("jobs", "ended");
	db_free(jobs.db);
	arena_free(jobs.arena);
	transport_free(jobs.transport);
	return 0;
}
