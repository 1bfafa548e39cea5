/*
 * `hearth match cover`: hours needed and met by area, under the scheme that
 * providers chose areas of or another, with and without a cap.
 */
#include <string.h>

#include "base/arena.h"
#include "base/records.h"
#include "base/text.h"
#include "command_match.h"
#include "matching/cover.h"

static const char usage[] =
    "usage: hearth match cover --sectors FILE --providers FILE --offers FILE\n"
    "           [--offered COLUMN] [--shown COLUMN] [--cap N] [--json]\n"
    "Hours needed a week and those that the best use of what is offered "
    "meets,\n"
    "by area; with --cap also when each provider may serve N areas at most.\n"
    "--sectors    sector, minutes (needed a week), rurality (urban, "
    "semi-rural\n"
    "             or rural), and a column for each scheme with the area\n"
    "--offered    the scheme that the offers name areas of (area)\n"
    "--shown      the scheme to show, where it is another\n"
    "--providers  provider, minutes (offered a week, in all), ruralities\n"
    "             (served, parted by \";\"; empty for all)\n"
    "--offers     provider, area: those it likes best first\n"
    "Files are CSV with these columns, or .json with a list of objects.\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

enum { SECTOR, SECTOR_MINUTES, RURALITY, OFFERED, SHOWN };
enum { PROVIDER, PROVIDER_MINUTES, RURALITIES };
enum { OFFER_PROVIDER, OFFER_AREA };
enum { ALL_RURALITIES = (1 << COVER_RURALITIES) - 1, FILE_BYTES = 256 << 20 };

static const char *const rurality_names[COVER_RURALITIES] = { "urban",
	"semi-rural", "rural" };

static const struct record_column provider_columns[] = {
	{ "provider", true },
	{ "minutes", true },
	{ "ruralities", false },
	{ NULL, false },
};

static const struct record_column offer_columns[] = {
	{ "provider", true },
	{ "area", true },
	{ NULL, false },
};

/* A file with its faults. */
struct cover_file {
	struct reading reading;
	struct records records;
};

struct cover_files {
	struct cover_file sectors;
	struct cover_file providers;
	struct cover_file offers;
	struct match_names sector;
	struct match_names provider;
	struct match_names offered;
	struct match_names shown;
};

struct cover_request {
	const char *sectors;
	const char *providers;
	const char *offers;
	const char *offered;
	const char *shown;
	int64_t cap;
	bool is_json;
};

/* The rurality of a word, or COVER_RURALITIES. */
static enum cover_rurality
rurality_of(const char *word)
{
	int i = 0;

	while (i < COVER_RURALITIES && !text_equal(rurality_names[i], word))
		i++;
	return (enum cover_rurality)i;
}

static void
sectors_fill(struct arena *arena, struct cover_files *files, size_t shown,
    struct cover *cover)
{
	const struct records *from = &files->sectors.records;
	size_t count = from->count;
	struct cover_sector *sector = arena_array(
	    arena, count, sizeof(*sector));
	uint32_t *offered_area = arena_array(
	    arena, count, sizeof(*offered_area));
	uint32_t *shown_area = arena_array(arena, count, sizeof(*shown_area));

	for (size_t i = 0; i < count; i++) {
		const struct record *record = &from->row[i];

		sector[i].minutes = (int32_t)record_number(
		    record, SECTOR_MINUTES, 0, COVER_MINUTES, 0);
		sector[i].rurality = rurality_of(record_text(record, RURALITY));
		if (sector[i].rurality == COVER_RURALITIES)
			record_fault(record, RURALITY,
			    "is not urban, semi-rural or rural");
		if (match_name_find(&files->sector,
			record_text(record, SECTOR)) != MATCH_UNKNOWN)
			record_fault(record, SECTOR, "is there twice");
		match_name_add(&files->sector, record_text(record, SECTOR));
		offered_area[i] = match_name_add(
		    &files->offered, record_text(record, OFFERED));
		shown_area[i] = match_name_add(
		    &files->shown, record_text(record, shown));
	}
	cover->sector = sector;
	cover->sector_count = count;
	cover->offered = (struct cover_scheme) { offered_area,
		files->offered.count };
	cover->shown = (struct cover_scheme) { shown_area, files->shown.count };
}

