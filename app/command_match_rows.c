/* Rows of a file and their fields; the header tells each. */
#include "command_match_rows.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/form.h"
#include "base/money.h"

enum { FAULTS_SHOWN = 50, RATE_PENCE_MOST = 10000000 };

static size_t
columns_count(const char *const *columns)
{
	size_t count = 0;

	while (columns[count] != NULL)
		count++;
	return count;
}

/* The place of a column in the list, or the count of columns. */
static size_t
column_find(const char *const *columns, const char *name)
{
	size_t i = 0;

	while (columns[i] != NULL && !text_equal(columns[i], name))
		i++;
	return i;
}

static void
rows_fault(struct rows *rows, const char *place, const char *column,
    const char *problem)
{
	if (rows->fault_count++ < FAULTS_SHOWN)
		fprintf(stderr, "hearth: %s: %s: %s\n", place, column, problem);
}

void
row_fault(const struct row *row, const char *column, const char *problem)
{
	const char *value = row_text(row, column);

	rows_fault(row->rows, row->place, column,
	    *value == '\0'
		? problem
		: arena_printf(row->rows->arena, "\"%s\" %s", value, problem));
}

/* Room for one more row; it doubles, and what was is left in the arena. */
static struct row *
rows_add(struct rows *rows, const char *place, const char *const *value)
{
	bool is_full = (rows->count & (rows->count - 1)) == 0;

	if (is_full) {
		struct row *more = arena_array(rows->arena,
		    rows->count == 0 ? 1 : rows->count * 2, sizeof(*more));

		for (size_t i = 0; i < rows->count; i++)
			more[i] = rows->row[i];
		rows->row = more;
	}
	rows->row[rows->count] = (struct row) { rows, place, value };
	return &rows->row[rows->count++];
}

