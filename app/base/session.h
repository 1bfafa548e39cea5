/*
 * Who is asking: what session_begin() of the database says, and the tokens
 * of cookies and forms. Care knows roles; this file only carries them.
 */
#ifndef BASE_SESSION_H
#define BASE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

struct request;

enum session_state {
	SESSION_ABSENT, /* no cookie, or one that nobody knows */
	SESSION_LIVE,
	SESSION_IDLE,  /* ended through idleness; a form may be parked */
	SESSION_ENDED, /* signed out, ended by another, or too old */
};

struct session {
	enum session_state state;
	int64_t account_id;
	const char *account_name;
	const char *email;
	int64_t membership_id;
	const char *role;   /* "" when nobody is signed in */
	int64_t council_id; /* 0 for a provider */
	const char *council_name;
	int64_t organisation_id; /* 0 for a council's staff */
	const char *organisation_name;
	int64_t membership_count;
	int64_t idle_at; /* when it ends without another click */
	int64_t ends_at; /* when it ends in any case */
};

/* Bytes of a session token; its text is 64 hexadecimal letters. */
enum { SESSION_TOKEN_SIZE = 32 };

/*
 * Reads the session cookie of the request: exact name, once only, 64 small
 * hexadecimal letters. NULL when there is none or it is not that.
 */
const char *session_cookie(struct request *r);

/*
 * The value of a cookie by its exact name, in the arena. NULL when it is
 * absent or sent twice.
 */
const char *cookie_find(struct request *r, const char *name);

/* As cookie_find for a cookie that cookie_set wrote. */
const char *cookie_find_own(struct request *r, const char *name);

/*
 * Sets a cookie of ours with the reply; `attributes` is "" or more of the
 * line, such as "; Max-Age=0".
 */
void cookie_set(struct request *r, const char *name, const char *value,
    const char *attributes);

/* A new random token as text, in the arena. */
const char *session_token_new(struct request *r);

/* SHA-256 of a token's text, as the database keeps it, in the arena. */
struct bytes session_token_hash(struct request *r, const char *token);

/* Sets, or takes away, the session cookie with the reply. */
void session_cookie_set(struct request *r, const char *token);
void session_cookie_clear(struct request *r);

/*
 * The CSRF token that belongs to a cookie's token, in the arena: HMAC-SHA256
 * of a constant under it. Forms of visitors hang on a cookie of their own.
 */
const char *session_csrf(struct request *r, const char *token);

/*
 * Makes sure that the request has a cookie for its CSRF token: the session's,
 * or the visitor's, which is set when it is missing. Fills r->csrf_token.
 */
void session_csrf_begin(struct request *r);

/* Whether the posted token belongs to the cookie and the origin is ours. */
bool session_csrf_holds(struct request *r);

#endif
