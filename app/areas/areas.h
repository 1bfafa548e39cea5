/*
 * Where care is given: a council's areas and the hours in them, and what a
 * postcode tells: its sector, the area that suggests and how rural it is.
 */
#ifndef AREAS_AREAS_H
#define AREAS_AREAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "areas/areas.sql.h"
#include "base/form.h"

/* urban, semi_rural and rural with their labels, as the database has them. */
extern const struct choice rurality_choices[];

/* "Semi-rural" for "semi_rural"; the code itself when it is unknown. */
const char *rurality_label(const char *rurality);

/* What is known of a postcode; place is NULL when its sector is unknown. */
struct postcode_place {
	const char *postcode; /* "AL1 1AA" */
	const char *sector;   /* "AL1 1" */
	const struct sector_place *place;
	struct sector_area_list areas; /* greatest share first, by scheme */
};

/*
 * Looks a well-formed postcode (FIELD_POSTCODE) up for a council, in the
 * schemes of its own and of the frameworks that it may call off from.
 */
struct postcode_place postcode_find(
    struct request *r, const char *postcode, int64_t council);

/* Areas of one scheme, with the sums of the hours that are known. */
struct area_scheme_hours {
	const char *name;
	const char *council; /* NULL when it is the reader's own */
	struct area_line_list areas;
	int64_t total_hours;
	int64_t spot_hours;
	bool has_hours;
};

struct area_scheme_hours_list {
	const struct area_scheme_hours *row;
	size_t count;
};

/* Cuts the rows of area_list, which are sorted by scheme, into schemes. */
struct area_scheme_hours_list area_schemes(
    struct request *r, struct area_line_list areas);

/*
 * "77.94%" of part in whole, to two decimals, half up: worked out from the
 * hours and never stored. "" when the whole is 0.
 */
const char *percent_text(struct request *r, int64_t part, int64_t whole);

/* "22,396" */
const char *thousands_text(struct request *r, int64_t number);

#endif
