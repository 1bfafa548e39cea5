/*
 * Keeps the static files of the manifest in memory and answers for them.
 */
#include "base/asset.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"

enum {
	ASSET_MAXIMUM = 64,
	FILE_MAXIMUM = 4 * 1024 * 1024,
	LINE_MAXIMUM = 1024
};

static struct asset assets[ASSET_MAXIMUM];
static size_t asset_count;

static bool
complain(const char *path, const char *reason)
{
	fprintf(stderr, "assets: %s: %s\n", path, reason);
	return false;
}

/* Reads a file whole; false with errno set when it cannot. */
static bool
file_read(struct arena *arena, const char *path, struct bytes *bytes)
{
	FILE *file = fopen(path, "rb");
	unsigned char *data;
	long size;

	if (file == NULL)
		return false;
	if (fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 ||
	    size > FILE_MAXIMUM || fseek(file, 0, SEEK_SET) != 0) {
		fclose(file);
		errno = EFBIG;
		return false;
	}
	data = arena_alloc(arena, (size_t)size + 1);
	bytes->data = data;
	bytes->length = fread(data, 1, (size_t)size, file);
	fclose(file);
	return bytes->length == (size_t)size;
}

static bool
asset_read(struct arena *arena, const char *folder, char *line)
{
	struct asset *one = &assets[asset_count];
	char *rest, *name = strtok_r(line, "\t\n", &rest);
	char *file = strtok_r(NULL, "\t\n", &rest);
	char *type = strtok_r(NULL, "\t\n", &rest);
	const char *path;

	if (type == NULL)
		return complain(folder, "the manifest is broken");
	if (asset_count == ASSET_MAXIMUM)
		return complain(folder, "too many files");
	one->name = arena_strdup(arena, name);
	one->path = arena_printf(arena, "/assets/%s", file);
	one->etag = arena_printf(arena, "\"%s\"", file);
	one->content_type = arena_strdup(arena, type);
	path = arena_printf(arena, "%s/%s", folder, file);
	if (!file_read(arena, path, &one->plain))
		return complain(path, strerror(errno));
	if (!file_read(arena, arena_printf(arena, "%s.gz", path), &one->gzip))
		one->gzip = (struct bytes) { NULL, 0 };
	if (!file_read(arena, arena_printf(arena, "%s.br", path), &one->brotli))
		one->brotli = (struct bytes) { NULL, 0 };
	asset_count++;
	return true;
}

bool
asset_load(const char *folder)
{
	struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
	char line[LINE_MAXIMUM];
	const char *path = arena_printf(arena, "%s/manifest.txt", folder);
	FILE *manifest = fopen(path, "r");
	bool is_good = true;

	if (manifest == NULL)
		return complain(path, strerror(errno));
	while (is_good && fgets(line, sizeof(line), manifest) != NULL)
		is_good = asset_read(arena, folder, line);
	fclose(manifest);
	return is_good;
}

const char *
asset(struct request *r, const char *name)
{
	size_t i;

	if (asset_count == 0)
		return arena_printf(r->arena, "/assets/%s", name);
	for (i = 0; i < asset_count; i++)
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].path;
	complain(name, "not in the manifest");
	abort();
}

const struct asset *
asset_by_path(const char *path)
{
	size_t i;

	for (i = 0; i < asset_count; i++)
		if (strcmp(assets[i].path, path) == 0)
			return &assets[i];
	return NULL;
}

/*
 * Whether Accept-Encoding names an encoding and does not refuse it (q=0).
 */
static bool
is_accepted(const char *accepted, const char *encoding)
{
	size_t length = strlen(encoding);
	const char *one;

	for (one = accepted; *one != '\0'; one += strspn(one, ",")) {
		size_t item = strcspn(one, ",");
		const char *name = one + strspn(one, " \t");
		const char *after = name + length;
		const char *weight;

		one += item;
		if (strncasecmp(name, encoding, length) != 0 ||
		    strchr(",; \t", *after) == NULL)
			continue;
		after += strspn(after, " \t");
		if (*after != ';')
			return true;
		weight = strstr(after, "q=");
		return weight == NULL || weight >= one ||
		       strtod(weight + 2, NULL) > 0;
	}
	return false;
}

static bool
is_known_to_client(struct request *r, const struct asset *one)
{
	return strstr(r->if_none_match, one->etag) != NULL ||
	       strcmp(r->if_none_match, "*") == 0;
}

struct reply
asset_reply(struct request *r)
{
	const struct asset *one = asset_by_path(r->path);
	struct reply reply = { .status = HTTP_OK };

	if (one == NULL) {
		reply.status = HTTP_NOT_FOUND;
		reply.content_type = "text/plain; charset=utf-8";
		reply.body.data = (const unsigned char *)"Not found\n";
		reply.body.length = strlen("Not found\n");
		return reply;
	}
	reply.content_type = one->content_type;
	reply.etag = one->etag;
	reply.is_static = true;
	if (is_known_to_client(r, one)) {
		reply.status = HTTP_NOT_MODIFIED;
		return reply;
	}
	reply.body = one->plain;
	if (one->brotli.data != NULL && is_accepted(r->accept_encoding, "br")) {
		reply.encoding = "br";
		reply.body = one->brotli;
	} else if (one->gzip.data != NULL &&
		   is_accepted(r->accept_encoding, "gzip")) {
		reply.encoding = "gzip";
		reply.body = one->gzip;
	}
	return reply;
}
