/* Reading comma-separated values, one record at a time. */
#include "base/csv.h"

#include <string.h>

#include "base/arena.h"

enum { FIELDS = 256 };

struct csv
csv_new(struct arena *arena, const char *text)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (text_starts_with(text, mark))
		text += strlen(mark);
	return (struct csv) { .arena = arena,
		.field = arena_array(arena, FIELDS, sizeof(const char *)),
		.rest = text,
		.next_line = 1 };
}

static bool
line_end_skip(struct csv *csv)
{
	if (csv->rest[0] == '\r' && csv->rest[1] == '\n')
		csv->rest++;
	if (*csv->rest != '\n')
		return false;
	csv->rest++;
	csv->next_line++;
	return true;
}

/* Whether a field may end here: before a comma, a line's end, or the end. */
static bool
is_field_end(const char *text)
{
	if (*text == '\r')
		return text[1] == '\n' || text[1] == '\0';
	return *text == ',' || *text == '\n' || *text == '\0';
}

/* A field within quotation marks, from behind the first of them. */
static const char *
quoted_read(struct csv *csv)
{
	const char *from = csv->rest;
	char *field, *to;

	for (; *csv->rest != '\0'; csv->rest++) {
		if (*csv->rest == '"' && *++csv->rest != '"')
			break;
		csv->next_line += *csv->rest == '\n';
	}
	field = to = arena_alloc(csv->arena, (size_t)(csv->rest - from) + 1);
	if (csv->rest == from || csv->rest[-1] != '"' ||
	    !is_field_end(csv->rest)) {
		csv->problem = *csv->rest == '\0'
		                   ? "a quotation mark is not closed"
		                   : "a quotation mark closes before the field "
		                     "ends";
		return NULL;
	}
	for (; from < csv->rest - 1; from++) {
		*to++ = *from;
		from += *from == '"';
	}
	return field;
}

static const char *
plain_read(struct csv *csv)
{
	size_t length = strcspn(csv->rest, ",\n");
	size_t kept = length;
	const char *field;

	if (kept > 0 && csv->rest[length] != ',' && csv->rest[kept - 1] == '\r')
		kept--;
	if (memchr(csv->rest, '"', kept) != NULL) {
		csv->problem = "a quotation mark is inside a field that does "
			       "not begin with one";
		return NULL;
	}
	field = arena_strndup(csv->arena, csv->rest, kept);
	csv->rest += kept;
	return field;
}

bool
csv_next(struct csv *csv, struct text_list *record)
{
	const char **field = csv->field;
	size_t count = 0;

	while (line_end_skip(csv))
		continue;
	csv->line = csv->next_line;
	if (*csv->rest == '\0' || csv->problem != NULL)
		return false;
	do {
		if (count == FIELDS) {
			csv->problem = "has more than 256 fields";
			return false;
		}
		if (count > 0)
			csv->rest++;
		if (*csv->rest == '"') {
			csv->rest++;
			field[count] = quoted_read(csv);
		} else {
			field[count] = plain_read(csv);
		}
		if (field[count++] == NULL)
			return false;
	} while (*csv->rest == ',');
	if (!line_end_skip(csv) && *csv->rest == '\r')
		csv->rest++;
	*record = (struct text_list) { field, count };
	return true;
}
