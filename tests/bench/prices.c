/*
 * How many visits a second one core prices, through a banded card and through
 * a full card with premiums, as lines of name, value, unit, and of the aim.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "matching/rates.h"

enum {
	VISITS = 10000000,
	KINDS = 20000, /* of visits, so that they stay in the cache */
	AREAS = 14,
	FIRST_DAY = 19723,
	AIM_BANDED = 10000000,
	AIM_FULL = 1000000,
};

static uint64_t seed = 66;

static int32_t
any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (int32_t)((uint32_t)(seed >> 33) % below);
}

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void
report(const char *name, int64_t started, int64_t total, int64_t aim)
{
	double rate = (double)VISITS * 1e9 / (double)(now_ns() - started);

	/* The total is printed so that no price can be left out. */
	fprintf(stderr, "%s: %" PRId64 " pence\n", name, total);
	printf("%s\t%.0f\tvisits/s\taim\t%" PRId64 "\t%.2f\n", name, rate, aim,
	    rate / (double)aim);
}

static void
bench_banded(const struct price_card *card)
{
	int32_t *lengths = calloc(KINDS, sizeof(*lengths));
	int64_t total = 0, started;

	for (size_t i = 0; i < KINDS; i++)
		lengths[i] = any(2 * 3600);
	started = now_ns();
	for (size_t round = 0; round < VISITS / KINDS; round++)
		for (size_t i = 0; i < KINDS; i++)
			total += price_visit(card, lengths[i]);
	report("price_banded_card", started, total, AIM_BANDED);
	free(lengths);
}

static void
bench_full(const struct rates *rates, const char *name, bool is_straddling)
{
	struct rate_visit *visits = calloc(KINDS, sizeof(*visits));
	int64_t total = 0, started;

	for (size_t i = 0; i < KINDS; i++)
		visits[i] = (struct rate_visit) {
			.day = FIRST_DAY + any(365),
			.starts = is_straddling ? 21 * 3600 + any(3600)
			                        : any(86400),
			.seconds = is_straddling ? 3600 + any(7200) : any(7200),
			.carers = 1 + any(2),
			.area = any(AREAS),
			.rurality = any(RURALITY_COUNT),
			.need = any(2),
			.age_group = any(2),
			.outcomes = (uint32_t)any(4),
			.absence = RATE_NONE,
		};
	started = now_ns();
	for (size_t round = 0; round < VISITS / KINDS; round++)
		for (size_t i = 0; i < KINDS; i++)
			total += rates_price(rates, &visits[i]).total_pence;
	report(name, started, total, AIM_FULL);
	free(visits);
}

static struct rate_card
full_card(struct arena *arena, const struct price_card *base)
{
	static const char *const names[AREAS] = { "a", "b", "c", "d", "e", "f",
		"g", "h", "i", "j", "k", "l", "m", "n" };
	static const struct rate_premium premiums[] = {
		{ "Night", 2500, 0, -1, -1, -1, 0, HOLIDAY_ANY, 1320, 420 },
		{ "Evening", 500, 0, -1, -1, -1, 0, HOLIDAY_ANY, 1080, 1320 },
		{ "Weekend", 0, 150, -1, -1, -1, 0x60, HOLIDAY_ANY, 0, 0 },
		{ "Holiday", 10000, 0, -1, -1, -1, 0, HOLIDAY_ONLY, 0, 0 },
		{ "Complex", 1250, 0, 1, -1, -1, 0, HOLIDAY_ANY, 0, 0 },
		{ "Young", 0, 120, -1, 1, -1, 0, HOLIDAY_ANY, 0, 0 },
		{ "Discharge", 500, 0, -1, -1, 0, 0, HOLIDAY_ANY, 0, 0 },
		{ "Tasks", 0, 150, -1, -1, 1, 0, HOLIDAY_ANY, 0, 0 },
	};
	struct rate_row *rows = arena_array(
	    arena, (size_t)AREAS * RURALITY_COUNT, sizeof(*rows));

	for (int i = 0; i < AREAS * RURALITY_COUNT; i++)
		rows[i] = (struct rate_row) { i / RURALITY_COUNT,
			i % RURALITY_COUNT, RATE_ANY, 2000 + any(400) };
	return (struct rate_card) {
		.areas = { names, AREAS },
		.needs = { names, 2 },
		.age_groups = { names, 2 },
		.outcomes = { names, 2 },
		.base = *base,
		.row = rows,
		.row_count = (size_t)AREAS * RURALITY_COUNT,
		.premium = premiums,
		.premium_count = sizeof(premiums) / sizeof(*premiums),
	};
}

int
main(void)
{
	static const int32_t holidays[] = { FIRST_DAY, FIRST_DAY + 88,
		FIRST_DAY + 91, FIRST_DAY + 126, FIRST_DAY + 147,
		FIRST_DAY + 238, FIRST_DAY + 359, FIRST_DAY + 360 };
	const struct price_card banded = {
		.hourly_pence = 2192,
		.band = { { 1259, 40 }, { 2159, 60 }, { 3059, 80 },
		    { 3600, 100 } },
		.band_count = 4,
	};
	struct arena *arena = arena_new(1 << 20);
	struct rate_card card = full_card(arena, &banded);
	struct rate_faults faults = rate_cards_check(arena, &card, 1);

	if (faults.count != 0) {
		fprintf(stderr, "%s\n", faults.text[0]);
		return 1;
	}
	bench_banded(&banded);
	bench_full(
	    rates_prepare(arena, &card, holidays, 8), "price_full_card", false);
	bench_full(rates_prepare(arena, &card, holidays, 8),
	    "price_full_card_straddling", true);
	card.stacking = STACK_HIGHEST;
	bench_full(rates_prepare(arena, &card, holidays, 8),
	    "price_full_card_highest", true);
	arena_free(arena);
	return 0;
}
