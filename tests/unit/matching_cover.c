/*
 * Coverage: hours needed and met by area under schemes and caps, and what
 * must hold of any of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/cover.h"
#include "unit/support_matching.h"
#include "unit/support_random.h"

enum { EVERYWHERE = 7, SECTORS = 60, PROVIDERS = 15, AREAS = 8 };

/* Two districts; four lots that cut across them. */
static const struct cover_sector sectors[] = {
	{ 600, COVER_URBAN },
	{ 300, COVER_RURAL },
	{ 600, COVER_URBAN },
	{ 300, COVER_RURAL },
};
static const uint32_t districts[] = { 0, 0, 1, 1 };
static const uint32_t lots[] = { 0, 1, 2, 1 };

static void
test_best_use_of_hours(void **state)
{
	const uint32_t both[] = { 0, 1 }, first[] = { 0 };
	const struct cover_provider providers[] = {
		{ 1, 900, EVERYWHERE, both, 2 },
		{ 2, 900, EVERYWHERE, first, 1 },
	};
	const struct cover cover = { sectors, 4, { districts, 2 },
		{ districts, 2 }, providers, 2, 0 };
	struct arena *arena = arena_new(1 << 20);
	struct cover_result result;

	(void)state;
	assert_null(cover_check(arena, &cover));
	result = cover_solve(arena, &cover);
	/* The first must go where the second cannot, though it likes 0. */
	assert_int_equal(result.needed_minutes, 1800);
	assert_int_equal(result.offered_minutes, 1800);
	assert_int_equal(result.met_minutes, 1800);
	assert_int_equal(result.area[0].providers, 2);
	assert_int_equal(result.area[0].reach_minutes, 1800);
	assert_int_equal(result.area[1].providers, 1);
	assert_int_equal(result.area[1].met_minutes, 900);
	assert_int_equal(result.area[1].met[COVER_RURAL], 300);
	arena_free(arena);
}

static void
test_a_cap_leaves_a_gap(void **state)
{
	const uint32_t both[] = { 0, 1 }, first[] = { 0 };
	const struct cover_provider providers[] = {
		{ 1, 900, EVERYWHERE, both, 2 },
		{ 2, 900, EVERYWHERE, first, 1 },
	};
	const struct cover cover = { sectors, 4, { districts, 2 },
		{ districts, 2 }, providers, 2, 1 };
	struct arena *arena = arena_new(1 << 20);
	struct cover_result result = cover_solve(arena, &cover);

	(void)state;
	assert_int_equal(result.met_minutes, 900);
	assert_int_equal(result.area[1].gap_minutes, 900);
	assert_int_equal(result.area[1].providers, 0);
	arena_free(arena);
}

/* Under the lots, who serves district 1 reaches half of the rural lot. */
static void
test_another_scheme(void **state)
{
	const uint32_t second[] = { 1 };
	const struct cover_provider provider = { 1, 5000, EVERYWHERE, second,
		1 };
	struct cover cover = { sectors, 4, { districts, 2 }, { lots, 3 },
		&provider, 1, 0 };
	struct arena *arena = arena_new(1 << 20);
	struct cover_result result = cover_solve(arena, &cover);

	(void)state;
	assert_int_equal(result.area[0].met_minutes, 0);
	assert_int_equal(result.area[1].needed_minutes, 600);
	assert_int_equal(result.area[1].met_minutes, 300);
	assert_int_equal(result.area[2].met_minutes, 600);
	/* Of two lots that the same district leads to, the one with more. */
	cover.cap = 1;
	result = cover_solve(arena, &cover);
	assert_int_equal(result.area[1].met_minutes, 0);
	assert_int_equal(result.area[2].met_minutes, 600);
	arena_free(arena);
}

static void
test_ruralities(void **state)
{
	const uint32_t both[] = { 0, 1 };
	const struct cover_provider provider = { 1, 5000, 1u << COVER_URBAN,
		both, 2 };
	const struct cover cover = { sectors, 4, { districts, 2 },
		{ districts, 2 }, &provider, 1, 0 };
	struct arena *arena = arena_new(1 << 20);
	struct cover_result result = cover_solve(arena, &cover);

	(void)state;
	assert_int_equal(result.met_minutes, 1200);
	assert_int_equal(result.area[0].met[COVER_RURAL], 0);
	assert_int_equal(result.area[0].gap_minutes, 300);
	arena_free(arena);
}

struct county {
	struct cover cover;
	struct cover_sector sector[SECTORS];
	uint32_t offered[SECTORS], shown[SECTORS];
	struct cover_provider provider[PROVIDERS];
	uint32_t area[PROVIDERS][AREAS];
};

