/* Deciding on a placement outside the ranking. */
#ifndef OFFERS_APPROVALS_H
#define OFFERS_APPROVALS_H

#include "base/request.h"
#include "offers/places.sql.h"
#include "offers/rounds.sql.h"
#include "offers/settle.h"

/*
 * Carries out a decision ("approve", "refuse", "cancel") with the package held
 * by offer_package_lock(). An approval withdraws what is out and places the package. NULL when
 * done, else the sentence why it cannot be.
 */
const char *approval_decide(const struct offer_work *work, int64_t council,
    const struct approval *approval, const char *decision, int64_t account,
    const char *note);

/* A request beside what the ranking says while it is open. */
struct approval_view {
	const struct approval *approval;
	const struct match_line *line;  /* of the provider; may be NULL */
	const struct match_line *first; /* NULL when nobody is eligible */
	bool is_own;
};

/* One of the lists of requests, with its page. */
struct approvals_table {
	struct approval_list list;
	struct paging paging;
};

#endif
