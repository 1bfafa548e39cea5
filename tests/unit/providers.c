/* Numbers of registers, days and words of providers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/request.h"
#include "providers/providers.h"

static void
check_all(bool (*is_one)(const char *text), const char *const *texts, bool fits)
{
	for (; *texts != NULL; texts++)
		if (is_one(*texts) != fits)
			fail_msg("%s: %s", *texts, fits ? "fits" : "does not");
}

static void
test_numbers(void **state)
{
	static const char *const companies[] = { "01234567", "SC123456",
		"OC300001", NULL };
	static const char *const no_companies[] = { "", "1234567", "012345678",
		"S1234567", "ABC12345", "sc123456", "0123456A", " 1234567",
		NULL };
	static const char *const charities[] = { "123456", "1234567",
		"12345678", "1234567-1", "1234567-1234", NULL };
	static const char *const no_charities[] = { "", "12345", "123456789",
		"1234567-", "1234567-12345", "1234567-1a", "SC012345", NULL };
	static const char *const ids[] = { "1-123456", "1-1234567890",
		"1-123456789012", NULL };
	static const char *const no_ids[] = { "", "1-", "1-12345",
		"1-1234567890123", "2-1234567890", "1-12345678x", "11234567",
		NULL };

	(void)state;
	check_all(company_number_is_one, companies, true);
	check_all(company_number_is_one, no_companies, false);
	check_all(charity_number_is_one, charities, true);
	check_all(charity_number_is_one, no_charities, false);
	check_all(cqc_id_is_one, ids, true);
	check_all(cqc_id_is_one, no_ids, false);
}

static void
test_website(void **state)
{
	static const char *const good[] = { "https://www.example.org",
		"http://example.org/care?x=1", "https://example.org:8443/",
		NULL };
	static const char *const bad[] = { "", "www.example.org",
		"ftp://example.org", "https://", "https://x", "https://.org",
		"https://example.", "javascript:alert(1)//://a.b",
		"https://me@example.org", "https://exa mple.org",
		"https://example.org/\"", "mailto:x@example.org", NULL };

	(void)state;
	check_all(website_is_one, good, true);
	check_all(website_is_one, bad, false);
}

static void
test_days(void **state)
{
	static const struct {
		int32_t days;
		const char *text;
	} rows[] = {
		{ 0, "No days" },
		{ 127, "Every day" },
		{ 31, "Monday to Friday" },
		{ 96, "Saturday, Sunday" },
		{ 112, "Friday to Sunday" },
		{ 1, "Monday" },
		{ 9, "Monday, Thursday" },
		{ 64, "Sunday" },
		{ 65, "Monday, Sunday" },
	};
	struct arena *arena = arena_new(1024 * 1024);
	struct request r = { .arena = arena };
	int32_t days;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    call_days_text(&r, rows[i].days), rows[i].text);
	for (days = 0; days < 128; days++)
		assert_int_equal(
		    call_days_bits(call_days_list(&r, days)), days);
	arena_free(arena);
}

static void
test_words(void **state)
{
	static const char *const some[] = { "", "good" };
	struct arena *arena = arena_new(1024 * 1024);
	struct request r = { .arena = arena };
	struct register_member member = {
		.call_days = 127,
		.has_card_rate_pence = true,
		.card_rate_pence = 2192,
	};

	(void)state;
	assert_string_equal(rating_label(NULL), "Not yet rated");
	assert_string_equal(
	    rating_label("requires_improvement"), "Requires improvement");
	assert_string_equal(
	    rating_labels(arena, (struct text_list) { some, 2 }),
	    "Not yet rated, Good");
	assert_string_equal(
	    rating_labels(arena, (struct text_list) { NULL, 0 }),
	    "No location");
	assert_string_equal(call_times_text(&r, &member), "Every day");
	assert_string_equal(
	    member_rate_text(&r, &member), "£21.92 an hour (the rate card)");
	member.has_hourly_rate_pence = true;
	member.hourly_rate_pence = 1500;
	member.has_calls_from_minute = member.has_calls_until_minute = true;
	member.calls_from_minute = 420;
	member.calls_until_minute = 1320;
	assert_string_equal(
	    call_times_text(&r, &member), "Every day, 7am to 10pm");
	assert_string_equal(member_rate_text(&r, &member), "£15.00 an hour");
	assert_string_equal(visit_text(20000, false), "Passed");
	assert_string_equal(visit_text(0, true), "Not needed");
	assert_string_equal(visit_text(0, false), "Not passed");
	assert_string_equal(choice_label(member_states, "left"), "Left");
	assert_string_equal(choice_label(member_states, "odd"), "odd");
	assert_string_equal(provider_caption(&r, 1), "1 provider");
	assert_string_equal(provider_caption(&r, 66), "66 providers");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_website),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
