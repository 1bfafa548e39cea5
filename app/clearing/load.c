/* What a clearing goes by: packages, who may take them, and hours left. */
#include "clearing/clearing.h"

#include "base/arena.h"
#include "matching/rank.h"

struct loading {
	struct db *db;
	struct arena *arena;
	struct clearing_provider *provider;
	size_t provider_count;
	struct clearing_promise_list promises;
	struct clearing_refusal_list refusals;
};

static int32_t
spare_left(const struct loading *loading, const struct match_member *member)
{
	int64_t left = member->spare_minutes;

	for (size_t i = 0; i < loading->promises.count; i++) {
		const struct clearing_promise *promise =
		    &loading->promises.row[i];

		if (promise->member_council_id == member->member_council_id &&
		    promise->member_id == member->member_id)
			left -= promise->minutes;
	}
	return left > 0 ? (int32_t)left : 0;
}

/* The place of a member among the providers; a new one is added. */
static uint32_t
provider_place(struct loading *loading, const struct match_member *member)
{
	uint32_t i;

	for (i = 0; i < loading->provider_count; i++)
		if (loading->provider[i].member_id == member->member_id &&
		    loading->provider[i].council_id ==
			member->member_council_id)
			return i;
	loading->provider[i] = (struct clearing_provider) {
		.council_id = member->member_council_id,
		.member_id = member->member_id,
		.organisation_id = member->organisation_id,
		.reference = member->reference,
		.name = member->name,
		.spare_minutes = spare_left(loading, member),
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

/*
 * Whoever may be asked by the policy and has not declined; where the person's
 * choice goes first and alone, nobody else.
 */
static void
options_fill(struct loading *loading, struct clearing_need_of *package,
    const struct clear_demand *demand, int64_t order)
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
		.demand = demand,
		.demand_count = 1,
		.option = option,
		.option_count = count,
	};
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
	struct clear_demand *demand = arena_array(
	    loading->arena, matches.count, sizeof(*demand));
	size_t row = 0;

	for (size_t i = 0; i < matches.count; i++, row++) {
		while (rows.row[row].id != matches.row[i]->package->id)
			row++;
		package[i].row = &rows.row[row];
		package[i].match = matches.row[i];
		demand[i].amount = matches.row[i]->package->weekly_minutes;
		options_fill(loading, &package[i], &demand[i], (int64_t)i + 1);
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

	for (size_t i = 0; i < input->package_count; i++)
		package[i] = input->package[i].options;
	for (size_t i = 0; i < input->provider_count; i++)
		provider[i] = (struct clear_provider) {
			input->provider[i].member_id,
			&input->provider[i].spare_minutes,
		};
	return (struct clear_list) {
		.package = package,
		.package_count = input->package_count,
		.provider = provider,
		.provider_count = input->provider_count,
		.slot_count = 1,
		.travel_pence_per_kilometre = question->travel_pence,
	};
}

static struct match_list
matches_load(struct loading *loading, int64_t council,
    struct clearing_package_list rows, int64_t now)
{
	int64_t *id = arena_array(loading->arena, rows.count, sizeof(*id));

	for (size_t i = 0; i < rows.count; i++)
		id[i] = rows.row[i].id;
	return match_load_many(loading->db, loading->arena, council,
	    (struct int64_list) { id, rows.count }, now);
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
		.promises = clearing_promise_list(db, council),
		.refusals = clearing_refusal_list(db, council),
	};
	const struct match_list matches = matches_load(
	    &loading, council, rows, now);

	if (matches.count == 0)
		return NULL;
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
