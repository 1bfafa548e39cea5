/*
 * Sending of the outbox: a mail is taken on a lease, handed over between two
 * transactions, and marked. Killed anywhere, it is sent again after the lease
 * at the most once more than killed, under the same Message-ID.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "messages/backoff.h"
#include "messages/jobs.h"
#include "messages/jobs.sql.h"
#include "messages/letter.h"
#include "messages/mail_name.h"
#include "messages/transport.h"

enum {
	MARK_TRIES = 20,
	MARK_WAIT_MS = 1000,
	REASON_LENGTH = 200,
};

/* What became of a mail; copied, since the arena ends with a transaction. */
struct outcome {
	int64_t id;
	int32_t attempts;
	enum delivery delivery;
	char reason[REASON_LENGTH];
};

static void
take(struct jobs *jobs, void *argument)
{
	const struct mail_due **due = argument;

	*due = mail_take(jobs->db);
}

static void
mark(struct jobs *jobs, void *argument)
{
	const struct outcome *outcome = argument;

	switch (outcome->delivery) {
	case DELIVERED:
		mail_sent(jobs->db, outcome->id, jobs->config.smtp_url == NULL);
		break;
	case DELIVERY_NEVER:
		mail_give_up(jobs->db, outcome->id, outcome->reason);
		break;
	case DELIVERY_LATER:
	case DELIVERY_STOPPED:
		mail_put_off(jobs->db, outcome->id, outcome->reason,
		    backoff_seconds(outcome->attempts));
		break;
	}
}

static struct outcome
hand_over(struct jobs *jobs, const struct mail_due *due)
{
	const struct letter letter = {
		.from = jobs->config.mail_from,
		.to_email = due->to_email,
		.to_name = due->to_name,
		.subject = due->subject,
		.body = due->body,
		.message_id = due->message_id,
		.written_at = due->created_at,
	};
	struct outcome outcome = {
		.id = due->id,
		.attempts = due->attempts,
		.delivery = DELIVERY_NEVER,
	};
	const char *reason;
	const char *text = letter_write(jobs->arena, &letter, &reason);

	if (text != NULL)
		outcome.delivery = transport_send(jobs->transport, jobs->arena,
		    mail_name(jobs->arena, due->created_at, due->message_id),
		    due->to_email, text, &reason);
	if (outcome.delivery == DELIVERY_LATER &&
	    backoff_is_over(due->attempts))
		outcome.delivery = DELIVERY_NEVER;
	snprintf(outcome.reason, sizeof(outcome.reason), "%s", reason);
	return outcome;
}

static void
outcome_log(const struct outcome *outcome, const char *kind)
{
	static const char *const names[] = {
		[DELIVERED] = "sent",
		[DELIVERY_LATER] = "later",
		[DELIVERY_NEVER] = "never",
		[DELIVERY_STOPPED] = "stopped",
	};

	log_info("mail",
	    "id=%" PRId64 " kind=%s attempt=%d outcome=%s reason=\"%s\"",
	    outcome->id, kind, (int)outcome->attempts, names[outcome->delivery],
	    outcome->reason);
}

enum jobs_answer
jobs_send(struct jobs *jobs)
{
	const struct mail_due *due = NULL;
	struct outcome outcome;
	int tries;

	if (!jobs_run(jobs, take, &due))
		return JOBS_FAILED;
	if (due == NULL)
		return JOBS_IDLE;
	outcome = hand_over(jobs, due);
	outcome_log(&outcome, due->kind);
	/* What was sent and cannot be marked would be sent again. */
	for (tries = 0; !jobs_run(jobs, mark, &outcome); tries++) {
		if (tries == MARK_TRIES || jobs_is_ending())
			return JOBS_FAILED;
		jobs_pause(MARK_WAIT_MS);
	}
	return JOBS_MORE;
}
