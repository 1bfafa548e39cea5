/*
 * Faults with their place, and values as files write them.
 */
#include "rates/reading.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "matching/words.h"

enum { MINUTE_SECONDS = 60, DATE_LENGTH = 10, NAMES_SHOWN = 8 };

struct reading
reading_new(struct arena *arena)
{
	return (struct reading) { arena,
		arena_array(arena, READING_FAULTS, sizeof(const char *)), 0 };
}

void
reading_fault(
    struct reading *reading, const char *place, const char *format, ...)
{
	const char *text;
	va_list args;

	if (reading->fault_count == READING_FAULTS)
		return;
	va_start(args, format);
	text = arena_vprintf(reading->arena, format, args);
	va_end(args);
	reading->fault[reading->fault_count++] = arena_printf(
	    reading->arena, "%s: %s", place, text);
}

struct rate_faults
reading_faults(const struct reading *reading)
{
	return (struct rate_faults) { reading->fault, reading->fault_count };
}

/* Exactly `count` digits. */
static bool
digits(const char *text, size_t count, int32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

bool
reading_date(const char *text, int32_t *date)
{
	int32_t year, month, day;

	if (strlen(text) != DATE_LENGTH || text[4] != '-' || text[7] != '-' ||
	    !digits(text, 4, &year) || !digits(text + 5, 2, &month) ||
	    !digits(text + 8, 2, &day) || !date_from(year, month, day, date))
		return false;
	*date -= DATE_1970; /* as app/matching counts them */
	return true;
}

bool
reading_length(const char *text, int32_t *seconds)
{
	size_t minutes = strspn(text, "0123456789");
	int32_t rest = 0, number;

	if (minutes == 0 || minutes > 4 || !digits(text, minutes, &number))
		return false;
	if (text[minutes] == ':' && (strlen(text) != minutes + 3 ||
					!digits(text + minutes + 1, 2, &rest) ||
					rest >= MINUTE_SECONDS))
		return false;
	if (text[minutes] != ':' && text[minutes] != '\0')
		return false;
	*seconds = number * MINUTE_SECONDS + rest;
	return true;
}

int
reading_name(const struct rate_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->name[i], name) == 0)
			return (int)i;
	return RATE_NONE;
}

int
reading_rurality(const char *name)
{
	for (int i = 0; i < RURALITY_COUNT; i++)
		if (strcmp(rate_rurality_name((enum rate_rurality)i), name) ==
		    0)
			return i;
	return RATE_NONE;
}

const char *
reading_names(struct arena *arena, const struct rate_names *names)
{
	if (names->count == 0)
		return "none at all";
	if (names->count > NAMES_SHOWN)
		return "those of the rate card";
	return words_list(arena, names->name, names->count);
}

const char *
rate_file_read(
    struct arena *arena, const char *path, size_t maximum, const char **problem)
{
	FILE *file = fopen(path, "re");
	struct buffer text = buffer_new(arena, 4096, maximum + 65536);
	char part[16384];
	size_t length;

	*problem = NULL;
	if (file == NULL) {
		*problem = arena_printf(
		    arena, "cannot be opened: %s", strerror(errno));
		return NULL;
	}
	while (text.length <= maximum &&
	       (length = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(&text, part, length);
	if (ferror(file) != 0)
		*problem = arena_printf(
		    arena, "cannot be read: %s", strerror(errno));
	else if (text.length > maximum)
		*problem = arena_printf(
		    arena, "is larger than %zu bytes", maximum);
	else if (!text_is_utf8(text.data, text.length))
		*problem = "is not UTF-8 text";
	fclose(file);
	return *problem == NULL ? text.data : NULL;
}
