/*
 * The inside of a card made ready, for rates*.c alone.
 */
#ifndef MATCHING_RATES_READY_H
#define MATCHING_RATES_READY_H

#include "matching/rates.h"

enum {
	RATE_WEEK_DAYS = 7,
	RATE_PARTS = 2 * RATE_PREMIUMS + 1,        /* of a day */
	RATE_MOST_PENCE = 10 * PRICE_HOURLY_PENCE, /* see pence_of */
	RATE_FIRST_DAY = -719162,                  /* 1 January of the year 1 */
	RATE_LAST_DAY = 2932896,                   /* 31 December 9999 */
};

/* Sets of premiums have a bit for each. */
struct rates {
	const struct rate_card *card;
	int *row; /* by area, rurality and need, each from not stated */
	int32_t part_end[RATE_PARTS]; /* seconds, the last is midnight */
	uint32_t part_premiums[RATE_PARTS];
	size_t part_count;
	uint32_t day_premiums[RATE_WEEK_DAYS];
	uint32_t holiday_premiums[2];           /* not on one, on one */
	uint32_t need_premiums[RATE_NEEDS + 1]; /* from not stated */
	uint32_t age_premiums[RATE_AGE_GROUPS + 1];
	uint32_t outcome_premiums[RATE_OUTCOMES];
	uint32_t plain_premiums; /* that no outcome is needed for */
	uint64_t *holiday;       /* a bit for each day from the first */
	int32_t holiday_first;
	size_t holiday_days;
	int64_t most_hundredths; /* of all premiums together */
	int64_t most_pence;
};

/* Where the row of an area, rurality and need is; each may be RATE_NONE. */
size_t rates_place(const struct rates *rates, int area, int rurality, int need);

#endif
