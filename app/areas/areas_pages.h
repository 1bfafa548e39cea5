/* Pages about areas. */
#ifndef AREAS_AREAS_PAGES_H
#define AREAS_AREAS_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* GET /areas */
struct reply area_list_show(struct request *r);

#endif
