/*
 * How complex the care is: stated with a reason by a broker, told to those
 * who are offered it without the reason, and gone by in a match.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"
#include "support_packages.h"

static void
state_complexity(struct browser *broker, const char *package,
    const char *complexity, const char *reason)
{
	const char *path = fern_path("/packages/%s/needs", package);

	FILL(broker, path, "specialism_must", "dementia", "two_carers", "no",
	    "complexity", complexity, "complexity_reason", reason);
}

static void
test_stated_with_reason(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");

	(void)state;
	browser_get(cast.broker, fern_path("/packages/%s/needs", cast.package));
	expect_text(cast.broker, "value=\"ordinary\" checked");
	state_complexity(cast.broker, cast.package, "specialist", "");
	expect_status(cast.broker, 422);
	expect_text(
	    cast.broker, "Enter why the care is specialist or low-level");
	state_complexity(
	    cast.broker, cast.package, "ordinary", "A nurse supervises it");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Select specialist or low-level care");
	expect_text(cast.broker, "A nurse supervises it");
	state_complexity(
	    cast.broker, cast.package, "rare", "A nurse supervises it");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Select how complex the care is");
	state_complexity(cast.broker, cast.package, "specialist",
	    "A nurse supervises what Canaria needs");
	expect_status(cast.broker, 422);
	expect_text(cast.broker, "Take out");
	state_complexity(
	    cast.broker, cast.package, "specialist", "A nurse supervises it");
	expect_status(cast.broker, 303);
	browser_get(cast.broker, fern_path("/packages/%s", cast.package));
	expect_text(cast.broker, "Specialist care. A nurse supervises it");
	fern_cast_end(&cast);
}

/* Whoever is offered it reads that it is special, and not why. */
static void
test_offered(void **state)
{
	struct fern_cast cast = fern_cast_begin("test-one-at-a-time");
	char *offer;

	(void)state;
	state_complexity(
	    cast.broker, cast.package, "specialist", "A nurse supervises it");
	fern_send(cast.broker, cast.package);
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder, "Specialist care");
	expect_no_text(cast.alder, "A nurse supervises it");
	free(offer);
	fern_cast_end(&cast);
}

/* A lot for specialist care asks nobody before the package is entered so. */
static void
test_match(void **state)
{
	struct fern_cast cast;

	(void)state;
	sql_run("SELECT fern_framework_like('special', 'test-one-at-a-time',"
		" '{\"steps\": [{\"criterion\": \"specialist\", \"action\":"
		" \"must\"}, {\"criterion\": \"framework\", \"action\":"
		" \"must\"}]}');"
		" SELECT fern_framework_like('low', 'test-one-at-a-time',"
		" '{\"steps\": [{\"criterion\": \"low_level\", \"action\":"
		" \"must\"}, {\"criterion\": \"framework\", \"action\":"
		" \"must\"}]}');"
		" SELECT fern_members()");
	cast = fern_cast_begin("special");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "No provider meets every requirement");
	expect_text(cast.broker,
	    "The package is not specialist care. It is entered as ordinary "
	    "care");
	state_complexity(cast.broker, cast.package, "low_level", "Shopping");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "It is entered as low-level care");
	state_complexity(
	    cast.broker, cast.package, "specialist", "A nurse supervises it");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "Send offers");
	fern_cast_end(&cast);
	cast = fern_cast_begin("low");
	state_complexity(cast.broker, cast.package, "low_level", "Shopping");
	fern_send(cast.broker, cast.package);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stated_with_reason),
		cmocka_unit_test(test_offered),
		cmocka_unit_test(test_match),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
