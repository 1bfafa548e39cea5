/*
 * Settling rounds of offers: the one way in which replies, withdrawals and
 * the passing of time become placements, next waves or waiting. Knows no
 * request: pages, replies and the jobs process call the same functions.
 */
#ifndef OFFERS_SETTLE_H
#define OFFERS_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/db.h"
#include "matching/policy.h"
#include "offers/matches.sql.h"
#include "offers/settle.sql.h"

/* What the acts on offers work with. */
struct offer_work {
	struct db *db;
	struct arena *arena;
	const char *address; /* of Hearth, for links in mail */
	/* Of an act on a whole bundle, see offers/notices.h; or NULL. */
	struct notice_gathering *gathering;
};

/* A round that is open to this session, its package locked. */
struct settling {
	const struct offer_work *work;
	int64_t council;
	const struct round_now *round;
	const struct policy *policy;
	int64_t now; /* read after the lock */
};

/*
 * Does what rows and clock already determine for a round: the winner placed,
 * the others told, the next wave asked, or the package back to waiting. Does
 * nothing to a settled round, and to one that must wait; being late delays
 * but never changes a winner, as a reply counts by when it came. False when
 * the session has no business with the round, or the request has failed.
 *
 * The placement of a winner is its last award, by which later ties are broken,
 * unless it comes to nothing: when its care is called off before it starts, by
 * whomever, the award before it is the last again (placement_capacity()).
 */
bool offer_round_settle(
    const struct offer_work *work, int64_t council, int64_t round);

/*
 * The same in three, for acts on a round: opens (NULL as above), which settles
 * it as above, so that the act is judged by what had come about before it;
 * decides and writes once more, after the act; closes. Nothing of the council
 * is visible to a provider's session before opening and after closing.
 */
const struct settling *settle_open(
    const struct offer_work *work, int64_t council, int64_t round);
void settle_decide(const struct settling *settling);
void settle_close(const struct settling *settling);

/*
 * Settles the live round of a package if its reply time has passed, before a
 * page shows it. True when it had, so that the package is to be read again.
 */
bool offer_round_settle_due(
    const struct offer_work *work, int64_t council, int64_t package);

/*
 * The lock of every act of the council on a package: takes it, with those of
 * an open bundle that it is in, settles the live round, and gives the package
 * as it is then. NULL when there is none.
 */
const struct match_id *offer_package_lock(
    const struct offer_work *work, int64_t council, const char *reference);

/*
 * Withdraws what is open in a package's live round and ends the round, with
 * the reason that the providers are told. The caller acts for the council and
 * holds the package by offer_package_lock(). Number of the round, or 0 when
 * none is live. The package keeps waiting. An open bundle that it is in is
 * withdrawn whole: its other packages wait again, and their brokers are told.
 */
int32_t offer_round_withdraw(const struct offer_work *work, int64_t council,
    int64_t package, const char *reason);

/*
 * Where a round waits for a broker after no reply: the next are asked, or the
 * offers start again, as the policy says. The caller acts for the council and
 * holds the package by offer_package_lock(). False when no round waits.
 */
bool offer_round_go_on(const struct offer_work *work, int64_t council,
    int64_t package, int64_t account);

#endif
