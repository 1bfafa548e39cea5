/*
 * Mail to be sent: written into the outbox in the transaction that it tells
 * about, sent afterwards by the jobs process.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include <stdint.h>

struct db;

/*
 * kind says what it tells, for reports: new_offer, reset, invitation ...
 * subject is one line, body plain text with LF as line end. Neither holds
 * anything personal: a mail may be read by others.
 */
struct mail {
	const char *kind;
	int64_t council_id; /* 0: mail of the installation, not of a council */
	int64_t offer_id;   /* 0: about no offer */
	const char *to_email;
	const char *to_name; /* NULL: not known */
	const char *subject;
	const char *body;
};

/* Queues a mail under a Message-ID of its own, which every attempt keeps. */
void mail_queue(struct db *db, const struct mail *mail);

#endif
