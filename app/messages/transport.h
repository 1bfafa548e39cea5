/*
 * How mail leaves: into files under var/mail, or over SMTP when SMTP_URL is
 * set. Knows nothing of the outbox.
 */
#ifndef MESSAGES_TRANSPORT_H
#define MESSAGES_TRANSPORT_H

#include <stdbool.h>

struct arena;
struct config;
struct transport;

enum delivery {
	DELIVERED,
	DELIVERY_LATER,   /* a reason that may pass */
	DELIVERY_NEVER,   /* the server will not take it */
	DELIVERY_STOPPED, /* this process was asked to end */
};

/*
 * Makes the transport that the configuration names; NULL, with one line on
 * stderr, when it cannot be (a folder that cannot be written).
 */
struct transport *transport_new(const struct config *config);
void transport_free(struct transport *transport);

/*
 * Hands over one mail (see letter.h) and waits for the answer, 20 seconds at
 * most. `name` is the same at every attempt: a file is replaced by itself.
 * *reason, in the arena, is for staff; it holds no part of the mail.
 */
enum delivery transport_send(struct transport *transport, struct arena *arena,
    const char *name, const char *to_email, const char *mail,
    const char **reason);

#endif
