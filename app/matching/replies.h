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

/* Whether it is an acceptance in time, as the policy allows it. */
bool reply_counts(const struct policy *policy, const struct round_offer *offer);

/* The lowest rate of the replies that count, or 0. */
int64_t replies_lowest_rate(const struct round *round);

/* The score of a reply for a step, in hundredths of 0-100. */
int32_t reply_score(const struct replies *replies,
    const struct policy_step *step, const struct round_offer *offer);

/*
 * By the reply steps, below 0 when `a` comes before `b`. A lead in points of
 * up to `margin` does not count as one: then `b` is said to come first.
 */
int replies_compare(const struct replies *replies, const struct round_offer *a,
    const struct round_offer *b, int32_t margin);

#endif
