/*
 * Ranking: the documents' rules as cases. What holds of every ranking is in
 * matching_properties.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/rank.h"
#include "unit/support_matching.h"

/* That the ranking is these orders, first to last, `eligible` of them. */
static void
assert_orders(
    const struct ranking *ranking, size_t eligible, const int64_t *orders)
{
	assert_int_equal(ranking->eligible_count, eligible);
	for (size_t i = 0; i < ranking->count; i++)
		assert_int_equal(ranking_order_at(ranking, i), orders[i]);
}

static void
test_every_fault_has_its_fact(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[8];
	static const char *const reasons[] = {
		"The only provider that meets every requirement",
		"Not offering support at home, dementia care and two care "
		"workers at once",
		"Not offering two care workers at once",
		"Not offering care for older people",
		"Not offering care in Dacorum",
		"No satisfactory monitoring visit yet",
		"Suspended from new packages",
		"Not on the framework",
	};
	static const int64_t orders[] = { 8, 2, 3, 4, 5, 6, 1, 7 };
	struct ranking ranking;

	(void)state;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i] = good_candidate((int64_t)i + 1);
	candidate[0].is_suspended = true;
	candidate[1].tags[0] = 0;
	candidate[2].tags[0] = 1 << DEMENTIA | 1 << SUPPORT;
	candidate[3].groups = 2;
	candidate[4].areas[0] = 5;
	candidate[5].has_monitoring_visit = false;
	candidate[6].is_on_framework = false;
	ranking = match_rank(
	    arena, &policy, &need, candidate, LENGTH(candidate));
	assert_orders(&ranking, 1, orders);
	for (size_t i = 0; i < LENGTH(reasons); i++)
		assert_string_equal(
		    match_reason(arena, &ranking, i), reasons[i]);
	arena_free(arena);
}

/* 003 L423: the visit is for providers new to the council. */
static void
test_current_provider_needs_no_visit(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate = good_candidate(1);
	struct ranking ranking;

	(void)state;
	candidate.has_monitoring_visit = false;
	candidate.is_current_provider = true;
	candidate.areas[0] = 0;
	candidate.has_all_areas = true;
	ranking = match_rank(arena, &policy, &need, &candidate, 1);
	assert_int_equal(ranking.eligible_count, 1);
	arena_free(arena);
}

/* Choice, then start, then (at a flat rate) last award, then the order. */
static void
test_hertfordshire_order(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[6];
	static const int64_t orders[] = { 6, 4, 3, 5, 1, 2 };
	static const char *const reasons[] = {
		"Ahead of the next provider. Person's choice: Chosen by the "
		"person",
		"Ahead of the next provider. Start: Can start from 14 November "
		"2023, when wanted",
		"Equal to the next provider; longer since its last award. "
		"Never awarded a package",
		"Ahead of the next provider. Start: Earliest start is 2 hours "
		"after the start wanted",
		"Equal to the next provider; earlier in the register",
		"Meets every requirement; last in the order",
	};
	struct ranking ranking;

	(void)state;
	need.has_choice = true;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i] = good_candidate((int64_t)i + 1);
	candidate[5].is_chosen = true;
	candidate[3].earliest_start_at = WANTED;
	candidate[2].earliest_start_at = WANTED + 2 * HOUR;
	candidate[4].earliest_start_at = WANTED + 2 * HOUR;
	candidate[4].last_awarded_at = WANTED - HOUR;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i].rate_pence = (int32_t)(2000 - i);
	ranking = match_rank(
	    arena, &policy, &need, candidate, LENGTH(candidate));
	assert_orders(&ranking, 6, orders);
	for (size_t i = 0; i < LENGTH(reasons); i++)
		assert_string_equal(
		    match_reason(arena, &ranking, i), reasons[i]);
	arena_free(arena);
}

