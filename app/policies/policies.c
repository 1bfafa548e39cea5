/*
 * Reading policy documents. Every fault is gathered, so that whoever writes
 * one can mend it in one go; the last word has policy_check() of matching.
 */
#include "policies/policies.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/document.h"
#include "base/form.h"
#include "base/money.h"

enum { NAME_MAXIMUM = 200, SECONDS_OF_HOUR = 3600, EVERY_DAY = 0x7f };

/*
 * Reads a word of one of the lists of matching/policy.h from `word`, which
 * may be NULL: then, and when it is not in the list, it is `absent`.
 */
#define WORD_READ(noun, type, count)                                           \
	static type noun##_read(struct reading *reading, const char *place,    \
	    const char *word, type absent)                                     \
	{                                                                      \
		const char *known = policy_##noun##_name((type)0);             \
		type value;                                                    \
                                                                               \
		if (word == NULL || policy_##noun##_of(word, &value))          \
			return word == NULL ? absent : value;                  \
		for (int i = 1; i < (count); i++)                              \
			known = arena_printf(reading->arena, "%s, %s", known,  \
			    policy_##noun##_name((type)i));                    \
		reading_fault(                                                 \
		    reading, place, "\"%s\" is not one of %s", word, known);   \
		return absent;                                                 \
	}

WORD_READ(criterion, enum criterion, CRITERION_COUNT)
WORD_READ(action, enum action, ACTION_COUNT)
WORD_READ(mode, enum policy_mode, MODE_COUNT)
WORD_READ(winner, enum policy_winner, WINNER_COUNT)
WORD_READ(price, enum policy_price, PRICE_COUNT)
WORD_READ(decline, enum policy_decline, DECLINE_COUNT)
WORD_READ(no_reply, enum policy_no_reply, NO_REPLY_COUNT)
WORD_READ(last, enum policy_last, LAST_COUNT)
WORD_READ(tie, enum policy_tie, TIE_COUNT)

/* One of two words, by which a truth is said; `no` when it is not there. */
static bool
either_of(struct reading *reading, json_t *object, const char *place,
    const char *key, const char *yes, const char *no)
{
	const char *word = reading_optional(reading, object, place, key);

	if (word == NULL || strcmp(word, no) == 0)
		return false;
	if (strcmp(word, yes) != 0)
		reading_fault(reading, reading_place(reading, place, key),
		    "\"%s\" is not one of %s, %s", word, yes, no);
	return true;
}

/* The limit of a rating is the word of one that was given. */
static int64_t
rating_limit_of(struct reading *reading, json_t *object, const char *place)
{
	const char *word = json_string_value(json_object_get(object, "limit"));
	enum rating rating;

	if (word != NULL && policy_rating_of(word, &rating) &&
	    rating >= RATING_INADEQUATE && rating <= RATING_OUTSTANDING)
		return rating;
	reading_fault(reading, reading_place(reading, place, "limit"),
	    "must be one of outstanding, good, requires_improvement, "
	    "inadequate");
	return 0;
}

static void
step_read(struct reading *reading, json_t *object, const char *place,
    struct policy_step *step)
{
	static const char *const known[] = { "criterion", "action", "tolerance",
		"limit", "points", "unrated_passes", NULL };

	if (!json_is_object(object)) {
		reading_fault(reading, place, "must be an object, in { and }");
		return;
	}
	reading_keys(reading, object, place, known);
	step->criterion = criterion_read(reading,
	    reading_place(reading, place, "criterion"),
	    reading_text(reading, object, place, "criterion"),
	    CRITERION_FRAMEWORK);
	step->action = action_read(reading,
	    reading_place(reading, place, "action"),
	    reading_text(reading, object, place, "action"), ACTION_MUST);
	step->tolerance = reading_number(
	    reading, object, place, "tolerance", INT32_MAX, 0);
	if (step->criterion == CRITERION_RATING &&
	    json_object_get(object, "limit") != NULL)
		step->limit = rating_limit_of(reading, object, place);
	else
		step->limit = reading_number(
		    reading, object, place, "limit", INT32_MAX, 0);
	step->points = (int32_t)reading_number(
	    reading, object, place, "points", POLICY_POINTS, 0);
	step->passes_unrated = reading_truth(
	    reading, object, place, "unrated_passes");
}

static size_t
steps_read(struct reading *reading, json_t *document, const char *key,
    struct policy_step *steps, size_t most)
{
	json_t *list = reading_list(reading, document, "", key);
	size_t count = json_array_size(list);

	if (count > most) {
		reading_fault(reading, key, "has %zu steps; %zu are the most",
		    count, most);
		count = most;
	}
	for (size_t i = 0; i < count; i++)
		step_read(reading, json_array_get(list, i),
		    arena_printf(reading->arena, "%s[%zu]", key, i), &steps[i]);
	return count;
}

/* A text of a list; NULL, with its fault, when it is something else. */
static const char *
item_of(struct reading *reading, json_t *item, const char *place)
{
	if (!json_is_string(item))
		reading_fault(
		    reading, place, "must be a text, in quotation marks");
	return json_string_value(item);
}

/* The criteria that make a tier, as bits. */
static uint32_t
wave_by_read(struct reading *reading, json_t *object)
{
	json_t *list = reading_list(reading, object, "sending", "by");
	uint32_t wave_by = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *place = arena_printf(
		    reading->arena, "sending.by[%zu]", i);
		const char *word = item_of(
		    reading, json_array_get(list, i), place);
		enum criterion criterion = criterion_read(
		    reading, place, word, CRITERION_COUNT);

		if (criterion == CRITERION_COUNT)
			continue;
		if (wave_by >> criterion & 1)
			reading_fault(
			    reading, place, "\"%s\" is there twice", word);
		wave_by |= UINT32_C(1) << criterion;
	}
	return wave_by;
}

static void
sending_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "mode", "best_count", "by",
		"chosen_alone_first", "single_needs_no_competition", NULL };
	static const char place[] = "sending";
	json_t *object = reading_object(reading, document, place, true);

	if (object == NULL)
		return;
	reading_keys(reading, object, place, known);
	policy->mode = mode_read(reading, "sending.mode",
	    reading_text(reading, object, place, "mode"), MODE_ALL);
	policy->best_count = (int32_t)reading_number(
	    reading, object, place, "best_count", INT16_MAX, 0);
	policy->wave_by = wave_by_read(reading, object);
	policy->chosen_alone_first = reading_truth(
	    reading, object, place, "chosen_alone_first");
	policy->single_needs_no_competition = reading_truth(
	    reading, object, place, "single_needs_no_competition");
}

