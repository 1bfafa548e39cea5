/* What the pages of policies share: loading, states, and what they show. */
#ifndef POLICIES_VIEWS_H
#define POLICIES_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reply.h"
#include "matching/policy.h"
#include "policies/parts.h"
#include "policies/policies.sql.h"
#include "policies/step_form.h"

/* One version of a policy, as the path names it. */
struct policy_view {
	const struct policy_row *policy; /* NULL: absent or another's */
	const struct policy_version_row *version;
	struct policy *rules;
	bool may_write;
};

/* The policy of ":reference"; its version stays NULL. */
struct policy_view policy_view_load(struct request *r);

/* With the version of ":number"; policy NULL when there is none. */
struct policy_view policy_view_version(struct request *r);

/* With its draft; policy NULL when there is none. */
struct policy_view policy_view_draft(struct request *r);

/* Today in London. */
int32_t policy_today(const struct request *r);

/* "Draft", "In force", "In force from 3 May 2027", "Retired", ... */
const char *version_state(
    struct request *r, const struct policy_version_row *version);
const char *version_colour(const struct policy_version_row *version);
const char *entry_state(const struct policy_entry *entry);
const char *entry_colour(const struct policy_entry *entry);

/* Whether it is in force or will be, somewhere. */
bool version_is_used(const struct policy_version_row *version);

/* "Support at home framework and Spot list", in the arena. */
const char *names_text(struct request *r, struct text_list names);

/* "/policies/Y.../versions/3" and "/policies/Y.../draft" */
const char *version_path(struct request *r, const struct policy_view *view);
const char *draft_path(struct request *r, const struct policy_view *view);

/* Writes the audit of an act on a policy, with the version's number. */
void policy_audit(struct request *r, const struct policy_view *view,
    const char *act, const char *more);

/* A step, and a part, as a page shows them. */
struct step_line {
	int32_t number; /* from 1 */
	const char *label;
	const char *action;
	const char *words;
	struct text_list faults;
	bool can_change;
	bool is_first;
	bool is_last;
};

struct step_line_list {
	const struct step_line *row;
	size_t count;
};

struct part_line {
	const char *slug;
	const char *title;
	struct text_list words;
	struct text_list faults;
};

struct part_line_list {
	const struct part_line *row;
	size_t count;
};

struct fault_link {
	const char *text;
	const char *href;
};

struct fault_link_list {
	const struct fault_link *row;
	size_t count;
};

/* A policy step by step and part by part, with what is wrong with it. */
struct policy_sheet {
	struct step_line_list steps;
	struct step_line_list reply_steps;
	struct text_list step_faults; /* of all steps together */
	struct part_line_list parts;
	struct fault_link_list faults;
	const char *to_mend; /* a sentence */
};

struct policy_sheet policy_sheet_of(
    struct request *r, const struct policy *policy);

#endif
