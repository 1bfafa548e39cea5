/*
 * The contacts of a provider: add, change and remove one. The same pages for
 * staff and for the provider itself.
 */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct contact_form {
	const char *revision;
	const char *name;
	const char *job_title;
	const char *telephone;
	const char *email;
	bool gets_offers;
};

static const struct field contact_fields[] = {
	FIELD(struct contact_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct contact_form, FIELD_LINE, name, "Full name",
	    .missing = "Enter the contact’s full name", .is_required = true,
	    .maximum = 120, .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_LINE, job_title, "Job title",
	    .maximum = 120, .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_TELEPHONE, telephone,
	    "Telephone number", .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_EMAIL, email, "Email address",
	    .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_TICK, gets_offers,
	    "Send offers of packages to this contact by email"),
	FIELD_END,
};

/* `contact` is NULL for a new one. */
static struct reply
contact_again(struct request *r, const struct provider_view *view,
    const struct register_contact *contact, struct form *form, int status)
{
	render_providers_contact(
	    r, view, contact, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* The contact that the path names; loads the list into `view`. */
static const struct register_contact *
contact_find(struct request *r, struct provider_view *view)
{
	const int64_t id = register_part_id(r, "contact");
	size_t i;

	if (view->provider == NULL)
		return NULL;
	view->contacts = register_contact_list(r->db, view->provider->id);
	for (i = 0; i < view->contacts.count; i++)
		if (view->contacts.row[i].id == id)
			return &view->contacts.row[i];
	return NULL;
}

/* Whether offers would reach nobody without this contact. */
static bool
is_last_for_offers(
    const struct provider_view *view, const struct register_contact *contact)
{
	size_t i;

	if (contact == NULL || !contact->gets_offers)
		return false;
	for (i = 0; i < view->contacts.count; i++)
		if (view->contacts.row[i].id != contact->id &&
		    view->contacts.row[i].gets_offers)
			return false;
	return true;
}

static void
contact_check(struct form *form, const struct contact_form *values,
    const struct provider_view *view, const struct register_contact *contact)
{
	if (!form_ok(form))
		return;
	if (*values->telephone == '\0' && *values->email == '\0')
		form_error(form, "telephone",
		    "Enter a telephone number or an email address");
	if (values->gets_offers && *values->email == '\0')
		form_error(form, "email",
		    "Enter the email address that offers are sent to");
	if (!values->gets_offers && is_last_for_offers(view, contact))
		form_error(form, "gets_offers",
		    "Nobody else gets offers. Tick it for another contact "
		    "first");
}

static struct reply
contact_done(struct request *r, const struct provider_view *view,
    const char *act, int64_t id, const char *notice)
{
	register_audit(r, view, act,
	    arena_printf(r->arena, "{\"contact\":%" PRId64 "}", id));
	return reply_redirect_with(r, notice, "%s%s", view->base,
	    view->is_own_page ? "/contacts" : "");
}

/* The form as it is saved. */
static struct form *
contact_saved(struct request *r, const struct register_contact *contact)
{
	const struct contact_form values = {
		form_revision_text(r, contact->revision),
		contact->name,
		contact->job_title,
		contact->telephone,
		contact->email,
		contact->gets_offers,
	};

	return form_show(r, contact_fields, &values);
}

/* GET /providers/:reference/contacts/new and /our-details/contacts/new */
struct reply
provider_contact_new(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	return contact_again(
	    r, &view, NULL, form_show(r, contact_fields, NULL), HTTP_OK);
}

/* POST /providers/:reference/contacts/new and /our-details/contacts/new */
struct reply
provider_contact_create(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	struct contact_form values = { 0 };
	struct form *form;
	int64_t id;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, contact_fields, &values);
	contact_check(form, &values, &view, NULL);
	if (!form_ok(form))
		return contact_again(r, &view, NULL, form, HTTP_UNPROCESSABLE);
	id = register_contact_insert(r->db, view.provider->id, values.name,
	    values.job_title, values.telephone, values.email,
	    values.gets_offers);
	return contact_done(r, &view, "contact.create", id, "Contact added");
}

/* GET /providers/:reference/contacts/:contact and /our-details/... */
struct reply
provider_contact_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_contact *contact = contact_find(r, &view);

	if (contact == NULL)
		return reply_not_found(r);
	return contact_again(
	    r, &view, contact, contact_saved(r, contact), HTTP_OK);
}

static struct reply
provider_contact_remove(struct request *r, const struct provider_view *view,
    const struct register_contact *contact)
{
	if (is_last_for_offers(view, contact))
		return reply_redirect_with(r,
		    "Not removed: nobody else gets offers. Tick it for another "
		    "contact first",
		    "%s", r->path);
	if (register_contact_retire(r->db, contact->id,
		form_revision(request_field(r, "revision")),
		view->provider->id) == 0)
		return contact_again(
		    r, view, contact, contact_saved(r, contact), HTTP_CONFLICT);
	return contact_done(
	    r, view, "contact.remove", contact->id, "Contact removed");
}

/* POST /providers/:reference/contacts/:contact : save, or remove it */
struct reply
provider_contact_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_contact *contact = contact_find(r, &view);
	struct contact_form values = { 0 };
	struct form *form;

	if (contact == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "remove"))
		return provider_contact_remove(r, &view, contact);
	form = form_read(r, contact_fields, &values);
	contact_check(form, &values, &view, contact);
	if (!form_ok(form))
		return contact_again(
		    r, &view, contact, form, HTTP_UNPROCESSABLE);
	if (register_contact_save(r->db, contact->id,
		form_revision(values.revision), view.provider->id, values.name,
		values.job_title, values.telephone, values.email,
		values.gets_offers) == 0) {
		form_revision_renew(form, contact->revision);
		return contact_again(r, &view, contact, form, HTTP_CONFLICT);
	}
	return contact_done(
	    r, &view, "contact.update", contact->id, "Contact saved");
}
