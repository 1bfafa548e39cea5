/* The draft of a policy: its parts and steps, each changed on a page. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "conflict.h"
#include "policies/policies.h"
#include "policies/policies_pages.h"
#include "policies/views.h"
#include "templates.h"

/* Saves the draft; false when somebody else has changed it meanwhile. */
static bool
draft_save(struct request *r, const struct policy_view *view,
    const char *revision, const char *what)
{
	int64_t council = r->session.council_id;

	if (policy_draft_save(r->db, council, view->version->id,
		form_revision(revision), policy_write(r->arena, view->rules),
		r->session.account_id) == 0)
		return false;
	policy_rename(r->db, council, view->policy->id, view->rules->name);
	policy_audit(r, view, "policy.change",
	    arena_printf(r->arena, ", \"part\": \"%s\"", what));
	return true;
}

/* 409 with both; either can be taken from there. */
static struct reply
draft_conflict(struct request *r, const struct policy_view *view,
    const char *title, const struct form *mine, const struct form *theirs)
{
	const struct policy_version_row *version = view->version;
	struct saver saver = {
		*version->changed_by != '\0' ? version->changed_by : NULL,
		version->changed_at,
		version->changed_by_id == r->session.account_id,
	};

	return reply_conflict(r, title, saver, version->revision, mine, theirs);
}

