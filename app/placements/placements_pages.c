/* The list of placements, one of them, its key-safe note, its end. */
#include "placements/placements_pages.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "offers/matches.sql.h"
#include "offers/notices.h"
#include "offers/reply_forms.h"
#include "offers/settle.sql.h"
#include "packages/giveaway.h"
#include "permissions.h"
#include "placements/end.h"
#include "placements/placements.h"
#include "placements/start.h"
#include "templates.h"

/* Placements are counted, and can be paged through, up to so many. */
enum { PLACEMENT_MOST = 10000 };
enum { PAGE_ROWS = 20, MOST_DAYS_BACK = 31, MOST_DAYS_AHEAD = 366 };

struct end_form {
	int64_t ends_at; /* 0: now */
	const char *reason;
	const char *after;
};

static const struct choice after_choices[] = {
	{ "wait", "The package waits for another provider", NULL },
	{ "close", "The care is no longer needed: close the package", NULL },
	{ NULL, NULL, NULL },
};

static const struct field end_fields[] = {
	FIELD(struct end_form, FIELD_INSTANT, ends_at,
	    "When does the care end?", .subject = "End of the care",
	    .hint = "Now, later, or up to 31 days ago. For example: 27 3 2027, "
		    "at 8:30am"),
	FIELD(struct end_form, FIELD_TEXT, reason, "Why does the care end?",
	    .subject = "Reason", .missing = "Enter why the care ends",
	    .is_required = true, .maximum = 1000),
	FIELD(struct end_form, FIELD_CHOICE, after, "What happens next?",
	    .choices = after_choices),
	FIELD_END,
};

static const struct choice show_choices[] = {
	{ "live", "Planned and started", NULL },
	{ "ended", "Ended", NULL },
	{ "all", "All", NULL },
};

const struct choice_list placement_shows = { show_choices, 3 };

const char *
placement_state_label(const char *state)
{
	if (strcmp(state, "planned") == 0)
		return "Planned";
	if (strcmp(state, "started") == 0)
		return "Started";
	return strcmp(state, "suspended") == 0 ? "Suspended" : "Ended";
}

const char *
placement_state_colour(const char *state)
{
	if (strcmp(state, "planned") == 0)
		return "blue";
	if (strcmp(state, "started") == 0)
		return "green";
	return strcmp(state, "suspended") == 0 ? "yellow" : "grey";
}

const char *
contact_text(struct request *r, const struct placement_contact *contact)
{
	return arena_printf(r->arena, "%s%s%s%s%s%s%s", contact->name,
	    *contact->relation != '\0' ? " (" : "", contact->relation,
	    *contact->relation != '\0' ? ")" : "",
	    *contact->telephone != '\0' ? ", " : "", contact->telephone,
	    *contact->note != '\0'
		? arena_printf(r->arena, "\n%s", contact->note)
		: "");
}

/* The session's council, or NULL for a provider; and the other way round. */
static const int64_t *
council_of(const struct request *r)
{
	return r->session.council_id != 0 ? &r->session.council_id : NULL;
}

static const int64_t *
organisation_of(const struct request *r)
{
	return r->session.organisation_id != 0 ? &r->session.organisation_id
	                                       : NULL;
}

static const struct placement_page *
placement_find(struct request *r)
{
	return placement_by_reference(r->db, request_part(r, "reference"),
	    council_of(r), organisation_of(r));
}

const char *
placements_caption(struct request *r, const struct paging *paging)
{
	if (paging->count >= PLACEMENT_MOST)
		return "The 10,000 placements with the latest start";
	return arena_printf(r->arena, "%d %s, the latest start first",
	    (int)paging->count,
	    paging->count == 1 ? "placement" : "placements");
}

/* Seeing whom a list names is a look at each of their records. */
static void
named_audit(struct request *r, struct placement_item_list list)
{
	int64_t *councils = arena_array(
	    r->arena, list.count + 1, sizeof(*councils));
	const char **persons = arena_array(
	    r->arena, list.count + 1, sizeof(*persons));
	const char **placements = arena_array(
	    r->arena, list.count + 1, sizeof(*placements));
	size_t i, count = 0;

	for (i = 0; i < list.count; i++) {
		if (*list.row[i].person_reference == '\0')
			continue;
		councils[count] = list.row[i].council_id;
		persons[count] = list.row[i].person_reference;
		placements[count++] = list.row[i].reference;
	}
	if (count > 0)
		placement_named_audit(r->db,
		    (struct int64_list) { councils, count },
		    (struct text_list) { persons, count },
		    (struct text_list) { placements, count });
}

