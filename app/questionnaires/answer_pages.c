/*
 * What hangs on a question of a draft: when it is asked, the wording of its
 * answers, and the columns of a table.
 */
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "questionnaires/edits.h"
#include "questionnaires/question_form.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "questionnaires/words.h"
#include "templates.h"

/* The draft with the question of the path, which may be written to. */
struct question_view {
	struct question_set_view view;
	struct question *question; /* NULL: not there */
};

static struct question_view
question_view_load(struct request *r)
{
	struct question_view asked = { question_set_view_draft(r), NULL };

	if (asked.view.row != NULL)
		asked.question = question_open(
		    r->arena, asked.view.set, request_part(r, "question"));
	return asked;
}

static const char *
question_path(struct request *r, const struct question_view *asked)
{
	return arena_printf(r->arena, "%s/questions/%s",
	    question_set_draft_path(r, &asked->view), asked->question->id);
}

static bool
question_keep(
    struct request *r, const struct question_view *asked, const char *revision)
{
	return question_draft_keep(r, &asked->view, revision,
	    arena_printf(r->arena, "question %s", asked->question->id));
}

static const char *
revision_now(struct request *r, const struct question_view *asked)
{
	return form_revision_text(r, asked->view.version->revision);
}

/* --- When it is asked ----------------------------------------------------- */

struct condition_form {
	const char *revision;
	const char *asked;
	struct text_list answers;
};

static const char always[] = "ALWAYS"; /* no id has capitals */

static const struct field condition_fields[] = {
	FIELD(struct condition_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct condition_form, FIELD_CHOICE, asked,
	    "Which earlier question decides?",
	    .missing = "Select a question, or that it is always asked",
	    .is_required = true),
	FIELD_END,
};

static const struct field condition_answers_fields[] = {
	FIELD(struct condition_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct condition_form, FIELD_CHOICES, answers,
	    "Ask it when the answer is, or has, one of these",
	    .missing = "Select at least one answer", .is_required = true),
	FIELD_END,
};

/* The questions before it whose answer is picked, after "always". */
static struct choice_list
earlier_choices(struct request *r, const struct question_view *asked)
{
	const struct question_section_list *sections =
	    &asked->view.set->sections;
	struct choice *choice = arena_array(
	    r->arena, QUESTIONS_MOST + 1, sizeof(*choice));
	size_t count = 0;

	choice[count++] = (struct choice) { always, "None: it is always asked",
		NULL };
	for (size_t i = 0; i < sections->count; i++)
		for (size_t j = 0; j < sections->row[i].questions.count; j++) {
			const struct question *earlier =
			    &sections->row[i].questions.row[j];

			if (strcmp(earlier->id, asked->question->id) == 0)
				return (struct choice_list) { choice, count };
			if (question_kind_has_options(earlier->kind) &&
			    earlier->option_count > 0)
				choice[count++] = (struct choice) { earlier->id,
					question_line(r->arena, earlier),
					NULL };
		}
	return (struct choice_list) { choice, count };
}

static struct reply
condition_page(struct request *r, const struct question_view *asked,
    const struct form *form, int status)
{
	render_questionnaires_condition(
	    r, &asked->view, asked->question, NULL, form);
	return reply_page(r, status);
}

static struct form *
condition_form(struct request *r, const struct question_view *asked)
{
	const struct condition_form values = {
		.revision = revision_now(r, asked),
		.asked = *asked->question->asked_question != '\0'
		             ? asked->question->asked_question
		             : always,
	};
	struct form *form = form_show(r, condition_fields, &values);

	form_choices(form, "asked", earlier_choices(r, asked));
	return form;
}

/* GET /question-sets/:reference/draft/questions/:question/condition */
struct reply
question_condition_edit(struct request *r)
{
	struct question_view asked = question_view_load(r);

	if (asked.question == NULL)
		return reply_not_found(r);
	return condition_page(r, &asked, condition_form(r, &asked), HTTP_OK);
}

