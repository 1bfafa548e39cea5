/* States, sections and words of packages. */
#include "packages/packages.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"

struct words {
	const char *code;
	const char *label;
	const char *colour;
};

static const struct words states[] = {
	{ "draft", "Draft", "grey" },
	{ "waiting", "Waiting", "yellow" },
	{ "offered", "Offered", "blue" },
	{ "placed", "Placed", "green" },
	{ "closed", "Closed", "grey" },
	{ "cancelled", "Cancelled", "red" },
};

static const struct {
	const char *name;
	const char *title;
} sections[SECTION_COUNT] = {
	[SECTION_PERSON] = { "person", "The person" },
	[SECTION_FUNDING] = { "funding", "Funding and kind of service" },
	[SECTION_PLACE] = { "place", "Place of care" },
	[SECTION_GROUP] = { "group", "Service-user group and age" },
	[SECTION_NEEDS] = { "needs", "Needs of the care workers" },
	[SECTION_BEFORE_COMING] = { "before-coming",
	    "What a worker should know before coming" },
	[SECTION_VISITS] = { "visits", "Weekly timetable of visits" },
	[SECTION_OUTCOMES] = { "outcomes", "Outcomes wanted" },
	[SECTION_START] = { "start", "Start and urgency" },
	[SECTION_CHOICE] = { "choice", "A provider the person has chosen" },
	[SECTION_WAITING] = { "waiting", "Why the person waits" },
};

const struct choice wait_reason_choices[] = {
	{ "nothing_in_place", "Nothing is in place", NULL },
	{ "interim_care", "Interim care is in place and awaits a change",
	    NULL },
	{ "leaving_reablement", "The person is leaving reablement", NULL },
	{ NULL, NULL, NULL },
};

const struct choice urgency_choices[] = {
	{ "rapid", "Rapid",
	    "Care must start within 24 hours of sending the offers" },
	{ "standard", "Standard",
	    "Care must start within 48 hours of sending the offers, or at a "
	    "later time that you enter" },
	{ NULL, NULL, NULL },
};

const char *
package_section_name(enum package_section section)
{
	return sections[section].name;
}

const char *
package_section_title(enum package_section section)
{
	return sections[section].title;
}

/* Where and how old the person is, and whom to call. */
static bool
is_person_known(const struct package *package)
{
	return package->person_born_on != 0 &&
	       *package->person_address != '\0' &&
	       (package->emergency_count > 0 ||
		   package->has_no_emergency_contact);
}

static enum section_state
state_of(bool is_completed, bool is_begun)
{
	if (is_completed)
		return SECTION_COMPLETED;
	return is_begun ? SECTION_IN_PROGRESS : SECTION_NOT_STARTED;
}

enum section_state
package_section_state(
    const struct package *package, enum package_section section)
{
	bool is_saved = text_list_has(
	    package->sections, package_section_name(section));

	switch (section) {
	case SECTION_PERSON:
		return state_of(
		    is_person_known(package), package->has_person_id);
	case SECTION_FUNDING:
		return state_of(*package->funding != '\0' &&
				    *package->service_kind != '\0' &&
				    package->has_framework_id,
		    *package->funding != '\0');
	case SECTION_PLACE:
		return state_of(package->has_area_id &&
				    text_list_has(package->sections, "area"),
		    *package->postcode != '\0');
	case SECTION_GROUP:
		return state_of(
		    *package->group_code != '\0' && *package->age_band != '\0',
		    *package->group_code != '\0');
	case SECTION_NEEDS:
		return state_of(is_saved, package->need_count > 0);
	case SECTION_VISITS:
		return state_of(package->visit_count > 0, false);
	case SECTION_OUTCOMES:
		return state_of(package->outcome_count > 0, false);
	case SECTION_START:
		return state_of(
		    *package->urgency != '\0' && package->start_wanted_at != 0,
		    *package->urgency != '\0');
	case SECTION_WAITING:
		return state_of(*package->wait_reason != '\0', false);
	default:
		return state_of(is_saved, false);
	}
}

bool
package_section_is_open(
    const struct package *package, enum package_section section)
{
	return text_equal(package->state, "draft") &&
	       package_section_state(package, section) == SECTION_NOT_STARTED;
}

enum package_section
package_section_next(const struct package *package, enum package_section after)
{
	int i;

	for (i = 1; i <= SECTION_COUNT; i++) {
		enum package_section section = (enum package_section)(
		    ((int)after + i) % SECTION_COUNT);

		if (package_section_state(package, section) !=
		    SECTION_COMPLETED)
			return section;
	}
	return SECTION_COUNT;
}

