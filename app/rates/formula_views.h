/* What the pages of formulas show. */
#ifndef RATES_FORMULA_VIEWS_H
#define RATES_FORMULA_VIEWS_H

#include "rates/formulas.h"
#include "rates/price_views.h"

/* All kinds of rows, each with its lines, in the order of formula_kinds. */
struct formula_table {
	const struct formula_kind *kind;
	struct formula_line_list lines;
};

struct formula_table_list {
	const struct formula_table *row;
	size_t count;
};

struct wage_view {
	const struct form *form;
	const char *verdict;          /* against the least pay, or NULL */
	const char *none;             /* why there is no price, or NULL */
	struct price_step_list steps; /* none before it was asked for */
	const char *price;
	const char *without_travel;
};

struct uplift_view {
	const struct form *form;
	const char *fault;      /* of the rows together, or NULL */
	struct text_list years; /* a sentence each */
	const char *capped;     /* NULL before it was asked for */
	const char *uncapped;
	const char *difference;
};

#endif
