/*
 * Sectors of one shown area, one offered area and one rurality are alike, so
 * they are one cell; providers' hours flow into the cells they serve.
 */
#include "matching/cover.h"

#include "base/arena.h"
#include "matching/sort.h"
#include "matching/transport.h"

enum { UNLIKED = UINT32_MAX };

/* An hour met outweighs all that providers could like better. */
static const int64_t met_value = INT64_C(1) << 58;

struct cell {
	uint32_t shown;
	uint32_t offered;
	enum cover_rurality rurality;
	int64_t minutes;
};

struct map {
	struct arena *arena;
	const struct cover *cover;
	struct cell *cell;
	size_t cell_count;
	const uint32_t *provider; /* by order */
	struct cover_area *area;
};

/* A provider's view: how it likes each area, of either scheme. */
struct view {
	uint32_t *offered; /* place in its own order, or UNLIKED */
	uint32_t *shown;   /* the best place that leads there, or UNLIKED */
	int64_t *minutes;  /* needed in what it serves, by shown area */
};

static uint64_t
cell_key(const struct cover *cover, size_t sector)
{
	return ((uint64_t)cover->shown.area[sector] * COVER_AREAS +
		   cover->offered.area[sector]) *
	           COVER_RURALITIES +
	       (uint64_t)cover->sector[sector].rurality;
}

static void
cells_fill(struct map *map)
{
	const struct cover *cover = map->cover;
	size_t count = cover->sector_count;
	struct sort_item *items = arena_array(
	    map->arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(
	    map->arena, count, sizeof(*spare));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) { .key = cell_key(cover, i),
			.index = (uint32_t)i };
	sort_items(items, spare, count);
	map->cell = arena_array(map->arena, count, sizeof(*map->cell));
	for (size_t i = 0; i < count; i++) {
		uint32_t sector = items[i].index;

		if (i == 0 || items[i].key != items[i - 1].key)
			map->cell[map->cell_count++] = (struct cell) {
				.shown = cover->shown.area[sector],
				.offered = cover->offered.area[sector],
				.rurality = cover->sector[sector].rurality,
			};
		map->cell[map->cell_count - 1].minutes +=
		    cover->sector[sector].minutes;
	}
}

static void
providers_sort(struct map *map)
{
	size_t count = map->cover->provider_count;
	struct sort_item *items = arena_array(
	    map->arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(
	    map->arena, count, sizeof(*spare));
	uint32_t *provider = arena_array(map->arena, count, sizeof(*provider));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) {
			.key = (uint64_t)map->cover->provider[i].order ^
			       UINT64_C(1) << 63,
			.index = (uint32_t)i,
		};
	sort_items(items, spare, count);
	for (size_t i = 0; i < count; i++)
		provider[i] = items[i].index;
	map->provider = provider;
}

static bool
is_served(const struct view *view, const struct cover_provider *provider,
    const struct cell *cell)
{
	return view->offered[cell->offered] != UNLIKED &&
	       (provider->ruralities >> cell->rurality & 1) != 0;
}

static void
view_fill(const struct map *map, const struct cover_provider *provider,
    struct view *view)
{
	const struct cover *cover = map->cover;

	for (size_t a = 0; a < cover->offered.area_count; a++)
		view->offered[a] = UNLIKED;
	for (size_t a = 0; a < cover->shown.area_count; a++) {
		view->shown[a] = UNLIKED;
		view->minutes[a] = 0;
	}
	for (size_t i = 0; i < provider->area_count; i++)
		if (view->offered[provider->area[i]] == UNLIKED)
			view->offered[provider->area[i]] = (uint32_t)i;
	for (size_t c = 0; c < map->cell_count; c++) {
		const struct cell *cell = &map->cell[c];
		uint32_t place = view->offered[cell->offered];

		if (!is_served(view, provider, cell))
			continue;
		view->minutes[cell->shown] += cell->minutes;
		if (place < view->shown[cell->shown])
			view->shown[cell->shown] = place;
	}
}

/* Whether area `a` is kept before area `b`. */
static bool
is_kept_before(const struct view *view, size_t a, size_t b)
{
	if (view->shown[a] != view->shown[b])
		return view->shown[a] < view->shown[b];
	if (view->minutes[a] != view->minutes[b])
		return view->minutes[a] > view->minutes[b];
	return a < b;
}

/* Gives up the shown areas beyond the cap, the least liked first. */
static void
view_cap(const struct cover *cover, struct view *view)
{
	size_t count = 0;

	for (size_t a = 0; a < cover->shown.area_count; a++)
		count += view->shown[a] != UNLIKED;
	for (; cover->cap > 0 && count > cover->cap; count--) {
		size_t last = cover->shown.area_count;

		for (size_t a = 0; a < cover->shown.area_count; a++)
			if (view->shown[a] != UNLIKED &&
			    (last == cover->shown.area_count ||
				is_kept_before(view, last, a)))
				last = a;
		view->shown[last] = UNLIKED;
	}
}

static void
provider_reach(struct map *map, const struct cover_provider *provider,
    const struct view *view)
{
	for (size_t a = 0; a < map->cover->shown.area_count; a++) {
		if (view->shown[a] == UNLIKED)
			continue;
		map->area[a].providers++;
		map->area[a].reach_minutes += provider->minutes;
	}
}

