/* Postcodes, how rural they are, districts and bank holidays. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "areas/import.h"
#include "areas/import.sql.h"
#include "areas/projection.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/db.h"
#include "base/form.h"
#include "base/text.h"

/* Columns of Code-Point Open. */
enum {
	CODE_POINT_POSTCODE = 0,
	CODE_POINT_QUALITY = 1,
	CODE_POINT_EASTING = 2,
	CODE_POINT_NORTHING = 3,
	CODE_POINT_DISTRICT = 8,
	CODE_POINT_WARD = 9,
	CODE_POINT_COLUMNS = 10,
	QUALITY_NO_POSITION = 90,
	GRID_EAST = 700000,
	GRID_NORTH = 1300000,
};

/* --- Postcodes --------------------------------------------------------------- */

/* Rows on their way to the database, column by column. */
struct places {
	const char **postcode, **sector, **district, **ward;
	int64_t *latitude, *longitude;
	size_t count;
};

/* What the whole file came to. */
struct postcodes {
	struct places batch;
	struct import_texts sectors;
	size_t placed;
	size_t unplaced;
	int64_t changed;
};

static struct places
places_new(struct arena *arena)
{
	return (struct places) {
		.postcode = arena_array(arena, IMPORT_BATCH, sizeof(char *)),
		.sector = arena_array(arena, IMPORT_BATCH, sizeof(char *)),
		.district = arena_array(arena, IMPORT_BATCH, sizeof(char *)),
		.ward = arena_array(arena, IMPORT_BATCH, sizeof(char *)),
		.latitude = arena_array(arena, IMPORT_BATCH, sizeof(int64_t)),
		.longitude = arena_array(arena, IMPORT_BATCH, sizeof(int64_t)),
	};
}

static void
places_put(const struct import *import, struct postcodes *all)
{
	const struct places *batch = &all->batch;
	size_t count = batch->count;

	if (count == 0 || import->reading.fault_count > 0)
		return;
	all->changed += postcode_put(import->db,
	    (struct text_list) { batch->postcode, count },
	    (struct text_list) { batch->sector, count },
	    (struct int64_list) { batch->latitude, count },
	    (struct int64_list) { batch->longitude, count },
	    (struct text_list) { batch->district, count },
	    (struct text_list) { batch->ward, count });
	all->batch.count = 0;
	import_progress(import, all->placed);
}

/* A whole number of a column; -1 with its fault. */
static int64_t
code_point_number(struct import *import, size_t line, const char *name,
    const char *text, int64_t most, const char *what)
{
	int64_t number;

	if (text_to_int64(text, 0, most, &number))
		return number;
	reading_fault_at(
	    &import->reading, line, name, "\"%s\" is not %s", text, what);
	return -1;
}

/* Files come in the order of the postcode, so sectors come together. */
static void
place_add(struct import *import, struct postcodes *all, const char *postcode,
    const char *const *field, struct position position)
{
	const char *sector = postcode_sector(import->arena, postcode);
	struct import_texts *sectors = &all->sectors;
	struct places *batch = &all->batch;
	size_t n = batch->count++;

	if (sectors->count == 0 ||
	    !text_equal(sectors->row[sectors->count - 1], sector))
		import_texts_add(import->arena, sectors, sector);
	batch->postcode[n] = postcode;
	batch->sector[n] = sector;
	batch->district[n] = field[CODE_POINT_DISTRICT];
	batch->ward[n] = field[CODE_POINT_WARD];
	batch->latitude[n] = llround(position.latitude * 1e6);
	batch->longitude[n] = llround(position.longitude * 1e6);
	all->placed++;
	if (batch->count == IMPORT_BATCH)
		places_put(import, all);
}

static void
code_point_read(struct import *import, size_t line, struct text_list record,
    struct postcodes *all)
{
	const char *const *field = record.row;
	const char *postcode;
	int64_t quality, easting, northing;

