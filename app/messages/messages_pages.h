/* Pages of the outbox, and of what staff must do by hand. */
#ifndef MESSAGES_PAGES_H
#define MESSAGES_PAGES_H

#include "base/reply.h"

struct reply mail_list_show(struct request *r);
struct reply mail_show(struct request *r);
struct reply task_list_show(struct request *r);
struct reply task_update(struct request *r);

#endif
