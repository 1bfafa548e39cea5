/*
 * What must hold of every ranking, tried on many random markets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/rank.h"
#include "unit/support_matching.h"

enum { TRIALS = 60 };

static uint64_t seed;

static uint32_t
any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static struct candidate
any_candidate(int64_t order)
{
	struct candidate candidate = good_candidate(order);

	candidate.areas[0] |= any(8);
	candidate.groups = any(8) == 0 ? 2 : 3;
	candidate.tags[0] |= any(16);
	if (any(6) == 0)
		candidate.tags[0] &= any(16);
	candidate.is_on_framework = any(20) != 0;
	candidate.is_suspended = any(20) == 0;
	candidate.is_chosen = any(40) == 0;
	candidate.is_local = any(2);
	candidate.has_cared_before = any(10) == 0;
	candidate.last_awarded_at = any(3) == 0
	                                ? 0
	                                : WANTED - any(5) * HOUR - any(2);
	candidate.earliest_start_at = any(3) == 0 ? 0 : WANTED + any(4) * HOUR;
	candidate.rate_pence = any(4) == 0 ? 0 : (int32_t)(1410 + any(220));
	candidate.distance_metres = (int32_t)any(40000);
	candidate.quality_score = (int32_t)any(101);
	candidate.call_slots = any(16);
	return candidate;
}

static struct need
any_need(void)
{
	struct need need = plain_need();

	need.has_choice = any(2);
	need.call_slots = any(16);
	need.preferred_tags[0] = any(16);
	need.must_tags[0] = any(8);
	return need;
}

/* Every criterion at once, so that keys need more than one word. */
static struct policy
long_policy(void)
{
	struct policy policy = policy_cambridgeshire();
	const struct policy_step more[] = {
		{ .criterion = CRITERION_CHOICE, .action = ACTION_PREFER },
		{ .criterion = CRITERION_START, .action = ACTION_PREFER },
		{ .criterion = CRITERION_NEEDS, .action = ACTION_PREFER },
		{ .criterion = CRITERION_CLOSENESS,
		    .action = ACTION_PREFER,
		    .tolerance = 9999 },
		{ .criterion = CRITERION_QUALITY,
		    .action = ACTION_PREFER,
		    .tolerance = 49 },
		{ .criterion = CRITERION_CAPACITY, .action = ACTION_PREFER },
	};

	memmove(&policy.step[5 + LENGTH(more)], &policy.step[5],
	    2 * sizeof(policy.step[0]));
	memcpy(&policy.step[5], more, sizeof(more));
	policy.step_count += LENGTH(more);
	return policy;
}

static struct policy
any_policy(void)
{
	switch (any(3)) {
	case 0:
		return policy_hertfordshire();
	case 1:
		return policy_cambridgeshire();
	default:
		return long_policy();
	}
}

static void
shuffle(struct candidate *candidate, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = any((uint32_t)i);
		struct candidate swap = candidate[i - 1];

		candidate[i - 1] = candidate[j];
		candidate[j] = swap;
	}
}

static void
fill(struct candidate *candidate, size_t count)
{
	for (size_t i = 0; i < count; i++)
		candidate[i] = any_candidate((int64_t)i * 3 - 40);
}

