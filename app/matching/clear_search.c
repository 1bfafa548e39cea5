/*
 * Whole parts where the flow would divide them: what the flow placed whole is
 * kept, the rest is put where there is room, and then parts are moved, put in
 * each other's place and exchanged for as long as that makes the plan better.
 */
#include <string.h>

#include "base/arena.h"
#include "matching/clear_work.h"

/* How many exchanges are looked at: a bound on time that no clock moves. */
#define EXCHANGES INT64_C(300000000)

enum { ROUNDS = 40, NOBODY = -1, UNPLACED = -1, FREED = 256 };

/*
 * A part of a package, and where it is. What the loops over the parts of a
 * provider look at stands together, as every part is a look at other memory.
 */
struct piece {
	int64_t value;    /* of the option, 0 when unplaced */
	int64_t best;     /* of the package's options */
	uint32_t package; /* of the work */
	int32_t option;   /* of the work, or UNPLACED */
	int32_t next;     /* piece at the same provider */
	int32_t previous;
};

struct search {
	const struct clear_work *work;
	struct piece *piece;
	size_t piece_count;
	int32_t *first; /* piece, by provider */
	int32_t *room;  /* by provider and slot */
	/*
	 * By slot: at least the most room of any provider; where there is a
	 * slot at any time it stands for the room in all slots together.
	 */
	int32_t *widest;
	int32_t *tried; /* room of one provider, by slot */
	/*
	 * Most packages fit nowhere most of the time. By package: how many
	 * places had been freed when it was last seen to fit nowhere, counted
	 * from 1, or 0; only the places freed since are looked at again.
	 */
	uint64_t *full;
	uint64_t freed_count;
	uint32_t freed[FREED]; /* providers, the last ones */
	size_t slot_count;
	int64_t exchanges; /* still to be looked at */
};

static const struct work_package *
package_of(const struct search *search, int32_t piece)
{
	return &search->work->package[search->piece[piece].package];
}

static uint32_t
provider_of(const struct search *search, int32_t piece)
{
	return search->work->option[search->piece[piece].option].provider;
}

static int32_t
room_together(const struct search *search, const int32_t *room)
{
	int32_t sum = 0;

	for (size_t slot = 0; slot < search->slot_count; slot++)
		sum += room[slot];
	return sum;
}

/* What a provider has left, where the slot at any time widens all of it. */
static void
widest_raise(struct search *search, const int32_t *room)
{
	int32_t *widest = &search->widest[search->work->list->any_slot];
	const int32_t left = room_together(search, room);

	if (left > *widest)
		*widest = left;
}

static void
room_change(struct search *search, int32_t piece, int32_t sign)
{
	const struct work_package *package = package_of(search, piece);
	int32_t *room =
	    &search->room[provider_of(search, piece) * search->slot_count];

	for (size_t i = 0; i < package->demand_count; i++) {
		uint32_t slot = package->demand[i].slot;

		room[slot] += sign * package->demand[i].amount;
		if (!search->work->list->has_any &&
		    room[slot] > search->widest[slot])
			search->widest[slot] = room[slot];
	}
	if (search->work->list->has_any)
		widest_raise(search, room);
}

static void
piece_put(struct search *search, int32_t at, int32_t option)
{
	struct piece *piece = &search->piece[at];
	uint32_t provider = search->work->option[option].provider;

	piece->option = option;
	piece->value = search->work->option[option].value;
	piece->previous = NOBODY;
	piece->next = search->first[provider];
	if (piece->next != NOBODY)
		search->piece[piece->next].previous = at;
	search->first[provider] = at;
	room_change(search, at, -1);
}

