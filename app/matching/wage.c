/*
 * Wages and the price that pays them. Totals run in units small enough for
 * shares of shares to be exact to a hundred-millionth of a penny.
 */
#include "matching/wage.h"

#include <inttypes.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/words.h"

enum {
	HOUR_SECONDS = 3600,
	UNITS = 100000000, /* of a penny */
	SHARE_MOST = 100000,
};

const struct wage_threshold *
wage_threshold_on(const struct wage_threshold *rows, size_t count, int32_t day)
{
	const struct wage_threshold *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct wage_threshold *row = &rows[i];

		if (row->starts_on > day)
			continue;
		if (found == NULL || row->starts_on > found->starts_on ||
		    (row->starts_on == found->starts_on &&
			row->hourly_pence > found->hourly_pence))
			found = row;
	}
	return found;
}

/* The first row after a day that asks for more than is paid, or NULL. */
static const struct wage_threshold *
threshold_above(const struct wage_threshold *rows, size_t count,
    int64_t pay_pence, int32_t day)
{
	const struct wage_threshold *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct wage_threshold *row = &rows[i];

		if (row->starts_on > day && row->hourly_pence > pay_pence &&
		    (found == NULL || row->starts_on < found->starts_on ||
			(row->starts_on == found->starts_on &&
			    row->hourly_pence > found->hourly_pence)))
			found = row;
	}
	return found;
}

static const char *
threshold_words(struct arena *arena, const struct wage_threshold *threshold)
{
	return arena_printf(arena, "the %s of %s from %s", threshold->name,
	    words_money(arena, threshold->hourly_pence),
	    day_words(arena, threshold->starts_on));
}

struct wage_verdict
wage_check(struct arena *arena, const struct wage_threshold *rows, size_t count,
    int64_t pay_pence, int32_t day)
{
	const struct wage_threshold *now = wage_threshold_on(rows, count, day);
	const struct wage_threshold *next = threshold_above(
	    rows, count, pay_pence, day);
	struct wage_verdict verdict = { .threshold = now };
	const char *pay = words_money(arena, pay_pence);

	if (pay_pence <= 0) {
		verdict.text = "No pay is stated";
		verdict.short_pence = now == NULL ? 0 : now->hourly_pence;
		return verdict;
	}
	if (now != NULL && pay_pence < now->hourly_pence) {
		verdict.short_pence = now->hourly_pence - pay_pence;
		verdict.text = arena_printf(arena, "Pays %s, %s short of %s",
		    pay, words_money(arena, verdict.short_pence),
		    threshold_words(arena, now));
		return verdict;
	}
	verdict.is_met = true;
	verdict.text = now == NULL
	                   ? arena_printf(
				 arena, "Pays %s, nothing is asked", pay)
	                   : arena_printf(arena, "Pays %s, which meets %s", pay,
				 threshold_words(arena, now));
	if (next == NULL)
		return verdict;
	verdict.fails_from = next->starts_on;
	verdict.text = arena_printf(arena, "%s; falls short of %s",
	    verdict.text, threshold_words(arena, next));
	return verdict;
}

const struct wage_costs *
wage_costs_on(const struct wage_costs *rows, size_t count, int32_t day)
{
	const struct wage_costs *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (rows[i].starts_on <= day &&
		    (found == NULL || rows[i].starts_on > found->starts_on))
			found = &rows[i];
	return found;
}

const char *
wage_costs_check(struct arena *arena, const struct wage_costs *costs)
{
	const int32_t share[] = { costs->holiday_hundredths,
		costs->insurance_hundredths, costs->pension_hundredths,
		costs->overhead_hundredths };
	const int64_t pence[] = { costs->mileage_pence,
		costs->insurance_free_pence, costs->overhead_pence };

	for (size_t i = 0; i < sizeof(share) / sizeof(*share); i++)
		if (share[i] < 0 || share[i] > SHARE_MOST)
			return arena_printf(arena,
			    "A share of the costs must be between 0 and %d per "
			    "cent",
			    SHARE_MOST / 100);
	for (size_t i = 0; i < sizeof(pence) / sizeof(*pence); i++)
		if (pence[i] < 0 || pence[i] > WAGE_MOST_PENCE)
			return arena_printf(arena,
			    "A cost must be between nothing and %s an hour",
			    words_money(arena, WAGE_MOST_PENCE));
	if (costs->travel_seconds < 0 || costs->travel_seconds > HOUR_SECONDS)
		return "Travel must be between 0 and 60 minutes for an hour "
		       "of care";
	if (costs->margin_hundredths < 0 ||
	    costs->margin_hundredths > WAGE_MARGIN_MOST)
		return arena_printf(arena,
		    "The margin must be between 0 and %d per cent",
		    WAGE_MARGIN_MOST / 100);
	return NULL;
}

