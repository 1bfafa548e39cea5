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
};

static const char *const winner_names[WINNER_COUNT] = {
	[WINNER_FIRST] = "first",
	[WINNER_BEST] = "best",
};

static const char *const price_names[PRICE_COUNT] = {
	[PRICE_FIXED] = "fixed",
	[PRICE_OFFERED] = "offered",
};

const char *
policy_criterion_name(enum criterion criterion)
{
	return criterion_names[criterion];
}

const char *
policy_action_name(enum action action)
{
	return action_names[action];
}

const char *
policy_mode_name(enum policy_mode mode)
{
	return mode_names[mode];
}

const char *
policy_winner_name(enum policy_winner winner)
{
	return winner_names[winner];
}

const char *
policy_price_name(enum policy_price price)
{
	return price_names[price];
}

const char *
policy_criterion_label(enum criterion criterion)
{
	return criterion_labels[criterion];
}

/* The place of a name in a list, or `count`. */
static unsigned
name_index(const char *const *names, unsigned count, const char *name)
{
	unsigned i = 0;

	while (i < count && strcmp(names[i], name) != 0)
		i++;
	return i;
}

bool
policy_criterion_of(const char *name, enum criterion *value)
{
	*value = name_index(criterion_names, CRITERION_COUNT, name);
	return *value != CRITERION_COUNT;
}

bool
policy_action_of(const char *name, enum action *value)
{
	*value = name_index(action_names, ACTION_COUNT, name);
	return *value != ACTION_COUNT;
}

bool
policy_mode_of(const char *name, enum policy_mode *value)
{
	*value = name_index(mode_names, MODE_COUNT, name);
	return *value != MODE_COUNT;
}

bool
policy_winner_of(const char *name, enum policy_winner *value)
{
	*value = name_index(winner_names, WINNER_COUNT, name);
	return *value != WINNER_COUNT;
}

bool
policy_price_of(const char *name, enum policy_price *value)
{
	*value = name_index(price_names, PRICE_COUNT, name);
	return *value != PRICE_COUNT;
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
