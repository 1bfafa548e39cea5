/* Members of a JSON document, one kind each. */
#include "policies/document.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"

void
document_fault(
    struct reading *reading, const char *place, const char *format, ...)
{
	va_list args;

	if (reading->fault_count == READING_FAULTS)
		return;
	va_start(args, format);
	reading->fault[reading->fault_count++] = arena_printf(reading->arena,
	    "%s: %s", place, arena_vprintf(reading->arena, format, args));
	va_end(args);
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
			document_fault(reading,
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
		document_fault(reading, key, "is missing");
	else if (value != NULL && !json_is_object(value))
		document_fault(reading, key, "must be an object, in { and }");
	return json_is_object(value) ? value : NULL;
}

json_t *
reading_list(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_array(value))
		document_fault(reading, reading_place(reading, place, key),
		    "must be a list, in [ and ]");
	return json_is_array(value) ? value : NULL;
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
		document_fault(reading, reading_place(reading, place, key),
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
		document_fault(reading, reading_place(reading, place, key),
		    "must be true or false");
	return json_is_true(value);
}

const char *
reading_text(
    struct reading *reading, json_t *object, const char *place, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL)
		document_fault(
		    reading, reading_place(reading, place, key), "is missing");
	else if (!json_is_string(value))
		document_fault(reading, reading_place(reading, place, key),
		    "must be a text, in quotation marks");
	return json_is_string(value)
	           ? arena_strdup(reading->arena, json_string_value(value))
	           : NULL;
}
