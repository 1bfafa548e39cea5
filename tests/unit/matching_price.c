/*
 * Prices against the figures of 003 (L269-283) and 002 (L53-55), and totals
 * against their own working.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/rates_week.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { MINUTE = 60 };

static const struct price_card hertfordshire = {
	.hourly_pence = 2192,
	.band = {
		{ 20 * MINUTE + 59, 40 },
		{ 35 * MINUTE + 59, 60 },
		{ 50 * MINUTE + 59, 80 },
		{ 60 * MINUTE, 100 },
	},
	.band_count = 4,
};

static void
test_documented_prices(void **state)
{
	static const struct {
		int64_t seconds;
		int64_t pence;
		int band;
	} cases[] = {
		{ -1, 877, 0 },
		{ 0, 877, 0 },
		{ 20 * MINUTE + 59, 877, 0 },
		{ 21 * MINUTE, 1315, 1 },
		{ 30 * MINUTE, 1315, 1 },
		{ 35 * MINUTE + 59, 1315, 1 },
		{ 36 * MINUTE, 1754, 2 },
		{ 50 * MINUTE + 59, 1754, 2 },
		{ 51 * MINUTE, 2192, 3 },
		{ 60 * MINUTE, 2192, 3 },
		{ 60 * MINUTE + 1, 2193, PRICE_PRO_RATA },
		{ 75 * MINUTE, 2740, PRICE_PRO_RATA },
		{ 90 * MINUTE, 3288, PRICE_PRO_RATA },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(price_visit(&hertfordshire, cases[i].seconds),
		    cases[i].pence);
		assert_int_equal(
		    price_band_of(&hertfordshire, cases[i].seconds),
		    cases[i].band);
	}
}

static void
test_effective_hourly(void **state)
{
	(void)state;
	assert_int_equal(price_effective_hourly(1315, 30 * MINUTE), 2630);
	assert_int_equal(price_effective_hourly(1754, 45 * MINUTE), 2339);
	assert_int_equal(price_effective_hourly(2192, 60 * MINUTE), 2192);
	assert_int_equal(price_effective_hourly(100, 0), 0);
}

static void
test_flat_hourly(void **state)
{
	const struct price_card flat = { .hourly_pence = 1622 };

	(void)state;
	assert_int_equal(price_visit(&flat, 0), 0);
	assert_int_equal(price_visit(&flat, 30 * MINUTE), 811);
	assert_int_equal(price_visit(&flat, 45 * MINUTE), 1217);
	assert_int_equal(price_visit(&flat, 60 * MINUTE), 1622);
	assert_int_equal(price_visit(&flat, 1), 0);
	assert_int_equal(price_visit(&flat, 2), 1);
}

static void
test_floor_and_ceiling(void **state)
{
	(void)state;
	assert_true(price_rate_allowed(1417, 1417, 1622));
	assert_true(price_rate_allowed(1622, 1417, 1622));
	assert_false(price_rate_allowed(1416, 1417, 1622));
	assert_false(price_rate_allowed(1623, 1417, 1622));
	assert_false(price_rate_allowed(0, 0, 0));
	assert_false(price_rate_allowed(-5, 0, 1622));
	assert_true(price_rate_allowed(1, 0, 0));
	assert_true(price_rate_allowed(9999, 1417, 0));
}

static void
test_price_never_falls_with_time(void **state)
{
	int64_t before = 0;

	(void)state;
	for (int64_t seconds = 0; seconds <= 4 * 3600; seconds++) {
		int64_t pence = price_visit(&hertfordshire, seconds);

		assert_true(pence >= before);
		before = pence;
	}
}

static void
test_week_of_every_kind(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	const struct week_visit visits[] = {
		{ WEEK_ON_DAYS, 0x7f, 0, 30, 1 },
		{ WEEK_ON_DAYS, 0x15, 0, 45, 2 },
		{ WEEK_TIMES, 0, 2, 90, 1 },
		{ WEEK_ON_DAYS, 0, 0, 30, 1 },
		{ WEEK_FLEXIBLE, 0, 0, 50, 1 },
	};
	struct price_week week;
	int64_t sum = 0;

	(void)state;
	week = price_week(arena, &hertfordshire, visits, LENGTH(visits));
	assert_int_equal(week.count, 4);
	assert_int_equal(week.line[0].total_pence, 7 * 1315);
	assert_int_equal(week.line[0].percent, 60);
	assert_int_equal(week.line[1].visits, 3);
	assert_int_equal(week.line[1].total_pence, 3 * 2 * 1754);
	assert_int_equal(week.line[2].total_pence, 2 * 3288);
	assert_int_equal(week.line[2].band, PRICE_PRO_RATA);
	assert_int_equal(week.line[3].visit, 4);
	assert_int_equal(week.line[3].each_pence, 1827);
	assert_int_equal(week.line[3].percent, 100);
	for (size_t i = 0; i < week.count; i++)
		sum += week.line[i].total_pence;
	assert_int_equal(week.total_pence, sum);
	assert_int_equal(week.visit_seconds, 60 * (210 + 135 + 180 + 50));
	assert_int_equal(week.care_seconds, 60 * (210 + 270 + 180 + 50));
	arena_free(arena);
}

static void
test_empty_week(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct price_week week = price_week(arena, &hertfordshire, NULL, 0);

	(void)state;
	assert_int_equal(week.count, 0);
	assert_int_equal(week.total_pence, 0);
	assert_int_equal(week.hourly_pence, 2192);
	arena_free(arena);
}

/* As the database keeps it, in two columns; no more bands than fit. */
static void
test_card_of_columns(void **state)
{
	int64_t seconds[PRICE_BANDS + 1], percents[PRICE_BANDS + 1];
	struct price_card card;

	(void)state;
	for (size_t i = 0; i < LENGTH(seconds); i++) {
		seconds[i] = (int64_t)(i + 1) * MINUTE;
		percents[i] = (int64_t)i + 40;
	}
	card = price_card_of(2192, seconds, percents, 2);
	assert_int_equal(card.hourly_pence, 2192);
	assert_int_equal(card.band_count, 2);
	assert_int_equal(card.band[1].up_to_seconds, 2 * MINUTE);
	assert_int_equal(card.band[1].percent, 41);
	card = price_card_of(2192, seconds, percents, LENGTH(seconds));
	assert_int_equal(card.band_count, PRICE_BANDS);
}

static void
test_card_check(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct price_card card = hertfordshire;

	(void)state;
	assert_null(price_card_check(arena, &card));
	card.band[2].up_to_seconds = card.band[1].up_to_seconds;
	assert_string_equal(price_card_check(arena, &card),
	    "Band 3 must end later than the band before it");
	card = hertfordshire;
	card.band[0].percent = 0;
	assert_non_null(price_card_check(arena, &card));
	card = hertfordshire;
	card.hourly_pence = 0;
	assert_non_null(price_card_check(arena, &card));
	card = hertfordshire;
	card.band_count = PRICE_BANDS + 1;
	assert_non_null(price_card_check(arena, &card));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documented_prices),
		cmocka_unit_test(test_card_of_columns),
		cmocka_unit_test(test_effective_hourly),
		cmocka_unit_test(test_flat_hourly),
		cmocka_unit_test(test_floor_and_ceiling),
		cmocka_unit_test(test_price_never_falls_with_time),
		cmocka_unit_test(test_week_of_every_kind),
		cmocka_unit_test(test_empty_week),
		cmocka_unit_test(test_card_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
