/* The form of a step. */
#include "policies/step_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/request.h"

enum {
	MINUTE_SECONDS = 60,
	MOST_FIELDS = 9,
	MOST_HOURS_MINUTES = 10000 * 60,
	MOST_METRES = 1000000,
	MOST_PENCE = 1000000,
	MOST_NUMBER = 100000,
};

struct step_list
step_list_find(struct policy *policy, const char *slug)
{
	if (strcmp(slug, "steps") == 0)
		return (struct step_list) { policy->step, &policy->step_count,
			POLICY_STEPS, false };
	if (strcmp(slug, "reply-steps") == 0)
		return (struct step_list) { policy->reply_step,
			&policy->reply_step_count, POLICY_REPLY_STEPS, true };
	return (struct step_list) { NULL, NULL, 0, false };
}

/* --- What a step may do --------------------------------------------------- */

static const struct choice actions[ACTION_COUNT] = {
	[ACTION_MUST] = { "must", "Must",
	    "Whoever does not meet it drops out" },
	[ACTION_PREFER] = { "prefer", "Prefer",
	    "Better ones come first, before everything that follows" },
	[ACTION_WEIGH] = { "weigh", "Weigh",
	    "It gives points; all weighed steps make one total" },
};

static bool
is_allowed(
    const struct step_list *list, enum criterion criterion, enum action action)
{
	return policy_step_allowed(criterion, action) &&
	       (!list->is_of_replies ||
		   policy_reply_step_allowed(criterion, action));
}

/* The actions of a criterion; of any when it is CRITERION_COUNT. */
static const struct choice *
action_choices(
    struct request *r, const struct step_list *list, enum criterion criterion)
{
	struct choice *choice = arena_array(
	    r->arena, ACTION_COUNT + 1, sizeof(*choice));
	size_t count = 0;

	for (int i = 0; i < ACTION_COUNT; i++) {
		enum action action = (enum action)i;

		if (criterion == CRITERION_COUNT
			? !list->is_of_replies || action != ACTION_MUST
			: is_allowed(list, criterion, action))
			choice[count++] = actions[i];
	}
	return choice;
}

static const struct choice *
criterion_choices(struct request *r, const struct step_list *list)
{
	struct choice *choice = arena_array(
	    r->arena, CRITERION_COUNT + 1, sizeof(*choice));
	size_t count = 0;

	for (int i = 0; i < CRITERION_COUNT; i++) {
		enum criterion criterion = (enum criterion)i;

		if (!list->is_of_replies ||
		    policy_reply_step_allowed(criterion, ACTION_PREFER))
			choice[count++] =
			    (struct choice) { policy_criterion_name(criterion),
				    policy_criterion_label(criterion), NULL };
	}
	return choice;
}

static void
field_add(struct field *table, size_t *count, struct field field)
{
	table[(*count)++] = field;
}

static struct field
revision_field(void)
{
	return (struct field)FIELD(
	    struct step_values, FIELD_HIDDEN, revision, "Revision");
}

static struct field
action_field(const struct choice *choices)
{
	return (struct field)FIELD(struct step_values, FIELD_CHOICE, action,
	    "What it does", .missing = "Select what it does",
	    .is_required = true, .choices = choices);
}

const struct field *
step_new_fields(struct request *r, const struct step_list *list)
{
	struct field *table = arena_array(
	    r->arena, MOST_FIELDS, sizeof(*table));
	size_t count = 0;

	field_add(table, &count, revision_field());
	field_add(table, &count,
	    (struct field)FIELD(struct step_values, FIELD_CHOICE, criterion,
		"What the step looks at",
		.missing = "Select what the step looks at", .is_required = true,
		.choices = criterion_choices(r, list)));
	field_add(table, &count,
	    action_field(action_choices(r, list, CRITERION_COUNT)));
	return table;
}

/* Which step has the same criterion and action; `count` when none has. */
static size_t
same_step(
    const struct step_list *list, enum criterion criterion, enum action action)
{
	size_t i = 0;

	while (i < *list->count && (list->step[i].criterion != criterion ||
				       list->step[i].action != action))
		i++;
	return i;
}

