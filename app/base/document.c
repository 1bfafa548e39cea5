/* Faults with their place, and members of a JSON document. */
#include "base/document.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

struct reading
reading_new(struct arena *arena, const char *file)
{
	return (struct reading) { arena, file,
		arena_array(arena, READING_FAULTS, sizeof(const char *)), 0 };
}

static void
fault_add(struct reading *reading, const char *place, const char *format,
    va_list args)
{
	reading->fault[reading->fault_count++] = arena_printf(reading->arena,
	    "%s: %s", place, arena_vprintf(reading->arena, format, args));
}

/* Thousands of bad rows say no more than the first ones. */
static bool
is_full(const struct reading *reading)
{
	return reading->fault_count == READING_FAULTS;
}

void
reading_fault(
    struct reading *reading, const char *place, const char *format, ...)
{
	va_list args;

	if (is_full(reading))
		return;
	if (*reading->file != '\0')
		place = arena_printf(
		    reading->arena, "%s: %s", reading->file, place);
	va_start(args, format);
	fault_add(reading, place, format, args);
	va_end(args);
}

void
reading_fault_at(struct reading *reading, size_t line, const char *field,
    const char *format, ...)
{
	va_list args;

	if (is_full(reading))
		return;
	va_start(args, format);
	fault_add(reading,
	    arena_printf(reading->arena, "%s:%zu%s%s", reading->file, line,
		field != NULL ? ": " : "", field != NULL ? field : ""),
	    format, args);
	va_end(args);
}

const char *
reading_file(struct reading *reading, size_t maximum)
{
	const char *problem;
	const char *text = file_read(
	    reading->arena, reading->file, maximum, &problem);

	/* The problem begins with the path. */
	if (text == NULL && !is_full(reading))
		reading->fault[reading->fault_count++] = problem;
	return text;
}

json_t *
reading_parse(struct reading *reading, const char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (root != NULL)
		return root;
	if (*reading->file != '\0')
		reading_fault_at(reading,
		    error.line > 0 ? (size_t)error.line : 1, NULL, "%s",
		    error.text);
	else
		reading_fault(reading,
		    arena_printf(reading->arena, "line %d, column %d",
			error.line, error.column),
		    "%s", error.text);
	return NULL;
}

const char *
reading_place(struct reading *reading, const char *place, const char *key)
{
	if (*place == '\0')
		return key;
	return arena_printf(reading->arena, "%s.%s", place, key);
}

void
reading_keys(struct reading *reading, json_t *object, const char *place,
    const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		size_t i = 0;

		while (known[i] != NULL && strcmp(known[i], key) != 0)
			i++;
		if (known[i] == NULL)
			reading_fault(reading,
			    reading_place(reading, place, key),
			    "there is no such key here");
	}
}

json_t *
reading_object(
    struct reading *reading, json_t *object, const char *key, bool is_required)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL && is_required)
		reading_fault(reading, key, "is missing");
	else if (value != NULL && !json_is_object(value))
		reading_fault(reading, key, "must be an object, in { and }");
	return json_is_object(value) ? value : NULL;
}

json_t *
reading_list(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_array(value))
		reading_fault(reading, reading_place(reading, place, key),
		    "must be a list, in [ and ]");
	return json_is_array(value) ? value : NULL;
}

json_t *
reading_rows(struct reading *reading, json_t *object, const char *place,
    const char *key, size_t most)
{
	json_t *list = reading_list(reading, object, place, key);

	if (json_array_size(list) <= most)
		return list;
	reading_fault(reading, reading_place(reading, place, key),
	    "has %zu members; %zu are the most", json_array_size(list), most);
	return NULL;
}

json_t *
reading_row(struct reading *reading, json_t *list, const char *list_place,
    size_t index, const char **place)
{
	json_t *object = json_array_get(list, index);

	*place = arena_printf(reading->arena, "%s[%zu]", list_place, index);
	if (json_is_object(object))
		return object;
	reading_fault(reading, *place, "must be an object, in { and }");
	return NULL;
}

int64_t
reading_number(struct reading *reading, json_t *object, const char *place,
    const char *key, int64_t maximum, int64_t absent)
{
	json_t *value = json_object_get(object, key);
	int64_t number = json_integer_value(value);

	if (value == NULL)
		return absent;
	if (!json_is_integer(value) || number < 0 || number > maximum) {
		reading_fault(reading, reading_place(reading, place, key),
		    "must be a whole number from 0 to %" PRId64, maximum);
		return absent;
	}
	return number;
}

bool
reading_truth(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_boolean(value))
		reading_fault(reading, reading_place(reading, place, key),
		    "must be true or false");
	return json_is_true(value);
}

const char *
reading_text(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL)
		reading_fault(
		    reading, reading_place(reading, place, key), "is missing");
	else if (!json_is_string(value))
		reading_fault(reading, reading_place(reading, place, key),
		    "must be a text, in quotation marks");
	return json_is_string(value)
	           ? arena_strdup(reading->arena, json_string_value(value))
	           : NULL;
}

const char *
reading_optional(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	if (json_object_get(object, key) == NULL)
		return NULL;
	return reading_text(reading, object, place, key);
}
