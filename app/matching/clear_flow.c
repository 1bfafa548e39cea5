/*
 * The flow through each slot: packages that need it on one side, providers
 * with something spare in it on the other. Slots that help one another, by
 * hours at any time, flow together.
 */
#include "base/arena.h"
#include "matching/clear_work.h"
#include "matching/transport.h"

enum { NO_POOL = UINT32_MAX };

static const size_t flow_memory = (size_t)1 << 30;

/* What an item is: a demand of a package. */
struct flow_item {
	uint32_t package; /* of the work */
	const struct clear_demand *demand;
};

/*
 * One slot, or all of them together, as a transportation problem, and the way
 * back from it. Places are providers in slots, provider by provider.
 */
struct slot_flow {
	const struct clear_work *work;
	struct arena *arena;
	uint32_t first_slot;
	uint32_t slot_count;
	int32_t unit; /* of the amounts */
	struct flow_item *item;
	uint32_t *provider; /* of each pool */
	uint32_t *pool;     /* of each place, or NO_POOL */
	struct transport transport;
};

static size_t
place_of(const struct slot_flow *flow, uint32_t slot, uint32_t provider)
{
	return (size_t)provider * flow->slot_count + slot - flow->first_slot;
}

/* Whether a demand may be met by a slot of the flow. */
static bool
is_met_by(const struct slot_flow *flow, const struct clear_demand *demand,
    uint32_t slot)
{
	const struct clear_list *list = flow->work->list;

	return demand->slot == slot ||
	       (list->has_any &&
		   (slot == list->any_slot || demand->slot == list->any_slot));
}

static void
pools_fill(struct slot_flow *flow)
{
	size_t places = flow->work->list->provider_count * flow->slot_count;
	int64_t *capacity = arena_array(flow->arena, places, sizeof(*capacity));

	flow->provider = arena_array(
	    flow->arena, places, sizeof(*flow->provider));
	flow->pool = arena_array(flow->arena, places, sizeof(*flow->pool));
	for (size_t place = 0; place < places; place++) {
		uint32_t p = (uint32_t)(place / flow->slot_count);
		uint32_t slot = flow->first_slot +
		                (uint32_t)(place % flow->slot_count);
		int32_t units = work_spare(flow->work, p, slot) / flow->unit;
		size_t pool = flow->transport.pool_count;

		flow->pool[place] = NO_POOL;
		if (units == 0)
			continue;
		flow->pool[place] = (uint32_t)pool;
		flow->provider[pool] = p;
		capacity[pool] = units;
		flow->transport.pool_count++;
	}
	flow->transport.capacity = capacity;
}

/* Into how many units the value of one part is divided. */
static int32_t
part_share(const struct clear_work *work, const struct work_package *package)
{
	return work->part_amount != 0 ? 1 : package->part_minutes / work->unit;
}

static void
item_fill(struct slot_flow *flow, const struct flow_item *from,
    struct transport_item *item)
{
	const struct work_package *package =
	    &flow->work->package[from->package];
	int32_t share = part_share(flow->work, package);
	struct transport_option *option = arena_array(flow->arena,
	    package->option_count * flow->slot_count, sizeof(*option));

	item->option = option;
	for (size_t i = 0; i < package->option_count * flow->slot_count; i++) {
		uint32_t slot = flow->first_slot +
		                (uint32_t)(i % flow->slot_count);
		const struct work_option *at =
		    &flow->work
			 ->option[package->first_option + i / flow->slot_count];
		uint32_t pool = flow->pool[place_of(flow, slot, at->provider)];

		if (is_met_by(flow, from->demand, slot) && pool != NO_POOL)
			option[item->option_count++] =
			    (struct transport_option) { at->value / share,
				    pool };
	}
}

static void
items_fill(struct slot_flow *flow)
{
	const struct clear_work *work = flow->work;
	size_t count = 0, most = work->list->package_count * flow->slot_count;
	struct transport_item *items = arena_array(
	    flow->arena, most, sizeof(*items));

	flow->item = arena_array(flow->arena, most, sizeof(*flow->item));
	for (uint32_t i = 0; i < work->list->package_count; i++) {
		const struct work_package *package = &work->package[i];

		for (size_t d = 0; d < package->demand_count; d++) {
			const struct clear_demand *demand = &package->demand[d];

			if (demand->slot - flow->first_slot >= flow->slot_count)
				continue;
			flow->item[count] = (struct flow_item) { i, demand };
			items[count].supply = (int64_t)demand->amount /
			                      flow->unit * package->parts;
			item_fill(flow, &flow->item[count], &items[count]);
			count++;
		}
	}
	flow->transport.item = items;
	flow->transport.item_count = count;
}

