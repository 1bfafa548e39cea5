/*
 * Coverage: where the hours that providers offer meet the hours needed, by
 * area, under any scheme of areas and any cap on areas per provider. It only
 * reckons; what is in force is left to others.
 */
#ifndef MATCHING_COVER_H
#define MATCHING_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	COVER_SECTORS = 50000,
	COVER_AREAS = 1024,
	COVER_PROVIDERS = 4000,
	COVER_CELLS = 4000,
	COVER_MINUTES = 100000000, /* needed in a sector, or offered */
};

enum cover_rurality {
	COVER_URBAN,
	COVER_SEMI_RURAL,
	COVER_RURAL,
	COVER_RURALITIES,
};

struct cover_sector {
	int32_t minutes; /* needed a week */
	enum cover_rurality rurality;
};

/* A partition of the sectors: the area of each, numbered from 0. */
struct cover_scheme {
	const uint32_t *area;
	size_t area_count;
};

/*
 * The areas of the offered scheme that a provider serves, those it likes best
 * first, and the ruralities (bits) it serves there; minutes are a week's, all
 * together.
 */
struct cover_provider {
	int64_t order; /* unique */
	int32_t minutes;
	uint32_t ruralities;
	const uint32_t *area;
	size_t area_count;
};

/*
 * `shown` may be another scheme than the one that providers chose areas of;
 * there a provider serves what it serves now. `cap` is how many areas of the
 * shown scheme a provider may serve, 0 for any number: it keeps those that
 * its best liked areas lead to, of equal ones those where more is needed.
 */
struct cover {
	const struct cover_sector *sector;
	size_t sector_count;
	struct cover_scheme offered;
	struct cover_scheme shown;
	const struct cover_provider *provider;
	size_t provider_count;
	size_t cap;
};

/*
 * `met` under the best use of what is offered; `providers` that serve some of
 * the area, with `reach_minutes` offered in all, which other areas may want
 * too.
 */
struct cover_area {
	int64_t needed[COVER_RURALITIES];
	int64_t met[COVER_RURALITIES];
	int64_t needed_minutes;
	int64_t met_minutes;
	int64_t gap_minutes;
	int64_t reach_minutes;
	size_t providers;
};

struct cover_result {
	const struct cover_area *area; /* of the shown scheme */
	size_t count;
	int64_t needed_minutes;
	int64_t offered_minutes;
	int64_t met_minutes; /* no use of the hours meets more */
};

/* Says in a sentence (in the arena) what is wrong, or NULL. */
const char *cover_check(struct arena *arena, const struct cover *cover);

/*
 * Uses the offered hours so that most are met, of equal ways as the providers
 * like best. Expects a cover that passed the check.
 */
struct cover_result cover_solve(struct arena *arena, const struct cover *cover);

#endif
