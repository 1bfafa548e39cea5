/*
 * `hearth match clear`: a waiting list in files, the assignment proposed for
 * it, what offers one at a time would do, and what would place the rest.
 */
#include "base/arena.h"
#include "base/text.h"
#include "command_match_clear_files.h"
#include "matching/bundle.h"

static const char usage[] =
    "usage: hearth match clear --packages FILE --providers FILE --options "
    "FILE\n"
    "           [--demands FILE] [--travel PENCE] [--changes N] [--hours N]\n"
    "           [--bundle METRES] [--bundle-hours N] [--json]\n"
    "Which provider takes which package, so that most hours are placed, then\n"
    "fit is best, then cost and travel least; beside it what offers one at a\n"
    "time would do, and the bound that no assignment passes.\n"
    "--packages   package, minutes (a week), parts (into which it may be\n"
    "             split; empty: not at all), specialism, rural (yes or no),\n"
    "             east, north (metres); those that wait longest first\n"
    "--demands    package, slot, amount: minutes of its week by part of day "
    "or\n"
    "             area, or the same amount of one slot for every package;\n"
    "             without this file all minutes are of the slot \"week\"\n"
    "--providers  provider, slot (empty: \"week\"), spare (amount of the "
    "slot);\n"
    "             what is of the slot \"any\" serves all slots, where "
    "amounts are\n"
    "             minutes, and all slots serve what is asked of it\n"
    "--options    package, provider, fit (0 to 100), price (pounds a week),\n"
    "             distance (metres): only those who may take the package\n"
    "--travel     pence that a kilometre of distance counts as cost\n"
    "--changes    shows the N (3) single changes that place most of the rest:\n"
    "             --hours (10) more at a provider in a slot, or one more\n"
    "             provider with as many for a specialism\n"
    "--bundle     shows rural packages that lie within METRES of each other,\n"
    "             --bundle-hours (40) a week at most together\n"
    "Files are CSV with these columns, or .json with a list of objects.\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

enum { TRIES = 12, BUNDLE_MOST = 20 };

static void
summary_row(struct clear_files *files, struct match_table *table,
    const char *name, const struct clear_plan *plan)
{
	struct arena *arena = files->arena;
	const struct clear_totals *total = &plan->total;
	int64_t lines = plan->line_count > 0 ? (int64_t)plan->line_count : 1;
	const char *const cell[] = {
		name,
		match_number(arena, total->packages),
		match_hours(arena, total->minutes),
		match_hundredths(
		    arena, (total->fit_hundredths * 2 + lines) / (lines * 2)),
		match_hundredths(arena, total->price_pence),
		match_hundredths(arena, total->distance_metres / 10),
	};

	match_row_add(arena, table, cell);
}

static struct match_table
summary_table(struct clear_files *files, const struct clear_plan *plan,
    const struct clear_plan *one)
{
	static const struct match_column columns[] = {
		{ "way", "", false },
		{ "packages", "Packages", true },
		{ "hours", "Hours", true },
		{ "fit", "Average fit", true },
		{ "price_pounds", "Pounds a week", true },
		{ "distance_kilometres", "Kilometres", true },
	};
	struct match_table table = {
		.name = "summary",
		.label = arena_printf(files->arena,
		    "%zu packages wait; no assignment places more than %s "
		    "hours%s",
		    files->list.package_count,
		    match_hours(files->arena, plan->bound_minutes),
		    plan->is_best ? "; none is better than this" : ""),
		.column = columns,
		.column_count = 6,
	};

	summary_row(files, &table, "all at once", plan);
	summary_row(files, &table, "one at a time", one);
	return table;
}

static struct match_table
bound_table(struct clear_files *files, const struct clear_plan *plan)
{
	static const struct match_column columns[] = {
		{ "bound_hours", "Bound in hours", true },
		{ "gap_per_cent", "Gap in per cent", true },
		{ "proven_best", "Proven best", false },
		{ "cost_step_pence", "Costs in steps of pence", true },
	};
	struct arena *arena = files->arena;
	int64_t gap = plan->bound_minutes - plan->total.minutes;
	struct match_table table = { .name = "bound",
		.label = "Distance to the best",
		.column = columns,
		.column_count = 4 };
	const char *const cell[] = {
		match_hours(arena, plan->bound_minutes),
		match_hundredths(
		    arena, plan->bound_minutes > 0
			       ? (gap * 10000 + plan->bound_minutes - 1) /
				     plan->bound_minutes
			       : 0),
		plan->is_best ? "yes" : "no",
		match_number(arena, plan->cost_step_pence),
	};

	match_row_add(arena, &table, cell);
	return table;
}

