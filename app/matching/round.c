/*
 * Deciding a round. Replies are compared by the policy's reply steps; an open
 * offer is judged by the best reply that it could still bring.
 */
#include "matching/round.h"

#include "base/arena.h"
#include "matching/price.h"
#include "matching/replies.h"
#include "matching/score.h"

bool
round_reply_by(int64_t sent_at, int64_t seconds,
    const struct referral_window *windows, size_t count, int64_t *reply_by)
{
	const int64_t second = 1000000;
	int64_t left = seconds * second;

	for (size_t i = 0; i < count; i++) {
		int64_t from = windows[i].opens_at;

		if (from < sent_at)
			from = sent_at;
		if (from >= windows[i].closes_at)
			continue;
		if (left <= windows[i].closes_at - from) {
			*reply_by = from + left;
			return true;
		}
		left -= windows[i].closes_at - from;
	}
	return false;
}

static bool
is_open(const struct round *round, const struct round_offer *offer)
{
	return offer->state == ROUND_OPEN && round->now < offer->reply_by;
}

bool
reply_counts(const struct policy *policy, const struct round_offer *offer)
{
	return offer->state == ROUND_ACCEPTED && offer->starts_at != 0 &&
	       offer->replied_at < offer->reply_by &&
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

static int
compare_ties(const struct round_offer *a, const struct round_offer *b)
{
	int order = compare(a->last_awarded_at, b->last_awarded_at);

	return order != 0 ? order : compare(a->order, b->order);
}

/*
 * Below 0 when `a` comes before `b`. A lead in points of up to `margin` does
 * not count as one: then `b` is said to come first.
 */
static int
compare_replies(const struct replies *replies, const struct round_offer *a,
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
	return compare_ties(a, b);
}

static int
compare_coming(const struct round_offer *a, const struct round_offer *b)
{
	int order = compare(a->replied_at, b->replied_at);

	return order != 0 ? order : compare(a->order, b->order);
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
			int order = round->policy->winner == WINNER_FIRST
			                ? compare_coming(before, offer)
			                : compare_replies(
					      &replies, before, offer, 0);

			if (order <= 0)
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

/*
 * By how much rounding could move a lead in points when a rate not known yet
 * becomes the lowest: the price points of two replies, each rounded twice, at
 * the rates tried and at any rate between them.
 */
static int32_t
rounding_margin(const struct round *round, int64_t lowest)
{
	const struct policy *policy = round->policy;

	if (policy->price == PRICE_FIXED || lowest == policy->floor_pence)
		return 0;
	for (size_t i = 0; i < policy->reply_step_count; i++) {
		const struct policy_step *step = &policy->reply_step[i];

		if (step->criterion == CRITERION_PRICE &&
		    step->action == ACTION_WEIGH)
			return 2 * (step->points / 100 + 2);
	}
	return 0;
}

/* Whether `best` stays before every other reply that counts. */
static bool
stays_best(const struct round *round, size_t best, int32_t margin)
{
	const struct replies replies = { round, replies_lowest_rate(round) };

	for (size_t i = 0; i < round->count; i++)
		if (i != best &&
		    reply_counts(round->policy, &round->offer[i]) &&
		    compare_replies(&replies, &round->offer[best],
			&round->offer[i], margin) > 0)
			return false;
	return true;
}

bool
round_can_still_win(
    struct arena *arena, const struct round *round, size_t offer)
{
	struct round_ranking now = round_rank(arena, round);
	const struct policy *policy = round->policy;
	struct round_offer *offers;
	struct round then = *round;
	int32_t margin;

	if (!is_open(round, &round->offer[offer]))
		return false;
	if (now.count == 0)
		return true;
	offers = arena_array(arena, round->count, sizeof(*offers));
	for (size_t i = 0; i < round->count; i++)
		offers[i] = round->offer[i];
	offers[offer].state = ROUND_ACCEPTED;
	offers[offer].replied_at = round->now;
	offers[offer].starts_at = round->now;
	offers[offer].rate_pence = policy->floor_pence != 0
	                               ? policy->floor_pence
	                               : 1;
	then.offer = offers;
	margin = rounding_margin(round, now.lowest_rate_pence);
	return !stays_best(round, now.place[0].offer, margin) ||
	       !stays_best(&then, now.place[0].offer, margin);
}

/* When a reply won under WINNER_FIRST, or 0 when it has not. */
static int64_t
won_at(const struct round *round, const struct round_offer *offer)
{
	if (!reply_counts(round->policy, offer))
		return 0;
	if (offer->starts_at <= round->wanted_start_at)
		return offer->replied_at;
	return offer->is_start_refused ? 0 : offer->start_confirmed_at;
}

static void
decide_first(const struct round *round, struct round_decision *decision)
{
	const struct round_offer *best = NULL;

	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];
		int64_t at = won_at(round, offer);

		if (at == 0 ||
		    (best != NULL && (at > won_at(round, best) ||
					 (at == won_at(round, best) &&
					     offer->order > best->order))))
			continue;
		best = offer;
		decision->winner = i;
		decision->verdict = ROUND_PLACE;
		decision->ground = offer->starts_at <= round->wanted_start_at
		                       ? GROUND_FIRST
		                       : GROUND_CONFIRMED;
	}
}

