/* Questions of a draft: adding one, and the page that each is written on. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "base/secret.h"
#include "questionnaires/edits.h"
#include "questionnaires/question_form.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "templates.h"

enum { ID_BYTES = 4 };

/* --- A new one ------------------------------------------------------------ */

/*
 * Random, because answers to an older version may be kept by the id of a
 * question that is not in this draft any more.
 */
static const char *
id_new(struct request *r)
{
	unsigned char bytes[ID_BYTES];

	secret_random(bytes, sizeof(bytes));
	return arena_printf(
	    r->arena, "q%s", text_hex(r->arena, bytes, sizeof(bytes)));
}

static const struct field *
new_fields(struct request *r)
{
	const struct field table[] = {
		FIELD(
		    struct question_values, FIELD_HIDDEN, revision, "Revision"),
		FIELD(struct question_values, FIELD_LINE, number, "Number",
		    .hint = "As printed beside it, for example 9 or Q9",
		    .maximum = QUESTION_NAME_MAXIMUM),
		FIELD(struct question_values, FIELD_TEXT, text, "Question",
		    .missing = "Enter the question", .is_required = true,
		    .maximum = QUESTION_TEXT_MAXIMUM),
		FIELD(struct question_values, FIELD_CHOICE, kind,
		    "How it is answered",
		    .missing = "Select how it is answered", .is_required = true,
		    .choices = question_kind_choices(r, false)),
		FIELD_END,
	};
	struct field *copy = arena_alloc(r->arena, sizeof(table));

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		copy[i] = table[i];
	return copy;
}

static struct reply
new_page(struct request *r, const struct question_set_view *view,
    const struct form *form, int status)
{
	render_questionnaires_add(r, view,
	    question_section_by_id(view->set, request_part(r, "section")),
	    form);
	return reply_page(r, status);
}

/* The draft, with the section of the path; row NULL when there is none. */
static struct question_set_view
section_view(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);

	if (view.row != NULL && question_section_by_id(view.set,
				    request_part(r, "section")) == NULL)
		view.row = NULL;
	return view;
}

static struct reply
full_page(struct request *r, const struct question_set_view *view)
{
	render_questionnaires_full(r, view, "questions");
	return reply_page(r, HTTP_UNPROCESSABLE);
}

static struct form *
new_form(struct request *r, const struct question_set_view *view)
{
	const struct question_values values = {
		.revision = form_revision_text(r, view->version->revision),
		.number = "",
		.text = "",
		.kind = "",
	};

	return form_show(r, new_fields(r), &values);
}

/* GET /question-sets/:reference/draft/sections/:section/add-question */
struct reply
question_new(struct request *r)
{
	struct question_set_view view = section_view(r);

	if (view.row == NULL)
		return reply_not_found(r);
	if (question_count(view.set) >= QUESTIONS_MOST)
		return full_page(r, &view);
	return new_page(r, &view, new_form(r, &view), HTTP_OK);
}

/* POST /question-sets/:reference/draft/sections/:section/add-question */
struct reply
question_create(struct request *r)
{
	struct question_set_view view = section_view(r);
	struct question_values values = { 0 };
	const struct form *theirs;
	struct question *question;
	struct form *form;

	if (view.row == NULL)
		return reply_not_found(r);
	theirs = new_form(r, &view);
	form = form_read(r, new_fields(r), &values);
	if (!form_ok(form))
		return new_page(r, &view, form, HTTP_UNPROCESSABLE);
	question = question_add(r->arena, view.set, request_part(r, "section"));
	if (question == NULL)
		return full_page(r, &view);
	question->id = id_new(r);
	values.hint = values.guidance = "";
	question_apply(r, &values, question);
	if (!question_draft_keep(r, &view, values.revision,
		arena_printf(r->arena, "question %s", question->id)))
		return question_draft_conflict(
		    r, &view, "Add a question", form, theirs);
	return reply_redirect_with(r, "Question added", "%s/questions/%s",
	    question_set_draft_path(r, &view), question->id);
}

/* --- One that is there ---------------------------------------------------- */

static struct reply
question_page(struct request *r, const struct question_set_view *view,
    const struct question *question, const struct form *form, int status)
{
	render_questionnaires_question(r, view, question, form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/questions/:question */
struct reply
question_edit(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const struct question *question;

	if (view.row == NULL)
		return reply_not_found(r);
	question = question_by_id(view.set, request_part(r, "question"));
	if (question == NULL)
		return reply_not_found(r);
	return question_page(r, &view, question,
	    question_form(r, &view, question, NULL), HTTP_OK);
}

/* POST /question-sets/:reference/draft/questions/:question */
struct reply
question_update(struct request *r)
{
	struct question_set_view view = question_set_view_draft(r);
	const char *id = request_part(r, "question");
	struct question_values values = { .options = "" };
	const struct form *theirs;
	struct question *question;
	enum question_kind before;
	struct form *form;

	if (view.row == NULL)
		return reply_not_found(r);
	question = question_open(r->arena, view.set, id);
	if (question == NULL)
		return reply_not_found(r);
	theirs = question_form(r, &view, question, NULL);
	form = question_form(r, &view, question, &values);
	if (!form_ok(form))
		return question_page(
		    r, &view, question, form, HTTP_UNPROCESSABLE);
	before = question->kind;
	question_apply(r, &values, question);
	question_to_section(r->arena, view.set, id, values.section);
	if (!question_draft_keep(r, &view, values.revision,
		arena_printf(r->arena, "question %s", id)))
		return question_draft_conflict(
		    r, &view, "Question", form, theirs);
	if (question->kind != before)
		return reply_redirect_with(r,
		    "Saved. See below what this kind of answer needs",
		    "%s/questions/%s", question_set_draft_path(r, &view), id);
	return reply_redirect_with(r, "Question saved", "%s/sections/%s#%s",
	    question_set_draft_path(r, &view), values.section,
	    question_anchor(r, "question", id));
}
