/*
 * What a banded card does to an hour: where leaving early pays, and what a mix
 * of calls comes to by the hour.
 */
#ifndef MATCHING_MIX_H
#define MATCHING_MIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matching/price.h"

struct arena;

/* A planned visit beside the shortest one that is paid no less. */
struct price_early {
	int64_t pence;
	int64_t hourly_pence; /* what the planned visit pays by the hour */
	int64_t shortest_seconds;
	int64_t shortest_hourly_pence; /* 0 for a visit of no seconds */
	bool pays;                     /* a shorter visit pays as much */
	const char *text; /* "" unless it pays; lives in the arena */
};

/*
 * Whether leaving early pays. The shortest visit is the first second of the
 * band; pro rata no second is paid that is not given.
 */
struct price_early price_early(
    struct arena *arena, const struct price_card *card, int64_t seconds);

/* One length of call and how often it occurs: a count, or a share. */
struct price_call {
	int64_t seconds;
	int64_t count;
};

/*
 * The average hourly rate of a mix of calls: all that is paid over all the
 * time, half up; 0 for no time. Counts of up to 10^9 calls in all.
 */
int64_t price_mix_hourly(const struct price_card *card,
    const struct price_call *calls, size_t count);

/*
 * The mean of the calls' own hourly rates, where `count` is the share of the
 * time that is spent in calls of that length; half up.
 */
int64_t price_mix_hourly_by_time(const struct price_card *card,
    const struct price_call *calls, size_t count);

#endif
