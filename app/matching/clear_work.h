/*
 * A waiting list made ready to be cleared: in an order of its own, so that the
 * input's does not matter, with one number for what each option is worth.
 */
#ifndef MATCHING_CLEAR_WORK_H
#define MATCHING_CLEAR_WORK_H

#include "matching/clear.h"

struct sort_item;

/* An option of one part: `value` has all steps of the objective in it. */
struct work_option {
	int64_t value;
	uint32_t provider;
	uint32_t option; /* of the package, as given */
};

/* A package; demands are those of one part. */
struct work_package {
	uint32_t package; /* as given */
	int32_t parts;
	int32_t part_minutes;
	const struct clear_demand *demand;
	size_t demand_count;
	size_t first_option; /* in the work's options, by provider */
	size_t option_count;
};

/*
 * Packages stand by minutes of a part, most first, then by order; providers
 * by order. `minute_value` is what `unit` minutes are worth: more than every
 * difference that fit and cost could make over the whole list. In the same way
 * a hundredth of fit outweighs all costs, so that one sum of 64 bits puts
 * first things first exactly; phases would solve three problems instead of
 * one. Only costs are rounded, and only where 60 bits do not hold all three.
 */
struct clear_work {
	struct arena *arena;
	const struct clear_list *list;
	struct work_package *package;
	struct work_option *option;
	size_t option_count;
	const uint32_t *provider; /* as given, by place here */
	int32_t unit;
	int32_t part_amount; /* the same for every part, or 0 */
	int64_t minute_value;
	int64_t cost_step_pence;
};

/* What an option costs a week: its price and the travel. */
int64_t work_cost(
    const struct clear_list *list, const struct clear_option *option);

struct clear_work work_new(struct arena *arena, const struct clear_list *list);

/* The packages by their order alone: `index` is the place in the work. */
const struct sort_item *work_by_order(const struct clear_work *work);

/* Spare amount of a provider by its place in the work. */
int32_t work_spare(
    const struct clear_work *work, uint32_t provider, uint32_t slot);

/*
 * Makes a plan of `parts[o]` parts at each option of the work. The lines live
 * in the arena given; bound and worth are left to the caller.
 */
struct clear_plan work_plan(
    struct arena *arena, const struct clear_work *work, const int32_t *parts);

/*
 * Solves the flow of every slot by itself, in memory of its own: the best
 * plan when every part takes the same amount of one slot, otherwise the best
 * were packages divisible. Into `parts` (by option) go the parts that an
 * option gets of every slot it needs, into `worth` (by provider as given, and
 * slot) the plan's worth. Gives the minutes placed.
 */
int64_t work_flow(
    const struct clear_work *work, int32_t *parts, int32_t *worth);

/*
 * Improves whole parts at options, by moves of one and two parts, until none
 * is better; places what it can of the rest. Never makes it worse.
 */
void work_search(const struct clear_work *work, int32_t *parts);

#endif
