/*
 * Weeks and deadlines: the timetable as app/matching prices it and holds it
 * against a provider's hours, and until when an offer may be answered.
 */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "matching/round.h"
#include "offers/match.h"

enum {
	DAY_MINUTES = 24 * 60,
	SLOT_MINUTES = 3 * 60,
	DAY_SLOTS = DAY_MINUTES / SLOT_MINUTES,
	WEEK_DAYS = 7,
	/* Far more than 30 days of reply time on one day a week can need. */
	WINDOW_DAYS = 4000,
	WINDOW_STEP = 32,
};

static enum week_kind
week_kind_of(const char *kind)
{
	if (strcmp(kind, "days") == 0)
		return WEEK_ON_DAYS;
	return strcmp(kind, "times") == 0 ? WEEK_TIMES : WEEK_FLEXIBLE;
}

static const struct week_visit *
visits_of(struct arena *arena, struct week_line_list week)
{
	struct week_visit *visit = arena_array(
	    arena, week.count, sizeof(*visit));

	for (size_t i = 0; i < week.count; i++)
		visit[i] = (struct week_visit) {
			.kind = week_kind_of(week.row[i].kind),
			.days = (uint32_t)week.row[i].days,
			.times = week.row[i].times,
			.minutes = week.row[i].minutes,
			.carers = week.row[i].carers,
			.has_start = week.row[i].has_start_from_minute,
			.start_minutes = week.row[i].start_from_minute,
		};
	return visit;
}

struct price_week
week_price(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, struct week_line_list week)
{
	return week_card_price(
	    arena, card, hourly_pence, visits_of(arena, week), week.count);
}

int64_t
week_holiday_pence(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, struct week_line_list week)
{
	if (!card->has_holidays)
		return 0;
	return week_card_holiday_price(
	    arena, card, hourly_pence, visits_of(arena, week), week.count)
	    .total_pence;
}

struct text_list
week_notes(struct arena *arena, const struct week_card *card,
    struct week_line_list week)
{
	return week_card_notes(arena, card, visits_of(arena, week), week.count);
}

uint64_t
week_slots(const struct week_line *line)
{
	uint64_t slots = 0;
	int first, last;

	if (strcmp(line->kind, "days") != 0 || !line->has_start_from_minute)
		return 0;
	first = line->start_from_minute / SLOT_MINUTES;
	last = line->has_start_until_minute
	           ? line->start_until_minute / SLOT_MINUTES
	           : first;
	if (last < first) /* over midnight: the part before it counts */
		last = DAY_SLOTS - 1;
	for (int day = 0; day < WEEK_DAYS; day++)
		if (line->days & (1 << day))
			for (int slot = first; slot <= last; slot++)
				slots |= UINT64_C(1)
				         << (day * DAY_SLOTS + slot);
	return slots;
}

uint64_t
member_slots(int32_t days, int32_t from_minute, int32_t until_minute)
{
	uint64_t slots = 0;

	for (int day = 0; day < WEEK_DAYS; day++) {
		if (!(days & (1 << day)))
			continue;
		for (int slot = 0; slot < DAY_SLOTS; slot++)
			if (slot * SLOT_MINUTES < until_minute &&
			    (slot + 1) * SLOT_MINUTES > from_minute)
				slots |= UINT64_C(1)
				         << (day * DAY_SLOTS + slot);
	}
	return slots;
}

/* A minute of a local day as an instant, however the clocks change. */
static int64_t
minute_of_day(int32_t date, int32_t minute)
{
	int64_t instant;

	if (minute >= DAY_MINUTES)
		return clock_midnight(date + 1);
	if (clock_instant(date, minute / 60, minute % 60, &instant) ==
	    CLOCK_FINE)
		return instant;
	return clock_midnight(date) + minute * CLOCK_MINUTE;
}

static bool
is_bank_holiday(struct bank_holiday_list holidays, int32_t date)
{
	for (size_t i = 0; i < holidays.count; i++)
		if (holidays.row[i].on_date == date)
			return true;
	return false;
}

int64_t
reply_deadline(struct arena *arena, const struct policy *policy,
    struct bank_holiday_list holidays, int64_t sent_at)
{
	struct referral_window *window = arena_array(
	    arena, WINDOW_DAYS, sizeof(*window));
	int32_t today = clock_local_date(sent_at);
	size_t count = 0;
	int64_t reply_by;

	for (int32_t day = 0; day < WINDOW_DAYS; day++) {
		int32_t date = today + day;
		bool is_closed = policy->is_closed_on_bank_holidays &&
		                 is_bank_holiday(holidays, date);

		if (!is_closed &&
		    policy->referral_days & (1u << date_weekday(date)))
			window[count++] = (struct referral_window) {
				minute_of_day(
				    date, policy->referral_opens_minutes),
				minute_of_day(
				    date, policy->referral_closes_minutes),
			};
		if ((day + 1) % WINDOW_STEP == 0 &&
		    round_reply_by(sent_at, policy->reply_seconds, window,
			count, &reply_by))
			return reply_by;
	}
	return 0;
}

int64_t
start_asked(const struct policy *policy, int64_t sent_at, bool is_rapid,
    int64_t package_start_at)
{
	int64_t by_policy = policy_start_by(policy, sent_at, is_rapid);

	return package_start_at > by_policy ? package_start_at : by_policy;
}
