/*
 * The words of policy documents and the two policies of the documents that
 * ship with the product. What is wrong with a policy is in policy_check.c.
 */
#include "matching/policy.h"

#include <string.h>

enum { HOUR = 3600, HOUR_MINUTES = 60, EVERY_DAY = 0x7f };

static const char *const criterion_names[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = "framework",
	[CRITERION_MONITORING_VISIT] = "monitoring_visit",
	[CRITERION_AREA] = "area",
	[CRITERION_GROUP] = "group",
	[CRITERION_CHOICE] = "choice",
	[CRITERION_NEEDS] = "needs",
	[CRITERION_SERVICE_KIND] = "service_kind",
	[CRITERION_START] = "start",
	[CRITERION_PRICE] = "price",
	[CRITERION_CAPACITY] = "capacity",
	[CRITERION_CALL_TIMES] = "call_times",
	[CRITERION_CLOSENESS] = "closeness",
	[CRITERION_CONTINUITY] = "continuity",
	[CRITERION_QUALITY] = "quality",
	[CRITERION_LOCAL] = "local",
	[CRITERION_FIT] = "fit",
	[CRITERION_TIER] = "tier",
	[CRITERION_TURN] = "turn",
	[CRITERION_RATING] = "rating",
	[CRITERION_GATES] = "gates",
	[CRITERION_BLOCK_HOURS] = "block_hours",
	[CRITERION_PEOPLE] = "people",
	[CRITERION_SPECIALIST] = "specialist",
	[CRITERION_LOW_LEVEL] = "low_level",
};

static const char *const criterion_labels[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = "On the framework",
	[CRITERION_MONITORING_VISIT] = "Monitoring visit",
	[CRITERION_AREA] = "Geographical area",
	[CRITERION_GROUP] = "Service user group",
	[CRITERION_CHOICE] = "Person's choice",
	[CRITERION_NEEDS] = "Ability to meet needs",
	[CRITERION_SERVICE_KIND] = "Kind of service",
	[CRITERION_START] = "Start",
	[CRITERION_PRICE] = "Price",
	[CRITERION_CAPACITY] = "Spare capacity",
	[CRITERION_CALL_TIMES] = "Call times",
	[CRITERION_CLOSENESS] = "Closeness",
	[CRITERION_CONTINUITY] = "Continuity",
	[CRITERION_QUALITY] = "Quality score",
	[CRITERION_LOCAL] = "Local office",
	[CRITERION_FIT] = "Fit",
	[CRITERION_TIER] = "Tier",
	[CRITERION_TURN] = "Longest since last award",
	[CRITERION_RATING] = "CQC rating",
	[CRITERION_GATES] = "Conditions of the framework",
	[CRITERION_BLOCK_HOURS] = "Block hours",
	[CRITERION_PEOPLE] = "People cared for",
	[CRITERION_SPECIALIST] = "Specialist care",
	[CRITERION_LOW_LEVEL] = "Low-level care",
};

static const char *const action_names[ACTION_COUNT] = {
	[ACTION_MUST] = "must",
	[ACTION_PREFER] = "prefer",
	[ACTION_WEIGH] = "weigh",
};

static const char *const mode_names[MODE_COUNT] = {
	[MODE_ALL] = "all",
	[MODE_BEST] = "best",
	[MODE_ONE] = "one",
	[MODE_TIERS] = "tiers",
};

static const char *const winner_names[WINNER_COUNT] = {
	[WINNER_FIRST] = "first",
	[WINNER_RANKED] = "ranked",
	[WINNER_BEST] = "best",
};

static const char *const price_names[PRICE_COUNT] = {
	[PRICE_FIXED] = "fixed",
	[PRICE_OFFERED] = "offered",
	[PRICE_OWN] = "own",
	[PRICE_SET] = "set",
};

static const char *const decline_names[DECLINE_COUNT] = {
	[DECLINE_NEXT] = "next",
	[DECLINE_REPLY_TIME] = "reply_time",
};

static const char *const no_reply_names[NO_REPLY_COUNT] = {
	[NO_REPLY_NEXT] = "next",
	[NO_REPLY_BROKER] = "broker",
};

static const char *const last_names[LAST_COUNT] = {
	[LAST_WAITS] = "waits",
	[LAST_AGAIN] = "again",
};

static const char *const tie_names[TIE_COUNT] = {
	[TIE_AWARD] = "award",
	[TIE_QUALITY] = "quality",
	[TIE_CLOSENESS] = "closeness",
	[TIE_ORDER] = "order",
};

static const char *const rating_names[RATING_COUNT] = {
	[RATING_NOT_KNOWN] = "not_known",
	[RATING_INADEQUATE] = "inadequate",
	[RATING_REQUIRES_IMPROVEMENT] = "requires_improvement",
	[RATING_GOOD] = "good",
	[RATING_OUTSTANDING] = "outstanding",
	[RATING_NOT_YET_RATED] = "not_yet_rated",
};

static const char *const rating_labels[RATING_COUNT] = {
	[RATING_NOT_KNOWN] = "Not known",
	[RATING_INADEQUATE] = "Inadequate",
	[RATING_REQUIRES_IMPROVEMENT] = "Requires improvement",
	[RATING_GOOD] = "Good",
	[RATING_OUTSTANDING] = "Outstanding",
	[RATING_NOT_YET_RATED] = "Not yet rated",
};

