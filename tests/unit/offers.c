/*
 * Rules of offers that need no database: deadlines in referral hours, the
 * start that is asked, parts of the week, the priced timetable.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "offers/match.h"
#include "offers/views.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct bank_holiday_list none;

static int64_t
instant(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute)
{
	int32_t date;
	int64_t at;

	assert_true(date_from(year, month, day, &date));
	assert_int_equal(clock_instant(date, hour, minute, &at), CLOCK_FINE);
	return at;
}

static void
test_deadline_within_hours(void **state)
{
	struct policy policy = policy_hertfordshire();

	(void)state;
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 3, 10, 0)),
	    instant(2027, 2, 3, 12, 0));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 3, 18, 0)),
	    instant(2027, 2, 3, 20, 0));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 3, 19, 30)),
	    instant(2027, 2, 4, 9, 30));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 3, 22, 0)),
	    instant(2027, 2, 4, 10, 0));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 3, 5, 0)),
	    instant(2027, 2, 3, 10, 0));
}

/* On the days that the clocks change, eight o'clock is eight o'clock. */
static void
test_deadline_when_clocks_change(void **state)
{
	struct policy policy = policy_hertfordshire();

	(void)state;
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 3, 27, 19, 0)),
	    instant(2027, 3, 28, 9, 0));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 10, 30, 19, 0)),
	    instant(2027, 10, 31, 9, 0));
}

static void
test_deadline_on_some_days(void **state)
{
	struct policy policy = policy_hertfordshire();

	(void)state;
	policy.referral_days = 0x1f; /* Monday to Friday */
	assert_int_equal(            /* a Friday evening */
	    reply_deadline(arena, &policy, none, instant(2027, 2, 5, 19, 0)),
	    instant(2027, 2, 8, 9, 0));
	policy.referral_days = 1; /* Mondays only, for 30 days of hours */
	policy.reply_seconds = 30 * 24 * 3600;
	assert_true(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 5, 19, 0)) >
	    instant(2028, 2, 5, 19, 0));
	policy.referral_opens_minutes = 0;
	policy.referral_closes_minutes = 24 * 60;
	policy.referral_days = 0x7f;
	policy.reply_seconds = 3 * 3600;
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 2, 5, 23, 0)),
	    instant(2027, 2, 6, 2, 0));
}

/* Where the policy says so, a reply need not come on a bank holiday. */
static void
test_deadline_on_bank_holidays(void **state)
{
	struct policy policy = policy_hertfordshire();
	struct bank_holiday easter[2];
	const struct bank_holiday_list holidays = { easter, 2 };

	(void)state;
	assert_true(date_from(2027, 3, 26, &easter[0].on_date));
	assert_true(date_from(2027, 3, 29, &easter[1].on_date));
	policy.referral_days = 0x1f;
	assert_int_equal(reply_deadline(arena, &policy, holidays,
			     instant(2027, 3, 25, 19, 0)),
	    instant(2027, 3, 26, 9, 0));
	policy.is_closed_on_bank_holidays = true;
	assert_int_equal(reply_deadline(arena, &policy, holidays,
			     instant(2027, 3, 25, 19, 0)),
	    instant(2027, 3, 30, 9, 0));
	assert_int_equal(reply_deadline(arena, &policy, holidays,
			     instant(2027, 3, 26, 12, 0)),
	    instant(2027, 3, 30, 10, 0));
	assert_int_equal(
	    reply_deadline(arena, &policy, none, instant(2027, 3, 25, 19, 0)),
	    instant(2027, 3, 26, 9, 0));
}

static void
test_start_asked(void **state)
{
	struct policy policy = policy_hertfordshire();
	int64_t sent = instant(2027, 2, 3, 10, 0);

	(void)state;
	assert_int_equal(
	    start_asked(&policy, sent, true, 0), sent + 24 * CLOCK_HOUR);
	assert_int_equal(
	    start_asked(&policy, sent, false, sent), sent + 48 * CLOCK_HOUR);
	assert_int_equal(start_asked(&policy, sent, true, sent + 9 * CLOCK_DAY),
	    sent + 9 * CLOCK_DAY);
}

static void
test_slots(void **state)
{
	struct week_line line = { .kind = "days",
		.days = 1,
		.has_start_from_minute = true,
		.start_from_minute = 8 * 60,
		.has_start_until_minute = true,
		.start_until_minute = 9 * 60 + 30 };

	(void)state;
	assert_int_equal(week_slots(&line), 0x0c); /* from 6 and from 9 */
	line.days = 1 << 6;
	assert_true(week_slots(&line) == UINT64_C(0x0c) << 48);
	line.start_until_minute = 60; /* over midnight */
	assert_true(week_slots(&line) == UINT64_C(0xfc) << 48);
	line.has_start_from_minute = false;
	assert_int_equal(week_slots(&line), 0);
	line.has_start_from_minute = true;
	line.kind = "times";
	assert_int_equal(week_slots(&line), 0);
	assert_int_equal(member_slots(1, 7 * 60, 12 * 60), 0x0c);
	assert_int_equal(member_slots(1, 0, 24 * 60), 0xff);
	assert_int_equal(member_slots(0, 0, 24 * 60), 0);
}

static void
test_week_rows(void **state)
{
	struct request r = { .arena = arena };
	const struct price_card bands = { .band = { { 1259, 40 }, { 2159, 60 },
					      { 3059, 80 }, { 3600, 100 } },
		.band_count = 4 };
	const struct week_line lines[] = {
		{ .kind = "days",
		    .days = 127,
		    .minutes = 30,
		    .carers = 2,
		    .purpose = "Up",
		    .has_start_from_minute = true,
		    .start_from_minute = 480 },
		{ .kind = "times",
		    .times = 2,
		    .minutes = 75,
		    .carers = 1,
		    .purpose = "Bath" },
		{ .kind = "flexible",
		    .minutes = 90,
		    .carers = 1,
		    .purpose = "Company" },
	};
	struct week_row_list rows = week_rows(&r,
	    week_card_plain(arena, &bands), 2192,
	    (struct week_line_list) { lines, 3 });

	(void)state;
	assert_int_equal(rows.count, 3);
	assert_string_equal(rows.row[0].when, "Every day");
	assert_string_equal(rows.row[0].times, "At 8am");
	assert_string_equal(rows.row[0].working.row[0],
	    "7 visits × 2 care workers × £13.15 (60% of £21.92 an hour)");
	assert_int_equal(rows.row[0].total_pence, 14 * 1315);
	assert_string_equal(rows.row[1].when, "2 times a week");
	assert_string_equal(rows.row[1].working.row[0],
	    "2 visits × £27.40 (by the minute at £21.92 an hour)");
	assert_string_equal(rows.row[2].when, "Over the week");
	assert_string_equal(rows.row[2].working.row[0],
	    "1 hour 30 minutes by the minute at £21.92 an hour");
	assert_int_equal(rows.row[2].total_pence, 3288);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deadline_within_hours),
		cmocka_unit_test(test_deadline_when_clocks_change),
		cmocka_unit_test(test_deadline_on_some_days),
		cmocka_unit_test(test_deadline_on_bank_holidays),
		cmocka_unit_test(test_start_asked),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_week_rows),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