/* The fact that decided stands in the reason, or nobody can check it. */
static void
test_reasons_carry_dates(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[3];
	static const int64_t orders[] = { 3, 2, 1 };
	struct standing_list standing;
	struct ranking ranking;

	(void)state;
	for (size_t i = 0; i < LENGTH(candidate); i++) {
		candidate[i] = good_candidate((int64_t)i + 1);
		candidate[i].earliest_start_at = WANTED - 24 * HOUR;
	}
	candidate[2].earliest_start_at = WANTED - 72 * HOUR;
	candidate[0].last_awarded_at = WANTED - 240 * HOUR;
	candidate[1].last_awarded_at = WANTED - 480 * HOUR;
	ranking = match_rank(
	    arena, &policy, &need, candidate, LENGTH(candidate));
	assert_orders(&ranking, 3, orders);
	assert_string_equal(match_reason(arena, &ranking, 0),
	    "Ahead of the next provider. Start: Can start from 11 November "
	    "2023, when wanted");
	assert_string_equal(match_reason(arena, &ranking, 1),
	    "Equal to the next provider; longer since its last award. Last "
	    "awarded a package on 25 October 2023");
	standing = match_standing(arena, &ranking, 2);
	assert_string_equal(standing.standing[standing.count - 2].text,
	    "Last awarded a package on 4 November 2023");
	arena_free(arena);
}

static void
test_start_tolerance(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[4];
	static const int64_t orders[] = { 1, 2, 3, 4 };
	struct ranking ranking;

	(void)state;
	policy.step[6].tolerance = 3600;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i] = good_candidate((int64_t)i + 1);
	candidate[0].earliest_start_at = WANTED;
	candidate[1].earliest_start_at = WANTED - 9 * HOUR;
	candidate[2].earliest_start_at = WANTED + HOUR;
	candidate[3].earliest_start_at = WANTED + 1;
	ranking = match_rank(
	    arena, &policy, &need, candidate, LENGTH(candidate));
	assert_orders(&ranking, 4, orders);
	arena_free(arena);
}

/* 002 L52-55: price 50 and fit 50, rates outside the limits dropped. */
static void
test_cambridgeshire_points(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_cambridgeshire();
	struct need need = plain_need();
	struct candidate candidate[6];
	static const int32_t rates[] = { 1417, 1622, 1416, 1623, 0, 1500 };
	static const int64_t orders[] = { 2, 1, 6, 5, 3, 4 };
	struct standing_list standing;
	struct ranking ranking;

	(void)state;
	need.preferred_tags[0] = 1 << POLISH;
	for (size_t i = 0; i < LENGTH(candidate); i++) {
		candidate[i] = good_candidate((int64_t)i + 1);
		candidate[i].rate_pence = rates[i];
	}
	candidate[1].tags[0] |= 1 << POLISH;
	ranking = match_rank(
	    arena, &policy, &need, candidate, LENGTH(candidate));
	assert_orders(&ranking, 4, orders);
	assert_int_equal(ranking.lowest_rate_pence, 1417);
	/* 1417 / 1622 = 87.36; fit: call times 25 and specialisms 25. */
	assert_int_equal(ranking.entry[0].points_hundredths, 4368 + 2500);
	assert_int_equal(ranking.entry[1].points_hundredths, 5000 + 1250);
	/* 1417 / 1500 = 94.466... */
	assert_int_equal(ranking.entry[2].points_hundredths, 4724 + 1250);
	assert_int_equal(ranking.entry[3].points_hundredths, 1250);
	assert_string_equal(match_reason(arena, &ranking, 4),
	    "Rate of £14.16 is below the floor of £14.17");
	assert_string_equal(match_reason(arena, &ranking, 5),
	    "Rate of £16.23 is above the ceiling of £16.22");
	standing = match_standing(arena, &ranking, 2);
	assert_int_equal(standing.count, 4);
	assert_string_equal(standing.standing[0].text,
	    "Rate of £15.00 an hour, the lowest is £14.17: score 94.47");
	assert_int_equal(standing.standing[0].points_hundredths, 4724);
	assert_true(standing.standing[0].is_decisive);
	assert_string_equal(standing.standing[1].text,
	    "Fit 25.00: call times 100.00, specialisms 0.00, closeness 0.00, "
	    "continuity 0.00, quality score 0.00 and local 0.00");
	assert_false(standing.standing[2].is_decisive);
	assert_int_equal(match_standing(arena, &ranking, 4).count, 0);
	arena_free(arena);
}

