/*
 * What a reply is worth: which replies count, their values and scores by the
 * policy's reply steps, and their order.
 */
#include "matching/replies.h"

#include "base/arena.h"
#include "matching/criteria.h"
#include "matching/price.h"
#include "matching/score.h"

bool
reply_counts(const struct policy *policy, const struct round_offer *offer)
{
	return offer->state == ROUND_ACCEPTED && offer->starts_at != 0 &&
	       offer->replied_at < offer->reply_by &&
	       (!policy->is_introduced_before_start ||
		   (offer->introduced_at != 0 &&
		       offer->introduced_at < offer->starts_at)) &&
	       (policy->price == PRICE_FIXED ||
		   price_rate_allowed(offer->rate_pence, policy->floor_pence,
		       policy->ceiling_pence));
}

int64_t
replies_lowest_rate(const struct round *round)
{
	int64_t lowest = 0;

	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];

		if (reply_counts(round->policy, offer) &&
		    (lowest == 0 || offer->rate_pence < lowest))
			lowest = offer->rate_pence;
	}
	return lowest;
}

static int64_t
reply_value(const struct replies *replies, const struct policy_step *step,
    const struct round_offer *offer)
{
	const struct round *round = replies->round;

	switch (step->criterion) {
	case CRITERION_CHOICE:
		return offer->is_chosen ? 0 : 1;
	case CRITERION_START:
		return value_start(
		    round->wanted_start_at, offer->starts_at, step->tolerance);
	case CRITERION_PRICE:
		if (round->policy->price == PRICE_FIXED)
			return 0;
		return value_stepped(offer->rate_pence, step->tolerance);
	case CRITERION_FIT:
		return -value_stepped(offer->fit_hundredths, step->tolerance);
	default:
		return 0;
	}
}

int32_t
reply_score(const struct replies *replies, const struct policy_step *step,
    const struct round_offer *offer)
{
	const struct round *round = replies->round;

	switch (step->criterion) {
	case CRITERION_CHOICE:
		return offer->is_chosen ? SCORE_FULL : 0;
	case CRITERION_START:
		return score_start(
		    round->wanted_start_at, offer->starts_at, step->limit);
	case CRITERION_PRICE:
		if (round->policy->price == PRICE_FIXED)
			return SCORE_FULL;
		return score_price(
		    replies->lowest_rate_pence, offer->rate_pence);
	case CRITERION_FIT:
		return offer->fit_hundredths;
	default:
		return 0;
	}
}

static int32_t
reply_points(const struct replies *replies, const struct round_offer *offer)
{
	const struct policy *policy = replies->round->policy;
	int32_t points = 0;

	for (size_t i = 0; i < policy->reply_step_count; i++) {
		const struct policy_step *step = &policy->reply_step[i];

		if (step->action == ACTION_WEIGH)
			points += score_points(
			    step->points, reply_score(replies, step, offer));
	}
	return points;
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int64_t
reply_tie(enum policy_tie tie, const struct round_offer *offer)
{
	return value_tie(tie, offer->last_awarded_at, offer->quality_score,
	    offer->distance_metres, offer->order);
}

static int
compare_ties(const struct policy *policy, const struct round_offer *a,
    const struct round_offer *b)
{
	int order = 0;

	for (size_t i = 0; i < policy->tie_count && order == 0; i++)
		order = compare(
		    reply_tie(policy->tie[i], a), reply_tie(policy->tie[i], b));
	return order;
}

int
replies_compare(const struct replies *replies, const struct round_offer *a,
    const struct round_offer *b, int32_t margin)
{
	const struct policy *policy = replies->round->policy;
	bool has_points = false;

	for (size_t i = 0; i < policy->reply_step_count; i++) {
		const struct policy_step *step = &policy->reply_step[i];
		int order;

		if (step->action == ACTION_PREFER) {
			order = compare(reply_value(replies, step, a),
			    reply_value(replies, step, b));
		} else if (!has_points) {
			int32_t lead = reply_points(replies, a) -
			               reply_points(replies, b);

			has_points = true;
			if (margin != 0)
				return lead > margin ? -1 : 1;
			order = compare(0, lead);
		} else {
			continue;
		}
		if (order != 0)
			return order;
	}
	return compare_ties(policy, a, b);
}

static int
compare_coming(const struct round_offer *a, const struct round_offer *b)
{
	int order = compare(a->replied_at, b->replied_at);

	return order != 0 ? order : compare(a->order, b->order);
}

/* By the policy's way of finding the winner. */
static int
compare_places(const struct replies *replies, const struct round_offer *a,
    const struct round_offer *b)
{
	switch (replies->round->policy->winner) {
	case WINNER_FIRST:
		return compare_coming(a, b);
	case WINNER_RANKED:
		return compare(a->order, b->order);
	case WINNER_BEST:
	case WINNER_COUNT:
		break;
	}
	return replies_compare(replies, a, b, 0);
}

struct round_ranking
round_rank(struct arena *arena, const struct round *round)
{
	const struct replies replies = { round, replies_lowest_rate(round) };
	struct round_ranking ranking = {
		.lowest_rate_pence = replies.lowest_rate_pence,
	};
	struct round_place *place = arena_array(
	    arena, round->count, sizeof(*place));
	const struct policy_step by_price = { .criterion = CRITERION_PRICE };

	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];
		size_t j = ranking.count;

		if (!reply_counts(round->policy, offer))
			continue;
		for (; j > 0; j--) {
			const struct round_offer *before =
			    &round->offer[place[j - 1].offer];

			if (compare_places(&replies, before, offer) <= 0)
				break;
			place[j] = place[j - 1];
		}
		place[j] = (struct round_place) {
			.offer = i,
			.points_hundredths = reply_points(&replies, offer),
			.price_score = reply_score(&replies, &by_price, offer),
		};
		ranking.count++;
	}
	ranking.place = place;
	return ranking;
}
