/* Which facts must be renewed soon, so that a gate stays passed. */
#include "base/arena.h"
#include "base/clock.h"
#include "gates/gates.h"
#include "gates/standing.h"
#include "matching/gates.h"

static const int32_t notices[] = { 60, 30, 7 };

enum { NOTICES = sizeof(notices) / sizeof(notices[0]) };

static bool
is_listed(struct fact_expiry_list list, const char *kind, int32_t closes_on)
{
	for (size_t i = 0; i < list.count; i++)
		if (list.row[i].closes_on == closes_on &&
		    text_equal(list.row[i].kind, kind))
			return true;
	return false;
}

/* Adds those of one membership for one kind of service. */
static size_t
expiries_add(struct arena *arena, const struct gate_case *gates, int32_t today,
    struct fact_expiry *row, size_t count)
{
	struct gate_expiries found = gates_expiring(
	    arena, gates, today - DATE_1970, notices, NOTICES);

	for (size_t i = 0; i < found.count; i++) {
		const struct gate_expiry *expiry = &found.expiry[i];
		const char *kind = fact_kind_code(expiry->fact->kind);
		const int32_t closes_on = expiry->closes_on + DATE_1970;

		if (!is_listed((struct fact_expiry_list) { row, count }, kind,
			closes_on))
			row[count++] = (struct fact_expiry) { kind, closes_on,
				expiry->notice };
	}
	return count;
}

struct fact_expiry_list
fact_expiries(struct db *db, struct arena *arena, int64_t council,
    int64_t organisation, int32_t today)
{
	const struct int64_list one = { &organisation, 1 };
	struct gate_member_list members = gate_member_list(
	    db, council, NULL, one);
	struct gate_book book = gate_book_load(db, council, 0, one, today);
	struct fact_expiry_list list = { NULL, 0 };
	struct fact_expiry *row = arena_array(
	    arena, book.rules.count * (book.kinds.count + 1), sizeof(*row));

	for (size_t i = 0; i < members.count; i++) {
		const struct gate_member *member = &members.row[i];
		struct gate_case *gates = gate_case_of(
		    arena, &book, member->framework_id, organisation);

		for (size_t j = 0; j < member->kind_ids.count; j++) {
			gates->service_kind = gate_kind_bit(
			    &book, member->kind_ids.row[j]);
			list.count = expiries_add(
			    arena, gates, today, row, list.count);
		}
	}
	list.row = row;
	return list;
}

struct fact_expiry_list
fact_expiries_add(struct arena *arena, struct fact_expiry_list list,
    struct fact_expiry_list more)
{
	struct fact_expiry *row = arena_array(
	    arena, list.count + more.count, sizeof(*row));
	struct fact_expiry_list all = { row, 0 };

	for (size_t i = 0; i < list.count; i++)
		row[all.count++] = list.row[i];
	for (size_t i = 0; i < more.count; i++)
		if (!is_listed(all, more.row[i].kind, more.row[i].closes_on))
			row[all.count++] = more.row[i];
	return all;
}
