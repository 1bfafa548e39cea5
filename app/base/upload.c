/* The kinds of files that are taken, their names, PDF and pictures. */
#include "base/upload.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/upload_checks.h"

enum {
	HEAD_SEARCHED = 1024, /* where browsers look for what a file is */
	END_SEARCHED = 1024,  /* ISO 32000-1, 7.5.5, and its readers */
	SIDE_MOST = 20000,    /* pixels of a side of a picture */
	EXTENSION_MOST = 10,  /* characters */
};

#define PIXELS_MOST (INT64_C(100) * 1000 * 1000)

#define WORD_TYPE                                                              \
	"application/"                                                         \
	"vnd.openxmlformats-officedocument.wordprocessingml.document"
#define EXCEL_TYPE                                                             \
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define TEXT_TYPE  "application/vnd.oasis.opendocument.text"
#define SHEET_TYPE "application/vnd.oasis.opendocument.spreadsheet"

/*
 * libmagic knows Office's files by the order of their entries, which other
 * programs do not keep; then they are a zip, or nothing, to it.
 */
static const char *const pdf_seen[] = { "application/pdf" };
static const char *const word_seen[] = { WORD_TYPE, "application/zip",
	"application/octet-stream" };
static const char *const excel_seen[] = { EXCEL_TYPE, "application/zip",
	"application/octet-stream" };
static const char *const text_seen[] = { TEXT_TYPE };
static const char *const sheet_seen[] = { SHEET_TYPE };
static const char *const png_seen[] = { "image/png" };
static const char *const jpeg_seen[] = { "image/jpeg" };

#define SEEN(list)                                                             \
	{                                                                      \
		(list), sizeof(list) / sizeof(*(list))                         \
	}

/*
 * Text and CSV are left out on purpose: they have no signature, so that nothing
 * tells them from a web page or a script; what would be in them can be typed,
 * or sent as a spreadsheet. So are the older formats of Office, which hold
 * macros without saying so.
 */
static const struct upload_kind kinds[] = {
	{ "pdf", "PDF", "application/pdf", NULL, SEEN(pdf_seen) },
	{ "docx", "Word document", WORD_TYPE, "word/document.xml",
	    SEEN(word_seen) },
	{ "xlsx", "Excel workbook", EXCEL_TYPE, "xl/workbook.xml",
	    SEEN(excel_seen) },
	{ "odt", "OpenDocument text", TEXT_TYPE, "content.xml",
	    SEEN(text_seen) },
	{ "ods", "OpenDocument spreadsheet", SHEET_TYPE, "content.xml",
	    SEEN(sheet_seen) },
	{ "png", "PNG picture", "image/png", NULL, SEEN(png_seen) },
	{ "jpg", "JPEG picture", "image/jpeg", NULL, SEEN(jpeg_seen) },
	{ "jpeg", "JPEG picture", "image/jpeg", NULL, SEEN(jpeg_seen) },
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds) };

/* --- Names ---------------------------------------------------------------- */

static bool
is_shown(utf8proc_int32_t character)
{
	switch (utf8proc_category(character)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		return true;
	}
}

/* Composed, for names that differ in nothing that can be seen. */
static const char *
composed(struct arena *arena, const char *text)
{
	utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)text);
	const char *copy = arena_strdup(
	    arena, nfc != NULL ? (const char *)nfc : text);

	free(nfc);
	return copy;
}

/* The bytes that the first `count` characters take. */
static size_t
characters_size(const char *text, size_t count)
{
	size_t i = 0;

	while (text[i] != '\0' && count > 0) {
		i++;
		while (((unsigned char)text[i] & 0xC0) == 0x80)
			i++;
		count--;
	}
	return i;
}

static const char *
shortened(struct arena *arena, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t extension = dot != NULL ? text_length(dot) : 0;

	if (text_length(name) <= UPLOAD_NAME_MOST)
		return name;
	if (extension == 0 || extension > EXTENSION_MOST)
		return arena_strndup(
		    arena, name, characters_size(name, UPLOAD_NAME_MOST));
	return arena_printf(arena, "%.*s%s",
	    (int)characters_size(name, UPLOAD_NAME_MOST - extension), name,
	    dot);
}

