/* See end.h. */
#include "placements/end.h"

#include "base/arena.h"
#include "base/requests.sql.h"
#include "base/text.h"
#include "offers/notices.h"
#include "placements/placements.sql.h"

static void
provider_tell(const struct offer_work *work, int64_t council,
    const struct placement_ending *placement)
{
	notice_placement(work, council,
	    &(struct placement_notice) {
		.kind = "placement_ended",
		.text = "A placement with you has ended",
		.task = "Tell the provider that its placement has ended",
		.package_id = placement->package_id,
		.organisation_id = placement->organisation_id,
		.placement = placement->reference,
	    });
}

/* Fewer hours in place, from the end or from when the wait was last told. */
static void
interim_end(const struct offer_work *work, int64_t council,
    const struct placement_ending *placement)
{
	int64_t from = package_wait_from(
	    work->db, council, placement->package_id);

	package_wait_lessen(work->db, council, placement->package_id,
	    placement->weekly_minutes,
	    from > placement->ends_at ? from : placement->ends_at);
	notice_broker(work, council, placement->package_id, 0, "waits_again",
	    "interim_care_ended", "Its interim care has ended");
}

/* What comes after care that was not interim. */
static void
package_go_on(const struct offer_work *work, int64_t council,
    const struct placement_ending *placement)
{
	int64_t package = placement->package_id;

	if (text_equal(placement->end_after, "close") &&
	    !placement_has_interim(work->db, council, package)) {
		package_close_placed(work->db, council, package,
		    placement->ends_at, placement->end_reason);
		return;
	}
	if (placement->starts_at > placement->ends_at)
		package_wait_resume(
		    work->db, council, package, placement->ends_at);
	else
		package_wait_begin(
		    work->db, council, package, placement->ends_at);
	notice_broker(work, council, package, 0, "waits_again",
	    "package_waits_again", "Its care has ended, so it waits again");
}

void
care_end(const struct offer_work *work, int64_t council, int64_t package,
    bool tells_provider)
{
	struct placement_ending_list due = placement_ending_list(
	    work->db, council, package);

	for (size_t i = 0; i < due.count; i++) {
		const struct placement_ending *placement = &due.row[i];

		placement_end(work->db, council, placement->id);
		audit_add_for_council(work->db, "placement.end", "placement",
		    placement->reference,
		    arena_printf(work->arena, "{\"package\": \"%s\"}",
			placement->package_reference),
		    council);
		task_finish(
		    work->db, council, "care_ends", package, NULL, NULL);
		if (tells_provider)
			provider_tell(work, council, placement);
		if (placement->is_interim)
			interim_end(work, council, placement);
		else
			package_go_on(work, council, placement);
	}
}
