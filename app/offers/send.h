/*
 * Sending a round of offers from a match.
 */
#ifndef OFFERS_SEND_H
#define OFFERS_SEND_H

#include "offers/match.h"
#include "offers/settle.h"

/*
 * Writes the round, the whole ranking as it was shown, an offer to everybody
 * whose turn it is, and their mail. `out` names who is not asked: with a
 * reason when left out by the broker, without one when asked before. The
 * package is locked and match->now was read after that. `sent_by` is 0 for a
 * wave that follows by itself, `bundle` 0 for offers that are answered by
 * themselves. Gives the round's id, or 0 when nobody is left to ask (nothing
 * is written then).
 */
int64_t offer_round_send(const struct offer_work *work,
    const struct match *match, struct chain_member_list out, int64_t sent_by,
    int64_t bundle);

/*
 * For a package that has changed: offers again, without those whom the broker
 * had left out of the last offers, for the same reason. Gives how many are
 * asked; 0: nobody matches, and nothing was written. `sent_by` as above, and
 * the package locked.
 */
size_t offer_round_again(const struct offer_work *work, int64_t council,
    int64_t package, int64_t sent_by);

/* How many that would ask, as the package stands now. */
size_t offer_again_preview(
    const struct offer_work *work, int64_t council, int64_t package);

/*
 * How many would be asked if a round that waits for a broker went on: the
 * next, else the first again (`is_again`); 0: nobody.
 */
size_t offer_go_on_preview(const struct offer_work *work, int64_t council,
    int64_t package, const char **wave, bool *is_again);

/* How many would be asked now, and how: "all", "chosen" ...; 0 and "". */
size_t offer_round_preview(struct arena *arena, const struct match *match,
    struct chain_member_list out, const char **wave);

#endif