bool
step_add(struct form *form, const struct step_values *values,
    const struct step_list *list)
{
	enum criterion criterion;
	enum action action;

	if (!form_ok(form) ||
	    !policy_criterion_of(values->criterion, &criterion) ||
	    !policy_action_of(values->action, &action))
		return false;
	if (!is_allowed(list, criterion, action))
		form_error(form, "action", "%s cannot do this: select another",
		    policy_criterion_label(criterion));
	if (same_step(list, criterion, action) != *list->count)
		form_error(form, "criterion",
		    "Step %zu looks at this already and does the same",
		    same_step(list, criterion, action) + 1);
	if (*list->count == list->most)
		form_error(
		    form, "criterion", "%zu steps are the most", list->most);
	if (!form_ok(form))
		return false;
	list->step[(*list->count)++] =
	    (struct policy_step) { .criterion = criterion, .action = action };
	return true;
}

/* --- Tolerance, limit, points --------------------------------------------- */

/* How a tolerance is typed, with an example of what it does. */
struct measure {
	enum field_kind kind;
	const char *hint;
	int64_t most;
};

static struct measure
tolerance_measure(enum criterion criterion)
{
	switch (criterion) {
	case CRITERION_START:
		return (struct measure) { FIELD_HOURS,
			"In hours. With 4, all who meet the wanted start are "
			"equal, and later starts are equal in steps of 4 "
			"hours",
			MOST_HOURS_MINUTES };
	case CRITERION_PRICE:
		return (struct measure) { FIELD_MONEY,
			"With 0.49, £15.00 to £15.49 are equal, and £15.50 to "
			"£15.99",
			MOST_PENCE };
	case CRITERION_CLOSENESS:
		return (struct measure) { FIELD_NUMBER,
			"In metres. With 999, 0 to 999 metres are equal, and "
			"1,000 to 1,999",
			MOST_METRES };
	case CRITERION_CAPACITY:
		return (struct measure) { FIELD_HOURS,
			"In hours a week. With 10, those with up to 10 hours "
			"are equal",
			MOST_HOURS_MINUTES };
	case CRITERION_FIT:
		return (struct measure) { FIELD_NUMBER,
			"In hundredths of a point. With 499, 0 to 4.99 are "
			"equal, and 5 to 9.99",
			MOST_NUMBER };
	case CRITERION_PEOPLE:
		return (struct measure) { FIELD_NUMBER,
			"In people. With 12, teams that care for 0 to 12 are "
			"equal, and 13 to 25",
			MOST_NUMBER };
	case CRITERION_NEEDS:
		return (struct measure) { FIELD_NUMBER,
			"In preferences not met. With 1, none and one are "
			"equal",
			MOST_NUMBER };
	default:
		return (struct measure) { FIELD_NUMBER,
			"In per cent. With 9, 80 to 89 are equal", 100 };
	}
}

/* How the limit of a must is typed; a rating's is picked. */
static const char *
limit_label(enum criterion criterion)
{
	switch (criterion) {
	case CRITERION_START:
		return "Latest start that passes";
	case CRITERION_CLOSENESS:
		return "Longest distance that passes";
	case CRITERION_TIER:
		return "Last tier that passes";
	case CRITERION_PEOPLE:
		return "Most people that a team may care for";
	default:
		return "Lowest share that passes";
	}
}

static const char *
limit_hint(enum criterion criterion)
{
	switch (criterion) {
	case CRITERION_START:
		return "In hours after the start wanted; 0 for none later. "
		       "Only where it must be met";
	case CRITERION_CLOSENESS:
		return "In metres. Only where it must be met";
	case CRITERION_TIER:
		return "1 to 99. Only where it must be met";
	case CRITERION_PEOPLE:
		return "With the new one. Only where it must be met";
	default:
		return "In per cent, 1 to 100. Only where it must be met";
	}
}

static const struct choice ratings[] = {
	{ "outstanding", "Outstanding", NULL },
	{ "good", "Good", NULL },
	{ "requires_improvement", "Requires improvement", NULL },
	{ "inadequate", "Inadequate", NULL },
	{ NULL, NULL, NULL },
};

