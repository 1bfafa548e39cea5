/*
 * Ranking, column by column: every step runs over all candidates that are
 * left, so that a step's rule stays in the processor and nothing is allocated
 * for one candidate.
 */
#include "matching/rank.h"

#include "base/arena.h"
#include "matching/criteria.h"
#include "matching/score.h"
#include "matching/sort.h"

int
vocabulary_index(const struct vocabulary *vocabulary, int64_t id)
{
	size_t low = 0, high = vocabulary->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (vocabulary->id[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < vocabulary->count && vocabulary->id[low] == id)
		return (int)low;
	return MATCH_NONE;
}

void
vocabulary_set(const struct vocabulary *vocabulary, const int64_t *ids,
    size_t count, uint64_t *words, size_t bits)
{
	for (size_t i = 0; i < count; i++) {
		int bit = vocabulary_index(vocabulary, ids[i]);

		if (bit == MATCH_NONE || (size_t)bit >= bits)
			continue;
		words[bit / MATCH_WORD_BITS] |= UINT64_C(1)
		                                << (bit % MATCH_WORD_BITS);
	}
}

struct columns
ranking_columns(const struct policy *policy)
{
	struct columns columns = { .count = 0 };
	bool has_points = false;

	for (size_t i = 0; i < policy->step_count; i++) {
		enum action action = policy->step[i].action;

		if (action == ACTION_PREFER)
			columns.column[columns.count++] = (int)i;
		if (action == ACTION_WEIGH && !has_points) {
			columns.column[columns.count++] = COLUMN_POINTS;
			has_points = true;
		}
	}
	for (size_t i = 0; i < policy->tie_count; i++)
		columns.column[columns.count++] = column_of_tie(policy->tie[i]);
	return columns;
}

int
column_of_tie(enum policy_tie tie)
{
	return COLUMN_TIES - (int)tie;
}

enum policy_tie
tie_of_column(int column)
{
	return (enum policy_tie)(COLUMN_TIES - column);
}

int64_t
value_tie(enum policy_tie tie, int64_t last_awarded_at, int32_t quality_score,
    int32_t distance_metres, int64_t order)
{
	switch (tie) {
	case TIE_AWARD:
		return last_awarded_at;
	case TIE_QUALITY:
		return -quality_score;
	case TIE_CLOSENESS:
		return distance_metres != 0 ? distance_metres : INT64_MAX;
	case TIE_ORDER:
	case TIE_COUNT:
		break;
	}
	return order;
}

int32_t
ranking_points(const struct ranking *ranking, const struct candidate *candidate)
{
	const struct policy *policy = ranking->policy;
	int32_t points = 0;

	for (size_t i = 0; i < policy->step_count; i++) {
		const struct policy_step *step = &policy->step[i];

		if (step->action == ACTION_WEIGH)
			points += score_points(step->points,
			    criterion_score(ranking, step, candidate));
	}
	return points;
}

int64_t
column_value(const struct ranking *ranking, int column,
    const struct candidate *candidate, int32_t points_hundredths)
{
	if (column == COLUMN_POINTS)
		return -points_hundredths;
	if (column <= COLUMN_TIES)
		return value_tie(tie_of_column(column),
		    candidate->last_awarded_at, candidate->quality_score,
		    candidate->distance_metres, candidate->order);
	return criterion_value(
	    ranking, &ranking->policy->step[column], candidate);
}

/*
 * Work of one ranking. `entry` begins as the list of all candidates; those
 * who fail gather at its end. `item` has the eligible while they are ordered.
 */
struct work {
	struct arena *arena;
	struct ranking *ranking;
	struct rank_entry *entry;
	uint32_t *failed;
	struct sort_item *item;
	struct sort_item *spare;
	size_t left; /* entries that passed so far */
};

/* Puts entries into the stated order, unless they came in it. */
static void
work_order_failed(struct work *work, struct rank_entry *entry, size_t count)
{
	const struct candidate *candidates = work->ranking->candidate;
	struct sort_item *item;
	size_t i = 1;

	while (i < count && candidates[entry[i - 1].candidate].order <
				candidates[entry[i].candidate].order)
		i++;
	if (i >= count)
		return;
	item = arena_array(work->arena, count * 2, sizeof(*item));
	for (i = 0; i < count; i++) {
		item[i].index = entry[i].candidate;
		item[i].key = (uint64_t)candidates[item[i].index].order +
		              INT64_MAX + 1;
	}
	sort_items(item, item + count, count);
	for (i = 0; i < count; i++)
		entry[i].candidate = item[i].index;
}

/* Parts the entries that are left into those who pass and those who fail. */
static void
work_must(struct work *work, size_t step_index)
{
	const struct policy_step *step =
	    &work->ranking->policy->step[step_index];
	const struct criterion_rule *rule = &criterion_rules[step->criterion];
	const struct candidate *candidates = work->ranking->candidate;
	struct rank_entry *entry = work->entry;
	uint32_t *failed = work->failed;
	size_t passed = 0, failed_count = 0;

	for (size_t i = 0; i < work->left; i++) {
		uint32_t one = entry[i].candidate;
		bool passes = rule->passes(
		    work->ranking, step, &candidates[one]);

		entry[passed].candidate = one;
		failed[failed_count] = one;
		passed += passes;
		failed_count += !passes;
	}
	for (size_t i = 0; i < failed_count; i++)
		entry[passed + i] = (struct rank_entry) {
			.candidate = failed[i],
			.failed_step = (int32_t)step_index,
		};
	work_order_failed(work, entry + passed, failed_count);
	work->left = passed;
}

static int
bit_width(uint64_t range)
{
	return range == 0 ? 0 : 64 - __builtin_clzll(range);
}

/*
 * Fills the keys of `spare` with the values of a column and gives how many
 * bits they differ in, and the least.
 */
static int
work_column(struct work *work, int column, int64_t *least)
{
	const struct candidate *candidates = work->ranking->candidate;
	int64_t low = INT64_MAX, high = INT64_MIN;

	for (size_t i = 0; i < work->left; i++) {
		const struct sort_item *item = &work->item[i];
		int64_t value = column_value(work->ranking, column,
		    &candidates[item->index], item->note);

		work->spare[i].key = (uint64_t)value;
		if (value < low)
			low = value;
		if (value > high)
			high = value;
	}
	*least = low;
	return work->left == 0 ? 0 : bit_width((uint64_t)high - (uint64_t)low);
}

static void
work_sort(struct work *work)
{
	sort_items(work->item, work->spare, work->left);
	for (size_t i = 0; i < work->left; i++)
		work->item[i].key = 0;
}

/*
 * Orders the eligible: columns are packed into 64-bit keys from the last one
 * up, each in the bits its values differ in, and a full key is sorted before
 * the next is begun. The sort is stable, so the first column decides first.
 */
static void
work_order(struct work *work)
{
	struct columns columns = ranking_columns(work->ranking->policy);
	int used = 0;

	for (size_t i = columns.count; i-- > 0;) {
		int64_t least;
		int width = work_column(work, columns.column[i], &least);

		if (width == 0)
			continue;
		if (used + width > 64) {
			work_sort(work);
			work_column(work, columns.column[i], &least);
			used = 0;
		}
		for (size_t j = 0; j < work->left; j++)
			work->item[j].key |=
			    (work->spare[j].key - (uint64_t)least) << used;
		used += width;
	}
	sort_items(work->item, work->spare, work->left);
}

static bool
has_weights(const struct policy *policy)
{
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_WEIGH)
			return true;
	return false;
}

