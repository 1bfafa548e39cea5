/* Solves a clearing and keeps what comes out, whole. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/requests.sql.h"
#include "base/secret.h"
#include "clearing/clearing.h"

enum {
	BUNDLE_PASSES = 16,
	CHANGE_MINUTES = 10 * 60,     /* "ten more hours" */
	SPECIALIST_MINUTES = 35 * 60, /* the week of one care worker */
	CHANGE_TRIES = 10,
};

static const size_t memory_most = (size_t)1 << 30;

struct proposal {
	struct db *db;
	struct arena *arena;
	int64_t council;
	struct clearing_input *input;
	struct clear_plan plan;
	struct clear_plan single;
};

/* --- Single changes that would place more ---------------------------------- */

struct changes {
	struct clear_change *row;
	const char **label;
	size_t count;
};

static void
change_add(struct changes *changes, const char *label, struct clear_change row)
{
	changes->label[changes->count] = label;
	changes->row[changes->count++] = row;
}

/* What one minute more at a provider in a slot promises. */
static int32_t
worth_at(const struct proposal *proposal, size_t provider, size_t slot)
{
	return proposal->plan
	    .worth[provider * proposal->input->slot_count + slot];
}

/*
 * Ten more hours in a part of the day where they are worth as much as at any
 * time, since then it is the part that binds; of a provider that divides its
 * hours. Otherwise at any time.
 */
static void
changes_of_provider(
    struct proposal *proposal, struct changes *changes, size_t provider)
{
	const struct clearing_input *input = proposal->input;
	const struct clearing_hours *hours = &input->hours;
	const char *name = input->provider[provider].name;
	const size_t any = input->list.any_slot;
	const int32_t most = worth_at(proposal, provider, any);
	bool is_part = false;

	for (size_t slot = 0; slot < input->slot_count; slot++) {
		if (!input->provider[provider].is_divided || slot == any ||
		    most <= 0 || worth_at(proposal, provider, slot) < most)
			continue;
		change_add(changes,
		    arena_printf(proposal->arena,
			"Ten more hours a week %s at %s",
			hours->parts.row[input->kind[slot]].phrase, name),
		    (struct clear_change) { .provider = (int32_t)provider,
			.slot = (uint32_t)slot,
			.more = CHANGE_MINUTES });
		is_part = true;
	}
	if (most > 0 && !is_part)
		change_add(changes,
		    arena_printf(
			proposal->arena, "Ten more hours a week at %s", name),
		    (struct clear_change) { .provider = (int32_t)provider,
			.slot = (uint32_t)any,
			.more = CHANGE_MINUTES });
}

static void
changes_of_providers(struct proposal *proposal, struct changes *changes)
{
	for (size_t i = 0; i < proposal->input->provider_count; i++)
		changes_of_provider(proposal, changes, i);
}

/* One more provider that may take a group of packages. */
static void
change_of_group(struct changes *changes, const char *label, int32_t more,
    const uint32_t *group, size_t count)
{
	change_add(changes, label,
	    (struct clear_change) { .provider = CLEAR_NONE,
		.more = more,
		.package = group,
		.package_count = count });
}

/* One more provider for all items whose packages are in one area. */
static void
changes_of_areas(struct proposal *proposal, struct changes *changes)
{
	const struct clearing_input *input = proposal->input;
	bool *is_done = arena_array(
	    proposal->arena, input->item_count, sizeof(*is_done));

	for (size_t i = 0; i < input->item_count; i++) {
		const struct match_package *first =
		    input->package[input->item[i].package[0]].match->package;
		uint32_t *group;
		size_t count = 0;

		if (is_done[i])
			continue;
		group = arena_array(
		    proposal->arena, input->item_count, sizeof(*group));
		for (size_t j = i; j < input->item_count; j++) {
			const struct clearing_item *item = &input->item[j];

			if (input->package[item->package[0]]
				.match->package->area_id != first->area_id)
				continue;
			is_done[j] = true;
			group[count++] = (uint32_t)j;
		}
		change_of_group(changes,
		    arena_printf(proposal->arena, "Ten more hours a week in %s",
			first->area_name),
		    CHANGE_MINUTES, group, count);
	}
}

