/* What a clearing goes by: packages, who may take them, and hours left. */
#include "clearing/clearing.h"

#include "base/arena.h"
#include "matching/rank.h"

struct loading {
	struct db *db;
	struct arena *arena;
	struct clearing_input *input;
	struct clearing_provider *provider;
	size_t provider_count;
	struct clearing_refusal_list refusals;
};

/* By slot from by kind; in one slot everything. */
static const int32_t *
slots_of(const struct loading *loading, const int32_t *by_kind)
{
	const struct clearing_input *input = loading->input;
	int32_t *by_slot = arena_array(
	    loading->arena, input->slot_count, sizeof(*by_slot));

	for (size_t slot = 0; slot < input->slot_count; slot++)
		by_slot[slot] = by_kind[input->kind[slot]];
	return by_slot;
}

/* By kind, what a package takes. */
static void
demand_of(
    const struct loading *loading, const struct match *match, int32_t *amount)
{
	clearing_demand_fill(&loading->input->hours, match->package->id,
	    match->package->weekly_minutes, amount);
}

/* Slots by the kinds that are wanted, then by those that are not. */
static void
slots_number(struct loading *loading, struct match_list matches)
{
	struct clearing_input *input = loading->input;
	const size_t kinds = input->hours.kind_count;
	bool is_wanted[CLEARING_KINDS_MOST] = { false };
	int32_t amount[CLEARING_KINDS_MOST];

	if (input->hours.shares.count == 0) {
		input->slot_count = 1;
		input->kind[0] = kinds - 1;
		return;
	}
	for (size_t i = 0; i < matches.count; i++) {
		demand_of(loading, matches.row[i], amount);
		for (size_t k = 0; k < kinds; k++)
			is_wanted[k] = is_wanted[k] || amount[k] > 0;
	}
	for (int wanted = 1; wanted >= 0; wanted--)
		for (size_t k = 0; k < kinds; k++)
			if (is_wanted[k] == (wanted == 1))
				input->kind[input->slot_count++] = k;
}

/* The place of a member among the providers; a new one is added. */
static uint32_t
provider_place(struct loading *loading, const struct match_member *member)
{
	int32_t spare[CLEARING_KINDS_MOST];
	bool is_divided;
	uint32_t i;

	for (i = 0; i < loading->provider_count; i++)
		if (loading->provider[i].member_id == member->member_id &&
		    loading->provider[i].council_id ==
			member->member_council_id)
			return i;
	is_divided = clearing_spare_fill(&loading->input->hours, member, spare);
	loading->provider[i] = (struct clearing_provider) {
		.council_id = member->member_council_id,
		.member_id = member->member_id,
		.organisation_id = member->organisation_id,
		.reference = member->reference,
		.name = member->name,
		.spare = slots_of(loading, spare),
		.is_divided = is_divided,
	};
	loading->provider_count++;
	return i;
}

static bool
has_refused(
    const struct loading *loading, int64_t package, int64_t organisation)
{
	for (size_t i = 0; i < loading->refusals.count; i++)
		if (loading->refusals.row[i].package_id == package &&
		    loading->refusals.row[i].organisation_id == organisation)
			return true;
	return false;
}

/* What all weights of a policy add up to; 0 where it weighs nothing. */
static int64_t
points_most(const struct policy *policy)
{
	int64_t most = 0;

	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_WEIGH)
			most += policy->step[i].points;
	return most;
}

/*
 * How well an eligible provider fits by the policy, of 100: its points of
 * those there are where the policy weighs, otherwise its place in the order.
 */
static int32_t
score_of(const struct match *match, size_t place)
{
	const struct ranking *ranking = match->ranking;
	const int64_t most = points_most(match->policy);

	if (most == 0)
		return 10000 -
		       (int32_t)(place * 10000 / ranking->eligible_count);
	return (int32_t)(ranking->entry[place].points_hundredths *
			 INT64_C(100) / most);
}

static struct clear_option
option_of(struct loading *loading, const struct match *match, size_t place)
{
	const uint32_t candidate = match->ranking->entry[place].candidate;
	const struct match_member *member = &match->members.row[candidate];
	const int64_t price = match_week_price(
	    loading->arena, match, match_rate(match, candidate));

	return (struct clear_option) {
		.provider = provider_place(loading, member),
		.fit_hundredths = score_of(match, place),
		.price_pence = price > CLEAR_PENCE ? CLEAR_PENCE
		                                   : (int32_t)price,
		.distance_metres = member->distance_metres > CLEAR_METRES
		                       ? CLEAR_METRES
		                       : member->distance_metres,
	};
}

