/*
 * Which single change places most of the rest, and which rural packages go
 * together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/bundle.h"
#include "matching/clear.h"
#include "unit/support_clear.h"
#include "unit/support_matching.h"
#include "unit/support_random.h"

/* The second provider is full; only a specialist could take the third. */
static void
test_the_change_that_places_most(void **state)
{
	const int32_t spare[] = { 600 }, none[] = { 0 };
	const struct clear_provider providers[] = { { 1, spare }, { 2, none } };
	const struct clear_demand large = { 0, 600 }, small = { 0, 300 };
	const struct clear_option first = { 0, 5000, 2000, 100 };
	const struct clear_option second = { 1, 5000, 2000, 100 };
	const struct clear_package packages[] = {
		{ 1, 600, 1, &large, 1, &first, 1 },
		{ 2, 300, 1, &small, 1, &second, 1 },
		{ 3, 600, 1, &large, 1, NULL, 0 },
	};
	const uint32_t group[] = { 2 };
	const struct clear_list list = { packages, 3, providers, 2, 1, 0 };
	const struct clear_change changes[] = {
		{ 0, 0, 600, NULL, 0 },
		{ 1, 0, 600, NULL, 0 },
		{ CLEAR_NONE, 0, 600, group, 1 },
	};
	struct arena *arena = arena_new(1 << 20);
	struct clear_plan plan = clear_solve(arena, &list);
	struct clear_effects effects = clear_changes(
	    arena, &list, &plan, changes, LENGTH(changes), 10, 10);

	(void)state;
	assert_int_equal(plan.total.minutes, 600);
	assert_int_equal(effects.count, 2);
	assert_int_equal(effects.effect[0].change, 2);
	assert_int_equal(effects.effect[0].more_minutes, 600);
	assert_int_equal(effects.effect[0].more_packages, 1);
	assert_int_equal(effects.effect[1].change, 1);
	assert_int_equal(effects.effect[1].more_minutes, 300);
	effects = clear_changes(
	    arena, &list, &plan, changes, LENGTH(changes), 10, 1);
	assert_int_equal(effects.count, 1);
	arena_free(arena);
}

