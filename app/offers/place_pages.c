/*
 * Placing outside the ranking: a request with its reason, and the approval of
 * a second person.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/money.h"
#include "base/requests.sql.h"
#include "matching/price.h"
#include "messages/messages.h"
#include "offers/approvals.h"
#include "offers/match.h"
#include "offers/offers_pages.h"
#include "offers/reply_forms.h"
#include "offers/words.h"
#include "packages/giveaway.h"
#include "permissions.h"
#include "templates.h"

enum { PAGE_ROWS = 20 };

struct place_form {
	const char *provider;
	int64_t start_at;
	int64_t rate_pence;
	const char *agreed_by;
	const char *reason;
};

static const struct field place_fields[] = {
	FIELD(struct place_form, FIELD_CHOICE, provider, "Provider",
	    .missing = "Select a provider", .is_required = true),
	FIELD(struct place_form, FIELD_INSTANT, start_at, "Start of care",
	    .missing = "Enter the date and time at which care starts",
	    .is_required = true),
	FIELD(struct place_form, FIELD_MONEY, rate_pence, "Rate for an hour",
	    .subject = "Rate",
	    .hint = "Leave empty for the provider's rate on the framework.",
	    .minimum = 1, .maximum = PRICE_HOURLY_PENCE),
	FIELD(struct place_form, FIELD_LINE, agreed_by,
	    "Who at the provider agreed?", .subject = "Who agreed",
	    .hint = "Name and role, for example \"Jo Hill, care manager\".",
	    .missing = "Enter the name and role of who at the provider agreed",
	    .is_required = true, .maximum = 200, .autocomplete = "off"),
	FIELD(struct place_form, FIELD_TEXT, reason,
	    "Why is it placed outside the ranking?", .subject = "Reason",
	    .hint = "Kept for a later challenge. Do not name the person.",
	    .missing = "Enter why it is placed outside the ranking",
	    .is_required = true, .maximum = 2000),
	FIELD_END,
};

struct decide_form {
	const char *decision;
	const char *note;
};

static const struct choice decide_choices[] = {
	{ "approve", "Approve it and place the package", NULL },
	{ "refuse", "Refuse it", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice cancel_choices[] = {
	{ "cancel", "Cancel my request", NULL },
	{ NULL, NULL, NULL },
};

static const struct field decide_fields[] = {
	FIELD(struct decide_form, FIELD_CHOICE, decision, "Decision",
	    .missing = "Select a decision", .is_required = true),
	FIELD(struct decide_form, FIELD_TEXT, note, "Note",
	    .hint = "Needed when you refuse. Do not name the person.",
	    .maximum = 1000),
	FIELD_END,
};

static int
line_compare(const void *a, const void *b)
{
	const struct match_line *left = a, *right = b;

	if (left->is_eligible != right->is_eligible)
		return left->is_eligible ? -1 : 1;
	return strcmp(left->organisation_name, right->organisation_name);
}

/* By name: those who meet every requirement, then the others. */
static struct choice_list
member_choices(struct request *r, const struct match *match)
{
	struct match_line_list lines = match_lines(r->arena, match);
	struct match_line *line = arena_array(
	    r->arena, lines.count, sizeof(*line));
	struct choice *choice = arena_array(
	    r->arena, lines.count, sizeof(*choice));

	for (size_t i = 0; i < lines.count; i++)
		line[i] = lines.row[i];
	if (lines.count > 0)
		qsort(line, lines.count, sizeof(*line), line_compare);
	for (size_t i = 0; i < lines.count; i++)
		choice[i] = (struct choice) {
			.value = line[i].organisation_reference,
			.label = line[i].is_eligible
			             ? line[i].organisation_name
			             : arena_printf(r->arena,
					   "%s (not eligible: %s)",
					   line[i].organisation_name,
					   match_step_label(
					       line[i].failed_step)),
		};
	return (struct choice_list) { choice, lines.count };
}

/* Index of the member with a reference, or the number of members. */
static size_t
member_index(const struct match *match, const char *reference)
{
	size_t i = 0;

	while (i < match->members.count &&
	       !text_equal(match->members.row[i].reference, reference))
		i++;
	return i;
}

static struct reply
place_again(
    struct request *r, const struct match *match, struct form *form, int status)
{
	form_choices(form, "provider", member_choices(r, match));
	render_offers_place(r, match->package, form);
	return reply_page(r, status);
}

