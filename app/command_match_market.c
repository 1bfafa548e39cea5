/*
 * Reads a need (JSON) and providers (CSV or JSON). Providers are rows of texts
 * by column, whichever they come from, so that a fact is read in one way.
 */
#include "command_match_market.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/text.h"
#include "command_match_rows.h"
#include "offers/match.h"
#include "policies/document.h"

enum {
	NEED_BYTES = 1 << 20,
	PROVIDERS_BYTES = 256 << 20,
	EVERY_DAY = 0x7f,
	DAY_MINUTES = 24 * 60,
	TIER_MOST = 99,
	WEEK_MINUTES = 1000000,
	METRES_MOST = 2000000,
};

const char market_help[] =
    "The need is a JSON object: area, group, service_kind, must and preferred\n"
    "(lists of texts), weekly_minutes, wanted_start (\"2026-12-02 08:00\"),\n"
    "visits (list of {\"days\": [\"monday\"], \"at\": \"08:00\"}), chosen (a "
    "code),\n"
    "is_specialist, specialist_reason, is_low_level, low_level_reason.\n"
    "Providers are CSV with a header, or (.json) a list of objects; only code "
    "is\n"
    "required, and a fact that is not given is not known:\n"
    "  code, name; areas, groups, offers: lists parted by ; where areas may be "
    "*\n"
    "  on_framework, suspended, monitoring_visit, current_provider, "
    "cared_before,\n"
    "  local, passes_gates: yes or no; gates_fault; gates_pass_on\n"
    "  last_awarded, earliest_start: 2026-12-02 or 2026-12-02 08:00\n"
    "  rate: pounds, 21.92; spare_minutes, block_minutes: a week\n"
    "  distance_metres, quality_score, people, tier: whole numbers\n"
    "  rating: outstanding, good, requires_improvement, inadequate, "
    "not_yet_rated\n"
    "  call_days: monday; friday; calls_from, calls_until: 07:00\n";

const char *
market_text(struct arena *arena, const char *path, size_t maximum)
{
	struct buffer text = buffer_new(arena, 65536, maximum + 65536);
	FILE *file = fopen(path, "re");
	char piece[65536];
	size_t length;

	if (file == NULL) {
		fprintf(stderr, "hearth: %s: %s\n", path, strerror(errno));
		return NULL;
	}
	while (text.length <= maximum &&
	       (length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_add(&text, piece, length);
	if (ferror(file) != 0)
		fprintf(stderr, "hearth: %s: %s\n", path, strerror(errno));
	else if (text.length > maximum)
		fprintf(stderr, "hearth: %s: larger than %zu bytes\n", path,
		    maximum);
	else if (!text_is_utf8(text.data, text.length))
		fprintf(stderr, "hearth: %s: not UTF-8 text\n", path);
	else
		maximum = 0;
	fclose(file);
	return maximum == 0 ? text.data : NULL;
}

/* --- The need ----------------------------------------------------------- */

/* Names that the need uses, numbered from 0; only these can ever matter. */
struct names {
	int64_t *id;
	const char **name;
	size_t count;
};

static struct names
names_new(struct arena *arena, size_t most)
{
	return (struct names) { arena_array(arena, most, sizeof(int64_t)),
		arena_array(arena, most, sizeof(char *)), 0 };
}

static int
names_find(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal(names->name[i], name))
			return (int)i;
	return MATCH_NONE;
}

static int
names_add(struct names *names, const char *name)
{
	int found = names_find(names, name);

	if (found != MATCH_NONE)
		return found;
	names->id[names->count] = (int64_t)names->count;
	names->name[names->count] = name;
	return (int)names->count++;
}

static struct vocabulary
names_vocabulary(const struct names *names)
{
	return (struct vocabulary) { names->id, names->name, names->count };
}

/* A text that need not be there; "" when it is not. */
static const char *
optional_text(struct reading *reading, json_t *object, const char *key)
{
	const char *text = NULL;

	if (json_object_get(object, key) != NULL)
		text = reading_text(reading, object, "", key);
	return text != NULL ? text_tidy(reading->arena, text) : "";
}

/* Adds the names of a list to the tags, and sets their bits. */
static void
tags_read(struct reading *reading, json_t *object, const char *key,
    struct names *tags, uint64_t *bits)
{
	json_t *list = reading_list(reading, object, "", key), *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		const char *name = json_string_value(item);
		int bit;

		if (name == NULL || tags->count == MATCH_TAGS - 1) {
			document_fault(reading, key,
			    name == NULL ? "must be a list of texts"
					 : "names more than %d in all",
			    MATCH_TAGS - 1);
			return;
		}
		bit = names_add(tags, arena_strdup(reading->arena, name));
		bits[bit / MATCH_WORD_BITS] |= UINT64_C(1)
		                               << bit % MATCH_WORD_BITS;
	}
}

