/*
 * `hearth match rank`: the providers of a file, ranked for a need by a policy,
 * with the reason of each verdict and who would be asked first.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "command.h"
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
arguments_read(int argc, char **argv, struct rank_files *files)
{
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (text_equal(argv[i], "--json")) {
			files->is_json = true;
			continue;
		}
		if (text_equal(argv[i], "--policy"))
			files->policy = value;
		else if (text_equal(argv[i], "--need"))
			files->need = value;
		else if (text_equal(argv[i], "--providers"))
			files->providers = value;
		else
			return false;
		i++;
	}
	return files->policy != NULL && files->need != NULL &&
	       files->providers != NULL;
}

static bool
policy_load(struct arena *arena, const char *path, struct policy *policy)
{
	const char *problem;
	const char *text = policy_file_read(arena, path, &problem);
	struct policy_faults faults;

	if (text == NULL) {
		fprintf(stderr, "hearth: %s\n", problem);
		return false;
	}
	faults = policy_read(arena, text, policy);
	for (size_t i = 0; i < faults.count; i++)
		fprintf(stderr, "hearth: %s: %s\n", path, faults.text[i]);
	return faults.count == 0;
}

/* --- As a table --------------------------------------------------------- */

/* Spaces behind a text, so that it is as wide as the widest. */
static void
text_pad(const char *text, size_t width)
{
	size_t length = text_length(text);

	fputs(text, stdout);
	for (; length < width + 2; length++)
		putchar(' ');
}

static size_t
widest(const char *const *text, size_t count, size_t width)
{
	for (size_t i = 0; i < count; i++)
		if (text_length(text[i]) > width)
			width = text_length(text[i]);
	return width;
}

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
	size_t code = widest(market->code, market->count, strlen("Code"));
	size_t name = widest(market->name, market->count, strlen("Provider"));
	bool with_points = has_points(ranking->policy);

	text_pad("Place", 5);
	text_pad("Code", code);
	text_pad("Provider", name);
	if (with_points)
		text_pad("Points", 7);
	puts("Reason");
	for (size_t i = 0; i < ranking->count; i++) {
		const struct rank_entry *entry = &ranking->entry[i];
		bool is_eligible = entry->failed_step == MATCH_NONE;

		text_pad(
		    is_eligible ? arena_printf(arena, "%zu", i + 1) : "-", 5);
		text_pad(market->code[entry->candidate], code);
		text_pad(market->name[entry->candidate], name);
		if (with_points)
			text_pad(is_eligible ? words_hundredths(arena,
						   entry->points_hundredths)
					     : "",
			    7);
		puts(match_reason(arena, ranking, i));
	}
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

static bool
files_rank(struct arena *arena, const struct rank_files *files)
{
	struct policy policy;
	struct market market;
	struct ranking ranking;
	struct wave wave;
	bool is_good = policy_load(arena, files->policy, &policy);

	if (!market_read(arena, files->need, files->providers, &market) ||
	    !is_good)
		return false;
	ranking = match_rank(
	    arena, &policy, &market.need, market.candidate, market.count);
	wave = match_wave(arena, &ranking, NULL);
	if (files->is_json)
		json_print(arena, &market, &ranking, &wave);
	else
		table_print(arena, &market, &ranking, &wave);
	return true;
}

int
command_match_rank(int argc, char **argv)
{
	struct rank_files files = { .policy = NULL };
	struct arena *arena;
	bool is_ranked;

	if (argc == 2 && text_equal(argv[1], "--help")) {
		fputs(usage, stdout);
		fputs(market_help, stdout);
		return 0;
	}
	if (!arguments_read(argc, argv, &files)) {
		fputs(usage, stderr);
		return 2;
	}
	arena = arena_new((size_t)8 << 30);
	is_ranked = files_rank(arena, &files);
	arena_free(arena);
	return is_ranked ? 0 : 1;
}
