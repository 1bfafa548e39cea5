/* See standing.h. */
#include "gates/standing.h"

#include "base/arena.h"
#include "base/clock.h"
#include "gates/gates.h"
#include "matching/gates.h"

/* One membership, as it stood and as it stands. */
struct standing_work {
	struct db *db;
	struct arena *arena;
	const struct gate_book *book;
	const struct gate_member *member;
	struct gate_case *gates;
	struct gate_standing_list before;
	int32_t checked_on;
};

static const struct gate_standing *
standing_before(const struct standing_work *work, int64_t kind)
{
	for (size_t i = 0; i < work->before.count; i++) {
		const struct gate_standing *row = &work->before.row[i];

		if (row->member_id == work->member->member_id &&
		    row->service_kind_id == kind)
			return row;
	}
	return NULL;
}

static void
event_add(const struct standing_work *work, int64_t kind, int32_t day,
    bool is_open, const char *text)
{
	gate_event_add(work->db, work->member->council_id,
	    work->member->member_id, kind, day, is_open, text);
}

/*
 * What the calendar alone changed since the last check. False when the facts
 * themselves have been changed since: what they say of the past was not known
 * then.
 */
static bool
events_of_days(const struct standing_work *work,
    const struct gate_standing *before, bool is_open)
{
	struct gate_history history = gates_history(work->arena, work->gates,
	    before->checked_on - DATE_1970, work->book->today - DATE_1970);
	bool ends_open = history.count > 0
	                     ? history.change[history.count - 1].is_open
	                     : history.was_open;

	if (history.was_open != before->is_open || ends_open != is_open)
		return false;
	for (size_t i = 0; i < history.count; i++) {
		const struct gate_change *change = &history.change[i];

		event_add(work, before->service_kind_id,
		    change->day + DATE_1970, change->is_open,
		    arena_printf(work->arena, "%s: %s", change->gate->name,
			change->text));
	}
	return true;
}

/* Whether the member is open for a kind today; writes what led there. */
static bool
kind_update(const struct standing_work *work, int64_t kind)
{
	const struct gate_standing *before = standing_before(work, kind);
	struct gate_answer answer = gate_answer_of(work->arena, work->book,
	    work->member->framework_id, work->member->organisation_id, kind);

	work->gates->service_kind = gate_kind_bit(work->book, kind);
	if (before != NULL && events_of_days(work, before, answer.is_open))
		return answer.is_open;
	if (before == NULL || before->is_open != answer.is_open)
		event_add(work, kind, work->book->today, answer.is_open,
		    answer.is_open ? "Every gate is passed" : answer.fault);
	return answer.is_open;
}

static void
member_update(struct standing_work *work)
{
	const struct int64_list kinds = work->member->kind_ids;
	int64_t *open = arena_array(work->arena, kinds.count, sizeof(*open));
	struct int64_list list = { open, 0 };

	work->gates = gate_case_of(work->arena, work->book,
	    work->member->framework_id, work->member->organisation_id);
	if (kinds.count == 0)
		return;
	for (size_t i = 0; i < kinds.count; i++)
		if (kind_update(work, kinds.row[i]))
			open[list.count++] = kinds.row[i];
	gate_standing_put(work->db, work->member->council_id,
	    work->member->member_id, kinds, list, work->book->today,
	    work->checked_on);
}

static void
members_update(struct standing_work *work, int64_t council, int64_t framework,
    struct gate_member_list members, int32_t today)
{
	int64_t *organisations = arena_array(
	    work->arena, members.count, sizeof(*organisations));
	int64_t *ids = arena_array(work->arena, members.count, sizeof(*ids));
	struct gate_book *book = arena_alloc(work->arena, sizeof(*book));

	for (size_t i = 0; i < members.count; i++) {
		organisations[i] = members.row[i].organisation_id;
		ids[i] = members.row[i].member_id;
	}
	*book = gate_book_load(work->db, council, framework,
	    (struct int64_list) { organisations, members.count }, today);
	work->book = book;
	work->before = gate_standing_lock(
	    work->db, council, (struct int64_list) { ids, members.count });
	for (size_t i = 0; i < members.count; i++) {
		work->member = &members.row[i];
		if (gate_book_asks(book, work->member->framework_id))
			member_update(work);
	}
}

void
standing_update(struct db *db, struct arena *arena, int64_t council,
    int64_t framework, int64_t organisation, int32_t today)
{
	/* Not today: the daily check is still to come, with what it tells. */
	struct standing_work work = {
		.db = db, .arena = arena, .checked_on = today - 1
	};

	members_update(&work, council, framework,
	    gate_member_list(db, council, framework != 0 ? &framework : NULL,
		(struct int64_list) { &organisation, organisation != 0 }),
	    today);
}

void
standing_check(struct db *db, struct arena *arena, int64_t council,
    int64_t organisation, int32_t today)
{
	struct standing_work work = {
		.db = db, .arena = arena, .checked_on = today
	};

	members_update(&work, council, 0,
	    gate_member_list(
		db, council, NULL, (struct int64_list) { &organisation, 1 }),
	    today);
}