static void
piece_take(struct search *search, int32_t at)
{
	struct piece *piece = &search->piece[at];

	room_change(search, at, 1);
	search->freed[search->freed_count++ % FREED] = provider_of(search, at);
	if (piece->previous == NOBODY)
		search->first[provider_of(search, at)] = piece->next;
	else
		search->piece[piece->previous].next = piece->next;
	if (piece->next != NOBODY)
		search->piece[piece->next].previous = piece->previous;
	piece->option = UNPLACED;
	piece->value = 0;
}

static int32_t
amount_in(const struct work_package *package, uint32_t slot)
{
	for (size_t i = 0; i < package->demand_count; i++)
		if (package->demand[i].slot == slot)
			return package->demand[i].amount;
	return 0;
}

/* The same where what a slot lacks may come out of that at any time. */
static bool
is_fitting_any(const struct search *search, const struct work_package *package,
    uint32_t provider, int32_t leaving)
{
	const struct clear_list *list = search->work->list;
	int32_t *tried = search->tried;

	memcpy(tried, &search->room[provider * search->slot_count],
	    search->slot_count * sizeof(*tried));
	for (size_t i = 0; i < package->demand_count; i++)
		tried[package->demand[i].slot] -= package->demand[i].amount;
	if (leaving != NOBODY) {
		package = package_of(search, leaving);
		for (size_t i = 0; i < package->demand_count; i++)
			tried[package->demand[i].slot] +=
			    package->demand[i].amount;
	}
	return clear_is_within(list,
	    list->provider[search->work->provider[provider]].spare, tried);
}

/* Whether a part fits at a provider once `leaving` (or NOBODY) has left. */
static bool
is_fitting(const struct search *search, const struct work_package *package,
    uint32_t provider, int32_t leaving)
{
	const int32_t *room = &search->room[provider * search->slot_count];

	if (search->work->list->has_any)
		return is_fitting_any(search, package, provider, leaving);
	for (size_t i = 0; i < package->demand_count; i++) {
		uint32_t slot = package->demand[i].slot;
		int32_t lacking = package->demand[i].amount - room[slot];

		if (lacking <= 0)
			continue;
		if (leaving == NOBODY ||
		    amount_in(package_of(search, leaving), slot) < lacking)
			return false;
	}
	return true;
}

/* Whether any provider at all may have the room that a part needs. */
static bool
is_room_possible(
    const struct search *search, const struct work_package *package)
{
	const struct clear_list *list = search->work->list;

	if (list->has_any)
		return package->part_minutes <= search->widest[list->any_slot];
	for (size_t i = 0; i < package->demand_count; i++)
		if (package->demand[i].amount >
		    search->widest[package->demand[i].slot])
			return false;
	return true;
}

/* The option of a package at a provider, or UNPLACED. */
static int32_t
option_at(const struct search *search, const struct work_package *package,
    uint32_t provider)
{
	const struct work_option *option = search->work->option;
	size_t low = package->first_option;
	size_t high = low + package->option_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (option[middle].provider == provider)
			return (int32_t)middle;
		if (option[middle].provider < provider)
			low = middle + 1;
		else
			high = middle;
	}
	return UNPLACED;
}

/* Whether one of the options of a package has room. */
static bool
is_room_anywhere(struct search *search, const struct work_package *package)
{
	uint64_t *full = &search->full[package - search->work->package];
	const struct work_option *option =
	    &search->work->option[package->first_option];

	if (!is_room_possible(search, package))
		return false;
	if (*full > 0 && search->freed_count - (*full - 1) <= FREED) {
		for (uint64_t i = *full - 1; i < search->freed_count; i++)
			if (option_at(search, package,
				search->freed[i % FREED]) != UNPLACED &&
			    is_fitting(search, package,
				search->freed[i % FREED], NOBODY))
				return true;
	} else {
		for (size_t i = 0; i < package->option_count; i++)
			if (is_fitting(
				search, package, option[i].provider, NOBODY))
				return true;
	}
	*full = search->freed_count + 1;
	return false;
}

/*
 * The best option with room, but for that of a provider (or NOBODY), that is
 * worth more than `least`, or UNPLACED.
 */
