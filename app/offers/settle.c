/*
 * Settling a round under the package's lock. What is decided is decided by
 * matching/round.h; this file reads rows for it and writes what it says.
 */
#include "offers/settle.h"

#include <string.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "matching/round.h"
#include "offers/bundles.sql.h"
#include "offers/match.h"
#include "offers/notices.h"
#include "offers/send.h"

/* Opens a round as its rows stand. */
static struct settling *
round_open(const struct offer_work *work, int64_t council, int64_t round)
{
	const struct settle_opening *opening = settle_begin(
	    work->db, council, round);
	struct settling *settling;

	if (opening == NULL || opening->package_id == 0)
		return NULL;
	settling = arena_alloc(work->arena, sizeof(*settling));
	settling->work = work;
	settling->council = council;
	settling->now = opening->now;
	settling->round = round_now_by_id(work->db, council, round);
	if (settling->round != NULL)
		settling->policy = match_policy(
		    work->db, work->arena, settling->round->policy_document);
	if (settling->policy != NULL)
		settling->policy = policy_at_rate(work->arena, settling->policy,
		    settling->round->individual_pence);
	if (settling->policy != NULL)
		return settling;
	settle_close(settling);
	return NULL;
}

const struct settling *
settle_open(const struct offer_work *work, int64_t council, int64_t round)
{
	struct settling *settling = round_open(work, council, round);

	if (settling == NULL || settling->round->is_settled)
		return settling;
	settle_decide(settling);
	settling->round = round_now_by_id(work->db, council, round);
	if (settling->round != NULL)
		return settling;
	settle_close(settling);
	return NULL;
}

void
settle_close(const struct settling *settling)
{
	settle_end(settling->work->db);
}

static enum round_offer_state
offer_state_of(const struct round_reply *reply)
{
	if (strcmp(reply->result, "withdrawn_by_provider") == 0)
		return ROUND_RETRACTED;
	if (strcmp(reply->state, "accepted") == 0)
		return ROUND_ACCEPTED;
	if (strcmp(reply->state, "declined") == 0)
		return ROUND_DECLINED;
	if (strcmp(reply->state, "withdrawn") == 0)
		return ROUND_CANCELLED;
	return ROUND_OPEN;
}

static struct round
round_of(const struct settling *settling, struct round_reply_list replies)
{
	struct round_offer *offer = arena_array(
	    settling->work->arena, replies.count, sizeof(*offer));

	for (size_t i = 0; i < replies.count; i++) {
		const struct round_reply *reply = &replies.row[i];

		offer[i] = (struct round_offer) {
			.state = offer_state_of(reply),
			.order = reply->position,
			.last_awarded_at = reply->last_awarded_at,
			.reply_by = reply->reply_by,
			.replied_at = reply->replied_at,
			.starts_at = reply->start_offered_at,
			.introduced_at = reply->introduced_at,
			.rate_pence = settling->policy->price == PRICE_OFFERED
			                  ? reply->rate_pence
			                  : reply->line_rate_pence,
			.start_confirmed_at = reply->start_confirmed_at,
			.is_start_refused = strcmp(reply->result,
						"not_selected") == 0,
			.is_chosen = reply->is_chosen,
			.fit_hundredths = reply->fit_hundredths,
			.quality_score = reply->quality_score,
			.distance_metres = reply->distance_metres,
		};
	}
	return (struct round) {
		.policy = settling->policy,
		.now = settling->now,
		.wanted_start_at = settling->round->start_wanted_at,
		.offer = offer,
		.count = replies.count,
		.can_ask_more = settling->round->left_count > 0,
		.can_start_again = settling->round->again_left_count > 0,
		.again_count = settling->round->again_count,
		.goes_on = settling->round->goes_on,
	};
}

/* Ids of the replies that `picks` picks, before anything is written. */
static struct int64_list
ids_where(struct arena *arena, struct round_reply_list replies,
    const struct settling *settling,
    bool (*picks)(
	const struct round_reply *reply, const struct settling *settling))
{
	int64_t *id = arena_array(arena, replies.count, sizeof(*id));
	size_t count = 0;

	for (size_t i = 0; i < replies.count; i++)
		if (picks(&replies.row[i], settling))
			id[count++] = replies.row[i].id;
	return (struct int64_list) { id, count };
}

static bool
is_open(const struct round_reply *reply, const struct settling *settling)
{
	return strcmp(reply->state, "sent") == 0 &&
	       settling->now < reply->reply_by;
}

