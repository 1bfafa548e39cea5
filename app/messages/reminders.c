/*
 * The steps of `hearth jobs` that go by half of an offer's reply time: when
 * that is, who is reminded then, and which provider must be telephoned before.
 */
#include "messages/jobs.h"
#include "messages/mail_texts.h"
#include "messages/messages.h"
#include "messages/reminders.sql.h"
#include "offers/match.h"
#include "policies/policies.h"

/*
 * When half of the reply time has gone, counted in the policy's hours; half
 * of the way by the clock where the policy cannot say.
 */
static int64_t
half_of(struct jobs *jobs, const struct round_unhalved *round)
{
	struct policy policy;
	int64_t half_at = 0;

	if (policy_read(jobs->arena, round->document, &policy).count == 0) {
		policy.reply_seconds /= 2;
		half_at = reply_deadline(jobs->arena, &policy,
		    policy_holidays(jobs->db, &policy, round->sent_at),
		    round->sent_at);
	}
	if (half_at > round->sent_at && half_at < round->reply_by)
		return half_at;
	return round->sent_at + (round->reply_by - round->sent_at) / 2;
}

static void
halve(struct jobs *jobs, void *argument)
{
	const struct round_unhalved_list list = round_unhalved_list(jobs->db);
	size_t i;

	(void)argument;
	for (i = 0; i < list.count; i++) {
		const struct round_unhalved *round = &list.row[i];

		round_halve(jobs->db, round->council_id, round->id,
		    half_of(jobs, round));
	}
}

static void
remind(struct jobs *jobs, void *argument)
{
	const struct reminder_list list = reminder_list(jobs->db);
	size_t i;

	(void)argument;
	for (i = 0; i < list.count; i++) {
		const struct reminder *reminder = &list.row[i];
		struct mail mail = {
			.kind = "offer_reminder",
			.council_id = reminder->council_id,
			.offer_id = reminder->offer_id,
			.to_email = reminder->to_email,
			.to_name = reminder->to_name,
		};

		mail_text_reminder(jobs->arena, &mail, jobs->config.address,
		    reminder->offer_reference, reminder->bundle_reference,
		    reminder->reply_by);
		mail_queue(jobs->db, &mail);
	}
}

static void
telephone(struct jobs *jobs, void *argument)
{
	(void)argument;
	mail_drop_late(jobs->db);
	telephone_tasks_finish(jobs->db);
	telephone_tasks_hurry(jobs->db);
	telephone_tasks_add(jobs->db);
}

enum jobs_answer
jobs_remind(struct jobs *jobs)
{
	return jobs_run(jobs, halve, NULL) && jobs_run(jobs, remind, NULL) &&
	               jobs_run(jobs, telephone, NULL)
	           ? JOBS_IDLE
	           : JOBS_FAILED;
}
