/*
 * The facts of a provider: what is known, how it stands by them, and entering
 * and correcting them by the council's staff.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "gates/facts.h"
#include "gates/gates_pages.h"
#include "permissions.h"
#include "providers/register.h"
#include "templates.h"

enum { EVENTS = 50 };

struct fact_form {
	const char *revision;
	const char *kind;
	int64_t amount;
	bool has_amount;
	const char *decision;
	int32_t starts_on;
	int32_t ends_on;
	const char *source;
	const char *reason;
};

static const struct choice decisions[] = {
	{ "yes", "Accepted", NULL },
	{ "no", "Not accepted", NULL },
	{ NULL, NULL, NULL },
};

#define FACT_FIELDS                                                            \
	FIELD(struct fact_form, FIELD_NUMBER, amount, "How much?",             \
	    .subject = "How much",                                             \
	    .hint = "Whole pounds of cover, hours a week, or people",          \
	    .maximum = 1000000000,                                             \
	    .has_offset = offsetof(struct fact_form, has_amount)),             \
	    FIELD(struct fact_form, FIELD_CHOICE, decision, "Is it accepted?", \
		.choices = decisions),                                         \
	    FIELD(struct fact_form, FIELD_DATE, starts_on, "First day",        \
		.hint = "The first day on which it holds, for example "        \
			"27 3 2026",                                           \
		.missing = "Enter the first day", .is_required = true),        \
	    FIELD(struct fact_form, FIELD_DATE, ends_on, "Last day",           \
		.hint = "The last day on which it holds. Leave empty if it "   \
			"has no end"),                                         \
	    FIELD(struct fact_form, FIELD_LINE, source,                        \
		"Where did you see this?", .subject = "Where you saw this",    \
		.hint = "A certificate, a letter or a register, with its "     \
			"date or number",                                      \
		.missing = "Enter where you saw this", .is_required = true,    \
		.maximum = 200),                                               \
	    FIELD(struct fact_form, FIELD_TEXT, reason, "Reason",              \
		.hint = "Why it is accepted, where there was something to "    \
			"weigh. The provider can read this",                   \
		.maximum = 1000),                                              \
	    FIELD_END

static const struct field fact_new_fields[] = {
	FIELD(struct fact_form, FIELD_CHOICE, kind, "What is it about?",
	    .missing = "Select what it is about", .is_required = true,
	    .choices = fact_kinds),
	FACT_FIELDS,
};

static const struct field fact_edit_fields[] = {
	FIELD(struct fact_form, FIELD_HIDDEN, revision, "Revision"),
	FACT_FIELDS,
};

/* What must be renewed for any of the councils, each fact once. */
static struct fact_expiry_list
expiries_of(struct request *r, const struct provider_view *view)
{
	const int32_t today = clock_local_date(r->now);
	struct fact_expiry_list all = { NULL, 0 };

	for (size_t i = 0; i < view->members.count; i++) {
		const int64_t council = view->members.row[i].council_id;

		if (i == 0 || view->members.row[i - 1].council_id != council)
			all = fact_expiries_add(r->arena, all,
			    fact_expiries(r->db, r->arena, council,
				view->provider->id, today));
	}
	return all;
}

/*
 * GET /providers/:reference/facts
 * GET /our-details/facts
 */
struct reply
fact_list_show(struct request *r)
{
	struct facts_view view = { .provider = register_view(r) };
	const struct provider_view *provider = &view.provider;
	const int64_t *council;

	if (provider->provider == NULL)
		return reply_not_found(r);
	register_load(r, &view.provider);
	council = provider->is_own_page ? NULL : &r->session.council_id;
	view.facts = provider_fact_list(r->db, provider->provider->id, council);
	view.renewals = fact_renewal_list(
	    r->db, provider->provider->id, council);
	view.events = gate_event_list(
	    r->db, provider->provider->id, council, EVENTS);
	view.expiries = expiries_of(r, provider);
	view.can_renew = provider->is_own_page && provider->can_edit &&
	                 provider->members.count > 0;
	render_gates_facts(r, &view);
	return reply_page(r, HTTP_OK);
}

/* What no field alone can tell is wrong; `kind` is known by now. */
static void
fact_check(struct form *form, const struct fact_form *values, const char *kind)
{
	if (fact_is_amount(kind) && !values->has_amount)
		form_error(form, "amount", "Enter how much it is");
	if (!fact_is_amount(kind) && *values->decision == '\0')
		form_error(form, "decision", "Select whether it is accepted");
	if (!form_ok(form))
		return;
	if (fact_is_insurance(kind) && values->ends_on == 0)
		form_error(
		    form, "ends_on", "Enter the last day of the insurance");
	if (values->ends_on != 0 && values->ends_on < values->starts_on)
		form_error(form, "ends_on",
		    "Last day must be on or after the first day");
	if (*values->reason == '\0' && text_equal(values->decision, "yes") &&
	    (text_equal(kind, "corporate_experience") ||
		text_equal(kind, "rating_reason")))
		form_error(form, "reason", "Enter why it is accepted");
}

