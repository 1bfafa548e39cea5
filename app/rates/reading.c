/* Values as files write them. */
#include "rates/reading.h"

#include <string.h>

#include "base/clock.h"
#include "matching/words.h"

enum { MINUTE_SECONDS = 60, HOUR_SECONDS = 3600, NAMES_SHOWN = 8 };

struct rate_faults
reading_faults(const struct reading *reading)
{
	return (struct rate_faults) { reading->fault, reading->fault_count };
}

/* Exactly `count` digits. */
static bool
digits(const char *text, size_t count, int32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

bool
reading_date(const char *text, int32_t *date)
{
	if (!date_from_iso(text, date))
		return false;
	*date -= DATE_1970; /* as app/matching counts them */
	return true;
}

bool
reading_length(const char *text, int32_t *seconds)
{
	size_t minutes = strspn(text, "0123456789");
	int32_t rest = 0, number;

	if (minutes == 0 || minutes > 4 || !digits(text, minutes, &number))
		return false;
	if (text[minutes] == ':' && (strlen(text) != minutes + 3 ||
					!digits(text + minutes + 1, 2, &rest) ||
					rest >= MINUTE_SECONDS))
		return false;
	if (text[minutes] != ':' && text[minutes] != '\0')
		return false;
	*seconds = number * MINUTE_SECONDS + rest;
	return true;
}

void
reading_shift(struct rate_visit *visit, int64_t instant)
{
	int64_t end = instant + visit->seconds * CLOCK_SECOND, change;
	bool is_summer = clock_local(end).is_summer;

	if (clock_local(instant).is_summer == is_summer)
		return;
	/* Both changes are at 01:00 UTC, and a visit has one at most. */
	change = end / CLOCK_DAY * CLOCK_DAY + CLOCK_HOUR;
	if (change > end)
		change -= CLOCK_DAY;
	visit->shift_after = (int32_t)((change - instant) / CLOCK_SECOND);
	visit->shift_seconds = is_summer ? HOUR_SECONDS : -HOUR_SECONDS;
}

int
reading_name(const struct rate_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->name[i], name) == 0)
			return (int)i;
	return RATE_NONE;
}

int
reading_rurality(const char *name)
{
	for (int i = 0; i < RURALITY_COUNT; i++)
		if (strcmp(rate_rurality_name((enum rate_rurality)i), name) ==
		    0)
			return i;
	return RATE_NONE;
}

const char *
reading_names(struct arena *arena, const struct rate_names *names)
{
	if (names->count == 0)
		return "none at all";
	if (names->count > NAMES_SHOWN)
		return "those of the rate card";
	return words_list(arena, names->name, names->count);
}
