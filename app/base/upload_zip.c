/*
 * Zip containers, which the documents of Office and OpenDocument are. Their
 * directory at the end is read (PKWARE APPNOTE 6.3.10, 4.3), nothing is
 * unpacked. What these programs never write is refused: zip64, comments, gaps
 * and overlaps, which is what archives that are two things at once, or unpack
 * to more than a disk, are made of.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/upload_checks.h"

enum {
	LOCAL_SIZE = 30, /* of the fixed part of each record */
	CENTRAL_SIZE = 46,
	END_SIZE = 22,
	COMMENT_MOST = 0xFFFF,
	ENTRIES_MOST = 2000,
	NAME_MOST = 255,
	IS_ENCRYPTED = 1,
	STORED = 0,
	DEFLATED = 8,
	FREE_SIZE = 1024 * 1024, /* up to which a ratio says nothing */
	RATIO_MOST = 200,
};

#define UNPACKED_MOST (UINT64_C(256) * 1024 * 1024)
#define ZIP64         UINT32_C(0xFFFFFFFF)

struct zip {
	struct arena *arena;
	const unsigned char *directory;
	size_t directory_size;
	size_t directory_offset; /* in the file */
	size_t entries;
	uint64_t packed; /* with what stands before each entry */
	uint64_t unpacked;
	bool has_entry; /* that the kind must have */
	bool has_types; /* [Content_Types].xml, or mimetype */
};

static uint32_t
number(const unsigned char *data, size_t bytes)
{
	uint32_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | data[bytes];
	return value;
}

static bool
is_record(const unsigned char *data, char third, char fourth)
{
	return data[0] == 'P' && data[1] == 'K' && data[2] == third &&
	       data[3] == fourth;
}

bool
upload_ends_as_zip(const struct upload_edges *edges)
{
	const struct bytes tail = edges->tail;
	size_t comment;

	for (comment = 0;
	     comment <= COMMENT_MOST && comment + END_SIZE <= tail.length;
	     comment++) {
		const unsigned char *end = tail.data + tail.length - END_SIZE -
		                           comment;

		if (is_record(end, 5, 6) && number(end + 20, 2) == comment)
			return true;
	}
	return false;
}

const char *
upload_quoted(struct arena *arena, const unsigned char *name, size_t length)
{
	char *copy = arena_strndup(
	    arena, (const char *)name, length < 60 ? length : 60);
	char *cursor;

	for (cursor = copy; *cursor != '\0'; cursor++)
		if ((unsigned char)*cursor < ' ' ||
		    (unsigned char)*cursor >= 0x7F)
			*cursor = '?';
	return copy;
}

/* Finds the directory. NULL when it is where and what it must be. */
static const char *
directory_find(struct zip *zip, const struct upload_edges *edges)
{
	const struct bytes tail = edges->tail;
	const unsigned char *end;
	size_t offset, size;

	if (edges->head.length < LOCAL_SIZE ||
	    !is_record(edges->head.data, 3, 4))
		return "The file is not a document of that kind, though its "
		       "name says so";
	if (tail.length < END_SIZE ||
	    !is_record(tail.data + tail.length - END_SIZE, 5, 6))
		return "The document is cut short or has something after its "
		       "end. Save it again";
	end = tail.data + tail.length - END_SIZE;
	zip->entries = number(end + 10, 2);
	size = number(end + 12, 4);
	offset = number(end + 16, 4);
	if (number(end + 4, 4) != 0 || number(end + 8, 2) != zip->entries ||
	    number(end + 20, 2) != 0 || offset + size + END_SIZE != edges->size)
		return "The document has a directory that does not fit it. "
		       "Save it again";
	if (zip->entries == 0 || zip->entries > ENTRIES_MOST ||
	    size + END_SIZE > tail.length)
		return "The document is made of too many parts";
	zip->directory = end - size;
	zip->directory_size = size;
	zip->directory_offset = offset;
	return NULL;
}

/* Whether a name leads out of the folder that it is unpacked in. */
static bool
leads_out(const unsigned char *name, size_t length)
{
	size_t i;

	if (length == 0 || length > NAME_MOST || name[0] == '/')
		return true;
	for (i = 0; i < length; i++) {
		if (name[i] < ' ' || name[i] == '\\' || name[i] == ':' ||
		    name[i] == 0x7F)
			return true;
		if ((i == 0 || name[i - 1] == '/') && length - i >= 2 &&
		    name[i] == '.' && name[i + 1] == '.' &&
		    (length - i == 2 || name[i + 2] == '/'))
			return true;
	}
	return false;
}

static bool
ends(const unsigned char *name, size_t length, const char *end)
{
	size_t end_length = strlen(end);

	return length >= end_length &&
	       strncasecmp((const char *)name + length - end_length, end,
		   end_length) == 0;
}

static bool
is_named(const unsigned char *name, size_t length, const char *text)
{
	return length == strlen(text) && memcmp(name, text, length) == 0;
}

