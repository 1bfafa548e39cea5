/* What staff must do by hand, what is due first on top. */
#include "base/arena.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "messages/messages_pages.h"
#include "messages/views.h"
#include "permissions.h"
#include "templates.h"

enum { PAGE_LINES = 20, MOST_PAGES = 10000 };

static const struct task_kind {
	const char *name;
	const char *label;
	const char *link;
} kinds[] = {
	{ "telephone_offer", "Telephone this provider", "Record the reply" },
	{ "confirm_start", "Agree to a later start, or refuse it",
	    "See the start" },
	{ "waits_again", "Package waits again", "See the package" },
	{ "approve_placement", "Approve a placement outside the ranking",
	    "See what waits for approval" },
	{ "tell_provider", "Tell this provider", "See the package" },
	{ "care_ends", "Find care for after this end", "See the package" },
	{ "fact_ends", "Ask this provider for a renewal", "See the facts" },
	{ "accept_renewal", "Accept or refuse a renewal", "See the facts" },
	{ "approve_rate", "Approve or refuse an individual rate",
	    "See the rate" },
	{ "no_reply", "No reply: decide how it goes on", "Decide" },
};

static const struct task_kind *
kind_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equal(kinds[i].name, name))
			return &kinds[i];
	return &kinds[2];
}

const char *
task_label(const char *kind)
{
	return kind_find(kind)->label;
}

const char *
task_href(struct request *r, const struct task_line *task)
{
	if (text_equal(task->kind, "approve_placement"))
		return "/approvals";
	if (text_equal(task->kind, "fact_ends") ||
	    text_equal(task->kind, "accept_renewal"))
		return arena_printf(
		    r->arena, "/providers/%s/facts", task->provider_reference);
	if (*task->package_reference == '\0')
		return NULL;
	if (*task->offer_reference != '\0' &&
	    !permission_has(r->session.role, OFFER_SEND))
		return NULL;
	if (*task->offer_reference != '\0' &&
	    text_equal(task->kind, "telephone_offer"))
		return arena_printf(r->arena, "/packages/%s/offers/%s/record",
		    task->package_reference, task->offer_reference);
	if (*task->offer_reference != '\0' &&
	    text_equal(task->kind, "confirm_start"))
		return arena_printf(r->arena, "/packages/%s/offers/%s/confirm",
		    task->package_reference, task->offer_reference);
	if (text_equal(task->kind, "approve_rate"))
		return arena_printf(r->arena, "/packages/%s/individual-rate",
		    task->package_reference);
	if (text_equal(task->kind, "no_reply") &&
	    permission_has(r->session.role, OFFER_SEND))
		return arena_printf(
		    r->arena, "/packages/%s/go-on", task->package_reference);
	return arena_printf(r->arena, "/packages/%s", task->package_reference);
}

const char *
task_href_text(const struct task_line *task)
{
	return kind_find(task->kind)->link;
}

static struct task_line_list
lines_of(struct request *r, const struct tasks_view *view)
{
	return task_page(r->db, r->session.council_id, r->session.account_id,
	    view->view, (int64_t)(view->page - 1) * PAGE_LINES, PAGE_LINES);
}

/* GET /tasks; a page beyond the last is the first. */
struct reply
task_list_show(struct request *r)
{
	const char *asked = request_query(r, "view");
	struct tasks_view view = {
		.view = text_equal(asked, "mine")   ? "mine"
		        : text_equal(asked, "done") ? "done"
		                                    : "",
		.counts = task_counts(
		    r->db, r->session.council_id, r->session.account_id),
		.page = request_page(r, MOST_PAGES),
		.can_write = permission_has(r->session.role, PACKAGE_WRITE),
	};

	if (view.counts == NULL)
		return reply_not_found(r);
	view.lines = lines_of(r, &view);
	if (view.lines.count == 0 && view.page > 1) {
		view.page = 1;
		view.lines = lines_of(r, &view);
	}
	if (view.lines.count > 0)
		view.total = view.lines.row[0].total;
	view.pages = (int32_t)((view.total + PAGE_LINES - 1) / PAGE_LINES);
	render_messages_task_list(r, &view);
	return reply_page(r, HTTP_OK);
}

/* POST /tasks : one is done. */
struct reply
task_update(struct request *r)
{
	const char *reference = request_field(r, "task");

	if (reference == NULL || *reference == '\0')
		return reply_not_found(r);
	if (task_done(r->db, r->session.council_id, reference,
		r->session.account_id) == 0)
		return reply_redirect_with(
		    r, "That was already done", "/tasks");
	audit_add(r->db, "task.done", "task", reference, NULL);
	return reply_redirect_with(r, "Marked as done", "/tasks");
}
