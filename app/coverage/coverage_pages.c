/* The coverage of a framework, in any scheme and under any cap. */
#include "coverage/coverage_pages.h"

#include "areas/areas.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "coverage/coverage.h"
#include "permissions.h"
#include "templates.h"

struct coverage_form {
	const char *framework;
	const char *scheme;
	const char *rurality;
	int64_t cap;
};

static const struct field coverage_fields[] = {
	FIELD(struct coverage_form, FIELD_CHOICE, framework, "Framework"),
	FIELD(struct coverage_form, FIELD_CHOICE, scheme, "Areas"),
	FIELD(struct coverage_form, FIELD_CHOICE, rurality, "Rurality",
	    .choices = rurality_choices),
	FIELD(struct coverage_form, FIELD_NUMBER, cap,
	    "Most areas for one provider",
	    .hint = "What if there were a cap? Leave empty for none",
	    .minimum = 1, .maximum = COVERAGE_CAP_MAXIMUM),
	FIELD_END,
};

static struct choice_list
framework_choices(struct request *r, struct cover_framework_list frameworks)
{
	struct choice *row = arena_array(
	    r->arena, frameworks.count, sizeof(*row));

	for (size_t i = 0; i < frameworks.count; i++)
		row[i] = (struct choice) { frameworks.row[i].code,
			frameworks.row[i].name, NULL };
	return (struct choice_list) { row, frameworks.count };
}

static struct choice_list
scheme_choices(struct request *r, struct coverage_scheme_list schemes)
{
	struct choice *row = arena_array(r->arena, schemes.count, sizeof(*row));

	for (size_t i = 0; i < schemes.count; i++) {
		const struct coverage_scheme *scheme = &schemes.row[i];

		row[i] = (struct choice) { scheme->code,
			arena_printf(r->arena, "%s (%s)", scheme->name,
			    scheme->is_in_force ? "in force"
			    : scheme->is_plan   ? "drawn up"
						: "not in force"),
			NULL };
	}
	return (struct choice_list) { row, schemes.count };
}

static const struct cover_framework *
framework_asked(struct request *r, struct cover_framework_list frameworks)
{
	for (size_t i = 0; i < frameworks.count; i++)
		if (text_equal(
			frameworks.row[i].code, request_query(r, "framework")))
			return frameworks.row + i;
	return frameworks.count > 0 ? frameworks.row : NULL;
}

/* The one in force, which comes first, when nothing else is asked for. */
static const struct coverage_scheme *
scheme_asked(struct request *r, struct coverage_scheme_list schemes)
{
	for (size_t i = 0; i < schemes.count; i++)
		if (text_equal(schemes.row[i].code, request_query(r, "scheme")))
			return schemes.row + i;
	return schemes.count > 0 ? schemes.row : NULL;
}

/* What is shown, in a sentence above it. */
static const char *
state_text(struct request *r, const struct coverage_question *question)
{
	const char *cap = question->cap == 0
	                      ? ""
	                      : arena_printf(r->arena,
				    " and a cap of %d area%s for one provider",
				    (int)question->cap,
				    question->cap == 1 ? "" : "s");

	if (question->scheme->is_in_force && question->cap == 0)
		return arena_printf(r->arena, "This is %s as it is in force.",
		    question->framework->name);
	return arena_printf(r->arena,
	    "What if %s had the areas of %s%s? Nothing is changed by looking.",
	    question->framework->name, question->scheme->name, cap);
}

static void
plan_links(struct request *r, struct coverage_view *view)
{
	const struct coverage_scheme *scheme = view->question.scheme;

	view->may_plan = permission_has(r->session.role, AREA_PLAN_WRITE);
	if (scheme->is_plan)
		view->plan_href = arena_printf(
		    r->arena, "/coverage/schemes/%s", scheme->code);
	view->copy_href = arena_printf(r->arena,
	    "/coverage/schemes/new?framework=%s&from=%s",
	    url_encode(r, view->question.framework->code),
	    url_encode(r, scheme->code));
}

/* The form stands in the query: a link or a bookmark asks the same again. */
static struct form *
question_form(struct request *r, struct coverage_view *view,
    struct coverage_scheme_list schemes)
{
	struct coverage_question *question = &view->question;
	struct coverage_form asked = { .framework = question->framework->code,
		.scheme = question->scheme->code };
	struct form *form;

	if (request_query(r, "scheme") == NULL) {
		form = form_show(r, coverage_fields, &asked);
	} else {
		r->fields = r->query;
		form = form_read(r, coverage_fields, &asked);
	}
	view->schemes = scheme_choices(r, schemes);
	form_choices(form, "framework", view->frameworks);
	form_choices(form, "scheme", view->schemes);
	form_check_choice(form, "framework");
	form_check_choice(form, "scheme");
	question->rurality = asked.rurality != NULL ? asked.rurality : "";
	question->cap = asked.cap;
	return form;
}

/* GET /coverage */
struct reply
coverage_show(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct coverage_view view = { .question.today = clock_local_date(
					  r->now) };
	const struct cover_framework_list frameworks = cover_framework_list(
	    r->db, council, view.question.today);
	struct coverage_scheme_list schemes;
	struct form *form;

	view.question.framework = framework_asked(r, frameworks);
	if (view.question.framework == NULL) {
		render_coverage_none(r);
		return reply_page(r, HTTP_OK);
	}
	view.frameworks = framework_choices(r, frameworks);
	schemes = coverage_scheme_list(r->db, council,
	    view.question.framework->council_id,
	    view.question.framework->scheme_id);
	view.question.scheme = scheme_asked(r, schemes);
	if (view.question.scheme == NULL)
		return reply_not_found(r);
	form = question_form(r, &view, schemes);
	view.coverage = coverage_reckon(r, &view.question);
	view.picture = coverage_picture(r, &view.question, &view.coverage);
	view.state = state_text(r, &view.question);
	plan_links(r, &view);
	render_coverage_show(r, &view, form);
	return reply_page(r, form_ok(form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}