static bool
is_undecided(const struct round_reply *reply, const struct settling *settling)
{
	(void)settling;
	return strcmp(reply->state, "accepted") == 0 &&
	       (*reply->result == '\0' ||
		   strcmp(reply->result, "proposed") == 0);
}

/*
 * Ends the round: open offers are withdrawn, acceptances but the winner's are
 * not selected, and all of them are told. winner: an offer's id or 0.
 */
static void
round_end(const struct settling *settling, struct round_reply_list replies,
    int64_t winner, const char *outcome, const char *ground)
{
	const struct offer_work *work = settling->work;
	int64_t council = settling->council, package;
	struct int64_list open = ids_where(
	    work->arena, replies, settling, is_open);
	struct int64_list decided = ids_where(
	    work->arena, replies, settling, is_undecided);
	int64_t *loser = arena_array(
	    work->arena, decided.count, sizeof(*loser));
	const char *reason = winner != 0 ? "Another provider was chosen"
	                                 : ground;
	size_t losers = 0;

	package = settling->round->package_id;
	for (size_t i = 0; i < decided.count; i++)
		if (decided.row[i] != winner)
			loser[losers++] = decided.row[i];
	round_finish_offers(work->db, council, settling->round->id, winner,
	    settling->now, reason);
	round_finish(work->db, council, settling->round->id, settling->now,
	    outcome, ground);
	task_finish(work->db, council, "confirm_start", package, NULL, NULL);
	task_finish(work->db, council, "telephone_offer", package, NULL, NULL);
	task_finish(work->db, council, "no_reply", package, NULL, NULL);
	notice_providers(work, council, open, NOTICE_OFFER_WITHDRAWN, 0);
	notice_providers(work, council, (struct int64_list) { loser, losers },
	    winner != 0 ? NOTICE_NOT_SELECTED : NOTICE_OFFER_WITHDRAWN, 0);
}

static void
points_keep(const struct settling *settling, const struct round *round,
    struct round_reply_list replies)
{
	struct arena *arena = settling->work->arena;
	struct round_ranking ranking = round_rank(arena, round);
	int64_t *id = arena_array(arena, ranking.count, sizeof(*id));
	int64_t *points = arena_array(arena, ranking.count, sizeof(*points));

	if (settling->policy->winner != WINNER_BEST || ranking.count == 0)
		return;
	for (size_t i = 0; i < ranking.count; i++) {
		id[i] = replies.row[ranking.place[i].offer].id;
		points[i] = ranking.place[i].points_hundredths;
	}
	round_points_keep(settling->work->db, settling->council,
	    (struct int64_list) { id, ranking.count },
	    (struct int64_list) { points, ranking.count });
}

/* The ground, and of a best reply why it came first. */
static const char *
ground_text(const struct settling *settling, const struct round *round,
    const struct round_decision *decision)
{
	struct arena *arena = settling->work->arena;
	struct round_ranking ranking = round_rank(arena, round);

	for (size_t i = 0; i < ranking.count; i++)
		if (ranking.place[i].offer == decision->winner)
			return arena_printf(arena, "%s. %s",
			    round_ground_text(decision->ground),
			    round_reason(arena, round, &ranking, i));
	return round_ground_text(decision->ground);
}

static void
winner_place(const struct settling *settling, const struct round *round,
    const struct round_decision *decision, struct round_reply_list replies)
{
	const struct offer_work *work = settling->work;
	const struct round_reply *reply = &replies.row[decision->winner];
	int64_t rate = reply->rate_pence != 0 ? reply->rate_pence
	                                      : reply->line_rate_pence;
	const char *ground = ground_text(settling, round, decision);
	const char *reference;
	int64_t winner = reply->id;

	points_keep(settling, round, replies);
	round_end(settling, replies, reply->id, "placed", ground);
	reference = placement_insert(work->db, settling->council, reply->id,
	    rate != 0 ? &rate : NULL, reply->weekly_price_pence);
	package_place(work->db, settling->council, settling->round->package_id,
	    reply->start_offered_at, settling->now);
	task_finish(work->db, settling->council, "waits_again",
	    settling->round->package_id, NULL, NULL);
	task_finish(work->db, settling->council, "approve_rate",
	    settling->round->package_id, NULL, NULL);
	notice_providers(work, settling->council,
	    (struct int64_list) { &winner, 1 }, NOTICE_CHOSEN, 0);
	audit_add_for_council(work->db, "placement.create", "placement",
	    reference,
	    arena_printf(work->arena, "{\"package\": \"%s\", \"round\": %d}",
		settling->round->package_reference, settling->round->number),
	    settling->council);
}

