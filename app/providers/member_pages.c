/*
 * What a provider does on one framework: areas and services. By the staff of
 * the council whose framework it is.
 */
#include "providers/providers_pages.h"

#include "areas/terms.h"
#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct areas_form {
	const char *revision;
	bool has_all_areas;
	struct text_list areas;
};

static const struct field areas_fields[] = {
	FIELD(struct areas_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct areas_form, FIELD_TICK, has_all_areas, "All areas",
	    .hint =
		"Where there is no limit on areas. The choice below then has "
		"no effect"),
	FIELD(struct areas_form, FIELD_CHOICES, areas, "Areas"),
	FIELD_END,
};

static struct reply
areas_again(struct request *r, const struct provider_view *view,
    const struct register_member *member, struct form *form, int status)
{
	render_providers_areas(r, view, member, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

static void
areas_choices(
    struct request *r, const struct register_member *member, struct form *form)
{
	const struct register_code_list areas = scheme_area_list(
	    r->db, member->council_id, member->scheme_id);
	struct choice *rows = arena_array(r->arena, areas.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < areas.count; i++) {
		rows[i].value = areas.row[i].code;
		rows[i].label = areas.row[i].name;
	}
	form_choices(form, "areas", (struct choice_list) { rows, areas.count });
}

/* GET /providers/:reference/memberships/:member/areas */
struct reply
member_areas_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct areas_form values;
	struct form *form;

	if (member == NULL)
		return reply_not_found(r);
	values = (struct areas_form) {
		form_revision_text(r, member->revision),
		member->has_all_areas,
		member_area_codes(r->db, member->council_id, member->id),
	};
	form = form_show(r, areas_fields, &values);
	areas_choices(r, member, form);
	return areas_again(r, &view, member, form, HTTP_OK);
}

/* POST /providers/:reference/memberships/:member/areas */
struct reply
member_areas_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct areas_form values = { 0 };
	struct form *form;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, areas_fields, &values);
	areas_choices(r, member, form);
	form_check_choice(form, "areas");
	if (form_ok(form) && !values.has_all_areas && values.areas.count == 0)
		form_error(form, "areas",
		    "Select at least one area, or tick all areas");
	if (!form_ok(form))
		return areas_again(r, &view, member, form, HTTP_UNPROCESSABLE);
	if (member_areas_save(r->db, member->council_id, member->id,
		form_revision(values.revision), values.has_all_areas) == 0) {
		form_revision_renew(form, member->revision);
		return areas_again(r, &view, member, form, HTTP_CONFLICT);
	}
	member_area_remove(r->db, member->council_id, member->id);
	member_area_add(r->db, member->council_id, member->id,
	    member->scheme_id, values.areas);
	register_audit_member(r, &view, member, "areas");
	return reply_redirect_with(r, "Areas saved", "%s", view.base);
}

/* The members after the first are in the order of member_term_kinds. */
struct services_form {
	const char *revision;
	struct text_list service_kind;
	struct text_list service_user_group;
	struct text_list specialism;
	struct text_list language;
	struct text_list culture;
	struct text_list carer_gender;
	struct text_list two_carers;
	struct text_list medication_level;
	struct text_list moving_handling;
};

static const struct field services_fields[] = {
	FIELD(struct services_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct services_form, FIELD_CHOICES, service_kind,
	    "Service kinds", .missing = "Select at least one service kind",
	    .is_required = true),
	FIELD(struct services_form, FIELD_CHOICES, service_user_group,
	    "Service-user groups",
	    .missing = "Select at least one service-user group",
	    .is_required = true),
	FIELD(struct services_form, FIELD_CHOICES, specialism, "Specialisms"),
	FIELD(struct services_form, FIELD_CHOICES, language, "Languages"),
	FIELD(struct services_form, FIELD_CHOICES, culture, "Cultures"),
	FIELD(
	    struct services_form, FIELD_CHOICES, carer_gender, "Care workers"),
	FIELD(struct services_form, FIELD_CHOICES, two_carers, "Two at once"),
	FIELD(struct services_form, FIELD_CHOICES, medication_level,
	    "Medicines",
	    .hint = "The highest level counts; it includes those before it"),
	FIELD(struct services_form, FIELD_CHOICES, moving_handling,
	    "Moving and handling"),
	FIELD_END,
};

static struct text_list *
services_list(struct services_form *values, size_t kind)
{
	struct text_list *lists[] = {
		&values->service_kind,
		&values->service_user_group,
		&values->specialism,
		&values->language,
		&values->culture,
		&values->carer_gender,
		&values->two_carers,
		&values->medication_level,
		&values->moving_handling,
	};

	return lists[kind];
}

static struct reply
services_again(struct request *r, const struct provider_view *view,
    const struct register_member *member, struct form *form, int status)
{
	render_providers_services(
	    r, view, member, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

static void
services_choices(struct request *r, struct form *form)
{
	size_t i;

	for (i = 0; i < member_term_kind_count; i++)
		form_choices(form, member_term_kinds[i].code,
		    term_choices(r, member_term_kinds[i].code));
}

/* GET /providers/:reference/memberships/:member/services */
struct reply
member_services_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct services_form values;
	struct form *form;
	size_t i;

	if (member == NULL)
		return reply_not_found(r);
	values.revision = form_revision_text(r, member->revision);
	for (i = 0; i < member_term_kind_count; i++)
		*services_list(&values, i) = member_term_codes(r->db,
		    member->council_id, member->id, member_term_kinds[i].code);
	form = form_show(r, services_fields, &values);
	services_choices(r, form);
	return services_again(r, &view, member, form, HTTP_OK);
}

/* "language.polish" and so on, of all kinds together. */
static struct text_list
services_terms(struct request *r, struct services_form *values)
{
	struct text_list list = { NULL, 0 };
	const char **rows;
	size_t i, j, most = 0;

	for (i = 0; i < member_term_kind_count; i++)
		most += services_list(values, i)->count;
	rows = arena_array(r->arena, most, sizeof(*rows));
	for (i = 0; i < member_term_kind_count; i++) {
		const struct text_list *codes = services_list(values, i);

		for (j = 0; j < codes->count; j++)
			rows[list.count++] = arena_printf(r->arena, "%s.%s",
			    member_term_kinds[i].code, codes->row[j]);
	}
	list.row = rows;
	return list;
}

/* POST /providers/:reference/memberships/:member/services */
struct reply
member_services_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct services_form values = { 0 };
	struct form *form;
	size_t i;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, services_fields, &values);
	services_choices(r, form);
	for (i = 0; i < member_term_kind_count; i++)
		form_check_choice(form, member_term_kinds[i].code);
	if (!form_ok(form))
		return services_again(
		    r, &view, member, form, HTTP_UNPROCESSABLE);
	if (member_terms_save(r->db, member->council_id, member->id,
		form_revision(values.revision)) == 0) {
		form_revision_renew(form, member->revision);
		return services_again(r, &view, member, form, HTTP_CONFLICT);
	}
	member_term_remove(r->db, member->council_id, member->id);
	member_term_add(
	    r->db, member->council_id, member->id, services_terms(r, &values));
	register_audit_member(r, &view, member, "services");
	return reply_redirect_with(r, "Services saved", "%s", view.base);
}