static bool
needs_term(const struct clearing_input *input, size_t item,
    struct clearing_need_list needs, int64_t term)
{
	const int64_t package =
	    input->package[input->item[item].package[0]].row->id;

	if (input->item[item].count != 1)
		return false;
	for (size_t i = 0; i < needs.count; i++)
		if (needs.row[i].term_id == term &&
		    needs.row[i].package_id == package)
			return true;
	return false;
}

/* One more care worker with what some packages must have. Needs are sorted. */
static void
changes_of_needs(struct proposal *proposal, struct changes *changes,
    struct clearing_need_list needs)
{
	const struct clearing_input *input = proposal->input;

	for (size_t i = 0; i < needs.count; i++) {
		const struct clearing_need *need = &needs.row[i];
		uint32_t *group;
		size_t count = 0;

		if (i > 0 && need->term_id == need[-1].term_id)
			continue;
		group = arena_array(
		    proposal->arena, input->item_count, sizeof(*group));
		for (size_t j = 0; j < input->item_count; j++)
			if (needs_term(input, j, needs, need->term_id))
				group[count++] = (uint32_t)j;
		if (count > 0)
			change_of_group(changes,
			    arena_printf(proposal->arena,
				"One more care worker, 35 hours a week, for: "
				"%s",
				need->label),
			    SPECIALIST_MINUTES, group, count);
	}
}

static void
changes_keep(struct proposal *proposal, int64_t clearing)
{
	const struct clearing_need_list needs = clearing_need_list(
	    proposal->db, proposal->council);
	const size_t most = proposal->input->provider_count *
	                        proposal->input->slot_count +
	                    proposal->input->item_count + needs.count;
	struct changes changes = {
		.row = arena_array(proposal->arena, most, sizeof(*changes.row)),
		.label = arena_array(
		    proposal->arena, most, sizeof(*changes.label)),
	};
	int64_t minutes[CLEARING_CHANGES], packages[CLEARING_CHANGES];
	const char *label[CLEARING_CHANGES];
	struct clear_effects effects;

	changes_of_providers(proposal, &changes);
	changes_of_areas(proposal, &changes);
	changes_of_needs(proposal, &changes, needs);
	effects = clear_changes(proposal->arena, &proposal->input->list,
	    &proposal->plan, changes.row, changes.count, CHANGE_TRIES,
	    CLEARING_CHANGES);
	for (size_t i = 0; i < effects.count; i++) {
		label[i] = changes.label[effects.effect[i].change];
		minutes[i] = effects.effect[i].more_minutes;
		packages[i] = effects.effect[i].more_packages;
	}
	clearing_change_add(proposal->db, proposal->council, clearing,
	    (struct text_list) { label, effects.count },
	    (struct int64_list) { minutes, effects.count },
	    (struct int64_list) { packages, effects.count });
}

/* --- Lines ------------------------------------------------------------------ */

enum column {
	PACKAGE,
	VERSION,
	MINUTES,
	OPTIONS,
	ORGANISATION,
	FIT,
	PRICE,
	METRES,
	BUNDLE,
	COLUMNS,
};

/* One row for each package that waits; what is proposed is set after. */
struct lines {
	struct int64_list column[COLUMNS];
	int64_t *cell[COLUMNS];
	const char **name;
	const char **lacking; /* parts of the day that forbid it, "a,b" */
	size_t count;
};

static struct lines
lines_new(const struct proposal *proposal)
{
	const struct clearing_input *input = proposal->input;
	struct lines lines = { .count = input->package_count };

	for (size_t c = 0; c < COLUMNS; c++) {
		lines.cell[c] = arena_array(
		    proposal->arena, lines.count, sizeof(int64_t));
		lines.column[c] = (struct int64_list) { lines.cell[c],
			lines.count };
	}
	lines.name = arena_array(
	    proposal->arena, lines.count, sizeof(*lines.name));
	lines.lacking = arena_array(
	    proposal->arena, lines.count, sizeof(*lines.lacking));
	for (size_t i = 0; i < lines.count; i++) {
		const struct match_package *package =
		    input->package[i].match->package;

		lines.name[i] = lines.lacking[i] = "";
		lines.cell[PACKAGE][i] = package->id;
		lines.cell[VERSION][i] = package->version;
		lines.cell[MINUTES][i] = package->weekly_minutes;
		lines.cell[OPTIONS][i] =
		    (int64_t)input->package[i].options.option_count;
	}
	return lines;
}