static void
limit_fields(struct field *table, size_t *count, enum criterion criterion)
{
	struct policy_limit limit = policy_limit_of(criterion, ACTION_MUST);

	if (criterion == CRITERION_RATING) {
		field_add(table, count,
		    (struct field)FIELD(struct step_values, FIELD_CHOICE,
			rating, "Worst rating that passes",
			.hint = "Only where it must be met",
			.choices = ratings));
		field_add(table, count,
		    (struct field)FIELD(struct step_values, FIELD_TICK,
			unrated_passes,
			"Those not yet rated by the Care Quality Commission "
			"pass, too"));
	} else if (criterion == CRITERION_START) {
		field_add(table, count,
		    (struct field)FIELD(struct step_values, FIELD_HOURS, limit,
			limit_label(criterion), .hint = limit_hint(criterion),
			.maximum = MOST_HOURS_MINUTES,
			.has_offset = offsetof(struct step_values, has_limit)));
	} else if (limit.unit != NULL) {
		field_add(table, count,
		    (struct field)FIELD(struct step_values, FIELD_NUMBER, limit,
			limit_label(criterion), .hint = limit_hint(criterion),
			.minimum = limit.least, .maximum = limit.most,
			.has_offset = offsetof(struct step_values, has_limit)));
	}
}

static void
weigh_fields(struct field *table, size_t *count, enum criterion criterion)
{
	field_add(table, count,
	    (struct field)FIELD(struct step_values, FIELD_NUMBER, points,
		"Points",
		.hint = "1 to 1,000, for the best. Only where it is "
			"weighed",
		.minimum = 1, .maximum = POLICY_POINTS));
	if (criterion == CRITERION_START)
		field_add(table, count,
		    (struct field)FIELD(struct step_values, FIELD_HOURS,
			lateness, "Lateness that leaves no points",
			.hint = "In hours after the start wanted. Only where "
				"it is weighed",
			.minimum = 1, .maximum = MOST_HOURS_MINUTES));
}

const struct field *
step_fields(struct request *r, const struct step_list *list,
    const struct policy_step *step)
{
	enum criterion criterion = step->criterion;
	struct measure measure = tolerance_measure(criterion);
	struct field *table = arena_array(
	    r->arena, MOST_FIELDS, sizeof(*table));
	size_t count = 0;

	field_add(table, &count, revision_field());
	field_add(
	    table, &count, action_field(action_choices(r, list, criterion)));
	if (is_allowed(list, criterion, ACTION_MUST))
		limit_fields(table, &count, criterion);
	if (policy_has_tolerance(criterion, ACTION_PREFER))
		field_add(table, &count,
		    (struct field)FIELD(struct step_values, measure.kind,
			tolerance, "Differences that do not count",
			.hint = measure.hint, .maximum = measure.most,
			.has_offset = offsetof(
			    struct step_values, has_tolerance)));
	if (is_allowed(list, criterion, ACTION_WEIGH))
		weigh_fields(table, &count, criterion);
	return table;
}

bool
step_has_fields(const struct step_list *list, const struct policy_step *step)
{
	enum criterion criterion = step->criterion;
	int allowed = 0;

	for (int i = 0; i < ACTION_COUNT; i++)
		allowed += is_allowed(list, criterion, (enum action)i);
	return allowed > 1 ||
	       policy_limit_of(criterion, step->action).unit != NULL ||
	       policy_has_tolerance(criterion, step->action);
}

/* --- Between the form and the step ---------------------------------------- */

/* How many of the step's units the form counts as one. */
static int64_t
tolerance_unit(enum criterion criterion)
{
	return criterion == CRITERION_START ? MINUTE_SECONDS : 1;
}

struct step_values
step_values_of(const struct policy_step *step)
{
	bool is_must = step->action == ACTION_MUST;
	struct step_values values = {
		.action = policy_action_name(step->action),
		.rating = "",
		.points = step->points,
		.tolerance = step->tolerance / tolerance_unit(step->criterion),
		.has_tolerance = step->tolerance != 0,
		.unrated_passes = step->passes_unrated,
	};

	if (step->criterion == CRITERION_RATING) {
		if (step->limit != 0)
			values.rating = policy_rating_name(
			    (enum rating)step->limit);
	} else if (step->criterion == CRITERION_START) {
		values.limit = is_must ? step->limit / MINUTE_SECONDS : 0;
		values.has_limit = is_must && step->limit != 0;
		values.lateness = is_must ? 0 : step->limit / MINUTE_SECONDS;
	} else {
		values.limit = step->limit;
		values.has_limit = step->limit != 0;
	}
	return values;
}

