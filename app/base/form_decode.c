/*
 * The decoder of application/x-www-form-urlencoded, for bodies and queries.
 * Strict: whatever is odd makes the whole input bad, nothing is dropped.
 */
#include "base/form.h"

#include <string.h>

#include "base/arena.h"

enum {
	PAIRS_MAXIMUM = 2000,
	NAME_MAXIMUM = 128,
	VALUE_MAXIMUM = 512 * 1024,
};

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes one name or value of at most `maximum` bytes; NULL when bad. */
static const char *
part_decode(
    struct arena *arena, const char *data, size_t length, size_t maximum)
{
	char *text = arena_alloc(arena, length + 1);
	size_t i, used = 0;

	for (i = 0; i < length; i++) {
		int high, low;

		if (data[i] != '%') {
			text[used++] = data[i] == '+' ? ' ' : data[i];
			continue;
		}
		if (length - i < 3)
			return NULL;
		high = hex_digit(data[i + 1]);
		low = hex_digit(data[i + 2]);
		if (high < 0 || low < 0)
			return NULL;
		text[used++] = (char)(high << 4 | low);
		i += 2;
	}
	text[used] = '\0';
	return used <= maximum && text_is_utf8(text, used) ? text : NULL;
}

static bool
pair_decode(
    struct arena *arena, const char *data, size_t length, struct pair *pair)
{
	const char *equals = memchr(data, '=', length);
	size_t name_length = equals != NULL ? (size_t)(equals - data) : length;

	pair->value = "";
	pair->name = part_decode(arena, data, name_length, NAME_MAXIMUM);
	if (pair->name == NULL || *pair->name == '\0')
		return false;
	if (equals != NULL)
		pair->value = part_decode(
		    arena, equals + 1, length - name_length - 1, VALUE_MAXIMUM);
	return pair->value != NULL;
}

/* How many parts between ampersands are not empty. */
static size_t
pair_count(const char *data, size_t length)
{
	size_t i, count = 0;

	for (i = 0; i < length; i++)
		if (data[i] != '&' && (i == 0 || data[i - 1] == '&'))
			count++;
	return count;
}

bool
form_decode(struct arena *arena, const char *data, size_t length,
    struct pair_list *pairs)
{
	size_t count = pair_count(data, length), used = 0;
	const char *end = data + length;
	struct pair *rows;

	*pairs = (struct pair_list) { NULL, 0 };
	if (count > PAIRS_MAXIMUM)
		return false;
	rows = arena_array(arena, count, sizeof(*rows));
	while (used < count) {
		const char *next = memchr(data, '&', (size_t)(end - data));

		if (next == NULL)
			next = end;
		if (next > data && !pair_decode(arena, data,
				       (size_t)(next - data), &rows[used++]))
			return false;
		data = next + 1;
	}
	*pairs = (struct pair_list) { rows, count };
	return true;
}
