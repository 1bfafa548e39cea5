/* The readers of single values: what they take, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct request r;

static int
setup(void **state)
{
	(void)state;
	r.arena = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(r.arena);
	return 0;
}

static void
test_postcodes(void **state)
{
	static const struct {
		const char *text, *postcode, *sector;
	} cases[] = {
		{ "M1 1AE", "M1 1AE", "M1 1" },
		{ "B33 8TH", "B33 8TH", "B33 8" },
		{ "W1A 0AX", "W1A 0AX", "W1A 0" },
		{ "CR2 6XH", "CR2 6XH", "CR2 6" },
		{ "DN55 1PT", "DN55 1PT", "DN55 1" },
		{ "EC1A 1BB", "EC1A 1BB", "EC1A 1" },
		{ "AL1 1AA", "AL1 1AA", "AL1 1" },
		{ "SG13 8DE", "SG13 8DE", "SG13 8" },
		{ "WD17 3EX", "WD17 3EX", "WD17 3" },
		{ "CB2 1TN", "CB2 1TN", "CB2 1" },
		{ "PE1 1YS", "PE1 1YS", "PE1 1" },
		{ "SW1W 0NY", "SW1W 0NY", "SW1W 0" },
		{ "E1W 9ZZ", "E1W 9ZZ", "E1W 9" },
		{ "al11aa", "AL1 1AA", "AL1 1" },
		{ "aL1 1Aa", "AL1 1AA", "AL1 1" },
		{ "  AL1   1AA  ", "AL1 1AA", "AL1 1" },
		{ "A L 1 1 A A", "AL1 1AA", "AL1 1" },
		{ "AL1-1AA", "AL1 1AA", "AL1 1" },
		{ "(AL1 1AA)", "AL1 1AA", "AL1 1" },
		{ "AL1 1AA.", "AL1 1AA", "AL1 1" },
		{ "AL11 1AA", "AL11 1AA", "AL11 1" },
		{ "AL111AA", "AL11 1AA", "AL11 1" },
	};
	static const char *const refused[] = { "", " ", "A", "AL", "AL1",
		"AL1 1", "AL1 1A", "AL1 AA", "1AL 1AA", "AL1 1AAA", "AL1 1A1",
		"AL1 11A", "AAL1 1AA", "AL123 1AA", "AL1A 1AA1", "Q1 1AA",
		"V1 1AA", "X1 1AA", "AI1 1AA", "AJ1 1AA", "AZ1 1AA", "AL1 1CA",
		"AL1 1IA", "AL1 1AK", "AL1 1AM", "AL1 1AO", "AL1 1AV",
		"A1I 1AA", "AA1C 1AA", "AL1 1AA, AL1 1AB", "GIR 0AA", "AL1_1AA",
		"AL1/1AA", "\xC3\x85L1 1AA", "AL1 1A\xC3\x85", "90210",
		"AL\xD9\xA1 1AA", "ALI 1AA", "AL1 OAA" };
	const char *postcode = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		if (!postcode_parse(r.arena, cases[i].text, &postcode))
			fail_msg("\"%s\" is refused", cases[i].text);
		assert_string_equal(postcode, cases[i].postcode);
		assert_string_equal(
		    postcode_sector(r.arena, postcode), cases[i].sector);
	}
	for (i = 0; i < LENGTH(refused); i++)
		if (postcode_parse(r.arena, refused[i], &postcode))
			fail_msg("\"%s\" is taken", refused[i]);
}

static void
test_times(void **state)
{
	static const struct {
		const char *text;
		int32_t minutes;
	} cases[] = {
		{ "00:00", 0 },
		{ "0:00", 0 },
		{ "0000", 0 },
		{ "midnight", 0 },
		{ "12am", 0 },
		{ "12:00am", 0 },
		{ "12:30am", 30 },
		{ "1am", 60 },
		{ "01:30", 90 },
		{ "7:05", 425 },
		{ "07.05", 425 },
		{ "7.05 am", 425 },
		{ "0730", 450 },
		{ "9 a.m.", 540 },
		{ "11:59am", 719 },
		{ "12pm", 720 },
		{ "12:00", 720 },
		{ "midday", 720 },
		{ "Noon", 720 },
		{ "12:01pm", 721 },
		{ "1pm", 780 },
		{ "2pm", 840 },
		{ "2 pm", 840 },
		{ "2PM", 840 },
		{ "2:30pm", 870 },
		{ "2.30pm", 870 },
		{ "2.30 PM", 870 },
		{ "2:30p.m.", 870 },
		{ "14:30", 870 },
		{ "14.30", 870 },
		{ "1430", 870 },
		{ " 14:30 ", 870 },
		{ "0230pm", 870 },
		{ "23:59", 1439 },
		{ "11:59pm", 1439 },
	};
	static const char *const refused[] = { "", " ", "2", "14", "24:00",
		"2400", "25:00", "12:60", "1260", "12:5", "12:", ":30", "am",
		"pm", "13pm", "0am", "0pm", "00:30am", "14:30pm", "123",
		"12345", "1:2:3", "12:300", "2:30 xm", "2:30pmm", "2:30 p",
		"-1:00", "+1:00", "1e3", "2:30pm 3", "half past two", "12;30",
		"middays", "2 30pm", "\xD9\xA1:00" };
	int32_t minutes;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		minutes = -1;
		if (!time_parse(cases[i].text, &minutes))
			fail_msg("\"%s\" is refused", cases[i].text);
		assert_int_equal(minutes, cases[i].minutes);
	}
	minutes = 77;
	for (i = 0; i < LENGTH(refused); i++)
		if (time_parse(refused[i], &minutes))
			fail_msg("\"%s\" is taken", refused[i]);
	assert_int_equal(minutes, 77);
}

static void
test_hours(void **state)
{
	static const struct {
		const char *text;
		int64_t minutes;
	} cases[] = {
		{ "0", 0 },
		{ "0.0", 0 },
		{ "0.00", 0 },
		{ "0.01", 1 },
		{ "0.02", 1 },
		{ "0.1", 6 },
		{ "0.17", 10 },
		{ "0.25", 15 },
		{ "0.33", 20 },
		{ "0.5", 30 },
		{ "0.50", 30 },
		{ "0.67", 40 },
		{ "0.75", 45 },
		{ "0.98", 59 },
		{ "0.99", 59 },
		{ "1", 60 },
		{ "01", 60 },
		{ " 1 ", 60 },
		{ "1.5", 90 },
		{ "7.5", 450 },
		{ "7:30", 450 },
		{ "7:05", 425 },
		{ "0:30", 30 },
		{ "10.75", 645 },
		{ "10:45", 645 },
		{ "14", 840 },
		{ "168", 10080 },
		{ "200", 12000 },
		{ "1000", 60000 },
		{ "9999.5", 599970 },
		{ "10000", 600000 },
	};
	static const char *const refused[] = { "", " ", ".", ":", "-1", "+1",
		"1.", "1:", ".5", ":30", "1.234", "1:5", "1:60", "1:300",
		"1.5.5", "1:30:00", "1.5:30", "1e2", "0x1", "1,5", "1,000",
		"7h", "7.5 hours", "seven", "10000.01", "10000:01", "10001",
		"99999", "100000", "99999999999999999999", "1 5", "1. 5",
		"\xC2\xBD", "\xD9\xA1", "NaN" };
	int64_t minutes;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		minutes = -1;
		if (!hours_parse(cases[i].text, &minutes))
			fail_msg("\"%s\" is refused", cases[i].text);
		assert_int_equal(minutes, cases[i].minutes);
	}
	minutes = 77;
	for (i = 0; i < LENGTH(refused); i++)
		if (hours_parse(refused[i], &minutes))
			fail_msg("\"%s\" is taken", refused[i]);
	assert_int_equal(minutes, 77);
}

static void
test_what_is_shown_can_be_typed(void **state)
{
	int64_t minutes, again;
	int32_t of_day;

	(void)state;
	for (minutes = 0; minutes <= 600000; minutes += minutes < 99 ? 1 : 7) {
		if (!hours_parse(hours_text(&r, minutes), &again) ||
		    again != minutes)
			fail_msg("%s", hours_text(&r, minutes));
		arena_reset(r.arena);
	}
	for (minutes = 0; minutes < 24 * 60; minutes++)
		if (!time_parse(time_of_day(&r, (int32_t)minutes), &of_day) ||
		    of_day != minutes)
			fail_msg("%s", time_of_day(&r, (int32_t)minutes));
}

static void
test_emails(void **state)
{
	static const char *const taken[] = { "name@example.com", "a@b.uk",
		"first.last@example.com", "first+tag@example.com",
		"o'neill@example.com", "under_score@example.com",
		"name@sub.sub.example.com", "name@exam-ple.com",
		"NAME@EXAMPLE.COM", "123@example.com", "name@123.com",
		"a.b.c@example.co.uk", "name@xn--bcher-kva.example",
		"x-y@example.gov.uk", "{a}@example.org" };
	static const char *const refused[] = { "", " ", "@", "name", "name@",
		"@example.com", "name@example", "name@example.", "name@.com",
		"name@example..com", "name@-example.com", "name@example-.com",
		"name@exa_mple.com", ".name@example.com", "name.@example.com",
		"na..me@example.com", "na me@example.com", "name@exam ple.com",
		"name@@example.com", "name@example@example.com",
		"name@example.com ", " name@example.com", "name@example.com\n",
		"name@example.com\r\nBcc: x@y.uk", "Name <name@example.com>",
		"<name@example.com>", "name@[127.0.0.1]", "name@127.0.0.1",
		"name@example.c", "name@example.com,other@example.com",
		"\"na me\"@example.com", "n\xC3\xA4me@example.com",
		"name@ex\xC3\xA4mple.com", "mailto:name@example.com",
		"name@example.com?subject=x" };
	char text[400];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(taken); i++)
		if (!email_is_one(taken[i]))
			fail_msg("\"%s\" is refused", taken[i]);
	for (i = 0; i < LENGTH(refused); i++)
		if (email_is_one(refused[i]))
			fail_msg("\"%s\" is taken", refused[i]);
	memset(text, 'a', sizeof(text));
	memcpy(text + 64, "@example.com", 13);
	assert_true(email_is_one(text));
	memset(text, 'a', 65);
	memcpy(text + 65, "@example.com", 13);
	assert_false(email_is_one(text));
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	for (i = 60; i < 248; i += 60)
		text[i] = '.';
	text[254] = '\0';
	assert_true(email_is_one(text));
	text[254] = 'a';
	text[255] = '\0';
	assert_false(email_is_one(text));
}

static void
test_telephones(void **state)
{
	static const char *const taken[] = { "01632960001", "01632 960001",
		"01632 960 001", "(01632) 960001", "01632-960-001",
		"01632.960.001", "07700 900 982", "+44 808 157 0192",
		"+44 (0)1632 960001", "00 44 1632 960001", "960 0001",
		"01632 960001 ext 12", "01632 960001 ext. 123",
		"01632 960001x123456", "01632 960001 extension 7",
		"01632 960001 EXT 7" };
	static const char *const refused[] = { "", " ", "0", "999", "123456",
		"1+2345678", "0163+2960001", "++441632960001",
		"01632 960001 ext", "01632 960001 ext x",
		"01632 960001 ext 1234567", "01632 960001 e 1",
		"01632 960001 ex 1", "01632 960001 ext 1 2", "01632/960001",
		"01632 96000l", "O1632 960001", "phone 01632 960001",
		"01632 960001 or 01632 960002", "123456789012345678901",
		"01632\t960001", "01632\n960001", "ext 1234567", "x1234567",
		"01632 960001;ext=1", "tel:01632960001", "01632_960001",
		"\xD9\xA1\xD9\xA1\xD9\xA1\xD9\xA1\xD9\xA1\xD9\xA1\xD9\xA1",
		"01632,960001", "#31#01632960001" };
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(taken); i++)
		if (!telephone_is_one(taken[i]))
			fail_msg("\"%s\" is refused", taken[i]);
	for (i = 0; i < LENGTH(refused); i++)
		if (telephone_is_one(refused[i]))
			fail_msg("\"%s\" is taken", refused[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_postcodes),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_what_is_shown_can_be_typed),
		cmocka_unit_test(test_emails),
		cmocka_unit_test(test_telephones),
	};

	return cmocka_run_group_tests_name(
	    "form_values", tests, setup, teardown);
}
