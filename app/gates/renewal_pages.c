/*
 * Renewals of insurances: the provider submits one, each council that it
 * works with accepts or refuses it.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/config.h"
#include "gates/facts.h"
#include "gates/gates_pages.h"
#include "messages/messages.h"
#include "providers/register.h"
#include "templates.h"

struct renewal_form {
	const char *kind;
	int64_t amount;
	int32_t starts_on;
	int32_t ends_on;
	const char *source;
};

static const struct field renewal_fields[] = {
	FIELD(struct renewal_form, FIELD_CHOICE, kind,
	    "Which insurance have you renewed?",
	    .missing = "Select which insurance you have renewed",
	    .is_required = true, .choices = insurance_kinds),
	FIELD(struct renewal_form, FIELD_NUMBER, amount, "Cover in pounds",
	    .hint = "Whole pounds, for example 10000000",
	    .missing = "Enter the cover in pounds", .is_required = true,
	    .minimum = 1, .maximum = 1000000000),
	FIELD(struct renewal_form, FIELD_DATE, starts_on, "First day",
	    .hint = "For example, 27 3 2026", .missing = "Enter the first day",
	    .is_required = true),
	FIELD(struct renewal_form, FIELD_DATE, ends_on, "Last day",
	    .missing = "Enter the last day", .is_required = true),
	FIELD(struct renewal_form, FIELD_LINE, source,
	    "Insurer and number of the policy",
	    .missing = "Enter the insurer and the number of the policy",
	    .is_required = true, .maximum = 200),
	FIELD_END,
};

static struct reply
renewal_again(struct request *r, const struct provider_view *view,
    struct form *form, int status)
{
	render_gates_renew(r, view, form);
	return reply_page(r, status);
}

/* GET /our-details/facts/renew */
struct reply
renewal_new(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	return renewal_again(
	    r, &view, form_show(r, renewal_fields, NULL), HTTP_OK);
}

static void
renewal_check(struct form *form, const struct renewal_form *values)
{
	int32_t earliest = 0;

	date_from(1990, 1, 1, &earliest);
	if (!form_ok(form))
		return;
	if (values->starts_on < earliest)
		form_error(
		    form, "starts_on", "First day must be in 1990 or later");
	if (values->ends_on < values->starts_on)
		form_error(form, "ends_on",
		    "Last day must be on or after the first day");
}

/* POST /our-details/facts/renew */
struct reply
renewal_create(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	struct renewal_form values = { 0 };
	struct form *form;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, renewal_fields, &values);
	renewal_check(form, &values);
	if (form_ok(form) &&
	    fact_renewal_submit(r->db, view.provider->id, values.kind,
		values.amount, values.starts_on, values.ends_on, values.source,
		r->session.account_id) == 0)
		form_error(form, "kind",
		    "You are on no framework, so no council asks for this");
	if (!form_ok(form))
		return renewal_again(r, &view, form, HTTP_UNPROCESSABLE);
	fact_renewal_tell(
	    r->db, view.provider->id, "An insurance has been renewed");
	register_audit(r, &view, "renewal.create",
	    arena_printf(r->arena, "{\"kind\": \"%s\"}", values.kind));
	return reply_redirect_with(
	    r, "Renewal sent to the council", "/our-details/facts");
}

struct decision_form {
	const char *revision;
	const char *decision;
	const char *reason;
};

static const struct choice decisions[] = {
	{ "accepted", "Accept", "It becomes a fact of the provider" },
	{ "refused", "Refuse", "The provider can read the reason" },
	{ NULL, NULL, NULL },
};

static const struct field decision_fields[] = {
	FIELD(struct decision_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct decision_form, FIELD_CHOICE, decision,
	    "Do you accept this renewal?",
	    .missing = "Select whether you accept this renewal",
	    .is_required = true, .choices = decisions),
	FIELD(struct decision_form, FIELD_TEXT, reason, "Reason",
	    .hint = "Why it is refused", .maximum = 1000),
	FIELD_END,
};

static const struct fact_renewal_line *
renewal_find(struct request *r, const struct provider_view *view)
{
	if (view->provider == NULL)
		return NULL;
	return fact_renewal_by_id(r->db, r->session.council_id,
	    view->provider->id, register_part_id(r, "renewal"));
}

static struct reply
decision_again(struct request *r, const struct provider_view *view,
    const struct fact_renewal_line *renewal, struct form *form, int status)
{
	render_gates_renewal(r, view, renewal, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/renewals/:renewal */
struct reply
renewal_edit(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const struct fact_renewal_line *renewal = renewal_find(r, &view);
	struct decision_form values = { .decision = "", .reason = "" };

	if (renewal == NULL)
		return reply_not_found(r);
	values.revision = form_revision_text(r, renewal->revision);
	return decision_again(
	    r, &view, renewal, form_show(r, decision_fields, &values), HTTP_OK);
}

/* Tells the provider that there is an answer; what it is stands in Hearth. */
static void
renewal_notify(struct request *r, const struct provider_view *view)
{
	struct gate_contact_list contacts = gate_contact_list(
	    r->db, view->provider->id);

	for (size_t i = 0; i < contacts.count; i++) {
		struct mail mail = {
			.kind = "renewal_decided",
			.council_id = r->session.council_id,
			.to_email = contacts.row[i].email,
			.to_name = contacts.row[i].name,
			.subject = "An answer to the renewal of an insurance",
			.body = arena_printf(r->arena,
			    "%s has looked at the renewal of an insurance that "
			    "you sent.\n\nSee the answer in Hearth:\n"
			    "%s/our-details/facts\n",
			    r->session.council_name, r->config->address),
		};

		mail_queue(r->db, &mail);
	}
}

static struct reply
renewal_decided(struct request *r, const struct provider_view *view,
    const struct fact_renewal_line *renewal, const char *decision)
{
	const int64_t council = r->session.council_id;
	bool is_accepted = text_equal(decision, "accepted");

	if (is_accepted)
		provider_fact_insert(r->db, council, view->provider->id,
		    renewal->kind, renewal->value, renewal->valid_from,
		    renewal->valid_until, renewal->source, "",
		    r->session.account_id);
	fact_renewal_finish(
	    r->db, council, view->provider->id, r->session.account_id);
	renewal_notify(r, view);
	register_audit(r, view,
	    is_accepted ? "renewal.accept" : "renewal.refuse",
	    arena_printf(r->arena, "{\"renewal\": %" PRId64 "}", renewal->id));
	return reply_redirect_with(r,
	    is_accepted ? "Renewal accepted" : "Renewal refused", "%s/facts",
	    view->base);
}

/* POST /providers/:reference/renewals/:renewal */
struct reply
renewal_update(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	const struct fact_renewal_line *renewal = renewal_find(r, &view);
	struct decision_form values = { 0 };
	struct form *form;

	if (renewal == NULL)
		return reply_not_found(r);
	form = form_read(r, decision_fields, &values);
	if (text_equal(values.decision, "refused") && *values.reason == '\0')
		form_error(form, "reason", "Enter why it is refused");
	if (!form_ok(form))
		return decision_again(
		    r, &view, renewal, form, HTTP_UNPROCESSABLE);
	if (fact_renewal_decide(r->db, r->session.council_id, renewal->id,
		form_revision(values.revision), values.decision, values.reason,
		r->session.account_id) == 0) {
		form_revision_renew(form, renewal->revision);
		return decision_again(r, &view, renewal, form, HTTP_CONFLICT);
	}
	return renewal_decided(r, &view, renewal, values.decision);
}
