/*
 * The bundle: how it would be, a second look at all that it releases, making
 * it, and what was made, which stays.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "informationrequests/informationrequests.h"
#include "informationrequests/informationrequests_pages.h"
#include "templates.h"

struct bundle_form {
	bool is_read;
};

static const struct field bundle_fields[] = {
	FIELD(struct bundle_form, FIELD_TICK, is_read,
	    "I have read everything that is released, and nobody can be "
	    "recognised from it",
	    .missing = "Read everything that is released, and say so",
	    .is_required = true),
	FIELD_END,
};

/* NULL: a bundle can be made. */
static const char *
bundle_obstacle(struct request *r, const struct request_view *view)
{
	const char *obstacle = scope_obstacle(r, view);

	if (obstacle != NULL)
		return obstacle;
	if (view->answers.count == 0)
		return "Nobody has answered these questions.";
	if (view->undecided > 0)
		return arena_printf(r->arena,
		    "%" PRId32
		    " answer%s not decided yet. A respondent’s label is no "
		    "decision.",
		    view->undecided, view->undecided == 1 ? " is" : "s are");
	return NULL;
}

static bool
bundle_load(struct request *r, struct request_view *view, bool is_locked)
{
	if (!request_load(r, view, is_locked))
		return false;
	request_answers_load(r, view);
	return true;
}

/* GET /information-requests/:reference/preview */
struct reply
information_bundle_preview(struct request *r)
{
	struct request_view view;

	if (!bundle_load(r, &view, false))
		return reply_not_found(r);
	request_audit(r, &view, "information_request.read", NULL);
	render_informationrequests_preview(r, &view, bundle_obstacle(r, &view));
	return reply_page(r, HTTP_OK);
}

static struct reply
bundle_again(struct request *r, const struct request_view *view,
    struct form *form, int status)
{
	render_informationrequests_bundle(
	    r, view, form, bundle_obstacle(r, view), request_leaks(r, view));
	return reply_page(r, status);
}

/* GET /information-requests/:reference/bundle */
struct reply
information_bundle_new(struct request *r)
{
	struct request_view view;

	if (!bundle_load(r, &view, false) || !view.may_write)
		return reply_not_found(r);
	request_audit(r, &view, "information_request.read", NULL);
	return bundle_again(
	    r, &view, form_show(r, bundle_fields, NULL), HTTP_OK);
}

/* The document alone, out of the page that is being written. */
static const char *
document_make(
    struct request *r, const struct request_view *view, int32_t number)
{
	const struct buffer page = r->out;
	const char *document;

	r->out = buffer_new(r->arena, 64 * 1024, page.maximum);
	render_informationrequests_document(r, view, number);
	document = r->out.data;
	r->out = page;
	return document;
}

/* POST /information-requests/:reference/bundle */
struct reply
information_bundle_create(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct bundle_form values = { 0 };
	struct request_view view;
	struct bytes hash;
	struct form *form;
	int32_t number;

	if (!bundle_load(r, &view, true) || !view.may_write)
		return reply_not_found(r);
	form = form_read(r, bundle_fields, &values);
	if (bundle_obstacle(r, &view) != NULL)
		return bundle_again(r, &view, form, HTTP_CONFLICT);
	if (!form_ok(form))
		return bundle_again(r, &view, form, HTTP_UNPROCESSABLE);
	number = information_bundle_next(r->db, council, view.request->id);
	hash = information_bundle_insert(r->db, council, view.request->id,
	    number, document_make(r, &view, number), (int32_t)view.whole,
	    (int32_t)view.in_part, (int32_t)view.withheld,
	    r->session.account_id);
	request_audit(r, &view, "information_bundle.create",
	    arena_printf(r->arena,
		"{\"number\": %" PRId32 ", \"sha256\": \"%s\"}", number,
		text_hex(r->arena, hash.data, hash.length)));
	return reply_redirect_with(r, "Bundle made", "%s", view.path);
}

/* GET /information-requests/:reference/bundles/:number */
struct reply
information_bundle_download(struct request *r)
{
	struct request_view view;
	const char *content = NULL;
	int64_t number;

	if (!request_load(r, &view, false))
		return reply_not_found(r);
	if (text_to_int64(request_part(r, "number"), 1, INT32_MAX, &number))
		content = information_bundle_content(r->db,
		    r->session.council_id, view.request->id, (int32_t)number);
	if (content == NULL)
		return reply_not_found(r);
	request_audit(r, &view, "information_bundle.download",
	    arena_printf(r->arena, "{\"number\": %" PRId64 "}", number));
	return reply_file(r,
	    arena_printf(r->arena, "information-request-%s-%" PRId64 ".html",
		view.request->reference, number),
	    "text/html; charset=utf-8",
	    (struct bytes) { (const unsigned char *)content, strlen(content) });
}