/* Makes items of the eligible, with their points. */
static void
work_weigh(struct work *work)
{
	struct ranking *ranking = work->ranking;
	int32_t lowest = 0;

	work->item = arena_array(
	    work->arena, work->left * 2, sizeof(*work->item));
	work->spare = work->item + work->left;
	for (size_t i = 0; i < work->left; i++) {
		uint32_t index = work->entry[i].candidate;
		int32_t rate = ranking->candidate[index].rate_pence;

		work->item[i].index = index;
		if (rate != 0 && (lowest == 0 || rate < lowest))
			lowest = rate;
	}
	ranking->lowest_rate_pence = lowest;
	if (!has_weights(ranking->policy))
		return;
	for (size_t i = 0; i < work->left; i++)
		work->item[i].note = ranking_points(
		    ranking, &ranking->candidate[work->item[i].index]);
}

struct ranking
match_rank(struct arena *arena, const struct policy *policy,
    const struct need *need, const struct candidate *candidates, size_t count)
{
	struct ranking ranking = {
		.policy = policy,
		.need = need,
		.candidate = candidates,
		.count = count,
	};
	struct work work = {
		.arena = arena,
		.ranking = &ranking,
		.entry = arena_array(arena, count, sizeof(*work.entry)),
		.failed = arena_array(arena, count, sizeof(*work.failed)),
		.left = count,
	};

	for (size_t i = 0; i < count; i++)
		work.entry[i].candidate = (uint32_t)i;
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_MUST)
			work_must(&work, i);
	work_weigh(&work);
	work_order(&work);
	for (size_t i = 0; i < work.left; i++)
		work.entry[i] = (struct rank_entry) {
			.candidate = work.item[i].index,
			.failed_step = MATCH_NONE,
			.points_hundredths = work.item[i].note,
		};
	ranking.entry = work.entry;
	ranking.eligible_count = work.left;
	return ranking;
}
