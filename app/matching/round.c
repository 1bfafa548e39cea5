/*
 * Deciding a round. An open offer is judged by the best reply that it could
 * still bring; how replies compare is in replies.c.
 */
#include "matching/round.h"

#include "base/arena.h"
#include "matching/replies.h"

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

/* The rate that an open offer would be judged by, if it came at its best. */
static int64_t
rate_at_best(const struct policy *policy, const struct round_offer *offer)
{
	if (policy->price != PRICE_OFFERED)
		return offer->rate_pence;
	return policy->floor_pence != 0 ? policy->floor_pence : 1;
}

/* The lowest rate there can be when every open offer has come. */
static int64_t
lowest_possible(const struct round *round, int64_t lowest)
{
	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];
		int64_t rate = rate_at_best(round->policy, offer);

		if (is_open(round, offer) && rate > 0 && rate < lowest)
			lowest = rate;
	}
	return lowest;
}

/*
 * By how much rounding could move a lead in points when a rate not known yet
 * becomes the lowest: the price points of two replies, each rounded twice, at
 * the rates tried and at any rate between them.
 */
static int32_t
rounding_margin(const struct round *round, int64_t lowest, int64_t possible)
{
	const struct policy *policy = round->policy;

	if (policy->price == PRICE_FIXED || lowest == possible)
		return 0;
	for (size_t i = 0; i < policy->reply_step_count; i++) {
		const struct policy_step *step = &policy->reply_step[i];

		if (step->criterion == CRITERION_PRICE &&
		    step->action == ACTION_WEIGH)
			return 2 * (step->points / 100 + 2);
	}
	return 0;
}

/* Whether `best` stays before every other reply, with this lowest rate. */
static bool
stays_best(
    const struct round *round, size_t best, int64_t lowest, int32_t margin)
{
	const struct replies replies = { round, lowest };

	for (size_t i = 0; i < round->count; i++)
		if (i != best &&
		    reply_counts(round->policy, &round->offer[i]) &&
		    replies_compare(&replies, &round->offer[best],
			&round->offer[i], margin) > 0)
			return false;
	return true;
}

bool
round_can_still_win(
    struct arena *arena, const struct round *round, size_t offer)
{
	struct round_ranking now = round_rank(arena, round);
	int64_t lowest = now.lowest_rate_pence, possible;
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
	offers[offer].introduced_at = round->now - 1;
	offers[offer].rate_pence = rate_at_best(
	    round->policy, &round->offer[offer]);
	then.offer = offers;
	possible = lowest_possible(round, lowest);
	margin = rounding_margin(round, lowest, possible);
	return !stays_best(round, now.place[0].offer, lowest, margin) ||
	       !stays_best(&then, now.place[0].offer,
		   replies_lowest_rate(&then), margin) ||
	       !stays_best(&then, now.place[0].offer, possible, margin);
}

/* When a reply came to meet the start, or a broker agreed; 0 for never. */
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

/* Of later starts, when nobody is open, it is the one agreed to first. */
static void
decide_ranked(const struct round *round, struct round_decision *decision)
{
	const struct round_offer *best = NULL;
	bool has_open = false;

	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];

		has_open = has_open || is_open(round, offer);
		if (!reply_counts(round->policy, offer) ||
		    offer->starts_at > round->wanted_start_at ||
		    (best != NULL && best->order < offer->order))
			continue;
		best = offer;
		decision->winner = i;
	}
	if (best == NULL) {
		if (!has_open)
			decide_first(round, decision);
		return;
	}
	for (size_t i = 0; i < round->count; i++)
		if (is_open(round, &round->offer[i]) &&
		    round->offer[i].order < best->order)
			return;
	decision->verdict = ROUND_PLACE;
	decision->ground = GROUND_RANKED;
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

/* When the time of a decline is over, where the policy waits for it, or 0. */
static int64_t
decline_due(const struct round *round)
{
	int64_t due_at = 0;

	if (round->policy->after_decline == DECLINE_NEXT)
		return 0;
	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];

		if ((offer->state == ROUND_DECLINED ||
			offer->state == ROUND_RETRACTED) &&
		    round->now < offer->reply_by && offer->reply_by > due_at)
			due_at = offer->reply_by;
	}
	return due_at;
}

static bool
has_no_reply(const struct round *round)
{
	for (size_t i = 0; i < round->count; i++) {
		const struct round_offer *offer = &round->offer[i];

		if (offer->state == ROUND_OPEN ||
		    (offer->state == ROUND_ACCEPTED &&
			offer->replied_at >= offer->reply_by))
			return true;
	}
	return false;
}

/* How it goes on when nobody is open and nobody has won. */
static enum round_verdict
decide_after(const struct round *round)
{
	const struct policy *policy = round->policy;
	bool can_start_again = policy->after_last == LAST_AGAIN &&
	                       round->can_start_again &&
	                       round->again_count < policy->again_most;

	if (!round->can_ask_more && !can_start_again)
		return ROUND_NOBODY;
	if (policy->after_no_reply == NO_REPLY_BROKER && !round->goes_on &&
	    has_no_reply(round))
		return ROUND_BROKER;
	return round->can_ask_more ? ROUND_ASK : ROUND_AGAIN;
}

static void
decide_winner(struct arena *arena, const struct round *round,
    struct round_decision *decision)
{
	switch (round->policy->winner) {
	case WINNER_FIRST:
		decide_first(round, decision);
		decide_proposals(arena, round, decision);
		break;
	case WINNER_RANKED:
		decide_ranked(round, decision);
		decide_proposals(arena, round, decision);
		break;
	case WINNER_BEST:
	case WINNER_COUNT:
		decide_best(arena, round, decision);
		break;
	}
}

struct round_decision
round_decide(struct arena *arena, const struct round *round)
{
	struct round_decision decision = { .verdict = ROUND_WAIT };

	decide_winner(arena, round, &decision);
	if (decision.verdict == ROUND_PLACE)
		return decision;
	decision.due_at = next_due(round);
	if (decision.due_at != 0)
		return decision;
	if (decision.proposal_count != 0) {
		decision.verdict = ROUND_CONFIRM;
		return decision;
	}
	decision.due_at = decline_due(round);
	if (decision.due_at == 0)
		decision.verdict = decide_after(round);
	return decision;
}
