/*
 * Plain English for figures; whole numbers only.
 */
#include "matching/words.h"

#include <inttypes.h>
#include <stdbool.h>

#include "base/arena.h"

enum {
	MONTHS = 12,
	MARCH = 3,
	OCTOBER = 10,
	HOUR_SECONDS = 3600,
	DAY_SECONDS = 86400,
	MILLION = 1000000,
};

/* A day of the calendar; months from 1. */
struct calendar_day {
	int64_t year;
	int64_t month;
	int64_t day;
};

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t
month_days(int64_t year, int64_t month)
{
	static const int64_t days[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* The day of a number of days since 1 January 1970. */
static struct calendar_day
calendar_day(int64_t days)
{
	struct calendar_day date = { 1970, 1, 1 };

	for (; days >= 365 + is_leap(date.year); date.year++)
		days -= 365 + is_leap(date.year);
	for (; days >= month_days(date.year, date.month); date.month++)
		days -= month_days(date.year, date.month);
	date.day = days + 1;
	return date;
}

/* Whether clocks in London are an hour ahead: see base/clock.h. */
static bool
is_summer(int64_t seconds)
{
	int64_t days = (seconds - HOUR_SECONDS) / DAY_SECONDS;
	struct calendar_day date = calendar_day(days);
	/* 1970 began on a Thursday: 0 is Sunday. */
	int64_t since_sunday = (days + 4) % 7;
	bool is_past_last_sunday = date.day - since_sunday > 31 - 7;

	if (date.month == MARCH)
		return is_past_last_sunday;
	if (date.month == OCTOBER)
		return !is_past_last_sunday;
	return date.month > MARCH && date.month < OCTOBER;
}

const char *
words_date(struct arena *arena, int64_t instant)
{
	static const char *const names[MONTHS] = { "January", "February",
		"March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	int64_t seconds = instant / MILLION;
	struct calendar_day date;

	if (is_summer(seconds))
		seconds += HOUR_SECONDS;
	date = calendar_day(seconds / DAY_SECONDS);
	return arena_printf(arena, "%" PRId64 " %s %" PRId64, date.day,
	    names[date.month - 1], date.year);
}

static const char *
words_count(struct arena *arena, int64_t count, const char *unit)
{
	return arena_printf(
	    arena, "%" PRId64 " %s%s", count, unit, count == 1 ? "" : "s");
}

/* The larger unit, then the smaller one where there is any. */
static const char *
words_pair(struct arena *arena, int64_t large, const char *large_unit,
    int64_t small, const char *small_unit)
{
	if (large == 0)
		return words_count(arena, small, small_unit);
	if (small == 0)
		return words_count(arena, large, large_unit);
	return arena_printf(arena, "%s %s",
	    words_count(arena, large, large_unit),
	    words_count(arena, small, small_unit));
}

const char *
words_money(struct arena *arena, int64_t pence)
{
	return arena_printf(
	    arena, "£%" PRId64 ".%02" PRId64, pence / 100, pence % 100);
}

const char *
words_hours(struct arena *arena, int64_t minutes)
{
	return words_pair(arena, minutes / 60, "hour", minutes % 60, "minute");
}

const char *
words_duration(struct arena *arena, int64_t seconds)
{
	int64_t minutes = (seconds + 59) / 60;
	int64_t hours = minutes / 60;

	if (hours < 24)
		return words_hours(arena, minutes);
	return words_pair(arena, hours / 24, "day", hours % 24, "hour");
}

const char *
words_distance(struct arena *arena, int64_t metres)
{
	/* A mile is 1,609.344 metres. */
	int64_t tenths = (metres * 10000 + 804672) / 1609344;

	return arena_printf(
	    arena, "%" PRId64 ".%" PRId64 " miles", tenths / 10, tenths % 10);
}

const char *
words_hundredths(struct arena *arena, int64_t hundredths)
{
	return arena_printf(arena, "%" PRId64 ".%02" PRId64, hundredths / 100,
	    hundredths % 100);
}

const char *
words_list(struct arena *arena, const char *const *item, size_t count)
{
	const char *text = count == 0 ? "" : item[0];

	for (size_t i = 1; i < count; i++)
		text = arena_printf(arena, "%s%s%s", text,
		    i + 1 == count ? " and " : ", ", item[i]);
	return text;
}
