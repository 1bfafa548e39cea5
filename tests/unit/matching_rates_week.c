/*
 * A week by a full card: as before where the card has no premiums, by day and
 * time where it has, and always the sum of its lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/rates_week.h"
#include "support_random.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { CASES = 2000, MOST_LINES = 6, SATURDAY = 0x20, SUNDAY = 0x40 };

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define ANYBODY .need = RATE_ANY, .age_group = RATE_ANY, .outcome = RATE_ANY

static const struct week_person anybody = { .age_group = RATE_NONE };

/* 22:00 to 07:00 is a quarter more, weekends £2 an hour, holidays double. */
static const struct rate_premium premiums[] = {
	{ .name = "Night",
	    .hundredths = 2500,
	    .from_minutes = 22 * 60,
	    .to_minutes = 7 * 60,
	    ANYBODY },
	{ .name = "Weekend",
	    .hourly_pence = 200,
	    .days = SATURDAY | SUNDAY,
	    ANYBODY },
	{ .name = "Bank holiday",
	    .hundredths = 10000,
	    .holiday = HOLIDAY_ONLY,
	    ANYBODY },
	{ .name = "Dementia",
	    .hourly_pence = 100,
	    .need = 1,
	    .age_group = RATE_ANY,
	    .outcome = RATE_ANY },
	{ .name = "Child",
	    .hourly_pence = 300,
	    .need = RATE_ANY,
	    .age_group = 0,
	    .outcome = RATE_ANY },
};
static const char *const needs[] = { "Complex", "Dementia" };
static const char *const ages[] = { "Under 18" };

static struct rate_card
card_with_premiums(void)
{
	return (struct rate_card) {
		.base = { .hourly_pence = 2000 },
		.needs = { needs, LENGTH(needs) },
		.age_groups = { ages, LENGTH(ages) },
		.premium = premiums,
		.premium_count = LENGTH(premiums),
	};
}

static struct price_week
week_of(const struct rate_card *card, const struct week_person *person,
    const struct week_visit *visits, size_t count)
{
	return rates_week(
	    arena, rates_prepare(arena, card, NULL, 0), person, visits, count);
}

/* --- Without premiums ----------------------------------------------------- */

static struct price_card
card_drawn(void)
{
	struct price_card card = {
		.hourly_pence = 1 + (int64_t)random_below(10000),
		.band_count = random_below(5),
	};
	int32_t until = 0;

	for (size_t i = 0; i < card.band_count; i++) {
		until += 1 + (int32_t)random_below(2400);
		card.band[i] = (struct price_band) { until,
			1 + (int32_t)random_below(150) };
	}
	return card;
}

static struct week_visit
visit_drawn(void)
{
	return (struct week_visit) {
		.kind = (enum week_kind)random_below(3),
		.days = random_below(128),
		.times = (int32_t)random_below(30),
		.minutes = (int32_t)random_below(1441),
		.carers = 1 + (int32_t)random_below(4),
		.has_start = random_below(2) == 0,
		.start_minutes = (int32_t)random_below(1440),
	};
}

/* What a line comes to, by the price of one visit alone. */
static int64_t
line_expected(const struct price_card *card, const struct week_visit *visit)
{
	struct price_card plain = { .hourly_pence = card->hourly_pence };
	int64_t seconds = (int64_t)visit->minutes * 60;

	if (seconds == 0)
		return 0;
	switch (visit->kind) {
	case WEEK_ON_DAYS:
		return price_visit(card, seconds) *
		       __builtin_popcount(visit->days) * visit->carers;
	case WEEK_TIMES:
		return price_visit(card, seconds) * visit->times *
		       visit->carers;
	case WEEK_FLEXIBLE:
		return price_visit(&plain, seconds) * visit->carers;
	}
	return -1;
}

