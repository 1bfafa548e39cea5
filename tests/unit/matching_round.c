/*
 * Rounds: when a reply is due, which reply is best, what is done when.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/round.h"
#include "unit/support_matching.h"

enum { OFFERS = 4 };

/* A round of four at noon, to be answered by two, start wanted at six. */
static const int64_t noon = INT64_C(1699963200) * SECOND;
#define DUE (noon + 2 * HOUR)
#define SIX (noon + 6 * HOUR)

struct scene {
	struct arena *arena;
	struct policy policy;
	struct round_offer offer[OFFERS];
	struct round round;
};

static void
scene_begin(struct scene *scene, struct policy policy)
{
	*scene = (struct scene) {
		.arena = arena_new(1 << 20),
		.policy = policy,
	};
	for (size_t i = 0; i < OFFERS; i++)
		scene->offer[i] = (struct round_offer) {
			.order = (int64_t)i + 1,
			.reply_by = DUE,
			.fit_hundredths = 5000,
		};
	scene->round = (struct round) {
		.policy = &scene->policy,
		.now = noon + HOUR,
		.wanted_start_at = SIX,
		.offer = scene->offer,
		.count = OFFERS,
	};
}

static struct policy
first_policy(void)
{
	struct policy policy = policy_hertfordshire();

	policy.winner = WINNER_FIRST;
	policy.reply_step_count = 0;
	policy.chosen_alone_first = false;
	return policy;
}

/* Offer `i` is accepted `minutes` after noon with a start and a rate. */
static void
accept_offer(struct scene *scene, size_t i, int64_t minutes, int64_t starts_at,
    int64_t rate_pence)
{
	struct round_offer *offer = &scene->offer[i];

	offer->state = ROUND_ACCEPTED;
	offer->replied_at = noon + minutes * 60 * SECOND;
	offer->starts_at = starts_at;
	offer->rate_pence = rate_pence;
}

static void
decline_from(struct scene *scene, size_t first)
{
	for (size_t i = first; i < OFFERS; i++)
		scene->offer[i].state = ROUND_DECLINED;
}

static struct round_decision
assert_verdict(struct scene *scene, enum round_verdict verdict)
{
	struct round_decision decision = round_decide(
	    scene->arena, &scene->round);

	assert_int_equal(decision.verdict, verdict);
	return decision;
}

static void
assert_placed(struct scene *scene, size_t winner, enum round_ground ground)
{
	struct round_decision decision = assert_verdict(scene, ROUND_PLACE);

	assert_int_equal(decision.winner, winner);
	assert_int_equal(decision.ground, ground);
}

/* --- Reply times -------------------------------------------------------- */

