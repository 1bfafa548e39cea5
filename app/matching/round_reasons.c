/*
 * Why a reply has its place, in plain English.
 */
#include "matching/round.h"

#include <ctype.h>

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

const char *
round_reason(struct arena *arena, const struct round *round,
    const struct round_ranking *ranking, size_t place)
{
	const struct round_offer *offer =
	    &round->offer[ranking->place[place].offer];
	const struct replies replies = { round, ranking->lowest_rate_pence };
	const struct policy *policy = round->policy;
	char *text = arena_strdup(arena, "");

	if (policy->winner == WINNER_FIRST)
		text = arena_printf(
		    arena, "%s", start_text(arena, round, offer));
	for (size_t i = 0; i < policy->reply_step_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "; ",
		    step_text(arena, &replies, &policy->reply_step[i], offer));
	text = arena_printf(arena, "%s; %s", text,
	    offer->last_awarded_at == 0 ? "never awarded a package"
					: "awarded a package before");
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