static uint32_t
ruralities_read(const struct record *record)
{
	struct text_list list = record_list(record, RURALITIES);
	uint32_t found = list.count == 0 ? ALL_RURALITIES : 0;

	for (size_t i = 0; i < list.count; i++) {
		enum cover_rurality rurality = rurality_of(list.row[i]);

		if (rurality == COVER_RURALITIES)
			record_fault(record, RURALITIES,
			    "is not urban, semi-rural and rural, parted by "
			    "\";\"");
		else
			found |= 1u << rurality;
	}
	return found;
}

/* The number of what a record names; MATCH_UNKNOWN with a fault. */
static uint32_t
named(
    const struct match_names *names, const struct record *record, size_t column)
{
	uint32_t found = match_name_find(names, record_text(record, column));

	if (found == MATCH_UNKNOWN)
		record_fault(record, column, "is not in the other files");
	return found;
}

/* The areas of each provider, in the order of the offers. */
static void
offers_fill(struct arena *arena, struct cover_files *files,
    struct cover_provider *provider)
{
	const struct records *from = &files->offers.records;
	uint32_t *who = arena_array(arena, from->count, sizeof(*who));
	uint32_t *area = arena_array(arena, from->count, sizeof(*area));
	uint32_t *next = area;
	uint32_t **place = arena_array(
	    arena, files->provider.count, sizeof(*place));

	for (size_t i = 0; i < from->count; i++) {
		who[i] = named(&files->provider, &from->row[i], OFFER_PROVIDER);
		if (who[i] == MATCH_UNKNOWN)
			return;
		provider[who[i]].area_count++;
	}
	for (size_t p = 0; p < files->provider.count; p++) {
		provider[p].area = place[p] = next;
		next += provider[p].area_count;
	}
	for (size_t i = 0; i < from->count; i++)
		*place[who[i]]++ = named(
		    &files->offered, &from->row[i], OFFER_AREA);
}

static void
providers_fill(
    struct arena *arena, struct cover_files *files, struct cover *cover)
{
	const struct records *from = &files->providers.records;
	struct cover_provider *provider = arena_array(
	    arena, from->count, sizeof(*provider));

	for (size_t i = 0; i < from->count; i++) {
		const struct record *record = &from->row[i];

		provider[i].order = (int64_t)i;
		provider[i].minutes = (int32_t)record_number(
		    record, PROVIDER_MINUTES, 0, COVER_MINUTES, 0);
		provider[i].ruralities = ruralities_read(record);
		if (match_name_add(
			&files->provider, record_text(record, PROVIDER)) != i) {
			record_fault(record, PROVIDER, "is there twice");
			return;
		}
	}
	offers_fill(arena, files, provider);
	cover->provider = provider;
	cover->provider_count = from->count;
}

static void
area_row(struct arena *arena, struct match_table *table, const char *name,
    const struct cover_area *uncapped, const struct cover_area *capped)
{
	const char *const cell[] = {
		name,
		match_hours(arena, uncapped->needed_minutes),
		match_hours(arena, uncapped->needed[COVER_RURAL]),
		match_number(arena, (int64_t)uncapped->providers),
		match_hours(arena, uncapped->reach_minutes),
		match_hours(arena, uncapped->met_minutes),
		match_hours(arena, uncapped->gap_minutes),
		match_hours(arena,
		    uncapped->needed[COVER_RURAL] - uncapped->met[COVER_RURAL]),
		match_hours(arena, capped->met_minutes),
		match_hours(arena, capped->gap_minutes),
	};

	match_row_add(arena, table, cell);
}

