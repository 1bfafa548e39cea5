/*
 * What every typed text goes through before it is read: composed, trimmed,
 * and searched for characters that no page should show.
 */
#include "base/form_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

static bool
is_blank(utf8proc_int32_t character)
{
	return character == '\t' || character == '\n' || character == '\r' ||
	       character == 0x200B || character == 0xFEFF ||
	       utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
}

/* The length of the character at `text`, which is valid UTF-8. */
static size_t
character_at(const char *text, utf8proc_int32_t *character)
{
	return (size_t)utf8proc_iterate(
	    (const utf8proc_uint8_t *)text, -1, character);
}

bool
form_text_is_filled(const char *raw)
{
	utf8proc_int32_t character;

	while (*raw != '\0') {
		raw += character_at(raw, &character);
		if (!is_blank(character))
			return true;
	}
	return false;
}

char *
form_text_normal(struct arena *arena, const char *raw)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_int32_t character;
	size_t end = 0, at_byte = 0, length;
	char *text;

	if (utf8proc_map((const utf8proc_uint8_t *)raw, 0, &composed,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0) {
		fputs("form: a text could not be composed\n", stderr);
		abort();
	}
	text = text_tidy(arena, (const char *)composed);
	free(composed);
	while (*text != '\0') {
		length = character_at(text, &character);
		if (!is_blank(character))
			break;
		text += length;
	}
	while (text[at_byte] != '\0') {
		at_byte += character_at(text + at_byte, &character);
		if (!is_blank(character))
			end = at_byte;
	}
	text[end] = '\0';
	return text;
}

/*
 * Characters that no page should show: controls, and those that turn the
 * direction of what follows them.
 */
static bool
is_forbidden(utf8proc_int32_t character)
{
	if (character == '\n' || character == '\t')
		return false;
	return utf8proc_category(character) == UTF8PROC_CATEGORY_CC ||
	       (character >= 0x202A && character <= 0x202E) ||
	       (character >= 0x2066 && character <= 0x2069) ||
	       (character & 0xFFFE) == 0xFFFE;
}

bool
form_text_has_controls(const char *text)
{
	utf8proc_int32_t character;

	while (*text != '\0') {
		text += character_at(text, &character);
		if (is_forbidden(character))
			return true;
	}
	return false;
}

bool
form_text_has_lines(const char *text)
{
	return strchr(text, '\n') != NULL ||
	       strstr(text, "\xE2\x80\xA8") != NULL ||
	       strstr(text, "\xE2\x80\xA9") != NULL;
}
