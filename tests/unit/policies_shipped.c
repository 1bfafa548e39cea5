/*
 * The policies that ship, each played out on a small cast as its document
 * says. 000 to 004 are the councils' documents, L their lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "unit/support_call_off.h"
#include "unit/support_matching.h"

static struct arena *arena;
static struct call_off call;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* --- Hertfordshire ------------------------------------------------------ */

/* 003 L413-421: area, group, choice, needs, start, price, in that order. */
static void
test_003_l413_six_steps(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "hertfordshire", 7);
	call.need.has_choice = true;
	provider(&call, 7)->is_chosen = true;
	provider(&call, 1)->areas[0] = 0;
	provider(&call, 2)->groups = 0;
	provider(&call, 3)->tags[0] = 1 << SUPPORT;
	provider(&call, 4)->earliest_start_at = WANTED + HOUR;
	provider(&call, 5)->last_awarded_at = 1;
	provider(&call, 7)->earliest_start_at = WANTED + 9 * HOUR;
	expect_ranked(&call, "7 6 5 4");
	expect_failed(&call, 1, "Not offering care in Dacorum");
	expect_failed(&call, 2, "Not offering care for older people");
	expect_failed(&call, 3,
	    "Not offering dementia care and two care workers at once");
	expect_asked(&call, 0, WAVE_CHOSEN, "7");
	declines(&call, 7);
	expect_verdict(&call, 5, ROUND_ASK);
	expect_asked(&call, 5, WAVE_ALL, "6 5 4");
	accepts(&call, 4, 20, 0);
	accepts(&call, 5, 30, 0);
	expect_verdict(&call, 40, ROUND_WAIT);
	declines(&call, 6);
	/* Equal in start and price: 4 was never awarded a package. */
	expect_placed(&call, 50, 4, GROUND_BEST);
}

/* 003 L422-424: a visit before the first package; the framework always. */
static void
test_003_l422_visit_and_framework(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "hertfordshire", 3);
	provider(&call, 1)->is_on_framework = false;
	provider(&call, 2)->has_monitoring_visit = false;
	provider(&call, 3)->has_monitoring_visit = false;
	provider(&call, 3)->is_current_provider = true;
	expect_ranked(&call, "3");
	expect_failed(&call, 1, "Not on the framework");
	expect_failed(&call, 2, "No satisfactory monitoring visit yet");
}

/* --- Cambridgeshire 2017 ------------------------------------------------ */

/* 002 L52-55: price and fit decide, within the floor and the ceiling. */
static void
test_002_l52_price_and_fit(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "cambridgeshire-2017", 4);
	for (size_t i = 1; i <= 4; i++)
		provider(&call, i)->rate_pence = 1500;
	provider(&call, 1)->rate_pence = 1623;
	provider(&call, 2)->rate_pence = 1416;
	provider(&call, 4)->quality_score = 90;
	expect_ranked(&call, "4 3");
	expect_failed(
	    &call, 1, "Rate of £16.23 is above the ceiling of £16.22");
	expect_failed(&call, 2, "Rate of £14.16 is below the floor of £14.17");
	expect_asked(&call, 0, WAVE_ALL, "4 3");
	accepts(&call, 4, 10, 0);
	accepts(&call, 3, 20, 0);
	offer_to(&call, 4)->rate_pence = 1622;
	offer_to(&call, 3)->rate_pence = 1417;
	/* 43.68 points of price and 4.50 more of fit against 50.00. */
	expect_placed(&call, 30, 3, GROUND_BEST);
	offer_to(&call, 4)->rate_pence = 1540;
	expect_placed(&call, 30, 4, GROUND_BEST);
}

/* 002 L52: one provider that is available needs no competition. */
static void
test_002_l52_single_provider(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "cambridgeshire-2017", 1);
	provider(&call, 1)->rate_pence = 0;
	expect_asked(&call, 0, WAVE_SINGLE, "1");
	accepts(&call, 1, 10, 0);
	offer_to(&call, 1)->rate_pence = 1622;
	expect_placed(&call, 11, 1, GROUND_SINGLE);
}

