/* The audit in words. */
#include "administration/audit.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "packages/history.h"
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

static void
json_free(void *argument)
{
	json_decref(argument);
}

/* The detail as an object that lives as long as the arena, or NULL. */
static json_t *
detail_read(struct request *r, const struct audit_entry *entry)
{
	json_t *detail = json_loads(entry->detail, 0, NULL);

	if (!json_is_object(detail)) {
		json_decref(detail);
		return NULL;
	}
	arena_cleanup(r->arena, json_free, detail);
	return detail;
}

static const char *
json_text(struct arena *arena, const json_t *value)
{
	size_t size = json_dumpb(value, NULL, 0, JSON_ENCODE_ANY);
	char *text = arena_alloc(arena, size + 1);

	json_dumpb(value, text, size, JSON_ENCODE_ANY);
	return text;
}

/* The value of a fact as it is kept; NULL when there is none. */
static const char *
fact_kept(struct request *r, const struct audit_entry *entry, const char *fact)
{
	const json_t *value = json_object_get(detail_read(r, entry), fact);

	if (value == NULL || json_is_null(value))
		return NULL;
	return json_is_string(value) ? json_string_value(value)
	                             : json_text(r->arena, value);
}

/* The same in words. */
static const char *
fact_text(struct request *r, const struct audit_entry *entry, const char *fact)
{
	const char *kept = fact_kept(r, entry, fact);

	if (kept == NULL)
		return NULL;
	if (text_equal(fact, "role"))
		return role_label(kept);
	if (text_equal(fact, "section"))
		return section_text(kept);
	if (text_equal(fact, "asked"))
		return arena_printf(r->arena, "%s %s", kept,
		    text_equal(kept, "1") ? "provider" : "providers");
	if (text_equal(fact, "account") && *entry->about != '\0')
		return entry->about;
	return kept;
}

const char *
audit_before(struct request *r, const struct audit_entry *entry)
{
	const struct audit_words *words = audit_words_of(entry->act);

	return words != NULL
	           ? words->before
	           : arena_printf(r->arena, "did “%s” to", entry->act);
}

const char *
audit_after(struct request *r, const struct audit_entry *entry)
{
	const struct audit_words *words = audit_words_of(entry->act);
	const char *fact;

	if (words == NULL || words->fact == NULL)
		return words != NULL ? words->after : "";
	fact = fact_text(r, entry, words->fact);
	return fact != NULL ? arena_printf(r->arena, "%s%s", words->after, fact)
	                    : "";
}

bool
audit_has_object(const struct audit_entry *entry)
{
	const struct audit_words *words = audit_words_of(entry->act);

	return words == NULL || !words->is_alone;
}

/* What the act has to do with: its package, where there is one. */
static const char *
object_kind(const struct audit_entry *entry)
{
	return *entry->package_reference != '\0' ? "package"
	                                         : entry->object_kind;
}

static const char *
object_reference(const struct audit_entry *entry)
{
	return *entry->package_reference != '\0' ? entry->package_reference
	                                         : entry->object_reference;
}

const char *
audit_object(struct request *r, const struct audit_entry *entry)
{
	const char *kind = object_kind(entry);

	if (*entry->about != '\0' &&
	    (text_equal(kind, "account") || text_equal(kind, "provider")))
		return entry->about;
	if (text_equal(kind, "council"))
		return r->session.council_name;
	if (text_equal(kind, "area_plan"))
		return object_reference(entry);
	return arena_printf(r->arena, "%s %s", kind, object_reference(entry));
}

/* Kinds that have a page of their own. */
static const struct {
	const char *kind;
	const char *folder;
	enum permission permission;
} object_pages[] = {
	{ "package", "packages", PACKAGE_READ },
	{ "person", "people", PACKAGE_READ },
	{ "provider", "providers", PROVIDER_READ },
	{ "account", "accounts", ACCOUNT_MANAGE },
	{ "policy", "policies", POLICY_READ },
	{ "question set", "question-sets", QUESTION_SET_READ },
	{ "clearing", "clearing", CLEARING_READ },
	{ "bundle", "bundles", PACKAGE_READ },
	{ "area_plan", "coverage/schemes", AREA_PLAN_WRITE },
	{ "rate card", "rates", RATE_READ },
	{ "market test", "market-tests", MARKET_TEST_READ },
	{ "information request", "information-requests",
	    INFORMATION_REQUEST_READ },
};

const char *
audit_object_href(struct request *r, const struct audit_entry *entry)
{
	const char *reference = object_reference(entry);
	size_t i;

	if (*reference == '\0')
		return NULL;
	for (i = 0; i < sizeof(object_pages) / sizeof(object_pages[0]); i++)
		if (text_equal(object_pages[i].kind, object_kind(entry)) &&
		    permission_has(r->session.role, object_pages[i].permission))
			return arena_printf(r->arena, "/%s/%s",
			    object_pages[i].folder, reference);
	return NULL;
}

const char *
audit_detail(struct request *r, const struct audit_entry *entry)
{
	struct buffer out = buffer_new(r->arena, 256, DETAIL_MAXIMUM);
	json_t *detail = detail_read(r, entry), *value;
	const char *name;

	buffer_printf(&out, "entry: %" PRId64 "\nact: %s\nobject: %s %s",
	    entry->id, entry->act, entry->object_kind, entry->object_reference);
	json_object_foreach(detail, name, value)
	{
		buffer_printf(&out, "\n%s: %s", name,
		    json_is_string(value) ? json_string_value(value)
					  : json_text(r->arena, value));
	}
	return out.data;
}
