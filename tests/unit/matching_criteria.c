/*
 * The criteria of the register and of the package: who fails and why, what
 * orders, what makes a wave, what decides between the equal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/rank.h"
#include "unit/support_matching.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct policy
policy_of(struct policy_step step)
{
	struct policy policy = policy_hertfordshire();

	policy.step[0] = step;
	policy.step_count = 1;
	assert_int_equal(policy_check(arena, &policy).count, 0);
	return policy;
}

/* The verdict of a step on one provider: "" when it passes. */
static void
expect_fault(struct policy_step step, const struct need *need,
    const struct candidate *candidate, const char *fault)
{
	struct policy policy = policy_of(step);
	struct ranking ranking = match_rank(arena, &policy, need, candidate, 1);

	assert_int_equal(ranking.eligible_count, *fault == '\0');
	if (*fault != '\0')
		assert_string_equal(match_reason(arena, &ranking, 0), fault);
}

static void
test_tier(void **state)
{
	const struct policy_step step = { .criterion = CRITERION_TIER,
		.limit = 2 };
	const struct policy_step first = { .criterion = CRITERION_TIER,
		.limit = 1 };
	struct need need = plain_need();
	struct candidate one = good_candidate(1);

	(void)state;
	expect_fault(
	    step, &need, &one, "In no tier, and tier 2 or better is needed");
	one.tier = 3;
	expect_fault(
	    step, &need, &one, "In tier 3, and tier 2 or better is needed");
	expect_fault(first, &need, &one, "In tier 3, and tier 1 is needed");
	one.tier = 2;
	expect_fault(step, &need, &one, "");
}

static void
test_rating(void **state)
{
	struct policy_step step = { .criterion = CRITERION_RATING,
		.limit = RATING_GOOD };
	struct need need = plain_need();
	struct candidate one = good_candidate(1);

	(void)state;
	expect_fault(step, &need, &one,
	    "CQC rating not known, and Good or better is needed");
	one.rating = RATING_REQUIRES_IMPROVEMENT;
	expect_fault(step, &need, &one,
	    "Rated Requires improvement by the CQC, and Good or better is "
	    "needed");
	one.rating = RATING_NOT_YET_RATED;
	expect_fault(step, &need, &one,
	    "Not yet rated by the CQC, and Good or better is needed");
	step.passes_unrated = true;
	expect_fault(step, &need, &one, "");
	one.rating = RATING_GOOD;
	expect_fault(step, &need, &one, "");
	step.limit = RATING_OUTSTANDING;
	expect_fault(step, &need, &one,
	    "Rated Good by the CQC, and Outstanding is needed");
}

static void
test_gates(void **state)
{
	const struct policy_step step = { .criterion = CRITERION_GATES };
	struct need need = plain_need();
	struct candidate one = good_candidate(1);

	(void)state;
	expect_fault(
	    step, &need, &one, "Does not meet the conditions of the framework");
	one.gates_fault = "Public liability insurance of £5 million, and £10 "
			  "million is needed";
	expect_fault(step, &need, &one, one.gates_fault);
	one.gates_fault = "Registered with the CQC since 29 February 2024";
	one.gates_pass_on = 20147;
	expect_fault(step, &need, &one,
	    "Registered with the CQC since 29 February 2024. Meets the "
	    "conditions from 28 February 2025");
	one.passes_gates = true;
	expect_fault(step, &need, &one, "");
}

static void
test_dates_in_words(void **state)
{
	static const struct {
		int32_t date;
		const char *words;
	} cases[] = {
		{ -1, "31 December 1969" },
		{ 59, "1 March 1970" },
		{ 789, "29 February 1972" },
		{ 11016, "29 February 2000" },
		{ 20789, "2 December 2026" },
		{ 47540, "28 February 2100" },
		{ 47541, "1 March 2100" },
		{ -25567, "1 January 1900" },
	};
	const struct policy_step step = { .criterion = CRITERION_GATES };
	struct need need = plain_need();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct candidate one = good_candidate(1);

		one.gates_fault = "No";
		one.gates_pass_on = cases[i].date;
		expect_fault(step, &need, &one,
		    arena_printf(arena, "No. Meets the conditions from %s",
			cases[i].words));
	}
}

static void
test_block_hours_and_people(void **state)
{
	const struct policy_step block = { .criterion = CRITERION_BLOCK_HOURS };
	const struct policy_step people = { .criterion = CRITERION_PEOPLE,
		.limit = 16 };
	struct need need = plain_need();
	struct candidate one = good_candidate(1);

	(void)state;
	expect_fault(block, &need, &one, "No block hours left");
	one.block_minutes = 839;
	expect_fault(block, &need, &one,
	    "13 hours 59 minutes a week of block hours left, and the package "
	    "needs 14 hours");
	one.block_minutes = 840;
	expect_fault(block, &need, &one, "");
	expect_fault(people, &need, &one,
	    "Number of people it cares for not stated, and at most 16 with "
	    "the new one are allowed");
	one.has_people = true;
	expect_fault(people, &need, &one, "");
	one.people = 16;
	expect_fault(people, &need, &one,
	    "Cares for 16 people, and at most 16 with the new one are "
	    "allowed");
	one.people = 15;
	expect_fault(people, &need, &one, "");
}

