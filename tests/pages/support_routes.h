/*
 * The reviewed table routes.tsv, and the demonstration's objects that its
 * paths name. The table's lines: method, path, then the status for nobody,
 * council administrator, broker, commissioner, auditor, provider owner and
 * provider manager, then "404" where another's references must give that,
 * else "-". Names in braces stand for references that the role's own body has.
 */
#ifndef PAGES_SUPPORT_ROUTES_H
#define PAGES_SUPPORT_ROUTES_H

#include <stdbool.h>

#define ROUTES_TABLE "tests/pages/routes.tsv"

enum { ROLE_COUNT = 7, LINE_SIZE = 512, PATH_SIZE = 256 };

struct route_role {
	const char *name;
	const char *email; /* NULL: nobody */
	bool is_provider;
};

extern const struct route_role route_roles[ROLE_COUNT];

struct route_line {
	char method[8];
	char path[PATH_SIZE];
	int status[ROLE_COUNT];
	bool is_others_absent;
};

/* What the table needs beyond the demonstration; once. */
void routes_ready(void);

/* Reads a line of the table; false when it is a comment or empty. */
bool route_line_read(char *text, struct route_line *line);

/* The path with references in place of the names in braces. */
void route_path_fill(
    char *filled, const char *path, bool is_provider, bool is_other);

#endif
