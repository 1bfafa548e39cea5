/* The weekly timetable and the outcomes wanted, line by line. */
#include <inttypes.h>

#include "base/arena.h"
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
	    package_price_rule(r->db, council, package->id));
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
	const struct visit_form *visit = &change->form;
	const int32_t *from = visit->has_start_from ? &visit->start_from : NULL;
	const int32_t *until = visit->has_start_until ? &visit->start_until
	                                              : NULL;
	int32_t days = visit_days_of(visit->days);
	bool is_critical = text_equal(visit->timing, "critical");
	int64_t council = r->session.council_id;

	if (change->id == 0)
		visit_insert(r->db, council, package->id, visit->kind, days,
		    (int32_t)visit->times, from, until, (int32_t)visit->minutes,
		    (int32_t)visit->carers, is_critical, visit->purpose);
	else
		visit_update(r->db, council, package->id, change->id,
		    visit->kind, days, (int32_t)visit->times, from, until,
		    (int32_t)visit->minutes, (int32_t)visit->carers,
		    is_critical, visit->purpose);
}

static void
visit_drop(struct request *r, const struct package *package, const void *values)
{
	const struct visit_change *change = values;

	visit_remove(r->db, r->session.council_id, package->id, change->id);
}

static struct form *
visit_form(struct request *r, const struct visit *visit)
{
	struct visit_form values = { .carers = 1 };

	if (visit != NULL)
		values = (struct visit_form) {
			.purpose = visit->purpose,
			.kind = visit->kind,
			.days = visit_days_list(r->arena, visit->days),
			.times = visit->times,
			.start_from = visit->start_from_minute,
			.has_start_from = visit->has_start_from_minute,
			.start_until = visit->start_until_minute,
			.has_start_until = visit->has_start_until_minute,
			.minutes = visit->minutes,
			.carers = visit->carers,
			.timing = visit->is_critical ? "critical" : "flexible",
		};
	return form_show(r, visit_fields, &values);
}

static void
visit_render(struct request *r, const struct package *package,
    const struct visit *visit, struct form *form)
{
	render_packages_visit(r, package,
	    visit != NULL ? "Change a visit" : "Add a visit", visit != NULL,
	    form);
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
	visit_render(r, package, visit, visit_form(r, visit));
	return reply_page(r, HTTP_OK);
}

/*
 * POST of both: saves the visit, or takes it away. One that somebody else
 * has removed meanwhile is met as a conflict, and kept as a new one.
 */
struct reply
package_visit_update(struct request *r)
{
	struct reply reply;
	const struct package *package = package_take(r, &reply);
	const struct visit *visit;
	struct visit_change line = { 0 };
	struct package_change change = {
		.section = "visits",
		.act = "Visit saved",
		.save = visit_save,
		.values = &line,
	};
	struct form *form;

	if (package == NULL)
		return reply;
	visit = visit_find(r, package);
	line.id = visit != NULL ? visit->id : 0;
	form = form_read(r, visit_fields, &line.form);
	if (!revision_holds(r, package->revision))
		return package_conflict(r, package,
		    visit != NULL ? "Change a visit" : "Add a visit", form,
		    visit != NULL ? visit_form(r, visit)
				  : form_show(r, visit_fields, NULL));
	change.location = list_location(r, package, "visits");
	if (text_equal(request_field(r, "act"), "remove")) {
		change.act = "Visit removed";
		change.save = visit_drop;
		return package_change(r, package, &change);
	}
	if (form_ok(form))
		visit_check(form, &line.form);
	giveaway_check(form, "purpose", line.form.purpose, READ_BY_PROVIDERS,
	    r->session.council_id, package->reference);
	if (!form_ok(form)) {
		visit_render(r, package, visit, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
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
