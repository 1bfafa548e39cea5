/*
 * Reading policy documents. Every fault is gathered, so that whoever writes
 * one can mend it in one go; the last word has policy_check() of matching.
 */
#include "policies/policies.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/money.h"

enum {
	FAULTS = 64,
	NAME_MAXIMUM = 200,
	SECONDS_OF_HOUR = 3600,
	PRICE_MOST = 1000000
};

struct reading {
	struct arena *arena;
	const char **fault;
	size_t fault_count;
};

static void fault(struct reading *reading, const char *place,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

static void
fault(struct reading *reading, const char *place, const char *format, ...)
{
	va_list args;

	if (reading->fault_count == FAULTS)
		return;
	va_start(args, format);
	reading->fault[reading->fault_count++] = arena_printf(reading->arena,
	    "%s: %s", place, arena_vprintf(reading->arena, format, args));
	va_end(args);
}

static const char *
place_of(struct reading *reading, const char *place, const char *key)
{
	if (*place == '\0')
		return key;
	return arena_printf(reading->arena, "%s.%s", place, key);
}

/* Says so when the object has a key that is not in the list. */
static void
keys_check(struct reading *reading, json_t *object, const char *place,
    const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		size_t i = 0;

		while (known[i] != NULL && strcmp(known[i], key) != 0)
			i++;
		if (known[i] == NULL)
			fault(reading, place_of(reading, place, key),
			    "there is no such key here");
	}
}

/* A member that is an object; NULL when absent or something else. */
static json_t *
object_of(
    struct reading *reading, json_t *object, const char *key, bool is_required)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL && is_required)
		fault(reading, key, "is missing");
	else if (value != NULL && !json_is_object(value))
		fault(reading, key, "must be an object, in { and }");
	return json_is_object(value) ? value : NULL;
}

/* A whole number of at least 0; `absent` when it is not there. */
static int64_t
number_of(struct reading *reading, json_t *object, const char *place,
    const char *key, int64_t maximum, int64_t absent)
{
	json_t *value = json_object_get(object, key);
	int64_t number = json_integer_value(value);

	if (value == NULL)
		return absent;
	if (!json_is_integer(value) || number < 0 || number > maximum) {
		fault(reading, place_of(reading, place, key),
		    "must be a whole number from 0 to %" PRId64, maximum);
		return absent;
	}
	return number;
}

static bool
truth_of(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_boolean(value))
		fault(reading, place_of(reading, place, key),
		    "must be true or false");
	return json_is_true(value);
}

/* A text in the arena; NULL, with its fault, when it is not there. */
static const char *
text_of(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL)
		fault(reading, place_of(reading, place, key), "is missing");
	else if (!json_is_string(value))
		fault(reading, place_of(reading, place, key),
		    "must be a text, in quotation marks");
	return json_is_string(value)
	           ? arena_strdup(reading->arena, json_string_value(value))
	           : NULL;
}

static const char *
criteria_text(struct arena *arena)
{
	const char *text = "";

	for (int i = 0; i < CRITERION_COUNT; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : ", ",
		    policy_criterion_name((enum criterion)i));
	return text;
}

static void
step_read(struct reading *reading, json_t *object, const char *place,
    struct policy_step *step)
{
	static const char *const known[] = { "criterion", "action", "tolerance",
		"limit", "points", NULL };
	const char *criterion, *action;

	if (!json_is_object(object)) {
		fault(reading, place, "must be an object, in { and }");
		return;
	}
	keys_check(reading, object, place, known);
	criterion = text_of(reading, object, place, "criterion");
	action = text_of(reading, object, place, "action");
	if (criterion != NULL &&
	    !policy_criterion_of(criterion, &step->criterion)) {
		step->criterion = CRITERION_FRAMEWORK;
		fault(reading, place_of(reading, place, "criterion"),
		    "\"%s\" is not one of %s", criterion,
		    criteria_text(reading->arena));
	}
	if (action != NULL && !policy_action_of(action, &step->action)) {
		step->action = ACTION_MUST;
		fault(reading, place_of(reading, place, "action"),
		    "\"%s\" is not one of must, prefer, weigh", action);
	}
	step->tolerance = number_of(
	    reading, object, place, "tolerance", INT32_MAX, 0);
	step->limit = number_of(reading, object, place, "limit", INT32_MAX, 0);
	step->points = (int32_t)number_of(
	    reading, object, place, "points", POLICY_POINTS, 0);
}