static void
first_day_check(struct form *form, int32_t starts_on)
{
	int32_t earliest = 0;

	date_from(1990, 1, 1, &earliest);
	if (form_ok(form) && starts_on < earliest)
		form_error(
		    form, "starts_on", "First day must be in 1990 or later");
}

static int64_t
fact_value(const struct fact_form *values, const char *kind)
{
	if (fact_is_amount(kind))
		return values->amount;
	return text_equal(values->decision, "yes") ? 1 : 0;
}

/* `fact` is NULL for a new one. */
static struct reply
fact_again(struct request *r, const struct provider_view *view,
    const struct provider_fact_line *fact, struct form *form, int status)
{
	render_gates_fact(r, view, fact, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/facts/new */
struct reply
fact_new(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	return fact_again(
	    r, &view, NULL, form_show(r, fact_new_fields, NULL), HTTP_OK);
}

static struct reply
fact_done(struct request *r, const struct provider_view *view, const char *act,
    const char *detail, const char *notice)
{
	register_audit(r, view, act, detail);
	return reply_redirect_with(r, notice, "%s/facts", view->base);
}

/* POST /providers/:reference/facts/new */
struct reply
fact_create(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const int64_t council = r->session.council_id;
	struct fact_form values = { 0 };
	struct form *form;
	int64_t id;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, fact_new_fields, &values);
	if (form_field(form, "kind")->error == NULL)
		fact_check(form, &values, values.kind);
	first_day_check(form, values.starts_on);
	if (!form_ok(form))
		return fact_again(r, &view, NULL, form, HTTP_UNPROCESSABLE);
	id = provider_fact_insert(r->db, council, view.provider->id,
	    values.kind, fact_value(&values, values.kind), values.starts_on,
	    values.ends_on, values.source, values.reason,
	    r->session.account_id);
	return fact_done(r, &view, "fact.create",
	    provider_fact_detail(r->db, council, id), "Fact added");
}

static const struct provider_fact_line *
fact_find(struct request *r, const struct provider_view *view)
{
	if (view->provider == NULL)
		return NULL;
	return provider_fact_by_id(r->db, r->session.council_id,
	    view->provider->id, register_part_id(r, "fact"));
}

/* The form as it is saved. */
static struct form *
fact_saved(struct request *r, const struct provider_fact_line *fact)
{
	const struct fact_form values = {
		.revision = form_revision_text(r, fact->revision),
		.amount = fact->value,
		.has_amount = fact_is_amount(fact->kind),
		.decision = fact_is_amount(fact->kind) ? ""
		            : fact->value != 0         ? "yes"
		                                       : "no",
		.starts_on = fact->valid_from,
		.ends_on = fact->valid_until,
		.source = fact->source,
		.reason = fact->reason,
	};

	return form_show(r, fact_edit_fields, &values);
}

/* GET /providers/:reference/facts/:fact */
struct reply
fact_edit(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const struct provider_fact_line *fact = fact_find(r, &view);

	if (fact == NULL)
		return reply_not_found(r);
	return fact_again(r, &view, fact, fact_saved(r, fact), HTTP_OK);
}

/* POST /providers/:reference/facts/:fact : correct it, or take it away */
struct reply
fact_update(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const struct provider_fact_line *fact = fact_find(r, &view);
	const int64_t council = r->session.council_id;
	struct fact_form values = { 0 };
	struct form *form;
	const char *before;

	if (fact == NULL)
		return reply_not_found(r);
	before = provider_fact_detail(r->db, council, fact->id);
	if (text_equal(request_field(r, "act"), "remove")) {
		if (provider_fact_delete(r->db, council, fact->id,
			form_revision(request_field(r, "revision"))) == 0)
			return fact_again(
			    r, &view, fact, fact_saved(r, fact), HTTP_CONFLICT);
		return fact_done(
		    r, &view, "fact.remove", before, "Fact removed");
	}
	form = form_read(r, fact_edit_fields, &values);
	fact_check(form, &values, fact->kind);
	first_day_check(form, values.starts_on);
	if (!form_ok(form))
		return fact_again(r, &view, fact, form, HTTP_UNPROCESSABLE);
	if (provider_fact_save(r->db, council, fact->id,
		form_revision(values.revision), fact_value(&values, fact->kind),
		values.starts_on, values.ends_on, values.source, values.reason,
		r->session.account_id) == 0) {
		form_revision_renew(form, fact->revision);
		return fact_again(r, &view, fact, form, HTTP_CONFLICT);
	}
	return fact_done(r, &view, "fact.update",
	    arena_printf(r->arena, "{\"before\": %s, \"after\": %s}", before,
		provider_fact_detail(r->db, council, fact->id)),
	    "Fact saved");
}