/* numerator × share / whole, half up, none of them below 0. */
static int64_t
share_of(int64_t units, int64_t share, int64_t whole)
{
	/* Whole and rest apart, so that the product stays small. */
	int64_t whole_part = units / whole * share;
	int64_t rest = units % whole * share;

	return whole_part + (rest + whole / 2) / whole;
}

/* The steps from a wage to its price, each in units. */
static void
wage_steps(const struct wage_costs *costs, int64_t pay_pence,
    int32_t travel_seconds, int64_t step[WAGE_LINES])
{
	int64_t pay = pay_pence * UNITS, staff, liable, sum = 0;

	step[WAGE_PAY] = pay;
	step[WAGE_TRAVEL] = share_of(pay, travel_seconds, HOUR_SECONDS);
	pay += step[WAGE_TRAVEL];
	step[WAGE_HOLIDAY] = share_of(
	    pay, costs->holiday_hundredths, WAGE_WHOLE);
	staff = pay + step[WAGE_HOLIDAY];
	liable = staff - costs->insurance_free_pence * UNITS;
	step[WAGE_INSURANCE] = liable <= 0 ? 0
	                                   : share_of(liable,
						 costs->insurance_hundredths,
						 WAGE_WHOLE);
	step[WAGE_PENSION] = share_of(
	    staff, costs->pension_hundredths, WAGE_WHOLE);
	step[WAGE_MILEAGE] = costs->mileage_pence * UNITS;
	staff += step[WAGE_INSURANCE] + step[WAGE_PENSION] + step[WAGE_MILEAGE];
	step[WAGE_OVERHEAD] = costs->overhead_pence * UNITS +
	                      share_of(staff, costs->overhead_hundredths,
				  WAGE_WHOLE);
	sum = staff + step[WAGE_OVERHEAD];
	/* A margin of the price is that share of costs over what is left. */
	step[WAGE_MARGIN] = share_of(sum, costs->margin_hundredths,
	    WAGE_WHOLE - costs->margin_hundredths);
}

static int64_t
steps_pence(const int64_t step[WAGE_LINES], int64_t line[WAGE_LINES])
{
	int64_t units = 0, before = 0;

	for (int i = 0; i < WAGE_LINES; i++) {
		int64_t pence;

		units += step[i];
		pence = (units + UNITS / 2) / UNITS;
		line[i] = pence - before;
		before = pence;
	}
	return before;
}

struct wage_price
wage_price(const struct wage_costs *costs, int64_t pay_pence)
{
	struct wage_costs still = *costs;
	struct wage_price price;
	int64_t step[WAGE_LINES], line[WAGE_LINES];

	/* Who does not travel has no miles either. */
	still.mileage_pence = 0;
	wage_steps(&still, pay_pence, 0, step);
	price.without_travel_pence = steps_pence(step, line);
	wage_steps(costs, pay_pence, costs->travel_seconds, step);
	price.price_pence = steps_pence(step, price.line);
	return price;
}

const char *
wage_line_name(enum wage_line_kind kind)
{
	static const char *const names[WAGE_LINES] = {
		[WAGE_PAY] = "Pay for the hour of care",
		[WAGE_TRAVEL] = "Pay for travel time",
		[WAGE_HOLIDAY] = "Holiday pay",
		[WAGE_INSURANCE] = "Employer's National Insurance",
		[WAGE_PENSION] = "Employer's pension",
		[WAGE_MILEAGE] = "Mileage",
		[WAGE_OVERHEAD] = "Overheads",
		[WAGE_MARGIN] = "Margin",
	};

	return names[kind];
}
