/* Written by generate-queries from app/offers/offers.sql: change that. */
#ifndef OFFERS_OFFERS_SQL_H
#define OFFERS_OFFERS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct db;

/*
 * One offer: what was asked and what it costs.
 */
#line 3 "app/offers/offers.sql"
struct offer {
	int64_t id;
	const char *reference;
	int64_t price_pence;
	bool has_price_pence;
	int32_t starts_on;
	bool is_open;
	double score;
	bool has_score;
};

struct offer_list {
	const struct offer *row;
	size_t count;
};

/*
 * Seen by the provider it was sent to; by nobody else.
 *
 * A comment in C ends with * / and begins with / *.
 */
#line 7 "app/offers/offers.sql"
const struct offer *offer_by_reference(struct db *db, const char *reference, int64_t viewer);

#line 16 "app/offers/offers.sql"
struct offer_list offer_list_open(struct db *db, int64_t viewer, int64_t since, const int32_t *most);

#line 25 "app/offers/offers.sql"
int64_t offer_count(struct db *db);

#line 28 "app/offers/offers.sql"
int32_t offer_first_day(struct db *db);

#line 31 "app/offers/offers.sql"
int64_t offer_insert(struct db *db, const char *reference, const int64_t *price_pence, int32_t starts_on, const bool *is_open, const double *score, const char *note, struct bytes seal, struct text_list areas, struct int64_list needs);

#endif
