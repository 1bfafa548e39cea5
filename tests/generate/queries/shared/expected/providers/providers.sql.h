/* Written by generate-queries from app/providers/providers.sql: change that. */
#ifndef PROVIDERS_PROVIDERS_SQL_H
#define PROVIDERS_PROVIDERS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct db;

#line 1 "app/providers/providers.sql"
struct provider {
	int64_t id;
	const char *name;
};

struct provider_list {
	const struct provider *row;
	size_t count;
};

#line 3 "app/providers/providers.sql"
struct provider_list provider_list(struct db *db);

#endif
