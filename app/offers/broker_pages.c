/*
 * What a broker does to offers that are out: writes down a telephoned reply,
 * judges a later start, says how it goes on after no reply, withdraws.
 */
#include <inttypes.h>
#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "base/form.h"
#include "matching/price.h"
#include "offers/bundles.sql.h"
#include "offers/match_views.h"
#include "offers/offers_pages.h"
#include "offers/places.sql.h"
#include "offers/reply_forms.h"
#include "offers/send.h"
#include "offers/views.h"
#include "packages/giveaway.h"
#include "templates.h"

struct record_form {
	const char *told_by;
	const char *answer;
	int64_t start_at;
	int64_t introduced_at;
	int64_t rate_pence;
	const char *reason;
	const char *note;
};

static const struct choice answer_choices[] = {
	{ "accept", "It accepts", NULL },
	{ "decline", "It declines", NULL },
	{ NULL, NULL, NULL },
};

static const struct field record_fields[] = {
	FIELD(struct record_form, FIELD_LINE, told_by, "Who gave the reply?",
	    .hint = "The name of the person at the provider.",
	    .missing = "Enter the name of the person who gave the reply",
	    .is_required = true, .maximum = 120, .autocomplete = "off"),
	FIELD(struct record_form, FIELD_CHOICE, answer, "What is the reply?",
	    .missing = "Select whether the provider accepts or declines",
	    .is_required = true, .choices = answer_choices),
	FIELD(struct record_form, FIELD_INSTANT, start_at,
	    "If it accepts, when can it start?", .subject = "Start"),
	FIELD(struct record_form, FIELD_INSTANT, introduced_at,
	    "If it accepts, when do care worker and person meet first?",
	    .subject = "Introduction"),
	FIELD(struct record_form, FIELD_MONEY, rate_pence,
	    "If it accepts, its rate for an hour", .subject = "Rate",
	    .minimum = 1, .maximum = PRICE_HOURLY_PENCE),
	FIELD(struct record_form, FIELD_CHOICE, reason, "If it declines, why?",
	    .subject = "Reason"),
	FIELD(struct record_form, FIELD_TEXT, note, "Note (optional)",
	    .maximum = 1000),
	FIELD_END,
};

struct confirm_form {
	const char *decision;
	const char *reason;
};

static const struct choice confirm_choices[] = {
	{ "agree", "Agree to the later start and place the package", NULL },
	{ "refuse", "Refuse it", NULL },
	{ NULL, NULL, NULL },
};

static const struct field confirm_fields[] = {
	FIELD(struct confirm_form, FIELD_CHOICE, decision,
	    "Do you agree to this start?", .subject = "Decision",
	    .missing = "Select whether you agree to the start",
	    .is_required = true, .choices = confirm_choices),
	FIELD(struct confirm_form, FIELD_TEXT, reason, "If you refuse, why?",
	    .hint = "The provider sees this. Do not name the person.",
	    .maximum = 500),
	FIELD_END,
};

struct withdraw_form {
	const char *reason;
};

static const struct field withdraw_fields[] = {
	FIELD(struct withdraw_form, FIELD_TEXT, reason,
	    "Why are the offers withdrawn?", .subject = "Reason",
	    .hint = "The providers see this. Do not name the person.",
	    .missing = "Enter why the offers are withdrawn",
	    .is_required = true, .maximum = 500),
	FIELD_END,
};

/* The offer of the path, if it belongs to the package of the path. */
static const struct offer_page *
offer_of_package(struct request *r)
{
	const struct offer_page *offer = offer_by_reference(
	    r->db, request_part(r, "offer"), NULL, &r->session.council_id);

	if (offer == NULL ||
	    !text_equal(offer->package_reference, request_part(r, "reference")))
		return NULL;
	return offer;
}

static struct reply
reply_round(
    struct request *r, const char *notice, const struct settling *settling)
{
	return reply_redirect_with(r, notice, "/packages/%s/rounds/%" PRId32,
	    settling->round->package_reference, settling->round->number);
}

