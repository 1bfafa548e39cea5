/*
 * Order, values and totals that every way of clearing shares.
 */
#include "matching/clear_work.h"

#include "base/arena.h"
#include "matching/sort.h"

/* A whole package is worth less than this, with room for a chain of moves. */
#define VALUE_MOST (INT64_C(1) << 60)

static uint64_t
sort_key(int64_t order)
{
	return (uint64_t)order ^ UINT64_C(1) << 63;
}

int64_t
work_cost(const struct clear_list *list, const struct clear_option *option)
{
	return option->price_pence + ((int64_t)option->distance_metres *
					     list->travel_pence_per_kilometre +
					 500) /
	                                 1000;
}

static int32_t
common_divisor(int32_t a, int32_t b)
{
	while (b != 0) {
		int32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static const uint32_t *
providers_in_order(struct arena *arena, const struct clear_list *list)
{
	size_t count = list->provider_count;
	struct sort_item *items = arena_array(arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(arena, count, sizeof(*spare));
	uint32_t *provider = arena_array(arena, count, sizeof(*provider));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) {
			.key = sort_key(list->provider[i].order),
			.index = (uint32_t)i,
		};
	sort_items(items, spare, count);
	for (size_t i = 0; i < count; i++)
		provider[i] = items[i].index;
	return provider;
}

/* Sorted by order first; the sort is stable. */
static void
packages_in_order(struct clear_work *work)
{
	const struct clear_list *list = work->list;
	size_t count = list->package_count;
	struct sort_item *items = arena_array(
	    work->arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(
	    work->arena, count, sizeof(*spare));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) {
			.key = sort_key(list->package[i].order),
			.index = (uint32_t)i,
		};
	sort_items(items, spare, count);
	for (size_t i = 0; i < count; i++) {
		const struct clear_package *package =
		    &list->package[items[i].index];

		items[i].key = (uint64_t)(CLEAR_MINUTES -
					  package->weekly_minutes /
					      package->parts);
	}
	sort_items(items, spare, count);
	for (size_t i = 0; i < count; i++)
		work->package[i].package = items[i].index;
}

static void
package_fill(struct clear_work *work, struct work_package *package)
{
	const struct clear_package *given =
	    &work->list->package[package->package];
	struct clear_demand *demand = arena_array(
	    work->arena, given->demand_count, sizeof(*demand));

	for (size_t i = 0; i < given->demand_count; i++)
		demand[i] = (struct clear_demand) { given->demand[i].slot,
			given->demand[i].amount / given->parts };
	package->parts = given->parts;
	package->part_minutes = given->weekly_minutes / given->parts;
	package->demand = demand;
	package->demand_count = given->demand_count;
	package->option_count = given->option_count;
}

/* Copies the options by the order of their providers; values come later. */
static void
options_in_order(struct clear_work *work)
{
	const struct clear_list *list = work->list;
	size_t most = list->provider_count;
	uint32_t *place = arena_array(work->arena, most, sizeof(*place));
	struct sort_item *items = arena_array(
	    work->arena, most, sizeof(*items));
	struct sort_item *spare = arena_array(
	    work->arena, most, sizeof(*spare));
	size_t next = 0;

	for (size_t i = 0; i < list->provider_count; i++)
		place[work->provider[i]] = (uint32_t)i;
	for (size_t i = 0; i < list->package_count; i++) {
		struct work_package *package = &work->package[i];
		const struct clear_option *given =
		    list->package[package->package].option;

		package->first_option = next;
		for (size_t o = 0; o < package->option_count; o++)
			items[o] = (struct sort_item) {
				.key = place[given[o].provider],
				.index = (uint32_t)o,
			};
		sort_items(items, spare, package->option_count);
		for (size_t o = 0; o < package->option_count; o++)
			work->option[next++] = (struct work_option) {
				.provider = (uint32_t)items[o].key,
				.option = items[o].index,
			};
	}
}

/*
 * Where a slot is helped by another, what is left of each below a unit counts
 * too, so that nothing may be.
 */
static void
units_of_spare(struct clear_work *work)
{
	const struct clear_list *list = work->list;

	for (size_t p = 0; p < list->provider_count; p++)
		for (size_t s = 0; s < list->slot_count; s++)
			work->unit = common_divisor(
			    list->provider[p].spare[s], work->unit);
}

/* The largest unit that all minutes, and amounts if they differ, are made of. */
static void
units_find(struct clear_work *work)
{
	size_t count = work->list->package_count;
	bool is_counted = !work->list->has_any;
	int32_t amount = count > 0 ? work->package[0].demand[0].amount : 1;

	for (size_t i = 0; i < count; i++) {
		const struct work_package *package = &work->package[i];

		work->unit = common_divisor(package->part_minutes, work->unit);
		is_counted = is_counted && package->demand_count == 1 &&
		             package->demand[0].amount == amount;
	}
	work->part_amount = is_counted ? amount : 0;
	for (size_t i = 0; i < count && !is_counted; i++)
		for (size_t d = 0; d < work->package[i].demand_count; d++)
			work->unit = common_divisor(
			    work->package[i].demand[d].amount, work->unit);
	if (work->list->has_any)
		units_of_spare(work);
	if (work->unit == 0)
		work->unit = 1;
}

/* What the packages of a list can differ by at each step of the objective. */
struct ranges {
	int64_t minutes; /* of the longest package */
	int64_t fit;     /* over all packages, as the next */
	int64_t cost;    /* in steps */
};

static int64_t
package_least_cost(
    const struct clear_list *list, const struct clear_package *package)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < package->option_count; i++) {
		int64_t cost = work_cost(list, &package->option[i]);

		least = cost < least ? cost : least;
	}
	return least;
}

