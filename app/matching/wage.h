/*
 * What care workers are paid, against a threshold, and what an hour of care
 * must cost for a wage to be paid (000, questions 9 and 10). Thresholds and
 * costs are rows with dates; where they come from is left to others.
 */
#ifndef MATCHING_WAGE_H
#define MATCHING_WAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	WAGE_WHOLE = 10000,       /* hundredths of a per cent in 100 % */
	WAGE_MOST_PENCE = 100000, /* an hour */
	WAGE_MARGIN_MOST = 9000,  /* a price is finite */
};

/* The least hourly pay from a day on, until the next row begins. */
struct wage_threshold {
	int32_t starts_on; /* days since 1970 */
	int64_t hourly_pence;
	const char *name; /* "National Living Wage" */
};

/*
 * The threshold in force on a day, the one that began last, or NULL before
 * all. Rows may be in any order; of two that begin on one day the higher one
 * counts.
 */
const struct wage_threshold *wage_threshold_on(
    const struct wage_threshold *rows, size_t count, int32_t day);

struct wage_verdict {
	bool is_met;
	const struct wage_threshold *threshold; /* NULL: there is none yet */
	int64_t short_pence;                    /* an hour, 0 when met */
	int32_t fails_from; /* a known row from which it is not met, or 0 */
	const char *text;
};

/*
 * Whether pay stated by a provider meets the threshold of a day; without a
 * threshold it does. Pay of 0 or less is not stated and meets none. The text
 * lives in the arena.
 */
struct wage_verdict wage_check(struct arena *arena,
    const struct wage_threshold *rows, size_t count, int64_t pay_pence,
    int32_t day);

/*
 * What stands between a wage and the price of an hour of care. Shares are in
 * hundredths of a per cent. On-costs are of pay: the wage for the hour and
 * for the travel that belongs to it, and holiday pay where it says so.
 */
struct wage_costs {
	int32_t starts_on;
	int32_t travel_seconds;       /* paid, for each hour of care */
	int64_t mileage_pence;        /* for each hour of care */
	int32_t holiday_hundredths;   /* of pay */
	int32_t insurance_hundredths; /* employer's NI, of pay and holiday */
	int64_t insurance_free_pence; /* an hour of care, free of it */
	int32_t pension_hundredths;   /* of pay and holiday */
	int64_t overhead_pence;       /* for each hour of care */
	int32_t overhead_hundredths;  /* of all that staff cost */
	int32_t margin_hundredths;    /* of the price */
};

/* The costs in force on a day, or NULL; of two of one day the first. */
const struct wage_costs *wage_costs_on(
    const struct wage_costs *rows, size_t count, int32_t day);

/* What is wrong with costs, a sentence in the arena, or NULL. */
const char *wage_costs_check(
    struct arena *arena, const struct wage_costs *costs);

enum wage_line_kind {
	WAGE_PAY,
	WAGE_TRAVEL,
	WAGE_HOLIDAY,
	WAGE_INSURANCE,
	WAGE_PENSION,
	WAGE_MILEAGE,
	WAGE_OVERHEAD,
	WAGE_MARGIN,
	WAGE_LINES,
};

/*
 * The price of an hour of care that pays a wage. Each line is what it adds to
 * the exact running total, rounded half up, so that the lines sum to the
 * price, which is rounded once.
 */
struct wage_price {
	int64_t line[WAGE_LINES];
	int64_t price_pence;
	int64_t without_travel_pence; /* the same, were travel not paid */
};

/* Expects costs that passed, and a wage from 0 to WAGE_MOST_PENCE. */
struct wage_price wage_price(const struct wage_costs *costs, int64_t pay_pence);

/* A line in words: "Employer's National Insurance". */
const char *wage_line_name(enum wage_line_kind kind);

#endif
