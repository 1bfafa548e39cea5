/*
 * Why a candidate stands where it stands, and who is asked next.
 */
#include "matching/rank.h"

#include "base/arena.h"
#include "matching/criteria.h"
#include "matching/score.h"
#include "matching/words.h"

static const struct candidate *
candidate_at(const struct ranking *ranking, size_t entry)
{
	return &ranking->candidate[ranking->entry[entry].candidate];
}

/*
 * The first column in which an eligible entry differs from the next one, as
 * an index into `columns`, or its count when there is no next one.
 */
static size_t
decisive_column(
    const struct ranking *ranking, const struct columns *columns, size_t entry)
{
	const struct rank_entry *entries = ranking->entry;

	if (entry + 1 >= ranking->eligible_count)
		return columns->count;
	for (size_t i = 0; i < columns->count; i++) {
		int column = columns->column[i];

		if (column_value(ranking, column, candidate_at(ranking, entry),
			entries[entry].points_hundredths) !=
		    column_value(ranking, column,
			candidate_at(ranking, entry + 1),
			entries[entry + 1].points_hundredths))
			return i;
	}
	return columns->count;
}

static struct standing
step_standing(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate)
{
	struct standing standing = {
		.label = policy_criterion_label(step->criterion),
		.text = criterion_fact(arena, ranking, step, candidate),
		.is_weighed = step->action == ACTION_WEIGH,
	};

	if (standing.is_weighed)
		standing.points_hundredths = score_points(
		    step->points, criterion_score(ranking, step, candidate));
	return standing;
}

static struct standing
tie_standing(struct arena *arena, const struct ranking *ranking,
    enum policy_tie tie, const struct candidate *candidate)
{
	const struct policy_step quality = { .criterion = CRITERION_QUALITY };
	const struct policy_step close = { .criterion = CRITERION_CLOSENESS };
	const struct policy_step turn = { .criterion = CRITERION_TURN };

	switch (tie) {
	case TIE_AWARD:
		return step_standing(arena, ranking, &turn, candidate);
	case TIE_QUALITY:
		return step_standing(arena, ranking, &quality, candidate);
	case TIE_CLOSENESS:
		return step_standing(arena, ranking, &close, candidate);
	case TIE_ORDER:
	case TIE_COUNT:
		break;
	}
	return (struct standing) {
		.label = "Stated order",
		.text = "The order of the register, when all else is equal",
	};
}

/* Whether the decisive column is this step's, or that of all points. */
static bool
is_step_decisive(const struct policy *policy, size_t step, int column)
{
	if (policy->step[step].action == ACTION_WEIGH)
		return column == COLUMN_POINTS;
	return column == (int)step;
}

struct standing_list
match_standing(struct arena *arena, const struct ranking *ranking, size_t entry)
{
	const struct policy *policy = ranking->policy;
	struct columns columns = ranking_columns(policy);
	const struct candidate *candidate;
	struct standing *line;
	size_t count = 0, decisive;
	int column;

	if (entry >= ranking->eligible_count)
		return (struct standing_list) { NULL, 0 };
	candidate = candidate_at(ranking, entry);
	decisive = decisive_column(ranking, &columns, entry);
	column = decisive < columns.count ? columns.column[decisive]
	                                  : POLICY_STEPS;
	line = arena_array(
	    arena, policy->step_count + policy->tie_count, sizeof(*line));
	for (size_t i = 0; i < policy->step_count; i++) {
		if (policy->step[i].action == ACTION_MUST)
			continue;
		line[count] = step_standing(
		    arena, ranking, &policy->step[i], candidate);
		line[count++].is_decisive = is_step_decisive(policy, i, column);
	}
	for (size_t i = 0; i < policy->tie_count; i++) {
		line[count] = tie_standing(
		    arena, ranking, policy->tie[i], candidate);
		line[count++].is_decisive = column ==
		                            column_of_tie(policy->tie[i]);
	}
	return (struct standing_list) { line, count };
}

/* Why an entry is ahead of one that is equal in every step. */
/* The tie that put it ahead, with the fact that it went by. */
static const char *
tie_reason(struct arena *arena, const struct ranking *ranking,
    enum policy_tie tie, const struct candidate *candidate)
{
	const char *ground = NULL;