static void
demands_fill(struct loading *loading, struct clearing_need_of *package)
{
	const size_t slots = loading->input->slot_count;
	struct clear_demand *demand = arena_array(
	    loading->arena, slots, sizeof(*demand));
	int32_t amount[CLEARING_KINDS_MOST];

	demand_of(loading, package->match, amount);
	package->options.demand = demand;
	for (uint32_t slot = 0; slot < slots; slot++)
		if (amount[loading->input->kind[slot]] > 0)
			demand[package->options.demand_count++] =
			    (struct clear_demand) { slot,
				    amount[loading->input->kind[slot]] };
}

/*
 * Whoever may be asked by the policy and has not declined; where the person's
 * choice goes first and alone, nobody else.
 */
static void
options_fill(
    struct loading *loading, struct clearing_need_of *package, int64_t order)
{
	const struct match *match = package->match;
	const struct ranking *ranking = match->ranking;
	const bool is_chosen_alone =
	    match_wave(loading->arena, ranking, NULL).kind == WAVE_CHOSEN;
	struct clear_option *option = arena_array(
	    loading->arena, ranking->eligible_count, sizeof(*option));
	size_t count = 0;

	for (size_t i = 0; i < ranking->eligible_count; i++) {
		const uint32_t candidate = ranking->entry[i].candidate;

		if (has_refused(loading, match->package->id,
			match->members.row[candidate].organisation_id) ||
		    (is_chosen_alone &&
			!ranking->candidate[candidate].is_chosen))
			continue;
		option[count++] = option_of(loading, match, i);
	}
	package->options = (struct clear_package) {
		.order = order,
		.weekly_minutes = match->package->weekly_minutes,
		.parts = 1,
		.option = option,
		.option_count = count,
	};
	demands_fill(loading, package);
}

static size_t
providers_most(struct match_list matches)
{
	size_t most = 0;

	for (size_t i = 0; i < matches.count; i++)
		most += matches.row[i]->ranking->eligible_count;
	return most;
}

/* Rows and matches are in one order; rows that could not be matched are out. */
static struct clearing_need_of *
packages_of(struct loading *loading, struct clearing_package_list rows,
    struct match_list matches)
{
	struct clearing_need_of *package = arena_array(
	    loading->arena, matches.count, sizeof(*package));
	size_t row = 0;

	for (size_t i = 0; i < matches.count; i++, row++) {
		while (rows.row[row].id != matches.row[i]->package->id)
			row++;
		package[i].row = &rows.row[row];
		package[i].match = matches.row[i];
		options_fill(loading, &package[i], (int64_t)i + 1);
	}
	return package;
}

static struct clear_list
list_alone(struct arena *arena, const struct clearing_input *input,
    const struct clearing_question *question)
{
	struct clear_package *package = arena_array(
	    arena, input->package_count, sizeof(*package));
	struct clear_provider *provider = arena_array(
	    arena, input->provider_count, sizeof(*provider));
	uint32_t any = 0;

	for (size_t i = 0; i < input->package_count; i++)
		package[i] = input->package[i].options;
	for (size_t i = 0; i < input->provider_count; i++)
		provider[i] = (struct clear_provider) {
			input->provider[i].member_id,
			input->provider[i].spare,
		};
	while (input->kind[any] != input->hours.kind_count - 1)
		any++;
	return (struct clear_list) {
		.package = package,
		.package_count = input->package_count,
		.provider = provider,
		.provider_count = input->provider_count,
		.slot_count = input->slot_count,
		.travel_pence_per_kilometre = question->travel_pence,
		.has_any = input->slot_count > 1,
		.any_slot = any,
	};
}

static struct int64_list
package_ids(struct arena *arena, struct clearing_package_list rows)
{
	int64_t *id = arena_array(arena, rows.count, sizeof(*id));

	for (size_t i = 0; i < rows.count; i++)
		id[i] = rows.row[i].id;
	return (struct int64_list) { id, rows.count };
}

struct clearing_input *
clearing_load(struct db *db, struct arena *arena, int64_t council,
    const struct clearing_question *question, int64_t now)
{
	struct clearing_input *input = arena_alloc(arena, sizeof(*input));
	const struct clearing_package_list rows = clearing_package_list(
	    db, council, CLEARING_PACKAGES_MOST);
	struct loading loading = {
		.db = db,
		.arena = arena,
		.input = input,
		.refusals = clearing_refusal_list(db, council),
	};
	const struct int64_list ids = package_ids(arena, rows);
	const struct match_list matches = match_load_many(
	    db, arena, council, ids, now);

	if (matches.count == 0)
		return NULL;
	input->hours = clearing_hours_load(db, council, ids);
	slots_number(&loading, matches);
	loading.provider = arena_array(
	    arena, providers_most(matches), sizeof(*loading.provider));
	input->package = packages_of(&loading, rows, matches);
	input->package_count = matches.count;
	input->provider = loading.provider;
	input->provider_count = loading.provider_count;
	input->alone = list_alone(arena, input, question);
	input->is_alone = arena_array(
	    arena, input->package_count, sizeof(*input->is_alone));
	return input;
}