static struct match_table
lines_table(struct clear_files *files, const struct clear_plan *plan)
{
	static const struct match_column columns[] = {
		{ "package", "Package", false },
		{ "provider", "Provider", false },
		{ "hours", "Hours", true },
		{ "fit", "Fit", true },
		{ "price_pounds", "Pounds a week", true },
		{ "distance_metres", "Metres", true },
	};
	struct arena *arena = files->arena;
	struct match_table table = { .name = "assignment",
		.label = "Assignment",
		.column = columns,
		.column_count = 6 };

	for (size_t i = 0; i < plan->line_count; i++) {
		const struct clear_line *line = &plan->line[i];
		const struct clear_option *option =
		    &files->item[line->package].option[line->option];
		const char *const cell[] = {
			files->package.name[line->package],
			files->provider.name[option->provider],
			match_hours(arena, line->minutes),
			match_hundredths(arena, option->fit_hundredths),
			match_hundredths(arena, line->price_pence),
			match_number(arena, option->distance_metres),
		};

		match_row_add(arena, &table, cell);
	}
	return table;
}

/* Packages by specialism: a change each, one more provider for it. */
static struct match_names
specialisms_make(
    struct clear_files *files, struct clear_change *change, int32_t more)
{
	size_t packages = files->list.package_count;
	struct match_names names = { .arena = files->arena };
	uint32_t *of = arena_array(files->arena, packages, sizeof(*of));
	uint32_t *member = arena_array(files->arena, packages, sizeof(*member));

	for (size_t i = 0; i < packages; i++) {
		const struct record *record = &files->packages.row[i];

		of[i] = MATCH_UNKNOWN;
		if (!record_has(record, SPECIALISM))
			continue;
		of[i] = match_name_add(&names, record_text(record, SPECIALISM));
		change[of[i]].package_count++;
	}
	for (size_t g = 0; g < names.count; g++) {
		uint32_t *next = member;

		change[g].provider = CLEAR_NONE;
		change[g].more = more;
		change[g].package = member;
		for (uint32_t i = 0; i < packages; i++)
			if (of[i] == g)
				*next++ = i;
		member = next;
	}
	return names;
}

/* Single changes with the names of their specialisms, which come last. */
struct changes {
	struct clear_change *row;
	size_t count;
	size_t places; /* of the rows, those of a slot at a provider */
	struct match_names specialism;
};

/* More of each slot at each provider, then the specialisms. */
static struct changes
changes_make(struct clear_files *files, int64_t more)
{
	const struct clear_list *list = &files->list;
	size_t slots = list->slot_count;
	size_t places = list->provider_count * slots;
	struct changes changes = { .places = places };

	changes.row = arena_array(
	    files->arena, places + list->package_count, sizeof(*changes.row));
	for (size_t i = 0; i < places; i++)
		changes.row[i] = (struct clear_change) {
			.provider = (int32_t)(i / slots),
			.slot = (uint32_t)(i % slots),
			.more = (int32_t)more,
		};
	changes.specialism = specialisms_make(
	    files, &changes.row[places], (int32_t)more);
	changes.count = places + changes.specialism.count;
	return changes;
}

static const char *
change_text(
    const struct clear_files *files, const struct changes *changes, size_t at)
{
	const struct clear_change *change = &changes->row[at];

	if (at >= changes->places)
		return arena_printf(files->arena, "one more provider for %s",
		    changes->specialism.name[at - changes->places]);
	return arena_printf(files->arena, "more of %s at %s",
	    files->slot.name[change->slot],
	    files->provider.name[change->provider]);
}

static struct match_table
changes_table(struct clear_files *files, const struct clear_plan *plan,
    const struct clear_request *request)
{
	static const struct match_column columns[] = {
		{ "change", "Change", false },
		{ "more_hours", "Hours", true },
		{ "more_packages", "Packages", true },
	};
	struct arena *arena = files->arena;
	struct match_table table = { .name = "changes",
		.label = arena_printf(arena,
		    "What one change of %s hours would place besides",
		    match_number(arena, request->hours)),
		.column = columns,
		.column_count = 3 };
	size_t most = (size_t)request->changes;
	struct changes changes = changes_make(files, request->hours * 60);
	struct clear_effects effects = clear_changes(arena, &files->list, plan,
	    changes.row, changes.count, most > TRIES ? most : TRIES, most);

	for (size_t i = 0; i < effects.count; i++) {
		const struct clear_effect *effect = &effects.effect[i];
		const char *const cell[] = {
			change_text(files, &changes, effect->change),
			match_hours(arena, effect->more_minutes),
			match_number(arena, effect->more_packages),
		};

		match_row_add(arena, &table, cell);
	}
	return table;
}

