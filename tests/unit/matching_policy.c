/*
 * Policies: the shipped ones are sound and say what their documents say, the
 * words of a policy document go both ways, and faults are named.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/policy.h"

static void
assert_sound(struct arena *arena, struct policy policy)
{
	struct policy_faults faults = policy_check(arena, &policy);

	if (faults.count != 0)
		fail_msg("%s", faults.text[0]);
}

/* That a policy has exactly one fault, and which. */
static void
assert_fault(const struct policy *policy, const char *text)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy_faults faults = policy_check(arena, policy);

	assert_int_equal(faults.count, 1);
	assert_string_equal(faults.text[0], text);
	arena_free(arena);
}

static void
test_shipped_policies_are_sound(void **state)
{
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_sound(arena, policy_hertfordshire());
	assert_sound(arena, policy_cambridgeshire());
	arena_free(arena);
}

/* 003 L413-424: the six suitability criteria, in that order. */
static void
test_hertfordshire_order(void **state)
{
	const struct {
		enum criterion criterion;
		enum action action;
	} expected[] = {
		{ CRITERION_FRAMEWORK, ACTION_MUST },
		{ CRITERION_MONITORING_VISIT, ACTION_MUST },
		{ CRITERION_AREA, ACTION_MUST },
		{ CRITERION_GROUP, ACTION_MUST },
		{ CRITERION_CHOICE, ACTION_PREFER },
		{ CRITERION_NEEDS, ACTION_MUST },
		{ CRITERION_START, ACTION_PREFER },
		{ CRITERION_PRICE, ACTION_PREFER },
	};
	struct policy policy = policy_hertfordshire();

	(void)state;
	assert_int_equal(policy.step_count, 8);
	for (size_t i = 0; i < policy.step_count; i++) {
		assert_int_equal(
		    policy.step[i].criterion, expected[i].criterion);
		assert_int_equal(policy.step[i].action, expected[i].action);
	}
	assert_true(policy.chosen_alone_first);
	assert_int_equal(policy.reply_seconds, 7200);
	assert_int_equal(
	    policy_start_by(&policy, 1000, true), 1000 + INT64_C(86400000000));
	assert_int_equal(policy_start_by(&policy, 1000, false),
	    1000 + INT64_C(172800000000));
}

/* 002 L52-55. */
static void
test_cambridgeshire_prices(void **state)
{
	struct policy policy = policy_cambridgeshire();

	(void)state;
	assert_int_equal(policy.floor_pence, 1417);
	assert_int_equal(policy.ceiling_pence, 1622);
	assert_true(policy.single_needs_no_competition);
	assert_int_equal(policy.reply_step[0].points, 50);
	assert_int_equal(policy.reply_step[1].points, 50);
}

static void
test_names_go_both_ways(void **state)
{
	enum criterion criterion;
	enum action action;
	enum policy_mode mode;
	enum policy_winner winner;
	enum policy_price price;
	enum policy_decline decline;
	enum policy_no_reply no_reply;
	enum policy_last last;
	enum policy_tie tie;
	enum rating rating;

	(void)state;
	for (unsigned i = 0; i < DECLINE_COUNT; i++) {
		assert_true(
		    policy_decline_of(policy_decline_name(i), &decline));
		assert_int_equal(decline, i);
	}
	for (unsigned i = 0; i < NO_REPLY_COUNT; i++) {
		assert_true(
		    policy_no_reply_of(policy_no_reply_name(i), &no_reply));
		assert_int_equal(no_reply, i);
	}
	for (unsigned i = 0; i < LAST_COUNT; i++) {
		assert_true(policy_last_of(policy_last_name(i), &last));
		assert_int_equal(last, i);
	}
	for (unsigned i = 0; i < TIE_COUNT; i++) {
		assert_true(policy_tie_of(policy_tie_name(i), &tie));
		assert_int_equal(tie, i);
	}
	for (unsigned i = 0; i < RATING_COUNT; i++) {
		assert_true(policy_rating_of(policy_rating_name(i), &rating));
		assert_int_equal(rating, i);
		assert_true(strlen(policy_rating_label(i)) > 0);
	}
	for (unsigned i = 0; i < CRITERION_COUNT; i++) {
		assert_true(
		    policy_criterion_of(policy_criterion_name(i), &criterion));
		assert_int_equal(criterion, i);
		assert_true(strlen(policy_criterion_label(i)) > 0);
	}
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		assert_true(policy_action_of(policy_action_name(i), &action));
		assert_int_equal(action, i);
	}
	for (unsigned i = 0; i < MODE_COUNT; i++) {
		assert_true(policy_mode_of(policy_mode_name(i), &mode));
		assert_int_equal(mode, i);
	}
	for (unsigned i = 0; i < WINNER_COUNT; i++) {
		assert_true(policy_winner_of(policy_winner_name(i), &winner));
		assert_int_equal(winner, i);
	}
	for (unsigned i = 0; i < PRICE_COUNT; i++) {
		assert_true(policy_price_of(policy_price_name(i), &price));
		assert_int_equal(price, i);
	}
	assert_false(policy_criterion_of("age", &criterion));
	assert_false(policy_action_of("", &action));
	assert_false(policy_mode_of("ALL", &mode));
	assert_false(policy_winner_of("last", &winner));
	assert_false(policy_price_of("free", &price));
}

