/* A provider's own side of the register. */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct languages_form {
	const char *revision; /* the sum of the memberships' revisions */
	struct text_list languages;
};

static const struct field languages_fields[] = {
	FIELD(struct languages_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct languages_form, FIELD_CHOICES, languages,
	    "Which languages do your care workers speak?",
	    .subject = "Languages", .missing = "Select at least one language",
	    .is_required = true),
	FIELD_END,
};

/* GET /our-details */
struct reply
our_details_show(struct request *r)
{
	struct provider_view view = register_view(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	register_load(r, &view);
	render_our_details_show(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /our-details/contacts */
struct reply
our_contacts_show(struct request *r)
{
	struct provider_view view = register_view(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	register_load(r, &view);
	render_our_details_contacts(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /our-details/capacity : to choose a framework, when there are several */
struct reply
our_capacity_show(struct request *r)
{
	struct provider_view view = register_view(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	register_load(r, &view);
	if (view.members.count == 1 && view.can_edit)
		return reply_redirect(r, "/our-details/capacity/%s",
		    view.members.row[0].reference);
	render_our_details_capacity(r, &view);
	return reply_page(r, HTTP_OK);
}

static struct reply
languages_again(struct request *r, const struct own_languages *saved,
    struct form *form, int status)
{
	form_choices(form, "languages", term_choices(r, "language"));
	render_our_details_languages(r, saved, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /our-details/languages */
struct reply
our_languages_edit(struct request *r)
{
	const struct own_languages *saved = own_languages_read(
	    r->db, r->session.organisation_id);
	struct languages_form values;

	if (saved == NULL || saved->revisions == 0)
		return reply_not_found(r);
	values.revision = arena_printf(r->arena, "%" PRId64, saved->revisions);
	values.languages = saved->codes;
	return languages_again(
	    r, saved, form_show(r, languages_fields, &values), HTTP_OK);
}

/* POST /our-details/languages */
struct reply
our_languages_update(struct request *r)
{
	const int64_t organisation = r->session.organisation_id;
	struct provider_view view = register_view_to_edit(r);
	struct languages_form values = { 0 };
	const struct own_languages *saved;
	struct form *form;
	int64_t shown = 0;

	own_members_lock(r->db, organisation);
	saved = own_languages_read(r->db, organisation);
	if (view.provider == NULL || saved == NULL || saved->revisions == 0)
		return reply_not_found(r);
	form = form_read(r, languages_fields, &values);
	form_choices(form, "languages", term_choices(r, "language"));
	form_check_choice(form, "languages");
	if (!form_ok(form))
		return languages_again(r, saved, form, HTTP_UNPROCESSABLE);
	text_to_int64(values.revision, 1, INT64_MAX, &shown);
	if (shown != saved->revisions) {
		form_field(form, "revision")->value = arena_printf(
		    r->arena, "%" PRId64, saved->revisions);
		return languages_again(r, saved, form, HTTP_CONFLICT);
	}
	own_languages_remove(r->db, organisation);
	own_languages_add(r->db, organisation, values.languages);
	own_members_touch(r->db, organisation);
	register_audit(r, &view, "provider.update", "{\"part\":\"languages\"}");
	return reply_redirect_with(r, "Languages saved", "/our-details");
}