const char *
upload_name_tidy(struct arena *arena, const char *sent)
{
	const char *cursor = sent, *slash;
	struct buffer name = buffer_new(arena, 64, strlen(sent) + 1);
	utf8proc_int32_t character;
	utf8proc_ssize_t length;

	while ((slash = strpbrk(cursor, "/\\")) != NULL)
		cursor = slash + 1;
	while (*cursor != '\0') {
		length = utf8proc_iterate(
		    (const utf8proc_uint8_t *)cursor, -1, &character);
		if (length <= 0) {
			cursor++;
			continue;
		}
		if (utf8proc_category(character) == UTF8PROC_CATEGORY_ZS)
			buffer_byte(&name, ' ');
		else if (is_shown(character))
			buffer_add(&name, cursor, (size_t)length);
		cursor += length;
	}
	while (name.length > 0 && strchr(". ", name.data[name.length - 1]))
		name.data[--name.length] = '\0';
	cursor = name.data + strspn(name.data, " ");
	if (*cursor == '\0')
		return "file";
	return shortened(arena, composed(arena, cursor));
}

const struct upload_kind *
upload_kind_find(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t i;

	if (dot == NULL || dot == name)
		return NULL;
	for (i = 0; i < KIND_COUNT; i++)
		if (strcasecmp(dot + 1, kinds[i].extension) == 0)
			return &kinds[i];
	return NULL;
}

const char *
upload_accept(struct arena *arena)
{
	struct buffer text = buffer_new(arena, 64, 1024);
	size_t i;

	for (i = 0; i < KIND_COUNT; i++)
		buffer_printf(
		    &text, "%s.%s", i > 0 ? "," : "", kinds[i].extension);
	return text.data;
}

const char *
upload_kinds_text(struct arena *arena)
{
	struct buffer text = buffer_new(arena, 64, 1024);
	size_t i;

	/* The last one is another spelling of the one before it. */
	for (i = 0; i < KIND_COUNT - 1; i++)
		buffer_printf(&text, "%s%s",
		    i == 0                ? ""
		    : i == KIND_COUNT - 2 ? " or "
					  : ", ",
		    text_upper(arena, kinds[i].extension));
	return text.data;
}

bool
upload_magic_fits(const struct upload_kind *kind, const char *seen)
{
	return text_list_has(kind->seen, seen);
}

/* --- Two kinds at once ---------------------------------------------------- */

static bool
begins(struct bytes data, const char *mark, size_t length)
{
	return data.length >= length && memcmp(data.data, mark, length) == 0;
}

/* Whether a web browser might take the beginning for a page. */
static bool
looks_like_a_page(struct bytes head)
{
	static const char *const marks[] = { "<html", "<!doctype", "<script",
		"<body", "<head", "<svg", "<iframe", "<?php", "<%" };
	size_t length = head.length < HEAD_SEARCHED ? head.length
	                                            : HEAD_SEARCHED;
	size_t i, j;

	for (i = 0; i < length; i++) {
		if (head.data[i] != '<')
			continue;
		for (j = 0; j < sizeof(marks) / sizeof(*marks); j++)
			if (length - i >= strlen(marks[j]) &&
			    strncasecmp((const char *)head.data + i, marks[j],
				strlen(marks[j])) == 0)
				return true;
	}
	return false;
}

/* --- PDF ------------------------------------------------------------------ */

static const char *
pdf_check(const struct upload_edges *edges)
{
	const struct bytes tail = edges->tail;
	const unsigned char *end = NULL;
	size_t first = tail.length > END_SEARCHED ? tail.length - END_SEARCHED
	                                          : 0;
	size_t i;

	if (!begins(edges->head, "%PDF-", 5)) {
		if (edges->head.length >= 5 &&
		    memmem(edges->head.data, edges->head.length, "%PDF-", 5))
			return "The PDF has something before its beginning. "
			       "Save it as a PDF again";
		return "The file is not a PDF, though its name says so";
	}
	for (i = first; i + 5 <= tail.length; i++)
		if (memcmp(tail.data + i, "%%EOF", 5) == 0)
			end = tail.data + i + 5;
	if (end == NULL)
		return "The PDF is cut short or has something after its end. "
		       "Save it as a PDF again";
	for (; end < tail.data + tail.length; end++)
		if (*end != '\0' && strchr("\r\n\t\f ", *end) == NULL)
			return "The PDF has something after its end. Save it "
			       "as a PDF again";
	return NULL;
}

