/*
 * The forms of replies, shared by the provider's pages and by the page on
 * which a broker writes down a telephoned reply.
 */
#ifndef OFFERS_REPLY_FORMS_H
#define OFFERS_REPLY_FORMS_H

#include "base/form.h"
#include "offers/replies.h"

/* The acts' tools of a request. */
struct offer_work offer_work_of(struct request *r);

/*
 * Adds what is wrong with an offered start: gone by already, or more than
 * three months later than wanted.
 */
void start_check(struct form *form, const char *name, int64_t start_at,
    int64_t now, int64_t wanted_at);

/* The start that a form is filled with: that wanted, unless it has gone by. */
int64_t start_suggested(const struct request *r, int64_t wanted_at);

/*
 * Adds what is wrong with an introduction where the policy asks for one:
 * missing, or not before the start. Gives what counts, 0 where none is asked.
 */
int64_t introduction_check(struct form *form, const char *name,
    int64_t introduced_at, int64_t start_at, const struct policy *policy);

/*
 * Adds what is wrong with a rate where the policy asks for one: missing, or
 * not within its limits. Gives the rate that counts, 0 where none is asked.
 */
int64_t rate_check(struct form *form, const char *name, int64_t rate_pence,
    const struct policy *policy);

#endif
