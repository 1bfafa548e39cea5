/* Coverage, and the schemes of areas that are drawn up to look at. */
#ifndef COVERAGE_PAGES_H
#define COVERAGE_PAGES_H

#include "base/reply.h"

/* GET /coverage */
struct reply coverage_show(struct request *r);
/* GET and POST /coverage/schemes/new */
struct reply area_plan_new(struct request *r);
struct reply area_plan_create(struct request *r);
/* GET and POST /coverage/schemes/:reference */
struct reply area_plan_edit(struct request *r);
struct reply area_plan_update_run(struct request *r);

#endif
