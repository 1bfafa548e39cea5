/*
 * The yearly uplift of a rate as fixed formulas whose parameters are rows
 * with dates (002 L53-55, 004 L97-102), shown with and without the cap.
 */
#ifndef MATCHING_UPLIFT_H
#define MATCHING_UPLIFT_H

#include <stddef.h>
#include <stdint.h>

#include "matching/wage.h"

struct arena;

/*
 * How the increase is found, from the wage threshold on the day before and on
 * the day of the uplift:
 *
 * UPLIFT_SHARES: rate × (wage share × rise of the threshold + price share ×
 * inflation), the shares being of the rate.
 *
 * UPLIFT_WAGE_COST, the formula for the National Living Wage: what the price
 * needed to pay the new threshold is more than that for the old one, both by
 * the costs in force on the day of the uplift; so that what is passed on is
 * the wage with its on-costs, whatever the rate is. Inflation has no part.
 */
enum uplift_formula {
	UPLIFT_SHARES,
	UPLIFT_WAGE_COST,
};

/* One year's parameters. Shares and inflation in hundredths of a per cent. */
struct uplift {
	int32_t applies_on;
	enum uplift_formula formula;
	int32_t wage_hundredths;
	int32_t price_hundredths;
	int32_t inflation_hundredths; /* may be below 0 */
	int64_t cap_pence;            /* the most an hour; 0 = none */
};

/* What the rows are applied with. */
struct uplift_rows {
	const struct uplift *uplift;
	size_t count;
	const struct wage_threshold *threshold;
	size_t threshold_count;
	const struct wage_costs *costs;
	size_t costs_count;
};

/*
 * One year's working. `wage_pence`, the part that wages bring, and
 * `price_pence`, that of prices, sum to `increase_pence`, which is rounded
 * half up once; below nothing it counts as nothing, for an uplift never
 * lowers a rate.
 */
struct uplift_year {
	const struct uplift *uplift;
	int64_t threshold_before_pence;
	int64_t threshold_after_pence;
	int64_t before_pence;
	int64_t wage_pence;
	int64_t price_pence;
	int64_t increase_pence;
	int64_t cut_pence; /* what the cap takes away */
	int64_t after_pence;
	/* The same year on a rate that was never capped. */
	int64_t uncapped_before_pence;
	int64_t uncapped_increase_pence;
	int64_t uncapped_after_pence;
};

struct uplift_working {
	const struct uplift_year *year;
	size_t count;
	int64_t capped_pence; /* the rate on the day asked for */
	int64_t uncapped_pence;
};

/*
 * What is wrong with rows, a sentence in the arena, or NULL: two uplifts on
 * one day, a share beyond 100 %, wage costs that are not there.
 */
const char *uplift_check(struct arena *arena, const struct uplift_rows *rows);

/*
 * The rate of a day: `hourly_pence` of `since`, with every uplift after that
 * day up to and including `day`, first to last, in whatever order they are
 * given. A threshold that is not known before or after brings nothing.
 */
struct uplift_working uplift_rate(struct arena *arena,
    const struct uplift_rows *rows, int64_t hourly_pence, int32_t since,
    int32_t day);

/*
 * A year in a sentence: "From 1 April 2023: £18.00 and £1.05 (wages £0.93,
 * prices £0.12), capped at £0.70, is £18.70; without the cap £19.05".
 */
const char *uplift_words(struct arena *arena, const struct uplift_year *year);

#endif
