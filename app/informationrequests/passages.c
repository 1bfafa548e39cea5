/* See passages.h. */
#include "informationrequests/passages.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { RELEASED_MAXIMUM = 8 * 1024 * 1024 };

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Where the sentence or line that begins at `start` ends. */
static size_t
piece_end(const char *text, size_t start)
{
	size_t i;

	for (i = start; text[i] != '\0' && text[i] != '\n'; i++)
		if (strchr(".!?;", text[i]) != NULL && is_space(text[i + 1]))
			return i + 1;
	return i;
}

static struct passage
passage_between(const char *text, size_t start, size_t end)
{
	while (end > start && is_space(text[end - 1]))
		end--;
	return (struct passage) {
		.start = (int32_t)start,
		.length = (int32_t)(end - start),
	};
}

struct passage_list
passage_pieces(struct arena *arena, const char *text)
{
	struct passage *row = arena_array(arena, PASSAGE_PIECES, sizeof(*row));
	struct passage_list list = { row, 0 };
	const size_t length = strlen(text);
	size_t at = 0, end;

	while (list.count < PASSAGE_PIECES) {
		while (is_space(text[at]))
			at++;
		if (at == length)
			break;
		end = list.count + 1 == PASSAGE_PIECES ? length
		                                       : piece_end(text, at);
		row[list.count++] = passage_between(text, at, end);
		at = end;
	}
	return list;
}

struct passage_list
passages_of_words(struct arena *arena, const char *text, const char *words)
{
	const size_t length = strlen(words);
	struct passage *row = arena_array(arena, PASSAGES_MOST, sizeof(*row));
	struct passage_list list = { row, 0 };
	const char *at = text;

	while (list.count < PASSAGES_MOST && (at = strstr(at, words)) != NULL) {
		row[list.count++] = (struct passage) {
			.start = (int32_t)(at - text),
			.length = (int32_t)length,
		};
		at += length;
	}
	return list;
}

/* Takes the bytes of passages that nobody has taken. */
static void
bytes_take(int64_t *owner, size_t length, struct passage_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		const size_t start = (size_t)list.row[i].start;
		const size_t end = start + (size_t)list.row[i].length;

		if (end > length)
			continue;
		for (size_t j = start; j < end; j++)
			if (owner[j] == 0)
				owner[j] = list.row[i].reason_id;
	}
}

struct passage_list
passages_join(struct arena *arena, const char *text,
    struct passage_list passages, struct passage_list more)
{
	const size_t length = strlen(text);
	int64_t *owner = arena_array(arena, length + 1, sizeof(*owner));
	struct passage *row;
	struct passage_list list = { NULL, 0 };
	size_t runs = 0, end;

	memset(owner, 0, (length + 1) * sizeof(*owner));
	bytes_take(owner, length, passages);
	bytes_take(owner, length, more);
	for (size_t i = 0; i < length; i++)
		runs += owner[i] != 0 && (i == 0 || owner[i - 1] != owner[i]);
	row = arena_array(arena, runs + 1, sizeof(*row));
	for (size_t i = 0; i < length; i = end) {
		for (end = i + 1; end < length && owner[end] == owner[i];)
			end++;
		if (owner[i] != 0)
			row[list.count++] = (struct passage) { (int32_t)i,
				(int32_t)(end - i), owner[i] };
	}
	list.row = row;
	return list;
}

bool
passage_meets(const struct passage *passage, struct passage_list list)
{
	for (size_t i = 0; i < list.count; i++)
		if (passage->start < list.row[i].start + list.row[i].length &&
		    list.row[i].start < passage->start + passage->length)
			return true;
	return false;
}

static bool
is_blank(const char *text, size_t start, size_t end)
{
	while (start < end && is_space(text[start]))
		start++;
	return start == end;
}

bool
passages_are_all(const char *text, struct passage_list passages)
{
	size_t at = 0;

	for (size_t i = 0; i < passages.count; i++) {
		const size_t start = (size_t)passages.row[i].start;

		if (!is_blank(text, at, start))
			return false;
		at = start + (size_t)passages.row[i].length;
	}
	return is_blank(text, at, strlen(text));
}

const char *
passage_text(
    struct arena *arena, const char *text, const struct passage *passage)
{
	return arena_strndup(
	    arena, text + passage->start, (size_t)passage->length);
}

struct segment_list
segments_of(struct arena *arena, const char *text, struct passage_list passages)
{
	struct segment *row = arena_array(
	    arena, 2 * passages.count + 1, sizeof(*row));
	struct segment_list list = { row, 0 };
	size_t at = 0;

	for (size_t i = 0; i < passages.count; i++) {
		const struct passage *passage = &passages.row[i];
		const size_t start = (size_t)passage->start;
		const bool goes_on = list.count > 0 &&
		                     row[list.count - 1].text == NULL &&
		                     row[list.count - 1].reason_id ==
		                         passage->reason_id &&
		                     is_blank(text, at, start);

		if (start > at && !goes_on)
			row[list.count++] = (struct segment) {
				.text = arena_strndup(
				    arena, text + at, start - at),
			};
		if (!goes_on)
			row[list.count++] = (struct segment) {
				.reason_id = passage->reason_id,
			};
		at = start + (size_t)passage->length;
	}
	if (text[at] != '\0')
		row[list.count++] = (struct segment) {
			.text = arena_strdup(arena, text + at),
		};
	return list;
}

const char *
segments_text(struct arena *arena, struct segment_list segments)
{
	struct buffer text = buffer_new(arena, 256, RELEASED_MAXIMUM);

	for (size_t i = 0; i < segments.count; i++) {
		if (segments.row[i].text == NULL)
			continue;
		buffer_text(&text, segments.row[i].text);
		buffer_byte(&text, '\n');
	}
	return text.data;
}
