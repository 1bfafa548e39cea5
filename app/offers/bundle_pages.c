/*
 * A bundle of offers: the provider sees and answers it whole, a broker sees it
 * and writes down a telephoned answer. Every act takes the lock of all its
 * packages first and looks again.
 */
#include "offers/bundle_pages.h"

#include "areas/terms.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "matching/price.h"
#include "offers/bundle_views.h"
#include "offers/match.h"
#include "offers/offers.sql.h"
#include "offers/places.sql.h"
#include "offers/reply_forms.h"
#include "offers/words.h"
#include "packages/giveaway.h"
#include "permissions.h"
#include "templates.h"

struct answer_form {
	const char *told_by;
	const char *answer;
	int64_t start_at[OFFER_BUNDLE_MOST];
	int64_t introduced_at[OFFER_BUNDLE_MOST];
	int64_t rate_pence;
	const char *reason;
	const char *note;
};

static const struct choice answer_choices[] = {
	{ "accept", "It accepts all of them", NULL },
	{ "decline", "It declines all of them", NULL },
	{ NULL, NULL, NULL },
};

static const struct field told_by_field = FIELD(struct answer_form, FIELD_LINE,
    told_by, "Who gave the reply?",
    .hint = "The name of the person at the provider.",
    .missing = "Enter the name of the person who gave the reply",
    .is_required = true, .maximum = 120, .autocomplete = "off");
static const struct field answer_field = FIELD(struct answer_form, FIELD_CHOICE,
    answer, "What is the reply?",
    .missing = "Select whether the provider accepts or declines",
    .is_required = true, .choices = answer_choices);
static const struct field rate_field = FIELD(struct answer_form, FIELD_MONEY,
    rate_pence, "The rate for an hour, for all of them", .subject = "Rate",
    .minimum = 1, .maximum = PRICE_HOURLY_PENCE);
static const struct field told_reason_field = FIELD(struct answer_form,
    FIELD_CHOICE, reason, "If it declines, why?", .subject = "Reason");
static const struct field note_field = FIELD(
    struct answer_form, FIELD_TEXT, note, "Note (optional)", .maximum = 1000);

static const struct field decline_fields[] = {
	FIELD(struct answer_form, FIELD_CHOICE, reason, "Why do you decline?",
	    .subject = "Reason", .missing = "Select why you decline",
	    .is_required = true),
	FIELD(struct answer_form, FIELD_TEXT, note,
	    "Anything the council should know (optional)", .maximum = 1000),
	FIELD_END,
};

/* --- Finding ---------------------------------------------------------------- */

static const struct bundle_page *
bundle_find(struct request *r)
{
	const bool is_staff = role_is_staff(r->session.role);

	return bundle_by_reference(r->db, request_part(r, "reference"),
	    is_staff ? NULL : &r->session.organisation_id,
	    is_staff ? &r->session.council_id : NULL);
}

/* For a page: what time has determined is done before it is shown. */
static const struct bundle_view *
view_show(struct request *r)
{
	const struct offer_work work = offer_work_of(r);
	const struct bundle_page *bundle = bundle_find(r);

	if (bundle != NULL && text_equal(bundle->standing, "no_reply") &&
	    bundle_settle(&work, bundle->council_id, bundle->id))
		bundle = bundle_find(r);
	return bundle != NULL ? bundle_view_load(r, bundle) : NULL;
}

/* For an act: locked, settled, and as it stands under the lock. */
static const struct bundle_view *
view_take(struct request *r, const struct offer_work *work)
{
	const struct bundle_page *bundle = bundle_find(r);

	if (bundle == NULL ||
	    !bundle_settle(work, bundle->council_id, bundle->id))
		return NULL;
	bundle = bundle_find(r);
	return bundle != NULL ? bundle_view_load(r, bundle) : NULL;
}

static struct reply
reply_closed(struct request *r, const struct bundle_view *view)
{
	render_offers_bundle_closed(r, view);
	return reply_page(r, HTTP_GONE);
}

/* --- The form --------------------------------------------------------------- */

/* When each can start, and where it is asked when people meet before. */
static size_t
fields_of_line(struct request *r, const struct bundle_view *view, size_t i,
    struct field *field)
{
	const struct bundle_line *line = &view->lines.row[i];
	const struct offer_page *offer = line->view->offer;
	const char *what = view->is_staff ? line->part->package_reference
	                                  : line->part->reference;

