/* New cards, from a form or a file; drafts of versions, and their forms. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "conflict.h"
#include "rates/card_form.h"
#include "rates/rates_pages.h"
#include "rates/views.h"
#include "templates.h"

/* A form's document, or NULL with its faults beside the fields. */
static const char *
document_checked(struct request *r, struct form *form, const char *document)
{
	struct rate_document read;
	struct rate_faults faults;

	faults = rate_document_read(r->arena, document, &read);
	card_form_faults(form, faults);
	return faults.count == 0 ? document : NULL;
}

/* --- New ------------------------------------------------------------------ */

static struct reply
new_page(struct request *r, const struct form *form, int status)
{
	render_rates_new(r, form, card_form_bands(r, form));
	return reply_page(r, status);
}

/* GET /rates/new */
struct reply
rate_new(struct request *r)
{
	return new_page(r, form_show(r, card_fields, NULL), HTTP_OK);
}

/* POST /rates/new */
struct reply
rate_create(struct request *r)
{
	struct card_form values = { .revision = "" };
	struct rate_basics basics;
	struct form *form = card_form_read(r, &values, &basics);
	const struct rate_new *card;
	const char *document = NULL;

	if (form_ok(form))
		document = document_checked(
		    r, form, rate_document_begin(r->arena, &basics));
	if (document == NULL)
		return new_page(r, form, HTTP_UNPROCESSABLE);
	card = rate_insert(r->db, r->session.council_id, basics.name);
	if (card == NULL)
		return reply_not_found(r);
	rate_draft_insert(r->db, r->session.council_id, card->id, document,
	    r->session.account_id);
	audit_add(r->db, "rate.create", "rate card", card->reference,
	    "{\"version\": 1}");
	return reply_redirect_with(
	    r, "Draft begun", "/rates/%s/versions/1", card->reference);
}

/* --- From a file ---------------------------------------------------------- */

/* The document of the posted file, or NULL with what is wrong with it. */
static const char *
document_posted(
    struct request *r, struct rate_document *document, struct text_list *faults)
{
	struct rate_faults found;
	const char **fault = arena_alloc(r->arena, sizeof(*fault));
	const char *text = request_file_text(r, "document",
	    RATE_DOCUMENT_MAXIMUM, "a rate card as JSON, in UTF-8", fault);

	*faults = (struct text_list) { fault, 1 };
	if (text == NULL)
		return NULL;
	found = rate_document_read(r->arena, text, document);
	*faults = (struct text_list) { found.text, found.count };
	return found.count == 0 ? text : NULL;
}

static struct reply
import_page(struct request *r, const struct rate_view *view,
    struct text_list faults, int status)
{
	render_rates_import(r, view, faults);
	return reply_page(r, status);
}

