/*
 * Ids and links for template parts; all results live in the arena.
 */
#include "base/parts.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/request.h"

const char *
described_by(struct request *r, const char *others, const char *id,
    bool has_hint, bool has_error)
{
	struct buffer ids = buffer_new(r->arena, 64, 4096);

	if (!text_is_empty(others))
		buffer_text(&ids, others);
	if (has_hint)
		buffer_printf(&ids, "%s%s-hint", ids.length > 0 ? " " : "", id);
	if (has_error)
		buffer_printf(
		    &ids, "%s%s-error", ids.length > 0 ? " " : "", id);
	return ids.length > 0 ? ids.data : NULL;
}

const char *
choice_id(struct request *r, const char *name, size_t index)
{
	if (index == 0)
		return name;
	return arena_printf(r->arena, "%s-%zu", name, index + 1);
}

const char *
field_target(struct request *r, const struct form_field *field)
{
	bool is_date = field->field->kind == FIELD_DATE ||
	               field->field->kind == FIELD_INSTANT;

	if (field->field->kind == FIELD_HIDDEN)
		return "#main-content";
	return arena_printf(
	    r->arena, "#%s%s", field->field->name, is_date ? "-day" : "");
}

struct form_field_list
form_field_list(const struct form *form)
{
	return (struct form_field_list) { form->fields, form->count };
}

struct field_look
field_look(enum field_kind kind)
{
	static const struct field_look looks[FIELD_HIDDEN + 1] = {
		[FIELD_EMAIL] = { .type = "email", .spellcheck = "false" },
		[FIELD_TELEPHONE] = { .type = "tel", .width = 20 },
		[FIELD_POSTCODE] = { .width = 10, .spellcheck = "false" },
		[FIELD_NUMBER] = { .width = 5,
		    .inputmode = "numeric",
		    .spellcheck = "false" },
		[FIELD_MONEY] = { .width = 5,
		    .inputmode = "decimal",
		    .spellcheck = "false",
		    .prefix = "£" },
		[FIELD_HOURS] = { .width = 5,
		    .inputmode = "decimal",
		    .spellcheck = "false",
		    .suffix = "hours" },
		[FIELD_TIME] = { .width = 5, .spellcheck = "false" },
	};

	return looks[kind];
}

const char *
page_href(struct request *r, const char *name, int32_t number)
{
	return request_query_with(r, name != NULL ? name : "page",
	    arena_printf(r->arena, "%" PRId32, number));
}

static bool
is_named(int32_t number, int32_t page, int32_t pages)
{
	return number == 1 || number == pages ||
	       (number >= page - 1 && number <= page + 1);
}

struct page_link_list
page_links(struct request *r, const char *name, int32_t page, int32_t pages)
{
	enum { MOST = 7 }; /* 1 ... 4 5 6 ... 9 */
	struct page_link *row = arena_array(r->arena, MOST, sizeof(*row));
	struct page_link_list links = { row, 0 };
	int32_t number, last = 0;

	for (number = 1; number <= pages; number++) {
		if (!is_named(number, page, pages))
			continue;
		if (number > last + 1)
			row[links.count++].is_gap = true;
		row[links.count].href = page_href(r, name, number);
		row[links.count].number = number;
		row[links.count++].is_current = number == page;
		last = number;
	}
	return links;
}