/* Why a package cannot be placed outside the ranking now, or NULL. */
static const char *
place_fault(struct request *r, const struct match *match)
{
	if (match == NULL)
		return "Finish the package before you place it";
	if (strcmp(match->package->state, "waiting") != 0)
		return "Only a package that waits can be placed";
	if (placement_request_open(
		r->db, match->package->council_id, match->package->id) != NULL)
		return "A request for this package waits for approval already";
	return NULL;
}

/* GET /packages/:reference/outside-ranking */
struct reply
placement_request_new(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	const struct match_id *package = match_package_find(
	    r->db, r->session.council_id, reference);
	struct place_form values = {
		.provider = "", .agreed_by = "", .reason = ""
	};
	const struct match *match;
	const char *fault;

	if (package == NULL)
		return reply_not_found(r);
	offer_round_settle_due(&work, r->session.council_id, package->id);
	match = match_load(
	    r->db, r->arena, r->session.council_id, package->id, r->now);
	fault = place_fault(r, match);
	if (fault != NULL)
		return reply_redirect_with(r, fault, "/packages/%s", reference);
	values.start_at = start_suggested(r, match->wanted_start_at);
	return place_again(
	    r, match, form_show(r, place_fields, &values), HTTP_OK);
}

/* Above the ceiling only what was costed for this package and approved. */
static void
ceiling_check(struct form *form, const struct match *match, size_t index,
    int64_t rate_pence)
{
	int64_t ceiling = match_ceiling(match, index);

	if (ceiling != 0 && rate_pence > ceiling)
		form_error(form, "rate_pence",
		    "The rate must be %s or less. Care above the ceiling is "
		    "costed as an individual rate of a specialist package, "
		    "which a commissioner approves first",
		    money(form->r, ceiling));
}

static const char *
request_keep(struct request *r, const struct match *match,
    const struct place_form *values, size_t index)
{
	const struct match_member *member = &match->members.row[index];
	int64_t rate = values->rate_pence != 0 ? values->rate_pence
	                                       : match_rate(match, index);
	const struct match_package *package = match->package;
	const char *reference = placement_request_insert(r->db,
	    package->council_id, package->id, member->organisation_id,
	    &member->member_council_id, &member->member_id, values->agreed_by,
	    values->reason, values->start_at, rate, r->session.account_id);

	task_add(r->db, package->council_id, "approve_placement", &package->id,
	    NULL, &member->organisation_id,
	    "A placement outside the ranking waits for approval", 0);
	audit_add(r->db, "placement_request.create", "package",
	    package->reference,
	    arena_printf(r->arena,
		"{\"request\": \"%s\", \"provider\": \"%s\"}", reference,
		member->reference));
	return reference;
}

/* POST /packages/:reference/outside-ranking */
struct reply
placement_request_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	const struct match_id *package = offer_package_lock(
	    &work, r->session.council_id, reference);
	struct place_form values = { 0 };
	struct form *form = form_read(r, place_fields, &values);
	const struct match *match;
	const char *fault;
	size_t index;

	if (package == NULL)
		return reply_not_found(r);
	match = match_load(r->db, r->arena, r->session.council_id, package->id,
	    clock_now(r->db));
	fault = place_fault(r, match);
	if (fault != NULL)
		return reply_redirect_with(r, fault, "/packages/%s", reference);
	form_choices(form, "provider", member_choices(r, match));
	form_check_choice(form, "provider");
	start_check(form, "start_at", values.start_at, match->now,
	    match->wanted_start_at);
	giveaway_check(form, "reason", values.reason, READ_BY_STAFF,
	    r->session.council_id, reference);
	index = member_index(match, values.provider);
	if (form_ok(form) && values.rate_pence == 0 &&
	    match_rate(match, index) == 0)
		form_error(form, "rate_pence",
		    "Enter a rate: this provider has none on the framework");
	if (form_ok(form))
		ceiling_check(form, match, index, values.rate_pence);
	if (!form_ok(form))
		return place_again(r, match, form, HTTP_UNPROCESSABLE);
	return reply_redirect_with(r, "Sent for approval", "/approvals/%s",
	    request_keep(r, match, &values, index));
}

