/*
 * Reasons in plain English, made only when asked for: the facts of candidate
 * and need say again what ranking found, so nothing is kept for it.
 */
#include "matching/rank.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "matching/bits.h"
#include "matching/criteria.h"
#include "matching/days.h"
#include "matching/score.h"
#include "matching/words.h"

enum { MILLION = 1000000 };

static const char *
name_of(const struct vocabulary *vocabulary, int index, const char *otherwise)
{
	if (index < 0 || (size_t)index >= vocabulary->count)
		return otherwise;
	return vocabulary->name[index];
}

/*
 * The names of the tags that are wanted and had, or that are wanted and not
 * had, as a list; `first` (or MATCH_NONE) goes before all.
 */
static const char *
tags_wanted(struct arena *arena, const struct need *need,
    const uint64_t *wanted, const uint64_t *had, bool is_had, int first)
{
	const char **name = arena_array(arena, MATCH_TAGS + 1, sizeof(*name));
	size_t count = 0;

	if (first != MATCH_NONE)
		name[count++] = name_of(
		    &need->tags, first, "this kind of service");
	for (int bit = 0; bit < MATCH_TAGS; bit++) {
		size_t word = (size_t)bit / MATCH_WORD_BITS;
		uint64_t tags = wanted[word] &
		                (is_had ? had[word] : ~had[word]);

		if (bit != first && ((tags >> bit % MATCH_WORD_BITS) & 1))
			name[count++] = name_of(
			    &need->tags, bit, "something needed");
	}
	return words_list(arena, name, count);
}

static const char *
needs_fault(struct arena *arena, const struct need *need,
    const struct candidate *candidate)
{
	int kind = need->service_kind;

	if (bit_is_set(candidate->tags, MATCH_TAGS, kind))
		kind = MATCH_NONE;
	return arena_printf(arena, "Not offering %s",
	    tags_wanted(
		arena, need, need->must_tags, candidate->tags, false, kind));
}

static const char *
start_fault(struct arena *arena, const struct ranking *ranking,
    const struct candidate *candidate)
{
	int64_t late = candidate->earliest_start_at -
	               ranking->need->wanted_start_at;

	if (candidate->earliest_start_at == 0)
		return "Earliest start not stated";
	return arena_printf(arena,
	    "Earliest start is %s after the start wanted",
	    words_duration(arena, (late + MILLION - 1) / MILLION));
}

static const char *
price_fault(struct arena *arena, const struct policy *policy, int64_t rate)
{
	bool is_low = rate < policy->floor_pence;

	if (rate == 0)
		return policy->price == PRICE_SET
		           ? "No rate set for this area and need"
		           : "Hourly rate not stated";
	return arena_printf(arena, "Rate of %s is %s of %s",
	    words_money(arena, rate),
	    is_low ? "below the floor" : "above the ceiling",
	    words_money(
		arena, is_low ? policy->floor_pence : policy->ceiling_pence));
}

static const char *
call_times_fact(struct arena *arena, const struct need *need,
    const struct candidate *candidate)
{
	if (need->call_slots == 0)
		return "No call times to meet";
	if (candidate->call_slots == 0)
		return "Call times it can meet not stated";
	return arena_printf(arena, "Can meet %d of %d call times",
	    bits_in_both(&need->call_slots, &candidate->call_slots, 1),
	    bits_in_both(&need->call_slots, NULL, 1));
}

static const char *
distance_fact(struct arena *arena, const struct candidate *candidate)
{
	if (candidate->distance_metres == 0)
		return "Distance not known";
	return arena_printf(arena, "%s away",
	    words_distance(arena, candidate->distance_metres));
}

static const char *
quality_fact(struct arena *arena, const struct candidate *candidate)
{
	if (candidate->quality_score == 0)
		return "No quality score";
	return arena_printf(arena, "Quality score %" PRId32 " of 100",
	    candidate->quality_score);
}

static const char *
tier_fact(struct arena *arena, const struct candidate *candidate)
{
	if (candidate->tier == 0)
		return "In no tier";
	return arena_printf(arena, "In tier %d", candidate->tier);
}