/* GET /rates/import */
struct reply
rate_import_new(struct request *r)
{
	return import_page(r, NULL, (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* POST /rates/import */
struct reply
rate_import_create(struct request *r)
{
	struct rate_document document;
	struct text_list faults;
	const char *text = document_posted(r, &document, &faults);
	const struct rate_new *card;

	if (text == NULL)
		return import_page(r, NULL, faults, HTTP_UNPROCESSABLE);
	card = rate_insert(r->db, r->session.council_id, document.name);
	if (card == NULL)
		return reply_not_found(r);
	for (size_t i = 0; i < document.card_count; i++)
		rate_draft_insert(r->db, r->session.council_id, card->id,
		    rate_document_of_card(r->arena, text, i),
		    r->session.account_id);
	audit_add(r->db, "rate.import", "rate card", card->reference,
	    arena_printf(r->arena, "{\"versions\": %zu}", document.card_count));
	return reply_redirect_with(r,
	    document.card_count == 1 ? "Rate card imported as a draft"
				     : "Rate card imported, a draft for each "
				       "of its days",
	    "/rates/%s", card->reference);
}

/* --- Drafts --------------------------------------------------------------- */

/* POST /rates/:reference/versions/:number/copy */
struct reply
rate_draft_create(struct request *r)
{
	struct rate_view view = rate_view_version(r);
	int32_t number;

	if (view.card == NULL)
		return reply_not_found(r);
	number = rate_draft_insert(r->db, r->session.council_id, view.card->id,
	    view.version->document, r->session.account_id);
	audit_add(r->db, "rate.draft", "rate card", view.card->reference,
	    arena_printf(r->arena, "{\"version\": %" PRId32 "}", number));
	return reply_redirect_with(r, "Draft begun. Choose its first day",
	    "/rates/%s/versions/%" PRId32 "/edit", view.card->reference,
	    number);
}

static struct form *
draft_form(struct request *r, const struct rate_view *view)
{
	struct card_form values = card_form_of(r->arena, view->document);

	values.revision = form_revision_text(r, view->version->revision);
	return form_show(r, card_fields, &values);
}

static struct reply
edit_page(struct request *r, const struct rate_view *view,
    const struct form *form, int status)
{
	render_rates_edit(r, view, form, card_form_bands(r, form));
	return reply_page(r, status);
}

/* GET /rates/:reference/versions/:number/edit */
struct reply
rate_edit(struct request *r)
{
	struct rate_view view = rate_view_draft(r);

	if (view.card == NULL)
		return reply_not_found(r);
	return edit_page(r, &view, draft_form(r, &view), HTTP_OK);
}

static bool
draft_save(struct request *r, const struct rate_view *view, const char *posted,
    const char *document)
{
	if (rate_draft_save(r->db, r->session.council_id, view->version->id,
		form_revision(posted), document, r->session.account_id) == 0)
		return false;
	rate_audit(r, view, "rate.change");
	return true;
}

/* POST /rates/:reference/versions/:number/edit */
struct reply
rate_update(struct request *r)
{
	struct rate_view view = rate_view_draft(r);
	struct card_form values = { .revision = "" };
	struct rate_basics basics;
	const char *document = NULL;
	struct form *form;

	if (view.card == NULL)
		return reply_not_found(r);
	form = card_form_read(r, &values, &basics);
	if (form_ok(form))
		document = document_checked(r, form,
		    rate_document_change(
			r->arena, view.version->document, &basics));
	if (document == NULL)
		return edit_page(r, &view, form, HTTP_UNPROCESSABLE);
	if (!draft_save(r, &view, values.revision, document)) {
		const struct rate_version_row *version = view.version;
		struct saver saver = {
			*version->changed_by != '\0' ? version->changed_by
						     : NULL,
			version->changed_at,
			version->changed_by_id == r->session.account_id,
		};

		return reply_conflict(r, "Rate card", saver, version->revision,
		    form, draft_form(r, &view));
	}
	return reply_redirect_with(r, "Draft saved", "%s", rate_path(r, &view));
}

/* GET /rates/:reference/versions/:number/replace */
struct reply
rate_replace_edit(struct request *r)
{
	struct rate_view view = rate_view_draft(r);

	if (view.card == NULL)
		return reply_not_found(r);
	return import_page(r, &view, (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* POST /rates/:reference/versions/:number/replace */
struct reply
rate_replace_update(struct request *r)
{
	static const char *const several[] = {
		"The file must have one card; import the others as a card of "
		"their own"
	};
	static const char *const changed[] = {
		"The draft was changed after you opened this page, by somebody "
		"else or by you in another tab. Look at it again first"
	};
	struct rate_view view = rate_view_draft(r);
	const char *revision = request_field(r, "revision");
	struct rate_document document;
	struct text_list faults;
	const char *text;

	if (view.card == NULL)
		return reply_not_found(r);
	text = document_posted(r, &document, &faults);
	if (text != NULL && document.card_count != 1) {
		faults = (struct text_list) { several, 1 };
		text = NULL;
	}
	if (text == NULL)
		return import_page(r, &view, faults, HTTP_UNPROCESSABLE);
	if (!draft_save(
		r, &view, revision, rate_document_of_card(r->arena, text, 0)))
		return import_page(
		    r, &view, (struct text_list) { changed, 1 }, HTTP_CONFLICT);
	return reply_redirect_with(
	    r, "Draft replaced", "%s", rate_path(r, &view));
}
