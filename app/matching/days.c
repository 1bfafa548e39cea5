/*
 * The Gregorian calendar, counted in years that begin in March, so that the
 * day that comes and goes is the last of its year.
 */
#include "matching/days.h"

#include <inttypes.h>

#include "base/arena.h"

enum {
	DAYS_TO_1970 = 719468, /* from 1 March of the year 0 */
	DAYS_IN_400_YEARS = 146097,
	FIRST_MONTH = 3,
	MONTHS = 12,
};

struct calendar_day {
	int64_t year;  /* begins in March */
	int32_t month; /* 0 is March */
	int32_t day;   /* from 0 */
};

static int64_t
floor_divide(int64_t number, int64_t by)
{
	return number / by - (number % by < 0);
}

int32_t
day_weekday(int32_t day)
{
	int64_t from_monday = (int64_t)day + 3; /* 1970 began on a Thursday */

	return (int32_t)(from_monday - floor_divide(from_monday, 7) * 7);
}

static struct calendar_day
day_split(int32_t day)
{
	int64_t days = (int64_t)day + DAYS_TO_1970;
	int64_t era = floor_divide(days, DAYS_IN_400_YEARS);
	int32_t rest = (int32_t)(days - era * DAYS_IN_400_YEARS);
	int32_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) /
	               365;
	struct calendar_day split = { .year = era * 400 + year };

	rest -= 365 * year + year / 4 - year / 100;
	/* Five months, from March or August, have 153 days. */
	split.month = (5 * rest + 2) / 153;
	split.day = rest - (153 * split.month + 2) / 5;
	return split;
}

static int64_t
day_join(struct calendar_day split)
{
	int64_t era = floor_divide(split.year, 400);
	int64_t year = split.year - era * 400;

	return era * DAYS_IN_400_YEARS + year * 365 + year / 4 - year / 100 +
	       (153 * split.month + 2) / 5 + split.day - DAYS_TO_1970;
}

int32_t
day_add_months(int32_t day, int32_t months)
{
	struct calendar_day split = day_split(day), next;
	int64_t first, length, month = split.month + (int64_t)months;

	split.year += floor_divide(month, MONTHS);
	split.month = (int32_t)(month - floor_divide(month, MONTHS) * MONTHS);
	next = split;
	next.day = 0;
	first = day_join(next);
	if (++next.month == MONTHS) {
		next.month = 0;
		next.year++;
	}
	length = day_join(next) - first;
	if (split.day >= length)
		split.day = (int32_t)length - 1;
	return (int32_t)(first + split.day);
}

const char *
day_words(struct arena *arena, int32_t day)
{
	static const char *const names[] = { "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December", "January", "February" };
	struct calendar_day split = day_split(day);
	int64_t year = split.year + (split.month >= MONTHS - FIRST_MONTH + 1);

	return arena_printf(arena, "%" PRId32 " %s %" PRId64, split.day + 1,
	    names[split.month], year);
}
