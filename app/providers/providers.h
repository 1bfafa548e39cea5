/*
 * The register of providers in words: labels of what the database holds in
 * codes, checks of numbers that others give out, and what a page shows.
 */
#ifndef PROVIDERS_PROVIDERS_H
#define PROVIDERS_PROVIDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "gates/gates.h"
#include "providers/providers.sql.h"

/* Each ends with a NULL value. */
extern const struct choice organisation_kinds[];
extern const struct choice office_kinds[];
extern const struct choice cqc_ratings[]; /* not_yet_rated is the last */
extern const struct choice contract_kinds[];
extern const struct choice member_states[];
extern const struct choice weekday_choices[]; /* monday ... sunday */

/* The choices as a list, without the end. */
struct choice_list choice_list_of(const struct choice *choices);

/* The label of a value; the value itself when it is not among them. */
const char *choice_label(const struct choice *choices, const char *value);

/* "Good", "Not yet rated" for NULL or "". */
const char *rating_label(const char *rating);

/* "Good, Not yet rated" from the different ratings of all locations. */
const char *rating_labels(struct arena *arena, struct text_list ratings);

/* What of a monitoring visit: its tag's text and colour. */
const char *visit_text(int32_t passed_on, bool is_current_provider);
const char *visit_colour(int32_t passed_on, bool is_current_provider);

const char *member_state_colour(const char *state);

/* "Monday to Friday", "Every day", "Monday, Thursday" from bits of days. */
const char *call_days_text(struct request *r, int32_t days);

/* Between the bits (0 Monday ... 6 Sunday) and values of weekday_choices. */
struct text_list call_days_list(struct request *r, int32_t days);
int32_t call_days_bits(struct text_list values);

/* "Every day, 7:00am to 10:00pm" */
const char *call_times_text(
    struct request *r, const struct register_member *member);

/* "£21.92 an hour (the rate card)" */
const char *member_rate_text(
    struct request *r, const struct register_member *member);

/*
 * Numbers as their keepers give them out, in capitals without blanks:
 * Companies House 01234567 or SC123456, Charity Commission 1234567 or
 * 1234567-12, Care Quality Commission 1-1234567890. Nothing typed is fine.
 */
bool company_number_is_one(const char *text);
bool charity_number_is_one(const char *text);
bool cqc_id_is_one(const char *text);

/* An address that starts with http:// or https:// and has a host. */
bool website_is_one(const char *text);

/* Kinds of term that describe what a member can do, with their headings. */
struct term_kind {
	const char *code;
	const char *heading;
};

extern const struct term_kind member_term_kinds[];
extern const size_t member_term_kind_count;

/* The heading of one kind of term for one membership and what it holds. */
struct member_terms {
	const char *code;
	const char *heading;
	const char *labels;
};

struct member_terms_list {
	const struct member_terms *row;
	size_t count;
};

/* One provider as its page shows it. */
struct provider_view {
	const struct register_provider *provider;
	const char *base; /* "/providers/P..." or "/our-details" */
	bool is_own_page; /* the provider's own */
	bool can_edit;
	struct register_office_list offices;
	struct register_contact_list contacts;
	struct register_location_list locations;
	struct register_member_list members;
	struct register_terms_list terms;
	struct register_day_part_list day_parts;
	struct gate_sheet_list sheets; /* how its memberships stand */
};

/*
 * "Morning 10, Evening 5.5, at any time 4": how a membership divides its spare
 * hours over the day; "" where it does not.
 */
const char *member_parts_text(struct request *r,
    const struct provider_view *view, const struct register_member *member);

/* What a member can do, one row for each kind of term. */
struct member_terms_list member_terms(struct request *r,
    const struct provider_view *view, const struct register_member *member);

/* Whether the reader may change this membership: only its council's staff. */
bool member_is_editable(struct request *r, const struct provider_view *view,
    const struct register_member *member);

/* The filter of the register, its choices and one page of it. */
struct provider_filter {
	const char *name; /* NULL = any, here and below */
	const char *area;
	const char *group;
	const char *specialism;
	const char *service_kind;
	const char *spare; /* "yes" or "no" */
	const char *visit; /* "passed" or "not_passed" */
	const char *state;
};

struct provider_list_view {
	struct provider_filter filter;
	struct choice_list areas;
	struct choice_list groups;
	struct choice_list specialisms;
	struct choice_list service_kinds;
	struct register_line_list lines;
	struct gate_sheet_list sheets; /* of the lines' memberships */
	int64_t total;
	int32_t page;
	int32_t pages;
};

extern const struct choice spare_choices[];
extern const struct choice visit_choices[];

/* "66 providers", "1 provider" */
const char *provider_caption(struct request *r, int64_t total);

#endif
