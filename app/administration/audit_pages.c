/* The audit of a council: who did what to what, and whether it is sealed. */
#include "administration/administration_pages.h"
#include "administration/audit.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "templates.h"

enum { PAGE_ROWS = 50 };

struct audit_filter {
	int32_t since;
	int32_t until;
	const char *kind;
	const char *who;
	const char *object;
};

static const struct field audit_filter_fields[] = {
	FIELD(struct audit_filter, FIELD_DATE, since, "From",
	    .subject = "The first day"),
	FIELD(struct audit_filter, FIELD_DATE, until, "To",
	    .subject = "The last day"),
	FIELD(struct audit_filter, FIELD_CHOICE, kind, "What was done",
	    .choices = audit_kind_choices),
	FIELD(struct audit_filter, FIELD_LINE, who, "Who did it",
	    .hint = "Name, email address or provider", .maximum = 120),
	FIELD(struct audit_filter, FIELD_LINE, object, "What it was done to",
	    .hint = "A reference, or a kind such as package", .maximum = 100),
	FIELD_END,
};

static const char *
text_or_null(const char *text)
{
	return *text != '\0' ? text : NULL;
}

static void
audit_load(struct request *r, const struct audit_filter *filter,
    struct audit_view *view)
{
	static const struct audit_actors nobody = { { NULL, 0 }, { NULL, 0 } };
	const int64_t council = r->session.council_id;
	const int64_t since = filter->since != 0 ? clock_midnight(filter->since)
	                                         : 0;
	const int64_t until = filter->until != 0
	                          ? clock_midnight(filter->until + 1)
	                          : 0;
	const bool has_who = *filter->who != '\0';
	const char *object = text_or_null(filter->object);
	const struct audit_actors *who = has_who ? audit_actors_named(
						       r->db, filter->who)
	                                         : &nobody;
	struct text_list acts = { NULL, 0 };

	if (who == NULL)
		who = &nobody;
	if (*filter->kind != '\0')
		acts = audit_acts(r->arena, filter->kind);
	view->count = audit_count(r->db, council, since, until, acts, has_who,
	    who->accounts, who->organisations, object, AUDIT_MOST);
	view->pages = (int32_t)((view->count + PAGE_ROWS - 1) / PAGE_ROWS);
	view->page = request_page(r, view->pages > 0 ? view->pages : 1);
	view->list = audit_list(r->db, council, since, until, acts, has_who,
	    who->accounts, who->organisations, object,
	    (view->page - 1) * PAGE_ROWS, PAGE_ROWS);
}

/* GET /audit : the filter is a form whose fields stand in the query. */
struct reply
audit_list_show(struct request *r)
{
	struct audit_filter filter = { 0 };
	struct audit_view view = { .page = 1 };
	struct form *form;

	r->fields = r->query;
	form = form_read(r, audit_filter_fields, &filter);
	if (form_ok(form) && filter.since != 0 && filter.until != 0 &&
	    filter.until < filter.since)
		form_error(form, "until",
		    "The last day must be the same as or after the first day");
	if (form_ok(form))
		audit_load(r, &filter, &view);
	render_administration_audit(r, form, &view);
	return reply_page(r, form_ok(form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}