static void
county_fill(struct county *county)
{
	for (size_t i = 0; i < SECTORS; i++) {
		county->sector[i] =
		    (struct cover_sector) { (int32_t)random_below(500),
			    (enum cover_rurality)random_below(3) };
		county->offered[i] = random_below(AREAS);
		county->shown[i] = random_below(5);
	}
	for (uint32_t p = 0; p < PROVIDERS; p++) {
		size_t count = 1 + random_below(4);

		for (size_t i = 0; i < count; i++)
			county->area[p][i] = random_below(AREAS);
		county->provider[p] = (struct cover_provider) {
			(int64_t)p * 7 % PROVIDERS, (int32_t)random_below(3000),
			1 + random_below(7), county->area[p], count
		};
	}
	county->cover = (struct cover) { county->sector, SECTORS,
		{ county->offered, AREAS }, { county->shown, 5 },
		county->provider, PROVIDERS, random_below(4) };
}

static void
result_adds_up(const struct cover_result *result)
{
	int64_t met = 0, needed = 0;

	for (size_t a = 0; a < result->count; a++) {
		const struct cover_area *area = &result->area[a];
		int64_t part = 0;

		for (size_t r = 0; r < COVER_RURALITIES; r++) {
			assert_true(area->met[r] <= area->needed[r]);
			part += area->met[r];
		}
		assert_int_equal(part, area->met_minutes);
		assert_int_equal(area->gap_minutes,
		    area->needed_minutes - area->met_minutes);
		met += area->met_minutes;
		needed += area->needed_minutes;
	}
	assert_int_equal(met, result->met_minutes);
	assert_int_equal(needed, result->needed_minutes);
	assert_true(met <= result->offered_minutes);
}

static void
test_any_county_adds_up(void **state)
{
	struct arena *arena = arena_new(1 << 24);

	(void)state;
	random_begin(21);
	for (size_t trial = 0; trial < 300; trial++) {
		struct county county;
		struct cover_result capped, free, other;

		county_fill(&county);
		assert_null(cover_check(arena, &county.cover));
		capped = cover_solve(arena, &county.cover);
		result_adds_up(&capped);
		county.cover.cap = 0;
		free = cover_solve(arena, &county.cover);
		result_adds_up(&free);
		assert_true(free.met_minutes >= capped.met_minutes);
		/* Without a cap, how a county is cut up changes no total. */
		county.cover.shown = county.cover.offered;
		other = cover_solve(arena, &county.cover);
		assert_int_equal(other.met_minutes, free.met_minutes);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
test_provider_order_never_matters(void **state)
{
	struct arena *arena = arena_new(1 << 24);

	(void)state;
	random_begin(22);
	for (size_t trial = 0; trial < 100; trial++) {
		struct cover_provider turned[PROVIDERS];
		struct cover_result a, b;
		struct county county;

		county_fill(&county);
		a = cover_solve(arena, &county.cover);
		for (size_t p = 0; p < PROVIDERS; p++)
			turned[p] = county.provider[PROVIDERS - 1 - p];
		county.cover.provider = turned;
		b = cover_solve(arena, &county.cover);
		assert_memory_equal(a.area, b.area, a.count * sizeof(*a.area));
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
test_covers_that_are_refused(void **state)
{
	const uint32_t third[] = { 2 };
	const struct cover_provider stranger = { 1, 5, EVERYWHERE, third, 1 };
	const struct cover_provider debtor = { 1, -5, EVERYWHERE, third, 0 };
	const struct cover strange = { sectors, 4, { districts, 2 },
		{ districts, 2 }, &stranger, 1, 0 };
	const struct cover owed = { sectors, 4, { districts, 2 },
		{ districts, 2 }, &debtor, 1, 0 };
	const struct cover outside = { sectors, 4, { lots, 2 },
		{ districts, 2 }, NULL, 0, 0 };
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_string_equal(cover_check(arena, &strange),
	    "Provider 0 serves an area that is not there");
	assert_string_equal(cover_check(arena, &owed),
	    "Provider 0 offers too much or too little");
	assert_string_equal(cover_check(arena, &outside),
	    "Sector 2 lies in an area that is not there");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_best_use_of_hours),
		cmocka_unit_test(test_a_cap_leaves_a_gap),
		cmocka_unit_test(test_another_scheme),
		cmocka_unit_test(test_ruralities),
		cmocka_unit_test(test_any_county_adds_up),
		cmocka_unit_test(test_provider_order_never_matters),
		cmocka_unit_test(test_covers_that_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
