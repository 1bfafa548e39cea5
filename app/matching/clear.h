/*
 * Clearing a waiting list: which provider takes which waiting package, for
 * the whole list at once. Who may take what, at what fit and price, is the
 * caller's (rank.h, price.h). It proposes; sending offers is left to others.
 */
#ifndef MATCHING_CLEAR_H
#define MATCHING_CLEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* More are refused by clear_check(); memory and sums are sized for these. */
enum {
	CLEAR_PACKAGES = 50000,
	CLEAR_PROVIDERS = 4000,
	CLEAR_SLOTS = 1024,
	CLEAR_PARTS = 64,
	CLEAR_PIECES = 200000,   /* parts of all packages together */
	CLEAR_MINUTES = 50000,   /* a week, of one package */
	CLEAR_SPARE = 100000000, /* of one provider in one slot */
	CLEAR_PENCE = 10000000,  /* a week, of one package */
	CLEAR_METRES = 2000000,
	CLEAR_NONE = -1,
};

/*
 * What a package takes of a slot. A slot is a kind of capacity that the caller
 * numbers from 0: the whole week, a part of the day, or a part of the day in
 * one area.
 */
struct clear_demand {
	uint32_t slot;
	int32_t amount;
};

/* A provider that may take the package, and what speaks for it. */
struct clear_option {
	uint32_t provider;
	int32_t fit_hundredths; /* 0-10000 */
	int32_t price_pence;    /* a week */
	int32_t distance_metres;
};

/*
 * `parts` is 1, or into how many equal parts the package may be split;
 * minutes and every amount are multiples of it. `order` is unique: packages
 * are offered in it when one at a time, and it is the last tie.
 */
struct clear_package {
	int64_t order;
	int32_t weekly_minutes;
	int32_t parts;
	const struct clear_demand *demand; /* at most one for each slot */
	size_t demand_count;
	const struct clear_option *option; /* at most one for each provider */
	size_t option_count;
};

struct clear_provider {
	int64_t order;        /* unique; the last tie */
	const int32_t *spare; /* by slot */
};

/*
 * Amounts are minutes, and those of a package add up to its weekly minutes;
 * or every package, or every part of one, takes the same amount of one slot.
 * The second kind is solved exactly at every step of the objective.
 *
 * With `has_any`, amounts are minutes and one slot holds those at any time:
 * what a provider takes of another slot beyond what it has there comes out of
 * this one, and what is asked of this one may come out of any. So a provider
 * that divides its week over some slots stands beside one that does not.
 */
struct clear_list {
	const struct clear_package *package;
	size_t package_count;
	const struct clear_provider *provider;
	size_t provider_count;
	size_t slot_count;
	int32_t travel_pence_per_kilometre; /* what distance counts as cost */
	bool has_any;
	uint32_t any_slot;
};

/* Says in a sentence (in the arena) what is wrong with a list, or NULL. */
const char *clear_check(struct arena *arena, const struct clear_list *list);

/*
 * Whether a provider with `spare`, of which `room` is left (both by slot; less
 * than nothing where more was taken than a slot has), took no more than it
 * may.
 */
bool clear_is_within(
    const struct clear_list *list, const int32_t *spare, const int32_t *room);

/* Minutes in all by which `room` is short of that; 0 when it is within. */
int64_t clear_minutes_short(
    const struct clear_list *list, const int32_t *spare, const int32_t *room);

/* Parts of a package for a provider; price in proportion, half up. */
struct clear_line {
	uint32_t package;
	uint32_t option; /* of the package */
	int32_t parts;
	int32_t minutes;
	int64_t price_pence;
};

struct clear_totals {
	int64_t minutes;
	int64_t packages;       /* placed whole, by one provider or several */
	int64_t fit_hundredths; /* of the lines by their share of the package */
	int64_t price_pence;
	int64_t distance_metres; /* of the lines */
};

/*
 * `bound_minutes`: no assignment whatever places more. `is_best`: none is
 * better at any step of the objective. Costs count exactly when
 * `cost_step_pence` is 1, otherwise in steps of it,
 * as exactly as 64 bits allow.
 */
struct clear_plan {
	const struct clear_line *line; /* by package order, then provider's */
	size_t line_count;
	struct clear_totals total;
	int64_t bound_minutes;
	bool is_best;
	int64_t cost_step_pence;
	/*
	 * By provider and slot: minutes of waiting packages that a minute more
	 * of capacity there would place, in thousandths, were packages
	 * divisible; an estimate that clear_changes() checks.
	 */
	const int32_t *worth;
};

/*
 * Proposes the assignment that places most minutes, of those the one that
 * fits best (sum over packages), of those the one that costs least: price and
 * travel above the package's cheapest option. Same result whatever the order
 * of the input. Expects a list that passed clear_check().
 */
struct clear_plan clear_solve(
    struct arena *arena, const struct clear_list *list);

/*
 * What offers one package at a time would do: packages in their order, each
 * to the option with the best fit, then the least cost, then the provider's
 * order, that has room for all of it.
 */
struct clear_plan clear_one_at_a_time(
    struct arena *arena, const struct clear_list *list);

/*
 * One thing that could be different: `more` of a slot at a provider; or, with
 * `provider` CLEAR_NONE, one more provider that has `more` of every slot (of
 * that at any time, when there is one) and may take the packages of a group.
 */
struct clear_change {
	int32_t provider;
	uint32_t slot;
	int32_t more;
	const uint32_t *package; /* of the group, ascending */
	size_t package_count;
};

struct clear_effect {
	size_t change;
	int64_t more_minutes; /* placed beyond the plan, by solving again */
	int64_t more_packages;
};

struct clear_effects {
	const struct clear_effect *effect;
	size_t count;
};

/*
 * Which of the changes would place most of the rest: most minutes first, at
 * most `most` of them. Those that promise most by the plan's worth are solved
 * again in full, `tries` of them; what is shown is what that found.
 */
struct clear_effects clear_changes(struct arena *arena,
    const struct clear_list *list, const struct clear_plan *plan,
    const struct clear_change *change, size_t count, size_t tries, size_t most);

#endif
