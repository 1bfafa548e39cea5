/*
 * A browser in process: requests go to app_handle, cookies are kept, forms
 * are sent with the tokens of the page they stand on. The database is the
 * one that the environment names (PGHOST, PGDATABASE); every test program
 * has its own.
 */
#ifndef PAGES_HARNESS_H
#define PAGES_HARNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct browser {
	char cookies[4096];
	char *page;         /* the last body; "" when none */
	char *location;     /* of the last redirect; "" when none */
	char *cookie_lines; /* the last Set-Cookie lines, one a line */
	int status;
};

/* The demonstration's password, for everybody in it. */
extern const char *const demo_password;

/* Once, before the first test: connects both connections. */
void harness_begin(void);
void harness_end(void);

/* From then on pages take mail as sent to that server; NULL: as files. */
void harness_smtp(const char *url);

struct browser *browser_new(void);
void browser_free(struct browser *browser);

/* GET; does not follow a redirect. */
void browser_get(struct browser *browser, const char *path);

/* Follows the last redirect, and what follows it, up to ten times. */
void browser_follow(struct browser *browser);

/*
 * POST of a form of the page that was got last: csrf and once are taken from
 * it, then come the pairs: name, value, ..., NULL.
 */
void browser_post(struct browser *browser, const char *path, ...)
    __attribute__((sentinel));

/* POST of an encoded body as it is. */
void browser_post_body(
    struct browser *browser, const char *path, const char *body);

/* POST of the form of the page that was got last, with a file. */
void browser_post_file(struct browser *browser, const char *path,
    const char *name, const char *file_name, struct bytes content);

/* GET and POST of the same address: a form, as a person sends it. */
void browser_fill(struct browser *browser, const char *path, ...)
    __attribute__((sentinel));

/* Signs in with the demonstration's password; fails the test if it cannot. */
void browser_sign_in(struct browser *browser, const char *email);

/* A new browser that is signed in as by browser_sign_in. */
struct browser *browser_signed_in(const char *email);

/* The hidden value of the page's forms; "" when there is none. */
void browser_hidden(const struct browser *browser, const char *name,
    char *value, unsigned long size);

/* These fail the test, showing the page's main part. */
void expect_status(const struct browser *browser, int status);
void expect_text(const struct browser *browser, const char *text);
void expect_no_text(const struct browser *browser, const char *text);
void expect_location(const struct browser *browser, const char *start);

/* As the superuser: a statement, and the first value of a query. */
void sql_run(const char *format, ...) __attribute__((format(printf, 1, 2)));
int64_t sql_number(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
/* The text lives until the next call. */
const char *sql_text(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* What a file says, up to 64 KiB. The text lives until the next call. */
const char *file_text(const char *path);

/*
 * Commits, from a thread and after a moment, what sql_run began with BEGIN, so
 * that a request meets somebody else's act. Before the next sql_ call comes
 * sql_commit_wait.
 */
void sql_commit_soon(void);
void sql_commit_wait(void);

/*
 * An account with the demonstration's password and a role at the council of
 * that code or, when that is "", the organisation of that name.
 */
void account_make(const char *email, const char *name, const char *role,
    const char *council, const char *organisation);

#endif