/* The columns of the cap come last and are left out without one. */
static void
cover_print(struct arena *arena, const struct cover_files *files,
    const struct cover_result *uncapped, const struct cover_result *capped,
    bool is_capped, bool is_json)
{
	static const struct match_column columns[] = {
		{ "area", "Area", false },
		{ "needed_hours", "Needed", true },
		{ "needed_rural_hours", "of it rural", true },
		{ "providers", "Providers", true },
		{ "reach_hours", "In reach", true },
		{ "met_hours", "Met", true },
		{ "gap_hours", "Gap", true },
		{ "gap_rural_hours", "of it rural", true },
		{ "capped_met_hours", "Met, capped", true },
		{ "capped_gap_hours", "Gap, capped", true },
	};
	struct match_table table = {
		.name = "areas",
		.label = arena_printf(arena,
		    "Hours a week: %s needed, %s offered, %s met%s%s",
		    match_hours(arena, uncapped->needed_minutes),
		    match_hours(arena, uncapped->offered_minutes),
		    match_hours(arena, uncapped->met_minutes),
		    is_capped ? ", under the cap " : "",
		    is_capped ? match_hours(arena, capped->met_minutes) : ""),
		.column = columns,
		.column_count = is_capped ? 10 : 8,
	};

	for (size_t a = 0; a < uncapped->count; a++)
		area_row(arena, &table, files->shown.name[a],
		    &uncapped->area[a], &capped->area[a]);
	match_tables_print(arena, &table, 1, is_json);
}

static int
file_read(struct arena *arena, const char *path,
    const struct record_column *columns, struct cover_file *file)
{
	const char *text;

	file->reading = reading_new(arena, path);
	text = reading_file(&file->reading, FILE_BYTES);
	if (text != NULL)
		records_read(&file->reading, text, columns, &file->records);
	return match_faults_print(&file->reading);
}

/* Reads all three files; false when the faults have been printed. */
static bool
files_read(struct arena *arena, const struct cover_request *request,
    struct cover_files *files, struct cover *cover)
{
	bool is_other = !text_equal(request->offered, request->shown);
	const struct record_column sector_columns[] = {
		{ "sector", true },
		{ "minutes", true },
		{ "rurality", true },
		{ request->offered, true },
		{ is_other ? request->shown : RECORD_OTHERS, true },
		{ RECORD_OTHERS, false },
	};
	const char *fault;

	if (file_read(arena, request->sectors, sector_columns,
		&files->sectors) != MATCH_DONE ||
	    file_read(arena, request->providers, provider_columns,
		&files->providers) != MATCH_DONE ||
	    file_read(arena, request->offers, offer_columns, &files->offers) !=
		MATCH_DONE)
		return false;
	sectors_fill(arena, files, is_other ? SHOWN : OFFERED, cover);
	providers_fill(arena, files, cover);
	if (match_faults_print(&files->sectors.reading) != MATCH_DONE ||
	    match_faults_print(&files->providers.reading) != MATCH_DONE ||
	    match_faults_print(&files->offers.reading) != MATCH_DONE)
		return false;
	fault = cover_check(arena, cover);
	if (fault != NULL)
		match_fail(fault);
	return fault == NULL;
}

static int
cover_report(struct arena *arena, const struct cover_request *request)
{
	struct cover_files files = {
		.sector = { .arena = arena },
		.provider = { .arena = arena },
		.offered = { .arena = arena },
		.shown = { .arena = arena },
	};
	struct cover cover = { 0 };
	struct cover_result uncapped, capped;

	if (!files_read(arena, request, &files, &cover))
		return MATCH_FAILED;
	uncapped = cover_solve(arena, &cover);
	cover.cap = (size_t)request->cap;
	capped = cover_solve(arena, &cover);
	cover_print(arena, &files, &uncapped, &capped, request->cap > 0,
	    request->is_json);
	return MATCH_DONE;
}

static int
cover_run(struct arena *arena, int argc, char **argv)
{
	struct cover_request request = { .offered = "area" };
	const struct match_option options[] = {
		{ "--sectors", .text = &request.sectors, .is_required = true },
		{ "--providers", .text = &request.providers,
		    .is_required = true },
		{ "--offers", .text = &request.offers, .is_required = true },
		{ "--offered", .text = &request.offered },
		{ "--shown", .text = &request.shown },
		{ "--cap", .number = &request.cap, .minimum = 1,
		    .maximum = COVER_AREAS },
		{ "--json", .is_given = &request.is_json },
		{ NULL },
	};

	if (!match_options_read(argc, argv, options))
		return MATCH_USAGE;
	if (request.shown == NULL)
		request.shown = request.offered;
	return cover_report(arena, &request);
}

static const char *const help[] = { usage, NULL };

const struct match_command cover_command = { "cover", help, cover_run };