/* Later starts that nobody has told the broker about yet. */
static void
proposals_mark(const struct settling *settling,
    const struct round_decision *decision, struct round_reply_list replies)
{
	const struct offer_work *work = settling->work;

	for (size_t i = 0; i < decision->proposal_count; i++) {
		const struct round_reply *reply =
		    &replies.row[decision->proposal[i]];

		if (*reply->result != '\0')
			continue;
		offer_propose(
		    work->db, settling->council, reply->id, settling->now);
		notice_broker(work, settling->council,
		    settling->round->package_id, reply->id, "confirm_start",
		    "late_start",
		    "A provider offers a later start than wanted");
	}
}

static void
nobody_audit(const struct settling *settling)
{
	const struct offer_work *work = settling->work;

	audit_add_for_council(work->db, "round.end", "package",
	    settling->round->package_reference,
	    arena_printf(work->arena,
		"{\"round\": %d, \"outcome\": \"nobody\"}",
		settling->round->number),
	    settling->council);
}

static void
round_exhaust(const struct settling *settling, struct round_reply_list replies)
{
	const struct offer_work *work = settling->work;

	round_end(
	    settling, replies, 0, "nobody", "Nobody who was asked can take it");
	nobody_audit(settling);
	notice_broker(work, settling->council, settling->round->package_id, 0,
	    "waits_again", "nobody_left",
	    "Nobody is left to ask, so it waits again");
}

/* After no reply: the round waits for a broker, who is told once. */
static void
broker_ask(const struct settling *settling)
{
	const struct offer_work *work = settling->work;

	if (settling->round->is_broker_asked)
		return;
	round_broker_ask(
	    work->db, settling->council, settling->round->id, settling->now);
	audit_add_for_council(work->db, "round.no_reply", "package",
	    settling->round->package_reference,
	    arena_printf(
		work->arena, "{\"round\": %d}", settling->round->number),
	    settling->council);
	notice_broker(work, settling->council, settling->round->package_id, 0,
	    "no_reply", "no_reply",
	    "No reply came in time: decide how it goes on");
}

/*
 * The next wave, or the first one again, by the facts of now: without those
 * who have had their turn. False, and nothing written, when those facts leave
 * nobody to ask.
 */
static bool
wave_ask(const struct settling *settling, struct round_reply_list replies,
    enum round_verdict verdict)
{
	const struct offer_work *work = settling->work;
	int64_t council = settling->council, round;
	int64_t package = settling->round->package_id;
	bool is_again = verdict == ROUND_AGAIN;
	struct chain_member_list out =
	    is_again ? round_declined_list(work->db, council, package)
		     : round_chain_list(work->db, council, package);
	const struct match *match = match_load(
	    work->db, work->arena, council, package, settling->now);
	const char *wave;

	if (match == NULL ||
	    offer_round_preview(work->arena, match, out, &wave) == 0)
		return false;
	round_end(settling, replies, 0,
	    settling->round->goes_on ? "broker" : "nobody",
	    is_again ? "Nobody who was asked can take it, so the offers "
		       "started again"
		     : "Nobody who was asked can take it, so the next were "
		       "asked");
	nobody_audit(settling);
	round = offer_round_send(work, match, out, 0, 0);
	if (is_again)
		round_again_mark(work->db, council, round);
	return true;
}

/*
 * Carries out what follows when nobody has won. Where the facts have changed
 * so that nobody is left in the wave, what comes after it follows.
 */
static void
round_go_on_by(const struct settling *settling, struct round *round,
    enum round_verdict verdict, struct round_reply_list replies)
{
	if (verdict == ROUND_ASK) {
		if (wave_ask(settling, replies, verdict))
			return;
		round->can_ask_more = false;
		verdict = round_decide(settling->work->arena, round).verdict;
	}
	if (verdict == ROUND_BROKER)
		broker_ask(settling);
	else if (verdict != ROUND_AGAIN ||
		 !wave_ask(settling, replies, verdict))
		round_exhaust(settling, replies);
}

void
settle_decide(const struct settling *settling)
{
	struct round_reply_list replies;
	struct round_decision decision;
	struct round round;

	if (settling->round->is_settled)
		return;
	replies = round_reply_list(
	    settling->work->db, settling->council, settling->round->id);
	round = round_of(settling, replies);
	decision = round_decide(settling->work->arena, &round);
	switch (decision.verdict) {
	case ROUND_PLACE:
		winner_place(settling, &round, &decision, replies);
		break;
	case ROUND_ASK:
	case ROUND_BROKER:
	case ROUND_AGAIN:
	case ROUND_NOBODY:
		round_go_on_by(settling, &round, decision.verdict, replies);
		break;
	case ROUND_WAIT:
	case ROUND_CONFIRM:
		proposals_mark(settling, &decision, replies);
		break;
	}
}

