/*
 * Plain English for figures; whole numbers only.
 */
#include "matching/words.h"

#include <inttypes.h>
#include <stdbool.h>

#include "base/arena.h"

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

static int32_t
february_days(int32_t year)
{
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return is_leap ? 29 : 28;
}

const char *
words_date(struct arena *arena, int32_t date)
{
	static const struct {
		const char *name;
		int32_t days;
	} months[] = { { "January", 31 }, { "February", 28 }, { "March", 31 },
		{ "April", 30 }, { "May", 31 }, { "June", 30 }, { "July", 31 },
		{ "August", 31 }, { "September", 30 }, { "October", 31 },
		{ "November", 30 }, { "December", 31 } };
	int32_t year = 1970, month = 0, left = date;

	for (; left >= 337 + february_days(year); year++)
		left -= 337 + february_days(year);
	while (left < 0)
		left += 337 + february_days(--year);
	for (;; month++) {
		int32_t days = month == 1 ? february_days(year)
		                          : months[month].days;

		if (left < days)
			break;
		left -= days;
	}
	return arena_printf(arena, "%" PRId32 " %s %" PRId32, left + 1,
	    months[month].name, year);
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
