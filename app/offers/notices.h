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
};

/*
 * Mails the contacts of the providers of these offers. A provider without a
 * contact becomes a task to telephone it. What somebody wrote is in no mail.
 */
void notice_providers(const struct offer_work *work, int64_t council,
    int64_t package, struct int64_list offers, enum notice notice,
    int64_t reply_by);

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
