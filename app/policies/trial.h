/*
 * Two policies on the same packages, beside each other: whom they would have
 * asked, who would have won, when, at what price and how far away. Nothing is
 * written. How a provider that was not asked then would have answered nobody
 * knows; what is taken for it is said on the page.
 */
#ifndef POLICIES_TRIAL_H
#define POLICIES_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "matching/policy.h"

struct arena;
struct db;

/* Packages that one page works through, in about a second. */
enum { TRIAL_PORTION = 300 };

enum trial_end {
	TRIAL_PLACED,
	TRIAL_BROKER, /* no reply of some: a broker would have decided */
	TRIAL_NOBODY,
};

/* How one policy would have gone for one package. */
struct trial_outcome {
	enum trial_end end;
	int64_t organisation_id; /* placed only, as all that follows */
	const char *organisation;
	int64_t waited;          /* microseconds from the offers to the award */
	int64_t starts_at;       /* of care */
	int64_t week_pence;      /* 0 = not known */
	int32_t distance_metres; /* 0 = not known */
	int32_t waves;           /* how many times providers were asked */
	bool is_assumed;         /* the winner's answer is not known */
};

struct trial_line {
	const char *package_reference;
	int64_t at; /* when the offers go out */
	struct trial_outcome present;
	struct trial_outcome tried;
	bool is_other; /* in any of its figures */
};

struct trial_line_list {
	const struct trial_line *row;
	size_t count;
};

/* All packages under one policy. */
struct trial_total {
	int64_t placed_at_once; /* by those who were asked first */
	int64_t placed_later;
	int64_t not_placed;
	int64_t waited;     /* mean, of the placed */
	int64_t week_pence; /* mean, of those with a price */
	int64_t metres;     /* mean, of those with a distance */
};

struct trial {
	struct trial_line_list lines;
	struct trial_total present;
	struct trial_total tried;
	size_t other_count;
	bool is_cut; /* there are too many providers for all of the portion */
};

/*
 * Tries `tried` beside `present` on what a council offered or put on the
 * waiting list since an instant, of one framework: a portion of it, the newest
 * first, from an offset on. Lives in the arena.
 */
struct trial trial_run(struct db *db, struct arena *arena, int64_t council,
    int64_t framework, int64_t since, int64_t offset,
    const struct policy *present, const struct policy *tried);

#endif
