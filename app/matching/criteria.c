/*
 * The criteria over the plain facts of a candidate. Their words are in
 * reasons.c.
 */
#include "matching/criteria.h"

#include "matching/score.h"

/* How the functions of the table begin; not every rule looks at everything. */
#define RULE(kind, name)                                                       \
	static kind name(const struct ranking *ranking,                        \
	    const struct policy_step *step, const struct candidate *candidate)
#define UNUSED(name) (void)(name)

enum { SLOT_WORDS = 1, PER_CENT = SCORE_FULL / 100 };

int
bits_in_both(const uint64_t *a, const uint64_t *b, size_t count)
{
	int bits = 0;

	for (size_t i = 0; i < count; i++)
		bits += __builtin_popcountll(b != NULL ? a[i] & b[i] : a[i]);
	return bits;
}

bool
bit_is_set(const uint64_t *words, unsigned bits, int bit)
{
	unsigned place = (unsigned)bit;

	return place < bits &&
	       ((words[place / MATCH_WORD_BITS] >> (place % MATCH_WORD_BITS)) &
		   1);
}

RULE(bool, framework_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->is_on_framework && !candidate->is_suspended;
}

RULE(bool, monitoring_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->has_monitoring_visit ||
	       candidate->is_current_provider;
}

RULE(bool, area_passes)
{
	int area = ranking->need->area;

	UNUSED(step);
	return area != MATCH_NONE &&
	       (candidate->has_all_areas ||
		   bit_is_set(candidate->areas, MATCH_AREAS, area));
}

RULE(bool, group_passes)
{
	UNUSED(step);
	return bit_is_set(
	    &candidate->groups, MATCH_GROUPS, ranking->need->group);
}

RULE(bool, choice_passes)
{
	UNUSED(step);
	return candidate->is_chosen || !ranking->need->has_choice;
}

RULE(bool, kind_passes)
{
	int kind = ranking->need->service_kind;

	UNUSED(step);
	return kind == MATCH_NONE ||
	       bit_is_set(candidate->tags, MATCH_TAGS, kind);
}

RULE(bool, needs_passes)
{
	const uint64_t *must = ranking->need->must_tags;
	uint64_t missing = 0;

	for (size_t i = 0; i < MATCH_TAG_WORDS; i++)
		missing |= must[i] & ~candidate->tags[i];
	return missing == 0 && kind_passes(ranking, step, candidate);
}

static int
preferences_missing(
    const struct ranking *ranking, const struct candidate *candidate)
{
	const uint64_t *preferred = ranking->need->preferred_tags;

	return bits_in_both(preferred, NULL, MATCH_TAG_WORDS) -
	       bits_in_both(preferred, candidate->tags, MATCH_TAG_WORDS);
}

RULE(int64_t, needs_value)
{
	return value_stepped(
	    preferences_missing(ranking, candidate), step->tolerance);
}

static int32_t
preferences_score(const struct need *need, const struct candidate *candidate)
{
	return score_share(bits_in_both(need->preferred_tags, candidate->tags,
			       MATCH_TAG_WORDS),
	    bits_in_both(need->preferred_tags, NULL, MATCH_TAG_WORDS));
}

RULE(int32_t, needs_score)
{
	UNUSED(step);
	return preferences_score(ranking->need, candidate);
}

RULE(bool, start_passes)
{
	const int64_t second = 1000000;

	return candidate->earliest_start_at != 0 &&
	       candidate->earliest_start_at <=
	           ranking->need->wanted_start_at + step->limit * second;
}

RULE(int64_t, start_value)
{
	return value_start(ranking->need->wanted_start_at,
	    candidate->earliest_start_at, step->tolerance);
}

RULE(int32_t, start_score)
{
	return score_start(ranking->need->wanted_start_at,
	    candidate->earliest_start_at, step->limit);
}

static bool
is_rate_within(const struct policy *policy, int64_t rate_pence)
{
	if (policy->floor_pence != 0 && rate_pence < policy->floor_pence)
		return false;
	return policy->ceiling_pence == 0 ||
	       rate_pence <= policy->ceiling_pence;
}

/* A rate that is not stated yet comes with the reply and is held then. */
RULE(bool, price_passes)
{
	const struct policy *policy = ranking->policy;

	UNUSED(step);
	if (policy->price == PRICE_FIXED)
		return true;
	if (candidate->rate_pence == 0)
		return policy->price == PRICE_OFFERED;
	return is_rate_within(policy, candidate->rate_pence);
}

