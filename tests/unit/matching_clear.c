/*
 * Clearing a waiting list: the best of all assignments on every small list,
 * within capacity and proven bound on larger ones, and the same result
 * whatever the order of the input.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/clear.h"
#include "unit/support_clear.h"
#include "unit/support_matching.h"
#include "unit/support_random.h"

enum { TRIALS = 300 };

/* Every assignment of whole packages is tried, one package after another. */
struct attempt {
	const struct clear_list *list;
	int64_t held[MARKET_PROVIDERS * MARKET_SLOTS];
	int64_t best[3]; /* minutes, fit, less cost above the cheapest */
	size_t chosen[MARKET_PACKAGES];
};

static int64_t
cost_least(const struct clear_list *list, const struct clear_package *package)
{
	int64_t least = INT64_MAX;

	for (size_t o = 0; o < package->option_count; o++) {
		int64_t cost = market_cost(list, &package->option[o]);

		least = cost < least ? cost : least;
	}
	return least;
}

static void
attempt_value(const struct attempt *attempt, int64_t value[3])
{
	const struct clear_list *list = attempt->list;

	memset(value, 0, 3 * sizeof(*value));
	for (size_t i = 0; i < list->package_count; i++) {
		const struct clear_package *package = &list->package[i];
		size_t o = attempt->chosen[i];

		if (o == package->option_count)
			continue;
		value[0] += package->weekly_minutes;
		value[1] += package->option[o].fit_hundredths;
		value[2] += cost_least(list, package) -
		            market_cost(list, &package->option[o]);
	}
}

static void
attempt_keep(struct attempt *attempt)
{
	int64_t value[3];

	attempt_value(attempt, value);
	for (size_t step = 0; step < 3; step++) {
		if (value[step] < attempt->best[step])
			return;
		if (value[step] > attempt->best[step])
			break;
	}
	memcpy(attempt->best, value, sizeof(value));
}

static bool
attempt_take(struct attempt *attempt, const struct clear_package *package,
    size_t option, int sign)
{
	size_t slots = attempt->list->slot_count;
	uint32_t provider = package->option[option].provider;
	int64_t *held = &attempt->held[provider * slots];

	for (size_t d = 0; d < package->demand_count; d++)
		held[package->demand[d].slot] += sign *
		                                 package->demand[d].amount;
	return market_is_held(attempt->list, provider, held);
}

static void
attempt_from(struct attempt *attempt, size_t at)
{
	const struct clear_package *package = &attempt->list->package[at];

	if (at == attempt->list->package_count) {
		attempt_keep(attempt);
		return;
	}
	for (size_t o = 0; o <= package->option_count; o++) {
		attempt->chosen[at] = o;
		if (o == package->option_count) {
			attempt_from(attempt, at + 1);
			continue;
		}
		if (attempt_take(attempt, package, o, 1))
			attempt_from(attempt, at + 1);
		attempt_take(attempt, package, o, -1);
	}
}

static struct attempt
attempt_all(const struct clear_list *list)
{
	struct attempt attempt = { .list = list,
		.best = { -1, INT64_MIN, INT64_MIN } };

	attempt_from(&attempt, 0);
	return attempt;
}

static int64_t
plan_cost_above_least(
    const struct clear_list *list, const struct clear_plan *plan)
{
	int64_t cost = 0;

	for (size_t i = 0; i < plan->line_count; i++) {
		const struct clear_package *package =
		    &list->package[plan->line[i].package];

		cost += market_cost(
			    list, &package->option[plan->line[i].option]) -
		        cost_least(list, package);
	}
	return cost;
}

