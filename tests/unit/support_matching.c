/*
 * The market that the tests of matching share.
 */
#include "unit/support_matching.h"

static const int64_t area_ids[] = { 11, 12, 13 };
static const char *const area_names[] = { "Broxbourne", "Dacorum",
	"Stevenage" };
static const int64_t group_ids[] = { 21, 22 };
static const char *const group_names[] = { "care for older people",
	"care for people with a learning disability" };
static const int64_t tag_ids[] = { 31, 32, 33, 34 };
static const char *const tag_names[] = { "dementia care",
	"Polish-speaking care workers", "two care workers at once",
	"support at home" };

struct vocabulary
market_tags(void)
{
	return (struct vocabulary) { tag_ids, tag_names, LENGTH(tag_ids) };
}

struct need
plain_need(void)
{
	return (struct need) {
		.areas = { area_ids, area_names, LENGTH(area_ids) },
		.groups = { group_ids, group_names, LENGTH(group_ids) },
		.tags = { tag_ids, tag_names, LENGTH(tag_ids) },
		.area = DACORUM,
		.group = OLDER,
		.service_kind = SUPPORT,
		.weekly_minutes = 840,
		.must_tags = { 1 << DEMENTIA | 1 << TWO },
		.wanted_start_at = WANTED,
	};
}

struct candidate
good_candidate(int64_t order)
{
	return (struct candidate) {
		.areas = { 1 << DACORUM },
		.groups = 1 << OLDER,
		.tags = { 1 << DEMENTIA | 1 << TWO | 1 << SUPPORT },
		.is_on_framework = true,
		.has_monitoring_visit = true,
		.order = order,
		.spare_minutes = 6000,
	};
}

int64_t
ranking_order_at(const struct ranking *ranking, size_t entry)
{
	return ranking->candidate[ranking->entry[entry].candidate].order;
}
