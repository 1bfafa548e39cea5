/*
 * The step of `hearth jobs` that has files looked through for viruses. A file
 * goes to the scanner part by part, so that its size costs no memory; while the
 * scanner is away files wait, and responses are submitted all the same.
 */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/requests.sql.h"
#include "base/upload.h"
#include "messages/clamd.h"
#include "messages/jobs.h"
#include "messages/scans.sql.h"

enum {
	REFERENCE_SIZE = 16,
	AWAY_SECONDS = 30,
	CANNOT_SECONDS = 60,
	TRIES = 3,
};

/* What outlives the transactions of one file. */
struct scanning {
	bool was_taken;
	int64_t council_id;
	int64_t id;
	int64_t size;
	char reference[REFERENCE_SIZE];
	int32_t number; /* of the part that is read */
	struct bytes part;
	const char *verdict;
	const char *reason;
	bool is_away;
	int32_t attempts;
};

static void
take(struct jobs *jobs, void *argument)
{
	struct scanning *scanning = argument;
	const struct scan *scan = scan_take(jobs->db);

	*scanning = (struct scanning) { .was_taken = scan != NULL };
	if (scan == NULL)
		return;
	scanning->council_id = scan->council_id;
	scanning->id = scan->id;
	scanning->size = scan->size;
	strncpy(scanning->reference, scan->reference,
	    sizeof(scanning->reference) - 1);
}

static void
part_read(struct jobs *jobs, void *argument)
{
	struct scanning *scanning = argument;

	scanning->part = scan_part(
	    jobs->db, scanning->council_id, scanning->id, scanning->number);
}

static void
finish(struct jobs *jobs, void *argument)
{
	const struct scanning *scanning = argument;

	if (scan_finish(jobs->db, scanning->council_id, scanning->id,
		scanning->verdict, scanning->reason) &&
	    text_equal(scanning->verdict, "quarantined"))
		audit_add(jobs->db, "response.upload_quarantine", "file",
		    scanning->reference, NULL);
}

static void
put_off(struct jobs *jobs, void *argument)
{
	struct scanning *scanning = argument;

	scanning->attempts = scan_put_off(jobs->db, scanning->council_id,
	    scanning->id, scanning->is_away ? AWAY_SECONDS : CANNOT_SECONDS,
	    scanning->is_away);
}

static enum jobs_answer
decide(struct jobs *jobs, struct scanning *scanning, const char *verdict,
    const char *reason)
{
	scanning->verdict = verdict;
	scanning->reason = reason;
	return jobs_run(jobs, finish, scanning) ? JOBS_MORE : JOBS_FAILED;
}

/* Nobody was there, or could not look: later, and at last locked away. */
static enum jobs_answer
later(struct jobs *jobs, struct scanning *scanning, bool is_away)
{
	log_error("jobs", "step=scan file=%s scanner=%s", scanning->reference,
	    is_away ? "away" : "cannot");
	scanning->is_away = is_away;
	if (!jobs_run(jobs, put_off, scanning))
		return JOBS_FAILED;
	if (!is_away && scanning->attempts >= TRIES)
		return decide(jobs, scanning, "quarantined",
		    "The virus scanner could not look at it");
	return JOBS_IDLE;
}

/* Sends all parts. False when one could not be read, or is gone by now. */
static bool
parts_send(struct jobs *jobs, struct scanning *scanning, struct clamd *clamd)
{
	int64_t left = scanning->size;

	for (scanning->number = 0; left > 0; scanning->number++) {
		if (!jobs_run(jobs, part_read, scanning) ||
		    scanning->part.length == 0)
			return false;
		clamd_add(clamd, scanning->part);
		left -= (int64_t)scanning->part.length;
	}
	return true;
}

enum jobs_answer
jobs_scan(struct jobs *jobs)
{
	struct scanning scanning = { .was_taken = false };
	char reason[CLAMD_REPLY_MAXIMUM + 32];
	struct clamd clamd;

	if (!jobs_run(jobs, take, &scanning))
		return JOBS_FAILED;
	if (!scanning.was_taken)
		return JOBS_IDLE;
	if (jobs->config.clamd == NULL)
		return decide(jobs, &scanning, "clean", "Not scanned");
	if (!clamd_begin(&clamd, jobs->config.clamd))
		return later(jobs, &scanning, true);
	if (!parts_send(jobs, &scanning, &clamd)) {
		clamd_drop(&clamd);
		return jobs->failure == DB_FINE ? JOBS_MORE : JOBS_FAILED;
	}
	switch (clamd_end(&clamd)) {
	case CLAMD_CLEAN:
		return decide(jobs, &scanning, "clean", "");
	case CLAMD_FOUND:
		snprintf(reason, sizeof(reason), "A virus was found in it: %s",
		    text_is_utf8(clamd.reply, strlen(clamd.reply))
			? clamd.reply
			: "of an odd name");
		log_error(
		    "jobs", "step=scan file=%s found", scanning.reference);
		return decide(jobs, &scanning, "quarantined", reason);
	case CLAMD_CANNOT:
		return later(jobs, &scanning, false);
	case CLAMD_AWAY:
		break;
	}
	return later(jobs, &scanning, true);
}