static void
line_set(const struct proposal *proposal, struct lines *lines, size_t at,
    uint32_t provider)
{
	const struct clear_package *package =
	    &proposal->input->package[at].options;
	size_t o = 0;

	while (package->option[o].provider != provider)
		o++;
	lines->name[at] = proposal->input->provider[provider].name;
	lines->cell[ORGANISATION][at] =
	    proposal->input->provider[provider].organisation_id;
	lines->cell[FIT][at] = package->option[o].fit_hundredths;
	lines->cell[PRICE][at] = package->option[o].price_pence;
	lines->cell[METRES][at] = package->option[o].distance_metres;
}

/* Also the sums over packages, which of bundles the plan has not. */
static struct lines
lines_of(const struct proposal *proposal, struct clear_totals *total)
{
	const struct clearing_input *input = proposal->input;
	struct lines lines = lines_new(proposal);

	for (size_t i = 0; i < proposal->plan.line_count; i++) {
		const struct clear_line *line = &proposal->plan.line[i];
		const struct clearing_item *item = &input->item[line->package];
		const uint32_t provider = input->list.package[line->package]
		                              .option[line->option]
		                              .provider;

		for (size_t p = 0; p < item->count; p++) {
			const uint32_t at = item->package[p];

			line_set(proposal, &lines, at, provider);
			lines.cell[BUNDLE][at] = item->bundle;
			total->packages++;
			total->minutes += lines.cell[MINUTES][at];
			total->fit_hundredths += lines.cell[FIT][at];
			total->price_pence += lines.cell[PRICE][at];
			total->distance_metres += lines.cell[METRES][at];
		}
	}
	return lines;
}

static void
lines_keep(const struct proposal *proposal, int64_t clearing,
    const struct lines *lines)
{
	clearing_line_add(proposal->db, proposal->council, clearing,
	    lines->column[PACKAGE], lines->column[VERSION],
	    lines->column[MINUTES], lines->column[OPTIONS],
	    lines->column[ORGANISATION],
	    (struct text_list) { lines->name, lines->count },
	    lines->column[FIT], lines->column[PRICE], lines->column[METRES],
	    lines->column[BUNDLE],
	    (struct text_list) { lines->lacking, lines->count });
}

/* --- The whole --------------------------------------------------------------- */

static const char *
inputs_hash(struct arena *arena, const struct clearing_input *input)
{
	unsigned char hash[SECRET_HASH_SIZE];
	struct buffer all = buffer_new(arena, 65536, (size_t)64 << 20);

	buffer_text(&all, input->packages_csv);
	buffer_text(&all, input->providers_csv);
	buffer_text(&all, input->options_csv);
	buffer_text(&all, input->demands_csv);
	secret_hash(all.data, all.length, hash);
	return text_hex(arena, hash, sizeof(hash));
}

static const struct clearing_id *
proposal_keep(const struct proposal *proposal,
    const struct clearing_question *question, const struct clear_totals *total,
    int64_t account)
{
	const struct clearing_input *input = proposal->input;
	const struct clear_totals *single = &proposal->single.total;
	int64_t figures[] = { (int64_t)input->package_count, 0, total->packages,
		total->minutes, total->fit_hundredths, total->price_pence,
		total->distance_metres, single->packages, single->minutes,
		single->fit_hundredths, single->price_pence,
		single->distance_metres, proposal->plan.bound_minutes };

	for (size_t i = 0; i < input->package_count; i++)
		figures[1] += input->package[i].options.weekly_minutes;
	return clearing_insert(proposal->db, proposal->council, account,
	    question->travel_pence,
	    question->bundle_kilometres != 0 ? &question->bundle_kilometres
					     : NULL,
	    input->packages_csv, input->providers_csv, input->options_csv,
	    input->demands_csv, inputs_hash(proposal->arena, input),
	    (struct int64_list) {
		figures, sizeof(figures) / sizeof(figures[0]) },
	    proposal->plan.is_best);
}

