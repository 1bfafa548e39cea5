/*
 * The way of a request: route, transaction, session, permission, CSRF,
 * once-key, handler, commit. Knows no Kore: tests call it in process.
 */
#ifndef DISPATCH_H
#define DISPATCH_H

#include "base/reply.h"
#include "base/request.h"

/*
 * Serves a request whose first part is filled and whose arena, db, config
 * and id are set. When the reply has a job, the caller runs it in a thread of
 * its own and calls app_continue with what came of it.
 */
struct reply app_begin(struct request *r);
struct reply app_continue(
    struct request *r, struct reply waiting, const struct password_job *job);

/* Both in one, running the job in place: for tests and the command line. */
struct reply app_handle(struct request *r);

/* The page of a request that never got this far (too large, too busy). */
struct reply app_refuse(struct request *r, int status);

#endif
