/*
 * Links that come by mail and work once: for a new password, for an
 * invitation. The token stands in the path, its hash in the database.
 */
#ifndef ACCOUNTS_MAILED_LINKS_H
#define ACCOUNTS_MAILED_LINKS_H

#include "base/reply.h"

struct form;
struct mailed_link;

#define PASSWORD_HINT                                                          \
	"At least 12 characters. Three or more words that do not belong "      \
	"together are easy to remember and hard to guess."

/* The hash of the path's token. */
struct bytes mailed_link_hash(struct request *r);

/* The live link that the path names, of this kind; NULL when it is not. */
const struct mailed_link *mailed_link_find(struct request *r, const char *kind);

/* 410, the same for links that were used, are too old or never were. */
struct reply reply_link_gone(struct request *r, const char *kind);

/* Mails a link to set a new password, or to accept a role. */
void mail_reset(
    struct request *r, const char *email, const char *name, const char *token);
void mail_invitation(struct request *r, const char *email, const char *role,
    const char *body, const char *token);

/*
 * Adds the message to a field whose new password is refused. What is known of
 * the owner may be NULL; an empty password is left to the form.
 */
void password_check(struct form *form, const char *field, const char *password,
    const char *name, const char *email, const char *body);

/* reply_after with the hash of a new password. */
struct reply reply_hashed(struct request *r, const char *password,
    struct reply (*then)(struct request *r, const struct password_job *job));

#endif
