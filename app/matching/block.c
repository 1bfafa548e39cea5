/*
 * A week of visits against the hours that are paid anyway.
 */
#include "matching/block.h"

#include <stdlib.h>

#include "base/arena.h"

enum { HOUR_SECONDS = 3600 };

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/*
 * By when they begin. Then by all else that a price depends on, so that which
 * of two equals comes first makes no difference.
 */
static int
compare_visits(const void *left, const void *right)
{
	const struct rate_visit *a = *(const struct rate_visit *const *)left;
	const struct rate_visit *b = *(const struct rate_visit *const *)right;
	const int64_t pair[][2] = {
		{ a->day, b->day },
		{ a->starts, b->starts },
		{ a->seconds, b->seconds },
		{ a->carers, b->carers },
		{ a->area, b->area },
		{ a->rurality, b->rurality },
		{ a->need, b->need },
		{ a->age_group, b->age_group },
		{ a->outcomes, b->outcomes },
		{ a->absence, b->absence },
		{ a->absence_day, b->absence_day },
		{ a->shift_seconds, b->shift_seconds },
		{ a->offer == NULL ? 0 : a->offer->hourly_pence,
		    b->offer == NULL ? 0 : b->offer->hourly_pence },
	};
	int order = 0;

	for (size_t i = 0; i < sizeof(pair) / sizeof(*pair) && order == 0; i++)
		order = compare_numbers(pair[i][0], pair[i][1]);
	return order;
}

static struct block_visit
block_cover(const struct rates *rates, const struct rate_visit *visit,
    int64_t left_seconds)
{
	struct rate_price price = rates_price(rates, visit);
	struct block_visit covered = { .verdict = price.verdict };
	int64_t whole = (int64_t)visit->seconds * visit->carers;
	int32_t workers, rest;

	if (price.verdict == RATE_OUT_OF_RANGE || visit->seconds == 0) {
		covered.pence = price.total_pence;
		return covered;
	}
	if (left_seconds >= whole) {
		covered.covered_seconds = whole;
		covered.verdict = RATE_FINE;
		return covered;
	}
	covered.covered_seconds = left_seconds;
	workers = (int32_t)(left_seconds / visit->seconds);
	rest = (int32_t)(left_seconds % visit->seconds);
	covered.pence = price.each_pence * (visit->carers - workers - 1) +
	                rates_price_rest(rates, visit, rest);
	return covered;
}

struct block_week
block_week(struct arena *arena, const struct block *block,
    const struct rates *rates, const struct rate_visit *visits, size_t count)
{
	const struct rate_visit **order = arena_array(
	    arena, count, sizeof(*order));
	struct block_visit *covered = arena_array(
	    arena, count, sizeof(*covered));
	struct block_week week = { .visit = covered,
		.count = count,
		.unused_seconds = block->weekly_seconds };

	week.block_pence = (block->hourly_pence * block->weekly_seconds +
			       HOUR_SECONDS / 2) /
	                   HOUR_SECONDS;
	for (size_t i = 0; i < count; i++)
		order[i] = &visits[i];
	if (count != 0)
		qsort(order, count, sizeof(*order), compare_visits);
	for (size_t i = 0; i < count; i++) {
		struct block_visit *visit = &covered[order[i] - visits];

		*visit = block_cover(rates, order[i], week.unused_seconds);
		week.used_seconds += visit->covered_seconds;
		week.unused_seconds -= visit->covered_seconds;
		week.beyond_pence += visit->pence;
	}
	week.total_pence = week.block_pence + week.beyond_pence;
	return week;
}