static void
test_kind_of_package(void **state)
{
	const struct policy_step specialist = {
		.criterion = CRITERION_SPECIALIST
	};
	const struct policy_step low = { .criterion = CRITERION_LOW_LEVEL };
	struct need need = plain_need();
	struct candidate one = good_candidate(1);

	(void)state;
	expect_fault(
	    specialist, &need, &one, "The package is not specialist care");
	expect_fault(low, &need, &one, "The package is not low-level care");
	need.low_level_reason = "It has tasks that a nurse delegates";
	expect_fault(low, &need, &one,
	    "The package is not low-level care. It has tasks that a nurse "
	    "delegates");
	need.is_specialist = need.is_low_level = true;
	expect_fault(specialist, &need, &one, "");
	expect_fault(low, &need, &one, "");
}

static void
test_own_and_set_rates(void **state)
{
	const struct policy_step step = { .criterion = CRITERION_PRICE };
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate one = good_candidate(1);
	struct ranking ranking;

	(void)state;
	policy.step[0] = step;
	policy.price = PRICE_OWN;
	policy.ceiling_pence = 2400;
	assert_int_equal(policy_check(arena, &policy).count, 0);
	ranking = match_rank(arena, &policy, &need, &one, 1);
	assert_string_equal(
	    match_reason(arena, &ranking, 0), "Hourly rate not stated");
	policy.price = PRICE_SET;
	ranking = match_rank(arena, &policy, &need, &one, 1);
	assert_string_equal(match_reason(arena, &ranking, 0),
	    "No rate set for this area and need");
	one.rate_pence = 2401;
	ranking = match_rank(arena, &policy, &need, &one, 1);
	assert_string_equal(match_reason(arena, &ranking, 0),
	    "Rate of £24.01 is above the ceiling of £24.00");
	one.rate_pence = 2400;
	ranking = match_rank(arena, &policy, &need, &one, 1);
	assert_int_equal(ranking.eligible_count, 1);
}