static uint64_t
visit_read(struct reading *reading, json_t *visit, const char *place)
{
	static const char *const known[] = { "days", "at", NULL };
	int32_t days = 0, minute = 0;
	json_t *list, *day;
	const char *at;
	size_t i;

	if (!json_is_object(visit)) {
		document_fault(reading, place, "must be an object, in { and }");
		return 0;
	}
	reading_keys(reading, visit, place, known);
	at = reading_text(reading, visit, place, "at");
	if (at != NULL && !time_parse(at, &minute))
		document_fault(reading, reading_place(reading, place, "at"),
		    "\"%s\" is not a time such as \"08:00\"", at);
	list = reading_list(reading, visit, place, "days");
	json_array_foreach(list, i, day)
	{
		const char *name = json_string_value(day);
		int32_t bit = name != NULL ? rows_day(name) : -1;

		if (bit < 0)
			document_fault(reading,
			    reading_place(reading, place, "days"),
			    "\"%s\" is not a day, monday to sunday",
			    name != NULL ? name : "");
		else
			days |= 1 << bit;
	}
	return member_slots(days, minute, minute + 1);
}

static void
need_facts_read(struct reading *reading, json_t *object, struct need *need)
{
	json_t *visits = reading_list(reading, object, "", "visits"), *visit;
	const char *start = optional_text(reading, object, "wanted_start");
	size_t i;

	need->weekly_minutes = (int32_t)reading_number(
	    reading, object, "", "weekly_minutes", WEEK_MINUTES, 0);
	if (*start != '\0' && !rows_instant(start, &need->wanted_start_at))
		document_fault(reading, "wanted_start",
		    "\"%s\" is not a time such as \"2026-12-02 08:00\"", start);
	json_array_foreach(visits, i, visit)
	{
		need->call_slots |= visit_read(reading, visit,
		    arena_printf(reading->arena, "visits[%zu]", i));
	}
	need->is_specialist = reading_truth(
	    reading, object, "", "is_specialist");
	need->is_low_level = reading_truth(reading, object, "", "is_low_level");
	need->specialist_reason = optional_text(
	    reading, object, "specialist_reason");
	need->low_level_reason = optional_text(
	    reading, object, "low_level_reason");
	if (*need->specialist_reason == '\0')
		need->specialist_reason = NULL;
	if (*need->low_level_reason == '\0')
		need->low_level_reason = NULL;
}

static void
need_read(struct reading *reading, json_t *object, struct need *need,
    const char **chosen)
{
	static const char *const known[] = { "area", "group", "service_kind",
		"must", "preferred", "weekly_minutes", "wanted_start", "visits",
		"chosen", "is_specialist", "specialist_reason", "is_low_level",
		"low_level_reason", NULL };
	struct names areas = names_new(reading->arena, 1);
	struct names groups = names_new(reading->arena, 1);
	struct names tags = names_new(reading->arena, MATCH_TAGS);
	const char *area = optional_text(reading, object, "area");
	const char *group = optional_text(reading, object, "group");
	const char *kind = optional_text(reading, object, "service_kind");

	reading_keys(reading, object, "", known);
	need->area = *area != '\0' ? names_add(&areas, area) : MATCH_NONE;
	need->group = *group != '\0' ? names_add(&groups, group) : MATCH_NONE;
	need->service_kind = *kind != '\0' ? names_add(&tags, kind)
	                                   : MATCH_NONE;
	tags_read(reading, object, "must", &tags, need->must_tags);
	tags_read(reading, object, "preferred", &tags, need->preferred_tags);
	need->areas = names_vocabulary(&areas);
	need->groups = names_vocabulary(&groups);
	need->tags = names_vocabulary(&tags);
	need_facts_read(reading, object, need);
	*chosen = optional_text(reading, object, "chosen");
	need->has_choice = **chosen != '\0';
}

