/*
 * Escaped output for compiled templates: what is written decides by its C
 * type how it is written. The only type that goes out as it is is
 * struct safe_html, made by base/ and by nothing else.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct request;

struct safe_html {
	const char *data;
	size_t length;
};

/* Text with & < > " and ' escaped; NULL writes nothing. */
void html_text(struct buffer *out, const char *text);
void html_number(struct buffer *out, int64_t number);
void html_safe(struct buffer *out, struct safe_html html);

/*
 * A whole URL, or its beginning, in href, src or action: a path of ours,
 * "#...", "?...", https:, http:, mailto: or tel:; anything else is written
 * as "#". "//host" is not a path of ours. NULL writes nothing.
 */
void html_url(struct buffer *out, const char *url);

/* A value inside a query or path part: percent-encoded. */
const char *url_encode(struct request *r, const char *text);

/* clang-format off */
#define html_put(out, value) _Generic((value),			\
	char *: html_text,					\
	const char *: html_text,				\
	int32_t: html_number,					\
	int64_t: html_number,					\
	uint32_t: html_number,					\
	size_t: html_number,					\
	struct safe_html: html_safe)((out), (value))

/* In an attribute, title or textarea nothing is safe as it is. */
#define html_put_attribute(out, value) _Generic((value),	\
	char *: html_text,					\
	const char *: html_text,				\
	int32_t: html_number,					\
	int64_t: html_number,					\
	uint32_t: html_number,					\
	size_t: html_number)((out), (value))
/* clang-format on */

#endif
