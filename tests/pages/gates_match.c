/* The match of a package goes by the gates of its framework. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

/* Who fails a gate is among the others, with the fact; who passes is asked. */
static void
the_match_goes_by_the_gates(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_status(cast.broker, 200);
	expect_no_text(cast.broker, "Public liability");
	fern_gate_add("support_at_home");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_text(cast.broker, "Conditions of the framework");
	expect_text(cast.broker,
	    "Public liability: Failed, asks at least £10,000,000: public "
	    "liability insurance: nothing on record");
	fern_send(cast.broker, cast.package);
	assert_string_equal(
	    sql_text("SELECT string_agg(g.name, ', ') FROM offer o"
		     " JOIN organisation g ON g.id = o.organisation_id"
		     " JOIN package k ON k.id = o.package_id"
		     " WHERE k.reference = '%s'",
		cast.package),
	    "Alder Test Care");
	assert_string_equal(
	    sql_text("SELECT DISTINCT l.failed_step FROM match_line l"
		     " JOIN organisation g ON g.id = l.organisation_id"
		     " JOIN offer_round r ON r.id = l.round_id"
		     " JOIN package k ON k.id = r.package_id"
		     " WHERE k.reference = '%s' AND g.name LIKE 'Birch%%'",
		cast.package),
	    "gates");
	fern_cast_end(&cast);
}

/* A gate of another kind of service closes nothing. */
static void
a_gate_is_asked_of_its_kinds(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	fern_gate_add("reablement");
	browser_get(cast.broker, fern_path("/packages/%s/match", cast.package));
	expect_status(cast.broker, 200);
	expect_no_text(cast.broker, "Public liability: Failed");
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_match_goes_by_the_gates),
		cmocka_unit_test(a_gate_is_asked_of_its_kinds),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
