/* Reading dates and instants from forms, and what is wrong with others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "support_form.h"

static void
test_dates(void **state)
{
	static const struct mistake mistakes[] = {
		{ "starts_on-day=3",
		    "Start date must include a month and year" },
		{ "starts_on-month=3",
		    "Start date must include a day and year" },
		{ "starts_on-year=2026",
		    "Start date must include a day and month" },
		{ "starts_on-day=3&starts_on-month=12",
		    "Start date must include a year" },
		{ "starts_on-day=3&starts_on-year=2026",
		    "Start date must include a month" },
		{ "starts_on-month=3&starts_on-year=2026",
		    "Start date must include a day" },
		{ "starts_on-day=31&starts_on-month=2&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=29&starts_on-month=2&starts_on-year=2027",
		    "Start date must be a real date" },
		{ "starts_on-day=0&starts_on-month=1&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=32&starts_on-month=1&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=13&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=0&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=ja&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=janus&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=x&starts_on-month=1&starts_on-year=2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=1&starts_on-year=26",
		    "Start date must include a year with 4 numbers" },
		{ "starts_on-day=1&starts_on-month=1&starts_on-year=20266",
		    "Start date must include a year with 4 numbers" },
		{ "starts_on-day=1&starts_on-month=1&starts_on-year=-2026",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=1&starts_on-year=1899",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-month=1&starts_on-year=2200",
		    "Start date must be a real date" },
		{ "starts_on-day=1&starts_on-day=1&starts_on-month=1"
		  "&starts_on-year=2026",
		    "Start date must be sent only once" },
	};
	int32_t date;

	(void)state;
	form_assert_mistakes("starts_on", mistakes, LENGTH(mistakes));
	assert_int_equal(form_values.starts_on, 0);
	assert_string_equal(form_field(form_last, "starts_on")->year, "2026");
	assert_true(date_from(2028, 2, 29, &date));
	form_read_body(
	    "starts_on-day=+29+&starts_on-month=Feb&starts_on-year=2028");
	assert_true(form_ok(form_last));
	assert_int_equal(form_values.starts_on, date);
	form_read_body(
	    "starts_on-day=029&starts_on-month=02&starts_on-year=2028");
	assert_true(form_ok(form_last));
	assert_int_equal(form_values.starts_on, date);
}

#define DATE(day, month)                                                       \
	"reply_by-day=" day "&reply_by-month=" month "&reply_by-year=2026"

static void
test_instants(void **state)
{
	static const struct mistake mistakes[] = {
		{ DATE("3", "12"), "Reply time must include a time" },
		{ "reply_by-time=2pm",
		    "Reply time must include a day, month and year" },
		{ "reply_by-day=3",
		    "Reply time must include a month, year and time" },
		{ DATE("31", "11") "&reply_by-time=2pm",
		    "Reply time must be a real date" },
		{ DATE("3", "12") "&reply_by-time=2",
		    "Reply time must include a time, like 2:30pm" },
		{ DATE("3", "12") "&reply_by-time=2pm&reply_by-time=3pm",
		    "Reply time must be sent only once" },
		{ DATE("29", "3") "&reply_by-time=1am",
		    "The clocks go forward at that time: enter another time" },
		{ DATE("29", "3") "&reply_by-time=1:59am",
		    "The clocks go forward at that time: enter another time" },
		{ DATE("25", "10") "&reply_by-time=1am",
		    "The clocks go back at that time, so it comes twice: "
		    "enter another time" },
		{ DATE("25", "10") "&reply_by-time=01:30",
		    "The clocks go back at that time, so it comes twice: "
		    "enter another time" },
		{ "reply_by-day=1&reply_by-month=1&reply_by-year=1970"
		  "&reply_by-time=midnight",
		    "Reply time must be in 2000 or later" },
	};

	(void)state;
	form_assert_mistakes("reply_by", mistakes, LENGTH(mistakes));
	assert_int_equal(form_values.reply_by, 0);
	form_read_body(DATE("25", "10") "&reply_by-time=00:30");
	assert_true(form_ok(form_last));
	form_read_body(DATE("25", "10") "&reply_by-time=2am");
	assert_true(form_ok(form_last));
	form_read_body(DATE("29", "3") "&reply_by-time=2am");
	assert_true(form_ok(form_last));
	assert_string_equal(at(&form_request, form_values.reply_by),
	    "29 March 2026 at 2am BST");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_instants),
	};

	return cmocka_run_group_tests_name(
	    "form_dates", tests, form_setup, form_teardown);
}
