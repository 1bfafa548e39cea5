/* Draws bars. Lengths across are in hundredths of a per cent of the width. */
#include "base/chart.h"

#include <inttypes.h>

#include "base/arena.h"

enum {
	SVG_MAXIMUM = 1 << 20,
	/* Pixels, downwards. */
	TOP = 16,
	HEIGHT = 240,
	BELOW = 30,
	/* Hundredths of a per cent. */
	LEFT = 1200,
	WHOLE = 10000,
	MARKS = 5,
};

/* The next of 1, 2, 5, 10, 20 ... that makes at most MARKS steps of `most`. */
static int64_t
step_of(int64_t most)
{
	static const int64_t leads[] = { 1, 2, 5 };
	int64_t ten = 1;
	size_t i;

	for (;; ten *= 10)
		for (i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
			if (most <= leads[i] * ten * MARKS)
				return leads[i] * ten;
}

static int64_t
bar_sum(const struct chart *chart, size_t bar)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < chart->series_count; i++)
		sum += chart->series[i].value[bar];
	return sum;
}

static int64_t
highest(const struct chart *chart)
{
	int64_t most = 0;
	size_t bar;

	for (bar = 0; bar < chart->count; bar++)
		if (bar_sum(chart, bar) > most)
			most = bar_sum(chart, bar);
	return most;
}

/* "12.34%" of hundredths. */
static void
across_add(struct buffer *out, const char *name, int64_t hundredths)
{
	buffer_printf(out, " %s=\"%" PRId64 ".%02" PRId64 "%%\"", name,
	    hundredths / 100, hundredths % 100);
}

/* --- Patterns ------------------------------------------------------------- */

/* Full; slanting lines; dots. The shades are those of the style sheet. */
static void
patterns_add(struct buffer *out, const struct chart *chart)
{
	static const char *const shapes[CHART_SERIES] = {
		"<path class=\"chart-1\" d=\"M0 0h6v6H0z\"/>",
		"<path class=\"chart-2\" d=\"M-1 1 1-1M0 6 6 0M5 7 7 5\"/>",
		"<path class=\"chart-3\" d=\"M1 1h2v2H1zM4 4h2v2H4z\"/>",
	};
	size_t i;

	buffer_text(out, "<defs>");
	for (i = 0; i < chart->series_count; i++)
		buffer_printf(out,
		    "<pattern id=\"%s-%zu\" width=\"6\" height=\"6\" "
		    "patternUnits=\"userSpaceOnUse\">"
		    "<path class=\"chart-paper\" d=\"M0 0h6v6H0z\"/>%s"
		    "</pattern>",
		    chart->id, i + 1, shapes[i]);
	buffer_text(out, "</defs>");
}

/* --- The picture ---------------------------------------------------------- */

static void
grid_add(struct buffer *out, int64_t top, int64_t step)
{
	int64_t mark;

	for (mark = 0; mark <= top; mark += step) {
		const int64_t y = TOP + HEIGHT - mark * HEIGHT / top;

		buffer_printf(out, "<line class=\"%s\"",
		    mark == 0 ? "chart-axis" : "chart-grid");
		across_add(out, "x1", LEFT);
		buffer_printf(out,
		    " x2=\"100%%\" y1=\"%" PRId64 "\" y2=\"%" PRId64 "\"/>", y,
		    y);
		buffer_text(out, "<text text-anchor=\"end\"");
		across_add(out, "x", LEFT - 80);
		buffer_printf(out, " y=\"%" PRId64 "\">%s</text>", y + 5,
		    text_number(out->arena, mark));
	}
}

static void
bar_add(struct buffer *out, const struct chart *chart, size_t bar, int64_t top)
{
	const int64_t width = (WHOLE - LEFT) / (int64_t)chart->count;
	const int64_t x = LEFT + width * (int64_t)bar;
	int64_t below = 0;
	size_t i;

	buffer_text(out, "<g><title>");
	html_text(out, chart->label[bar]);
	for (i = 0; i < chart->series_count; i++) {
		buffer_text(out, i == 0 ? ": " : ", ");
		html_text(out, chart->series[i].label);
		buffer_printf(out, " %s",
		    text_number(out->arena, chart->series[i].value[bar]));
	}
	buffer_text(out, "</title>");
	for (i = 0; i < chart->series_count; i++) {
		const int64_t value = chart->series[i].value[bar];
		const int64_t low = TOP + HEIGHT - below * HEIGHT / top;
		const int64_t high = TOP + HEIGHT -
		                     (below + value) * HEIGHT / top;

		below += value;
		if (high == low)
			continue;
		buffer_printf(out, "<rect class=\"chart-edge-%zu\"", i + 1);
		across_add(out, "x", x + width / 8);
		across_add(out, "width", width - width / 4);
		buffer_printf(out,
		    " y=\"%" PRId64 "\" height=\"%" PRId64
		    "\" fill=\"url(#%s-%zu)\"/>",
		    high, low - high, chart->id, i + 1);
	}
	buffer_text(out, "</g>");
	if (chart->mark[bar] == NULL)
		return;
	/* The last one must not stand out over the edge. */
	buffer_printf(out, "<text text-anchor=\"%s\"",
	    bar + 1 == chart->count ? "end" : "middle");
	across_add(out, "x", bar + 1 == chart->count ? WHOLE : x + width / 2);
	buffer_printf(out, " y=\"%d\">", TOP + HEIGHT + 20);
	html_text(out, chart->mark[bar]);
	buffer_text(out, "</text>");
}

struct safe_html
chart_bars(struct arena *arena, const struct chart *chart)
{
	const int64_t most = highest(chart);
	const int64_t step = step_of(most);
	const int64_t top = most > 0 ? (most + step - 1) / step * step : step;
	struct buffer out = buffer_new(arena, 16384, SVG_MAXIMUM);
	size_t bar;

	buffer_printf(&out,
	    "<svg class=\"hearth-chart\" xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"100%%\" height=\"%d\" role=\"img\" "
	    "aria-labelledby=\"%s-title %s-desc\"><title id=\"%s-title\">",
	    TOP + HEIGHT + BELOW, chart->id, chart->id, chart->id);
	html_text(&out, chart->title);
	buffer_printf(&out, "</title><desc id=\"%s-desc\">", chart->id);
	html_text(&out, chart->description);
	buffer_text(&out, "</desc>");
	patterns_add(&out, chart);
	grid_add(&out, top, step);
	for (bar = 0; bar < chart->count; bar++)
		bar_add(&out, chart, bar, top);
	buffer_text(&out, "</svg>");
	return (struct safe_html) { out.data, out.length };
}

struct safe_html
chart_swatch(struct arena *arena, const struct chart *chart, size_t series)
{
	struct buffer out = buffer_new(arena, 256, SVG_MAXIMUM);

	buffer_printf(&out,
	    "<svg class=\"hearth-swatch\" "
	    "xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\" "
	    "aria-hidden=\"true\" focusable=\"false\">"
	    "<rect class=\"chart-edge-%zu\" x=\"1\" y=\"1\" width=\"18\" "
	    "height=\"18\" fill=\"url(#%s-%zu)\"/></svg>",
	    series + 1, chart->id, series + 1);
	return (struct safe_html) { out.data, out.length };
}