static void
test_faulty_steps(void **state)
{
	struct policy policy;

	(void)state;
	policy = policy_hertfordshire();
	policy.step[0].action = ACTION_PREFER;
	assert_fault(&policy, "Step 1 (framework) can only be a must");
	policy = policy_hertfordshire();
	policy.step[6].action = ACTION_WEIGH;
	policy.step[6].limit = 3600;
	assert_fault(&policy, "Step 7 (start) needs 1 to 1000 points");
	policy = policy_hertfordshire();
	policy.step[3].tolerance = 5;
	assert_fault(&policy, "Step 4 (group) has no use for a tolerance");
	policy = policy_hertfordshire();
	policy.step[3].limit = 5;
	assert_fault(&policy, "Step 4 (group) has no use for a limit");
	policy = policy_hertfordshire();
	policy.step[3].criterion = CRITERION_CLOSENESS;
	assert_fault(&policy,
	    "Step 4 (closeness) needs a limit of 1 to 1000000000 metres");
	policy = policy_hertfordshire();
	policy.step[3] = policy.step[2];
	assert_fault(&policy, "Step 4 (area) repeats an earlier step");
	policy = policy_hertfordshire();
	policy.step[3].criterion = 99;
	assert_fault(&policy, "Step 4 is not a known step");
	policy = policy_hertfordshire();
	policy.reply_step[0].criterion = CRITERION_AREA;
	assert_fault(&policy,
	    "Reply step 1 (area): replies are compared by prefer or weigh of "
	    "choice, start, price and fit only");
	policy = policy_hertfordshire();
	policy.step_count = 0;
	assert_fault(
	    &policy, "A policy has 1 to 32 steps and up to 8 for replies");
}

static void
test_faulty_rules(void **state)
{
	struct policy policy;

	(void)state;
	policy = policy_cambridgeshire();
	policy.floor_pence = 1700;
	assert_fault(&policy, "The floor cannot be above the ceiling");
	policy = policy_cambridgeshire();
	policy.fit = (struct fit_weights) { 0 };
	assert_fault(&policy, "Fit is used, so its weights cannot all be 0");
	policy = policy_cambridgeshire();
	policy.fit.far_metres = policy.fit.near_metres;
	assert_fault(
	    &policy, "Closeness is scored, so far must be further than near");
	policy = policy_hertfordshire();
	policy.mode = MODE_BEST;
	assert_fault(&policy, "Say how many of the best are asked at once");
	policy = policy_hertfordshire();
	policy.winner = WINNER_FIRST;
	assert_fault(
	    &policy, "The first acceptance wins, so replies are not compared");
	policy = policy_hertfordshire();
	policy.reply_step_count = 0;
	assert_fault(
	    &policy, "The best reply needs steps that compare replies");
	policy = policy_hertfordshire();
	policy.referral_closes_minutes = policy.referral_opens_minutes;
	assert_fault(&policy, "Referral hours must open before they close");
	policy = policy_hertfordshire();
	policy.referral_days = 0x80;
	assert_fault(&policy, "Referral hours need at least one day");
	policy = policy_hertfordshire();
	policy.reply_seconds = 0;
	assert_fault(&policy, "The reply time is 1 minute to 30 days");
	policy = policy_hertfordshire();
	policy.start_rapid_seconds = policy.start_standard_seconds + 1;
	assert_fault(
	    &policy, "A rapid start cannot be later than a standard start");
}

