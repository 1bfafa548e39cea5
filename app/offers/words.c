/* Sentences and addresses for templates. */
#include "offers/words.h"

#include <inttypes.h>
#include <string.h>

#include "areas/areas.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "matching/policy.h"
#include "matching/words.h"

/* A mile is 1,609.344 metres. */
enum { METRES_OF_1000_MILES = 1609344 };

const char *
package_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/packages/%s", reference);
}

const char *
package_match_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/packages/%s/match", reference);
}

const char *
offer_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/offers/%s", reference);
}

const char *
bundle_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/offers/bundles/%s", reference);
}

const char *
offer_act_href(
    struct request *r, const struct offer_page *offer, const char *act)
{
	return arena_printf(r->arena, "/offers/%s/%s", offer->reference, act);
}

const char *
placement_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/placements/%s", reference);
}

const char *
placement_act_href(struct request *r, const char *reference, const char *act)
{
	return arena_printf(r->arena, "/placements/%s/%s", reference, act);
}

const char *
approval_href(struct request *r, const char *reference)
{
	return arena_printf(r->arena, "/approvals/%s", reference);
}

const char *
round_withdraw_href(struct request *r, const struct round_page *round)
{
	return arena_printf(
	    r->arena, "/packages/%s/withdraw", round->package_reference);
}

const char *
match_care_text(struct request *r, const struct match_package *package)
{
	return arena_printf(r->arena, "%s, %s hours a week, %s, %s",
	    package->service_kind_label, hours_text(r, package->weekly_minutes),
	    package->group_label,
	    strcmp(package->urgency, "rapid") == 0 ? "rapid start"
						   : "standard start");
}

const char *
match_place_text(struct request *r, const struct match_package *package)
{
	return arena_printf(r->arena, "%s, sector %s, %s", package->area_name,
	    package->sector,
	    text_lower(r->arena, rurality_label(package->rurality)));
}

const char *
match_count_text(struct request *r, const struct match_view *view)
{
	return arena_printf(r->arena, "%s eligible, %s not",
	    providers_text(r, (int64_t)view->sheet.eligible.count),
	    providers_text(r, (int64_t)view->sheet.other_count));
}

const char *
match_step_label(const char *name)
{
	enum criterion criterion;

	return policy_criterion_of(name, &criterion)
	           ? policy_criterion_label(criterion)
	           : name;
}

const char *
match_group_text(struct request *r, const struct match_group *group)
{
	return arena_printf(r->arena, "%s: %s",
	    match_step_label(group->failed_step),
	    providers_text(r, (int64_t)group->lines.count));
}

const char *
match_price_text(struct request *r, const struct match_sheet *sheet)
{
	return sheet->week_pence > 0
	           ? arena_printf(r->arena, "%s a week, the same for all",
			 money(r, sheet->week_pence))
	           : "Comes with each reply";
}

const char *
match_kept_text(const char *text)
{
	return *text != '\0' ? text : "Not kept";
}

const char *
match_spare_text(struct request *r, const struct match_line *line)
{
	return line->has_spare_minutes ? hours_text(r, line->spare_minutes)
	                               : match_kept_text("");
}

bool
match_leaves_out(const struct form *form)
{
	return form_field(form, "leave_out")->values.count > 0 ||
	       !form_ok(form);
}

const char *
round_sent_text(struct request *r, const struct round_page *round)
{
	if (*round->sent_by == '\0')
		return arena_printf(r->arena, "%s, by itself%s",
		    at(r, round->sent_at),
		    round->is_again ? ": the offers started again" : "");
	return arena_printf(
	    r->arena, "%s, by %s", at(r, round->sent_at), round->sent_by);
}

const char *
round_reply_text(struct request *r, const struct round_page *round)
{
	if (round->settled_at != 0 || round->reply_by <= r->now)
		return at(r, round->reply_by);
	return arena_printf(r->arena, "%s (%s left)", at(r, round->reply_by),
	    time_left(r, round->reply_by));
}

const char *
round_went_on_text(struct request *r, const struct round_page *round)
{
	return arena_printf(r->arena, "%s had the next asked, %s",
	    round->went_on_by, at(r, round->went_on_at));
}

