/* The clock of requests for information, and what is withheld of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "informationrequests/deadline.h"
#include "informationrequests/passages.h"

/* Of England and Wales, as the table has them. */
static struct bank_holiday holiday_rows[9];
static struct bank_holiday_list holidays = { holiday_rows, 9 };
static struct arena *arena;

static int32_t
date_of(const char *iso)
{
	int32_t date;

	assert_true(date_from_iso(iso, &date));
	return date;
}

static int
begin(void **state)
{
	static const char *const days[] = { "2026-01-01", "2026-04-03",
		"2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31",
		"2026-12-25", "2026-12-28", "2027-01-01" };

	(void)state;
	arena = arena_new((size_t)16 * 1024 * 1024);
	for (size_t i = 0; i < holidays.count; i++)
		holiday_rows[i].on_date = date_of(days[i]);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
expect_due(const char *received, const char *due)
{
	const struct request_clock clock = request_clock_at(
	    date_of(received), 0, false, holidays, date_of(received));

	if (clock.due_on != date_of(due))
		fail_msg("%s is due %d days from %s", received,
		    clock.due_on - date_of(due), due);
}

static void
weekends_and_holidays_do_not_count(void **state)
{
	(void)state;
	expect_due("2026-06-01", "2026-06-29"); /* four plain weeks */
	/* Good Friday and Easter Monday. */
	expect_due("2026-03-20", "2026-04-21");
	/* Two in May. */
	expect_due("2026-04-30", "2026-06-01");
}

/* Section 10(6): in any part of the United Kingdom. */
static void
holidays_elsewhere_do_not_count(void **state)
{
	static const char *const kept[] = { "2026-01-02", "2027-01-04",
		"2028-01-04", "2023-01-03", "2026-03-17", "2024-03-18",
		"2018-03-19", "2026-07-13", "2025-07-14", "2024-07-12",
		"2026-08-03", "2024-08-05", "2026-11-30", "2024-12-02",
		"2025-12-01" };
	static const char *const worked[] = { "2026-01-05", "2027-01-05",
		"2026-03-16", "2026-07-14", "2024-07-15", "2026-08-10",
		"2026-12-01", "2024-12-03" };

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (day_is_working(date_of(kept[i]), holidays))
			fail_msg("%s is no working day", kept[i]);
	for (size_t i = 0; i < sizeof(worked) / sizeof(worked[0]); i++)
		if (!day_is_working(date_of(worked[i]), holidays))
			fail_msg("%s is a working day", worked[i]);
	expect_due("2026-03-02", "2026-03-31");
	expect_due("2026-07-10", "2026-08-11");
}

/* The day of receipt is not counted, whatever day it is. */
static void
received_on_a_weekend(void **state)
{
	(void)state;
	expect_due("2026-06-05", "2026-07-03"); /* Friday */
	expect_due("2026-06-06", "2026-07-03");
	expect_due("2026-06-07", "2026-07-03");
	expect_due("2026-06-08", "2026-07-06");
}

static void
over_christmas(void **state)
{
	const struct bank_holiday_list none = { NULL, 0 };

	(void)state;
	expect_due("2026-12-04", "2027-01-07");
	expect_due("2026-12-05", "2027-01-07");
	expect_due("2026-12-25", "2027-01-27");
	/* Also where no bank holidays are known. */
	assert_false(day_is_working(date_of("2031-12-25"), none));
	assert_true(day_is_working(date_of("2031-12-24"), none));
}

static void
days_left_are_working_days(void **state)
{
	struct request_clock clock;

	(void)state;
	/* Due on Monday 29 June 2026. */
	clock = request_clock_at(
	    date_of("2026-06-01"), 0, false, holidays, date_of("2026-06-26"));
	assert_int_equal(clock.days_left, 1);
	assert_false(clock.is_overdue);
	clock = request_clock_at(
	    date_of("2026-06-01"), 0, false, holidays, date_of("2026-06-29"));
	assert_int_equal(clock.days_left, 0);
	assert_false(clock.is_overdue);
	clock = request_clock_at(
	    date_of("2026-06-01"), 0, false, holidays, date_of("2026-07-02"));
	assert_int_equal(clock.days_left, -3);
	assert_true(clock.is_overdue);
	/* Due on a Friday: overdue on the Saturday, by no working day. */
	clock = request_clock_at(
	    date_of("2026-06-05"), 0, false, holidays, date_of("2026-07-04"));
	assert_int_equal(clock.days_left, 0);
	assert_true(clock.is_overdue);
}

/* Sections 1(3) and 10(6). */
static void
a_clarification_stops_the_clock(void **state)
{
	const int32_t received = date_of("2026-06-01");
	struct request_clock clock;

	(void)state;
	clock = request_clock_at(
	    received, 0, true, holidays, date_of("2026-09-01"));
	assert_int_equal(clock.due_on, 0);
	assert_false(clock.is_overdue);
	clock = request_clock_at(received, date_of("2026-06-06"), false,
	    holidays, date_of("2026-06-08"));
	assert_int_equal(clock.due_on, date_of("2026-07-03"));
	assert_int_equal(clock.days_left, 19);
}

/* --- Passages ------------------------------------------------------------- */

static const char answer[] =
    "We pay £17.95 an hour. Travel is extra; Ada Fenn decides it.\n"
    "Row 1: Town: Elm; Rate: £18.00\n\nNothing else";

static void
expect_piece(size_t index, const char *words)
{
	const struct passage_list pieces = passage_pieces(arena, answer);

	assert_string_equal(
	    passage_text(arena, answer, &pieces.row[index]), words);
}

static void
a_text_is_cut_in_sentences_and_lines(void **state)
{
	char *longest = arena_alloc(arena, 2001);
	struct passage_list pieces = passage_pieces(arena, answer);

	(void)state;
	assert_int_equal(pieces.count, 6);
	expect_piece(0, "We pay £17.95 an hour.");
	expect_piece(1, "Travel is extra;");
	expect_piece(2, "Ada Fenn decides it.");
	expect_piece(3, "Row 1: Town: Elm;");
	expect_piece(4, "Rate: £18.00");
	expect_piece(5, "Nothing else");
	assert_int_equal(passage_pieces(arena, "").count, 0);
	assert_int_equal(passage_pieces(arena, " \n\n ").count, 0);
	for (size_t i = 0; i < 1000; i++)
		memcpy(longest + 2 * i, "a\n", 3);
	pieces = passage_pieces(arena, longest);
	assert_int_equal(pieces.count, PASSAGE_PIECES);
	assert_int_equal(pieces.row[PASSAGE_PIECES - 1].start +
			     pieces.row[PASSAGE_PIECES - 1].length,
	    1999);
}

static struct passage_list
withheld(const char *words, int64_t reason)
{
	const struct passage_list found = passages_of_words(
	    arena, answer, words);
	struct passage *row = arena_array(arena, found.count + 1, sizeof(*row));

	for (size_t i = 0; i < found.count; i++) {
		row[i] = found.row[i];
		row[i].reason_id = reason;
	}
	return (struct passage_list) { row, found.count };
}

static void
typed_words_are_withheld_everywhere(void **state)
{
	(void)state;
	assert_int_equal(withheld("£1", 1).count, 2);
	assert_int_equal(withheld("£99", 1).count, 0);
	assert_int_equal(passages_of_words(arena, "aaaa", "aa").count, 2);
}

static void
passages_do_not_overlap(void **state)
{
	const struct passage beyond = { 9000, 5, 3 };
	struct passage_list joined = passages_join(arena, answer,
	    withheld("£17.95 an hour", 1), withheld("an hour. Travel", 2));

	(void)state;
	assert_int_equal(joined.count, 2);
	assert_string_equal(
	    passage_text(arena, answer, &joined.row[0]), "£17.95 an hour");
	assert_int_equal(joined.row[0].reason_id, 1);
	assert_string_equal(
	    passage_text(arena, answer, &joined.row[1]), ". Travel");
	assert_int_equal(joined.row[1].reason_id, 2);
	joined = passages_join(
	    arena, answer, joined, (struct passage_list) { &beyond, 1 });
	assert_int_equal(joined.count, 2);
	assert_true(passage_meets(&joined.row[0], withheld("17", 1)));
	assert_false(passage_meets(&joined.row[0], withheld("Fenn", 1)));
}

static void
what_is_withheld_is_not_released(void **state)
{
	const struct passage_list parts = passages_join(arena, answer,
	    withheld("We pay £17.95 an hour.", 1),
	    passages_join(arena, answer, withheld("Travel is extra;", 1),
		withheld("Ada Fenn", 2)));
	const struct segment_list segments = segments_of(arena, answer, parts);
	const char *text = segments_text(arena, segments);

	(void)state;
	assert_int_equal(parts.count, 3);
	/* Two sentences of one reason are one bar. */
	assert_int_equal(segments.count, 4);
	assert_null(segments.row[0].text);
	assert_int_equal(segments.row[0].reason_id, 1);
	assert_string_equal(segments.row[1].text, " ");
	assert_null(segments.row[2].text);
	assert_int_equal(segments.row[2].reason_id, 2);
	assert_null(strstr(text, "17.95"));
	assert_null(strstr(text, "Travel"));
	assert_null(strstr(text, "Fenn"));
	assert_non_null(strstr(text, "decides it."));
	assert_false(passages_are_all(answer, parts));
}

static void
all_of_a_text_may_be_withheld(void **state)
{
	const char *text = "First. Second.\n";
	const struct passage both[] = { { 0, 6, 1 }, { 7, 7, 1 } };
	const struct passage_list list = { both, 2 };
	const struct segment_list segments = segments_of(arena, text, list);

	(void)state;
	assert_true(passages_are_all(text, list));
	assert_false(passages_are_all(text, (struct passage_list) { both, 1 }));
	assert_int_equal(segments.count, 2);
	assert_null(segments.row[0].text);
	assert_string_equal(segments.row[1].text, "\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weekends_and_holidays_do_not_count),
		cmocka_unit_test(holidays_elsewhere_do_not_count),
		cmocka_unit_test(received_on_a_weekend),
		cmocka_unit_test(over_christmas),
		cmocka_unit_test(days_left_are_working_days),
		cmocka_unit_test(a_clarification_stops_the_clock),
		cmocka_unit_test(a_text_is_cut_in_sentences_and_lines),
		cmocka_unit_test(typed_words_are_withheld_everywhere),
		cmocka_unit_test(passages_do_not_overlap),
		cmocka_unit_test(what_is_withheld_is_not_released),
		cmocka_unit_test(all_of_a_text_may_be_withheld),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
