/* A proposal for the whole waiting list, and offers from its lines. */
#include "clearing/clearing_pages.h"

#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "clearing/clearing.h"
#include "offers/reply_forms.h"
#include "permissions.h"
#include "templates.h"

struct question_form {
	int64_t travel_pence;
	bool has_travel_pence;
	int64_t bundle_kilometres;
};

static const struct field question_fields[] = {
	FIELD(struct question_form, FIELD_NUMBER, travel_pence,
	    "What a kilometre of travel counts as cost, in pence",
	    .hint = "45 pence a mile is 28 pence a kilometre",
	    .missing = "Enter what a kilometre counts, or 0",
	    .is_required = true, .maximum = 1000,
	    .has_offset = offsetof(struct question_form, has_travel_pence)),
	FIELD(struct question_form, FIELD_NUMBER, bundle_kilometres,
	    "Bundle rural packages within how many kilometres?",
	    .hint = "They go to one provider together. Leave empty for no "
		    "bundles",
	    .minimum = 1, .maximum = 30),
	FIELD_END,
};

struct lines_form {
	struct text_list packages;
};

static const struct field lines_fields[] = {
	FIELD(struct lines_form, FIELD_CHOICES, packages,
	    "Which offers do you want to send?",
	    .missing = "Select the offers you want to send"),
	FIELD_END,
};

/* For a first clearing: 45 pence a mile. */
enum { TRAVEL_PENCE = 28 };

static struct reply
list_again(struct request *r, const struct form *form, int status)
{
	render_clearing_list(r, form,
	    clearing_recent_list(r->db, r->session.council_id),
	    clearing_package_list(
		r->db, r->session.council_id, CLEARING_PACKAGES_MOST)
		.count,
	    permission_has(r->session.role, CLEARING_WRITE));
	return reply_page(r, status);
}

/* GET /clearing */
struct reply
clearing_list_show(struct request *r)
{
	const struct clearing_settings *last = clearing_settings_last(
	    r->db, r->session.council_id);
	struct question_form values = {
		.travel_pence = TRAVEL_PENCE,
		.has_travel_pence = true,
	};

	if (last != NULL) {
		values.travel_pence = last->travel_pence;
		values.bundle_kilometres = last->bundle_kilometres;
	}
	return list_again(r, form_show(r, question_fields, &values), HTTP_OK);
}

/* POST /clearing */
struct reply
clearing_create(struct request *r)
{
	struct question_form values = { 0 };
	struct form *form = form_read(r, question_fields, &values);
	struct clearing_question question;
	const char *reference;

	if (!form_ok(form))
		return list_again(r, form, HTTP_UNPROCESSABLE);
	question = (struct clearing_question) {
		.travel_pence = (int32_t)values.travel_pence,
		.bundle_kilometres = (int32_t)values.bundle_kilometres,
	};
	reference = clearing_propose(r->db, r->session.council_id, &question,
	    r->now, r->session.account_id);
	if (reference == NULL)
		return reply_redirect_with(r,
		    "Nobody waits without offers out, so there is nothing to "
		    "clear",
		    "/clearing");
	return reply_redirect(r, "/clearing/%s", reference);
}

/* Lines with a provider, and the others. */
static void
lines_part(struct request *r, struct clearing_view *view,
    struct clearing_line_list lines)
{
	struct clearing_line *proposed = arena_array(
	    r->arena, lines.count, sizeof(*proposed));
	struct clearing_line *rest = arena_array(
	    r->arena, lines.count, sizeof(*rest));
	size_t proposed_count = 0, rest_count = 0;

	for (size_t i = 0; i < lines.count; i++)
		if (lines.row[i].has_organisation_id)
			proposed[proposed_count++] = lines.row[i];
		else
			rest[rest_count++] = lines.row[i];
	view->proposed = (struct clearing_line_list) { proposed,
		proposed_count };
	view->rest = (struct clearing_line_list) { rest, rest_count };
}

/* Whether a line before it is of the same bundle, whose choice is that one. */
static bool
is_with_another(struct clearing_line_list lines, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (lines.row[at].has_bundle &&
		    lines.row[i].bundle == lines.row[at].bundle)
			return true;
	return false;
}

/* What a broker may tick, and what only stands there. A bundle is one. */
static void
choices_fill(struct request *r, struct clearing_view *view)
{
	const size_t most = view->proposed.count;
	struct choice *choice = arena_array(r->arena, most, sizeof(*choice));
	struct clearing_line *listed = arena_array(
	    r->arena, most, sizeof(*listed));
	size_t choices = 0, lines = 0;

	for (size_t i = 0; i < most; i++) {
		const struct clearing_line *line = &view->proposed.row[i];

		if (line->is_changed || !view->may_send)
			listed[lines++] = *line;
		else if (!is_with_another(view->proposed, i))
			choice[choices++] = (struct choice) {
				line->package_reference,
				clearing_line_label(r, view->proposed, i),
				clearing_line_hint(r, view->proposed, i),
			};
	}
	view->choices = (struct choice_list) { choice, choices };
	view->sendable = choices;
	view->listed = (struct clearing_line_list) { listed, lines };
}

