/* The weekly timetable and the outcomes wanted, line by line. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "packages/giveaway.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"
#include "templates.h"

/* The number that a part of the path is; 0 when it is none. */
static int64_t
part_id(const struct request *r, const char *name)
{
	int64_t id = 0;

	text_to_int64(request_part(r, name), 1, INT64_MAX, &id);
	return id;
}

/* Back to the list that a line belongs to. */
static const char *
list_location(
    struct request *r, const struct package *package, const char *section)
{
	return arena_printf(r->arena, "/packages/%s/%s%s", package->reference,
	    section, returns_to_check(r) ? "?return=check" : "");
}

/* --- Visits --------------------------------------------------------------- */

/* GET /packages/:reference/visits */
struct reply
package_visit_list(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);
	int64_t council = r->session.council_id;
	struct package_price price;

	if (package == NULL)
		return reply;
	price = package_price_now(r, package);
	render_packages_visits(r, package,
	    visit_list(r->db, council, package->id), &price,
	    package_rule_on(r, package, clock_local_date(r->now)));
	return reply_page(r, HTTP_OK);
}

struct visit_change {
	int64_t id; /* 0 = a new one */
	struct visit_form form;
};

static void
visit_save(struct request *r, const struct package *package, const void *values)
{
	const struct visit_change *change = values;
	const struct visit visit = visit_of_form(&change->form);
	const int32_t *from = visit.has_start_from_minute
	                          ? &visit.start_from_minute
	                          : NULL;
	const int32_t *until = visit.has_start_until_minute
	                           ? &visit.start_until_minute
	                           : NULL;
	int64_t council = r->session.council_id;

	if (change->id == 0)
		visit_insert(r->db, council, package->id, visit.kind,
		    visit.days, visit.times, from, until, visit.minutes,
		    visit.carers, visit.is_critical, visit.purpose);
	else
		visit_update(r->db, council, package->id, change->id,
		    visit.kind, visit.days, visit.times, from, until,
		    visit.minutes, visit.carers, visit.is_critical,
		    visit.purpose);
}

static void
visit_drop(struct request *r, const struct package *package, const void *values)
{
	const struct visit_change *change = values;

	visit_remove(r->db, r->session.council_id, package->id, change->id);
}

/* A new visit is of as many care workers as the needs say. */
static struct form *
visit_form(
    struct request *r, const struct package *package, const struct visit *visit)
{
	struct visit_form values = { .carers = 1 };
	bool is_flexible;

	if (visit == NULL) {
		if (text_equal(two_carers_need(package,
				   package_need_list(r->db,
				       r->session.council_id, package->id)),
			"must"))
			values.carers = 2;
		return form_show(r, visit_fields, &values);
	}
	is_flexible = text_equal(visit->kind, "flexible");
	values = (struct visit_form) {
		.purpose = visit->purpose,
		.kind = visit->kind,
		.days = visit_days_list(r->arena, visit->days),
		.times = visit->times,
		.start_from = visit->start_from_minute,
		.has_start_from = visit->has_start_from_minute,
		.start_until = visit->start_until_minute,
		.has_start_until = visit->has_start_until_minute,
		.minutes = is_flexible ? 0 : visit->minutes,
		.week_minutes = is_flexible ? visit->minutes : 0,
		.carers = visit->carers,
		.timing = visit->is_critical ? "critical" : "flexible",
	};
	return form_show(r, visit_fields, &values);
}

/* The package's week with this line in it, in place of the one it changes. */
static struct visit_week
visit_week(struct request *r, const struct package *package, int64_t id,
    const struct visit *line)
{
	struct visit_list saved = visit_list(
	    r->db, r->session.council_id, package->id);
	struct visit *rows = arena_array(
	    r->arena, saved.count + 1, sizeof(*rows));
	struct visit_week week = { .visits = { rows, 0 } };
	size_t i;

	for (i = 0; i < saved.count; i++)
		rows[week.visits.count++] = saved.row[i].id == id
		                                ? *line
		                                : saved.row[i];
	if (id == 0)
		rows[week.visits.count++] = *line;
	week.rule = package_rule_on(r, package, clock_local_date(r->now));
	week.price = package_price(r->db, r->arena, week.rule, week.visits);
	return week;
}

