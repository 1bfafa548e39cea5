/*
 * Full rate cards against the documents (000 L51-56, 002 L48-55, 003 L269-283,
 * 004 L83-110) and against a model that pays every second by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/rates.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum {
	MINUTE = 60,
	HOUR = 3600,
	DAY = 86400,
	MONDAY = 20024, /* 28 October 2024 */
};

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

#define BANDS                                                                  \
	.band = { { 1259, 40 }, { 2159, 60 }, { 3059, 80 }, { 3600, 100 } },   \
	.band_count = 4

#define ANYBODY .need = RATE_ANY, .age_group = RATE_ANY, .outcome = RATE_ANY

/* A visit that says nothing but when and how long. */
static struct rate_visit
visit_at(int32_t day, int32_t starts, int32_t seconds)
{
	return (struct rate_visit) {
		.day = day,
		.starts = starts,
		.seconds = seconds,
		.carers = 1,
		.area = RATE_NONE,
		.rurality = RATE_NONE,
		.need = RATE_NONE,
		.age_group = RATE_NONE,
		.absence = RATE_NONE,
	};
}

static struct rates *
ready(const struct rate_card *card, const int32_t *holidays, size_t count)
{
	struct rate_faults faults = rate_cards_check(arena, card, 1);

	if (faults.count != 0)
		fail_msg("%s", faults.text[0]);
	return rates_prepare(arena, card, holidays, count);
}

static int64_t
price(const struct rates *rates, struct rate_visit visit)
{
	struct rate_price found = rates_price(rates, &visit);

	assert_int_equal(found.verdict, RATE_FINE);
	return found.total_pence;
}

/* The vectors of 003 hold for a full card that has nothing but its bands. */
static void
test_band_edges_to_the_second(void **state)
{
	static const struct {
		int32_t seconds;
		int64_t pence;
	} cases[] = { { 0, 877 }, { 1259, 877 }, { 1260, 1315 }, { 2159, 1315 },
		{ 2160, 1754 }, { 3059, 1754 }, { 3060, 2192 }, { 3600, 2192 },
		{ 3601, 2193 }, { 4500, 2740 }, { 5400, 3288 } };
	const struct rate_card card = { .base = {
					    .hourly_pence = 2192, BANDS } };
	const struct rates *rates = ready(&card, NULL, 0);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
		    price(rates, visit_at(MONDAY, 9 * HOUR, cases[i].seconds)),
		    cases[i].pence);
	for (int32_t seconds = 0; seconds <= 2 * HOUR; seconds++)
		assert_int_equal(
		    price(rates, visit_at(MONDAY, 9 * HOUR, seconds)),
		    price_visit(&card.base, seconds));
}