static const char *
rating_fact(struct arena *arena, const struct candidate *candidate)
{
	enum rating rating = candidate->rating;

	if (rating == RATING_NOT_KNOWN)
		return "CQC rating not known";
	if (rating == RATING_NOT_YET_RATED)
		return "Not yet rated by the CQC";
	return arena_printf(
	    arena, "Rated %s by the CQC", policy_rating_label(rating));
}

static const char *
rating_fault(struct arena *arena, const struct policy_step *step,
    const struct candidate *candidate)
{
	const char *needed = policy_rating_label((enum rating)step->limit);

	return arena_printf(arena, "%s, and %s%s is needed",
	    rating_fact(arena, candidate), needed,
	    step->limit == RATING_OUTSTANDING ? "" : " or better");
}

static const char *
gates_fact(struct arena *arena, const struct candidate *candidate)
{
	const char *fact = candidate->gates_fault;

	if (candidate->passes_gates)
		return "Meets the conditions of the framework";
	if (fact == NULL)
		fact = "Does not meet the conditions of the framework";
	if (candidate->gates_pass_on == 0)
		return fact;
	return arena_printf(arena, "%s. Meets the conditions from %s", fact,
	    day_words(arena, candidate->gates_pass_on));
}

static const char *
block_fact(struct arena *arena, const struct ranking *ranking,
    const struct candidate *candidate)
{
	const char *left = words_hours(arena, candidate->block_minutes);

	if (candidate->block_minutes == 0)
		return "No block hours left";
	if (candidate->block_minutes < ranking->need->weekly_minutes)
		return arena_printf(arena,
		    "%s a week of block hours left, and the package needs %s",
		    left, words_hours(arena, ranking->need->weekly_minutes));
	return arena_printf(arena,
	    "%s a week of block hours left, which are paid for anyway", left);
}

static const char *
award_fact(struct arena *arena, const struct candidate *candidate)
{
	if (candidate->last_awarded_at == 0)
		return "Never awarded a package";
	return arena_printf(arena, "Last awarded a package on %s",
	    words_date(arena, candidate->last_awarded_at));
}

static const char *
people_fact(struct arena *arena, const struct candidate *candidate)
{
	if (!candidate->has_people)
		return "Number of people it cares for not stated";
	return arena_printf(arena, "Cares for %" PRId32 " %s",
	    candidate->people, candidate->people == 1 ? "person" : "people");
}

/* "The package is not specialist care: no task needs a nurse" is two facts. */
static const char *
package_fact(struct arena *arena, const char *kind, bool is_so, const char *why)
{
	return arena_printf(arena, "The package is %s%s care%s%s",
	    is_so ? "" : "not ", kind, why != NULL ? ". " : "",
	    why != NULL ? why : "");
}

/* Faults of criteria that are a matter of degree. */
static const char *
degree_fault(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	const struct need *need = ranking->need;

	switch (step->criterion) {
	case CRITERION_START:
		return start_fault(arena, ranking, candidate);
	case CRITERION_PRICE:
		return price_fault(
		    arena, ranking->policy, candidate->rate_pence);
	case CRITERION_CAPACITY:
		return arena_printf(arena,
		    "%s a week free, and the package needs %s",
		    words_hours(arena, candidate->spare_minutes),
		    words_hours(arena, need->weekly_minutes));
	case CRITERION_CALL_TIMES:
		return arena_printf(arena, "%s, and %" PRId64 "%% are needed",
		    call_times_fact(arena, need, candidate), step->limit);
	case CRITERION_CLOSENESS:
		return arena_printf(arena, "%s, and at most %s is allowed",
		    distance_fact(arena, candidate),
		    words_distance(arena, step->limit));
	case CRITERION_QUALITY:
		return arena_printf(arena,
		    "%s, and at least %" PRId64 " is needed",
		    quality_fact(arena, candidate), step->limit);
	case CRITERION_TIER:
		return arena_printf(arena,
		    "%s, and tier %" PRId64 "%s is needed",
		    tier_fact(arena, candidate), step->limit,
		    step->limit > 1 ? " or better" : "");
	case CRITERION_RATING:
		return rating_fault(arena, step, candidate);
	case CRITERION_PEOPLE:
		return arena_printf(arena,
		    "%s, and at most %" PRId64 " with the new one are allowed",
		    people_fact(arena, candidate), step->limit);
	default:
		return "Does not meet this step";
	}
}

