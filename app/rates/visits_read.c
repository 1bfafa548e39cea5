/* Visits from records, with the names of a rate card. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/records.h"
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

static const struct record_column columns[] = {
	[COLUMN_REFERENCE] = { "reference", false },
	[COLUMN_DATE] = { "date", true },
	[COLUMN_START] = { "start", true },
	[COLUMN_LENGTH] = { "length", true },
	[COLUMN_CARERS] = { "carers", false },
	[COLUMN_AREA] = { "area", false },
	[COLUMN_RURALITY] = { "rurality", false },
	[COLUMN_NEED] = { "need", false },
	[COLUMN_AGE_GROUP] = { "age_group", false },
	[COLUMN_OUTCOMES] = { "outcomes", false },
	[COLUMN_ABSENCE] = { "absence", false },
	[COLUMN_ABSENCE_DAY] = { "absence_day", false },
	[COLUMN_RATE] = { "rate", false },
	[COLUMN_COSTED] = { "costed", false },
	[COLUMN_APPROVED_BY] = { "approved_by", false },
	[COLUMN_COUNT] = { NULL, false },
};

enum { MINUTE_SECONDS = 60, CARERS_MOST = 9 };

/* One visit as the file has it. */
struct row {
	const struct rate_document *document;
	const struct record *record;
};

static const char *
row_text(const struct row *row, enum column column)
{
	return record_text(row->record, column);
}

static struct arena *
arena_of(const struct row *row)
{
	return row->record->records->reading->arena;
}

/* The index of a name of the card; RATE_NONE when it is not stated. */
static int
row_name(
    const struct row *row, enum column column, const struct rate_names *names)
{
	const char *text = row_text(row, column);
	int index = *text == '\0' ? RATE_NONE : reading_name(names, text);

	if (*text != '\0' && index == RATE_NONE)
		record_fault(row->record, column, "is not one of %s",
		    reading_names(arena_of(row), names));
	return index;
}

static uint32_t
row_outcomes(const struct row *row, const struct rate_names *names)
{
	struct text_list list = record_list(row->record, COLUMN_OUTCOMES);
	uint32_t outcomes = 0;

	for (size_t i = 0; i < list.count; i++) {
		int index = reading_name(names, list.row[i]);

		if (index != RATE_NONE)
			outcomes |= 1u << index;
		else if (*list.row[i] != '\0')
			record_fault(row->record, COLUMN_OUTCOMES,
			    "has \"%s\", which is not one of %s", list.row[i],
			    reading_names(arena_of(row), names));
	}
	return outcomes;
}

static void
row_times(const struct row *row, struct rate_visit *visit)
{
	const struct record *record = row->record;
	int32_t date = record_date(record, COLUMN_DATE);
	int32_t minutes = record_minute(record, COLUMN_START, -1);
	int64_t instant;

	if (!reading_length(row_text(row, COLUMN_LENGTH), &visit->seconds) ||
	    visit->seconds > RATE_VISIT_SECONDS)
		record_fault(record, COLUMN_LENGTH,
		    "is not a length such as 30 or 20:59, of 24 hours at most");
	if (date == 0 || minutes < 0)
		return;
	if (date <= DATE_1970)
		record_fault(record, COLUMN_DATE, "is before 1970");
	visit->day = date - DATE_1970; /* as app/matching counts them */
	visit->starts = minutes * MINUTE_SECONDS;
	switch (clock_instant(date, minutes / 60, minutes % 60, &instant)) {
	case CLOCK_FINE:
		reading_shift(visit, instant);
		break;
	case CLOCK_GAP:
		record_fault(record, COLUMN_START,
		    "is not on that day: the clocks go forward over it");
		break;
	case CLOCK_TWICE:
		record_fault(record, COLUMN_START,
		    "is twice on that day: the clocks go back over it");
		break;
	case CLOCK_NO_SUCH_DATE:
		record_fault(record, COLUMN_DATE, "is no date");
		break;
	}
}

static const struct rate_offer *
row_offer(const struct row *row)
{
	const struct record *record = row->record;
	struct rate_offer *offer;
	const char *costed = row_text(row, COLUMN_COSTED);
	bool is_individual = text_equal(costed, "individually");

	if (*costed != '\0' && !is_individual)
		record_fault(record, COLUMN_COSTED,
		    "is neither empty nor \"individually\"");
	if (!record_has(record, COLUMN_RATE)) {
		if (is_individual)
			record_fault(record, COLUMN_RATE,
			    "is missing where the visit is costed "
			    "individually");
		return NULL;
	}
	offer = arena_alloc(arena_of(row), sizeof(*offer));
	offer->hourly_pence = record_pence(record, COLUMN_RATE, INT64_MAX);
	offer->is_individual = is_individual;
	offer->approved_by = row_text(row, COLUMN_APPROVED_BY);
	return offer;
}

static struct named_visit
row_visit(const struct row *row)
{
	const struct rate_card *card = &row->document->card[0];
	const struct record *record = row->record;
	const char *rurality = row_text(row, COLUMN_RURALITY);
	struct named_visit named = { .reference = row_text(
					 row, COLUMN_REFERENCE) };
	struct rate_visit *visit = &named.visit;

	row_times(row, visit);
	visit->carers = (int32_t)record_number(
	    record, COLUMN_CARERS, 1, CARERS_MOST, 1);
	visit->area = row_name(row, COLUMN_AREA, &card->areas);
	visit->rurality = *rurality == '\0' ? RATE_NONE
	                                    : reading_rurality(rurality);
	if (*rurality != '\0' && visit->rurality == RATE_NONE)
		record_fault(record, COLUMN_RURALITY,
		    "is not one of urban, semi-rural, rural");
	visit->need = row_name(row, COLUMN_NEED, &card->needs);
	visit->age_group = row_name(row, COLUMN_AGE_GROUP, &card->age_groups);
	visit->outcomes = row_outcomes(row, &card->outcomes);
	visit->absence = row_name(row, COLUMN_ABSENCE, &card->absences);
	visit->absence_day = (int32_t)record_number(
	    record, COLUMN_ABSENCE_DAY, 1, INT16_MAX, 1);
	visit->offer = row_offer(row);
	return named;
}

struct rate_faults
rate_visits_read(struct arena *arena, const char *file, const char *text,
    const struct rate_document *document, struct named_visits *visits)
{
	struct reading reading = reading_new(arena, file);
	struct named_visit *named;
	struct records records;

	*visits = (struct named_visits) { NULL, 0 };
	records_read(&reading, text, columns, &records);
	if (reading.fault_count > 0)
		return reading_faults(&reading);
	named = arena_array(arena, records.count, sizeof(*named));
	for (size_t i = 0; i < records.count; i++) {
		const struct row row = { document, &records.row[i] };

		named[i] = row_visit(&row);
	}
	*visits = (struct named_visits) { named, records.count };
	return reading_faults(&reading);
}