/* POST /question-sets/:reference/draft/questions/:question/condition */
struct reply
question_condition_update(struct request *r)
{
	struct question_view asked = question_view_load(r);
	struct condition_form values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (asked.question == NULL)
		return reply_not_found(r);
	theirs = condition_form(r, &asked);
	form = form_read(r, condition_fields, &values);
	form_choices(form, "asked", earlier_choices(r, &asked));
	form_check_choice(form, "asked");
	if (!form_ok(form))
		return condition_page(r, &asked, form, HTTP_UNPROCESSABLE);
	if (!text_equal(values.asked, always))
		return reply_redirect(r, "%s/condition/%s",
		    question_path(r, &asked), values.asked);
	asked.question->asked_question = "";
	asked.question->asked_values = (struct text_list) { NULL, 0 };
	if (!question_keep(r, &asked, values.revision))
		return question_draft_conflict(
		    r, &asked.view, "When it is asked", form, theirs);
	return reply_redirect_with(
	    r, "It is always asked", "%s", question_path(r, &asked));
}

/* The question of ":asked", if the condition may be on it; else NULL. */
static const struct question *
deciding_question(struct request *r, const struct question_view *asked)
{
	const char *id = request_part(r, "asked");
	struct choice_list choices = { NULL, 0 };

	if (asked->question != NULL)
		choices = earlier_choices(r, asked);
	for (size_t i = 1; i < choices.count; i++)
		if (text_equal(choices.row[i].value, id))
			return question_by_id(asked->view.set, id);
	return NULL;
}

static struct choice_list
option_choices(struct request *r, const struct question *question)
{
	struct choice *choice = arena_array(
	    r->arena, question->option_count + 1, sizeof(*choice));

	for (size_t i = 0; i < question->option_count; i++) {
		const struct question_option *option = &question->option[i];

		choice[i] = (struct choice) { option->id,
			*option->text != '\0' ? option->text : option->id,
			NULL };
	}
	return (struct choice_list) { choice, question->option_count };
}

static struct form *
condition_answers_form(struct request *r, const struct question_view *asked,
    const struct question *deciding)
{
	struct condition_form values = { .revision = revision_now(r, asked) };
	struct form *form;

	if (text_equal(asked->question->asked_question, deciding->id))
		values.answers = asked->question->asked_values;
	form = form_show(r, condition_answers_fields, &values);
	form_choices(form, "answers", option_choices(r, deciding));
	return form;
}

static struct reply
condition_answers_page(struct request *r, const struct question_view *asked,
    const struct question *deciding, const struct form *form, int status)
{
	render_questionnaires_condition(
	    r, &asked->view, asked->question, deciding, form);
	return reply_page(r, status);
}

/* GET /question-sets/:reference/draft/questions/:question/condition/:asked */
struct reply
question_condition_answers_edit(struct request *r)
{
	struct question_view asked = question_view_load(r);
	const struct question *deciding = deciding_question(r, &asked);

	if (deciding == NULL)
		return reply_not_found(r);
	return condition_answers_page(r, &asked, deciding,
	    condition_answers_form(r, &asked, deciding), HTTP_OK);
}

/* POST /question-sets/:reference/draft/questions/:question/condition/:asked */
struct reply
question_condition_answers_update(struct request *r)
{
	struct question_view asked = question_view_load(r);
	const struct question *deciding = deciding_question(r, &asked);
	struct condition_form values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (deciding == NULL)
		return reply_not_found(r);
	theirs = condition_answers_form(r, &asked, deciding);
	form = form_read(r, condition_answers_fields, &values);
	form_choices(form, "answers", option_choices(r, deciding));
	form_check_choice(form, "answers");
	if (!form_ok(form))
		return condition_answers_page(
		    r, &asked, deciding, form, HTTP_UNPROCESSABLE);
	asked.question->asked_question = deciding->id;
	asked.question->asked_values = values.answers;
	if (!question_keep(r, &asked, values.revision))
		return question_draft_conflict(
		    r, &asked.view, "When it is asked", form, theirs);
	return reply_redirect_with(
	    r, "Condition saved", "%s", question_path(r, &asked));
}

/* --- Answers to pick ------------------------------------------------------ */

struct answer_form {
	const char *revision;
	const char *text;
	const char *hint;
	const char *asks;
};

