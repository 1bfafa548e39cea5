/*
 * Rounds whose policy lets the best ranked win, knows rates before, asks for
 * an introduction, or says what follows a decline, no reply and the last.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/round.h"
#include "unit/support_matching.h"

enum { OFFERS = 3 };

#define NOON   (WANTED - 6 * HOUR)
#define DUE    (NOON + 2 * HOUR)
#define MINUTE (60 * SECOND)

static struct arena *arena;
static struct policy policy;
static struct round_offer offer[OFFERS];
static struct round out;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	policy = policy_hertfordshire();
	policy.winner = WINNER_RANKED;
	policy.reply_step_count = 0;
	for (size_t i = 0; i < OFFERS; i++)
		offer[i] = (struct round_offer) {
			.order = (int64_t)i + 1,
			.reply_by = DUE,
		};
	out = (struct round) {
		.policy = &policy,
		.now = NOON + HOUR,
		.wanted_start_at = WANTED,
		.offer = offer,
		.count = OFFERS,
	};
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
accepts(size_t i, int64_t minutes, int64_t starts_at)
{
	offer[i].state = ROUND_ACCEPTED;
	offer[i].replied_at = NOON + minutes * MINUTE;
	offer[i].starts_at = starts_at;
}

static struct round_decision
expect_verdict(enum round_verdict verdict)
{
	struct round_decision decision = round_decide(arena, &out);

	assert_int_equal(decision.verdict, verdict);
	return decision;
}

static void
expect_placed(size_t winner, enum round_ground ground)
{
	struct round_decision decision = expect_verdict(ROUND_PLACE);

	assert_int_equal(decision.winner, winner);
	assert_int_equal(decision.ground, ground);
}

static void
test_best_ranked_wins(void **state)
{
	struct round_ranking ranking;

	(void)state;
	accepts(1, 50, WANTED);
	accepts(2, 10, WANTED - HOUR);
	assert_int_equal(expect_verdict(ROUND_WAIT).due_at, DUE);
	ranking = round_rank(arena, &out);
	assert_int_equal(ranking.place[0].offer, 1);
	assert_string_equal(round_reason(arena, &out, &ranking, 0),
	    "Starts when wanted; ranked 2");
	offer[0].state = ROUND_DECLINED;
	expect_placed(1, GROUND_RANKED);
	offer[0].state = ROUND_OPEN;
	out.now = DUE;
	expect_placed(1, GROUND_RANKED);
}

static void
test_best_ranked_with_a_later_start(void **state)
{
	struct round_decision decision;

	(void)state;
	accepts(0, 10, WANTED + HOUR);
	accepts(2, 20, WANTED);
	offer[0].start_confirmed_at = NOON + 30 * MINUTE;
	/* A start in time goes before a later one, also an agreed one. */
	decision = expect_verdict(ROUND_WAIT);
	assert_int_equal(decision.proposal_count, 0);
	out.now = DUE;
	expect_placed(2, GROUND_RANKED);
	offer[2].state = ROUND_DECLINED;
	expect_placed(0, GROUND_CONFIRMED);
	accepts(1, 20, WANTED + HOUR);
	offer[1].start_confirmed_at = NOON + 29 * MINUTE;
	expect_placed(1, GROUND_CONFIRMED);
	offer[0].start_confirmed_at = offer[1].start_confirmed_at = 0;
	decision = expect_verdict(ROUND_CONFIRM);
	assert_int_equal(decision.proposal_count, 2);
	assert_int_equal(decision.proposal[0], 0);
}

/*
 * Rates that are known before: one that would come with the lowest can turn
 * the lead between the best reply and another that is open, too.
 */
static void
test_known_rates_can_turn_the_leader(void **state)
{
	static const int64_t rates[OFFERS] = { 1000, 1600, 600 };
	static const int32_t fits[OFFERS] = { 5000, 8600, 0 };

	(void)state;
	policy = policy_cambridgeshire();
	policy.price = PRICE_OWN;
	policy.floor_pence = policy.ceiling_pence = 0;
	for (size_t i = 0; i < OFFERS; i++) {
		offer[i].rate_pence = rates[i];
		offer[i].fit_hundredths = fits[i];
	}
	accepts(0, 10, WANTED);
	/* 75.00 against 74.25, but with 600 as the lowest 55.00 to 61.75. */
	expect_verdict(ROUND_WAIT);
	offer[2].state = ROUND_DECLINED;
	expect_placed(0, GROUND_UNBEATABLE);
	offer[2].state = ROUND_OPEN;
	accepts(1, 20, WANTED);
	expect_verdict(ROUND_WAIT);
	accepts(2, 30, WANTED);
	expect_placed(1, GROUND_BEST);
	offer[1].rate_pence = 0;
	expect_placed(0, GROUND_BEST);
}

