/*
 * A rate above the framework's ceiling for one specialist package: proposed
 * with its costing, decided by another person, gone by in the match. 004 L106
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/requests.sql.h"
#include "offers/individual_rates.h"
#include "offers/notices.h"
#include "offers/offers_pages.h"
#include "offers/reply_forms.h"
#include "packages/giveaway.h"
#include "permissions.h"
#include "templates.h"

struct propose_form {
	int64_t pay_pence;
	int64_t travel_pence; /* 0 where it is left empty, as the next two */
	bool has_travel;
	int64_t supervision_pence;
	bool has_supervision;
	int64_t overhead_pence;
	bool has_overhead;
	const char *costing;
	const char *reason;
};

static const struct field propose_fields[] = {
	FIELD(struct propose_form, FIELD_MONEY, pay_pence,
	    "Pay of the care workers",
	    .missing = "Enter the pay of the care workers for an hour",
	    .is_required = true, .minimum = 1, .maximum = RATE_HOURLY_PENCE),
	FIELD(struct propose_form, FIELD_MONEY, travel_pence, "Travel",
	    .hint = "Leave empty for none", .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct propose_form, has_travel)),
	FIELD(struct propose_form, FIELD_MONEY, supervision_pence,
	    "Supervision and training", .hint = "Leave empty for none",
	    .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct propose_form, has_supervision)),
	FIELD(struct propose_form, FIELD_MONEY, overhead_pence, "Overheads",
	    .hint = "Leave empty for none", .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct propose_form, has_overhead)),
	FIELD(struct propose_form, FIELD_TEXT, costing,
	    "Anything else on how it was costed (optional)",
	    .subject = "How it was costed",
	    .hint = "For example whose figures these are. Do not name the "
		    "person",
	    .maximum = 2000),
	FIELD(struct propose_form, FIELD_TEXT, reason,
	    "Why does this care cost more than the ceiling?",
	    .subject = "The reason", .hint = "Do not name the person",
	    .missing = "Enter why this care costs more than the ceiling",
	    .is_required = true, .maximum = 2000),
	FIELD_END,
};

struct decide_form {
	const char *rate;
	const char *decision;
	const char *note;
};

static const struct choice decide_choices[] = {
	{ "approve", "Approve it", NULL },
	{ "refuse", "Refuse it", NULL },
	{ NULL, NULL, NULL },
};

static const struct field decide_fields[] = {
	FIELD(struct decide_form, FIELD_HIDDEN, rate, "Rate"),
	FIELD(struct decide_form, FIELD_CHOICE, decision, "Decision",
	    .missing = "Select a decision", .is_required = true,
	    .choices = decide_choices),
	FIELD(struct decide_form, FIELD_TEXT, note, "Reason for your decision",
	    .hint = "Kept with your name. Do not name the person",
	    .missing = "Enter the reason for your decision",
	    .is_required = true, .maximum = 1000),
	FIELD_END,
};

static const struct {
	const char *state;
	const char *label;
	const char *colour;
} states[] = {
	{ "proposed", "Waits for approval", "yellow" },
	{ "approved", "Approved", "green" },
	{ "refused", "Refused", "red" },
	{ "cancelled", "Taken back", "grey" },
	{ "replaced", "Replaced by a later one", "grey" },
	{ "lapsed", "Lapsed: the package has changed", "orange" },
};

static size_t
state_index(const char *state)
{
	size_t i = 0;

	while (i + 1 < sizeof(states) / sizeof(states[0]) &&
	       !text_equal(states[i].state, state))
		i++;
	return i;
}

const char *
individual_rate_label(const char *state)
{
	return states[state_index(state)].label;
}

const char *
individual_rate_colour(const char *state)
{
	return states[state_index(state)].colour;
}

static const struct individual_rate *
rate_open(struct individual_rate_list rates)
{
	const struct individual_rate *rate = rates.row;

	for (size_t i = 0; i < rates.count; i++, rate++)
		if (text_equal(rate->state, "proposed"))
			return rate;
	return NULL;
}

/* Why no rate can be proposed, or NULL. */
static const char *
propose_fault(const struct individual_rate_view *view)
{
	if (!text_equal(view->package->complexity, "specialist"))
		return "Only specialist care is costed individually";
	if (!text_equal(view->package->state, "waiting"))
		return "Only a package that waits can have an individual rate";
	if (view->open != NULL)
		return "A rate for this package waits for approval already";
	if (view->ceiling_pence == 0)
		return "The framework has no ceiling, so a rate needs no "
		       "approval";
	return NULL;
}