const char *
criterion_fault(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	const struct need *need = ranking->need;

	switch (step->criterion) {
	case CRITERION_FRAMEWORK:
		return candidate->is_on_framework
		           ? "Suspended from new packages"
		           : "Not on the framework";
	case CRITERION_MONITORING_VISIT:
		return "No satisfactory monitoring visit yet";
	case CRITERION_AREA:
		if (need->area == MATCH_NONE)
			return "The area of the package is not known";
		return arena_printf(arena, "Not offering care in %s",
		    name_of(&need->areas, need->area, "this area"));
	case CRITERION_GROUP:
		if (need->group == MATCH_NONE)
			return "The service user group is not known";
		return arena_printf(arena, "Not offering %s",
		    name_of(&need->groups, need->group, "this group"));
	case CRITERION_CHOICE:
		return "The person has chosen another provider";
	case CRITERION_NEEDS:
		return needs_fault(arena, need, candidate);
	case CRITERION_SERVICE_KIND:
		return arena_printf(arena, "Not offering %s",
		    name_of(&need->tags, need->service_kind,
			"this kind of service"));
	case CRITERION_CONTINUITY:
		return "Has not cared for this person before";
	case CRITERION_LOCAL:
		return arena_printf(arena, "No office in %s",
		    name_of(&need->areas, need->area, "the area"));
	case CRITERION_GATES:
		return gates_fact(arena, candidate);
	case CRITERION_BLOCK_HOURS:
		return block_fact(arena, ranking, candidate);
	case CRITERION_SPECIALIST:
		return package_fact(
		    arena, "specialist", false, need->specialist_reason);
	case CRITERION_LOW_LEVEL:
		return package_fact(
		    arena, "low-level", false, need->low_level_reason);
	default:
		return degree_fault(arena, ranking, step, candidate);
	}
}

struct preferences
match_preferences(struct arena *arena, const struct need *need,
    const struct candidate *candidate)
{
	const uint64_t *wanted = need->preferred_tags, *had = candidate->tags;

	return (struct preferences) {
		tags_wanted(arena, need, wanted, had, true, MATCH_NONE),
		tags_wanted(arena, need, wanted, had, false, MATCH_NONE),
	};
}

static const char *
preferences_fact(struct arena *arena, const struct need *need,
    const struct candidate *candidate)
{
	int wanted = bits_in_both(need->preferred_tags, NULL, MATCH_TAG_WORDS);
	int met = bits_in_both(
	    need->preferred_tags, candidate->tags, MATCH_TAG_WORDS);

	if (wanted == 0)
		return "No preferences to meet";
	if (met == wanted)
		return wanted == 1 ? "Meets the preference"
		                   : "Meets all preferences";
	return arena_printf(arena, "Meets %d of %d preferences, not %s", met,
	    wanted, match_preferences(arena, need, candidate).unmet);
}

static const char *
start_fact(struct arena *arena, const struct ranking *ranking,
    const struct candidate *candidate)
{
	if (candidate->earliest_start_at != 0 &&
	    candidate->earliest_start_at <= ranking->need->wanted_start_at)
		return arena_printf(arena, "Can start from %s, when wanted",
		    words_date(arena, candidate->earliest_start_at));
	return start_fault(arena, ranking, candidate);
}

