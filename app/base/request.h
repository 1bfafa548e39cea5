/*
 * One HTTP request as handlers see it. kore_module.c or a test fills the
 * first part, dispatch.c the rest.
 */
#ifndef BASE_REQUEST_H
#define BASE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/session.h"
#include "base/text.h"

struct arena;
struct config;
struct db;
struct route;

enum method {
	GET,
	POST,
	OTHER_METHOD,
};

/* One name and value, decoded; names may repeat, order is the sender's. */
struct pair {
	const char *name;
	const char *value;
};

struct pair_list {
	const struct pair *row;
	size_t count;
};

/* A file that was sent with a form; its name is the sender's. */
struct file_part {
	const char *name;
	const char *file_name;
	struct bytes content;
};

struct file_list {
	const struct file_part *row;
	size_t count;
};

struct request {
	/* What came over the wire. Texts are never NULL, "" is absent. */
	enum method method;
	const char *path; /* raw, without the query */
	const char *query_string;
	const char *cookie;
	const char *origin;
	const char *host;
	const char *fetch_site; /* Sec-Fetch-Site */
	const char *content_type;
	const char *if_none_match;
	const char *accept_encoding;
	const char *address; /* of the client, as text: request_address */
	struct bytes body;

	/* What serves it. */
	struct arena *arena;
	struct db *db;
	const struct config *config;
	const char *id; /* for the log and for error pages */

	/* What dispatch found. */
	const struct route *route;
	struct pair_list parts; /* of the path: "reference" of ":reference" */
	struct pair_list query;
	struct pair_list fields; /* of the body */
	struct file_list files;  /* of the body, where the route takes them */
	struct bytes body_hash;  /* of the fields, once it was asked for */
	struct session session;
	int64_t now;             /* the database's clock at its start */
	const char *csrf_token;  /* to be put into every form */
	const char *notice;      /* banner text after a redirect, or NULL */
	struct pair_list parked; /* fields of a form kept over a sign-in */
	struct buffer out;       /* the page being rendered */
	bool is_refused;         /* that page is one of errors */
	struct text_list set_cookies;
};

/*
 * Whose request it is: `peer` is who is connected, and `forwarded` the
 * X-Forwarded-For that was sent, of which only the last address counts and
 * only when `peer` is the `proxy` (NULL: there is none).
 */
const char *request_address(struct arena *arena, const char *peer,
    const char *proxy, const char *forwarded);

/* The part of the path that the route calls `name`; "" when there is none. */
const char *request_part(const struct request *r, const char *name);

/* The first value of a name in the query, or NULL. */
const char *request_query(const struct request *r, const char *name);

/* The first value of a field in the body, or NULL. */
const char *request_field(const struct request *r, const char *name);

/* The file that was picked in a field of that name, or NULL. */
const struct file_part *request_file(const struct request *r, const char *name);

/*
 * The text of a file that was picked in a field, in the arena, ended by a NUL.
 * NULL, with *fault a sentence, when there is none, when it is larger than
 * `maximum` bytes, a multiple of 1024, or not UTF-8: "The file must be WHAT".
 */
const char *request_file_text(const struct request *r, const char *name,
    size_t maximum, const char *what, const char **fault);

/* As above from any list. */
const char *pair_find(struct pair_list list, const char *name);

/* Whether a field's name says that its value must never be shown or kept. */
bool pair_is_secret(const struct pair *pair);

/*
 * The page number asked for with ?page=, 1 when absent or nonsense, never
 * above `most`.
 */
int32_t request_page(const struct request *r, int32_t most);

/* The same of a list whose page has another name in the query. */
int32_t request_page_of(
    const struct request *r, const char *name, int32_t most);

/* Which page of a list is shown, and how many rows there are in all. */
struct paging {
	const char *name; /* of the page's number in the query */
	int64_t count;    /* of rows */
	int64_t offset;   /* of the page's first row */
	int32_t page;     /* from 1 */
	int32_t pages;
};

/*
 * The page of `rows` rows that the query asks for with `name`; beyond the
 * last it is the last, as the list may have become shorter.
 */
struct paging request_paging(
    const struct request *r, const char *name, int64_t count, int32_t rows);

/*
 * The query with `name` set to `value` ("?state=waiting&page=2"), for links
 * that change one filter. In the arena.
 */
const char *request_query_with(
    struct request *r, const char *name, const char *value);

/*
 * Adds a Set-Cookie line to whatever reply is given, in place of an earlier
 * one for the same cookie.
 */
void request_set_cookie(struct request *r, const char *line);

#endif