static const struct field answer_fields[] = {
	FIELD(struct answer_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct answer_form, FIELD_LINE, text, "Answer",
	    .missing = "Enter the answer", .is_required = true,
	    .maximum = QUESTION_LINE_MAXIMUM),
	FIELD(struct answer_form, FIELD_LINE, hint, "Hint",
	    .hint = "A line below the answer",
	    .maximum = QUESTION_LINE_MAXIMUM),
	FIELD(struct answer_form, FIELD_LINE, asks,
	    "Ask whoever picks it for more",
	    .hint = "What the line for it is called, for example: Which "
		    "other? Leave empty to ask nothing",
	    .maximum = QUESTION_LINE_MAXIMUM),
	FIELD_END,
};

static struct form *
answer_form(struct request *r, const struct question_view *asked,
    const struct question_option *option)
{
	const struct answer_form values = { revision_now(r, asked),
		option->text, option->hint, option->asks };

	return form_show(r, answer_fields, &values);
}

static struct reply
answer_page(struct request *r, const struct question_view *asked,
    const struct form *form, int status)
{
	render_questionnaires_hangs(
	    r, &asked->view, asked->question, "Answer", form);
	return reply_page(r, status);
}

/* The answer of the path, which may be written to; NULL when not there. */
static struct question_option *
answer_of(struct request *r, const struct question_view *asked)
{
	if (asked->question == NULL)
		return NULL;
	return question_option_open(
	    r->arena, asked->question, request_part(r, "answer"));
}

/* GET /question-sets/:reference/draft/questions/:question/answers/:answer */
struct reply
question_answer_edit(struct request *r)
{
	struct question_view asked = question_view_load(r);
	const struct question_option *option = answer_of(r, &asked);

	if (option == NULL)
		return reply_not_found(r);
	return answer_page(r, &asked, answer_form(r, &asked, option), HTTP_OK);
}

/* POST /question-sets/:reference/draft/questions/:question/answers/:answer */
struct reply
question_answer_update(struct request *r)
{
	struct question_view asked = question_view_load(r);
	struct question_option *option = answer_of(r, &asked);
	struct answer_form values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (option == NULL)
		return reply_not_found(r);
	theirs = answer_form(r, &asked, option);
	form = form_read(r, answer_fields, &values);
	for (size_t i = 0; i < asked.question->option_count; i++)
		if (&asked.question->option[i] != option &&
		    text_equal(asked.question->option[i].text, values.text))
			form_error(
			    form, "text", "There is such an answer already");
	if (!form_ok(form))
		return answer_page(r, &asked, form, HTTP_UNPROCESSABLE);
	option->text = values.text;
	option->hint = values.hint;
	option->asks = values.asks;
	if (!question_keep(r, &asked, values.revision))
		return question_draft_conflict(
		    r, &asked.view, "Answer", form, theirs);
	return reply_redirect_with(
	    r, "Answer saved", "%s#answers", question_path(r, &asked));
}

/* --- Columns -------------------------------------------------------------- */

struct column_form {
	const char *revision;
	const char *text;
	const char *kind;
	bool is_required;
	const char *options;
};

static const struct field *
column_fields(struct request *r)
{
	const struct field table[] = {
		FIELD(struct column_form, FIELD_HIDDEN, revision, "Revision"),
		FIELD(struct column_form, FIELD_LINE, text, "Heading",
		    .missing = "Enter the heading", .is_required = true,
		    .maximum = QUESTION_LINE_MAXIMUM),
		FIELD(struct column_form, FIELD_CHOICE, kind,
		    "How it is filled in",
		    .missing = "Select how it is filled in",
		    .is_required = true,
		    .choices = question_kind_choices(r, true)),
		FIELD(struct column_form, FIELD_TEXT, options,
		    "Answers to pick from",
		    .hint = "One on a line. Only when it is one of a list",
		    .maximum = QUESTION_TEXT_MAXIMUM),
		FIELD(struct column_form, FIELD_TICK, is_required,
		    "It must be filled in"),
		FIELD_END,
	};
	struct field *copy = arena_alloc(r->arena, sizeof(table));

	memcpy(copy, table, sizeof(table));
	return copy;
}

