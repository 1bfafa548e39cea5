/* A council's areas, and which postcodes and sectors lie in them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "areas/import.h"
#include "areas/import.sql.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/text.h"

enum { MOST_AREAS = 500 };

/* --- The areas themselves ---------------------------------------------------- */

enum { CODE, NAME, ALIASES };

static const struct record_column area_columns[] = {
	{ "code", true },
	{ "name", true },
	{ "aliases", false },
	{ NULL, false },
};

static const char *
areas_read(struct import *import, const char *text, int64_t scheme)
{
	struct import_texts codes = { 0 }, names = { 0 };
	struct import_texts alias_codes = { 0 }, aliases = { 0 };
	struct records records;
	int64_t changed;

	records_read(&import->reading, text, area_columns, &records);
	for (size_t i = 0; i < records.count; i++) {
		const struct record *record = &records.row[i];
		const char *code = record_text(record, CODE);
		struct text_list list = record_list(record, ALIASES);

		if (i == MOST_AREAS)
			record_fault(record, CODE, "is one more than %d areas",
			    MOST_AREAS);
		else if (text_list_has(
			     (struct text_list) { codes.row, codes.count },
			     code))
			record_fault(record, CODE, "is there twice");
		import_texts_add(import->arena, &codes, code);
		import_texts_add(
		    import->arena, &names, record_text(record, NAME));
		for (size_t a = 0; a < list.count; a++) {
			if (*list.row[a] == '\0')
				continue;
			import_texts_add(import->arena, &alias_codes, code);
			import_texts_add(import->arena, &aliases, list.row[a]);
		}
	}
	if (import->reading.fault_count > 0)
		return NULL;
	changed = area_put(import->db, import->council, scheme,
	    (struct text_list) { codes.row, codes.count },
	    (struct text_list) { names.row, names.count });
	changed += area_alias_put(import->db, import->council, scheme,
	    (struct text_list) { alias_codes.row, alias_codes.count },
	    (struct text_list) { aliases.row, aliases.count });
	return arena_printf(import->arena,
	    "%zu areas; %" PRId64 " areas and aliases new or changed",
	    codes.count, changed);
}

/* --- Where they lie ---------------------------------------------------------- */

enum { AREA, SECTOR, POSTCODE, SHARE };

static const struct record_column link_columns[] = {
	{ "area", true },
	{ "sector", false },
	{ "postcode", false },
	{ "share_percent", false },
	{ NULL, false },
};

/* A sector in an area; `weight` is a share, or postcodes counted. */
struct link {
	const char *sector;
	const char *postcode; /* NULL where the file has sectors */
	int64_t area;
	int64_t weight;
	const struct record *record;
};

struct links {
	struct link *row;
	size_t count;
};

static int64_t
area_find(struct area_name_list names, const char *name)
{
	for (size_t i = 0; i < names.count; i++)
		if (text_equal(names.row[i].name, name))
			return names.row[i].area_id;
	return 0;
}

/* "AL1 3" whatever its spaces and case; NULL with a fault when it is none. */
static const char *
sector_read(const struct record *record)
{
	struct arena *arena = record->records->reading->arena;
	const char *postcode;

	/* A sector is a postcode without its last two letters. */
	if (postcode_parse(arena,
		arena_printf(arena, "%sAA", record_text(record, SECTOR)),
		&postcode))
		return postcode_sector(arena, postcode);
	record_fault(record, SECTOR, "is not a postcode sector");
	return NULL;
}

static struct link
link_read(const struct record *record, struct area_name_list names)
{
	struct arena *arena = record->records->reading->arena;
	struct link link = { .sector = "",
		.record = record,
		.area = area_find(names, record_text(record, AREA)) };
	bool has_postcode = record_has(record, POSTCODE);

	if (link.area == 0)
		record_fault(record, AREA, "is no area of the scheme");
	if (has_postcode == record_has(record, SECTOR)) {
		record_fault(record, SECTOR,
		    "is wrong: a line has a sector or a postcode");
		return link;
	}
	if (!has_postcode) {
		link.sector = sector_read(record);
		link.weight = record_number(record, SHARE, 1, 100, 100);
		return link;
	}
	link.postcode = import_postcode(record, POSTCODE);
	if (link.postcode != NULL)
		link.sector = postcode_sector(arena, link.postcode);
	link.weight = 1;
	if (record_has(record, SHARE))
		record_fault(record, SHARE, "is of sectors only");
	return link;
}

static int
link_compare(const void *a, const void *b)
{
	const struct link *x = a, *y = b;
	int order = strcmp(x->sector, y->sector);

	if (order != 0)
		return order;
	return (x->area > y->area) - (x->area < y->area);
}

/* Lines of one sector and area become one; of sectors none may be twice. */
static void
links_merge(struct links *links)
{
	size_t kept = 0;

	if (links->count > 0)
		qsort(links->row, links->count, sizeof(*links->row),
		    link_compare);
	for (size_t i = 0; i < links->count; i++) {
		struct link *last = kept > 0 ? &links->row[kept - 1] : NULL;

		if (last == NULL || link_compare(last, &links->row[i]) != 0) {
			links->row[kept++] = links->row[i];
			continue;
		}
		last->weight += links->row[i].weight;
		if (last->postcode == NULL)
			record_fault(links->row[i].record, SECTOR,
			    "is there twice for the area");
	}
	links->count = kept;
}