/* 000 L51: rural, semi-rural and urban rates that differ in each zone. */
static void
test_zone_rurality_and_need(void **state)
{
	static const char *const zones[] = { "Fenland", "Cambridge" };
	static const char *const needs[] = { "generic", "complex" };
	static const struct rate_row rows[] = {
		{ RATE_ANY, RATE_ANY, RATE_ANY, 2000 },
		{ 0, RATE_ANY, RATE_ANY, 2050 },
		{ 0, RURALITY_RURAL, RATE_ANY, 2300 },
		{ RATE_ANY, RURALITY_RURAL, RATE_ANY, 2200 },
		{ RATE_ANY, RATE_ANY, 1, 2550 },
		{ 1, RURALITY_RURAL, 1, 2700 },
	};
	static const struct {
		int area, rurality, need;
		int64_t pence;
		int row;
	} cases[] = {
		{ RATE_NONE, RATE_NONE, RATE_NONE, 2000, 0 },
		{ 1, RURALITY_URBAN, 0, 2000, 0 },
		{ 0, RURALITY_URBAN, RATE_NONE, 2050, 1 },
		{ 0, RATE_NONE, 0, 2050, 1 },
		{ 0, RURALITY_RURAL, 0, 2300, 2 },
		{ 1, RURALITY_RURAL, 0, 2200, 3 },
		/* The need comes before the area, the area before rurality. */
		{ 0, RURALITY_RURAL, 1, 2550, 4 },
		{ 1, RURALITY_RURAL, 1, 2700, 5 },
		{ 1, RURALITY_URBAN, 1, 2550, 4 },
	};
	struct rate_row reversed[LENGTH(rows)];
	struct rate_card card = {
		.areas = { zones, LENGTH(zones) },
		.needs = { needs, LENGTH(needs) },
		.row = rows,
		.row_count = LENGTH(rows),
	};
	const struct rates *rates = ready(&card, NULL, 0), *other;
	struct rate_card backwards = card;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		reversed[i] = rows[LENGTH(rows) - 1 - i];
	backwards.row = reversed;
	other = ready(&backwards, NULL, 0);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct rate_visit visit = visit_at(MONDAY, 9 * HOUR, HOUR);
		struct rate_price found;

		visit.area = cases[i].area;
		visit.rurality = cases[i].rurality;
		visit.need = cases[i].need;
		found = rates_price(rates, &visit);
		assert_int_equal(found.total_pence, cases[i].pence);
		assert_int_equal(found.row, cases[i].row);
		assert_int_equal(price(other, visit), cases[i].pence);
	}
	assert_string_equal(
	    rate_verdict_words(arena, rates, &(struct rate_visit) { .area = 0 },
		&(struct rate_price) { .row = 2, .hourly_pence = 2300 }),
	    "Rate for Fenland and rural");
}

static void
test_no_rate_is_said(void **state)
{
	static const char *const zones[] = { "Fenland", "Cambridge" };
	static const struct rate_row row = { 0, RATE_ANY, RATE_ANY, 2000 };
	const struct rate_card card = {
		.areas = { zones, 2 },
		.row = &row,
		.row_count = 1,
	};
	const struct rates *rates = ready(&card, NULL, 0);
	struct rate_visit visit = visit_at(MONDAY, 0, HOUR);
	struct rate_price found;

	(void)state;
	visit.area = 1;
	found = rates_price(rates, &visit);
	assert_int_equal(found.verdict, RATE_NO_ROW);
	assert_int_equal(found.total_pence, 0);
	assert_string_equal(rate_verdict_words(arena, rates, &visit, &found),
	    "No rate for Cambridge, no rurality, no need");
	visit.area = 2;
	assert_int_equal(rates_price(rates, &visit).verdict, RATE_OUT_OF_RANGE);
}

static const char *const age_groups[] = { "adult", "young" };
static const char *const outcomes[] = { "discharge", "health task" };

static const struct rate_premium premiums[] = {
	{ .name = "Night",
	    .hundredths = 2500,
	    ANYBODY,
	    .from_minutes = 22 * 60,
	    .to_minutes = 7 * 60 },
	{ .name = "Weekend", .hourly_pence = 150, ANYBODY, .days = 0x60 },
	{ .name = "Bank holiday",
	    .hundredths = 10000,
	    ANYBODY,
	    .holiday = HOLIDAY_ONLY },
	{ .name = "Children and young people",
	    .hundredths = 1250,
	    .need = RATE_ANY,
	    .age_group = 1,
	    .outcome = RATE_ANY },
	{ .name = "Timely discharge",
	    .hourly_pence = 100,
	    .need = RATE_ANY,
	    .age_group = RATE_ANY,
	    .outcome = 0 },
	{ .name = "Delegated health tasks",
	    .hourly_pence = 333,
	    .need = RATE_ANY,
	    .age_group = RATE_ANY,
	    .outcome = 1 },
};

/* The first of January 2025, a Wednesday; the 4th is a Saturday. */
static const int32_t new_year = 20089;

