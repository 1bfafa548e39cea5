/* Loads what coverage goes by and has it reckoned. */
#include "coverage/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/request.h"

static const char nowhere[] = "In no area of this scheme";

static enum cover_rurality
rurality_of(const char *code)
{
	if (text_equal(code, "rural"))
		return COVER_RURAL;
	return text_equal(code, "semi_rural") ? COVER_SEMI_RURAL : COVER_URBAN;
}

static struct cover_sector *
sectors_of(struct request *r, const struct coverage_question *question,
    struct cover_place_list places)
{
	struct cover_sector *sector = arena_array(
	    r->arena, places.count, sizeof(*sector));

	for (size_t i = 0; i < places.count; i++) {
		const struct cover_place *place = &places.row[i];

		sector[i].rurality = rurality_of(place->rurality);
		if (*question->rurality == '\0' ||
		    text_equal(question->rurality, place->rurality))
			sector[i].minutes = (int32_t)place->minutes;
	}
	return sector;
}

static uint32_t
area_place(struct cover_area_name_list areas, int64_t id)
{
	uint32_t i = 0;

	while (i < areas.count && areas.row[i].id != id)
		i++;
	return i;
}

static struct cover_scheme
offered_of(struct request *r, struct cover_area_name_list areas,
    struct cover_place_list places)
{
	uint32_t *area = arena_array(r->arena, places.count, sizeof(*area));

	for (size_t i = 0; i < places.count; i++)
		area[i] = area_place(areas, places.row[i].area_id);
	return (struct cover_scheme) { area, areas.count };
}

static int
sector_compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct cover_shown *)row)->sector);
}

static size_t
highest_number(struct cover_shown_list shown)
{
	int64_t highest = 0;

	for (size_t i = 0; i < shown.count; i++)
		if (shown.row[i].area_number > highest)
			highest = shown.row[i].area_number;
	return (size_t)highest;
}

/*
 * Lines for the numbers that have a sector, with their names; `line` is by
 * number. Gives how many.
 */
static size_t
lines_number(struct cover_shown_list shown, uint32_t *line, const char **names)
{
	const size_t highest = highest_number(shown);
	size_t count = 0;

	for (size_t number = 1; number <= highest; number++) {
		for (size_t i = 0; i < shown.count; i++)
			if (shown.row[i].area_number == (int64_t)number)
				names[count] = shown.row[i].area_name;
		if (names[count] != NULL)
			line[number - 1] = (uint32_t)count++;
	}
	names[count] = nowhere;
	return count;
}

/* The scheme that is shown, with the names of its areas. */
static struct cover_scheme
shown_of(struct request *r, struct cover_shown_list shown,
    struct cover_place_list places, const char ***names)
{
	const size_t highest = highest_number(shown);
	uint32_t *area = arena_array(r->arena, places.count, sizeof(*area));
	uint32_t *line = arena_array(r->arena, highest, sizeof(*line));
	struct cover_scheme scheme = { .area = area };
	size_t count;

	*names = arena_array(r->arena, highest + 1, sizeof(**names));
	count = lines_number(shown, line, *names);
	scheme.area_count = count;
	for (size_t i = 0; i < places.count; i++) {
		const struct cover_shown *found =
		    shown.count == 0
			? NULL
			: bsearch(places.row[i].sector, shown.row, shown.count,
			      sizeof(*shown.row), sector_compare);

		area[i] = (uint32_t)count;
		if (found != NULL)
			area[i] = line[found->area_number - 1];
		else
			scheme.area_count = count + 1;
	}
	return scheme;
}

static struct cover_provider *
providers_of(struct request *r, struct cover_area_name_list areas,
    struct cover_member_list members)
{
	struct cover_provider *provider = arena_array(
	    r->arena, members.count, sizeof(*provider));