/* Postcodes counted become per cent of those of the sector, half up. */
static void
links_share(struct links *links)
{
	size_t from, to;

	for (from = 0; from < links->count; from = to) {
		int64_t all = 0;

		for (to = from;
		     to < links->count &&
		     text_equal(links->row[to].sector, links->row[from].sector);
		     to++)
			all += links->row[to].weight;
		for (size_t i = from; i < to; i++)
			if (links->row[i].postcode != NULL)
				links->row[i].weight =
				    (200 * links->row[i].weight + all) /
				    (2 * all);
	}
}

/* Postcodes in their areas; a postcode lies in one only. */
static int64_t
postcodes_put(struct import *import, int64_t scheme, const struct links *links)
{
	struct import_texts postcodes = { 0 };
	int64_t *area = arena_array(import->arena, links->count, sizeof(*area));
	int64_t changed = 0;

	for (size_t i = 0; i < links->count; i++) {
		if (links->row[i].postcode == NULL)
			continue;
		area[postcodes.count] = links->row[i].area;
		import_texts_add(
		    import->arena, &postcodes, links->row[i].postcode);
	}
	for (size_t from = 0; from < postcodes.count; from += IMPORT_BATCH) {
		struct text_list batch = import_batch(&postcodes, from);

		changed += area_postcode_put(import->db, import->council,
		    scheme, batch,
		    (struct int64_list) { area + from, batch.count });
		import_progress(import, from + batch.count);
	}
	return changed;
}

static int64_t
sectors_put(struct import *import, int64_t scheme, const struct links *links)
{
	struct arena *arena = import->arena;
	struct import_texts sectors = { 0 };
	int64_t *area = arena_array(arena, links->count, sizeof(*area));
	int64_t *share = arena_array(arena, links->count, sizeof(*share));
	struct text_list list;
	const char *unknown;

	for (size_t i = 0; i < links->count; i++) {
		import_texts_add(arena, &sectors, links->row[i].sector);
		area[i] = links->row[i].area;
		share[i] = links->row[i].weight;
	}
	list = (struct text_list) { sectors.row, sectors.count };
	unknown = sector_unknown(import->db, list);
	for (size_t i = 0; !text_is_empty(unknown) && i < links->count; i++)
		if (text_equal(unknown, links->row[i].sector)) {
			record_fault(links->row[i].record,
			    links->row[i].postcode != NULL ? POSTCODE : SECTOR,
			    "is in no known sector: import its postcodes "
			    "first");
			return 0;
		}
	return area_sector_put(import->db, import->council, scheme, list,
	    (struct int64_list) { area, links->count },
	    (struct int64_list) { share, links->count });
}

static int
postcode_compare(const void *a, const void *b)
{
	const struct link *const *x = a, *const *y = b;

	return strcmp((*x)->postcode != NULL ? (*x)->postcode : "",
	    (*y)->postcode != NULL ? (*y)->postcode : "");
}

/* A statement cannot change a row twice, and a postcode has one area. */
static void
postcodes_check(struct import *import, const struct links *links)
{
	const struct link **by = arena_array(
	    import->arena, links->count, sizeof(*by));

	for (size_t i = 0; i < links->count; i++)
		by[i] = &links->row[i];
	if (links->count > 0)
		qsort(by, links->count, sizeof(*by), postcode_compare);
	for (size_t i = 1; i < links->count; i++)
		if (by[i]->postcode != NULL &&
		    postcode_compare(&by[i - 1], &by[i]) == 0)
			record_fault(by[i]->record, POSTCODE, "is there twice");
}

static const char *
places_read(struct import *import, const char *text, int64_t scheme)
{
	struct area_name_list names = area_name_list(
	    import->db, import->council, scheme);
	struct records records;
	struct links links = { NULL, 0 };
	int64_t postcodes, sectors;

	records_read(&import->reading, text, link_columns, &records);
	if (import->reading.fault_count > 0)
		return NULL;
	links.row = arena_array(
	    import->arena, records.count, sizeof(*links.row));
	for (size_t i = 0; i < records.count; i++)
		links.row[links.count++] = link_read(&records.row[i], names);
	if (import->reading.fault_count > 0)
		return NULL;
	postcodes_check(import, &links);
	if (import->reading.fault_count > 0)
		return NULL;
	postcodes = postcodes_put(import, scheme, &links);
	links_merge(&links);
	links_share(&links);
	if (import->reading.fault_count > 0)
		return NULL;
	sectors = sectors_put(import, scheme, &links);
	return arena_printf(import->arena,
	    "%zu lines; %" PRId64 " postcodes and %" PRId64
	    " places of sectors new or changed",
	    records.count, postcodes, sectors);
}

/* Whether the first line, or the first object, has a column called area. */
static bool
says_where(struct import *import, const char *text)
{
	static const struct record_column columns[] = { { "area", false },
		{ RECORD_OTHERS, false } };
	struct reading reading = reading_new(
	    import->arena, import->reading.file);
	struct records records;

	records_read(&reading, text, columns, &records);
	return records.count > 0 && record_has(&records.row[0], 0);
}

const char *
import_areas(struct import *import, const char *text)
{
	int64_t scheme = import->scheme_name != NULL
	                     ? scheme_put(import->db, import->council,
				   import->scheme, import->scheme_name)
	                     : scheme_by_code(
				   import->db, import->council, import->scheme);

	if (scheme == 0 && db_failure(import->db) == DB_FINE) {
		reading_fault(&import->reading, "scheme",
		    "the council has no scheme %s; --name makes it",
		    import->scheme);
		return NULL;
	}
	return says_where(import, text) ? places_read(import, text, scheme)
	                                : areas_read(import, text, scheme);
}
