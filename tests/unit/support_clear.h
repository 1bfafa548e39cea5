/*
 * Random waiting lists with their providers, and what holds of every plan.
 */
#ifndef UNIT_SUPPORT_CLEAR_H
#define UNIT_SUPPORT_CLEAR_H

#include "matching/clear.h"

enum { MARKET_PACKAGES = 120, MARKET_PROVIDERS = 12, MARKET_SLOTS = 3 };

enum market_kind {
	MARKET_COUNTED, /* each takes one of one slot */
	MARKET_MINUTES, /* each takes its minutes, of several slots */
	MARKET_PARTS,   /* each may be split into hours; one slot */
	MARKET_ANY,     /* as MARKET_MINUTES, one of the slots at any time */
};

struct market {
	struct clear_list list;
	struct clear_package package[MARKET_PACKAGES];
	struct clear_demand demand[MARKET_PACKAGES][MARKET_SLOTS];
	struct clear_option option[MARKET_PACKAGES][MARKET_PROVIDERS];
	struct clear_provider provider[MARKET_PROVIDERS];
	int32_t spare[MARKET_PROVIDERS][MARKET_SLOTS];
};

void market_fill(struct market *market, uint32_t packages, uint32_t providers,
    uint32_t slots, enum market_kind kind);

/* The same market with packages, providers and options in another order. */
void market_shuffle(struct market *market, const struct market *from);

int64_t market_cost(
    const struct clear_list *list, const struct clear_option *option);

/*
 * Whether a provider may hold these minutes, by slot: whatever slots one looks
 * at, all that may serve them together have enough.
 */
bool market_is_held(
    const struct clear_list *list, size_t provider, const int64_t *held);

/*
 * Asserts that the plan keeps within capacity and parts, and that its totals
 * are the sums of its lines.
 */
void plan_is_allowed(
    const struct clear_list *list, const struct clear_plan *plan);

#endif
