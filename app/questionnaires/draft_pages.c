/*
 * The draft of a set of questions: what it is called and begins with, the
 * order of its lists, publishing it and throwing it away.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "questionnaires/edits.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "templates.h"

/* GET /question-sets/:reference/draft */
struct reply
question_draft_show(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row == NULL)
		return reply_not_found(r);
	render_questionnaires_draft(
	    r, &view, (int64_t)question_set_faults(r->arena, view.set).count);
	return reply_page(r, HTTP_OK);
}

/* --- Name and introduction ------------------------------------------------ */

struct details_form {
	const char *revision;
	const char *name;
	const char *source;
	const char *introduction;
};

static const struct field details_fields[] = {
	FIELD(struct details_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct details_form, FIELD_LINE, name, "Name",
	    .missing = "Enter a name", .is_required = true,
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD(struct details_form, FIELD_TEXT, source,
	    "Where the questions come from",
	    .hint = "For your colleagues, for example the title of a document",
	    .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD(struct details_form, FIELD_TEXT, introduction, "Introduction",
	    .hint = "Shown before the questions. Markdown can be used",
	    .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD_END,
};

static struct form *
details_form(struct request *r, const struct question_set_view *view)
{
	const struct details_form values = {
		.revision = form_revision_text(r, view->version->revision),
		.name = view->set->name,
		.source = view->set->source,
		.introduction = view->set->introduction,
	};

	return form_show(r, details_fields, &values);
}

static struct reply
details_page(struct request *r, const struct question_set_view *view,
    const struct form *form, int status)
{
	render_questionnaires_details(r, view, form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/details */
struct reply
question_details_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row == NULL)
		return reply_not_found(r);
	return details_page(r, &view, details_form(r, &view), HTTP_OK);
}

/* POST /question-sets/:reference/draft/details */
struct reply
question_details_update(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	struct details_form values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (view.row == NULL)
		return reply_not_found(r);
	theirs = details_form(r, &view);
	form = form_read(r, details_fields, &values);
	if (!form_ok(form))
		return details_page(r, &view, form, HTTP_UNPROCESSABLE);
	view.set->name = values.name;
	view.set->source = values.source;
	view.set->introduction = values.introduction;
	if (!question_draft_keep(r, &view, values.revision, "name and texts"))
		return question_draft_conflict(
		    r, &view, "Name and introduction", form, theirs);
	return reply_redirect_with(
	    r, "Draft saved", "%s", question_set_draft_path(r, &view));
}

/* --- Order ---------------------------------------------------------------- */

/* Where a list is shown, once something in it was moved. */
static const char *
list_path(struct request *r, const struct question_set_view *view,
    const char *list, const char *parent)
{
	const char *draft = question_set_draft_path(r, view);

	if (text_equal(list, "clauses"))
		return arena_printf(r->arena, "%s/clauses", draft);
	if (text_equal(list, "questions"))
		return arena_printf(r->arena, "%s/sections/%s", draft, parent);
	if (text_equal(list, "columns"))
		return arena_printf(
		    r->arena, "%s/questions/%s#columns", draft, parent);
	return arena_printf(r->arena, "%s#%s", draft, list);
}

static const char *
field_or_empty(struct request *r, const char *name)
{
	const char *value = request_field(r, name);

	return value != NULL ? value : "";
}

/* POST /question-sets/:reference/draft/move */
struct reply
question_draft_move_run(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *list = field_or_empty(r, "list");
	const char *parent = field_or_empty(r, "parent");
	const char *revision = request_field(r, "revision");

	if (view.row == NULL)
		return reply_not_found(r);
	if (form_revision(revision) != view.version->revision) {
		render_questionnaires_changed(r, &view);
		return reply_page(r, HTTP_CONFLICT);
	}
	if (!question_set_move(r->arena, view.set, list, parent,
		field_or_empty(r, "id"), field_or_empty(r, "move")) ||
	    (text_equal(list, "questions") &&
		question_section_by_id(view.set, parent) == NULL))
		return reply_not_found(r);
	if (!question_draft_keep(r, &view, revision, list)) {
		render_questionnaires_changed(r, &view);
		return reply_page(r, HTTP_CONFLICT);
	}
	return reply_redirect(r, "%s", list_path(r, &view, list, parent));
}

/* --- Publishing ----------------------------------------------------------- */

static struct reply
publish_page(struct request *r, const struct question_set_view *view,
    bool is_asked, int status)
{
	const struct question_set *older = question_set_before(r, view);
	struct text_list changes = { NULL, 0 };

	if (older != NULL)
		changes = question_set_changes(r->arena, older, view->set);
	render_questionnaires_publish(r, view, question_fault_links(r, view),
	    is_asked, status == HTTP_CONFLICT, older != NULL, changes);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/publish */
struct reply
question_publish_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row == NULL)
		return reply_not_found(r);
	return publish_page(r, &view, false, HTTP_OK);
}

/* POST /question-sets/:reference/draft/publish */
struct reply
question_publish_run(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	int64_t council = r->session.council_id;

	if (view.row == NULL)
		return reply_not_found(r);
	if (form_revision(request_field(r, "revision")) !=
	    view.version->revision)
		return publish_page(r, &view, true, HTTP_CONFLICT);
	if (question_set_faults(r->arena, view.set).count > 0)
		return publish_page(r, &view, true, HTTP_UNPROCESSABLE);
	if (question_draft_publish(r->db, council, view.version->id,
		view.version->revision, r->session.account_id) == 0)
		return publish_page(r, &view, true, HTTP_CONFLICT);
	question_set_rename(r->db, council, view.row->id, view.set->name);
	question_set_audit(r, &view, "question_set.publish", NULL);
	return reply_redirect_with(
	    r, "Published", "%s", question_set_version_path(r, &view));
}

/* --- Throwing it away ----------------------------------------------------- */

/* GET /question-sets/:reference/draft/discard */
struct reply
question_discard_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row == NULL)
		return reply_not_found(r);
	render_questionnaires_discard(r, &view, false);
	return reply_page(r, HTTP_OK);
}

/* POST /question-sets/:reference/draft/discard */
struct reply
question_discard_run(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	int64_t council = r->session.council_id;

	if (view.row == NULL)
		return reply_not_found(r);
	if (question_draft_delete(r->db, council, view.version->id,
		form_revision(request_field(r, "revision"))) == 0) {
		render_questionnaires_discard(r, &view, true);
		return reply_page(r, HTTP_CONFLICT);
	}
	question_set_audit(r, &view, "question_set.discard", NULL);
	if (question_set_delete(r->db, council, view.row->id) == 1)
		return reply_redirect_with(
		    r, "Draft thrown away", "/question-sets");
	return reply_redirect_with(
	    r, "Draft thrown away", "/question-sets/%s", view.row->reference);
}