/* The later starts that no broker has judged, in the order of coming. */
static void
decide_proposals(struct arena *arena, const struct round *round,
    struct round_decision *decision)
{
	struct round_ranking ranking = round_rank(arena, round);
	size_t *proposal = arena_array(arena, ranking.count, sizeof(*proposal));

	for (size_t i = 0; i < ranking.count; i++) {
		const struct round_offer *offer =
		    &round->offer[ranking.place[i].offer];

		if (offer->starts_at > round->wanted_start_at &&
		    offer->start_confirmed_at == 0 && !offer->is_start_refused)
			proposal[decision->proposal_count++] =
			    ranking.place[i].offer;
	}
	decision->proposal = proposal;
}

static void
decide_best(struct arena *arena, const struct round *round,
    struct round_decision *decision)
{
	struct round_ranking ranking = round_rank(arena, round);
	bool is_single = round->count == 1 && !round->can_ask_more;
	bool has_open = false;

	if (ranking.count == 0)
		return;
	for (size_t i = 0; i < round->count; i++) {
		has_open = has_open || is_open(round, &round->offer[i]);
		if (round_can_still_win(arena, round, i))
			return;
	}
	if (is_single && !round->policy->single_needs_no_competition &&
	    round->now < round->offer[0].reply_by)
		return;
	decision->verdict = ROUND_PLACE;
	decision->winner = ranking.place[0].offer;
	decision->ground = has_open ? GROUND_UNBEATABLE : GROUND_BEST;
	if (is_single && round->policy->single_needs_no_competition)
		decision->ground = GROUND_SINGLE;
}

/* When time alone ends the first offer that the round waits for, or 0. */
static int64_t
next_due(const struct round *round)
{
	int64_t due_at = 0;

	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];
		bool is_awaited = is_open(round, offer) ||
		                  (round->policy->winner == WINNER_BEST &&
				      reply_counts(round->policy, offer) &&
				      round->now < offer->reply_by);

		if (is_awaited && (due_at == 0 || offer->reply_by < due_at))
			due_at = offer->reply_by;
	}
	return due_at;
}

struct round_decision
round_decide(struct arena *arena, const struct round *round)
{
	struct round_decision decision = { .verdict = ROUND_WAIT };

	if (round->policy->winner == WINNER_FIRST) {
		decide_first(round, &decision);
		decide_proposals(arena, round, &decision);
	} else {
		decide_best(arena, round, &decision);
	}
	if (decision.verdict == ROUND_PLACE)
		return decision;
	decision.due_at = next_due(round);
	if (decision.due_at != 0)
		return decision;
	if (decision.proposal_count != 0)
		decision.verdict = ROUND_CONFIRM;
	else if (round->can_ask_more)
		decision.verdict = ROUND_ASK;
	else
		decision.verdict = ROUND_NOBODY;
	return decision;
}
