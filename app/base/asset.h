/*
 * The static files: read once into memory with their compressed forms, named
 * by a hash of their content, so that browsers may keep them for a year.
 */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include <stdbool.h>

#include "base/reply.h"
#include "base/text.h"

struct request;

struct asset {
	const char *name; /* "hearth.css" */
	const char *path; /* "/assets/hearth-0123456789.css" */
	const char *content_type;
	const char *etag; /* with its quotes */
	struct bytes plain;
	struct bytes gzip; /* no data when it is not compressed */
	struct bytes brotli;
};

/*
 * Reads the folder's manifest.txt and every file it names. To be called once,
 * before workers are made; the memory is never given back. False, with one
 * line on stderr, when something is missing.
 */
bool asset_load(const char *folder);

/*
 * The path of a file for href or src. A name that is not in the manifest
 * ends the process; before asset_load every name is "/assets/NAME".
 */
const char *asset(struct request *r, const char *name);

/* The file of a path, or NULL. */
const struct asset *asset_by_path(const char *path);

/* The answer to a request below /assets/: the file, 304 or 404. */
struct reply asset_reply(struct request *r);

#endif