/* GET /placements */
struct reply
placement_list(struct request *r)
{
	struct placement_item_list list;
	const char *show = request_query(r, "show");
	const char *search = request_query(r, "q");
	struct paging paging;

	if (show == NULL ||
	    (strcmp(show, "ended") != 0 && strcmp(show, "all") != 0))
		show = "live";
	search = search != NULL ? text_tidy(r->arena, search) : "";
	paging = request_paging(r, "page",
	    placement_count(r->db, council_of(r), organisation_of(r), show,
		search, PLACEMENT_MOST),
	    PAGE_ROWS);
	list = placement_list_page(r->db, council_of(r), organisation_of(r),
	    show, search, paging.offset, PAGE_ROWS);
	named_audit(r, list);
	render_placements_list(r, list, show, search, paging);
	return reply_page(r, HTTP_OK);
}

static void
view_audit(struct request *r, const struct placement_view *view)
{
	const struct placement_page *placement = view->placement;

	if (view->may_see_person)
		audit_add_for_council(r->db, "person.view", "person",
		    placement->person_reference,
		    arena_printf(r->arena, "{\"placement\": \"%s\"}",
			placement->reference),
		    placement->council_id);
}

static bool
is_live(const struct placement_page *placement)
{
	return strcmp(placement->state, "ended") != 0;
}

/*
 * The end takes person, house and care from the provider; what it may know of
 * the person through another placement it sees there.
 */
static bool
may_see_care(const struct request *r, const struct placement_page *placement)
{
	return r->session.council_id != 0 || is_live(placement);
}

static void
care_load(struct request *r, struct placement_view *view)
{
	const struct placement_page *placement = view->placement;

	view->needs = offer_need_list(
	    r->db, placement->council_id, placement->package_id);
	view->outcomes = offer_outcome_list(
	    r->db, placement->council_id, placement->package_id);
	view->week = week_rows(r, NULL, 0,
	    week_line_list(
		r->db, placement->council_id, placement->package_id));
}

