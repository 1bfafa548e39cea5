/*
 * Items come one after another, each along the cheapest chain of moves: into
 * a pool, pushing out a unit there that goes to another pool, and so on until
 * one has room or a unit is better left out. The chain is found among pools
 * alone, over a table of the cheapest move from each to each, so that its
 * length and not the number of items decides how long it takes. Prices keep
 * every move's cost from being less than nothing, as Dijkstra needs.
 */
#include "matching/transport.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "matching/sort.h"

enum { NOWHERE = -1, SHARE_BLOCK = 1024 };

/* Dearer than any chain worth taking, and still safe to add to. */
#define NEVER (INT64_C(1) << 61)

/* Units of one item in one pool. */
struct share {
	uint32_t item;
	uint32_t option;
	int64_t units;
	int32_t next;
};

struct pool {
	int64_t room;
	int32_t first; /* share */
	int32_t out;   /* the share that is cheapest to leave out */
	bool is_stale; /* its row of the table is to be made again */
};

struct solver {
	struct arena *arena;
	const struct transport *transport;
	struct pool *pool;
	int64_t *price;
	int64_t *distance;
	int32_t *before;   /* the pool a chain comes from */
	int32_t *entry;    /* the option by which the new item would enter */
	int64_t *out_cost; /* of the cheapest unit to leave out */
	int64_t *cost;     /* table: from a pool to another */
	int32_t *mover;    /* table: the share that moves */
	bool *is_closed;   /* whether a pool's distance is final */
	uint32_t *closed;  /* those pools */
	size_t closed_count;
	struct share *share;
	int32_t share_count;
	int32_t share_room;
	int32_t unused;
};

/* Where the cheapest chain ends. */
struct chain {
	int64_t distance;
	int32_t last;    /* pool, or NOWHERE: better not to send the unit */
	bool leaves_out; /* a unit of the last pool, which has no room */
};

/* The moves that a share makes possible, into its pool's row. */
static void
row_widen(struct solver *solver, uint32_t from, int32_t at)
{
	const struct share *share = &solver->share[at];
	const struct transport_item *item =
	    &solver->transport->item[share->item];
	size_t row = (size_t)from * solver->transport->pool_count;
	int64_t value = item->option[share->option].value;

	if (value < solver->out_cost[from]) {
		solver->out_cost[from] = value;
		solver->pool[from].out = at;
	}
	for (size_t i = 0; i < item->option_count; i++) {
		size_t cell = row + item->option[i].pool;
		int64_t cost = value - item->option[i].value;

		if (cost < solver->cost[cell]) {
			solver->cost[cell] = cost;
			solver->mover[cell] = at;
		}
	}
}

static void
row_make(struct solver *solver, uint32_t from)
{
	size_t count = solver->transport->pool_count;
	int64_t *cost = &solver->cost[from * count];

	for (size_t to = 0; to < count; to++)
		cost[to] = NEVER;
	solver->out_cost[from] = NEVER;
	for (int32_t at = solver->pool[from].first; at != NOWHERE;
	     at = solver->share[at].next)
		row_widen(solver, from, at);
	solver->pool[from].is_stale = false;
}

static int32_t
share_new(struct solver *solver)
{
	int32_t at = solver->unused;

	if (at != NOWHERE) {
		solver->unused = solver->share[at].next;
		return at;
	}
	if (solver->share_count == solver->share_room) {
		size_t room = (size_t)solver->share_room * 2 + SHARE_BLOCK;
		struct share *more = arena_array(
		    solver->arena, room, sizeof(*more));

		if (solver->share_count > 0)
			memcpy(more, solver->share,
			    (size_t)solver->share_count * sizeof(*more));
		solver->share = more;
		solver->share_room = (int32_t)room;
	}
	return solver->share_count++;
}

static void
share_add(struct solver *solver, uint32_t pool, uint32_t item, uint32_t option,
    int64_t units)
{
	struct share *share;
	int32_t at;

	for (at = solver->pool[pool].first; at != NOWHERE;
	     at = solver->share[at].next)
		if (solver->share[at].item == item) {
			solver->share[at].units += units;
			return;
		}
	at = share_new(solver);
	share = &solver->share[at];
	share->item = item;
	share->option = option;
	share->units = units;
	share->next = solver->pool[pool].first;
	solver->pool[pool].first = at;
	if (!solver->pool[pool].is_stale)
		row_widen(solver, pool, at);
}

