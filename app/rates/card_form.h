/*
 * The form of a rate card: its name, its days, its own rate with limits, and
 * its bands; the rest of a card comes with a file.
 */
#ifndef RATES_CARD_FORM_H
#define RATES_CARD_FORM_H

#include "base/form.h"
#include "rates/card_write.h"
#include "rates/rate_documents.h"

struct card_form {
	const char *revision;
	const char *name;
	int32_t starts_on;
	int32_t ends_on;
	int64_t hourly_pence;
	int64_t floor_pence;
	int64_t ceiling_pence;
	bool has_hourly_pence;
	bool has_floor_pence;
	bool has_ceiling_pence;
	const char *up_to[PRICE_BANDS];
	int64_t percent[PRICE_BANDS];
};

extern const struct field card_fields[];

/* What the form shows of a document with one card. */
struct card_form card_form_of(
    struct arena *arena, const struct rate_document *document);

/*
 * Reads what was posted into *basics, with messages beside the fields for
 * what is wrong in itself.
 */
struct form *card_form_read(
    struct request *r, struct card_form *values, struct rate_basics *basics);

/* Puts what reading the changed document found wrong beside the fields. */
void card_form_faults(struct form *form, struct rate_faults faults);

/* The bands that the page shows, names of fields: those filled and two more. */
struct band_field {
	const char *title;
	const char *up_to;
	const char *percent;
};

struct band_field_list {
	const struct band_field *row;
	size_t count;
};

struct band_field_list card_form_bands(
    struct request *r, const struct form *form);

#endif
