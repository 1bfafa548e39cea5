/* Offers from the lines of a clearing: all of those asked for, or none. */
#include "offers/send.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "clearing/clearing.h"
#include "matching/rank.h"
#include "offers/bundles.sql.h"
#include "offers/notices.h"

struct sending {
	const struct offer_work *work;
	int64_t council;
	const struct clearing *clearing;
	struct clearing_line_list lines;
	int64_t account;
	struct match_list matches; /* of each line, under its lock */
	struct clearing_hours hours;
	const char **fault;
	size_t fault_count;
};

static void
fault_add(
    struct sending *sending, const struct clearing_line *line, const char *text)
{
	sending->fault[sending->fault_count++] = arena_printf(
	    sending->work->arena, "Package %s %s", line->package_reference,
	    text);
}

/* All locks in the order of the packages, so that nobody waits in a ring. */
static struct int64_list
packages_lock(struct sending *sending)
{
	const size_t count = sending->lines.count;
	int64_t *id = arena_array(sending->work->arena, count, sizeof(*id));
	const struct int64_list packages = { id, count };

	for (size_t i = 0; i < count; i++)
		id[i] = sending->lines.row[i].package_id;
	offer_packages_lock(sending->work->db, sending->council, packages);
	for (size_t i = 0; i < count; i++)
		offer_package_lock(sending->work, sending->council,
		    sending->lines.row[i].package_reference);
	return packages;
}

static const struct match_member *
member_at(const struct match *match, size_t place)
{
	return &match->members.row[match->ranking->entry[place].candidate];
}

static const struct match_member *
member_proposed(const struct match *match, const struct clearing_line *line)
{
	for (size_t i = 0; i < match->ranking->eligible_count; i++)
		if (member_at(match, i)->organisation_id ==
		    line->organisation_id)
			return member_at(match, i);
	return NULL;
}

static void
line_check(struct sending *sending, const struct clearing_line *line,
    const struct match *match)
{
	const struct match_package *package = match->package;

	if (line->is_changed || package->has_live_round ||
	    !text_equal(package->state, "waiting") ||
	    package->version != line->package_version)
		fault_add(sending, line,
		    "does not wait any more as it did. Somebody has changed "
		    "it, or sent offers for it");
	else if (member_proposed(match, line) == NULL)
		fault_add(sending, line,
		    arena_printf(sending->work->arena,
			"cannot be offered to %s any more",
			line->organisation_name));
}

/* A member has hours for each of its frameworks: one of them is meant. */
static bool
is_of_member(
    const struct match_member *member, int64_t council, int64_t member_id)
{
	return member->member_council_id == council &&
	       member->member_id == member_id;
}

/*
 * By kind, what is left of a member's hours after these lines up to the one at
 * `at`; less than 0 where they take more than the kind has.
 */
static void
room_left(const struct sending *sending, const struct match_member *member,
    size_t at, const int32_t *spare, int32_t *room)
{
	const size_t kinds = sending->hours.kind_count;
	int32_t amount[CLEARING_KINDS_MOST];

	for (size_t k = 0; k < kinds; k++)
		room[k] = spare[k];
	for (size_t i = 0; i <= at; i++) {
		const struct clearing_line *line = &sending->lines.row[i];
		const struct match_member *other = member_proposed(
		    sending->matches.row[i], line);

		if (other == NULL ||
		    !is_of_member(
			member, other->member_council_id, other->member_id))
			continue;
		clearing_demand_fill(&sending->hours, line->package_id,
		    line->weekly_minutes, amount);
		for (size_t k = 0; k < kinds; k++)
			room[k] -= amount[k];
	}
}

/* Hours that a member is asked for by these lines, within what is left. */
static void
line_hours_check(struct sending *sending, size_t at)
{
	const struct clearing_line *line = &sending->lines.row[at];
	const struct match_member *member = member_proposed(
	    sending->matches.row[at], line);
	const size_t kinds = sending->hours.kind_count;
	const struct clear_list list = {
		.slot_count = kinds,
		.has_any = true,
		.any_slot = (uint32_t)kinds - 1,
	};
	int32_t spare[CLEARING_KINDS_MOST], room[CLEARING_KINDS_MOST];
	int64_t left = 0;

	if (member == NULL)
		return;
	clearing_spare_fill(&sending->hours, member, spare);
	room_left(sending, member, at, spare, room);
	for (size_t k = 0; k < kinds; k++)
		left += room[k];
	if (!clear_is_within(&list, spare, room))
		fault_add(sending, line,
		    arena_printf(sending->work->arena,
			left < 0 ? "needs more hours than %s has left"
				 : "needs hours at times of the day at which "
				   "%s has too few left",
			line->organisation_name));
}

