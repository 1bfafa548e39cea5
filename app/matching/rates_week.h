/*
 * What a week of a timetable costs by a full rate card, line by line. Packages,
 * matches, offers and placements are all priced here, so that no two of their
 * prices can differ. Which card, and at which hourly rate, is left to others.
 */
#ifndef MATCHING_RATES_WEEK_H
#define MATCHING_RATES_WEEK_H

#include "matching/rates.h"

/* When the visits of one line of a weekly timetable take place. */
enum week_kind {
	WEEK_ON_DAYS,  /* once on each day in `days` */
	WEEK_TIMES,    /* `times` a week, days not fixed */
	WEEK_FLEXIBLE, /* `minutes` in all over the week, no visits fixed */
};

/* One line of a weekly timetable. */
struct week_visit {
	enum week_kind kind;
	uint32_t days; /* bit 0 Monday to bit 6 Sunday */
	int32_t times;
	int32_t minutes; /* of each visit, or in all when flexible */
	int32_t carers;  /* care workers at once, at least 1 */
	bool has_start;
	int32_t start_minutes; /* after midnight; the earliest of a window */
};

/* Whose week it is, as premiums of the card go by it. */
struct week_person {
	uint64_t needs; /* of the card, a bit for each */
	int age_group;  /* of the card, or RATE_NONE */
};

/*
 * The working of a timetable line, or of those of its visits that cost the
 * same: `visits` × `carers` × `each_pence` = `total_pence`. Each care worker's
 * visit is priced and rounded by itself. Flexible minutes have no visits to
 * band, so they are one pro rata line.
 */
struct price_line {
	size_t visit; /* which timetable line */
	int32_t visits;
	uint32_t days; /* on which they are, or are priced as if they were */
	int32_t carers;
	int64_t seconds; /* of each */
	int band;        /* from 0, or PRICE_PRO_RATA */
	int32_t percent; /* of the hourly rate; 100 when pro rata */
	int64_t each_pence;
	int64_t total_pence;
	/* Of each, for one care worker: band, then premium by premium. */
	struct rate_working working;
};

struct price_week {
	const struct price_line *line;
	size_t count;
	bool is_priced; /* the card has a rate, and every line a price */
	int64_t hourly_pence;
	int64_t visit_seconds;     /* time with the person */
	int64_t care_seconds;      /* care workers' time: carers counted */
	int64_t total_pence;       /* the sum of the lines; 0 unless priced */
	const struct rates *rates; /* that rate_line_words needs */
};

/*
 * Prices a typical week at the card's own hourly rate; its rows of rates are
 * for those who choose that rate. A visit counts as beginning at its earliest
 * start, without a time at midday; visits on any days as on Monday and on each
 * day after it in turn; flexible minutes as on Monday at midday. Days are bank
 * holidays only where the rates were prepared with WEEK_MONDAY as one.
 *
 * Lines come in the order of the timetable, and of the days in each, without
 * those of no visits or minutes. They live in the arena, and have hours but no
 * pence when the rate is none or, with all its premiums, beyond what a price
 * can be.
 */
struct price_week rates_week(struct arena *arena, const struct rates *rates,
    const struct week_person *person, const struct week_visit *visits,
    size_t count);

/* The Monday of the typical week, in days since 1970. */
enum { WEEK_MONDAY = 4 };

/* The same by a rate with its bands alone, for anybody. */
struct price_week price_week(struct arena *arena, const struct price_card *card,
    const struct week_visit *visits, size_t count);

#endif
