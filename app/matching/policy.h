/*
 * Call-off policies as data: in which order facts decide, how offers go out,
 * how the winner is found. Reading a policy from JSON and keeping its versions
 * is left to others; rank.h and round.h carry it out.
 */
#ifndef MATCHING_POLICY_H
#define MATCHING_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	POLICY_STEPS = 32,
	POLICY_REPLY_STEPS = 8,
	POLICY_POINTS = 1000,
	POLICY_TIERS = 99,
	POLICY_PEOPLE = 1000,
	POLICY_AGAIN = 10,
};

/* What a step looks at; names are those of policy_criterion_name(). */
enum criterion {
	CRITERION_FRAMEWORK,        /* on the framework and not suspended */
	CRITERION_MONITORING_VISIT, /* passed, or already providing */
	CRITERION_AREA,
	CRITERION_GROUP,  /* service-user group */
	CRITERION_CHOICE, /* the provider the person has chosen */
	CRITERION_NEEDS,  /* must: must-haves; otherwise: preferences met */
	CRITERION_SERVICE_KIND,
	CRITERION_START,
	CRITERION_PRICE,
	CRITERION_CAPACITY, /* spare minutes a week */
	CRITERION_CALL_TIMES,
	CRITERION_CLOSENESS,
	CRITERION_CONTINUITY, /* has cared for this person before */
	CRITERION_QUALITY,    /* quality score, 0-100 */
	CRITERION_LOCAL,      /* has an office in the area */
	CRITERION_FIT,    /* weighted sum of features, see struct fit_weights */
	CRITERION_TIER,   /* the provider's tier at tender, 1 the first */
	CRITERION_TURN,   /* longest since the last award */
	CRITERION_RATING, /* of the Care Quality Commission */
	CRITERION_GATES,  /* the conditions of the framework, all together */
	CRITERION_BLOCK_HOURS, /* hours paid for anyway cover the package */
	CRITERION_PEOPLE,      /* people that a team cares for */
	CRITERION_SPECIALIST,  /* of the package, as the next */
	CRITERION_LOW_LEVEL,
	CRITERION_COUNT,
};

enum action {
	ACTION_MUST,   /* drops who does not meet it, with the reason */
	ACTION_PREFER, /* orders, before everything that follows */
	ACTION_WEIGH,  /* gives points: `points` for a score of 100 */
	ACTION_COUNT,
};

/*
 * Ratings of the Care Quality Commission, worst first: a must of `limit` lets
 * that one and better ones pass, and those not yet rated where the step says
 * so. Preferred, those not yet rated stand after Good; not known is last.
 */
enum rating {
	RATING_NOT_KNOWN,
	RATING_INADEQUATE,
	RATING_REQUIRES_IMPROVEMENT,
	RATING_GOOD,
	RATING_OUTSTANDING,
	RATING_NOT_YET_RATED,
	RATING_COUNT,
};

/*
 * One step. All weigh steps together make one total, which orders where the
 * first of them stands.
 *
 * `tolerance` (prefer): values count as equal in steps of it. Steps lie on a
 * fixed grid counted from nought, so that the order of two never depends on a
 * third: price in pence, closeness in metres, capacity in minutes, quality and
 * call times in whole per cent, fit in hundredths, needs in preferences not
 * met, people in people. Start, in seconds: with a tolerance everybody who meets the wanted start
 * is equal and later starts are equal in steps of it; without one, earlier is
 * simply better.
 *
 * `limit` (must): start: seconds later than wanted that still pass; closeness:
 * metres at most; quality, call times: per cent at least; tier: the last that
 * passes; rating: the worst that passes, an enum rating; people: at most, with
 * the new one. (weigh) start: seconds of lateness that leave no points.
 */
struct policy_step {
	enum criterion criterion;
	enum action action;
	int64_t tolerance;
	int64_t limit;
	int32_t points;
	bool passes_unrated; /* rating, must: not yet rated passes, too */
};

/* How offers go out. */
enum policy_mode {
	MODE_ALL,
	MODE_BEST, /* `best_count` of them */
	MODE_ONE,
	MODE_TIERS, /* all that are equal in the steps of `wave_by` */
	MODE_COUNT,
};

/* When the next are asked after everybody has declined. */
enum policy_decline {
	DECLINE_NEXT,       /* at once */
	DECLINE_REPLY_TIME, /* when the reply time is over */
	DECLINE_COUNT,
};

/* What follows when the reply time ends without a reply of some. */
enum policy_no_reply {
	NO_REPLY_NEXT,   /* the next are asked */
	NO_REPLY_BROKER, /* a broker decides how it goes on */
	NO_REPLY_COUNT,
};

/* What follows when nobody is left to ask. */
enum policy_last {
	LAST_WAITS, /* the package waits */
	LAST_AGAIN, /* from the start, without those that declined */
	LAST_COUNT,
};

enum policy_winner {
	WINNER_FIRST,  /* first acceptance that meets the wanted start */
	WINNER_RANKED, /* best ranked of the acceptances that meet it */
	WINNER_BEST,   /* by the reply steps, when replies are final */
	WINNER_COUNT,
};

enum policy_price {
	PRICE_FIXED,   /* the rate card, the same for all */
	PRICE_OFFERED, /* a rate with each reply, within floor and ceiling */
	PRICE_OWN,     /* the provider's own of the register, likewise within */
	PRICE_SET,     /* by area and rurality at application, higher by need */
	PRICE_COUNT,
};

/* What decides between the equal, in the policy's order; order is last. */
enum policy_tie {
	TIE_AWARD, /* longest since the last award */
	TIE_QUALITY,
	TIE_CLOSENESS,
	TIE_ORDER, /* the stated order of the register */
	TIE_COUNT,
};

