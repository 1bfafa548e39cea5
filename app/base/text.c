/*
 * Buffers in an arena and plain tests of text. Knows no locale: letters are
 * ASCII's, everything else is passed through as the bytes it is.
 */
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct buffer
buffer_new(struct arena *arena, size_t size, size_t maximum)
{
	struct buffer buffer = { .arena = arena, .maximum = maximum };

	buffer.size = size < 64 ? 64 : size;
	buffer.data = arena_alloc(arena, buffer.size);
	return buffer;
}

static void
buffer_reserve(struct buffer *buffer, size_t length)
{
	size_t size = buffer->size;
	char *data;

	if (length >= buffer->maximum ||
	    buffer->length > buffer->maximum - length) {
		fputs("buffer: passed its maximum\n", stderr);
		abort();
	}
	if (buffer->length + length < size)
		return;
	while (buffer->length + length >= size)
		size *= 2;
	data = arena_alloc(buffer->arena, size);
	memcpy(data, buffer->data, buffer->length);
	buffer->data = data;
	buffer->size = size;
}

void
buffer_add(struct buffer *buffer, const void *data, size_t length)
{
	if (length == 0)
		return;
	buffer_reserve(buffer, length);
	memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void
buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void
buffer_byte(struct buffer *buffer, char byte)
{
	buffer_add(buffer, &byte, 1);
}

void
buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_text(buffer, arena_vprintf(buffer->arena, format, args));
	va_end(args);
}

bool
text_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool
text_is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

bool
text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/*
 * How many bytes the character at `data` has, or 0 when it is not one.
 * The second byte's range shuts out overlongs, surrogates and > U+10FFFF.
 */
static size_t
utf8_character(const unsigned char *data, size_t length)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t size, i;

	if (data[0] >= 0x01 && data[0] <= 0x7F)
		return 1;
	if (data[0] >= 0xC2 && data[0] <= 0xDF)
		size = 2;
	else if (data[0] >= 0xE0 && data[0] <= 0xEF)
		size = 3;
	else if (data[0] >= 0xF0 && data[0] <= 0xF4)
		size = 4;
	else
		return 0;
	if (data[0] == 0xE0)
		low = 0xA0;
	else if (data[0] == 0xED)
		high = 0x9F;
	else if (data[0] == 0xF0)
		low = 0x90;
	else if (data[0] == 0xF4)
		high = 0x8F;
	if (length < size || data[1] < low || data[1] > high)
		return 0;
	for (i = 2; i < size; i++)
		if (data[i] < 0x80 || data[i] > 0xBF)
			return 0;
	return size;
}

bool
text_is_utf8(const char *data, size_t length)
{
	size_t i, size;

	for (i = 0; i < length; i += size) {
		size = utf8_character(
		    (const unsigned char *)data + i, length - i);
		if (size == 0)
			return false;
	}
	return true;
}

size_t
text_length(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xC0) != 0x80)
			count++;
	return count;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char *
text_tidy(struct arena *arena, const char *text)
{
	size_t length, i, used = 0;
	char *tidy;

	while (is_space(*text))
		text++;
	length = strlen(text);
	while (length > 0 && is_space(text[length - 1]))
		length--;
	tidy = arena_alloc(arena, length + 1);
	for (i = 0; i < length; i++) {
		if (text[i] != '\r')
			tidy[used++] = text[i];
		else if (text[i + 1] != '\n')
			tidy[used++] = '\n';
	}
	return tidy;
}

char *
text_upper(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *c;

	for (c = copy; *c != '\0'; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return copy;
}

char *
text_lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *c;

	for (c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

bool
text_to_int64(
    const char *text, int64_t minimum, int64_t maximum, int64_t *value)
{
	const char *digits = text;
	char *end;
	intmax_t number;

	if (text == NULL)
		return false;
	if (*digits == '-')
		digits++;
	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	number = strtoimax(text, &end, 10);
	if (errno != 0 || *end != '\0' || number < minimum || number > maximum)
		return false;
	*value = number;
	return true;
}

char *
text_number(struct arena *arena, int64_t number)
{
	char digits[32];
	const int length = snprintf(digits, sizeof(digits), "%" PRId64, number);
	const int sign = number < 0 ? 1 : 0;
	char *text = arena_alloc(arena, (size_t)length + 8);
	char *out = text;
	int i;

	for (i = 0; i < length; i++) {
		if (i > sign && (length - i) % 3 == 0)
			*out++ = ',';
		*out++ = digits[i];
	}
	return text;
}

char *
text_hex(struct arena *arena, const unsigned char *data, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(arena, length * 2 + 1);
	size_t i;

	for (i = 0; i < length; i++) {
		hex[2 * i] = digits[data[i] >> 4];
		hex[2 * i + 1] = digits[data[i] & 15];
	}
	return hex;
}

bool
text_list_has(struct text_list list, const char *item)
{
	size_t i;

	for (i = 0; i < list.count; i++)
		if (strcmp(list.row[i], item) == 0)
			return true;
	return false;
}
