/*
 * Bundles grow one by one, nearest first.
 */
#include "matching/bundle.h"

#include <string.h>

#include "base/arena.h"
#include "matching/clear.h"
#include "matching/sort.h"

struct builder {
	struct arena *arena;
	const struct bundle_package *package;
	const struct bundle_rule *rule;
	struct sort_item *order; /* packages by order */
	struct sort_item *near;
	struct sort_item *spare;
	size_t count;
	bool *is_taken;
	uint32_t *member; /* of the bundle that grows, as the next two */
	uint32_t *common;
	struct bundle bundle;
	int64_t widest_squared;
};

static int64_t
distance_squared(const struct bundle_package *a, const struct bundle_package *b)
{
	int64_t east = (int64_t)a->east_metres - b->east_metres;
	int64_t north = (int64_t)a->north_metres - b->north_metres;

	return east * east + north * north;
}

/* The root, rounded up; bit by bit, so that it is the same everywhere. */
static int32_t
root_up(int64_t square)
{
	int64_t root = 0;

	for (int64_t bit = INT64_C(1) << 31; bit > 0; bit >>= 1)
		if ((root + bit) * (root + bit) <= square)
			root += bit;
	return (int32_t)(root + (root * root < square));
}

/* Keeps in `list` what is in `other` too; gives how many are left. */
static size_t
keep_common(
    uint32_t *list, size_t count, const uint32_t *other, size_t other_count)
{
	size_t kept = 0;

	for (size_t i = 0, j = 0; i < count && j < other_count;) {
		if (list[i] == other[j]) {
			list[kept++] = list[i++];
			j++;
		} else if (list[i] < other[j]) {
			i++;
		} else {
			j++;
		}
	}
	return kept;
}

/* Whether somebody may take the other, too, and has the hours for all. */
static bool
has_taker(const struct builder *builder, const struct bundle_package *other)
{
	const int32_t *spare = builder->rule->spare_minutes;
	const int64_t minutes = builder->bundle.minutes + other->weekly_minutes;
	const uint32_t *list = builder->common;

	for (size_t i = 0, j = 0;
	     i < builder->bundle.provider_count && j < other->provider_count;) {
		if (list[i] == other->provider[j] &&
		    (spare == NULL || spare[list[i]] >= minutes))
			return true;
		if (list[i] < other->provider[j])
			i++;
		else
			j++;
	}
	return false;
}

static bool
is_admitted(const struct builder *builder, const struct bundle_package *other)
{
	const struct bundle *bundle = &builder->bundle;
	const struct bundle_rule *rule = builder->rule;
	int64_t limit = (int64_t)rule->within_metres * rule->within_metres;

	if (bundle->count >= rule->most_packages ||
	    bundle->minutes + other->weekly_minutes > rule->most_minutes)
		return false;
	for (size_t i = 0; i < bundle->count; i++)
		if (distance_squared(
			&builder->package[builder->member[i]], other) > limit)
			return false;
	return has_taker(builder, other);
}

static void
member_add(struct builder *builder, uint32_t at)
{
	const struct bundle_package *package = &builder->package[at];
	struct bundle *bundle = &builder->bundle;

	for (size_t i = 0; i < bundle->count; i++) {
		int64_t distance = distance_squared(
		    &builder->package[builder->member[i]], package);

		if (distance > builder->widest_squared)
			builder->widest_squared = distance;
	}
	if (bundle->count == 0) {
		memcpy(builder->common, package->provider,
		    package->provider_count * sizeof(*builder->common));
		bundle->provider_count = package->provider_count;
	} else {
		bundle->provider_count = keep_common(builder->common,
		    bundle->provider_count, package->provider,
		    package->provider_count);
	}
	builder->member[bundle->count++] = at;
	bundle->minutes += package->weekly_minutes;
}

