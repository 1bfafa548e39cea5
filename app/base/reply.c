/* Makes replies; kore_module.c sends them. */
#include "base/reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/html.h"
#include "base/request.h"
#include "base/secret.h"
#include "base/session.h"

static const char html_type[] = "text/html; charset=utf-8";
static const char notice_cookie[] = "notice";

struct reply
reply_page(struct request *r, int status)
{
	return (struct reply) {
		.status = status,
		.content_type = html_type,
		.body = { (const unsigned char *)r->out.data, r->out.length },
	};
}

/* A redirect leaves us only by a fault: then nothing is better than a guess. */
static struct reply
redirect(const char *location)
{
	if (location[0] != '/' || location[1] == '/' ||
	    strpbrk(location, "\r\n\\") != NULL) {
		fprintf(stderr, "reply: not a path of ours\n");
		abort();
	}
	return (struct reply) {
		.status = HTTP_SEE_OTHER,
		.content_type = html_type,
		.location = location,
	};
}

struct reply
reply_redirect(struct request *r, const char *format, ...)
{
	const char *location;
	va_list args;

	va_start(args, format);
	location = arena_vprintf(r->arena, format, args);
	va_end(args);
	return redirect(location);
}

struct reply
reply_redirect_with(
    struct request *r, const char *notice, const char *format, ...)
{
	const char *location;
	va_list args;

	va_start(args, format);
	location = arena_vprintf(r->arena, format, args);
	va_end(args);
	reply_notice_set(r, notice);
	return redirect(location);
}

/* The notice hangs on the CSRF token, so that nobody else can write one. */
static const char *
notice_seal(struct request *r, const char *notice)
{
	unsigned char hash[SECRET_HASH_SIZE];

	secret_hmac(
	    r->csrf_token, strlen(r->csrf_token), notice, strlen(notice), hash);
	return text_hex(r->arena, hash, sizeof(hash));
}

void
reply_notice_set(struct request *r, const char *notice)
{
	const char *encoded = url_encode(r, notice);

	cookie_set(r, notice_cookie,
	    arena_printf(r->arena, "%s.%s", notice_seal(r, encoded), encoded),
	    "; Max-Age=60");
}

/* A notice is encoded as the value of a form is. */
static const char *
notice_text(struct request *r, const char *encoded)
{
	const char *pair = arena_printf(r->arena, "notice=%s", encoded);
	struct pair_list pairs;

	if (!form_decode(r->arena, pair, strlen(pair), &pairs))
		return NULL;
	return pair_find(pairs, "notice");
}

void
reply_notice_take(struct request *r)
{
	const char *cookie = cookie_find_own(r, notice_cookie);
	const char *dot = cookie != NULL ? strchr(cookie, '.') : NULL;
	const char *seal;

	if (dot == NULL)
		return;
	cookie_set(r, notice_cookie, "", "; Max-Age=0");
	seal = arena_strndup(r->arena, cookie, (size_t)(dot - cookie));
	if (secret_equal(seal, notice_seal(r, dot + 1)))
		r->notice = notice_text(r, dot + 1);
}

struct reply
reply_not_found(struct request *r)
{
	(void)r;
	return (struct reply) { .status = HTTP_NOT_FOUND };
}

struct reply
reply_bytes(struct request *r, const char *content_type, struct bytes body)
{
	(void)r;
	return (struct reply) {
		.status = HTTP_OK,
		.content_type = content_type,
		.body = body,
	};
}

struct reply
reply_file(struct request *r, const char *file_name, const char *content_type,
    struct bytes body)
{
	struct reply reply = reply_bytes(r, content_type, body);

	reply.file_name = file_name;
	return reply;
}

/* The characters of RFC 8187's attr-char, which is less than a token. */
static bool
is_plain(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z') ||
	       (byte != '\0' && strchr("!#$&+-.^_`|~", byte) != NULL);
}

const char *
reply_disposition(struct arena *arena, const char *file_name)
{
	const size_t most = 4 * strlen(file_name) + 64;
	struct buffer text = buffer_new(arena, most, most);
	bool is_ascii = true;
	const char *byte;

	buffer_text(&text, "attachment; filename=\"");
	for (byte = file_name; *byte != '\0'; byte++) {
		if (is_plain((unsigned char)*byte) ||
		    (*byte != '\0' && strchr(" ()[],;=@{}'", *byte) != NULL)) {
			buffer_byte(&text, *byte);
			continue;
		}
		is_ascii = false;
		/* One for each character, not for each of its bytes. */
		if (((unsigned char)*byte & 0xC0) != 0x80)
			buffer_byte(&text, '_');
	}
	buffer_byte(&text, '"');
	if (is_ascii)
		return text.data;
	buffer_text(&text, "; filename*=UTF-8''");
	for (byte = file_name; *byte != '\0'; byte++)
		if (is_plain((unsigned char)*byte))
			buffer_byte(&text, *byte);
		else
			buffer_printf(&text, "%%%02X", (unsigned char)*byte);
	return text.data;
}

struct reply
reply_after(struct request *r, const struct password_job *job,
    struct reply (*then)(struct request *r, const struct password_job *job))
{
	struct password_job *copy = arena_alloc(r->arena, sizeof(*copy));

	*copy = *job;
	return (struct reply) { .job = copy, .then = then };
}