static void
share_take(struct solver *solver, uint32_t pool, int32_t at, int64_t units)
{
	int32_t *link = &solver->pool[pool].first;

	solver->share[at].units -= units;
	if (solver->share[at].units > 0)
		return;
	while (*link != at)
		link = &solver->share[*link].next;
	*link = solver->share[at].next;
	solver->share[at].next = solver->unused;
	solver->unused = at;
	solver->pool[pool].is_stale = true;
}

/* Begins a search: what entering each pool costs the new item. */
static int32_t
search_begin(struct solver *solver, const struct transport_item *item)
{
	int32_t nearest = NOWHERE;
	int64_t least = 0;

	for (size_t p = 0; p < solver->transport->pool_count; p++)
		solver->distance[p] = NEVER;
	for (size_t i = 0; i < solver->closed_count; i++)
		solver->is_closed[solver->closed[i]] = false;
	solver->closed_count = 0;
	for (size_t i = 0; i < item->option_count; i++) {
		uint32_t p = item->option[i].pool;
		int64_t distance = solver->price[p] - item->option[i].value;

		solver->distance[p] = distance;
		solver->before[p] = NOWHERE;
		solver->entry[p] = (int32_t)i;
		if (distance < least) {
			least = distance;
			nearest = (int32_t)p;
		}
	}
	return nearest;
}

/* Reaches on from a pool that is full; gives the nearest open pool. */
static int32_t
search_from(struct solver *solver, uint32_t from, int64_t limit)
{
	size_t count = solver->transport->pool_count;
	const int64_t *cost = &solver->cost[from * count];
	const int64_t *price = solver->price;
	const bool *is_closed = solver->is_closed;
	int64_t *distance = solver->distance;
	int64_t base = distance[from] - price[from];
	int32_t nearest = NOWHERE;

	for (size_t to = 0; to < count; to++) {
		int64_t reach = base + cost[to] + price[to];

		if (reach < distance[to] && !is_closed[to]) {
			distance[to] = reach;
			solver->before[to] = (int32_t)from;
		}
		if (distance[to] < limit && !is_closed[to]) {
			limit = distance[to];
			nearest = (int32_t)to;
		}
	}
	return nearest;
}

/* The cheapest chain for one more unit of an item, and the new prices. */
static struct chain
search(struct solver *solver, const struct transport_item *item)
{
	struct chain chain = { .distance = 0, .last = NOWHERE };
	int32_t at = search_begin(solver, item);

	while (at != NOWHERE && solver->distance[at] < chain.distance) {
		struct pool *pool = &solver->pool[at];
		int64_t out;

		solver->closed[solver->closed_count++] = (uint32_t)at;
		solver->is_closed[at] = true;
		if (pool->room > 0) {
			chain = (struct chain) { solver->distance[at], at,
				false };
			break;
		}
		if (pool->is_stale)
			row_make(solver, (uint32_t)at);
		out = solver->distance[at] - solver->price[at] +
		      solver->out_cost[at];
		if (out < chain.distance)
			chain = (struct chain) { out, at, true };
		at = search_from(solver, (uint32_t)at, chain.distance);
	}
	for (size_t i = 0; i < solver->closed_count; i++) {
		uint32_t p = solver->closed[i];

		if (solver->distance[p] < chain.distance)
			solver->price[p] += chain.distance -
			                    solver->distance[p];
	}
	return chain;
}

/* The units that can move along the whole chain at once. */
static int64_t
chain_units(const struct solver *solver, struct chain chain, int64_t supply)
{
	size_t count = solver->transport->pool_count;
	const struct pool *last = &solver->pool[chain.last];
	int64_t most = chain.leaves_out ? solver->share[last->out].units
	                                : last->room;

	for (int32_t p = chain.last; solver->before[p] != NOWHERE;
	     p = solver->before[p]) {
		size_t cell = (size_t)solver->before[p] * count + (size_t)p;
		int64_t units = solver->share[solver->mover[cell]].units;

		most = units < most ? units : most;
	}
	return supply < most ? supply : most;
}

/* The option of an item that leads to a pool. */
static uint32_t
option_to(const struct transport_item *item, uint32_t pool)
{
	uint32_t i = 0;

	while (item->option[i].pool != pool)
		i++;
	return i;
}

/* Carries the chain out, from its end, so that no share moves twice. */
static void
chain_move(
    struct solver *solver, struct chain chain, uint32_t item, int64_t units)
{
	const struct transport *transport = solver->transport;
	int32_t p = chain.last;

