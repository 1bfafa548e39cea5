/* Pages of a bundle of offers, for its provider and for brokers. */
#ifndef OFFERS_BUNDLE_PAGES_H
#define OFFERS_BUNDLE_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* Of a provider. */
struct reply bundle_show(struct request *r);
struct reply bundle_accept_new(struct request *r);
struct reply bundle_accept_create(struct request *r);
struct reply bundle_decline_new(struct request *r);
struct reply bundle_decline_create(struct request *r);

/* Of the council. */
struct reply bundle_council_show(struct request *r);
struct reply bundle_record_new(struct request *r);
struct reply bundle_record_create(struct request *r);

#endif
