/*
 * What single change would place most of the rest: the plan's worth says
 * where to look, solving again says what it brings.
 */
#include <string.h>

#include "base/arena.h"
#include "matching/clear.h"
#include "matching/sort.h"

static const size_t change_memory = (size_t)1 << 31;

/* Minutes of each package that the plan leaves waiting. */
static int32_t *
minutes_waiting(struct arena *arena, const struct clear_list *list,
    const struct clear_plan *plan)
{
	int32_t *waiting = arena_array(
	    arena, list->package_count, sizeof(*waiting));

	for (size_t i = 0; i < list->package_count; i++)
		waiting[i] = list->package[i].weekly_minutes;
	for (size_t i = 0; i < plan->line_count; i++)
		waiting[plan->line[i].package] -= plan->line[i].minutes;
	return waiting;
}

/* What a change promises: never more than what waits. */
static int64_t
change_promise(const struct clear_list *list, const struct clear_plan *plan,
    const struct clear_change *change, const int32_t *waiting)
{
	int64_t promise = 0, most = 0;

	for (size_t i = 0; i < change->package_count; i++)
		promise += waiting[change->package[i]];
	if (change->provider == CLEAR_NONE)
		return promise;
	for (size_t i = 0; i < list->package_count; i++)
		most += waiting[i];
	promise = (int64_t)change->more *
	          plan->worth[(size_t)change->provider * list->slot_count +
			      change->slot] /
	          1000;
	return promise < most ? promise : most;
}

/* Copies the providers, one of them with more of a slot. */
static struct clear_list
list_with_more(struct arena *arena, const struct clear_list *list,
    const struct clear_change *change)
{
	struct clear_list other = *list;
	struct clear_provider *provider = arena_array(
	    arena, list->provider_count, sizeof(*provider));
	int32_t *spare = arena_array(arena, list->slot_count, sizeof(*spare));

	memcpy(
	    provider, list->provider, list->provider_count * sizeof(*provider));
	memcpy(spare, provider[change->provider].spare,
	    list->slot_count * sizeof(*spare));
	spare[change->slot] += change->more;
	provider[change->provider].spare = spare;
	other.provider = provider;
	return other;
}

static void
option_add(
    struct arena *arena, struct clear_package *package, uint32_t provider)
{
	struct clear_option *option = arena_array(
	    arena, package->option_count + 1, sizeof(*option));

	if (package->option_count > 0)
		memcpy(option, package->option,
		    package->option_count * sizeof(*option));
	option[package->option_count++].provider = provider;
	package->option = option;
}

/* One more provider, last in order, that may take a group. */
static struct clear_list
list_with_provider(struct arena *arena, const struct clear_list *list,
    const struct clear_change *change)
{
	struct clear_list other = *list;
	struct clear_provider *provider = arena_array(
	    arena, list->provider_count + 1, sizeof(*provider));
	struct clear_package *package = arena_array(
	    arena, list->package_count, sizeof(*package));
	int32_t *spare = arena_array(arena, list->slot_count, sizeof(*spare));
	struct clear_provider *last = &provider[list->provider_count];

	for (size_t p = 0; p < list->provider_count; p++) {
		provider[p] = list->provider[p];
		if (provider[p].order >= last->order)
			last->order = provider[p].order + 1;
	}
	for (size_t s = 0; s < list->slot_count; s++)
		if (!list->has_any || s == list->any_slot)
			spare[s] = change->more;
	last->spare = spare;
	memcpy(package, list->package, list->package_count * sizeof(*package));
	for (size_t i = 0; i < change->package_count; i++)
		option_add(arena, &package[change->package[i]],
		    (uint32_t)list->provider_count);
	other.provider = provider;
	other.provider_count++;
	other.package = package;
	return other;
}

static struct clear_effect
change_try(const struct clear_list *list, const struct clear_plan *plan,
    const struct clear_change *change, size_t at)
{
	struct arena *own = arena_new(change_memory);
	struct clear_list other = change->provider == CLEAR_NONE
	                              ? list_with_provider(own, list, change)
	                              : list_with_more(own, list, change);
	struct clear_totals total = clear_solve(own, &other).total;
	struct clear_effect effect = { at, total.minutes - plan->total.minutes,
		total.packages - plan->total.packages };

	arena_free(own);
	return effect;
}

struct clear_effects
clear_changes(struct arena *arena, const struct clear_list *list,
    const struct clear_plan *plan, const struct clear_change *change,
    size_t count, size_t tries, size_t most)
{
	const int32_t *waiting = minutes_waiting(arena, list, plan);
	struct sort_item *items = arena_array(arena, count, sizeof(*items));
	struct sort_item *spare = arena_array(arena, count, sizeof(*spare));
	struct clear_effect *effect;
	struct clear_effects effects = { 0 };

	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item) {
			.key = UINT64_MAX - (uint64_t)change_promise(list, plan,
						&change[i], waiting),
			.index = (uint32_t)i,
		};
	sort_items(items, spare, count);
	effect = arena_array(arena, tries, sizeof(*effect));
	for (size_t i = 0; i < count && i < tries; i++) {
		struct clear_effect tried;
		size_t j;

		/* From here on nothing is promised. */
		if (items[i].key == UINT64_MAX)
			break;
		tried = change_try(
		    list, plan, &change[items[i].index], items[i].index);
		if (tried.more_minutes <= 0)
			continue;
		for (j = effects.count++;
		     j > 0 && effect[j - 1].more_minutes < tried.more_minutes;
		     j--)
			effect[j] = effect[j - 1];
		effect[j] = tried;
	}
	effects.effect = effect;
	effects.count = effects.count < most ? effects.count : most;
	return effects;
}
