/*
 * Dates and London time: against libc's Europe/London over thousands of
 * instants, at every clock change from 2026 to 2035, and as pages show them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct request r;

static int
setup(void **state)
{
	(void)state;
	r.arena = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(r.arena);
	return 0;
}

static int32_t
date_of(int32_t year, int32_t month, int32_t day_of_month)
{
	int32_t date;

	assert_true(date_from(year, month, day_of_month, &date));
	return date;
}

static void
test_known_dates(void **state)
{
	static const struct {
		int32_t year, month, day, from_1970, weekday;
	} cases[] = {
		{ 1, 1, 1, -719162, 0 },
		{ 1900, 1, 1, -25567, 0 },
		{ 1900, 3, 1, -25508, 3 },
		{ 1969, 12, 31, -1, 2 },
		{ 1970, 1, 1, 0, 3 },
		{ 1970, 1, 2, 1, 4 },
		{ 2000, 2, 29, 11016, 1 },
		{ 2000, 3, 1, 11017, 2 },
		{ 2024, 2, 29, 19782, 3 },
		{ 2026, 10, 25, 20751, 6 },
		{ 2026, 11, 22, 20779, 6 },
		{ 2038, 1, 19, 24855, 1 },
		{ 9999, 12, 31, 2932896, 4 },
	};
	int32_t year, month, day_of_month;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(
		    date_of(cases[i].year, cases[i].month, cases[i].day),
		    DATE_1970 + cases[i].from_1970);
		assert_int_equal(date_weekday(DATE_1970 + cases[i].from_1970),
		    cases[i].weekday);
		date_split(DATE_1970 + cases[i].from_1970, &year, &month,
		    &day_of_month);
		assert_int_equal(year, cases[i].year);
		assert_int_equal(month, cases[i].month);
		assert_int_equal(day_of_month, cases[i].day);
	}
}

static void
test_no_such_date(void **state)
{
	static const int32_t cases[][3] = {
		{ 0, 1, 1 },
		{ -1, 1, 1 },
		{ 10000, 1, 1 },
		{ INT32_MAX, 1, 1 },
		{ INT32_MIN, 1, 1 },
		{ 2026, 0, 1 },
		{ 2026, 13, 1 },
		{ 2026, INT32_MAX, 1 },
		{ 2026, 1, 0 },
		{ 2026, 1, 32 },
		{ 2026, 1, -1 },
		{ 2026, 2, 29 },
		{ 2026, 2, 30 },
		{ 2024, 2, 30 },
		{ 1900, 2, 29 },
		{ 2100, 2, 29 },
		{ 2026, 4, 31 },
		{ 2026, 6, 31 },
		{ 2026, 9, 31 },
		{ 2026, 11, 31 },
	};
	int32_t date = 77;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		assert_false(
		    date_from(cases[i][0], cases[i][1], cases[i][2], &date));
	assert_int_equal(date, 77);
}

static void
test_every_day_comes_back(void **state)
{
	int32_t date, year, month, day_of_month, weekday = 6;

	(void)state;
	weekday = date_weekday(DATE_1970 - 719162);
	for (date = DATE_1970 - 719162; date <= DATE_1970 + 2932896;
	     date += 1) {
		date_split(date, &year, &month, &day_of_month);
		if (date_of(year, month, day_of_month) != date ||
		    date_weekday(date) != weekday)
			fail_msg("day %d does not come back", date);
		weekday = (weekday + 1) % 7;
	}
}

/* libc knows the rule only since 1996; before, the changes differed. */
static void
test_against_libc(void **state)
{
	const int64_t from = 820454400, to = 4102444800;
	int64_t second;

	(void)state;
	setenv("TZ", "Europe/London", 1);
	tzset();
	for (second = from; second < to; second += 2699) {
		time_t time = second;
		int64_t instant = second * CLOCK_SECOND + 999999;
		struct local_time local = clock_local(instant);
		struct tm tm;

		localtime_r(&time, &tm);
		if (local.year != tm.tm_year + 1900 ||
		    local.month != tm.tm_mon + 1 || local.day != tm.tm_mday ||
		    local.hour != tm.tm_hour || local.minute != tm.tm_min ||
		    local.second != tm.tm_sec ||
		    local.is_summer != (tm.tm_isdst > 0) ||
		    date_weekday(clock_local_date(instant)) !=
			(tm.tm_wday + 6) % 7)
			fail_msg("libc differs at %lld", (long long)second);
	}
}

