/* The weeks as bars: who waits for what, stacked. */
#include "base/arena.h"
#include "base/chart.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "waiting/waiting.h"

enum { WEEKS_A_MARK = 7 };

/* What one should see: first, last, highest and lowest. */
static const char *
description(struct request *r, struct wait_week_list weeks)
{
	const struct wait_week *first = &weeks.row[0];
	const struct wait_week *last = &weeks.row[weeks.count - 1];
	const struct wait_week *most = first, *least = first;
	size_t i;

	for (i = 1; i < weeks.count; i++) {
		if (weeks.row[i].all.minutes > most->all.minutes)
			most = &weeks.row[i];
		if (weeks.row[i].all.minutes < least->all.minutes)
			least = &weeks.row[i];
	}
	return arena_printf(r->arena,
	    "Bars for %zu weeks, each of three parts: nothing in place at the "
	    "bottom, then interim care, then leaving reablement. From %s hours "
	    "in the week of %s to %s in the week of %s. Most in the week of "
	    "%s: %s. Least in the week of %s: %s. The table below has every "
	    "figure.",
	    weeks.count, wait_hours(r->arena, first->all.minutes),
	    day(r, first->monday), wait_hours(r->arena, last->all.minutes),
	    day(r, last->monday), day(r, most->monday),
	    wait_hours(r->arena, most->all.minutes), day(r, least->monday),
	    wait_hours(r->arena, least->all.minutes));
}

struct wait_picture
wait_picture(struct request *r, struct wait_week_list weeks)
{
	const char **label = arena_array(r->arena, weeks.count, sizeof(*label));
	const char **mark = arena_array(r->arena, weeks.count, sizeof(*mark));
	struct chart_series series[WAIT_REASONS];
	struct wait_picture picture;
	struct chart chart = {
		.id = "unmet",
		.title = arena_printf(r->arena,
		    "Hours a week still unmet, %zu weeks", weeks.count),
		.description = description(r, weeks),
		.label = label,
		.mark = mark,
		.count = weeks.count,
		.series = series,
		.series_count = WAIT_REASONS,
	};
	size_t week, reason;

	for (week = 0; week < weeks.count; week++) {
		const int32_t monday = weeks.row[week].monday;

		label[week] = arena_printf(
		    r->arena, "Week of %s", day(r, monday));
		if ((weeks.count - 1 - week) % WEEKS_A_MARK == 0)
			mark[week] = day_short(r, monday);
	}
	for (reason = 0; reason < WAIT_REASONS; reason++) {
		int64_t *value = arena_array(
		    r->arena, weeks.count, sizeof(*value));

		for (week = 0; week < weeks.count; week++)
			value[week] = money_round(
			    weeks.row[week].by[reason].minutes, 60);
		series[reason] =
		    (struct chart_series) { wait_reasons[reason].label, value };
	}
	picture.bars = chart_bars(r->arena, &chart);
	for (reason = 0; reason < WAIT_REASONS; reason++)
		picture.swatch[reason] = chart_swatch(r->arena, &chart, reason);
	return picture;
}
