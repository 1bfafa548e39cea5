/*
 * A round of offers: until when replies count, which reply is best, and what
 * is to be done now. Pure decisions over rows and instants; app/offers calls
 * them under the package's lock and carries them out.
 */
#ifndef MATCHING_ROUND_H
#define MATCHING_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matching/policy.h"

struct arena;

/* Hours in which the reply time runs, as instants (microseconds). */
struct referral_window {
	int64_t opens_at;
	int64_t closes_at;
};

/*
 * When `seconds` of referral hours have passed since `sent_at`, into
 * *reply_by. The windows ascend without overlapping; the caller takes them
 * from the policy's referral hours in local time, so that a day of 23 or 25
 * hours is its matter. A time that runs out as a window closes ends there.
 * False when the windows do not reach that far (domain.md decision 15).
 */
bool round_reply_by(int64_t sent_at, int64_t seconds,
    const struct referral_window *windows, size_t count, int64_t *reply_by);

/*
 * What became of an offer, as its row says; no reply is not a state of a row:
 * an open offer whose time is up has none.
 */
enum round_offer_state {
	ROUND_OPEN,
	ROUND_ACCEPTED,
	ROUND_DECLINED,
	ROUND_RETRACTED, /* acceptance withdrawn by the provider */
	ROUND_CANCELLED, /* offer withdrawn by the council */
};

/*
 * One offer of the round. A reply counts when it came before `reply_by`: at
 * that instant the time is up.
 */
struct round_offer {
	enum round_offer_state state;
	int64_t order; /* unique: the place in the ranking when it was sent */
	int64_t last_awarded_at; /* as it was when the offer was sent */
	int64_t reply_by;
	int64_t replied_at;         /* accepted only, as the next four */
	int64_t starts_at;          /* the start that the reply offers */
	int64_t introduced_at;      /* of carer and person, 0 = not named */
	int64_t start_confirmed_at; /* a broker agreed to a later start */
	bool is_start_refused;      /* a broker did not agree to it */
	bool is_chosen;             /* by the person */
	/* Under PRICE_OFFERED with the reply, otherwise as it was sent. */
	int64_t rate_pence;
	int32_t fit_hundredths; /* as when the offer was sent, like the next */
	int32_t quality_score;
	int32_t distance_metres;
};

struct round {
	const struct policy *policy;
	int64_t now;
	int64_t wanted_start_at;
	const struct round_offer *offer;
	size_t count;
	bool can_ask_more;    /* match_wave() would still find somebody */
	bool can_start_again; /* without only those that declined it would */
	int32_t again_count;  /* how often the offers have started again */
	bool goes_on;         /* after no reply, as a broker said */
};

/*
 * The replies that count, best first: accepted in time, at a rate the policy
 * allows, and with the introduction before the start where it asks for one.
 * Compared by the reply steps of the policy (Hertfordshire: start,
 * then price; Cambridgeshire: points of price, lowest / this × 100, and of
 * fit, rounded half up to hundredths), then by the policy's ties with the
 * facts of when the offers were sent. Under WINNER_FIRST: in the order of
 * coming; under WINNER_RANKED: as they were ranked.
 */
struct round_place {
	size_t offer;
	int32_t points_hundredths;
	int32_t price_score; /* hundredths of 0-100 */
};

struct round_ranking {
	const struct round_place *place;
	size_t count;
	int64_t lowest_rate_pence;
};

struct round_ranking round_rank(struct arena *arena, const struct round *round);

/*
 * Whether the offer, not answered yet, could still come before the best reply
 * so far, or change which reply that is: with a start from now on and a rate
 * from the floor up. Where rounding could tip the balance it says yes, so a
 * round never ends on a guess. WINNER_BEST only.
 */
bool round_can_still_win(
    struct arena *arena, const struct round *round, size_t offer);

enum round_verdict {
	ROUND_WAIT,    /* until `due_at`, or the next reply */
	ROUND_PLACE,   /* with `winner` */
	ROUND_CONFIRM, /* a broker must agree to a proposal or refuse it */
	ROUND_ASK,     /* the next wave */
	ROUND_BROKER,  /* no reply came of some: a broker says how it goes on */
	ROUND_AGAIN,   /* from the first wave, without those that declined */
	ROUND_NOBODY,  /* the package waits again */
};

/* Why, for the history of the package. */
enum round_ground {
	GROUND_NONE,
	GROUND_FIRST,     /* first acceptance that meets the wanted start */
	GROUND_CONFIRMED, /* a broker agreed to its later start */
	GROUND_RANKED,    /* best ranked of those who accepted */
	GROUND_BEST, /* best reply when the time was up or all had answered */
	GROUND_UNBEATABLE, /* nobody left could have come before it */
	GROUND_SINGLE,     /* the only provider available */
};

struct round_decision {
	enum round_verdict verdict;
	enum round_ground ground;
	size_t winner;          /* ROUND_PLACE: an offer */
	int64_t due_at;         /* ROUND_WAIT: when time alone may change it */
	const size_t *proposal; /* offers with a later start, by coming */
	size_t proposal_count;  /* may be there while waiting, too */
};

/*
 * What is to be done with a round that is not settled. Depends on rows and
 * instants only: being asked late may delay an offer but never changes who
 * wins. The round's order of deciding:
 *
 * first: the earliest of the acceptances that meet the wanted start and the
 * later starts that a broker has agreed to. ranked: the best ranked of the
 * acceptances that meet the wanted start, once nobody ranked before it is
 * open; of later starts, when nobody is open, the one agreed to first. best:
 * the best reply, once no open offer could change that.
 *
 * With none, while an offer is open (or after a decline, where the policy
 * waits for the reply time): wait; then, with later starts that no broker has
 * judged: confirm; then, after no reply, the broker where the policy says so
 * and none has decided; else the next wave; else from the start again, as often as the policy lets;
 * else nobody.
 */
struct round_decision round_decide(
    struct arena *arena, const struct round *round);

/*
 * One sentence on a reply's place: "Starts 2 hours before the start wanted;
 * same price for every provider; never awarded a package".
 */
const char *round_reason(struct arena *arena, const struct round *round,
    const struct round_ranking *ranking, size_t place);

/* What a ground says: "First acceptance that meets the wanted start". */
const char *round_ground_text(enum round_ground ground);

#endif
