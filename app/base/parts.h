/*
 * What the template parts work out before they are drawn: ids, references
 * between elements, and the pages of a long list.
 */
#ifndef BASE_PARTS_H
#define BASE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"

struct request;

/*
 * The value of aria-describedby: `others` (ids of the caller's, or NULL),
 * then ID-hint and ID-error as there are. NULL when there are none of them.
 */
const char *described_by(struct request *r, const char *others, const char *id,
    bool has_hint, bool has_error);

/* The id of a radio or checkbox: NAME for the first, then NAME-2, NAME-3. */
const char *choice_id(struct request *r, const char *name, size_t index);

/*
 * Where the error summary leads for a field: "#postcode", "#starts_on-day"; to
 * the page itself for one that cannot be seen.
 */
const char *field_target(struct request *r, const struct form_field *field);

/* The fields of a form in their order, for a template's each. */
struct form_field_list {
	const struct form_field *row;
	size_t count;
};

struct form_field_list form_field_list(const struct form *form);

/* How a field of one line is drawn; NULL is the input's own default. */
struct field_look {
	const char *type;
	const char *inputmode;
	const char *spellcheck;
	const char *prefix;
	const char *suffix;
	int32_t width; /* in characters; 0 = full */
};

struct field_look field_look(enum field_kind kind);

/* One page of a list that has several. */
struct page_link {
	const char *href;
	int64_t number;
	bool is_current;
	bool is_gap; /* "..." between pages that are named */
};

struct page_link_list {
	const struct page_link *row;
	size_t count;
};

/*
 * Links to the first, the last, this page and its neighbours, keeping the
 * rest of the query. Pages count from 1; `name` is theirs in the query, NULL
 * for "page".
 */
struct page_link_list page_links(
    struct request *r, const char *name, int32_t page, int32_t pages);

/* The address of one page: the request's query with `name` set to it. */
const char *page_href(struct request *r, const char *name, int32_t number);

#endif
