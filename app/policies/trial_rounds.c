/*
 * Plays rounds of offers by the answers that are known. Whoever was not asked
 * is taken to accept when half of its reply time is over, from its earliest
 * start on, at its own rate or the highest that is allowed; a broker agrees to
 * every later start at once.
 */
#include "policies/trial_rounds.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "matching/rank.h"
#include "matching/round.h"

enum { MOST_WAVES = 100 };

/* A package under a policy, as far as it has been played. */
struct play {
	struct arena *arena;
	const struct trial_case *one;
	const struct policy *policy;
	struct bank_holiday_list holidays;
	struct match match;           /* under this policy */
	struct need need;             /* with the start wanted by it */
	struct candidate *candidates; /* with the facts of then */
	struct ranking ranking;
	bool *is_out;
	bool *has_declined;
	int64_t now;
	int32_t again_count;
	int32_t waves;
};

/* The offers of one wave, with what will be answered to them. */
struct played_round {
	struct round round;
	struct round_offer *offer;
	struct round_offer *answer; /* as each will be once it is there */
	const uint32_t *entry;
	size_t count;
};

/* When it could have started at the earliest, as it was then; 0: not stated. */
static int64_t
earliest_then(const struct trial_case *one, size_t member)
{
	int32_t date = one->match->members.row[member].earliest_start_on;
	int64_t start;

	if (date == 0)
		return 0;
	start = clock_midnight(date);
	return start > one->at ? start : one->at;
}

static void
candidates_prepare(struct play *play)
{
	const struct match *match = play->one->match;
	size_t count = match->members.count;

	play->candidates = arena_array(
	    play->arena, count, sizeof(*play->candidates));
	for (size_t i = 0; i < count; i++) {
		const struct trial_answer *answer = &play->one->answer[i];
		struct candidate *candidate = &play->candidates[i];

		*candidate = match->ranking->candidate[i];
		candidate->earliest_start_at = earliest_then(play->one, i);
		candidate->rate_pence = (int32_t)match_rate(&play->match, i);
		if (answer->has_facts) {
			candidate->last_awarded_at = answer->last_awarded_at;
			candidate->has_cared_before = answer->has_cared_before;
		}
	}
}

/* Ranks anew, by what is wanted of offers that go out now. */
static void
rank_now(struct play *play)
{
	const struct match *match = play->one->match;

	play->need.wanted_start_at = start_asked(play->policy, play->now,
	    strcmp(match->package->urgency, "rapid") == 0,
	    match->package->start_wanted_at);
	play->ranking = match_rank(play->arena, play->policy, &play->need,
	    play->candidates, match->members.count);
}

/* The rate of a reply: as named, else as known, else the highest allowed. */
static int64_t
rate_of(const struct play *play, size_t member)
{
	const struct trial_answer *answer = &play->one->answer[member];
	int64_t rate = play->candidates[member].rate_pence;

	if (play->policy->price != PRICE_OFFERED)
		return rate;
	if (answer->is_known && answer->rate_pence != 0)
		return answer->rate_pence;
	if (rate == 0)
		rate = play->match.package->rate_pence;
	if (play->policy->ceiling_pence != 0 &&
	    (rate == 0 || rate > play->policy->ceiling_pence))
		rate = play->policy->ceiling_pence;
	return rate > play->policy->floor_pence ? rate
	                                        : play->policy->floor_pence;
}

static struct round_offer
offer_of(const struct play *play, size_t entry, int64_t reply_by)
{
	size_t member = play->ranking.entry[entry].candidate;
	const struct candidate *candidate = &play->candidates[member];

	return (struct round_offer) {
		.state = ROUND_OPEN,
		.order = (int64_t)entry,
		.last_awarded_at = candidate->last_awarded_at,
		.reply_by = reply_by,
		.is_chosen = candidate->is_chosen,
		.rate_pence = rate_of(play, member),
		.fit_hundredths =
		    match_fit(play->policy, &play->need, candidate).total,
		.quality_score = candidate->quality_score,
		.distance_metres = candidate->distance_metres,
	};
}

/* The offer as it is once it is answered; open when it never is. */
static struct round_offer
answered(const struct play *play, size_t entry, struct round_offer offer)
{
	size_t member = play->ranking.entry[entry].candidate;
	const struct trial_answer *answer = &play->one->answer[member];
	int64_t earliest = play->candidates[member].earliest_start_at;
	int64_t wanted = play->need.wanted_start_at;
	int64_t waited = answer->is_known ? answer->waited
	                                  : (offer.reply_by - play->now) / 2;

	if (answer->is_known && !answer->has_accepted && !answer->has_declined)
		return offer;
	offer.replied_at = play->now + waited;
	if (offer.replied_at >= offer.reply_by)
		return offer;
	if (answer->is_known && answer->has_declined) {
		offer.state = ROUND_DECLINED;
		return offer;
	}
	offer.state = ROUND_ACCEPTED;
	offer.starts_at = answer->is_known    ? wanted + answer->late
	                  : earliest > wanted ? earliest
	                                      : wanted;
	offer.introduced_at = offer.starts_at - 1;
	return offer;
}

/* Whether a wave would find somebody, with those of this round out, too. */
static bool
can_ask(const struct play *play, const struct played_round *played,
    bool is_from_start)
{
	size_t count = play->one->match->members.count;
	bool *is_out = arena_array(play->arena, count, sizeof(*is_out));

	memcpy(is_out, is_from_start ? play->has_declined : play->is_out,
	    count * sizeof(*is_out));
	for (size_t i = 0; i < played->count; i++) {
		size_t member = play->ranking.entry[played->entry[i]].candidate;

		if (!is_from_start || played->offer[i].state == ROUND_DECLINED)
			is_out[member] = true;
	}
	return match_wave(play->arena, &play->ranking, is_out).kind !=
	       WAVE_NOBODY;
}