static void
item_fill(struct map *map, const struct cover_provider *provider,
    const struct view *view, struct transport_item *item)
{
	struct transport_option *option = arena_array(
	    map->arena, map->cell_count, sizeof(*option));

	item->supply = provider->minutes;
	item->option = option;
	for (size_t c = 0; c < map->cell_count; c++) {
		const struct cell *cell = &map->cell[c];

		if (view->shown[cell->shown] == UNLIKED ||
		    !is_served(view, provider, cell))
			continue;
		option[item->option_count++] = (struct transport_option) {
			met_value - view->offered[cell->offered], (uint32_t)c
		};
	}
}

static struct transport
map_transport(struct map *map)
{
	const struct cover *cover = map->cover;
	struct transport_item *item = arena_array(
	    map->arena, cover->provider_count, sizeof(*item));
	int64_t *capacity = arena_array(
	    map->arena, map->cell_count, sizeof(*capacity));
	struct view view = {
		.offered = arena_array(map->arena, cover->offered.area_count,
		    sizeof(*view.offered)),
		.shown = arena_array(
		    map->arena, cover->shown.area_count, sizeof(*view.shown)),
		.minutes = arena_array(
		    map->arena, cover->shown.area_count, sizeof(*view.minutes)),
	};
	struct transport transport = { item, cover->provider_count, capacity,
		map->cell_count };

	for (size_t i = 0; i < cover->provider_count; i++) {
		const struct cover_provider *provider =
		    &cover->provider[map->provider[i]];

		view_fill(map, provider, &view);
		view_cap(cover, &view);
		provider_reach(map, provider, &view);
		item_fill(map, provider, &view, &item[i]);
	}
	for (size_t c = 0; c < map->cell_count; c++)
		capacity[c] = map->cell[c].minutes;
	return transport;
}

static void
areas_fill(struct map *map, const struct transport *transport,
    const struct transport_plan *plan)
{
	for (size_t c = 0; c < map->cell_count; c++) {
		const struct cell *cell = &map->cell[c];
		struct cover_area *area = &map->area[cell->shown];

		area->needed[cell->rurality] += cell->minutes;
		area->needed_minutes += cell->minutes;
		area->gap_minutes += cell->minutes;
	}
	for (size_t i = 0; i < plan->flow_count; i++) {
		const struct transport_flow *flow = &plan->flow[i];
		uint32_t pool =
		    transport->item[flow->item].option[flow->option].pool;
		const struct cell *cell = &map->cell[pool];
		struct cover_area *area = &map->area[cell->shown];

		area->met[cell->rurality] += flow->units;
		area->met_minutes += flow->units;
		area->gap_minutes -= flow->units;
	}
}

struct cover_result
cover_solve(struct arena *arena, const struct cover *cover)
{
	struct map map = {
		.arena = arena,
		.cover = cover,
		.area = arena_array(
		    arena, cover->shown.area_count, sizeof(*map.area)),
	};
	struct cover_result result = { .area = map.area,
		.count = cover->shown.area_count };
	struct transport transport;
	struct transport_plan plan;

	cells_fill(&map);
	providers_sort(&map);
	transport = map_transport(&map);
	plan = transport_solve(arena, &transport);
	areas_fill(&map, &transport, &plan);
	for (size_t i = 0; i < cover->sector_count; i++)
		result.needed_minutes += cover->sector[i].minutes;
	for (size_t i = 0; i < cover->provider_count; i++)
		result.offered_minutes += cover->provider[i].minutes;
	result.met_minutes = plan.units;
	return result;
}

static const char *
check_scheme(struct arena *arena, const struct cover *cover,
    const struct cover_scheme *scheme)
{
	if (scheme->area_count < 1 || scheme->area_count > COVER_AREAS)
		return arena_printf(
		    arena, "A scheme must have 1 to %d areas", COVER_AREAS);
	for (size_t i = 0; i < cover->sector_count; i++)
		if (scheme->area[i] >= scheme->area_count)
			return arena_printf(arena,
			    "Sector %zu lies in an area that is not there", i);
	return NULL;
}

static const char *
check_provider(struct arena *arena, const struct cover *cover, size_t at)
{
	const struct cover_provider *provider = &cover->provider[at];

	if (provider->minutes < 0 || provider->minutes > COVER_MINUTES)
		return arena_printf(
		    arena, "Provider %zu offers too much or too little", at);
	for (size_t i = 0; i < provider->area_count; i++)
		if (provider->area[i] >= cover->offered.area_count)
			return arena_printf(arena,
			    "Provider %zu serves an area that is not there",
			    at);
	return NULL;
}

const char *
cover_check(struct arena *arena, const struct cover *cover)
{
	struct map map = { .arena = arena, .cover = cover };
	const char *fault = NULL;

	if (cover->sector_count > COVER_SECTORS ||
	    cover->provider_count > COVER_PROVIDERS)
		return arena_printf(arena,
		    "More than %d sectors or %d providers", COVER_SECTORS,
		    COVER_PROVIDERS);
	for (size_t i = 0; i < cover->sector_count && fault == NULL; i++)
		if (cover->sector[i].minutes < 0 ||
		    cover->sector[i].minutes > COVER_MINUTES)
			fault = arena_printf(arena,
			    "Sector %zu needs too much or too little", i);
	if (fault == NULL)
		fault = check_scheme(arena, cover, &cover->offered);
	if (fault == NULL)
		fault = check_scheme(arena, cover, &cover->shown);
	for (size_t i = 0; i < cover->provider_count && fault == NULL; i++)
		fault = check_provider(arena, cover, i);
	if (fault != NULL)
		return fault;
	cells_fill(&map);
	return map.cell_count <= COVER_CELLS
	           ? NULL
	           : arena_printf(arena,
			 "The two schemes cut each other into more than %d "
			 "pieces",
			 COVER_CELLS);
}
