/*
 * Block hours: a fixed number of hours a week that is paid whether used or
 * not, and used before the rate card is (000 L62-64, 004 L55-75).
 */
#ifndef MATCHING_BLOCK_H
#define MATCHING_BLOCK_H

#include "matching/rates.h"

struct block {
	int64_t weekly_seconds; /* of care workers' time */
	int64_t hourly_pence;
};

/* Of one visit: what the block covers, and the price of the rest. */
struct block_visit {
	int64_t covered_seconds; /* of all its care workers together */
	int64_t pence;
	enum rate_verdict verdict; /* of the rest; fine when all is covered */
};

struct block_week {
	int64_t block_pence; /* paid in any case */
	int64_t used_seconds;
	int64_t unused_seconds;
	const struct block_visit *visit; /* one for each, in their order */
	size_t count;
	int64_t beyond_pence; /* the sum of the visits */
	int64_t total_pence;
};

/*
 * Prices one week's visits with a block. Visits use it in the order in which
 * they begin, whatever order they are given in; a visit of several care
 * workers one after the other. What begins within the block and ends beyond
 * pays from that second on, by the rates of that time and the band of the
 * whole visit. A visit that is paid in absence uses block hours as if it took
 * place, so that nothing is paid twice. Verdicts are as of rates_price().
 */
struct block_week block_week(struct arena *arena, const struct block *block,
    const struct rates *rates, const struct rate_visit *visits, size_t count);

#endif
