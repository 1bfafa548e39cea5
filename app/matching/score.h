/*
 * The arithmetic that ranking candidates and ranking replies share: values
 * that order (less is better) and scores in hundredths of 0-100.
 */
#ifndef MATCHING_SCORE_H
#define MATCHING_SCORE_H

#include <stdint.h>

enum { SCORE_FULL = 10000 };

/* Half up, of what is not below 0; 32 bits take a fraction of the time of 64. */
static inline int64_t
score_divided(int64_t numerator, int64_t denominator)
{
	uint64_t twice = (uint64_t)numerator * 2 + (uint64_t)denominator;

	if (twice <= UINT32_MAX && denominator <= INT32_MAX)
		return (uint32_t)twice / ((uint32_t)denominator * 2);
	return (int64_t)(twice / ((uint64_t)denominator * 2));
}

/* part / whole × 100, half up; full for a whole of 0. Parts are 0 to whole. */
static inline int32_t
score_share(int64_t part, int64_t whole)
{
	if (whole <= 0)
		return SCORE_FULL;
	return (int32_t)score_divided(part * SCORE_FULL, whole);
}

/* lowest / rate × 100, half up (002 L52); 0 for a rate that is not stated. */
int32_t score_price(int64_t lowest_pence, int64_t rate_pence);

/* Full when the wanted start is met, falling to 0 at `limit` seconds late. */
int32_t score_start(int64_t wanted_at, int64_t starts_at, int64_t limit);

/* The points in hundredths that a score brings, half up. */
static inline int32_t
score_points(int32_t points, int32_t score)
{
	return (int32_t)score_divided((int64_t)points * score, 100);
}

/* A value in steps of a tolerance: 0 to tolerance are equal. */
int64_t value_stepped(int64_t value, int64_t tolerance);

/*
 * A start as a value: earlier is less; not stated (0) is last. With a
 * tolerance in seconds all who meet the wanted start are equal.
 */
int64_t value_start(
    int64_t wanted_at, int64_t starts_at, int64_t tolerance_seconds);

#endif
