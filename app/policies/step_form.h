/*
 * A step of a policy as a form, in the units that people count in: hours,
 * pounds, metres, points. Which fields there are depends on what the step
 * looks at.
 */
#ifndef POLICIES_STEP_FORM_H
#define POLICIES_STEP_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/form.h"
#include "matching/policy.h"

/* The steps that rank providers, or those that compare replies. */
struct step_list {
	struct policy_step *step;
	size_t *count;
	size_t most;
	bool is_of_replies;
};

struct step_values {
	const char *revision;
	const char *criterion; /* of a new step only */
	const char *action;
	int64_t tolerance;
	bool has_tolerance;
	int64_t limit;
	bool has_limit;
	int64_t lateness; /* minutes that leave no points; of start */
	const char *rating;
	bool unrated_passes;
	int64_t points;
};

/* The list that the address calls "steps" or "reply-steps"; else no step. */
struct step_list step_list_find(struct policy *policy, const char *slug);

/* The fields of a new step: what it looks at and what it does. */
const struct field *step_new_fields(
    struct request *r, const struct step_list *list);

/*
 * The step that was asked for, after the list's last, when the form is good;
 * adds messages to it otherwise.
 */
bool step_add(struct form *form, const struct step_values *values,
    const struct step_list *list);

/* The fields of a step that stands in the list. */
const struct field *step_fields(struct request *r, const struct step_list *list,
    const struct policy_step *step);

/* Whether there is anything about a step that could be another way. */
bool step_has_fields(
    const struct step_list *list, const struct policy_step *step);

struct step_values step_values_of(const struct policy_step *step);

/* What was typed, into the step; adds messages where it cannot be. */
void step_apply(struct form *form, const struct step_values *values,
    const struct step_list *list, size_t place);

/* Exchanges a step with its neighbour, or takes it out. False: it cannot. */
bool step_move(const struct step_list *list, size_t place, const char *how);

#endif