/* The last Sundays, from the calendar and not from the code. */
static const struct {
	int32_t year, march, october;
} changes[] = {
	{ 2026, 29, 25 },
	{ 2027, 28, 31 },
	{ 2028, 26, 29 },
	{ 2029, 25, 28 },
	{ 2030, 31, 27 },
	{ 2031, 30, 26 },
	{ 2032, 28, 31 },
	{ 2033, 27, 30 },
	{ 2034, 26, 29 },
	{ 2035, 25, 28 },
};

static void
assert_instant(int32_t date, int32_t hour, int32_t minute, int64_t utc_minutes)
{
	int64_t instant = 0;

	assert_int_equal(
	    clock_instant(date, hour, minute, &instant), CLOCK_FINE);
	assert_int_equal(instant,
	    (date - DATE_1970) * CLOCK_DAY + utc_minutes * CLOCK_MINUTE);
}

static void
test_gaps(void **state)
{
	size_t i;
	int32_t minute;
	int64_t instant = 77;

	(void)state;
	for (i = 0; i < LENGTH(changes); i++) {
		int32_t date = date_of(changes[i].year, 3, changes[i].march);

		assert_instant(date - 1, 1, 30, 90);
		assert_instant(date, 0, 0, 0);
		assert_instant(date, 0, 30, 30);
		assert_instant(date, 0, 59, 59);
		for (minute = 0; minute < 60; minute++)
			assert_int_equal(
			    clock_instant(date, 1, minute, &instant),
			    CLOCK_GAP);
		assert_instant(date, 2, 0, 60);
		assert_instant(date, 23, 59, 22 * 60 + 59);
		assert_instant(date + 1, 0, 0, -60);
		assert_int_equal(
		    clock_midnight(date), (date - DATE_1970) * CLOCK_DAY);
		assert_int_equal(clock_midnight(date + 1),
		    (date + 1 - DATE_1970) * CLOCK_DAY - CLOCK_HOUR);
	}
	assert_int_equal(instant, 77);
}

static void
test_overlaps(void **state)
{
	size_t i;
	int32_t minute;
	int64_t instant = 77;

	(void)state;
	for (i = 0; i < LENGTH(changes); i++) {
		int32_t date = date_of(changes[i].year, 10, changes[i].october);

		assert_instant(date - 1, 1, 30, 30);
		assert_instant(date, 0, 0, -60);
		assert_instant(date, 0, 30, -30);
		assert_instant(date, 0, 59, -1);
		for (minute = 0; minute < 60; minute++)
			assert_int_equal(
			    clock_instant(date, 1, minute, &instant),
			    CLOCK_TWICE);
		assert_instant(date, 2, 0, 120);
		assert_instant(date, 23, 59, 23 * 60 + 59);
		assert_instant(date + 1, 0, 0, 0);
		assert_int_equal(clock_midnight(date),
		    (date - DATE_1970) * CLOCK_DAY - CLOCK_HOUR);
		assert_int_equal(clock_midnight(date + 1),
		    (date + 1 - DATE_1970) * CLOCK_DAY);
	}
	assert_int_equal(instant, 77);
}

static void
test_minutes_come_back(void **state)
{
	int32_t date = date_of(2026, 1, 1), end = date_of(2036, 1, 1);

	(void)state;
	for (; date < end; date++) {
		int32_t minute;

		for (minute = 0; minute < 24 * 60; minute += 15) {
			int64_t instant;
			struct local_time local;

			if (clock_instant(date, minute / 60, minute % 60,
				&instant) != CLOCK_FINE)
				continue;
			local = clock_local(instant);
			if (clock_local_date(instant) != date ||
			    local.hour * 60 + local.minute != minute)
				fail_msg("minute %d of day %d", minute, date);
		}
	}
}

