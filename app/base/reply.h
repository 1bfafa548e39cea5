/*
 * What a handler gives back. A handler returns a reply; it never sends one,
 * so "forgot to answer" and "answered twice" cannot be written.
 */
#ifndef BASE_REPLY_H
#define BASE_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct arena;
struct request;

enum {
	HTTP_OK = 200,
	HTTP_SEE_OTHER = 303,
	HTTP_NOT_MODIFIED = 304,
	HTTP_BAD_REQUEST = 400,
	HTTP_FORBIDDEN = 403,
	HTTP_NOT_FOUND = 404,
	HTTP_METHOD_NOT_ALLOWED = 405,
	HTTP_CONFLICT = 409,
	HTTP_GONE = 410,
	HTTP_TOO_LARGE = 413,
	HTTP_UNPROCESSABLE = 422,
	HTTP_TOO_MANY = 429,
	HTTP_ERROR = 500,
	HTTP_UNAVAILABLE = 503,
};

/* The one kind of work that leaves the worker's thread. */
enum { PASSWORD_MAXIMUM = 1024, PASSWORD_HASH_SIZE = 128 };

struct password_job {
	int64_t account_id; /* whose password it is; 0 = nobody's */
	bool is_verify;     /* else make a new hash */
	char password[PASSWORD_MAXIMUM + 1]; /* wiped when done */
	char hash[PASSWORD_HASH_SIZE];       /* in for verify, out for make */
	bool matches;                        /* out, for verify */
	bool is_done;                        /* false: argon2 could not run */
};

struct reply {
	int status;
	const char *content_type;
	const char *location;  /* of a redirect: a path of ours */
	const char *file_name; /* not NULL: a download of that name */
	const char *etag;
	const char *encoding; /* Content-Encoding of a static file */
	const char *allow;    /* of a 405 */
	int32_t retry_after;  /* seconds; 0 = no header */
	bool is_static;       /* may be cached for a year */
	bool ends_site_data;  /* sign-out: Clear-Site-Data */
	struct bytes body;
	struct password_job *job; /* not NULL: run it, then call `then` */
	struct reply (*then)(struct request *r, const struct password_job *job);
};

/* The page that was rendered into r->out. */
struct reply reply_page(struct request *r, int status);

/* 303 to a path of ours. Refuses what is not one by ending the process. */
struct reply reply_redirect(struct request *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * As reply_redirect, with a notice shown once on the next page
 * ("Offer accepted"). It travels signed in a cookie, not in the URL.
 */
struct reply reply_redirect_with(struct request *r, const char *notice,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Sets the notice cookie; dispatch takes it on the next page shown. */
void reply_notice_set(struct request *r, const char *notice);
void reply_notice_take(struct request *r);

/*
 * For what is absent and what is another's. A reply of 400 and above without
 * a body gets the house's error page from dispatch.
 */
struct reply reply_not_found(struct request *r);

/* Bytes of a type, shown (text) or downloaded under a name (file). */
struct reply reply_bytes(
    struct request *r, const char *content_type, struct bytes body);
struct reply reply_file(struct request *r, const char *file_name,
    const char *content_type, struct bytes body);

/*
 * The Content-Disposition of a download (RFC 6266): the name as it is where
 * that is plain ASCII, else one like it and the whole in UTF-8 (RFC 8187).
 * In the arena.
 */
const char *reply_disposition(struct arena *arena, const char *file_name);

/*
 * Commits what the handler did, runs the job in a thread, then calls `then`
 * in a new transaction with the same request. `job` is copied.
 */
struct reply reply_after(struct request *r, const struct password_job *job,
    struct reply (*then)(struct request *r, const struct password_job *job));

#endif