static struct rate_card
premium_card(enum rate_stacking stacking)
{
	return (struct rate_card) {
		.base = { .hourly_pence = 2000, BANDS },
		.age_groups = { age_groups, LENGTH(age_groups) },
		.outcomes = { outcomes, LENGTH(outcomes) },
		.premium = premiums,
		.premium_count = LENGTH(premiums),
		.stacking = stacking,
	};
}

static void
test_premiums(void **state)
{
	const struct rate_card add = premium_card(STACK_ADD);
	const struct rate_card highest = premium_card(STACK_HIGHEST);
	const struct rates *all = ready(&add, &new_year, 1);
	const struct rates *one = ready(&highest, &new_year, 1);
	struct rate_visit visit;

	(void)state;
	/* Two hours over 22:00 on a Thursday: one hour at £20, one at £25. */
	assert_int_equal(
	    price(all, visit_at(new_year + 1, 21 * HOUR, 2 * HOUR)), 4500);
	/* Over midnight from Friday into Saturday: 25 + 26.50. */
	assert_int_equal(
	    price(all, visit_at(new_year + 2, 23 * HOUR, 2 * HOUR)), 5150);
	/* Over midnight into the bank holiday: 25 + 45; the highest 25 + 40. */
	visit = visit_at(new_year - 1, 23 * HOUR, 2 * HOUR);
	assert_int_equal(price(all, visit), 7000);
	assert_int_equal(price(one, visit), 6500);
	/* In a band the share of an hour is split as the visit is: 60 % of */
	/* (20 × 10 + 25 × 20) / 30 minutes. */
	assert_int_equal(
	    price(all, visit_at(new_year + 1, 22 * HOUR - 600, 1800)), 1400);
	visit = visit_at(new_year + 1, 9 * HOUR, HOUR);
	visit.age_group = 1;
	assert_int_equal(price(all, visit), 2250);
	visit.outcomes = 3;
	assert_int_equal(price(all, visit), 2683);
	assert_int_equal(price(one, visit), 2333);
	visit.age_group = 0;
	visit.outcomes = 1;
	visit.carers = 2;
	assert_int_equal(price(all, visit), 4200);
}

/*
 * The night from 26 to 27 October 2024 has 02:00 to 01:00 twice, the one of
 * 30 March 2025 jumps from 01:00 to 02:00: the premium ends at 07:00 local.
 */
static void
test_clock_changes(void **state)
{
	const struct rate_card card = premium_card(STACK_ADD);
	const struct rates *rates = ready(&card, NULL, 0);
	struct rate_visit visit = visit_at(MONDAY, 6 * HOUR, 2 * HOUR);

	(void)state;
	/* Monday, so no weekend: an hour of night, then one of day. */
	assert_int_equal(price(rates, visit), 4500);
	visit.starts = 0;
	visit.seconds = 8 * HOUR;
	assert_int_equal(price(rates, visit), 7 * 2500 + 2000);
	visit.shift_after = 2 * HOUR;
	visit.shift_seconds = -HOUR;
	assert_int_equal(price(rates, visit), 8 * 2500);
	visit.shift_after = HOUR;
	visit.shift_seconds = HOUR;
	assert_int_equal(price(rates, visit), 6 * 2500 + 2 * 2000);
}

