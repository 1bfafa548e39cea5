/*
 * Rate documents changed as JSON, so that what a form does not know of stays
 * as it was written. Those given here have been read without a fault.
 */
#ifndef RATES_CARD_WRITE_H
#define RATES_CARD_WRITE_H

#include "matching/price.h"

struct arena;

/* What a form knows of a document with one card; amounts of 0 are none. */
struct rate_basics {
	const char *name;
	int32_t starts_on; /* days since 1970 */
	int32_t ends_on;   /* 0 = open */
	int64_t hourly_pence;
	int64_t floor_pence;
	int64_t ceiling_pence;
	struct price_band band[PRICE_BANDS];
	size_t band_count;
};

/* A document of nothing but that. */
const char *rate_document_begin(
    struct arena *arena, const struct rate_basics *basics);

/* The document with its card changed in that. */
const char *rate_document_change(struct arena *arena, const char *document,
    const struct rate_basics *basics);

/*
 * The document with one of its cards alone, and without bank holidays, which
 * the council has of its own.
 */
const char *rate_document_of_card(
    struct arena *arena, const char *document, size_t card);

/* "20:59" of seconds. */
const char *rate_length(struct arena *arena, int32_t seconds);

#endif
