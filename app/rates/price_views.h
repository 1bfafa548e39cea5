/* What the pages that price visits and mixes of calls show. */
#ifndef RATES_PRICE_VIEWS_H
#define RATES_PRICE_VIEWS_H

#include "base/form.h"
#include "rates/views.h"

/* A step of the working. */
struct price_step {
	const char *text;
	const char *pence;
};

struct price_step_list {
	const struct price_step *row;
	size_t count;
};

struct price_view {
	const struct rate_view *card; /* its version NULL: none in force */
	const struct form *form;
	const char *none;             /* why there is no price, or NULL */
	const char *source;           /* where the rate comes from */
	struct price_step_list steps; /* none before it was asked for */
	const char *total;
	const char *hourly; /* "" in absence and for no time */
	const char *early;  /* "" unless leaving early pays as much */
};

struct mix_line {
	const char *length;
	const char *count;
	const char *price;
	const char *hourly;
	const char *early;
};

struct mix_line_list {
	const struct mix_line *row;
	size_t count;
};

struct mix_field {
	const char *length;
	const char *count;
};

struct mix_field_list {
	const struct mix_field *row;
	size_t count;
};

struct mix_view {
	const struct rate_view *card;
	const struct form *form;
	struct mix_field_list fields;
	struct mix_line_list lines; /* none before it was asked for */
	const char *average;
};

#endif