static void
test_reply_by(void **state)
{
	/* Three days, 08:00-20:00, with a day left out between them. */
	const struct referral_window windows[] = {
		{ 8 * HOUR, 20 * HOUR },
		{ 32 * HOUR, 44 * HOUR },
		{ 80 * HOUR, 92 * HOUR },
	};
	static const struct {
		int64_t sent_minutes;
		int64_t seconds;
		int64_t due_minutes;
	} cases[] = {
		{ 10 * 60, 7200, 12 * 60 },
		{ 18 * 60, 7200, 20 * 60 },
		{ 18 * 60 + 1, 7200, 32 * 60 + 1 },
		{ 19 * 60, 7200, 33 * 60 },
		{ 20 * 60, 7200, 34 * 60 },
		{ 23 * 60, 7200, 34 * 60 },
		{ 5 * 60, 7200, 10 * 60 },
		{ 43 * 60, 7200, 81 * 60 },
		{ 10 * 60, 24 * 3600, 82 * 60 },
		{ 10 * 60, 3600, 11 * 60 },
		{ 90 * 60, 7200, 92 * 60 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t due = 0;

		assert_true(round_reply_by(cases[i].sent_minutes * 60 * SECOND,
		    cases[i].seconds, windows, LENGTH(windows), &due));
		assert_int_equal(due, cases[i].due_minutes * 60 * SECOND);
	}
}

static void
test_reply_by_needs_windows(void **state)
{
	const struct referral_window window = { 8 * HOUR, 20 * HOUR };
	int64_t due = 0;

	(void)state;
	assert_false(round_reply_by(19 * HOUR, 7200, &window, 1, &due));
	assert_false(round_reply_by(21 * HOUR, 60, &window, 1, &due));
	assert_false(round_reply_by(0, 60, NULL, 0, &due));
}

/*
 * The nights of both clock changes of 2026: 08:00 in London is 08:00 UTC in
 * winter and 07:00 UTC in summer; the hours between do not count either way.
 */
static void
test_reply_by_over_clock_changes(void **state)
{
	const int64_t march_28 = INT64_C(1774656000) * SECOND;
	const int64_t october_24 = INT64_C(1792800000) * SECOND;
	const struct referral_window spring[] = {
		{ march_28 + 8 * HOUR, march_28 + 20 * HOUR },
		{ march_28 + 31 * HOUR, march_28 + 43 * HOUR },
	};
	const struct referral_window autumn[] = {
		{ october_24 + 7 * HOUR, october_24 + 19 * HOUR },
		{ october_24 + 32 * HOUR, october_24 + 44 * HOUR },
	};
	/* The change lies in this one: 00:00-06:00 in London is 5 hours. */
	const struct referral_window night = { march_28 + 24 * HOUR,
		march_28 + 29 * HOUR };
	int64_t due = 0;

	(void)state;
	assert_true(
	    round_reply_by(march_28 + 19 * HOUR, 7200, spring, 2, &due));
	assert_int_equal(due, march_28 + 32 * HOUR);
	assert_true(
	    round_reply_by(october_24 + 18 * HOUR, 7200, autumn, 2, &due));
	assert_int_equal(due, october_24 + 33 * HOUR);
	assert_true(
	    round_reply_by(march_28 + 24 * HOUR, 5 * 3600, &night, 1, &due));
	assert_int_equal(due, night.closes_at);
}

/* --- First -------------------------------------------------------------- */

static void
test_first_that_meets_the_start_wins(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, first_policy());
	accept_offer(&scene, 0, 30, SIX + 1, 0);
	accept_offer(&scene, 1, 20, SIX, 0);
	accept_offer(&scene, 2, 10, SIX + HOUR, 0);
	accept_offer(&scene, 3, 25, noon, 0);
	assert_placed(&scene, 1, GROUND_FIRST);
	scene.offer[3].replied_at = scene.offer[1].replied_at;
	assert_placed(&scene, 1, GROUND_FIRST);
	scene.offer[1].order = 9;
	assert_placed(&scene, 3, GROUND_FIRST);
	arena_free(scene.arena);
}

static void
test_later_start_is_a_proposal(void **state)
{
	struct round_decision decision;
	struct scene scene;

	(void)state;
	scene_begin(&scene, first_policy());
	scene.round.can_ask_more = true;
	accept_offer(&scene, 2, 10, SIX + HOUR, 0);
	accept_offer(&scene, 0, 20, SIX + 1, 0);
	decision = assert_verdict(&scene, ROUND_WAIT);
	assert_int_equal(decision.due_at, DUE);
	assert_int_equal(decision.proposal_count, 2);
	assert_int_equal(decision.proposal[0], 2);
	assert_int_equal(decision.proposal[1], 0);
	scene.round.now = DUE;
	assert_verdict(&scene, ROUND_CONFIRM);
	scene.offer[2].is_start_refused = true;
	decision = assert_verdict(&scene, ROUND_CONFIRM);
	assert_int_equal(decision.proposal_count, 1);
	scene.offer[0].start_confirmed_at = DUE + HOUR;
	scene.round.now = DUE + HOUR;
	assert_placed(&scene, 0, GROUND_CONFIRMED);
	scene.offer[0].start_confirmed_at = 0;
	scene.offer[0].is_start_refused = true;
	assert_verdict(&scene, ROUND_ASK);
	scene.round.can_ask_more = false;
	assert_verdict(&scene, ROUND_NOBODY);
	arena_free(scene.arena);
}

static void
test_confirmed_and_first_by_the_clock(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, first_policy());
	accept_offer(&scene, 0, 10, SIX + HOUR, 0);
	scene.offer[0].start_confirmed_at = noon + 40 * 60 * SECOND;
	accept_offer(&scene, 1, 50, SIX, 0);
	assert_placed(&scene, 0, GROUND_CONFIRMED);
	scene.offer[1].replied_at = noon + 30 * 60 * SECOND;
	assert_placed(&scene, 1, GROUND_FIRST);
	arena_free(scene.arena);
}

