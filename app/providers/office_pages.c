/* The offices of a provider: add, change and remove one. By staff. */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct office_form {
	const char *revision;
	const char *kind;
	const char *address;
	const char *postcode;
};

static const struct field office_fields[] = {
	FIELD(struct office_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct office_form, FIELD_CHOICE, kind, "Kind of office",
	    .missing = "Select the kind of office", .is_required = true,
	    .choices = office_kinds),
	FIELD(struct office_form, FIELD_TEXT, address, "Address",
	    .hint = "Without the postcode", .missing = "Enter the address",
	    .is_required = true, .maximum = 300),
	FIELD(struct office_form, FIELD_POSTCODE, postcode, "Postcode",
	    .missing = "Enter the postcode", .is_required = true),
	FIELD_END,
};

/* `office` is NULL for a new one. */
static struct reply
office_again(struct request *r, const struct provider_view *view,
    const struct register_office *office, struct form *form, int status)
{
	render_providers_office(r, view, office, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* The office that the path names; loads the list into `view`. */
static const struct register_office *
office_find(struct request *r, struct provider_view *view)
{
	const int64_t id = register_part_id(r, "office");
	size_t i;

	if (view->provider == NULL)
		return NULL;
	view->offices = register_office_list(r->db, view->provider->id);
	for (i = 0; i < view->offices.count; i++)
		if (view->offices.row[i].id == id)
			return &view->offices.row[i];
	return NULL;
}

static struct reply
office_done(struct request *r, const struct provider_view *view,
    const char *act, int64_t id, const char *notice)
{
	register_audit(r, view, act,
	    arena_printf(r->arena, "{\"office\":%" PRId64 "}", id));
	return reply_redirect_with(r, notice, "%s", view->base);
}

/* The form as it is saved. */
static struct form *
office_saved(struct request *r, const struct register_office *office)
{
	const struct office_form values = {
		form_revision_text(r, office->revision),
		office->kind,
		office->address,
		office->postcode,
	};

	return form_show(r, office_fields, &values);
}

static struct reply
office_remove(struct request *r, const struct provider_view *view,
    const struct register_office *office)
{
	if (register_office_delete(r->db, office->id,
		form_revision(request_field(r, "revision")),
		view->provider->id) == 0)
		return office_again(
		    r, view, office, office_saved(r, office), HTTP_CONFLICT);
	return office_done(
	    r, view, "office.remove", office->id, "Office removed");
}

/* GET /providers/:reference/offices/new */
struct reply
provider_office_new(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	return office_again(
	    r, &view, NULL, form_show(r, office_fields, NULL), HTTP_OK);
}

/* POST /providers/:reference/offices/new */
struct reply
provider_office_create(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	struct office_form values = { 0 };
	struct form *form;
	int64_t id;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, office_fields, &values);
	if (!form_ok(form))
		return office_again(r, &view, NULL, form, HTTP_UNPROCESSABLE);
	id = register_office_insert(r->db, view.provider->id, values.kind,
	    values.address, values.postcode);
	return office_done(r, &view, "office.create", id, "Office added");
}

/* GET /providers/:reference/offices/:office */
struct reply
provider_office_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_office *office = office_find(r, &view);

	if (office == NULL)
		return reply_not_found(r);
	return office_again(r, &view, office, office_saved(r, office), HTTP_OK);
}

/* POST /providers/:reference/offices/:office : save, or remove it */
struct reply
provider_office_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_office *office = office_find(r, &view);
	struct office_form values = { 0 };
	struct form *form;

	if (office == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "remove"))
		return office_remove(r, &view, office);
	form = form_read(r, office_fields, &values);
	if (!form_ok(form))
		return office_again(r, &view, office, form, HTTP_UNPROCESSABLE);
	if (register_office_save(r->db, office->id,
		form_revision(values.revision), view.provider->id, values.kind,
		values.address, values.postcode) == 0) {
		form_revision_renew(form, office->revision);
		return office_again(r, &view, office, form, HTTP_CONFLICT);
	}
	return office_done(
	    r, &view, "office.update", office->id, "Office saved");
}
