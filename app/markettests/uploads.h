/*
 * The files of a question of a response: beginning one, keeping its parts,
 * checking it when it is whole, and the answer that lists them.
 */
#ifndef MARKETTESTS_UPLOADS_H
#define MARKETTESTS_UPLOADS_H

#include "base/upload.h"
#include "markettests/responses.h"
#include "markettests/uploads.sql.h"

/* A question of the kind files of the version that is answered, or NULL. */
const struct question *upload_question(
    const struct answering *a, const char *id);

/* How many files it takes. */
int32_t upload_most(const struct question *question);

/* Those of one question, as listed for it. In the arena. */
struct upload_list upload_list_of(const struct answering *a, const char *id);

/* The own one of a reference, or NULL. */
const struct upload *upload_find(
    const struct answering *a, const char *reference);

/* "1.4 MB", "20 MB", "12 KB", "1 byte". In the arena. */
const char *upload_size_text(struct arena *arena, int64_t size);

/*
 * Begins a file, or with `resumes` finds the one of that name and size that
 * broke off. Gives what keeps it from being taken, as a sentence without a
 * full stop, or NULL and *begun.
 */
const char *upload_start(const struct answering *a,
    const struct question *question, const char *name, int64_t size,
    bool resumes, const struct upload_begun **begun);

/*
 * Ends a file of which all parts are there: checks it and, when it is good,
 * takes it to be scanned and into the answer. Gives the state that it has
 * then ("receiving" when parts lack, "checking", "refused", or what an earlier
 * call gave) and in *reason why it was refused; NULL when it is not there.
 */
const char *upload_end(const struct answering *a, const struct upload *upload,
    const char **reason);

/* Takes a file out, and out of the answer. False when it is not there. */
bool upload_take_out(const struct answering *a, const struct upload *upload);

/* All bytes of a file, part by part; length 0 when they are not to be had. */
struct bytes upload_bytes_own(
    const struct answering *a, const struct upload *upload);
struct bytes upload_bytes_opened(
    struct request *r, const struct upload_opened *upload);

#endif
