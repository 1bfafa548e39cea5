/*
 * Rounds by any allowed policy, decided at every event as it comes, and once
 * long after: whoever wins must be the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/round.h"
#include "unit/support_matching.h"
#include "unit/support_policy.h"
#include "unit/support_random.h"

enum {
	OFFERS = 5,
	TRIALS = 40000,
	REPLY_MINUTES = 120,
	END_MINUTES = 300,
	NEVER = END_MINUTES + 1
};

#define NOON   (WANTED - 6 * HOUR)
#define MINUTE (60 * SECOND)

/* All that happens to an offer, each at a minute, or NEVER. */
struct history {
	int32_t declined;
	int32_t accepted;
	int32_t confirmed; /* a later start, by a broker */
	int32_t refused;
	struct round_offer offer; /* as it is when all has happened */
};

struct scene {
	struct arena *arena;
	struct policy policy;
	struct history history[OFFERS];
	size_t count;
	bool can_ask_more;
	bool can_start_again;
};

static int32_t
any_minute(int32_t from, int32_t to)
{
	return from + (int32_t)random_below((uint32_t)(to - from));
}

static void
history_make(struct history *history, size_t i)
{
	struct round_offer *offer = &history->offer;
	int32_t minute = any_minute(0, REPLY_MINUTES + 5);

	*history = (struct history) { NEVER, NEVER, NEVER, NEVER,
		{
		    .order = (int64_t)i + 1,
		    .last_awarded_at = random_below(3),
		    .reply_by = NOON + REPLY_MINUTES * MINUTE,
		    .is_chosen = random_below(4) == 0,
		    .fit_hundredths = (int32_t)random_below(10001),
		    .quality_score = (int32_t)random_below(4),
		    .distance_metres = (int32_t)random_below(3),
		    .rate_pence = 1 + random_below(3500),
		} };
	if (random_below(4) == 0)
		return;
	if (random_below(3) == 0) {
		history->declined = any_minute(0, REPLY_MINUTES);
		return;
	}
	history->accepted = minute;
	offer->starts_at = NOON + minute * MINUTE + random_below(12) * HOUR;
	offer->introduced_at = offer->starts_at -
	                       (int64_t)random_below(3) * MINUTE;
	if (random_below(3) == 0)
		history->confirmed = any_minute(minute + 1, END_MINUTES);
	else if (random_below(3) == 0)
		history->refused = any_minute(minute + 1, END_MINUTES);
}

/* The row of an offer as it is at a minute. */
static struct round_offer
row_at(const struct history *history, int32_t minute)
{
	struct round_offer offer = history->offer;
	bool is_accepted = history->accepted <= minute;

	offer.state = history->declined <= minute ? ROUND_DECLINED
	              : is_accepted               ? ROUND_ACCEPTED
	                                          : ROUND_OPEN;
	if (is_accepted) {
		offer.replied_at = NOON + history->accepted * MINUTE;
	} else {
		offer.starts_at = 0;
		offer.introduced_at = 0;
	}
	if (history->confirmed <= minute)
		offer.start_confirmed_at = NOON + history->confirmed * MINUTE;
	offer.is_start_refused = history->refused <= minute;
	return offer;
}

static struct round_decision
decide_at(const struct scene *scene, int32_t minute)
{
	struct round_offer offer[OFFERS];
	const struct round round = {
		.policy = &scene->policy,
		.now = NOON + minute * MINUTE,
		.wanted_start_at = WANTED,
		.offer = offer,
		.count = scene->count,
		.can_ask_more = scene->can_ask_more,
		.can_start_again = scene->can_start_again,
	};

	for (size_t i = 0; i < scene->count; i++)
		offer[i] = row_at(&scene->history[i], minute);
	return round_decide(scene->arena, &round);
}

static void
scene_make(struct scene *scene)
{
	scene->policy = random_policy();
	scene->count = 1 + random_below(OFFERS);
	scene->can_ask_more = random_below(2);
	scene->can_start_again = random_below(2);
	for (size_t i = 0; i < scene->count; i++)
		history_make(&scene->history[i], i);
}

static void
test_lateness_never_changes_the_winner(void **state)
{
	struct scene scene = { .arena = arena_new(1 << 20) };
	size_t placed[WINNER_COUNT] = { 0 }, early = 0, ended = 0;

	(void)state;
	random_begin(20261125);
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct round_decision now, late;
		int32_t minute = -1;

		scene_make(&scene);
		do {
			now = decide_at(&scene, ++minute);
		} while (
		    minute < END_MINUTES && (now.verdict == ROUND_WAIT ||
						now.verdict == ROUND_CONFIRM));
		late = decide_at(&scene, END_MINUTES);
		assert_int_equal(late.verdict, now.verdict);
		if (now.verdict == ROUND_PLACE) {
			assert_int_equal(late.winner, now.winner);
			placed[scene.policy.winner]++;
			early += minute < REPLY_MINUTES;
		} else {
			ended += now.verdict != ROUND_CONFIRM;
		}
		arena_reset(scene.arena);
	}
	for (size_t i = 0; i < WINNER_COUNT; i++)
		assert_true(placed[i] > 2000);
	assert_true(early > 4000);
	assert_true(ended > 4000);
	arena_free(scene.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lateness_never_changes_the_winner),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