const char *
answer_label(const struct round_answer *answer)
{
	const char *standing = answer_standing(answer);

	if (strcmp(standing, "sent") == 0)
		return answer->viewed_at != 0 ? "Seen" : "Not seen yet";
	if (strcmp(standing, "accepted") == 0)
		return "Accepted";
	if (strcmp(standing, "proposed") == 0)
		return "Later start offered";
	return standing_label(standing);
}

const char *
round_answer_text(struct request *r, const struct round_answer *answer)
{
	const char *text = "";

	if (answer->replied_at != 0)
		text = arena_printf(r->arena, "%s%s%s",
		    at_short(r, answer->replied_at),
		    *answer->told_by != '\0' ? ", telephoned by " : "",
		    answer->told_by);
	if (*answer->decline_reason != '\0')
		text = arena_printf(
		    r->arena, "%s\n%s", text, answer->decline_reason);
	if (*answer->note != '\0')
		text = arena_printf(r->arena, "%s\n%s", text, answer->note);
	if (*answer->result_reason != '\0')
		text = arena_printf(r->arena, "%s%s%s", text,
		    *text != '\0' ? "\n" : "", answer->result_reason);
	return text;
}

/* Grams of a journey there and back, in tenths of a kilogram, halves up. */
static const char *
journey_text(
    struct request *r, int64_t metres, int64_t grams, const char *source)
{
	int64_t tenths = money_round(2 * metres * grams, 100 * 1000);

	return arena_printf(r->arena,
	    "%" PRId64 ".%" PRId64
	    " kg of CO2 there and back by car, at %" PRId64
	    " g a kilometre (%s)",
	    tenths / 10, tenths % 10, grams, source);
}

const char *
answer_journey_text(struct request *r, const struct round_answer *answer)
{
	if (!answer->has_distance_metres)
		return "Not known";
	return arena_printf(r->arena, "%s; %s",
	    words_distance(r->arena, answer->distance_metres),
	    journey_text(r, answer->distance_metres,
		answer->grams_per_kilometre, answer->factor_source));
}

int64_t
miles_whole(int64_t metres)
{
	return money_round(INT64_C(1000) * metres, METRES_OF_1000_MILES);
}

const char *
miles_text(struct request *r, int64_t miles)
{
	return miles == 1 ? "1 mile"
	                  : arena_printf(r->arena, "%" PRId64 " miles", miles);
}

const char *
offer_journey_text(struct request *r, const struct offer_page *offer)
{
	int64_t miles;

	if (!offer->has_distance_metres)
		return "Not known";
	miles = miles_whole(offer->distance_metres);
	if (miles == 0)
		return "Less than a mile from your nearest office, location or "
		       "visit";
	return arena_printf(r->arena,
	    "About %s from your nearest office, location or visit; %s",
	    miles_text(r, miles),
	    journey_text(r, miles * METRES_OF_1000_MILES / 1000,
		offer->grams_per_kilometre, offer->factor_source));
}

const char *
offer_care_text(struct request *r, const struct offer_item *offer)
{
	if (*offer->bundle_reference != '\0')
		return arena_printf(r->arena,
		    "%" PRId64 " packages together, %s hours a week in all",
		    offer->package_count, hours_text(r, offer->weekly_minutes));
	return arena_printf(r->arena, "%s, %s hours a week, %s",
	    offer->service_kind_label, hours_text(r, offer->weekly_minutes),
	    offer->group_label);
}

const char *
offer_item_href(struct request *r, const struct offer_item *offer)
{
	return *offer->bundle_reference != '\0'
	           ? bundle_href(r, offer->bundle_reference)
	           : offer_href(r, offer->reference);
}

const char *
offer_item_name(struct request *r, const struct offer_item *offer)
{
	return *offer->bundle_reference != '\0'
	           ? arena_printf(
			 r->arena, "Bundle %s", offer->bundle_reference)
	           : offer->reference;
}

const char *
offer_item_start_text(struct request *r, const struct offer_item *offer)
{
	if (offer->start_offered_at != 0)
		return arena_printf(r->arena, "%s, as you offered",
		    at_short(r, offer->start_offered_at));
	return arena_printf(r->arena, "%s %s",
	    *offer->bundle_reference != '\0' ? "The first by" : "By",
	    at_short(r, offer->start_wanted_at));
}