static void
test_what_does_not_count(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, first_policy());
	scene.round.now = DUE + HOUR;
	accept_offer(&scene, 0, 120, SIX, 0); /* the instant it was due */
	accept_offer(&scene, 1, 10, SIX, 0);
	scene.offer[1].state = ROUND_RETRACTED;
	accept_offer(&scene, 2, 10, SIX, 0);
	scene.offer[2].state = ROUND_CANCELLED;
	accept_offer(&scene, 3, 10, 0, 0); /* no start */
	assert_verdict(&scene, ROUND_NOBODY);
	scene.round.can_ask_more = true;
	assert_verdict(&scene, ROUND_ASK);
	scene.offer[0].replied_at--;
	assert_placed(&scene, 0, GROUND_FIRST);
	arena_free(scene.arena);
}

static void
test_open_until_the_time_is_up(void **state)
{
	struct round_decision decision;
	struct scene scene;

	(void)state;
	scene_begin(&scene, first_policy());
	scene.offer[3].reply_by = DUE - HOUR / 2;
	decline_from(&scene, 0);
	scene.offer[2].state = scene.offer[3].state = ROUND_OPEN;
	decision = assert_verdict(&scene, ROUND_WAIT);
	assert_int_equal(decision.due_at, DUE - HOUR / 2);
	scene.round.now = DUE - 1;
	decision = assert_verdict(&scene, ROUND_WAIT);
	assert_int_equal(decision.due_at, DUE);
	scene.round.now = DUE;
	assert_verdict(&scene, ROUND_NOBODY);
	scene.round.count = 0;
	assert_verdict(&scene, ROUND_NOBODY);
	arena_free(scene.arena);
}

/* --- Best, Hertfordshire ------------------------------------------------ */

static void
test_hertfordshire_best(void **state)
{
	static const size_t expected[] = { 2, 0, 3, 1 };
	struct round_ranking ranking;
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_hertfordshire());
	for (size_t i = 0; i < OFFERS; i++)
		accept_offer(&scene, i, 10, SIX, 1000 - (int64_t)i);
	scene.offer[0].last_awarded_at = 5;
	scene.offer[1].last_awarded_at = 7;
	scene.offer[2].starts_at = SIX - HOUR;
	scene.offer[3].last_awarded_at = 5;
	ranking = round_rank(scene.arena, &scene.round);
	assert_int_equal(ranking.count, OFFERS);
	for (size_t i = 0; i < OFFERS; i++)
		assert_int_equal(ranking.place[i].offer, expected[i]);
	assert_placed(&scene, 2, GROUND_BEST);
	assert_string_equal(
	    round_reason(scene.arena, &scene.round, &ranking, 0),
	    "Starts 1 hour before the start wanted; same price for every "
	    "provider; never awarded a package");
	scene.offer[2].starts_at = SIX + 90 * 60 * SECOND;
	scene.offer[2].last_awarded_at = 1;
	ranking = round_rank(scene.arena, &scene.round);
	assert_string_equal(
	    round_reason(scene.arena, &scene.round, &ranking, 3),
	    "Starts 1 hour 30 minutes after the start wanted; same price for "
	    "every provider; awarded a package before");
	arena_free(scene.arena);
}

/* Plain "earlier first": while somebody may still offer earlier, wait. */
static void
test_hertfordshire_waits_for_an_earlier_start(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_hertfordshire());
	accept_offer(&scene, 0, 10, SIX, 0);
	decline_from(&scene, 2);
	assert_true(round_can_still_win(scene.arena, &scene.round, 1));
	assert_false(round_can_still_win(scene.arena, &scene.round, 0));
	assert_false(round_can_still_win(scene.arena, &scene.round, 2));
	assert_int_equal(assert_verdict(&scene, ROUND_WAIT).due_at, DUE);
	scene.round.now = DUE;
	assert_placed(&scene, 0, GROUND_BEST);
	scene.round.now = DUE - HOUR;
	scene.offer[1].state = ROUND_DECLINED;
	assert_placed(&scene, 0, GROUND_BEST);
	arena_free(scene.arena);
}

