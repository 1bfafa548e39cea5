/*
 * `hearth match price`: visits priced by a rate card, with the working of
 * each, as a table or as JSON. No database is needed.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/document.h"
#include "base/text.h"
#include "command_match.h"
#include "matching/days.h"
#include "matching/mix.h"
#include "matching/words.h"
#include "rates/rate_documents.h"

#define LINE_MAXIMUM ((size_t)16 << 20)

enum { MINUTE_SECONDS = 60, HOUR_MINUTES = 60 };

struct match_price {
	struct arena *arena; /* for all that is read */
	struct arena *line;  /* for what is written about one visit */
	const char *card_path;
	const char *visits_path;
	bool is_json;
	struct rate_document document;
	struct named_visits visits;
	struct rates *rates[RATE_CARDS];
};

/* What a visit comes to; `rates` NULL means that no card is in force. */
struct priced {
	const struct named_visit *named;
	const struct rates *rates;
	struct rate_working working;
	struct price_early early; /* of the hourly rate before premiums */
};

struct totals {
	size_t visits;
	size_t priced;
	int64_t care_seconds;
	int64_t pence;
};

static const char usage_text[] =
    "usage: hearth match price --card FILE --visits FILE [--json]\n"
    "\n"
    "Prices visits by the rate card in force on their day and shows the\n"
    "working of each.\n"
    "\n"
    "  --card FILE    rate card, JSON\n"
    "  --visits FILE  visits, CSV with the columns date, start, length and\n"
    "                 any of reference, carers, area, rurality, need,\n"
    "                 age_group, outcomes, absence, absence_day, rate,\n"
    "                 costed, approved_by; or JSON, a list of objects with\n"
    "                 the same keys\n"
    "  --json         JSON instead of a table\n"
    "\n"
    "Every key and column is described in conf/rates/README.md.\n"
    "A visit that the card has no price for says why, and is not counted as\n"
    "priced. Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

static int
faults_print(const char *begin, struct rate_faults faults)
{
	for (size_t i = 0; i < faults.count; i++)
		fprintf(stderr, "hearth: %s%s\n", begin, faults.text[i]);
	return faults.count == 0 ? MATCH_DONE : MATCH_FAILED;
}

static int
files_read(struct match_price *match)
{
	struct reading card = reading_new(match->arena, match->card_path);
	struct reading visits = reading_new(match->arena, match->visits_path);
	const char *text = reading_file(&card, RATE_DOCUMENT_MAXIMUM);

	if (text == NULL)
		return match_faults_print(&card);
	if (faults_print(arena_printf(match->arena, "%s: ", match->card_path),
		rate_document_read(match->arena, text, &match->document)) !=
	    MATCH_DONE)
		return MATCH_FAILED;
	text = reading_file(&visits, RATE_VISITS_MAXIMUM);
	if (text == NULL)
		return match_faults_print(&visits);
	return faults_print(
	    "", rate_visits_read(match->arena, match->visits_path, text,
		    &match->document, &match->visits));
}

/* A card is made ready when the first visit needs it. */
static const struct rates *
rates_of(struct match_price *match, int32_t day)
{
	const struct rate_document *document = &match->document;
	const struct rate_card *card = rate_card_on(
	    document->card, document->card_count, day);
	size_t index;

	if (card == NULL)
		return NULL;
	index = (size_t)(card - document->card);
	if (match->rates[index] == NULL)
		match->rates[index] = rates_prepare(match->arena, card,
		    document->bank_holiday, document->bank_holiday_count);
	return match->rates[index];
}

static struct priced
visit_price(struct match_price *match, const struct named_visit *named)
{
	const struct rate_visit *visit = &named->visit;
	struct priced priced = { .named = named,
		.rates = rates_of(match, visit->day) };
	struct price_card card;

	if (priced.rates == NULL)
		return priced;
	priced.working = rates_open(match->line, priced.rates, visit);
	if (priced.working.price.verdict != RATE_FINE)
		return priced;
	card = rate_card_on(
	    match->document.card, match->document.card_count, visit->day)
	           ->base;
	card.hourly_pence = priced.working.price.hourly_pence;
	priced.early = price_early(match->line, &card, visit->seconds);
	return priced;
}

static bool
has_price(const struct priced *priced)
{
	return priced->rates != NULL &&
	       priced->working.price.verdict == RATE_FINE;
}

/* Where the rate comes from, or why there is none. */
static const char *
verdict_text(struct match_price *match, const struct priced *priced)
{
	if (priced->rates == NULL)
		return arena_printf(match->line, "No card is in force on %s",
		    day_words(match->line, priced->named->visit.day));
	return rate_verdict_words(match->line, priced->rates,
	    &priced->named->visit, &priced->working.price);
}

