/*
 * The parts of a policy as forms: what stands in them, what is wrong with what
 * was typed, and the policy that comes of it. Steps are in step_form.h.
 */
#ifndef POLICIES_PARTS_H
#define POLICIES_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/form.h"
#include "matching/policy.h"

/* The members of all parts; a form fills those of its own. */
struct part_values {
	const char *revision;
	const char *name;
	const char *mode;
	int64_t best_count;
	struct text_list by;
	bool chosen_alone_first;
	bool single_needs_no_competition;
	const char *decline;
	const char *no_reply;
	const char *last;
	int64_t again_most;
	const char *winner;
	const char *price;
	int64_t floor_pence;
	int64_t ceiling_pence;
	const char *tie_first;
	const char *tie_second;
	const char *tie_third;
	int64_t call_times;
	bool has_call_times;
	int64_t specialisms;
	bool has_specialisms;
	int64_t closeness;
	bool has_closeness;
	int64_t continuity;
	bool has_continuity;
	int64_t quality;
	bool has_quality;
	int64_t local;
	bool has_local;
	int64_t near_metres;
	bool has_near_metres;
	int64_t far_metres;
	bool has_far_metres;
	int64_t reply_minutes;
	const char *clock;
	int32_t opens;
	bool has_opens;
	int32_t closes;
	bool has_closes;
	struct text_list days;
	bool bank_holidays_closed;
	int64_t rapid_hours;
	int64_t standard_hours;
	bool introduction;
};

struct draft_part {
	enum policy_part part;
	const char *slug; /* in the address */
	const char *title;
	const char *lead; /* a sentence below the heading, or NULL */
	const struct field *fields;
	/* What the policy has, into the form's values. */
	void (*show)(struct request *r, const struct policy *policy,
	    struct part_values *values);
	/* Adds messages to fields. NULL: the fields' own limits are all. */
	void (*check)(struct form *form, const struct part_values *values);
	/* What was typed, into the policy. */
	void (*apply)(const struct part_values *values, struct policy *policy);
};

/* The parts in the order of a page; ends with NULL. */
extern const struct draft_part *const draft_parts[];

/* NULL when there is no such part. */
const struct draft_part *draft_part_find(const char *slug);

/* Gives the fields whose choices depend on the policy their choices. */
void draft_part_choices(struct request *r, struct form *form,
    const struct draft_part *part, const struct policy *policy);

#endif