static void
after_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "decline", "no_reply", "last",
		"again_most", NULL };
	static const char place[] = "after";
	json_t *object = reading_object(reading, document, place, false);

	if (object == NULL)
		return;
	reading_keys(reading, object, place, known);
	policy->after_decline = decline_read(reading, "after.decline",
	    reading_optional(reading, object, place, "decline"), DECLINE_NEXT);
	policy->after_no_reply = no_reply_read(reading, "after.no_reply",
	    reading_optional(reading, object, place, "no_reply"),
	    NO_REPLY_NEXT);
	policy->after_last = last_read(reading, "after.last",
	    reading_optional(reading, object, place, "last"), LAST_WAITS);
	policy->again_most = (int32_t)reading_number(
	    reading, object, place, "again_most", POLICY_AGAIN, 0);
}

static void
ties_read(struct reading *reading, json_t *document, struct policy *policy)
{
	json_t *list = reading_list(reading, document, "", "ties");
	size_t count = json_array_size(list);

	if (list == NULL) {
		policy->tie[0] = TIE_AWARD;
		policy->tie[1] = TIE_ORDER;
		policy->tie_count = 2;
		return;
	}
	if (count > TIE_COUNT) {
		reading_fault(reading, "ties", "has %zu; %d are the most",
		    count, TIE_COUNT);
		count = TIE_COUNT;
	}
	for (size_t i = 0; i < count; i++) {
		const char *place = arena_printf(
		    reading->arena, "ties[%zu]", i);

		policy->tie[i] = tie_read(reading, place,
		    item_of(reading, json_array_get(list, i), place),
		    TIE_ORDER);
	}
	policy->tie_count = count;
}