enum package_section
package_section_of(const char *name)
{
	int section;

	for (section = 0; section < SECTION_COUNT; section++)
		if (text_equal(sections[section].name, name))
			return (enum package_section)section;
	return SECTION_PLACE;
}

size_t
package_sections_left(const struct package *package)
{
	size_t left = 0;
	int section;

	for (section = 0; section < SECTION_COUNT; section++)
		if (package_section_state(package,
			(enum package_section)section) != SECTION_COMPLETED)
			left++;
	return left;
}

bool
package_may_change(const struct package *package)
{
	return text_equal(package->state, "draft") ||
	       text_equal(package->state, "waiting") ||
	       text_equal(package->state, "offered");
}

static const struct words *
state_find(const char *state)
{
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].code, state))
			return &states[i];
	return NULL;
}

const char *
package_state_label(const char *state)
{
	const struct words *words = state_find(state);

	return words != NULL ? words->label : state;
}

const char *
package_state_colour(const char *state)
{
	const struct words *words = state_find(state);

	return words != NULL ? words->colour : "grey";
}

static const char *
choice_label(const struct choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (text_equal(choices->value, value))
			return choices->label;
	return "";
}

const char *
wait_reason_label(const char *reason)
{
	return choice_label(wait_reason_choices, reason);
}

const char *
urgency_label(const char *urgency)
{
	return choice_label(urgency_choices, urgency);
}

const char *
package_states_text(struct request *r, struct text_list list)
{
	struct buffer text = buffer_new(r->arena, 64, 16 * 1024);
	size_t i;

	for (i = 0; i < list.count; i++)
		buffer_printf(&text, "%s%s", i > 0 ? ", " : "",
		    i == 0 ? package_state_label(list.row[i])
			   : text_lower(
				 r->arena, package_state_label(list.row[i])));
	return list.count > 0 ? text.data : "None";
}

const char *
yes_no_text(const char *value)
{
	if (text_equal(value, "yes"))
		return "Yes";
	return text_equal(value, "no") ? "No" : "Not known";
}

const char *
needs_text(struct request *r, struct need_list needs, bool is_must)
{
	struct buffer text = buffer_new(r->arena, 128, 16 * 1024);
	size_t i;

	for (i = 0; i < needs.count; i++) {
		if (needs.row[i].is_must != is_must)
			continue;
		if (text.length > 0)
			buffer_text(&text, ", ");
		buffer_text(&text, needs.row[i].label);
	}
	return text.length > 0 ? text.data : "None";
}

const char *
complexity_text(struct request *r, const struct package *package)
{
	bool is_specialist = text_equal(package->complexity, "specialist");

	if (text_equal(package->complexity, "ordinary"))
		return "Ordinary care";
	return arena_printf(r->arena, "%s care. %s",
	    is_specialist ? "Specialist" : "Low-level",
	    package->complexity_reason);
}

static bool
step_orders_by_needs(
    const struct policy_step *step, const struct fit_weights *fit)
{
	if (step->action == ACTION_MUST)
		return false;
	return step->criterion == CRITERION_NEEDS ||
	       (step->criterion == CRITERION_FIT && fit->specialisms > 0);
}

bool
policy_orders_by_needs(const struct policy *policy)
{
	size_t i;

	for (i = 0; i < policy->step_count; i++)
		if (step_orders_by_needs(&policy->step[i], &policy->fit))
			return true;
	for (i = 0; i < policy->reply_step_count; i++)
		if (step_orders_by_needs(&policy->reply_step[i], &policy->fit))
			return true;
	return false;
}

const char *
two_carers_need(const struct package *package, struct need_list needs)
{
	size_t i;

	for (i = 0; i < needs.count; i++)
		if (text_equal(needs.row[i].kind, "two_carers"))
			return needs.row[i].is_must ? "must" : "prefer";
	return text_list_has(package->sections, "needs") ? "no" : "";
}

const char *
age_band_of(int32_t born_on, int32_t today)
{
	int32_t year, month, day_born, year_now, month_now, day_now, age;

	if (born_on == 0)
		return "";
	date_split(born_on, &year, &month, &day_born);
	date_split(today, &year_now, &month_now, &day_now);
	age = year_now - year;
	if (month_now < month || (month_now == month && day_now < day_born))
		age--;
	if (age < 18)
		return "under_18";
	if (age < 65)
		return "from_18";
	if (age < 75)
		return "from_65";
	return age < 85 ? "from_75" : "from_85";
}