/* With a tolerance, meeting the start is enough and the tie decides. */
static void
test_unbeatable_reply_ends_the_round(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_hertfordshire());
	scene.policy.reply_step[0].tolerance = 1;
	accept_offer(&scene, 1, 10, SIX, 0);
	scene.offer[0].last_awarded_at = 20;
	scene.offer[1].last_awarded_at = 10;
	scene.offer[2].last_awarded_at = 10;
	scene.offer[3].last_awarded_at = 30;
	assert_placed(&scene, 1, GROUND_UNBEATABLE);
	scene.offer[0].last_awarded_at = 0;
	assert_verdict(&scene, ROUND_WAIT);
	scene.offer[0].last_awarded_at = 10;
	assert_verdict(&scene, ROUND_WAIT);
	scene.offer[0].state = ROUND_CANCELLED;
	assert_placed(&scene, 1, GROUND_UNBEATABLE);
	scene.offer[1].starts_at = SIX + 1;
	assert_verdict(&scene, ROUND_WAIT);
	arena_free(scene.arena);
}

/* --- Best, Cambridgeshire ----------------------------------------------- */

static void
test_cambridgeshire_best(void **state)
{
	struct round_ranking ranking;
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_cambridgeshire());
	scene.round.now = DUE;
	accept_offer(&scene, 0, 10, SIX, 1417);
	accept_offer(&scene, 1, 10, SIX + 9 * HOUR, 1622);
	accept_offer(&scene, 2, 10, SIX, 1623);
	accept_offer(&scene, 3, 10, SIX, 1416);
	scene.offer[1].fit_hundredths = 6265;
	ranking = round_rank(scene.arena, &scene.round);
	assert_int_equal(ranking.count, 2);
	assert_int_equal(ranking.lowest_rate_pence, 1417);
	/* 50.00 + 25.00 against 43.68 + 31.33 (31.325 half up) */
	assert_int_equal(ranking.place[0].offer, 1);
	assert_int_equal(ranking.place[0].price_score, 8736);
	assert_int_equal(ranking.place[0].points_hundredths, 7501);
	assert_int_equal(ranking.place[1].points_hundredths, 7500);
	assert_placed(&scene, 1, GROUND_BEST);
	assert_string_equal(
	    round_reason(scene.arena, &scene.round, &ranking, 0),
	    "Rate of £16.22 an hour, the lowest is £14.17 (score 87.36, 43.68 "
	    "points); fit of 62.65 (score 62.65, 31.33 points); never awarded "
	    "a package");
	scene.offer[1].fit_hundredths = 6264;
	scene.offer[1].order = 0;
	scene.offer[0].last_awarded_at = 1;
	assert_placed(&scene, 1, GROUND_BEST);
	scene.offer[1].last_awarded_at = 2;
	assert_placed(&scene, 0, GROUND_BEST);
	arena_free(scene.arena);
}

static void
test_cambridgeshire_unbeatable(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_cambridgeshire());
	accept_offer(&scene, 0, 10, SIX, 1417);
	scene.offer[0].fit_hundredths = 9000;
	assert_placed(&scene, 0, GROUND_UNBEATABLE);
	scene.offer[2].fit_hundredths = 9001;
	assert_true(round_can_still_win(scene.arena, &scene.round, 2));
	assert_false(round_can_still_win(scene.arena, &scene.round, 1));
	assert_verdict(&scene, ROUND_WAIT);
	scene.offer[2].state = ROUND_DECLINED;
	scene.offer[0].rate_pence = 1622;
	/* Against the floor: 43.68 + 45.00 beats 50.00 + 25.00. */
	assert_placed(&scene, 0, GROUND_UNBEATABLE);
	scene.offer[1].fit_hundredths = 7800;
	assert_verdict(&scene, ROUND_WAIT);
	arena_free(scene.arena);
}

/*
 * A lower rate from a third changes the points of price of the two others,
 * and so may change which of them leads: the round must wait for it.
 */
static void
test_third_rate_can_turn_the_leader(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_cambridgeshire());
	scene.policy.floor_pence = 500;
	decline_from(&scene, 3);
	accept_offer(&scene, 0, 10, SIX, 1000);
	accept_offer(&scene, 1, 10, SIX, 1600);
	scene.offer[0].fit_hundredths = 5000;
	scene.offer[1].fit_hundredths = 8600;
	scene.offer[2].fit_hundredths = 0;
	assert_int_equal(
	    round_rank(scene.arena, &scene.round).place[0].offer, 0);
	assert_true(round_can_still_win(scene.arena, &scene.round, 2));
	assert_verdict(&scene, ROUND_WAIT);
	accept_offer(&scene, 2, 20, SIX, 500);
	assert_placed(&scene, 1, GROUND_BEST);
	arena_free(scene.arena);
}