static void
test_faulty_new_steps(void **state)
{
	static const struct {
		struct policy_step step;
		const char *fault;
	} cases[] = {
		{ { .criterion = CRITERION_TIER,
		      .action = ACTION_WEIGH,
		      0,
		      0,
		      10 },
		    "Step 4 (tier) cannot be weighed" },
		{ { .criterion = CRITERION_TIER },
		    "Step 4 (tier) needs a limit of 1 to 99 as a tier" },
		{ { .criterion = CRITERION_TURN },
		    "Step 4 (turn) can only be a preference" },
		{ { .criterion = CRITERION_RATING },
		    "Step 4 (rating) needs the worst rating that passes as "
		    "its limit" },
		{ { .criterion = CRITERION_RATING,
		      .limit = RATING_NOT_YET_RATED },
		    "Step 4 (rating) needs the worst rating that passes as "
		    "its limit" },
		{ { .criterion = CRITERION_RATING,
		      .action = ACTION_PREFER,
		      .passes_unrated = true },
		    "Step 4 (rating) has no use for unrated_passes" },
		{ { .criterion = CRITERION_GATES, .action = ACTION_PREFER },
		    "Step 4 (gates) can only be a must" },
		{ { .criterion = CRITERION_BLOCK_HOURS,
		      .action = ACTION_WEIGH,
		      .points = 5 },
		    "Step 4 (block_hours) cannot be weighed" },
		{ { .criterion = CRITERION_PEOPLE, .limit = 1001 },
		    "Step 4 (people) needs a limit of 1 to 1000 people" },
		{ { .criterion = CRITERION_SPECIALIST,
		      .action = ACTION_PREFER },
		    "Step 4 (specialist) can only be a must" },
		{ { .criterion = CRITERION_LOW_LEVEL, .limit = 1 },
		    "Step 4 (low_level) has no use for a limit" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct policy policy = policy_hertfordshire();

		policy.step[3] = cases[i].step;
		assert_fault(&policy, cases[i].fault);
	}
}

static void
test_faulty_waves(void **state)
{
	struct policy policy;

	(void)state;
	policy = policy_hertfordshire();
	policy.mode = MODE_TIERS;
	assert_fault(&policy, "Say by which steps the tiers are made");
	policy.wave_by = 1u << CRITERION_TIER;
	assert_fault(
	    &policy, "Tiers are made by tier, so it must be a preference");
	policy.wave_by = 1u << 31 | 1u << CRITERION_START;
	assert_fault(&policy, "Tiers are made by a step not known");
	policy = policy_hertfordshire();
	policy.wave_by = 1u << CRITERION_START;
	assert_fault(&policy, "Steps make tiers only when tiers are asked");
	policy = policy_hertfordshire();
	policy.after_last = LAST_AGAIN;
	assert_fault(
	    &policy, "Say how often offers start again, 1 to 10 times");
	policy.again_most = 11;
	assert_fault(
	    &policy, "Say how often offers start again, 1 to 10 times");
	policy.after_last = LAST_WAITS;
	assert_fault(&policy,
	    "The package waits after the last, so offers do not start again");
	policy = policy_hertfordshire();
	policy.after_decline = 7;
	assert_fault(&policy, "What follows an offer is not known");
}

static void
test_faulty_ties_and_prices(void **state)
{
	struct policy policy;

	(void)state;
	policy = policy_hertfordshire();
	policy.tie_count = 0;
	assert_fault(&policy, "Ties are 1 to 4, and order is the last");
	policy = policy_hertfordshire();
	policy.tie_count = 1;
	assert_fault(&policy, "The last of the ties must be order");
	policy.tie[0] = TIE_ORDER;
	policy.tie_count = 2;
	assert_fault(&policy, "Tie 2 (order) repeats an earlier one");
	policy.tie[0] = 9;
	assert_fault(&policy, "A tie is not known");
	policy = policy_hertfordshire();
	policy.winner = WINNER_RANKED;
	assert_fault(&policy,
	    "The best ranked acceptance wins, so replies are not compared");
	policy = policy_hertfordshire();
	policy.price = PRICE_SET;
	assert_fault(&policy,
	    "The rate is known before, so price must be a must: nobody is "
	    "asked without a rate or at one not allowed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_policies_are_sound),
		cmocka_unit_test(test_hertfordshire_order),
		cmocka_unit_test(test_cambridgeshire_prices),
		cmocka_unit_test(test_names_go_both_ways),
		cmocka_unit_test(test_faulty_steps),
		cmocka_unit_test(test_faulty_rules),
		cmocka_unit_test(test_faulty_new_steps),
		cmocka_unit_test(test_faulty_waves),
		cmocka_unit_test(test_faulty_ties_and_prices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