/*
 * What fit is made of (domain.md decision 13): a weighted mean of scores of
 * 0-100. Closeness is 100 up to near_metres, 0 from far_metres, straight
 * between. A fact that is not known scores 0.
 */
struct fit_weights {
	int32_t call_times;
	int32_t specialisms; /* share of preferences met */
	int32_t closeness;
	int32_t continuity;
	int32_t quality;
	int32_t local;
	int32_t near_metres;
	int32_t far_metres;
};

struct policy {
	const char *name;
	struct policy_step step[POLICY_STEPS];
	size_t step_count;
	struct policy_step reply_step[POLICY_REPLY_STEPS]; /* WINNER_BEST */
	size_t reply_step_count;
	enum policy_tie tie[TIE_COUNT];
	size_t tie_count;
	enum policy_mode mode;
	int32_t best_count; /* MODE_BEST only */
	uint32_t wave_by;   /* MODE_TIERS: bit of each criterion preferred */
	bool chosen_alone_first; /* the person's choice is asked alone */
	bool single_needs_no_competition; /* 002 L52 */
	enum policy_decline after_decline;
	enum policy_no_reply after_no_reply;
	enum policy_last after_last;
	int32_t again_most; /* LAST_AGAIN: how often at most */
	enum policy_winner winner;
	enum policy_price price;
	int64_t floor_pence; /* hourly, inclusive, 0 = none; not PRICE_FIXED */
	int64_t ceiling_pence;
	struct fit_weights fit;
	int32_t reply_seconds;          /* counted within the referral hours */
	int32_t referral_opens_minutes; /* since local midnight */
	int32_t referral_closes_minutes;
	uint32_t referral_days;          /* bit 0 Monday to bit 6 Sunday */
	bool is_closed_on_bank_holidays; /* of England and Wales */
	int32_t start_rapid_seconds;     /* from sending, on the clock */
	int32_t start_standard_seconds;
	bool is_introduced_before_start; /* carer and person, 001 L181 */
};

/*
 * The words of a policy document, for readers and writers of it: the name of
 * a value, and the value of a name into *value (false when there is none).
 */
const char *policy_criterion_name(enum criterion criterion);
const char *policy_action_name(enum action action);
const char *policy_mode_name(enum policy_mode mode);
const char *policy_winner_name(enum policy_winner winner);
const char *policy_price_name(enum policy_price price);
const char *policy_decline_name(enum policy_decline decline);
const char *policy_no_reply_name(enum policy_no_reply no_reply);
const char *policy_last_name(enum policy_last last);
const char *policy_tie_name(enum policy_tie tie);
const char *policy_rating_name(enum rating rating);
bool policy_criterion_of(const char *name, enum criterion *value);
bool policy_action_of(const char *name, enum action *value);
bool policy_mode_of(const char *name, enum policy_mode *value);
bool policy_winner_of(const char *name, enum policy_winner *value);
bool policy_price_of(const char *name, enum policy_price *value);
bool policy_decline_of(const char *name, enum policy_decline *value);
bool policy_no_reply_of(const char *name, enum policy_no_reply *value);
bool policy_last_of(const char *name, enum policy_last *value);
bool policy_tie_of(const char *name, enum policy_tie *value);
bool policy_rating_of(const char *name, enum rating *value);

/* What a criterion is called on a page: "Ability to meet needs". */
const char *policy_criterion_label(enum criterion criterion);

/* "Good", "Not yet rated" */
const char *policy_rating_label(enum rating rating);

/* Whether it has a step that does this with the criterion. */
bool policy_has_step(
    const struct policy *policy, enum criterion criterion, enum action action);

/*
 * What a step may do with a criterion: whether at all, whether with a
 * tolerance, and its limit, whose unit is NULL where there is none.
 */
struct policy_limit {
	int64_t least;
	int64_t most;
	const char *unit;
};

bool policy_step_allowed(enum criterion criterion, enum action action);
bool policy_reply_step_allowed(enum criterion criterion, enum action action);
bool policy_has_tolerance(enum criterion criterion, enum action action);
struct policy_limit policy_limit_of(
    enum criterion criterion, enum action action);

/* The part of a policy that a fault is of. */
enum policy_part {
	PART_NAME,
	PART_STEPS,
	PART_REPLY_STEPS,
	PART_TIES,
	PART_SENDING,
	PART_AFTER,
	PART_WINNER,
	PART_PRICE,
	PART_FIT,
	PART_REPLY,
	PART_START,
	PART_COUNT,
};

/* Where a fault is; `step` counts from 0, -1 where it is of none. */
struct policy_place {
	enum policy_part part;
	int step;
};

struct policy_faults {
	const char *const *text;
	size_t count;
	const struct policy_place *place; /* of each; NULL when only read */
};

/*
 * Everything that is wrong with a policy, in sentences that live in the
 * arena; none when it can be used. Ranking and rounds expect a policy that
 * passed.
 */
struct policy_faults policy_check(
    struct arena *arena, const struct policy *policy);

/*
 * When care must start at the latest for an offer sent at `sent_at`
 * (microseconds, as the result): 24 hours if rapid, otherwise 48, counted on
 * the clock from sending (003 L146, domain.md decision 15).
 */
int64_t policy_start_by(
    const struct policy *policy, int64_t sent_at, bool is_rapid);

/*
 * Hertfordshire's framework (003 L413-424): area, group, the person's choice,
 * ability to meet needs, start, price, after the framework and the monitoring
 * visit; the chosen provider alone, then all at once; best by start and price.
 */
struct policy policy_hertfordshire(void);

/*
 * Cambridgeshire's dynamic purchasing system of 2017 (002 L52-55): all at
 * once, a rate with the reply within floor and ceiling, price 50 and fit 50.
 */
struct policy policy_cambridgeshire(void);

#endif
