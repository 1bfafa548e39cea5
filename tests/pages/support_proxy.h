/*
 * A server between libpq and PostgreSQL that can freeze, end, come back and
 * lose answers, so that tests need not do any of that to PostgreSQL itself.
 */
#ifndef PAGES_SUPPORT_PROXY_H
#define PAGES_SUPPORT_PROXY_H

#include <stdbool.h>

enum proxy_cut {
	PROXY_PASS,
	PROXY_CUT_BEFORE, /* a COMMIT is not passed on; the line is cut */
	PROXY_CUT_AFTER,  /* a COMMIT is passed on, its answer is not */
};

/*
 * Starts the proxy in a process of its own, in front of the server that the
 * environment names, and points PGHOST at it. Ends the program if it cannot.
 */
void proxy_start(void);

/* Ends it, with all connections, as a server does that is killed. */
void proxy_kill(void);

/* After proxy_kill: the same socket answers again. */
void proxy_restart(void);

/* Stops it between two instructions: connections open, no answers come. */
void proxy_freeze(void);
void proxy_thaw(void);

/* What happens to the next COMMITs. */
void proxy_cut(enum proxy_cut cut);

/* Ends it and puts PGHOST back. */
void proxy_end(void);

#endif
