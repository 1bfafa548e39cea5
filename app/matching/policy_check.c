/*
 * What is wrong with a policy, in words: every fault, not only the first, so
 * that whoever writes one can mend it in one go.
 */
#include "matching/policy.h"

#include <stdarg.h>

#include "base/arena.h"

enum {
	FAULTS = 64,
	DAY_MINUTES = 24 * 60,
	DAYS = 0x7f,
	WEIGHT_MAXIMUM = 1000,
	REPLY_SECONDS_MINIMUM = 60,
	REPLY_SECONDS_MAXIMUM = 30 * 24 * 3600,
	LIMIT_MAXIMUM = 1000000000,
};

struct check {
	struct arena *arena;
	const struct policy *policy;
	const char **text;
	struct policy_place *places;
	struct policy_place place; /* of what is being looked at */
	size_t count;
};

/* What a step may do, as bits of enum action. */
enum {
	MUST = 1 << ACTION_MUST,
	PREFER = 1 << ACTION_PREFER,
	WEIGH = 1 << ACTION_WEIGH,
	ANY = MUST | PREFER | WEIGH,
};

/* What each criterion can be used for. */
static const struct {
	int actions;
	bool has_tolerance;
	bool is_of_reply;
} uses[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = { MUST },
	[CRITERION_MONITORING_VISIT] = { MUST },
	[CRITERION_AREA] = { ANY },
	[CRITERION_GROUP] = { ANY },
	[CRITERION_CHOICE] = { ANY, .is_of_reply = true },
	[CRITERION_NEEDS] = { ANY, .has_tolerance = true },
	[CRITERION_SERVICE_KIND] = { ANY },
	[CRITERION_START] = { ANY, .has_tolerance = true, .is_of_reply = true },
	[CRITERION_PRICE] = { ANY, .has_tolerance = true, .is_of_reply = true },
	[CRITERION_CAPACITY] = { ANY, .has_tolerance = true },
	[CRITERION_CALL_TIMES] = { ANY, .has_tolerance = true },
	[CRITERION_CLOSENESS] = { ANY, .has_tolerance = true },
	[CRITERION_CONTINUITY] = { ANY },
	[CRITERION_QUALITY] = { ANY, .has_tolerance = true },
	[CRITERION_LOCAL] = { ANY },
	[CRITERION_FIT] = { PREFER | WEIGH, .has_tolerance = true,
	    .is_of_reply = true },
	[CRITERION_TIER] = { MUST | PREFER },
	[CRITERION_TURN] = { PREFER },
	[CRITERION_RATING] = { MUST | PREFER },
	[CRITERION_GATES] = { MUST },
	[CRITERION_BLOCK_HOURS] = { MUST | PREFER },
	[CRITERION_PEOPLE] = { MUST | PREFER, .has_tolerance = true },
	[CRITERION_SPECIALIST] = { MUST },
	[CRITERION_LOW_LEVEL] = { MUST },
};

bool
policy_step_allowed(enum criterion criterion, enum action action)
{
	return uses[criterion].actions >> action & 1;
}

bool
policy_reply_step_allowed(enum criterion criterion, enum action action)
{
	return action != ACTION_MUST && uses[criterion].is_of_reply;
}

bool
policy_has_tolerance(enum criterion criterion, enum action action)
{
	return action == ACTION_PREFER && uses[criterion].has_tolerance;
}

static void fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
fault(struct check *check, const char *format, ...)
{
	va_list args;

	if (check->count == FAULTS)
		return;
	va_start(args, format);
	check->places[check->count] = check->place;
	check->text[check->count++] = arena_vprintf(check->arena, format, args);
	va_end(args);
}

