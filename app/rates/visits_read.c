/*
 * Visits from CSV or JSON. Both become rows of named texts, which are read in
 * one way, so that a column means the same wherever it stands.
 */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/money.h"
#include "base/text.h"
#include "rates/reading.h"

enum column {
	COLUMN_REFERENCE,
	COLUMN_DATE,
	COLUMN_START,
	COLUMN_LENGTH,
	COLUMN_CARERS,
	COLUMN_AREA,
	COLUMN_RURALITY,
	COLUMN_NEED,
	COLUMN_AGE_GROUP,
	COLUMN_OUTCOMES,
	COLUMN_ABSENCE,
	COLUMN_ABSENCE_DAY,
	COLUMN_RATE,
	COLUMN_COSTED,
	COLUMN_APPROVED_BY,
	COLUMN_COUNT,
};

static const char *const columns[COLUMN_COUNT] = { "reference", "date", "start",
	"length", "carers", "area", "rurality", "need", "age_group", "outcomes",
	"absence", "absence_day", "rate", "costed", "approved_by" };

enum { MINUTE_SECONDS = 60, HOUR_SECONDS = 3600, CARERS_MOST = 9 };

/* One visit as texts; "" is absent. */
struct row {
	struct reading *reading;
	const struct rate_document *document;
	const char *place;
	const char *text[COLUMN_COUNT];
};

