/*
 * What the formulas for rates go by, kept as rows with dates: the least pay,
 * what stands between a wage and a price, and the yearly uplifts.
 */
#ifndef RATES_FORMULAS_H
#define RATES_FORMULAS_H

#include "base/form.h"
#include "matching/uplift.h"

struct request;

/* All rows of the council, as app/matching takes them; in the arena. */
struct uplift_rows formula_rows(struct request *r);

/* "12.07" of hundredths, which may be below nothing: "-0.5". */
const char *share_text(struct request *r, int32_t hundredths);

/* Reads that; false when it is none, or beyond 100 per cent. */
bool share_parse(const char *text, bool may_be_below, int32_t *hundredths);

/* A row as the list shows it. */
struct formula_line {
	int64_t id;
	const char *from;
	const char *words;
};

struct formula_line_list {
	const struct formula_line *row;
	size_t count;
};

/* A kind of row: its table, its form, and how a row is kept. */
struct formula_kind {
	const char *slug;
	const char *title;
	const char *lead;
	const char *add; /* "Add a wage" */
	const struct field *fields;
	struct formula_line_list (*lines)(struct request *r);
	/* Keeps a good form; false with messages when it cannot. */
	bool (*keep)(struct request *r, struct form *form, const void *values);
	bool (*remove)(struct request *r, int64_t id);
};

/* What every form of a kind fills. */
struct formula_form {
	int32_t starts_on;
	const char *name;
	int64_t hourly_pence;
	int64_t travel_minutes;
	bool has_travel_minutes;
	int64_t mileage_pence;
	bool has_mileage_pence;
	const char *holiday;
	const char *insurance;
	int64_t insurance_free_pence;
	bool has_insurance_free_pence;
	const char *pension;
	int64_t overhead_pence;
	bool has_overhead_pence;
	const char *overhead;
	const char *margin;
	const char *formula;
	const char *wage;
	const char *price;
	const char *inflation;
	int64_t cap_pence;
	bool has_cap_pence;
};

extern const struct formula_kind formula_wages;
extern const struct formula_kind formula_costs;
extern const struct formula_kind formula_uplifts;

/* The kinds in the order of the page; ends with NULL. */
extern const struct formula_kind *const formula_kinds[];

#endif
