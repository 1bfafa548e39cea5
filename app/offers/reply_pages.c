/*
 * The provider accepts, declines, or withdraws an acceptance. Each act opens
 * the round first, so that what it sees of the offer is seen under the lock.
 */
#include "matching/price.h"
#include "offers/offers_pages.h"

#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "base/form.h"
#include "offers/reply_forms.h"
#include "offers/settle.h"
#include "offers/words.h"
#include "templates.h"

struct accept_form {
	int64_t start_at;
	int64_t introduced_at;
	int64_t rate_pence;
	const char *note;
};

static const struct field accept_fields[] = {
	FIELD(struct accept_form, FIELD_INSTANT, start_at,
	    "When can you start?", .subject = "Start",
	    .missing = "Enter the date and time at which you can start",
	    .is_required = true),
	FIELD(struct accept_form, FIELD_INSTANT, introduced_at,
	    "When do care worker and person meet first?",
	    .subject = "Introduction"),
	FIELD(struct accept_form, FIELD_MONEY, rate_pence,
	    "Your rate for an hour", .subject = "Rate", .minimum = 1,
	    .maximum = PRICE_HOURLY_PENCE),
	FIELD(struct accept_form, FIELD_TEXT, note,
	    "Anything the council should know (optional)", .maximum = 1000),
	FIELD_END,
};

struct decline_form {
	const char *reason;
	const char *note;
};

static const struct field decline_fields[] = {
	FIELD(struct decline_form, FIELD_CHOICE, reason, "Why do you decline?",
	    .subject = "Reason", .missing = "Select why you decline",
	    .is_required = true),
	FIELD(struct decline_form, FIELD_TEXT, note,
	    "Anything the council should know (optional)", .maximum = 1000),
	FIELD_END,
};

static const struct field withdraw_fields[] = {
	FIELD(struct decline_form, FIELD_CHOICE, reason,
	    "Why do you withdraw your acceptance?", .subject = "Reason",
	    .missing = "Select why you withdraw", .is_required = true),
	FIELD(struct decline_form, FIELD_TEXT, note,
	    "What should the council know? (optional)", .maximum = 1000),
	FIELD_END,
};

static bool
stands_at(const char *standing, const char *wanted)
{
	return strcmp(standing, wanted) == 0;
}

/* A page that was still open: kindly, what has happened meanwhile. */
static struct reply
offer_gone(struct request *r, const struct offer_page *offer)
{
	render_offers_closed(r, offer);
	return reply_page(r, HTTP_GONE);
}

/* An offer of an open bundle is answered with it. */
static struct reply
reply_bundle(struct request *r, const char *bundle_reference)
{
	return reply_redirect_with(r,
	    "This offer is one of several that you accept or decline together",
	    "/offers/bundles/%s", bundle_reference);
}

static const struct offer_act *
act_find(struct request *r)
{
	return offer_act_by_reference(r->db, request_part(r, "reference"),
	    &r->session.organisation_id, NULL);
}

/*
 * An act under the lock: opens the round of the session's offer and looks at
 * the offer again. NULL when there is no such offer of this provider.
 */
static const struct settling *
act_open(struct request *r, const struct offer_act **offer,
    const struct offer_work *work)
{
	const struct settling *settling = NULL;

	*offer = act_find(r);
	if (*offer != NULL)
		settling = settle_open(
		    work, (*offer)->council_id, (*offer)->round_id);
	if (settling != NULL)
		*offer = act_find(r);
	return *offer != NULL ? settling : NULL;
}

/* The act came too late, and it is said what has happened meanwhile. */
static struct reply
act_refuse(struct request *r, const struct settling *settling)
{
	const struct offer_page *offer;

	settle_close(settling);
	offer = offer_own(r);
	return offer != NULL ? offer_gone(r, offer) : reply_not_found(r);
}

static struct reply
act_bundle(struct request *r, const struct settling *settling,
    const struct offer_act *offer)
{
	settle_close(settling);
	return reply_bundle(r, offer->bundle_reference);
}

/* The form is to be mended: nothing was written, the page comes again. */
static struct reply
act_again(struct request *r, const struct settling *settling, struct form *form,
    struct reply (*again)(struct request *r, const struct offer_page *offer,
	struct form *form, int status))
{
	const struct offer_page *offer;

	settle_close(settling);
	offer = offer_own(r);
	return offer != NULL ? again(r, offer, form, HTTP_UNPROCESSABLE)
	                     : reply_not_found(r);
}

static struct reply
accept_again(struct request *r, const struct offer_page *offer,
    struct form *form, int status)
{
	render_offers_accept(r, offer_view_load(r, offer), form);
	return reply_page(r, status);
}

/* GET /offers/:reference/accept */
struct reply
offer_accept_new(struct request *r)
{
	const struct offer_page *offer = offer_own(r);
	struct accept_form values = { .note = "" };

	if (offer == NULL)
		return reply_not_found(r);
	if (!stands_at(offer->standing, "sent"))
		return offer_gone(r, offer);
	if (*offer->bundle_reference != '\0')
		return reply_bundle(r, offer->bundle_reference);
	values.start_at = start_suggested(r, offer->start_wanted_at);
	return accept_again(
	    r, offer, form_show(r, accept_fields, &values), HTTP_OK);
}

