/* The waiting list of any week, with the half year before it. */
#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "packages/board.sql.h"
#include "permissions.h"
#include "templates.h"
#include "waiting/waiting.h"
#include "waiting/waiting_pages.h"

enum { WEEKS = 26 };

static struct choice_list
area_choices(struct request *r)
{
	const struct board_area_list areas = board_area_list(
	    r->db, r->session.council_id);
	struct choice *row = arena_array(r->arena, areas.count, sizeof(*row));
	size_t i;

	for (i = 0; i < areas.count; i++)
		row[i] = (struct choice) { areas.row[i].code, areas.row[i].name,
			NULL };
	return (struct choice_list) { row, areas.count };
}

/* The label of what is asked for in the query; NULL when it is not offered. */
static const struct choice *
choice_asked(
    const struct request *r, const char *name, struct choice_list choices)
{
	const char *value = request_query(r, name);
	const struct choice *choice = choices.row;
	size_t i;

	for (i = 0; i < choices.count; i++, choice++)
		if (text_equal(choice->value, value))
			return choice;
	return NULL;
}

static const char *
value_of(const struct choice *choice)
{
	return choice != NULL ? choice->value : "";
}

/* The address of another week, or of the file, with the same filters. */
static const char *
address_of_week(struct request *r, const struct waiting_view *view,
    const char *path, int32_t monday)
{
	int32_t year, month, date;

	date_split(monday, &year, &month, &date);
	return arena_printf(r->arena,
	    "%s?week=%04d-%02d-%02d&area=%s&group=%s&reason=%s", path,
	    (int)year, (int)month, (int)date, url_encode(r, view->area),
	    url_encode(r, view->group), url_encode(r, view->reason));
}

/* Filters and weeks with their sums: what page and file share. */
static struct waiting_view
view_load(struct request *r)
{
	const int64_t council = r->session.council_id;
	const int32_t this_week = week_monday(clock_local_date(r->now));
	const struct choice_list reasons = { wait_reasons, WAIT_REASONS };
	struct waiting_view view = {
		.areas = area_choices(r),
		.groups = term_choices(r, "service_user_group"),
	};
	const struct choice *area = choice_asked(r, "area", view.areas);
	const struct choice *group = choice_asked(r, "group", view.groups);
	int64_t *instants = arena_array(r->arena, WEEKS, sizeof(*instants));
	int32_t monday;
	size_t i;

	view.area = value_of(area);
	view.group = value_of(group);
	view.reason = value_of(choice_asked(r, "reason", reasons));
	view.has_filter = *view.area != '\0' || *view.group != '\0' ||
	                  *view.reason != '\0';
	view.filter_text = arena_printf(r->arena, "%s%s%s%s",
	    area != NULL ? " in " : "", area != NULL ? area->label : "",
	    group != NULL ? ", " : "",
	    group != NULL ? text_lower(r->arena, group->label) : "");
	if (!week_parse(request_query(r, "week"), &monday) ||
	    monday > this_week)
		monday = this_week;
	view.is_now = monday == this_week;
	view.weeks = weeks_until(r->arena, monday, WEEKS, r->now);
	view.week = &view.weeks.row[WEEKS - 1];
	for (i = 0; i < WEEKS; i++)
		instants[i] = view.weeks.row[i].instant;
	weeks_fill(view.weeks, wait_sum_list(r->db, council,
				   (struct int64_list) { instants, WEEKS },
				   view.area, view.group, view.reason));
	return view;
}

/* The parts come with those of areas first. */
static void
parts_divide(struct waiting_view *view, struct wait_part_list parts)
{
	size_t areas = 0;

	while (areas < parts.count && parts.row[areas].is_area)
		areas++;
	view->by_area = (struct wait_part_list) { parts.row, areas };
	view->by_group = (struct wait_part_list) { parts.row + areas,
		parts.count - areas };
}

/* GET /waiting */
struct reply
waiting_show(struct request *r)
{
	struct waiting_view view = view_load(r);
	const int32_t monday = view.week->monday;

	parts_divide(
	    &view, wait_part_list(r->db, r->session.council_id,
		       view.week->instant, view.area, view.group, view.reason));
	view.picture = wait_picture(r, view.weeks);
	view.can_open = view.is_now &&
	                permission_has(r->session.role, PACKAGE_READ);
	view.earlier = address_of_week(r, &view, "/waiting", monday - 7);
	if (!view.is_now)
		view.later = address_of_week(r, &view, "/waiting", monday + 7);
	view.this_week = address_of_week(
	    r, &view, "/waiting", week_monday(clock_local_date(r->now)));
	view.csv = address_of_week(r, &view, "/waiting.csv", monday);
	render_waiting_show(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /waiting.csv */
struct reply
waiting_download(struct request *r)
{
	const struct waiting_view view = view_load(r);
	int32_t year, month, date;

	date_split(view.week->monday, &year, &month, &date);
	return reply_file(r,
	    arena_printf(r->arena, "waiting-list-%04d-%02d-%02d.csv", (int)year,
		(int)month, (int)date),
	    "text/csv; charset=utf-8", wait_csv(r->arena, view.weeks));
}
