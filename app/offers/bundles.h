/*
 * Offers of several packages to one provider, answered as one. Each has its
 * round and settles by its own policy; here is what holds them together: one
 * lock of all, one answer for all, one mail.
 */
#ifndef OFFERS_BUNDLES_H
#define OFFERS_BUNDLES_H

#include "offers/bundles.sql.h"
#include "offers/settle.h"

enum { OFFER_BUNDLE_MOST = 6 }; /* packages of one bundle */

/* One answer to all offers of a bundle, by the provider or written down. */
struct bundle_reply {
	bool is_acceptance;
	const int64_t *start_at;      /* of an acceptance, for each package */
	const int64_t *introduced_at; /* 0 where the policy asks for none */
	int64_t rate_pence;           /* for all: they share one framework */
	const char *reason;           /* of a decline: a code of care_term */
	const char *note;             /* "" = none */
	const char *told_by;          /* who telephoned it; "" = replied here */
	int64_t account_id;           /* who wrote it */
};

/*
 * Takes the lock of all packages of the bundle and does what the passing of
 * time has already determined. What is read of the bundle after this stays
 * until the transaction ends, but for the clock. False as of
 * offer_round_settle().
 */
bool bundle_settle(
    const struct offer_work *work, int64_t council, int64_t bundle);

/*
 * Answers all offers of a bundle, whose lock is held and which stood at "sent"
 * under it. Should the reply time end between two of them, the request fails
 * as by a conflict, so that it is run again and nothing of it is kept.
 */
void bundle_reply_give(const struct offer_work *work,
    const struct bundle_page *bundle, const struct bundle_reply *reply);

#endif