	for (size_t i = 0; i < members.count; i++) {
		const struct cover_member *member = &members.row[i];
		uint32_t *area = arena_array(
		    r->arena, member->area_ids.count, sizeof(*area));

		for (size_t a = 0; a < member->area_ids.count; a++)
			area[a] = area_place(areas, member->area_ids.row[a]);
		provider[i] = (struct cover_provider) {
			.order = member->member_id,
			.minutes = (int32_t)member->minutes,
			.ruralities = (1U << COVER_RURALITIES) - 1,
			.area = area,
			.area_count = member->area_ids.count,
		};
	}
	return provider;
}

static struct cover_shown_list
shown_load(struct request *r, const struct coverage_question *question)
{
	if (question->scheme->is_plan)
		return cover_shown_list_of_plan(
		    r->db, r->session.council_id, question->scheme->code);
	return cover_shown_list(
	    r->db, question->framework->council_id, question->scheme->code);
}

static void
lines_fill(struct request *r, struct coverage *coverage,
    const char *const *names, bool has_cap)
{
	const size_t count = coverage->now.count;
	struct coverage_line *line = arena_array(
	    r->arena, count, sizeof(*line));

	for (size_t i = 0; i < count; i++) {
		line[i].name = names[i];
		line[i].now = coverage->now.area[i];
		if (has_cap)
			line[i].capped = coverage->capped.area[i];
	}
	coverage->lines = (struct coverage_line_list) { line, count };
}

static void
reckon(struct request *r, const struct coverage_question *question,
    struct cover *cover, struct coverage *coverage)
{
	const char *fault = cover_check(r->arena, cover);

	if (fault != NULL) {
		db_fail(r->db, DB_BROKEN,
		    arena_printf(
			r->arena, "coverage cannot be reckoned: %s", fault));
		return;
	}
	coverage->now = cover_solve(r->arena, cover);
	cover->cap = (size_t)question->cap;
	if (cover->cap != 0)
		coverage->capped = cover_solve(r->arena, cover);
}

struct coverage
coverage_reckon(struct request *r, const struct coverage_question *question)
{
	const struct cover_framework *framework = question->framework;
	const int64_t owner = framework->council_id;
	const int64_t council = r->session.council_id;
	const struct cover_area_name_list areas = cover_area_list(
	    r->db, owner, framework->scheme_id);
	const struct cover_member_list members = cover_member_list(
	    r->db, owner, framework->id, question->today);
	struct coverage coverage = {
		.places = cover_place_list(
		    r->db, council, owner, framework->id),
		.provider_count = members.count,
	};
	struct cover cover = {
		.sector = sectors_of(r, question, coverage.places),
		.sector_count = coverage.places.count,
		.offered = offered_of(r, areas, coverage.places),
		.provider = providers_of(r, areas, members),
		.provider_count = members.count,
	};
	const char **names;

	cover.shown = shown_of(
	    r, shown_load(r, question), coverage.places, &names);
	coverage.shown_area = cover.shown.area;
	reckon(r, question, &cover, &coverage);
	lines_fill(r, &coverage, names, question->cap != 0);
	coverage.elsewhere_minutes = cover_minutes_waiting(
	    r->db, council, owner, framework->id);
	for (size_t i = 0; i < coverage.places.count; i++)
		coverage.elsewhere_minutes -= coverage.places.row[i].minutes;
	return coverage;
}

int64_t
coverage_gap(
    const struct coverage_question *question, const struct coverage_line *line)
{
	return question->cap != 0 ? line->capped.gap_minutes
	                          : line->now.gap_minutes;
}

const char *
coverage_offered_text(struct request *r, const struct coverage *coverage)
{
	return arena_printf(r->arena, "%s by %zu provider%s",
	    hours_text(r, coverage->now.offered_minutes),
	    coverage->provider_count, coverage->provider_count == 1 ? "" : "s");
}

const char *
coverage_elsewhere_text(struct request *r, const struct coverage *coverage)
{
	return arena_printf(r->arena,
	    "%s more hours a week wait where no postcode sector of these "
	    "areas is known. They are not on the map and not in the tables.",
	    hours_text(r, coverage->elsewhere_minutes));
}

const char *
coverage_line_name(
    struct request *r, const struct coverage_line *line, size_t index)
{
	return arena_printf(r->arena, "%zu. %s", index + 1, line->name);
}
