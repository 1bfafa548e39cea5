/*
 * National Grid to WGS84: the worked point of the Guide, and real postcodes
 * whose positions were joined by others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "areas/projection.h"

/*
 * The Guide's point, E 651409.903 N 313177.270 (its annexe C), which is
 * 52° 39' 28.72" N, 1° 42' 57.79" E in WGS84.
 */
static void
test_guide(void **state)
{
	struct position p = position_of_grid(651409.903, 313177.270);
	struct position said = { 52 + 39 / 60.0 + 28.72 / 3600,
		1 + 42 / 60.0 + 57.79 / 3600 };

	(void)state;
	assert_true(position_distance(p, said) < 5);
}

static int
errors_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * Rows of Code-Point Open with the positions that others joined to them, to
 * five decimals. The middle error is under 5 m, and none is over 6 m.
 */
static void
test_postcodes(void **state)
{
	static const struct {
		double easting, northing;
		struct position said;
	} cases[] = {
		{ 523746, 223474, { 51.89608, -0.20300 } },
		{ 522734, 224290, { 51.90364, -0.21741 } },
		{ 523402, 224677, { 51.90697, -0.20757 } },
		{ 526316, 226548, { 51.92313, -0.16455 } },
		{ 524516, 225140, { 51.91088, -0.19122 } },
		{ 525882, 227147, { 51.92861, -0.17063 } },
		{ 533741, 223161, { 51.89097, -0.05795 } },
		{ 541570, 223363, { 51.89085, 0.05582 } },
		{ 535660, 215532, { 51.82195, -0.03308 } },
		{ 537386, 215819, { 51.82411, -0.00793 } },
		{ 542028, 215257, { 51.81790, 0.05914 } },
		{ 536934, 213146, { 51.80020, -0.01554 } },
		{ 533468, 212701, { 51.79704, -0.06595 } },
		{ 532375, 212224, { 51.79301, -0.08197 } },
		{ 531526, 212940, { 51.79965, -0.09400 } },
		{ 531922, 213864, { 51.80786, -0.08791 } },
		{ 523688, 252544, { 52.15733, -0.19335 } },
		{ 526430, 224706, { 51.90655, -0.16356 } },
		{ 524975, 222271, { 51.88500, -0.18559 } },
		{ 525262, 223232, { 51.89357, -0.18107 } },
		{ 524466, 220065, { 51.86529, -0.19377 } },
		{ 519337, 230031, { 51.95597, -0.26477 } },
		{ 520116, 227020, { 51.92874, -0.25449 } },
		{ 517157, 218175, { 51.84989, -0.30051 } },
		{ 519933, 228739, { 51.94423, -0.25656 } },
		{ 518629, 230243, { 51.95803, -0.27500 } },
		{ 517722, 230450, { 51.96008, -0.28812 } },
		{ 523459, 234886, { 51.99870, -0.20308 } },
		{ 522541, 231164, { 51.96546, -0.21777 } },
		{ 521455, 232438, { 51.97714, -0.23312 } },
		{ 520091, 232671, { 51.97953, -0.25288 } },
		{ 524415, 234104, { 51.99146, -0.18944 } },
		{ 524476, 233546, { 51.98643, -0.18876 } },
		{ 528094, 247407, { 52.11016, -0.13091 } },
		{ 534642, 241357, { 52.05425, -0.03774 } },
		{ 537937, 244003, { 52.07721, 0.01136 } },
		{ 536505, 241208, { 52.05245, -0.01064 } },
		{ 542546, 238580, { 52.02732, 0.07630 } },
		{ 542826, 232528, { 51.97287, 0.07786 } },
		{ 535944, 229474, { 51.94716, -0.02347 } },
	};
	enum { COUNT = sizeof(cases) / sizeof(*cases) };
	double error[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		error[i] = position_distance(
		    position_of_grid(cases[i].easting, cases[i].northing),
		    cases[i].said);
	qsort(error, COUNT, sizeof(*error), errors_compare);
	assert_true(error[COUNT / 2] < 5);
	assert_true(error[COUNT - 1] < 6);
}

/* A degree of latitude is 111.2 km; the way back is as long. */
static void
test_distance(void **state)
{
	struct position london = { 51.5, -0.12 }, north = { 52.5, -0.12 };
	double metres = position_distance(london, north);

	(void)state;
	assert_true(metres > 111100 && metres < 111300);
	assert_true(position_distance(london, london) < 0.001);
	assert_true(position_distance(north, london) - metres < 0.001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guide),
		cmocka_unit_test(test_postcodes),
		cmocka_unit_test(test_distance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