static bool
csv_read(struct rows *rows, const char *path, const char *text)
{
	size_t known = columns_count(rows->column), *column;
	struct csv csv = csv_new(rows->arena, text);
	struct text_list header, record;

	if (!csv_next(&csv, &header)) {
		fprintf(stderr, "hearth: %s:1: %s\n", path,
		    csv.problem != NULL ? csv.problem : "has no header");
		return false;
	}
	column = arena_array(rows->arena, header.count, sizeof(*column));
	for (size_t i = 0; i < header.count; i++) {
		column[i] = column_find(
		    rows->column, text_tidy(rows->arena, header.row[i]));
		if (column[i] == known)
			rows_fault(rows,
			    arena_printf(rows->arena, "%s:1", path),
			    header.row[i], "there is no such column");
	}
	while (csv_next(&csv, &record)) {
		const char **value = arena_array(
		    rows->arena, known + 1, sizeof(*value));
		const char *place = arena_printf(
		    rows->arena, "%s:%zu", path, csv.line);

		if (record.count != header.count)
			rows_fault(rows, place, "line",
			    "does not have as many fields as the header");
		for (size_t i = 0; i < record.count && i < header.count; i++)
			value[column[i]] = text_tidy(
			    rows->arena, record.row[i]);
		rows_add(rows, place, value);
	}
	if (csv.problem != NULL)
		fprintf(stderr, "hearth: %s:%zu: %s\n", path, csv.line,
		    csv.problem);
	return csv.problem == NULL;
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
object_read(struct rows *rows, const char *place, json_t *object)
{
	size_t known = columns_count(rows->column);
	const char **value = arena_array(
	    rows->arena, known + 1, sizeof(*value));
	const char *key;
	json_t *member;

	if (!json_is_object(object))
		rows_fault(
		    rows, place, "provider", "must be an object, in { and }");
	json_object_foreach(object, key, member)
	{
		size_t column = column_find(rows->column, key);

		value[column] = member_text(rows->arena, member);
		if (column == known)
			rows_fault(rows, place, arena_strdup(rows->arena, key),
			    "there is no such column");
		else if (value[column] == NULL && !json_is_null(member))
			rows_fault(rows, place, rows->column[column],
			    "must be a text, a whole number, true or false, "
			    "or a list of texts");
	}
	rows_add(rows, place, value);
}

static bool
json_read(struct rows *rows, const char *path, const char *text)
{
	json_error_t error;
	json_t *list = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	json_t *object;
	size_t i;

	if (list == NULL) {
		fprintf(stderr, "hearth: %s:%d: %s\n", path, error.line,
		    error.text);
		return false;
	}
	if (!json_is_array(list)) {
		fprintf(
		    stderr, "hearth: %s:1: must be a list, in [ and ]\n", path);
		json_decref(list);
		return false;
	}
	json_array_foreach(list, i, object)
	{
		object_read(rows,
		    arena_printf(rows->arena, "%s: [%zu]", path, i), object);
	}
	json_decref(list);
	return true;
}

bool
rows_read(struct arena *arena, const char *path, const char *text,
    const char *const *columns, struct rows *rows)
{
	static const char ending[] = ".json";
	size_t length = strlen(path), end = strlen(ending);

	*rows = (struct rows) { .arena = arena, .column = columns };
	if (length > end && text_equal(path + length - end, ending))
		return json_read(rows, path, text);
	return csv_read(rows, path, text);
}

const char *
row_text(const struct row *row, const char *column)
{
	const char *value = row->value[column_find(row->rows->column, column)];

	return value != NULL ? value : "";
}

bool
row_has(const struct row *row, const char *column)
{
	return *row_text(row, column) != '\0';
}

struct text_list
row_list(const struct row *row, const char *column)
{
	const char *text = row_text(row, column);
	size_t count = 1;
	const char **item;

	if (*text == '\0')
		return (struct text_list) { NULL, 0 };
	for (const char *at = text; *at != '\0'; at++)
		count += *at == ';';
	item = arena_array(row->rows->arena, count, sizeof(*item));
	for (size_t i = 0; i < count; i++) {
		size_t length = strcspn(text, ";");

		item[i] = text_tidy(row->rows->arena,
		    arena_strndup(row->rows->arena, text, length));
		text += length + (text[length] == ';');
	}
	return (struct text_list) { item, count };
}

bool
row_truth(const struct row *row, const char *column)
{
	const char *text = row_text(row, column);
	bool is_so = text_equal(text, "yes");

	if (!is_so && *text != '\0' && !text_equal(text, "no"))
		row_fault(row, column, "is not yes or no");
	return is_so;
}

int32_t
row_number(const struct row *row, const char *column, int32_t most)
{
	const char *text = row_text(row, column);
	int64_t number = 0;

	if (*text != '\0' && !text_to_int64(text, 0, most, &number))
		row_fault(row, column,
		    arena_printf(row->rows->arena,
			"is not a whole number from 0 to %" PRId32, most));
	return (int32_t)number;
}

int32_t
row_money(const struct row *row, const char *column)
{
	const char *text = row_text(row, column);
	int64_t pence = 0;

	if (*text != '\0' &&
	    (!money_parse(text, &pence) || pence > RATE_PENCE_MOST)) {
		row_fault(row, column, "is not an amount such as 21.92");
		return 0;
	}
	return (int32_t)pence;
}

static bool
date_read(const char *text, int32_t *date)
{
	int64_t year, month, day;
	char part[5] = { 0 };

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	memcpy(part, text, 4);
	if (!text_to_int64(part, 1900, 9999, &year))
		return false;
	memcpy(part, text + 5, 2);
	part[2] = '\0';
	if (!text_to_int64(part, 1, 12, &month))
		return false;
	memcpy(part, text + 8, 2);
	return text_to_int64(part, 1, 31, &day) &&
	       date_from((int32_t)year, (int32_t)month, (int32_t)day, date);
}

bool
rows_instant(const char *text, int64_t *instant)
{
	char day[11] = { 0 };
	int32_t date, minute = 0;
	size_t length = strlen(text);

	if (length < 10)
		return false;
	memcpy(day, text, 10);
	if (!date_read(day, &date))
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
row_date(const struct row *row, const char *column)
{
	const char *text = row_text(row, column);
	int32_t date = 0;

	if (*text != '\0' && !date_read(text, &date))
		row_fault(row, column, "is not a date such as 2026-12-02");
	return date;
}

int64_t
row_instant(const struct row *row, const char *column)
{
	const char *text = row_text(row, column);
	int64_t instant = 0;

	if (*text != '\0' && !rows_instant(text, &instant))
		row_fault(row, column,
		    "is not a date or a time such as 2026-12-02 08:00");
	return instant;
}

int32_t
row_minute(const struct row *row, const char *column, int32_t absent)
{
	const char *text = row_text(row, column);
	int32_t minute = absent;

	if (*text != '\0' && !time_parse(text, &minute))
		row_fault(row, column, "is not a time such as 08:00");
	return minute;
}

int32_t
rows_day(const char *name)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday", NULL };
	size_t day = column_find(names, name);

	return names[day] != NULL ? (int32_t)day : -1;
}

int32_t
row_days(const struct row *row, const char *column)
{
	struct text_list list = row_list(row, column);
	int32_t days = 0;

	for (size_t i = 0; i < list.count; i++) {
		int32_t day = rows_day(list.row[i]);

		if (day < 0)
			row_fault(row, column, "is not days, monday to sunday");
		else
			days |= 1 << day;
	}
	return days;
}
