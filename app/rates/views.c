/* Loads rate cards for their pages, and words their states. */
#include "rates/views.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "matching/words.h"
#include "permissions.h"

int32_t
rate_today(const struct request *r)
{
	return clock_local_date(r->now);
}

struct rate_view
rate_view_load(struct request *r)
{
	return (struct rate_view) {
		.card = rate_by_reference(
		    r->db, r->session.council_id, request_part(r, "reference")),
		.may_write = permission_has(r->session.role, RATE_WRITE),
	};
}

static struct rate_version_row_list
versions_of(struct request *r, const struct rate_view *view)
{
	return rate_version_list(
	    r->db, r->session.council_id, view->card->id, rate_today(r));
}

static void
document_load(struct request *r, struct rate_view *view)
{
	struct rate_document *document = arena_alloc(
	    r->arena, sizeof(*document));

	if (rate_document_read(r->arena, view->version->document, document)
		.count != 0)
		db_fail(r->db, DB_BROKEN, "a rate card kept here is faulty");
	view->document = document;
}

struct rate_view
rate_view_version(struct request *r)
{
	struct rate_view view = rate_view_load(r);
	struct rate_version_row_list versions;
	int64_t number = 0;

	if (view.card == NULL)
		return view;
	text_to_int64(request_part(r, "number"), 1, INT32_MAX, &number);
	versions = versions_of(r, &view);
	for (size_t i = 0; i < versions.count; i++)
		if (versions.row[i].number == number)
			view.version = &versions.row[i];
	if (view.version == NULL)
		view.card = NULL;
	else
		document_load(r, &view);
	return view;
}

struct rate_view
rate_view_draft(struct request *r)
{
	struct rate_view view = rate_view_version(r);

	if (view.card != NULL && view.version->published_at != 0)
		view.card = NULL;
	return view;
}

struct rate_view
rate_view_on(struct request *r, int32_t date)
{
	struct rate_view view = rate_view_load(r);
	struct rate_version_row_list versions;

	if (view.card == NULL)
		return view;
	versions = versions_of(r, &view);
	/* The one that begins last comes first. */
	for (size_t i = 0; i < versions.count && view.version == NULL; i++)
		if (versions.row[i].published_at != 0 &&
		    versions.row[i].starts_on <= date)
			view.version = &versions.row[i];
	if (view.version == NULL)
		return view;
	document_load(r, &view);
	if (rate_card_on(view.document->card, view.document->card_count,
		date - DATE_1970) == NULL)
		view.version = NULL;
	return view;
}

const struct rate_card *
rate_view_card(const struct rate_view *view)
{
	return view->document->card;
}

struct rates *
rate_view_rates(struct request *r, const struct rate_view *view)
{
	struct rate_bank_holiday_list holidays = rate_bank_holiday_list(r->db);
	int32_t *day = arena_array(r->arena, holidays.count, sizeof(*day));

	for (size_t i = 0; i < holidays.count; i++)
		day[i] = holidays.row[i].on_date - DATE_1970;
	return rates_prepare(
	    r->arena, rate_view_card(view), day, holidays.count);
}

const char *
rate_state(struct request *r, const struct rate_version_row *version)
{
	if (version->published_at == 0)
		return "Draft";
	if (version->is_in_force)
		return "In force";
	if (version->is_planned)
		return arena_printf(
		    r->arena, "In force from %s", day(r, version->starts_on));
	return "No longer in force";
}

const char *
rate_colour(const struct rate_version_row *version)
{
	if (version->published_at == 0)
		return "blue";
	if (version->is_in_force)
		return "green";
	return version->is_planned ? "yellow" : "grey";
}

const char *
rate_entry_state(struct request *r, const struct rate_entry *entry)
{
	if (entry->since_on != 0)
		return arena_printf(
		    r->arena, "In force since %s", day(r, entry->since_on));
	if (entry->planned_on != 0)
		return "Will be in force";
	return "Draft";
}

const char *
rate_entry_colour(const struct rate_entry *entry)
{
	if (entry->since_on != 0)
		return "green";
	return entry->planned_on != 0 ? "yellow" : "blue";
}

const char *
rate_used_text(struct request *r, struct text_list frameworks)
{
	if (frameworks.count == 0)
		return "Nothing";
	return words_list(r->arena, frameworks.row, frameworks.count);
}

const char *
rate_days_text(struct request *r, const struct rate_version_row *version)
{
	const char *from = day(r, version->starts_on);

	if (version->until_on != 0)
		return arena_printf(
		    r->arena, "%s to %s", from, day(r, version->until_on - 1));
	return arena_printf(r->arena, "From %s on", from);
}

const char *
rate_path(struct request *r, const struct rate_view *view)
{
	return arena_printf(r->arena, "/rates/%s/versions/%" PRId32,
	    view->card->reference, view->version->number);
}

void
rate_audit(struct request *r, const struct rate_view *view, const char *act)
{
	audit_add(r->db, act, "rate card", view->card->reference,
	    arena_printf(r->arena,
		"{\"version\": %" PRId32 ", \"from\": \"%s\"}",
		view->version->number, day(r, view->version->starts_on)));
}
