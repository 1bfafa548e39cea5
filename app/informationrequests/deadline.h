/*
 * The clock of a request for information, in working days. Pure: which day it
 * is, and the bank holidays of England and Wales, are left to the caller.
 * Sections are of the Freedom of Information Act 2000.
 */
#ifndef INFORMATIONREQUESTS_DEADLINE_H
#define INFORMATIONREQUESTS_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "offers/matches.sql.h"

enum {
	REQUEST_DAYS = 20, /* section 10(1) */
	REQUEST_DAYS_SOON = 5,
};

struct request_clock {
	int32_t due_on; /* 0: it stands until the request is clarified */
	/* After today, up to the day itself; below 0 since it was due. */
	int32_t days_left;
	bool is_overdue; /* also where no working day has passed since */
};

/*
 * Whether a date is a working day by section 10(6): none is a Saturday, a
 * Sunday, Christmas Day, Good Friday or a bank holiday in any part of the
 * United Kingdom. `holidays` are those of England and Wales, with Good Friday;
 * the yearly ones of Scotland and Northern Ireland follow from the calendar
 * (Banking and Financial Dealings Act 1971, schedule 1, and the days that are
 * proclaimed each year) with the days that stand for them after a weekend. One
 * that is proclaimed there once is not known: a day is due the sooner for it,
 * never the later.
 */
bool day_is_working(int32_t date, struct bank_holiday_list holidays);

/* The working day that is `days` (1 or more) after a date, not counting it. */
int32_t working_day_after(
    int32_t date, int32_t days, struct bank_holiday_list holidays);

/* Working days after `from`, up to and with `to`; below 0 when `to` is first. */
int32_t working_days_between(
    int32_t from, int32_t to, struct bank_holiday_list holidays);

/*
 * When the answer is due: on the twentieth working day after the day of
 * receipt (section 10(1)), which is that of the last clarification where one
 * was asked for (section 10(6)); `clarified_on` is that day, 0 for none. While
 * the request waits for one there is no such day (section 1(3)).
 */
struct request_clock request_clock_at(int32_t received_on, int32_t clarified_on,
    bool is_waiting, struct bank_holiday_list holidays, int32_t today);

#endif
