/* A policy as the JSON document that it can be read from again. */
#include "policies/policies.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/arena.h"

enum {
	HOUR_SECONDS = 3600,
	MINUTE_SECONDS = 60,
	DAY_MINUTES = 24 * 60,
	EVERY_DAY = 0x7f,
	WEEK_DAYS = 7,
	FIRST_BYTES = 4096,
	MOST_BYTES = 1 << 20,
};

static void
text_put(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

/* Nought is what is read when the key is not there. */
static void
number_put(json_t *object, const char *key, int64_t number)
{
	if (number != 0)
		json_object_set_new(object, key, json_integer(number));
}

static void
truth_put(json_t *object, const char *key, bool is_so)
{
	if (is_so)
		json_object_set_new(object, key, json_true());
}

static void
money_put(struct arena *arena, json_t *object, const char *key, int64_t pence)
{
	if (pence != 0)
		text_put(object, key,
		    arena_printf(arena, "%" PRId64 ".%02" PRId64, pence / 100,
			pence % 100));
}

static json_t *
step_written(const struct policy_step *step)
{
	json_t *object = json_object();

	text_put(object, "criterion", policy_criterion_name(step->criterion));
	text_put(object, "action", policy_action_name(step->action));
	number_put(object, "tolerance", step->tolerance);
	if (step->criterion == CRITERION_RATING && step->limit != 0)
		text_put(object, "limit",
		    policy_rating_name((enum rating)step->limit));
	else
		number_put(object, "limit", step->limit);
	number_put(object, "points", step->points);
	truth_put(object, "unrated_passes", step->passes_unrated);
	return object;
}

static json_t *
steps_written(const struct policy_step *steps, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, step_written(&steps[i]));
	return list;
}

static json_t *
ties_written(const struct policy *policy)
{
	json_t *list = json_array();

	for (size_t i = 0; i < policy->tie_count; i++)
		json_array_append_new(
		    list, json_string(policy_tie_name(policy->tie[i])));
	return list;
}

static json_t *
sending_written(const struct policy *policy)
{
	json_t *object = json_object(), *by = json_array();

	text_put(object, "mode", policy_mode_name(policy->mode));
	number_put(object, "best_count", policy->best_count);
	for (unsigned i = 0; i < CRITERION_COUNT; i++)
		if (policy->wave_by >> i & 1)
			json_array_append_new(
			    by, json_string(
				    policy_criterion_name((enum criterion)i)));
	if (policy->wave_by != 0)
		json_object_set(object, "by", by);
	json_decref(by);
	truth_put(object, "chosen_alone_first", policy->chosen_alone_first);
	truth_put(object, "single_needs_no_competition",
	    policy->single_needs_no_competition);
	return object;
}

static json_t *
after_written(const struct policy *policy)
{
	json_t *object = json_object();

	text_put(object, "decline", policy_decline_name(policy->after_decline));
	text_put(
	    object, "no_reply", policy_no_reply_name(policy->after_no_reply));
	text_put(object, "last", policy_last_name(policy->after_last));
	number_put(object, "again_most", policy->again_most);
	return object;
}

static json_t *
price_written(struct arena *arena, const struct policy *policy)
{
	json_t *object = json_object();

	text_put(object, "kind", policy_price_name(policy->price));
	money_put(arena, object, "floor", policy->floor_pence);
	money_put(arena, object, "ceiling", policy->ceiling_pence);
	return object;
}

static json_t *
fit_written(const struct fit_weights *fit)
{
	json_t *object = json_object();

	number_put(object, "call_times", fit->call_times);
	number_put(object, "specialisms", fit->specialisms);
	number_put(object, "closeness", fit->closeness);
	number_put(object, "continuity", fit->continuity);
	number_put(object, "quality", fit->quality);
	number_put(object, "local", fit->local);
	number_put(object, "near_metres", fit->near_metres);
	number_put(object, "far_metres", fit->far_metres);
	return object;
}

static void
clock_put(struct arena *arena, json_t *object, const char *key, int32_t minutes)
{
	text_put(object, key,
	    arena_printf(
		arena, "%02" PRId32 ":%02" PRId32, minutes / 60, minutes % 60));
}

static json_t *
reply_written(struct arena *arena, const struct policy *policy)
{
	static const char *const names[WEEK_DAYS] = { "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday", "sunday" };
	json_t *object = json_object(), *days;

	number_put(object, "minutes", policy->reply_seconds / MINUTE_SECONDS);
	if (policy->referral_opens_minutes == 0 &&
	    policy->referral_closes_minutes == DAY_MINUTES &&
	    policy->referral_days == EVERY_DAY &&
	    !policy->is_closed_on_bank_holidays) {
		text_put(object, "clock", "every_hour");
		return object;
	}
	clock_put(arena, object, "opens", policy->referral_opens_minutes);
	clock_put(arena, object, "closes", policy->referral_closes_minutes);
	days = json_array();
	for (unsigned i = 0; i < WEEK_DAYS; i++)
		if (policy->referral_days >> i & 1)
			json_array_append_new(days, json_string(names[i]));
	json_object_set_new(object, "days", days);
	text_put(object, "bank_holidays",
	    policy->is_closed_on_bank_holidays ? "closed" : "open");
	return object;
}

static json_t *
start_written(const struct policy *policy)
{
	json_t *object = json_object();

	number_put(
	    object, "rapid_hours", policy->start_rapid_seconds / HOUR_SECONDS);
	number_put(object, "standard_hours",
	    policy->start_standard_seconds / HOUR_SECONDS);
	if (policy->is_introduced_before_start)
		text_put(object, "introduction", "before_start");
	return object;
}

static int
bytes_add(const char *bytes, size_t length, void *buffer)
{
	buffer_add(buffer, bytes, length);
	return 0;
}

const char *
policy_write(struct arena *arena, const struct policy *policy)
{
	struct buffer text = buffer_new(arena, FIRST_BYTES, MOST_BYTES);
	json_t *document = json_object(), *fit;

	text_put(document, "name", policy->name);
	json_object_set_new(
	    document, "steps", steps_written(policy->step, policy->step_count));
	if (policy->reply_step_count != 0)
		json_object_set_new(document, "reply_steps",
		    steps_written(
			policy->reply_step, policy->reply_step_count));
	json_object_set_new(document, "ties", ties_written(policy));
	json_object_set_new(document, "sending", sending_written(policy));
	json_object_set_new(document, "after", after_written(policy));
	text_put(document, "winner", policy_winner_name(policy->winner));
	json_object_set_new(document, "price", price_written(arena, policy));
	fit = fit_written(&policy->fit);
	if (json_object_size(fit) != 0)
		json_object_set(document, "fit", fit);
	json_decref(fit);
	json_object_set_new(document, "reply", reply_written(arena, policy));
	json_object_set_new(document, "start", start_written(policy));
	json_dump_callback(document, bytes_add, &text, JSON_INDENT(2));
	json_decref(document);
	buffer_byte(&text, '\n');
	return text.data;
}
