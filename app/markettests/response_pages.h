/*
 * Answering a market test: below /market-tests/:reference/response for
 * providers, below /respond/:token for who was sent a link.
 */
#ifndef MARKETTESTS_RESPONSE_PAGES_H
#define MARKETTESTS_RESPONSE_PAGES_H

#include "base/reply.h"

struct request;

struct reply response_show(struct request *r);
struct reply response_create(struct request *r);
struct reply response_follow_run(struct request *r);    /* POST /follow */
struct reply response_document_show(struct request *r); /* GET /document */
struct reply response_print_show(struct request *r);    /* GET /print */

/* /sections/:section */
struct reply response_section_edit(struct request *r);
struct reply response_section_update(struct request *r);
struct reply response_section_autosave(struct request *r); /* POST */

struct reply response_check_show(struct request *r);    /* GET /check */
struct reply response_submit_run(struct request *r);    /* POST /submit */
struct reply response_receipt_show(struct request *r);  /* GET /receipt */
struct reply response_receipt_text(struct request *r);  /* GET /receipt.txt */
struct reply response_content_file(struct request *r);  /* GET /answers.json */
struct reply response_withdraw_edit(struct request *r); /* /withdraw */
struct reply response_withdraw_run(struct request *r);

#endif