static struct form *
column_form(struct request *r, const struct question_view *asked,
    const struct question_column *column)
{
	const struct column_form values = {
		.revision = revision_now(r, asked),
		.text = column->text,
		.kind = *column->id != '\0' ? question_kind_name(column->kind)
		                            : "",
		.is_required = column->is_required,
		.options = question_options_lines(
		    r->arena, column->option, column->option_count),
	};

	return form_show(r, column_fields(r), &values);
}

static struct reply
column_page(struct request *r, const struct question_view *asked,
    const struct form *form, int status)
{
	render_questionnaires_hangs(r, &asked->view, asked->question,
	    *request_part(r, "column") != '\0' ? "Column" : "Add a column",
	    form);
	return reply_page(r, status);
}

/* What is to be said when the column of the path is not to be had. */
static struct reply
column_refuse(struct request *r, const struct question_view *asked)
{
	if (asked->question == NULL || *request_part(r, "column") != '\0' ||
	    asked->question->kind != QUESTION_TABLE)
		return reply_not_found(r);
	render_questionnaires_full(r, &asked->view, "columns");
	return reply_page(r, HTTP_UNPROCESSABLE);
}

static struct question_column *
column_of(struct request *r, const struct question_view *asked)
{
	if (asked->question == NULL || asked->question->kind != QUESTION_TABLE)
		return NULL;
	return question_column_open(
	    r->arena, asked->question, request_part(r, "column"));
}

/* GET .../questions/:question/add-column and /columns/:column */
struct reply
question_column_edit(struct request *r)
{
	struct question_view asked = question_view_load(r);
	const struct question_column *column = column_of(r, &asked);

	if (column == NULL)
		return column_refuse(r, &asked);
	return column_page(r, &asked, column_form(r, &asked, column), HTTP_OK);
}

static void
column_check(struct form *form, const struct column_form *values)
{
	const char *one_of = question_kind_name(QUESTION_ONE_OF);
	const struct question_option *option = NULL;
	size_t count = 0;

	if (!form_ok(form))
		return;
	question_options_from_lines(
	    form->r->arena, values->options, &option, &count);
	if (strcmp(values->kind, one_of) == 0 && count < 2)
		form_error(form, "options", "Enter at least two answers");
	else if (strcmp(values->kind, one_of) != 0 && count > 0)
		form_error(form, "options",
		    "Leave this empty unless it is one of a list");
	else
		question_lines_check(form, values->options);
}

/* The ids of the other columns, of which a new one must not have any. */
static struct text_list
column_ids(struct request *r, const struct question *question)
{
	const char **id = arena_array(
	    r->arena, question->column_count + 1, sizeof(*id));

	for (size_t i = 0; i < question->column_count; i++)
		id[i] = question->column[i].id;
	return (struct text_list) { id, question->column_count };
}

static void
column_apply(struct request *r, const struct question *question,
    const struct column_form *values, struct question_column *column)
{
	if (*column->id == '\0')
		column->id = question_id_after(
		    r->arena, values->text, column_ids(r, question));
	column->text = values->text;
	question_kind_of(values->kind, &column->kind);
	column->is_required = values->is_required;
	question_options_from_lines(
	    r->arena, values->options, &column->option, &column->option_count);
}

/* POST .../questions/:question/add-column and /columns/:column */
struct reply
question_column_update(struct request *r)
{
	struct question_view asked = question_view_load(r);
	struct question_column *column = column_of(r, &asked);
	struct column_form values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (column == NULL)
		return column_refuse(r, &asked);
	theirs = column_form(r, &asked, column);
	form = form_read(r, column_fields(r), &values);
	column_check(form, &values);
	if (!form_ok(form))
		return column_page(r, &asked, form, HTTP_UNPROCESSABLE);
	column_apply(r, asked.question, &values, column);
	if (!question_keep(r, &asked, values.revision))
		return question_draft_conflict(
		    r, &asked.view, "Column", form, theirs);
	return reply_redirect_with(
	    r, "Column saved", "%s#columns", question_path(r, &asked));
}
