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
#include "matching/criteria.h"
#include "matching/rank.h"
#include "unit/support_matching.h"
#include "unit/support_policy.h"
#include "unit/support_random.h"

enum { TRIALS = 60 };

static struct candidate
any_candidate(int64_t order)
{
	struct candidate candidate = good_candidate(order);

	candidate.areas[0] |= random_below(8);
	candidate.groups = random_below(8) == 0 ? 2 : 3;
	candidate.tags[0] |= random_below(16);
	if (random_below(6) == 0)
		candidate.tags[0] &= random_below(16);
	candidate.is_on_framework = random_below(20) != 0;
	candidate.is_suspended = random_below(20) == 0;
	candidate.is_chosen = random_below(40) == 0;
	candidate.is_local = random_below(2);
	candidate.has_cared_before = random_below(10) == 0;
	candidate.last_awarded_at = random_below(3) == 0
	                                ? 0
	                                : WANTED - random_below(5) * HOUR -
	                                      random_below(2);
	candidate.earliest_start_at = random_below(3) == 0
	                                  ? 0
	                                  : WANTED + random_below(4) * HOUR;
	candidate.rate_pence = random_below(4) == 0
	                           ? 0
	                           : (int32_t)(1410 + random_below(220));
	candidate.distance_metres = (int32_t)random_below(40000);
	candidate.quality_score = (int32_t)random_below(101);
	candidate.call_slots = random_below(16);
	candidate.tier = (uint8_t)random_below(4);
	candidate.rating = (uint8_t)random_below(RATING_COUNT);
	candidate.passes_gates = random_below(8) != 0;
	candidate.has_people = random_below(8) != 0;
	candidate.people = (int32_t)random_below(1000);
	candidate.block_minutes = (int32_t)random_below(2000);
	return candidate;
}

static struct need
any_need(void)
{
	struct need need = plain_need();

	need.has_choice = random_below(2);
	need.call_slots = random_below(16);
	need.preferred_tags[0] = random_below(16);
	need.must_tags[0] = random_below(8);
	need.is_specialist = random_below(4) != 0;
	need.is_low_level = random_below(4) != 0;
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
	switch (random_below(6)) {
	case 0:
		return policy_hertfordshire();
	case 1:
		return policy_cambridgeshire();
	case 2:
		return long_policy();
	default:
		return random_policy();
	}
}