/* Counted lists: the best of all changes by trying each is the one found. */
static void
test_no_better_change_is_missed(void **state)
{
	struct arena *arena = arena_new(1 << 26);

	(void)state;
	random_begin(11);
	for (uint32_t trial = 0; trial < 40; trial++) {
		struct clear_change changes[8];
		struct market market;
		struct clear_plan plan;
		struct clear_effects effects;
		int64_t best = 0;

		market_fill(&market, 40, 8, 1, MARKET_COUNTED);
		plan = clear_solve(arena, &market.list);
		for (int32_t p = 0; p < 8; p++) {
			int32_t *spare = market.spare[p];
			int64_t minutes;

			changes[p] = (struct clear_change) { p, 0, 1, NULL, 0 };
			spare[0]++;
			minutes =
			    clear_solve(arena, &market.list).total.minutes;
			spare[0]--;
			minutes -= plan.total.minutes;
			best = minutes > best ? minutes : best;
		}
		effects = clear_changes(
		    arena, &market.list, &plan, changes, 8, 8, 8);
		assert_int_equal(best,
		    effects.count > 0 ? effects.effect[0].more_minutes : 0);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
test_bundles_of_a_village(void **state)
{
	const uint32_t both[] = { 1, 4 }, one[] = { 4 }, other[] = { 1 };
	const struct bundle_package packages[] = {
		{ 5, 1000, 1000, 300, true, both, 2 },
		{ 4, 0, 0, 300, true, both, 2 },
		{ 3, 300, 400, 300, true, one, 1 },
		{ 2, 100, 0, 300, true, other, 1 },
		{ 1, 200, 0, 300, false, both, 2 },
		{ 6, 50, 0, 900, true, both, 2 },
	};
	const struct bundle_rule rule = { 1200, 1000, 10, NULL };
	struct arena *arena = arena_new(1 << 20);
	struct bundles bundles = bundle_find(
	    arena, packages, LENGTH(packages), &rule);

	(void)state;
	/* 2 takes 4, whose only common provider rules 3 out. */
	assert_int_equal(bundles.count, 2);
	assert_int_equal(bundles.bundle[0].count, 2);
	assert_int_equal(bundles.bundle[0].package[0], 3);
	assert_int_equal(bundles.bundle[0].package[1], 1);
	assert_int_equal(bundles.bundle[0].minutes, 600);
	assert_int_equal(bundles.bundle[0].widest_metres, 100);
	assert_int_equal(bundles.bundle[0].provider_count, 1);
	assert_int_equal(bundles.bundle[0].provider[0], 1);
	/* 3 and 5 are 922 metres apart. */
	assert_int_equal(bundles.bundle[1].package[0], 2);
	assert_int_equal(bundles.bundle[1].package[1], 0);
	assert_int_equal(bundles.bundle[1].widest_metres, 922);
	arena_free(arena);
}

/* A bundle ends where nobody has the hours for one package more. */
static void
test_bundles_fit_hours_there_are(void **state)
{
	static const uint32_t both[] = { 0, 1 }, second[] = { 1 };
	const struct bundle_package packages[] = {
		{ 1, 0, 0, 300, true, both, 2 },
		{ 2, 10, 0, 300, true, both, 2 },
		{ 3, 20, 0, 300, true, second, 1 },
		{ 4, 30, 0, 200, true, both, 2 },
	};
	const int32_t spare[] = { 800, 650 };
	const struct bundle_rule rule = { 1000, 2400, 6, spare };
	struct arena *arena = arena_new(1 << 20);
	struct bundles bundles = bundle_find(arena, packages, 4, &rule);

	(void)state;
	/* The third could go to the second provider only, which lacks hours. */
	assert_int_equal(bundles.count, 1);
	assert_int_equal(bundles.bundle[0].count, 3);
	assert_int_equal(bundles.bundle[0].package[2], 3);
	assert_int_equal(bundles.bundle[0].minutes, 800);
	arena_free(arena);
}

static void
test_bundles_keep_to_the_rule(void **state)
{
	enum { COUNT = 200 };
	static struct bundle_package packages[COUNT];
	static uint32_t providers[COUNT][3];
	const struct bundle_rule rule = { 800, 900, 4, NULL };
	struct arena *arena = arena_new(1 << 22);

	(void)state;
	random_begin(12);
	for (uint32_t trial = 0; trial < 50; trial++) {
		bool is_seen[COUNT] = { false };
		struct bundles bundles;

		for (uint32_t i = 0; i < COUNT; i++) {
			for (uint32_t p = 0; p < 3; p++)
				providers[i][p] = 3 * p + random_below(3);
			packages[i] = (struct bundle_package) { (int64_t)COUNT -
								    i,
				(int32_t)random_below(10000),
				(int32_t)random_below(10000),
				(int32_t)(1 + random_below(400)),
				random_below(4) != 0, providers[i], 3 };
		}
		bundles = bundle_find(arena, packages, COUNT, &rule);
		assert_true(bundles.count > 0);
		for (size_t b = 0; b < bundles.count; b++) {
			const struct bundle *bundle = &bundles.bundle[b];
			int64_t minutes = 0;

			assert_in_range(bundle->count, 2, 4);
			assert_true(bundle->provider_count > 0);
			assert_true(bundle->widest_metres <= 800);
			for (size_t i = 0; i < bundle->count; i++) {
				uint32_t at = bundle->package[i];

				assert_false(is_seen[at]);
				is_seen[at] = true;
				assert_true(packages[at].is_rural);
				minutes += packages[at].weekly_minutes;
			}
			assert_int_equal(minutes, bundle->minutes);
			assert_true(minutes <= 900);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_change_that_places_most),
		cmocka_unit_test(test_no_better_change_is_missed),
		cmocka_unit_test(test_bundles_of_a_village),
		cmocka_unit_test(test_bundles_fit_hours_there_are),
		cmocka_unit_test(test_bundles_keep_to_the_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