/* `line` is what the week is shown with; NULL: there is nothing to price. */
static struct reply
visit_page(struct request *r, const struct package *package,
    const struct visit *old, const struct visit *line, struct form *form,
    int status)
{
	struct visit_week week;

	if (line != NULL)
		week = visit_week(r, package, old != NULL ? old->id : 0, line);
	render_packages_visit(r, package,
	    old != NULL ? "Change a visit" : "Add a visit", old != NULL, form,
	    line != NULL ? &week : NULL);
	return reply_page(r, status);
}

/* The visit that the path names; NULL for a new one and one removed. */
static const struct visit *
visit_find(struct request *r, const struct package *package)
{
	return visit_by_id(
	    r->db, r->session.council_id, package->id, part_id(r, "visit"));
}

/* GET /packages/:reference/visits/new and /packages/:reference/visits/:visit */
struct reply
package_visit_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);
	const struct visit *visit;

	if (package == NULL)
		return reply;
	visit = visit_find(r, package);
	if (visit == NULL && *request_part(r, "visit") != '\0')
		return reply_not_found(r);
	return visit_page(
	    r, package, visit, visit, visit_form(r, package, visit), HTTP_OK);
}

/* Only what the price hangs on has to be right for it. */
static void
unpriced_ignore(struct form *form)
{
	static const char *const unpriced[] = { "purpose", "start_from",
		"start_until", "timing" };
	size_t i;

	for (i = 0; i < sizeof(unpriced) / sizeof(unpriced[0]); i++)
		form_ignore(form, unpriced[i]);
}

/* The page again, with hours and price; nothing is saved. */
static struct reply
visit_price(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);
	struct visit_form values = { 0 };
	const struct visit *old;
	struct visit line;
	struct form *form;

	if (package == NULL)
		return reply;
	old = visit_find(r, package);
	form = form_read(r, visit_fields, &values);
	visit_check(form, &values);
	unpriced_ignore(form);
	if (!form_ok(form))
		return visit_page(
		    r, package, old, NULL, form, HTTP_UNPROCESSABLE);
	line = visit_of_form(&values);
	return visit_page(r, package, old, &line, form, HTTP_OK);
}

/* What goes against the needs, or gives the person away. */
static void
visit_check_package(struct request *r, const struct package *package,
    struct form *form, const struct visit_form *visit)
{
	struct need_list needs = package_need_list(
	    r->db, r->session.council_id, package->id);

	if (visit->carers > 1 &&
	    text_equal(two_carers_need(package, needs), "no"))
		form_error(form, "carers",
		    "The needs say that two care workers at once are not "
		    "needed: enter 1, or change the needs first");
	giveaway_check(form, "purpose", visit->purpose, READ_BY_PROVIDERS,
	    r->session.council_id, package->reference);
}

/* After saving: another one, the next section of a draft, or the list. */
static const char *
visit_location(struct request *r, const struct package *package)
{
	const char *act = request_field(r, "act");

	if (text_equal(act, "another"))
		return list_location(r, package, "visits/new");
	return text_equal(act, "continue") &&
	               text_equal(package->state, "draft")
	           ? NULL
	           : list_location(r, package, "visits");
}

/*
 * POST of both: saves the visit, takes it away, or only says what the week
 * would cost. One that somebody else has removed meanwhile is met as a
 * conflict, and kept as a new one.
 */
struct reply
package_visit_update(struct request *r)
{
	struct reply reply;
	const struct package *package;
	const struct visit *visit;
	struct visit_change line = { 0 };
	struct package_change change = {
		.section = "visits",
		.act = "Visit saved",
		.save = visit_save,
		.values = &line,
	};
	struct form *form;

	if (text_equal(request_field(r, "act"), "price"))
		return visit_price(r);
	package = package_take(r, &reply);
	if (package == NULL)
		return reply;
	visit = visit_find(r, package);
	line.id = visit != NULL ? visit->id : 0;
	form = form_read(r, visit_fields, &line.form);
	if (!revision_holds(r, package->revision))
		return package_conflict(r, package,
		    visit != NULL ? "Change a visit" : "Add a visit", form,
		    visit != NULL ? visit_form(r, package, visit)
				  : form_show(r, visit_fields, NULL));
	change.location = visit_location(r, package);
	if (text_equal(request_field(r, "act"), "remove")) {
		change.act = "Visit removed";
		change.save = visit_drop;
		return package_change(r, package, &change);
	}
	visit_check(form, &line.form);
	visit_check_package(r, package, form, &line.form);
	if (!form_ok(form))
		return visit_page(
		    r, package, visit, NULL, form, HTTP_UNPROCESSABLE);
	return package_change(r, package, &change);
}

