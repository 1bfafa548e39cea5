/* What the pages of facts, renewals and gates show. */
#ifndef GATES_FACTS_H
#define GATES_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/form.h"
#include "gates/facts.sql.h"
#include "gates/gates.h"
#include "gates/standing.h"
#include "providers/providers.h"

/* Kinds of fact that a council enters; each list ends with a NULL value. */
extern const struct choice fact_kinds[];
extern const struct choice insurance_kinds[];

/* Whether a kind is counted, in pounds, hours or people. */
bool fact_is_amount(const char *kind);
bool fact_is_insurance(const char *kind);

/* "Cover in pounds", "Hours of care a week": what the amount of a kind is. */
const char *fact_amount_label(const char *kind);

/* "Submitted", "Accepted" ... of a renewal, and the colour of its tag. */
const char *renewal_state_label(const char *state);
const char *renewal_state_colour(const char *state);

/* Facts of a provider and what came of them. */
struct facts_view {
	struct provider_view provider;
	struct provider_fact_line_list facts;
	struct fact_renewal_line_list renewals;
	struct gate_event_line_list events;
	struct fact_expiry_list expiries; /* what must be renewed */
	bool can_renew;
};

/* How a membership stands; NULL: its framework asks nothing. */
const struct gate_sheet *facts_sheet(
    const struct facts_view *view, const struct register_member *member);

/* The framework of a membership, as an event names it. */
const char *facts_framework(
    const struct facts_view *view, int64_t council, int64_t member);

/* Whether the reader may correct a fact: only its council's staff. */
bool fact_is_editable(struct request *r, const struct facts_view *view,
    const struct provider_fact_line *fact);

/* One framework with its gates, as its page shows it. */
struct gate_rules {
	const struct gate_framework *framework;
	struct framework_gate_list gates;
	bool can_edit;
};

struct gate_rules_list {
	const struct gate_rules *row;
	size_t count;
};

struct gate_rules_view {
	struct gate_rules_list frameworks;
	struct gate_service_kind_list kinds;
};

/* "Micro-enterprises only" for "micro_enterprises". */
const char *gate_asked_of_label(const char *asked_of);

/* "Corporate experience or a reason ...": what will do instead, or "". */
const char *gate_alternatives_text(
    struct request *r, const struct framework_gate *gate);

#endif
