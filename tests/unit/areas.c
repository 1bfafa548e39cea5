/* Shares of hours as 003 publishes them, numbers and words of areas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "areas/areas.h"
#include "base/arena.h"
#include "base/request.h"

/*
 * 003 L110-119, recomputed from the hours. The paper prints 48.52 for the
 * third and 80.26 for the ninth.
 */
static void
test_percent(void **state)
{
	static const struct {
		int64_t total;
		int64_t spot;
		const char *percent;
	} rows[] = {
		{ 22396, 17456, "77.94%" },
		{ 26999, 21970, "81.37%" },
		{ 21075, 10227, "48.53%" },
		{ 21702, 18515, "85.31%" },
		{ 26442, 20521, "77.61%" },
		{ 18711, 14842, "79.32%" },
		{ 20291, 19337, "95.30%" },
		{ 29110, 22064, "75.80%" },
		{ 21526, 17278, "80.27%" },
		{ 208252, 162210, "77.89%" },
		{ 3, 1, "33.33%" },
		{ 8, 8, "100.00%" },
		{ 100000, 5, "0.01%" },
		{ 0, 0, "" },
	};
	struct arena *arena = arena_new(1024 * 1024);
	struct request r = { .arena = arena };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    percent_text(&r, rows[i].spot, rows[i].total),
		    rows[i].percent);
	arena_free(arena);
}

static void
test_thousands(void **state)
{
	struct arena *arena = arena_new(1024 * 1024);
	struct request r = { .arena = arena };

	(void)state;
	assert_string_equal(thousands_text(&r, 0), "0");
	assert_string_equal(thousands_text(&r, 999), "999");
	assert_string_equal(thousands_text(&r, 1000), "1,000");
	assert_string_equal(thousands_text(&r, 208252), "208,252");
	assert_string_equal(thousands_text(&r, -1234567), "-1,234,567");
	assert_string_equal(thousands_text(&r, -123), "-123");
	arena_free(arena);
}

static void
test_rurality(void **state)
{
	(void)state;
	assert_string_equal(rurality_label("semi_rural"), "Semi-rural");
	assert_string_equal(rurality_label("remote"), "remote");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_thousands),
		cmocka_unit_test(test_rurality),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
