/* Rural packages that lie close together, cleared as one. */
#include <math.h>

#include "base/arena.h"
#include "clearing/clearing.h"
#include "matching/bundle.h"
#include "offers/bundles.h"

enum { BUNDLE_MINUTES = 40 * 60 };

static const double metres_a_degree = 111195;
static const double pi = 3.14159265358979323846;

/* How far north the packages lie, in degrees: the middle of the council. */
static double
latitude_middle(const struct clearing_input *input)
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < input->package_count; i++) {
		if (!input->package[i].row->has_latitude)
			continue;
		sum += input->package[i].row->latitude;
		count++;
	}
	return count == 0 ? 0 : sum / (double)count;
}

/* Where the postcode sector lies, on a plane that fits a county. */
static void
place_set(struct bundle_package *place, const struct clearing_package *row,
    double middle)
{
	place->north_metres = (int32_t)lround(row->latitude * metres_a_degree);
	place->east_metres = (int32_t)lround(
	    row->longitude * cos(middle * pi / 180) * metres_a_degree);
}

static const int32_t *
spare_minutes(struct arena *arena, const struct clearing_input *input)
{
	int32_t *minutes = arena_array(
	    arena, input->provider_count, sizeof(*minutes));

	for (size_t i = 0; i < input->provider_count; i++)
		for (size_t slot = 0; slot < input->slot_count; slot++)
			minutes[i] += input->provider[i].spare[slot];
	return minutes;
}

static struct bundles
bundles_of(struct arena *arena, const struct clearing_input *input,
    const struct clearing_question *question)
{
	const struct bundle_rule rule = {
		.within_metres = question->bundle_kilometres * 1000,
		.most_minutes = BUNDLE_MINUTES,
		.most_packages = OFFER_BUNDLE_MOST,
		.spare_minutes = spare_minutes(arena, input),
	};
	struct bundle_package *place = arena_array(
	    arena, input->package_count, sizeof(*place));
	const double middle = latitude_middle(input);

	if (question->bundle_kilometres == 0)
		return (struct bundles) { NULL, 0 };
	for (size_t i = 0; i < input->package_count; i++) {
		const struct clearing_need_of *package = &input->package[i];

		place[i] = (struct bundle_package) {
			.order = package->options.order,
			.weekly_minutes = package->options.weekly_minutes,
			.is_rural = package->row->is_rural &&
			            package->row->has_latitude &&
			            !input->is_alone[i],
			.provider = bundle_providers(arena, &package->options),
			.provider_count = package->options.option_count,
		};
		place_set(&place[i], package->row, middle);
	}
	return bundle_find(arena, place, input->package_count, &rule);
}

static const struct clear_option *
option_find(const struct clear_package *package, uint32_t provider)
{
	size_t i = 0;

	while (package->option[i].provider != provider)
		i++;
	return &package->option[i];
}

/* All packages at once: prices together, fit in the middle, one way there. */
static struct clear_option
option_joined(const struct clearing_input *input,
    const struct clearing_item *item, uint32_t provider)
{
	struct clear_option joined = { .provider = provider };
	int64_t fit = 0, price = 0;

	for (size_t i = 0; i < item->count; i++) {
		const struct clear_option *option = option_find(
		    &input->package[item->package[i]].options, provider);

		fit += option->fit_hundredths;
		price += option->price_pence;
		if (option->distance_metres > joined.distance_metres)
			joined.distance_metres = option->distance_metres;
	}
	joined.fit_hundredths = (int32_t)(fit / (int64_t)item->count);
	joined.price_pence = price > CLEAR_PENCE ? CLEAR_PENCE : (int32_t)price;
	return joined;
}

/* What all packages take, slot by slot. */
static size_t
demand_joined(const struct clearing_input *input,
    const struct clearing_item *item, struct clear_demand *demand)
{
	int32_t amount[CLEARING_KINDS_MOST] = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < item->count; i++) {
		const struct clear_package *package =
		    &input->package[item->package[i]].options;

		for (size_t d = 0; d < package->demand_count; d++)
			amount[package->demand[d].slot] +=
			    package->demand[d].amount;
	}
	for (uint32_t slot = 0; slot < input->slot_count; slot++)
		if (amount[slot] > 0)
			demand[count++] = (struct clear_demand) { slot,
				amount[slot] };
	return count;
}

static struct clear_package
package_joined(struct arena *arena, const struct clearing_input *input,
    const struct clearing_item *item, const struct bundle *bundle)
{
	struct clear_demand *demand = arena_array(
	    arena, input->slot_count, sizeof(*demand));
	struct clear_option *option = arena_array(
	    arena, bundle->provider_count, sizeof(*option));

	for (size_t i = 0; i < bundle->provider_count; i++)
		option[i] = option_joined(input, item, bundle->provider[i]);
	return (struct clear_package) {
		.order = input->package[item->package[0]].options.order,
		.weekly_minutes = (int32_t)bundle->minutes,
		.parts = 1,
		.demand = demand,
		.demand_count = demand_joined(input, item, demand),
		.option = option,
		.option_count = bundle->provider_count,
	};
}

/* Bundles by their first package, then the packages that are in none. */
void
clearing_bundle(struct arena *arena, struct clearing_input *input,
    const struct clearing_question *question)
{
	const struct bundles bundles = bundles_of(arena, input, question);
	const size_t count = input->package_count;
	struct clearing_item *item = arena_array(arena, count, sizeof(*item));
	struct clear_package *package = arena_array(
	    arena, count, sizeof(*package));
	bool *is_bundled = arena_array(arena, count, sizeof(*is_bundled));
	uint32_t *alone = arena_array(arena, count, sizeof(*alone));
	size_t filled;

	for (filled = 0; filled < bundles.count; filled++) {
		const struct bundle *bundle = &bundles.bundle[filled];

		item[filled] = (struct clearing_item) { bundle->package,
			bundle->count, (int32_t)filled + 1 };
		package[filled] = package_joined(
		    arena, input, &item[filled], bundle);
		for (size_t i = 0; i < bundle->count; i++)
			is_bundled[bundle->package[i]] = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_bundled[i])
			continue;
		alone[i] = (uint32_t)i;
		item[filled] = (struct clearing_item) { &alone[i], 1, 0 };
		package[filled++] = input->package[i].options;
	}
	input->item = item;
	input->item_count = filled;
	input->list = input->alone;
	input->list.package = package;
	input->list.package_count = filled;
}