/* NULL when there is no such package, or it says too little yet. */
static struct individual_rate_view *
view_load(struct request *r, int64_t package)
{
	struct individual_rate_view *view = arena_alloc(
	    r->arena, sizeof(*view));
	const char *role = r->session.role;
	const struct match *match = match_read(
	    r->db, r->arena, r->session.council_id, package, r->now);
	bool is_own;

	if (match == NULL)
		return NULL;
	view->package = match->package;
	view->rates = individual_rate_list(
	    r->db, r->session.council_id, package);
	view->open = rate_open(view->rates);
	view->ceiling_pence = match_framework_ceiling(r->db, r->arena, match);
	view->ceiling_week_pence = match_ordinary_price(
	    r->db, r->arena, match, view->ceiling_pence);
	view->fault = propose_fault(view);
	view->may_propose = permission_has(role, PACKAGE_WRITE);
	if (view->open == NULL)
		return view;
	is_own = view->open->proposed_by_id == r->session.account_id;
	view->open_week_pence = match_individual_price(
	    r->db, r->arena, match, view->open->hourly_pence);
	view->may_decide = !is_own &&
	                   permission_has(role, INDIVIDUAL_RATE_APPROVE);
	view->may_remove = is_own && view->may_propose;
	return view;
}

/* The package of the path as it stands; NULL with `*reply` filled. */
static struct individual_rate_view *
view_find(struct request *r, struct reply *reply)
{
	const char *reference = request_part(r, "reference");
	const struct match_id *package = match_package_find(
	    r->db, r->session.council_id, reference);
	struct individual_rate_view *view;

	if (package == NULL) {
		*reply = reply_not_found(r);
		return NULL;
	}
	view = view_load(r, package->id);
	if (view == NULL)
		*reply = reply_redirect_with(r,
		    "Finish the package before it is costed individually",
		    "/packages/%s", reference);
	return view;
}

/* The same with the package held, for whoever changes something. */
static struct individual_rate_view *
view_take(struct request *r, struct reply *reply)
{
	struct offer_work work = offer_work_of(r);

	offer_package_lock(
	    &work, r->session.council_id, request_part(r, "reference"));
	return view_find(r, reply);
}

static struct reply
show_again(struct request *r, const struct individual_rate_view *view,
    struct form *form, int status)
{
	if (view->open != NULL)
		form_field(form, "rate")->value = view->open->reference;
	render_individual_rates_show(r, view, form);
	return reply_page(r, status);
}

/* GET /packages/:reference/individual-rate */
struct reply
individual_rate_show(struct request *r)
{
	struct reply reply;
	const struct individual_rate_view *view = view_find(r, &reply);

	if (view == NULL)
		return reply;
	return show_again(r, view, form_show(r, decide_fields, NULL), HTTP_OK);
}

/* Why this cannot be decided so, or NULL. */
static const char *
decide_fault(const struct request *r, const struct individual_rate_view *view,
    const struct decide_form *values)
{
	if (view->open == NULL ||
	    !text_equal(view->open->reference, values->rate))
		return "This rate does not wait for a decision any longer";
	if (view->open->proposed_by_id == r->session.account_id)
		return "You proposed this rate, so another person must decide";
	if (text_equal(values->decision, "approve") &&
	    !text_equal(view->package->state, "waiting"))
		return "The package does not wait any longer";
	return NULL;
}

static void
rate_close(struct request *r, const struct individual_rate_view *view,
    const char *state, const char *act, const char *note)
{
	int64_t council = r->session.council_id;

	individual_rate_decide(
	    r->db, council, view->open->id, state, r->session.account_id, note);
	task_finish(r->db, council, "approve_rate", view->package->id, NULL,
	    &r->session.account_id);
	audit_add(r->db, act, "package", view->package->reference,
	    arena_printf(r->arena,
		"{\"rate\": \"%s\", \"hourly_pence\": %" PRId64 "}",
		view->open->reference, view->open->hourly_pence));
}