static void row_fault(const struct row *row, enum column column,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

static void
row_fault(const struct row *row, enum column column, const char *format, ...)
{
	struct arena *arena = row->reading->arena;
	va_list args;

	/* Thousands of bad rows say no more than the first ones. */
	if (row->reading->fault_count == READING_FAULTS)
		return;
	va_start(args, format);
	reading_fault(row->reading,
	    arena_printf(arena, "%s%s", row->place, columns[column]), "%s",
	    arena_vprintf(arena, format, args));
	va_end(args);
}

static int32_t
row_number(
    const struct row *row, enum column column, int64_t most, int32_t absent)
{
	int64_t number = absent;

	if (*row->text[column] != '\0' &&
	    !text_to_int64(row->text[column], 1, most, &number))
		row_fault(row, column,
		    "\"%s\" is not a whole number from 1 to %" PRId64,
		    row->text[column], most);
	return (int32_t)number;
}

/* The index of a name of the card; RATE_NONE when it is not stated. */
static int
row_name(
    const struct row *row, enum column column, const struct rate_names *names)
{
	const char *text = row->text[column];
	int index = *text == '\0' ? RATE_NONE : reading_name(names, text);

	if (*text != '\0' && index == RATE_NONE)
		row_fault(row, column, "\"%s\" is not one of %s", text,
		    reading_names(row->reading->arena, names));
	return index;
}

static uint32_t
row_outcomes(const struct row *row, const struct rate_names *names)
{
	struct arena *arena = row->reading->arena;
	char *rest = arena_strdup(arena, row->text[COLUMN_OUTCOMES]);
	uint32_t outcomes = 0;
	const char *name;

	while ((name = strsep(&rest, ";")) != NULL) {
		int index;

		name = text_tidy(arena, name);
		index = reading_name(names, name);
		if (index != RATE_NONE)
			outcomes |= 1u << index;
		else if (*name != '\0')
			row_fault(row, COLUMN_OUTCOMES,
			    "\"%s\" is not one of %s", name,
			    reading_names(arena, names));
	}
	return outcomes;
}

/* Sets where the clocks change within a visit that begins at `instant`. */
static void
visit_shift(struct rate_visit *visit, int64_t instant)
{
	int64_t end = instant + visit->seconds * CLOCK_SECOND, change;
	bool is_summer = clock_local(end).is_summer;

	if (clock_local(instant).is_summer == is_summer)
		return;
	/* Both changes are at 01:00 UTC, and a visit has one at most. */
	change = end / CLOCK_DAY * CLOCK_DAY + CLOCK_HOUR;
	if (change > end)
		change -= CLOCK_DAY;
	visit->shift_after = (int32_t)((change - instant) / CLOCK_SECOND);
	visit->shift_seconds = is_summer ? HOUR_SECONDS : -HOUR_SECONDS;
}

static void
row_times(const struct row *row, struct rate_visit *visit)
{
	int32_t minutes = 0;
	int64_t instant;
	bool has_date = reading_date(row->text[COLUMN_DATE], &visit->day) &&
	                visit->day > 0;
	bool has_start = time_parse(row->text[COLUMN_START], &minutes);

	if (!has_date)
		row_fault(row, COLUMN_DATE,
		    "\"%s\" is not a date such as 2024-04-01",
		    row->text[COLUMN_DATE]);
	if (!has_start)
		row_fault(row, COLUMN_START,
		    "\"%s\" is not a time such as "
		    "08:30",
		    row->text[COLUMN_START]);
	if (!reading_length(row->text[COLUMN_LENGTH], &visit->seconds) ||
	    visit->seconds > RATE_VISIT_SECONDS)
		row_fault(row, COLUMN_LENGTH,
		    "\"%s\" is not a length such as 30 or 20:59, of 24 hours "
		    "at most",
		    row->text[COLUMN_LENGTH]);
	visit->starts = minutes * MINUTE_SECONDS;
	if (!has_date || !has_start)
		return;
	switch (clock_instant(
	    visit->day + DATE_1970, minutes / 60, minutes % 60, &instant)) {
	case CLOCK_FINE:
		visit_shift(visit, instant);
		break;
	case CLOCK_GAP:
		row_fault(row, COLUMN_START,
		    "there is no %s on that day: the clocks go forward over "
		    "it",
		    row->text[COLUMN_START]);
		break;
	case CLOCK_TWICE:
		row_fault(row, COLUMN_START,
		    "%s is twice on that day: the clocks go back over it",
		    row->text[COLUMN_START]);
		break;
	case CLOCK_NO_SUCH_DATE:
		row_fault(row, COLUMN_DATE, "there is no such date");
		break;
	}
}

static const struct rate_offer *
row_offer(const struct row *row)
{
	struct rate_offer *offer;
	const char *costed = row->text[COLUMN_COSTED];
	bool is_individual = strcmp(costed, "individually") == 0;

	if (*costed != '\0' && !is_individual)
		row_fault(row, COLUMN_COSTED,
		    "\"%s\" is neither empty nor \"individually\"", costed);
	if (*row->text[COLUMN_RATE] == '\0') {
		if (is_individual)
			row_fault(row, COLUMN_RATE,
			    "is missing where the visit is costed "
			    "individually");
		return NULL;
	}
	offer = arena_alloc(row->reading->arena, sizeof(*offer));
	if (!money_parse(row->text[COLUMN_RATE], &offer->hourly_pence))
		row_fault(row, COLUMN_RATE,
		    "\"%s\" is not an amount such as 21.92",
		    row->text[COLUMN_RATE]);
	offer->is_individual = is_individual;
	offer->approved_by = row->text[COLUMN_APPROVED_BY];
	return offer;
}

static struct named_visit
row_visit(const struct row *row)
{
	const struct rate_card *card = &row->document->card[0];
	const char *rurality = row->text[COLUMN_RURALITY];
	struct named_visit named = { .reference = row->text[COLUMN_REFERENCE] };
	struct rate_visit *visit = &named.visit;

	row_times(row, visit);
	visit->carers = row_number(row, COLUMN_CARERS, CARERS_MOST, 1);
	visit->area = row_name(row, COLUMN_AREA, &card->areas);
	visit->rurality = *rurality == '\0' ? RATE_NONE
	                                    : reading_rurality(rurality);
	if (*rurality != '\0' && visit->rurality == RATE_NONE)
		row_fault(row, COLUMN_RURALITY,
		    "\"%s\" is not one of urban, semi-rural, rural", rurality);
	visit->need = row_name(row, COLUMN_NEED, &card->needs);
	visit->age_group = row_name(row, COLUMN_AGE_GROUP, &card->age_groups);
	visit->outcomes = row_outcomes(row, &card->outcomes);
	visit->absence = row_name(row, COLUMN_ABSENCE, &card->absences);
	visit->absence_day = row_number(row, COLUMN_ABSENCE_DAY, INT16_MAX, 1);
	visit->offer = row_offer(row);
	return named;
}

static int
column_of(const char *name)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		if (strcmp(columns[i], name) == 0)
			return i;
	return -1;
}

/* Where the reader of a CSV text stands. */
struct csv {
	struct arena *arena;
	const char *at;
	size_t line;
	bool is_broken; /* a quotation that does not end */
};

/*
 * The next cell, tidied; *is_last when a line ends after it. Quotation marks
 * are doubled within quotation marks, as RFC 4180 has it.
 */
static const char *
csv_cell(struct csv *csv, bool *is_last)
{
	struct buffer cell = buffer_new(csv->arena, 16, SIZE_MAX / 2);
	bool is_quoted = false;

	for (; *csv->at != '\0'; csv->at++) {
		if (*csv->at == '\n')
			csv->line++;
		if (*csv->at == '"') {
			if (is_quoted && csv->at[1] == '"')
				buffer_byte(&cell, *csv->at++);
			else
				is_quoted = !is_quoted;
			continue;
		}
		if (!is_quoted && (*csv->at == ',' || *csv->at == '\n'))
			break;
		buffer_byte(&cell, *csv->at);
	}
	csv->is_broken = is_quoted;
	*is_last = *csv->at != ',';
	if (*csv->at != '\0')
		csv->at++;
	return text_tidy(csv->arena, cell.data);
}

