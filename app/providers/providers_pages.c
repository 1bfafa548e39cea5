/* The register as a list, and one provider of it. */
#include "providers/providers_pages.h"

#include "areas/terms.h"
#include "base/arena.h"
#include "providers/register.h"
#include "templates.h"

enum { PAGE_ROWS = 20, MOST_PAGES = 100000 };

/* What a filter is set to; NULL when it is not set. */
static const char *
filter_value(struct request *r, const char *name)
{
	const char *value = request_query(r, name);

	if (value == NULL)
		return NULL;
	value = text_tidy(r->arena, value);
	return *value != '\0' ? value : NULL;
}

static void
filter_read(struct request *r, struct provider_filter *filter)
{
	filter->name = filter_value(r, "name");
	filter->area = filter_value(r, "area");
	filter->group = filter_value(r, "group");
	filter->specialism = filter_value(r, "specialism");
	filter->service_kind = filter_value(r, "service_kind");
	filter->spare = filter_value(r, "spare");
	filter->visit = filter_value(r, "visit");
	filter->state = filter_value(r, "state");
}

static struct choice_list
area_choices(struct request *r)
{
	const struct register_code_list areas = register_area_choices(
	    r->db, r->session.council_id);
	struct choice *rows = arena_array(r->arena, areas.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < areas.count; i++) {
		rows[i].value = areas.row[i].code;
		rows[i].label = areas.row[i].name;
	}
	return (struct choice_list) { rows, areas.count };
}

/* How the memberships on a page stand, council by council. */
static struct gate_sheet_list
sheets_of(struct request *r, struct register_line_list lines)
{
	int64_t *ids = arena_array(r->arena, lines.count, sizeof(*ids));
	struct gate_sheet_list all = { NULL, 0 };
	struct gate_sheet *row = arena_array(
	    r->arena, lines.count, sizeof(*row));

	for (size_t i = 0; i < lines.count; i++) {
		const int64_t council = lines.row[i].council_id;
		struct int64_list list = { ids, 0 };
		struct gate_sheet_list some;
		bool is_done = false;

		for (size_t j = 0; j < i; j++)
			is_done |= lines.row[j].council_id == council;
		for (size_t j = i; j < lines.count && !is_done; j++)
			if (lines.row[j].council_id == council)
				ids[list.count++] =
				    lines.row[j].organisation_id;
		if (is_done)
			continue;
		some = gate_sheets_load(r, council, list);
		for (size_t j = 0; j < lines.count; j++) {
			const struct gate_sheet *sheet = gate_sheet_find(
			    some, lines.row[j].member_id);

			if (sheet != NULL)
				row[all.count++] = *sheet;
		}
	}
	all.row = row;
	return all;
}

/* GET /providers */
struct reply
provider_list(struct request *r)
{
	struct provider_list_view view = { .page = 1 };
	const struct provider_filter *filter = &view.filter;
	bool has_spare, is_visited;

	filter_read(r, &view.filter);
	has_spare = text_equal(filter->spare, "yes");
	is_visited = text_equal(filter->visit, "passed");
	view.areas = area_choices(r);
	view.groups = term_choices(r, "service_user_group");
	view.specialisms = term_choices(r, "specialism");
	view.service_kinds = term_choices(r, "service_kind");
	view.page = request_page(r, MOST_PAGES);
	view.lines = register_list(r->db, r->session.council_id, filter->name,
	    filter->area, filter->group, filter->specialism,
	    filter->service_kind, filter->spare != NULL ? &has_spare : NULL,
	    filter->visit != NULL ? &is_visited : NULL, filter->state,
	    view.page, PAGE_ROWS);
	if (view.lines.count > 0)
		view.total = view.lines.row[0].total;
	view.pages = (int32_t)((view.total + PAGE_ROWS - 1) / PAGE_ROWS);
	if (view.page > view.pages)
		view.page = view.pages;
	view.sheets = sheets_of(r, view.lines);
	render_providers_list(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /providers/:reference */
struct reply
provider_show(struct request *r)
{
	struct provider_view view = register_view(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	register_load(r, &view);
	render_providers_show(r, &view);
	return reply_page(r, HTTP_OK);
}
