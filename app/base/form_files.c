/*
 * The decoder of multipart/form-data, in which files are sent (RFC 7578).
 * Strict as form_decode(): whatever is odd makes the whole input bad.
 */
#include "base/form.h"

#include <string.h>

#include "base/arena.h"

enum {
	PARTS_MAXIMUM = 400,
	NAME_MAXIMUM = 64,
	FILE_NAME_MAXIMUM = 255,
	VALUE_MAXIMUM = 64 * 1024,
	BOUNDARY_MAXIMUM = 70,
};

/* What is left to read, and the line "--BOUNDARY" that parts it. */
struct multipart {
	struct arena *arena;
	const char *rest;
	const char *end;
	const char *delimiter;
	size_t delimiter_length;
	struct pair *pairs;
	size_t pair_count;
	struct file_part *files;
	size_t file_count;
};

/* "--BOUNDARY" of the content type, in the arena; NULL when there is none. */
static const char *
delimiter_of(struct arena *arena, const char *content_type)
{
	static const char mark[] = "boundary=";
	const char *found = strstr(content_type, mark);
	size_t length;
	bool is_quoted;

	if (found == NULL)
		return NULL;
	found += sizeof(mark) - 1;
	is_quoted = *found == '"';
	found += is_quoted;
	length = strcspn(found, is_quoted ? "\"" : "; \t");
	if (length == 0 || length > BOUNDARY_MAXIMUM)
		return NULL;
	return arena_printf(arena, "--%.*s", (int)length, found);
}

/* Takes what was awaited; false when something else stands there. */
static bool
take(struct multipart *body, const char *awaited, size_t length)
{
	if ((size_t)(body->end - body->rest) < length ||
	    memcmp(body->rest, awaited, length) != 0)
		return false;
	body->rest += length;
	return true;
}

/* What stands in quotation marks after `key`, or NULL. */
static const char *
quoted_of(struct arena *arena, const char *line, const char *key)
{
	const char *found = strstr(line, key);
	size_t length;

	if (found == NULL)
		return NULL;
	found += strlen(key);
	length = strcspn(found, "\"");
	return found[length] == '"' ? arena_strndup(arena, found, length)
	                            : NULL;
}

/*
 * Reads the lines above a part's content. False when one is too odd, or the
 * part has no name.
 */
static bool
header_read(struct multipart *body, const char **name, const char **file_name)
{
	static const char disposition[] = "content-disposition: form-data;";

	*name = *file_name = NULL;
	while (!take(body, "\r\n", 2)) {
		const char *end = memmem(
		    body->rest, (size_t)(body->end - body->rest), "\r\n", 2);
		size_t length = end != NULL ? (size_t)(end - body->rest) : 0;
		const char *line;

		if (end == NULL || !text_is_utf8(body->rest, length))
			return false;
		line = arena_strndup(body->arena, body->rest, length);
		body->rest = end + 2;
		if (strncasecmp(line, disposition, sizeof(disposition) - 1) !=
		    0)
			continue;
		*name = quoted_of(body->arena, line, "; name=\"");
		*file_name = quoted_of(body->arena, line, "; filename=\"");
	}
	return *name != NULL && **name != '\0' &&
	       strlen(*name) <= NAME_MAXIMUM &&
	       (*file_name == NULL || strlen(*file_name) <= FILE_NAME_MAXIMUM);
}

static bool
part_keep(struct multipart *body, const char *name, const char *file_name,
    const char *content, size_t length)
{
	if (file_name != NULL) {
		body->files[body->file_count++] = (struct file_part) { name,
			file_name, { (const unsigned char *)content, length } };
		return true;
	}
	if (length > VALUE_MAXIMUM || !text_is_utf8(content, length))
		return false;
	body->pairs[body->pair_count++] = (struct pair) { name,
		arena_strndup(body->arena, content, length) };
	return true;
}

/* One part, up to and with the delimiter that follows it. */
static bool
part_read(struct multipart *body)
{
	const char *name, *file_name, *content, *end;
	const char *mark = arena_printf(body->arena, "\r\n%s", body->delimiter);

	if (body->pair_count + body->file_count == PARTS_MAXIMUM ||
	    !take(body, "\r\n", 2) || !header_read(body, &name, &file_name))
		return false;
	content = body->rest;
	end = memmem(content, (size_t)(body->end - content), mark,
	    body->delimiter_length + 2);
	if (end == NULL ||
	    !part_keep(body, name, file_name, content, (size_t)(end - content)))
		return false;
	body->rest = end + body->delimiter_length + 2;
	return true;
}

bool
form_decode_files(struct arena *arena, const char *content_type,
    const char *data, size_t length, struct pair_list *pairs,
    struct file_list *files)
{
	struct multipart body = {
		.arena = arena,
		.rest = data,
		.end = data + length,
		.delimiter = delimiter_of(arena, content_type),
	};

	*pairs = (struct pair_list) { NULL, 0 };
	*files = (struct file_list) { NULL, 0 };
	if (body.delimiter == NULL)
		return false;
	body.delimiter_length = strlen(body.delimiter);
	body.pairs = arena_array(arena, PARTS_MAXIMUM, sizeof(*body.pairs));
	body.files = arena_array(arena, PARTS_MAXIMUM, sizeof(*body.files));
	if (!take(&body, body.delimiter, body.delimiter_length))
		return false;
	while (!take(&body, "--", 2))
		if (!part_read(&body))
			return false;
	*pairs = (struct pair_list) { body.pairs, body.pair_count };
	*files = (struct file_list) { body.files, body.file_count };
	return true;
}
