/*
 * Cells: around each place a polygon, cut along the middle between it and
 * every place near by.
 */
#include "base/map.h"

#include <math.h>
#include <stdint.h>

#include "base/arena.h"

enum {
	WIDTH = 1000,
	MARGIN = 12,
	CORNERS = 16, /* of a cell that nothing cuts */
	MOST_CORNERS = 64,
	SVG_MAXIMUM = 4 * 1024 * 1024,
	TINTS = 4,
};

/* How far a cell reaches where nothing lies near: about five kilometres. */
static const double reach_degrees = 0.045;
static const double half_turn = 180;
static const double pi = 3.14159265358979323846;

/* On the paper; `other` is the place beyond the edge that begins here. */
struct corner {
	double x;
	double y;
	size_t other;
};

struct cell {
	struct corner corner[MOST_CORNERS];
	size_t count;
};

struct paper {
	const struct map *map;
	double *x;
	double *y;
	double reach;
	double height;
};

static const size_t nobody = SIZE_MAX;

static struct paper
paper_new(struct arena *arena, const struct map *map)
{
	const size_t count = map->place_count;
	struct paper paper = { .map = map };
	double west = map->place[0].longitude, east = west;
	double north = map->place[0].latitude, south = north;
	double narrowing, scale, reach_east;
	size_t i;

	paper.x = arena_array(arena, count, sizeof(*paper.x));
	paper.y = arena_array(arena, count, sizeof(*paper.y));
	for (i = 1; i < count; i++) {
		west = fmin(west, map->place[i].longitude);
		east = fmax(east, map->place[i].longitude);
		north = fmax(north, map->place[i].latitude);
		south = fmin(south, map->place[i].latitude);
	}
	narrowing = cos((north + south) / 2 * pi / half_turn);
	reach_east = reach_degrees / narrowing;
	scale = (WIDTH - 2 * MARGIN) /
	        ((east - west + 2 * reach_east) * narrowing);
	paper.reach = reach_degrees * scale;
	paper.height = (north - south + 2 * reach_degrees) * scale + 2 * MARGIN;
	for (i = 0; i < count; i++) {
		paper.x[i] = MARGIN +
		             (map->place[i].longitude - west + reach_east) *
		                 narrowing * scale;
		paper.y[i] = MARGIN +
		             (north - map->place[i].latitude + reach_degrees) *
		                 scale;
	}
	return paper;
}

/*
 * Keeps the part of a cell on the near side of the middle between its place
 * and another: ahead * x + up * y <= limit.
 */
static void
cell_cut(struct cell *cell, double ahead, double up, double limit, size_t other)
{
	struct cell kept = { .count = 0 };
	size_t i;

	for (i = 0; i < cell->count; i++) {
		const struct corner *a = &cell->corner[i];
		const struct corner *b = &cell->corner[(i + 1) % cell->count];
		const double past_a = ahead * a->x + up * a->y - limit;
		const double past_b = ahead * b->x + up * b->y - limit;
		const double share = past_a / (past_a - past_b);

		if (past_a <= 0)
			kept.corner[kept.count++] = *a;
		if ((past_a <= 0) != (past_b <= 0))
			kept.corner[kept.count++] = (struct corner) {
				.x = a->x + (b->x - a->x) * share,
				.y = a->y + (b->y - a->y) * share,
				.other = past_a <= 0 ? other : a->other,
			};
		if (kept.count + 2 > MOST_CORNERS)
			break;
	}
	*cell = kept;
}

static struct cell
cell_of(const struct paper *paper, size_t place)
{
	const double x = paper->x[place], y = paper->y[place];
	struct cell cell = { .count = CORNERS };
	size_t i;

	for (i = 0; i < CORNERS; i++) {
		const double turn = 2 * pi * (double)i / CORNERS;

		cell.corner[i] = (struct corner) { x + paper->reach * cos(turn),
			y + paper->reach * sin(turn), nobody };
	}
	for (i = 0; i < paper->map->place_count; i++) {
		const double ahead = paper->x[i] - x, up = paper->y[i] - y;
		const double apart = ahead * ahead + up * up;

		if (apart > 0 && apart < 4 * paper->reach * paper->reach)
			cell_cut(&cell, ahead, up,
			    ahead * (x + ahead / 2) + up * (y + up / 2), i);
	}
	return cell;
}

/* Whether the edge from a corner parts two areas, or an area from nothing. */
static bool
is_border(const struct map *map, const struct corner *corner, size_t area)
{
	return corner->other == nobody ||
	       map->place[corner->other].area != area;
}

static void
point_add(struct buffer *out, char move, const struct corner *corner)
{
	buffer_printf(out, "%c%.0f %.0f", move, corner->x, corner->y);
}