static struct reply
placement_page_show(struct request *r, const struct placement_page *placement,
    const char *key_safe)
{
	struct placement_view view = {
		.placement = placement,
		.is_live = is_live(placement),
		.may_see_person = *placement->person_reference != '\0' &&
		                  may_see_care(r, placement),
		.may_see_care = may_see_care(r, placement),
		.may_write = permission_has(r->session.role, PLACEMENT_WRITE),
		.key_safe = key_safe,
	};

	if (view.may_see_person)
		view.contacts = placement_contact_list(
		    r->db, placement->council_id, placement->person_id);
	if (view.may_see_care)
		care_load(r, &view);
	view_audit(r, &view);
	render_placements_show(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /placements/:reference */
struct reply
placement_show(struct request *r)
{
	const struct placement_page *placement = placement_find(r);

	if (placement == NULL)
		return reply_not_found(r);
	return placement_page_show(r, placement, NULL);
}

/* POST /placements/:reference/key-safe: the note, on this page only. */
struct reply
placement_key_safe_run(struct request *r)
{
	const struct placement_page *placement = placement_find(r);
	const char *note;

	if (placement == NULL || !placement->has_key_safe ||
	    !may_see_care(r, placement))
		return reply_not_found(r);
	note = placement_key_safe(
	    r->db, placement->council_id, placement->person_id);
	if (note == NULL)
		return reply_not_found(r);
	return placement_page_show(r, placement, note);
}

static struct reply
end_again(struct request *r, const struct placement_page *placement,
    struct form *form, int status)
{
	render_placements_end(r, placement, form);
	return reply_page(r, status);
}

static struct reply
reply_ended(struct request *r, const struct placement_page *placement)
{
	return reply_redirect_with(r, "This placement has ended already",
	    "/placements/%s", placement->reference);
}

/* Before its start a provider ends it by withdrawing what it accepted. */
static bool
ends_by_withdrawal(
    const struct request *r, const struct placement_page *placement)
{
	return r->session.council_id == 0 &&
	       strcmp(placement->state, "planned") == 0 &&
	       *placement->offer_reference != '\0';
}

static struct reply
reply_withdraw(struct request *r, const struct placement_page *placement)
{
	return reply_redirect_with(r,
	    "Care has not started yet: withdraw your acceptance instead",
	    "/offers/%s/withdraw", placement->offer_reference);
}

/* GET /placements/:reference/end */
struct reply
placement_end_new(struct request *r)
{
	const struct placement_page *placement = placement_find(r);
	struct end_form values;

	if (placement == NULL)
		return reply_not_found(r);
	if (!is_live(placement))
		return reply_ended(r, placement);
	if (ends_by_withdrawal(r, placement))
		return reply_withdraw(r, placement);
	values = (struct end_form) {
		.ends_at = placement->ends_at != 0 ? placement->ends_at
		                                   : r->now,
		.reason = placement->end_reason,
		.after = placement->end_after,
	};
	return end_again(
	    r, placement, form_show(r, end_fields, &values), HTTP_OK);
}

/* The other side learns of an end that lies ahead. */
static void
plan_tell(struct request *r, const struct placement_page *placement)
{
	struct offer_work work = offer_work_of(r);

	if (r->session.council_id == 0) {
		notice_broker(&work, placement->council_id,
		    placement->package_id, 0, "care_ends", "care_ends",
		    "Its provider is to end the care");
		return;
	}
	notice_placement(&work, placement->council_id,
	    &(struct placement_notice) {
		.kind = "placement_ends",
		.text = "The end of a placement with you has been planned",
		.task = "Tell the provider when its placement ends",
		.package_id = placement->package_id,
		.organisation_id = placement->organisation_id,
		.placement = placement->reference,
	    });
}

static void
plan_audit(
    struct request *r, const struct placement_page *placement, const char *act)
{
	audit_add_for_council(r->db, act, "placement", placement->reference,
	    arena_printf(r->arena, "{\"package\": \"%s\"}",
		placement->package_reference),
	    placement->council_id);
}

/* With the package locked: ends it, or plans that it ends by itself. */
static void
end_write(struct request *r, const struct placement_page *placement,
    const struct end_form *values, int64_t now)
{
	struct offer_work work = offer_work_of(r);

	placement_plan_end(r->db, placement->council_id, placement->id,
	    values->ends_at, values->reason, values->after);
	if (values->ends_at <= now) {
		care_end(&work, placement->council_id, placement->package_id,
		    r->session.council_id != 0);
		return;
	}
	plan_audit(r, placement, "placement.plan_end");
	plan_tell(r, placement);
}

/* The care goes on after all. */
static void
plan_drop(struct request *r, const struct placement_page *placement)
{
	placement_plan_end(
	    r->db, placement->council_id, placement->id, 0, "", "");
	task_finish(r->db, placement->council_id, "care_ends",
	    placement->package_id, NULL, NULL);
	plan_audit(r, placement, "placement.keep");
	plan_tell(r, placement);
}

/* Care that has not begun ends at once or after its start. */
static void
time_check(struct request *r, struct form *form, struct end_form *values,
    const struct placement_page *placement, int64_t now)
{
	if (values->ends_at == 0)
		values->ends_at = now;
	if (values->ends_at < now - MOST_DAYS_BACK * CLOCK_DAY)
		form_error(form, "ends_at",
		    "End of the care must be within the last %d days or ahead",
		    MOST_DAYS_BACK);
	if (values->ends_at > now + MOST_DAYS_AHEAD * CLOCK_DAY)
		form_error(
		    form, "ends_at", "End of the care must be within a year");
	if (placement->starts_at > now && values->ends_at <= now)
		values->ends_at = now;
	else if (values->ends_at < placement->starts_at - CLOCK_MINUTE)
		form_error(form, "ends_at",
		    "End of the care must be after its start, %s",
		    at(r, placement->starts_at));
	else if (values->ends_at < placement->starts_at)
		values->ends_at = placement->starts_at;
}

/* What follows is the council's to say; of interim care nothing has to. */
static void
after_check(struct request *r, struct form *form, struct end_form *values,
    const struct placement_page *placement)
{
	if (r->session.council_id == 0)
		values->after = "wait";
	if (placement->is_interim)
		return;
	if (*values->after == '\0')
		form_error(form, "after", "Select what happens next");
	else if (text_equal(values->after, "close") &&
		 placement_has_interim(
		     r->db, placement->council_id, placement->package_id))
		form_error(form, "after",
		    "The package cannot be closed while interim care goes on. "
		    "End the interim care first");
}

/* POST /placements/:reference/end */
struct reply
placement_end_create(struct request *r)
{
	const struct placement_page *placement = placement_find(r);
	const struct settle_opening *opening;
	struct end_form values = { 0 };
	struct form *form = form_read(r, end_fields, &values);

	if (placement == NULL)
		return reply_not_found(r);
	giveaway_check(form, "reason", values.reason, READ_BY_STAFF,
	    placement->council_id, placement->package_reference);
	opening = placement_begin(r->db, placement->council_id, placement->id);
	if (opening == NULL || opening->package_id == 0)
		return reply_not_found(r);
	care_start(r->db, r->arena, placement->council_id, opening->package_id);
	placement = placement_find(r);
	if (placement == NULL || !is_live(placement)) {
		settle_end(r->db);
		return placement != NULL ? reply_ended(r, placement)
		                         : reply_not_found(r);
	}
	if (ends_by_withdrawal(r, placement)) {
		settle_end(r->db);
		return reply_withdraw(r, placement);
	}
	if (text_equal(request_field(r, "act"), "keep")) {
		plan_drop(r, placement);
		settle_end(r->db);
		return reply_redirect_with(r, "The care goes on",
		    "/placements/%s", placement->reference);
	}
	after_check(r, form, &values, placement);
	time_check(r, form, &values, placement, opening->now);
	if (form_ok(form))
		end_write(r, placement, &values, opening->now);
	settle_end(r->db);
	if (!form_ok(form))
		return end_again(r, placement, form, HTTP_UNPROCESSABLE);
	return reply_redirect_with(r,
	    values.ends_at <= opening->now ? "Placement ended"
					   : "The end is planned",
	    "/placements/%s", placement->reference);
}
