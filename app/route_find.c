/* How a path finds its row of the site map. */
#include <string.h>

#include "base/arena.h"
#include "routes.h"

/* Parts of a path are letters, digits and "-._~": nothing to decode. */
static bool
is_part(const char *text, size_t length)
{
	size_t i;

	if (length == 0 || length > 64)
		return false;
	for (i = 0; i < length; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~",
			text[i]) == NULL)
			return false;
	return true;
}

static bool
pattern_fits(struct arena *arena, const char *pattern, const char *path,
    struct pair *parts, size_t *count)
{
	*count = 0;
	while (*pattern != '\0') {
		size_t name_length, length;

		if (*pattern != ':') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		name_length = strcspn(++pattern, "/");
		length = strcspn(path, "/");
		if (!is_part(path, length))
			return false;
		parts[*count].name = arena_strndup(arena, pattern, name_length);
		parts[*count].value = arena_strndup(arena, path, length);
		(*count)++;
		pattern += name_length;
		path += length;
	}
	return *path == '\0';
}

const struct route *
route_find(struct arena *arena, enum method method, const char *path,
    struct pair_list *parts, bool *other)
{
	enum { MOST_PARTS = 4 };
	struct pair *rows = arena_array(arena, MOST_PARTS, sizeof(*rows));
	size_t i, count;

	*other = false;
	for (i = 0; i < route_count; i++) {
		if (!pattern_fits(arena, routes[i].pattern, path, rows, &count))
			continue;
		if (routes[i].method != method) {
			*other = true;
			continue;
		}
		parts->row = rows;
		parts->count = count;
		return &routes[i];
	}
	return NULL;
}
