/* Acts on one offer. */
#include "offers/replies.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "offers/match.h"
#include "offers/notices.h"

static void
audit(const struct settling *settling, const struct offer_act *offer,
    const char *act)
{
	const struct offer_work *work = settling->work;

	audit_add_for_council(work->db, act, "offer", offer->reference,
	    arena_printf(work->arena,
		"{\"package\": \"%s\", \"round\": %" PRId32 "}",
		offer->package_reference, settling->round->number),
	    settling->council);
}

const struct week_card *
offer_week_card(
    struct db *db, struct arena *arena, const struct offer_terms *terms)
{
	return week_card_load(db, arena,
	    &(struct week_terms) {
		.document = terms->card_document,
		.band_seconds = terms->band_seconds,
		.band_percents = terms->band_percents,
		.needs = terms->need_names,
		.age = terms->age_name,
		.is_individual = terms->has_individual_pence,
	    });
}

/* What the week that was offered costs at the rate of a reply. */
static int64_t
week_pence(const struct settling *settling, int64_t offer, int64_t rate_pence)
{
	struct db *db = settling->work->db;
	const struct offer_terms *terms = offer_terms(
	    db, settling->council, offer);
	struct arena *arena = settling->work->arena;

	if (terms == NULL)
		return 0;
	return week_price(arena, offer_week_card(db, arena, terms), rate_pence,
	    week_line_list_of_version(db, settling->council, terms->package_id,
		terms->package_version))
	    .total_pence;
}

static void
acceptance_write(const struct settling *settling, const struct offer_act *offer,
    const struct offer_reply *reply)
{
	bool has_rate = reply->rate_pence != 0;
	int64_t price = has_rate
	                    ? week_pence(settling, offer->id, reply->rate_pence)
	                    : 0;

	offer_accept(settling->work->db, settling->council, offer->id,
	    settling->now, reply->account_id, reply->told_by, reply->start_at,
	    reply->introduced_at, has_rate ? &reply->rate_pence : NULL,
	    has_rate ? &price : NULL, reply->note);
}

void
offer_reply_give(const struct settling *settling, const struct offer_act *offer,
    const struct offer_reply *reply)
{
	struct db *db = settling->work->db;

	if (reply->is_acceptance)
		acceptance_write(settling, offer, reply);
	else
		offer_decline(db, settling->council, offer->id, settling->now,
		    reply->account_id, reply->told_by, reply->reason,
		    reply->note);
	task_finish(db, settling->council, "telephone_offer",
	    settling->round->package_id, &offer->id, &reply->account_id);
	audit(settling, offer,
	    reply->is_acceptance ? "offer.accept" : "offer.decline");
	settle_decide(settling);
}

void
offer_acceptance_withdraw(const struct settling *settling,
    const struct offer_act *offer, const char *reason)
{
	struct db *db = settling->work->db;
	int64_t package = settling->round->package_id;

	offer_retract(db, settling->council, offer->id, settling->now, reason);
	audit(settling, offer, "offer.withdraw_acceptance");
	if (strcmp(offer->standing, "chosen") != 0) {
		task_finish(db, settling->council, "confirm_start", package,
		    &offer->id, NULL);
		settle_decide(settling);
		return;
	}
	audit_add_for_council(db, "placement.end", "placement",
	    placement_end_of_offer(
		db, settling->council, offer->id, settling->now, reason),
	    arena_printf(settling->work->arena, "{\"package\": \"%s\"}",
		offer->package_reference),
	    settling->council);
	package_wait_resume(db, settling->council, package, settling->now);
	notice_broker(settling->work, settling->council, package, 0,
	    "waits_again", "package_waits_again",
	    "The provider withdrew its acceptance, so it waits again");
}

void
offer_start_judge(const struct settling *settling,
    const struct offer_act *offer, bool is_agreed, const char *reason)
{
	struct db *db = settling->work->db;

	task_finish(db, settling->council, "confirm_start",
	    settling->round->package_id, &offer->id, NULL);
	audit(settling, offer,
	    is_agreed ? "offer.confirm_start" : "offer.refuse_start");
	if (is_agreed) {
		offer_start_confirm(
		    db, settling->council, offer->id, settling->now);
	} else {
		offer_start_refuse(
		    db, settling->council, offer->id, settling->now, reason);
		notice_providers(settling->work, settling->council,
		    (struct int64_list) { &offer->id, 1 }, NOTICE_START_REFUSED,
		    0);
	}
	settle_decide(settling);
}