	field[0] = (struct field) {
		.kind = FIELD_INSTANT,
		.name = line->start_name,
		.label = arena_printf(r->arena, "%s: %s hours a week in %s. %s",
		    what, hours_text(r, offer->weekly_minutes), offer->sector,
		    view->is_staff ? "If it accepts, when can it start?"
				   : "When can you start?"),
		.subject = arena_printf(r->arena, "Start of %s", what),
		.missing = arena_printf(r->arena,
		    "Enter the date and time at which %s can start", what),
		.is_required = !view->is_staff,
		.offset = offsetof(struct answer_form, start_at) +
		          i * sizeof(int64_t),
	};
	if (!view->first->is_introduction_asked)
		return 1;
	field[1] = (struct field) {
		.kind = FIELD_INSTANT,
		.name = line->introduced_name,
		.label = arena_printf(r->arena,
		    "%s: when do care worker and person meet first?", what),
		.subject = arena_printf(r->arena, "Introduction of %s", what),
		.offset = offsetof(struct answer_form, introduced_at) +
		          i * sizeof(int64_t),
	};
	return 2;
}

/* Of the provider's acceptance, or of an answer that a broker writes down. */
static const struct field *
answer_fields(struct request *r, const struct bundle_view *view)
{
	struct field *field = arena_array(
	    r->arena, 2 * OFFER_BUNDLE_MOST + 6, sizeof(*field));
	size_t count = 0;

	if (view->is_staff) {
		field[count++] = told_by_field;
		field[count++] = answer_field;
	}
	for (size_t i = 0; i < view->lines.count; i++)
		count += fields_of_line(r, view, i, &field[count]);
	if (view->first->is_rate_asked)
		field[count++] = rate_field;
	if (view->is_staff)
		field[count++] = told_reason_field;
	field[count++] = note_field;
	field[count] = (struct field)FIELD_END;
	return field;
}

static struct form *
answer_show(struct request *r, const struct bundle_view *view)
{
	struct answer_form values = {
		.told_by = "", .answer = "", .reason = "", .note = ""
	};

	for (size_t i = 0; i < view->lines.count; i++)
		values.start_at[i] = start_suggested(
		    r, view->lines.row[i].view->offer->start_wanted_at);
	return form_show(r, answer_fields(r, view), &values);
}

/* Leaves in the values what counts: 0 where nothing is asked. */
static void
acceptance_check(struct form *form, struct answer_form *values,
    const struct bundle_view *view, const struct policy *policy)
{
	const int64_t now = clock_now(form->r->db);

	for (size_t i = 0; i < view->lines.count; i++) {
		const struct bundle_line *line = &view->lines.row[i];

		if (values->start_at[i] == 0 &&
		    form_field(form, line->start_name)->error == NULL)
			form_error(form, line->start_name,
			    "Enter the date and time at which %s can start",
			    line->part->package_reference);
		start_check(form, line->start_name, values->start_at[i], now,
		    line->view->offer->start_wanted_at);
		if (policy->is_introduced_before_start)
			introduction_check(form, line->introduced_name,
			    values->introduced_at[i], values->start_at[i],
			    policy);
	}
	if (policy->price == PRICE_OFFERED)
		rate_check(form, "rate_pence", values->rate_pence, policy);
}

static void
reply_give(struct request *r, const struct offer_work *work,
    const struct bundle_view *view, const struct answer_form *values,
    bool is_acceptance)
{
	bundle_reply_give(work, view->bundle,
	    &(struct bundle_reply) {
		.is_acceptance = is_acceptance,
		.start_at = values->start_at,
		.introduced_at = values->introduced_at,
		.rate_pence = is_acceptance ? values->rate_pence : 0,
		.reason = values->reason,
		.note = values->note,
		.told_by = values->told_by != NULL ? values->told_by : "",
		.account_id = r->session.account_id,
	    });
}

/* --- The provider ----------------------------------------------------------- */

static void
views_keep(struct request *r, const struct bundle_view *view)
{
	for (size_t i = 0; i < view->lines.count; i++) {
		const struct offer_page *offer = view->lines.row[i].view->offer;

		if (offer->viewed_at != 0)
			continue;
		offer_view(r->db, offer->council_id, offer->id);
		audit_add_for_council(r->db, "offer.view", "offer",
		    offer->reference, NULL, offer->council_id);
	}
}

/* GET /offers/bundles/:reference */
struct reply
bundle_show(struct request *r)
{
	const struct bundle_view *view = view_show(r);

	if (view == NULL)
		return reply_not_found(r);
	views_keep(r, view);
	render_offers_bundle(r, view);
	return reply_page(r, HTTP_OK);
}

/* GET /offers/bundles/:reference/accept */
struct reply
bundle_accept_new(struct request *r)
{
	const struct bundle_view *view = view_show(r);

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	render_offers_bundle_accept(r, view, answer_show(r, view));
	return reply_page(r, HTTP_OK);
}

