/*
 * Wages and uplifts: 000 questions 9 and 10 (at least £10 an hour, travel
 * time), 002 L53-55 (a formula for the National Living Wage), 004 L97-102
 * (capped at 70p, while the equation gives more).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/uplift.h"
#include "matching/wage.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* First of April, days since 1970. */
enum { APRIL_2021 = 18718, APRIL_2022 = 19083, APRIL_2023 = 19448 };

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The National Living Wage of these years, in no order. */
static const struct wage_threshold living_wage[] = {
	{ APRIL_2022, 950, "National Living Wage" },
	{ APRIL_2023, 1042, "National Living Wage" },
	{ APRIL_2021, 891, "National Living Wage" },
};

static void
test_pay_against_a_threshold(void **state)
{
	static const struct {
		int64_t pay;
		int32_t day;
		bool is_met;
		int64_t short_pence;
		int32_t fails_from;
		const char *text;
	} cases[] = {
		{ 891, APRIL_2021, true, 0, APRIL_2022,
		    "Pays £8.91, which meets the National Living Wage of £8.91 "
		    "from 1 April 2021; falls short of the National Living "
		    "Wage of £9.50 from 1 April 2022" },
		{ 891, APRIL_2022 - 1, true, 0, APRIL_2022, NULL },
		{ 891, APRIL_2022, false, 59, 0,
		    "Pays £8.91, £0.59 short of the National Living Wage of "
		    "£9.50 from 1 April 2022" },
		{ 1258, APRIL_2021, true, 0, 0, NULL },
		{ 1, APRIL_2021 - 1, true, 0, APRIL_2021,
		    "Pays £0.01, nothing is asked; falls short of the National "
		    "Living Wage of £8.91 from 1 April 2021" },
		{ 0, APRIL_2021, false, 891, 0, "No pay is stated" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct wage_verdict verdict = wage_check(arena, living_wage,
		    LENGTH(living_wage), cases[i].pay, cases[i].day);

		assert_int_equal(verdict.is_met, cases[i].is_met);
		assert_int_equal(verdict.short_pence, cases[i].short_pence);
		assert_int_equal(verdict.fails_from, cases[i].fails_from);
		if (cases[i].text != NULL)
			assert_string_equal(verdict.text, cases[i].text);
	}
}

/* Worked by hand: 10 + 2 travel; holiday 12.07 %; NI and pension on 13.4484. */
static void
test_price_of_ten_pounds(void **state)
{
	const struct wage_costs costs = {
		.travel_seconds = 720,
		.mileage_pence = 90,
		.holiday_hundredths = 1207,
		.insurance_hundredths = 1380,
		.insurance_free_pence = 400,
		.pension_hundredths = 300,
		.overhead_pence = 250,
		.overhead_hundredths = 500,
		.margin_hundredths = 400,
	};
	/* Running: 10, 12, 13.4484, 14.7522792, 15.1557312, 16.0557312, */
	/* 19.35851776, 20.1651226666... */
	static const int64_t lines[WAGE_LINES] = { 1000, 200, 145, 130, 41, 90,
		330, 81 };
	struct wage_price price = wage_price(&costs, 1000);

	(void)state;
	assert_null(wage_costs_check(arena, &costs));
	for (int i = 0; i < WAGE_LINES; i++)
		assert_int_equal(price.line[i], lines[i]);
	assert_int_equal(price.price_pence, 2017);
	/* 10, 11.207, 12.201566, 12.537776, 15.6646648, 16.3173591... */
	assert_int_equal(price.without_travel_pence, 1632);
}

static void
test_lines_sum_to_the_price(void **state)
{
	struct wage_costs costs = { 0 };

	(void)state;
	assert_int_equal(wage_price(&costs, 1258).price_pence, 1258);
	for (int i = 0; i < 2000; i++) {
		struct wage_price price;
		int64_t sum = 0;

		costs.travel_seconds = i % 900;
		costs.holiday_hundredths = 1207 + i % 7;
		costs.insurance_hundredths = i % 1500;
		costs.insurance_free_pence = i % 600;
		costs.pension_hundredths = i % 300;
		costs.overhead_hundredths = i % 2000;
		costs.margin_hundredths = i % 1000;
		price = wage_price(&costs, 891 + i % 400);
		for (int line = 0; line < WAGE_LINES; line++) {
			assert_true(price.line[line] >= 0);
			sum += price.line[line];
		}
		assert_int_equal(sum, price.price_pence);
		assert_true(price.without_travel_pence <= price.price_pence);
	}
}

static void
test_costs_check(void **state)
{
	struct wage_costs costs = { .margin_hundredths = 9001 };

	(void)state;
	assert_string_equal(wage_costs_check(arena, &costs),
	    "The margin must be between 0 and 90 per cent");
	costs = (struct wage_costs) { .pension_hundredths = -1 };
	assert_non_null(wage_costs_check(arena, &costs));
	costs = (struct wage_costs) { .travel_seconds = 3601 };
	assert_non_null(wage_costs_check(arena, &costs));
	costs = (struct wage_costs) { .overhead_pence = -1 };
	assert_non_null(wage_costs_check(arena, &costs));
}

/*
 * 70 % of the rate follows the wage, 30 % prices, capped at 70p as in 004.
 * £18.00: 2022 wages 9.50 / 8.91 are 6.6218 %, 0.8344; prices at 5.5 %
 * 0.297; together 1.1313.
 */
static void
test_uplift_with_and_without_its_cap(void **state)
{
	const struct uplift uplifts[] = {
		{ APRIL_2023, UPLIFT_SHARES, 7000, 3000, 1050, 70 },
		{ APRIL_2022, UPLIFT_SHARES, 7000, 3000, 550, 70 },
	};
	const struct uplift_rows rows = { uplifts, LENGTH(uplifts), living_wage,
		LENGTH(living_wage), NULL, 0 };
	struct uplift_working working = uplift_rate(
	    arena, &rows, 1800, APRIL_2021, APRIL_2023);

	(void)state;
	assert_null(uplift_check(arena, &rows));
	assert_int_equal(working.count, 2);
	assert_int_equal(working.year[0].wage_pence, 83);
	assert_int_equal(working.year[0].price_pence, 30);
	assert_int_equal(working.year[0].increase_pence, 113);
	assert_int_equal(working.year[0].cut_pence, 43);
	assert_int_equal(working.year[0].after_pence, 1870);
	assert_int_equal(working.year[0].uncapped_after_pence, 1913);
	/* Uncapped: 19.13 × (0.7 × 0.92 / 9.50 + 0.3 × 0.105) = 1.8994. */
	assert_int_equal(working.year[1].uncapped_before_pence, 1913);
	assert_int_equal(working.year[1].uncapped_increase_pence, 190);
	assert_int_equal(working.capped_pence, 1940);
	assert_int_equal(working.uncapped_pence, 2103);
	assert_string_equal(uplift_words(arena, &working.year[0]),
	    "From 1 April 2022: £18.00 and £1.13 (wages £0.83, prices £0.30), "
	    "capped at £0.70, is £18.70; without the cap £19.13");
	/* Any past day gives its own rate again. */
	working = uplift_rate(arena, &rows, 1800, APRIL_2021, APRIL_2023 - 1);
	assert_int_equal(working.capped_pence, 1870);
	working = uplift_rate(arena, &rows, 1870, APRIL_2022, APRIL_2023);
	assert_int_equal(working.count, 1);
	assert_int_equal(working.capped_pence, 1940);
}

/* 002: the National Living Wage with its on-costs is passed on. */
static void
test_uplift_of_the_wage_cost(void **state)
{
	const struct wage_costs costs = {
		.travel_seconds = 600,
		.holiday_hundredths = 1207,
		.pension_hundredths = 300,
		.margin_hundredths = 300,
	};
	const struct uplift uplift = { APRIL_2022, UPLIFT_WAGE_COST, 0, 0, 0,
		0 };
	const struct uplift_rows rows = { &uplift, 1, living_wage,
		LENGTH(living_wage), &costs, 1 };
	struct uplift_working working = uplift_rate(
	    arena, &rows, 1622, APRIL_2021, APRIL_2022);

	(void)state;
	assert_null(uplift_check(arena, &rows));
	/* 7/6 × 1.1207 × 1.03 / 0.97 = 1.3883516: 13.1893 − 12.3702. */
	assert_int_equal(working.year[0].increase_pence, 82);
	assert_int_equal(working.capped_pence, 1704);
	assert_int_equal(working.uncapped_pence, 1704);
}

/* Prices may fall, a rate does not; without a threshold wages bring nothing. */
static void
test_uplift_never_lowers(void **state)
{
	const struct uplift falling = { APRIL_2021, UPLIFT_SHARES, 0, 10000,
		-100, 0 };
	const struct uplift unknown = { APRIL_2021, UPLIFT_SHARES, 7000, 3000,
		100, 0 };
	const struct uplift both = { APRIL_2022, UPLIFT_SHARES, 7000, 3000,
		-1000, 0 };
	struct uplift_rows rows = { &falling, 1, living_wage,
		LENGTH(living_wage), NULL, 0 };

	(void)state;
	assert_int_equal(
	    uplift_rate(arena, &rows, 2000, 0, APRIL_2021).capped_pence, 2000);
	rows.uplift = &unknown;
	assert_int_equal(
	    uplift_rate(arena, &rows, 2000, 0, APRIL_2021).capped_pence, 2006);
	/* 92.7 of wages less 60 of prices. */
	rows.uplift = &both;
	assert_int_equal(
	    uplift_rate(arena, &rows, 2000, 0, APRIL_2022).capped_pence, 2033);
}

static void
test_uplift_check(void **state)
{
	struct uplift uplifts[] = {
		{ APRIL_2022, UPLIFT_SHARES, 7000, 3000, 550, 70 },
		{ APRIL_2022, UPLIFT_SHARES, 7000, 3000, 550, 70 },
	};
	const struct uplift_rows rows = { uplifts, 2, NULL, 0, NULL, 0 };

	(void)state;
	assert_string_equal(uplift_check(arena, &rows),
	    "There are two uplifts for 1 April 2022");
	uplifts[1].applies_on = APRIL_2023;
	assert_null(uplift_check(arena, &rows));
	uplifts[1].wage_hundredths = 7001;
	assert_non_null(uplift_check(arena, &rows));
	uplifts[1].formula = UPLIFT_WAGE_COST;
	uplifts[1].wage_hundredths = 0;
	assert_string_equal(uplift_check(arena, &rows),
	    "There are no wage costs for the uplift of 1 April 2023");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pay_against_a_threshold),
		cmocka_unit_test(test_price_of_ten_pounds),
		cmocka_unit_test(test_lines_sum_to_the_price),
		cmocka_unit_test(test_costs_check),
		cmocka_unit_test(test_uplift_with_and_without_its_cap),
		cmocka_unit_test(test_uplift_of_the_wage_cost),
		cmocka_unit_test(test_uplift_never_lowers),
		cmocka_unit_test(test_uplift_check),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
