/*
 * Options out of JSON, and HTML brought to one form.
 */
#include "support_fixtures.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { HTML_MAXIMUM = 1024 * 1024, ATTRIBUTE_MAXIMUM = 32, NAME_SIZE = 64 };

/* The object that holds the last name of a path; NULL when there is none. */
static json_t *
holder_find(json_t *options, const char *path, char name[NAME_SIZE])
{
	while (json_is_object(options)) {
		size_t length = strcspn(path, ".");

		memcpy(name, path, length);
		name[length] = '\0';
		if (path[length] == '\0')
			return options;
		options = json_object_get(options, name);
		path += length + 1;
	}
	return NULL;
}

const char *
option_take(struct arena *arena, json_t *options, const char *path)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);
	json_t *value = json_object_get(holder, name);
	const char *text = NULL;

	if (json_is_string(value))
		text = arena_strdup(arena, json_string_value(value));
	else if (json_is_integer(value))
		text = arena_printf(
		    arena, "%" PRId64, (int64_t)json_integer_value(value));
	if (text != NULL)
		json_object_del(holder, name);
	return text;
}

bool
option_take_true(json_t *options, const char *path)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);

	json_t *value = json_object_get(holder, name);
	bool is_true = json_is_true(value);

	if (json_is_boolean(value))
		json_object_del(holder, name);
	return is_true;
}

int32_t
option_take_number(json_t *options, const char *path)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);
	json_t *value = json_object_get(holder, name);
	int32_t number = 0;

	if (json_is_integer(value))
		number = (int32_t)json_integer_value(value);
	else if (json_is_string(value))
		number = (int32_t)strtol(json_string_value(value), NULL, 10);
	if (number > 0)
		json_object_del(holder, name);
	return number;
}

const char *
option_take_suffix(
    struct arena *arena, json_t *options, const char *path, const char *prefix)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);
	const char *text = json_string_value(json_object_get(holder, name));

	if (text == NULL || strncmp(text, prefix, strlen(prefix)) != 0 ||
	    strchr(text, ' ') != NULL)
		return NULL;
	text = arena_strdup(arena, text + strlen(prefix));
	json_object_del(holder, name);
	return text;
}

struct text_list
option_take_list(struct arena *arena, json_t *options, const char *path)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);
	json_t *list = json_object_get(holder, name), *member;
	const char **row = arena_array(
	    arena, json_array_size(list) + 1, sizeof(*row));
	struct text_list taken = { row, 0 };
	size_t i;

	json_array_foreach(list, i, member)
	{
		if (!json_is_string(member))
			return (struct text_list) { NULL, 0 };
		row[taken.count++] = arena_strdup(
		    arena, json_string_value(member));
	}
	if (json_is_array(list))
		json_object_del(holder, name);
	return taken;
}

int32_t
number_of(const char *text)
{
	return text == NULL ? 0 : (int32_t)strtol(text, NULL, 10);
}

json_t *
option_list(json_t *options, const char *path)
{
	char name[NAME_SIZE];
	json_t *holder = holder_find(options, path, name);

	return json_object_get(holder, name);
}

const char *
option_left(struct arena *arena, const json_t *options)
{
	const char *name, *below;
	json_t *member;
	size_t i;

	json_object_foreach((json_t *)options, name, member)
	{
		if (json_is_null(member))
			continue;
		below = option_left(arena, member);
		if (below != NULL)
			return *below == '\0'
			           ? name
			           : arena_printf(arena, "%s.%s", name, below);
	}
	json_array_foreach(options, i, member)
	{
		below = option_left(arena, member);
		if (below != NULL)
			return below;
	}
	if (json_is_object(options) || json_is_array(options))
		return NULL;
	return "";
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Adds `length` bytes with white space made single, and none at the ends. */
static void
collapse(struct buffer *out, const char *text, size_t length)
{
	bool is_pending = false, is_begun = false;
	size_t i;

	for (i = 0; i < length; i++) {
		if (is_space(text[i])) {
			is_pending = is_begun;
			continue;
		}
		if (is_pending)
			buffer_byte(out, ' ');
		buffer_byte(out, text[i]);
		is_pending = false;
		is_begun = true;
	}
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One attribute from `*at`; moves over it. NULL at the end of the tag. */
static const char *
attribute_read(struct arena *arena, const char **at)
{
	struct buffer one = buffer_new(arena, 64, HTML_MAXIMUM);
	const char *name, *end;

	while (is_space(**at) || **at == '/')
		++*at;
	if (**at == '>' || **at == '\0')
		return NULL;
	name = *at;
	*at += strcspn(name, " \t\r\n=/>");
	buffer_add(&one, name, (size_t)(*at - name));
	if (**at != '=')
		return one.data;
	end = strchr(*at + 2, (*at)[1]);
	if (end == NULL)
		end = *at + strlen(*at) - 1;
	buffer_text(&one, "=\"");
	collapse(&one, *at + 2, (size_t)(end - *at - 2));
	buffer_byte(&one, '"');
	*at = end + 1;
	return one.data;
}

static const char *
tag_normal(struct arena *arena, struct buffer *out, const char *at)
{
	const char *attributes[ATTRIBUTE_MAXIMUM], *attribute;
	size_t count = 0, i, name = 1 + strcspn(at + 1, " \t\r\n>");

	buffer_add(out, at, name);
	at += name;
	while (count < ATTRIBUTE_MAXIMUM &&
	       (attribute = attribute_read(arena, &at)) != NULL)
		attributes[count++] = attribute;
	qsort(attributes, count, sizeof(*attributes), compare);
	for (i = 0; i < count; i++)
		buffer_printf(out, " %s", attributes[i]);
	buffer_text(out, ">\n");
	return *at == '>' ? at + 1 : at;
}

const char *
html_normal(struct arena *arena, const char *html)
{
	struct buffer out = buffer_new(arena, 1024, HTML_MAXIMUM);
	size_t before;

	while (*html != '\0') {
		size_t length = strcspn(html, "<");

		before = out.length;
		collapse(&out, html, length);
		if (out.length > before)
			buffer_byte(&out, '\n');
		html += length;
		if (*html == '<')
			html = tag_normal(arena, &out, html);
	}
	return out.data;
}
