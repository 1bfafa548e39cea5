/* Dates as words for reasons: the day in London. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/words.h"
#include "unit/support_matching.h"

static void
test_dates_are_those_of_london(void **state)
{
	/* Seconds since 1970, by `date -u +%s`. */
	static const struct {
		int64_t seconds;
		const char *words;
	} cases[] = {
		{ 1, "1 January 1970" }, { 951782400, "29 February 2000" },
		{ 1793664000, "3 November 2026" },
		{ 1782860400, "1 July 2026" },     /* 30 June 23:00 UTC */
		{ 1782860399, "30 June 2026" },    /* a second before */
		{ 1774742399, "28 March 2026" },   /* the night before summer */
		{ 1774825200, "30 March 2026" },   /* 29 March 23:00 UTC */
		{ 1792882800, "25 October 2026" }, /* 24 October 23:00 UTC */
		{ 1792969200, "25 October 2026" }, /* winter again */
		{ 1798761599, "31 December 2026" },
		{ 4107542400, "1 March 2100" }, /* no leap year */
	};
	struct arena *arena = arena_new(1 << 16);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(
		    words_date(arena, cases[i].seconds * SECOND),
		    cases[i].words);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_are_those_of_london),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
