/* Policies that ship, and policies made at random within what is allowed. */
#include "unit/support_policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "policies/policies.h"
#include "unit/support_random.h"

struct policy
shipped_policy(struct arena *arena, const char *name)
{
	struct policy policy;
	struct policy_faults faults;
	const char *problem;
	const char *text = file_read(arena,
	    arena_printf(arena, "conf/policies/%s.json", name),
	    POLICY_DOCUMENT_MAXIMUM, &problem);

	assert_null(problem);
	assert_non_null(text);
	faults = policy_read(arena, text, &policy);
	if (faults.count != 0)
		fail_msg("%s: %s", name, faults.text[0]);
	return policy;
}

static bool
is_there(const struct policy_step *steps, size_t count, struct policy_step step)
{
	for (size_t i = 0; i < count; i++)
		if (steps[i].criterion == step.criterion &&
		    steps[i].action == step.action)
			return true;
	return false;
}

/* What a step of a criterion and an action may have beside them. */
static void
step_fill(struct policy_step *step)
{
	struct policy_limit limit = policy_limit_of(
	    step->criterion, step->action);

	if (step->action == ACTION_WEIGH)
		step->points = (int32_t)(1 + random_below(POLICY_POINTS));
	if (policy_has_tolerance(step->criterion, step->action) &&
	    random_below(2))
		step->tolerance = random_below(5000);
	if (limit.unit != NULL)
		step->limit = limit.least +
		              random_below(
				  (uint32_t)(limit.most - limit.least + 1));
	step->passes_unrated = step->criterion == CRITERION_RATING &&
	                       step->action == ACTION_MUST && random_below(2);
}

/* Adds a step unless it is there or may not be. */
static void
step_try(struct policy_step *steps, size_t *count, size_t most,
    enum criterion criterion, enum action action, bool is_allowed)
{
	struct policy_step step = { .criterion = criterion, .action = action };

	if (!is_allowed || *count == most || is_there(steps, *count, step))
		return;
	step_fill(&step);
	steps[(*count)++] = step;
}

static void
random_steps(struct policy *policy)
{
	size_t wanted = 1 + random_below(POLICY_STEPS - 2);

	while (policy->step_count < wanted) {
		enum criterion criterion = random_below(CRITERION_COUNT);
		enum action action = random_below(ACTION_COUNT);

		step_try(policy->step, &policy->step_count, POLICY_STEPS,
		    criterion, action, policy_step_allowed(criterion, action));
	}
}

static void
random_reply_steps(struct policy *policy)
{
	size_t wanted = 1 + random_below(4);

	while (policy->reply_step_count < wanted) {
		enum criterion criterion = random_below(CRITERION_COUNT);
		enum action action = random_below(ACTION_COUNT);

		step_try(policy->reply_step, &policy->reply_step_count,
		    POLICY_REPLY_STEPS, criterion, action,
		    policy_step_allowed(criterion, action) &&
			policy_reply_step_allowed(criterion, action));
	}
}

static void
random_sending(struct policy *policy)
{
	policy->mode = random_below(MODE_COUNT);
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->mode == MODE_TIERS &&
		    policy->step[i].action == ACTION_PREFER && random_below(2))
			policy->wave_by |= UINT32_C(1)
			                   << policy->step[i].criterion;
	if (policy->mode == MODE_TIERS && policy->wave_by == 0)
		policy->mode = MODE_BEST;
	if (policy->mode == MODE_BEST)
		policy->best_count = (int32_t)(1 + random_below(5));
	policy->chosen_alone_first = random_below(2);
	policy->single_needs_no_competition = random_below(2);
	policy->after_decline = random_below(DECLINE_COUNT);
	policy->after_no_reply = random_below(NO_REPLY_COUNT);
	policy->after_last = random_below(LAST_COUNT);
	if (policy->after_last == LAST_AGAIN)
		policy->again_most = (int32_t)(1 + random_below(POLICY_AGAIN));
}

static void
random_price(struct policy *policy)
{
	policy->price = random_below(PRICE_COUNT);
	if (policy->price == PRICE_FIXED)
		return;
	if (policy->price != PRICE_OFFERED &&
	    !policy_has_step(policy, CRITERION_PRICE, ACTION_MUST))
		policy->step[policy->step_count++] = (struct policy_step) {
			.criterion = CRITERION_PRICE,
		};
	if (random_below(2))
		policy->floor_pence = 1 + random_below(1500);
	if (random_below(2))
		policy->ceiling_pence = 1500 + random_below(2000);
}