static struct reply
draft_page(struct request *r, const struct policy_view *view, int status)
{
	struct policy_sheet sheet = policy_sheet_of(r, view->rules);

	render_policies_draft(r, view, &sheet,
	    request_query(r, "check") != NULL, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /policies/:reference/draft */
struct reply
policy_draft_show(struct request *r)
{
	struct policy_view view = policy_view_draft(r);

	if (view.policy == NULL)
		return reply_not_found(r);
	return draft_page(r, &view, HTTP_OK);
}

/* --- Parts ---------------------------------------------------------------- */

static struct form *
part_form(struct request *r, const struct policy_view *view,
    const struct draft_part *part)
{
	struct part_values values = { .revision = form_revision_text(
					  r, view->version->revision) };
	struct form *form;

	part->show(r, view->rules, &values);
	form = form_show(r, part->fields, &values);
	draft_part_choices(r, form, part, view->rules);
	return form;
}

static struct reply
part_page(struct request *r, const struct policy_view *view,
    const struct draft_part *part, const struct form *form, int status)
{
	render_policies_part(r, view, part, form);
	return reply_page(r, status);
}

/* GET /policies/:reference/draft/:part */
struct reply
policy_part_edit(struct request *r)
{
	const struct draft_part *part = draft_part_find(
	    request_part(r, "part"));
	struct policy_view view = policy_view_draft(r);

	if (view.policy == NULL || part == NULL)
		return reply_not_found(r);
	return part_page(r, &view, part, part_form(r, &view, part), HTTP_OK);
}

/* POST /policies/:reference/draft/:part */
struct reply
policy_part_update(struct request *r)
{
	const struct draft_part *part = draft_part_find(
	    request_part(r, "part"));
	struct policy_view view = policy_view_draft(r);
	struct part_values values = { 0 };
	const struct form *theirs;
	struct form *form;

	if (view.policy == NULL || part == NULL)
		return reply_not_found(r);
	form = form_read(r, part->fields, &values);
	draft_part_choices(r, form, part, view.rules);
	if (part->part == PART_SENDING)
		form_check_choice(form, "by");
	if (part->check != NULL)
		part->check(form, &values);
	if (!form_ok(form))
		return part_page(r, &view, part, form, HTTP_UNPROCESSABLE);
	theirs = part_form(r, &view, part);
	part->apply(&values, view.rules);
	if (!draft_save(r, &view, values.revision, part->slug))
		return draft_conflict(r, &view, part->title, form, theirs);
	return reply_redirect_with(
	    r, "Draft saved", "%s#%s", draft_path(r, &view), part->slug);
}

/* --- Steps ---------------------------------------------------------------- */

/* The list that the path names, of the draft; no step when there is none. */
static struct step_list
list_of(struct request *r, const struct policy_view *view)
{
	if (view->policy == NULL)
		return (struct step_list) { 0 };
	return step_list_find(view->rules, request_part(r, "list"));
}

static const char *
list_title(const struct step_list *list)
{
	return list->is_of_replies ? "Step that compares replies" : "Step";
}

/* GET /policies/:reference/draft/:list/new */
struct reply
policy_step_new(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	struct step_list list = list_of(r, &view);
	struct step_values values = {
		.criterion = "", .action = "", .rating = ""
	};

	if (list.step == NULL)
		return reply_not_found(r);
	values.revision = form_revision_text(r, view.version->revision);
	render_policies_step(r, &view, &list, NULL,
	    form_show(r, step_new_fields(r, &list), &values));
	return reply_page(r, HTTP_OK);
}

/* POST /policies/:reference/draft/:list/new */
struct reply
policy_step_create(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	struct step_list list = list_of(r, &view);
	struct step_values values = { 0 };
	struct form *form;

	if (list.step == NULL)
		return reply_not_found(r);
	form = form_read(r, step_new_fields(r, &list), &values);
	if (!step_add(form, &values, &list)) {
		render_policies_step(r, &view, &list, NULL, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	if (!draft_save(r, &view, values.revision, "steps"))
		return draft_conflict(r, &view, list_title(&list), form,
		    form_show(r, step_new_fields(r, &list), NULL));
	if (step_has_fields(&list, &list.step[*list.count - 1]))
		return reply_redirect(r, "%s/%s/%zu", draft_path(r, &view),
		    request_part(r, "list"), *list.count);
	return reply_redirect_with(r, "Step added", "%s#%s-%zu",
	    draft_path(r, &view), request_part(r, "list"), *list.count);
}

/* The place of a step, from 0; false when there is none. */
static bool
place_of(const char *text, const struct step_list *list, size_t *place)
{
	int64_t number;

	if (list->step == NULL || text == NULL ||
	    !text_to_int64(text, 1, (int64_t)*list->count, &number))
		return false;
	*place = (size_t)number - 1;
	return true;
}

static struct form *
step_form(struct request *r, const struct policy_view *view,
    const struct step_list *list, size_t place)
{
	struct step_values values = step_values_of(&list->step[place]);

	values.revision = form_revision_text(r, view->version->revision);
	return form_show(r, step_fields(r, list, &list->step[place]), &values);
}

/* GET /policies/:reference/draft/:list/:step */
struct reply
policy_step_edit(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	struct step_list list = list_of(r, &view);
	size_t place;

	if (!place_of(request_part(r, "step"), &list, &place))
		return reply_not_found(r);
	render_policies_step(r, &view, &list, &list.step[place],
	    step_form(r, &view, &list, place));
	return reply_page(r, HTTP_OK);
}

/* POST /policies/:reference/draft/:list/:step */
struct reply
policy_step_update(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	struct step_list list = list_of(r, &view);
	struct step_values values = { .rating = "" };
	const struct form *theirs;
	struct form *form;
	size_t place;

	if (!place_of(request_part(r, "step"), &list, &place))
		return reply_not_found(r);
	theirs = step_form(r, &view, &list, place);
	form = form_read(r, step_fields(r, &list, &list.step[place]), &values);
	step_apply(form, &values, &list, place);
	if (!form_ok(form)) {
		render_policies_step(r, &view, &list, &list.step[place], form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	if (!draft_save(r, &view, values.revision, "steps"))
		return draft_conflict(
		    r, &view, list_title(&list), form, theirs);
	return reply_redirect_with(r, "Step saved", "%s#%s-%zu",
	    draft_path(r, &view), request_part(r, "list"), place + 1);
}

/* POST /policies/:reference/draft/:list/move */
struct reply
policy_step_move(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	struct step_list list = list_of(r, &view);
	const char *revision = request_field(r, "revision");
	struct policy before;
	size_t place;

	if (list.step == NULL)
		return reply_not_found(r);
	before = *view.rules;
	if (form_revision(revision) != view.version->revision)
		return draft_page(r, &view, HTTP_CONFLICT);
	if (!place_of(request_field(r, "step"), &list, &place) ||
	    !step_move(&list, place, request_field(r, "move")))
		return reply_not_found(r);
	if (!draft_save(r, &view, revision, "steps")) {
		*view.rules = before;
		return draft_page(r, &view, HTTP_CONFLICT);
	}
	return reply_redirect(
	    r, "%s#%s", draft_path(r, &view), request_part(r, "list"));
}

/* --- Throwing it away ----------------------------------------------------- */

/* GET /policies/:reference/draft/discard */
struct reply
policy_discard_edit(struct request *r)
{
	struct policy_view view = policy_view_draft(r);

	if (view.policy == NULL)
		return reply_not_found(r);
	render_policies_discard(r, &view, false);
	return reply_page(r, HTTP_OK);
}

/* POST /policies/:reference/draft/discard */
struct reply
policy_discard_run(struct request *r)
{
	struct policy_view view = policy_view_draft(r);
	int64_t council = r->session.council_id;

	if (view.policy == NULL)
		return reply_not_found(r);
	if (policy_draft_delete(r->db, council, view.version->id,
		form_revision(request_field(r, "revision"))) == 0) {
		render_policies_discard(r, &view, true);
		return reply_page(r, HTTP_CONFLICT);
	}
	policy_audit(r, &view, "policy.discard", NULL);
	if (policy_delete(r->db, council, view.policy->id) == 1)
		return reply_redirect_with(r, "Draft thrown away", "/policies");
	return reply_redirect_with(
	    r, "Draft thrown away", "/policies/%s", view.policy->reference);
}