/* --- Cambridgeshire Lot 1, 000 L48-51, L59, question 8 in L130 ---------- */

/* The rate of the zone and how rural it is was set when they applied. */
static void
expect_rate_of_the_zone(const char *policy)
{
	call_off_begin(&call, arena, policy, 2);
	provider(&call, 1)->rate_pence = 0;
	provider(&call, 2)->gates_fault = "Employers' insurance has ended";
	provider(&call, 2)->passes_gates = false;
	expect_ranked(&call, "");
	expect_failed(&call, 1, "No rate set for this area and need");
	expect_failed(&call, 2, "Employers' insurance has ended");
	provider(&call, 2)->gates_pass_on = 20789;
	expect_failed(&call, 2,
	    "Employers' insurance has ended. Meets the conditions from 2 "
	    "December 2026");
}

static void
test_000_l130_first_come_first_served(void **state)
{
	(void)state;
	expect_rate_of_the_zone("cambridgeshire-lot1-first-come");
	call_off_begin(&call, arena, "cambridgeshire-lot1-first-come", 4);
	provider(&call, 4)->areas[0] = 0;
	provider(&call, 3)->rate_pence = 3000; /* rural costs more */
	expect_asked(&call, 0, WAVE_ALL, "1 2 3");
	expect_failed(&call, 4, "Not offering care in Dacorum");
	accepts(&call, 2, 20, 1);
	expect_verdict(&call, 20, ROUND_WAIT);
	accepts(&call, 3, 30, 0);
	expect_placed(&call, 30, 3, GROUND_FIRST);
	accepts(&call, 1, 29, 0);
	expect_placed(&call, 31, 1, GROUND_FIRST);
}

static void
test_000_l130_tiers(void **state)
{
	(void)state;
	expect_rate_of_the_zone("cambridgeshire-lot1-tiers");
	call_off_begin(&call, arena, "cambridgeshire-lot1-tiers", 6);
	for (size_t i = 1; i <= 6; i++) {
		provider(&call, i)->tier = i <= 3 ? 2 : 1;
		provider(&call, i)->last_awarded_at = (int64_t)(10 - i);
	}
	provider(&call, 1)->tier = 0;
	expect_asked(&call, 0, WAVE_TIER, "6 5 4");
	accepts(&call, 4, 10, 0);
	accepts(&call, 5, 20, 0);
	/* 6 has waited longest for a package and can still answer. */
	expect_verdict(&call, 30, ROUND_WAIT);
	declines(&call, 6);
	expect_placed(&call, 40, 5, GROUND_RANKED);
	declines(&call, 5);
	declines(&call, 4);
	expect_verdict(&call, 50, ROUND_ASK);
	expect_asked(&call, 50, WAVE_TIER, "3 2");
	expect_verdict(&call, 169, ROUND_WAIT);
	expect_verdict(&call, 170, ROUND_ASK);
	expect_asked(&call, 170, WAVE_TIER, "1");
	expect_verdict(&call, 290, ROUND_NOBODY);
}

static void
test_000_l130_quality_score_at_tender(void **state)
{
	(void)state;
	expect_rate_of_the_zone("cambridgeshire-lot1-quality");
	call_off_begin(&call, arena, "cambridgeshire-lot1-quality", 4);
	provider(&call, 1)->quality_score = 70;
	provider(&call, 2)->quality_score = 85;
	provider(&call, 3)->quality_score = 70;
	provider(&call, 3)->distance_metres = 999;
	provider(&call, 4)->quality_score = 60;
	expect_asked(&call, 0, WAVE_ALL, "2 3 1 4");
	accepts(&call, 4, 5, 0);
	accepts(&call, 3, 90, 0);
	expect_verdict(&call, 119, ROUND_WAIT);
	expect_placed(&call, 120, 3, GROUND_RANKED);
	/* A later start is a proposal, whatever the score. */
	accepts(&call, 2, 110, 2);
	expect_placed(&call, 120, 3, GROUND_RANKED);
}