	if (chain.leaves_out)
		share_take(solver, (uint32_t)p, solver->pool[p].out, units);
	else
		solver->pool[p].room -= units;
	for (; solver->before[p] != NOWHERE; p = solver->before[p]) {
		uint32_t from = (uint32_t)solver->before[p];
		int32_t at =
		    solver->mover[from * transport->pool_count + (size_t)p];
		uint32_t moved = solver->share[at].item;

		share_take(solver, from, at, units);
		share_add(solver, (uint32_t)p, moved,
		    option_to(&transport->item[moved], (uint32_t)p), units);
	}
	share_add(solver, (uint32_t)p, item, (uint32_t)solver->entry[p], units);
}

static void
item_send(struct solver *solver, uint32_t item)
{
	const struct transport_item *sent = &solver->transport->item[item];
	int64_t supply = sent->supply;

	while (supply > 0) {
		struct chain chain = search(solver, sent);
		int64_t units;

		if (chain.last == NOWHERE)
			return;
		units = chain_units(solver, chain, supply);
		chain_move(solver, chain, item, units);
		supply -= units;
	}
}

static struct solver
solver_new(struct arena *arena, const struct transport *transport)
{
	size_t count = transport->pool_count;
	struct solver solver = {
		.arena = arena,
		.transport = transport,
		.pool = arena_array(arena, count, sizeof(*solver.pool)),
		.price = arena_array(arena, count, sizeof(*solver.price)),
		.distance = arena_array(arena, count, sizeof(*solver.distance)),
		.before = arena_array(arena, count, sizeof(*solver.before)),
		.entry = arena_array(arena, count, sizeof(*solver.entry)),
		.out_cost = arena_array(arena, count, sizeof(*solver.out_cost)),
		.cost = arena_array(arena, count * count, sizeof(*solver.cost)),
		.mover = arena_array(
		    arena, count * count, sizeof(*solver.mover)),
		.is_closed = arena_array(
		    arena, count, sizeof(*solver.is_closed)),
		.closed = arena_array(arena, count, sizeof(*solver.closed)),
		.unused = NOWHERE,
	};

	for (size_t p = 0; p < count; p++)
		solver.pool[p] = (struct pool) {
			.room = transport->capacity[p],
			.first = NOWHERE,
			.is_stale = true,
		};
	return solver;
}

/* The shares of all pools, counted into the order of the items. */
static struct transport_plan
plan_read(struct solver *solver)
{
	const struct transport *transport = solver->transport;
	uint32_t *place = arena_array(
	    solver->arena, transport->item_count + 1, sizeof(*place));
	struct transport_plan plan = { .price = solver->price };
	struct transport_flow *flow;

	for (size_t p = 0; p < transport->pool_count; p++)
		for (int32_t at = solver->pool[p].first; at != NOWHERE;
		     at = solver->share[at].next) {
			place[solver->share[at].item + 1]++;
			plan.flow_count++;
		}
	for (size_t i = 0; i < transport->item_count; i++)
		place[i + 1] += place[i];
	flow = arena_array(solver->arena, plan.flow_count, sizeof(*flow));
	for (size_t p = 0; p < transport->pool_count; p++)
		for (int32_t at = solver->pool[p].first; at != NOWHERE;
		     at = solver->share[at].next) {
			const struct share *share = &solver->share[at];

			flow[place[share->item]++] = (struct transport_flow) {
				share->item, share->option, share->units
			};
			plan.units += share->units;
		}
	plan.flow = flow;
	return plan;
}

/*
 * The items by what they are worth at best, most first, so that few are sent
 * only to be pushed out again.
 */
static const struct sort_item *
items_in_order(struct arena *arena, const struct transport *transport)
{
	size_t count = transport->item_count;
	struct sort_item *items = arena_array(arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(arena, count, sizeof(*spare));

	for (size_t i = 0; i < count; i++) {
		const struct transport_item *item = &transport->item[i];
		int64_t best = -TRANSPORT_VALUE;

		for (size_t o = 0; o < item->option_count; o++)
			if (item->option[o].value > best)
				best = item->option[o].value;
		items[i] = (struct sort_item) {
			.key = (uint64_t)(TRANSPORT_VALUE - best),
			.index = (uint32_t)i,
		};
	}
	sort_items(items, spare, count);
	return items;
}

struct transport_plan
transport_solve(struct arena *arena, const struct transport *transport)
{
	const struct sort_item *items = items_in_order(arena, transport);
	struct solver solver = solver_new(arena, transport);

	for (size_t i = 0; i < transport->item_count; i++)
		item_send(&solver, items[i].index);
	return plan_read(&solver);
}
