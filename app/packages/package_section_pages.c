/* Sections of a package that are one plain form each. */
#include "areas/terms.h"
#include "base/clock.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"

enum { MOST_DAYS_AHEAD = 366, MOST_MINUTES_IN_PLACE = 4 * 10080 };

/* --- Group ---------------------------------------------------------------- */

struct group_form {
	const char *group_code;
	const char *age_band;
};

static const struct field group_fields[] = {
	FIELD(struct group_form, FIELD_CHOICE, group_code, "Service-user group",
	    .missing = "Select the service-user group", .is_required = true),
	FIELD(struct group_form, FIELD_CHOICE, age_band, "Age",
	    .missing = "Select the age", .is_required = true),
	FIELD_END,
};

static void
group_load(struct request *r, const struct package *package, void *values)
{
	struct group_form *group = values;

	group->group_code = package->group_code;
	group->age_band = package->age_band;
	if (*group->age_band == '\0')
		group->age_band = age_band_of(
		    package->person_born_on, clock_local_date(r->now));
}

static void
group_choices(
    struct request *r, const struct package *package, struct form *form)
{
	(void)package;
	form_choices(form, "group_code", term_choices(r, "service_user_group"));
	form_choices(form, "age_band", term_choices(r, "age_band"));
}

static void
group_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct group_form *group = values;
	const char *band = age_band_of(
	    package->person_born_on, clock_local_date(r->now));

	if (*band != '\0' && !text_equal(group->age_band, band))
		form_error(form, "age_band",
		    "Select the age that fits the birth date, %s",
		    day(r, package->person_born_on));
}

static void
group_save(struct request *r, const struct package *package, const void *values)
{
	const struct group_form *group = values;

	package_save_group(r->db, r->session.council_id, package->id,
	    group->group_code, group->age_band);
}

static const struct section group_section = {
	.name = "group",
	.title = "Service-user group and age",
	.fields = group_fields,
	.size = sizeof(struct group_form),
	.load = group_load,
	.choices = group_choices,
	.check = group_check,
	.save = group_save,
};

/* GET /packages/:reference/group */
struct reply
package_group_edit(struct request *r)
{
	return section_edit(r, &group_section);
}

/* POST /packages/:reference/group */
struct reply
package_group_update(struct request *r)
{
	return section_update(r, &group_section);
}

/* --- Start ---------------------------------------------------------------- */

const struct field start_fields[] = {
	FIELD(struct start_form, FIELD_CHOICE, urgency, "How urgent is it?",
	    .missing = "Select how urgent it is", .is_required = true,
	    .choices = urgency_choices),
	FIELD(struct start_form, FIELD_INSTANT, start_wanted,
	    "When is the start wanted?", .subject = "Start wanted",
	    .hint = "For example: 27 3 2027, at 8:30am",
	    .missing = "Enter the date and time of the start wanted",
	    .is_required = true),
	FIELD_END,
};

static void
start_load(struct request *r, const struct package *package, void *values)
{
	struct start_form *start = values;

	(void)r;
	start->urgency = package->urgency;
	start->start_wanted = package->start_wanted_at;
}

void
start_form_check(struct form *form, const struct start_form *start, int64_t now)
{
	if (start->start_wanted <= now)
		form_error(
		    form, "start_wanted", "Start wanted must be in the future");
	else if (start->start_wanted > now + MOST_DAYS_AHEAD * CLOCK_DAY)
		form_error(
		    form, "start_wanted", "Start wanted must be within a year");
	else if (text_equal(start->urgency, "rapid") &&
		 start->start_wanted > now + CLOCK_DAY)
		form_error(form, "start_wanted",
		    "A rapid start is within 24 hours: enter an earlier time, "
		    "or select standard");
}

static void
start_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct start_form *start = values;

	/* What was wanted and is now past may stand, but not be typed anew. */
	if (start->start_wanted == package->start_wanted_at &&
	    text_equal(start->urgency, package->urgency))
		return;
	start_form_check(form, start, r->now);
}

static void
start_save(struct request *r, const struct package *package, const void *values)
{
	const struct start_form *start = values;

	package_save_start(r->db, r->session.council_id, package->id,
	    start->urgency, start->start_wanted);
}

static const struct section start_section = {
	.name = "start",
	.title = "Start and urgency",
	.fields = start_fields,
	.size = sizeof(struct start_form),
	.load = start_load,
	.check = start_check,
	.save = start_save,
};

/* GET /packages/:reference/start */
struct reply
package_start_edit(struct request *r)
{
	return section_edit(r, &start_section);
}

/* POST /packages/:reference/start */
struct reply
package_start_update(struct request *r)
{
	return section_update(r, &start_section);
}

/* --- Waiting -------------------------------------------------------------- */

struct waiting_form {
	const char *reason;
	int64_t minutes_in_place;
	bool has_minutes_in_place;
};

static const struct field waiting_fields[] = {
	FIELD(struct waiting_form, FIELD_CHOICE, reason,
	    "Why does the person wait?",
	    .missing = "Select why the person waits", .is_required = true,
	    .choices = wait_reason_choices),
	FIELD(struct waiting_form, FIELD_HOURS, minutes_in_place,
	    "Hours a week already in place",
	    .hint = "For example: 7.5. Leave empty when nothing is in place",
	    .maximum = MOST_MINUTES_IN_PLACE,
	    .has_offset = offsetof(struct waiting_form, has_minutes_in_place)),
	FIELD_END,
};

static void
waiting_load(struct request *r, const struct package *package, void *values)
{
	struct waiting_form *waiting = values;

	(void)r;
	waiting->reason = package->wait_reason;
	waiting->minutes_in_place = package->minutes_in_place;
	waiting->has_minutes_in_place = package->minutes_in_place > 0;
}

static void
waiting_check(struct request *r, const struct package *package,
    struct form *form, const void *values)
{
	const struct waiting_form *waiting = values;
	bool has_nothing = text_equal(waiting->reason, "nothing_in_place");

	(void)r;
	(void)package;
	if (has_nothing && waiting->minutes_in_place > 0)
		form_error(form, "minutes_in_place",
		    "Leave the hours empty, or select what is in place");
	if (!has_nothing && waiting->minutes_in_place == 0)
		form_error(form, "minutes_in_place",
		    "Enter the hours a week that are already in place");
}

static void
waiting_save(
    struct request *r, const struct package *package, const void *values)
{
	const struct waiting_form *waiting = values;

	package_save_waiting(r->db, r->session.council_id, package->id,
	    waiting->reason, (int32_t)waiting->minutes_in_place);
}

static const struct section waiting_section = {
	.name = "waiting",
	.title = "Why the person waits",
	.fields = waiting_fields,
	.size = sizeof(struct waiting_form),
	.load = waiting_load,
	.check = waiting_check,
	.save = waiting_save,
};

/* GET /packages/:reference/waiting */
struct reply
package_waiting_edit(struct request *r)
{
	return section_edit(r, &waiting_section);
}

/* POST /packages/:reference/waiting */
struct reply
package_waiting_update(struct request *r)
{
	return section_update(r, &waiting_section);
}
