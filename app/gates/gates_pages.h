/*
 * Pages of facts and gates: by a council's staff, by its commissioner for the
 * gates of a framework, and by the provider for its own.
 */
#ifndef GATES_GATES_PAGES_H
#define GATES_GATES_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* GET /gates */
struct reply gate_list_show(struct request *r);
/* GET /gates/:framework/new */
struct reply gate_new(struct request *r);
/* POST /gates/:framework/new */
struct reply gate_create(struct request *r);
/* GET /gates/:framework/:gate */
struct reply gate_edit(struct request *r);
/* POST /gates/:framework/:gate */
struct reply gate_update(struct request *r);

/*
 * GET /providers/:reference/facts
 * GET /our-details/facts
 */
struct reply fact_list_show(struct request *r);
/* GET /providers/:reference/facts/new */
struct reply fact_new(struct request *r);
/* POST /providers/:reference/facts/new */
struct reply fact_create(struct request *r);
/* GET /providers/:reference/facts/:fact */
struct reply fact_edit(struct request *r);
/* POST /providers/:reference/facts/:fact */
struct reply fact_update(struct request *r);

/* GET /our-details/facts/renew */
struct reply renewal_new(struct request *r);
/* POST /our-details/facts/renew */
struct reply renewal_create(struct request *r);
/* GET /providers/:reference/renewals/:renewal */
struct reply renewal_edit(struct request *r);
/* POST /providers/:reference/renewals/:renewal */
struct reply renewal_update(struct request *r);

#endif
