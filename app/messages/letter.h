/*
 * A mail as it goes over the wire (RFC 5322): headers encoded, body in seven
 * bits, the same bytes each time it is written. Pure.
 */
#ifndef MESSAGES_LETTER_H
#define MESSAGES_LETTER_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct letter {
	const char
	    *from; /* "Hearth <hearth@example.org>" or an address alone */
	const char *to_email;
	const char *to_name; /* "": none */
	const char *subject;
	const char *body;       /* LF as line end */
	const char *message_id; /* left of the @ */
	int64_t written_at;     /* Date header */
};

/*
 * An address as envelopes take it: local part, @ and host in visible ASCII,
 * nothing that ends a header or a command.
 */
bool address_is_plain(const char *address);

/* The address in "Name <address>"; NULL when it is not plain. */
const char *address_of(struct arena *arena, const char *mailbox);

/*
 * The whole mail with CRLF as line end; NULL, and why in *problem, when a
 * header holds a control character or an address is not plain.
 */
const char *letter_write(
    struct arena *arena, const struct letter *letter, const char **problem);

#endif
