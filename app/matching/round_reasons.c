/*
 * Why a reply has its place, in plain English.
 */
#include "matching/round.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/arena.h"
#include "matching/replies.h"
#include "matching/score.h"
#include "matching/words.h"

static const char *
start_text(struct arena *arena, const struct round *round,
    const struct round_offer *offer)
{
	const int64_t second = 1000000;
	int64_t early = round->wanted_start_at - offer->starts_at;

	if (early == 0)
		return "starts when wanted";
	if (early > 0)
		return arena_printf(arena, "starts %s before the start wanted",
		    words_duration(arena, early / second));
	return arena_printf(arena, "starts %s after the start wanted",
	    words_duration(arena, (second - 1 - early) / second));
}

static const char *
fact_text(struct arena *arena, const struct replies *replies,
    const struct policy_step *step, const struct round_offer *offer)
{
	const struct round *round = replies->round;

	switch (step->criterion) {
	case CRITERION_CHOICE:
		return offer->is_chosen ? "chosen by the person"
		                        : "not chosen by the person";
	case CRITERION_START:
		return start_text(arena, round, offer);
	case CRITERION_PRICE:
		if (round->policy->price == PRICE_FIXED)
			return "same price for every provider";
		return arena_printf(arena,
		    "rate of %s an hour, the lowest is %s",
		    words_money(arena, offer->rate_pence),
		    words_money(arena, replies->lowest_rate_pence));
	case CRITERION_FIT:
		return arena_printf(arena, "fit of %s",
		    words_hundredths(arena, offer->fit_hundredths));
	default:
		return "";
	}
}

static const char *
step_text(struct arena *arena, const struct replies *replies,
    const struct policy_step *step, const struct round_offer *offer)
{
	const char *fact = fact_text(arena, replies, step, offer);
	int32_t score;

	if (step->action != ACTION_WEIGH)
		return fact;
	score = reply_score(replies, step, offer);
	return arena_printf(arena, "%s (score %s, %s points)", fact,
	    words_hundredths(arena, score),
	    words_hundredths(arena, score_points(step->points, score)));
}

/* What a tie looks at; nothing of the order, which is in the history. */
static const char *
tie_text(
    struct arena *arena, enum policy_tie tie, const struct round_offer *offer)
{
	switch (tie) {
	case TIE_AWARD:
		return offer->last_awarded_at == 0 ? "never awarded a package"
		                                   : "awarded a package before";
	case TIE_QUALITY:
		return arena_printf(arena, "quality score %" PRId32 " of 100",
		    offer->quality_score);
	case TIE_CLOSENESS:
		if (offer->distance_metres == 0)
			return "distance not known";
		return arena_printf(arena, "%s away",
		    words_distance(arena, offer->distance_metres));
	case TIE_ORDER:
	case TIE_COUNT:
		break;
	}
	return NULL;
}

const char *
round_reason(struct arena *arena, const struct round *round,
    const struct round_ranking *ranking, size_t place)
{
	const struct round_offer *offer =
	    &round->offer[ranking->place[place].offer];
	const struct replies replies = { round, ranking->lowest_rate_pence };
	const struct policy *policy = round->policy;
	char *text = arena_strdup(arena, "");

	if (policy->winner != WINNER_BEST)
		text = arena_printf(
		    arena, "%s", start_text(arena, round, offer));
	if (policy->winner == WINNER_RANKED)
		text = arena_printf(
		    arena, "%s; ranked %" PRId64, text, offer->order);
	for (size_t i = 0; i < policy->reply_step_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "; ",
		    step_text(arena, &replies, &policy->reply_step[i], offer));
	for (size_t i = 0; i < policy->tie_count; i++) {
		const char *tie = tie_text(arena, policy->tie[i], offer);

		if (tie != NULL && policy->winner != WINNER_RANKED)
			text = arena_printf(arena, "%s; %s", text, tie);
	}
	text[0] = (char)toupper((unsigned char)text[0]);
	return text;
}

const char *
round_ground_text(enum round_ground ground)
{
	switch (ground) {
	case GROUND_FIRST:
		return "First acceptance that meets the wanted start";
	case GROUND_CONFIRMED:
		return "Its later start was agreed";
	case GROUND_RANKED:
		return "Best ranked of those who accepted in time";
	case GROUND_BEST:
		return "Best reply of those that came in time";
	case GROUND_UNBEATABLE:
		return "Best reply, and nobody left could have come before it";
	case GROUND_SINGLE:
		return "The only provider available, so no competition was "
		       "needed";
	case GROUND_NONE:
		break;
	}
	return "Not decided";
}
