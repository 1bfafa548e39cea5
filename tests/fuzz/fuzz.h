/*
 * What fuzz targets share: an arena that is empty for each input, the input
 * as a text, and a check that stops the fuzzer where it fails.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ENSURE(condition)                                                      \
	do {                                                                   \
		if (!(condition)) {                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__,     \
			    #condition);                                       \
			abort();                                               \
		}                                                              \
	} while (0)

static inline struct arena *
fuzz_arena(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = arena_new((size_t)1 << 30);
	arena_reset(arena);
	return arena;
}

/* The input up to its first NUL. */
static inline const char *
fuzz_text(struct arena *arena, const uint8_t *data, size_t size)
{
	return arena_strndup(arena, (const char *)data, size);
}

#endif
