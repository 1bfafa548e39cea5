/*
 * Memory with the lifetime of a request: many small allocations, one reset.
 * Nothing in a capability frees; whoever made the arena resets it.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * Makes an arena that may hold up to `maximum` bytes. Never returns NULL:
 * a process that cannot allocate ends with a message.
 */
struct arena *arena_new(size_t maximum);

/* Ends the arena and everything in it, after running its cleanups. */
void arena_free(struct arena *arena);

/*
 * Gives `size` zeroed bytes, aligned for any type. Never returns NULL:
 * a request that would pass the arena's maximum ends the process, because
 * every input has a limit far below it.
 */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc for `count` members of `size`; refuses overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies a string, or its first `length` bytes, into the arena. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);

/* Formats into the arena. The result is as long as it needs to be. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Runs `run(argument)` when the arena is reset; last added runs first. */
void arena_cleanup(
    struct arena *arena, void (*run)(void *argument), void *argument);

/*
 * Runs the cleanups and makes all memory available again. In builds with
 * AddressSanitizer what was given out is poisoned, so that a pointer kept
 * beyond its request is found.
 */
void arena_reset(struct arena *arena);

/* Bytes given out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
