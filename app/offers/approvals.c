/* Deciding on a placement outside the ranking. */
#include "offers/approvals.h"

#include <string.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "offers/match.h"
#include "offers/notices.h"

static void
place(const struct offer_work *work, int64_t council,
    const struct approval *approval, const struct match *match)
{
	const char *placement;

	offer_round_withdraw(work, council, approval->package_id,
	    "The package was placed in another way");
	placement = placement_of_request(work->db, council, approval->id,
	    match_week_price(work->arena, match, approval->rate_pence));
	package_place(work->db, council, approval->package_id,
	    approval->starts_at, match->now);
	task_finish(
	    work->db, council, "waits_again", approval->package_id, NULL, NULL);
	task_finish(work->db, council, "approve_rate", approval->package_id,
	    NULL, NULL);
	notice_placement(work, council,
	    &(struct placement_notice) {
		.kind = "offer_chosen",
		.text = "A package of care is placed with you",
		.task = "Tell the provider about its new placement",
		.package_id = approval->package_id,
		.organisation_id = approval->organisation_id,
		.placement = placement,
	    });
	audit_add(work->db, "placement.create", "placement", placement,
	    arena_printf(work->arena,
		"{\"package\": \"%s\", \"request\": \"%s\"}",
		approval->package_reference, approval->reference));
}

/* Where an individual rate has lapsed since it was asked for. */
static bool
rate_is_above(const struct match *match, const struct approval *approval)
{
	int64_t most;

	for (size_t i = 0; i < match->members.count; i++) {
		if (match->members.row[i].organisation_id !=
		    approval->organisation_id)
			continue;
		most = match_ceiling(match, i);
		return most != 0 && approval->rate_pence > most;
	}
	return false;
}

/* Why it cannot be placed, or NULL; match: NULL when that cannot be loaded. */
static const char *
place_fault(
    const struct approval *approval, const struct match *match, int64_t now)
{
	if (strcmp(approval->package_state, "waiting") != 0)
		return "The package does not wait any longer";
	if (approval->starts_at < now)
		return "The start has gone by. Refuse it and ask for a new "
		       "request";
	if (match == NULL)
		return "The package cannot be priced as it stands. Put it "
		       "right before you approve this, or refuse it";
	if (rate_is_above(match, approval))
		return "The rate is above the ceiling of the framework, and "
		       "no individual rate is approved for the package as it "
		       "stands";
	return NULL;
}

const char *
approval_decide(const struct offer_work *work, int64_t council,
    const struct approval *approval, const char *decision, int64_t account,
    const char *note)
{
	bool is_own = approval->requested_by_id == account;
	bool is_approval = strcmp(decision, "approve") == 0;
	int64_t now = clock_now(work->db);
	const struct match *match = NULL;
	const char *fault;

	if (strcmp(approval->state, "requested") != 0)
		return "This request has been decided already";
	if (is_own != (strcmp(decision, "cancel") == 0))
		return "A second person must decide on this request";
	if (is_approval) {
		match = match_load(
		    work->db, work->arena, council, approval->package_id, now);
		fault = place_fault(approval, match, now);
		if (fault != NULL)
			return fault;
	}
	placement_request_decide(work->db, council, approval->id,
	    is_approval ? "approved"
	    : is_own    ? "cancelled"
			: "refused",
	    account, now, note);
	task_finish(work->db, council, "approve_placement",
	    approval->package_id, NULL, &account);
	audit_add(work->db,
	    is_approval ? "placement_request.approve"
	    : is_own    ? "placement_request.cancel"
			: "placement_request.refuse",
	    "package", approval->package_reference,
	    arena_printf(
		work->arena, "{\"request\": \"%s\"}", approval->reference));
	if (match != NULL)
		place(work, council, approval, match);
	return NULL;
}