static int32_t
option_with_room(struct search *search, const struct work_package *package,
    int64_t except, int64_t least)
{
	int32_t best = UNPLACED;

	if (!is_room_anywhere(search, package))
		return UNPLACED;
	for (size_t o = package->first_option;
	     o < package->first_option + package->option_count; o++) {
		const struct work_option *option = &search->work->option[o];

		if (option->value <= least || option->provider == except ||
		    !is_fitting(search, package, option->provider, NOBODY))
			continue;
		least = option->value;
		best = (int32_t)o;
	}
	return best;
}

/* Into a free place, or from its place into a better one. */
static bool
piece_move(struct search *search, int32_t at)
{
	int32_t option = option_with_room(
	    search, package_of(search, at), NOBODY, search->piece[at].value);

	if (option == UNPLACED)
		return false;
	if (search->piece[at].option != UNPLACED)
		piece_take(search, at);
	piece_put(search, at, option);
	return true;
}

/* A part comes in at `option`; another leaves, for `to` or the waiting list. */
struct entry {
	int64_t gain;
	int32_t option;
	int32_t leaving;
	int32_t to;
};

/* The best way to bring a part in at one option by moving one other away. */
static void
entry_find(struct search *search, const struct work_package *package, size_t o,
    struct entry *best)
{
	const struct work_option *option = &search->work->option[o];

	for (int32_t k = search->first[option->provider]; k != NOBODY;
	     k = search->piece[k].next) {
		int64_t value = search->piece[k].value;
		int32_t to;

		/* What leaves loses no more than all it was worth. */
		if (option->value <= best->gain ||
		    !is_fitting(search, package, option->provider, k))
			continue;
		if (option->value - value > best->gain)
			*best = (struct entry) { option->value - value,
				(int32_t)o, k, UNPLACED };
		to = option_with_room(search, package_of(search, k),
		    option->provider, best->gain - option->value + value);
		if (to != UNPLACED)
			*best =
			    (struct entry) { option->value - value +
						 search->work->option[to].value,
				    (int32_t)o, k, to };
	}
}

static bool
piece_enter(struct search *search, int32_t at)
{
	const struct work_package *package = package_of(search, at);
	struct entry best = { .gain = 0, .leaving = NOBODY };

	for (size_t o = package->first_option;
	     o < package->first_option + package->option_count; o++)
		entry_find(search, package, o, &best);
	if (best.leaving == NOBODY)
		return false;
	piece_take(search, best.leaving);
	piece_put(search, at, best.option);
	if (best.to != UNPLACED)
		piece_put(search, best.leaving, best.to);
	return true;
}

/* The first part at an option's provider that is better exchanged. */
static bool
piece_exchange_at(struct search *search, int32_t at, size_t o)
{
	const struct work_option *option = &search->work->option[o];
	uint32_t from = provider_of(search, at);
	int64_t value = search->piece[at].value;

	for (int32_t k = search->first[option->provider]; k != NOBODY;
	     k = search->piece[k].next) {
		const struct work_package *other = package_of(search, k);
		int32_t back;

		search->exchanges--;
		if (option->value + search->piece[k].best <=
		    value + search->piece[k].value)
			continue;
		back = option_at(search, other, from);
		if (back == UNPLACED ||
		    option->value + search->work->option[back].value <=
			value + search->piece[k].value ||
		    !is_fitting(
			search, package_of(search, at), option->provider, k) ||
		    !is_fitting(search, other, from, at))
			continue;
		piece_take(search, at);
		piece_take(search, k);
		piece_put(search, at, (int32_t)o);
		piece_put(search, k, back);
		return true;
	}
	return false;
}

static bool
piece_exchange(struct search *search, int32_t at)
{
	const struct work_package *package = package_of(search, at);

	for (size_t o = package->first_option;
	     o < package->first_option + package->option_count &&
	     search->exchanges > 0;
	     o++)
		if ((int32_t)o != search->piece[at].option &&
		    piece_exchange_at(search, at, o))
			return true;
	return false;
}

