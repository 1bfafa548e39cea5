/* The areas as a map, those with a gap marked. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/map.h"
#include "base/request.h"
#include "coverage/coverage.h"

/* "Fenland: 12.5 hours a week missing of 40". */
static const char *
area_title(struct request *r, const struct coverage_question *question,
    const struct coverage_line *line)
{
	const int64_t gap = coverage_gap(question, line);

	if (line->now.needed_minutes == 0)
		return arena_printf(
		    r->arena, "%s: no hours wait here", line->name);
	if (gap == 0)
		return arena_printf(r->arena,
		    "%s: all %s hours a week that wait can be met", line->name,
		    hours_text(r, line->now.needed_minutes));
	return arena_printf(r->arena, "%s: %s of %s hours a week cannot be met",
	    line->name, hours_text(r, gap),
	    hours_text(r, line->now.needed_minutes));
}

static const char *
description(struct request *r, const struct coverage_question *question,
    struct coverage_line_list lines)
{
	const struct coverage_line *widest = NULL;
	size_t gaps = 0, i;

	for (i = 0; i < lines.count; i++) {
		const int64_t gap = coverage_gap(question, &lines.row[i]);

		if (gap == 0)
			continue;
		gaps++;
		if (widest == NULL || gap > coverage_gap(question, widest))
			widest = &lines.row[i];
	}
	if (widest == NULL)
		return arena_printf(r->arena,
		    "%zu areas, each with its number in the table below. None "
		    "has a gap.",
		    lines.count);
	return arena_printf(r->arena,
	    "%zu areas, each with its number in the table below. %zu with a "
	    "gap %s hatched. The widest gap is in %s: %s hours a week.",
	    lines.count, gaps, gaps == 1 ? "is" : "are", widest->name,
	    hours_text(r, coverage_gap(question, widest)));
}

struct coverage_picture
coverage_picture(struct request *r, const struct coverage_question *question,
    const struct coverage *coverage)
{
	const size_t count = coverage->places.count;
	struct map_place *place = arena_array(r->arena, count, sizeof(*place));
	struct map_area *area = arena_array(
	    r->arena, coverage->lines.count, sizeof(*area));
	const struct map map = {
		.id = "coverage",
		.title = arena_printf(
		    r->arena, "Map of %s", question->scheme->name),
		.description = description(r, question, coverage->lines),
		.place = place,
		.place_count = coverage->lines.count > 0 ? count : 0,
		.area = area,
		.area_count = coverage->lines.count,
	};
	size_t i;

	for (i = 0; i < count; i++) {
		const struct cover_place *row = &coverage->places.row[i];

		place[i] = (struct map_place) { row->latitude, row->longitude,
			coverage->shown_area[i] };
	}
	for (i = 0; i < coverage->lines.count; i++) {
		const struct coverage_line *line = &coverage->lines.row[i];

		area[i] = (struct map_area) { area_title(r, question, line),
			text_number(r->arena, (int64_t)i + 1),
			coverage_gap(question, line) > 0 };
	}
	return (struct coverage_picture) { map_areas(r->arena, &map),
		map_swatch(r->arena, &map, false),
		map_swatch(r->arena, &map, true) };
}
