/*
 * Reading the official files of places into the database: postcodes, how
 * rural they are, districts, a council's areas, bank holidays. Shared by the
 * parts of `hearth import`; each file is one transaction, all of it or none,
 * and read again it changes nothing.
 */
#ifndef AREAS_IMPORT_H
#define AREAS_IMPORT_H

#include "base/records.h"

struct arena;
struct db;

/* Rows that go to the database at once. */
enum { IMPORT_BATCH = 5000 };

struct import {
	struct db *db;
	struct arena *arena; /* of this file */
	struct reading reading;
	int64_t council; /* areas only, as the next two */
	const char *scheme;
	const char *scheme_name; /* NULL: the scheme must be there */
	bool shows_progress;
};

/*
 * Each reads the text of a file, notes its faults in the reading and, without
 * any, writes it. Gives what was done, in words, or NULL.
 */
typedef const char *(*import_reader)(struct import *import, const char *text);

/*
 * Code-Point Open, which has no header. Postcodes without a position are
 * passed over and counted.
 */
const char *import_postcodes(struct import *import, const char *text);

/* Columns postcode and rural (0, 1, 2; empty is not known), and others. */
const char *import_rurality(struct import *import, const char *text);

/* Columns district (a code) and name; others are not looked at. */
const char *import_districts(struct import *import, const char *text);

/*
 * Either the areas of a scheme, with columns code, name and aliases (parted
 * by ";"), or where they lie, with columns area (a name, code or alias) and
 * sector or postcode, and share_percent where a sector straddles several.
 */
const char *import_areas(struct import *import, const char *text);

/* The official JSON; of its divisions England and Wales. */
const char *import_holidays(struct import *import, const char *text);

/* The postcode of a record as it is written in full; NULL with a fault. */
const char *import_postcode(const struct record *record, size_t column);

/* Says how far a long file has got, to whoever sits at the terminal. */
void import_progress(const struct import *import, size_t count);

/* Texts that grow in an arena. */
struct import_texts {
	const char **row;
	size_t count;
	size_t size;
};

void import_texts_add(
    struct arena *arena, struct import_texts *texts, const char *text);

/* Rows from `from` on, IMPORT_BATCH at most. */
struct text_list import_batch(const struct import_texts *texts, size_t from);

/* Makes sectors of their postcodes; gives how many of them changed. */
int64_t import_sectors(
    const struct import *import, const struct import_texts *sectors);

#endif