/* Reads the names of the columns; -1 for one that is not known. */
static size_t
csv_header(struct csv *csv, struct reading *reading, int head[COLUMN_COUNT])
{
	size_t count = 0;
	bool is_last = false, is_there[COLUMN_COUNT] = { false };

	while (!is_last) {
		const char *name = csv_cell(csv, &is_last);
		int column = column_of(name);

		if (column < 0 || is_there[column]) {
			reading_fault(reading, "line 1",
			    "\"%s\" is not a column, or is there twice", name);
			return 0;
		}
		is_there[column] = true;
		head[count++] = column;
	}
	for (int i = COLUMN_DATE; i <= COLUMN_LENGTH; i++)
		if (!is_there[i])
			reading_fault(reading, "line 1",
			    "there is no column %s", columns[i]);
	return count;
}

static struct row
row_empty(struct reading *reading, const struct rate_document *document)
{
	struct row row = { .reading = reading, .document = document };

	for (int i = 0; i < COLUMN_COUNT; i++)
		row.text[i] = "";
	return row;
}

static size_t
lines_of(const char *text)
{
	size_t count = 1;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

static void
csv_read(struct reading *reading, const char *text,
    const struct rate_document *document, struct named_visits *visits)
{
	struct csv csv = { reading->arena, text, 1, false };
	int head[COLUMN_COUNT];
	size_t most = lines_of(text), count = csv_header(&csv, reading, head);
	struct named_visit *rows = arena_array(
	    reading->arena, most, sizeof(*rows));

	visits->row = rows;
	while (reading->fault_count == 0 && *csv.at != '\0') {
		struct row row = row_empty(reading, document);
		size_t cells = 0, line = csv.line;
		bool is_last = false, is_empty = true;

		while (!is_last) {
			const char *cell = csv_cell(&csv, &is_last);

			is_empty = is_empty && *cell == '\0';
			if (cells < count)
				row.text[head[cells]] = cell;
			cells++;
		}
		if (is_empty && cells == 1 && !csv.is_broken)
			continue;
		row.place = arena_printf(reading->arena, "line %zu: ", line);
		if (csv.is_broken || cells != count)
			reading_fault(reading,
			    arena_printf(reading->arena, "line %zu", line),
			    csv.is_broken
				? "a quotation mark is never closed (%zu cells)"
				: "has %zu cells, not as many as line 1",
			    cells);
		else
			rows[visits->count++] = row_visit(&row);
	}
}

/* Texts and whole numbers both are written without a thought. */
static const char *
json_text(struct arena *arena, json_t *value)
{
	if (json_is_integer(value))
		return arena_printf(
		    arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_string(value))
		return text_tidy(arena, json_string_value(value));
	return json_is_null(value) ? "" : NULL;
}

static void
json_row(struct row *row, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		int column = column_of(key);
		const char *text = json_text(row->reading->arena, value);

		if (column < 0)
			reading_fault(row->reading,
			    arena_printf(
				row->reading->arena, "%s%s", row->place, key),
			    "there is no such key here");
		else if (text == NULL)
			row_fault(row, (enum column)column,
			    "must be a text or a whole number");
		else
			row->text[column] = text;
	}
}

static void
json_read(struct reading *reading, const char *text,
    const struct rate_document *document, struct named_visits *visits)
{
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	size_t count = json_array_size(root);
	struct named_visit *rows = arena_array(
	    reading->arena, count, sizeof(*rows));

	visits->row = rows;
	if (root == NULL)
		reading_fault(reading,
		    arena_printf(reading->arena, "line %d, column %d",
			error.line, error.column),
		    "%s", error.text);
	for (size_t i = 0; i < count; i++) {
		struct row row = row_empty(reading, document);
		json_t *object = json_array_get(root, i);

		row.place = arena_printf(reading->arena, "[%zu].", i);
		if (!json_is_object(object)) {
			reading_fault(reading,
			    arena_printf(reading->arena, "[%zu]", i),
			    "must be an object, in { and }");
			continue;
		}
		json_row(&row, object);
		rows[visits->count++] = row_visit(&row);
	}
	json_decref(root);
}

struct rate_faults
rate_visits_read(struct arena *arena, const char *text,
    const struct rate_document *document, struct named_visits *visits)
{
	struct reading reading = reading_new(arena);
	const char *start = text + strspn(text, " \t\r\n");

	*visits = (struct named_visits) { NULL, 0 };
	if (*start == '[')
		json_read(&reading, text, document, visits);
	else
		csv_read(&reading, text, document, visits);
	return reading_faults(&reading);
}
