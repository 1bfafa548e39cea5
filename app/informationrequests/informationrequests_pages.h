/*
 * Pages of requests for information, for commissioners and council
 * administrators; auditors read them.
 */
#ifndef INFORMATIONREQUESTS_INFORMATIONREQUESTS_PAGES_H
#define INFORMATIONREQUESTS_INFORMATIONREQUESTS_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* GET /information-requests */
struct reply information_request_list_show(struct request *r);
/* GET /information-requests/new */
struct reply information_request_new(struct request *r);
/* POST /information-requests/new */
struct reply information_request_create(struct request *r);
/* GET /information-requests/:reference */
struct reply information_request_show(struct request *r);
/* GET /information-requests/:reference/edit */
struct reply information_request_edit(struct request *r);
/* POST /information-requests/:reference/edit */
struct reply information_request_update(struct request *r);

/* GET /information-requests/:reference/clarification */
struct reply information_clarification_edit(struct request *r);
/* POST /information-requests/:reference/clarification */
struct reply information_clarification_update(struct request *r);

/* GET /information-requests/:reference/market-test */
struct reply information_test_edit(struct request *r);
/* POST /information-requests/:reference/market-test */
struct reply information_test_update(struct request *r);
/* GET /information-requests/:reference/questions */
struct reply information_scope_edit(struct request *r);
/* POST /information-requests/:reference/questions */
struct reply information_scope_update(struct request *r);

/* GET /information-requests/:reference/reasons/new */
struct reply information_reason_new(struct request *r);
/* POST /information-requests/:reference/reasons/new */
struct reply information_reason_create(struct request *r);
/* GET /information-requests/:reference/reasons/:reason */
struct reply information_reason_edit(struct request *r);
/* POST /information-requests/:reference/reasons/:reason */
struct reply information_reason_update(struct request *r);

/* GET /information-requests/:reference/answers */
struct reply information_answer_list_show(struct request *r);
/* GET /information-requests/:reference/answers/:response/:question */
struct reply information_answer_edit(struct request *r);
/* POST /information-requests/:reference/answers/:response/:question */
struct reply information_answer_update(struct request *r);

/* GET /information-requests/:reference/preview */
struct reply information_bundle_preview(struct request *r);
/* GET /information-requests/:reference/bundle */
struct reply information_bundle_new(struct request *r);
/* POST /information-requests/:reference/bundle */
struct reply information_bundle_create(struct request *r);
/* GET /information-requests/:reference/bundles/:number */
struct reply information_bundle_download(struct request *r);

/* GET /information-requests/:reference/outcome */
struct reply information_outcome_edit(struct request *r);
/* POST /information-requests/:reference/outcome */
struct reply information_outcome_update(struct request *r);

#endif
