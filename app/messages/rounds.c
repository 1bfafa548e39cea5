/*
 * The steps of `hearth jobs` for what the passing of time decides about
 * offers and care. What is decided is offers' matter.
 */
#include <inttypes.h>

#include "base/log.h"
#include "messages/jobs.h"
#include "offers/settle.h"
#include "placements/end.h"
#include "placements/placements.sql.h"
#include "placements/start.h"

enum { ROUNDS_A_TURN = 100, STARTS_A_TURN = 100 };

/* Copied, since the arena ends with each transaction. */
struct rounds_due {
	struct round_due row[ROUNDS_A_TURN];
	size_t count;
};

static void
find(struct jobs *jobs, void *argument)
{
	struct rounds_due *due = argument;
	const struct round_due_list list = round_due_list(
	    jobs->db, ROUNDS_A_TURN);

	for (due->count = 0; due->count < list.count; due->count++)
		due->row[due->count] = list.row[due->count];
}

static void
settle(struct jobs *jobs, void *argument)
{
	const struct round_due *due = argument;
	const struct offer_work work = {
		.db = jobs->db,
		.arena = jobs->arena,
		.address = jobs->config.address,
	};

	offer_round_settle(&work, due->council_id, due->round_id);
}

enum jobs_answer
jobs_settle(struct jobs *jobs)
{
	struct rounds_due due = { .count = 0 };
	enum jobs_answer answer = JOBS_IDLE;
	size_t i;

	if (!jobs_run(jobs, find, &due))
		return JOBS_FAILED;
	for (i = 0; i < due.count && !jobs_is_ending(); i++) {
		if (jobs_run(jobs, settle, &due.row[i])) {
			log_info("jobs", "step=settle round=%" PRId64,
			    due.row[i].round_id);
			continue;
		}
		log_error("jobs", "step=settle round=%" PRId64 " failure=%d",
		    due.row[i].round_id, (int)jobs->failure);
		answer = JOBS_FAILED;
		if (jobs->failure == DB_UNREACHABLE)
			break;
	}
	return answer;
}

/* As struct rounds_due. */
struct starts_due {
	struct placement_due row[STARTS_A_TURN];
	size_t count;
};

static void
starts_find(struct jobs *jobs, void *argument)
{
	struct starts_due *due = argument;
	const struct placement_due_list list = placement_due_list(
	    jobs->db, STARTS_A_TURN);

	for (due->count = 0; due->count < list.count; due->count++)
		due->row[due->count] = list.row[due->count];
}

static void
start(struct jobs *jobs, void *argument)
{
	const struct placement_due *due = argument;
	const struct offer_work work = {
		.db = jobs->db,
		.arena = jobs->arena,
		.address = jobs->config.address,
	};

	placement_package_lock(jobs->db, due->council_id, due->package_id);
	care_start(jobs->db, jobs->arena, due->council_id, due->package_id);
	care_end(&work, due->council_id, due->package_id, true);
}

enum jobs_answer
jobs_start_care(struct jobs *jobs)
{
	struct starts_due due = { .count = 0 };
	enum jobs_answer answer;

	if (!jobs_run(jobs, starts_find, &due))
		return JOBS_FAILED;
	answer = due.count == STARTS_A_TURN ? JOBS_MORE : JOBS_IDLE;
	for (size_t i = 0; i < due.count && !jobs_is_ending(); i++) {
		if (jobs_run(jobs, start, &due.row[i]))
			continue;
		log_error("jobs", "step=start package=%" PRId64 " failure=%d",
		    due.row[i].package_id, (int)jobs->failure);
		answer = JOBS_FAILED;
		if (jobs->failure == DB_UNREACHABLE)
			break;
	}
	return answer;
}