static void
test_no_premiums_as_ever(void **state)
{
	(void)state;
	random_begin(7);
	for (int i = 0; i < CASES; i++) {
		struct rate_card card = { .base = card_drawn() };
		struct week_visit visit[MOST_LINES];
		size_t count = random_below(MOST_LINES + 1);
		struct price_week week, simple;
		int64_t total = 0;

		for (size_t v = 0; v < count; v++) {
			visit[v] = visit_drawn();
			total += line_expected(&card.base, &visit[v]);
		}
		week = week_of(&card, &anybody, visit, count);
		simple = price_week(arena, &card.base, visit, count);
		assert_true(week.is_priced);
		assert_int_equal(week.total_pence, total);
		assert_int_equal(simple.total_pence, total);
		assert_int_equal(simple.count, week.count);
		assert_true(week.count <= count);
		for (size_t l = 0; l < week.count; l++)
			assert_int_equal(week.line[l].total_pence,
			    line_expected(
				&card.base, &visit[week.line[l].visit]));
		arena_reset(arena);
	}
}

/* The most that may be kept as a rate, for a day in the dearest band. */
static void
test_largest(void **state)
{
	const struct week_visit day = { WEEK_ON_DAYS, 1, 0, 1440, 1, false, 0 };
	struct price_card card = { .hourly_pence = PRICE_HOURLY_PENCE,
		.band = { { 86400, 1000 } },
		.band_count = 1 };
	struct rate_premium ten[10];
	struct rate_card whole = {
		.base = card, .premium = ten, .premium_count = LENGTH(ten)
	};

	(void)state;
	assert_int_equal(price_week(arena, &card, &day, 1).total_pence,
	    INT64_C(10) * PRICE_HOURLY_PENCE);
	for (size_t i = 0; i < LENGTH(ten); i++)
		ten[i] = (struct rate_premium) {
			.name = "Much", .hundredths = 10000, ANYBODY
		};
	whole.premium_count = 9;
	assert_int_equal(week_of(&whole, &anybody, &day, 1).total_pence,
	    INT64_C(100) * PRICE_HOURLY_PENCE);
	whole.premium_count = 10;
	assert_false(week_of(&whole, &anybody, &day, 1).is_priced);
	assert_int_equal(week_of(&whole, &anybody, &day, 1).total_pence, 0);
	card.hourly_pence = 0;
	assert_false(price_week(arena, &card, &day, 1).is_priced);
	assert_int_equal(price_week(arena, &card, &day, 1).care_seconds, 86400);
}

/* --- With premiums -------------------------------------------------------- */

/* Every evening at half past nine for an hour: half of it is night. */
static void
test_night_and_weekend(void **state)
{
	const struct week_visit visit = { WEEK_ON_DAYS, 0x7f, 0, 60, 2, true,
		21 * 60 + 30 };
	struct rate_card card = card_with_premiums();
	struct price_week week = week_of(&card, &anybody, &visit, 1);

	(void)state;
	assert_int_equal(week.count, 2);
	assert_int_equal(week.line[0].days, 0x1f);
	assert_int_equal(week.line[0].visits, 5);
	assert_int_equal(week.line[0].each_pence, 2000 + 250);
	assert_int_equal(week.line[1].days, SATURDAY | SUNDAY);
	assert_int_equal(week.line[1].each_pence, 2000 + 250 + 200);
	assert_int_equal(week.line[1].working.count, 3);
	assert_int_equal(week.total_pence, 5 * 2 * 2250 + 2 * 2 * 2450);
}

/* On Friday from 23:00 to 01:00 the last hour is a weekend's. */
static void
test_over_midnight(void **state)
{
	const struct week_visit visit = { WEEK_ON_DAYS, 0x10, 0, 120, 1, true,
		23 * 60 };
	struct rate_card card = card_with_premiums();

	(void)state;
	assert_int_equal(
	    week_of(&card, &anybody, &visit, 1).total_pence, 2 * 2500 + 200);
}

