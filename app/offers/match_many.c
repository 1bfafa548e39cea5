/* Matches of many packages, for whoever looks at a whole list. */
#include "base/arena.h"
#include "base/clock.h"
#include "offers/match.h"

/* Groups and tags of all the packages; one may stand there twice. */
static struct int64_list
wanted_of(struct arena *arena, struct match *const *matches, size_t count)
{
	size_t most = 0, filled = 0;
	int64_t *wanted;

	for (size_t i = 0; i < count; i++)
		most += matches[i]->package->tag_ids.count + 1;
	wanted = arena_array(arena, most, sizeof(*wanted));
	for (size_t i = 0; i < count; i++) {
		const struct match_package *package = matches[i]->package;

		wanted[filled++] = package->group_id;
		for (size_t t = 0; t < package->tag_ids.count; t++)
			wanted[filled++] = package->tag_ids.row[t];
	}
	return (struct int64_list) { wanted, filled };
}

/*
 * Ranks the members of one package after those of the packages before it,
 * which may have the gates of its framework already.
 */
static void
rank_after(struct db *db, struct arena *arena, struct match *const *matches,
    size_t at, struct match_member_list members)
{
	const struct match_package *package = matches[at]->package;
	struct gate_book gates;
	size_t i = 0;

	while (i < at &&
	       (matches[i]->package->framework_id != package->framework_id ||
		   matches[i]->package->framework_council_id !=
		       package->framework_council_id))
		i++;
	gates = i < at ? matches[i]->gates
	               : match_gates(db, arena, matches[at], members);
	match_rank_members(db, arena, matches[at], members, &gates);
}

struct match_list
match_load_many(struct db *db, struct arena *arena, int64_t council,
    struct int64_list packages, int64_t now)
{
	struct match **match = arena_array(
	    arena, packages.count, sizeof(*match));
	int64_t *id = arena_array(arena, packages.count, sizeof(*id));
	struct match_member_list members;
	size_t count = 0, each;

	for (size_t i = 0; i < packages.count; i++) {
		match[count] = match_read(
		    db, arena, council, packages.row[i], now);
		if (match[count] == NULL)
			continue;
		id[count++] = packages.row[i];
	}
	if (count == 0)
		return (struct match_list) { NULL, 0 };
	members = match_member_many(db, council,
	    (struct int64_list) { id, count }, wanted_of(arena, match, count),
	    clock_local_date(now));
	each = members.count / count;
	if (each * count != members.count) {
		db_fail(db, DB_BROKEN,
		    "packages of one council have different members");
		return (struct match_list) { NULL, 0 };
	}
	for (size_t i = 0; i < count; i++)
		rank_after(db, arena, match, i,
		    (struct match_member_list) {
			members.row + i * each, each });
	return (
	    struct match_list) { (const struct match *const *)match, count };
}
