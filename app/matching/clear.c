/*
 * Clearing in two ways: for the whole list at once, and as offers one package
 * at a time would.
 */
#include "matching/clear.h"

#include <string.h>

#include "base/arena.h"
#include "matching/clear_work.h"
#include "matching/sort.h"

static const size_t clear_memory = (size_t)1 << 31;

/* No package can be placed beyond those that somebody may take. */
static int64_t
minutes_possible(const struct clear_list *list)
{
	int64_t minutes = 0;

	for (size_t i = 0; i < list->package_count; i++)
		if (list->package[i].option_count > 0)
			minutes += list->package[i].weekly_minutes;
	return minutes;
}

int64_t
clear_minutes_short(
    const struct clear_list *list, const int32_t *spare, const int32_t *room)
{
	int64_t lacking = 0, left = 0;

	for (size_t slot = 0; slot < list->slot_count; slot++) {
		left += room[slot];
		if (room[slot] < 0 &&
		    !(list->has_any && slot == list->any_slot))
			lacking -= room[slot];
	}
	if (!list->has_any)
		return lacking;
	lacking -= spare[list->any_slot];
	if (lacking < -left)
		lacking = -left;
	return lacking > 0 ? lacking : 0;
}

bool
clear_is_within(
    const struct clear_list *list, const int32_t *spare, const int32_t *room)
{
	return clear_minutes_short(list, spare, room) == 0;
}

static void
room_take(const struct clear_package *package, int32_t *room, int32_t sign)
{
	for (size_t i = 0; i < package->demand_count; i++)
		room[package->demand[i].slot] -= sign *
		                                 package->demand[i].amount;
}

/* Whether a provider has room for the whole of a package. */
static bool
has_room(const struct clear_list *list, const struct clear_package *package,
    uint32_t provider, int32_t *room)
{
	bool is_within;

	room_take(package, room, 1);
	is_within = clear_is_within(list, list->provider[provider].spare, room);
	room_take(package, room, -1);
	return is_within;
}

/* The option of the work that would be offered next, or CLEAR_NONE. */
static int64_t
option_best(const struct clear_work *work, const struct work_package *place,
    int32_t *room)
{
	const struct clear_list *list = work->list;
	const struct clear_package *package = &list->package[place->package];
	const struct clear_option *best = NULL;
	int64_t found = CLEAR_NONE;

	for (size_t o = place->first_option;
	     o < place->first_option + place->option_count; o++) {
		const struct clear_option *option =
		    &package->option[work->option[o].option];

		if (best != NULL &&
		    (option->fit_hundredths < best->fit_hundredths ||
			(option->fit_hundredths == best->fit_hundredths &&
			    work_cost(list, option) >= work_cost(list, best))))
			continue;
		if (!has_room(list, package, option->provider,
			&room[option->provider * list->slot_count]))
			continue;
		best = option;
		found = (int64_t)o;
	}
	return found;
}

static void
offer_each(const struct clear_work *work, int32_t *parts)
{
	const struct clear_list *list = work->list;
	const struct sort_item *items = work_by_order(work);
	int32_t *room = arena_array(work->arena,
	    list->provider_count * list->slot_count, sizeof(*room));

	for (size_t p = 0; p < list->provider_count; p++)
		memcpy(&room[p * list->slot_count], list->provider[p].spare,
		    list->slot_count * sizeof(*room));
	for (size_t i = 0; i < list->package_count; i++) {
		const struct work_package *place =
		    &work->package[items[i].index];
		const struct clear_package *package =
		    &list->package[place->package];
		int64_t o = option_best(work, place, room);

		if (o == CLEAR_NONE)
			continue;
		parts[o] = package->parts;
		room_take(package,
		    &room[package->option[work->option[o].option].provider *
			  list->slot_count],
		    1);
	}
}

static bool
is_better(const struct clear_totals *a, const struct clear_totals *b)
{
	if (a->minutes != b->minutes)
		return a->minutes > b->minutes;
	return a->fit_hundredths > b->fit_hundredths;
}

/*
 * The search from what the flow placed whole, and from what offers one at a
 * time would place, so that the list as a whole is never cleared worse than
 * that.
 */
static struct clear_plan
plan_search(struct arena *arena, const struct clear_work *work, int32_t *parts)
{
	int32_t *offered = arena_array(
	    work->arena, work->option_count, sizeof(*offered));
	struct clear_plan plan, other;

	work_search(work, parts);
	offer_each(work, offered);
	work_search(work, offered);
	plan = work_plan(arena, work, parts);
	other = work_plan(arena, work, offered);
	return is_better(&other.total, &plan.total) ? other : plan;
}

struct clear_plan
clear_solve(struct arena *arena, const struct clear_list *list)
{
	struct arena *own = arena_new(clear_memory);
	struct clear_work work = work_new(own, list);
	int32_t *parts = arena_array(own, work.option_count, sizeof(*parts));
	int32_t *worth = arena_array(
	    arena, list->provider_count * list->slot_count, sizeof(*worth));
	int64_t possible = minutes_possible(list);
	int64_t bound = work_flow(&work, parts, worth);
	struct clear_plan plan = work.part_amount != 0
	                             ? work_plan(arena, &work, parts)
	                             : plan_search(arena, &work, parts);

	plan.worth = worth;
	plan.bound_minutes = bound < possible ? bound : possible;
	plan.is_best = work.part_amount != 0;
	arena_free(own);
	return plan;
}

struct clear_plan
clear_one_at_a_time(struct arena *arena, const struct clear_list *list)
{
	struct arena *own = arena_new(clear_memory);
	struct clear_work work = work_new(own, list);
	int32_t *parts = arena_array(own, work.option_count, sizeof(*parts));
	struct clear_plan plan;

	offer_each(&work, parts);
	plan = work_plan(arena, &work, parts);
	plan.bound_minutes = minutes_possible(list);
	arena_free(own);
	return plan;
}
