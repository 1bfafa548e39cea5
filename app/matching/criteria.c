/*
 * The criteria over the plain facts of a candidate. Their words are in
 * reasons.c.
 */
#include "matching/criteria.h"

#include "matching/bits.h"
#include "matching/score.h"
#include "matching/sort.h"

/* How the functions of the table begin; not every rule looks at everything. */
#define RULE(kind, name)                                                       \
	static kind name(const struct ranking *ranking,                        \
	    const struct policy_step *step, const struct candidate *candidate)
#define UNUSED(name) (void)(name)

/* The value and the score of a yes or no: met first, 100 or 0. */
#define YES_OR_NO_VALUE(name)                                                  \
	RULE(int64_t, name##_value)                                            \
	{                                                                      \
		return name##_passes(ranking, step, candidate) ? 0 : 1;        \
	}
#define YES_OR_NO_SCORE(name)                                                  \
	RULE(int32_t, name##_score)                                            \
	{                                                                      \
		return name##_passes(ranking, step, candidate) ? SCORE_FULL    \
		                                               : 0;            \
	}
#define YES_OR_NO(name)                                                        \
	YES_OR_NO_VALUE(name)                                                  \
	YES_OR_NO_SCORE(name)

/* The three functions over many, in which those over one are inlined. */
#define OVER_MANY(name)                                                        \
	static size_t name##_filter(const struct ranking *ranking,             \
	    const struct policy_step *step, uint32_t *left, size_t count,      \
	    uint32_t *failed)                                                  \
	{                                                                      \
		const struct candidate *candidates = ranking->candidate;       \
		size_t passed = 0;                                             \
                                                                               \
		for (size_t i = 0; i < count; i++) {                           \
			uint32_t one = left[i];                                \
			bool passes = name##_passes(                           \
			    ranking, step, &candidates[one]);                  \
                                                                               \
			left[passed] = one;                                    \
			failed[i - passed] = one;                              \
			passed += passes;                                      \
		}                                                              \
		return passed;                                                 \
	}                                                                      \
	static void name##_values(const struct ranking *ranking,               \
	    const struct policy_step *step, const struct sort_item *items,     \
	    size_t count, struct sort_item *keys)                              \
	{                                                                      \
		const struct candidate *candidates = ranking->candidate;       \
                                                                               \
		for (size_t i = 0; i < count; i++)                             \
			keys[i].key = (uint64_t)name##_value(                  \
			    ranking, step, &candidates[items[i].index]);       \
	}                                                                      \
	static void name##_weigh(const struct ranking *ranking,                \
	    const struct policy_step *step, struct sort_item *items,           \
	    size_t count)                                                      \
	{                                                                      \
		const struct candidate *candidates = ranking->candidate;       \
                                                                               \
		for (size_t i = 0; i < count; i++)                             \
			items[i].note += score_points(                         \
			    step->points, name##_score(ranking, step,          \
					      &candidates[items[i].index]));   \
	}

#define ALL_OF(name)                                                           \
	{                                                                      \
		name##_passes, name##_value, name##_score, name##_filter,      \
		    name##_values, name##_weigh                                \
	}

enum { SLOT_WORDS = 1, PER_CENT = SCORE_FULL / 100 };

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

	if (weights != 0)
		fit.total = (int32_t)score_divided(sum, weights);
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

YES_OR_NO(framework)
YES_OR_NO(monitoring)
YES_OR_NO(area)
YES_OR_NO(group)
YES_OR_NO(choice)
YES_OR_NO(kind)
YES_OR_NO(continuity)
YES_OR_NO(local)
YES_OR_NO(gates)
YES_OR_NO(block)
YES_OR_NO(specialist)
YES_OR_NO(low_level)
YES_OR_NO_SCORE(tier)
YES_OR_NO_SCORE(turn)
YES_OR_NO_SCORE(rating)
YES_OR_NO_SCORE(people)

OVER_MANY(framework)
OVER_MANY(monitoring)
OVER_MANY(area)
OVER_MANY(group)
OVER_MANY(choice)
OVER_MANY(needs)
OVER_MANY(kind)
OVER_MANY(start)
OVER_MANY(price)
OVER_MANY(capacity)
OVER_MANY(call_times)
OVER_MANY(closeness)
OVER_MANY(continuity)
OVER_MANY(quality)
OVER_MANY(local)
OVER_MANY(fit)
OVER_MANY(tier)
OVER_MANY(turn)
OVER_MANY(rating)
OVER_MANY(gates)
OVER_MANY(block)
OVER_MANY(people)
OVER_MANY(specialist)
OVER_MANY(low_level)

const struct criterion_rule criterion_rules[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = ALL_OF(framework),
	[CRITERION_MONITORING_VISIT] = ALL_OF(monitoring),
	[CRITERION_AREA] = ALL_OF(area),
	[CRITERION_GROUP] = ALL_OF(group),
	[CRITERION_CHOICE] = ALL_OF(choice),
	[CRITERION_NEEDS] = ALL_OF(needs),
	[CRITERION_SERVICE_KIND] = ALL_OF(kind),
	[CRITERION_START] = ALL_OF(start),
	[CRITERION_PRICE] = ALL_OF(price),
	[CRITERION_CAPACITY] = ALL_OF(capacity),
	[CRITERION_CALL_TIMES] = ALL_OF(call_times),
	[CRITERION_CLOSENESS] = ALL_OF(closeness),
	[CRITERION_CONTINUITY] = ALL_OF(continuity),
	[CRITERION_QUALITY] = ALL_OF(quality),
	[CRITERION_LOCAL] = ALL_OF(local),
	[CRITERION_FIT] = ALL_OF(fit),
	[CRITERION_TIER] = ALL_OF(tier),
	[CRITERION_TURN] = ALL_OF(turn),
	[CRITERION_RATING] = ALL_OF(rating),
	[CRITERION_GATES] = ALL_OF(gates),
	[CRITERION_BLOCK_HOURS] = ALL_OF(block),
	[CRITERION_PEOPLE] = ALL_OF(people),
	[CRITERION_SPECIALIST] = ALL_OF(specialist),
	[CRITERION_LOW_LEVEL] = ALL_OF(low_level),
};

int64_t
criterion_value(const struct ranking *ranking, const struct policy_step *step,
    const struct candidate *candidate)
{
	return criterion_rules[step->criterion].value(ranking, step, candidate);
}

int32_t
criterion_score(const struct ranking *ranking, const struct policy_step *step,
    const struct candidate *candidate)
{
	return criterion_rules[step->criterion].score(ranking, step, candidate);
}
