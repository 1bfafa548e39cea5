/* Spare hours and hours wanted, by part of the day. */
#include "base/arena.h"
#include "clearing/clearing.h"

struct clearing_hours
clearing_hours_load(struct db *db, int64_t council, struct int64_list packages)
{
	struct clearing_hours hours = {
		.parts = clearing_day_part_list(db),
		.shares = clearing_share_list(db, council),
		.promises = clearing_promise_list(db, council),
	};

	if (hours.parts.count > CLEARING_KINDS_MOST - 1)
		hours.parts.count = CLEARING_KINDS_MOST - 1;
	hours.kind_count = hours.parts.count + 1;
	if (hours.shares.count > 0)
		hours.weeks = clearing_week_list(db, council, packages);
	return hours;
}

const char *
clearing_kind_code(const struct clearing_hours *hours, size_t kind)
{
	return kind < hours->parts.count ? hours->parts.row[kind].code : "any";
}

/* Hours of the week that are left once offers that are out are taken up. */
static int64_t
week_left(const struct clearing_hours *hours, const struct match_member *member)
{
	int64_t left = member->spare_minutes;

	for (size_t i = 0; i < hours->promises.count; i++) {
		const struct clearing_promise *promise =
		    &hours->promises.row[i];

		if (promise->member_council_id == member->member_council_id &&
		    promise->member_id == member->member_id)
			left -= promise->minutes;
	}
	return left > 0 ? left : 0;
}

bool
clearing_spare_fill(const struct clearing_hours *hours,
    const struct match_member *member, int32_t *spare)
{
	const size_t any = hours->parts.count;
	int64_t left = week_left(hours, member);
	bool is_divided = false;

	for (size_t i = 0; i < hours->kind_count; i++)
		spare[i] = 0;
	for (size_t i = 0; i < hours->shares.count; i++) {
		const struct clearing_share *share = &hours->shares.row[i];

		if (share->member_council_id != member->member_council_id ||
		    share->member_id != member->member_id)
			continue;
		is_divided = true;
		for (size_t k = 0; k < any && k < share->minutes.count; k++) {
			spare[k] = (int32_t)share->minutes.row[k];
			left -= spare[k];
		}
	}
	spare[any] = left > 0 ? (int32_t)left : 0;
	return is_divided;
}

void
clearing_demand_fill(const struct clearing_hours *hours, int64_t package,
    int32_t weekly_minutes, int32_t *amount)
{
	const size_t any = hours->parts.count;
	int64_t left = weekly_minutes;

	for (size_t i = 0; i < hours->kind_count; i++)
		amount[i] = 0;
	for (size_t i = 0; i < hours->weeks.count; i++) {
		const struct clearing_week *week = &hours->weeks.row[i];

		if (week->package_id != package)
			continue;
		for (size_t k = 0; k < any && k < week->minutes.count; k++) {
			amount[k] = (int32_t)week->minutes.row[k];
			left -= amount[k];
		}
	}
	/* Visits beyond the week's minutes would say nothing that holds. */
	for (size_t i = 0; i < any && left < 0; i++)
		amount[i] = 0;
	amount[any] = left < 0 ? weekly_minutes : (int32_t)left;
}
