/*
 * A map of areas as SVG, drawn here so that pages need no script: every place
 * has the cell of what lies nearest to it, and the cells of one area are drawn
 * together. Areas that are marked differ by hatching, not by colour alone. A
 * table beside it says the same in words.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/html.h"

struct arena;

/* Where a place lies (WGS84), and its area, numbered from 0. */
struct map_place {
	double latitude;
	double longitude;
	size_t area;
};

struct map_area {
	const char *title; /* shown where a pointer rests, and read out */
	const char *label; /* short, in its middle */
	bool is_marked;
};

struct map {
	const char *id; /* letters and "-"; different for each on a page */
	const char *title;
	const char *description; /* what one should see in it */
	const struct map_place *place;
	size_t place_count;
	const struct map_area *area;
	size_t area_count;
};

/*
 * As wide as where it stands, north at the top. Two places at one point share
 * it in their order. Empty without a place.
 */
struct safe_html map_areas(struct arena *arena, const struct map *map);

/* A square as a marked area or another looks, for the legend; decorative. */
struct safe_html map_swatch(
    struct arena *arena, const struct map *map, bool is_marked);

#endif
