/* Clearing the waiting list. */
#ifndef CLEARING_PAGES_H
#define CLEARING_PAGES_H

#include "base/reply.h"

/* GET and POST /clearing */
struct reply clearing_list_show(struct request *r);
struct reply clearing_create(struct request *r);
/* GET and POST /clearing/:reference */
struct reply clearing_show(struct request *r);
struct reply clearing_send_run(struct request *r);
/* GET /clearing/:reference/:file */
struct reply clearing_download(struct request *r);

#endif
