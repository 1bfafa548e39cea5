/* Where hours of a part of the day are too few, and the sums by part. */
#include "base/arena.h"
#include "clearing/clearing.h"

/* By provider and slot: what the plan leaves, less than 0 where it overflows. */
static int32_t *
room_left(struct arena *arena, const struct clearing_input *input,
    const struct clear_plan *plan)
{
	const size_t slots = input->slot_count;
	int32_t *room = arena_array(
	    arena, input->provider_count * slots, sizeof(*room));

	for (size_t i = 0; i < input->provider_count * slots; i++)
		room[i] = input->provider[i / slots].spare[i % slots];
	for (size_t i = 0; i < plan->line_count; i++) {
		const struct clear_package *package =
		    &input->list.package[plan->line[i].package];
		const uint32_t provider =
		    package->option[plan->line[i].option].provider;

		for (size_t d = 0; d < package->demand_count; d++)
			room[provider * slots + package->demand[d].slot] -=
			    package->demand[d].amount;
	}
	return room;
}

static const char *
parts_lacking(struct arena *arena, const struct clearing_input *input,
    const int32_t *room)
{
	const char *text = "";

	for (size_t slot = 0; slot < input->slot_count; slot++)
		if (room[slot] < 0 && slot != input->list.any_slot)
			text = arena_printf(arena, "%s%s%s", text,
			    *text == '\0' ? "" : ",",
			    clearing_kind_code(
				&input->hours, input->kind[slot]));
	return text;
}

/*
 * Of the providers that have hours enough in the week, the one that is short
 * of fewest in parts of the day says which these are.
 */
static const char *
package_lacking(struct arena *arena, const struct clearing_input *input,
    const struct clear_package *package, const int32_t *room)
{
	const size_t slots = input->slot_count;
	int32_t tried[CLEARING_KINDS_MOST];
	int64_t least = 0;
	const char *text = "";

	for (size_t o = 0; o < package->option_count; o++) {
		const uint32_t provider = package->option[o].provider;
		int64_t left = 0, lacking;

		for (size_t s = 0; s < slots; s++) {
			tried[s] = room[provider * slots + s];
			left += tried[s];
		}
		for (size_t d = 0; d < package->demand_count; d++)
			tried[package->demand[d].slot] -=
			    package->demand[d].amount;
		lacking = clear_minutes_short(
		    &input->list, input->provider[provider].spare, tried);
		if (left < package->weekly_minutes || lacking == 0 ||
		    (*text != '\0' && lacking >= least))
			continue;
		least = lacking;
		text = parts_lacking(arena, input, tried);
	}
	return text;
}

void
clearing_lacking_fill(struct arena *arena, const struct clearing_input *input,
    const struct clear_plan *plan, const char **lacking)
{
	const int32_t *room;
	bool *is_placed = arena_array(
	    arena, input->item_count, sizeof(*is_placed));

	if (input->slot_count == 1)
		return;
	room = room_left(arena, input, plan);
	for (size_t i = 0; i < plan->line_count; i++)
		is_placed[plan->line[i].package] = true;
	for (size_t i = 0; i < input->item_count; i++)
		for (size_t p = 0; p < input->item[i].count && !is_placed[i];
		     p++) {
			const uint32_t at = input->item[i].package[p];

			lacking[at] = package_lacking(
			    arena, input, &input->package[at].options, room);
		}
}

static void
demand_add(const struct clearing_input *input,
    const struct clear_package *package, int64_t *sum)
{
	for (size_t d = 0; d < package->demand_count; d++)
		sum[input->kind[package->demand[d].slot]] +=
		    package->demand[d].amount;
}

void
clearing_parts_keep(struct db *db, int64_t council, int64_t clearing,
    const struct clearing_input *input, const struct clear_plan *plan)
{
	const size_t kinds = input->hours.kind_count;
	const char *code[CLEARING_KINDS_MOST];
	int64_t wanted[CLEARING_KINDS_MOST] = { 0 };
	int64_t spare[CLEARING_KINDS_MOST] = { 0 };
	int64_t placed[CLEARING_KINDS_MOST] = { 0 };

	if (input->slot_count == 1)
		return;
	for (size_t k = 0; k < kinds; k++)
		code[k] = k + 1 < kinds ? clearing_kind_code(&input->hours, k)
		                        : "";
	for (size_t i = 0; i < input->item_count; i++)
		demand_add(input, &input->list.package[i], wanted);
	for (size_t i = 0; i < plan->line_count; i++)
		demand_add(
		    input, &input->list.package[plan->line[i].package], placed);
	for (size_t i = 0; i < input->provider_count; i++)
		for (size_t s = 0; s < input->slot_count; s++)
			spare[input->kind[s]] += input->provider[i].spare[s];
	clearing_part_add(db, council, clearing,
	    (struct text_list) { code, kinds },
	    (struct int64_list) { wanted, kinds },
	    (struct int64_list) { spare, kinds },
	    (struct int64_list) { placed, kinds });
}
