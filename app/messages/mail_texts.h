/* The words of mails that the jobs process writes itself. */
#ifndef MESSAGES_MAIL_TEXTS_H
#define MESSAGES_MAIL_TEXTS_H

#include <stdint.h>

struct arena;
struct mail;

/*
 * Reminds a provider of an offer, or of the bundle that it is answered with
 * ("": none); fills subject and body. `address` is of Hearth, without a slash
 * at the end.
 */
void mail_text_reminder(struct arena *arena, struct mail *mail,
    const char *address, const char *offer_reference,
    const char *bundle_reference, int64_t reply_by);

#endif