	if (record.count != CODE_POINT_COLUMNS) {
		reading_fault_at(&import->reading, line, "line",
		    "has %zu columns, where Code-Point Open has %d",
		    record.count, CODE_POINT_COLUMNS);
		return;
	}
	if (!postcode_parse(
		import->arena, field[CODE_POINT_POSTCODE], &postcode)) {
		reading_fault_at(&import->reading, line, "postcode",
		    "\"%s\" is not a postcode", field[CODE_POINT_POSTCODE]);
		return;
	}
	quality = code_point_number(
	    import, line, "quality", field[CODE_POINT_QUALITY], 99, "10 to 90");
	easting = code_point_number(import, line, "easting",
	    field[CODE_POINT_EASTING], GRID_EAST, "on the National Grid");
	northing = code_point_number(import, line, "northing",
	    field[CODE_POINT_NORTHING], GRID_NORTH, "on the National Grid");
	if (quality < QUALITY_NO_POSITION && quality >= 0 && easting > 0 &&
	    northing >= 0)
		place_add(import, all, postcode, field,
		    position_of_grid((double)easting, (double)northing));
	else
		all->unplaced++;
}

const char *
import_postcodes(struct import *import, const char *text)
{
	struct csv csv = csv_new(import->arena, text);
	struct postcodes all = { .batch = places_new(import->arena) };
	struct text_list record;
	int64_t sectors;

	while (csv_next(&csv, &record))
		code_point_read(import, csv.line, record, &all);
	if (csv.problem != NULL)
		reading_fault_at(
		    &import->reading, csv.line, NULL, "%s", csv.problem);
	else if (all.placed + all.unplaced == 0)
		reading_fault_at(&import->reading, 1, NULL, "has no postcodes");
	if (import->reading.fault_count > 0)
		return NULL;
	places_put(import, &all);
	sectors = import_sectors(import, &all.sectors);
	return arena_printf(import->arena,
	    "%zu postcodes, of which %" PRId64 " new or changed; %" PRId64
	    " sectors new or changed; %zu without a position passed over",
	    all.placed, all.changed, sectors, all.unplaced);
}

/* --- How rural they are ------------------------------------------------------ */

enum { RURAL_POSTCODE, RURAL };

const char *
import_rurality(struct import *import, const char *text)
{
	static const struct record_column columns[] = { { "postcode", true },
		{ "rural", false }, { RECORD_OTHERS, false } };
	static const char *const names[] = { "urban", "semi_rural", "rural" };
	struct import_texts postcodes = { 0 }, ruralities = { 0 };
	struct import_texts sectors = { 0 };
	struct records records;
	int64_t changed = 0, known = 0, remade;
	bool is_told = false;

	records_read(&import->reading, text, columns, &records);
	for (size_t i = 0; i < records.count; i++) {
		const struct record *record = &records.row[i];
		const char *postcode = import_postcode(record, RURAL_POSTCODE);
		const char *sector;

		import_texts_add(import->arena, &ruralities,
		    record_has(record, RURAL)
			? names[record_number(record, RURAL, 0, 2, 0)]
			: "");
		is_told = is_told || record_has(record, RURAL);
		if (postcode == NULL)
			continue;
		import_texts_add(import->arena, &postcodes, postcode);
		sector = postcode_sector(import->arena, postcode);
		if (sectors.count == 0 ||
		    !text_equal(sectors.row[sectors.count - 1], sector))
			import_texts_add(import->arena, &sectors, sector);
	}
	if (!is_told && import->reading.fault_count == 0)
		reading_fault_at(&import->reading, 1, "rural",
		    "the column is missing, or empty everywhere");
	if (import->reading.fault_count > 0)
		return NULL;
	for (size_t from = 0; from < postcodes.count; from += IMPORT_BATCH) {
		struct text_list batch = import_batch(&postcodes, from);

		known += postcode_known_count(import->db, batch);
		changed += postcode_rurality_put(
		    import->db, batch, import_batch(&ruralities, from));
		import_progress(import, from + batch.count);
	}
	remade = import_sectors(import, &sectors);
	return arena_printf(import->arena,
	    "%" PRId64 " postcodes, of which %" PRId64 " changed; %" PRId64
	    " sectors changed; %" PRId64 " that are not known passed over",
	    known, changed, remade, (int64_t)postcodes.count - known);
}

/* --- Districts --------------------------------------------------------------- */

enum { DISTRICT, DISTRICT_NAME };