RULE(int64_t, price_value)
{
	if (ranking->policy->price == PRICE_FIXED)
		return 0;
	if (candidate->rate_pence == 0)
		return INT64_MAX;
	return value_stepped(candidate->rate_pence, step->tolerance);
}

RULE(int32_t, price_score)
{
	UNUSED(step);
	if (ranking->policy->price == PRICE_FIXED)
		return SCORE_FULL;
	return score_price(ranking->lowest_rate_pence, candidate->rate_pence);
}

RULE(bool, capacity_passes)
{
	UNUSED(step);
	return candidate->spare_minutes >= ranking->need->weekly_minutes;
}

RULE(int64_t, capacity_value)
{
	UNUSED(ranking);
	return -value_stepped(candidate->spare_minutes, step->tolerance);
}

RULE(int32_t, capacity_score)
{
	int32_t needed = ranking->need->weekly_minutes;
	int32_t spare = candidate->spare_minutes;

	UNUSED(step);
	if (spare < 0)
		spare = 0;
	return score_share(spare < needed ? spare : needed, needed);
}

static int32_t
call_times_share(const struct need *need, const struct candidate *candidate)
{
	return score_share(
	    bits_in_both(&need->call_slots, &candidate->call_slots, SLOT_WORDS),
	    bits_in_both(&need->call_slots, NULL, SLOT_WORDS));
}

RULE(bool, call_times_passes)
{
	return call_times_share(ranking->need, candidate) >=
	       step->limit * PER_CENT;
}

RULE(int32_t, call_times_score)
{
	UNUSED(step);
	return call_times_share(ranking->need, candidate);
}

RULE(int64_t, call_times_value)
{
	return -value_stepped(
	    call_times_share(ranking->need, candidate) / PER_CENT,
	    step->tolerance);
}

static int32_t
closeness_share(const struct fit_weights *fit, int32_t metres)
{
	if (metres == 0 || metres >= fit->far_metres)
		return 0;
	if (metres <= fit->near_metres)
		return SCORE_FULL;
	return score_share(
	    fit->far_metres - metres, fit->far_metres - fit->near_metres);
}

RULE(bool, closeness_passes)
{
	UNUSED(ranking);
	return candidate->distance_metres != 0 &&
	       candidate->distance_metres <= step->limit;
}

RULE(int64_t, closeness_value)
{
	UNUSED(ranking);
	if (candidate->distance_metres == 0)
		return INT64_MAX;
	return value_stepped(candidate->distance_metres, step->tolerance);
}

RULE(int32_t, closeness_score)
{
	UNUSED(step);
	return closeness_share(
	    &ranking->policy->fit, candidate->distance_metres);
}

RULE(bool, continuity_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->has_cared_before;
}

RULE(bool, local_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->is_local;
}

RULE(bool, quality_passes)
{
	UNUSED(ranking);
	return candidate->quality_score >= step->limit;
}

RULE(int64_t, quality_value)
{
	UNUSED(ranking);
	return -value_stepped(candidate->quality_score, step->tolerance);
}

RULE(int32_t, quality_score)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->quality_score * PER_CENT;
}

struct fit
match_fit(const struct policy *policy, const struct need *need,
    const struct candidate *candidate)
{
	const struct fit_weights *weight = &policy->fit;
	struct fit fit = {
		.call_times = call_times_share(need, candidate),
		.specialisms = preferences_score(need, candidate),
		.closeness = closeness_share(
		    weight, candidate->distance_metres),
		.continuity = candidate->has_cared_before ? SCORE_FULL : 0,
		.quality = candidate->quality_score * PER_CENT,
		.local = candidate->is_local ? SCORE_FULL : 0,
	};
	int64_t weights = weight->call_times + weight->specialisms +
	                  weight->closeness + weight->continuity +
	                  weight->quality + weight->local;
	int64_t sum = (int64_t)weight->call_times * fit.call_times +
	              (int64_t)weight->specialisms * fit.specialisms +
	              (int64_t)weight->closeness * fit.closeness +
	              (int64_t)weight->continuity * fit.continuity +
	              (int64_t)weight->quality * fit.quality +
	              (int64_t)weight->local * fit.local;

	fit.total = weights == 0
	                ? 0
	                : (int32_t)((sum * 2 + weights) / (weights * 2));
	return fit;
}

RULE(bool, fit_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	UNUSED(candidate);
	return true;
}

RULE(int32_t, fit_score)
{
	UNUSED(step);
	return match_fit(ranking->policy, ranking->need, candidate).total;
}

RULE(int64_t, fit_value)
{
	return -value_stepped(
	    fit_score(ranking, step, candidate), step->tolerance);
}

