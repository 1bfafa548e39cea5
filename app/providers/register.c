/* See register.h. */
#include "providers/register.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/requests.sql.h"
#include "gates/standing.h"
#include "permissions.h"
#include "providers/register_edit.sql.h"

struct provider_view
register_view(struct request *r)
{
	const struct session *session = &r->session;
	struct provider_view view = { .is_own_page = session->council_id == 0 };

	if (view.is_own_page) {
		view.provider = register_provider_own(
		    r->db, session->organisation_id);
		view.base = "/our-details";
		view.can_edit = permission_has(
		    session->role, OWN_PROVIDER_WRITE);
		return view;
	}
	view.provider = register_provider_by_reference(
	    r->db, request_part(r, "reference"), session->council_id);
	if (view.provider == NULL)
		return view;
	view.base = arena_printf(
	    r->arena, "/providers/%s", view.provider->reference);
	view.can_edit = view.provider->is_own &&
	                permission_has(session->role, PROVIDER_WRITE);
	return view;
}

struct provider_view
register_view_to_edit(struct request *r)
{
	struct provider_view view = register_view(r);

	if (!view.can_edit)
		view.provider = NULL;
	return view;
}

static void
members_load(struct request *r, struct provider_view *view)
{
	const int64_t organisation = view->provider->id;

	view->members = register_member_list(r->db, organisation,
	    view->is_own_page ? NULL : &r->session.council_id);
	view->terms = register_terms_list(r->db, organisation);
	view->day_parts = register_day_part_list(r->db, organisation);
}

/* Memberships come with those of one council beside each other. */
static void
sheets_load(struct request *r, struct provider_view *view)
{
	const struct register_member_list members = view->members;
	struct gate_sheet *row = arena_array(
	    r->arena, members.count, sizeof(*row));
	struct gate_sheet_list all = { row, 0 };

	for (size_t i = 0; i < members.count; i++) {
		struct gate_sheet_list some;

		if (i > 0 &&
		    members.row[i].council_id == members.row[i - 1].council_id)
			continue;
		some = gate_sheets_load(r, members.row[i].council_id,
		    (struct int64_list) { &view->provider->id, 1 });
		for (size_t j = 0; j < some.count && all.count < members.count;
		     j++)
			row[all.count++] = some.row[j];
	}
	view->sheets = all;
}

void
register_load(struct request *r, struct provider_view *view)
{
	const int64_t organisation = view->provider->id;

	view->offices = register_office_list(r->db, organisation);
	view->contacts = register_contact_list(r->db, organisation);
	view->locations = register_location_list(r->db, organisation);
	members_load(r, view);
	sheets_load(r, view);
}

const struct register_member *
register_member_to_edit(struct request *r, struct provider_view *view)
{
	const char *reference = request_part(r, "member");
	size_t i;

	if (view->provider == NULL)
		return NULL;
	members_load(r, view);
	for (i = 0; i < view->members.count; i++) {
		const struct register_member *member = &view->members.row[i];

		if (text_equal(member->reference, reference))
			return member_is_editable(r, view, member) ? member
			                                           : NULL;
	}
	return NULL;
}

int64_t
register_part_id(struct request *r, const char *name)
{
	int64_t id = 0;

	text_to_int64(request_part(r, name), 1, INT64_MAX, &id);
	return id;
}

static void
gates_look(struct request *r, const struct provider_view *view)
{
	standing_update(r->db, r->arena, r->session.council_id, 0,
	    view->provider->id, clock_local_date(r->now));
}

void
register_audit(struct request *r, const struct provider_view *view,
    const char *act, const char *detail)
{
	const char *reference = view->provider->reference;

	if (view->is_own_page) {
		own_audit_add(
		    r->db, view->provider->id, act, reference, detail);
		return;
	}
	audit_add(r->db, act, "provider", reference, detail);
	gates_look(r, view);
}

void
register_audit_member(struct request *r, const struct provider_view *view,
    const struct register_member *member, const char *part)
{
	const char *detail = member_detail(
	    r->db, member->council_id, member->id, part);

	audit_add_for_council(r->db, "membership.update", "provider",
	    view->provider->reference, detail, member->council_id);
	if (!view->is_own_page)
		gates_look(r, view);
}