static bool
need_file_read(struct arena *arena, const char *path, struct need *need,
    const char **chosen)
{
	const char *text = market_text(arena, path, NEED_BYTES);
	struct reading reading = { .arena = arena };
	json_error_t error;
	json_t *root;

	if (text == NULL)
		return false;
	root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(root)) {
		fprintf(stderr, "hearth: %s:%d: %s\n", path,
		    root == NULL ? error.line : 1,
		    root == NULL ? error.text
				 : "must be an object, in { and }");
		json_decref(root);
		return false;
	}
	reading.fault = arena_array(
	    arena, READING_FAULTS, sizeof(*reading.fault));
	need_read(&reading, root, need, chosen);
	json_decref(root);
	for (size_t i = 0; i < reading.fault_count; i++)
		fprintf(stderr, "hearth: %s: %s\n", path, reading.fault[i]);
	return reading.fault_count == 0;
}

/* --- Providers ---------------------------------------------------------- */

static const char *const columns[] = { "code", "name", "areas", "groups",
	"offers", "on_framework", "suspended", "monitoring_visit",
	"current_provider", "cared_before", "local", "passes_gates",
	"gates_fault", "gates_pass_on", "last_awarded", "earliest_start",
	"rate", "spare_minutes", "block_minutes", "distance_metres",
	"quality_score", "people", "tier", "rating", "call_days", "calls_from",
	"calls_until", NULL };

/* Sets the bits of the names in a list that the need uses. */
static void
list_set(const struct row *row, const char *column,
    const struct vocabulary *vocabulary, uint64_t *bits)
{
	struct text_list list = row_list(row, column);

	for (size_t i = 0; i < list.count; i++)
		for (size_t j = 0; j < vocabulary->count; j++)
			if (text_equal(vocabulary->name[j], list.row[i]))
				bits[j / MATCH_WORD_BITS] |=
				    UINT64_C(1) << j % MATCH_WORD_BITS;
}

static uint64_t
slots_read(const struct row *row)
{
	int32_t from = row_minute(row, "calls_from", 0);
	int32_t until = row_minute(row, "calls_until", DAY_MINUTES);
	int32_t days = row_days(row, "call_days");

	if (!row_has(row, "call_days") && !row_has(row, "calls_from") &&
	    !row_has(row, "calls_until"))
		return 0;
	return member_slots(days != 0 ? days : EVERY_DAY, from, until);
}

static enum rating
rating_read(const struct row *row)
{
	const char *text = row_text(row, "rating");
	enum rating rating = RATING_NOT_KNOWN;

	if (*text != '\0' && !policy_rating_of(text, &rating)) {
		row_fault(row, "rating", "is not a rating such as good");
		return RATING_NOT_KNOWN;
	}
	return rating;
}