/* --- Outcomes ------------------------------------------------------------- */

struct outcome_form {
	const char *text;
};

static const struct field outcome_fields[] = {
	FIELD(struct outcome_form, FIELD_TEXT, text,
	    "What should the care achieve?", .subject = "The outcome",
	    .hint = "In the person's own words where you can. For example: "
		    "go to lunch club twice a week. No names",
	    .missing = "Enter what the care should achieve",
	    .is_required = true, .maximum = 500),
	FIELD_END,
};

struct outcome_change {
	int64_t id; /* 0 = a new one */
	struct outcome_form form;
};

/* GET /packages/:reference/outcomes */
struct reply
package_outcome_list(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);

	if (package == NULL)
		return reply;
	render_packages_outcomes(r, package,
	    outcome_list(r->db, r->session.council_id, package->id));
	return reply_page(r, HTTP_OK);
}

static void
outcome_save(
    struct request *r, const struct package *package, const void *values)
{
	const struct outcome_change *change = values;
	int64_t council = r->session.council_id;

	if (change->id == 0)
		outcome_insert(r->db, council, package->id, change->form.text);
	else
		outcome_update(
		    r->db, council, package->id, change->id, change->form.text);
}

static void
outcome_drop(
    struct request *r, const struct package *package, const void *values)
{
	const struct outcome_change *change = values;

	outcome_remove(r->db, r->session.council_id, package->id, change->id);
}

static struct form *
outcome_form(struct request *r, const struct outcome *outcome)
{
	struct outcome_form values = { "" };

	if (outcome != NULL)
		values.text = outcome->text;
	return form_show(r, outcome_fields, &values);
}

static const struct outcome *
outcome_find(struct request *r, const struct package *package)
{
	return outcome_by_id(
	    r->db, r->session.council_id, package->id, part_id(r, "outcome"));
}

/* GET /packages/:reference/outcomes/new and .../outcomes/:outcome */
struct reply
package_outcome_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);
	const struct outcome *outcome;

	if (package == NULL)
		return reply;
	outcome = outcome_find(r, package);
	if (outcome == NULL && *request_part(r, "outcome") != '\0')
		return reply_not_found(r);
	render_packages_outcome(
	    r, package, outcome != NULL, outcome_form(r, outcome));
	return reply_page(r, HTTP_OK);
}

/* POST of both: saves the outcome, or takes it away. */
struct reply
package_outcome_update(struct request *r)
{
	struct reply reply;
	const struct package *package = package_take(r, &reply);
	const struct outcome *outcome;
	struct outcome_change line = { 0 };
	struct package_change change = {
		.section = "outcomes",
		.act = "Outcome saved",
		.save = outcome_save,
		.values = &line,
	};
	struct form *form;

	if (package == NULL)
		return reply;
	outcome = outcome_find(r, package);
	line.id = outcome != NULL ? outcome->id : 0;
	form = form_read(r, outcome_fields, &line.form);
	if (!revision_holds(r, package->revision))
		return package_conflict(r, package, "Outcome wanted", form,
		    outcome_form(r, outcome));
	change.location = list_location(r, package, "outcomes");
	if (text_equal(request_field(r, "act"), "remove")) {
		change.act = "Outcome removed";
		change.save = outcome_drop;
		return package_change(r, package, &change);
	}
	giveaway_check(form, "text", line.form.text, READ_BY_PROVIDERS,
	    r->session.council_id, package->reference);
	if (!form_ok(form)) {
		render_packages_outcome(r, package, outcome != NULL, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	return package_change(r, package, &change);
}