/* What no letter or sheet needs to hold. NULL when it is none of that. */
static const char *
content_check(struct zip *zip, const unsigned char *name, size_t length)
{
	static const char *const refused[] = { ".zip", ".7z", ".rar", ".gz",
		".tgz", ".tar", ".bz2", ".xz", ".zst", ".jar", ".cab", ".iso",
		".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1",
		".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk", ".sh",
		".docm", ".xlsm", ".xlam", ".dotm" };
	size_t i;

	if (ends(name, length, "vbaproject.bin") ||
	    (length >= 6 && memcmp(name, "Basic/", 6) == 0) ||
	    (length >= 8 && memcmp(name, "Scripts/", 8) == 0))
		return "The document has macros, which are not taken. Save it "
		       "without them";
	for (i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (ends(name, length, refused[i]))
			return arena_printf(zip->arena,
			    "The document holds an archive or a program (%s), "
			    "which is not taken",
			    upload_quoted(zip->arena, name, length));
	return NULL;
}

/* The sizes of an entry, and what it adds to those of the whole. */
static const char *
size_check(struct zip *zip, const unsigned char *entry, size_t name_length)
{
	const uint32_t method = number(entry + 10, 2);
	const uint64_t packed = number(entry + 20, 4);
	const uint64_t unpacked = number(entry + 24, 4);
	const uint64_t offset = number(entry + 42, 4);

	if ((number(entry + 8, 2) & IS_ENCRYPTED) != 0)
		return "The document has a password. Save it without one";
	if ((method != STORED && method != DEFLATED) || packed == ZIP64 ||
	    unpacked == ZIP64 || (method == STORED && packed != unpacked) ||
	    (packed == 0 && unpacked > 0) ||
	    offset + LOCAL_SIZE + name_length + packed > zip->directory_offset)
		return "The document is packed in a way that is not taken. "
		       "Save it again";
	zip->packed += LOCAL_SIZE + name_length + packed;
	zip->unpacked += unpacked;
	if (zip->packed > zip->directory_offset)
		return "The document is packed in a way that is not taken: its "
		       "parts overlap";
	if (zip->unpacked > UNPACKED_MOST ||
	    (unpacked > FREE_SIZE && unpacked / packed > RATIO_MOST))
		return "The document unpacks to far more than it should, so it "
		       "is not taken";
	return NULL;
}

static const char *
entries_check(struct zip *zip, const struct upload_kind *kind, const char *mark)
{
	const char *types = mark != NULL ? "mimetype" : "[Content_Types].xml";
	const unsigned char *entry = zip->directory;
	size_t left = zip->directory_size, count;
	const char *fault;

	for (count = 0; count < zip->entries; count++) {
		const unsigned char *name = entry + CENTRAL_SIZE;
		size_t length, size;

		if (left < CENTRAL_SIZE || !is_record(entry, 1, 2))
			break;
		length = number(entry + 28, 2);
		size = CENTRAL_SIZE + length + number(entry + 30, 2) +
		       number(entry + 32, 2);
		if (size > left)
			break;
		if (leads_out(name, length))
			return "The document has parts with names that are not "
			       "taken";
		fault = size_check(zip, entry, length);
		if (fault == NULL)
			fault = content_check(zip, name, length);
		if (fault != NULL)
			return fault;
		zip->has_entry |= is_named(name, length, kind->entry);
		zip->has_types |= is_named(name, length, types);
		entry += size;
		left -= size;
	}
	if (count < zip->entries || left > 0)
		return "The document has a directory that does not fit it. "
		       "Save it again";
	return NULL;
}

/*
 * OpenDocument 1.2, part 3, 3.3: the first entry is `mimetype`, stored, and
 * says what the document is.
 */
static bool
begins_with_mark(struct bytes head, const char *mark)
{
	const size_t name_length = strlen("mimetype"), length = strlen(mark);
	size_t at;

	if (head.length < LOCAL_SIZE + name_length ||
	    number(head.data + 8, 2) != STORED ||
	    number(head.data + 26, 2) != name_length ||
	    memcmp(head.data + LOCAL_SIZE, "mimetype", name_length) != 0)
		return false;
	at = LOCAL_SIZE + name_length + number(head.data + 28, 2);
	return head.length >= at + length + 2 &&
	       memcmp(head.data + at, mark, length) == 0 &&
	       memcmp(head.data + at + length, "PK", 2) == 0;
}

const char *
upload_zip_check(struct arena *arena, const struct upload_kind *kind,
    const struct upload_edges *edges, const char *mark)
{
	struct zip zip = { .arena = arena };
	const char *fault = directory_find(&zip, edges);

	if (fault == NULL)
		fault = entries_check(&zip, kind, mark);
	if (fault != NULL)
		return fault;
	if (!zip.has_entry || !zip.has_types ||
	    (mark != NULL && !begins_with_mark(edges->head, mark)))
		return arena_printf(arena,
		    "The file is not of the kind %s, though its name says so",
		    kind->label);
	return NULL;
}
