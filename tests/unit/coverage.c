/* Areas of a scheme as they are typed, and the map of areas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "coverage/coverage.h"

static const struct cover_sector_name sectors[] = {
	{ "AL1 1" },
	{ "AL1 2" },
	{ "AL10 1" },
	{ "SG4 0" },
};

static const struct cover_sector_name_list known = { sectors, 4 };

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new((size_t)16 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
areas_are_read_line_by_line(void **state)
{
	const struct plan_areas areas = plan_areas_read(
	    arena, "North :  sg4 0\n\nSouth: AL1; al10 1,\n", known);

	(void)state;
	assert_null(areas.fault);
	assert_int_equal(areas.sectors.count, 4);
	assert_string_equal(areas.sectors.row[1], "AL1 2");
	assert_string_equal(areas.names.row[1], "South");
	assert_int_equal(areas.numbers.row[1], 2);
	assert_string_equal(areas.sectors.row[3], "SG4 0");
	assert_string_equal(areas.names.row[3], "North");
	assert_int_equal(areas.numbers.row[3], 1);
}

static void
faults_are_told(void **state)
{
	static const struct {
		const char *text, *fault;
	} cases[] = {
		{ "North SG4", "Put a colon after the name of the area in "
			       "“North SG4”" },
		{ ": SG4", "Each area must have a name before the colon" },
		{ "North: SG4\nNORTH: AL1", "Two areas are called NORTH" },
		{ "North: SG4 0, AL1\nSouth: AL1 2",
		    "AL1 2 is in both North and South. A sector can be in one "
		    "area" },
		{ "North: ZZ1 1",
		    "ZZ1 1 in North is not a postcode sector of your areas" },
		{ "North: SG",
		    "SG in North is not a postcode sector of your areas" },
		{ "North: SG4\nSouth:",
		    "Enter the sectors of South after the colon" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct plan_areas areas = plan_areas_read(
		    arena, cases[i].text, known);

		assert_non_null(areas.fault);
		assert_string_equal(areas.fault, cases[i].fault);
	}
}

static void
too_many_areas_are_refused(void **state)
{
	struct buffer text = buffer_new(arena, 1024, 65536);
	struct plan_areas areas;

	(void)state;
	for (int i = 0; i <= PLAN_AREAS; i++)
		buffer_printf(&text, "Area %d: SG4\n", i);
	areas = plan_areas_read(arena, text.data, known);
	assert_non_null(areas.fault);
}

static void
what_is_written_is_read_again(void **state)
{
	static const struct cover_shown rows[] = {
		{ "AL1 1", 2, "South" },
		{ "AL1 2", 2, "South" },
		{ "SG4 0", 5, "North" },
	};
	const char *text = plan_areas_text(
	    arena, (struct cover_shown_list) { rows, 3 });
	const struct plan_areas areas = plan_areas_read(arena, text, known);

	(void)state;
	assert_string_equal(text, "South: AL1 1, AL1 2\nNorth: SG4 0");
	assert_null(areas.fault);
	assert_int_equal(areas.sectors.count, 3);
	assert_string_equal(
	    plan_areas_text(arena, (struct cover_shown_list) { NULL, 0 }), "");
}

/* How often a text stands in another. */
static size_t
times(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		count++;
	return count;
}

static void
a_map_has_every_area_once(void **state)
{
	static const struct map_place places[] = {
		{ 52.0, 0.0, 0 }, { 52.0, 0.02, 0 }, { 52.02, 0.0, 1 },
		{ 52.02, 0.0, 1 }, /* the same point again */
	};
	static const struct map_area areas[] = {
		{ "Lower & wide", "1", false },
		{ "Upper", "2", true },
	};
	const struct map map = { "m", "A map", "Two areas", places, 4, areas,
		2 };
	const char *svg = map_areas(arena, &map).data;

	(void)state;
	assert_int_equal(times(svg, "<title"), 3);
	assert_int_equal(times(svg, "<desc id=\"m-desc\">Two areas"), 1);
	assert_int_equal(times(svg, "Lower &amp; wide"), 1);
	assert_int_equal(times(svg, "url(#m-mark)"), 1);
	/* Four cells, and those of the marked area once more. */
	assert_int_equal(times(svg, "Z"), 6);
	assert_int_equal(times(svg, "<text"), 2);
	assert_null(strstr(svg, "nan"));
}

static void
a_map_of_one_place_or_none(void **state)
{
	static const struct map_place place = { 52.0, 0.0, 0 };
	static const struct map_area area = { "Only", "1", false };
	struct map map = { "m", "A map", "One area", &place, 1, &area, 1 };

	(void)state;
	assert_null(strstr(map_areas(arena, &map).data, "nan"));
	assert_non_null(strstr(map_areas(arena, &map).data, ">1</text>"));
	map.place_count = 0;
	assert_int_equal(map_areas(arena, &map).length, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_are_read_line_by_line),
		cmocka_unit_test(faults_are_told),
		cmocka_unit_test(too_many_areas_are_refused),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_map_has_every_area_once),
		cmocka_unit_test(a_map_of_one_place_or_none),
	};

	return cmocka_run_group_tests_name("coverage", tests, begin, end);
}