const char *
offer_place_text(struct request *r, const struct offer_item *offer)
{
	return arena_printf(r->arena, "%s, %s%s", offer->area_name,
	    offer->sector,
	    *offer->bundle_reference != '\0' ? " and near it" : "");
}

const char *
offer_person_text(struct request *r, const struct offer_page *offer)
{
	if (*offer->age_label == '\0')
		return offer->group_label;
	return arena_printf(
	    r->arena, "%s, aged %s", offer->group_label, offer->age_label);
}

const char *
offer_where_text(struct request *r, const struct offer_page *offer)
{
	return arena_printf(r->arena, "%s, postcode sector %s, %s",
	    offer->area_name, offer->sector,
	    text_lower(r->arena, rurality_label(offer->rurality)));
}

const char *
offer_start_text(struct request *r, const struct offer_page *offer)
{
	return arena_printf(r->arena, "%s (%s)", at(r, offer->start_wanted_at),
	    urgency_text(offer->urgency));
}

const char *
offer_hours_text(struct request *r, const struct offer_page *offer)
{
	return arena_printf(r->arena, "%s, %s hours a week",
	    offer->service_kind_label, hours_text(r, offer->weekly_minutes));
}

const char *
offer_start_hint(struct request *r, const struct offer_view *view)
{
	const char *later = view->is_best
	                        ? "The start is compared with that of other "
	                          "providers."
	                        : "You can offer a later start; the council "
	                          "then agrees to it or refuses it.";

	return arena_printf(r->arena, "Wanted by %s. %s For example, %s",
	    at(r, view->offer->start_wanted_at), later, "27 3 2027 9:00am");
}

const char *
introduction_hint(struct request *r)
{
	return arena_printf(r->arena,
	    "Care worker and person are introduced before the start: an "
	    "acceptance that does not say when does not count. For example, "
	    "%s",
	    "26 3 2027 2:00pm");
}

const char *
offer_replied_text(struct request *r, const struct offer_page *offer)
{
	if (*offer->told_by == '\0')
		return at(r, offer->replied_at);
	return arena_printf(r->arena, "%s, by telephone, %s",
	    at(r, offer->replied_at), offer->told_by);
}

const char *
offer_need_text(struct request *r, const struct offer_need *need)
{
	return arena_printf(
	    r->arena, "%s: %s", need_kind_label(need->kind), need->label);
}

const char *
closed_title(const struct offer_page *offer)
{
	if (strcmp(offer->standing, "no_reply") == 0)
		return "The time to reply has ended";
	if (strcmp(offer->standing, "taken") == 0)
		return "This offer went to another provider";
	if (strcmp(offer->standing, "withdrawn") == 0)
		return "This offer was withdrawn";
	if (strcmp(offer->standing, "declined") == 0)
		return "This offer was declined";
	if (strcmp(offer->standing, "chosen") == 0 &&
	    strcmp(offer->placement_state, "planned") != 0)
		return "Care has started";
	if (strcmp(offer->standing, "sent") == 0)
		return "This offer is still open";
	return "This offer has been answered";
}

bool
offer_may_withdraw(const char *standing, const char *placement_state)
{
	if (strcmp(standing, "chosen") == 0)
		return strcmp(placement_state, "planned") == 0;
	return strcmp(standing, "accepted") == 0 ||
	       strcmp(standing, "proposed") == 0;
}

const char *
approval_asked_text(struct request *r, const char *name, int64_t asked_at)
{
	return arena_printf(r->arena, "%s, %s", name, at(r, asked_at));
}

const char *
approval_state_label(const char *state)
{
	if (strcmp(state, "requested") == 0)
		return "Waits for approval";
	if (strcmp(state, "approved") == 0)
		return "Approved";
	return strcmp(state, "refused") == 0 ? "Refused" : "Cancelled";
}

const char *
approval_state_colour(const char *state)
{
	if (strcmp(state, "requested") == 0)
		return "yellow";
	return strcmp(state, "approved") == 0 ? "green" : "grey";
}