static struct candidate
candidate_read(const struct row *row, const struct need *need)
{
	const char *fault = row_text(row, "gates_fault");
	struct candidate one = {
		.is_on_framework = row_truth(row, "on_framework"),
		.is_suspended = row_truth(row, "suspended"),
		.has_monitoring_visit = row_truth(row, "monitoring_visit"),
		.is_current_provider = row_truth(row, "current_provider"),
		.has_all_areas = text_equal(row_text(row, "areas"), "*"),
		.has_cared_before = row_truth(row, "cared_before"),
		.is_local = row_truth(row, "local"),
		.passes_gates = row_truth(row, "passes_gates"),
		.has_people = row_has(row, "people"),
		.rating = (uint8_t)rating_read(row),
		.tier = (uint8_t)row_number(row, "tier", TIER_MOST),
		.quality_score = row_number(row, "quality_score", 100),
		.last_awarded_at = row_instant(row, "last_awarded"),
		.earliest_start_at = row_instant(row, "earliest_start"),
		.call_slots = slots_read(row),
		.rate_pence = row_money(row, "rate"),
		.spare_minutes = row_number(row, "spare_minutes", WEEK_MINUTES),
		.distance_metres = row_number(
		    row, "distance_metres", METRES_MOST),
		.block_minutes = row_number(row, "block_minutes", WEEK_MINUTES),
		.people = row_number(row, "people", POLICY_PEOPLE),
		.gates_pass_on = row_date(row, "gates_pass_on"),
		.gates_fault = *fault != '\0' ? fault : NULL,
	};

	list_set(row, "areas", &need->areas, one.areas);
	list_set(row, "groups", &need->groups, &one.groups);
	list_set(row, "offers", &need->tags, one.tags);
	return one;
}

static int
codes_compare(const void *a, const void *b)
{
	const struct row *const *x = a, *const *y = b;

	return strcmp(row_text(*x, "code"), row_text(*y, "code"));
}

/* Every provider has a code of its own. */
static void
codes_check(struct rows *rows)
{
	const struct row **row = arena_array(
	    rows->arena, rows->count, sizeof(*row));

	for (size_t i = 0; i < rows->count; i++) {
		row[i] = &rows->row[i];
		if (*row_text(row[i], "code") == '\0')
			row_fault(row[i], "code", "is missing");
	}
	if (rows->count > 0)
		qsort(row, rows->count, sizeof(*row), codes_compare);
	for (size_t i = 1; i < rows->count; i++)
		if (*row_text(row[i], "code") != '\0' &&
		    codes_compare(&row[i - 1], &row[i]) == 0)
			row_fault(row[i], "code", "is there twice");
}

static void
providers_read(struct rows *rows, const char *chosen, struct market *market)
{
	size_t count = rows->count;
	struct candidate *candidate = arena_array(
	    rows->arena, count, sizeof(*candidate));
	const char **code = arena_array(rows->arena, count, sizeof(*code));
	const char **name = arena_array(rows->arena, count, sizeof(*name));

	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows->row[i];

		code[i] = row_text(row, "code");
		name[i] = row_text(row, "name");
		candidate[i] = candidate_read(row, &market->need);
		candidate[i].order = (int64_t)i + 1;
		candidate[i].is_chosen = market->need.has_choice &&
		                         text_equal(code[i], chosen);
	}
	market->candidate = candidate;
	market->code = code;
	market->name = name;
	market->count = count;
}

/* Reasons say "care for older people" of the group "older people". */
static void
group_phrase(struct arena *arena, struct need *need)
{
	const char **phrase = arena_array(arena, 1, sizeof(*phrase));

	if (need->groups.count == 0)
		return;
	*phrase = arena_printf(arena, "care for %s", need->groups.name[0]);
	need->groups.name = phrase;
}

static bool
has_chosen(const struct market *market)
{
	for (size_t i = 0; i < market->count; i++)
		if (market->candidate[i].is_chosen)
			return true;
	return false;
}

bool
market_read(struct arena *arena, const char *need_path,
    const char *providers_path, struct market *market)
{
	const char *chosen = "", *text;
	bool is_good;
	struct rows rows;

	*market = (struct market) { .count = 0 };
	is_good = need_file_read(arena, need_path, &market->need, &chosen);
	text = market_text(arena, providers_path, PROVIDERS_BYTES);
	if (text == NULL ||
	    !rows_read(arena, providers_path, text, columns, &rows))
		return false;
	codes_check(&rows);
	providers_read(&rows, chosen, market);
	group_phrase(arena, &market->need);
	if (market->need.has_choice && !has_chosen(market)) {
		fprintf(stderr,
		    "hearth: %s: chosen: no provider has the code %s\n",
		    need_path, chosen);
		return false;
	}
	return is_good && rows.fault_count == 0;
}