struct policy_limit
policy_limit_of(enum criterion criterion, enum action action)
{
	if (criterion == CRITERION_START && action == ACTION_WEIGH)
		return (struct policy_limit) { 1, LIMIT_MAXIMUM, "seconds" };
	if (action != ACTION_MUST)
		return (struct policy_limit) { 0 };
	switch (criterion) {
	case CRITERION_START:
		return (struct policy_limit) { 0, LIMIT_MAXIMUM, "seconds" };
	case CRITERION_CLOSENESS:
		return (struct policy_limit) { 1, LIMIT_MAXIMUM, "metres" };
	case CRITERION_QUALITY:
	case CRITERION_CALL_TIMES:
		return (struct policy_limit) { 1, 100, "per cent" };
	case CRITERION_TIER:
		return (struct policy_limit) { 1, POLICY_TIERS, "as a tier" };
	case CRITERION_PEOPLE:
		return (struct policy_limit) { 1, POLICY_PEOPLE, "people" };
	case CRITERION_RATING:
		return (struct policy_limit) { RATING_INADEQUATE,
			RATING_OUTSTANDING, "as a rating" };
	default:
		return (struct policy_limit) { 0 };
	}
}

static void
check_limit(
    struct check *check, const char *where, const struct policy_step *step)
{
	struct policy_limit limit = policy_limit_of(
	    step->criterion, step->action);

	bool is_within = step->limit >= limit.least &&
	                 step->limit <= limit.most;

	if (limit.unit == NULL && step->limit != 0)
		fault(check, "%s has no use for a limit", where);
	else if (!is_within && step->criterion == CRITERION_RATING)
		fault(check,
		    "%s needs the worst rating that passes as its limit",
		    where);
	else if (!is_within)
		fault(check, "%s needs a limit of %lld to %lld %s", where,
		    (long long)limit.least, (long long)limit.most, limit.unit);
	if (step->passes_unrated && (step->criterion != CRITERION_RATING ||
					step->action != ACTION_MUST))
		fault(check, "%s has no use for unrated_passes", where);
}

static void
check_action(
    struct check *check, const char *where, const struct policy_step *step)
{
	static const char *const cannot[ACTION_COUNT] = {
		[ACTION_MUST] = "cannot be a must",
		[ACTION_PREFER] = "cannot be a preference",
		[ACTION_WEIGH] = "cannot be weighed",
	};
	int actions = uses[step->criterion].actions;

	if (policy_step_allowed(step->criterion, step->action))
		return;
	if (actions == MUST)
		fault(check, "%s can only be a must", where);
	else if (actions == PREFER)
		fault(check, "%s can only be a preference", where);
	else
		fault(check, "%s %s", where, cannot[step->action]);
}

static void
check_step(
    struct check *check, const char *where, const struct policy_step *step)
{
	check_action(check, where, step);
	if (step->action == ACTION_WEIGH) {
		if (step->points < 1 || step->points > POLICY_POINTS)
			fault(check, "%s needs 1 to %d points", where,
			    POLICY_POINTS);
	} else if (step->points != 0) {
		fault(check, "%s is not weighed, so it has no points", where);
	}
	if (step->tolerance < 0 || step->tolerance > LIMIT_MAXIMUM)
		fault(check, "%s needs a tolerance of 0 or more", where);
	else if (step->tolerance != 0 &&
		 !policy_has_tolerance(step->criterion, step->action))
		fault(check, "%s has no use for a tolerance", where);
	check_limit(check, where, step);
}

static bool
is_repeated(const struct policy_step *steps, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (steps[j].criterion == steps[i].criterion &&
		    steps[j].action == steps[i].action)
			return true;
	return false;
}

static void
check_steps(struct check *check, const char *kind,
    const struct policy_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct policy_step *step = &steps[i];
		const char *where;

		check->place.step = (int)i;
		if ((unsigned)step->criterion >= CRITERION_COUNT ||
		    (unsigned)step->action >= ACTION_COUNT) {
			fault(check, "%s %zu is not a known step", kind, i + 1);
			continue;
		}
		where = arena_printf(check->arena, "%s %zu (%s)", kind, i + 1,
		    policy_criterion_name(step->criterion));
		check_step(check, where, step);
		if (is_repeated(steps, i))
			fault(check, "%s repeats an earlier step", where);
		if (steps == check->policy->reply_step &&
		    !policy_reply_step_allowed(step->criterion, step->action))
			fault(check,
			    "%s: replies are compared by prefer or weigh of "
			    "choice, start, price and fit only",
			    where);
	}
}

