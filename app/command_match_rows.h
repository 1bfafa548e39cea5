/*
 * Rows of a CSV or JSON file, as texts by column, for the commands of
 * `hearth match`. Every fault goes to standard error with its file, line (of
 * CSV; of JSON the place in its list) and field.
 */
#ifndef COMMAND_MATCH_ROWS_H
#define COMMAND_MATCH_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

struct row {
	struct rows *rows;
	const char *place;        /* "providers.csv:3" */
	const char *const *value; /* by the columns known; NULL = not given */
};

struct rows {
	struct arena *arena;
	const char *const *column; /* those known, NULL at the end */
	struct row *row;
	size_t count;
	size_t fault_count;
};

/*
 * Reads the text of a file: JSON when its name ends in .json, else CSV whose
 * first line names the columns. False when it cannot be read at all; columns
 * that are not known are faults.
 */
bool rows_read(struct arena *arena, const char *path, const char *text,
    const char *const *columns, struct rows *rows);

/* Says what is wrong with a field, with its value. */
void row_fault(const struct row *row, const char *column, const char *problem);

/* The fields by kind; what is not given is "", false or 0. */
bool row_has(const struct row *row, const char *column);
const char *row_text(const struct row *row, const char *column);
struct text_list row_list(const struct row *row, const char *column);
bool row_truth(const struct row *row, const char *column);
int32_t row_number(const struct row *row, const char *column, int32_t most);
int32_t row_money(const struct row *row, const char *column);
int32_t row_date(const struct row *row, const char *column);
int64_t row_instant(const struct row *row, const char *column);
int32_t row_minute(const struct row *row, const char *column, int32_t absent);
int32_t row_days(const struct row *row, const char *column); /* bits */

/* 0 for "monday" to 6 for "sunday", or -1. */
int32_t rows_day(const char *name);

/* "2026-12-02" as its midnight, or "2026-12-02 08:00", in London. */
bool rows_instant(const char *text, int64_t *instant);

#endif
