/*
 * Reading packages, demands, providers and options; what names one another is
 * checked here, amounts and limits by clear_check() too.
 */
#include "command_match_clear_files.h"

#include <string.h>

#include "base/arena.h"

enum { DEMAND_PACKAGE, DEMAND_SLOT, AMOUNT };
enum { PROVIDER, PROVIDER_SLOT, SPARE };
enum { OPTION_PACKAGE, OPTION_PROVIDER, FIT, PRICE, DISTANCE };
/* The name of the slot that helps all others out. */
static const char any_slot[] = "any";

enum { FILE_BYTES = 256 << 20, METRES_MOST = 2000000, FIT_MOST = 10000 };

static const struct record_column package_columns[] = {
	{ "package", true },
	{ "minutes", true },
	{ "parts", false },
	{ "specialism", false },
	{ "rural", false },
	{ "east", false },
	{ "north", false },
	{ NULL, false },
};

static const struct record_column demand_columns[] = {
	{ "package", true },
	{ "slot", true },
	{ "amount", true },
	{ NULL, false },
};

static const struct record_column provider_columns[] = {
	{ "provider", true },
	{ "slot", false },
	{ "spare", true },
	{ NULL, false },
};

static const struct record_column option_columns[] = {
	{ "package", true },
	{ "provider", true },
	{ "fit", true },
	{ "price", true },
	{ "distance", false },
	{ NULL, false },
};

/* A rural package lies somewhere. */
static void
place_check(const struct record *record)
{
	if (!record_truth(record, RURAL))
		return;
	for (size_t column = EAST; column <= NORTH; column++) {
		record_number(record, column, -METRES_MOST, METRES_MOST, 0);
		if (!record_has(record, column))
			record_fault(
			    record, column, "is missing from a rural package");
	}
}

static void
packages_fill(struct clear_files *files, const struct records *from)
{
	files->item = arena_array(
	    files->arena, from->count, sizeof(*files->item));
	for (size_t i = 0; i < from->count; i++) {
		const struct record *record = &from->row[i];
		struct clear_package *package = &files->item[i];

		if (match_name_add(
			&files->package, record_text(record, PACKAGE)) != i) {
			record_fault(record, PACKAGE, "is there twice");
			return;
		}
		/* So that a fault found later names the line. */
		package->order = (int64_t)record->place;
		package->weekly_minutes = (int32_t)record_number(
		    record, MINUTES, 1, CLEAR_MINUTES, 1);
		package->parts = (int32_t)record_number(
		    record, PARTS, 1, CLEAR_PARTS, 1);
		if (package->weekly_minutes % package->parts != 0)
			record_fault(record, PARTS,
			    "does not divide the minutes without rest");
		place_check(record);
	}
	files->list.package = files->item;
	files->list.package_count = from->count;
}

/*
 * Which package each record is of; false at a fault. `first` gives where the
 * records of each package begin when they are put together.
 */
static bool
records_group(struct clear_files *files, const struct records *from,
    size_t column, uint32_t **of, size_t **first)
{
	size_t count = files->list.package_count;

	*of = arena_array(files->arena, from->count, sizeof(**of));
	*first = arena_array(files->arena, count + 1, sizeof(**first));
	for (size_t i = 0; i < from->count; i++) {
		const struct record *record = &from->row[i];

		(*of)[i] = match_name_find(
		    &files->package, record_text(record, column));
		if ((*of)[i] == MATCH_UNKNOWN)
			record_fault(record, column, "is not a package");
		else
			(*first)[(*of)[i] + 1]++;
	}
	for (size_t i = 0; i < count; i++)
		(*first)[i + 1] += (*first)[i];
	return from->reading->fault_count == 0;
}

static void
demands_fill(struct clear_files *files, const struct records *from)
{
	struct clear_demand *demand = arena_array(
	    files->arena, from->count, sizeof(*demand));
	uint32_t *of;
	size_t *next;

	if (!records_group(files, from, DEMAND_PACKAGE, &of, &next))
		return;
	for (size_t i = 0; i < files->list.package_count; i++)
		files->item[i].demand = &demand[next[i]];
	for (size_t i = 0; i < from->count; i++) {
		const struct record *record = &from->row[i];
		struct clear_package *package = &files->item[of[i]];
		int32_t amount = (int32_t)record_number(
		    record, AMOUNT, 1, CLEAR_MINUTES, 1);

		if (amount % package->parts != 0)
			record_fault(record, AMOUNT,
			    "is not a multiple of the package's parts");
		demand[next[of[i]]++] = (struct clear_demand) {
			match_name_add(
			    &files->slot, record_text(record, DEMAND_SLOT)),
			amount
		};
		package->demand_count++;
	}
}

/* All minutes are the week's. */
static void
demands_of_week(struct clear_files *files)
{
	size_t count = files->list.package_count;
	struct clear_demand *demand = arena_array(
	    files->arena, count, sizeof(*demand));
	uint32_t week = match_name_add(&files->slot, "week");

	for (size_t i = 0; i < count; i++) {
		demand[i] = (struct clear_demand) { week,
			files->item[i].weekly_minutes };
		files->item[i].demand = &demand[i];
		files->item[i].demand_count = 1;
	}
}

static const char *
slot_of(const struct record *record)
{
	const char *name = record_text(record, PROVIDER_SLOT);

	return *name == '\0' ? "week" : name;
}

/*
 * Slots that no package asks for are left out, unless there are hours at any
 * time: then all of them may serve what is wanted at any time.
 */
