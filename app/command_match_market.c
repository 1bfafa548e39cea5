/*
 * Reads a need (JSON) and providers (CSV or JSON). Providers are rows of texts
 * by column, whichever they come from, so that a fact is read in one way.
 */
#include "command_match_market.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/document.h"
#include "base/form.h"
#include "base/records.h"
#include "base/text.h"
#include "command_match.h"
#include "offers/match.h"

enum {
	NEED_BYTES = 1 << 20,
	PROVIDERS_BYTES = 256 << 20,
	EVERY_DAY = 0x7f,
	DAY_MINUTES = 24 * 60,
	TIER_MOST = 99,
	WEEK_MINUTES = 1000000,
	METRES_MOST = 2000000,
	RATE_PENCE_MOST = 10000000,
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
    "  call_days: monday; friday; calls_from, calls_until: 07:00\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

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
	const char *text = reading_optional(reading, object, "", key);

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
			reading_fault(reading, key,
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
		reading_fault(reading, place, "must be an object, in { and }");
		return 0;
	}
	reading_keys(reading, visit, place, known);
	at = reading_text(reading, visit, place, "at");
	if (at != NULL && !time_parse(at, &minute))
		reading_fault(reading, reading_place(reading, place, "at"),
		    "\"%s\" is not a time such as \"08:00\"", at);
	list = reading_list(reading, visit, place, "days");
	json_array_foreach(list, i, day)
	{
		const char *name = json_string_value(day);
		int32_t bit = name != NULL ? records_day(name) : -1;

		if (bit < 0)
			reading_fault(reading,
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
	if (*start != '\0' && !records_instant(start, &need->wanted_start_at))
		reading_fault(reading, "wanted_start",
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

static void
need_file_read(struct reading *reading, struct need *need, const char **chosen)
{
	const char *text = reading_file(reading, NEED_BYTES);
	json_t *root = text == NULL ? NULL : reading_parse(reading, text);

	if (json_is_object(root))
		need_read(reading, root, need, chosen);
	else if (root != NULL)
		reading_fault_at(
		    reading, 1, NULL, "must be an object, in { and }");
	json_decref(root);
}

/* --- Providers ---------------------------------------------------------- */

enum column {
	COLUMN_CODE,
	COLUMN_NAME,
	COLUMN_AREAS,
	COLUMN_GROUPS,
	COLUMN_OFFERS,
	COLUMN_ON_FRAMEWORK,
	COLUMN_SUSPENDED,
	COLUMN_MONITORING_VISIT,
	COLUMN_CURRENT_PROVIDER,
	COLUMN_CARED_BEFORE,
	COLUMN_LOCAL,
	COLUMN_PASSES_GATES,
	COLUMN_GATES_FAULT,
	COLUMN_GATES_PASS_ON,
	COLUMN_LAST_AWARDED,
	COLUMN_EARLIEST_START,
	COLUMN_RATE,
	COLUMN_SPARE_MINUTES,
	COLUMN_BLOCK_MINUTES,
	COLUMN_DISTANCE_METRES,
	COLUMN_QUALITY_SCORE,
	COLUMN_PEOPLE,
	COLUMN_TIER,
	COLUMN_RATING,
	COLUMN_CALL_DAYS,
	COLUMN_CALLS_FROM,
	COLUMN_CALLS_UNTIL,
	COLUMN_COUNT,
};

static const struct record_column columns[] = {
	[COLUMN_CODE] = { "code", true },
	[COLUMN_NAME] = { "name", false },
	[COLUMN_AREAS] = { "areas", false },
	[COLUMN_GROUPS] = { "groups", false },
	[COLUMN_OFFERS] = { "offers", false },
	[COLUMN_ON_FRAMEWORK] = { "on_framework", false },
	[COLUMN_SUSPENDED] = { "suspended", false },
	[COLUMN_MONITORING_VISIT] = { "monitoring_visit", false },
	[COLUMN_CURRENT_PROVIDER] = { "current_provider", false },
	[COLUMN_CARED_BEFORE] = { "cared_before", false },
	[COLUMN_LOCAL] = { "local", false },
	[COLUMN_PASSES_GATES] = { "passes_gates", false },
	[COLUMN_GATES_FAULT] = { "gates_fault", false },
	[COLUMN_GATES_PASS_ON] = { "gates_pass_on", false },
	[COLUMN_LAST_AWARDED] = { "last_awarded", false },
	[COLUMN_EARLIEST_START] = { "earliest_start", false },
	[COLUMN_RATE] = { "rate", false },
	[COLUMN_SPARE_MINUTES] = { "spare_minutes", false },
	[COLUMN_BLOCK_MINUTES] = { "block_minutes", false },
	[COLUMN_DISTANCE_METRES] = { "distance_metres", false },
	[COLUMN_QUALITY_SCORE] = { "quality_score", false },
	[COLUMN_PEOPLE] = { "people", false },
	[COLUMN_TIER] = { "tier", false },
	[COLUMN_RATING] = { "rating", false },
	[COLUMN_CALL_DAYS] = { "call_days", false },
	[COLUMN_CALLS_FROM] = { "calls_from", false },
	[COLUMN_CALLS_UNTIL] = { "calls_until", false },
	[COLUMN_COUNT] = { NULL, false },
};

/* Sets the bits of the names in a list that the need uses. */
static void
list_set(const struct record *row, enum column column,
    const struct vocabulary *vocabulary, uint64_t *bits)
{
	struct text_list list = record_list(row, column);

	for (size_t i = 0; i < list.count; i++)
		for (size_t j = 0; j < vocabulary->count; j++)
			if (text_equal(vocabulary->name[j], list.row[i]))
				bits[j / MATCH_WORD_BITS] |=
				    UINT64_C(1) << j % MATCH_WORD_BITS;
}

static uint64_t
slots_read(const struct record *row)
{
	int32_t from = record_minute(row, COLUMN_CALLS_FROM, 0);
	int32_t until = record_minute(row, COLUMN_CALLS_UNTIL, DAY_MINUTES);
	int32_t days = record_days(row, COLUMN_CALL_DAYS);

	if (!record_has(row, COLUMN_CALL_DAYS) &&
	    !record_has(row, COLUMN_CALLS_FROM) &&
	    !record_has(row, COLUMN_CALLS_UNTIL))
		return 0;
	return member_slots(days != 0 ? days : EVERY_DAY, from, until);
}

static enum rating
rating_read(const struct record *row)
{
	const char *text = record_text(row, COLUMN_RATING);
	enum rating rating = RATING_NOT_KNOWN;

	if (*text != '\0' && !policy_rating_of(text, &rating)) {
		record_fault(
		    row, COLUMN_RATING, "is not a rating such as good");
		return RATING_NOT_KNOWN;
	}
	return rating;
}

static struct candidate
candidate_read(const struct record *row, const struct need *need)
{
	const char *fault = record_text(row, COLUMN_GATES_FAULT);
	struct candidate one = {
		.is_on_framework = record_truth(row, COLUMN_ON_FRAMEWORK),
		.is_suspended = record_truth(row, COLUMN_SUSPENDED),
		.has_monitoring_visit = record_truth(
		    row, COLUMN_MONITORING_VISIT),
		.is_current_provider = record_truth(
		    row, COLUMN_CURRENT_PROVIDER),
		.has_all_areas = text_equal(
		    record_text(row, COLUMN_AREAS), "*"),
		.has_cared_before = record_truth(row, COLUMN_CARED_BEFORE),
		.is_local = record_truth(row, COLUMN_LOCAL),
		.passes_gates = record_truth(row, COLUMN_PASSES_GATES),
		.has_people = record_has(row, COLUMN_PEOPLE),
		.rating = (uint8_t)rating_read(row),
		.tier = (uint8_t)record_number(
		    row, COLUMN_TIER, 0, TIER_MOST, 0),
		.quality_score = (int32_t)record_number(
		    row, COLUMN_QUALITY_SCORE, 0, 100, 0),
		.last_awarded_at = record_instant(row, COLUMN_LAST_AWARDED),
		.earliest_start_at = record_instant(row, COLUMN_EARLIEST_START),
		.call_slots = slots_read(row),
		.rate_pence = (int32_t)record_pence(
		    row, COLUMN_RATE, RATE_PENCE_MOST),
		.spare_minutes = (int32_t)record_number(
		    row, COLUMN_SPARE_MINUTES, 0, WEEK_MINUTES, 0),
		.distance_metres = (int32_t)record_number(
		    row, COLUMN_DISTANCE_METRES, 0, METRES_MOST, 0),
		.block_minutes = (int32_t)record_number(
		    row, COLUMN_BLOCK_MINUTES, 0, WEEK_MINUTES, 0),
		.people = (int32_t)record_number(
		    row, COLUMN_PEOPLE, 0, POLICY_PEOPLE, 0),
		.gates_pass_on = record_date(row, COLUMN_GATES_PASS_ON),
		.gates_fault = *fault != '\0' ? fault : NULL,
	};

	list_set(row, COLUMN_AREAS, &need->areas, one.areas);
	list_set(row, COLUMN_GROUPS, &need->groups, &one.groups);
	list_set(row, COLUMN_OFFERS, &need->tags, one.tags);
	return one;
}

static int
codes_compare(const void *a, const void *b)
{
	const struct record *const *x = a, *const *y = b;

	return strcmp(
	    record_text(*x, COLUMN_CODE), record_text(*y, COLUMN_CODE));
}

/* No two providers have one code. */
static void
codes_check(struct records *rows)
{
	const struct record **row = arena_array(
	    rows->reading->arena, rows->count, sizeof(*row));

	for (size_t i = 0; i < rows->count; i++)
		row[i] = &rows->row[i];
	if (rows->count > 0)
		qsort(row, rows->count, sizeof(*row), codes_compare);
	for (size_t i = 1; i < rows->count; i++)
		if (codes_compare(&row[i - 1], &row[i]) == 0)
			record_fault(row[i], COLUMN_CODE, "is there twice");
}

static void
providers_read(struct records *rows, const char *chosen, struct market *market)
{
	struct arena *arena = rows->reading->arena;
	size_t count = rows->count;
	struct candidate *candidate = arena_array(
	    arena, count, sizeof(*candidate));
	const char **code = arena_array(arena, count, sizeof(*code));
	const char **name = arena_array(arena, count, sizeof(*name));

	for (size_t i = 0; i < count; i++) {
		const struct record *row = &rows->row[i];

		code[i] = record_text(row, COLUMN_CODE);
		name[i] = record_text(row, COLUMN_NAME);
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

static void
providers_file_read(
    struct reading *reading, const char *chosen, struct market *market)
{
	const char *text = reading_file(reading, PROVIDERS_BYTES);
	struct records records;

	if (text == NULL)
		return;
	records_read(reading, text, columns, &records);
	if (reading->fault_count > 0)
		return;
	codes_check(&records);
	providers_read(&records, chosen, market);
}

bool
market_read(struct arena *arena, const char *need_path,
    const char *providers_path, struct market *market)
{
	struct reading need = reading_new(arena, need_path);
	struct reading providers = reading_new(arena, providers_path);
	const char *chosen = "";

	*market = (struct market) { .count = 0 };
	need_file_read(&need, &market->need, &chosen);
	providers_file_read(&providers, chosen, market);
	group_phrase(arena, &market->need);
	if (need.fault_count == 0 && providers.fault_count == 0 &&
	    market->need.has_choice && !has_chosen(market))
		reading_fault(
		    &need, "chosen", "no provider has the code %s", chosen);
	match_faults_print(&need);
	match_faults_print(&providers);
	return need.fault_count == 0 && providers.fault_count == 0;
}
