/*
 * How replies are valued, shared by deciding a round and by giving its
 * reasons.
 */
#ifndef MATCHING_REPLIES_H
#define MATCHING_REPLIES_H

#include "matching/round.h"

/* A round with the lowest rate of the replies that count. */
struct replies {
	const struct round *round;
	int64_t lowest_rate_pence;
};

/* Whether it is an acceptance in time, at a rate the policy allows. */
bool reply_counts(const struct policy *policy, const struct round_offer *offer);

/* The lowest rate of the replies that count, or 0. */
int64_t replies_lowest_rate(const struct round *round);

/* The score of a reply for a step, in hundredths of 0-100. */
int32_t reply_score(const struct replies *replies,
    const struct policy_step *step, const struct round_offer *offer);

#endif
