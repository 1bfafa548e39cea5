/* Pages of the outbox, and of what staff must do by hand. */
#ifndef MESSAGES_PAGES_H
#define MESSAGES_PAGES_H

#include "base/reply.h"

/* GET /mail */
struct reply mail_list_show(struct request *r);
/* GET /mail/:id */
struct reply mail_show(struct request *r);
/* GET /tasks */
struct reply task_list_show(struct request *r);
/* POST /tasks */
struct reply task_update(struct request *r);

#endif
