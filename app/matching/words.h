/*
 * Figures as words for reasons: money, times, distances, lists.
 */
#ifndef MATCHING_WORDS_H
#define MATCHING_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* "£15.00" */
const char *words_money(struct arena *arena, int64_t pence);

/* "2 days 3 hours", the two largest units, minutes rounded up. */
const char *words_duration(struct arena *arena, int64_t seconds);

/* "4 hours 30 minutes" of a week's minutes, never days. */
const char *words_hours(struct arena *arena, int64_t minutes);

/* "7.7 miles" */
const char *words_distance(struct arena *arena, int64_t metres);

/* "94.46" of hundredths */
const char *words_hundredths(struct arena *arena, int64_t hundredths);

/* "5 March 2027" of days since 1970 */
const char *words_date(struct arena *arena, int32_t date);

/* "a, b and c" */
const char *words_list(
    struct arena *arena, const char *const *item, size_t count);

#endif