/* Of a bundle's packages the one with most hours. */
static uint32_t
largest_of(const struct clearing_input *input, const struct clearing_item *item)
{
	uint32_t largest = item->package[0];

	for (size_t i = 1; i < item->count; i++)
		if (input->package[item->package[i]].options.weekly_minutes >
		    input->package[largest].options.weekly_minutes)
			largest = item->package[i];
	return largest;
}

/*
 * A bundle that nobody takes whole loses its largest package, so that the rest
 * may fit somebody; two part. What is in no bundle stays so: as bundles only
 * shrink, the passes come to an end.
 */
static bool
bundles_break(struct proposal *proposal)
{
	struct clearing_input *input = proposal->input;
	bool *is_placed = arena_array(
	    proposal->arena, input->item_count, sizeof(*is_placed));
	bool is_broken = false;

	for (size_t i = 0; i < proposal->plan.line_count; i++)
		is_placed[proposal->plan.line[i].package] = true;
	for (size_t i = 0; i < input->item_count; i++) {
		const struct clearing_item *item = &input->item[i];

		if (is_placed[i] && item->bundle != 0)
			continue;
		if (item->count > 2)
			input->is_alone[largest_of(input, item)] = true;
		for (size_t p = 0; p < item->count && item->count <= 2; p++)
			input->is_alone[item->package[p]] = true;
		is_broken = is_broken || item->bundle != 0;
	}
	return is_broken;
}

/* The plan; without bundles in the last pass, should some never be taken. */
static const char *
proposal_solve(
    struct proposal *proposal, const struct clearing_question *question)
{
	struct clearing_question pass = *question;
	const char *fault = NULL;

	for (int i = 1; i <= BUNDLE_PASSES && fault == NULL; i++) {
		if (i == BUNDLE_PASSES)
			pass.bundle_kilometres = 0;
		clearing_bundle(proposal->arena, proposal->input, &pass);
		fault = clear_check(proposal->arena, &proposal->input->list);
		if (fault != NULL)
			break;
		proposal->plan = clear_solve(
		    proposal->arena, &proposal->input->list);
		if (!bundles_break(proposal))
			break;
	}
	clearing_files(proposal->arena, proposal->input);
	return fault;
}

static const char *
proposal_make(struct proposal *proposal,
    const struct clearing_question *question, int64_t account)
{
	const char *fault = proposal_solve(proposal, question);
	struct clear_totals total = { 0 };
	const struct clearing_id *kept;
	struct lines lines;

	if (fault != NULL) {
		db_fail(proposal->db, DB_BROKEN,
		    arena_printf(db_arena(proposal->db),
			"a waiting list cannot be cleared: %s", fault));
		return NULL;
	}
	proposal->single = clear_one_at_a_time(
	    proposal->arena, &proposal->input->alone);
	lines = lines_of(proposal, &total);
	clearing_lacking_fill(
	    proposal->arena, proposal->input, &proposal->plan, lines.lacking);
	kept = proposal_keep(proposal, question, &total, account);
	if (kept == NULL)
		return NULL;
	lines_keep(proposal, kept->id, &lines);
	clearing_parts_keep(proposal->db, proposal->council, kept->id,
	    proposal->input, &proposal->plan);
	changes_keep(proposal, kept->id);
	audit_add(proposal->db, "clearing.propose", "clearing", kept->reference,
	    arena_printf(proposal->arena,
		"{\"waiting\": %zu, \"proposed\": %" PRId64 "}", lines.count,
		total.packages));
	return kept->reference;
}

const char *
clearing_propose(struct db *db, int64_t council,
    const struct clearing_question *question, int64_t now, int64_t account)
{
	struct arena *arena = arena_new(memory_most);
	struct proposal proposal = {
		.db = db,
		.arena = arena,
		.council = council,
		.input = clearing_load(db, arena, council, question, now),
	};
	const char *reference = proposal.input == NULL
	                            ? NULL
	                            : proposal_make(
					  &proposal, question, account);

	arena_free(arena);
	return reference;
}
