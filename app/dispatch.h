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
 * and id are set. The reply, in the request's arena, tells only what is
 * committed: a request that met another's transaction is run again up to
 * three times, so handlers do nothing but read and write the database, and is
 * then 503, as when the database cannot be reached; any other failure is 500.
 * When the reply has a job, the caller runs it in a thread of its own and
 * calls app_continue with what came of it.
 */
struct reply app_begin(struct request *r);
struct reply app_continue(
    struct request *r, struct reply waiting, const struct password_job *job);

/* Both in one, running the job in place: for tests and the command line. */
struct reply app_handle(struct request *r);

/*
 * The house's error page for a status, in the request's arena; 503 and 429
 * with Retry-After. Also for a request that never got this far (too large,
 * too busy), of which only arena, config and id need be set.
 */
struct reply app_refuse(struct request *r, int status);

#endif
