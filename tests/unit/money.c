/* Money: what may be typed, what is shown, and that one gives the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/request.h"

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
test_read(void **state)
{
	static const struct {
		const char *text;
		int64_t pence;
	} cases[] = {
		{ "0", 0 },
		{ "0.00", 0 },
		{ "0.01", 1 },
		{ "0.1", 10 },
		{ "1", 100 },
		{ "14", 1400 },
		{ "14.1", 1410 },
		{ "14.17", 1417 },
		{ "16.22", 1622 },
		{ " 14.17 ", 1417 },
		{ "\t14.17\n", 1417 },
		{ "\xC2\xA3"
		  "14.17",
		    1417 },
		{ "\xC2\xA3 14.17", 1417 },
		{ "  \xC2\xA3"
		  "14.17  ",
		    1417 },
		{ "007", 700 },
		{ "999", 99900 },
		{ "1000", 100000 },
		{ "1,000", 100000 },
		{ "1,234.50", 123450 },
		{ "\xC2\xA3"
		  "1,234.50",
		    123450 },
		{ "12,345", 1234500 },
		{ "123,456", 12345600 },
		{ "1,234,567.89", 123456789 },
		{ "1234567.89", 123456789 },
		{ "999,999,999.99", INT64_C(99999999999) },
		{ "1,000,000,000", INT64_C(100000000000) },
		{ "1000000000.00", INT64_C(100000000000) },
		{ "0000000000000000000000000000000001", 100 },
	};
	int64_t pence;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		pence = -1;
		if (!money_parse(cases[i].text, &pence))
			fail_msg("\"%s\" is refused", cases[i].text);
		assert_int_equal(pence, cases[i].pence);
	}
}

static void
test_refuse(void **state)
{
	static const char *const cases[] = { "", " ", ".", ",", "\xC2\xA3",
		"-1", "+1", "-0", "1-", "1e5", "1E5", "0x10", "1,00", "1,0000",
		",100", "1,,000", "1000,000", "1,000,00", "1,000,", "12,34,567",
		"1.234", "1.", ".5", "1..5", "1.2.3", "1. 5", "1 .5", "1 000",
		"14.17p", "14p", "GBP 14", "$14",
		"\xA3"
		"14",
		"\xE2\x82\xAC"
		"14",
		"14.17 \xC2\xA3",
		"\xC2\xA3\xC2\xA3"
		"14",
		"1'000", "1.000,50", "abc", "1a", "a1", "1000000000.01",
		"1,000,000,001", "10000000000", "99999999999999999999999999",
		"NaN", "inf", "1/2", "1%", "\xD9\xA1", "\xEF\xBC\x91" };
	int64_t pence = 77;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		if (money_parse(cases[i], &pence))
			fail_msg("\"%s\" is taken", cases[i]);
	assert_int_equal(pence, 77);
}

static void
test_show(void **state)
{
	static const struct {
		int64_t pence;
		const char *text, *plain;
	} cases[] = {
		{ 0,
		    "\xC2\xA3"
		    "0.00",
		    "0.00" },
		{ 1,
		    "\xC2\xA3"
		    "0.01",
		    "0.01" },
		{ 99,
		    "\xC2\xA3"
		    "0.99",
		    "0.99" },
		{ 100,
		    "\xC2\xA3"
		    "1.00",
		    "1.00" },
		{ 1417,
		    "\xC2\xA3"
		    "14.17",
		    "14.17" },
		{ 99999,
		    "\xC2\xA3"
		    "999.99",
		    "999.99" },
		{ 100000,
		    "\xC2\xA3"
		    "1,000.00",
		    "1000.00" },
		{ 123450,
		    "\xC2\xA3"
		    "1,234.50",
		    "1234.50" },
		{ 123456789,
		    "\xC2\xA3"
		    "1,234,567.89",
		    "1234567.89" },
		{ -1,
		    "-\xC2\xA3"
		    "0.01",
		    "-0.01" },
		{ -123450,
		    "-\xC2\xA3"
		    "1,234.50",
		    "-1234.50" },
		{ INT64_MAX,
		    "\xC2\xA3"
		    "92,233,720,368,547,758.07",
		    "92233720368547758.07" },
		{ INT64_MIN,
		    "-\xC2\xA3"
		    "92,233,720,368,547,758.08",
		    "-92233720368547758.08" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		assert_string_equal(money(&r, cases[i].pence), cases[i].text);
		assert_string_equal(
		    money_plain(&r, cases[i].pence), cases[i].plain);
	}
}

static void
test_what_is_shown_can_be_typed(void **state)
{
	uint64_t random = 1;
	int64_t pence, again;
	int i;

	(void)state;
	for (i = 0; i < 300000; i++) {
		random = random * UINT64_C(6364136223846793005) + 1442695040;
		pence = (int64_t)((random >> 16) % 100000000001);
		if (i % 2 == 0)
			pence %= 1000000;
		if (!money_parse(money(&r, pence), &again) || again != pence ||
		    !money_parse(money_plain(&r, pence), &again) ||
		    again != pence)
			fail_msg("%lld does not come back", (long long)pence);
		arena_reset(r.arena);
	}
}

static void
test_round(void **state)
{
	static const struct {
		int64_t numerator, denominator, whole;
	} cases[] = {
		{ 0, 1, 0 },
		{ 1, 2, 1 },
		{ 1, 3, 0 },
		{ 2, 3, 1 },
		{ 149, 100, 1 },
		{ 150, 100, 2 },
		{ 151, 100, 2 },
		{ 2192 * 40, 100, 877 },
		{ 2192 * 60, 100, 1315 },
		{ 5, 10, 1 },
		{ 4, 10, 0 },
		{ 3, 7, 0 },
		{ 4, 7, 1 },
		{ INT64_MAX, 1, INT64_MAX },
		{ INT64_MAX, INT64_MAX, 1 },
		{ INT64_MAX / 2, INT64_MAX, 0 },
		{ INT64_MAX / 2 + 1, INT64_MAX, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
		    money_round(cases[i].numerator, cases[i].denominator),
		    cases[i].whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_what_is_shown_can_be_typed),
		cmocka_unit_test(test_round),
	};

	return cmocka_run_group_tests_name("money", tests, setup, teardown);
}
