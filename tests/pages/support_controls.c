/* See support_controls.h. Reads the markup of our own templates only. */
#include "support_controls.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/request.h"

enum { MOST_CONTROLS = 1000 };

/* Text without our escapes. */
static const char *
plain(struct arena *arena, const char *text, size_t length)
{
	static const char *const escapes[][2] = { { "&amp;", "&" },
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&#39;", "'" } };
	char *copy = arena_strndup(arena, text, length), *to = copy;
	const char *from = copy;
	size_t i;

	while (*from != '\0') {
		for (i = 0; i < 5; i++)
			if (strncmp(from, escapes[i][0],
				strlen(escapes[i][0])) == 0)
				break;
		*to++ = i < 5 ? *escapes[i][1] : *from;
		from += i < 5 ? strlen(escapes[i][0]) : 1;
	}
	*to = '\0';
	return copy;
}

/* The value of an attribute of a tag, or NULL. */
static const char *
attribute(struct arena *arena, const char *tag, const char *name)
{
	const char *start = strstr(tag, arena_printf(arena, " %s=\"", name));

	if (start == NULL)
		return NULL;
	start += strlen(name) + 3;
	return plain(arena, start, strcspn(start, "\""));
}

/* Whether the tag has an attribute without a value. */
static bool
has_word(struct arena *arena, const char *tag, const char *word)
{
	const char *found = strstr(tag, arena_printf(arena, " %s", word));

	return found != NULL && strchr(" ", found[strlen(word) + 1]) != NULL;
}

/* A tag by itself, from its bracket to before the closing one. */
static const char *
tag_cut(struct arena *arena, const char *tag)
{
	return arena_strndup(arena, tag, strcspn(tag, ">"));
}

static struct control *
control_add(struct control_list *list, enum control_kind kind, const char *name,
    const char *value, bool is_on)
{
	struct control *control = &list->row[list->count];

	if (list->count == MOST_CONTROLS)
		abort();
	list->count++;
	*control = (struct control) { kind, name, value, is_on };
	return control;
}

static void
input_read(struct arena *arena, const char *tag, struct control_list *list)
{
	const char *type = attribute(arena, tag, "type");
	const char *name = attribute(arena, tag, "name");
	const char *value = attribute(arena, tag, "value");
	bool is_checked = has_word(arena, tag, "checked");

	/* What is in a file is not typed. */
	if (name == NULL || has_word(arena, tag, "disabled") ||
	    strcmp(type, "file") == 0)
		return;
	if (value == NULL)
		value = "";
	if (strcmp(type, "radio") == 0)
		control_add(list, CONTROL_RADIO, name, value, is_checked);
	else if (strcmp(type, "checkbox") == 0)
		control_add(list, CONTROL_CHECKBOX, name, value, is_checked);
	else
		control_add(list,
		    strcmp(type, "hidden") == 0 ||
			    has_word(arena, tag, "hidden")
			? CONTROL_HIDDEN
		    : strcmp(type, "password") == 0 ? CONTROL_PASSWORD
						    : CONTROL_TEXT,
		    name, value, true);
}

/* A browser sends the first option when none is selected. */
static void
select_read(struct arena *arena, const char *tag, struct control_list *list)
{
	const char *name = attribute(arena, tag_cut(arena, tag), "name");
	const char *end = strstr(tag, "</select>");
	struct control *first = NULL;
	bool has_selected = false;

	while ((tag = strstr(tag, "<option")) != NULL && tag < end) {
		const char *cut = tag_cut(arena, tag);
		bool is_selected = has_word(arena, cut, "selected");
		struct control *option = control_add(list, CONTROL_RADIO, name,
		    attribute(arena, cut, "value"), is_selected);

		if (first == NULL)
			first = option;
		has_selected = has_selected || is_selected;
		tag++;
	}
	if (first != NULL && !has_selected)
		first->is_on = true;
}

struct control_list
controls_read(struct arena *arena, const char *page, const char *action)
{
	struct control_list list = {
		arena_array(arena, MOST_CONTROLS, sizeof(struct control)), 0
	};
	const char *form = strstr(page,
	    arena_printf(arena, "<form method=\"post\" action=\"%s\"", action));
	const char *end, *tag;

	if (form == NULL)
		return list;
	end = strstr(form, "</form>");
	for (tag = form; (tag = strchr(tag, '<')) != NULL && tag < end; tag++) {
		if (strncmp(tag, "<input ", 7) == 0) {
			input_read(arena, tag_cut(arena, tag), &list);
		} else if (strncmp(tag, "<select ", 8) == 0) {
			select_read(arena, tag, &list);
		} else if (strncmp(tag, "<textarea ", 10) == 0) {
			const char *text = strchr(tag, '>') + 1;

			control_add(&list, CONTROL_TEXT,
			    attribute(arena, tag_cut(arena, tag), "name"),
			    plain(arena, text,
				(size_t)(strstr(text, "</textarea>") - text)),
			    true);
		}
	}
	return list;
}

const char *
controls_body(struct arena *arena, struct control_list list)
{
	struct request r = { .arena = arena };
	struct buffer body = buffer_new(arena, 4096, 8 * 1024 * 1024);
	size_t i;

	for (i = 0; i < list.count; i++) {
		if (!list.row[i].is_on)
			continue;
		buffer_printf(&body, "%s%s=", body.length > 0 ? "&" : "",
		    url_encode(&r, list.row[i].name));
		buffer_text(&body, url_encode(&r, list.row[i].value));
	}
	return body.data;
}
