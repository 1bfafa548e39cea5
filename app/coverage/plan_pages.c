/* Schemes of areas that a commissioner draws up, changes and removes. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "coverage/coverage.h"
#include "coverage/coverage_pages.h"
#include "templates.h"

enum { PLAN_TEXT = 20000 };

struct plan_form {
	const char *revision;
	const char *name;
	const char *areas;
};

static const struct field plan_fields[] = {
	FIELD(struct plan_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct plan_form, FIELD_LINE, name, "Name of the scheme",
	    .hint = "For example, Three clusters",
	    .missing = "Enter a name for the scheme", .is_required = true,
	    .maximum = PLAN_NAME),
	FIELD(struct plan_form, FIELD_TEXT, areas, "Areas and their sectors",
	    .hint = "A line for each area: its name, a colon, and its postcode "
		    "sectors with commas between them, for example North: "
		    "SG4 0, SG5. SG5 stands for all sectors that begin with it",
	    .missing = "Enter at least one area", .is_required = true,
	    .maximum = PLAN_TEXT),
	FIELD_END,
};

/* `plan` is NULL for a new one. */
static struct reply
plan_again(struct request *r, const struct area_plan_line *plan,
    struct form *form, int status)
{
	const char *saved = NULL;

	if (status == HTTP_CONFLICT) {
		saved = plan_areas_text(
		    r->arena, cover_shown_list_of_plan(r->db,
				  r->session.council_id, plan->reference));
		form_revision_renew(form, plan->revision);
	}
	render_coverage_plan(r, plan, form, saved);
	return reply_page(r, status);
}

/* Adds the messages; gives the areas that are typed. */
static struct plan_areas
plan_check(struct request *r, struct form *form, const struct plan_form *values,
    int64_t plan)
{
	const int64_t council = r->session.council_id;
	const struct plan_areas areas = plan_areas_read(r->arena, values->areas,
	    cover_sector_name_list(r->db, council, clock_local_date(r->now)));
	const int64_t named = area_plan_named(r->db, council, values->name);

	if (named != 0 && named != plan)
		form_error(form, "name",
		    "Another scheme that was drawn up has this name");
	if (*values->areas != '\0' && areas.fault != NULL)
		form_error(form, "areas", "%s", areas.fault);
	else if (*values->areas != '\0' && areas.sectors.count == 0)
		form_error(form, "areas", "Enter at least one area");
	return areas;
}

static struct reply
plan_done(struct request *r, const struct area_plan_line *plan,
    const struct plan_areas *areas, const char *act, const char *notice)
{
	area_plan_sector_add(r->db, r->session.council_id, plan->id,
	    areas->sectors, areas->numbers, areas->names);
	audit_add(r->db, act, "area_plan", plan->reference,
	    arena_printf(r->arena, "{\"sectors\": %zu}", areas->sectors.count));
	return reply_redirect_with(
	    r, notice, "/coverage?scheme=%s", plan->reference);
}

/* The areas of a scheme in the list of a framework, to begin with. */
static const char *
areas_from(struct request *r)
{
	const char *code = request_query(r, "framework");
	const char *from = request_query(r, "from");
	const int64_t council = r->session.council_id;
	const struct cover_framework_list frameworks = cover_framework_list(
	    r->db, council, clock_local_date(r->now));
	struct cover_shown_list shown = { NULL, 0 };

	if (from == NULL)
		return "";
	shown = cover_shown_list_of_plan(r->db, council, from);
	for (size_t i = 0; i < frameworks.count && shown.count == 0; i++)
		if (text_equal(frameworks.row[i].code, code))
			shown = cover_shown_list(
			    r->db, frameworks.row[i].council_id, from);
	return plan_areas_text(r->arena, shown);
}

/* GET /coverage/schemes/new */
struct reply
area_plan_new(struct request *r)
{
	const struct plan_form values = {
		.revision = "", .name = "", .areas = areas_from(r)
	};

	return plan_again(r, NULL, form_show(r, plan_fields, &values), HTTP_OK);
}

/* POST /coverage/schemes/new */
struct reply
area_plan_create(struct request *r)
{
	struct plan_form values = { 0 };
	struct form *form = form_read(r, plan_fields, &values);
	const struct plan_areas areas = plan_check(r, form, &values, 0);

	if (!form_ok(form))
		return plan_again(r, NULL, form, HTTP_UNPROCESSABLE);
	return plan_done(r,
	    area_plan_insert(r->db, r->session.council_id, values.name,
		r->session.account_id),
	    &areas, "area_plan.create", "Scheme drawn up. It is not in force");
}

/* GET /coverage/schemes/:reference */
struct reply
area_plan_edit(struct request *r)
{
	const int64_t council = r->session.council_id;
	const struct area_plan_line *plan = area_plan_by_reference(
	    r->db, council, request_part(r, "reference"));
	struct plan_form values;

	if (plan == NULL)
		return reply_not_found(r);
	values = (struct plan_form) {
		.revision = form_revision_text(r, plan->revision),
		.name = plan->name,
		.areas = plan_areas_text(r->arena,
		    cover_shown_list_of_plan(r->db, council, plan->reference)),
	};
	return plan_again(r, plan, form_show(r, plan_fields, &values), HTTP_OK);
}

/* Not what somebody else has changed since it was shown. */
static struct reply
plan_remove(struct request *r, const struct area_plan_line *plan)
{
	const int64_t council = r->session.council_id;
	const struct plan_form values = {
		.revision = "",
		.name = plan->name,
		.areas = plan_areas_text(r->arena,
		    cover_shown_list_of_plan(r->db, council, plan->reference)),
	};

	if (!text_equal(request_field(r, "revision"),
		form_revision_text(r, plan->revision)))
		return plan_again(
		    r, plan, form_show(r, plan_fields, &values), HTTP_CONFLICT);
	area_plan_sector_clear(r->db, council, plan->id);
	area_plan_delete(r->db, council, plan->id);
	audit_add(
	    r->db, "area_plan.remove", "area_plan", plan->reference, NULL);
	return reply_redirect_with(r, "Scheme removed", "/coverage");
}

/* POST /coverage/schemes/:reference : save, or remove it */
struct reply
area_plan_update_run(struct request *r)
{
	const int64_t council = r->session.council_id;
	const struct area_plan_line *plan = area_plan_lock(
	    r->db, council, request_part(r, "reference"));
	struct plan_form values = { 0 };
	struct plan_areas areas;
	struct form *form;

	if (plan == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "remove"))
		return plan_remove(r, plan);
	form = form_read(r, plan_fields, &values);
	areas = plan_check(r, form, &values, plan->id);
	if (!form_ok(form))
		return plan_again(r, plan, form, HTTP_UNPROCESSABLE);
	if (!text_equal(values.revision, form_revision_text(r, plan->revision)))
		return plan_again(r, plan, form, HTTP_CONFLICT);
	area_plan_update(r->db, council, plan->id, values.name);
	area_plan_sector_clear(r->db, council, plan->id);
	return plan_done(r, plan, &areas, "area_plan.update", "Scheme saved");
}