static struct approvals_table
approvals_load(struct request *r, const char *name, struct text_list states,
    const char *search)
{
	int64_t council = r->session.council_id;
	struct approvals_table table = {
		.paging = request_paging(r, name,
		    approval_count(r->db, council, states, search), PAGE_ROWS),
	};

	table.list = approval_list_page(
	    r->db, council, states, search, table.paging.offset, PAGE_ROWS);
	return table;
}

/* GET /approvals: two lists, each with pages of its own. */
struct reply
approval_list(struct request *r)
{
	static const char *const open[] = { "requested" };
	static const char *const decided[] = { "approved", "refused",
		"cancelled" };
	const char *search = request_query(r, "q");

	search = search != NULL ? text_tidy(r->arena, search) : "";
	render_offers_approvals(r,
	    approvals_load(r, "open", (struct text_list) { open, 1 }, search),
	    approvals_load(
		r, "page", (struct text_list) { decided, 3 }, search),
	    search);
	return reply_page(r, HTTP_OK);
}

/* Who asked may cancel; anybody else who may, decides. */
static struct choice_list
decisions_of(const struct request *r, const struct approval *approval)
{
	if (approval->requested_by_id == r->session.account_id)
		return (struct choice_list) { cancel_choices, 1 };
	return (struct choice_list) { decide_choices, 2 };
}

static struct match_line_list
lines_today(struct request *r, const struct approval *approval)
{
	const struct match *match = match_load(r->db, r->arena,
	    r->session.council_id, approval->package_id, r->now);

	return match != NULL ? match_lines(r->arena, match)
	                     : (struct match_line_list) { NULL, 0 };
}

static const struct match_line *
line_of_provider(struct match_line_list lines, int64_t organisation)
{
	const struct match_line *line = lines.row;

	for (size_t i = 0; i < lines.count; i++, line++)
		if (line->organisation_id == organisation)
			return line;
	return NULL;
}

static struct approval_view
approval_view_of(struct request *r, const struct approval *approval)
{
	struct approval_view view = {
		.approval = approval,
		.is_own = approval->requested_by_id == r->session.account_id,
	};
	struct match_line_list lines;

	if (strcmp(approval->state, "requested") != 0)
		return view;
	lines = lines_today(r, approval);
	view.line = line_of_provider(lines, approval->organisation_id);
	if (lines.count > 0 && lines.row->is_eligible)
		view.first = lines.row;
	return view;
}

static struct reply
approval_again(struct request *r, const struct approval *approval,
    struct form *form, int status)
{
	struct approval_view view = approval_view_of(r, approval);

	form_choices(form, "decision", decisions_of(r, approval));
	render_offers_approval(r, &view, form);
	return reply_page(r, status);
}

/* GET /approvals/:reference */
struct reply
approval_edit(struct request *r)
{
	const struct approval *approval = approval_by_reference(
	    r->db, r->session.council_id, request_part(r, "reference"));

	if (approval == NULL)
		return reply_not_found(r);
	return approval_again(
	    r, approval, form_show(r, decide_fields, NULL), HTTP_OK);
}

/* POST /approvals/:reference */
struct reply
approval_update(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	int64_t council = r->session.council_id;
	const char *reference = request_part(r, "reference");
	const struct approval *approval = approval_by_reference(
	    r->db, council, reference);
	struct decide_form values = { 0 };
	struct form *form = form_read(r, decide_fields, &values);
	const char *fault;

	if (approval == NULL)
		return reply_not_found(r);
	offer_package_lock(&work, council, approval->package_reference);
	approval = approval_by_reference(r->db, council, reference);
	if (approval == NULL)
		return reply_not_found(r);
	form_choices(form, "decision", decisions_of(r, approval));
	form_check_choice(form, "decision");
	if (text_equal(values.decision, "refuse") && *values.note == '\0')
		form_error(form, "note", "Enter why you refuse it");
	giveaway_check(form, "note", values.note, READ_BY_STAFF, council,
	    approval->package_reference);
	if (form_ok(form)) {
		fault = approval_decide(&work, council, approval,
		    values.decision, r->session.account_id, values.note);
		if (fault != NULL)
			form_error(form, "decision", "%s", fault);
	}
	if (!form_ok(form))
		return approval_again(r, approval, form, HTTP_UNPROCESSABLE);
	return reply_redirect_with(
	    r, "Decision saved", "/approvals/%s", reference);
}
