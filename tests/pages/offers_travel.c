/*
 * How far it is from a provider's nearest office, location or current visit,
 * and what each side of an offer is told of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support_offers.h"

/* Offices lie at 52 degrees; a package that far north of them, in degrees. */
static void
package_move(const char *package, const char *latitude)
{
	sql_run("UPDATE package SET latitude = %s, longitude = 0"
		" WHERE reference = '%s'",
	    latitude, package);
}

static int64_t
metres_of(const char *package, const char *provider)
{
	return sql_number("SELECT distance_metres FROM offer o"
			  " JOIN package k ON k.council_id = o.council_id"
			  " AND k.id = o.package_id"
			  " JOIN organisation g ON g.id = o.organisation_id"
			  " WHERE k.reference = '%s' AND g.name LIKE '%s %%'",
	    package, provider);
}

static void
test_both_sides_see_the_journey(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	char *offer;

	(void)state;
	package_move(cast.package, "52.05");
	fern_send(cast.broker, cast.package);
	assert_int_equal(metres_of(cast.package, "Alder"), 5560);
	browser_follow(cast.broker);
	expect_text(cast.broker,
	    "3.5 miles; 1.9 kg of CO2 there and back by car, at 167 g a "
	    "kilometre (UK Government conversion factors 2023, average car of "
	    "unknown fuel)");
	/* A tenth of a mile could say which house it is. */
	offer = fern_offer(cast.package, "Alder");
	browser_get(cast.alder, fern_path("/offers/%s", offer));
	expect_text(cast.alder,
	    "About 3 miles from your nearest office, location or visit; 1.6 kg "
	    "of CO2 there and back by car, at 167 g a kilometre");
	expect_no_text(cast.alder, "3.5 miles");
	free(offer);
	fern_cast_end(&cast);
}

/* A visit that has begun counts, one that is planned or ended does not. */
static void
test_nearest_current_visit(void **state)
{
	static const struct {
		const char *state, *ended;
		int64_t metres;
	} cases[] = {
		{ "started", "NULL", 1112 },
		{ "ended", "clock_now()", 5560 },
		{ "planned", "NULL", 5560 },
	};
	char *other = fern_package("hertfordshire");

	(void)state;
	package_move(other, "52.04");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fern_cast cast = fern_cast_begin("hertfordshire");

		package_move(cast.package, "52.05");
		sql_run("INSERT INTO placement (council_id, package_id,"
			" person_id, organisation_id, state, starts_at,"
			" ended_at, weekly_minutes, weekly_price_pence)"
			" SELECT k.council_id, k.id, k.person_id, g.id, '%s',"
			" clock_now() + interval '%s', %s, 60, 0"
			" FROM package k, organisation g"
			" WHERE k.reference = '%s' AND g.name LIKE 'Birch %%'",
		    cases[i].state,
		    cases[i].state[0] == 'p' ? "1 day" : "-1 day",
		    cases[i].ended, other);
		fern_send(cast.broker, cast.package);
		assert_int_equal(
		    metres_of(cast.package, "Birch"), cases[i].metres);
		assert_int_equal(metres_of(cast.package, "Alder"), 5560);
		sql_run("DELETE FROM placement USING package k"
			" WHERE k.id = package_id AND k.reference = '%s'",
		    other);
		fern_cast_end(&cast);
	}
	free(other);
}

/* The full postcode of an office counts where it is known. */
static void
test_full_postcode_of_an_office(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	package_move(cast.package, "52.05");
	sql_run("INSERT INTO postcode VALUES"
		" ('ZX1 1AB', 'ZX1 1', 52.06, 0, '', '', NULL)");
	sql_run("UPDATE organisation_office SET postcode = 'ZX1 1AB'"
		" FROM organisation g WHERE g.id = organisation_id"
		" AND g.name LIKE 'Birch %%'");
	fern_send(cast.broker, cast.package);
	assert_int_equal(metres_of(cast.package, "Birch"), 1112);
	assert_int_equal(metres_of(cast.package, "Alder"), 5560);
	sql_run("UPDATE organisation_office SET sector = NULL,"
		" postcode = 'ZZ1 1ZZ'");
	sql_run("UPDATE offer SET distance_metres = provider_metres(council_id,"
		" package_id, organisation_id)");
	assert_int_equal(
	    sql_number("SELECT count(o.distance_metres) FROM offer o"
		       " JOIN package k ON k.council_id = o.council_id"
		       " AND k.id = o.package_id WHERE k.reference = '%s'",
		cast.package),
	    0);
	browser_get(cast.alder, "/offers");
	browser_get(cast.alder,
	    fern_path("/offers/%s",
		sql_text("SELECT o.reference FROM offer o JOIN organisation g"
			 " ON g.id = o.organisation_id JOIN package k"
			 " ON k.council_id = o.council_id"
			 " AND k.id = o.package_id WHERE k.reference = '%s'"
			 " AND g.name LIKE 'Alder %%'",
		    cast.package)));
	expect_text(cast.alder, "Not known");
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_sides_see_the_journey),
		cmocka_unit_test(test_nearest_current_visit),
		cmocka_unit_test(test_full_postcode_of_an_office),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
