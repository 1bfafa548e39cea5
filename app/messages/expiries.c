/*
 * The daily step of `hearth jobs` for gates: writes down who is paused or
 * restarted, and tells both sides 60, 30 and 7 days before a fact ends.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "gates/gates.h"
#include "gates/standing.h"
#include "messages/expiries.sql.h"
#include "messages/jobs.h"
#include "messages/messages.h"

static void
mail_provider(struct jobs *jobs, const struct gate_due *due, const char *what,
    const char *until)
{
	struct gate_contact_list contacts = gate_contact_list(
	    jobs->db, due->organisation_id);

	for (size_t i = 0; i < contacts.count; i++) {
		struct mail mail = {
			.kind = "fact_ends",
			.council_id = due->council_id,
			.to_email = contacts.row[i].email,
			.to_name = contacts.row[i].name,
			.subject = arena_printf(
			    jobs->arena, "%s ends on %s", what, until),
			.body = arena_printf(jobs->arena,
			    "%s ends on %s. After that day no packages are "
			    "offered to you until it is renewed.\n\n"
			    "See what is known and send a renewal in Hearth:\n"
			    "%s/our-details/facts\n",
			    what, until, jobs->config.address),
		};

		mail_queue(jobs->db, &mail);
	}
}

static void
mail_council(struct jobs *jobs, const struct gate_due *due, const char *what,
    const char *until)
{
	struct gate_recipient_list people = gate_recipient_list(
	    jobs->db, due->council_id);

	for (size_t i = 0; i < people.count; i++) {
		struct mail mail = {
			.kind = "fact_ends",
			.council_id = due->council_id,
			.to_email = people.row[i].email,
			.to_name = people.row[i].name,
			.subject = arena_printf(jobs->arena,
			    "Provider %s: %s ends on %s",
			    due->organisation_reference, what, until),
			.body = arena_printf(jobs->arena,
			    "%s of provider %s ends on %s. After that day no "
			    "packages are offered to it until it is renewed."
			    "\n\nSee the provider in Hearth:\n"
			    "%s/providers/%s/facts\n",
			    what, due->organisation_reference, until,
			    jobs->config.address, due->organisation_reference),
		};

		mail_queue(jobs->db, &mail);
	}
}

/* Tells of one fact, unless it was told of at this distance before. */
static void
tell(struct jobs *jobs, const struct gate_due *due,
    const struct fact_expiry *expiry)
{
	struct request r = { .arena = jobs->arena };
	const char *what = fact_label(&r, expiry->kind);
	const char *until = day(&r, expiry->closes_on - 1);
	int64_t notice = gate_notice_add(jobs->db, due->council_id,
	    due->organisation_id, expiry->kind, expiry->closes_on,
	    expiry->notice);

	if (notice == 0)
		return;
	mail_provider(jobs, due, what, until);
	mail_council(jobs, due, what, until);
	fact_task_add(jobs->db, due->council_id, notice,
	    arena_printf(jobs->arena, "%s ends on %s", what, until),
	    clock_midnight(expiry->closes_on));
	audit_add_for_council(jobs->db, "fact.warn", "provider",
	    due->organisation_reference,
	    arena_printf(jobs->arena,
		"{\"kind\": \"%s\", \"days\": %" PRId32 "}", expiry->kind,
		expiry->notice),
	    due->council_id);
}

/* A fact that ran out still has to be renewed; one that was need not. */
static void
tasks_finish(struct jobs *jobs, const struct gate_due *due,
    struct fact_expiry_list expiries)
{
	struct fact_task_list tasks = fact_task_list(
	    jobs->db, due->council_id, due->organisation_id, due->today);

	for (size_t i = 0; i < tasks.count; i++) {
		const struct fact_task *task = &tasks.row[i];
		bool still_ends = task->closes_on <= due->today &&
		                  !task->is_renewed;

		for (size_t j = 0; j < expiries.count; j++)
			still_ends |=
			    expiries.row[j].closes_on == task->closes_on &&
			    text_equal(expiries.row[j].kind, task->fact_kind);
		if (!still_ends)
			fact_task_finish(
			    jobs->db, due->council_id, task->task_id);
	}
}

static void
check(struct jobs *jobs, void *argument)
{
	bool *was_due = argument;
	const struct gate_due *due = gate_due_next(jobs->db);
	struct fact_expiry_list expiries;

	*was_due = due != NULL;
	if (due == NULL)
		return;
	standing_check(jobs->db, jobs->arena, due->council_id,
	    due->organisation_id, due->today);
	expiries = fact_expiries(jobs->db, jobs->arena, due->council_id,
	    due->organisation_id, due->today);
	for (size_t i = 0; i < expiries.count; i++)
		tell(jobs, due, &expiries.row[i]);
	tasks_finish(jobs, due, expiries);
}

enum jobs_answer
jobs_gates(struct jobs *jobs)
{
	bool was_due = false;

	if (!jobs_run(jobs, check, &was_due))
		return JOBS_FAILED;
	return was_due ? JOBS_MORE : JOBS_IDLE;
}
