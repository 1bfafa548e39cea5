/*
 * `hearth jobs`: the process that does what happens later. Each step is a
 * function that does one unit of work in transactions of its own, so that the
 * process may end, or be killed, at any instant and nothing is lost.
 */
#ifndef MESSAGES_JOBS_H
#define MESSAGES_JOBS_H

#include <stdbool.h>

#include "base/config.h"
#include "base/db.h"

struct arena;
struct transport;

struct jobs {
	struct config config;
	struct arena *arena; /* reset before each transaction */
	struct db *db;
	struct transport *transport;
	enum db_failure failure; /* of the last jobs_run that failed */
};

/*
 * Runs `work` in a transaction and commits it, again up to three times on a
 * conflict. `work` must therefore do nothing but read and write the database,
 * and set `argument` anew. False when it was not committed.
 */
bool jobs_run(struct jobs *jobs,
    void (*work)(struct jobs *jobs, void *argument), void *argument);

/* Whether the process was asked to end. */
bool jobs_is_ending(void);

/* Waits, or returns at once when the process is asked to end. */
void jobs_pause(int milliseconds);

/*
 * What a step gives: more to do at once, nothing now, or a failure that has
 * been logged.
 */
enum jobs_answer {
	JOBS_MORE,
	JOBS_IDLE,
	JOBS_FAILED,
};

/* Sends the mail that is most due, if there is one. */
enum jobs_answer jobs_send(struct jobs *jobs);

/*
 * Works out when half of a round's reply time has gone, reminds who has not
 * answered by then, and asks staff to telephone whom mail has not reached
 * before then.
 */
enum jobs_answer jobs_remind(struct jobs *jobs);

/*
 * Settles the rounds whose time is up, each in a transaction of its own: one
 * that cannot be settled holds up no other.
 */
enum jobs_answer jobs_settle(struct jobs *jobs);

/*
 * Notes that care has started where its start has come, and ends it where its
 * planned end has, each package in a transaction of its own.
 */
enum jobs_answer jobs_start_care(struct jobs *jobs);

/*
 * Has the file looked through for viruses that waits longest, by the scanner of
 * HEARTH_CLAMD. Without one it is taken as clean, with the note that nobody
 * looked. One that the scanner cannot look at thrice is locked away.
 */
enum jobs_answer jobs_scan(struct jobs *jobs);

/*
 * Holds one organisation a turn against the gates of its frameworks, each once
 * a day, and tells both sides when a fact ends soon.
 */
enum jobs_answer jobs_gates(struct jobs *jobs);

#endif
