/*
 * What the environment says, read once at start. libpq reads its own names
 * (PGHOST, PGDATABASE, PGUSER ...); every other name is HEARTH_*, and one
 * that is not in the table refuses to start.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>

struct config {
	const char *address;  /* public base URL, no slash at the end */
	const char *assets;   /* folder of built static files */
	const char *var;      /* folder for mail files and uploads */
	const char *smtp_url; /* NULL: mail goes to files under var/mail */
	const char *mail_from;
	const char *proxy; /* address of the one in front; NULL: none */
	const char *clamd; /* virus scanner: "/socket", "host:port"; NULL */
	bool is_secure;    /* the address is https: __Host- cookies */
};

/*
 * Fills `config`. On a name that is not known, or a value that cannot be,
 * prints one line to stderr and gives false. The texts live as long as the
 * environment.
 */
bool config_read(struct config *config);

#endif
