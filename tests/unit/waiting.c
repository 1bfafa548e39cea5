/* The waiting list's weeks and words, and the picture of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/chart.h"
#include "base/clock.h"
#include "waiting/waiting.h"

static struct arena *arena;

static int
arena_begin(void **state)
{
	(void)state;
	arena = arena_new(4 << 20);
	return 0;
}

static int
arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int32_t
date_of(int32_t year, int32_t month, int32_t date)
{
	int32_t days = 0;

	assert_true(date_from(year, month, date, &days));
	return days;
}

static void
weeks_begin_on_monday(void **state)
{
	int32_t monday = 0;

	(void)state;
	assert_int_equal(
	    week_monday(date_of(2026, 11, 22)), date_of(2026, 11, 16));
	assert_int_equal(
	    week_monday(date_of(2026, 11, 16)), date_of(2026, 11, 16));
	assert_true(week_parse("2026-11-18", &monday));
	assert_int_equal(monday, date_of(2026, 11, 16));
	assert_false(week_parse(NULL, &monday));
	assert_false(week_parse("", &monday));
	assert_false(week_parse("2026-02-30", &monday));
	assert_false(week_parse("2026/11/18", &monday));
	assert_false(week_parse("2026-11-1x", &monday));
	assert_false(week_parse("2026-11-18 ", &monday));
	assert_false(week_parse("1999-11-18", &monday));
}

static void
a_week_ends_at_local_midnight_or_now(void **state)
{
	const int32_t monday = date_of(2026, 10, 26);
	const int64_t now = clock_midnight(monday) + CLOCK_HOUR;
	const struct wait_week_list weeks = weeks_until(arena, monday, 3, now);

	(void)state;
	assert_int_equal(weeks.count, 3);
	assert_int_equal(weeks.row[0].monday, monday - 14);
	/* The clocks go back on 25 October: a week of 169 hours. */
	assert_int_equal(
	    weeks.row[1].instant - weeks.row[0].instant, 169 * CLOCK_HOUR);
	assert_int_equal(weeks.row[1].instant, clock_midnight(monday));
	assert_int_equal(weeks.row[2].instant, now);
}

static void
sums_go_to_their_weeks(void **state)
{
	static const struct wait_sum rows[] = {
		{ .place = 1, .minutes = 90, .people = 2 },
		{ .place = 1,
		    .reason = "interim_care",
		    .minutes = 90,
		    .people = 2 },
		{ .place = 3, .minutes = 60, .people = 1 },
		{ .place = 3,
		    .reason = "leaving_reablement",
		    .minutes = 60,
		    .people = 1 },
		{ .place = 4, .minutes = 1, .people = 1 },
		{ .place = 0, .minutes = 1, .people = 1 },
	};
	const struct wait_week_list weeks = weeks_until(arena, 0, 3, INT64_MAX);

	(void)state;
	weeks_fill(weeks, (struct wait_sum_list) { rows, 6 });
	assert_int_equal(weeks.row[0].all.minutes, 90);
	assert_int_equal(weeks.row[0].by[WAIT_INTERIM].people, 2);
	assert_int_equal(weeks.row[0].by[WAIT_NOTHING].people, 0);
	assert_int_equal(weeks.row[1].all.people, 0);
	assert_int_equal(weeks.row[2].by[WAIT_REABLEMENT].minutes, 60);
}

static void
sentences_are_those_of_the_report(void **state)
{
	struct wait_week week = {
		.all = { 1737 * 60, 161 },
		.by = { { 51855, 69 }, { 16905, 35 }, { 35460, 57 } },
	};

	(void)state;
	assert_string_equal(wait_sentence(arena, &week, false),
	    "1,737 hours a week for 161 people are still unmet. 92 of them "
	    "have a service and wait for a change, 57 of those leaving "
	    "reablement. 69 have nothing in place.");
	assert_string_equal(wait_sentence(arena, &week, true),
	    "1,737 hours a week for 161 people were still unmet. 92 of them "
	    "had a service and waited for a change, 57 of those leaving "
	    "reablement. 69 had nothing in place.");
	week = (struct wait_week) {
		.all = { 90, 1 },
		.by = { [WAIT_INTERIM] = { 90, 1 } },
	};
	assert_string_equal(wait_sentence(arena, &week, false),
	    "1.5 hours a week for 1 person are still unmet. 1 of them has a "
	    "service and waits for a change.");
	week = (struct wait_week) { .all = { 0, 0 } };
	assert_string_equal(
	    wait_sentence(arena, &week, false), "Nobody is waiting.");
}