/* What is filled in although the step does something else. */
static void
unused_refuse(
    struct form *form, const struct step_values *values, enum action action)
{
	if (action != ACTION_PREFER && values->has_tolerance)
		form_error(form, "tolerance",
		    "Leave this empty unless it is preferred");
	if (action != ACTION_MUST) {
		if (values->has_limit)
			form_error(form, "limit",
			    "Leave this empty unless it must be met");
		if (!text_is_empty(values->rating))
			form_error(form, "rating",
			    "Leave this empty unless it must be met");
		if (values->unrated_passes)
			form_error(form, "unrated_passes",
			    "Leave this empty unless it must be met");
	}
	if (action != ACTION_WEIGH) {
		if (values->points != 0)
			form_error(form, "points",
			    "Leave this empty unless it is weighed");
		if (values->lateness != 0)
			form_error(form, "lateness",
			    "Leave this empty unless it is weighed");
	}
}

static void
needed_refuse(struct form *form, const struct step_values *values,
    enum criterion criterion, enum action action)
{
	if (action == ACTION_WEIGH) {
		if (values->points == 0)
			form_error(form, "points", "Enter the points");
		if (criterion == CRITERION_START && values->lateness == 0)
			form_error(form, "lateness",
			    "Enter the lateness that leaves no points");
	} else if (action == ACTION_MUST && criterion == CRITERION_RATING) {
		if (*values->rating == '\0')
			form_error(form, "rating",
			    "Select the worst rating that passes");
	} else if (policy_limit_of(criterion, action).least > 0 &&
		   !values->has_limit) {
		form_error(form, "limit", "Enter the %s",
		    criterion == CRITERION_CLOSENESS ? "longest distance"
		    : criterion == CRITERION_TIER    ? "last tier"
		    : criterion == CRITERION_PEOPLE  ? "most people"
						     : "lowest share");
	}
}

/* The limit in the step's own units. */
static int64_t
limit_of(const struct step_values *values, enum criterion criterion,
    enum action action)
{
	enum rating rating;

	if (criterion == CRITERION_RATING)
		return policy_rating_of(values->rating, &rating) ? rating : 0;
	if (criterion != CRITERION_START)
		return values->limit;
	return MINUTE_SECONDS *
	       (action == ACTION_WEIGH ? values->lateness : values->limit);
}

void
step_apply(struct form *form, const struct step_values *values,
    const struct step_list *list, size_t place)
{
	struct policy_step *step = &list->step[place];
	enum criterion criterion = step->criterion;
	enum action action;
	size_t same;

	if (!form_ok(form) || !policy_action_of(values->action, &action))
		return;
	unused_refuse(form, values, action);
	needed_refuse(form, values, criterion, action);
	same = same_step(list, criterion, action);
	if (same != *list->count && same != place)
		form_error(form, "action",
		    "Step %zu looks at this already and does the same",
		    same + 1);
	if (!form_ok(form))
		return;
	*step = (struct policy_step) {
		.criterion = criterion,
		.action = action,
		.tolerance = values->tolerance * tolerance_unit(criterion),
		.limit = limit_of(values, criterion, action),
		.points = (int32_t)values->points,
		.passes_unrated = values->unrated_passes,
	};
}

bool
step_move(const struct step_list *list, size_t place, const char *how)
{
	bool is_up = text_equal(how, "up");
	size_t other = is_up ? place - 1 : place + 1;
	struct policy_step step;

	if (text_equal(how, "remove")) {
		memmove(&list->step[place], &list->step[place + 1],
		    (*list->count - place - 1) * sizeof(step));
		(*list->count)--;
		return true;
	}
	if (!is_up && !text_equal(how, "down"))
		return false;
	if (other >= *list->count)
		return false;
	step = list->step[place];
	list->step[place] = list->step[other];
	list->step[other] = step;
	return true;
}
