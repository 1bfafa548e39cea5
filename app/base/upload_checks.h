/* What the checks of uploads share; nobody else includes it. */
#ifndef BASE_UPLOAD_CHECKS_H
#define BASE_UPLOAD_CHECKS_H

#include "base/upload.h"

/*
 * upload_check of a zip container. `mark` is the media type that its first
 * entry must hold, as OpenDocument has it, or NULL.
 */
const char *upload_zip_check(struct arena *arena,
    const struct upload_kind *kind, const struct upload_edges *edges,
    const char *mark);

/* Whether the last bytes end as a zip archive does, comment and all. */
bool upload_ends_as_zip(const struct upload_edges *edges);

/* A copy of names that stands in a sentence, without odd characters. */
const char *upload_quoted(
    struct arena *arena, const unsigned char *name, size_t length);

#endif
