/*
 * Instants are microseconds since 1970 in UTC. Dates are days, of which
 * 1 January of the year 1 is the first. 0 is absent in both: no date is 0, and
 * forms take no instant as old as 1970. People read and write Europe/London, whose rule (summer time
 * from the last Sunday of March to the last of October, both 01:00 UTC,
 * Summer Time Order 2002) is written out here: no locale, no TZ.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct request;

#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)

/* The day that instants are counted from. */
#define DATE_1970 719163

struct local_time {
	int32_t year;
	int32_t month; /* 1 to 12 */
	int32_t day;   /* 1 to 31 */
	int32_t hour;
	int32_t minute;
	int32_t second;
	bool is_summer; /* BST */
};

enum clock_answer {
	CLOCK_FINE,
	CLOCK_NO_SUCH_DATE,
	CLOCK_GAP,   /* the clocks go forward over it */
	CLOCK_TWICE, /* the clocks go back over it */
};

/* The day of a calendar date; false when there is no such date. */
bool date_from(int32_t year, int32_t month, int32_t day, int32_t *date);
void date_split(int32_t date, int32_t *year, int32_t *month, int32_t *day);

/* "2026-12-03"; false for anything else and when there is no such date. */
bool date_from_iso(const char *text, int32_t *date);

/* 0 = Monday ... 6 = Sunday. */
int32_t date_weekday(int32_t date);

struct local_time clock_local(int64_t instant);
int32_t clock_local_date(int64_t instant);

/* The instant at a wall-clock time in London; refuses a gap or an overlap. */
enum clock_answer clock_instant(
    int32_t date, int32_t hour, int32_t minute, int64_t *instant);

/* The instant at which a local day begins. */
int64_t clock_midnight(int32_t date);

/*
 * For pages, all in the request's arena; "" when absent.
 * day        "3 December 2026"
 * day_short  "3 Dec"
 * at         "3 December 2026 at 2:30pm" (and " BST"/" GMT" within a day of
 *            a clock change)
 * at_short   "3 Dec, 2:30pm"
 * time_of_day "2:30pm" from minutes after midnight
 * time_left  "1 hour 12 minutes", "less than a minute" or "no time" until
 *            `instant`
 * minutes_text "1 hour 30 minutes", for durations in minutes
 * hours_text  "10.75", hours with up to two decimals from minutes
 */
const char *day(struct request *r, int32_t date);
const char *day_short(struct request *r, int32_t date);
const char *at(struct request *r, int64_t instant);
const char *at_short(struct request *r, int64_t instant);
const char *time_of_day(struct request *r, int32_t minutes);
const char *time_left(struct request *r, int64_t instant);
const char *minutes_text(struct request *r, int64_t minutes);
const char *hours_text(struct request *r, int64_t minutes);

#endif
