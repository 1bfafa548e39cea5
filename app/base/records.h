/*
 * Records of a file that has named columns: CSV, whose first line names them,
 * or JSON, a list of objects. Both become texts by column, so that a column
 * means the same wherever it stands. Every fault names the file, the line (of
 * JSON the place in its list) and the column.
 */
#ifndef BASE_RECORDS_H
#define BASE_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/document.h"
#include "base/text.h"

/* Where is_required, every record has a value of it. */
struct record_column {
	const char *name;
	bool is_required;
};

/*
 * Ends a list of columns, as a NULL name does, and lets a file have others
 * too, which are not looked at.
 */
#define RECORD_OTHERS "*"

struct record {
	struct records *records;
	size_t place;             /* its line; of JSON its index */
	const char *const *value; /* by column, tidied; NULL = not given */
};

/* Its records point to it, so it stays where it was read. */
struct records {
	struct reading *reading;
	const struct record_column *column;
	size_t column_count;
	bool is_json;
	bool is_open; /* may have other columns */
	struct record *row;
	size_t count;
};

/*
 * Reads the text of the file that the reading is of: JSON when its name ends
 * in .json, else CSV. Columns that are not in the list are faults, so that a
 * misspelt one is found.
 */
void records_read(struct reading *reading, const char *text,
    const struct record_column *columns, struct records *records);

/* Says what is wrong with a field of a record, behind its value. */
void record_fault(const struct record *record, size_t column,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The fields by kind; what is not given is "", false, 0 or `absent`. */
bool record_has(const struct record *record, size_t column);
const char *record_text(const struct record *record, size_t column);
bool record_truth(const struct record *record, size_t column);
int64_t record_number(const struct record *record, size_t column, int64_t least,
    int64_t most, int64_t absent);
int32_t record_date(const struct record *record, size_t column);
int64_t record_instant(const struct record *record, size_t column);
int32_t record_minute(
    const struct record *record, size_t column, int32_t absent);

/* "12.34" in hundredths, and money in pence, of at most `most`. */
int64_t record_hundredths(
    const struct record *record, size_t column, int64_t most);
int64_t record_pence(const struct record *record, size_t column, int64_t most);

/* Parted by ";": texts, and days of the week as bits from Monday. */
struct text_list record_list(const struct record *record, size_t column);
int32_t record_days(const struct record *record, size_t column);

/* 0 for "monday" to 6 for "sunday", or -1. */
int32_t records_day(const char *name);

/* "2026-12-02" as its midnight, or "2026-12-02 08:00", in London. */
bool records_instant(const char *text, int64_t *instant);

#endif