/* Money is written as people write it, "14.17", so that no half penny hides. */
static int64_t
pence_of(struct reading *reading, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	int64_t pence = 0;

	if (value != NULL &&
	    (!json_is_string(value) ||
		!money_parse(json_string_value(value), &pence)))
		reading_fault(reading, reading_place(reading, "price", key),
		    "must be an amount in quotation marks, such as \"14.17\"");
	return pence;
}

static void
price_rule_read(
    struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "kind", "floor", "ceiling", NULL };
	json_t *object = reading_object(reading, document, "price", true);

	if (object == NULL)
		return;
	reading_keys(reading, object, "price", known);
	policy->price = price_read(reading, "price.kind",
	    reading_text(reading, object, "price", "kind"), PRICE_FIXED);
	policy->floor_pence = pence_of(reading, object, "floor");
	policy->ceiling_pence = pence_of(reading, object, "ceiling");
}

static void
fit_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "call_times", "specialisms",
		"closeness", "continuity", "quality", "local", "near_metres",
		"far_metres", NULL };
	json_t *object = reading_object(reading, document, "fit", false);
	int32_t *const weight[] = { &policy->fit.call_times,
		&policy->fit.specialisms, &policy->fit.closeness,
		&policy->fit.continuity, &policy->fit.quality,
		&policy->fit.local, &policy->fit.near_metres,
		&policy->fit.far_metres };

	if (object == NULL)
		return;
	reading_keys(reading, object, "fit", known);
	for (size_t i = 0; known[i] != NULL; i++)
		*weight[i] = (int32_t)reading_number(
		    reading, object, "fit", known[i], INT32_MAX, 0);
}

/* "08:00" as minutes since midnight; "24:00" is the end of the day. */
static int32_t
minutes_of(struct reading *reading, json_t *object, const char *key)
{
	const char *text = reading_text(reading, object, "reply", key);
	int32_t minutes = 0;

	if (text == NULL)
		return 0;
	if (strcmp(text, "24:00") == 0)
		return 24 * 60;
	if (!time_parse(text, &minutes))
		reading_fault(reading, reading_place(reading, "reply", key),
		    "\"%s\" is not a time such as \"08:00\"", text);
	return minutes;
}

static uint32_t
days_of(struct reading *reading, json_t *object)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday", NULL };
	json_t *array = json_object_get(object, "days"), *day;
	uint32_t days = 0;
	size_t i, j;

	if (!json_is_array(array)) {
		reading_fault(reading, "reply.days",
		    "must be a list of days, such as [\"monday\"]");
		return 0;
	}
	json_array_foreach(array, i, day)
	{
		const char *name = json_string_value(day);

		for (j = 0; names[j] != NULL; j++)
			if (name != NULL && strcmp(names[j], name) == 0)
				break;
		if (names[j] == NULL)
			reading_fault(reading, "reply.days",
			    "\"%s\" is not a day, monday to sunday",
			    name != NULL ? name : "");
		else
			days |= 1u << j;
	}
	return days;
}

/* A clock that never stops needs no hours, and may not have any. */
static void
every_hour_read(struct reading *reading, json_t *object, struct policy *policy)
{
	static const char *const known[] = { "opens", "closes", "days",
		"bank_holidays", NULL };

	for (size_t i = 0; known[i] != NULL; i++)
		if (json_object_get(object, known[i]) != NULL)
			reading_fault(reading,
			    reading_place(reading, "reply", known[i]),
			    "has no place where the clock runs every hour");
	policy->referral_closes_minutes = 24 * 60;
	policy->referral_days = EVERY_DAY;
}