static void
test_no_such_time(void **state)
{
	int64_t instant = 77;
	int32_t date = date_of(2026, 11, 22);

	(void)state;
	assert_int_equal(
	    clock_instant(date, 24, 0, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(
	    clock_instant(date, -1, 0, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(
	    clock_instant(date, 1, 60, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(
	    clock_instant(date, 1, -1, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(
	    clock_instant(INT32_MAX, 1, 1, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(
	    clock_instant(INT32_MIN, 1, 1, &instant), CLOCK_NO_SUCH_DATE);
	assert_int_equal(instant, 77);
}

static void
test_ends_of_time(void **state)
{
	(void)state;
	assert_int_equal(clock_local(INT64_MAX).year, 294247);
	assert_int_equal(clock_local(INT64_MIN).year, -290308);
	assert_int_equal(clock_local(-1).second, 59);
	assert_string_not_equal(at(&r, INT64_MAX), "");
}

static void
test_days_shown(void **state)
{
	(void)state;
	assert_string_equal(day(&r, 0), "");
	assert_string_equal(day(&r, date_of(2026, 12, 3)), "3 December 2026");
	assert_string_equal(day(&r, date_of(2027, 5, 31)), "31 May 2027");
	assert_string_equal(day(&r, date_of(1931, 2, 1)), "1 February 1931");
	assert_string_equal(day_short(&r, 0), "");
	assert_string_equal(day_short(&r, date_of(2026, 12, 3)), "3 Dec");
	assert_string_equal(day_short(&r, date_of(2026, 9, 30)), "30 Sep");
}

static void
test_instants_shown(void **state)
{
	static const struct {
		int32_t year, month, day, hour, minute;
		const char *at, *at_short;
	} cases[] = {
		{ 2026, 12, 3, 14, 30, "3 December 2026 at 2:30pm",
		    "3 Dec, 2:30pm" },
		{ 2026, 7, 1, 9, 0, "1 July 2026 at 9am", "1 Jul, 9am" },
		{ 2026, 7, 1, 0, 5, "1 July 2026 at 12:05am",
		    "1 Jul, 12:05am" },
		{ 2026, 7, 1, 12, 0, "1 July 2026 at midday", "1 Jul, midday" },
		{ 2026, 10, 23, 23, 0, "23 October 2026 at 11pm",
		    "23 Oct, 11pm" },
		{ 2026, 10, 24, 12, 1, "24 October 2026 at 12:01pm BST",
		    "24 Oct, 12:01pm" },
		{ 2026, 10, 25, 0, 30, "25 October 2026 at 12:30am BST",
		    "25 Oct, 12:30am" },
		{ 2026, 10, 25, 2, 0, "25 October 2026 at 2am GMT",
		    "25 Oct, 2am" },
		{ 2026, 10, 26, 1, 0, "26 October 2026 at 1am GMT",
		    "26 Oct, 1am" },
		{ 2026, 10, 26, 1, 1, "26 October 2026 at 1:01am",
		    "26 Oct, 1:01am" },
		{ 2027, 3, 28, 0, 59, "28 March 2027 at 12:59am GMT",
		    "28 Mar, 12:59am" },
		{ 2027, 3, 28, 2, 0, "28 March 2027 at 2am BST",
		    "28 Mar, 2am" },
	};
	int64_t instant;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(
		    clock_instant(
			date_of(cases[i].year, cases[i].month, cases[i].day),
			cases[i].hour, cases[i].minute, &instant),
		    CLOCK_FINE);
		assert_string_equal(at(&r, instant), cases[i].at);
		assert_string_equal(at_short(&r, instant), cases[i].at_short);
	}
	assert_string_equal(at(&r, 0), "");
	assert_string_equal(at_short(&r, 0), "");
}

static void
test_the_hour_that_comes_twice(void **state)
{
	int64_t midnight = clock_midnight(date_of(2026, 10, 25));

	(void)state;
	assert_string_equal(at(&r, midnight + 3 * CLOCK_HOUR / 2),
	    "25 October 2026 at 1:30am BST");
	assert_string_equal(at(&r, midnight + 5 * CLOCK_HOUR / 2),
	    "25 October 2026 at 1:30am GMT");
}

static void
test_times_of_day(void **state)
{
	static const struct {
		int32_t minutes;
		const char *text;
	} cases[] = {
		{ 0, "midnight" },
		{ 1, "12:01am" },
		{ 59, "12:59am" },
		{ 60, "1am" },
		{ 7 * 60 + 5, "7:05am" },
		{ 11 * 60 + 59, "11:59am" },
		{ 12 * 60, "midday" },
		{ 12 * 60 + 1, "12:01pm" },
		{ 13 * 60, "1pm" },
		{ 14 * 60 + 30, "2:30pm" },
		{ 23 * 60 + 59, "11:59pm" },
		{ 24 * 60, "midnight" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		assert_string_equal(
		    time_of_day(&r, cases[i].minutes), cases[i].text);
}

static void
test_time_left(void **state)
{
	static const struct {
		int64_t left;
		const char *text;
	} cases[] = {
		{ -CLOCK_DAY, "no time" },
		{ 0, "no time" },
		{ 1, "less than a minute" },
		{ CLOCK_MINUTE - 1, "less than a minute" },
		{ CLOCK_MINUTE, "1 minute" },
		{ 2 * CLOCK_MINUTE - 1, "1 minute" },
		{ 59 * CLOCK_MINUTE, "59 minutes" },
		{ CLOCK_HOUR, "1 hour" },
		{ 72 * CLOCK_MINUTE, "1 hour 12 minutes" },
		{ 121 * CLOCK_MINUTE, "2 hours 1 minute" },
		{ CLOCK_DAY - 1, "23 hours 59 minutes" },
		{ CLOCK_DAY, "1 day" },
		{ 25 * CLOCK_HOUR, "1 day 1 hour" },
		{ 47 * CLOCK_HOUR + CLOCK_MINUTE, "1 day 23 hours" },
		{ 48 * CLOCK_HOUR, "2 days" },
	};
	size_t i;

	(void)state;
	r.now = INT64_C(1795000000) * CLOCK_SECOND;
	for (i = 0; i < LENGTH(cases); i++)
		assert_string_equal(
		    time_left(&r, r.now + cases[i].left), cases[i].text);
	assert_string_equal(time_left(&r, 0), "");
}

static void
test_durations(void **state)
{
	static const struct {
		int64_t minutes;
		const char *text, *hours;
	} cases[] = {
		{ 0, "0 minutes", "0" },
		{ 1, "1 minute", "0.02" },
		{ 10, "10 minutes", "0.17" },
		{ 15, "15 minutes", "0.25" },
		{ 30, "30 minutes", "0.5" },
		{ 59, "59 minutes", "0.98" },
		{ 60, "1 hour", "1" },
		{ 61, "1 hour 1 minute", "1.02" },
		{ 90, "1 hour 30 minutes", "1.5" },
		{ 645, "10 hours 45 minutes", "10.75" },
		{ 10080, "168 hours", "168" },
		{ -90, "minus 1 hour 30 minutes", "-1.5" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		assert_string_equal(
		    minutes_text(&r, cases[i].minutes), cases[i].text);
		assert_string_equal(
		    hours_text(&r, cases[i].minutes), cases[i].hours);
	}
}

static void
test_dates_of_files(void **state)
{
	static const char *const wrong[] = { "", "2026-02-30", "2026-2-03",
		"2026-02-03 ", "26-02-2003", "2026/02/03", "-026-02-03",
		"2026-+2-03", "0000-01-01" };
	int32_t date;

	(void)state;
	assert_true(date_from_iso("1970-01-01", &date));
	assert_int_equal(date, DATE_1970);
	assert_true(date_from_iso("2024-02-29", &date));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(date_from_iso(wrong[i], &date));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_of_files),
		cmocka_unit_test(test_known_dates),
		cmocka_unit_test(test_no_such_date),
		cmocka_unit_test(test_every_day_comes_back),
		cmocka_unit_test(test_against_libc),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_minutes_come_back),
		cmocka_unit_test(test_no_such_time),
		cmocka_unit_test(test_ends_of_time),
		cmocka_unit_test(test_days_shown),
		cmocka_unit_test(test_instants_shown),
		cmocka_unit_test(test_the_hour_that_comes_twice),
		cmocka_unit_test(test_times_of_day),
		cmocka_unit_test(test_time_left),
		cmocka_unit_test(test_durations),
	};

	return cmocka_run_group_tests_name("clock", tests, setup, teardown);
}