/* An offer of an open bundle is answered with it, also by telephone. */
static struct reply
reply_bundle(struct request *r, const char *bundle_reference)
{
	return reply_redirect_with(r,
	    "This offer is answered with the others of its bundle",
	    "/bundles/%s/record", bundle_reference);
}

/* The act came too late for an offer that no longer stands as needed. */
static struct reply
reply_late(struct request *r, const struct settling *settling)
{
	settle_close(settling);
	return reply_round(
	    r, "Not saved: the offer has changed meanwhile", settling);
}

static const struct offer_act *
act_of_package(struct request *r)
{
	const struct offer_act *offer = offer_act_by_reference(
	    r->db, request_part(r, "offer"), NULL, &r->session.council_id);

	if (offer == NULL ||
	    !text_equal(offer->package_reference, request_part(r, "reference")))
		return NULL;
	return offer;
}

static const struct settling *
round_open(struct request *r, const struct offer_work *work,
    const struct offer_act **offer)
{
	const struct settling *settling = NULL;

	*offer = act_of_package(r);
	if (*offer != NULL)
		settling = settle_open(
		    work, (*offer)->council_id, (*offer)->round_id);
	if (settling != NULL)
		*offer = act_of_package(r);
	return *offer != NULL ? settling : NULL;
}

/* The form is to be mended: nothing was written, the page comes again. */
static struct reply
act_again(struct request *r, const struct settling *settling, struct form *form,
    struct reply (*again)(struct request *r, const struct offer_page *offer,
	struct form *form, int status))
{
	const struct offer_page *offer;

	settle_close(settling);
	offer = offer_of_package(r);
	return offer != NULL ? again(r, offer, form, HTTP_UNPROCESSABLE)
	                     : reply_not_found(r);
}

static struct reply
record_again(struct request *r, const struct offer_page *offer,
    struct form *form, int status)
{
	render_offers_record(r, offer_view_load(r, offer),
	    match_line_of_offer(r->db, r->session.council_id, offer->id),
	    provider_caller_list(
		r->db, r->session.council_id, offer->reference),
	    form);
	return reply_page(r, status);
}

/* GET /packages/:reference/offers/:offer/record */
struct reply
offer_record_new(struct request *r)
{
	const struct offer_page *offer = offer_of_package(r);
	struct record_form values = {
		.told_by = "", .answer = "", .reason = "", .note = ""
	};
	struct form *form;

	if (offer == NULL)
		return reply_not_found(r);
	if (strcmp(offer->standing, "sent") != 0) {
		render_offers_closed(r, offer);
		return reply_page(r, HTTP_GONE);
	}
	if (*offer->bundle_reference != '\0')
		return reply_bundle(r, offer->bundle_reference);
	values.start_at = start_suggested(r, offer->start_wanted_at);
	form = form_show(r, record_fields, &values);
	form_choices(form, "reason", term_choices(r, "decline_reason"));
	return record_again(r, offer, form, HTTP_OK);
}

/* Leaves of the rate and the introduction what counts, 0 for none. */
static void
record_check(struct form *form, struct record_form *values,
    const struct settling *settling, const struct offer_act *offer)
{
	int64_t rate = values->rate_pence;
	int64_t introduced_at = values->introduced_at;

	values->rate_pence = values->introduced_at = 0;
	if (text_equal(values->answer, "decline")) {
		if (*values->reason == '\0' &&
		    form_field(form, "reason")->error == NULL)
			form_error(
			    form, "reason", "Select why the provider declines");
		return;
	}
	if (!text_equal(values->answer, "accept"))
		return;
	if (values->start_at == 0 &&
	    form_field(form, "start_at")->error == NULL)
		form_error(form, "start_at",
		    "Enter the date and time at which it can start");
	start_check(form, "start_at", values->start_at, settling->now,
	    offer->start_wanted_at);
	values->introduced_at = introduction_check(form, "introduced_at",
	    introduced_at, values->start_at, settling->policy);
	values->rate_pence = rate_check(
	    form, "rate_pence", rate, settling->policy);
}

