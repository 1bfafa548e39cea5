/*
 * The transportation solver: every plan is within supply and capacity, and
 * its prices prove that no other plan is worth more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/transport.h"
#include "unit/support_matching.h"
#include "unit/support_random.h"

enum { TRIALS = 400, MOST_ITEMS = 40, MOST_POOLS = 12 };

struct problem {
	struct transport transport;
	struct transport_item item[MOST_ITEMS];
	struct transport_option option[MOST_ITEMS][MOST_POOLS];
	int64_t capacity[MOST_POOLS];
};

/* `range` small makes many ties; supplies above 1 make items split. */
static void
problem_fill(struct problem *problem, uint32_t items, uint32_t pools,
    uint32_t range, uint32_t supply)
{
	for (uint32_t i = 0; i < items; i++) {
		size_t count = 0;

		for (uint32_t p = 0; p < pools; p++)
			if (random_below(10) < 6)
				problem->option[i][count++] =
				    (struct transport_option) {
					    (int64_t)random_below(range) -
						range / 4,
					    p
				    };
		problem->item[i] = (struct transport_item) { problem->option[i],
			count, 1 + random_below(supply) };
	}
	for (uint32_t p = 0; p < pools; p++)
		problem->capacity[p] = random_below(supply * 4);
	problem->transport = (struct transport) { problem->item, items,
		problem->capacity, pools };
}

static int64_t
plan_value(const struct transport *transport, const struct transport_plan *plan)
{
	int64_t value = 0;

	for (size_t i = 0; i < plan->flow_count; i++)
		value += plan->flow[i].units *
		         transport->item[plan->flow[i].item]
		             .option[plan->flow[i].option]
		             .value;
	return value;
}

/* What the prices allow at most: weak duality holds for any of them. */
static int64_t
plan_bound(const struct transport *transport, const struct transport_plan *plan)
{
	int64_t bound = 0;

	for (size_t p = 0; p < transport->pool_count; p++) {
		assert_true(plan->price[p] >= 0);
		bound += plan->price[p] * transport->capacity[p];
	}
	for (size_t i = 0; i < transport->item_count; i++) {
		const struct transport_item *item = &transport->item[i];
		int64_t best = 0;

		for (size_t o = 0; o < item->option_count; o++) {
			int64_t left = item->option[o].value -
			               plan->price[item->option[o].pool];

			best = left > best ? left : best;
		}
		bound += best * item->supply;
	}
	return bound;
}

static void
plan_is_allowed(
    const struct transport *transport, const struct transport_plan *plan)
{
	int64_t sent[MOST_ITEMS] = { 0 }, held[MOST_POOLS] = { 0 };
	int64_t units = 0;

	for (size_t i = 0; i < plan->flow_count; i++) {
		const struct transport_flow *flow = &plan->flow[i];

		assert_true(flow->units > 0);
		sent[flow->item] += flow->units;
		held[transport->item[flow->item].option[flow->option].pool] +=
		    flow->units;
		units += flow->units;
	}
	assert_int_equal(units, plan->units);
	for (size_t i = 0; i < transport->item_count; i++)
		assert_true(sent[i] <= transport->item[i].supply);
	for (size_t p = 0; p < transport->pool_count; p++)
		assert_true(held[p] <= transport->capacity[p]);
}

static void
test_prices_prove_the_plan(void **state)
{
	static const struct {
		uint32_t items, pools, range, supply;
	} shapes[] = {
		{ 6, 4, 20, 1 },
		{ 12, 3, 4, 1 },
		{ 40, 12, 1000, 1 },
		{ 40, 12, 3, 1 },
		{ 10, 5, 30, 9 },
		{ 40, 12, 100, 50 },
		{ 3, 12, 1000000, 1000 },
	};
	struct arena *arena = arena_new(1 << 22);

	(void)state;
	random_begin(7);
	for (size_t shape = 0; shape < LENGTH(shapes); shape++)
		for (size_t trial = 0; trial < TRIALS; trial++) {
			struct problem problem;
			struct transport_plan plan;

			problem_fill(&problem, shapes[shape].items,
			    shapes[shape].pools, shapes[shape].range,
			    shapes[shape].supply);
			plan = transport_solve(arena, &problem.transport);
			plan_is_allowed(&problem.transport, &plan);
			assert_int_equal(plan_value(&problem.transport, &plan),
			    plan_bound(&problem.transport, &plan));
			arena_reset(arena);
		}
	arena_free(arena);
}

/* One unit of the dearer must give way twice for the third to enter. */
static void
test_a_chain_of_moves(void **state)
{
	const struct transport_option a[] = { { 10, 0 }, { 9, 1 } };
	const struct transport_option b[] = { { 10, 1 }, { 8, 2 } };
	const struct transport_option c[] = { { 10, 0 } };
	const struct transport_item items[] = { { a, 2, 1 }, { b, 2, 1 },
		{ c, 1, 1 } };
	const int64_t capacity[] = { 1, 1, 1 };
	const struct transport transport = { items, 3, capacity, 3 };
	struct arena *arena = arena_new(1 << 20);
	struct transport_plan plan = transport_solve(arena, &transport);

	(void)state;
	assert_int_equal(plan.units, 3);
	assert_int_equal(plan_value(&transport, &plan), 27);
	assert_int_equal(plan.flow[0].option, 1);
	assert_int_equal(plan.flow[1].option, 1);
	assert_int_equal(plan.flow[2].option, 0);
	arena_free(arena);
}

static void
test_nothing_to_send(void **state)
{
	const int64_t capacity[] = { 5 };
	const struct transport_item lone = { NULL, 0, 3 };
	const struct transport none = { NULL, 0, capacity, 1 };
	const struct transport nowhere = { &lone, 1, NULL, 0 };
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_int_equal(transport_solve(arena, &none).units, 0);
	assert_int_equal(transport_solve(arena, &nowhere).flow_count, 0);
	arena_free(arena);
}

static void
test_a_loss_is_not_sent(void **state)
{
	const struct transport_option poor = { -1, 0 };
	const struct transport_item item = { &poor, 1, 1 };
	const int64_t capacity[] = { 5 };
	const struct transport transport = { &item, 1, capacity, 1 };
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_int_equal(transport_solve(arena, &transport).units, 0);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prices_prove_the_plan),
		cmocka_unit_test(test_a_chain_of_moves),
		cmocka_unit_test(test_nothing_to_send),
		cmocka_unit_test(test_a_loss_is_not_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
