/*
 * One call-off played out on a small cast: ranked, asked wave after wave,
 * answered, decided. Providers are named by their place in the register, from
 * 1; times are minutes after noon, when the first wave goes out.
 */
#ifndef UNIT_SUPPORT_CALL_OFF_H
#define UNIT_SUPPORT_CALL_OFF_H

#include "matching/rank.h"
#include "matching/round.h"

struct arena;

enum { CAST = 8 };

struct call_off {
	struct arena *arena;
	struct policy policy;
	struct need need;
	struct candidate candidate[CAST];
	size_t count;
	struct ranking ranking;
	bool is_out[CAST]; /* asked before */
	bool has_declined[CAST];
	uint32_t asked[CAST]; /* of the round: candidates */
	struct round_offer offer[CAST];
	struct round round;
	int64_t sent_minutes;
};

/* A shipped policy and `count` providers that meet all that it may ask. */
void call_off_begin(struct call_off *call, struct arena *arena,
    const char *policy, size_t count);

/* The facts of a provider, to change before the ranking. */
struct candidate *provider(struct call_off *call, size_t number);

/* That the eligible are these, first to last: "3 1 2". */
void expect_ranked(struct call_off *call, const char *numbers);

/* That the provider may not be asked, and why. */
void expect_failed(struct call_off *call, size_t number, const char *reason);

/* Sends the next wave at a minute; that it is this one, of these. */
void expect_asked(struct call_off *call, int64_t minute, enum wave_kind kind,
    const char *numbers);

/* Answers of providers asked; a start in hours after the wanted one. */
void accepts(
    struct call_off *call, size_t number, int64_t minute, int64_t start_hours);
void declines(struct call_off *call, size_t number);

/* The offer of the provider in the round that is out. */
struct round_offer *offer_to(struct call_off *call, size_t number);

/* What is to be done at a minute; of a placement, with whom and why. */
void expect_verdict(
    struct call_off *call, int64_t minute, enum round_verdict verdict);
void expect_placed(struct call_off *call, int64_t minute, size_t number,
    enum round_ground ground);

#endif