static size_t
steps_read(struct reading *reading, json_t *document, const char *key,
    struct policy_step *steps, size_t most)
{
	json_t *array = json_object_get(document, key);
	size_t count = json_array_size(array);

	if (array == NULL)
		return 0;
	if (!json_is_array(array)) {
		fault(reading, key, "must be a list, in [ and ]");
		return 0;
	}
	if (count > most) {
		fault(reading, key, "has %zu steps; %zu are the most", count,
		    most);
		count = most;
	}
	for (size_t i = 0; i < count; i++)
		step_read(reading, json_array_get(array, i),
		    arena_printf(reading->arena, "%s[%zu]", key, i), &steps[i]);
	return count;
}

static void
sending_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "mode", "best_count",
		"chosen_alone_first", "single_needs_no_competition", NULL };
	static const char place[] = "sending";
	json_t *object = object_of(reading, document, place, true);
	const char *mode;

	if (object == NULL)
		return;
	keys_check(reading, object, place, known);
	mode = text_of(reading, object, place, "mode");
	if (mode != NULL && !policy_mode_of(mode, &policy->mode)) {
		policy->mode = MODE_ALL;
		fault(reading, "sending.mode",
		    "\"%s\" is not one of all, best, one", mode);
	}
	policy->best_count = (int32_t)number_of(
	    reading, object, place, "best_count", INT16_MAX, 0);
	policy->chosen_alone_first = truth_of(
	    reading, object, place, "chosen_alone_first");
	policy->single_needs_no_competition = truth_of(
	    reading, object, place, "single_needs_no_competition");
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
		fault(reading, place_of(reading, "price", key),
		    "must be an amount in quotation marks, such as \"14.17\"");
	return pence;
}

static void
price_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "kind", "floor", "ceiling", NULL };
	json_t *object = object_of(reading, document, "price", true);
	const char *kind;

	if (object == NULL)
		return;
	keys_check(reading, object, "price", known);
	kind = text_of(reading, object, "price", "kind");
	if (kind != NULL && !policy_price_of(kind, &policy->price)) {
		policy->price = PRICE_FIXED;
		fault(reading, "price.kind",
		    "\"%s\" is not one of fixed, offered", kind);
	}
	policy->floor_pence = pence_of(reading, object, "floor");
	policy->ceiling_pence = pence_of(reading, object, "ceiling");
}

static void
fit_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "call_times", "specialisms",
		"closeness", "continuity", "quality", "local", "near_metres",
		"far_metres", NULL };
	json_t *object = object_of(reading, document, "fit", false);
	int32_t *const weight[] = { &policy->fit.call_times,
		&policy->fit.specialisms, &policy->fit.closeness,
		&policy->fit.continuity, &policy->fit.quality,
		&policy->fit.local, &policy->fit.near_metres,
		&policy->fit.far_metres };

	if (object == NULL)
		return;
	keys_check(reading, object, "fit", known);
	for (size_t i = 0; known[i] != NULL; i++)
		*weight[i] = (int32_t)number_of(
		    reading, object, "fit", known[i], INT32_MAX, 0);
}

/* "08:00" as minutes since midnight; "24:00" is the end of the day. */
static int32_t
minutes_of(struct reading *reading, json_t *object, const char *key)
{
	const char *text = text_of(reading, object, "reply", key);
	int32_t minutes = 0;

	if (text == NULL)
		return 0;
	if (strcmp(text, "24:00") == 0)
		return 24 * 60;
	if (!time_parse(text, &minutes))
		fault(reading, place_of(reading, "reply", key),
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
		fault(reading, "reply.days",
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
			fault(reading, "reply.days",
			    "\"%s\" is not a day, monday to sunday",
			    name != NULL ? name : "");
		else
			days |= 1u << j;
	}
	return days;
}

static void
reply_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "minutes", "opens", "closes",
		"days", NULL };
	json_t *object = object_of(reading, document, "reply", true);

	if (object == NULL)
		return;
	keys_check(reading, object, "reply", known);
	policy->reply_seconds = 60 * (int32_t)number_of(reading, object,
					 "reply", "minutes", 100000, 0);
	policy->referral_opens_minutes = minutes_of(reading, object, "opens");
	policy->referral_closes_minutes = minutes_of(reading, object, "closes");
	policy->referral_days = days_of(reading, object);
}