static void
slots_fill(struct clear_files *files, const struct records *from)
{
	struct clear_list *list = &files->list;

	list->has_any = match_name_find(&files->slot, any_slot) !=
	                MATCH_UNKNOWN;
	for (size_t i = 0; i < from->count; i++)
		if (strcmp(slot_of(&from->row[i]), any_slot) == 0)
			list->has_any = true;
	if (!list->has_any)
		return;
	for (size_t i = 0; i < from->count; i++)
		match_name_add(&files->slot, slot_of(&from->row[i]));
	list->any_slot = match_name_add(&files->slot, any_slot);
}

static void
providers_fill(struct clear_files *files, const struct records *from)
{
	size_t slots;
	struct clear_provider *provider = arena_array(
	    files->arena, from->count, sizeof(*provider));
	int32_t *spare;

	for (size_t i = 0; i < from->count; i++)
		match_name_add(
		    &files->provider, record_text(&from->row[i], PROVIDER));
	slots_fill(files, from);
	slots = files->slot.count;
	if (slots > CLEAR_SLOTS || files->provider.count > CLEAR_PROVIDERS)
		slots = 0;
	spare = arena_array(
	    files->arena, files->provider.count * slots, sizeof(*spare));
	for (size_t i = 0; i < from->count; i++) {
		const struct record *record = &from->row[i];
		uint32_t slot = match_name_find(&files->slot, slot_of(record));
		uint32_t at = match_name_find(
		    &files->provider, record_text(record, PROVIDER));
		int64_t amount = record_number(
		    record, SPARE, 0, CLEAR_SPARE, 0);

		if (slot < slots)
			spare[at * slots + slot] = (int32_t)amount;
	}
	for (size_t p = 0; p < files->provider.count; p++)
		provider[p] = (struct clear_provider) { (int64_t)p,
			&spare[p * slots] };
	files->list.provider = provider;
	files->list.provider_count = files->provider.count;
	files->list.slot_count = files->slot.count;
}

static struct clear_option
option_of(const struct clear_files *files, const struct record *record)
{
	struct clear_option option = {
		match_name_find(
		    &files->provider, record_text(record, OPTION_PROVIDER)),
		(int32_t)record_hundredths(record, FIT, FIT_MOST),
		(int32_t)record_pence(record, PRICE, CLEAR_PENCE),
		(int32_t)record_number(record, DISTANCE, 0, CLEAR_METRES, 0),
	};

	if (option.provider == MATCH_UNKNOWN)
		record_fault(record, OPTION_PROVIDER, "is not a provider");
	return option;
}

/* A package has a provider once; `row` are the records of its options. */
static void
options_check(struct clear_files *files, const struct record *const *row,
    const struct clear_option *first)
{
	uint32_t *last = arena_array(
	    files->arena, files->provider.count, sizeof(*last));

	for (uint32_t i = 0; i < files->list.package_count; i++) {
		const struct clear_package *package = &files->item[i];

		for (size_t o = 0; o < package->option_count; o++) {
			uint32_t provider = package->option[o].provider;

			if (last[provider] == i + 1)
				record_fault(row[package->option + o - first],
				    OPTION_PROVIDER,
				    "is there twice for the package");
			last[provider] = i + 1;
		}
	}
}

static void
options_fill(struct clear_files *files, const struct records *from)
{
	struct clear_option *option = arena_array(
	    files->arena, from->count, sizeof(*option));
	const struct record **row = arena_array(
	    files->arena, from->count, sizeof(*row));
	uint32_t *of;
	size_t *next;

	if (!records_group(files, from, OPTION_PACKAGE, &of, &next))
		return;
	for (size_t i = 0; i < files->list.package_count; i++)
		files->item[i].option = &option[next[i]];
	for (size_t i = 0; i < from->count; i++) {
		size_t at = next[of[i]]++;

		row[at] = &from->row[i];
		option[at] = option_of(files, row[at]);
		files->item[of[i]].option_count++;
	}
	if (from->reading->fault_count == 0)
		options_check(files, row, option);
}

/* Reads the records of a file; what `fill` makes of them stays in `files`. */
static int
file_fill(struct clear_files *files, const char *path,
    const struct record_column *columns, struct records *records,
    void (*fill)(struct clear_files *files, const struct records *from))
{
	struct reading *reading = arena_alloc(files->arena, sizeof(*reading));
	const char *text;

	*reading = reading_new(files->arena, path);
	text = reading_file(reading, FILE_BYTES);
	if (text != NULL)
		records_read(reading, text, columns, records);
	if (reading->fault_count == 0)
		fill(files, records);
	return match_faults_print(reading);
}

int
clear_files_read(struct clear_files *files, const struct clear_request *request)
{
	struct records *other = arena_array(files->arena, 3, sizeof(*other));
	const char *fault;

	if (file_fill(files, request->packages, package_columns,
		&files->packages, packages_fill) != MATCH_DONE)
		return MATCH_FAILED;
	if (request->demands == NULL)
		demands_of_week(files);
	else if (file_fill(files, request->demands, demand_columns, &other[0],
		     demands_fill) != MATCH_DONE)
		return MATCH_FAILED;
	if (file_fill(files, request->providers, provider_columns, &other[1],
		providers_fill) != MATCH_DONE ||
	    file_fill(files, request->options, option_columns, &other[2],
		options_fill) != MATCH_DONE)
		return MATCH_FAILED;
	files->list.travel_pence_per_kilometre = (int32_t)request->travel;
	fault = clear_check(files->arena, &files->list);
	return fault == NULL ? MATCH_DONE
	                     : match_fail(arena_printf(files->arena,
				   "%s: %s (numbered by its line)",
				   request->packages, fault));
}