/* --- Cambridgeshire Lot 2, 000 L53-56 ----------------------------------- */

static void
test_000_l53_specialist_without_zones(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "cambridgeshire-lot2", 5);
	call.need.specialist_reason = "No need on the list of specialist care";
	expect_failed(&call, 1,
	    "The package is not specialist care. No need on the list of "
	    "specialist care");
	call.need.is_specialist = true;
	call.need.area = MATCH_NONE; /* no zones */
	provider(&call, 5)->rate_pence = 0;
	provider(&call, 4)->quality_score = 80;
	provider(&call, 3)->has_cared_before = true;
	expect_asked(&call, 0, WAVE_BEST, "3 4 1");
	expect_failed(&call, 5, "No rate set for this area and need");
	accepts(&call, 3, 10, 4);
	accepts(&call, 1, 20, 0);
	expect_verdict(&call, 30, ROUND_WAIT);
	accepts(&call, 4, 30, 0);
	expect_placed(&call, 31, 4, GROUND_BEST);
}

/* --- Rutland, 001 ------------------------------------------------------- */

/* L160: brokered by support needs and call time requirements. */
static void
test_001_l160_needs_and_call_times(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "rutland-framework", 5);
	call.need.call_slots = 0x7;
	call.need.preferred_tags[0] = 1 << POLISH;
	for (size_t i = 1; i <= 5; i++)
		provider(&call, i)->call_slots = 0xf;
	provider(&call, 1)->call_slots = 0x3;
	provider(&call, 2)->tags[0] = 1 << SUPPORT;
	provider(&call, 5)->tags[0] |= 1 << POLISH;
	provider(&call, 4)->rate_pence = 1900;
	expect_failed(
	    &call, 1, "Can meet 2 of 3 call times, and 100% are needed");
	expect_failed(&call, 2,
	    "Not offering dementia care and two care workers at once");
	expect_asked(&call, 0, WAVE_ALL, "5 3 4");
	accepts(&call, 3, 10, 0);
	accepts(&call, 5, 20, 20);
	/* A rate of its own is known: 4 could come before both. */
	expect_verdict(&call, 30, ROUND_WAIT);
	accepts(&call, 4, 40, 22);
	expect_placed(&call, 41, 3, GROUND_BEST);
	offer_to(&call, 3)->starts_at = WANTED + 30 * HOUR;
	expect_placed(&call, 41, 4, GROUND_BEST);
}

/* L180: teams of 13 to 16; L181: introduced before the start. */
static void
test_001_l180_catchment_teams(void **state)
{
	static const int32_t people[] = { 16, 15, 12, 13, 3, 0 };

	(void)state;
	call_off_begin(&call, arena, "rutland-catchment-teams", 6);
	for (size_t i = 1; i <= 6; i++) {
		provider(&call, i)->people = people[i - 1];
		provider(&call, i)->has_people = i != 6;
		provider(&call, i)->distance_metres = 1000 * (int32_t)i;
	}
	expect_ranked(&call, "3 5 2 4");
	expect_failed(&call, 1,
	    "Cares for 16 people, and at most 16 with the new one are "
	    "allowed");
	expect_failed(&call, 6,
	    "Number of people it cares for not stated, and at most 16 with "
	    "the new one are allowed");
	provider(&call, 4)->has_cared_before = true;
	expect_asked(&call, 0, WAVE_ONE, "4");
	/* Without an introduction before the start a reply does not count. */
	accepts(&call, 4, 30, 0);
	expect_verdict(&call, 40, ROUND_ASK);
	offer_to(&call, 4)->introduced_at = WANTED;
	expect_verdict(&call, 40, ROUND_ASK);
	offer_to(&call, 4)->introduced_at = WANTED - HOUR;
	expect_placed(&call, 40, 4, GROUND_FIRST);
	declines(&call, 4);
	expect_verdict(&call, 50, ROUND_ASK);
	expect_asked(&call, 50, WAVE_ONE, "3");
	expect_verdict(&call, 529, ROUND_WAIT);
	/* Without a reply a broker decides. */
	expect_verdict(&call, 530, ROUND_BROKER);
}