static struct ranges
ranges_find(const struct clear_list *list, int64_t step)
{
	struct ranges ranges = { 0 };

	for (size_t i = 0; i < list->package_count; i++) {
		const struct clear_package *package = &list->package[i];
		int64_t least = package_least_cost(list, package);
		int64_t cost = 0, fit = 0;

		for (size_t o = 0; o < package->option_count; o++) {
			const struct clear_option *option = &package->option[o];
			int64_t more = work_cost(list, option) - least;

			cost = more > cost ? more : cost;
			if (option->fit_hundredths > fit)
				fit = option->fit_hundredths;
		}
		ranges.cost += cost / step;
		ranges.fit += fit;
		if (package->weekly_minutes > ranges.minutes)
			ranges.minutes = package->weekly_minutes;
	}
	return ranges;
}

static void
values_fill(struct clear_work *work)
{
	const struct clear_list *list = work->list;
	struct ranges ranges = ranges_find(list, 1);
	int64_t longest = ranges.minutes / work->unit + 1;
	int64_t step = 1, fit_value;

	while (ranges.cost + 1 > VALUE_MOST / longest / (ranges.fit + 1)) {
		step *= 2;
		ranges = ranges_find(list, step);
	}
	fit_value = ranges.cost + 1;
	work->minute_value = fit_value * (ranges.fit + 1);
	work->cost_step_pence = step;
	for (size_t i = 0; i < list->package_count; i++) {
		const struct work_package *package = &work->package[i];
		const struct clear_package *given =
		    &list->package[package->package];
		int64_t least = package_least_cost(list, given);

		for (size_t o = 0; o < package->option_count; o++) {
			struct work_option *option =
			    &work->option[package->first_option + o];
			const struct clear_option *from =
			    &given->option[option->option];

			option->value = (given->weekly_minutes / work->unit *
						work->minute_value +
					    from->fit_hundredths * fit_value -
					    (work_cost(list, from) - least) /
						step) /
			                given->parts;
		}
	}
}

struct clear_work
work_new(struct arena *arena, const struct clear_list *list)
{
	struct clear_work work = { .arena = arena, .list = list };

	for (size_t i = 0; i < list->package_count; i++)
		work.option_count += list->package[i].option_count;
	work.package = arena_array(
	    arena, list->package_count, sizeof(*work.package));
	work.option = arena_array(
	    arena, work.option_count, sizeof(*work.option));
	work.provider = providers_in_order(arena, list);
	packages_in_order(&work);
	for (size_t i = 0; i < list->package_count; i++)
		package_fill(&work, &work.package[i]);
	options_in_order(&work);
	units_find(&work);
	values_fill(&work);
	return work;
}

int32_t
work_spare(const struct clear_work *work, uint32_t provider, uint32_t slot)
{
	return work->list->provider[work->provider[provider]].spare[slot];
}

static struct clear_line
line_make(const struct clear_list *list, uint32_t package, uint32_t option,
    int32_t parts)
{
	const struct clear_package *given = &list->package[package];
	int64_t price = given->option[option].price_pence;
	struct clear_line line = {
		.package = package,
		.option = option,
		.parts = parts,
		.minutes = given->weekly_minutes / given->parts * parts,
		.price_pence = (price * parts * 2 + given->parts) /
		               (given->parts * 2),
	};

	return line;
}

static void
totals_add(struct clear_totals *total, const struct clear_list *list,
    const struct clear_line *line)
{
	const struct clear_package *package = &list->package[line->package];
	const struct clear_option *option = &package->option[line->option];

	total->minutes += line->minutes;
	total->price_pence += line->price_pence;
	total->distance_metres += option->distance_metres;
	total->fit_hundredths += ((int64_t)option->fit_hundredths *
					 line->parts * 2 +
				     package->parts) /
	                         (package->parts * 2);
}

const struct sort_item *
work_by_order(const struct clear_work *work)
{
	size_t count = work->list->package_count;
	struct sort_item *items = arena_array(
	    work->arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(
	    work->arena, count, sizeof(*spare));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) {
			.key = sort_key(
			    work->list->package[work->package[i].package]
				.order),
			.index = (uint32_t)i,
		};
	sort_items(items, spare, count);
	return items;
}

struct clear_plan
work_plan(
    struct arena *arena, const struct clear_work *work, const int32_t *parts)
{
	const struct sort_item *order = work_by_order(work);
	struct clear_plan plan = { .cost_step_pence = work->cost_step_pence };
	struct clear_line *line;
	size_t most = 0;

	for (size_t o = 0; o < work->option_count; o++)
		most += parts[o] > 0;
	line = arena_array(arena, most, sizeof(*line));
	for (size_t i = 0; i < work->list->package_count; i++) {
		const struct work_package *package =
		    &work->package[order[i].index];
		int32_t placed = 0;

		for (size_t o = package->first_option;
		     o < package->first_option + package->option_count; o++) {
			if (parts[o] == 0)
				continue;
			line[plan.line_count] = line_make(work->list,
			    package->package, work->option[o].option, parts[o]);
			totals_add(
			    &plan.total, work->list, &line[plan.line_count]);
			plan.line_count++;
			placed += parts[o];
		}
		plan.total.packages += placed == package->parts;
	}
	plan.line = line;
	return plan;
}
