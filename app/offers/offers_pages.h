/* Pages about offers, for providers and for the council's brokers. */
#ifndef OFFERS_OFFERS_PAGES_H
#define OFFERS_OFFERS_PAGES_H

#include "base/reply.h"
#include "base/request.h"
#include "offers/offers.sql.h"

/*
 * The offer of the path, if it is the session's provider's; its round settled
 * when the reply time has passed, so that the page tells how it ended.
 */
const struct offer_page *offer_own(struct request *r);

/* Of a provider. */
struct reply offer_list(struct request *r);
struct reply offer_show(struct request *r);
struct reply offer_accept_new(struct request *r);
struct reply offer_accept_create(struct request *r);
struct reply offer_decline_new(struct request *r);
struct reply offer_decline_create(struct request *r);
struct reply offer_withdraw_new(struct request *r);
struct reply offer_withdraw_create(struct request *r);

/* Of the council: match, rounds, and what it does to offers. */
struct reply match_show(struct request *r);
struct reply match_send(struct request *r);
struct reply round_show(struct request *r);
struct reply offer_record_new(struct request *r);
struct reply offer_record_create(struct request *r);
struct reply offer_confirm_edit(struct request *r);
struct reply offer_confirm_update(struct request *r);
struct reply round_go_on_new(struct request *r);
struct reply round_go_on_create(struct request *r);
struct reply round_withdraw_new(struct request *r);
struct reply round_withdraw_create(struct request *r);
struct reply placement_request_new(struct request *r);
struct reply placement_request_create(struct request *r);
struct reply individual_rate_show(struct request *r);
struct reply individual_rate_update(struct request *r);
struct reply individual_rate_new(struct request *r);
struct reply individual_rate_create(struct request *r);
struct reply individual_rate_remove(struct request *r);
struct reply approval_list(struct request *r);
struct reply approval_edit(struct request *r);
struct reply approval_update(struct request *r);

#endif
