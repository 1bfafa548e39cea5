/*
 * The chain of yearly uplifts, twice over: with each year's cap, and as if
 * there had never been one.
 */
#include "matching/uplift.h"

#include "base/arena.h"
#include "matching/days.h"
#include "matching/words.h"

enum { INFLATION_MOST = 10000, RATE_MOST_PENCE = 100000 };

struct increase {
	int64_t wage_pence;
	int64_t price_pence;
	int64_t total_pence;
};

const char *
uplift_check(struct arena *arena, const struct uplift_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct uplift *row = &rows->uplift[i];
		const char *when = day_words(arena, row->applies_on);

		for (size_t j = 0; j < i; j++)
			if (rows->uplift[j].applies_on == row->applies_on)
				return arena_printf(arena,
				    "There are two uplifts for %s", when);
		if (row->wage_hundredths < 0 || row->price_hundredths < 0 ||
		    row->wage_hundredths > WAGE_WHOLE ||
		    row->price_hundredths > WAGE_WHOLE ||
		    row->wage_hundredths + row->price_hundredths > WAGE_WHOLE)
			return arena_printf(arena,
			    "The shares of %s must be between 0 and 100 per "
			    "cent together",
			    when);
		if (row->inflation_hundredths < -INFLATION_MOST ||
		    row->inflation_hundredths > INFLATION_MOST)
			return arena_printf(arena,
			    "Inflation of %s must be between -100 and 100 per "
			    "cent",
			    when);
		if (row->cap_pence < 0)
			return arena_printf(
			    arena, "The cap of %s is below nothing", when);
		if (row->formula == UPLIFT_WAGE_COST &&
		    wage_costs_on(rows->costs, rows->costs_count,
			row->applies_on) == NULL)
			return arena_printf(arena,
			    "There are no wage costs for the uplift of %s",
			    when);
	}
	return NULL;
}

/* To the nearest whole, halves up, of any sign; the divisor above 0. */
static int64_t
round_half_up(int64_t numerator, int64_t divisor)
{
	int64_t twice = 2 * numerator + divisor;
	int64_t whole = twice / (2 * divisor);

	return whole - (twice % (2 * divisor) < 0);
}

static struct increase
shares_increase(
    const struct uplift *row, int64_t rate, int64_t before, int64_t after)
{
	const int64_t whole = (int64_t)WAGE_WHOLE * WAGE_WHOLE;
	int64_t wage = 0, price, divisor;
	struct increase increase;

	if (before == 0)
		before = after = 1;
	divisor = whole * before;
	wage = rate * row->wage_hundredths * (after - before) * WAGE_WHOLE;
	price = rate * row->price_hundredths * row->inflation_hundredths *
	        before;
	increase.total_pence = round_half_up(wage + price, divisor);
	increase.wage_pence = round_half_up(wage, divisor);
	increase.price_pence = increase.total_pence - increase.wage_pence;
	return increase;
}

static struct increase
cost_increase(const struct wage_costs *costs, int64_t before, int64_t after)
{
	struct increase increase = { 0 };

	if (costs == NULL || before == 0)
		return increase;
	increase.wage_pence = wage_price(costs, after).price_pence -
	                      wage_price(costs, before).price_pence;
	increase.total_pence = increase.wage_pence;
	return increase;
}

static struct increase
increase_of(const struct uplift_rows *rows, const struct uplift *row,
    int64_t rate, int64_t before, int64_t after)
{
	struct increase increase;

	if (row->formula == UPLIFT_WAGE_COST)
		increase = cost_increase(
		    wage_costs_on(
			rows->costs, rows->costs_count, row->applies_on),
		    before, after);
	else
		increase = shares_increase(row, rate, before, after);
	if (increase.total_pence < 0)
		increase = (struct increase) { 0 };
	return increase;
}

/* The first uplift after `since` up to and including `day`, or NULL. */
static const struct uplift *
uplift_next(const struct uplift_rows *rows, int32_t since, int32_t day)
{
	const struct uplift *found = NULL;

	for (size_t i = 0; i < rows->count; i++) {
		const struct uplift *row = &rows->uplift[i];

		if (row->applies_on > since && row->applies_on <= day &&
		    (found == NULL || row->applies_on < found->applies_on))
			found = row;
	}
	return found;
}

static int64_t
threshold_pence(const struct uplift_rows *rows, int32_t day)
{
	const struct wage_threshold *row = wage_threshold_on(
	    rows->threshold, rows->threshold_count, day);

	return row == NULL ? 0 : row->hourly_pence;
}

static struct uplift_year
uplift_year_of(const struct uplift_rows *rows, const struct uplift *row,
    int64_t capped, int64_t uncapped)
{
	int64_t before = threshold_pence(rows, row->applies_on - 1);
	int64_t after = threshold_pence(rows, row->applies_on);
	struct increase increase = increase_of(
	    rows, row, capped, before, after);
	struct increase whole = increase_of(rows, row, uncapped, before, after);
	struct uplift_year year = {
		.uplift = row,
		.threshold_before_pence = before,
		.threshold_after_pence = after,
		.before_pence = capped,
		.wage_pence = increase.wage_pence,
		.price_pence = increase.price_pence,
		.increase_pence = increase.total_pence,
		.uncapped_before_pence = uncapped,
		.uncapped_increase_pence = whole.total_pence,
		.uncapped_after_pence = uncapped + whole.total_pence,
	};

	if (row->cap_pence != 0 && increase.total_pence > row->cap_pence)
		year.cut_pence = increase.total_pence - row->cap_pence;
	year.after_pence = capped + increase.total_pence - year.cut_pence;
	return year;
}

struct uplift_working
uplift_rate(struct arena *arena, const struct uplift_rows *rows,
    int64_t hourly_pence, int32_t since, int32_t day)
{
	struct uplift_year *years = arena_array(
	    arena, rows->count, sizeof(*years));
	struct uplift_working working = { .year = years,
		.capped_pence = hourly_pence,
		.uncapped_pence = hourly_pence };
	const struct uplift *row = uplift_next(rows, since, day);

	/* A rate beyond all sense would overflow; it has stopped rising. */
	while (row != NULL && working.uncapped_pence <= RATE_MOST_PENCE) {
		struct uplift_year year = uplift_year_of(
		    rows, row, working.capped_pence, working.uncapped_pence);

		years[working.count++] = year;
		working.capped_pence = year.after_pence;
		working.uncapped_pence = year.uncapped_after_pence;
		row = uplift_next(rows, row->applies_on, day);
	}
	return working;
}

/* "-£0.12" too, which the wages' share of an uplift may be. */
static const char *
signed_money(struct arena *arena, int64_t pence)
{
	if (pence >= 0)
		return words_money(arena, pence);
	return arena_printf(arena, "-%s", words_money(arena, -pence));
}

const char *
uplift_words(struct arena *arena, const struct uplift_year *year)
{
	const char *cap = "";

	if (year->cut_pence != 0)
		cap = arena_printf(arena, ", capped at %s",
		    words_money(arena, year->uplift->cap_pence));
	return arena_printf(arena,
	    "From %s: %s and %s (wages %s, prices %s)%s, is %s; without the "
	    "cap %s",
	    day_words(arena, year->uplift->applies_on),
	    words_money(arena, year->before_pence),
	    words_money(arena, year->increase_pence),
	    signed_money(arena, year->wage_pence),
	    signed_money(arena, year->price_pence), cap,
	    words_money(arena, year->after_pence),
	    words_money(arena, year->uncapped_after_pence));
}
