/*
 * Reading a file that people wrote, with every fault gathered in a sentence
 * that names its place; and the members of a JSON document, one kind each.
 */
#ifndef BASE_DOCUMENT_H
#define BASE_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { READING_FAULTS = 64 };

struct reading {
	struct arena *arena;
	const char *file;   /* begins every fault; "" where there is none */
	const char **fault; /* room for READING_FAULTS */
	size_t fault_count;
};

struct reading reading_new(struct arena *arena, const char *file);

/* Adds "place: sentence"; those beyond the room are left out. */
void reading_fault(struct reading *reading, const char *place,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds "file:7: field: sentence", or without the field when it is NULL. */
void reading_fault_at(struct reading *reading, size_t line, const char *field,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The text of the reading's file; NULL, with its fault, when there is none. */
const char *reading_file(struct reading *reading, size_t maximum);

/* The document of a text, for json_decref(); NULL, with its fault, if none. */
json_t *reading_parse(struct reading *reading, const char *text);

/* "sending.mode" of "sending" and "mode"; the key alone in the document. */
const char *reading_place(
    struct reading *reading, const char *place, const char *key);

/* Says so when the object has a key that is not in the list, NULL at its end. */
void reading_keys(struct reading *reading, json_t *object, const char *place,
    const char *const *known);

/* A member that is an object; NULL when absent or something else. */
json_t *reading_object(
    struct reading *reading, json_t *object, const char *key, bool is_required);

/* A member that is a list; NULL when absent or something else. */
json_t *reading_list(struct reading *reading, json_t *object, const char *place,
    const char *key);

/* The same of `most` members; a longer one is none, with its fault. */
json_t *reading_rows(struct reading *reading, json_t *object, const char *place,
    const char *key, size_t most);

/*
 * The member of a list that is an object, and its place "rates[2]"; NULL, with
 * its fault, when it is something else.
 */
json_t *reading_row(struct reading *reading, json_t *list,
    const char *list_place, size_t index, const char **place);

/* A whole number of at least 0; `absent` when it is not there. */
int64_t reading_number(struct reading *reading, json_t *object,
    const char *place, const char *key, int64_t maximum, int64_t absent);

/* False when it is not there. */
bool reading_truth(struct reading *reading, json_t *object, const char *place,
    const char *key);

/* A text in the arena; NULL, with its fault, when it is not there. */
const char *reading_text(struct reading *reading, json_t *object,
    const char *place, const char *key);

/* A text in the arena; NULL, without a fault, when it is not there. */
const char *reading_optional(struct reading *reading, json_t *object,
    const char *place, const char *key);

#endif