	switch (tie) {
	case TIE_AWARD:
		ground = "longer since its last award";
		break;
	case TIE_QUALITY:
		ground = "higher quality score";
		break;
	case TIE_CLOSENESS:
		ground = "closer";
		break;
	case TIE_ORDER:
	case TIE_COUNT:
		return "Equal to the next provider; earlier in the register";
	}
	return arena_printf(arena, "Equal to the next provider; %s. %s", ground,
	    tie_standing(arena, ranking, tie, candidate).text);
}

static const char *
eligible_reason(
    struct arena *arena, const struct ranking *ranking, size_t entry)
{
	struct columns columns = ranking_columns(ranking->policy);
	size_t decisive = decisive_column(ranking, &columns, entry);
	const struct policy_step *step;
	int column;

	if (ranking->eligible_count == 1)
		return "The only provider that meets every requirement";
	if (decisive == columns.count)
		return "Meets every requirement; last in the order";
	column = columns.column[decisive];
	if (column == COLUMN_POINTS)
		return arena_printf(arena,
		    "%s points, more than the next provider",
		    words_hundredths(
			arena, ranking->entry[entry].points_hundredths));
	if (column <= COLUMN_TIES)
		return tie_reason(arena, ranking, tie_of_column(column),
		    candidate_at(ranking, entry));
	step = &ranking->policy->step[column];
	return arena_printf(arena, "Ahead of the next provider. %s: %s",
	    policy_criterion_label(step->criterion),
	    criterion_fact(arena, ranking, step, candidate_at(ranking, entry)));
}

const char *
match_reason(struct arena *arena, const struct ranking *ranking, size_t entry)
{
	const struct rank_entry *place = &ranking->entry[entry];

	if (place->failed_step == MATCH_NONE)
		return eligible_reason(arena, ranking, entry);
	return criterion_fault(arena, ranking,
	    &ranking->policy->step[place->failed_step],
	    candidate_at(ranking, entry));
}

/*
 * Keeps of the entries those that are equal with the first in the steps that
 * make a tier, and gives how many.
 */
static size_t
wave_tier(const struct ranking *ranking, uint32_t *entries, size_t count)
{
	const struct policy *policy = ranking->policy;
	size_t kept = count;

	for (size_t i = 0; i < policy->step_count; i++) {
		const struct policy_step *step = &policy->step[i];
		size_t equal = 0;
		int64_t value;

		if (step->action != ACTION_PREFER ||
		    !(policy->wave_by >> step->criterion & 1))
			continue;
		value = criterion_value(
		    ranking, step, candidate_at(ranking, entries[0]));
		for (size_t j = 0; j < kept; j++)
			if (criterion_value(ranking, step,
				candidate_at(ranking, entries[j])) == value)
				entries[equal++] = entries[j];
		kept = equal;
	}
	return kept;
}

static struct wave
wave_of(const struct ranking *ranking, uint32_t *entries, size_t count)
{
	const struct policy *policy = ranking->policy;
	struct wave wave = { .entry = entries, .count = count };

	if (count == 0)
		return wave;
	if (count == 1 && policy->single_needs_no_competition) {
		wave.kind = WAVE_SINGLE;
		return wave;
	}
	switch (policy->mode) {
	case MODE_ALL:
	case MODE_COUNT:
		wave.kind = WAVE_ALL;
		break;
	case MODE_BEST:
		wave.kind = WAVE_BEST;
		if (count > (size_t)policy->best_count)
			wave.count = (size_t)policy->best_count;
		break;
	case MODE_ONE:
		wave.kind = WAVE_ONE;
		wave.count = 1;
		break;
	case MODE_TIERS:
		wave.kind = WAVE_TIER;
		wave.count = wave_tier(ranking, entries, count);
		break;
	}
	return wave;
}

struct wave
match_wave(
    struct arena *arena, const struct ranking *ranking, const bool *is_out)
{
	const struct policy *policy = ranking->policy;
	uint32_t *entries = arena_array(
	    arena, ranking->eligible_count, sizeof(*entries));
	size_t count = 0;

	for (size_t i = 0; i < ranking->eligible_count; i++) {
		uint32_t candidate = ranking->entry[i].candidate;

		if (is_out != NULL && is_out[candidate])
			continue;
		if (policy->chosen_alone_first &&
		    ranking->candidate[candidate].is_chosen) {
			entries[0] = (uint32_t)i;
			return (struct wave) { WAVE_CHOSEN, entries, 1 };
		}
		entries[count++] = (uint32_t)i;
	}
	return wave_of(ranking, entries, count);
}
