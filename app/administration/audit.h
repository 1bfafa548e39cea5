/* What the audit's page shows, and in which words. */
#ifndef ADMINISTRATION_AUDIT_H
#define ADMINISTRATION_AUDIT_H

#include "administration/audit.sql.h"
#include "base/form.h"

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

/* How an act is told: "who BEFORE what AFTER fact". */
struct audit_words {
	const char *act;
	const char *kind; /* of audit_kind_choices */
	const char *before;
	const char *after;
	const char *fact; /* of the detail; without it `after` is left out */
	bool is_alone;    /* to what it was done says who did it */
};

/* The kinds of acts that the page can be filtered by. */
extern const struct choice audit_kind_choices[];

/* The words of an act, or NULL when it has none. */
const struct audit_words *audit_words_of(const char *act);

/* The acts of a kind, in the arena. */
struct text_list audit_acts(struct arena *arena, const char *kind);

/* "1,204 entries", or "The newest 10,000 entries", in the arena. */
const char *audit_caption(struct request *r, const struct audit_view *view);

/* Who acted: a colleague's name, a provider, or the service itself. */
const char *audit_who(const struct audit_entry *entry);

/*
 * The sentence of an entry in three parts, in the arena: what was done, to
 * what ("package K3F8A2Q9Z", where the act has to do with a package that one),
 * and the rest. An act without words is named.
 */
const char *audit_before(struct request *r, const struct audit_entry *entry);
const char *audit_object(struct request *r, const struct audit_entry *entry);
const char *audit_after(struct request *r, const struct audit_entry *entry);

/* Whether the sentence says to what it was done. */
bool audit_has_object(const struct audit_entry *entry);

/* The page of that object when this role may open it, else NULL. */
const char *audit_object_href(
    struct request *r, const struct audit_entry *entry);

/* Keys and ids as they are kept, a line each, in the arena. */
const char *audit_detail(struct request *r, const struct audit_entry *entry);

#endif
