/* Both kinds of file become the same table of texts. */
#include "base/records.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/form.h"
#include "base/money.h"

static struct arena *
arena_of(const struct records *records)
{
	return records->reading->arena;
}

/* The place of a column in the list, or the count of columns. */
static size_t
column_find(const struct records *records, const char *name)
{
	size_t i = 0;

	while (i < records->column_count &&
	       !text_equal(records->column[i].name, name))
		i++;
	return i;
}

static void place_fault(struct records *records, size_t place,
    const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void
place_fault(struct records *records, size_t place, const char *field,
    const char *format, ...)
{
	struct reading *reading = records->reading;
	const char *text;
	va_list args;

	if (reading->fault_count == READING_FAULTS)
		return;
	va_start(args, format);
	text = arena_vprintf(reading->arena, format, args);
	va_end(args);
	if (records->is_json)
		reading_fault(reading,
		    arena_printf(reading->arena, "[%zu]%s%s", place,
			field != NULL ? ": " : "", field != NULL ? field : ""),
		    "%s", text);
	else
		reading_fault_at(reading, place, field, "%s", text);
}

void
record_fault(
    const struct record *record, size_t column, const char *format, ...)
{
	struct records *records = record->records;
	const char *value = record_text(record, column);
	const char *text;
	va_list args;

	if (records->reading->fault_count == READING_FAULTS)
		return;
	va_start(args, format);
	text = arena_vprintf(arena_of(records), format, args);
	va_end(args);
	if (*value == '\0')
		place_fault(records, record->place,
		    records->column[column].name, "%s", text);
	else
		place_fault(records, record->place,
		    records->column[column].name, "\"%s\" %s", value, text);
}

/* --- The table ------------------------------------------------------------ */

/* Room for one more record; it doubles, and what was is left in the arena. */
static const char **
record_add(struct records *records, size_t place)
{
	bool is_full = (records->count & (records->count - 1)) == 0;
	const char **value = arena_array(
	    arena_of(records), records->column_count, sizeof(*value));

	if (is_full) {
		struct record *more = arena_array(arena_of(records),
		    records->count == 0 ? 1 : records->count * 2,
		    sizeof(*more));

		for (size_t i = 0; i < records->count; i++)
			more[i] = records->row[i];
		records->row = more;
	}
	records->row[records->count++] = (struct record) { records, place,
		value };
	return value;
}

/* Which column of the list each field of the first line is. */
static void
header_read(struct records *records, struct text_list header, size_t *column)
{
	bool *is_there = arena_array(
	    arena_of(records), records->column_count + 1, sizeof(*is_there));

	for (size_t i = 0; i < header.count; i++) {
		const char *name = text_tidy(arena_of(records), header.row[i]);

		column[i] = column_find(records, name);
		if (column[i] < records->column_count && is_there[column[i]])
			place_fault(
			    records, 1, name, "the column is there twice");
		else if (column[i] == records->column_count &&
			 !records->is_open)
			place_fault(
			    records, 1, name, "there is no such column");
		is_there[column[i]] = true;
	}
	for (size_t i = 0; i < records->column_count; i++)
		if (records->column[i].is_required && !is_there[i])
			place_fault(records, 1, records->column[i].name,
			    "the column is missing");
}

static void
csv_read(struct records *records, const char *text)
{
	struct csv csv = csv_new(arena_of(records), text);
	struct text_list header, record;
	size_t *column;

	if (!csv_next(&csv, &header)) {
		reading_fault_at(records->reading, 1, NULL, "%s",
		    csv.problem != NULL ? csv.problem : "has no header");
		return;
	}
	column = arena_array(arena_of(records), header.count, sizeof(*column));
	header_read(records, header, column);
	if (records->reading->fault_count > 0)
		return;
	while (csv_next(&csv, &record)) {
		const char **value = record_add(records, csv.line);

		if (record.count != header.count)
			place_fault(records, csv.line, "line",
			    "does not have as many fields as the header");
		for (size_t i = 0; i < record.count && i < header.count; i++)
			if (column[i] < records->column_count)
				value[column[i]] = text_tidy(
				    arena_of(records), record.row[i]);
	}
	if (csv.problem != NULL)
		reading_fault_at(
		    records->reading, csv.line, NULL, "%s", csv.problem);
}

/* A member as the text that CSV would have; NULL when it cannot be. */
static const char *
member_text(struct arena *arena, const json_t *member)
{
	const char *text = "";
	size_t i;
	json_t *item;

	if (json_is_string(member))
		return text_tidy(arena, json_string_value(member));
	if (json_is_integer(member))
		return arena_printf(
		    arena, "%" PRId64, (int64_t)json_integer_value(member));
	if (json_is_boolean(member))
		return json_is_true(member) ? "yes" : "no";
	if (!json_is_array(member))
		return NULL;
	json_array_foreach(member, i, item)
	{
		if (!json_is_string(item))
			return NULL;
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : ";",
		    json_string_value(item));
	}
	return text;
}

static void
object_read(struct records *records, size_t place, json_t *object)
{
	const char **value = record_add(records, place);
	const char *key;
	json_t *member;

	if (!json_is_object(object)) {
		place_fault(
		    records, place, NULL, "must be an object, in { and }");
		return;
	}
	json_object_foreach(object, key, member)
	{
		size_t column = column_find(records, key);
		const char *text = member_text(arena_of(records), member);

		if (column < records->column_count)
			value[column] = text;
		else if (!records->is_open)
			place_fault(
			    records, place, key, "there is no such column");
		if (column < records->column_count && text == NULL &&
		    !json_is_null(member))
			place_fault(records, place, key,
			    "must be a text, a whole number, true or false, "
			    "or a list of texts");
	}
}