static void
shuffle(struct candidate *candidate, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = random_below((uint32_t)i);
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

/* The same question as a must step asks, in its own words. */
static bool
meets(const struct policy *policy, const struct policy_step *step,
    const struct need *need, const struct candidate *one)
{
	int64_t late = one->earliest_start_at - need->wanted_start_at;
	int slots = 0, met = 0;

	for (int i = 0; i < 64; i++) {
		slots += (int)(need->call_slots >> i & 1);
		met += (int)((need->call_slots & one->call_slots) >> i & 1);
	}
	switch (step->criterion) {
	case CRITERION_FRAMEWORK:
		return one->is_on_framework && !one->is_suspended;
	case CRITERION_MONITORING_VISIT:
		return one->has_monitoring_visit || one->is_current_provider;
	case CRITERION_AREA:
		return one->has_all_areas || (one->areas[0] & 1 << DACORUM);
	case CRITERION_GROUP:
		return one->groups & 1 << OLDER;
	case CRITERION_CHOICE:
		return !need->has_choice || one->is_chosen;
	case CRITERION_NEEDS:
		return (need->must_tags[0] & ~one->tags[0]) == 0 &&
		       (one->tags[0] & 1 << SUPPORT);
	case CRITERION_SERVICE_KIND:
		return one->tags[0] & 1 << SUPPORT;
	case CRITERION_START:
		return one->earliest_start_at != 0 &&
		       late <= step->limit * SECOND;
	case CRITERION_PRICE:
		if (policy->price == PRICE_FIXED)
			return true;
		if (one->rate_pence == 0)
			return policy->price == PRICE_OFFERED;
		return one->rate_pence >= policy->floor_pence &&
		       (policy->ceiling_pence == 0 ||
			   one->rate_pence <= policy->ceiling_pence);
	case CRITERION_CAPACITY:
		return one->spare_minutes >= need->weekly_minutes;
	case CRITERION_CALL_TIMES:
		return slots == 0 || (met * 10000 * 2 + slots) / (slots * 2) >=
		                         step->limit * 100;
	case CRITERION_CLOSENESS:
		return one->distance_metres > 0 &&
		       one->distance_metres <= step->limit;
	case CRITERION_CONTINUITY:
		return one->has_cared_before;
	case CRITERION_QUALITY:
		return one->quality_score >= step->limit;
	case CRITERION_LOCAL:
		return one->is_local;
	case CRITERION_TIER:
		return one->tier >= 1 && one->tier <= step->limit;
	case CRITERION_RATING:
		return one->rating == RATING_NOT_YET_RATED
		           ? step->passes_unrated
		           : one->rating >= step->limit;
	case CRITERION_GATES:
		return one->passes_gates;
	case CRITERION_BLOCK_HOURS:
		return one->block_minutes >= need->weekly_minutes;
	case CRITERION_PEOPLE:
		return one->has_people && one->people + 1 <= step->limit;
	case CRITERION_SPECIALIST:
		return need->is_specialist;
	case CRITERION_LOW_LEVEL:
		return need->is_low_level;
	default:
		return false;
	}
}

/*
 * Of any policy: the eligible meet every must, and the others fail the one
 * that is named and none before it.
 */
static void
test_every_must_is_asked(void **state)
{
	enum { COUNT = 60 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];
	size_t eligible = 0;

	(void)state;
	for (size_t trial = 0; trial < 1000; trial++) {
		struct policy policy = random_policy();
		struct need need = any_need();
		struct ranking ranking;

		if (random_below(2))
			policy.step_count = 1 + policy.step_count / 8;
		fill(candidate, COUNT);
		ranking = match_rank(arena, &policy, &need, candidate, COUNT);
		eligible += ranking.eligible_count;
		for (size_t i = 0; i < COUNT; i++) {
			const struct rank_entry *entry = &ranking.entry[i];
			size_t step = 0;

			while (step < policy.step_count &&
			       (policy.step[step].action != ACTION_MUST ||
				   meets(&policy, &policy.step[step], &need,
				       &candidate[entry->candidate])))
				step++;
			assert_int_equal(entry->failed_step,
			    step == policy.step_count ? MATCH_NONE
						      : (int32_t)step);
		}
		arena_reset(arena);
	}
	assert_true(eligible > 1000);
	arena_free(arena);
}

/* Waves by any policy ask each of the eligible once, and nobody else. */
static void
test_waves_ask_everybody_once(void **state)
{
	enum { COUNT = 40 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < 500; trial++) {
		struct policy policy = random_policy();
		struct need need = any_need();
		bool is_out[COUNT] = { false };
		struct ranking ranking;
		size_t asked = 0;
		struct wave wave;

		policy.step_count = 1 + policy.step_count / 6;
		fill(candidate, COUNT);
		ranking = match_rank(arena, &policy, &need, candidate, COUNT);
		while ((wave = match_wave(arena, &ranking, is_out)).count > 0) {
			for (size_t i = 0; i < wave.count; i++) {
				uint32_t one =
				    ranking.entry[wave.entry[i]].candidate;

				assert_true(
				    wave.entry[i] < ranking.eligible_count);
				assert_false(is_out[one]);
				is_out[one] = true;
			}
			asked += wave.count;
		}
		assert_int_equal(asked, ranking.eligible_count);
		arena_reset(arena);
	}
	arena_free(arena);
}

static struct policy
without_points(struct policy policy)
{
	size_t count = 0;

	for (size_t i = 0; i < policy.step_count; i++)
		if (policy.step[i].action != ACTION_WEIGH)
			policy.step[count++] = policy.step[i];
	policy.step_count = count;
	if (random_below(2))
		policy.step[6].tolerance = 5400;
	return policy;
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
		struct policy policy = without_points(
		    random_below(2) ? long_policy() : random_policy());
		struct need need = any_need();
		struct ranking all, fewer;
		size_t j = 0;

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

/*
 * Of any policy: each entry is before the next in the first column in which
 * they differ. The values are ranking's own; the order is held to them.
 */
static void
test_any_policy_orders_by_its_columns(void **state)
{
	enum { COUNT = 400 };
	struct arena *arena = arena_new(1 << 24);
	struct candidate candidate[COUNT];

	(void)state;
	for (size_t trial = 0; trial < 300; trial++) {
		struct policy policy = any_policy();
		struct columns columns = ranking_columns(&policy);
		struct need need = any_need();
		struct ranking ranking;

		for (size_t i = 0; i < policy.step_count; i++)
			if (policy.step[i].action == ACTION_MUST)
				policy.step[i] = (struct policy_step) {
					.criterion = CRITERION_LOCAL,
				};
		fill(candidate, COUNT);
		shuffle(candidate, COUNT);
		ranking = match_rank(arena, &policy, &need, candidate, COUNT);
		for (size_t i = 1; i < ranking.eligible_count; i++) {
			const struct rank_entry *x = &ranking.entry[i - 1];
			const struct rank_entry *y = &ranking.entry[i];
			int64_t a = 0, b = 0;

			for (size_t j = 0; j < columns.count && a == b; j++) {
				a = column_value(&ranking, columns.column[j],
				    &candidate[x->candidate],
				    x->points_hundredths);
				b = column_value(&ranking, columns.column[j],
				    &candidate[y->candidate],
				    y->points_hundredths);
			}
			assert_true(a < b);
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
		cmocka_unit_test(test_every_must_is_asked),
		cmocka_unit_test(test_waves_ask_everybody_once),
		cmocka_unit_test(test_order_of_two_ignores_a_third),
		cmocka_unit_test(test_neighbours_are_in_order),
		cmocka_unit_test(test_any_policy_orders_by_its_columns),
	};

	random_begin(20261015);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