static void
figures_are_written_with_commas(void **state)
{
	(void)state;
	assert_string_equal(wait_hours(arena, 0), "0");
	assert_string_equal(wait_hours(arena, 51855), "864.25");
	assert_string_equal(wait_hours(arena, 60 * 1234567 + 6), "1,234,567.1");
	assert_string_equal(wait_share(arena, 60, 1), "1 hour, 1 person");
	assert_string_equal(wait_share(arena, 0, 0), "none");
	assert_string_equal(text_number(arena, -1234), "-1,234");
	assert_string_equal(text_number(arena, 999), "999");
	assert_string_equal(text_number(arena, -999), "-999");
}

static void
the_file_has_a_line_a_week(void **state)
{
	const struct wait_week_list weeks = weeks_until(
	    arena, date_of(2026, 11, 16), 2, INT64_MAX);
	struct bytes file;

	(void)state;
	weeks.row[1].all = (struct wait_count) { 95, 3 };
	weeks.row[1].by[WAIT_NOTHING] = (struct wait_count) { 95, 3 };
	file = wait_csv(arena, weeks);
	assert_string_equal((const char *)file.data,
	    "week_starting,hours_unmet,people,hours_nothing_in_place,"
	    "people_nothing_in_place,hours_interim_care,people_interim_care,"
	    "hours_leaving_reablement,people_leaving_reablement\r\n"
	    "2026-11-09,0.00,0,0.00,0,0.00,0,0.00,0\r\n"
	    "2026-11-16,1.58,3,1.58,3,0.00,0,0.00,0\r\n");
}

/* How often a text stands in another. */
static size_t
times(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		count++;
	return count;
}

static void
a_picture_has_a_bar_for_each_part(void **state)
{
	static const int64_t first[] = { 0, 10, 480 };
	static const int64_t second[] = { 0, 5, 20 };
	static const char *const label[] = { "One", "Two <&>", "Three" };
	static const char *const mark[] = { "1", NULL, "3" };
	const struct chart_series series[] = {
		{ "Red", first },
		{ "Blue", second },
	};
	const struct chart chart = {
		.id = "test",
		.title = "A \"title\"",
		.description = "What is seen",
		.label = label,
		.mark = mark,
		.count = 3,
		.series = series,
		.series_count = 2,
	};
	const struct safe_html picture = chart_bars(arena, &chart);
	const char *svg = picture.data;

	(void)state;
	assert_int_equal(picture.length, strlen(svg));
	assert_non_null(strstr(svg, "role=\"img\""));
	assert_non_null(
	    strstr(svg, "aria-labelledby=\"test-title test-desc\""));
	assert_non_null(
	    strstr(svg, "<desc id=\"test-desc\">What is seen</desc>"));
	assert_non_null(
	    strstr(svg, "<title>Two &lt;&amp;&gt;: Red 10, Blue 5</title>"));
	assert_int_equal(times(svg, "<rect "), 4);
	assert_int_equal(times(svg, "<pattern "), 2);
	/* 0 to 500 by 100. */
	assert_int_equal(times(svg, "<line "), 6);
	assert_non_null(strstr(svg, ">500</text>"));
	assert_null(strstr(svg, "style="));
	assert_int_equal(times(svg, "<g>"), times(svg, "</g>"));
	assert_non_null(
	    strstr(chart_swatch(arena, &chart, 1).data, "url(#test-2)"));
}

static void
a_picture_of_nothing_is_a_picture(void **state)
{
	static const int64_t none[] = { 0 };
	static const char *const label[] = { "One" };
	static const char *const mark[] = { NULL };
	const struct chart_series series[] = { { "Red", none } };
	const struct chart chart = {
		.id = "none",
		.title = "Nothing",
		.description = "",
		.label = label,
		.mark = mark,
		.count = 1,
		.series = series,
		.series_count = 1,
	};
	const char *svg = chart_bars(arena, &chart).data;

	(void)state;
	assert_int_equal(times(svg, "<rect "), 0);
	assert_int_equal(times(svg, "<line "), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks_begin_on_monday),
		cmocka_unit_test(a_week_ends_at_local_midnight_or_now),
		cmocka_unit_test(sums_go_to_their_weeks),
		cmocka_unit_test(sentences_are_those_of_the_report),
		cmocka_unit_test(figures_are_written_with_commas),
		cmocka_unit_test(the_file_has_a_line_a_week),
		cmocka_unit_test(a_picture_has_a_bar_for_each_part),
		cmocka_unit_test(a_picture_of_nothing_is_a_picture),
	};

	return cmocka_run_group_tests_name(
	    "waiting", tests, arena_begin, arena_end);
}
