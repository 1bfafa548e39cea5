/*
 * Text and bytes: the lists that queries give and take, the buffer that pages
 * are written into, and the few tests of text that everything needs.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct bytes {
	const unsigned char *data;
	size_t length;
};

struct text_list {
	const char *const *row;
	size_t count;
};

struct int64_list {
	const int64_t *row;
	size_t count;
};

/* Grows in an arena up to `maximum`; always ends in a NUL. */
struct buffer {
	struct arena *arena;
	char *data;
	size_t length;
	size_t size;
	size_t maximum;
};

/*
 * Starts an empty buffer with room for `size` bytes. Passing `maximum` ends
 * the process as an arena does: callers set it above all their own limits.
 */
struct buffer buffer_new(struct arena *arena, size_t size, size_t maximum);
void buffer_add(struct buffer *buffer, const void *data, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* NULL is equal to nothing but NULL. */
bool text_equal(const char *a, const char *b);
bool text_is_empty(const char *text); /* NULL or "" */
bool text_starts_with(const char *text, const char *prefix);

/* Whether `length` bytes are UTF-8 without NUL, surrogates or overlongs. */
bool text_is_utf8(const char *data, size_t length);

/* Characters (code points) of valid UTF-8. */
size_t text_length(const char *text);

/* A copy without white space at both ends, CRLF and CR made LF. */
char *text_tidy(struct arena *arena, const char *text);

/* The copy in ASCII capitals or small letters; other bytes stay. */
char *text_upper(struct arena *arena, const char *text);
char *text_lower(struct arena *arena, const char *text);

/*
 * Reads all of `text` as a whole number in [minimum, maximum]; false when it
 * is anything else. `*value` is only written on success.
 */
bool text_to_int64(
    const char *text, int64_t minimum, int64_t maximum, int64_t *value);

/* "1,737": a whole number with a comma before each three digits. */
char *text_number(struct arena *arena, int64_t number);

/* Small hexadecimal letters, two for each byte. */
char *text_hex(struct arena *arena, const unsigned char *data, size_t length);

/* Whether a list holds `item`. */
bool text_list_has(struct text_list list, const char *item);

#endif
