/*
 * Acts on one offer under its package's lock: replies, withdrawals of
 * acceptances, and the council's word on a later start.
 */
#ifndef OFFERS_REPLIES_H
#define OFFERS_REPLIES_H

#include "offers/replies.sql.h"
#include "offers/settle.h"
#include "rates/package_week.h"

/*
 * The card that an offer was priced by when it was sent, for what the package
 * said then: its price is the same for ever.
 */
const struct week_card *offer_week_card(
    struct db *db, struct arena *arena, const struct offer_terms *terms);

/* A reply, by the provider itself or written down by a broker. */
struct offer_reply {
	bool is_acceptance;
	int64_t start_at;      /* of an acceptance */
	int64_t introduced_at; /* 0 where the policy asks for none, as next */
	int64_t rate_pence;
	const char *reason;  /* of a decline: a code of care_term */
	const char *note;    /* "" = none */
	const char *told_by; /* who telephoned it; "" = replied here */
	int64_t account_id;  /* who wrote it */
};

/*
 * Gives a reply and does what follows from it. The round is open to this
 * session and the offer stands at "sent", both seen under the lock.
 */
void offer_reply_give(const struct settling *settling,
    const struct offer_act *offer, const struct offer_reply *reply);

/*
 * Withdraws an acceptance, with the reason in words. One that was chosen ends
 * its placement, which has not started, and the package waits again.
 */
void offer_acceptance_withdraw(const struct settling *settling,
    const struct offer_act *offer, const char *reason);

/* Agrees to a proposed later start, or refuses it. */
void offer_start_judge(const struct settling *settling,
    const struct offer_act *offer, bool is_agreed, const char *reason);

#endif