static const char *
price_fact(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	const char *rate;

	if (ranking->policy->price == PRICE_FIXED)
		return "Same price for every provider";
	if (candidate->rate_pence == 0)
		return "Rate not stated yet";
	rate = words_money(arena, candidate->rate_pence);
	if (step->action != ACTION_WEIGH)
		return arena_printf(arena, "Rate of %s an hour", rate);
	return arena_printf(arena,
	    "Rate of %s an hour, the lowest is %s: score %s", rate,
	    words_money(arena, ranking->lowest_rate_pence),
	    words_hundredths(arena, criterion_score(ranking, step, candidate)));
}

static const char *
fit_fact(struct arena *arena, const struct ranking *ranking,
    const struct candidate *candidate)
{
	struct fit fit = match_fit(ranking->policy, ranking->need, candidate);
	const struct fit_weights *weight = &ranking->policy->fit;
	const struct {
		const char *name;
		int32_t weight;
		int32_t score;
	} features[] = {
		{ "call times", weight->call_times, fit.call_times },
		{ "specialisms", weight->specialisms, fit.specialisms },
		{ "closeness", weight->closeness, fit.closeness },
		{ "continuity", weight->continuity, fit.continuity },
		{ "quality score", weight->quality, fit.quality },
		{ "local", weight->local, fit.local },
	};
	const char *part[sizeof(features) / sizeof(features[0])];
	size_t count = 0;

	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
		if (features[i].weight != 0)
			part[count++] = arena_printf(arena, "%s %s",
			    features[i].name,
			    words_hundredths(arena, features[i].score));
	return arena_printf(arena, "Fit %s: %s",
	    words_hundredths(arena, fit.total), words_list(arena, part, count));
}

/* Facts that the register has of a provider. */
static const char *
register_fact(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	switch (step->criterion) {
	case CRITERION_TIER:
		return tier_fact(arena, candidate);
	case CRITERION_RATING:
		return rating_fact(arena, candidate);
	case CRITERION_BLOCK_HOURS:
		return block_fact(arena, ranking, candidate);
	case CRITERION_PEOPLE:
		return people_fact(arena, candidate);
	default:
		return award_fact(arena, candidate);
	}
}

const char *
criterion_fact(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	const struct need *need = ranking->need;

	switch (step->criterion) {
	case CRITERION_CHOICE:
		if (!need->has_choice)
			return "The person has not chosen a provider";
		return candidate->is_chosen
		           ? "Chosen by the person"
		           : "Not the provider the person has chosen";
	case CRITERION_NEEDS:
		return preferences_fact(arena, need, candidate);
	case CRITERION_START:
		return start_fact(arena, ranking, candidate);
	case CRITERION_PRICE:
		return price_fact(arena, ranking, step, candidate);
	case CRITERION_CAPACITY:
		return arena_printf(arena, "%s a week free",
		    words_hours(arena, candidate->spare_minutes));
	case CRITERION_CALL_TIMES:
		return call_times_fact(arena, need, candidate);
	case CRITERION_CLOSENESS:
		return distance_fact(arena, candidate);
	case CRITERION_QUALITY:
		return quality_fact(arena, candidate);
	case CRITERION_FIT:
		return fit_fact(arena, ranking, candidate);
	case CRITERION_TIER:
	case CRITERION_TURN:
	case CRITERION_RATING:
	case CRITERION_BLOCK_HOURS:
	case CRITERION_PEOPLE:
		return register_fact(arena, ranking, step, candidate);
	case CRITERION_CONTINUITY:
		if (candidate->has_cared_before)
			return "Has cared for this person before";
		break;
	case CRITERION_AREA:
	case CRITERION_GROUP:
	case CRITERION_SERVICE_KIND:
	case CRITERION_LOCAL:
		if (criterion_rules[step->criterion].passes(
			ranking, step, candidate))
			return step->criterion == CRITERION_LOCAL
			           ? "Has an office in the area"
			           : "Offered";
		break;
	case CRITERION_FRAMEWORK:
	case CRITERION_MONITORING_VISIT:
	case CRITERION_GATES:
	case CRITERION_SPECIALIST:
	case CRITERION_LOW_LEVEL:
	case CRITERION_COUNT:
		return "Met";
	}
	return criterion_fault(arena, ranking, step, candidate);
}
