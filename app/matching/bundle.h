/*
 * Rural packages that lie close together, bundled so that one provider can be
 * offered all of them: one journey instead of several.
 */
#ifndef MATCHING_BUNDLE_H
#define MATCHING_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct clear_package;

/* Where a package is, on a plane in metres, and who may take it. */
struct bundle_package {
	int64_t order; /* unique */
	int32_t east_metres;
	int32_t north_metres;
	int32_t weekly_minutes;
	bool is_rural;
	const uint32_t *provider; /* ascending */
	size_t provider_count;
};

/* `within_metres` holds between any two of a bundle. */
struct bundle_rule {
	int32_t within_metres;
	int32_t most_minutes; /* a week, in all */
	size_t most_packages;
	const int32_t
	    *spare_minutes; /* by provider; NULL: as many as it takes */
};

struct bundle {
	const uint32_t *package; /* by order; at least two */
	size_t count;
	int64_t minutes;
	int32_t widest_metres;    /* between the two farthest apart */
	const uint32_t *provider; /* who may take them all; at least one */
	size_t provider_count;
};

struct bundles {
	const struct bundle *bundle;
	size_t count;
};

/* The providers of a package's options, ascending, in the arena. */
const uint32_t *bundle_providers(
    struct arena *arena, const struct clear_package *package);

/*
 * Each rural package, in order, that is in no bundle yet opens one, and takes
 * in the nearest others that keep to the rule and leave a provider who may
 * take all and has the hours for them; equally near ones by order.
 */
struct bundles bundle_find(struct arena *arena,
    const struct bundle_package *packages, size_t count,
    const struct bundle_rule *rule);

#endif