static void
reply_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "minutes", "clock", "opens",
		"closes", "days", "bank_holidays", NULL };
	json_t *object = reading_object(reading, document, "reply", true);

	if (object == NULL)
		return;
	reading_keys(reading, object, "reply", known);
	policy->reply_seconds = 60 * (int32_t)reading_number(reading, object,
					 "reply", "minutes", 100000, 0);
	if (either_of(reading, object, "reply", "clock", "every_hour",
		"referral_hours")) {
		every_hour_read(reading, object, policy);
		return;
	}
	policy->referral_opens_minutes = minutes_of(reading, object, "opens");
	policy->referral_closes_minutes = minutes_of(reading, object, "closes");
	policy->referral_days = days_of(reading, object);
	policy->is_closed_on_bank_holidays = either_of(
	    reading, object, "reply", "bank_holidays", "closed", "open");
}

static int32_t
hours_read(struct reading *reading, json_t *object, const char *key)
{
	return SECONDS_OF_HOUR *
	       (int32_t)reading_number(reading, object, "start", key, 10000, 0);
}

static void
start_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "rapid_hours", "standard_hours",
		"introduction", NULL };
	json_t *object = reading_object(reading, document, "start", true);

	if (object == NULL)
		return;
	reading_keys(reading, object, "start", known);
	policy->start_rapid_seconds = hours_read(
	    reading, object, "rapid_hours");
	policy->start_standard_seconds = hours_read(
	    reading, object, "standard_hours");
	policy->is_introduced_before_start = either_of(reading, object, "start",
	    "introduction", "before_start", "not_asked");
}

static void
document_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "name", "steps", "reply_steps",
		"ties", "sending", "after", "winner", "price", "fit", "reply",
		"start", NULL };

	reading_keys(reading, document, "", known);
	policy->name = reading_text(reading, document, "", "name");
	if (text_equal(policy->name, ""))
		reading_fault(reading, "name", "is empty");
	if (policy->name != NULL && text_length(policy->name) > NAME_MAXIMUM)
		reading_fault(reading, "name", "is longer than %d characters",
		    NAME_MAXIMUM);
	if (json_object_get(document, "steps") == NULL)
		reading_fault(reading, "steps", "is missing");
	policy->step_count = steps_read(
	    reading, document, "steps", policy->step, POLICY_STEPS);
	policy->reply_step_count = steps_read(reading, document, "reply_steps",
	    policy->reply_step, POLICY_REPLY_STEPS);
	ties_read(reading, document, policy);
	sending_read(reading, document, policy);
	after_read(reading, document, policy);
	policy->winner = winner_read(reading, "winner",
	    reading_text(reading, document, "", "winner"), WINNER_FIRST);
	price_rule_read(reading, document, policy);
	fit_read(reading, document, policy);
	reply_read(reading, document, policy);
	start_read(reading, document, policy);
}

struct policy_faults
policy_draft_read(
    struct arena *arena, const char *document, struct policy *policy)
{
	struct reading reading = reading_new(arena, "");
	json_t *root = NULL;

	*policy = (struct policy) { .name = "" };
	if (strlen(document) > POLICY_DOCUMENT_MAXIMUM)
		reading_fault(&reading, "document", "is larger than %d bytes",
		    POLICY_DOCUMENT_MAXIMUM);
	else
		root = reading_parse(&reading, document);
	if (json_is_object(root))
		document_read(&reading, root, policy);
	else if (root != NULL)
		reading_fault(
		    &reading, "document", "must be an object, in { and }");
	json_decref(root);
	return (
	    struct policy_faults) { reading.fault, reading.fault_count, NULL };
}

struct policy_faults
policy_read(struct arena *arena, const char *document, struct policy *policy)
{
	struct policy_faults faults = policy_draft_read(
	    arena, document, policy);

	return faults.count == 0 ? policy_check(arena, policy) : faults;
}
