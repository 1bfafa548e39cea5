/*
 * What providers and brokers are told by mail. No mail names a person or a
 * place; it says that there is something to see, and where.
 */
#ifndef OFFERS_NOTICES_H
#define OFFERS_NOTICES_H

#include "offers/settle.h"

enum notice {
	NOTICE_NEW_OFFER,
	NOTICE_OFFER_WITHDRAWN,
	NOTICE_NOT_SELECTED,
	NOTICE_START_REFUSED,
	NOTICE_CHOSEN,
	NOTICE_KINDS,
};

/*
 * What the provider of a bundle is to be told of its offers: kept back while
 * an act goes through them one after the other, then told once for all.
 */
struct notice_gathering {
	int64_t bundle_id;
	struct notice_gathered {
		int64_t count;    /* of offers */
		int64_t offer_id; /* the first of them, whose mail it is */
		int64_t last_id; /* noted; an offer may have several contacts */
		int64_t reply_by;
	} of[NOTICE_KINDS];
};

/*
 * Mails the contacts of the providers of these offers. A provider without a
 * contact becomes a task to telephone it. What somebody wrote is in no mail.
 * Offers of the bundle of work->gathering are only noted there.
 */
void notice_providers(const struct offer_work *work, int64_t council,
    struct int64_list offers, enum notice notice, int64_t reply_by);

/* Tells what was gathered: a mail of each kind, leading to the bundle. */
void notice_gathered(const struct offer_work *work, int64_t council,
    const char *bundle_reference, const struct notice_gathering *gathering);

struct placement_notice {
	const char *kind; /* of the mail */
	const char *text; /* one sentence without its full stop */
	const char *task; /* for staff, where mail reaches nobody */
	int64_t package_id;
	int64_t organisation_id;
	const char *placement; /* its reference */
};

/* Mails the contacts of a provider about a placement; else a task, as above. */
void notice_placement(const struct offer_work *work, int64_t council,
    const struct placement_notice *notice);

/*
 * Tells the broker of a package: a task of `kind` (table task) and a mail.
 * `what` is one sentence without personal detail. `offer` may be 0.
 */
void notice_broker(const struct offer_work *work, int64_t council,
    int64_t package, int64_t offer, const char *task_kind,
    const char *mail_kind, const char *what);

#endif
