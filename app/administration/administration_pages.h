/* Pages of a council's administrators and auditors. */
#ifndef ADMINISTRATION_PAGES_H
#define ADMINISTRATION_PAGES_H

#include "base/reply.h"

struct reply audit_list_show(struct request *r); /* GET /audit */

#endif
