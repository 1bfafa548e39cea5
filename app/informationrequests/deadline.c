/* See deadline.h. */
#include "informationrequests/deadline.h"

#include <stddef.h>

#include "base/clock.h"

enum { SATURDAY = 5, WEEK = 7, DECEMBER = 12, AUGUST = 8 };

static bool
is_weekend(int32_t date)
{
	return date_weekday(date) >= SATURDAY;
}

static bool
is_listed(int32_t date, struct bank_holiday_list holidays)
{
	for (size_t i = 0; i < holidays.count; i++)
		if (holidays.row[i].on_date == date)
			return true;
	return false;
}

/* Whether a date, no weekend, is that day or stands for it after a weekend. */
static bool
is_day_or_substitute(int32_t date, int32_t year, int32_t month, int32_t day)
{
	int32_t kept = 0;

	date_from(year, month, day, &kept);
	while (is_weekend(kept))
		kept++;
	return date == kept;
}

/* Scotland has 1 and 2 January: the first two days that are no weekend. */
static bool
is_second_of_january(int32_t date, int32_t year)
{
	int32_t kept = 0;

	date_from(year, 1, 1, &kept);
	while (is_weekend(kept))
		kept++;
	for (kept++; is_weekend(kept);)
		kept++;
	return date == kept;
}

/* Bank holidays of Scotland and Northern Ireland that England has not. */
static bool
is_kept_elsewhere(int32_t date)
{
	int32_t year, month, day;

	date_split(date, &year, &month, &day);
	return is_second_of_january(date, year) ||
	       is_day_or_substitute(date, year, 3, 17) || /* St Patrick's Day */
	       is_day_or_substitute(date, year, 7, 12) || /* the Boyne */
	       (month == AUGUST && day <= WEEK && date_weekday(date) == 0) ||
	       is_day_or_substitute(date, year, 11, 30); /* St Andrew's Day */
}

static bool
is_christmas(int32_t date)
{
	int32_t year, month, day;

	date_split(date, &year, &month, &day);
	return month == DECEMBER && day == 25;
}

bool
day_is_working(int32_t date, struct bank_holiday_list holidays)
{
	return !is_weekend(date) && !is_christmas(date) &&
	       !is_listed(date, holidays) && !is_kept_elsewhere(date);
}

int32_t
working_day_after(int32_t date, int32_t days, struct bank_holiday_list holidays)
{
	while (days > 0)
		if (day_is_working(++date, holidays))
			days--;
	return date;
}

int32_t
working_days_between(
    int32_t from, int32_t to, struct bank_holiday_list holidays)
{
	int32_t count = 0;

	if (to < from)
		return -working_days_between(to, from, holidays);
	while (from < to)
		if (day_is_working(++from, holidays))
			count++;
	return count;
}

struct request_clock
request_clock_at(int32_t received_on, int32_t clarified_on, bool is_waiting,
    struct bank_holiday_list holidays, int32_t today)
{
	struct request_clock clock = { 0 };

	if (is_waiting)
		return clock;
	clock.due_on = working_day_after(
	    clarified_on > received_on ? clarified_on : received_on,
	    REQUEST_DAYS, holidays);
	clock.days_left = working_days_between(today, clock.due_on, holidays);
	clock.is_overdue = today > clock.due_on;
	return clock;
}
