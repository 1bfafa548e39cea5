/*
 * The flow through each slot: packages that need it on one side, providers
 * with something spare in it on the other.
 */
#include "base/arena.h"
#include "matching/clear_work.h"
#include "matching/transport.h"

enum { NO_POOL = UINT32_MAX };

static const size_t flow_memory = (size_t)1 << 30;

/* One slot as a transportation problem, and the way back from it. */
struct slot_flow {
	const struct clear_work *work;
	struct arena *arena;
	uint32_t slot;
	int32_t unit;       /* of the amounts */
	uint32_t *package;  /* of each item */
	uint32_t *provider; /* of each pool */
	uint32_t *pool;     /* of each provider, or NO_POOL */
	struct transport transport;
};

static const struct clear_demand *
demand_of(const struct work_package *package, uint32_t slot)
{
	for (size_t i = 0; i < package->demand_count; i++)
		if (package->demand[i].slot == slot)
			return &package->demand[i];
	return NULL;
}

static void
pools_fill(struct slot_flow *flow)
{
	size_t count = flow->work->list->provider_count;
	int64_t *capacity = arena_array(flow->arena, count, sizeof(*capacity));

	flow->provider = arena_array(
	    flow->arena, count, sizeof(*flow->provider));
	flow->pool = arena_array(flow->arena, count, sizeof(*flow->pool));
	for (uint32_t p = 0; p < count; p++) {
		int32_t units = work_spare(flow->work, p, flow->slot) /
		                flow->unit;
		size_t pool = flow->transport.pool_count;

		flow->pool[p] = NO_POOL;
		if (units == 0)
			continue;
		flow->pool[p] = (uint32_t)pool;
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
item_fill(struct slot_flow *flow, const struct work_package *package,
    struct transport_item *item)
{
	int32_t share = part_share(flow->work, package);
	struct transport_option *option = arena_array(
	    flow->arena, package->option_count, sizeof(*option));

	item->option = option;
	for (size_t o = 0; o < package->option_count; o++) {
		const struct work_option *from =
		    &flow->work->option[package->first_option + o];

		if (flow->pool[from->provider] == NO_POOL)
			continue;
		option[item->option_count++] = (struct transport_option) {
			from->value / share, flow->pool[from->provider]
		};
	}
}

static void
items_fill(struct slot_flow *flow)
{
	const struct clear_work *work = flow->work;
	size_t count = work->list->package_count;
	struct transport_item *items = arena_array(
	    flow->arena, count, sizeof(*items));

	flow->package = arena_array(flow->arena, count, sizeof(*flow->package));
	for (uint32_t i = 0; i < count; i++) {
		const struct work_package *package = &work->package[i];
		const struct clear_demand *demand = demand_of(
		    package, flow->slot);
		struct transport_item *item =
		    &items[flow->transport.item_count];

		if (demand == NULL)
			continue;
		item->supply = (int64_t)demand->amount / flow->unit *
		               package->parts;
		item_fill(flow, package, item);
		flow->package[flow->transport.item_count++] = i;
	}
	flow->transport.item = items;
}

/* The option of the work that a flow goes by. */
static size_t
flow_option(const struct slot_flow *flow, const struct transport_flow *sent)
{
	const struct clear_work *work = flow->work;
	const struct work_package *package =
	    &work->package[flow->package[sent->item]];
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

/*
 * The price of every provider: its pool's, or for those without room the
 * least at which no item would rather be there.
 */
static const int64_t *
prices_fill(const struct slot_flow *flow, const struct transport_plan *plan)
{
	const struct clear_work *work = flow->work;
	int64_t *price = arena_array(
	    flow->arena, work->list->provider_count, sizeof(*price));

	for (size_t p = 0; p < flow->transport.pool_count; p++)
		price[flow->provider[p]] = plan->price[p];
	for (size_t i = 0; i < flow->transport.item_count; i++) {
		const struct work_package *package =
		    &work->package[flow->package[i]];
		int64_t surplus = item_surplus(
		    &flow->transport.item[i], plan->price);

		for (size_t o = package->first_option;
		     o < package->first_option + package->option_count; o++) {
			const struct work_option *option = &work->option[o];
			int64_t least =
			    option->value / part_share(work, package) - surplus;

			if (flow->pool[option->provider] == NO_POOL &&
			    least > price[option->provider])
				price[option->provider] = least;
		}
	}
	return price;
}

/*
 * How many demands of an option are met so far in `met`, and the parts that
 * all of them allow in `parts`.
 */
static int64_t
slot_solve(
    struct slot_flow *flow, int32_t *parts, uint16_t *met, int32_t *worth)
{
	const struct clear_work *work = flow->work;
	struct transport_plan plan;
	const int64_t *price;
	int64_t minutes = 0;

	pools_fill(flow);
	items_fill(flow);
	plan = transport_solve(flow->arena, &flow->transport);
	for (size_t i = 0; i < plan.flow_count; i++) {
		const struct transport_flow *sent = &plan.flow[i];
		const struct work_package *package =
		    &work->package[flow->package[sent->item]];
		int32_t part = demand_of(package, flow->slot)->amount;
		int32_t whole = (int32_t)(sent->units * flow->unit / part);
		size_t o = flow_option(flow, sent);

		if (met[o] == 0 || whole < parts[o])
			parts[o] = whole;
		met[o]++;
		minutes += work->part_amount != 0
		               ? sent->units * package->part_minutes
		               : sent->units * flow->unit;
	}
	price = prices_fill(flow, &plan);
	for (size_t p = 0; p < work->list->provider_count; p++)
		worth[work->provider[p] * work->list->slot_count + flow->slot] =
		    worth_of(work, price[p], flow->unit);
	return minutes;
}

int64_t
work_flow(const struct clear_work *work, int32_t *parts, int32_t *worth)
{
	uint16_t *met = arena_array(
	    work->arena, work->option_count, sizeof(*met));
	struct arena *arena = arena_new(flow_memory);
	int64_t minutes = 0;

	for (uint32_t slot = 0; slot < work->list->slot_count; slot++) {
		struct slot_flow flow = {
			.work = work,
			.arena = arena,
			.slot = slot,
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