/* That the candidates come in this order, and why the first leads. */
static void
expect_order(struct policy_step step, const struct candidate *candidates,
    const int64_t *orders, size_t count, const char *reason)
{
	struct policy policy = policy_of(step);
	struct need need = plain_need();
	struct ranking ranking = match_rank(
	    arena, &policy, &need, candidates, count);

	assert_int_equal(ranking.eligible_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(ranking_order_at(&ranking, i), orders[i]);
	assert_string_equal(match_reason(arena, &ranking, 0), reason);
}

static void
test_what_is_preferred(void **state)
{
	static const uint8_t ratings[] = { RATING_NOT_KNOWN, RATING_GOOD,
		RATING_NOT_YET_RATED, RATING_OUTSTANDING, RATING_INADEQUATE,
		RATING_REQUIRES_IMPROVEMENT };
	struct candidate one[6];

	(void)state;
	for (size_t i = 0; i < LENGTH(one); i++) {
		one[i] = good_candidate((int64_t)i + 1);
		one[i].rating = ratings[i];
		one[i].tier = (uint8_t)((i + 3) % 6);
		one[i].last_awarded_at = 10 - (int64_t)i;
		one[i].has_people = i != 2;
		one[i].people = (int32_t)i * 5;
		one[i].block_minutes = i == 4 ? 840 : 839;
	}
	one[5].last_awarded_at = 0;
	expect_order((struct policy_step) { CRITERION_RATING, ACTION_PREFER },
	    one, (const int64_t[]) { 4, 2, 3, 6, 5, 1 }, 6,
	    "Ahead of the next provider. CQC rating: Rated Outstanding by the "
	    "CQC");
	expect_order((struct policy_step) { CRITERION_TIER, ACTION_PREFER },
	    one, (const int64_t[]) { 5, 6, 1, 2, 3, 4 }, 6,
	    "Ahead of the next provider. Tier: In tier 1");
	expect_order((struct policy_step) { CRITERION_TURN, ACTION_PREFER },
	    one, (const int64_t[]) { 6, 5, 4, 3, 2, 1 }, 6,
	    "Ahead of the next provider. Longest since last award: Never "
	    "awarded a package");
	expect_order(
	    (struct policy_step) { CRITERION_PEOPLE, ACTION_PREFER, 12 }, one,
	    (const int64_t[]) { 2, 1, 6, 5, 4, 3 }, 6,
	    "Equal to the next provider; longer since its last award. Last "
	    "awarded a package on 1 January 1970");
	expect_order(
	    (struct policy_step) { CRITERION_BLOCK_HOURS, ACTION_PREFER }, one,
	    (const int64_t[]) { 5, 6, 4, 3, 2, 1 }, 6,
	    "Ahead of the next provider. Block hours: 14 hours a week of "
	    "block hours left, which are paid for anyway");
}

static void
test_ties(void **state)
{
	struct policy policy = policy_of(
	    (struct policy_step) { CRITERION_AREA, ACTION_MUST });
	struct need need = plain_need();
	struct candidate one[4];
	struct standing_list standing;
	struct ranking ranking;

	(void)state;
	for (size_t i = 0; i < LENGTH(one); i++) {
		one[i] = good_candidate((int64_t)i + 1);
		one[i].quality_score = i == 0 ? 70 : 80;
		one[i].distance_metres = i == 1 ? 0 : 2000;
		one[i].last_awarded_at = 9 - (int64_t)i;
	}
	policy.tie[0] = TIE_QUALITY;
	policy.tie[1] = TIE_CLOSENESS;
	policy.tie[2] = TIE_ORDER;
	policy.tie_count = 3;
	ranking = match_rank(arena, &policy, &need, one, LENGTH(one));
	assert_int_equal(ranking_order_at(&ranking, 0), 3);
	assert_int_equal(ranking_order_at(&ranking, 1), 4);
	assert_int_equal(ranking_order_at(&ranking, 2), 2);
	assert_int_equal(ranking_order_at(&ranking, 3), 1);
	assert_string_equal(match_reason(arena, &ranking, 0),
	    "Equal to the next provider; earlier in the register");
	assert_string_equal(match_reason(arena, &ranking, 1),
	    "Equal to the next provider; closer. 1.2 miles away");
	assert_string_equal(match_reason(arena, &ranking, 2),
	    "Equal to the next provider; higher quality score. Quality score "
	    "80 of 100");
	standing = match_standing(arena, &ranking, 2);
	assert_int_equal(standing.count, 3);
	assert_string_equal(
	    standing.standing[0].text, "Quality score 80 of 100");
	assert_true(standing.standing[0].is_decisive);
	assert_string_equal(standing.standing[1].text, "Distance not known");
	assert_string_equal(standing.standing[2].label, "Stated order");
}

/* A wave is all that are equal with the first in every step named. */
static void
test_waves_of_tiers(void **state)
{
	struct policy policy = policy_of(
	    (struct policy_step) { CRITERION_TIER, ACTION_PREFER });
	struct need need = plain_need();
	struct candidate one[6];
	bool is_out[6] = { false };
	struct ranking ranking;
	struct wave wave;

	(void)state;
	for (size_t i = 0; i < LENGTH(one); i++) {
		one[i] = good_candidate((int64_t)i + 1);
		one[i].tier = i < 4 ? 1 : 2;
		one[i].quality_score = (int32_t)(90 - 7 * i);
	}
	policy.step[1] = (struct policy_step) { CRITERION_QUALITY,
		ACTION_PREFER, 9 };
	policy.step_count = 2;
	policy.mode = MODE_TIERS;
	policy.wave_by = 1u << CRITERION_TIER;
	ranking = match_rank(arena, &policy, &need, one, LENGTH(one));
	assert_int_equal(match_wave(arena, &ranking, NULL).count, 4);
	/* 90 | 83 | 76 69: in steps of ten from nought, 80-89, 70-79. */
	policy.wave_by |= 1u << CRITERION_QUALITY;
	wave = match_wave(arena, &ranking, NULL);
	assert_int_equal(wave.kind, WAVE_TIER);
	assert_int_equal(wave.count, 1);
	policy.step[1].tolerance = 19;
	ranking = match_rank(arena, &policy, &need, one, LENGTH(one));
	assert_int_equal(match_wave(arena, &ranking, NULL).count, 2);
	is_out[0] = is_out[1] = true;
	wave = match_wave(arena, &ranking, is_out);
	assert_int_equal(wave.count, 2);
	assert_int_equal(wave.entry[0], 2);
	is_out[2] = is_out[3] = is_out[4] = true;
	assert_int_equal(match_wave(arena, &ranking, is_out).kind, WAVE_SINGLE);
	is_out[5] = true;
	assert_int_equal(match_wave(arena, &ranking, is_out).kind, WAVE_NOBODY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tier),
		cmocka_unit_test(test_rating),
		cmocka_unit_test(test_gates),
		cmocka_unit_test(test_dates_in_words),
		cmocka_unit_test(test_block_hours_and_people),
		cmocka_unit_test(test_kind_of_package),
		cmocka_unit_test(test_own_and_set_rates),
		cmocka_unit_test(test_what_is_preferred),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_waves_of_tiers),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