bool
offer_round_settle(
    const struct offer_work *work, int64_t council, int64_t round)
{
	const struct settling *settling = settle_open(work, council, round);

	if (settling == NULL)
		return false;
	settle_close(settling);
	return true;
}

bool
offer_round_settle_due(
    const struct offer_work *work, int64_t council, int64_t package)
{
	int64_t round = round_live_due(work->db, council, package);

	return round != 0 && offer_round_settle(work, council, round);
}

const struct match_id *
offer_package_lock(
    const struct offer_work *work, int64_t council, const char *reference)
{
	const struct match_id *package = match_package_find(
	    work->db, council, reference);
	int64_t round;

	if (package == NULL)
		return NULL;
	offer_packages_lock(
	    work->db, council, (struct int64_list) { &package->id, 1 });
	round = round_live(work->db, council, package->id);
	if (round != 0)
		offer_round_settle(work, council, round);
	return match_package_find(work->db, council, reference);
}

static int32_t
round_withdraw(const struct offer_work *work, int64_t council, int64_t round,
    const char *reason)
{
	const struct settling *settling = round_open(work, council, round);
	int32_t number;

	if (settling == NULL)
		return 0;
	number = settling->round->number;
	round_end(settling,
	    round_reply_list(work->db, council, settling->round->id), 0,
	    "withdrawn", reason);
	settle_close(settling);
	audit_add(work->db, "round.withdraw", "package",
	    settling->round->package_reference,
	    arena_printf(work->arena, "{\"round\": %d}", number));
	return number;
}

/*
 * One package of an open bundle goes, so the bundle goes: what is left is not
 * what was offered. The provider is told once, who minds each other package
 * is told that it waits again.
 */
static int32_t
bundle_withdraw(const struct offer_work *work, int64_t council,
    const struct bundle_id *bundle, int64_t round, const char *reason)
{
	const struct bundle_part_list parts = bundle_part_list(
	    work->db, council, bundle->id);
	struct notice_gathering gathering = { .bundle_id = bundle->id };
	struct offer_work gathered = *work;
	int32_t number = 0;

	gathered.gathering = &gathering;
	for (size_t i = 0; i < parts.count; i++) {
		const struct bundle_part *part = &parts.row[i];

		if (part->round_id == round) {
			number = round_withdraw(
			    &gathered, council, round, reason);
			continue;
		}
		round_withdraw(&gathered, council, part->round_id,
		    "Another package of its bundle was withdrawn");
		notice_broker(work, council, part->package_id, 0, "waits_again",
		    "bundle_withdrawn",
		    "The bundle that it was offered in is withdrawn, so it "
		    "waits again");
	}
	notice_gathered(work, council, bundle->reference, &gathering);
	audit_add(work->db, "bundle.withdraw", "bundle", bundle->reference,
	    arena_printf(work->arena, "{\"packages\": %zu}", parts.count));
	return number;
}

int32_t
offer_round_withdraw(const struct offer_work *work, int64_t council,
    int64_t package, const char *reason)
{
	int64_t round = round_live(work->db, council, package);
	const struct bundle_id *bundle;

	if (round == 0)
		return 0;
	bundle = bundle_open(work->db, council, round);
	if (bundle == NULL)
		return round_withdraw(work, council, round, reason);
	return bundle_withdraw(work, council, bundle, round, reason);
}

bool
offer_round_go_on(const struct offer_work *work, int64_t council,
    int64_t package, int64_t account)
{
	int64_t round = round_live(work->db, council, package);
	struct settling *settling;
	bool is_waiting;

	settling = round != 0 ? round_open(work, council, round) : NULL;
	if (settling == NULL)
		return false;
	is_waiting = settling->round->is_broker_asked &&
	             !settling->round->goes_on;
	if (is_waiting) {
		round_go_on(work->db, council, round, settling->now, account);
		audit_add_for_council(work->db, "round.go_on", "package",
		    settling->round->package_reference,
		    arena_printf(work->arena, "{\"round\": %d}",
			settling->round->number),
		    council);
		settling->round = round_now_by_id(work->db, council, round);
		if (settling->round != NULL)
			settle_decide(settling);
	}
	settle_close(settling);
	return is_waiting;
}