static void
json_read(struct records *records, const char *text)
{
	json_t *list = reading_parse(records->reading, text), *object;
	size_t i;

	if (list != NULL && !json_is_array(list))
		reading_fault_at(
		    records->reading, 1, NULL, "must be a list, in [ and ]");
	json_array_foreach(list, i, object)
	{
		object_read(records, i, object);
	}
	json_decref(list);
}

static bool
is_json(const char *file)
{
	static const char ending[] = ".json";
	size_t length = strlen(file), end = strlen(ending);

	return length > end && text_equal(file + length - end, ending);
}

/* Every record has a value of the columns that are required. */
static void
required_check(struct records *records)
{
	for (size_t i = 0; i < records->count; i++)
		for (size_t c = 0; c < records->column_count; c++)
			if (records->column[c].is_required &&
			    !record_has(&records->row[i], c))
				record_fault(&records->row[i], c, "is missing");
}

void
records_read(struct reading *reading, const char *text,
    const struct record_column *columns, struct records *records)
{
	size_t count = 0;

	while (columns[count].name != NULL &&
	       !text_equal(columns[count].name, RECORD_OTHERS))
		count++;
	*records = (struct records) { .reading = reading,
		.column = columns,
		.column_count = count,
		.is_json = is_json(reading->file),
		.is_open = columns[count].name != NULL };
	if (records->is_json)
		json_read(records, text);
	else
		csv_read(records, text);
	if (reading->fault_count == 0)
		required_check(records);
}

/* --- Fields ---------------------------------------------------------------- */

const char *
record_text(const struct record *record, size_t column)
{
	const char *value = record->value[column];

	return value != NULL ? value : "";
}

bool
record_has(const struct record *record, size_t column)
{
	return *record_text(record, column) != '\0';
}

struct text_list
record_list(const struct record *record, size_t column)
{
	struct arena *arena = arena_of(record->records);
	const char *text = record_text(record, column);
	size_t count = 1;
	const char **item;

	if (*text == '\0')
		return (struct text_list) { NULL, 0 };
	for (const char *at = text; *at != '\0'; at++)
		count += *at == ';';
	item = arena_array(arena, count, sizeof(*item));
	for (size_t i = 0; i < count; i++) {
		size_t length = strcspn(text, ";");

		item[i] = text_tidy(arena, arena_strndup(arena, text, length));
		text += length + (text[length] == ';');
	}
	return (struct text_list) { item, count };
}

bool
record_truth(const struct record *record, size_t column)
{
	const char *text = record_text(record, column);
	bool is_so = text_equal(text, "yes");

	if (!is_so && *text != '\0' && !text_equal(text, "no"))
		record_fault(record, column, "is not yes or no");
	return is_so;
}

int64_t
record_number(const struct record *record, size_t column, int64_t least,
    int64_t most, int64_t absent)
{
	const char *text = record_text(record, column);
	int64_t number = absent;

	if (*text != '\0' && !text_to_int64(text, least, most, &number))
		record_fault(record, column,
		    "is not a whole number from %" PRId64 " to %" PRId64, least,
		    most);
	return number;
}

int64_t
record_hundredths(const struct record *record, size_t column, int64_t most)
{
	const char *text = record_text(record, column);
	int64_t hundredths = 0;

	if (*text == '\0' ||
	    (money_parse(text, &hundredths) && hundredths <= most))
		return hundredths;
	record_fault(record, column,
	    "is not a number from 0 to %" PRId64 " with two decimals at most",
	    most / 100);
	return 0;
}

int64_t
record_pence(const struct record *record, size_t column, int64_t most)
{
	const char *text = record_text(record, column);
	int64_t pence = 0;

	if (*text == '\0' || (money_parse(text, &pence) && pence <= most))
		return pence;
	record_fault(record, column, "is not an amount such as 21.92");
	return 0;
}

bool
records_instant(const char *text, int64_t *instant)
{
	char day[11] = { 0 };
	int32_t date, minute = 0;
	size_t length = strlen(text);

	if (length < 10)
		return false;
	memcpy(day, text, 10);
	if (!date_from_iso(day, &date))
		return false;
	if (length == 10) {
		*instant = clock_midnight(date);
		return true;
	}
	return (text[10] == ' ' || text[10] == 'T') &&
	       time_parse(text + 11, &minute) &&
	       clock_instant(date, minute / 60, minute % 60, instant) ==
	           CLOCK_FINE;
}

int32_t
record_date(const struct record *record, size_t column)
{
	const char *text = record_text(record, column);
	int32_t date = 0;

	if (*text != '\0' && !date_from_iso(text, &date))
		record_fault(
		    record, column, "is not a date such as 2026-12-02");
	return date;
}

int64_t
record_instant(const struct record *record, size_t column)
{
	const char *text = record_text(record, column);
	int64_t instant = 0;

	if (*text != '\0' && !records_instant(text, &instant))
		record_fault(record, column,
		    "is not a date or a time such as 2026-12-02 08:00");
	return instant;
}

int32_t
record_minute(const struct record *record, size_t column, int32_t absent)
{
	const char *text = record_text(record, column);
	int32_t minute = absent;

	if (*text != '\0' && !time_parse(text, &minute))
		record_fault(record, column, "is not a time such as 08:00");
	return minute;
}

int32_t
records_day(const char *name)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };

	for (int32_t day = 0; day < 7; day++)
		if (text_equal(names[day], name))
			return day;
	return -1;
}

int32_t
record_days(const struct record *record, size_t column)
{
	struct text_list list = record_list(record, column);
	int32_t days = 0;

	for (size_t i = 0; i < list.count; i++) {
		int32_t day = records_day(list.row[i]);

		if (day < 0) {
			record_fault(
			    record, column, "is not days, monday to sunday");
			return 0;
		}
		days |= 1 << day;
	}
	return days;
}
