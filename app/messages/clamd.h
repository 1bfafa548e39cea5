/*
 * The virus scanner clamd, over its INSTREAM command: bytes go in as they come,
 * a line comes back (clamd(8)).
 */
#ifndef MESSAGES_CLAMD_H
#define MESSAGES_CLAMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum clamd_answer {
	CLAMD_CLEAN,
	CLAMD_FOUND,  /* `reply` is the name of what was found */
	CLAMD_CANNOT, /* it is there and could not look at this */
	CLAMD_AWAY,   /* it is not there, or went away */
};

enum { CLAMD_REPLY_MAXIMUM = 256 };

/* One file on its way to the scanner; lives where the caller puts it. */
struct clamd {
	int socket;
	bool is_broken;
	char reply[CLAMD_REPLY_MAXIMUM];
};

/*
 * Connects to "/path/of/a/socket" or "host:port", at most ten seconds long, and
 * begins a file. False when nobody is there; then nothing has to be ended.
 */
bool clamd_begin(struct clamd *clamd, const char *address);

/* The next bytes of the file; a failure is told by clamd_end. */
void clamd_add(struct clamd *clamd, struct bytes bytes);

/* Ends file and connection; waits at most twenty seconds for the answer. */
enum clamd_answer clamd_end(struct clamd *clamd);

/* Ends the connection without an answer. */
void clamd_drop(struct clamd *clamd);

#endif
