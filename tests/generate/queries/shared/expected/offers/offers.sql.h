/* Written by generate-queries from app/offers/offers.sql: change that. */
#ifndef OFFERS_OFFERS_SQL_H
#define OFFERS_OFFERS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "providers/providers.sql.h"

struct db;

#line 3 "app/offers/offers.sql"
const struct provider *provider_of_offer(struct db *db, int64_t offer);

#endif