/* 002 L52: one available provider needs no competition. */
static void
test_single_provider(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene, policy_cambridgeshire());
	scene.round.count = 1;
	assert_verdict(&scene, ROUND_WAIT);
	accept_offer(&scene, 0, 10, SIX, 1622);
	assert_placed(&scene, 0, GROUND_SINGLE);
	scene.round.can_ask_more = true;
	assert_placed(&scene, 0, GROUND_BEST);
	scene.round.can_ask_more = false;
	scene.policy.single_needs_no_competition = false;
	assert_int_equal(assert_verdict(&scene, ROUND_WAIT).due_at, DUE);
	scene.round.now = DUE;
	assert_placed(&scene, 0, GROUND_BEST);
	scene.offer[0].state = ROUND_RETRACTED;
	assert_verdict(&scene, ROUND_NOBODY);
	arena_free(scene.arena);
}

/* --- Properties --------------------------------------------------------- */

static uint64_t seed = 8;

static uint32_t
any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static void
any_reply(struct scene *scene, size_t i, int64_t minutes)
{
	if (any(4) == 0)
		scene->offer[i].state = ROUND_DECLINED;
	else
		accept_offer(scene, i, minutes,
		    noon + minutes * 60 * SECOND + any(12) * HOUR,
		    1417 + any(206));
}

/*
 * A round that ends early has the winner it would have had if everybody left
 * had answered as they liked.
 */
static void
test_early_end_never_changes_the_winner(void **state)
{
	size_t ended = 0;

	(void)state;
	for (size_t trial = 0; trial < 20000; trial++) {
		struct round_decision early, late;
		struct scene scene;

		scene_begin(&scene,
		    any(2) ? policy_cambridgeshire() : policy_hertfordshire());
		if (scene.policy.price == PRICE_FIXED && any(2))
			scene.policy.reply_step[0].tolerance = 1;
		for (size_t i = 0; i < OFFERS; i++) {
			scene.offer[i].fit_hundredths = (int32_t)any(10001);
			scene.offer[i].last_awarded_at = any(3);
			if (any(2))
				any_reply(&scene, i, 1 + any(59));
		}
		early = round_decide(scene.arena, &scene.round);
		for (size_t i = 0; i < OFFERS; i++)
			if (scene.offer[i].state == ROUND_OPEN && any(5))
				any_reply(&scene, i, 60 + any(59));
		scene.round.now = DUE;
		late = round_decide(scene.arena, &scene.round);
		if (early.verdict == ROUND_PLACE) {
			ended++;
			assert_int_equal(late.verdict, ROUND_PLACE);
			assert_int_equal(late.winner, early.winner);
		}
		arena_free(scene.arena);
	}
	assert_true(ended > 2000);
}

static void
test_grounds_have_words(void **state)
{
	(void)state;
	for (unsigned i = GROUND_FIRST; i <= GROUND_SINGLE; i++)
		assert_string_not_equal(
		    round_ground_text(i), round_ground_text(GROUND_NONE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reply_by),
		cmocka_unit_test(test_reply_by_needs_windows),
		cmocka_unit_test(test_reply_by_over_clock_changes),
		cmocka_unit_test(test_first_that_meets_the_start_wins),
		cmocka_unit_test(test_later_start_is_a_proposal),
		cmocka_unit_test(test_confirmed_and_first_by_the_clock),
		cmocka_unit_test(test_what_does_not_count),
		cmocka_unit_test(test_open_until_the_time_is_up),
		cmocka_unit_test(test_hertfordshire_best),
		cmocka_unit_test(test_hertfordshire_waits_for_an_earlier_start),
		cmocka_unit_test(test_unbeatable_reply_ends_the_round),
		cmocka_unit_test(test_cambridgeshire_best),
		cmocka_unit_test(test_cambridgeshire_unbeatable),
		cmocka_unit_test(test_third_rate_can_turn_the_leader),
		cmocka_unit_test(test_single_provider),
		cmocka_unit_test(test_early_end_never_changes_the_winner),
		cmocka_unit_test(test_grounds_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