static void
random_times(struct policy *policy)
{
	policy->reply_seconds = 60 * (int32_t)(1 + random_below(2000));
	if (random_below(3) == 0) {
		policy->referral_closes_minutes = 24 * 60;
		policy->referral_days = 0x7f;
	} else {
		policy->referral_opens_minutes = (int32_t)random_below(700);
		policy->referral_closes_minutes = (int32_t)(701 +
							    random_below(740));
		policy->referral_days = 1 + random_below(0x7f);
		policy->is_closed_on_bank_holidays = random_below(2);
	}
	policy->start_rapid_seconds = 3600 * (int32_t)(1 + random_below(100));
	policy->start_standard_seconds = policy->start_rapid_seconds +
	                                 3600 * (int32_t)random_below(100);
	policy->is_introduced_before_start = random_below(2);
}

static void
random_ties(struct policy *policy)
{
	for (unsigned i = random_below(4); i > 0; i--) {
		enum policy_tie tie = random_below(TIE_ORDER);
		bool is_new = true;

		for (size_t j = 0; j < policy->tie_count; j++)
			is_new = is_new && policy->tie[j] != tie;
		if (is_new)
			policy->tie[policy->tie_count++] = tie;
	}
	policy->tie[policy->tie_count++] = TIE_ORDER;
}

struct policy
random_policy(void)
{
	struct policy policy = {
		.name = "Any \"policy\" – £1",
		.winner = random_below(WINNER_COUNT),
		.fit = {
			.call_times = (int32_t)random_below(3),
			.specialisms = (int32_t)random_below(1001),
			.closeness = (int32_t)random_below(3),
			.continuity = (int32_t)random_below(3),
			.quality = (int32_t)random_below(3),
			.local = 1,
			.near_metres = (int32_t)random_below(9000),
			.far_metres = 9000 + (int32_t)random_below(30000),
		},
	};

	random_steps(&policy);
	if (policy.winner == WINNER_BEST)
		random_reply_steps(&policy);
	random_price(&policy);
	random_sending(&policy);
	random_times(&policy);
	random_ties(&policy);
	return policy;
}

static void
expect_same_steps(
    const struct policy_step *a, const struct policy_step *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(a[i].criterion, b[i].criterion);
		assert_int_equal(a[i].action, b[i].action);
		assert_int_equal(a[i].points, b[i].points);
		assert_int_equal(a[i].tolerance, b[i].tolerance);
		assert_int_equal(a[i].limit, b[i].limit);
		assert_int_equal(a[i].passes_unrated, b[i].passes_unrated);
	}
}

static void
expect_same_sending(const struct policy *a, const struct policy *b)
{
	assert_int_equal(a->mode, b->mode);
	assert_int_equal(a->best_count, b->best_count);
	assert_int_equal(a->wave_by, b->wave_by);
	assert_int_equal(a->chosen_alone_first, b->chosen_alone_first);
	assert_int_equal(
	    a->single_needs_no_competition, b->single_needs_no_competition);
	assert_int_equal(a->after_decline, b->after_decline);
	assert_int_equal(a->after_no_reply, b->after_no_reply);
	assert_int_equal(a->after_last, b->after_last);
	assert_int_equal(a->again_most, b->again_most);
}

void
expect_same_policy(const struct policy *a, const struct policy *b)
{
	assert_string_equal(a->name, b->name);
	assert_int_equal(a->step_count, b->step_count);
	expect_same_steps(a->step, b->step, a->step_count);
	assert_int_equal(a->reply_step_count, b->reply_step_count);
	expect_same_steps(a->reply_step, b->reply_step, a->reply_step_count);
	assert_int_equal(a->tie_count, b->tie_count);
	assert_memory_equal(a->tie, b->tie, a->tie_count * sizeof(a->tie[0]));
	expect_same_sending(a, b);
	assert_int_equal(a->winner, b->winner);
	assert_int_equal(a->price, b->price);
	assert_int_equal(a->floor_pence, b->floor_pence);
	assert_int_equal(a->ceiling_pence, b->ceiling_pence);
	assert_memory_equal(&a->fit, &b->fit, sizeof(a->fit));
	assert_int_equal(a->reply_seconds, b->reply_seconds);
	assert_int_equal(a->referral_opens_minutes, b->referral_opens_minutes);
	assert_int_equal(
	    a->referral_closes_minutes, b->referral_closes_minutes);
	assert_int_equal(a->referral_days, b->referral_days);
	assert_int_equal(
	    a->is_closed_on_bank_holidays, b->is_closed_on_bank_holidays);
	assert_int_equal(a->start_rapid_seconds, b->start_rapid_seconds);
	assert_int_equal(a->start_standard_seconds, b->start_standard_seconds);
	assert_int_equal(
	    a->is_introduced_before_start, b->is_introduced_before_start);
}
