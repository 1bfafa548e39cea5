/*
 * Day, month, year and time as four lines of the input, read as a date and
 * as an instant; and any instant at all, split and put together again.
 */
#include "fuzz.h"

#include <string.h>

#include "base/clock.h"
#include "base/form.h"

struct moment {
	int32_t day;
	int64_t at;
};

static const struct field fields[] = {
	FIELD(struct moment, FIELD_DATE, day, "Day"),
	FIELD(struct moment, FIELD_INSTANT, at, "Time"),
	FIELD_END,
};

static void
check_instant(struct request *r, int64_t instant)
{
	struct local_time local = clock_local(instant);
	int32_t date;
	int64_t again;

	at(r, instant);
	at_short(r, instant);
	ENSURE(local.month >= 1 && local.month <= 12);
	ENSURE(local.hour >= 0 && local.hour <= 23);
	ENSURE(local.minute >= 0 && local.minute <= 59);
	ENSURE(local.second >= 0 && local.second <= 59);
	if (!date_from(local.year, local.month, local.day, &date))
		return;
	ENSURE(date == clock_local_date(instant));
	ENSURE(clock_midnight(date) <= instant);
	ENSURE(clock_midnight(date + 1) > instant);
	if (clock_instant(date, local.hour, local.minute, &again) == CLOCK_FINE)
		ENSURE(again <= instant && instant - again < CLOCK_MINUTE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "day-day", "day-month", "day-year",
		"at-day", "at-month", "at-year", "at-time" };
	struct request r = { .arena = fuzz_arena() };
	struct pair rows[7];
	struct moment moment;
	int64_t instant;
	char *rest;
	size_t i;

	if (size >= sizeof(instant)) {
		memcpy(&instant, data, sizeof(instant));
		check_instant(&r, instant);
	}
	rest = arena_strndup(r.arena, (const char *)data, size);
	if (!text_is_utf8(rest, strlen(rest)))
		return 0;
	for (i = 0; i < 7; i++) {
		const char *value;

		/* The instant has the date's parts, and a time. */
		value = i >= 3 && i < 6 ? rows[i - 3].value
		                        : strsep(&rest, "\n");
		rows[i] = (struct pair) { names[i], value ? value : "" };
	}
	r.fields = (struct pair_list) { rows, 7 };
	form_read(&r, fields, &moment);
	if (moment.at != 0) {
		ENSURE(moment.day == clock_local_date(moment.at));
		check_instant(&r, moment.at);
	}
	return 0;
}
