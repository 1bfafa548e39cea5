/* Acts on all offers of a bundle. */
#include "offers/bundles.h"

#include <string.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "offers/notices.h"
#include "offers/replies.h"

bool
bundle_settle(const struct offer_work *work, int64_t council, int64_t bundle)
{
	const struct bundle_part_list parts = bundle_part_list(
	    work->db, council, bundle);

	/* The first locks all while the bundle is open. */
	for (size_t i = 0; i < parts.count; i++)
		if (!offer_round_settle(work, council, parts.row[i].round_id))
			return false;
	return parts.count > 0;
}

/* As by settle_open(), with the offer; the request fails where it is late. */
static const struct settling *
part_open(const struct offer_work *work, int64_t council,
    const struct bundle_part *part, const struct offer_act **offer)
{
	const struct settling *settling = settle_open(
	    work, council, part->round_id);

	if (settling == NULL)
		return NULL;
	*offer = offer_act_by_reference(
	    work->db, part->reference, NULL, &council);
	if (*offer != NULL && strcmp((*offer)->standing, "sent") == 0)
		return settling;
	settle_close(settling);
	db_fail(work->db, DB_CONFLICT,
	    "the time of a bundle ended between two of its offers");
	return NULL;
}

static void
audit(const struct offer_work *work, const struct bundle_page *bundle,
    const struct bundle_reply *reply)
{
	audit_add_for_council(work->db,
	    reply->is_acceptance ? "bundle.accept" : "bundle.decline", "bundle",
	    bundle->reference,
	    arena_printf(work->arena, "{\"packages\": %lld}",
		(long long)bundle->package_count),
	    bundle->council_id);
}

void
bundle_reply_give(const struct offer_work *work,
    const struct bundle_page *bundle, const struct bundle_reply *reply)
{
	const struct bundle_part_list parts = bundle_part_list(
	    work->db, bundle->council_id, bundle->id);
	struct notice_gathering gathering = { .bundle_id = bundle->id };
	struct offer_work gathered = *work;

	gathered.gathering = &gathering;
	for (size_t i = 0; i < parts.count; i++) {
		const struct offer_act *offer;
		const struct settling *settling = part_open(
		    &gathered, bundle->council_id, &parts.row[i], &offer);
		struct offer_reply one = {
			.is_acceptance = reply->is_acceptance,
			.rate_pence = reply->rate_pence,
			.reason = reply->reason,
			.note = reply->note,
			.told_by = reply->told_by,
			.account_id = reply->account_id,
		};

		if (settling == NULL)
			return;
		if (reply->is_acceptance) {
			one.start_at = reply->start_at[i];
			one.introduced_at = reply->introduced_at[i];
		}
		offer_reply_give(settling, offer, &one);
		/* Mail and tasks are the council's: before it is closed. */
		if (i + 1 == parts.count)
			notice_gathered(work, bundle->council_id,
			    bundle->reference, &gathering);
		settle_close(settling);
	}
	audit(work, bundle, reply);
}
