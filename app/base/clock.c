/*
 * Civil dates and London time by arithmetic alone: no TZ, no locale, no
 * libc calendar. Who reads the clock of the database is not said here.
 */
#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"

enum {
	DAYS_TO_MARCH = 305, /* from the day 0 back to 1 March of the year 0 */
	DAYS_IN_400_YEARS = 146097,
	MARCH = 3,
	OCTOBER = 10,
	YEAR_FIRST = 1,
	YEAR_LAST = 9999,
};

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

static int64_t
floor_divide(int64_t number, int64_t by)
{
	return number / by - (number % by < 0 ? 1 : 0);
}

static bool
is_leap_year(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t
month_length(int32_t year, int32_t month)
{
	static const int32_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap_year(year));
}

/*
 * Years are counted from March, so that the leap day comes last and the
 * months before it repeat every five: 31 30 31 30 31, 153 days in all.
 */
static int32_t
days_of(int32_t year, int32_t month, int32_t day)
{
	int32_t march_year = year - (month < MARCH);
	int32_t era = (int32_t)floor_divide(march_year, 400);
	int32_t year_of_era = march_year - era * 400;
	int32_t month_from_march = (month + 9) % 12;
	int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
	int32_t day_of_era = year_of_era * 365 + year_of_era / 4 -
	                     year_of_era / 100 + day_of_year;

	return era * DAYS_IN_400_YEARS + day_of_era - DAYS_TO_MARCH;
}

bool
date_from(int32_t year, int32_t month, int32_t day, int32_t *date)
{
	if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 ||
	    day < 1 || day > month_length(year, month))
		return false;
	*date = days_of(year, month, day);
	return true;
}

void
date_split(int32_t date, int32_t *year, int32_t *month, int32_t *day)
{
	int64_t days = (int64_t)date + DAYS_TO_MARCH;
	int64_t era = floor_divide(days, DAYS_IN_400_YEARS);
	int32_t day_of_era = (int32_t)(days - era * DAYS_IN_400_YEARS);
	int32_t year_of_era = (day_of_era - day_of_era / 1460 +
				  day_of_era / 36524 - day_of_era / 146096) /
	                      365;
	int32_t day_of_year = day_of_era -
	                      (365 * year_of_era + year_of_era / 4 -
				  year_of_era / 100);
	int32_t month_from_march = (5 * day_of_year + 2) / 153;

	*day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*month = month_from_march < 10 ? month_from_march + 3
	                               : month_from_march - 9;
	*year = (int32_t)(era * 400) + year_of_era + (*month < MARCH);
}

/* Digits alone, so many; -1 when there is anything else among them. */
static int32_t
digits_read(const char *text, int count)
{
	int32_t number = 0;

	for (; count > 0; count--, text++) {
		if (*text < '0' || *text > '9')
			return -1;
		number = 10 * number + (*text - '0');
	}
	return number;
}

bool
date_from_iso(const char *text, int32_t *date)
{
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	return date_from(digits_read(text, 4), digits_read(text + 5, 2),
	    digits_read(text + 8, 2), date);
}

int32_t
date_weekday(int32_t date)
{
	int64_t from_monday = (int64_t)date - 1; /* the day 1 was a Monday */

	return (int32_t)(from_monday - floor_divide(from_monday, 7) * 7);
}

/* The date of the last Sunday of March or October, which have 31 days. */
static int32_t
change_date(int32_t year, int32_t month)
{
	int32_t last = days_of(year, month, 31);

	return last - (date_weekday(last) + 1) % 7;
}

/* What is left of `number` above floor_divide's multiple of `by`. */
static int64_t
floor_rest(int64_t number, int64_t by)
{
	int64_t rest = number % by;

	return rest < 0 ? rest + by : rest;
}

/* The instant at which a date begins in UTC. */
static int64_t
date_instant(int32_t date)
{
	return ((int64_t)date - DATE_1970) * CLOCK_DAY;
}

/* The date in UTC. */
static int32_t
instant_date(int64_t instant)
{
	return (int32_t)(floor_divide(instant, CLOCK_DAY) + DATE_1970);
}

/* The instant of a clock change: 01:00 UTC in both directions. */
static int64_t
change_instant(int32_t year, int32_t month)
{
	return date_instant(change_date(year, month)) + CLOCK_HOUR;
}

/* Compares dates, as a change far away has no instant in 64 bits. */
static bool
is_summer_at(int64_t instant)
{
	int32_t date = instant_date(instant);
	bool is_after_one = floor_rest(instant, CLOCK_DAY) >= CLOCK_HOUR;
	int32_t year, month, day_of_month, spring, autumn;

	date_split(date, &year, &month, &day_of_month);
	spring = change_date(year, MARCH);
	autumn = change_date(year, OCTOBER);
	return (date > spring || (date == spring && is_after_one)) &&
	       (date < autumn || (date == autumn && !is_after_one));
}

struct local_time
clock_local(int64_t instant)
{
	struct local_time local = { .is_summer = is_summer_at(instant) };
	int32_t date = instant_date(instant);
	int64_t rest = floor_rest(instant, CLOCK_DAY);

	/* The hour is added to the rest, as the instant may be the last. */
	if (local.is_summer)
		rest += CLOCK_HOUR;
	if (rest >= CLOCK_DAY) {
		rest -= CLOCK_DAY;
		date++;
	}
	date_split(date, &local.year, &local.month, &local.day);
	local.hour = (int32_t)(rest / CLOCK_HOUR);
	local.minute = (int32_t)(rest % CLOCK_HOUR / CLOCK_MINUTE);
	local.second = (int32_t)(rest % CLOCK_MINUTE / CLOCK_SECOND);
	return local;
}