/* POST /offers/:reference/accept */
struct reply
offer_accept_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct accept_form values = { 0 };
	struct form *form = form_read(r, accept_fields, &values);
	const struct offer_act *offer;
	const struct settling *settling = act_open(r, &offer, &work);
	int64_t rate, introduced_at;

	if (settling == NULL)
		return reply_not_found(r);
	if (!stands_at(offer->standing, "sent"))
		return act_refuse(r, settling);
	if (*offer->bundle_reference != '\0')
		return act_bundle(r, settling, offer);
	start_check(form, "start_at", values.start_at, settling->now,
	    offer->start_wanted_at);
	introduced_at = introduction_check(form, "introduced_at",
	    values.introduced_at, values.start_at, settling->policy);
	rate = rate_check(
	    form, "rate_pence", values.rate_pence, settling->policy);
	if (!form_ok(form))
		return act_again(r, settling, form, accept_again);
	offer_reply_give(settling, offer,
	    &(struct offer_reply) {
		.is_acceptance = true,
		.start_at = values.start_at,
		.introduced_at = introduced_at,
		.rate_pence = rate,
		.note = values.note,
		.told_by = "",
		.account_id = r->session.account_id,
	    });
	settle_close(settling);
	return reply_redirect_with(
	    r, "Offer accepted", "/offers/%s", offer->reference);
}

static struct reply
decline_again(struct request *r, const struct offer_page *offer,
    struct form *form, int status)
{
	render_offers_decline(r, offer, form);
	return reply_page(r, status);
}

static struct form *
reason_form(struct request *r, const struct field *table, const char *kind,
    struct decline_form *values)
{
	struct form *form = values != NULL ? form_read(r, table, values)
	                                   : form_show(r, table, NULL);

	form_choices(form, "reason", term_choices(r, kind));
	if (values != NULL)
		form_check_choice(form, "reason");
	return form;
}

/* GET /offers/:reference/decline */
struct reply
offer_decline_new(struct request *r)
{
	const struct offer_page *offer = offer_own(r);

	if (offer == NULL)
		return reply_not_found(r);
	if (!stands_at(offer->standing, "sent"))
		return offer_gone(r, offer);
	if (*offer->bundle_reference != '\0')
		return reply_bundle(r, offer->bundle_reference);
	return decline_again(r, offer,
	    reason_form(r, decline_fields, "decline_reason", NULL), HTTP_OK);
}

/* POST /offers/:reference/decline */
struct reply
offer_decline_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct decline_form values = { 0 };
	struct form *form = reason_form(
	    r, decline_fields, "decline_reason", &values);
	const struct offer_act *offer;
	const struct settling *settling = act_open(r, &offer, &work);

	if (settling == NULL)
		return reply_not_found(r);
	if (!stands_at(offer->standing, "sent"))
		return act_refuse(r, settling);
	if (*offer->bundle_reference != '\0')
		return act_bundle(r, settling, offer);
	if (!form_ok(form))
		return act_again(r, settling, form, decline_again);
	offer_reply_give(settling, offer,
	    &(struct offer_reply) {
		.reason = values.reason,
		.note = values.note,
		.told_by = "",
		.account_id = r->session.account_id,
	    });
	settle_close(settling);
	return reply_redirect_with(r, "Offer declined", "/offers");
}

static struct reply
withdraw_again(struct request *r, const struct offer_page *offer,
    struct form *form, int status)
{
	render_offers_withdraw(r, offer, form);
	return reply_page(r, status);
}

/* GET /offers/:reference/withdraw */
struct reply
offer_withdraw_new(struct request *r)
{
	const struct offer_page *offer = offer_own(r);

	if (offer == NULL)
		return reply_not_found(r);
	if (!offer_may_withdraw(offer->standing, offer->placement_state))
		return offer_gone(r, offer);
	return withdraw_again(r, offer,
	    reason_form(r, withdraw_fields, "withdraw_reason", NULL), HTTP_OK);
}

/* POST /offers/:reference/withdraw */
struct reply
offer_withdraw_create(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct decline_form values = { 0 };
	struct form *form = reason_form(
	    r, withdraw_fields, "withdraw_reason", &values);
	const struct offer_act *offer;
	const struct settling *settling = act_open(r, &offer, &work);
	const char *reason;

	if (settling == NULL)
		return reply_not_found(r);
	if (!offer_may_withdraw(offer->standing, offer->placement_state))
		return act_refuse(r, settling);
	if (!form_ok(form))
		return act_again(r, settling, form, withdraw_again);
	reason = term_label(r, "withdraw_reason", values.reason);
	if (*values.note != '\0')
		reason = arena_printf(r->arena, "%s. %s", reason, values.note);
	offer_acceptance_withdraw(settling, offer, reason);
	settle_close(settling);
	return reply_redirect_with(
	    r, "Acceptance withdrawn", "/offers/%s", offer->reference);
}
