/* Looking things up in a request. */
#include "base/request.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"

const char *
pair_find(struct pair_list list, const char *name)
{
	size_t i;

	for (i = 0; i < list.count; i++)
		if (strcmp(list.row[i].name, name) == 0)
			return list.row[i].value;
	return NULL;
}

const char *
request_part(const struct request *r, const char *name)
{
	const char *value = pair_find(r->parts, name);

	return value != NULL ? value : "";
}

const char *
request_query(const struct request *r, const char *name)
{
	return pair_find(r->query, name);
}

const char *
request_field(const struct request *r, const char *name)
{
	return pair_find(r->fields, name);
}

const struct file_part *
request_file(const struct request *r, const char *name)
{
	size_t i;

	/* A field in which nothing was picked is sent without a file name. */
	for (i = 0; i < r->files.count; i++)
		if (strcmp(r->files.row[i].name, name) == 0 &&
		    *r->files.row[i].file_name != '\0')
			return &r->files.row[i];
	return NULL;
}

const char *
request_file_text(const struct request *r, const char *name, size_t maximum,
    const char *what, const char **fault)
{
	const struct file_part *file = request_file(r, name);
	const size_t kilobytes = maximum / 1024;
	const char *text;

	if (file == NULL) {
		*fault = "Select a file";
		return NULL;
	}
	text = (const char *)file->content.data;
	if (file->content.length > maximum) {
		*fault = kilobytes % 1024 == 0
		             ? arena_printf(r->arena,
				   "The file must be smaller than %zu MB",
				   kilobytes / 1024)
		             : arena_printf(r->arena,
				   "The file must be smaller than %zu KB",
				   kilobytes);
		return NULL;
	}
	if (!text_is_utf8(text, file->content.length)) {
		*fault = arena_printf(r->arena, "The file must be %s", what);
		return NULL;
	}
	return arena_strndup(r->arena, text, file->content.length);
}

bool
pair_is_secret(const struct pair *pair)
{
	return strstr(pair->name, "password") != NULL;
}

const char *
request_address(struct arena *arena, const char *peer, const char *proxy,
    const char *forwarded)
{
	const char *comma = strrchr(forwarded, ',');
	unsigned char address[sizeof(struct in6_addr)];
	const char *last;

	if (!text_equal(peer, proxy))
		return peer;
	last = text_tidy(arena, comma != NULL ? comma + 1 : forwarded);
	if (inet_pton(AF_INET, last, address) != 1 &&
	    inet_pton(AF_INET6, last, address) != 1)
		return peer;
	return last;
}

int32_t
request_page_of(const struct request *r, const char *name, int32_t most)
{
	int64_t page = 1;

	text_to_int64(request_query(r, name), 1, INT32_MAX, &page);
	if (page > most)
		page = most;
	return page < 1 ? 1 : (int32_t)page;
}

int32_t
request_page(const struct request *r, int32_t most)
{
	return request_page_of(r, "page", most);
}

struct paging
request_paging(
    const struct request *r, const char *name, int64_t count, int32_t rows)
{
	struct paging paging = { .name = name, .count = count };

	paging.pages = (int32_t)((count + rows - 1) / rows);
	paging.page = request_page_of(r, name, paging.pages);
	paging.offset = (int64_t)(paging.page - 1) * rows;
	return paging;
}

const char *
request_query_with(struct request *r, const char *name, const char *value)
{
	struct buffer query = buffer_new(r->arena, 128, 65536);
	char separator = '?';
	size_t i;

	for (i = 0; i < r->query.count; i++) {
		const struct pair *pair = &r->query.row[i];

		if (strcmp(pair->name, name) == 0)
			continue;
		buffer_byte(&query, separator);
		buffer_printf(&query, "%s=%s", url_encode(r, pair->name),
		    url_encode(r, pair->value));
		separator = '&';
	}
	if (value != NULL) {
		buffer_byte(&query, separator);
		buffer_printf(
		    &query, "%s=%s", url_encode(r, name), url_encode(r, value));
	}
	return query.length > 0 ? query.data : r->path;
}

void
request_set_cookie(struct request *r, const char *line)
{
	const char **rows = arena_array(
	    r->arena, r->set_cookies.count + 1, sizeof(*rows));
	const size_t name = strcspn(line, "=") + 1;
	size_t i, count = 0;

	if (strpbrk(line, "\r\n") != NULL) {
		fputs("request: a cookie holds a line end\n", stderr);
		abort();
	}
	for (i = 0; i < r->set_cookies.count; i++)
		if (strncmp(r->set_cookies.row[i], line, name) != 0)
			rows[count++] = r->set_cookies.row[i];
	rows[count++] = line;
	r->set_cookies = (struct text_list) { rows, count };
}