static void
totals_add(struct totals *totals, const struct priced *priced)
{
	const struct rate_visit *visit = &priced->named->visit;

	totals->visits++;
	if (!has_price(priced))
		return;
	totals->priced++;
	totals->care_seconds += (int64_t)visit->seconds * visit->carers;
	totals->pence += priced->working.price.total_pence;
}

/* "08:30" of seconds after midnight. */
static const char *
clock_text(struct arena *arena, int32_t seconds)
{
	int32_t minutes = seconds / MINUTE_SECONDS;

	return arena_printf(arena, "%02" PRId32 ":%02" PRId32,
	    minutes / HOUR_MINUTES, minutes % HOUR_MINUTES);
}

static const char *
length_text(struct arena *arena, int32_t seconds)
{
	return arena_printf(arena, "%" PRId32 ":%02" PRId32,
	    seconds / MINUTE_SECONDS, seconds % MINUTE_SECONDS);
}

/* A line of the table; its widths are counted in characters, not bytes. */
static void
working_row(struct arena *arena, const char *text, int64_t pence)
{
	const char *sign = pence < 0 ? "-" : "";
	const char *money = arena_printf(arena, "%s%s", sign,
	    words_money(arena, pence < 0 ? -pence : pence));
	int used = (int)text_length(text), width = (int)text_length(money);

	printf("    %s%*s%*s%s\n", text, used < 74 ? 74 - used : 1, "",
	    width < 12 ? 12 - width : 1, "", money);
}

static void
visit_print(struct match_price *match, const struct priced *priced)
{
	struct arena *arena = match->line;
	const struct rate_visit *visit = &priced->named->visit;
	const struct rate_working *working = &priced->working;

	printf("%s  %s, %s, %s, %" PRId32 " care worker%s\n",
	    *priced->named->reference == '\0' ? "-" : priced->named->reference,
	    day_words(arena, visit->day), clock_text(arena, visit->starts),
	    length_text(arena, visit->seconds), visit->carers,
	    visit->carers == 1 ? "" : "s");
	printf("    %s%s\n",
	    has_price(priced) ? "" : "No price: ", verdict_text(match, priced));
	if (!has_price(priced))
		return;
	for (size_t i = 0; i < working->count; i++)
		working_row(arena,
		    rate_line_words(arena, priced->rates, working, i),
		    working->line[i].pence);
	working_row(arena, "Price", working->price.total_pence);
	if (visit->absence == RATE_NONE && visit->seconds != 0)
		printf("    %s an hour for each care worker%s%s\n",
		    words_money(
			arena, price_effective_hourly(
				   working->price.each_pence, visit->seconds)),
		    priced->early.pays ? ". " : "", priced->early.text);
}

static void
totals_print(struct match_price *match, const struct totals *totals)
{
	printf("%zu visits, %zu with a price: %s for %s of planned time",
	    totals->visits, totals->priced,
	    words_money(match->line, totals->pence),
	    words_hours(match->line, totals->care_seconds / MINUTE_SECONDS));
	if (totals->care_seconds != 0)
		printf(", %s an hour", words_money(match->line,
					   price_effective_hourly(totals->pence,
					       totals->care_seconds)));
	putchar('\n');
}

/* What block hours make of the weeks, instead of the sum of the visits. */
static void
weeks_print(struct match_price *match, struct rate_weeks weeks)
{
	for (size_t i = 0; i < weeks.count; i++) {
		const struct rate_week *row = &weeks.row[i];
		const struct block_week *week = &row->week;

		printf("\nWeek from %s\n", day_words(match->line, row->monday));
		working_row(match->line,
		    arena_printf(match->line,
			"Block of %s at %s an hour, %s of it not used",
			words_hours(match->line,
			    row->block->weekly_seconds / MINUTE_SECONDS),
			words_money(match->line, row->block->hourly_pence),
			words_hours(match->line,
			    week->unused_seconds / MINUTE_SECONDS)),
		    week->block_pence);
		working_row(
		    match->line, "Visits beyond the block", week->beyond_pence);
		working_row(match->line, "Week", week->total_pence);
		arena_reset(match->line);
	}
}

