/* Reads files that people name on the command line, whole. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

struct arena;

/*
 * The text of a file of at most `maximum` bytes, in the arena and ended by a
 * NUL. NULL when it cannot be read, is larger or is not UTF-8, with *problem a
 * sentence that begins with its path.
 */
const char *file_read(struct arena *arena, const char *path, size_t maximum,
    const char **problem);

#endif