static void
test_fit_features(void **state)
{
	struct policy policy = policy_cambridgeshire();
	struct need need = plain_need();
	struct candidate candidate = good_candidate(1);
	struct fit fit;

	(void)state;
	need.call_slots = 0x7;
	need.preferred_tags[0] = 1 << POLISH | 1 << DEMENTIA;
	candidate.call_slots = 0x1;
	candidate.distance_metres = 16500;
	candidate.has_cared_before = true;
	candidate.quality_score = 80;
	fit = match_fit(&policy, &need, &candidate);
	assert_int_equal(fit.call_times, 3333);
	assert_int_equal(fit.specialisms, 5000);
	assert_int_equal(fit.closeness, 5000);
	assert_int_equal(fit.continuity, 10000);
	assert_int_equal(fit.quality, 8000);
	assert_int_equal(fit.local, 0);
	/* 833.25 + 1250 + 750 + 1500 + 800 */
	assert_int_equal(fit.total, 5133);
}

static void
test_preferences_by_name(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct need need = plain_need();
	struct candidate candidate = good_candidate(1);
	struct preferences preferences;

	(void)state;
	preferences = match_preferences(arena, &need, &candidate);
	assert_string_equal(preferences.met, "");
	assert_string_equal(preferences.unmet, "");
	need.preferred_tags[0] = 1 << POLISH | 1 << DEMENTIA;
	preferences = match_preferences(arena, &need, &candidate);
	assert_string_equal(preferences.met, "dementia care");
	assert_string_equal(preferences.unmet, "Polish-speaking care workers");
	candidate.tags[0] |= 1 << POLISH;
	preferences = match_preferences(arena, &need, &candidate);
	assert_string_equal(
	    preferences.met, "dementia care and Polish-speaking care workers");
	assert_string_equal(preferences.unmet, "");
	arena_free(arena);
}

static void
test_figures_as_musts(void **state)
{
	static const struct {
		struct policy_step step;
		const char *reason;
	} cases[] = {
		{ { .criterion = CRITERION_CAPACITY },
		    "10 hours 30 minutes a week free, and the package needs "
		    "14 hours" },
		{ { .criterion = CRITERION_START, .limit = 3600 },
		    "Earliest start is 1 day 2 hours after the start wanted" },
		{ { .criterion = CRITERION_CLOSENESS, .limit = 10000 },
		    "7.7 miles away, and at most 6.2 miles is allowed" },
		{ { .criterion = CRITERION_QUALITY, .limit = 70 },
		    "Quality score 62 of 100, and at least 70 is needed" },
		{ { .criterion = CRITERION_CALL_TIMES, .limit = 100 },
		    "Can meet 1 of 3 call times, and 100% are needed" },
		{ { .criterion = CRITERION_CONTINUITY },
		    "Has not cared for this person before" },
		{ { .criterion = CRITERION_LOCAL }, "No office in Dacorum" },
		{ { .criterion = CRITERION_CHOICE },
		    "The person has chosen another provider" },
	};
	struct arena *arena = arena_new(1 << 20);
	struct need need = plain_need();
	struct candidate candidate = good_candidate(1);

	(void)state;
	need.has_choice = true;
	need.call_slots = 0x7;
	candidate.spare_minutes = 630;
	candidate.earliest_start_at = WANTED + 26 * HOUR;
	candidate.distance_metres = 12400;
	candidate.quality_score = 62;
	candidate.call_slots = 0x9;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct policy policy = policy_hertfordshire();
		struct ranking ranking;

		policy.step[0] = cases[i].step;
		policy.step_count = 1;
		ranking = match_rank(arena, &policy, &need, &candidate, 1);
		assert_int_equal(ranking.eligible_count, 0);
		assert_int_equal(policy_check(arena, &policy).count, 0);
		assert_string_equal(
		    match_reason(arena, &ranking, 0), cases[i].reason);
	}
	arena_free(arena);
}

