#include "unit/support_clear.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "unit/support_random.h"

static void
package_fill(struct market *market, size_t at, uint32_t providers,
    uint32_t slots, enum market_kind kind)
{
	struct clear_package *package = &market->package[at];
	struct clear_demand *demand = market->demand[at];
	uint32_t first = random_below(slots);

	*package = (struct clear_package) { .order = (int64_t)at * 3 - 20,
		.parts = 1,
		.demand = demand,
		.demand_count = 1,
		.option = market->option[at] };
	package->weekly_minutes = (int32_t)(1 + random_below(6)) * 60;
	if (kind == MARKET_PARTS)
		package->parts = package->weekly_minutes / 60;
	demand[0] = (struct clear_demand) { first,
		kind == MARKET_COUNTED ? 1 : package->weekly_minutes };
	if ((kind == MARKET_MINUTES || kind == MARKET_ANY) && slots > 1 &&
	    random_below(2) == 0) {
		int32_t more = (int32_t)(1 + random_below(4)) * 15;

		demand[1] = (struct clear_demand) { (first + 1) % slots, more };
		package->demand_count = 2;
		package->weekly_minutes += more;
	}
	for (uint32_t p = 0; p < providers; p++)
		if (random_below(10) < 7)
			market->option[at][package->option_count++] =
			    (struct clear_option) { p,
				    (int32_t)random_below(5) * 2500,
				    (int32_t)random_below(4) * 100,
				    (int32_t)random_below(4) * 1000 };
}

void
market_fill(struct market *market, uint32_t packages, uint32_t providers,
    uint32_t slots, enum market_kind kind)
{
	memset(market, 0, sizeof(*market));
	for (size_t i = 0; i < packages; i++)
		package_fill(market, i, providers, slots, kind);
	for (uint32_t p = 0; p < providers; p++) {
		uint32_t share = packages / providers + 1;

		market->provider[p] = (struct clear_provider) { 5 + 2 * p,
			market->spare[p] };
		for (uint32_t s = 0; s < slots; s++)
			market->spare[p][s] = (int32_t)random_below(
			    kind == MARKET_COUNTED ? share + 1
						   : 300 * share + 1);
	}
	market->list = (struct clear_list) { market->package, packages,
		market->provider, providers, slots,
		(int32_t)random_below(2) * 30, kind == MARKET_ANY,
		random_below(slots) };
	/* Some do not divide their week; others have nothing at any time. */
	for (uint32_t p = 0; p < providers && kind == MARKET_ANY; p++)
		for (uint32_t s = 0; s < slots; s++)
			if (p % 3 != 0 &&
			    (p % 3 == 1) != (s == market->list.any_slot))
				market->spare[p][s] = 0;
}

/* A random order of the numbers from 0. */
static void
order_fill(uint32_t *order, size_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t j = random_below(i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}

void
market_shuffle(struct market *market, const struct market *from)
{
	size_t packages = from->list.package_count;
	size_t providers = from->list.provider_count;
	uint32_t package[MARKET_PACKAGES], provider[MARKET_PROVIDERS];

	memset(market, 0, sizeof(*market));
	order_fill(package, packages);
	order_fill(provider, providers);
	for (size_t p = 0; p < providers; p++) {
		memcpy(market->spare[provider[p]], from->spare[p],
		    sizeof(from->spare[p]));
		market->provider[provider[p]] = (struct clear_provider) {
			from->provider[p].order, market->spare[provider[p]]
		};
	}
	for (size_t i = 0; i < packages; i++) {
		size_t to = package[i], count = from->package[i].option_count;

		market->package[to] = from->package[i];
		market->package[to].demand = market->demand[to];
		market->package[to].option = market->option[to];
		memcpy(market->demand[to], from->demand[i],
		    sizeof(from->demand[i]));
		for (size_t o = 0; o < count; o++) {
			struct clear_option *option =
			    &market->option[to][count - 1 - o];

			*option = from->option[i][o];
			option->provider = provider[option->provider];
		}
	}
	market->list = from->list;
	market->list.package = market->package;
	market->list.provider = market->provider;
}

int64_t
market_cost(const struct clear_list *list, const struct clear_option *option)
{
	return option->price_pence + (int64_t)option->distance_metres *
	                                 list->travel_pence_per_kilometre /
	                                 1000;
}

bool
market_is_held(
    const struct clear_list *list, size_t provider, const int64_t *held)
{
	const int32_t *spare = list->provider[provider].spare;

	for (uint32_t set = 1; set < 1U << list->slot_count; set++) {
		const bool has_any = list->has_any &&
		                     (set >> list->any_slot & 1) != 0;
		int64_t wanted = 0, there = 0;

		for (uint32_t slot = 0; slot < list->slot_count; slot++) {
			const bool is_in = (set >> slot & 1) != 0;

			wanted += is_in ? held[slot] : 0;
			if (is_in || has_any ||
			    (list->has_any && slot == list->any_slot))
				there += spare[slot];
		}
		if (wanted > there)
			return false;
	}
	return true;
}

void
plan_is_allowed(const struct clear_list *list, const struct clear_plan *plan)
{
	int64_t held[MARKET_PROVIDERS][MARKET_SLOTS] = { { 0 } };
	int32_t parts[MARKET_PACKAGES] = { 0 };
	struct clear_totals total = { 0 };

	for (size_t i = 0; i < plan->line_count; i++) {
		const struct clear_line *line = &plan->line[i];
		const struct clear_package *package =
		    &list->package[line->package];
		const struct clear_option *option =
		    &package->option[line->option];

		assert_true(line->parts > 0);
		parts[line->package] += line->parts;
		for (size_t d = 0; d < package->demand_count; d++)
			held[option->provider][package->demand[d].slot] +=
			    package->demand[d].amount / package->parts *
			    line->parts;
		total.minutes += line->minutes;
		total.price_pence += line->price_pence;
		total.distance_metres += option->distance_metres;
	}
	for (size_t i = 0; i < list->package_count; i++) {
		assert_true(parts[i] <= list->package[i].parts);
		total.packages += parts[i] == list->package[i].parts;
	}
	for (size_t p = 0; p < list->provider_count; p++)
		assert_true(market_is_held(list, p, held[p]));
	assert_int_equal(plan->total.minutes, total.minutes);
	assert_int_equal(plan->total.packages, total.packages);
	assert_int_equal(plan->total.price_pence, total.price_pence);
	assert_int_equal(plan->total.distance_metres, total.distance_metres);
	assert_true(plan->total.minutes <= plan->bound_minutes);
}
