/* What the audit's page shows, and in which words. */
#ifndef ADMINISTRATION_AUDIT_H
#define ADMINISTRATION_AUDIT_H

#include "administration/audit.sql.h"

struct request;

/* Rows are counted, and can be paged through, up to this many. */
enum { AUDIT_MOST = 10000 };

/* One page of the audit. */
struct audit_view {
	struct audit_entry_list list;
	int64_t count;
	int32_t page;
	int32_t pages;
};

/* "1,204 entries", or "More than 10,000 entries", in the arena. */
const char *audit_caption(struct request *r, const struct audit_view *view);

/* Who acted: a colleague's name, a provider, or the service itself. */
const char *audit_who(const struct audit_entry *entry);

/* "package K3F8A2Q9Z" in the arena. */
const char *audit_object(struct request *r, const struct audit_entry *entry);

/* The page of the object when this role may open it, else NULL. */
const char *audit_object_href(
    struct request *r, const struct audit_entry *entry);

/* {"role": "broker"} as "role: broker", in the arena; "" when empty. */
const char *audit_detail(struct request *r, const struct audit_entry *entry);

#endif