static struct bundles
bundles_make(struct clear_files *files, const struct clear_request *request)
{
	const struct records *from = &files->packages;
	const struct bundle_rule rule = {
		.within_metres = (int32_t)request->bundle,
		.most_minutes = (int32_t)request->bundle_hours * 60,
		.most_packages = BUNDLE_MOST,
	};
	struct bundle_package *package = arena_array(
	    files->arena, from->count, sizeof(*package));

	for (size_t i = 0; i < from->count; i++) {
		const struct clear_package *item = &files->item[i];
		const struct record *record = &from->row[i];

		package[i] = (struct bundle_package) {
			.order = item->order,
			.weekly_minutes = item->weekly_minutes,
			.is_rural = record_truth(record, RURAL),
			.east_metres = (int32_t)record_number(
			    record, EAST, INT32_MIN, INT32_MAX, 0),
			.north_metres = (int32_t)record_number(
			    record, NORTH, INT32_MIN, INT32_MAX, 0),
			.provider = bundle_providers(files->arena, item),
			.provider_count = item->option_count,
		};
	}
	return bundle_find(files->arena, package, from->count, &rule);
}

static struct match_table
bundles_table(struct clear_files *files, const struct clear_request *request)
{
	static const struct match_column columns[] = {
		{ "packages", "Packages", false },
		{ "hours", "Hours", true },
		{ "widest_metres", "Metres", true },
		{ "providers", "Providers for all", true },
	};
	struct arena *arena = files->arena;
	struct match_table table = { .name = "bundles",
		.label = "Rural packages that can be offered together",
		.column = columns,
		.column_count = 4 };
	struct bundles bundles = bundles_make(files, request);

	for (size_t i = 0; i < bundles.count; i++) {
		const struct bundle *bundle = &bundles.bundle[i];
		const char *names = "";

		for (size_t j = 0; j < bundle->count; j++)
			names = arena_printf(arena, "%s%s%s", names,
			    j == 0 ? "" : " ",
			    files->package.name[bundle->package[j]]);
		match_row_add(arena, &table,
		    (const char *const[]) { names,
			match_hours(arena, bundle->minutes),
			match_number(arena, bundle->widest_metres),
			match_number(arena, (int64_t)bundle->provider_count) });
	}
	return table;
}

static int
clear_print(struct arena *arena, const struct clear_request *request)
{
	struct clear_files files = {
		.arena = arena,
		.package = { .arena = arena },
		.provider = { .arena = arena },
		.slot = { .arena = arena },
	};
	struct match_table tables[5];
	struct clear_plan plan, one;
	size_t count = 3;

	if (clear_files_read(&files, request) != MATCH_DONE)
		return MATCH_FAILED;
	plan = clear_solve(arena, &files.list);
	one = clear_one_at_a_time(arena, &files.list);
	tables[0] = summary_table(&files, &plan, &one);
	tables[1] = bound_table(&files, &plan);
	tables[2] = lines_table(&files, &plan);
	if (request->changes > 0)
		tables[count++] = changes_table(&files, &plan, request);
	if (request->bundle > 0)
		tables[count++] = bundles_table(&files, request);
	match_tables_print(arena, tables, count, request->is_json);
	return MATCH_DONE;
}

static int
clear_run(struct arena *arena, int argc, char **argv)
{
	struct clear_request request = {
		.changes = 3, .hours = 10, .bundle_hours = 40
	};
	const struct match_option options[] = {
		{ "--packages", .text = &request.packages,
		    .is_required = true },
		{ "--providers", .text = &request.providers,
		    .is_required = true },
		{ "--options", .text = &request.options, .is_required = true },
		{ "--demands", .text = &request.demands },
		{ "--travel", .number = &request.travel, .maximum = 10000 },
		{ "--changes", .number = &request.changes, .maximum = 100 },
		{ "--hours", .number = &request.hours, .minimum = 1,
		    .maximum = 1000 },
		{ "--bundle", .number = &request.bundle, .minimum = 1,
		    .maximum = 100000 },
		{ "--bundle-hours", .number = &request.bundle_hours,
		    .minimum = 1, .maximum = 10000 },
		{ "--json", .is_given = &request.is_json },
		{ NULL },
	};

	if (!match_options_read(argc, argv, options))
		return MATCH_USAGE;
	return clear_print(arena, &request);
}

static const char *const help[] = { usage, NULL };

const struct match_command clear_command = { "clear", help, clear_run };
