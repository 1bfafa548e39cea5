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
	size_t count;
};

/* What each criterion can be used for. */
static const struct {
	bool is_gate;  /* must only */
	bool is_score; /* never must */
	bool has_tolerance;
	bool is_of_reply;
} uses[CRITERION_COUNT] = {
	[CRITERION_FRAMEWORK] = { .is_gate = true },
	[CRITERION_MONITORING_VISIT] = { .is_gate = true },
	[CRITERION_CHOICE] = { .is_of_reply = true },
	[CRITERION_NEEDS] = { .has_tolerance = true },
	[CRITERION_START] = { .has_tolerance = true, .is_of_reply = true },
	[CRITERION_PRICE] = { .has_tolerance = true, .is_of_reply = true },
	[CRITERION_CAPACITY] = { .has_tolerance = true },
	[CRITERION_CALL_TIMES] = { .has_tolerance = true },
	[CRITERION_CLOSENESS] = { .has_tolerance = true },
	[CRITERION_QUALITY] = { .has_tolerance = true },
	[CRITERION_FIT] = { .is_score = true,
	    .has_tolerance = true,
	    .is_of_reply = true },
};

static void fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
fault(struct check *check, const char *format, ...)
{
	va_list args;

	if (check->count == FAULTS)
		return;
	va_start(args, format);
	check->text[check->count++] = arena_vprintf(check->arena, format, args);
	va_end(args);
}

static void
check_limit(
    struct check *check, const char *where, const struct policy_step *step)
{
	int64_t least = 0, most = 0;
	const char *unit = "none";

	if (step->action == ACTION_MUST) {
		switch (step->criterion) {
		case CRITERION_START:
			most = LIMIT_MAXIMUM, unit = "seconds";
			break;
		case CRITERION_CLOSENESS:
			least = 1, most = LIMIT_MAXIMUM, unit = "metres";
			break;
		case CRITERION_QUALITY:
		case CRITERION_CALL_TIMES:
			least = 1, most = 100, unit = "per cent";
			break;
		default:
			break;
		}
	} else if (step->action == ACTION_WEIGH &&
		   step->criterion == CRITERION_START) {
		least = 1, most = LIMIT_MAXIMUM, unit = "seconds";
	}
	if (most == 0 && step->limit != 0)
		fault(check, "%s has no use for a limit", where);
	else if (step->limit < least || step->limit > most)
		fault(check, "%s needs a limit of %lld to %lld %s", where,
		    (long long)least, (long long)most, unit);
}

static void
check_step(
    struct check *check, const char *where, const struct policy_step *step)
{
	if (uses[step->criterion].is_gate && step->action != ACTION_MUST)
		fault(check, "%s can only be a must", where);
	if (uses[step->criterion].is_score && step->action == ACTION_MUST)
		fault(check, "%s cannot be a must", where);
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
		 (step->action != ACTION_PREFER ||
		     !uses[step->criterion].has_tolerance))
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
		    (step->action == ACTION_MUST ||
			!uses[step->criterion].is_of_reply))
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
check_fit(struct check *check, const struct fit_weights *fit)
{
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
	if (has_criterion(check->policy, CRITERION_FIT) && sum <= 0)
		fault(check, "Fit is used, so its weights cannot all be 0");
	for (size_t i = 0; i < check->policy->step_count; i++)
		if (check->policy->step[i].criterion == CRITERION_CLOSENESS &&
		    check->policy->step[i].action == ACTION_WEIGH)
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
}

static void
check_offers(struct check *check, const struct policy *policy)
{
	if ((unsigned)policy->mode >= MODE_COUNT)
		fault(check, "How offers go out is not known");
	else if (policy->mode == MODE_BEST && policy->best_count < 1)
		fault(check, "Say how many of the best are asked at once");
	else if (policy->mode != MODE_BEST && policy->best_count != 0)
		fault(check, "A number of best is for offers to the best only");
	if ((unsigned)policy->winner >= WINNER_COUNT)
		fault(check, "How the winner is found is not known");
	else if (policy->winner == WINNER_BEST && policy->reply_step_count == 0)
		fault(check, "The best reply needs steps that compare replies");
	else if (policy->winner == WINNER_FIRST &&
		 policy->reply_step_count != 0)
		fault(check,
		    "The first acceptance wins, so replies are not compared");
}

static void
check_times(struct check *check, const struct policy *policy)
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
	if (policy->start_rapid_seconds < 1 ||
	    policy->start_standard_seconds < policy->start_rapid_seconds)
		fault(check,
		    "A rapid start cannot be later than a standard start");
}

struct policy_faults
policy_check(struct arena *arena, const struct policy *policy)
{
	struct check check = { .arena = arena, .policy = policy };

	check.text = arena_array(arena, FAULTS, sizeof(*check.text));
	if (policy->step_count < 1 || policy->step_count > POLICY_STEPS ||
	    policy->reply_step_count > POLICY_REPLY_STEPS) {
		fault(&check,
		    "A policy has 1 to %d steps and up to %d for replies",
		    POLICY_STEPS, POLICY_REPLY_STEPS);
		return (struct policy_faults) { check.text, check.count };
	}
	check_steps(&check, "Step", policy->step, policy->step_count);
	check_steps(
	    &check, "Reply step", policy->reply_step, policy->reply_step_count);
	check_fit(&check, &policy->fit);
	check_prices(&check, policy);
	check_offers(&check, policy);
	check_times(&check, policy);
	return (struct policy_faults) { check.text, check.count };
}
