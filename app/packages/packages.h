/*
 * Rules of packages: what a section must say, when a package is complete,
 * what a week comes to, and how all this is put into words. Pure; pages and
 * queries are left to others.
 */
#ifndef PACKAGES_PACKAGES_H
#define PACKAGES_PACKAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "matching/policy.h"
#include "packages/packages.sql.h"
#include "packages/visits.sql.h"
#include "rates/package_week.h"

/* The sections of the entry, in the order of the task list. */
enum package_section {
	SECTION_PERSON,
	SECTION_FUNDING,
	SECTION_PLACE,
	SECTION_GROUP,
	SECTION_NEEDS,
	SECTION_BEFORE_COMING,
	SECTION_VISITS,
	SECTION_OUTCOMES,
	SECTION_START,
	SECTION_CHOICE,
	SECTION_WAITING,
	SECTION_COUNT,
};

enum section_state {
	SECTION_NOT_STARTED,
	SECTION_IN_PROGRESS,
	SECTION_COMPLETED,
};

/* "place", as in the page's address; "Place of care", as on the task list. */
const char *package_section_name(enum package_section section);
const char *package_section_title(enum package_section section);

enum section_state package_section_state(
    const struct package *package, enum package_section section);

/* Whether a draft has no answer to a section yet. */
bool package_section_is_open(
    const struct package *package, enum package_section section);

/*
 * The first section that is not completed, beginning after `after` and going
 * round; SECTION_COUNT when all are.
 */
enum package_section package_section_next(
    const struct package *package, enum package_section after);

/* The section of a page's name; area is a part of the place. */
enum package_section package_section_of(const char *name);

/* Sections not completed; 0: it may go onto the waiting list. */
size_t package_sections_left(const struct package *package);

/* Whether its sections may still be changed: draft, waiting or offered. */
bool package_may_change(const struct package *package);

/* "On the waiting list" and the tag's colour for a state. */
const char *package_state_label(const char *state);
const char *package_state_colour(const char *state);

/* "Waiting, placed" of several packages; "None" of none. */
const char *package_states_text(struct request *r, struct text_list list);

/* Words for codes of the schema; "" for an empty one. */
const char *wait_reason_label(const char *reason);
const char *urgency_label(const char *urgency);

extern const struct choice wait_reason_choices[];
extern const struct choice urgency_choices[];
/* "every", "weekdays", "1" Monday to "7" Sunday */
extern const struct choice day_choices[];

/* "Yes", "No" or "Not known". */
const char *yes_no_text(const char *value);

/* "Dementia, Polish" of the must-haves or of the rest; "None". */
const char *needs_text(struct request *r, struct need_list needs, bool is_must);

/* "Specialist care. A nurse supervises it" */
const char *complexity_text(struct request *r, const struct package *package);

/* Whether a policy puts providers in order by the preferences they meet. */
bool policy_orders_by_needs(const struct policy *policy);

/* must, prefer or no; "" while nobody has said. */
const char *two_carers_need(
    const struct package *package, struct need_list needs);

/* The most care workers that come at once in any visit; 0 without visits. */
int32_t visits_most_carers(struct visit_list visits);

/* The code of care_term's age band on a day; "" without a birth date. */
const char *age_band_of(int32_t born_on, int32_t today);

/* A line of the timetable as it is typed. */
struct visit_form {
	const char *purpose;
	const char *kind; /* days, times, flexible */
	struct text_list days;
	int64_t times;
	int32_t start_from;
	bool has_start_from;
	int32_t start_until;
	bool has_start_until;
	int64_t minutes;      /* of each visit */
	int64_t week_minutes; /* of the whole week */
	int64_t carers;
	const char *timing; /* critical, flexible */
};

extern const struct field visit_fields[];

/*
 * Adds the messages of what the chosen kind lacks or cannot have. What belongs
 * to other kinds does not count: its messages go and its values are emptied;
 * `minutes` are then those of a visit or, when flexible, of the week.
 */
void visit_check(struct form *form, struct visit_form *visit);

/* The line that the form would save; it has no id. */
struct visit visit_of_form(const struct visit_form *form);

/*
 * Days as bits, 0 for Monday, of the values of day_choices; and back, as "every
 * day" or "weekdays" where it can be said so.
 */
int32_t visit_days_of(struct text_list days);
struct text_list visit_days_list(struct arena *arena, int32_t days);

/* "Every day", "Monday and Friday", "3 times a week", "Over the week". */
const char *visit_when(struct request *r, const struct visit *visit);

/* "8am to 9:30am", "at 8am"; "" when no time is given. */
const char *visit_times(struct request *r, const struct visit *visit);

/* The price of a package's week: one figure, or a range of two. */
struct package_price {
	bool is_known; /* the framework has a rate */
	bool is_range; /* the rate comes with the reply */
	struct price_week low;
	struct price_week high;
	const struct week_card *card;
	struct text_list notes; /* see week_card_notes */
	int64_t holiday_low;    /* with a bank holiday on its Monday, */
	int64_t holiday_high;   /* where card->has_holidays; else 0 */
};

/*
 * rule may be NULL. A card that cannot be read fails the request; db is not
 * used for anything else.
 */
struct package_price package_price(struct db *db, struct arena *arena,
    const struct price_rule *rule, struct visit_list visits);

/* "More than 35 min 59 s, up to 50 min 59 s", of a line of working. */
const char *price_band_text(
    struct request *r, const struct price_rule *rule, int band);

/* One line of the working, in words: times × carers × each = total. */
struct working_line {
	const char *purpose;
	const char *when;
	int64_t visits;
	int64_t carers;
	const char *time; /* of each */
	const char *band;
	int64_t percent;
	struct text_list premiums; /* within each, a sentence each */
	const char *each;
	const char *total;
};

struct working_line_list {
	const struct working_line *row;
	size_t count;
};

struct working_line_list package_working(struct request *r,
    const struct package_price *price, const struct price_rule *rule,
    struct visit_list visits);

/* "£131.50", "£120.00 to £137.40" or "not known yet". */
const char *package_price_text(
    struct request *r, const struct package_price *price);

/* The same of a week whose Monday is a bank holiday. */
const char *package_holiday_text(
    struct request *r, const struct package_price *price);

#endif
