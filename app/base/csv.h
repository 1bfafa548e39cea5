/*
 * Comma-separated values as spreadsheets write them (RFC 4180): fields may be
 * in quotation marks, with those inside doubled; lines end in LF or CRLF.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

struct csv {
	struct arena *arena;
	const char **field; /* of the record last read */
	const char *rest;
	size_t line; /* of the record last read, from 1 */
	size_t next_line;
	const char *problem; /* a sentence, or NULL */
};

/* Starts at the first record of a text; a byte order mark is passed over. */
struct csv csv_new(struct arena *arena, const char *text);

/*
 * The next record that is not an empty line, its fields in the arena and their
 * list good until the next call. False at the end, and when it cannot be read:
 * then `problem` says why.
 */
bool csv_next(struct csv *csv, struct text_list *record);

#endif