/* Everybody but the proposed, with why: it stands with the round. */
static struct chain_member_list
others_of(const struct sending *sending, const struct clearing_line *line,
    const struct match *match)
{
	struct arena *arena = sending->work->arena;
	const char *reason = arena_printf(arena,
	    "Clearing %s of the waiting list proposes %s for this package",
	    sending->clearing->reference, line->organisation_name);
	struct chain_member *member = arena_array(
	    arena, match->members.count, sizeof(*member));
	struct chain_member_list list = { member, 0 };

	for (size_t i = 0; i < match->ranking->eligible_count; i++) {
		const int64_t organisation =
		    member_at(match, i)->organisation_id;

		if (organisation != line->organisation_id)
			member[list.count++] =
			    (struct chain_member) { organisation, reason };
	}
	return list;
}

static void
line_send(const struct sending *sending, const struct offer_work *work,
    size_t at, int64_t bundle)
{
	const struct clearing_line *line = &sending->lines.row[at];
	const struct match *match = sending->matches.row[at];
	const int64_t round = offer_round_send(work, match,
	    others_of(sending, line, match), sending->account, bundle);

	clearing_line_sent(work->db, sending->council, sending->clearing->id,
	    line->position, round);
}

/* The lines of a bundle as one offer: the provider is told once. */
static void
bundle_send(const struct sending *sending, int32_t number, size_t first)
{
	const struct match *match = sending->matches.row[first];
	const struct match_member *member = member_proposed(
	    match, &sending->lines.row[first]);
	const struct bundle_id *bundle = bundle_insert(sending->work->db,
	    sending->council, member->organisation_id,
	    member->member_council_id, member->member_id, match->now);
	struct notice_gathering gathering = { 0 };
	struct offer_work work = *sending->work;

	if (bundle == NULL)
		return;
	gathering.bundle_id = bundle->id;
	work.gathering = &gathering;
	for (size_t i = first; i < sending->lines.count; i++)
		if (sending->lines.row[i].bundle == number)
			line_send(sending, &work, i, bundle->id);
	notice_gathered(&work, sending->council, bundle->reference, &gathering);
	audit_add(work.db, "bundle.send", "bundle", bundle->reference,
	    arena_printf(work.arena, "{\"clearing\": \"%s\"}",
		sending->clearing->reference));
}

/* Bundles go with the first of their lines, which all were asked for. */
static void
lines_send(const struct sending *sending)
{
	for (size_t i = 0; i < sending->lines.count; i++) {
		const struct clearing_line *line = &sending->lines.row[i];
		size_t first = 0;

		if (!line->has_bundle) {
			line_send(sending, sending->work, i, 0);
			continue;
		}
		while (sending->lines.row[first].bundle != line->bundle)
			first++;
		if (first == i)
			bundle_send(sending, line->bundle, first);
	}
}

struct text_list
clearing_send(const struct offer_work *work, int64_t council,
    const struct clearing *clearing, struct clearing_line_list lines,
    int64_t account)
{
	struct sending sending = {
		.work = work,
		.council = council,
		.clearing = clearing,
		.lines = lines,
		.account = account,
		.fault = arena_array(
		    work->arena, 2 * lines.count, sizeof(*sending.fault)),
	};
	const struct int64_list packages = packages_lock(&sending);

	sending.matches = match_load_many(
	    work->db, work->arena, council, packages, clock_now(work->db));
	if (sending.matches.count != lines.count) {
		sending.fault[0] = "A package of these is not there any more";
		return (struct text_list) { sending.fault, 1 };
	}
	for (size_t i = 0; i < lines.count; i++)
		line_check(&sending, &lines.row[i], sending.matches.row[i]);
	sending.hours = clearing_hours_load(work->db, council, packages);
	for (size_t i = 0; i < lines.count; i++)
		line_hours_check(&sending, i);
	if (sending.fault_count == 0) {
		lines_send(&sending);
		audit_add(work->db, "clearing.send", "clearing",
		    clearing->reference,
		    arena_printf(
			work->arena, "{\"offers\": %zu}", lines.count));
	}
	return (struct text_list) { sending.fault, sending.fault_count };
}
