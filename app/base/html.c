/*
 * Writes values into HTML. Runs of harmless bytes are copied at once; which
 * bytes are not is one table.
 */
#include "base/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"

static const char *const escapes[256] = {
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
	['\''] = "&#39;",
};

void
html_text(struct buffer *out, const char *text)
{
	const char *start = text;

	if (text == NULL)
		return;
	for (; *text != '\0'; text++) {
		const char *escape = escapes[(unsigned char)*text];

		if (escape == NULL)
			continue;
		buffer_add(out, start, (size_t)(text - start));
		buffer_text(out, escape);
		start = text + 1;
	}
	buffer_add(out, start, (size_t)(text - start));
}

void
html_number(struct buffer *out, int64_t number)
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%" PRId64, number);

	buffer_add(out, digits, (size_t)length);
}

void
html_safe(struct buffer *out, struct safe_html html)
{
	buffer_add(out, html.data, html.length);
}

/* Browsers skip tabs and line ends inside a URL; none of ours has them. */
static bool
has_control(const char *url)
{
	for (; *url != '\0'; url++)
		if ((unsigned char)*url < 0x20 || *url == 0x7F)
			return true;
	return false;
}

static bool
url_is_harmless(const char *url)
{
	static const char *const starts[] = { "https://", "http://",
		"mailto:", "tel:", "?", "#" };
	size_t i;

	if (has_control(url))
		return false;
	if (url[0] == '\0')
		return true;
	if (url[0] == '/')
		return url[1] != '/' && url[1] != '\\';
	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (text_starts_with(url, starts[i]))
			return true;
	return false;
}

void
html_url(struct buffer *out, const char *url)
{
	if (url != NULL)
		html_text(out, url_is_harmless(url) ? url : "#");
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

const char *
url_encode(struct request *r, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *encoded = arena_alloc(r->arena, strlen(text) * 3 + 1);
	char *end = encoded;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (is_unreserved(*text)) {
			*end++ = *text;
			continue;
		}
		*end++ = '%';
		*end++ = digits[c >> 4];
		*end++ = digits[c & 15];
	}
	return encoded;
}
