/* Changing what an organisation is: name, kind and numbers. By staff. */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct details_form {
	const char *revision;
	const char *name;
	const char *kind;
	const char *company_number;
	const char *charity_number;
	const char *cqc_provider_id;
	const char *website;
};

static const struct field details_fields[] = {
	FIELD(struct details_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct details_form, FIELD_LINE, name, "Name",
	    .missing = "Enter the name of the provider", .is_required = true,
	    .maximum = 200),
	FIELD(struct details_form, FIELD_CHOICE, kind, "Kind of organisation",
	    .missing = "Select the kind of organisation", .is_required = true,
	    .choices = organisation_kinds),
	FIELD(struct details_form, FIELD_LINE, company_number, "Company number",
	    .hint = "At Companies House, for example 01234567 or SC123456. "
		    "Leave empty if there is none",
	    .maximum = 20),
	FIELD(struct details_form, FIELD_LINE, charity_number, "Charity number",
	    .hint = "Of the Charity Commission, for example 1234567. Leave "
		    "empty if there is none",
	    .maximum = 20),
	FIELD(struct details_form, FIELD_LINE, cqc_provider_id,
	    "CQC provider ID",
	    .hint = "Of the Care Quality Commission, for example "
		    "1-1234567890. Leave empty if no registration is needed",
	    .maximum = 20),
	FIELD(struct details_form, FIELD_LINE, website, "Website",
	    .hint = "For example, https://www.example.org", .maximum = 200),
	FIELD_END,
};

static struct reply
details_again(struct request *r, const struct provider_view *view,
    struct form *form, int status)
{
	render_providers_details(r, view, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/details */
struct reply
provider_edit(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const struct register_provider *provider = view.provider;
	struct details_form values;

	if (provider == NULL)
		return reply_not_found(r);
	values = (struct details_form) {
		.revision = form_revision_text(r, provider->revision),
		.name = provider->name,
		.kind = provider->kind,
		.company_number = provider->company_number,
		.charity_number = provider->charity_number,
		.cqc_provider_id = provider->cqc_provider_id,
		.website = provider->website,
	};
	return details_again(
	    r, &view, form_show(r, details_fields, &values), HTTP_OK);
}

static void
details_check(struct request *r, struct form *form, struct details_form *values)
{
	values->company_number = text_upper(r->arena, values->company_number);
	if (*values->company_number != '\0' &&
	    !company_number_is_one(values->company_number))
		form_error(form, "company_number",
		    "Company number must be 8 digits, or 2 letters and 6 "
		    "digits");
	if (*values->charity_number != '\0' &&
	    !charity_number_is_one(values->charity_number))
		form_error(form, "charity_number",
		    "Charity number must be 6 to 8 digits, like 1234567");
	if (*values->cqc_provider_id != '\0' &&
	    !cqc_id_is_one(values->cqc_provider_id))
		form_error(form, "cqc_provider_id",
		    "CQC provider ID must be 1- and then digits, like "
		    "1-1234567890");
	if (*values->website != '\0' && !website_is_one(values->website))
		form_error(form, "website",
		    "Enter a website address that starts with https:// or "
		    "http://");
}

/* POST /providers/:reference/details */
struct reply
provider_update(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	struct details_form values = { 0 };
	struct form *form;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, details_fields, &values);
	details_check(r, form, &values);
	if (!form_ok(form))
		return details_again(r, &view, form, HTTP_UNPROCESSABLE);
	if (provider_update_details(r->db, view.provider->id,
		form_revision(values.revision), values.name, values.kind,
		values.company_number, values.charity_number,
		values.cqc_provider_id, values.website) == 0) {
		form_revision_renew(form, view.provider->revision);
		return details_again(r, &view, form, HTTP_CONFLICT);
	}
	register_audit(r, &view, "provider.update",
	    arena_printf(r->arena,
		"{\"part\":\"details\",\"kind\":\"%s\",\"revision\":%" PRId32
		"}",
		values.kind, view.provider->revision + 1));
	return reply_redirect_with(r, "Details saved", "%s", view.base);
}