static void
weeks_json_print(struct rate_weeks weeks)
{
	json_t *list = json_array();

	for (size_t i = 0; i < weeks.count; i++) {
		const struct block_week *week = &weeks.row[i].week;

		json_array_append_new(
		    list, json_pack("{s:I, s:I, s:I, s:I, s:I}", "block_pence",
			      (json_int_t)week->block_pence, "used_seconds",
			      (json_int_t)week->used_seconds, "unused_seconds",
			      (json_int_t)week->unused_seconds, "beyond_pence",
			      (json_int_t)week->beyond_pence, "total_pence",
			      (json_int_t)week->total_pence));
	}
	fputs(",\n  \"weeks\": ", stdout);
	json_dumpf(list, stdout, JSON_COMPACT);
	json_decref(list);
}

static json_t *
working_json(struct match_price *match, const struct priced *priced)
{
	const struct rate_working *working = &priced->working;
	json_t *lines = json_array();

	for (size_t i = 0; i < working->count; i++)
		json_array_append_new(lines,
		    json_pack("{s:s, s:I}", "text",
			rate_line_words(match->line, priced->rates, working, i),
			"pence", (json_int_t)working->line[i].pence));
	return lines;
}

static json_t *
visit_json(struct match_price *match, const struct priced *priced)
{
	const struct rate_visit *visit = &priced->named->visit;
	const struct rate_price *price = &priced->working.price;
	json_t *object = json_pack("{s:s, s:s, s:b}", "reference",
	    priced->named->reference, "reason", verdict_text(match, priced),
	    "has_price", has_price(priced));

	if (!has_price(priced))
		return object;
	json_object_update_new(object,
	    json_pack("{s:I, s:I, s:I, s:I, s:b, s:s, s:o}", "hourly_pence",
		(json_int_t)price->hourly_pence, "each_pence",
		(json_int_t)price->each_pence, "total_pence",
		(json_int_t)price->total_pence, "effective_hourly_pence",
		(json_int_t)price_effective_hourly(
		    price->each_pence, visit->seconds),
		"leaving_early_pays", priced->early.pays, "leaving_early",
		priced->early.text, "working", working_json(match, priced)));
	return object;
}

/* A list is written visit by visit, so that any number of them fits. */
static void
visit_json_print(
    struct match_price *match, const struct priced *priced, bool is_first)
{
	json_t *object = visit_json(match, priced);

	printf("%s\n    ", is_first ? "" : ",");
	json_dumpf(object, stdout, JSON_COMPACT);
	json_decref(object);
}

static void
head_print(struct match_price *match)
{
	if (match->is_json) {
		json_t *name = json_string(match->document.name);

		fputs("{\n  \"card\": ", stdout);
		json_dumpf(name, stdout, JSON_ENCODE_ANY);
		json_decref(name);
		fputs(",\n  \"visits\": [", stdout);
	} else {
		printf("%s\n\n", match->document.name);
	}
}

static void
foot_print(struct match_price *match, const struct totals *totals)
{
	struct rate_weeks weeks = rate_weeks(
	    match->arena, &match->document, &match->visits);

	if (!match->is_json) {
		totals_print(match, totals);
		weeks_print(match, weeks);
		return;
	}
	fputs("\n  ]", stdout);
	weeks_json_print(weeks);
	printf(",\n  \"visit_count\": %zu,\n  \"priced_count\": %zu"
	       ",\n  \"care_seconds\": %" PRId64
	       ",\n  \"total_pence\": %" PRId64 "\n}\n",
	    totals->visits, totals->priced, totals->care_seconds,
	    totals->pence);
}

static int
match_run(struct match_price *match)
{
	struct totals totals = { 0 };
	int code = files_read(match);

	if (code != MATCH_DONE)
		return code;
	head_print(match);
	for (size_t i = 0; i < match->visits.count; i++) {
		struct priced priced = visit_price(
		    match, &match->visits.row[i]);

		totals_add(&totals, &priced);
		if (match->is_json)
			visit_json_print(match, &priced, i == 0);
		else
			visit_print(match, &priced);
		arena_reset(match->line);
	}
	foot_print(match, &totals);
	return MATCH_DONE;
}

static int
price_run(struct arena *arena, int argc, char **argv)
{
	struct match_price match = { .arena = arena };
	const struct match_option options[] = {
		{ "--card", .text = &match.card_path, .is_required = true },
		{ "--visits", .text = &match.visits_path, .is_required = true },
		{ "--json", .is_given = &match.is_json },
		{ NULL },
	};
	int code;

	if (!match_options_read(argc, argv, options))
		return MATCH_USAGE;
	match.line = arena_new(LINE_MAXIMUM);
	code = match_run(&match);
	arena_free(match.line);
	return code;
}

static const char *const help[] = { usage_text, NULL };

const struct match_command price_command = { "price", help, price_run };