/* L195: spot contracts with local providers for packages not complex. */
static void
test_001_l195_low_level_spot(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "rutland-low-level", 5);
	call.need.low_level_reason = "Two care workers are needed at once";
	expect_failed(&call, 1,
	    "The package is not low-level care. Two care workers are needed "
	    "at once");
	call.need.is_low_level = true;
	for (size_t i = 1; i <= 5; i++) {
		provider(&call, i)->is_local = i != 3;
		provider(&call, i)->last_awarded_at = (int64_t)(9 - i);
	}
	provider(&call, 4)->spare_minutes = 60;
	expect_failed(&call, 3, "No office in Dacorum");
	expect_failed(
	    &call, 4, "1 hour a week free, and the package needs 14 hours");
	expect_asked(&call, 0, WAVE_ONE, "5");
	expect_verdict(&call, 120, ROUND_ASK);
	expect_asked(&call, 120, WAVE_ONE, "2");
	declines(&call, 2);
	expect_verdict(&call, 121, ROUND_ASK);
	expect_asked(&call, 121, WAVE_ONE, "1");
	/* Then once more from the start, without the one that declined. */
	expect_verdict(&call, 241, ROUND_AGAIN);
	memcpy(call.is_out, call.has_declined, sizeof(call.is_out));
	call.round.again_count = 1;
	expect_asked(&call, 241, WAVE_ONE, "5");
	expect_verdict(&call, 361, ROUND_ASK);
	expect_asked(&call, 361, WAVE_ONE, "1");
	expect_verdict(&call, 481, ROUND_NOBODY);
}

/* --- Peterborough, 004 L55-75: block hours that are paid for anyway ----- */

static void
test_004_l55_block_hours_first(void **state)
{
	(void)state;
	call_off_begin(&call, arena, "peterborough-block-first", 4);
	provider(&call, 3)->block_minutes = 900;
	provider(&call, 4)->block_minutes = 840;
	provider(&call, 2)->block_minutes = 839;
	provider(&call, 3)->earliest_start_at = WANTED + 2 * HOUR;
	expect_asked(&call, 0, WAVE_TIER, "4 3");
	accepts(&call, 3, 10, 0);
	expect_verdict(&call, 20, ROUND_WAIT);
	expect_placed(&call, 120, 3, GROUND_RANKED);
	declines(&call, 3);
	declines(&call, 4);
	expect_verdict(&call, 30, ROUND_ASK);
	expect_asked(&call, 30, WAVE_TIER, "1 2");
	accepts(&call, 2, 40, 0);
	declines(&call, 1);
	expect_placed(&call, 41, 2, GROUND_RANKED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_003_l413_six_steps),
		cmocka_unit_test(test_003_l422_visit_and_framework),
		cmocka_unit_test(test_002_l52_price_and_fit),
		cmocka_unit_test(test_002_l52_single_provider),
		cmocka_unit_test(test_000_l130_first_come_first_served),
		cmocka_unit_test(test_000_l130_tiers),
		cmocka_unit_test(test_000_l130_quality_score_at_tender),
		cmocka_unit_test(test_000_l53_specialist_without_zones),
		cmocka_unit_test(test_001_l160_needs_and_call_times),
		cmocka_unit_test(test_001_l180_catchment_teams),
		cmocka_unit_test(test_001_l195_low_level_spot),
		cmocka_unit_test(test_004_l55_block_hours_first),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
