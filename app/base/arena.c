/*
 * A chain of blocks that grows and is reset as a whole. The first block is
 * kept between requests, the others go back to the system.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(address, size)   ASAN_POISON_MEMORY_REGION(address, size)
#define UNPOISON(address, size) ASAN_UNPOISON_MEMORY_REGION(address, size)
#else
#define POISON(address, size)   ((void)(address), (void)(size))
#define UNPOISON(address, size) ((void)(address), (void)(size))
#endif

enum { BLOCK_SIZE = 64 * 1024 };

struct block {
	struct block *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct cleanup {
	struct cleanup *next;
	void (*run)(void *argument);
	void *argument;
};

struct arena {
	struct block *first;
	struct block *last;
	struct cleanup *cleanups;
	size_t maximum;
	size_t used;
};

static void
arena_die(const char *reason)
{
	fprintf(stderr, "arena: %s\n", reason);
	abort();
}

static struct block *
block_new(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (block == NULL)
		arena_die("out of memory");
	block->next = NULL;
	block->size = size;
	block->used = 0;
	POISON(block->data, size);
	return block;
}

struct arena *
arena_new(size_t maximum)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		arena_die("out of memory");
	arena->first = arena->last = block_new(BLOCK_SIZE);
	arena->maximum = maximum;
	return arena;
}

static void
block_free(struct block *block)
{
	UNPOISON(block->data, block->size);
	free(block);
}

void
arena_reset(struct arena *arena)
{
	struct block *block, *next;

	while (arena->cleanups != NULL) {
		struct cleanup *cleanup = arena->cleanups;

		arena->cleanups = cleanup->next;
		cleanup->run(cleanup->argument);
	}
	for (block = arena->first->next; block != NULL; block = next) {
		next = block->next;
		block_free(block);
	}
	arena->first->next = NULL;
	arena->first->used = 0;
	POISON(arena->first->data, arena->first->size);
	arena->last = arena->first;
	arena->used = 0;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	arena_reset(arena);
	block_free(arena->first);
	free(arena);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct block *block = arena->last;
	unsigned char *data;

	if (size > arena->maximum || arena->used > arena->maximum - size)
		arena_die("a request used more than its maximum");
	size = size == 0 ? unit : (size + unit - 1) / unit * unit;
	if (block->size - block->used < size) {
		block = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
		arena->last->next = block;
		arena->last = block;
	}
	data = block->data + block->used;
	block->used += size;
	arena->used += size;
	UNPOISON(data, size);
	memset(data, 0, size);
	return data;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		arena_die("an array is too large");
	return arena_alloc(arena, count * size);
}

char *
arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	if (length < 0)
		arena_die("a format is broken");
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void
arena_cleanup(struct arena *arena, void (*run)(void *argument), void *argument)
{
	struct cleanup *cleanup = arena_alloc(arena, sizeof(*cleanup));

	cleanup->run = run;
	cleanup->argument = argument;
	cleanup->next = arena->cleanups;
	arena->cleanups = cleanup;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}