/* POST /packages/:reference/offers/:offer/record */
struct reply
offer_record_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct record_form values = { 0 };
	struct form *form = form_read(r, record_fields, &values);
	const struct offer_act *offer;
	const struct settling *settling;

	form_choices(form, "reason", term_choices(r, "decline_reason"));
	form_check_choice(form, "reason");
	giveaway_check(form, "note", values.note, READ_BY_PROVIDERS,
	    r->session.council_id, request_part(r, "reference"));
	settling = round_open(r, &work, &offer);
	if (settling == NULL)
		return reply_not_found(r);
	if (strcmp(offer->standing, "sent") != 0)
		return reply_late(r, settling);
	if (*offer->bundle_reference != '\0') {
		settle_close(settling);
		return reply_bundle(r, offer->bundle_reference);
	}
	record_check(form, &values, settling, offer);
	if (!form_ok(form))
		return act_again(r, settling, form, record_again);
	offer_reply_give(settling, offer,
	    &(struct offer_reply) {
		.is_acceptance = text_equal(values.answer, "accept"),
		.start_at = values.start_at,
		.introduced_at = values.introduced_at,
		.rate_pence = values.rate_pence,
		.reason = values.reason,
		.note = values.note,
		.told_by = values.told_by,
		.account_id = r->session.account_id,
	    });
	settle_close(settling);
	return reply_round(r, "Reply recorded", settling);
}

static struct reply
confirm_again(struct request *r, const struct offer_page *offer,
    struct form *form, int status)
{
	render_offers_confirm(r, offer, form);
	return reply_page(r, status);
}

/* GET /packages/:reference/offers/:offer/confirm */
struct reply
offer_confirm_edit(struct request *r)
{
	const struct offer_page *offer = offer_of_package(r);

	if (offer == NULL)
		return reply_not_found(r);
	if (strcmp(offer->standing, "proposed") != 0) {
		render_offers_closed(r, offer);
		return reply_page(r, HTTP_GONE);
	}
	return confirm_again(
	    r, offer, form_show(r, confirm_fields, NULL), HTTP_OK);
}

/* POST /packages/:reference/offers/:offer/confirm */
struct reply
offer_confirm_update(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct confirm_form values = { 0 };
	struct form *form = form_read(r, confirm_fields, &values);
	const struct offer_act *offer;
	const struct settling *settling;
	bool is_agreed;

	giveaway_check(form, "reason", values.reason, READ_BY_PROVIDERS,
	    r->session.council_id, request_part(r, "reference"));
	settling = round_open(r, &work, &offer);
	if (settling == NULL)
		return reply_not_found(r);
	if (strcmp(offer->standing, "proposed") != 0)
		return reply_late(r, settling);
	is_agreed = text_equal(values.decision, "agree");
	if (text_equal(values.decision, "refuse") && *values.reason == '\0')
		form_error(form, "reason", "Enter why you refuse the start");
	if (is_agreed && offer->start_offered_at < settling->now)
		form_error(form, "decision",
		    "The start offered has gone by. Refuse it, so that others "
		    "are asked or you can send offers again");
	if (!form_ok(form))
		return act_again(r, settling, form, confirm_again);
	offer_start_judge(settling, offer, is_agreed, values.reason);
	settle_close(settling);
	return reply_round(r,
	    is_agreed ? "Later start agreed" : "Later start refused", settling);
}

static struct reply
round_withdraw_again(
    struct request *r, int64_t round, struct form *form, int status)
{
	const int64_t council = r->session.council_id;

	render_offers_withdraw_round(r, request_part(r, "reference"),
	    round_number(r->db, council, round),
	    bundle_open(r->db, council, round), form);
	return reply_page(r, status);
}

