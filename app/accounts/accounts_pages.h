/* Signing in and out, passwords, invitations, and whom one acts for. */
#ifndef ACCOUNTS_PAGES_H
#define ACCOUNTS_PAGES_H

#include "base/reply.h"

struct form;

struct reply sign_in_new(struct request *r);    /* GET /sign-in */
struct reply sign_in_create(struct request *r); /* POST /sign-in */
struct reply sign_out_run(struct request *r);   /* POST /sign-out */

/* /forgotten-password */
struct reply forgotten_password_new(struct request *r);
struct reply forgotten_password_create(struct request *r);

/* /reset-password/:token */
struct reply password_reset_edit(struct request *r);
struct reply password_reset_update(struct request *r);

/* /change-password */
struct reply password_edit(struct request *r);
struct reply password_update(struct request *r);

/* /invitation/:token */
struct reply invitation_edit(struct request *r);
struct reply invitation_update(struct request *r);

struct reply session_extend_run(struct request *r); /* POST /session/extend */
struct reply own_role_edit(struct request *r);      /* GET /switch-role */
struct reply own_role_update(struct request *r);    /* POST /switch-role */

struct reply account_list(struct request *r);   /* GET /accounts */
struct reply account_new(struct request *r);    /* GET /accounts/invite */
struct reply account_create(struct request *r); /* POST /accounts/invite */
struct reply account_show(struct request *r);   /* GET /accounts/:reference */
struct reply account_update(struct request *r); /* POST /accounts/:reference */

struct reply wall_show(struct request *r);   /* GET /accounts/wall */
struct reply wall_create(struct request *r); /* POST /accounts/wall */

/* Where the sign-in form goes: keeps the page to which it leads. */
const char *sign_in_address(struct request *r);

/*
 * `text` when it is a path of ours, else `otherwise`: what comes in a query or
 * a hidden field is anybody's.
 */
const char *path_of_ours(const char *text, const char *otherwise);

/*
 * Answers 429: puts the message about too many attempts at the form's first
 * field and shows the page again with it.
 */
struct reply reply_throttled(struct request *r, struct form *form,
    int32_t seconds,
    struct reply (*again)(struct request *r, struct form *form, int status));

#endif