static void
widest_find(struct search *search)
{
	size_t count = search->work->list->provider_count;

	memset(search->widest, 0, search->slot_count * sizeof(int32_t));
	if (search->work->list->has_any) {
		for (size_t p = 0; p < count; p++)
			widest_raise(
			    search, &search->room[p * search->slot_count]);
		return;
	}
	for (size_t i = 0; i < count * search->slot_count; i++) {
		size_t slot = i % search->slot_count;

		if (search->room[i] > search->widest[slot])
			search->widest[slot] = search->room[i];
	}
}

/*
 * Once over all parts. Every step makes the plan better, so that it ends;
 * the rounds are limited for time's sake alone.
 */
static bool
search_round(struct search *search)
{
	bool is_better = false;

	widest_find(search);
	for (int32_t i = 0; i < (int32_t)search->piece_count; i++) {
		if (search->piece[i].option != UNPLACED)
			continue;
		is_better |= piece_move(search, i) || piece_enter(search, i);
	}
	for (int32_t i = 0; i < (int32_t)search->piece_count; i++) {
		if (search->piece[i].option == UNPLACED)
			continue;
		is_better |= piece_move(search, i) || piece_exchange(search, i);
	}
	return is_better;
}

static int64_t
best_value(const struct clear_work *work, const struct work_package *package)
{
	const struct work_option *option = &work->option[package->first_option];
	int64_t best = 0;

	for (size_t i = 0; i < package->option_count; i++)
		if (option[i].value > best)
			best = option[i].value;
	return best;
}

static struct search
search_new(const struct clear_work *work)
{
	const struct clear_list *list = work->list;
	size_t rooms = list->provider_count * list->slot_count;
	struct search search = {
		.work = work,
		.first = arena_array(
		    work->arena, list->provider_count, sizeof(*search.first)),
		.room = arena_array(work->arena, rooms, sizeof(*search.room)),
		.widest = arena_array(
		    work->arena, list->slot_count, sizeof(*search.widest)),
		.tried = arena_array(
		    work->arena, list->slot_count, sizeof(*search.tried)),
		.full = arena_array(
		    work->arena, list->package_count, sizeof(*search.full)),
		.slot_count = list->slot_count,
		.exchanges = EXCHANGES,
	};

	for (size_t i = 0; i < list->package_count; i++)
		search.piece_count += (size_t)work->package[i].parts;
	search.piece = arena_array(
	    work->arena, search.piece_count, sizeof(*search.piece));
	for (uint32_t p = 0; p < list->provider_count; p++) {
		search.first[p] = NOBODY;
		for (uint32_t s = 0; s < list->slot_count; s++)
			search.room[p * list->slot_count + s] = work_spare(
			    work, p, s);
	}
	return search;
}

void
work_search(const struct clear_work *work, int32_t *parts)
{
	struct search search = search_new(work);
	int32_t next = 0;

	for (uint32_t i = 0; i < work->list->package_count; i++) {
		const struct work_package *package = &work->package[i];
		size_t o = package->first_option;
		size_t end = o + package->option_count;
		int64_t best = best_value(work, package);

		for (int32_t part = 0; part < package->parts; part++) {
			struct piece *piece = &search.piece[next];

			piece->package = i;
			piece->best = best;
			piece->option = UNPLACED;
			while (o < end && parts[o] == 0)
				o++;
			if (o < end) {
				piece_put(&search, next, (int32_t)o);
				parts[o]--;
			}
			next++;
		}
	}
	for (int round = 0; round < ROUNDS && search_round(&search); round++)
		;
	for (size_t i = 0; i < search.piece_count; i++)
		if (search.piece[i].option != UNPLACED)
			parts[search.piece[i].option]++;
}
