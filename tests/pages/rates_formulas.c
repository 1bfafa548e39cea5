/*
 * Wages and uplifts in the browser: rows with dates, the price that a wage
 * needs (000, questions 9 and 10), a rate with and without its caps (004).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

static struct browser *commissioner;

static int
each_begin(void **state)
{
	(void)state;
	sql_run("SELECT fern_day(10)");
	sql_run("DELETE FROM rate_uplift");
	sql_run("DELETE FROM wage_threshold");
	sql_run("DELETE FROM wage_cost");
	commissioner = fern_sign_in("commissioner@fern.example");
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	return 0;
}

static void
wage_add(const char *year, const char *pay)
{
	browser_fill(commissioner, "/rates/formulas/wages/new", "starts_on-day",
	    "1", "starts_on-month", "4", "starts_on-year", year, "name",
	    "National Living Wage", "hourly_pence", pay, NULL);
}

static void
uplift_add(const char *year, const char *inflation)
{
	browser_fill(commissioner, "/rates/formulas/uplifts/new",
	    "starts_on-day", "1", "starts_on-month", "4", "starts_on-year",
	    year, "formula", "shares", "wage", "70", "price", "30", "inflation",
	    inflation, "cap_pence", "0.70", NULL);
}

/* tests/unit/matching_wage.c works the same figures by hand. */
static void
test_uplift_with_and_without_its_cap(void **state)
{
	(void)state;
	wage_add("2021", "8.91");
	expect_location(commissioner, "/rates/formulas#wages");
	wage_add("2022", "9.50");
	wage_add("2023", "10.42");
	uplift_add("2022", "5.5");
	expect_location(commissioner, "/rates/formulas#uplifts");
	uplift_add("2023", "10.5");
	browser_get(commissioner,
	    "/rates/uplift?hourly_pence=18&since_on-day=1&since_on-month=4"
	    "&since_on-year=2021&on-day=1&on-month=4&on-year=2023");
	expect_status(commissioner, 200);
	expect_text(commissioner, "£19.40");
	expect_text(commissioner, "£21.03");
	expect_text(commissioner, "£1.63");
	expect_text(commissioner,
	    "From 1 April 2022: £18.00 and £1.13 (wages £0.83, prices £0.30), "
	    "capped at £0.70, is £18.70; without the cap £19.13");
	browser_get(commissioner,
	    "/rates/uplift?hourly_pence=18&since_on-day=1&since_on-month=4"
	    "&since_on-year=2021&on-day=31&on-month=3&on-year=2023");
	expect_text(commissioner, "£18.70");
	browser_get(commissioner,
	    "/rates/uplift?hourly_pence=18&since_on-day=2&since_on-month=4"
	    "&since_on-year=2021&on-day=1&on-month=4&on-year=2021");
	expect_status(commissioner, 422);
	expect_text(commissioner, "must not be before it was agreed");
}

static void
costs_add(void)
{
	browser_fill(commissioner, "/rates/formulas/costs/new", "starts_on-day",
	    "1", "starts_on-month", "4", "starts_on-year", "2021",
	    "travel_minutes", "12", "mileage_pence", "0.90", "holiday", "12.07",
	    "insurance", "13.8", "insurance_free_pence", "4", "pension", "3",
	    "overhead_pence", "2.50", "overhead", "5", "margin", "4", NULL);
}

static void
test_price_that_a_wage_needs(void **state)
{
	static const char ten[] = "/rates/wage?on-day=1&on-month=6"
				  "&on-year=2022&pay_pence=10";

	(void)state;
	browser_get(commissioner, ten);
	expect_text(commissioner, "No costs are known on that day");
	costs_add();
	expect_location(commissioner, "/rates/formulas#costs");
	wage_add("2022", "9.50");
	browser_get(commissioner, ten);
	expect_text(commissioner, "An hour of care must cost £20.17");
	expect_text(commissioner, "Were travel time not paid");
	expect_text(commissioner, "meets the National Living Wage of £9.50");
	browser_get(commissioner, "/rates/wage?on-day=1&on-month=6"
				  "&on-year=2022&pay_pence=9.20");
	expect_text(commissioner, "£0.30 short of the National Living Wage");
	browser_get(commissioner, "/rates/wage?on-day=1&on-month=6"
				  "&on-year=2022&pay_pence=");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter the pay");
}

static int64_t
acts_of_formulas(void)
{
	return sql_number("SELECT count(*) FROM audit"
			  " WHERE act IN ('formula.add', 'formula.remove')");
}

static void
test_rows(void **state)
{
	struct browser *broker = fern_sign_in("broker@fern.example");
	int64_t before = acts_of_formulas();
	char row[32];

	(void)state;
	wage_add("2022", "9.50");
	wage_add("2022", "9.60");
	expect_status(commissioner, 422);
	expect_text(commissioner, "There is a row from that day already");
	uplift_add("2022", "fast");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Inflation must be per cent");
	uplift_add("2022", "-0.5");
	expect_location(commissioner, "/rates/formulas#uplifts");
	browser_get(broker, "/rates/formulas");
	expect_text(broker, "National Living Wage: £9.50 an hour");
	expect_text(broker, "inflation of -0.50%, capped at £0.70 an hour");
	expect_no_text(broker, "Remove");
	browser_get(commissioner, "/rates/formulas");
	browser_hidden(commissioner, "row", row, sizeof(row));
	browser_post(
	    commissioner, "/rates/formulas/wages/remove", "row", row, NULL);
	expect_location(commissioner, "/rates/formulas#wages");
	assert_int_equal(sql_number("SELECT count(*) FROM wage_threshold"), 0);
	assert_int_equal(acts_of_formulas() - before, 3);
	browser_get(commissioner, "/rates/formulas/nothing/new");
	expect_status(commissioner, 404);
	browser_free(broker);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, each_begin, each_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_uplift_with_and_without_its_cap),
		EACH(test_price_that_a_wage_needs),
		EACH(test_rows),
	};

	return cmocka_run_group_tests_name(
	    "rates_formulas", tests, fern_begin, fern_end);
}
