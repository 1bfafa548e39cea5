/* The start page, what machines ask, and the pages about the service. */
#ifndef PAGES_PAGES_H
#define PAGES_PAGES_H

#include "base/reply.h"

struct reply home_show(struct request *r);          /* GET / */
struct reply ready_show(struct request *r);         /* GET /ready */
struct reply accessibility_show(struct request *r); /* GET /accessibility */
struct reply privacy_show(struct request *r);       /* GET /privacy */
struct reply cookies_show(struct request *r);       /* GET /cookies */

#endif