static void
test_floor_ceiling_and_approval(void **state)
{
	const struct rate_card card = { .floor_pence = 1417,
		.ceiling_pence = 1622 };
	const struct rates *rates = ready(&card, NULL, 0);
	static const struct {
		struct rate_offer offer;
		enum rate_verdict verdict;
		const char *words;
	} cases[] = {
		{ { 1417, false, NULL }, RATE_FINE,
		    "Rate offered by the provider" },
		{ { 1622, false, NULL }, RATE_FINE,
		    "Rate offered by the provider" },
		{ { 1416, false, NULL }, RATE_BELOW_FLOOR,
		    "£14.16 is below the floor of £14.17" },
		{ { 1623, false, "A Name" }, RATE_ABOVE_CEILING,
		    "£16.23 is above the ceiling of £16.22" },
		{ { 2550, true, NULL }, RATE_NOT_APPROVED,
		    "£25.50 is above the ceiling of £16.22 and nobody has "
		    "approved it" },
		{ { 2550, true, "" }, RATE_NOT_APPROVED,
		    "£25.50 is above the ceiling of £16.22 and nobody has "
		    "approved it" },
		{ { 2550, true, "A Name" }, RATE_FINE,
		    "Costed individually above the ceiling of £16.22, approved "
		    "by A Name" },
		{ { 1500, true, NULL }, RATE_FINE, "Costed individually" },
		{ { 1000, true, "A Name" }, RATE_BELOW_FLOOR,
		    "£10.00 is below the floor of £14.17" },
		{ { 0, false, NULL }, RATE_OUT_OF_RANGE,
		    "A figure of the visit is out of range" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct rate_visit visit = visit_at(MONDAY, 0, HOUR);
		struct rate_price found;

		visit.offer = &cases[i].offer;
		found = rates_price(rates, &visit);
		assert_int_equal(found.verdict, cases[i].verdict);
		assert_int_equal(found.total_pence,
		    cases[i].verdict == RATE_FINE ? cases[i].offer.hourly_pence
						  : 0);
		assert_string_equal(
		    rate_verdict_words(arena, rates, &visit, &found),
		    cases[i].words);
	}
}

/* What is costed individually is the whole rate; what is offered is not. */
static void
test_premiums_of_offers(void **state)
{
	const struct rate_card card = premium_card(STACK_ADD);
	const struct rates *rates = ready(&card, NULL, 0);
	const struct rate_offer offered = { 1800, false, NULL };
	const struct rate_offer individual = { 1800, true, NULL };
	struct rate_visit visit = visit_at(MONDAY, 0, HOUR);

	(void)state;
	visit.offer = &offered;
	assert_int_equal(price(rates, visit), 2250);
	visit.offer = &individual;
	assert_int_equal(price(rates, visit), 1800);
}

/* 004 L109: paid while the person is in hospital, by rule. */
static void
test_absence(void **state)
{
	static const char *const reasons[] = { "hospital", "holiday" };
	static const struct rate_absence rules[] = {
		{ 0, 7, 100 },
		{ 1, 2, 25 },
		{ 0, 21, 50 },
	};
	const struct rate_card card = {
		.base = { .hourly_pence = 2192, BANDS },
		.absences = { reasons, 2 },
		.absence = rules,
		.absence_count = 3,
	};
	const struct rates *rates = ready(&card, NULL, 0);
	static const struct {
		int reason;
		int32_t day;
		int64_t pence;
	} cases[] = { { RATE_NONE, 0, 1315 }, { 0, 1, 1315 }, { 0, 7, 1315 },
		{ 0, 8, 658 }, { 0, 28, 658 }, { 0, 29, 0 }, { 1, 2, 329 },
		{ 1, 3, 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct rate_visit visit = visit_at(MONDAY, 9 * HOUR, 1800);
		struct rate_working working;

		visit.absence = cases[i].reason;
		visit.absence_day = cases[i].day;
		visit.carers = 2;
		working = rates_open(arena, rates, &visit);
		assert_int_equal(working.price.each_pence, cases[i].pence);
		assert_int_equal(working.price.total_pence, 2 * cases[i].pence);
	}
}

static void
test_card_of_a_day(void **state)
{
	const struct rate_card cards[] = {
		{ .starts_on = 100, .ends_on = 199, .name = "first" },
		{ .starts_on = 300, .name = "third" },
		{ .starts_on = 200, .ends_on = 400, .name = "second" },
	};
	static const struct {
		int32_t day;
		const char *name;
	} cases[] = { { 99, NULL }, { 100, "first" }, { 199, "first" },
		{ 200, "second" }, { 299, "second" }, { 300, "third" },
		{ 4000, "third" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct rate_card *found = rate_card_on(
		    cards, 3, cases[i].day);

		if (cases[i].name == NULL)
			assert_null(found);
		else
			assert_string_equal(found->name, cases[i].name);
	}
	assert_null(rate_card_on(cards, 1, 200));
}

static void
test_words_of_a_working(void **state)
{
	const struct rate_card card = premium_card(STACK_ADD);
	const struct rates *rates = ready(&card, NULL, 0);
	static const char *const words[] = {
		"30 minutes, band up to 35:59: 60% of £20.00",
		"Night: 25% of £20.00 more for 20 minutes 30 seconds",
		"Children and young people: 12.5% of £20.00 more for 30 "
		"minutes",
		"Delegated health tasks: £3.33 more an hour for 30 minutes",
		"1 more care worker",
	};
	struct rate_visit visit = visit_at(new_year + 1, 22 * HOUR - 570, 1800);
	struct rate_working working;

	(void)state;
	visit.age_group = 1;
	visit.outcomes = 2;
	visit.carers = 2;
	working = rates_open(arena, rates, &visit);
	assert_int_equal(working.count, LENGTH(words));
	for (size_t i = 0; i < working.count; i++)
		assert_string_equal(
		    rate_line_words(arena, rates, &working, i), words[i]);
	assert_int_equal(working.line[0].pence, 1200);
}

static void
expect_fault(struct rate_card card, const char *text)
{
	struct rate_faults faults = rate_cards_check(arena, &card, 1);

	assert_int_equal(faults.count, 1);
	assert_string_equal(faults.text[0], text);
}

static void
test_faults(void **state)
{
	static const char *const zones[] = { "Fenland" };
	const struct rate_row same[] = { { 0, RATE_ANY, RATE_ANY, 2000 },
		{ 0, RATE_ANY, RATE_ANY, 2100 } };
	const struct rate_row unknown = { 1, RATE_ANY, RATE_ANY, 2000 };
	const struct rate_premium nothing = { .name = "None", ANYBODY };
	const struct rate_premium huge = {
		.name = "Huge", .hundredths = 100000, ANYBODY
	};
	struct rate_card card = { .base = { .hourly_pence = 2000 },
		.areas = { zones, 1 } };
	struct rate_card both[2] = { card, card };

	(void)state;
	card.row = same;
	card.row_count = 2;
	expect_fault(card, "cards[0].rates[1]: is for the same as rates[0]");
	card.row = &unknown;
	card.row_count = 1;
	expect_fault(card, "cards[0].rates[0]: the area, rurality or need is "
			   "not on the card");
	card.row_count = 0;
	card.ceiling_pence = 1900;
	expect_fault(
	    card, "cards[0]: £20.00 an hour is outside floor and ceiling");
	card.ceiling_pence = 0;
	card.premium = &nothing;
	card.premium_count = 1;
	expect_fault(card, "cards[0].premiums[0]: pays nothing");
	card.premium = &huge;
	card.base.hourly_pence = 10000;
	expect_fault(card, "cards[0]: £100.00 an hour with every premium is "
			   "more than £1000.00");
	expect_fault((struct rate_card) { .name = "empty" },
	    "cards[0]: has no hourly rate, and no floor or ceiling for one");
	both[1].ends_on = 7;
	assert_int_equal(rate_cards_check(arena, both, 2).count, 1);
	assert_string_equal(rate_cards_check(arena, both, 2).text[0],
	    "cards[1]: begins on the same day as cards[0]");
}

static uint64_t seed = 7;

static int32_t
any(int32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (int32_t)((seed >> 33) % (uint32_t)below);
}

/* The rate of one second in hundredths of a per cent of a penny, plainly. */
static int64_t
second_units(const struct rate_card *card, const struct rate_visit *visit,
    int32_t local, int64_t rate)
{
	int32_t day = visit->day + local / DAY, minute = local % DAY / MINUTE;
	int64_t sum = 0, best = 0;

	for (size_t i = 0; i < card->premium_count; i++) {
		const struct rate_premium *p = &card->premium[i];
		bool in_time = p->from_minutes < p->to_minutes
		                   ? minute >= p->from_minutes &&
		                         minute < p->to_minutes
		                   : minute >= p->from_minutes ||
		                         minute < p->to_minutes;
		int64_t units = rate * p->hundredths + p->hourly_pence * 10000;

		if ((p->days != 0 && !(p->days >> day_weekday(day) & 1)) ||
		    (p->holiday == HOLIDAY_ONLY && day != new_year) ||
		    (p->age_group >= 0 && p->age_group != visit->age_group) ||
		    (p->outcome >= 0 && !(visit->outcomes >> p->outcome & 1)) ||
		    !in_time)
			continue;
		sum += units;
		best = units > best ? units : best;
	}
	return rate * 10000 + (card->stacking == STACK_ADD ? sum : best);
}

static void
check_against_seconds(const struct rates *rates, const struct rate_card *card,
    const struct rate_visit *visit)
{
	struct rate_working working = rates_open(arena, rates, visit);
	int band = working.price.band;
	int64_t units = 0, divisor = INT64_C(3600) * 10000, sum = 0;

	for (int32_t i = 0; i < visit->seconds; i++)
		units += second_units(card, visit, visit->starts + i, 2000);
	if (band != PRICE_PRO_RATA) {
		units *= card->base.band[band].percent;
		divisor = INT64_C(100) * visit->seconds * 10000;
	}
	assert_int_equal(
	    working.price.each_pence, (units + divisor / 2) / divisor);
	for (size_t i = 0; i < working.count; i++)
		sum += working.line[i].pence;
	assert_int_equal(sum, working.price.total_pence);
	assert_int_equal(rates_price(rates, visit).total_pence, sum);
}

/* Any visit equals its seconds; any working sums to its price. */
static void
test_every_second_by_itself(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++) {
		const struct rate_card card = premium_card(
		    i % 2 == 0 ? STACK_ADD : STACK_HIGHEST);
		const struct rates *rates = ready(&card, &new_year, 1);
		struct rate_visit visit = visit_at(
		    new_year - 4 + any(10), any(DAY), 1 + any(3 * HOUR));

		if (i % 20 == 0)
			visit.seconds = DAY - any(HOUR);
		visit.age_group = any(3) - 1;
		visit.outcomes = (uint32_t)any(4);
		visit.carers = 1 + any(3);
		check_against_seconds(rates, &card, &visit);
		arena_reset(arena);
	}
}

static void
test_days(void **state)
{
	(void)state;
	assert_int_equal(day_weekday(new_year), 2);
	assert_int_equal(day_weekday(-1), 2);
	assert_string_equal(day_words(arena, new_year), "1 January 2025");
	assert_string_equal(day_words(arena, 0), "1 January 1970");
	assert_string_equal(day_words(arena, 19782), "29 February 2024");
	assert_string_equal(
	    day_words(arena, day_add_months(19782, 12)), "28 February 2025");
	assert_string_equal(
	    day_words(arena, day_add_months(new_year, -1)), "1 December 2024");
	assert_string_equal(day_words(arena, day_add_months(new_year + 30, 1)),
	    "28 February 2025");
	for (int32_t day = -800; day < 40000; day += 13)
		assert_int_equal(day_add_months(day_add_months(day, 12), -12),
		    day_add_months(day_add_months(day, -12), 12));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_band_edges_to_the_second),
		cmocka_unit_test(test_zone_rurality_and_need),
		cmocka_unit_test(test_no_rate_is_said),
		cmocka_unit_test(test_premiums),
		cmocka_unit_test(test_clock_changes),
		cmocka_unit_test(test_floor_ceiling_and_approval),
		cmocka_unit_test(test_premiums_of_offers),
		cmocka_unit_test(test_absence),
		cmocka_unit_test(test_card_of_a_day),
		cmocka_unit_test(test_words_of_a_working),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_every_second_by_itself),
		cmocka_unit_test(test_days),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