/* The option of the work that a flow goes by. */
static size_t
flow_option(const struct slot_flow *flow, const struct transport_flow *sent)
{
	const struct clear_work *work = flow->work;
	const struct work_package *package =
	    &work->package[flow->item[sent->item].package];
	uint32_t pool =
	    flow->transport.item[sent->item].option[sent->option].pool;
	size_t low = package->first_option;
	size_t high = low + package->option_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (work->option[middle].provider <= flow->provider[pool])
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Thousandths of a minute that one more of the slot's amount would place. */
static int32_t
worth_of(const struct clear_work *work, int64_t price, int32_t unit)
{
	int64_t minute = work->minute_value;
	int64_t whole = price / minute;
	int64_t rest = minute > 1000 ? price % minute / (minute / 1000) : 0;

	return (int32_t)((whole * 1000 + rest) * work->unit / unit);
}

/* What a unit of an item brings above the prices of the pools. */
static int64_t
item_surplus(const struct transport_item *item, const int64_t *price)
{
	int64_t most = 0;

	for (size_t o = 0; o < item->option_count; o++) {
		int64_t surplus = item->option[o].value -
		                  price[item->option[o].pool];

		most = surplus > most ? surplus : most;
	}
	return most;
}

/* Where there is no room, to what an item would pay at most to be there. */
static void
prices_raise(
    const struct slot_flow *flow, size_t item, int64_t surplus, int64_t *price)
{
	const struct work_package *package =
	    &flow->work->package[flow->item[item].package];
	int32_t share = part_share(flow->work, package);

	for (size_t i = 0; i < package->option_count * flow->slot_count; i++) {
		const struct work_option *option =
		    &flow->work
			 ->option[package->first_option + i / flow->slot_count];
		uint32_t slot = flow->first_slot +
		                (uint32_t)(i % flow->slot_count);
		size_t place = place_of(flow, slot, option->provider);

		if (flow->pool[place] == NO_POOL &&
		    is_met_by(flow, flow->item[item].demand, slot) &&
		    option->value / share - surplus > price[place])
			price[place] = option->value / share - surplus;
	}
}

/*
 * The price of every place: its pool's, or for those without room the least at
 * which no item would rather be there.
 */
static const int64_t *
prices_fill(const struct slot_flow *flow, const struct transport_plan *plan)
{
	const struct clear_work *work = flow->work;
	size_t places = work->list->provider_count * flow->slot_count;
	int64_t *price = arena_array(flow->arena, places, sizeof(*price));

	for (size_t place = 0; place < places; place++)
		if (flow->pool[place] != NO_POOL)
			price[place] = plan->price[flow->pool[place]];
	for (size_t i = 0; i < flow->transport.item_count; i++)
		prices_raise(flow, i,
		    item_surplus(&flow->transport.item[i], plan->price), price);
	return price;
}

/*
 * How many demands of an option are met so far in `met`, and the parts that
 * all of them allow in `parts`. An item may reach a provider by two pools.
 */
static void
parts_fill(const struct slot_flow *flow, const struct transport_plan *plan,
    int32_t *parts, uint16_t *met)
{
	const struct clear_work *work = flow->work;
	int64_t *units = arena_array(
	    flow->arena, work->option_count, sizeof(*units));

	for (size_t i = 0; i < plan->flow_count; i++) {
		const struct transport_flow *sent = &plan->flow[i];
		const int32_t part = flow->item[sent->item].demand->amount;
		const size_t o = flow_option(flow, sent);
		int32_t whole;

		units[o] += sent->units;
		if (i + 1 < plan->flow_count && sent[1].item == sent->item &&
		    flow_option(flow, &sent[1]) == o)
			continue;
		whole = (int32_t)(units[o] * flow->unit / part);
		units[o] = 0;
		if (met[o] == 0 || whole < parts[o])
			parts[o] = whole;
		met[o]++;
	}
}

static int64_t
slot_solve(
    struct slot_flow *flow, int32_t *parts, uint16_t *met, int32_t *worth)
{
	const struct clear_work *work = flow->work;
	const struct clear_list *list = work->list;
	struct transport_plan plan;
	const int64_t *price;
	int64_t minutes = 0;

	pools_fill(flow);
	items_fill(flow);
	plan = transport_solve(flow->arena, &flow->transport);
	parts_fill(flow, &plan, parts, met);
	for (size_t i = 0; i < plan.flow_count; i++) {
		const uint32_t package = flow->item[plan.flow[i].item].package;

		minutes += plan.flow[i].units *
		           (work->part_amount != 0
				   ? work->package[package].part_minutes
				   : flow->unit);
	}
	price = prices_fill(flow, &plan);
	for (uint32_t s = flow->first_slot;
	     s < flow->first_slot + flow->slot_count; s++)
		for (uint32_t p = 0; p < list->provider_count; p++)
			worth[work->provider[p] * list->slot_count + s] =
			    worth_of(
				work, price[place_of(flow, s, p)], flow->unit);
	return minutes;
}

int64_t
work_flow(const struct clear_work *work, int32_t *parts, int32_t *worth)
{
	uint16_t *met = arena_array(
	    work->arena, work->option_count, sizeof(*met));
	struct arena *arena = arena_new(flow_memory);
	const uint32_t slots = (uint32_t)work->list->slot_count;
	const uint32_t together = work->list->has_any ? slots : 1;
	int64_t minutes = 0;

	for (uint32_t slot = 0; slot < slots; slot += together) {
		struct slot_flow flow = {
			.work = work,
			.arena = arena,
			.first_slot = slot,
			.slot_count = together,
			.unit = work->part_amount != 0 ? work->part_amount
			                               : work->unit,
		};

		minutes += slot_solve(&flow, parts, met, worth);
		arena_reset(arena);
	}
	arena_free(arena);
	for (size_t i = 0; i < work->list->package_count; i++) {
		const struct work_package *package = &work->package[i];

		for (size_t o = package->first_option;
		     o < package->first_option + package->option_count; o++)
			if (met[o] < package->demand_count)
				parts[o] = 0;
	}
	return minutes;
}
