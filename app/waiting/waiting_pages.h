/* The waiting list as a page and as a file. */
#ifndef WAITING_PAGES_H
#define WAITING_PAGES_H

#include "base/reply.h"

/* GET /waiting */
struct reply waiting_show(struct request *r);
/* GET /waiting.csv */
struct reply waiting_download(struct request *r);

#endif
