/* The audit in words. */
#include "administration/audit.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "permissions.h"

enum { DETAIL_MAXIMUM = 64 * 1024 };

const char *
audit_caption(struct request *r, const struct audit_view *view)
{
	if (view->count >= AUDIT_MOST)
		return "The newest 10,000 entries";
	return arena_printf(r->arena, "%" PRId64 " %s", view->count,
	    view->count == 1 ? "entry" : "entries");
}

const char *
audit_who(const struct audit_entry *entry)
{
	if (entry->account != NULL)
		return entry->account;
	if (entry->organisation != NULL)
		return entry->organisation;
	return entry->is_system ? "The service itself"
	                        : "Somebody of another body";
}

const char *
audit_object(struct request *r, const struct audit_entry *entry)
{
	return arena_printf(
	    r->arena, "%s %s", entry->object_kind, entry->object_reference);
}

/* Kinds that have a page of their own. */
static const struct {
	const char *kind;
	const char *folder;
	enum permission permission;
} object_pages[] = {
	{ "package", "packages", PACKAGE_READ },
	{ "person", "people", PACKAGE_READ },
	{ "organisation", "providers", PROVIDER_READ },
	{ "account", "accounts", ACCOUNT_MANAGE },
};

const char *
audit_object_href(struct request *r, const struct audit_entry *entry)
{
	size_t i;

	if (*entry->object_reference == '\0')
		return NULL;
	for (i = 0; i < sizeof(object_pages) / sizeof(object_pages[0]); i++)
		if (text_equal(object_pages[i].kind, entry->object_kind) &&
		    permission_has(r->session.role, object_pages[i].permission))
			return arena_printf(r->arena, "/%s/%s",
			    object_pages[i].folder, entry->object_reference);
	return NULL;
}

static void
json_free(void *argument)
{
	json_decref(argument);
}

static const char *
json_text(struct arena *arena, const json_t *value)
{
	size_t size = json_dumpb(value, NULL, 0, JSON_ENCODE_ANY);
	char *text = arena_alloc(arena, size + 1);

	json_dumpb(value, text, size, JSON_ENCODE_ANY);
	return text;
}

const char *
audit_detail(struct request *r, const struct audit_entry *entry)
{
	struct buffer out = buffer_new(r->arena, 128, DETAIL_MAXIMUM);
	json_t *detail = json_loads(entry->detail, 0, NULL), *value;
	const char *name;

	if (!json_is_object(detail)) {
		json_decref(detail);
		return entry->detail;
	}
	arena_cleanup(r->arena, json_free, detail);
	json_object_foreach(detail, name, value)
	{
		buffer_printf(&out, "%s%s: %s", out.length > 0 ? ", " : "",
		    name,
		    json_is_string(value) ? json_string_value(value)
					  : json_text(r->arena, value));
	}
	return out.data;
}
