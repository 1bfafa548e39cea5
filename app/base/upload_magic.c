/*
 * libmagic. It gives a text that the next call overwrites, and its limits are
 * set low: what it looks into was made by strangers.
 */
#include <magic.h>

#include "base/arena.h"
#include "base/upload.h"

enum { LOOKED_AT = 64 * 1024 };

static magic_t magic;

/* The kinds that are told apart here need neither of what is left out. */
static magic_t
magic_new(void)
{
	magic_t new = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
				 MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF |
				 MAGIC_NO_CHECK_TOKENS);
	size_t depth = 10;

	if (new == NULL)
		return NULL;
	magic_setparam(new, MAGIC_PARAM_INDIR_MAX, &depth);
	if (magic_load(new, NULL) == 0)
		return new;
	magic_close(new);
	return NULL;
}

bool
upload_magic_begin(void)
{
	if (magic == NULL)
		magic = magic_new();
	return magic != NULL;
}

const char *
upload_magic(struct arena *arena, struct bytes head)
{
	size_t length = head.length < LOOKED_AT ? head.length : LOOKED_AT;
	const char *seen;

	if (!upload_magic_begin())
		return "";
	seen = magic_buffer(magic, head.data, length);
	return arena_strdup(arena, seen != NULL ? seen : "");
}
