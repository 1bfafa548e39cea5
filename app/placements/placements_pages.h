/* Pages about placements, for the council and for the provider. */
#ifndef PLACEMENTS_PLACEMENTS_PAGES_H
#define PLACEMENTS_PLACEMENTS_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* GET /placements */
struct reply placement_list(struct request *r);
/* GET /placements/:reference */
struct reply placement_show(struct request *r);
/* POST /placements/:reference/key-safe */
struct reply placement_key_safe_run(struct request *r);
/* GET /placements/:reference/end */
struct reply placement_end_new(struct request *r);
/* POST /placements/:reference/end */
struct reply placement_end_create(struct request *r);

#endif
