/*
 * Files that people send: which kinds are taken, what they are called, and
 * whether one is what its name says. A file is looked at by its first and last
 * parts only and nothing of it is unpacked, so that the memory this takes does
 * not depend on the file. What hides inside is for the virus scanner.
 */
#ifndef BASE_UPLOAD_H
#define BASE_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

/* Sizes in bytes; the database holds the same limits (migration 0240). */
enum {
	UPLOAD_PART_SIZE = 256 * 1024,
	UPLOAD_MAXIMUM = 20 * 1024 * 1024,
	UPLOADS_MAXIMUM = 100 * 1024 * 1024, /* of all files of a response */
	UPLOAD_EDGE_PARTS = 2,  /* looked at from either end of a file */
	UPLOAD_NAME_MOST = 200, /* characters */
};

/* What is taken; the table in upload.c is all there is to say about it. */
struct upload_kind {
	const char *extension; /* in small letters, without the dot */
	const char *label;     /* for people: "Word document" */
	const char *media_type;
	const char *entry;     /* that a zip container must have; NULL: none */
	struct text_list seen; /* what libmagic may call it */
};

/*
 * The name of a file for showing it: without the folders before it, control
 * characters and what turns the direction of writing; in NFC, without space or
 * dots at the end, at most UPLOAD_NAME_MOST characters, of which the extension
 * stays. "file" when nothing is left. In the arena.
 */
const char *upload_name_tidy(struct arena *arena, const char *sent);

/* By the extension of a tidy name; NULL when such files are not taken. */
const struct upload_kind *upload_kind_find(const char *name);

/* ".pdf,.docx,...", and "PDF, DOCX, ... or JPG" for people. In the arena. */
const char *upload_accept(struct arena *arena);
const char *upload_kinds_text(struct arena *arena);

/* The first and last bytes of a file, which are the same of a small one. */
struct upload_edges {
	struct bytes head;
	struct bytes tail;
	size_t size; /* of the whole file */
};

/*
 * What is wrong with a file of that kind, as a sentence without a full stop
 * ("The PDF has something before its beginning"), or NULL: its signature, its
 * end, that it is not two kinds at once (ISO 32000 and PKWARE's APPNOTE leave
 * room for that), the pixels of a picture, and of a zip container its
 * directory: how many entries, how large unpacked, by what ratio, encrypted,
 * overlapping, holding archives, programs or macros. Pure.
 */
const char *upload_check(struct arena *arena, const struct upload_kind *kind,
    const struct upload_edges *edges);

/*
 * What libmagic makes of the beginning of a file: "application/pdf", in the
 * arena; "" when it cannot tell. upload_magic_begin reads its database, once
 * and before a chroot hides that; false when it is not to be had.
 */
bool upload_magic_begin(void);
const char *upload_magic(struct arena *arena, struct bytes head);

/* Whether what libmagic says goes with the kind. */
bool upload_magic_fits(const struct upload_kind *kind, const char *seen);

#endif