/* Midday; Monday and then each day; Monday at midday by the minute. */
static void
test_times_not_fixed(void **state)
{
	const struct week_visit visits[] = {
		{ WEEK_ON_DAYS, 1, 0, 60, 1, false, 0 },
		{ WEEK_TIMES, 0, 9, 60, 1, false, 0 },
		{ WEEK_FLEXIBLE, 0, 0, 6000, 1, false, 0 },
	};
	struct rate_card card = card_with_premiums();
	struct price_week week = week_of(&card, &anybody, visits, 3);

	(void)state;
	assert_int_equal(week.count, 4);
	assert_int_equal(week.line[0].total_pence, 2000);
	/* Nine visits: two on Monday and Tuesday, one on each other day. */
	assert_int_equal(week.line[1].visits, 7);
	assert_int_equal(week.line[1].days, 0x1f);
	assert_int_equal(week.line[2].visits, 2);
	assert_int_equal(week.line[2].total_pence, 2 * 2200);
	assert_int_equal(week.line[3].total_pence, 100 * 2000);
	assert_int_equal(week.line[3].band, PRICE_PRO_RATA);
}

static void
test_whom_it_is_for(void **state)
{
	const struct week_visit visits[] = {
		{ WEEK_ON_DAYS, 1, 0, 60, 1, true, 600 },
		{ WEEK_FLEXIBLE, 0, 0, 120, 1, false, 0 },
	};
	struct rate_card card = card_with_premiums();
	const struct week_person person = { 0x2, 0 };
	const struct week_person other = { 0x1, RATE_NONE };

	(void)state;
	assert_int_equal(week_of(&card, &person, visits, 2).total_pence,
	    3 * (2000 + 100 + 300));
	assert_int_equal(
	    week_of(&card, &other, visits, 2).total_pence, 3 * 2000);
}

static void
test_bank_holiday(void **state)
{
	static const int32_t monday = WEEK_MONDAY;
	const struct week_visit visit = { WEEK_ON_DAYS, 0x1f, 0, 60, 1, true,
		600 };
	struct rate_card card = card_with_premiums();
	struct price_week week = rates_week(arena,
	    rates_prepare(arena, &card, &monday, 1), &anybody, &visit, 1);

	(void)state;
	assert_int_equal(week.total_pence, 4000 + 4 * 2000);
	assert_int_equal(
	    week_of(&card, &anybody, &visit, 1).total_pence, 5 * 2000);
}

/* Lines are the week: what is drawn at random sums up, working by working. */
static void
test_sums(void **state)
{
	struct rate_card card = card_with_premiums();

	(void)state;
	random_begin(11);
	for (int i = 0; i < CASES; i++) {
		struct week_visit visit[MOST_LINES];
		struct week_person person = { random_below(4),
			(int)random_below(2) - 1 };
		int64_t total = 0, care = 0;
		struct price_week week;

		card.base = card_drawn();
		card.stacking = (enum rate_stacking)random_below(2);
		for (size_t v = 0; v < MOST_LINES; v++)
			visit[v] = visit_drawn();
		week = week_of(&card, &person, visit, MOST_LINES);
		assert_true(week.is_priced);
		for (size_t l = 0; l < week.count; l++) {
			const struct price_line *line = &week.line[l];
			int64_t each = 0;

			for (size_t s = 0; s < line->working.count; s++)
				each += line->working.line[s].pence;
			assert_int_equal(each, line->each_pence);
			assert_int_equal(line->total_pence,
			    line->each_pence * line->visits * line->carers);
			total += line->total_pence;
			care += line->seconds * line->visits * line->carers;
		}
		assert_int_equal(week.total_pence, total);
		assert_int_equal(week.care_seconds, care);
		arena_reset(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_premiums_as_ever),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_night_and_weekend),
		cmocka_unit_test(test_over_midnight),
		cmocka_unit_test(test_times_not_fixed),
		cmocka_unit_test(test_whom_it_is_for),
		cmocka_unit_test(test_bank_holiday),
		cmocka_unit_test(test_sums),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