static void
test_nobody_and_nothing(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate = good_candidate(1);
	struct ranking ranking;

	(void)state;
	ranking = match_rank(arena, &policy, &need, NULL, 0);
	assert_int_equal(ranking.count, 0);
	assert_int_equal(match_wave(arena, &ranking, NULL).kind, WAVE_NOBODY);
	need.area = MATCH_NONE;
	ranking = match_rank(arena, &policy, &need, &candidate, 1);
	assert_string_equal(match_reason(arena, &ranking, 0),
	    "The area of the package is not known");
	arena_free(arena);
}

static void
test_vocabulary(void **state)
{
	const struct vocabulary tags = market_tags();
	const int64_t ids[] = { 34, 7, 31 };
	uint64_t words[MATCH_TAG_WORDS] = { 0 };

	(void)state;
	assert_int_equal(vocabulary_index(&tags, 33), TWO);
	assert_int_equal(vocabulary_index(&tags, 30), MATCH_NONE);
	assert_int_equal(vocabulary_index(&tags, 99), MATCH_NONE);
	vocabulary_set(&tags, ids, LENGTH(ids), words, MATCH_TAGS);
	assert_int_equal(words[0], 1 << SUPPORT | 1 << DEMENTIA);
	vocabulary_set(&tags, ids, LENGTH(ids), words + 1, 1);
	assert_int_equal(words[1], 1 << DEMENTIA);
}

static void
assert_wave(struct wave wave, enum wave_kind kind, size_t count, uint32_t first)
{
	assert_int_equal(wave.kind, kind);
	assert_int_equal(wave.count, count);
	if (count > 0)
		assert_int_equal(wave.entry[0], first);
}

static void
test_waves(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[4];
	bool is_out[4] = { false };
	struct ranking ranking;

	(void)state;
	need.has_choice = true;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i] = good_candidate((int64_t)i + 1);
	candidate[3].is_chosen = true;
	ranking = match_rank(arena, &policy, &need, candidate, 4);
	assert_wave(match_wave(arena, &ranking, NULL), WAVE_CHOSEN, 1, 0);
	is_out[3] = true;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_ALL, 3, 1);
	policy.mode = MODE_ONE;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_ONE, 1, 1);
	is_out[0] = true;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_ONE, 1, 2);
	is_out[0] = false;
	policy.mode = MODE_BEST;
	policy.best_count = 2;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_BEST, 2, 1);
	is_out[0] = is_out[1] = true;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_SINGLE, 1, 3);
	policy.single_needs_no_competition = false;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_BEST, 1, 3);
	is_out[2] = true;
	assert_wave(match_wave(arena, &ranking, is_out), WAVE_NOBODY, 0, 0);
	policy.chosen_alone_first = false;
	policy.mode = MODE_ALL;
	assert_wave(match_wave(arena, &ranking, NULL), WAVE_ALL, 4, 0);
	arena_free(arena);
}

/* A chosen provider that fails a must is not asked: choice is no passport. */
static void
test_chosen_must_be_eligible(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct policy policy = policy_hertfordshire();
	struct need need = plain_need();
	struct candidate candidate[3];
	struct ranking ranking;

	(void)state;
	need.has_choice = true;
	for (size_t i = 0; i < LENGTH(candidate); i++)
		candidate[i] = good_candidate((int64_t)i + 1);
	candidate[1].is_chosen = true;
	candidate[1].is_suspended = true;
	ranking = match_rank(arena, &policy, &need, candidate, 3);
	assert_wave(match_wave(arena, &ranking, NULL), WAVE_ALL, 2, 0);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_fault_has_its_fact),
		cmocka_unit_test(test_current_provider_needs_no_visit),
		cmocka_unit_test(test_hertfordshire_order),
		cmocka_unit_test(test_reasons_carry_dates),
		cmocka_unit_test(test_start_tolerance),
		cmocka_unit_test(test_cambridgeshire_points),
		cmocka_unit_test(test_fit_features),
		cmocka_unit_test(test_figures_as_musts),
		cmocka_unit_test(test_nobody_and_nothing),
		cmocka_unit_test(test_preferences_by_name),
		cmocka_unit_test(test_vocabulary),
		cmocka_unit_test(test_waves),
		cmocka_unit_test(test_chosen_must_be_eligible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