static void
start_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "rapid_hours", "standard_hours",
		NULL };
	json_t *object = object_of(reading, document, "start", true);

	if (object == NULL)
		return;
	keys_check(reading, object, "start", known);
	policy->start_rapid_seconds = SECONDS_OF_HOUR *
	                              (int32_t)number_of(reading, object,
					  "start", "rapid_hours", 10000, 0);
	policy->start_standard_seconds = SECONDS_OF_HOUR *
	                                 (int32_t)number_of(reading, object,
					     "start", "standard_hours", 10000,
					     0);
}

static void
document_read(struct reading *reading, json_t *document, struct policy *policy)
{
	static const char *const known[] = { "name", "steps", "reply_steps",
		"sending", "winner", "price", "fit", "reply", "start", NULL };
	const char *winner;

	keys_check(reading, document, "", known);
	policy->name = text_of(reading, document, "", "name");
	if (policy->name != NULL && text_length(policy->name) > NAME_MAXIMUM)
		fault(reading, "name", "is longer than %d characters",
		    NAME_MAXIMUM);
	if (json_object_get(document, "steps") == NULL)
		fault(reading, "steps", "is missing");
	policy->step_count = steps_read(
	    reading, document, "steps", policy->step, POLICY_STEPS);
	policy->reply_step_count = steps_read(reading, document, "reply_steps",
	    policy->reply_step, POLICY_REPLY_STEPS);
	sending_read(reading, document, policy);
	winner = text_of(reading, document, "", "winner");
	if (winner != NULL && !policy_winner_of(winner, &policy->winner)) {
		policy->winner = WINNER_FIRST;
		fault(reading, "winner", "\"%s\" is not one of first, best",
		    winner);
	}
	price_read(reading, document, policy);
	fit_read(reading, document, policy);
	reply_read(reading, document, policy);
	start_read(reading, document, policy);
}

struct policy_faults
policy_read(struct arena *arena, const char *document, struct policy *policy)
{
	struct reading reading = { .arena = arena };
	size_t length = strlen(document);
	json_error_t error;
	json_t *root = NULL;

	reading.fault = arena_array(arena, FAULTS, sizeof(*reading.fault));
	*policy = (struct policy) { .name = "" };
	if (length > POLICY_DOCUMENT_MAXIMUM)
		fault(&reading, "document", "is larger than %d bytes",
		    POLICY_DOCUMENT_MAXIMUM);
	else if ((root = json_loadb(document, length, JSON_REJECT_DUPLICATES,
		      &error)) == NULL)
		fault(&reading,
		    arena_printf(
			arena, "line %d, column %d", error.line, error.column),
		    "%s", error.text);
	else if (!json_is_object(root))
		fault(&reading, "document", "must be an object, in { and }");
	else
		document_read(&reading, root, policy);
	json_decref(root);
	if (reading.fault_count == 0)
		return policy_check(arena, policy);
	return (struct policy_faults) { reading.fault, reading.fault_count };
}

const char *
policy_file_read(struct arena *arena, const char *path, const char **problem)
{
	char *text = arena_alloc(arena, POLICY_DOCUMENT_MAXIMUM + 2);
	FILE *file = fopen(path, "re");
	size_t length;

	*problem = NULL;
	if (file == NULL) {
		*problem = arena_printf(
		    arena, "%s cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	length = fread(text, 1, POLICY_DOCUMENT_MAXIMUM + 1, file);
	if (ferror(file) != 0)
		*problem = arena_printf(arena, "%s cannot be read", path);
	else if (length > POLICY_DOCUMENT_MAXIMUM)
		*problem = arena_printf(arena, "%s is larger than %d bytes",
		    path, POLICY_DOCUMENT_MAXIMUM);
	else if (!text_is_utf8(text, length))
		*problem = arena_printf(arena, "%s is not UTF-8 text", path);
	fclose(file);
	return *problem == NULL ? text : NULL;
}
