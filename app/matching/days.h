/*
 * Calendar days as whole numbers, days since 1970, for rules that run over
 * months and weekdays. What day it is now is left to the caller.
 */
#ifndef MATCHING_DAYS_H
#define MATCHING_DAYS_H

#include <stdint.h>

struct arena;

/* 0 = Monday ... 6 = Sunday. */
int32_t day_weekday(int32_t day);

/*
 * The same day of the month `months` later, or the last one of that month
 * where it has no such day: a year after 29 February is 28 February.
 */
int32_t day_add_months(int32_t day, int32_t months);

/* "3 December 2026" */
const char *day_words(struct arena *arena, int32_t day);

#endif
