/* A call-off played out; what each part does is told in the header. */
#include "unit/support_call_off.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "unit/support_matching.h"
#include "unit/support_policy.h"

#define NOON   (WANTED - 6 * HOUR)
#define MINUTE (60 * SECOND)

void
call_off_begin(struct call_off *call, struct arena *arena, const char *policy,
    size_t count)
{
	*call = (struct call_off) {
		.arena = arena,
		.policy = shipped_policy(arena, policy),
		.need = plain_need(),
		.count = count,
	};
	for (size_t i = 0; i < count; i++) {
		call->candidate[i] = good_candidate((int64_t)i + 1);
		call->candidate[i].passes_gates = true;
		call->candidate[i].rate_pence = 2000;
		call->candidate[i].earliest_start_at = WANTED;
		call->candidate[i].distance_metres = 1000;
	}
}

struct candidate *
provider(struct call_off *call, size_t number)
{
	return &call->candidate[number - 1];
}

static void
rank(struct call_off *call)
{
	call->ranking = match_rank(call->arena, &call->policy, &call->need,
	    call->candidate, call->count);
}

static const char *
number_added(struct arena *arena, const char *numbers, uint32_t candidate)
{
	return arena_printf(arena, "%s%s%d", numbers,
	    *numbers == '\0' ? "" : " ", (int)candidate + 1);
}

void
expect_ranked(struct call_off *call, const char *numbers)
{
	const char *found = "";

	rank(call);
	for (size_t i = 0; i < call->ranking.eligible_count; i++)
		found = number_added(
		    call->arena, found, call->ranking.entry[i].candidate);
	assert_string_equal(found, numbers);
}

void
expect_failed(struct call_off *call, size_t number, const char *reason)
{
	rank(call);
	for (size_t i = call->ranking.eligible_count; i < call->count; i++)
		if (call->ranking.entry[i].candidate == number - 1) {
			assert_string_equal(
			    match_reason(call->arena, &call->ranking, i),
			    reason);
			return;
		}
	fail_msg("provider %zu may be asked", number);
}

void
expect_asked(struct call_off *call, int64_t minute, enum wave_kind kind,
    const char *numbers)
{
	const char *found = "";
	struct wave wave;

	rank(call);
	wave = match_wave(call->arena, &call->ranking, call->is_out);
	assert_int_equal(wave.kind, kind);
	for (size_t i = 0; i < wave.count; i++) {
		uint32_t one = call->ranking.entry[wave.entry[i]].candidate;
		const struct candidate *candidate = &call->candidate[one];

		call->is_out[one] = true;
		call->asked[i] = one;
		call->offer[i] = (struct round_offer) {
			.order = wave.entry[i] + 1,
			.last_awarded_at = candidate->last_awarded_at,
			.reply_by = NOON + minute * MINUTE +
			            call->policy.reply_seconds * SECOND,
			.rate_pence = candidate->rate_pence,
			.is_chosen = candidate->is_chosen,
			.quality_score = candidate->quality_score,
			.distance_metres = candidate->distance_metres,
			.fit_hundredths = match_fit(
			    &call->policy, &call->need, candidate)
			                      .total,
		};
		found = number_added(call->arena, found, one);
	}
	assert_string_equal(found, numbers);
	call->round = (struct round) {
		.policy = &call->policy,
		.wanted_start_at = WANTED,
		.offer = call->offer,
		.count = wave.count,
		.again_count = call->round.again_count,
	};
	call->sent_minutes = minute;
}

struct round_offer *
offer_to(struct call_off *call, size_t number)
{
	for (size_t i = 0; i < call->round.count; i++)
		if (call->asked[i] == number - 1)
			return &call->offer[i];
	fail_msg("provider %zu was not asked", number);
	return NULL;
}

void
accepts(
    struct call_off *call, size_t number, int64_t minute, int64_t start_hours)
{
	struct round_offer *offer = offer_to(call, number);

	offer->state = ROUND_ACCEPTED;
	offer->replied_at = NOON + minute * MINUTE;
	offer->starts_at = WANTED + start_hours * HOUR;
}

void
declines(struct call_off *call, size_t number)
{
	offer_to(call, number)->state = ROUND_DECLINED;
	call->has_declined[number - 1] = true;
}

static struct round_decision
decide(struct call_off *call, int64_t minute)
{
	call->round.now = NOON + minute * MINUTE;
	call->round.can_ask_more =
	    match_wave(call->arena, &call->ranking, call->is_out).count != 0;
	call->round.can_start_again =
	    match_wave(call->arena, &call->ranking, call->has_declined).count !=
	    0;
	return round_decide(call->arena, &call->round);
}

void
expect_verdict(
    struct call_off *call, int64_t minute, enum round_verdict verdict)
{
	assert_int_equal(decide(call, minute).verdict, verdict);
}

void
expect_placed(struct call_off *call, int64_t minute, size_t number,
    enum round_ground ground)
{
	struct round_decision decision = decide(call, minute);

	assert_int_equal(decision.verdict, ROUND_PLACE);
	assert_int_equal(call->asked[decision.winner], number - 1);
	assert_int_equal(decision.ground, ground);
}
