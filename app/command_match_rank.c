/*
 * `hearth match rank`: the providers of a file, ranked for a need by a policy,
 * with the reason of each verdict and who would be asked first.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/document.h"
#include "command_match.h"
#include "command_match_market.h"
#include "matching/words.h"
#include "policies/policies.h"

static const char usage[] =
    "usage: hearth match rank --policy FILE --need FILE --providers FILE "
    "[--json]\n";

struct rank_files {
	const char *policy;
	const char *need;
	const char *providers;
	bool is_json;
};

static const char *const wave_names[] = {
	[WAVE_NOBODY] = "nobody",
	[WAVE_CHOSEN] = "chosen",
	[WAVE_SINGLE] = "single",
	[WAVE_ALL] = "all",
	[WAVE_BEST] = "best",
	[WAVE_ONE] = "one",
	[WAVE_TIER] = "tier",
};

static bool
policy_load(struct arena *arena, const char *path, struct policy *policy)
{
	struct reading reading = reading_new(arena, path);
	const char *text = reading_file(&reading, POLICY_DOCUMENT_MAXIMUM);
	struct policy_faults faults = { NULL, 0 };

	if (text != NULL)
		faults = policy_read(arena, text, policy);
	for (size_t i = 0; i < faults.count; i++)
		fprintf(stderr, "hearth: %s: %s\n", path, faults.text[i]);
	return match_faults_print(&reading) == MATCH_DONE && faults.count == 0;
}

/* --- As a table --------------------------------------------------------- */

static bool
has_points(const struct policy *policy)
{
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_WEIGH)
			return true;
	return false;
}

static void
table_print(struct arena *arena, const struct market *market,
    const struct ranking *ranking, const struct wave *wave)
{
	static const struct match_column columns[] = {
		{ .label = "Place" },
		{ .label = "Code" },
		{ .label = "Provider" },
		{ .label = "Reason" },
		{ .label = "Points" },
	};
	bool with_points = has_points(ranking->policy);
	struct match_column shown[] = { columns[0], columns[1], columns[2],
		columns[with_points ? 4 : 3], columns[3] };
	struct match_table table = { .column = shown,
		.column_count = with_points ? 5 : 4 };

	for (size_t i = 0; i < ranking->count; i++) {
		const struct rank_entry *entry = &ranking->entry[i];
		bool is_eligible = entry->failed_step == MATCH_NONE;
		const char *reason = match_reason(arena, ranking, i);
		const char *points = is_eligible ? words_hundredths(arena,
						       entry->points_hundredths)
		                                 : "";

		match_row_add(arena, &table,
		    (const char *const[]) {
			is_eligible ? arena_printf(arena, "%zu", i + 1) : "-",
			market->code[entry->candidate],
			market->name[entry->candidate],
			with_points ? points : reason, reason });
	}
	match_table_print(arena, &table);
	printf("%zu of %zu may be asked; first asked: %s",
	    ranking->eligible_count, ranking->count, wave_names[wave->kind]);
	for (size_t i = 0; i < wave->count; i++)
		printf("%s %s", i == 0 ? ":" : ",",
		    market->code[ranking->entry[wave->entry[i]].candidate]);
	putchar('\n');
}

/* --- As JSON ------------------------------------------------------------ */

static json_t *
standings_json(struct arena *arena, const struct ranking *ranking, size_t place)
{
	struct standing_list list = match_standing(arena, ranking, place);
	json_t *array = json_array();

	for (size_t i = 0; i < list.count; i++) {
		const struct standing *one = &list.standing[i];
		json_t *object = json_object();

		json_object_set_new(object, "label", json_string(one->label));
		json_object_set_new(object, "text", json_string(one->text));
		if (one->is_weighed)
			json_object_set_new(object, "points_hundredths",
			    json_integer(one->points_hundredths));
		json_object_set_new(
		    object, "is_decisive", json_boolean(one->is_decisive));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
entry_json(struct arena *arena, const struct market *market,
    const struct ranking *ranking, size_t place)
{
	const struct rank_entry *entry = &ranking->entry[place];
	json_t *object = json_object();

	json_object_set_new(
	    object, "code", json_string(market->code[entry->candidate]));
	json_object_set_new(
	    object, "name", json_string(market->name[entry->candidate]));
	json_object_set_new(object, "is_eligible",
	    json_boolean(entry->failed_step == MATCH_NONE));
	json_object_set_new(
	    object, "reason", json_string(match_reason(arena, ranking, place)));
	if (entry->failed_step != MATCH_NONE) {
		json_object_set_new(object, "failed_step",
		    json_string(policy_criterion_name(
			ranking->policy->step[entry->failed_step].criterion)));
		return object;
	}
	json_object_set_new(
	    object, "place", json_integer((json_int_t)place + 1));
	json_object_set_new(object, "points_hundredths",
	    json_integer(entry->points_hundredths));
	json_object_set_new(
	    object, "standing", standings_json(arena, ranking, place));
	return object;
}

static void
json_print(struct arena *arena, const struct market *market,
    const struct ranking *ranking, const struct wave *wave)
{
	json_t *root = json_object(), *list = json_array(),
	       *asked = json_array();

	for (size_t i = 0; i < ranking->count; i++)
		json_array_append_new(
		    list, entry_json(arena, market, ranking, i));
	for (size_t i = 0; i < wave->count; i++)
		json_array_append_new(asked,
		    json_string(
			market
			    ->code[ranking->entry[wave->entry[i]].candidate]));
	json_object_set_new(root, "policy", json_string(ranking->policy->name));
	json_object_set_new(root, "eligible_count",
	    json_integer((json_int_t)ranking->eligible_count));
	json_object_set_new(root, "wave", json_string(wave_names[wave->kind]));
	json_object_set_new(root, "first_asked", asked);
	json_object_set_new(root, "providers", list);
	json_dumpf(root, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(root);
}

static int
files_rank(struct arena *arena, const struct rank_files *files)
{
	struct policy policy;
	struct market market;
	struct ranking ranking;
	struct wave wave;
	bool is_good = policy_load(arena, files->policy, &policy);

	if (!market_read(arena, files->need, files->providers, &market) ||
	    !is_good)
		return MATCH_FAILED;
	ranking = match_rank(
	    arena, &policy, &market.need, market.candidate, market.count);
	wave = match_wave(arena, &ranking, NULL);
	if (files->is_json)
		json_print(arena, &market, &ranking, &wave);
	else
		table_print(arena, &market, &ranking, &wave);
	return MATCH_DONE;
}

static int
rank_run(struct arena *arena, int argc, char **argv)
{
	struct rank_files files = { .policy = NULL };
	const struct match_option options[] = {
		{ "--policy", .text = &files.policy, .is_required = true },
		{ "--need", .text = &files.need, .is_required = true },
		{ "--providers", .text = &files.providers,
		    .is_required = true },
		{ "--json", .is_given = &files.is_json },
		{ NULL },
	};

	if (!match_options_read(argc, argv, options))
		return MATCH_USAGE;
	return files_rank(arena, &files);
}

static const char *const help[] = { usage, market_help, NULL };

const struct match_command rank_command = { "rank", help, rank_run };
