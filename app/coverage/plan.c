/* The areas of a scheme that is drawn up, from what is typed and back. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "coverage/coverage.h"

/* What is read so far; `number` of each known sector, 0 for none yet. */
struct plan_reading {
	struct arena *arena;
	struct cover_sector_name_list known;
	int64_t *number;
	const char *name[PLAN_AREAS];
	int64_t count;
	const char *fault;
};

static void
fault_set(struct plan_reading *reading, const char *fault)
{
	if (reading->fault == NULL)
		reading->fault = fault;
}

/* Whether a known sector is the one that is named, or of that first part. */
static bool
is_named(const char *sector, const char *part)
{
	const size_t length = strlen(part);

	if (strchr(part, ' ') != NULL)
		return strcmp(sector, part) == 0;
	return strncmp(sector, part, length) == 0 && sector[length] == ' ';
}

static void
sector_take(struct plan_reading *reading, size_t place)
{
	int64_t *number = &reading->number[place];

	if (*number != 0 && *number != reading->count)
		fault_set(reading,
		    arena_printf(reading->arena,
			"%s is in both %s and %s. A sector can be in one area",
			reading->known.row[place].sector,
			reading->name[*number - 1],
			reading->name[reading->count - 1]));
	*number = reading->count;
}

static void
part_read(struct plan_reading *reading, const char *typed)
{
	const char *part = text_upper(
	    reading->arena, text_tidy(reading->arena, typed));
	bool is_found = false;

	if (*part == '\0')
		return;
	for (size_t i = 0; i < reading->known.count; i++)
		if (is_named(reading->known.row[i].sector, part)) {
			sector_take(reading, i);
			is_found = true;
		}
	if (!is_found)
		fault_set(reading,
		    arena_printf(reading->arena,
			"%.20s in %s is not a postcode sector of your areas",
			part, reading->name[reading->count - 1]));
}

static void
name_read(struct plan_reading *reading, const char *typed)
{
	const char *name = text_tidy(reading->arena, typed);
	const char *lower = text_lower(reading->arena, name);

	if (*name == '\0')
		fault_set(
		    reading, "Each area must have a name before the colon");
	if (text_length(name) > PLAN_NAME)
		fault_set(reading,
		    arena_printf(reading->arena,
			"Names of areas must be %d characters or fewer",
			PLAN_NAME));
	for (int64_t i = 0; i < reading->count; i++)
		if (strcmp(lower,
			text_lower(reading->arena, reading->name[i])) == 0)
			fault_set(
			    reading, arena_printf(reading->arena,
					 "Two areas are called %s", name));
	reading->name[reading->count++] = name;
}

static void
line_read(struct plan_reading *reading, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *part;

	if (*text_tidy(reading->arena, line) == '\0')
		return;
	if (colon == NULL) {
		fault_set(reading,
		    arena_printf(reading->arena,
			"Put a colon after the name of the area in “%.60s”",
			line));
		return;
	}
	if (reading->count == PLAN_AREAS) {
		fault_set(reading, arena_printf(reading->arena,
				       "Enter %d areas or fewer", PLAN_AREAS));
		return;
	}
	name_read(reading,
	    arena_strndup(reading->arena, line, (size_t)(colon - line)));
	for (part = colon + 1;; part++) {
		const size_t length = strcspn(part, ",;");

		part_read(reading, arena_strndup(reading->arena, part, length));
		part += length;
		if (*part == '\0')
			return;
	}
}

static struct plan_areas
areas_of(const struct plan_reading *reading)
{
	const size_t most = reading->known.count;
	const char **sector = arena_array(
	    reading->arena, most, sizeof(*sector));
	const char **name = arena_array(reading->arena, most, sizeof(*name));
	int64_t *number = arena_array(reading->arena, most, sizeof(*number));
	size_t count = 0;

	for (size_t i = 0; i < most; i++) {
		if (reading->number[i] == 0)
			continue;
		sector[count] = reading->known.row[i].sector;
		number[count] = reading->number[i];
		name[count++] = reading->name[reading->number[i] - 1];
	}
	return (struct plan_areas) { { sector, count }, { number, count },
		{ name, count }, reading->fault };
}

static bool
has_sector(const struct plan_reading *reading, int64_t number)
{
	for (size_t i = 0; i < reading->known.count; i++)
		if (reading->number[i] == number)
			return true;
	return false;
}

struct plan_areas
plan_areas_read(
    struct arena *arena, const char *text, struct cover_sector_name_list known)
{
	struct plan_reading reading = {
		.arena = arena,
		.known = known,
		.number = arena_array(
		    arena, known.count, sizeof(*reading.number)),
	};

	for (;; text++) {
		const size_t length = strcspn(text, "\n");

		line_read(&reading, arena_strndup(arena, text, length));
		text += length;
		if (*text == '\0')
			break;
	}
	for (int64_t i = 1; i <= reading.count; i++)
		if (!has_sector(&reading, i))
			fault_set(&reading,
			    arena_printf(arena,
				"Enter the sectors of %s after the colon",
				reading.name[i - 1]));
	return areas_of(&reading);
}

const char *
plan_areas_text(struct arena *arena, struct cover_shown_list shown)
{
	struct buffer out = buffer_new(
	    arena, 4096, shown.count * (PLAN_NAME * 4 + 32) + 1);
	size_t written = 0;

	for (int64_t number = 1; written < shown.count; number++) {
		const char *before = written > 0 ? "\n" : "";
		bool is_first = true;

		for (size_t i = 0; i < shown.count; i++) {
			const struct cover_shown *row = &shown.row[i];

			if (row->area_number != number)
				continue;
			if (is_first)
				buffer_printf(&out, "%s%s: %s", before,
				    row->area_name, row->sector);
			else
				buffer_printf(&out, ", %s", row->sector);
			is_first = false;
			written++;
		}
	}
	return out.data;
}
