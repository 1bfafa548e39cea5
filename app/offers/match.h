/*
 * A match: one package held against every provider, by the framework's
 * policy. Loads the facts, lets app/matching rank them, and gives the lines
 * that a page shows and a round keeps. Sending is in send.h.
 */
#ifndef OFFERS_MATCH_H
#define OFFERS_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/db.h"
#include "gates/gates.h"
#include "matching/policy.h"
#include "offers/matches.sql.h"
#include "offers/rounds.sql.h"
#include "rates/package_week.h"

struct ranking;

struct match {
	const struct match_package *package;
	const struct policy *policy;
	const struct week_card *card; /* of bands of none where there is none */
	struct match_member_list members;
	struct week_line_list week;
	struct gate_book gates; /* of the framework, and its members' facts */
	const struct gate_answer *gate_answer; /* by member */
	const struct ranking
	    *ranking; /* candidates are the members, in order */
	int64_t now;
	int64_t wanted_start_at;
};

/*
 * Ranks all providers for a package as of `now`; NULL when there is no such
 * package or it does not say enough yet. Lives in the arena. A policy that
 * cannot be read fails the request: what was published was checked before.
 */
const struct match *match_load(struct db *db, struct arena *arena,
    int64_t council, int64_t package, int64_t now);

struct match_list {
	const struct match *const *row;
	size_t count;
};

/*
 * The same for many packages at once, in their order, without those that say
 * too little: the providers' facts are loaded in one statement.
 */
struct match_list match_load_many(struct db *db, struct arena *arena,
    int64_t council, struct int64_list packages, int64_t now);

/*
 * What both are made of: a package with its policy, prices and week, or NULL;
 * and the members, ranked. `alike` is a match of the same framework and members
 * that is ranked already, or NULL: its gates are not asked again.
 */
struct match *match_read(struct db *db, struct arena *arena, int64_t council,
    int64_t package, int64_t now);
void match_rank_members(struct db *db, struct arena *arena, struct match *match,
    struct match_member_list members, const struct match *alike);

/* The policy of a stored version; NULL, and the request failed, if bad. */
const struct policy *match_policy(
    struct db *db, struct arena *arena, const char *document);

/*
 * A policy as this match goes by it: where the package's framework has gates
 * they are asked whether or not the policy names them. `policy` itself where
 * there is nothing to add; else a copy in the arena. Fails the request when the
 * policy has no room for the step.
 */
const struct policy *match_policy_with_gates(struct db *db, struct arena *arena,
    const struct match *match, const struct policy *policy);

/* What the package's week costs at an hourly rate, in pence; 0 for none. */
int64_t match_week_price(
    struct arena *arena, const struct match *match, int64_t rate_pence);

/*
 * The policy as it goes for a round or a match at an individual rate, in the
 * arena: the rate is the ceiling, whatever the policy's own is. `policy`
 * itself where there is none (0) or the price is fixed.
 */
const struct policy *policy_at_rate(
    struct arena *arena, const struct policy *policy, int64_t individual_pence);

/*
 * The hourly rate of a member: under a fixed price the one approved for this
 * package alone, else its own, else the card's; where the rate comes with the
 * reply its own, or 0.
 */
int64_t match_rate(const struct match *match, size_t member);

/*
 * The highest hourly rate at which this package may go to a member: the one
 * approved for it alone, else the framework's. 0: there is no ceiling.
 */
int64_t match_ceiling(const struct match *match, size_t member);

/*
 * The framework's ceiling for a package, whatever was approved for it alone:
 * that of the policy, or the card's rate where the price is fixed. 0: none.
 */
int64_t match_framework_ceiling(
    struct db *db, struct arena *arena, const struct match *match);

/*
 * What the package's week costs, in pence, at a rate costed for it alone, and
 * at an ordinary one, whatever was approved for it.
 */
int64_t match_individual_price(struct db *db, struct arena *arena,
    const struct match *match, int64_t rate_pence);
int64_t match_ordinary_price(struct db *db, struct arena *arena,
    const struct match *match, int64_t rate_pence);

/*
 * One line for every provider, in the order of the ranking: what the page
 * shows and a round keeps.
 */
struct match_line_list match_lines(
    struct arena *arena, const struct match *match);

/* A short text that is another one when the order or a verdict changes. */
const char *match_mark(struct arena *arena, struct match_line_list lines);

/*
 * A timetable priced by a card at an hourly rate; what it costs where the
 * Monday is a bank holiday, 0 where that changes nothing; and what must be
 * known beside the price. See rates/package_week.h.
 */
struct price_week week_price(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, struct week_line_list week);
int64_t week_holiday_pence(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, struct week_line_list week);
struct text_list week_notes(struct arena *arena, const struct week_card *card,
    struct week_line_list week);

/* The bank holidays from today on, for a policy that goes by them. */
struct bank_holiday_list policy_holidays(
    struct db *db, const struct policy *policy, int64_t now);

/*
 * Until when an offer sent at `sent_at` may be answered: the policy's reply
 * time within its referral hours in London. 0 when they never come. The
 * holidays are left out where the policy says so.
 */
int64_t reply_deadline(struct arena *arena, const struct policy *policy,
    struct bank_holiday_list holidays, int64_t sent_at);

/*
 * The start that offers ask for: within the policy's hours from sending, or
 * later where the package itself wants a later one.
 */
int64_t start_asked(const struct policy *policy, int64_t sent_at, bool is_rapid,
    int64_t package_start_at);

/*
 * Parts of the week of three hours each that a timetable line touches, and
 * that a provider visits in; bit 0 is Monday from midnight. 0 = not stated.
 */
uint64_t week_slots(const struct week_line *line);
uint64_t member_slots(int32_t days, int32_t from_minute, int32_t until_minute);

#endif