/* When the next answer comes or the time is up, after `now`; 0 for never. */
static int64_t
next_event(const struct played_round *played, int64_t now, int64_t due_at)
{
	int64_t next = due_at > now ? due_at : 0;

	for (size_t i = 0; i < played->count; i++) {
		int64_t at = played->answer[i].replied_at;

		if (played->offer[i].state == ROUND_OPEN &&
		    played->answer[i].state != ROUND_OPEN && at > now &&
		    (next == 0 || at < next))
			next = at;
	}
	return next;
}

static void
answers_arrive(struct played_round *played, int64_t now)
{
	for (size_t i = 0; i < played->count; i++)
		if (played->offer[i].state == ROUND_OPEN &&
		    played->answer[i].state != ROUND_OPEN &&
		    played->answer[i].replied_at <= now)
			played->offer[i] = played->answer[i];
}

/* Lets the round run until something other than waiting is to be done. */
static struct round_decision
round_run(struct play *play, struct played_round *played)
{
	struct round_decision decision;

	for (;;) {
		answers_arrive(played, play->now);
		played->round.now = play->now;
		played->round.can_ask_more = can_ask(play, played, false);
		played->round.can_start_again = can_ask(play, played, true);
		decision = round_decide(play->arena, &played->round);
		if (decision.verdict == ROUND_CONFIRM) {
			played->offer[decision.proposal[0]].start_confirmed_at =
			    play->now;
			continue;
		}
		if (decision.verdict != ROUND_WAIT)
			return decision;
		play->now = next_event(played, play->now, decision.due_at);
		if (play->now == 0) {
			decision.verdict = ROUND_NOBODY;
			return decision;
		}
	}
}

static void
round_begin(struct play *play, struct wave wave, struct played_round *played)
{
	int64_t reply_by = reply_deadline(
	    play->arena, play->policy, play->holidays, play->now);

	*played = (struct played_round) {
		.offer = arena_array(
		    play->arena, wave.count, sizeof(*played->offer)),
		.answer = arena_array(
		    play->arena, wave.count, sizeof(*played->answer)),
		.entry = wave.entry,
		.count = wave.count,
	};
	for (size_t i = 0; i < wave.count; i++) {
		played->offer[i] = offer_of(play, wave.entry[i], reply_by);
		played->answer[i] = answered(
		    play, wave.entry[i], played->offer[i]);
	}
	played->round = (struct round) {
		.policy = play->policy,
		.wanted_start_at = play->need.wanted_start_at,
		.offer = played->offer,
		.count = played->count,
		.again_count = play->again_count,
	};
}

/* Who was asked is not asked again, but for a start from anew. */
static void
round_end(struct play *play, const struct played_round *played,
    enum round_verdict verdict)
{
	size_t count = play->one->match->members.count;

	for (size_t i = 0; i < played->count; i++) {
		size_t member = play->ranking.entry[played->entry[i]].candidate;

		play->is_out[member] = true;
		if (played->offer[i].state == ROUND_DECLINED)
			play->has_declined[member] = true;
	}
	if (verdict == ROUND_AGAIN) {
		memcpy(play->is_out, play->has_declined,
		    count * sizeof(*play->is_out));
		play->again_count++;
	}
}

static struct trial_outcome
outcome_placed(
    const struct play *play, const struct played_round *played, size_t winner)
{
	const struct round_offer *offer = &played->offer[winner];
	size_t member = play->ranking.entry[played->entry[winner]].candidate;
	const struct match_member *row = &play->match.members.row[member];

	return (struct trial_outcome) {
		.end = TRIAL_PLACED,
		.organisation_id = row->organisation_id,
		.organisation = row->name,
		.waited = play->now - play->one->at,
		.starts_at = offer->starts_at,
		.week_pence = match_week_price(
		    play->arena, &play->match, offer->rate_pence),
		.distance_metres = row->distance_metres,
		.waves = play->waves,
		.is_assumed = !play->one->answer[member].is_known,
	};
}

struct trial_outcome
trial_play(struct arena *scratch, const struct trial_case *one,
    const struct policy *policy, struct bank_holiday_list holidays)
{
	size_t count = one->match->members.count;
	struct play play = {
		.arena = scratch,
		.one = one,
		.policy = policy,
		.holidays = holidays,
		.match = *one->match,
		.need = *one->match->ranking->need,
		.is_out = arena_array(scratch, count, sizeof(bool)),
		.has_declined = arena_array(scratch, count, sizeof(bool)),
		.now = one->at,
	};

	play.match.policy = policy;
	candidates_prepare(&play);
	for (; play.waves < MOST_WAVES;) {
		struct round_decision decision;
		struct played_round played;
		struct wave wave;

		rank_now(&play);
		wave = match_wave(scratch, &play.ranking, play.is_out);
		if (wave.kind == WAVE_NOBODY)
			break;
		play.waves++;
		round_begin(&play, wave, &played);
		decision = round_run(&play, &played);
		if (decision.verdict == ROUND_PLACE)
			return outcome_placed(&play, &played, decision.winner);
		if (decision.verdict == ROUND_BROKER)
			return (struct trial_outcome) { .end = TRIAL_BROKER,
				.waves = play.waves };
		if (decision.verdict == ROUND_NOBODY)
			break;
		round_end(&play, &played, decision.verdict);
	}
	return (
	    struct trial_outcome) { .end = TRIAL_NOBODY, .waves = play.waves };
}
