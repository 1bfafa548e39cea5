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
 * A match before the one at `at` that has asked the gates of the same
 * framework, for the same kind of service when there is one; or NULL.
 */
static const struct match *
match_alike(struct match *const *matches, size_t at)
{
	const struct match_package *package = matches[at]->package;
	const struct match *alike = NULL;

	for (size_t i = 0; i < at; i++) {
		const struct match_package *other = matches[i]->package;

		if (other->framework_id != package->framework_id ||
		    other->framework_council_id !=
			package->framework_council_id)
			continue;
		alike = matches[i];
		if (other->service_kind_id == package->service_kind_id)
			break;
	}
	return alike;
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
		match_rank_members(db, arena, match[i],
		    (struct match_member_list) { members.row + i * each, each },
		    match_alike(match, i));
	return (
	    struct match_list) { (const struct match *const *)match, count };
}