/* The others that are near enough to the first, nearest first. */
static size_t
near_find(struct builder *builder, size_t from)
{
	const struct bundle_package *first =
	    &builder->package[builder->order[from].index];
	int64_t limit = (int64_t)builder->rule->within_metres *
	                builder->rule->within_metres;
	size_t count = 0;

	for (size_t i = from + 1; i < builder->count; i++) {
		uint32_t at = builder->order[i].index;
		int64_t distance = distance_squared(
		    first, &builder->package[at]);

		if (!builder->is_taken[at] && builder->package[at].is_rural &&
		    distance <= limit)
			builder->near[count++] = (struct sort_item) {
				.key = (uint64_t)distance,
				.index = at,
			};
	}
	sort_items(builder->near, builder->spare, count);
	return count;
}

/* Puts the members in order; the bundle was filled nearest first. */
static void
members_sort(struct builder *builder)
{
	for (size_t i = 1; i < builder->bundle.count; i++) {
		uint32_t at = builder->member[i];
		size_t j = i;

		for (; j > 0 && builder->package[builder->member[j - 1]].order >
				    builder->package[at].order;
		     j--)
			builder->member[j] = builder->member[j - 1];
		builder->member[j] = at;
	}
}

static void *
copy(struct arena *arena, const void *from, size_t count, size_t size)
{
	return memcpy(arena_array(arena, count, size), from, count * size);
}

/* Whether a bundle of at least two grew from a package. */
static bool
bundle_grow(struct builder *builder, size_t from)
{
	struct bundle *bundle = &builder->bundle;
	size_t near = near_find(builder, from);

	*bundle = (struct bundle) { 0 };
	builder->widest_squared = 0;
	member_add(builder, builder->order[from].index);
	for (size_t i = 0; i < near; i++)
		if (is_admitted(
			builder, &builder->package[builder->near[i].index]))
			member_add(builder, builder->near[i].index);
	if (bundle->count < 2)
		return false;
	for (size_t i = 0; i < bundle->count; i++)
		builder->is_taken[builder->member[i]] = true;
	members_sort(builder);
	bundle->widest_metres = root_up(builder->widest_squared);
	bundle->package = copy(builder->arena, builder->member, bundle->count,
	    sizeof(*bundle->package));
	bundle->provider = copy(builder->arena, builder->common,
	    bundle->provider_count, sizeof(*bundle->provider));
	return true;
}

static struct builder
builder_new(struct arena *arena, const struct bundle_package *packages,
    size_t count, const struct bundle_rule *rule)
{
	struct builder builder = {
		.arena = arena,
		.package = packages,
		.rule = rule,
		.order = arena_array(arena, count, sizeof(*builder.order)),
		.near = arena_array(arena, count, sizeof(*builder.near)),
		.spare = arena_array(arena, count, sizeof(*builder.spare)),
		.count = count,
		.is_taken = arena_array(
		    arena, count, sizeof(*builder.is_taken)),
		.member = arena_array(arena, count, sizeof(*builder.member)),
	};
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		builder.order[i] = (struct sort_item) {
			.key = (uint64_t)packages[i].order ^ UINT64_C(1) << 63,
			.index = (uint32_t)i,
		};
		if (packages[i].provider_count > most)
			most = packages[i].provider_count;
	}
	builder.common = arena_array(arena, most, sizeof(*builder.common));
	sort_items(builder.order, builder.spare, count);
	return builder;
}

struct bundles
bundle_find(struct arena *arena, const struct bundle_package *packages,
    size_t count, const struct bundle_rule *rule)
{
	struct builder builder = builder_new(arena, packages, count, rule);
	struct bundle *bundle = arena_array(arena, count / 2, sizeof(*bundle));
	struct bundles bundles = { .bundle = bundle };

	for (size_t i = 0; i < count; i++) {
		uint32_t at = builder.order[i].index;

		if (builder.is_taken[at] || !packages[at].is_rural ||
		    packages[at].provider_count == 0)
			continue;
		if (bundle_grow(&builder, i))
			bundle[bundles.count++] = builder.bundle;
	}
	return bundles;
}

const uint32_t *
bundle_providers(struct arena *arena, const struct clear_package *package)
{
	uint32_t *provider = arena_array(
	    arena, package->option_count, sizeof(*provider));

	for (size_t i = 0; i < package->option_count; i++) {
		const uint32_t here = package->option[i].provider;
		size_t at = i;

		for (; at > 0 && provider[at - 1] > here; at--)
			provider[at] = provider[at - 1];
		provider[at] = here;
	}
	return provider;
}
