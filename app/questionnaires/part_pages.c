/* The notices, clauses and sections of a draft, each written on a page. */
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "questionnaires/edits.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "templates.h"

static struct reply
full_page(
    struct request *r, const struct question_set_view *view, const char *what)
{
	render_questionnaires_full(r, view, what);
	return reply_page(r, HTTP_UNPROCESSABLE);
}

/* --- Notices -------------------------------------------------------------- */

struct notice_form {
	const char *revision;
	const char *title;
	const char *text;
};

static const struct field notice_fields[] = {
	FIELD(struct notice_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct notice_form, FIELD_LINE, title, "Title",
	    .missing = "Enter a title", .is_required = true,
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD(struct notice_form, FIELD_TEXT, text, "Text",
	    .hint = "Markdown can be used", .missing = "Enter the text",
	    .is_required = true, .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD_END,
};

static struct form *
notice_form(struct request *r, const struct question_set_view *view,
    const struct question_notice *notice)
{
	const struct notice_form values = {
		form_revision_text(r, view->version->revision),
		notice->title,
		notice->text,
	};

	return form_show(r, notice_fields, &values);
}

static struct reply
notice_page(struct request *r, const struct question_set_view *view,
    const struct form *form, int status)
{
	render_questionnaires_part(r, view,
	    *request_part(r, "notice") == '\0' ? "Add a notice" : "Notice",
	    "What binds whoever reads or answers: that nothing is promised, "
	    "freedom of information, costs.",
	    NULL, form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/add-notice, /notices/:notice */
struct reply
question_notice_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "notice");
	const struct question_notice *notice;

	if (view.row == NULL)
		return reply_not_found(r);
	notice = question_notice_open(r->arena, view.set, id);
	if (notice == NULL && *id != '\0')
		return reply_not_found(r);
	if (notice == NULL)
		return full_page(r, &view, "notices");
	return notice_page(r, &view, notice_form(r, &view, notice), HTTP_OK);
}

/* POST /question-sets/:reference/draft/add-notice, /notices/:notice */
struct reply
question_notice_update(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "notice");
	struct notice_form values = { 0 };
	struct question_notice *notice;
	const struct form *theirs;
	struct form *form;
	struct text_list taken;

	if (view.row == NULL)
		return reply_not_found(r);
	taken = question_set_ids(r->arena, view.set, "notices");
	notice = question_notice_open(r->arena, view.set, id);
	if (notice == NULL)
		return *id != '\0' ? reply_not_found(r)
		                   : full_page(r, &view, "notices");
	theirs = notice_form(r, &view, notice);
	form = form_read(r, notice_fields, &values);
	if (!form_ok(form))
		return notice_page(r, &view, form, HTTP_UNPROCESSABLE);
	if (*notice->id == '\0')
		notice->id = question_id_after(r->arena, values.title, taken);
	notice->title = values.title;
	notice->text = values.text;
	if (!question_draft_keep(r, &view, values.revision, "notices"))
		return question_draft_conflict(
		    r, &view, "Notice", form, theirs);
	return reply_redirect_with(
	    r, "Notice saved", "%s#notices", question_set_draft_path(r, &view));
}

/* --- Clauses -------------------------------------------------------------- */

struct clause_form {
	const char *revision;
	const char *id;
	const char *number;
	const char *title;
	const char *text;
};

#define CLAUSE_NUMBER                                                          \
	FIELD(struct clause_form, FIELD_LINE, number, "Number as printed",     \
	    .hint = "Leave empty when it is printed without one",              \
	    .maximum = QUESTION_NAME_MAXIMUM)

/* What questions cite is settled when it is added. */
static const struct field clause_new_fields[] = {
	FIELD(struct clause_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct clause_form, FIELD_LINE, id, "Cited as",
	    .hint = "What questions refer to it by, for example 5.2.1. It "
		    "cannot be changed later",
	    .missing = "Enter what it is cited as", .is_required = true,
	    .maximum = QUESTION_ID_MAXIMUM),
	CLAUSE_NUMBER,
	FIELD(struct clause_form, FIELD_LINE, title, "Title",
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD(struct clause_form, FIELD_TEXT, text, "Text",
	    .hint = "Markdown can be used", .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD_END,
};

static const struct field clause_fields[] = {
	FIELD(struct clause_form, FIELD_HIDDEN, revision, "Revision"),
	CLAUSE_NUMBER,
	FIELD(struct clause_form, FIELD_LINE, title, "Title",
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD(struct clause_form, FIELD_TEXT, text, "Text",
	    .hint = "Markdown can be used", .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD_END,
};

/* GET /question-sets/:reference/draft/clauses */
struct reply
question_clause_list_show(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row == NULL)
		return reply_not_found(r);
	render_questionnaires_clauses(r, &view);
	return reply_page(r, HTTP_OK);
}

static const struct field *
clause_table(struct request *r)
{
	return *request_part(r, "clause") == '\0' ? clause_new_fields
	                                          : clause_fields;
}

static struct form *
clause_form(struct request *r, const struct question_set_view *view,
    const struct question_clause *clause)
{
	const struct clause_form values = {
		form_revision_text(r, view->version->revision),
		clause->id,
		clause->number,
		clause->title,
		clause->text,
	};

	return form_show(r, clause_table(r), &values);
}

static struct reply
clause_page(struct request *r, const struct question_set_view *view,
    const struct form *form, int status)
{
	const char *id = request_part(r, "clause");

	render_questionnaires_part(r, view,
	    *id == '\0' ? "Add a clause"
			: arena_printf(r->arena, "Clause %s", id),
	    "A paragraph of the document that questions refer to.", "clauses",
	    form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/add-clause, /clauses/:clause */
struct reply
question_clause_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "clause");
	const struct question_clause *clause;

	if (view.row == NULL)
		return reply_not_found(r);
	clause = question_clause_open(r->arena, view.set, id);
	if (clause == NULL)
		return *id != '\0' ? reply_not_found(r)
		                   : full_page(r, &view, "clauses");
	return clause_page(r, &view, clause_form(r, &view, clause), HTTP_OK);
}

/* Of a new clause: that questions can cite it, and it alone. */
static void
clause_check(
    struct form *form, struct clause_form *values, struct text_list taken)
{
	const char *id = text_lower(form->r->arena, values->id);

	values->id = id;
	if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != strlen(id))
		form_error(form, "id",
		    "Use letters, digits, dots and dashes only, for example "
		    "5.2.1");
	else if (text_list_has(taken, id))
		form_error(form, "id", "There is a clause %s already", id);
}

/* POST /question-sets/:reference/draft/add-clause, /clauses/:clause */
struct reply
question_clause_update(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "clause");
	struct clause_form values = { .id = "" };
	struct question_clause *clause;
	const struct form *theirs;
	struct form *form;
	struct text_list taken;

	if (view.row == NULL)
		return reply_not_found(r);
	taken = question_set_ids(r->arena, view.set, "clauses");
	clause = question_clause_open(r->arena, view.set, id);
	if (clause == NULL)
		return *id != '\0' ? reply_not_found(r)
		                   : full_page(r, &view, "clauses");
	theirs = clause_form(r, &view, clause);
	form = form_read(r, clause_table(r), &values);
	if (*id == '\0' && *values.id != '\0')
		clause_check(form, &values, taken);
	if (*values.title == '\0' && *values.text == '\0')
		form_error(form, "title", "Enter a title or the text");
	if (!form_ok(form))
		return clause_page(r, &view, form, HTTP_UNPROCESSABLE);
	if (*id == '\0')
		clause->id = values.id;
	clause->number = values.number;
	clause->title = values.title;
	clause->text = values.text;
	if (!question_draft_keep(r, &view, values.revision, "clauses"))
		return question_draft_conflict(
		    r, &view, "Clause", form, theirs);
	return reply_redirect_with(
	    r, "Clause saved", "%s/clauses", question_set_draft_path(r, &view));
}

/* --- Sections ------------------------------------------------------------- */

struct section_form {
	const char *revision;
	const char *title;
	const char *guidance;
};

static const struct field section_fields[] = {
	FIELD(struct section_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct section_form, FIELD_LINE, title, "Title",
	    .missing = "Enter a title", .is_required = true,
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD(struct section_form, FIELD_TEXT, guidance, "Guidance",
	    .hint = "Shown before its questions. Markdown can be used",
	    .maximum = QUESTION_TEXT_MAXIMUM),
	FIELD_END,
};

static struct form *
section_form(struct request *r, const struct question_set_view *view,
    const struct question_section *section)
{
	const struct section_form values = {
		form_revision_text(r, view->version->revision),
		section->title,
		section->guidance,
	};

	return form_show(r, section_fields, &values);
}

/* GET /question-sets/:reference/draft/sections/:section */
struct reply
question_section_show(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const struct question_section *section;

	if (view.row == NULL)
		return reply_not_found(r);
	section = question_section_by_id(view.set, request_part(r, "section"));
	if (section == NULL)
		return reply_not_found(r);
	render_questionnaires_section(r, &view, section);
	return reply_page(r, HTTP_OK);
}

static struct reply
section_page(struct request *r, const struct question_set_view *view,
    const struct form *form, int status)
{
	const char *id = request_part(r, "section");

	render_questionnaires_part(r, view,
	    *id == '\0' ? "Add a section" : "Title and guidance",
	    "Questions stand in sections, each a page of its own to whoever "
	    "answers.",
	    *id == '\0' ? NULL : arena_printf(r->arena, "sections/%s", id),
	    form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/add-section, /sections/:section/edit */
struct reply
question_section_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "section");
	const struct question_section *section;

	if (view.row == NULL)
		return reply_not_found(r);
	section = question_section_open(r->arena, view.set, id);
	if (section == NULL)
		return *id != '\0' ? reply_not_found(r)
		                   : full_page(r, &view, "sections");
	return section_page(r, &view, section_form(r, &view, section), HTTP_OK);
}

/* POST /question-sets/:reference/draft/add-section, /sections/:section/edit */
struct reply
question_section_update(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "section");
	struct section_form values = { 0 };
	struct question_section *section;
	const struct form *theirs;
	struct form *form;
	struct text_list taken;

	if (view.row == NULL)
		return reply_not_found(r);
	taken = question_set_ids(r->arena, view.set, "sections");
	section = question_section_open(r->arena, view.set, id);
	if (section == NULL)
		return *id != '\0' ? reply_not_found(r)
		                   : full_page(r, &view, "sections");
	theirs = section_form(r, &view, section);
	form = form_read(r, section_fields, &values);
	if (!form_ok(form))
		return section_page(r, &view, form, HTTP_UNPROCESSABLE);
	if (*section->id == '\0')
		section->id = question_id_after(r->arena, values.title, taken);
	section->title = values.title;
	section->guidance = values.guidance;
	if (!question_draft_keep(r, &view, values.revision, "sections"))
		return question_draft_conflict(
		    r, &view, "Section", form, theirs);
	return reply_redirect_with(r, "Section saved", "%s/sections/%s",
	    question_set_draft_path(r, &view), section->id);
}
