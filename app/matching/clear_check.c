/*
 * What a waiting list must be before it can be cleared.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "matching/clear.h"
#include "matching/transport.h"

/* Of the thing that a sentence is about: "Package 7 ...". */
struct about {
	struct arena *arena;
	const char *kind;
	int64_t order;
};

static const char *
fault(const struct about *about, const char *text)
{
	return arena_printf(
	    about->arena, "%s %" PRId64 " %s", about->kind, about->order, text);
}

static const char *
check_demands(const struct about *about, const struct clear_list *list,
    const struct clear_package *package, uint8_t *is_used)
{
	const char *found = NULL;

	if (package->demand_count == 0)
		return fault(about, "takes nothing of any slot");
	for (size_t i = 0; i < package->demand_count && !found; i++) {
		const struct clear_demand *demand = &package->demand[i];

		if (demand->slot >= list->slot_count)
			return fault(
			    about, "takes of a slot that is not there");
		if (is_used[demand->slot])
			return fault(about, "takes of one slot twice");
		if (demand->amount < 1 || demand->amount > CLEAR_MINUTES ||
		    demand->amount % package->parts != 0)
			return fault(about,
			    "takes an amount that its parts cannot share");
		is_used[demand->slot] = 1;
	}
	for (size_t i = 0; i < package->demand_count; i++)
		is_used[package->demand[i].slot] = 0;
	return found;
}

static const char *
check_options(const struct about *about, const struct clear_list *list,
    const struct clear_package *package, uint8_t *is_used)
{
	for (size_t i = 0; i < package->option_count; i++) {
		const struct clear_option *option = &package->option[i];

		if (option->provider >= list->provider_count)
			return fault(about, "has a provider that is not there");
		if (is_used[option->provider])
			return fault(about, "has a provider twice");
		if (option->fit_hundredths < 0 ||
		    option->fit_hundredths > 10000)
			return fault(about, "has a fit beyond 0 to 100");
		if (option->price_pence < 0 ||
		    option->price_pence > CLEAR_PENCE)
			return fault(about, "has a price that is too high");
		if (option->distance_metres < 0 ||
		    option->distance_metres > CLEAR_METRES)
			return fault(about, "has a distance that is too far");
		is_used[option->provider] = 1;
	}
	for (size_t i = 0; i < package->option_count; i++)
		is_used[package->option[i].provider] = 0;
	return NULL;
}

static const char *
check_package(struct arena *arena, const struct clear_list *list,
    const struct clear_package *package, uint8_t *is_used)
{
	const struct about about = { arena, "Package", package->order };
	const char *found;

	if (package->parts < 1 || package->parts > CLEAR_PARTS)
		return fault(&about, "has too many parts or none");
	if (package->weekly_minutes < 1 ||
	    package->weekly_minutes > CLEAR_MINUTES ||
	    package->weekly_minutes % package->parts != 0)
		return fault(
		    &about, "has weekly minutes that its parts cannot share");
	found = check_demands(&about, list, package, is_used);
	if (found != NULL)
		return found;
	return check_options(&about, list, package, is_used);
}

static const char *
check_providers(struct arena *arena, const struct clear_list *list)
{
	for (size_t i = 0; i < list->provider_count; i++)
		for (size_t slot = 0; slot < list->slot_count; slot++) {
			int32_t spare = list->provider[i].spare[slot];

			if (spare < 0 || spare > CLEAR_SPARE)
				return arena_printf(arena,
				    "Provider %" PRId64
				    " has less than nothing to spare, or too "
				    "much",
				    list->provider[i].order);
		}
	return NULL;
}

/*
 * Either amounts are minutes that add up, or all parts take the same of one
 * slot: only then do minutes and capacity bound each other.
 */
static const char *
check_amounts(struct arena *arena, const struct clear_list *list)
{
	const struct clear_package *first = &list->package[0];
	bool is_counted = true;
	const struct clear_package *wrong = NULL;

	for (size_t i = 0; i < list->package_count; i++) {
		const struct clear_package *package = &list->package[i];
		int64_t sum = 0;

		for (size_t d = 0; d < package->demand_count; d++)
			sum += package->demand[d].amount;
		if (sum != package->weekly_minutes && wrong == NULL)
			wrong = package;
		is_counted = is_counted && package->demand_count == 1 &&
		             package->demand[0].amount / package->parts ==
		                 first->demand[0].amount / first->parts;
	}
	if (wrong == NULL || (is_counted && !list->has_any))
		return NULL;
	return arena_printf(arena,
	    "Package %" PRId64
	    " takes amounts that do not add up to its weekly minutes",
	    wrong->order);
}

/* The flow has a pool for each of them when they help one another. */
static const char *
check_any(struct arena *arena, const struct clear_list *list)
{
	size_t amounts = 0;

	if (!list->has_any)
		return NULL;
	if (list->any_slot >= list->slot_count)
		return "The slot at any time is not there";
	for (size_t i = 0; i < list->provider_count; i++)
		for (size_t slot = 0; slot < list->slot_count; slot++)
			amounts += list->provider[i].spare[slot] > 0;
	if (amounts > TRANSPORT_POOLS)
		return arena_printf(arena,
		    "More than %d amounts to spare, of providers in slots",
		    TRANSPORT_POOLS);
	return NULL;
}

static const char *
check_sizes(struct arena *arena, const struct clear_list *list)
{
	int64_t pieces = 0;

	for (size_t i = 0; i < list->package_count; i++)
		pieces += list->package[i].parts;
	if (list->package_count > CLEAR_PACKAGES)
		return arena_printf(
		    arena, "More than %d packages", CLEAR_PACKAGES);
	if (list->provider_count > CLEAR_PROVIDERS)
		return arena_printf(
		    arena, "More than %d providers", CLEAR_PROVIDERS);
	if (list->slot_count < 1 || list->slot_count > CLEAR_SLOTS)
		return arena_printf(
		    arena, "There must be 1 to %d slots", CLEAR_SLOTS);
	if (pieces > CLEAR_PIECES)
		return arena_printf(arena,
		    "More than %d parts of packages together", CLEAR_PIECES);
	if (list->travel_pence_per_kilometre < 0 ||
	    list->travel_pence_per_kilometre > 10000)
		return "Travel must cost between nothing and £100 a kilometre";
	return NULL;
}

const char *
clear_check(struct arena *arena, const struct clear_list *list)
{
	size_t most = list->provider_count > list->slot_count
	                  ? list->provider_count
	                  : list->slot_count;
	const char *found = check_sizes(arena, list);
	uint8_t *is_used;

	if (found == NULL)
		found = check_any(arena, list);
	if (found == NULL)
		found = check_providers(arena, list);
	if (found != NULL)
		return found;
	is_used = arena_alloc(arena, most);
	for (size_t i = 0; i < list->package_count; i++) {
		found = check_package(arena, list, &list->package[i], is_used);
		if (found != NULL)
			return found;
	}
	return list->package_count > 0 ? check_amounts(arena, list) : NULL;
}