static void
cells_add(struct buffer *out, const struct cell *cells, const struct map *map,
    size_t area, bool is_outline)
{
	size_t i, c;

	for (i = 0; i < map->place_count; i++) {
		const struct cell *cell = &cells[i];

		if (map->place[i].area != area || cell->count == 0)
			continue;
		for (c = 0; c < cell->count; c++) {
			const struct corner *a = &cell->corner[c];

			if (!is_outline) {
				point_add(out, c == 0 ? 'M' : 'L', a);
			} else if (is_border(map, a, area)) {
				point_add(out, 'M', a);
				point_add(out, 'L',
				    &cell->corner[(c + 1) % cell->count]);
			}
		}
		if (!is_outline)
			buffer_byte(out, 'Z');
	}
}

static void
area_add(struct buffer *out, const struct cell *cells, const struct map *map,
    size_t area)
{
	buffer_text(out, "<g><title>");
	html_text(out, map->area[area].title);
	buffer_printf(
	    out, "</title><path class=\"map-tint-%zu\" d=\"", area % TINTS + 1);
	cells_add(out, cells, map, area, false);
	buffer_text(out, "\"/>");
	if (map->area[area].is_marked) {
		buffer_printf(
		    out, "<path fill=\"url(#%s-mark)\" d=\"", map->id);
		cells_add(out, cells, map, area, false);
		buffer_text(out, "\"/>");
	}
	buffer_text(out, "<path class=\"map-border\" d=\"");
	cells_add(out, cells, map, area, true);
	buffer_text(out, "\"/></g>");
}

/* Over all areas, at the place that is nearest to the middle of its own. */
static void
label_add(struct buffer *out, const struct paper *paper, size_t area)
{
	const struct map *map = paper->map;
	double x = 0, y = 0, count = 0, nearest = INFINITY;
	size_t i, best = nobody;

	for (i = 0; i < map->place_count; i++)
		if (map->place[i].area == area) {
			x += paper->x[i];
			y += paper->y[i];
			count++;
		}
	for (i = 0; i < map->place_count; i++) {
		const double away = hypot(
		    paper->x[i] - x / count, paper->y[i] - y / count);

		if (map->place[i].area == area && away < nearest) {
			nearest = away;
			best = i;
		}
	}
	if (best == nobody)
		return;
	buffer_printf(out, "<text x=\"%.0f\" y=\"%.0f\">", paper->x[best],
	    paper->y[best]);
	html_text(out, map->area[area].label);
	buffer_text(out, "</text>");
}

static void
mark_add(struct buffer *out, const struct map *map, const char *suffix)
{
	buffer_printf(out,
	    "<defs><pattern id=\"%s-mark%s\" width=\"12\" height=\"12\" "
	    "patternUnits=\"userSpaceOnUse\" "
	    "patternTransform=\"rotate(45)\">"
	    "<path class=\"map-mark\" d=\"M0 0h5v12H0z\"/></pattern></defs>",
	    map->id, suffix);
}

struct safe_html
map_areas(struct arena *arena, const struct map *map)
{
	struct buffer out = buffer_new(arena, 65536, SVG_MAXIMUM);
	struct paper paper;
	struct cell *cells;
	size_t i;

	if (map->place_count == 0)
		return (struct safe_html) { "", 0 };
	paper = paper_new(arena, map);
	cells = arena_array(arena, map->place_count, sizeof(*cells));
	for (i = 0; i < map->place_count; i++)
		cells[i] = cell_of(&paper, i);
	buffer_printf(&out,
	    "<svg class=\"hearth-map\" xmlns=\"http://www.w3.org/2000/svg\" "
	    "viewBox=\"0 0 %d %.0f\" role=\"img\" "
	    "aria-labelledby=\"%s-title %s-desc\"><title id=\"%s-title\">",
	    WIDTH, paper.height, map->id, map->id, map->id);
	html_text(&out, map->title);
	buffer_printf(&out, "</title><desc id=\"%s-desc\">", map->id);
	html_text(&out, map->description);
	buffer_text(&out, "</desc>");
	mark_add(&out, map, "");
	for (i = 0; i < map->area_count; i++)
		area_add(&out, cells, map, i);
	for (i = 0; i < map->area_count; i++)
		label_add(&out, &paper, i);
	buffer_text(&out, "</svg>");
	return (struct safe_html) { out.data, out.length };
}

struct safe_html
map_swatch(struct arena *arena, const struct map *map, bool is_marked)
{
	struct buffer out = buffer_new(arena, 512, SVG_MAXIMUM);

	buffer_text(&out,
	    "<svg class=\"hearth-swatch\" "
	    "xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\" "
	    "aria-hidden=\"true\" focusable=\"false\">");
	if (is_marked)
		mark_add(&out, map, "-swatch");
	buffer_text(&out, "<path class=\"map-tint-1\" d=\"M1 1h18v18H1z\"/>");
	if (is_marked)
		buffer_printf(&out,
		    "<path fill=\"url(#%s-mark-swatch)\" "
		    "d=\"M1 1h18v18H1z\"/>",
		    map->id);
	buffer_text(
	    &out, "<path class=\"map-border\" d=\"M1 1h18v18H1z\"/></svg>");
	return (struct safe_html) { out.data, out.length };
}
