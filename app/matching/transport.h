/*
 * The best way of sending units of many items to pools of limited capacity:
 * the transportation problem, solved exactly, with the prices that prove it.
 * clear.h and cover.h say what units, items and pools are.
 */
#ifndef MATCHING_TRANSPORT_H
#define MATCHING_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Values lie between -TRANSPORT_VALUE and TRANSPORT_VALUE, so that no sum of
 * three overflows. Memory grows with the square of the pools.
 */
enum { TRANSPORT_POOLS = 4096 };
#define TRANSPORT_VALUE (INT64_C(1) << 60)

/* What one unit of an item is worth in a pool. */
struct transport_option {
	int64_t value;
	uint32_t pool;
};

struct transport_item {
	const struct transport_option *option; /* at most one for each pool */
	size_t option_count;
	int64_t supply;
};

struct transport {
	const struct transport_item *item;
	size_t item_count;
	const int64_t *capacity; /* by pool */
	size_t pool_count;
};

struct transport_flow {
	uint32_t item;
	uint32_t option; /* of the item */
	int64_t units;
};

/*
 * `price[p]` is what one more unit of capacity of pool p is worth; together
 * the prices prove that no other plan is worth more: capacity at its price and
 * every item at the most it brings above the price of a pool come to its value.
 */
struct transport_plan {
	const struct transport_flow *flow; /* by item */
	size_t flow_count;
	const int64_t *price;
	int64_t units; /* sent in all */
};

/*
 * Sends units so that the sum of their values is greatest; a unit that is not
 * sent is worth nothing. The same problem gives the same plan: of several best
 * ones, the one that the order of items and options leads to. The plan lives
 * in the arena.
 */
struct transport_plan transport_solve(
    struct arena *arena, const struct transport *transport);

#endif