static void
test_counted_slots_are_best(void **state)
{
	struct arena *arena = arena_new(1 << 24);

	(void)state;
	random_begin(1);
	for (uint32_t trial = 0; trial < TRIALS * 4; trial++) {
		struct market market;
		struct clear_plan plan;
		struct attempt attempt;

		market_fill(&market, 1 + random_below(6), 1 + random_below(4),
		    1 + trial % 2, MARKET_COUNTED);
		assert_null(clear_check(arena, &market.list));
		plan = clear_solve(arena, &market.list);
		attempt = attempt_all(&market.list);
		plan_is_allowed(&market.list, &plan);
		assert_true(plan.is_best);
		assert_int_equal(plan.cost_step_pence, 1);
		assert_int_equal(plan.total.minutes, attempt.best[0]);
		assert_int_equal(plan.bound_minutes, attempt.best[0]);
		assert_int_equal(plan.total.fit_hundredths, attempt.best[1]);
		assert_int_equal(plan_cost_above_least(&market.list, &plan),
		    -attempt.best[2]);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* Hours as capacity: never above the best or the bound, seldom below. */
static void
come_close(enum market_kind kind)
{
	struct arena *arena = arena_new(1 << 24);
	size_t worse = 0;

	random_begin(2);
	for (uint32_t trial = 0; trial < TRIALS * 4; trial++) {
		struct market market;
		struct clear_plan plan;
		struct attempt attempt;

		market_fill(&market, 1 + random_below(6), 1 + random_below(4),
		    1 + trial % 3, kind);
		assert_null(clear_check(arena, &market.list));
		plan = clear_solve(arena, &market.list);
		attempt = attempt_all(&market.list);
		plan_is_allowed(&market.list, &plan);
		assert_true(
		    !plan.is_best || plan.total.minutes == attempt.best[0]);
		assert_true(plan.total.minutes <= attempt.best[0]);
		assert_true(plan.bound_minutes >= attempt.best[0]);
		worse += plan.total.minutes < attempt.best[0];
		arena_reset(arena);
	}
	assert_true(worse * 50 < TRIALS * 4);
	arena_free(arena);
}

static void
test_weekly_minutes_come_close(void **state)
{
	(void)state;
	come_close(MARKET_MINUTES);
}

/* Beside hours of a part of the day some at any time, or all of them. */
static void
test_hours_at_any_time_come_close(void **state)
{
	(void)state;
	come_close(MARKET_ANY);
}

/*
 * Two evenings of 60 minutes and a morning: who has 60 in the evening and 60
 * at any time takes two of them, who has as much in the morning only one.
 */
static void
test_hours_at_any_time_help_out(void **state)
{
	enum { MORNING, EVENING, ANY };
	static const struct clear_demand evening = { EVENING, 60 };
	static const struct clear_demand whenever = { ANY, 60 };
	static const struct clear_option option = { 0, 5000, 100, 0 };
	const struct clear_package package[] = {
		{ 1, 60, 1, &evening, 1, &option, 1 },
		{ 2, 60, 1, &evening, 1, &option, 1 },
		{ 3, 60, 1, &whenever, 1, &option, 1 },
	};
	int32_t spare[] = { 0, 60, 60 };
	const struct clear_provider provider = { 1, spare };
	struct clear_list list = { package, 3, &provider, 1, 3, 0, true, ANY };
	struct arena *arena = arena_new(1 << 24);
	struct clear_plan plan;

	(void)state;
	assert_null(clear_check(arena, &list));
	assert_int_equal(clear_solve(arena, &list).total.packages, 2);
	spare[MORNING] = 60;
	spare[ANY] = 0;
	plan = clear_solve(arena, &list);
	assert_int_equal(plan.total.packages, 2);
	assert_int_equal(plan.bound_minutes, 120);
	/* What would help is time in the evening, not in the morning. */
	assert_true(plan.worth[EVENING] > 0);
	assert_int_equal(plan.worth[MORNING], 0);
	list.package_count = 2;
	assert_int_equal(clear_solve(arena, &list).total.packages, 1);
	assert_int_equal(clear_one_at_a_time(arena, &list).total.packages, 1);
	arena_free(arena);
}

/* Divided into parts of an hour, all of one size: solved exactly. */
static void
test_parts_are_best(void **state)
{
	struct arena *arena = arena_new(1 << 24);

	(void)state;
	random_begin(3);
	for (uint32_t trial = 0; trial < TRIALS; trial++) {
		struct market market;
		struct clear_plan plan, whole;

		market_fill(&market, 12, 4, 1, MARKET_PARTS);
		assert_null(clear_check(arena, &market.list));
		plan = clear_solve(arena, &market.list);
		plan_is_allowed(&market.list, &plan);
		assert_true(plan.is_best);
		assert_int_equal(plan.total.minutes, plan.bound_minutes);
		for (size_t i = 0; i < market.list.package_count; i++)
			market.package[i].parts = 1;
		whole = clear_solve(arena, &market.list);
		assert_true(whole.total.minutes <= plan.total.minutes);
		assert_int_equal(whole.bound_minutes, plan.bound_minutes);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
test_larger_lists_are_close_to_the_bound(void **state)
{
	struct arena *arena = arena_new(1 << 26);

	(void)state;
	random_begin(4);
	for (uint32_t trial = 0; trial < 20; trial++) {
		struct market market;
		struct clear_plan plan, one;

		market_fill(&market, MARKET_PACKAGES, MARKET_PROVIDERS, 1,
		    MARKET_MINUTES);
		plan = clear_solve(arena, &market.list);
		one = clear_one_at_a_time(arena, &market.list);
		plan_is_allowed(&market.list, &plan);
		plan_is_allowed(&market.list, &one);
		assert_true(
		    plan.total.minutes * 100 >= plan.bound_minutes * 99);
		assert_true(one.total.minutes <= plan.total.minutes);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
plans_are_same(const struct clear_list *a, const struct clear_plan *x,
    const struct clear_list *b, const struct clear_plan *y)
{
	assert_int_equal(x->line_count, y->line_count);
	for (size_t i = 0; i < x->line_count; i++) {
		const struct clear_package *one =
		    &a->package[x->line[i].package];
		const struct clear_package *other =
		    &b->package[y->line[i].package];
		uint32_t from = one->option[x->line[i].option].provider;
		uint32_t to = other->option[y->line[i].option].provider;

		assert_int_equal(one->order, other->order);
		assert_int_equal(
		    a->provider[from].order, b->provider[to].order);
		assert_int_equal(x->line[i].parts, y->line[i].parts);
	}
	assert_int_equal(x->bound_minutes, y->bound_minutes);
}

static void
test_input_order_never_matters(void **state)
{
	static const enum market_kind kinds[] = { MARKET_COUNTED,
		MARKET_MINUTES, MARKET_PARTS, MARKET_ANY };
	struct arena *arena = arena_new(1 << 26);

	(void)state;
	random_begin(5);
	for (uint32_t trial = 0; trial < TRIALS; trial++) {
		struct market market, other;
		struct clear_plan a, b;

		market_fill(
		    &market, 30, 6, trial % 4 == 3 ? 3 : 1, kinds[trial % 4]);
		market_shuffle(&other, &market);
		a = clear_solve(arena, &market.list);
		b = clear_solve(arena, &other.list);
		plans_are_same(&market.list, &a, &other.list, &b);
		a = clear_one_at_a_time(arena, &market.list);
		b = clear_one_at_a_time(arena, &other.list);
		plans_are_same(&market.list, &a, &other.list, &b);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* The first comes first, and takes the place that only it did not need. */
static void
test_one_at_a_time_wastes_places(void **state)
{
	const int32_t spare[] = { 60 };
	const struct clear_provider providers[] = { { 1, spare },
		{ 2, spare } };
	const struct clear_demand demand = { 0, 60 };
	const struct clear_option both[] = { { 0, 9000, 2000, 100 },
		{ 1, 8000, 2000, 100 } };
	const struct clear_option first[] = { { 0, 5000, 2000, 100 } };
	const struct clear_package packages[] = {
		{ 1, 60, 1, &demand, 1, both, 2 },
		{ 2, 60, 1, &demand, 1, first, 1 },
	};
	const struct clear_list list = { packages, 2, providers, 2, 1, 0 };
	struct arena *arena = arena_new(1 << 20);
	struct clear_plan plan = clear_solve(arena, &list);
	struct clear_plan one = clear_one_at_a_time(arena, &list);

	(void)state;
	assert_int_equal(plan.total.packages, 2);
	assert_int_equal(plan.total.minutes, 120);
	assert_int_equal(plan.total.price_pence, 4000);
	assert_int_equal(one.total.packages, 1);
	assert_int_equal(one.line[0].option, 0);
	arena_free(arena);
}

/* Figures as large as the limits allow: costs in steps, the rest exact. */
static void
test_large_figures_keep_first_things_first(void **state)
{
	enum { COUNT = 1000 };
	static struct clear_package packages[COUNT];
	static struct clear_option options[COUNT][2];
	static int32_t spare[2][1] = { { COUNT / 2 }, { COUNT / 2 - 1 } };
	const struct clear_provider providers[] = { { 1, spare[0] },
		{ 2, spare[1] } };
	const struct clear_demand demand = { 0, 1 };
	const struct clear_list list = { packages, COUNT, providers, 2, 1, 0 };
	struct arena *arena = arena_new(1 << 24);
	struct clear_plan plan;

	(void)state;
	for (int64_t i = 0; i < COUNT; i++) {
		options[i][0] = (struct clear_option) { 0, 10000, 0, 1 };
		options[i][1] = (struct clear_option) { 1, 9999, CLEAR_PENCE,
			1 };
		packages[i] = (struct clear_package) { i,
			CLEAR_MINUTES - (int32_t)i, 1, &demand, 1, options[i],
			2 };
	}
	plan = clear_solve(arena, &list);
	assert_true(plan.cost_step_pence > 1);
	assert_int_equal(plan.total.packages, COUNT - 1);
	assert_int_equal(
	    plan.total.minutes, (int64_t)CLEAR_MINUTES * (COUNT - 1) -
				    (COUNT - 1) * (COUNT - 2) / 2);
	assert_int_equal(plan.total.fit_hundredths,
	    10000 * (COUNT / 2) + 9999 * (COUNT / 2 - 1));
	arena_free(arena);
}

static void
test_lists_that_are_refused(void **state)
{
	const int32_t spare[] = { 60 }, owed[] = { -1 };
	const struct clear_provider provider = { 1, spare };
	const struct clear_provider debtor = { 1, owed };
	const struct clear_demand hour = { 0, 60 }, beyond = { 1, 60 };
	const struct clear_option option = { 0, 5000, 2000, 100 };
	const struct clear_option stranger = { 1, 5000, 2000, 100 };
	const struct clear_option fitter = { 0, 10001, 2000, 100 };
	const struct {
		struct clear_package package;
		struct clear_provider provider;
		const char *fault;
	} cases[] = {
		{ { 7, 60, 1, &hour, 1, &option, 1 }, provider, NULL },
		{ { 7, 60, 7, &hour, 1, &option, 1 }, provider,
		    "Package 7 has weekly minutes that its parts cannot "
		    "share" },
		{ { 7, 60, 0, &hour, 1, &option, 1 }, provider,
		    "Package 7 has too many parts or none" },
		{ { 7, 60, 1, &hour, 0, &option, 1 }, provider,
		    "Package 7 takes nothing of any slot" },
		{ { 7, 60, 1, &beyond, 1, &option, 1 }, provider,
		    "Package 7 takes of a slot that is not there" },
		{ { 7, 60, 1, &hour, 1, &stranger, 1 }, provider,
		    "Package 7 has a provider that is not there" },
		{ { 7, 60, 1, &hour, 1, &fitter, 1 }, provider,
		    "Package 7 has a fit beyond 0 to 100" },
		{ { 7, 60, 1, &hour, 1, &option, 1 }, debtor,
		    "Provider 1 has less than nothing to spare, or too "
		    "much" },
	};
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct clear_list list = { &cases[i].package, 1,
			&cases[i].provider, 1, 1, 0 };
		const char *fault = clear_check(arena, &list);

		if (cases[i].fault == NULL)
			assert_null(fault);
		else
			assert_string_equal(fault, cases[i].fault);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counted_slots_are_best),
		cmocka_unit_test(test_weekly_minutes_come_close),
		cmocka_unit_test(test_hours_at_any_time_come_close),
		cmocka_unit_test(test_hours_at_any_time_help_out),
		cmocka_unit_test(test_parts_are_best),
		cmocka_unit_test(test_larger_lists_are_close_to_the_bound),
		cmocka_unit_test(test_input_order_never_matters),
		cmocka_unit_test(test_one_at_a_time_wastes_places),
		cmocka_unit_test(test_large_figures_keep_first_things_first),
		cmocka_unit_test(test_lists_that_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