RULE(bool, tier_passes)
{
	UNUSED(ranking);
	return candidate->tier != 0 && candidate->tier <= step->limit;
}

RULE(int64_t, tier_value)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->tier != 0 ? candidate->tier : UINT8_MAX + 1;
}

RULE(bool, turn_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	UNUSED(candidate);
	return true;
}

RULE(int64_t, turn_value)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->last_awarded_at;
}

RULE(bool, rating_passes)
{
	UNUSED(ranking);
	if (candidate->rating == RATING_NOT_YET_RATED)
		return step->passes_unrated;
	return candidate->rating >= step->limit;
}

RULE(int64_t, rating_value)
{
	static const uint8_t values[RATING_COUNT] = {
		[RATING_OUTSTANDING] = 0,
		[RATING_GOOD] = 1,
		[RATING_NOT_YET_RATED] = 2,
		[RATING_REQUIRES_IMPROVEMENT] = 3,
		[RATING_INADEQUATE] = 4,
		[RATING_NOT_KNOWN] = 5,
	};

	UNUSED(ranking);
	UNUSED(step);
	return values[candidate->rating];
}

RULE(bool, gates_passes)
{
	UNUSED(ranking);
	UNUSED(step);
	return candidate->passes_gates;
}

RULE(bool, block_passes)
{
	UNUSED(step);
	return candidate->block_minutes >= ranking->need->weekly_minutes;
}

RULE(bool, people_passes)
{
	UNUSED(ranking);
	return candidate->has_people && candidate->people < step->limit;
}

RULE(int64_t, people_value)
{
	UNUSED(ranking);
	if (!candidate->has_people)
		return INT64_MAX;
	return value_stepped(candidate->people, step->tolerance);
}

RULE(bool, specialist_passes)
{
	UNUSED(step);
	UNUSED(candidate);
	return ranking->need->is_specialist;
}

RULE(bool, low_level_passes)
{
	UNUSED(step);
	UNUSED(candidate);
	return ranking->need->is_low_level;
}

const struct criterion_rule criterion_rules[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = { .passes = framework_passes },
	[CRITERION_MONITORING_VISIT] = { .passes = monitoring_passes },
	[CRITERION_AREA] = { .passes = area_passes },
	[CRITERION_GROUP] = { .passes = group_passes },
	[CRITERION_CHOICE] = { .passes = choice_passes },
	[CRITERION_NEEDS] = { needs_passes, needs_value, needs_score },
	[CRITERION_SERVICE_KIND] = { .passes = kind_passes },
	[CRITERION_START] = { start_passes, start_value, start_score },
	[CRITERION_PRICE] = { price_passes, price_value, price_score },
	[CRITERION_CAPACITY] = { capacity_passes, capacity_value,
	    capacity_score },
	[CRITERION_CALL_TIMES] = { call_times_passes, call_times_value,
	    call_times_score },
	[CRITERION_CLOSENESS] = { closeness_passes, closeness_value,
	    closeness_score },
	[CRITERION_CONTINUITY] = { .passes = continuity_passes },
	[CRITERION_QUALITY] = { quality_passes, quality_value, quality_score },
	[CRITERION_LOCAL] = { .passes = local_passes },
	[CRITERION_FIT] = { fit_passes, fit_value, fit_score },
	[CRITERION_TIER] = { tier_passes, tier_value },
	[CRITERION_TURN] = { turn_passes, turn_value },
	[CRITERION_RATING] = { rating_passes, rating_value },
	[CRITERION_GATES] = { .passes = gates_passes },
	[CRITERION_BLOCK_HOURS] = { .passes = block_passes },
	[CRITERION_PEOPLE] = { people_passes, people_value },
	[CRITERION_SPECIALIST] = { .passes = specialist_passes },
	[CRITERION_LOW_LEVEL] = { .passes = low_level_passes },
};

int64_t
criterion_value(const struct ranking *ranking, const struct policy_step *step,
    const struct candidate *candidate)
{
	const struct criterion_rule *rule = &criterion_rules[step->criterion];

	if (rule->value != NULL)
		return rule->value(ranking, step, candidate);
	return rule->passes(ranking, step, candidate) ? 0 : 1;
}

int32_t
criterion_score(const struct ranking *ranking, const struct policy_step *step,
    const struct candidate *candidate)
{
	const struct criterion_rule *rule = &criterion_rules[step->criterion];

	if (rule->score != NULL)
		return rule->score(ranking, step, candidate);
	return rule->passes(ranking, step, candidate) ? SCORE_FULL : 0;
}