/* --- Pictures ------------------------------------------------------------- */

static uint32_t
big_endian(const unsigned char *data, size_t bytes)
{
	uint32_t number = 0;

	while (bytes-- > 0)
		number = number << 8 | *data++;
	return number;
}

static const char *
pixels_check(uint32_t width, uint32_t height)
{
	if (width == 0 || height == 0)
		return "The picture has no size, so it is broken";
	if (width > SIDE_MOST || height > SIDE_MOST ||
	    (int64_t)width * height > PIXELS_MOST)
		return "The picture has too many pixels: at most 20,000 on a "
		       "side and 100 million in all";
	return NULL;
}

static const char *
png_check(const struct upload_edges *edges)
{
	static const char signature[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
	static const char end[] = "\0\0\0\0IEND\xAE\x42\x60\x82";
	const size_t end_length = sizeof(end) - 1;
	const struct bytes head = edges->head, tail = edges->tail;

	if (!begins(head, signature, 8))
		return "The file is not a PNG picture, though its name says so";
	if (head.length < 33 || !begins(head, signature, 16))
		return "The picture is broken";
	if (tail.length < end_length ||
	    memcmp(tail.data + tail.length - end_length, end, end_length) != 0)
		return "The picture is cut short or has something after its "
		       "end. Save it again";
	return pixels_check(
	    big_endian(head.data + 16, 4), big_endian(head.data + 20, 4));
}

/*
 * Up to the first frame header (ITU-T T.81, B.1.1.3 and B.2.2). Markers
 * without a length do not come before it.
 */
static const char *
jpeg_size_check(struct bytes head)
{
	size_t at = 2, length;
	unsigned char marker;

	while (at + 4 <= head.length && head.data[at] == 0xFF) {
		marker = head.data[at + 1];
		if (marker == 0xFF) {
			at++;
			continue;
		}
		length = big_endian(head.data + at + 2, 2);
		if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
		    marker != 0xC8 && marker != 0xCC) {
			if (at + 9 > head.length)
				break;
			return pixels_check(big_endian(head.data + at + 7, 2),
			    big_endian(head.data + at + 5, 2));
		}
		if (length < 2 || marker == 0xDA || marker == 0xD9)
			break;
		at += 2 + length;
	}
	return "The picture is broken: its size cannot be read";
}

static const char *
jpeg_check(const struct upload_edges *edges)
{
	const struct bytes tail = edges->tail;
	size_t length = tail.length;

	if (!begins(edges->head, "\xFF\xD8\xFF", 3))
		return "The file is not a JPEG picture, though its name says "
		       "so";
	while (length > 0 && tail.data[length - 1] == '\0')
		length--;
	/* Some telephones write a table of their own after the picture. */
	if (!(length >= 2 &&
		memcmp(tail.data + length - 2, "\xFF\xD9", 2) == 0) &&
	    !(length >= 4 && memcmp(tail.data + length - 4, "SEFT", 4) == 0))
		return "The picture is cut short or has something after its "
		       "end. Save it again";
	return jpeg_size_check(edges->head);
}

/* --- All ------------------------------------------------------------------ */

static const char *
kind_check(struct arena *arena, const struct upload_kind *kind,
    const struct upload_edges *edges)
{
	const char *const extension = kind->extension;

	if (kind->entry != NULL)
		return upload_zip_check(arena, kind, edges,
		    *extension == 'o' ? kind->media_type : NULL);
	if (text_equal(extension, "pdf"))
		return pdf_check(edges);
	if (text_equal(extension, "png"))
		return png_check(edges);
	return jpeg_check(edges);
}

const char *
upload_check(struct arena *arena, const struct upload_kind *kind,
    const struct upload_edges *edges)
{
	const char *fault;

	if (edges->size == 0)
		return "The file is empty";
	fault = kind_check(arena, kind, edges);
	if (fault != NULL)
		return fault;
	if (looks_like_a_page(edges->head))
		return "The file is a web page or a program as well, which is "
		       "not taken";
	if (kind->entry == NULL && upload_ends_as_zip(edges))
		return "The file is an archive as well, which is not taken";
	return NULL;
}