static void
test_introduction_before_the_start(void **state)
{
	(void)state;
	policy.is_introduced_before_start = true;
	accepts(0, 10, WANTED);
	accepts(1, 10, WANTED);
	offer[0].introduced_at = WANTED;
	offer[1].introduced_at = WANTED - 1;
	offer[2].state = ROUND_DECLINED;
	assert_int_equal(round_rank(arena, &out).count, 1);
	expect_placed(1, GROUND_RANKED);
	offer[1].introduced_at = 0;
	expect_verdict(ROUND_NOBODY);
}

static void
test_what_follows_a_decline(void **state)
{
	(void)state;
	out.can_ask_more = true;
	for (size_t i = 0; i < OFFERS; i++)
		offer[i].state = ROUND_DECLINED;
	expect_verdict(ROUND_ASK);
	policy.after_decline = DECLINE_REPLY_TIME;
	assert_int_equal(expect_verdict(ROUND_WAIT).due_at, DUE);
	offer[1].reply_by = DUE + HOUR;
	offer[1].state = ROUND_RETRACTED;
	assert_int_equal(expect_verdict(ROUND_WAIT).due_at, DUE + HOUR);
	offer[1].state = ROUND_CANCELLED;
	out.now = DUE;
	expect_verdict(ROUND_ASK);
}

static void
test_what_follows_no_reply(void **state)
{
	(void)state;
	policy.after_no_reply = NO_REPLY_BROKER;
	out.can_ask_more = true;
	out.now = DUE;
	expect_verdict(ROUND_BROKER);
	for (size_t i = 0; i < OFFERS; i++)
		offer[i].state = ROUND_DECLINED;
	expect_verdict(ROUND_ASK);
	/* An answer at the instant the time was up is none. */
	accepts(0, 120, WANTED);
	expect_verdict(ROUND_BROKER);
	out.can_ask_more = false;
	expect_verdict(ROUND_NOBODY);
	out.can_start_again = true;
	expect_verdict(ROUND_NOBODY);
	policy.after_last = LAST_AGAIN;
	policy.again_most = 1;
	expect_verdict(ROUND_BROKER);
	out.goes_on = true;
	expect_verdict(ROUND_AGAIN);
	out.can_ask_more = true;
	expect_verdict(ROUND_ASK);
}

static void
test_what_follows_the_last(void **state)
{
	(void)state;
	policy.after_last = LAST_AGAIN;
	policy.again_most = 2;
	out.can_start_again = true;
	out.can_ask_more = true;
	out.now = DUE;
	expect_verdict(ROUND_ASK);
	out.can_ask_more = false;
	expect_verdict(ROUND_AGAIN);
	out.again_count = 1;
	expect_verdict(ROUND_AGAIN);
	out.again_count = 2;
	expect_verdict(ROUND_NOBODY);
	out.again_count = 0;
	out.can_start_again = false;
	expect_verdict(ROUND_NOBODY);
}

/* Between equal replies the policy's ties decide, in its order. */
static void
test_ties_of_replies(void **state)
{
	struct round_ranking ranking;

	(void)state;
	policy = policy_hertfordshire();
	policy.tie[0] = TIE_QUALITY;
	policy.tie[1] = TIE_CLOSENESS;
	policy.tie[2] = TIE_AWARD;
	policy.tie[3] = TIE_ORDER;
	policy.tie_count = 4;
	for (size_t i = 0; i < OFFERS; i++) {
		accepts(i, 10, WANTED);
		offer[i].quality_score = 80;
		offer[i].distance_metres = 3000;
	}
	expect_placed(0, GROUND_BEST);
	offer[0].last_awarded_at = 1;
	expect_placed(1, GROUND_BEST);
	offer[1].distance_metres = 0;
	expect_placed(2, GROUND_BEST);
	offer[1].quality_score = 81;
	expect_placed(1, GROUND_BEST);
	ranking = round_rank(arena, &out);
	assert_string_equal(round_reason(arena, &out, &ranking, 0),
	    "Starts when wanted; same price for every provider; quality score "
	    "81 of 100; distance not known; never awarded a package");
	assert_string_equal(round_reason(arena, &out, &ranking, 2),
	    "Starts when wanted; same price for every provider; quality score "
	    "80 of 100; 1.9 miles away; awarded a package before");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_best_ranked_wins, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_best_ranked_with_a_later_start, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_known_rates_can_turn_the_leader, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_introduction_before_the_start, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_what_follows_a_decline, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_what_follows_no_reply, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_what_follows_the_last, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_ties_of_replies, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
