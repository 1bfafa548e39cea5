/*
 * Paths through the site map: a path that has a row names every part of its
 * pattern, and parts hold neither slashes nor escapes.
 */
#include "fuzz.h"

#include <string.h>

#include "routes.h"

static size_t
part_count(const char *pattern)
{
	size_t count = 0;

	while ((pattern = strstr(pattern, "/:")) != NULL) {
		pattern++;
		count++;
	}
	return count;
}

static const struct route *
find(struct arena *arena, enum method method, const char *path, bool *other)
{
	struct pair_list parts = { NULL, 0 };
	const struct route *route;
	size_t i;

	route = route_find(arena, method, path, &parts, other);
	if (route == NULL)
		return NULL;
	ENSURE(route->method == method);
	ENSURE(parts.count == part_count(route->pattern));
	for (i = 0; i < parts.count; i++) {
		const char *value = parts.row[i].value;

		ENSURE(*value != '\0' && strlen(value) <= 64);
		ENSURE(strpbrk(value, "/%?#\"<>&' ") == NULL);
	}
	return route;
}

/* The input as a path, and as what stands for a part of each pattern. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size);
	bool other = false;
	size_t i;

	if (find(arena, POST, text, &other) == NULL && other)
		ENSURE(find(arena, GET, text, &other) != NULL);
	for (i = 0; i < route_count; i++) {
		const char *pattern = routes[i].pattern;
		size_t before = strcspn(pattern, ":");
		const char *after = strchr(pattern + before, '/');

		find(arena, routes[i].method,
		    arena_printf(arena, "%.*s%s%s", (int)before, pattern, text,
			after != NULL ? after : ""),
		    &other);
	}
	return 0;
}
