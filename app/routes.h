/*
 * The site map: one row for every page there is. A form posts to the address
 * of its own page, so a pair of rows is a form.
 */
#ifndef ROUTES_H
#define ROUTES_H

#include "base/reply.h"
#include "base/request.h"
#include "permissions.h"

enum route_flag {
	ROUTE_PLAIN = 0,
	ROUTE_NO_ONCE = 1,    /* signing in and out, extending: no once-key */
	ROUTE_NO_SESSION = 2, /* for machines: /ready */
	ROUTE_FILES = 4,      /* its form may send files */
};

struct route {
	enum method method;
	const char *pattern; /* "/offers/:reference" */
	struct reply (*handler)(struct request *r);
	enum permission permission;
	enum route_flag flags;
};

extern const struct route routes[];
extern const size_t route_count;

/*
 * Finds the row of a method and path and, in the arena, the parts that the
 * path names: letters, digits and "-._~", at most 64 each.
 * NULL when there is none; then `*other` tells whether the path has a row of
 * another method.
 */
const struct route *route_find(struct arena *arena, enum method method,
    const char *path, struct pair_list *parts, bool *other);

#endif
