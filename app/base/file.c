/* Files as texts. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { PIECE = 65536 };

const char *
file_read(
    struct arena *arena, const char *path, size_t maximum, const char **problem)
{
	struct buffer text = buffer_new(arena, PIECE, maximum + PIECE + 1);
	FILE *file = fopen(path, "re");
	char piece[PIECE];
	size_t length;

	*problem = NULL;
	if (file == NULL) {
		*problem = arena_printf(
		    arena, "%s cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	while (text.length <= maximum &&
	       (length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_add(&text, piece, length);
	if (ferror(file) != 0)
		*problem = arena_printf(
		    arena, "%s cannot be read: %s", path, strerror(errno));
	else if (text.length > maximum)
		*problem = arena_printf(
		    arena, "%s is larger than %zu bytes", path, maximum);
	else if (!text_is_utf8(text.data, text.length))
		*problem = arena_printf(arena, "%s is not UTF-8 text", path);
	fclose(file);
	return *problem == NULL ? text.data : NULL;
}
