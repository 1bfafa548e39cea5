/*
 * Ranking, column by column: every step runs over many candidates at once, so
 * that its rule stays in the processor and nothing is allocated for one
 * candidate.
 */
#include "matching/rank.h"

#include "base/arena.h"
#include "matching/criteria.h"
#include "matching/score.h"
#include "matching/sort.h"

/* So many candidates stay in the processor's nearer cache. */
enum { AT_ONCE = 256 };

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
 * Work of one ranking. `left` has those who passed every must; of the others
 * `failed_step` has the first they failed. `item` has the eligible while they
 * are ordered.
 */
struct work {
	struct arena *arena;
	struct ranking *ranking;
	struct columns columns;
	struct rank_entry *entry;
	uint32_t *left;
	size_t left_count;
	uint8_t *failed_step; /* or the count of steps */
	size_t failed_count[POLICY_STEPS];
	bool is_in_order; /* the candidates came in the stated order */
	struct sort_item *item;
	struct sort_item *spare;
};

/* Holds the next `count` candidates, from `first` on, against every must. */
static void
work_musts(struct work *work, uint32_t first, size_t count)
{
	const struct policy *policy = work->ranking->policy;
	const struct candidate *candidates = work->ranking->candidate;
	uint32_t *left = work->left + work->left_count;
	uint32_t failed[AT_ONCE];

	for (size_t i = 0; i < count; i++) {
		uint32_t one = first + (uint32_t)i;

		left[i] = one;
		work->failed_step[one] = (uint8_t)policy->step_count;
		work->is_in_order &= one == 0 || candidates[one - 1].order <
		                                     candidates[one].order;
	}
	for (size_t i = 0; i < policy->step_count; i++) {
		const struct policy_step *step = &policy->step[i];
		size_t passed;

		if (step->action != ACTION_MUST)
			continue;
		passed = criterion_rules[step->criterion].filter(
		    work->ranking, step, left, count, failed);
		for (size_t j = 0; j < count - passed; j++)
			work->failed_step[failed[j]] = (uint8_t)i;
		work->failed_count[i] += count - passed;
		count = passed;
	}
	work->left_count += count;
}

/* Puts entries into the stated order. */
static void
work_order_failed(struct work *work, struct rank_entry *entry, size_t count)
{
	const struct candidate *candidates = work->ranking->candidate;
	struct sort_item *item = arena_array(
	    work->arena, count * 2, sizeof(*item));

	for (size_t i = 0; i < count; i++) {
		item[i].index = entry[i].candidate;
		item[i].key = (uint64_t)candidates[item[i].index].order +
		              INT64_MAX + 1;
	}
	sort_items(item, item + count, count);
	for (size_t i = 0; i < count; i++)
		entry[i].candidate = item[i].index;
}

/*
 * Makes entries of those who failed, behind the eligible, furthest first. The
 * eligible get their places for now, so that there is nothing to guess.
 */
static void
work_failed(struct work *work)
{
	size_t steps = work->ranking->policy->step_count;
	size_t place[POLICY_STEPS + 1], end = work->left_count;

	place[steps] = 0;
	for (size_t i = steps; i-- > 0;) {
		place[i] = end;
		end += work->failed_count[i];
	}
	for (size_t i = 0; i < work->ranking->count; i++) {
		uint8_t step = work->failed_step[i];

		work->entry[place[step]++] = (struct rank_entry) {
			.candidate = (uint32_t)i,
			.failed_step = step,
		};
	}
	for (size_t i = 0; i < steps && !work->is_in_order; i++) {
		size_t count = work->failed_count[i];

		work_order_failed(work, work->entry + place[i] - count, count);
	}
}

static int
bit_width(uint64_t range)
{
	return range == 0 ? 0 : 64 - __builtin_clzll(range);
}

/*
 * Fills the keys of `spare` with the values of a column less the least, and
 * gives how many bits they differ in.
 */
static int
work_column(
    struct work *work, int column, const struct sort_item *item, size_t count)
{
	const struct ranking *ranking = work->ranking;
	struct sort_item *key = work->spare;
	int64_t low = INT64_MAX, high = INT64_MIN;

	if (column >= 0) {
		const struct policy_step *step = &ranking->policy->step[column];

		criterion_rules[step->criterion].values(
		    ranking, step, item, count, key);
	} else {
		for (size_t i = 0; i < count; i++)
			key[i].key = (uint64_t)column_value(ranking, column,
			    &ranking->candidate[item[i].index], item[i].note);
	}
	for (size_t i = 0; i < count; i++) {
		int64_t value = (int64_t)key[i].key;

		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	for (size_t i = 0; i < count; i++)
		key[i].key -= (uint64_t)low;
	return bit_width((uint64_t)high - (uint64_t)low);
}

/*
 * Orders items by the columns from `column` on. Columns are packed into one
 * key, the first uppermost, each in the bits its values differ in, as many as
 * fit and of the last perhaps only the upper bits. Items with the same key are
 * then ordered by themselves, from the column that did not fit whole.
 */
static void
work_order(
    struct work *work, struct sort_item *item, size_t count, size_t column)
{
	int used = 0;

	for (size_t i = 0; i < count; i++)
		item[i].key = 0;
	while (column < work->columns.count && used < 64) {
		int width = work_column(
		    work, work->columns.column[column], item, count);
		int kept = width < 64 - used ? width : 64 - used;

		for (size_t i = 0; i < count && kept > 0; i++)
			item[i].key = (kept < 64 ? item[i].key << kept : 0) |
			              work->spare[i].key >> (width - kept);
		used += kept;
		column += kept == width;
	}
	sort_items(item, work->spare, count);
	if (column == work->columns.count)
		return;
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count; to++)
			if (item[to].key != item[from].key)
				break;
		if (to - from > 1)
			work_order(work, item + from, to - from, column);
	}
}

/* Makes items of the eligible, with their points. */
static void
work_weigh(struct work *work)
{
	struct ranking *ranking = work->ranking;
	const struct policy *policy = ranking->policy;
	int32_t lowest = 0;

	work->item = arena_array(
	    work->arena, work->left_count * 2, sizeof(*work->item));
	work->spare = work->item + work->left_count;
	for (size_t i = 0; i < work->left_count; i++) {
		uint32_t index = work->left[i];
		int32_t rate = ranking->candidate[index].rate_pence;

		work->item[i].index = index;
		if (rate != 0 && (lowest == 0 || rate < lowest))
			lowest = rate;
	}
	ranking->lowest_rate_pence = lowest;
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_WEIGH)
			criterion_rules[policy->step[i].criterion].weigh(
			    ranking, &policy->step[i], work->item,
			    work->left_count);
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
		.columns = ranking_columns(policy),
		.entry = arena_array(arena, count, sizeof(*work.entry)),
		.left = arena_array(arena, count, sizeof(*work.left)),
		.failed_step = arena_array(arena, count, 1),
		.is_in_order = true,
	};

	for (size_t i = 0; i < count; i += AT_ONCE)
		work_musts(&work, (uint32_t)i,
		    count - i < AT_ONCE ? count - i : AT_ONCE);
	work_failed(&work);
	work_weigh(&work);
	work_order(&work, work.item, work.left_count, 0);
	for (size_t i = 0; i < work.left_count; i++)
		work.entry[i] = (struct rank_entry) {
			.candidate = work.item[i].index,
			.failed_step = MATCH_NONE,
			.points_hundredths = work.item[i].note,
		};
	ranking.entry = work.entry;
	ranking.eligible_count = work.left_count;
	return ranking;
}