static bool
has_criterion(const struct policy *policy, enum criterion criterion)
{
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].criterion == criterion)
			return true;
	for (size_t i = 0; i < policy->reply_step_count; i++)
		if (policy->reply_step[i].criterion == criterion)
			return true;
	return false;
}

static void
check_fit(struct check *check, const struct policy *policy)
{
	const struct fit_weights *fit = &policy->fit;
	const int32_t weights[] = { fit->call_times, fit->specialisms,
		fit->closeness, fit->continuity, fit->quality, fit->local };
	bool is_closeness_used = fit->closeness != 0;
	int64_t sum = 0;

	for (size_t i = 0; i < sizeof(weights) / sizeof(weights[0]); i++) {
		if (weights[i] < 0 || weights[i] > WEIGHT_MAXIMUM)
			fault(check, "Weights of fit are 0 to %d",
			    WEIGHT_MAXIMUM);
		sum += weights[i];
	}
	if (has_criterion(policy, CRITERION_FIT) && sum <= 0)
		fault(check, "Fit is used, so its weights cannot all be 0");
	if (policy_has_step(policy, CRITERION_CLOSENESS, ACTION_WEIGH))
		is_closeness_used = true;
	if (is_closeness_used &&
	    (fit->near_metres < 0 || fit->far_metres <= fit->near_metres))
		fault(check,
		    "Closeness is scored, so far must be further than near");
}

static void
check_prices(struct check *check, const struct policy *policy)
{
	if ((unsigned)policy->price >= PRICE_COUNT) {
		fault(check, "The price rule is not known");
		return;
	}
	if (policy->floor_pence < 0 || policy->ceiling_pence < 0)
		fault(check, "Floor and ceiling cannot be below £0");
	if (policy->price == PRICE_FIXED &&
	    (policy->floor_pence != 0 || policy->ceiling_pence != 0))
		fault(check, "A fixed rate card has no floor or ceiling");
	if (policy->ceiling_pence != 0 &&
	    policy->floor_pence > policy->ceiling_pence)
		fault(check, "The floor cannot be above the ceiling");
	if ((policy->price == PRICE_OWN || policy->price == PRICE_SET) &&
	    !policy_has_step(policy, CRITERION_PRICE, ACTION_MUST))
		fault(check,
		    "The rate is known before, so price must be a must: "
		    "nobody is asked without a rate or at one not allowed");
}

static void
check_wave(struct check *check, const struct policy *policy)
{
	if (policy->mode == MODE_TIERS && policy->wave_by == 0)
		fault(check, "Say by which steps the tiers are made");
	if (policy->mode != MODE_TIERS && policy->wave_by != 0)
		fault(check, "Steps make tiers only when tiers are asked");
	for (int i = 0; i < 32; i++) {
		if (!(policy->wave_by >> i & 1))
			continue;
		if (i >= CRITERION_COUNT)
			fault(check, "Tiers are made by a step not known");
		else if (!policy_has_step(
			     policy, (enum criterion)i, ACTION_PREFER))
			fault(check,
			    "Tiers are made by %s, so it must be a preference",
			    policy_criterion_name((enum criterion)i));
	}
}

/* What follows a decline, no reply and the last. */
static void
check_after(struct check *check, const struct policy *policy)
{
	if ((unsigned)policy->after_decline >= DECLINE_COUNT ||
	    (unsigned)policy->after_no_reply >= NO_REPLY_COUNT ||
	    (unsigned)policy->after_last >= LAST_COUNT) {
		fault(check, "What follows an offer is not known");
		return;
	}
	if (policy->after_last != LAST_AGAIN) {
		if (policy->again_most != 0)
			fault(check,
			    "The package waits after the last, so offers do "
			    "not start again");
	} else if (policy->again_most < 1 ||
		   policy->again_most > POLICY_AGAIN) {
		fault(check, "Say how often offers start again, 1 to %d times",
		    POLICY_AGAIN);
	}
}