/* POST /packages/:reference/individual-rate */
struct reply
individual_rate_update(struct request *r)
{
	struct reply reply;
	struct individual_rate_view *view = view_take(r, &reply);
	struct decide_form values = { 0 };
	struct form *form;
	const char *fault;
	bool is_approval;

	if (view == NULL)
		return reply;
	form = form_read(r, decide_fields, &values);
	fault = decide_fault(r, view, &values);
	if (fault != NULL)
		return reply_redirect_with(r, fault,
		    "/packages/%s/individual-rate", view->package->reference);
	giveaway_check(form, "note", values.note, READ_BY_STAFF,
	    r->session.council_id, view->package->reference);
	if (!form_ok(form))
		return show_again(r, view, form, HTTP_UNPROCESSABLE);
	is_approval = text_equal(values.decision, "approve");
	rate_close(r, view, is_approval ? "approved" : "refused",
	    is_approval ? "individual_rate.approve" : "individual_rate.refuse",
	    values.note);
	return reply_redirect_with(r,
	    is_approval ? "The rate is approved" : "The rate is refused",
	    "/packages/%s/individual-rate", view->package->reference);
}

static struct reply
propose_again(struct request *r, const struct individual_rate_view *view,
    struct form *form, int status)
{
	render_individual_rates_new(r, view, form);
	return reply_page(r, status);
}

/* GET /packages/:reference/individual-rate/new */
struct reply
individual_rate_new(struct request *r)
{
	struct reply reply;
	const struct individual_rate_view *view = view_find(r, &reply);

	if (view == NULL)
		return reply;
	if (view->fault != NULL)
		return reply_redirect_with(r, view->fault,
		    "/packages/%s/individual-rate", view->package->reference);
	return propose_again(
	    r, view, form_show(r, propose_fields, NULL), HTTP_OK);
}

static void
sum_check(struct form *form, const struct individual_rate_view *view,
    const struct propose_form *values)
{
	struct request *r = form->r;
	int64_t sum = values->pay_pence + values->travel_pence +
	              values->supervision_pence + values->overhead_pence;

	if (sum > RATE_HOURLY_PENCE)
		form_error(form, "pay_pence",
		    "Together this is %s an hour; %s is the most",
		    money(r, sum), money(r, RATE_HOURLY_PENCE));
	else if (sum <= view->ceiling_pence)
		form_error(form, "pay_pence",
		    "Together this is %s an hour, which is not above the "
		    "ceiling of %s, so it needs no approval",
		    money(r, sum), money(r, view->ceiling_pence));
}

static void
rate_keep(struct request *r, const struct individual_rate_view *view,
    const struct propose_form *values)
{
	const struct match_package *package = view->package;
	const char *reference = individual_rate_insert(r->db,
	    package->council_id, package->id, values->pay_pence,
	    values->travel_pence, values->supervision_pence,
	    values->overhead_pence, view->ceiling_pence, values->costing,
	    values->reason, r->session.account_id);

	task_add(r->db, package->council_id, "approve_rate", &package->id, NULL,
	    NULL,
	    "A rate above the ceiling of the framework waits for a decision",
	    0);
	audit_add(r->db, "individual_rate.create", "package",
	    package->reference,
	    arena_printf(r->arena, "{\"rate\": \"%s\"}", reference));
}

/* POST /packages/:reference/individual-rate/new */
struct reply
individual_rate_create(struct request *r)
{
	struct reply reply;
	const struct individual_rate_view *view = view_take(r, &reply);
	struct propose_form values = { 0 };
	const char *reference;
	struct form *form;

	if (view == NULL)
		return reply;
	reference = view->package->reference;
	if (view->fault != NULL)
		return reply_redirect_with(
		    r, view->fault, "/packages/%s/individual-rate", reference);
	form = form_read(r, propose_fields, &values);
	giveaway_check(form, "costing", values.costing, READ_BY_STAFF,
	    r->session.council_id, reference);
	giveaway_check(form, "reason", values.reason, READ_BY_STAFF,
	    r->session.council_id, reference);
	if (form_ok(form))
		sum_check(form, view, &values);
	if (!form_ok(form))
		return propose_again(r, view, form, HTTP_UNPROCESSABLE);
	rate_keep(r, view, &values);
	return reply_redirect_with(
	    r, "Sent for approval", "/packages/%s/individual-rate", reference);
}

/* POST /packages/:reference/individual-rate/remove: who proposed it. */
struct reply
individual_rate_remove(struct request *r)
{
	struct reply reply;
	const struct individual_rate_view *view = view_take(r, &reply);
	const char *reference = request_part(r, "reference");

	if (view == NULL)
		return reply;
	if (!view->may_remove)
		return reply_redirect_with(r,
		    "Only who proposed a rate that waits can take it back",
		    "/packages/%s/individual-rate", reference);
	rate_close(r, view, "cancelled", "individual_rate.cancel", "");
	return reply_redirect_with(r, "The rate is taken back",
	    "/packages/%s/individual-rate", reference);
}
