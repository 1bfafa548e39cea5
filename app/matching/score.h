/*
 * The arithmetic that ranking candidates and ranking replies share: values
 * that order (less is better) and scores in hundredths of 0-100.
 */
#ifndef MATCHING_SCORE_H
#define MATCHING_SCORE_H

#include <stdint.h>

enum { SCORE_FULL = 10000 };

/* part / whole × 100, half up; full for a whole of 0. Parts are 0 to whole. */
int32_t score_share(int64_t part, int64_t whole);

/* lowest / rate × 100, half up (002 L52); 0 for a rate that is not stated. */
int32_t score_price(int64_t lowest_pence, int64_t rate_pence);

/* Full when the wanted start is met, falling to 0 at `limit` seconds late. */
int32_t score_start(int64_t wanted_at, int64_t starts_at, int64_t limit);

/* The points in hundredths that a score brings, half up. */
int32_t score_points(int32_t points, int32_t score);

/* A value in steps of a tolerance: 0 to tolerance are equal. */
int64_t value_stepped(int64_t value, int64_t tolerance);

/*
 * A start as a value: earlier is less; not stated (0) is last. With a
 * tolerance in seconds all who meet the wanted start are equal.
 */
int64_t value_start(
    int64_t wanted_at, int64_t starts_at, int64_t tolerance_seconds);

#endif