/* The place of a name in a list, or `count`. */
static unsigned
name_index(const char *const *names, unsigned count, const char *name)
{
	unsigned i = 0;

	while (i < count && strcmp(names[i], name) != 0)
		i++;
	return i;
}

/* The two functions of each list of words. */
#define WORDS(noun, type, count)                                               \
	const char *policy_##noun##_name(type noun)                            \
	{                                                                      \
		return noun##_names[noun];                                     \
	}                                                                      \
	bool policy_##noun##_of(const char *name, type *value)                 \
	{                                                                      \
		*value = name_index(noun##_names, count, name);                \
		return *value != (count);                                      \
	}

WORDS(criterion, enum criterion, CRITERION_COUNT)
WORDS(action, enum action, ACTION_COUNT)
WORDS(mode, enum policy_mode, MODE_COUNT)
WORDS(winner, enum policy_winner, WINNER_COUNT)
WORDS(price, enum policy_price, PRICE_COUNT)
WORDS(decline, enum policy_decline, DECLINE_COUNT)
WORDS(no_reply, enum policy_no_reply, NO_REPLY_COUNT)
WORDS(last, enum policy_last, LAST_COUNT)
WORDS(tie, enum policy_tie, TIE_COUNT)
WORDS(rating, enum rating, RATING_COUNT)

const char *
policy_criterion_label(enum criterion criterion)
{
	return criterion_labels[criterion];
}

const char *
policy_rating_label(enum rating rating)
{
	return rating_labels[rating];
}

bool
policy_has_step(
    const struct policy *policy, enum criterion criterion, enum action action)
{
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].criterion == criterion &&
		    policy->step[i].action == action)
			return true;
	return false;
}

int64_t
policy_start_by(const struct policy *policy, int64_t sent_at, bool is_rapid)
{
	const int64_t second = 1000000;

	return sent_at + second * (is_rapid ? policy->start_rapid_seconds
					    : policy->start_standard_seconds);
}

struct policy
policy_hertfordshire(void)
{
	return (struct policy) {
		.name = "Hertfordshire support at home framework",
		.step = {
			{ .criterion = CRITERION_FRAMEWORK },
			{ .criterion = CRITERION_MONITORING_VISIT },
			{ .criterion = CRITERION_AREA },
			{ .criterion = CRITERION_GROUP },
			{ .criterion = CRITERION_CHOICE,
			    .action = ACTION_PREFER },
			{ .criterion = CRITERION_NEEDS },
			{ .criterion = CRITERION_START,
			    .action = ACTION_PREFER },
			{ .criterion = CRITERION_PRICE,
			    .action = ACTION_PREFER },
		},
		.step_count = 8,
		.reply_step = {
			{ .criterion = CRITERION_START,
			    .action = ACTION_PREFER },
			{ .criterion = CRITERION_PRICE,
			    .action = ACTION_PREFER },
		},
		.reply_step_count = 2,
		.tie = { TIE_AWARD, TIE_ORDER },
		.tie_count = 2,
		.mode = MODE_ALL,
		.chosen_alone_first = true,
		.single_needs_no_competition = true,
		.winner = WINNER_BEST,
		.price = PRICE_FIXED,
		.reply_seconds = 2 * HOUR,
		.referral_opens_minutes = 8 * HOUR_MINUTES,
		.referral_closes_minutes = 20 * HOUR_MINUTES,
		.referral_days = EVERY_DAY,
		.start_rapid_seconds = 24 * HOUR,
		.start_standard_seconds = 48 * HOUR,
	};
}

struct policy
policy_cambridgeshire(void)
{
	return (struct policy) {
		.name = "Cambridgeshire dynamic purchasing system 2017",
		.step = {
			{ .criterion = CRITERION_FRAMEWORK },
			{ .criterion = CRITERION_AREA },
			{ .criterion = CRITERION_GROUP },
			{ .criterion = CRITERION_NEEDS },
			{ .criterion = CRITERION_PRICE },
			{ .criterion = CRITERION_PRICE,
			    .action = ACTION_WEIGH,
			    .points = 50 },
			{ .criterion = CRITERION_FIT,
			    .action = ACTION_WEIGH,
			    .points = 50 },
		},
		.step_count = 7,
		.reply_step = {
			{ .criterion = CRITERION_PRICE,
			    .action = ACTION_WEIGH,
			    .points = 50 },
			{ .criterion = CRITERION_FIT,
			    .action = ACTION_WEIGH,
			    .points = 50 },
		},
		.reply_step_count = 2,
		.tie = { TIE_AWARD, TIE_ORDER },
		.tie_count = 2,
		.mode = MODE_ALL,
		.single_needs_no_competition = true,
		.winner = WINNER_BEST,
		.price = PRICE_OFFERED,
		.floor_pence = 1417,
		.ceiling_pence = 1622,
		.fit = {
			.call_times = 25,
			.specialisms = 25,
			.closeness = 15,
			.continuity = 15,
			.quality = 10,
			.local = 10,
			.near_metres = 3000,
			.far_metres = 30000,
		},
		.reply_seconds = 2 * HOUR,
		.referral_opens_minutes = 8 * HOUR_MINUTES,
		.referral_closes_minutes = 20 * HOUR_MINUTES,
		.referral_days = EVERY_DAY,
		.start_rapid_seconds = 24 * HOUR,
		.start_standard_seconds = 48 * HOUR,
	};
}