/* POST /offers/bundles/:reference/accept */
struct reply
bundle_accept_create(struct request *r)
{
	const struct offer_work work = offer_work_of(r);
	const struct bundle_view *view = view_take(r, &work);
	struct answer_form values = { 0 };
	const struct policy *policy;
	struct form *form;

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	policy = match_policy(
	    r->db, r->arena, view->first->offer->policy_document);
	form = form_read(r, answer_fields(r, view), &values);
	if (policy != NULL)
		acceptance_check(form, &values, view, policy);
	if (!form_ok(form)) {
		render_offers_bundle_accept(r, view, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	reply_give(r, &work, view, &values, true);
	return reply_redirect_with(r,
	    arena_printf(
		r->arena, "%s accepted", bundle_packages_text(r, view->bundle)),
	    "%s", view->lead);
}

static struct form *
decline_form(struct request *r, struct answer_form *values)
{
	struct form *form = values != NULL
	                        ? form_read(r, decline_fields, values)
	                        : form_show(r, decline_fields, NULL);

	form_choices(form, "reason", term_choices(r, "decline_reason"));
	if (values != NULL)
		form_check_choice(form, "reason");
	return form;
}

/* GET /offers/bundles/:reference/decline */
struct reply
bundle_decline_new(struct request *r)
{
	const struct bundle_view *view = view_show(r);

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	render_offers_bundle_decline(r, view, decline_form(r, NULL));
	return reply_page(r, HTTP_OK);
}

/* POST /offers/bundles/:reference/decline */
struct reply
bundle_decline_create(struct request *r)
{
	const struct offer_work work = offer_work_of(r);
	const struct bundle_view *view = view_take(r, &work);
	struct answer_form values = { 0 };
	struct form *form;

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	form = decline_form(r, &values);
	if (!form_ok(form)) {
		render_offers_bundle_decline(r, view, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	reply_give(r, &work, view, &values, false);
	return reply_redirect_with(r,
	    arena_printf(
		r->arena, "%s declined", bundle_packages_text(r, view->bundle)),
	    "/offers");
}

/* --- The council ------------------------------------------------------------ */

/* GET /bundles/:reference */
struct reply
bundle_council_show(struct request *r)
{
	const struct bundle_view *view = view_show(r);

	if (view == NULL)
		return reply_not_found(r);
	render_offers_bundle(r, view);
	return reply_page(r, HTTP_OK);
}

static struct reply
record_again(struct request *r, const struct bundle_view *view,
    struct form *form, int status)
{
	render_offers_bundle_record(r, view,
	    provider_caller_list(
		r->db, r->session.council_id, view->first->offer->reference),
	    form);
	return reply_page(r, status);
}

/* GET /bundles/:reference/record */
struct reply
bundle_record_new(struct request *r)
{
	const struct bundle_view *view = view_show(r);
	struct form *form;

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	form = answer_show(r, view);
	form_choices(form, "reason", term_choices(r, "decline_reason"));
	return record_again(r, view, form, HTTP_OK);
}

/* What was typed for an acceptance does not count when it declines. */
static void
record_check(struct form *form, struct answer_form *values,
    const struct bundle_view *view, const struct policy *policy)
{
	if (text_equal(values->answer, "decline")) {
		if (*values->reason == '\0' &&
		    form_field(form, "reason")->error == NULL)
			form_error(
			    form, "reason", "Select why the provider declines");
		return;
	}
	if (text_equal(values->answer, "accept") && policy != NULL)
		acceptance_check(form, values, view, policy);
}

/* Providers read the note: it must not name the person of any package. */
static void
note_check(struct form *form, const char *note, const struct bundle_view *view)
{
	for (size_t i = 0; i < view->lines.count; i++)
		giveaway_check(form, "note", note, READ_BY_PROVIDERS,
		    form->r->session.council_id,
		    view->lines.row[i].part->package_reference);
}

/* POST /bundles/:reference/record */
struct reply
bundle_record_create(struct request *r)
{
	const struct offer_work work = offer_work_of(r);
	const struct bundle_view *view = view_take(r, &work);
	struct answer_form values = { 0 };
	struct form *form;

	if (view == NULL)
		return reply_not_found(r);
	if (!view->is_open)
		return reply_closed(r, view);
	form = form_read(r, answer_fields(r, view), &values);
	form_choices(form, "reason", term_choices(r, "decline_reason"));
	form_check_choice(form, "reason");
	note_check(form, values.note, view);
	record_check(form, &values, view,
	    match_policy(r->db, r->arena, view->first->offer->policy_document));
	if (!form_ok(form))
		return record_again(r, view, form, HTTP_UNPROCESSABLE);
	reply_give(
	    r, &work, view, &values, text_equal(values.answer, "accept"));
	return reply_redirect_with(r, "Reply recorded", "%s", view->lead);
}