/* False when there is no such clearing. */
static bool
view_load(struct request *r, struct clearing_view *view)
{
	const int64_t council = r->session.council_id;

	*view = (struct clearing_view) {
		.clearing = clearing_by_reference(
		    r->db, council, request_part(r, "reference")),
		.may_send = permission_has(r->session.role, OFFER_SEND),
	};
	if (view->clearing == NULL)
		return false;
	view->changes = clearing_change_list(
	    r->db, council, view->clearing->id);
	view->parts = clearing_part_list(r->db, council, view->clearing->id);
	lines_part(
	    r, view, clearing_line_list(r->db, council, view->clearing->id));
	choices_fill(r, view);
	return true;
}

static struct reply
view_again(struct request *r, const struct clearing_view *view,
    struct form *form, struct text_list faults, int status)
{
	form_choices(form, "packages", view->choices);
	render_clearing_show(r, view, form, faults);
	return reply_page(r, status);
}

/* GET /clearing/:reference */
struct reply
clearing_show(struct request *r)
{
	struct clearing_view view;

	if (!view_load(r, &view))
		return reply_not_found(r);
	return view_again(r, &view, form_show(r, lines_fields, NULL),
	    (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* Ticked itself, or with its bundle. */
static bool
is_ticked(const struct clearing_view *view, const struct lines_form *values,
    const struct clearing_line *line)
{
	for (size_t i = 0; i < view->proposed.count; i++) {
		const struct clearing_line *row = &view->proposed.row[i];

		if ((row == line ||
			(line->has_bundle && row->bundle == line->bundle)) &&
		    text_list_has(values->packages, row->package_reference))
			return true;
	}
	return false;
}

/* The lines that are ticked, or all that may be sent. */
static struct clearing_line_list
lines_asked(struct request *r, const struct clearing_view *view,
    const struct lines_form *values)
{
	const bool is_all = text_equal(request_field(r, "act"), "all");
	struct clearing_line *line = arena_array(
	    r->arena, view->proposed.count, sizeof(*line));
	struct clearing_line_list list = { line, 0 };

	for (size_t i = 0; i < view->proposed.count; i++) {
		const struct clearing_line *row = &view->proposed.row[i];

		if (is_all ? !row->is_changed : is_ticked(view, values, row))
			line[list.count++] = *row;
	}
	return list;
}

/* A bundle is one offer. */
static const char *
sent_text(struct request *r, struct clearing_line_list lines)
{
	size_t count = 0;

	for (size_t i = 0; i < lines.count; i++)
		if (!is_with_another(lines, i))
			count++;
	return arena_printf(
	    r->arena, "%zu offer%s sent", count, count == 1 ? "" : "s");
}

/*
 * A package that is ticked and has changed since is not among the choices: it
 * is told of as such, and not as a wrong choice.
 */
static struct clearing_line_list
lines_read(
    struct request *r, const struct clearing_view *view, struct form **form)
{
	struct lines_form values = { 0 };
	struct clearing_line_list lines;

	*form = form_read(r, lines_fields, &values);
	lines = lines_asked(r, view, &values);
	if (lines.count == 0)
		form_error(
		    *form, "packages", "Select the offers you want to send");
	if (lines.count > CLEARING_SENT_MOST)
		form_error(*form, "packages",
		    "Select %d offers or fewer at a time", CLEARING_SENT_MOST);
	return lines;
}

/* POST /clearing/:reference */
struct reply
clearing_send_run(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct clearing_line_list lines;
	struct clearing_view view;
	struct text_list faults = { NULL, 0 };
	struct form *form;

	if (!view_load(r, &view))
		return reply_not_found(r);
	lines = lines_read(r, &view, &form);
	if (!form_ok(form))
		return view_again(r, &view, form, faults, HTTP_UNPROCESSABLE);
	faults = clearing_send(&work, r->session.council_id, view.clearing,
	    lines, r->session.account_id);
	if (faults.count > 0) {
		view_load(r, &view);
		return view_again(r, &view, form, faults, HTTP_CONFLICT);
	}
	return reply_redirect_with(
	    r, sent_text(r, lines), "/clearing/%s", view.clearing->reference);
}

/* GET /clearing/:reference/:file */
struct reply
clearing_download(struct request *r)
{
	const char *name = request_part(r, "file");
	const char *reference = request_part(r, "reference");
	const char *file = clearing_file(
	    r->db, r->session.council_id, reference, name);

	if (file == NULL)
		return reply_not_found(r);
	return reply_file(r,
	    arena_printf(r->arena, "clearing-%s-%s", reference, name),
	    "text/csv; charset=utf-8",
	    (struct bytes) { (const unsigned char *)file, strlen(file) });
}
