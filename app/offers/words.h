/* Sentences and addresses that the templates of offers share. */
#ifndef OFFERS_WORDS_H
#define OFFERS_WORDS_H

#include "base/form.h"
#include "offers/match_views.h"
#include "offers/views.h"

/* Addresses. */
const char *package_href(struct request *r, const char *reference);
const char *package_match_href(struct request *r, const char *reference);
const char *offer_href(struct request *r, const char *reference);
const char *bundle_href(struct request *r, const char *reference);
const char *offer_act_href(
    struct request *r, const struct offer_page *offer, const char *act);
const char *placement_href(struct request *r, const char *reference);
const char *placement_act_href(
    struct request *r, const char *reference, const char *act);
const char *approval_href(struct request *r, const char *reference);
const char *round_withdraw_href(
    struct request *r, const struct round_page *round);

/* Of a match and a kept round. */
const char *match_care_text(
    struct request *r, const struct match_package *package);
const char *match_place_text(
    struct request *r, const struct match_package *package);
const char *match_count_text(struct request *r, const struct match_view *view);
/* What a step of a policy is called; the name itself when unknown. */
const char *match_step_label(const char *name);
/* "Geographical area: 12 providers" */
const char *match_group_text(
    struct request *r, const struct match_group *group);
/* The price where it is one for all. */
const char *match_price_text(
    struct request *r, const struct match_sheet *sheet);
/* Of a line what may not have been kept: "Not kept" then. */
const char *match_kept_text(const char *text);
const char *match_spare_text(struct request *r, const struct match_line *line);
bool match_leaves_out(const struct form *form);
const char *round_sent_text(struct request *r, const struct round_page *round);
const char *round_reply_text(struct request *r, const struct round_page *round);
const char *round_went_on_text(
    struct request *r, const struct round_page *round);
const char *answer_label(const struct round_answer *answer);
const char *round_answer_text(
    struct request *r, const struct round_answer *answer);

/*
 * How far the provider's nearest place is, and the CO2 of a journey there and
 * back by the stated factor; a council sees tenths of a mile, a provider whole
 * miles, which do not give a house away.
 */
const char *answer_journey_text(
    struct request *r, const struct round_answer *answer);
const char *offer_journey_text(
    struct request *r, const struct offer_page *offer);

/* Metres as whole miles, rounded half up; and "1 mile", "3 miles". */
int64_t miles_whole(int64_t metres);
const char *miles_text(struct request *r, int64_t miles);

/*
 * Of an offer in a list and on its page; never a name or an address. A bundle
 * that is open is one entry of the list.
 */
const char *offer_item_name(struct request *r, const struct offer_item *offer);
const char *offer_item_href(struct request *r, const struct offer_item *offer);
const char *offer_care_text(struct request *r, const struct offer_item *offer);
const char *offer_item_start_text(
    struct request *r, const struct offer_item *offer);
const char *offer_place_text(struct request *r, const struct offer_item *offer);
const char *offer_person_text(
    struct request *r, const struct offer_page *offer);
const char *offer_where_text(struct request *r, const struct offer_page *offer);
const char *offer_start_text(struct request *r, const struct offer_page *offer);
const char *offer_hours_text(struct request *r, const struct offer_page *offer);
const char *offer_start_hint(struct request *r, const struct offer_view *view);
const char *introduction_hint(struct request *r);
const char *offer_replied_text(
    struct request *r, const struct offer_page *offer);
const char *offer_need_text(struct request *r, const struct offer_need *need);
const char *closed_title(const struct offer_page *offer);

/* Whether the provider may still withdraw its acceptance. */
bool offer_may_withdraw(const char *standing, const char *placement_state);

/* Of approvals: "Ada Example, 3 December 2026 at 2:30pm". */
const char *approval_asked_text(
    struct request *r, const char *name, int64_t asked_at);
const char *approval_state_label(const char *state);
const char *approval_state_colour(const char *state);

#endif