int32_t
clock_local_date(int64_t instant)
{
	struct local_time local = clock_local(instant);

	return days_of(local.year, local.month, local.day);
}

enum clock_answer
clock_instant(int32_t date, int32_t hour, int32_t minute, int64_t *instant)
{
	int32_t year, month, day_of_month;
	int64_t utc;

	date_split(date, &year, &month, &day_of_month);
	if (year < YEAR_FIRST || year > YEAR_LAST || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59)
		return CLOCK_NO_SUCH_DATE;
	if (hour == 1 && date == change_date(year, MARCH))
		return CLOCK_GAP;
	if (hour == 1 && date == change_date(year, OCTOBER))
		return CLOCK_TWICE;
	utc = date_instant(date) + hour * CLOCK_HOUR + minute * CLOCK_MINUTE;
	*instant = is_summer_at(utc - CLOCK_HOUR) ? utc - CLOCK_HOUR : utc;
	return CLOCK_FINE;
}

int64_t
clock_midnight(int32_t date)
{
	int64_t utc = date_instant(date);

	return is_summer_at(utc - CLOCK_HOUR) ? utc - CLOCK_HOUR : utc;
}

const char *
day(struct request *r, int32_t date)
{
	int32_t year, month, day_of_month;

	if (date == 0)
		return "";
	date_split(date, &year, &month, &day_of_month);
	return arena_printf(r->arena, "%" PRId32 " %s %" PRId32, day_of_month,
	    months[month - 1], year);
}

const char *
day_short(struct request *r, int32_t date)
{
	int32_t year, month, day_of_month;

	if (date == 0)
		return "";
	date_split(date, &year, &month, &day_of_month);
	return arena_printf(
	    r->arena, "%" PRId32 " %.3s", day_of_month, months[month - 1]);
}

/* Whether the clocks change within a day of `instant`. */
static bool
is_near_change(int64_t instant, int32_t year)
{
	int64_t spring = change_instant(year, MARCH);
	int64_t autumn = change_instant(year, OCTOBER);

	return (instant >= spring - CLOCK_DAY &&
		   instant <= spring + CLOCK_DAY) ||
	       (instant >= autumn - CLOCK_DAY && instant <= autumn + CLOCK_DAY);
}

const char *
at(struct request *r, int64_t instant)
{
	struct local_time local = clock_local(instant);
	const char *zone = "";

	if (instant == 0)
		return "";
	if (local.year >= YEAR_FIRST && local.year <= YEAR_LAST &&
	    is_near_change(instant, local.year))
		zone = local.is_summer ? " BST" : " GMT";
	return arena_printf(r->arena, "%s at %s%s",
	    day(r, days_of(local.year, local.month, local.day)),
	    time_of_day(r, local.hour * 60 + local.minute), zone);
}

const char *
at_short(struct request *r, int64_t instant)
{
	struct local_time local = clock_local(instant);

	if (instant == 0)
		return "";
	return arena_printf(r->arena, "%s, %s",
	    day_short(r, days_of(local.year, local.month, local.day)),
	    time_of_day(r, local.hour * 60 + local.minute));
}

const char *
time_of_day(struct request *r, int32_t minutes)
{
	int32_t hour = minutes / 60, minute = minutes % 60;
	const char *half = hour % 24 < 12 ? "am" : "pm";

	if (minute == 0 && hour % 12 == 0)
		return hour % 24 == 0 ? "midnight" : "midday";
	hour = (hour + 11) % 12 + 1;
	if (minute == 0)
		return arena_printf(r->arena, "%" PRId32 "%s", hour, half);
	return arena_printf(
	    r->arena, "%" PRId32 ":%02" PRId32 "%s", hour, minute, half);
}

static const char *
counted(struct request *r, int64_t count, const char *unit)
{
	return arena_printf(
	    r->arena, "%" PRId64 " %s%s", count, unit, count == 1 ? "" : "s");
}

/* "1 day 3 hours": two units, the second one left out when it is none. */
static const char *
counted_two(struct request *r, int64_t first, const char *first_unit,
    int64_t second, const char *second_unit)
{
	if (second == 0)
		return counted(r, first, first_unit);
	return arena_printf(r->arena, "%s %s", counted(r, first, first_unit),
	    counted(r, second, second_unit));
}

const char *
time_left(struct request *r, int64_t instant)
{
	int64_t left = instant - r->now;

	if (instant == 0)
		return "";
	if (left <= 0)
		return "no time";
	if (left < CLOCK_MINUTE)
		return "less than a minute";
	if (left < CLOCK_DAY)
		return minutes_text(r, left / CLOCK_MINUTE);
	return counted_two(
	    r, left / CLOCK_DAY, "day", left % CLOCK_DAY / CLOCK_HOUR, "hour");
}

const char *
minutes_text(struct request *r, int64_t minutes)
{
	if (minutes < 0)
		return arena_printf(
		    r->arena, "minus %s", minutes_text(r, -minutes));
	if (minutes < 60)
		return counted(r, minutes, "minute");
	return counted_two(r, minutes / 60, "hour", minutes % 60, "minute");
}

const char *
hours_text(struct request *r, int64_t minutes)
{
	const char *sign = minutes < 0 ? "-" : "";
	int64_t size = minutes < 0 ? -minutes : minutes;
	int64_t hundredths = (size % 60 * 100 + 30) / 60;
	int64_t hours = size / 60;

	if (hundredths == 0)
		return arena_printf(r->arena, "%s%" PRId64, sign, hours);
	if (hundredths % 10 == 0)
		return arena_printf(r->arena, "%s%" PRId64 ".%" PRId64, sign,
		    hours, hundredths / 10);
	return arena_printf(
	    r->arena, "%s%" PRId64 ".%02" PRId64, sign, hours, hundredths);
}