static bool
district_code_is_one(const char *code)
{
	return strlen(code) == 9 && code[0] >= 'A' && code[0] <= 'Z' &&
	       strspn(code + 1, "0123456789") == 8;
}

const char *
import_districts(struct import *import, const char *text)
{
	static const struct record_column columns[] = { { "district", true },
		{ "name", true }, { RECORD_OTHERS, false } };
	struct import_texts codes = { 0 }, names = { 0 }, sectors = { 0 };
	struct records records;
	struct text_list list;
	int64_t changed, remade;

	records_read(&import->reading, text, columns, &records);
	for (size_t i = 0; i < records.count; i++) {
		const struct record *record = &records.row[i];
		const char *code = record_text(record, DISTRICT);

		if (!district_code_is_one(code))
			record_fault(record, DISTRICT,
			    "is not a code such as E07000240");
		if (text_list_has(
			(struct text_list) { codes.row, codes.count }, code))
			record_fault(record, DISTRICT, "is there twice");
		import_texts_add(import->arena, &codes, code);
		import_texts_add(
		    import->arena, &names, record_text(record, DISTRICT_NAME));
	}
	if (import->reading.fault_count > 0)
		return NULL;
	list = (struct text_list) { codes.row, codes.count };
	changed = district_put(
	    import->db, list, (struct text_list) { names.row, names.count });
	list = district_sectors(import->db, list);
	for (size_t i = 0; i < list.count; i++)
		import_texts_add(import->arena, &sectors, list.row[i]);
	remade = import_sectors(import, &sectors);
	return arena_printf(import->arena,
	    "%zu districts, of which %" PRId64 " new or changed; %" PRId64
	    " sectors changed",
	    codes.count, changed, remade);
}

/* --- Bank holidays ----------------------------------------------------------- */

/* An event of the official feed: {"title": ..., "date": "2026-12-25", ...}. */
static void
holiday_read(struct import *import, json_t *event, const char *place,
    struct import_texts *dates, struct import_texts *names)
{
	const char *title, *date;
	int32_t day;

	if (!json_is_object(event)) {
		reading_fault(
		    &import->reading, place, "must be an object, in { and }");
		return;
	}
	title = reading_text(&import->reading, event, place, "title");
	date = reading_text(&import->reading, event, place, "date");
	if (title != NULL && *title == '\0')
		reading_fault(&import->reading,
		    reading_place(&import->reading, place, "title"),
		    "is empty");
	if (date != NULL && !date_from_iso(date, &day))
		reading_fault(&import->reading,
		    reading_place(&import->reading, place, "date"),
		    "\"%s\" is not a date such as 2026-12-25", date);
	import_texts_add(import->arena, dates, date);
	import_texts_add(import->arena, names, title);
}

static void
holidays_read(struct import *import, json_t *feed, struct import_texts *dates,
    struct import_texts *names)
{
	static const char division[] = "england-and-wales";
	json_t *object = reading_object(&import->reading, feed, division, true);
	json_t *events = object == NULL ? NULL
	                                : reading_list(&import->reading, object,
					      division, "events");
	json_t *event;
	size_t i;

	json_array_foreach(events, i, event)
	{
		holiday_read(import, event,
		    arena_printf(import->arena, "%s.events[%zu]", division, i),
		    dates, names);
	}
	if (object != NULL && json_array_size(events) == 0)
		reading_fault(&import->reading, division, "has no events");
}

const char *
import_holidays(struct import *import, const char *text)
{
	json_t *feed = reading_parse(&import->reading, text);
	struct import_texts dates = { 0 }, names = { 0 };
	int64_t changed;

	if (json_is_object(feed))
		holidays_read(import, feed, &dates, &names);
	else if (feed != NULL)
		reading_fault_at(
		    &import->reading, 1, NULL, "must be an object, in { and }");
	json_decref(feed);
	if (import->reading.fault_count > 0)
		return NULL;
	changed = holiday_put(import->db,
	    (struct text_list) { dates.row, dates.count },
	    (struct text_list) { names.row, names.count });
	return arena_printf(import->arena,
	    "%zu bank holidays, of which %" PRId64 " new or changed",
	    dates.count, changed);
}