static void
test_input_order_never_matters(void **state)
{
	enum { COUNT = 200 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate one[COUNT], other[COUNT];

	(void)state;
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct policy policy = any_policy();
		struct need need = any_need();
		struct ranking a, b;

		fill(one, COUNT);
		memcpy(other, one, sizeof(one));
		shuffle(other, COUNT);
		a = match_rank(arena, &policy, &need, one, COUNT);
		b = match_rank(arena, &policy, &need, other, COUNT);
		assert_int_equal(a.eligible_count, b.eligible_count);
		for (size_t i = 0; i < COUNT; i++) {
			assert_int_equal(
			    ranking_order_at(&a, i), ranking_order_at(&b, i));
			assert_int_equal(
			    a.entry[i].failed_step, b.entry[i].failed_step);
			assert_int_equal(a.entry[i].points_hundredths,
			    b.entry[i].points_hundredths);
			assert_string_equal(match_reason(arena, &a, i),
			    match_reason(arena, &b, i));
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

/* Each alone is eligible or not, whoever else is there. */
static void
test_company_never_makes_eligible(void **state)
{
	enum { COUNT = 120 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct policy policy = any_policy();
		struct need need = any_need();
		struct ranking all;

		fill(candidate, COUNT);
		all = match_rank(arena, &policy, &need, candidate, COUNT);
		for (size_t i = 0; i < COUNT; i++) {
			struct ranking alone = match_rank(arena, &policy, &need,
			    &candidate[all.entry[i].candidate], 1);

			assert_int_equal(alone.entry[0].failed_step,
			    all.entry[i].failed_step);
			assert_int_equal(
			    alone.eligible_count, i < all.eligible_count);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

/* No eligible candidate lacks what a Hertfordshire must asks. */
static void
test_a_must_is_never_passed_over(void **state)
{
	enum { COUNT = 300 };
	struct arena *arena = arena_new(1 << 24);
	struct policy policy = policy_hertfordshire();
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct need need = any_need();
		struct ranking ranking;
		size_t expected = 0;

		fill(candidate, COUNT);
		ranking = match_rank(arena, &policy, &need, candidate, COUNT);
		for (size_t i = 0; i < COUNT; i++) {
			const struct candidate *one = &candidate[i];

			expected += one->is_on_framework &&
			            !one->is_suspended && (one->areas[0] & 2) &&
			            (one->groups & 1) &&
			            (~one->tags[0] & (need.must_tags[0] |
							 1 << SUPPORT)) == 0;
		}
		assert_int_equal(ranking.eligible_count, expected);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* Without points, leaving one out changes nothing among the others. */
static void
test_order_of_two_ignores_a_third(void **state)
{
	enum { COUNT = 80 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct policy policy = long_policy();
		struct need need = any_need();
		struct ranking all, fewer;
		size_t j = 0;

		policy.step_count -= 2;
		policy.step[6].tolerance = any(2) ? 0 : 5400;
		fill(candidate, COUNT);
		all = match_rank(arena, &policy, &need, candidate, COUNT);
		fewer = match_rank(arena, &policy, &need, candidate, COUNT - 1);
		for (size_t i = 0; i < COUNT; i++) {
			if (all.entry[i].candidate == COUNT - 1)
				continue;
			assert_int_equal(
			    all.entry[i].candidate, fewer.entry[j++].candidate);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

/* The same order as a plain comparison of neighbours gives. */
static void
test_neighbours_are_in_order(void **state)
{
	enum { COUNT = 250 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct policy policy = policy_cambridgeshire();
		struct need need = any_need();
		struct ranking ranking;

		fill(candidate, COUNT);
		shuffle(candidate, COUNT);
		ranking = match_rank(arena, &policy, &need, candidate, COUNT);
		for (size_t i = 1; i < ranking.eligible_count; i++) {
			const struct rank_entry *x = &ranking.entry[i - 1];
			const struct rank_entry *y = &ranking.entry[i];
			const struct candidate *a = &candidate[x->candidate];
			const struct candidate *b = &candidate[y->candidate];

			assert_true(
			    x->points_hundredths >= y->points_hundredths);
			if (x->points_hundredths != y->points_hundredths)
				continue;
			assert_true(a->last_awarded_at <= b->last_awarded_at);
			if (a->last_awarded_at == b->last_awarded_at)
				assert_true(a->order < b->order);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_input_order_never_matters),
		cmocka_unit_test(test_company_never_makes_eligible),
		cmocka_unit_test(test_a_must_is_never_passed_over),
		cmocka_unit_test(test_order_of_two_ignores_a_third),
		cmocka_unit_test(test_neighbours_are_in_order),
	};

	seed = 20261015;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
