/*
 * Whole-number arithmetic with one rounding rule: half up, to hundredths.
 */
#include "matching/score.h"

static const int64_t second = 1000000;

int32_t
score_price(int64_t lowest_pence, int64_t rate_pence)
{
	if (rate_pence <= 0)
		return 0;
	return score_share(lowest_pence, rate_pence);
}

int32_t
score_start(int64_t wanted_at, int64_t starts_at, int64_t limit)
{
	int64_t late;

	if (starts_at == 0)
		return 0;
	if (starts_at <= wanted_at)
		return SCORE_FULL;
	late = (starts_at - wanted_at + second - 1) / second;
	if (late >= limit)
		return 0;
	return score_share(limit - late, limit);
}

int64_t
value_stepped(int64_t value, int64_t tolerance)
{
	return value / (tolerance + 1);
}

int64_t
value_start(int64_t wanted_at, int64_t starts_at, int64_t tolerance_seconds)
{
	if (starts_at == 0)
		return INT64_MAX;
	if (tolerance_seconds == 0)
		return starts_at;
	if (starts_at <= wanted_at)
		return 0;
	return 1 + (starts_at - wanted_at - 1) / (tolerance_seconds * second);
}
