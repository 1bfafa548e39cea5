/* See facts.h. */
#include "gates/facts.h"

#include "base/arena.h"
#include "base/request.h"

/* Insurances come first: they are what is entered most, each year anew. */
#define INSURANCES                                                             \
	{ "public_liability", "Public liability insurance", NULL },            \
	    { "employers_liability", "Employer’s liability insurance", NULL }, \
	    { "professional_liability", "Professional liability insurance",    \
		    NULL },                                                    \
	{                                                                      \
		"medical_malpractice", "Medical malpractice insurance", NULL   \
	}

const struct choice insurance_kinds[] = {
	INSURANCES,
	{ NULL, NULL, NULL },
};

const struct choice fact_kinds[] = {
	INSURANCES,
	{ "weekly_hours", "Hours of care a week", NULL },
	{ "people_supported", "People supported",
	    "How many people a micro-enterprise cares for" },
	{ "training", "Staff training against the national standards", NULL },
	{ "electronic_monitoring", "Electronic monitoring", NULL },
	{ "financial_assessment", "Financial assessment", NULL },
	{ "corporate_experience", "Corporate experience",
	    "Accepted in place of a year’s registration at the location" },
	{ "rating_reason", "Reason for having no CQC rating", NULL },
	{ NULL, NULL, NULL },
};

static bool
is_among(const struct choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (text_equal(choices->value, value))
			return true;
	return false;
}

bool
fact_is_insurance(const char *kind)
{
	return is_among(insurance_kinds, kind);
}

bool
fact_is_amount(const char *kind)
{
	return fact_is_insurance(kind) || text_equal(kind, "weekly_hours") ||
	       text_equal(kind, "people_supported");
}

const char *
fact_amount_label(const char *kind)
{
	if (text_equal(kind, "weekly_hours"))
		return "Hours of care a week";
	if (text_equal(kind, "people_supported"))
		return "How many people?";
	return "Cover in pounds";
}

static const struct {
	const char *state, *label, *colour;
} states[] = {
	{ "submitted", "Waits for the council", "yellow" },
	{ "accepted", "Accepted", "green" },
	{ "refused", "Refused", "red" },
};

const char *
renewal_state_label(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].state, state))
			return states[i].label;
	return state;
}

const char *
renewal_state_colour(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].state, state))
			return states[i].colour;
	return "grey";
}

const struct gate_sheet *
facts_sheet(const struct facts_view *view, const struct register_member *member)
{
	return gate_sheet_find(view->provider.sheets, member->id);
}

const char *
facts_framework(const struct facts_view *view, int64_t council, int64_t member)
{
	for (size_t i = 0; i < view->provider.members.count; i++) {
		const struct register_member *row =
		    &view->provider.members.row[i];

		if (row->council_id == council && row->id == member)
			return row->framework;
	}
	return "";
}

bool
fact_is_editable(struct request *r, const struct facts_view *view,
    const struct provider_fact_line *fact)
{
	return view->provider.can_edit && !view->provider.is_own_page &&
	       fact->council_id == r->session.council_id;
}

const char *
gate_asked_of_label(const char *asked_of)
{
	if (text_equal(asked_of, "micro_enterprises"))
		return "Micro-enterprises only";
	if (text_equal(asked_of, "others"))
		return "Everybody but micro-enterprises";
	return "Every provider";
}

const char *
gate_alternatives_text(struct request *r, const struct framework_gate *gate)
{
	const char *text = "";

	for (size_t i = 0; i < gate->alternatives.count; i++)
		text = arena_printf(r->arena, "%s%s%s", text,
		    i == 0 ? "" : " or ",
		    fact_label(r, gate->alternatives.row[i]));
	if (*text != '\0' && gate->counts_without_value)
		text = arena_printf(
		    r->arena, "%s, while there is no value", text);
	return text;
}