static void
check_ties(struct check *check, const struct policy *policy)
{
	unsigned seen = 0;

	if (policy->tie_count < 1 || policy->tie_count > TIE_COUNT) {
		fault(check, "Ties are 1 to %d, and order is the last",
		    TIE_COUNT);
		return;
	}
	for (size_t i = 0; i < policy->tie_count; i++) {
		if ((unsigned)policy->tie[i] >= TIE_COUNT) {
			fault(check, "A tie is not known");
			return;
		}
		if (seen >> policy->tie[i] & 1)
			fault(check, "Tie %zu (%s) repeats an earlier one",
			    i + 1, policy_tie_name(policy->tie[i]));
		seen |= 1u << policy->tie[i];
	}
	if (policy->tie[policy->tie_count - 1] != TIE_ORDER)
		fault(check, "The last of the ties must be order");
}

static void
check_mode(struct check *check, const struct policy *policy)
{
	if ((unsigned)policy->mode >= MODE_COUNT)
		fault(check, "How offers go out is not known");
	else if (policy->mode == MODE_BEST && policy->best_count < 1)
		fault(check, "Say how many of the best are asked at once");
	else if (policy->mode != MODE_BEST && policy->best_count != 0)
		fault(check, "A number of best is for offers to the best only");
}

static void
check_winner(struct check *check, const struct policy *policy)
{
	if ((unsigned)policy->winner >= WINNER_COUNT)
		fault(check, "How the winner is found is not known");
	else if (policy->winner == WINNER_BEST && policy->reply_step_count == 0)
		fault(check, "The best reply needs steps that compare replies");
	else if (policy->winner != WINNER_BEST && policy->reply_step_count != 0)
		fault(check, "%s wins, so replies are not compared",
		    policy->winner == WINNER_FIRST
			? "The first acceptance"
			: "The best ranked acceptance");
}

static void
check_reply_time(struct check *check, const struct policy *policy)
{
	if (policy->reply_seconds < REPLY_SECONDS_MINIMUM ||
	    policy->reply_seconds > REPLY_SECONDS_MAXIMUM)
		fault(check, "The reply time is 1 minute to 30 days");
	if (policy->referral_opens_minutes < 0 ||
	    policy->referral_closes_minutes > DAY_MINUTES ||
	    policy->referral_opens_minutes >= policy->referral_closes_minutes)
		fault(check, "Referral hours must open before they close");
	if (policy->referral_days == 0 || policy->referral_days > DAYS)
		fault(check, "Referral hours need at least one day");
}

static void
check_start(struct check *check, const struct policy *policy)
{
	if (policy->start_rapid_seconds < 1 ||
	    policy->start_standard_seconds < policy->start_rapid_seconds)
		fault(check,
		    "A rapid start cannot be later than a standard start");
}

/* What is wrong with the parts that are no steps. */
static void
check_parts(struct check *check, const struct policy *policy)
{
	static const struct {
		enum policy_part part;
		void (*look)(struct check *check, const struct policy *policy);
	} parts[] = {
		{ PART_FIT, check_fit },
		{ PART_PRICE, check_prices },
		{ PART_SENDING, check_mode },
		{ PART_WINNER, check_winner },
		{ PART_SENDING, check_wave },
		{ PART_AFTER, check_after },
		{ PART_TIES, check_ties },
		{ PART_REPLY, check_reply_time },
		{ PART_START, check_start },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		check->place = (struct policy_place) { parts[i].part, -1 };
		parts[i].look(check, policy);
	}
}

struct policy_faults
policy_check(struct arena *arena, const struct policy *policy)
{
	struct check check = {
		.arena = arena, .policy = policy, .place = { PART_STEPS, -1 }
	};

	check.text = arena_array(arena, FAULTS, sizeof(*check.text));
	check.places = arena_array(arena, FAULTS, sizeof(*check.places));
	if (policy->step_count < 1 || policy->step_count > POLICY_STEPS ||
	    policy->reply_step_count > POLICY_REPLY_STEPS) {
		fault(&check,
		    "A policy has 1 to %d steps and up to %d for replies",
		    POLICY_STEPS, POLICY_REPLY_STEPS);
		return (struct policy_faults) { check.text, check.count,
			check.places };
	}
	check_steps(&check, "Step", policy->step, policy->step_count);
	check.place.part = PART_REPLY_STEPS;
	check_steps(
	    &check, "Reply step", policy->reply_step, policy->reply_step_count);
	check_parts(&check, policy);
	return (struct policy_faults) { check.text, check.count, check.places };
}
