/*
 * The waiting list as 002 paragraph 2.1.1 tells it: hours a week and people
 * still unmet, split by reason, week by week. Unmet is hours wanted minus
 * hours in place, from waiting to the start of care. A past week is what it
 * was at its end; the week that runs is what it is now.
 */
#ifndef WAITING_H
#define WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "base/html.h"
#include "waiting/waiting.sql.h"

struct arena;
struct request;

enum wait_reason {
	WAIT_NOTHING,
	WAIT_INTERIM,
	WAIT_REABLEMENT,
	WAIT_REASONS,
};

/* The code as the database has it, and how it is called. */
extern const struct choice wait_reasons[WAIT_REASONS + 1];

struct wait_count {
	int64_t minutes; /* a week */
	int64_t people;
};

struct wait_week {
	int32_t monday;
	int64_t instant; /* as of when: its end, or now */
	struct wait_count all;
	struct wait_count by[WAIT_REASONS];
};

struct wait_week_list {
	struct wait_week *row;
	size_t count;
};

/* The Monday of the week of a date. */
int32_t week_monday(int32_t date);

/* "2026-11-16" as its Monday; false when it is no date. */
bool week_parse(const char *text, int32_t *monday);

/*
 * `count` weeks up to that of `monday`, oldest first, with their instants and
 * nothing counted yet. `now` stands for the end of the week it lies in.
 */
struct wait_week_list weeks_until(
    struct arena *arena, int32_t monday, size_t count, int64_t now);

/* Puts the sums of the database (place counts from 1) into their weeks. */
void weeks_fill(struct wait_week_list weeks, struct wait_sum_list sums);

/*
 * The report in sentences: "1,737 hours a week for 161 people are still
 * unmet. 92 of them have a service and wait for a change, 57 of those leaving
 * reablement. 69 have nothing in place." `is_past` puts it so.
 */
const char *wait_sentence(
    struct arena *arena, const struct wait_week *week, bool is_past);

/* "1,737" or "864.25": hours of minutes, with commas. */
const char *wait_hours(struct arena *arena, int64_t minutes);

/* "864.25 hours, 69 people"; "none". */
const char *wait_share(struct arena *arena, int64_t minutes, int64_t people);

/* The picture of the weeks, its swatches, and its description. */
struct wait_picture {
	struct safe_html bars;
	struct safe_html swatch[WAIT_REASONS];
};

struct wait_picture wait_picture(
    struct request *r, struct wait_week_list weeks);

/* The weeks as a CSV file (RFC 4180), one line a week, hours as decimals. */
struct bytes wait_csv(struct arena *arena, struct wait_week_list weeks);

struct waiting_view {
	const char *area; /* codes of the filters, "" for none */
	const char *group;
	const char *reason;
	struct choice_list areas;
	struct choice_list groups;
	bool has_filter;
	const char *filter_text; /* "in Fenland, for older people"; "" */
	struct wait_week_list weeks;
	const struct wait_week *week; /* the one that is shown */
	bool is_now;
	struct wait_part_list by_area;
	struct wait_part_list by_group;
	struct wait_picture picture;
	bool can_open;       /* may see the packages */
	const char *earlier; /* addresses of other weeks; NULL: none */
	const char *later;
	const char *this_week;
	const char *csv;
};

#endif