/* Nothing is out any more: the placement that came of it, or the match. */
static struct reply
reply_none_out(struct request *r, const struct match_id *package)
{
	const char *placement = placement_live(
	    r->db, r->session.council_id, package->id);

	if (placement != NULL)
		return reply_redirect_with(r,
		    "No offers were withdrawn. The reply time had ended, and "
		    "the package is placed",
		    "/placements/%s", placement);
	return reply_redirect_with(r, "There are no offers to withdraw",
	    "/packages/%s/match", request_part(r, "reference"));
}

/* GET /packages/:reference/withdraw */
struct reply
round_withdraw_new(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	int64_t council = r->session.council_id, round;
	const struct match_id *package = match_package_find(
	    r->db, council, request_part(r, "reference"));

	if (package == NULL)
		return reply_not_found(r);
	offer_round_settle_due(&work, council, package->id);
	round = round_live(r->db, council, package->id);
	if (round == 0)
		return reply_none_out(r, package);
	return round_withdraw_again(
	    r, round, form_show(r, withdraw_fields, NULL), HTTP_OK);
}

/* POST /packages/:reference/withdraw */
struct reply
round_withdraw_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	int64_t council = r->session.council_id, round;
	const char *reference = request_part(r, "reference");
	const struct match_id *package = offer_package_lock(
	    &work, council, reference);
	struct withdraw_form values = { 0 };
	struct form *form = form_read(r, withdraw_fields, &values);

	if (package == NULL)
		return reply_not_found(r);
	round = round_live(r->db, council, package->id);
	if (round == 0)
		return reply_none_out(r, package);
	giveaway_check(form, "reason", values.reason, READ_BY_PROVIDERS,
	    council, reference);
	if (!form_ok(form))
		return round_withdraw_again(r, round, form, HTTP_UNPROCESSABLE);
	return reply_redirect_with(r, "Offers withdrawn",
	    "/packages/%s/rounds/%" PRId32, reference,
	    offer_round_withdraw(&work, council, package->id, values.reason));
}

static struct reply
reply_no_decision(struct request *r)
{
	return reply_redirect_with(r,
	    "Nothing waits for your decision on these offers",
	    "/packages/%s/match", request_part(r, "reference"));
}

/* GET /packages/:reference/go-on */
struct reply
round_go_on_new(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct go_on_view view = { .reference = request_part(r, "reference") };
	int64_t council = r->session.council_id, live;
	const struct match_id *package = match_package_find(
	    r->db, council, view.reference);
	const struct round_page *round;

	if (package == NULL)
		return reply_not_found(r);
	offer_round_settle_due(&work, council, package->id);
	live = round_live(r->db, council, package->id);
	round = live == 0 ? NULL
	                  : round_by_number(r->db, council, view.reference,
				round_number(r->db, council, live));
	if (round == NULL || !round->waits_for_broker)
		return reply_no_decision(r);
	view.number = round->number;
	view.answers = round_answer_list(r->db, council, live);
	view.ask_count = offer_go_on_preview(
	    &work, council, package->id, &view.wave, &view.is_again);
	render_offers_go_on(r, &view);
	return reply_page(r, HTTP_OK);
}

/* POST /packages/:reference/go-on */
struct reply
round_go_on_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	int64_t council = r->session.council_id, live;
	const char *reference = request_part(r, "reference");
	const struct match_id *package = offer_package_lock(
	    &work, council, reference);

	if (package == NULL)
		return reply_not_found(r);
	if (!offer_round_go_on(
		&work, council, package->id, r->session.account_id))
		return reply_no_decision(r);
	live = round_live(r->db, council, package->id);
	if (live == 0)
		return reply_redirect_with(r,
		    "Nobody is left to ask, so the package waits again",
		    "/packages/%s/match", reference);
	return reply_redirect_with(r, "Offers sent to the next",
	    "/packages/%s/rounds/%" PRId32, reference,
	    round_number(r->db, council, live));
}
