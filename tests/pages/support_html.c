/* See support_html.h. Reads what our own templates write, not any HTML. */
#include "support_html.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

enum { DEEPEST = 200, MOST_IDS = 4000, NAME_SIZE = 32 };

struct reading {
	struct arena *arena;
	const char *cursor;
	const char *fault;
	char open[DEEPEST][NAME_SIZE];
	int depth;
	const char *ids[MOST_IDS];
	size_t id_count;
	const char *wanted[MOST_IDS]; /* ids that something points to */
	size_t wanted_count;
	int h1_count;
	int main_count;
	bool has_language;
	bool has_title;
};

static bool
is_void(const char *name)
{
	static const char *const names[] = { "area", "base", "br", "col",
		"embed", "hr", "img", "input", "link", "meta", "source",
		"track", "wbr" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Each word of an attribute that lists ids. */
static void
wanted_add(struct reading *page, const char *value)
{
	while (*value != '\0') {
		size_t length = strcspn(value, " ");

		if (length > 0 && page->wanted_count < MOST_IDS)
			page->wanted[page->wanted_count++] = arena_strndup(
			    page->arena, value, length);
		value += length + strspn(value + length, " ");
	}
}

static void
id_add(struct reading *page, const char *value)
{
	size_t i;

	for (i = 0; i < page->id_count; i++)
		if (strcmp(page->ids[i], value) == 0)
			page->fault = arena_printf(
			    page->arena, "id %s is there twice", value);
	if (page->id_count < MOST_IDS)
		page->ids[page->id_count++] = value;
}

static void
attribute_read(
    struct reading *page, const char *tag, const char *name, const char *value)
{
	if (strcmp(name, "id") == 0)
		id_add(page, value);
	if (strcmp(name, "lang") == 0 && strcmp(tag, "html") == 0)
		page->has_language = *value != '\0';
	if ((strcmp(name, "for") == 0 && strcmp(tag, "label") == 0) ||
	    strcmp(name, "aria-describedby") == 0 ||
	    strcmp(name, "aria-labelledby") == 0)
		wanted_add(page, value);
	if (strcmp(name, "href") == 0 && value[0] == '#' && value[1] != '\0')
		wanted_add(page, value + 1);
	if (strcmp(name, "style") == 0 || strncmp(name, "on", 2) == 0)
		page->fault = arena_printf(
		    page->arena, "inline %s in <%s>", name, tag);
}

/* The attributes up to the end of the tag; true when it closes itself. */
static bool
attributes_read(struct reading *page, const char *tag)
{
	while (true) {
		const char *value = "", *name;
		size_t length;

		page->cursor += strspn(page->cursor, " \t\r\n");
		if (strncmp(page->cursor, "/>", 2) == 0) {
			page->cursor += 2;
			return true;
		}
		if (*page->cursor == '>' || *page->cursor == '\0') {
			page->cursor += *page->cursor == '>';
			return false;
		}
		length = strcspn(page->cursor, "= \t\r\n>");
		name = arena_strndup(page->arena, page->cursor, length);
		page->cursor += length == 0 ? 1 : length;
		if (strncmp(page->cursor, "=\"", 2) == 0) {
			page->cursor += 2;
			length = strcspn(page->cursor, "\"");
			value = arena_strndup(
			    page->arena, page->cursor, length);
			page->cursor += length + (page->cursor[length] == '"');
		}
		attribute_read(page, tag, name, value);
	}
}

static void
element_open(struct reading *page, const char *name)
{
	bool is_closed = attributes_read(page, name);

	page->h1_count += strcmp(name, "h1") == 0;
	page->main_count += strcmp(name, "main") == 0;
	if (strcmp(name, "title") == 0)
		page->has_title = page->cursor[0] != '<';
	if (is_closed || is_void(name))
		return;
	if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0) {
		const char *closing = strstr(page->cursor, "</");

		page->cursor = closing != NULL ? closing : "";
	}
	if (page->depth == DEEPEST) {
		page->fault = "elements nest too deep";
		return;
	}
	snprintf(page->open[page->depth++], NAME_SIZE, "%s", name);
}

static void
element_close(struct reading *page, const char *name)
{
	page->cursor += strcspn(page->cursor, ">");
	page->cursor += *page->cursor == '>';
	if (page->depth == 0 || strcmp(page->open[page->depth - 1], name) != 0)
		page->fault = arena_printf(page->arena, "</%s> closes <%s>",
		    name, page->depth == 0 ? "" : page->open[page->depth - 1]);
	else
		page->depth--;
}

static void
tag_read(struct reading *page)
{
	bool is_end = page->cursor[1] == '/';
	char name[NAME_SIZE] = "";
	size_t length;

	if (strncmp(page->cursor, "<!--", 4) == 0) {
		const char *closing = strstr(page->cursor, "-->");

		page->cursor = closing != NULL ? closing + 3 : "";
		return;
	}
	if (page->cursor[1] == '!') {
		page->cursor += strcspn(page->cursor, ">");
		return;
	}
	page->cursor += is_end ? 2 : 1;
	length = strcspn(page->cursor, " \t\r\n/>");
	if (length > 0 && length < sizeof(name))
		memcpy(name, page->cursor, length);
	page->cursor += length;
	if (name[0] == '\0')
		page->fault = "a < that begins no tag";
	else if (is_end)
		element_close(page, name);
	else
		element_open(page, name);
}

static const char *
whole_fault(const struct reading *page)
{
	size_t i, j;

	if (page->depth != 0)
		return arena_printf(page->arena, "<%s> is not closed",
		    page->open[page->depth - 1]);
	if (page->h1_count != 1 || page->main_count != 1)
		return arena_printf(page->arena, "%d h1 and %d main",
		    page->h1_count, page->main_count);
	if (!page->has_title || !page->has_language)
		return "no title or no language";
	for (i = 0; i < page->wanted_count; i++) {
		for (j = 0; j < page->id_count; j++)
			if (strcmp(page->wanted[i], page->ids[j]) == 0)
				break;
		if (j == page->id_count)
			return arena_printf(page->arena,
			    "nothing has the id %s", page->wanted[i]);
	}
	return NULL;
}

const char *
html_fault(struct arena *arena, const char *text)
{
	struct reading *page = arena_alloc(arena, sizeof(*page));

	page->arena = arena;
	page->cursor = text;
	if (strncasecmp(text, "<!doctype html>", 15) != 0)
		return "no doctype";
	while (page->fault == NULL && *page->cursor != '\0') {
		page->cursor += strcspn(page->cursor, "<");
		if (*page->cursor == '<')
			tag_read(page);
	}
	return page->fault != NULL ? page->fault : whole_fault(page);
}
