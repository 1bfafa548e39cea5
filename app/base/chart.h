/*
 * Pictures of figures as SVG, drawn here so that pages need no script. The
 * shares of a bar differ by pattern as well as by shade; the look of text and
 * lines is the style sheet's. A table beside it says the same in figures.
 */
#ifndef BASE_CHART_H
#define BASE_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "base/html.h"

struct arena;

enum { CHART_SERIES = 3 };

/* One part of every bar; `value` has as many members as there are bars. */
struct chart_series {
	const char *label;
	const int64_t *value; /* not negative */
};

struct chart {
	const char *id; /* letters and "-"; different for each on a page */
	const char *title;
	const char *description;  /* what one should see in it */
	const char *const *label; /* of each bar, in full */
	const char *const *mark;  /* below each bar, or NULL for none */
	size_t count;             /* of bars, up to 200 */
	const struct chart_series *series;
	size_t series_count; /* up to CHART_SERIES */
};

/*
 * Bars from the first on the left, their parts from the first at the bottom.
 * As wide as where it stands; text stays the same size.
 */
struct safe_html chart_bars(struct arena *arena, const struct chart *chart);

/* A square with the pattern of a series, for the legend; decorative. */
struct safe_html chart_swatch(
    struct arena *arena, const struct chart *chart, size_t series);

#endif
