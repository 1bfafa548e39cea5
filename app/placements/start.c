/* See start.h. */
#include "placements/start.h"

#include "base/arena.h"
#include "base/requests.sql.h"
#include "placements/placements.sql.h"

static void
audit(struct db *db, struct arena *arena, int64_t council, const char *act,
    const struct placement_moved *placement)
{
	audit_add_for_council(db, act, "placement", placement->reference,
	    arena_printf(
		arena, "{\"package\": \"%s\"}", placement->package_reference),
	    council);
}

void
care_start(struct db *db, struct arena *arena, int64_t council, int64_t package)
{
	struct placement_moved_list started = placement_start(
	    db, council, package);

	for (size_t i = 0; i < started.count; i++) {
		struct placement_moved_list ended;

		audit(db, arena, council, "placement.start", &started.row[i]);
		if (started.row[i].is_interim)
			continue;
		ended = placement_end_interim(
		    db, council, package, started.row[i].starts_at);
		for (size_t j = 0; j < ended.count; j++)
			audit(
			    db, arena, council, "placement.end", &ended.row[j]);
	}
}
