/*
 * Tokens of sessions and forms: made here, kept only as hashes by the
 * database, and never seen by a handler.
 */
#include "base/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/request.h"
#include "base/secret.h"
#include "base/text.h"

enum { TOKEN_TEXT = SESSION_TOKEN_SIZE * 2 };

/*
 * "__Host-" binds a cookie to this host and to TLS; browsers refuse it
 * without Secure, so plain HTTP on a developer's machine goes without both.
 */
static const char *
cookie_name(const struct request *r, const char *name)
{
	return r->config->is_secure ? arena_printf(r->arena, "__Host-%s", name)
	                            : name;
}

static bool
is_token(const char *text, size_t length)
{
	return length == TOKEN_TEXT &&
	       strspn(text, "0123456789abcdef") >= TOKEN_TEXT;
}

const char *
cookie_find(struct request *r, const char *name)
{
	const char *cursor = r->cookie, *found = NULL;
	size_t name_length = strlen(name);

	while (*cursor != '\0') {
		size_t length = strcspn(cursor, ";");

		if (length > name_length && cursor[name_length] == '=' &&
		    memcmp(cursor, name, name_length) == 0) {
			if (found != NULL)
				return NULL;
			found = arena_strndup(r->arena,
			    cursor + name_length + 1, length - name_length - 1);
		}
		cursor += length;
		cursor += strspn(cursor, "; ");
	}
	return found;
}

const char *
cookie_find_own(struct request *r, const char *name)
{
	return cookie_find(r, cookie_name(r, name));
}

static const char *
cookie_token(struct request *r, const char *name)
{
	const char *value = cookie_find_own(r, name);

	if (value == NULL || !is_token(value, strlen(value)))
		return NULL;
	return value;
}

const char *
session_cookie(struct request *r)
{
	return cookie_token(r, "session");
}

const char *
session_token_new(struct request *r)
{
	unsigned char random[SESSION_TOKEN_SIZE];

	secret_random(random, sizeof(random));
	return text_hex(r->arena, random, sizeof(random));
}

struct bytes
session_token_hash(struct request *r, const char *token)
{
	unsigned char *hash = arena_alloc(r->arena, SECRET_HASH_SIZE);

	secret_hash(token, strlen(token), hash);
	return (struct bytes) { hash, SECRET_HASH_SIZE };
}

void
cookie_set(struct request *r, const char *name, const char *value,
    const char *attributes)
{
	request_set_cookie(r,
	    arena_printf(r->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
		cookie_name(r, name), value,
		r->config->is_secure ? "; Secure" : "", attributes));
}

void
session_cookie_set(struct request *r, const char *token)
{
	cookie_set(r, "session", token, "");
}

void
session_cookie_clear(struct request *r)
{
	cookie_set(r, "session", "", "; Max-Age=0");
}

const char *
session_csrf(struct request *r, const char *token)
{
	static const char purpose[] = "hearth form";
	unsigned char hash[SECRET_HASH_SIZE];

	secret_hmac(token, strlen(token), purpose, sizeof(purpose) - 1, hash);
	return text_hex(r->arena, hash, sizeof(hash));
}

void
session_csrf_begin(struct request *r)
{
	const char *token = session_cookie(r);

	if (token == NULL)
		token = cookie_token(r, "visitor");
	if (token == NULL) {
		token = session_token_new(r);
		cookie_set(r, "visitor", token, "");
	}
	r->csrf_token = session_csrf(r, token);
}

/*
 * Browsers tell where a request comes from in Sec-Fetch-Site; older ones in
 * Origin. Neither may name another site; the token must fit in any case.
 */
static bool
is_from_here(const struct request *r)
{
	const char *host;

	if (*r->fetch_site != '\0')
		return strcmp(r->fetch_site, "same-origin") == 0 ||
		       strcmp(r->fetch_site, "none") == 0;
	if (*r->origin == '\0')
		return true;
	host = strstr(r->origin, "://");
	return host != NULL && strcmp(host + 3, r->host) == 0;
}

bool
session_csrf_holds(struct request *r)
{
	const char *posted = request_field(r, "csrf");

	return posted != NULL && r->csrf_token != NULL && is_from_here(r) &&
	       secret_equal(posted, r->csrf_token);
}
