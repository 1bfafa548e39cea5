/* One package: everything about it, and what ends or moves it. */
#include <string.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "offers/individual_rates.sql.h"
#include "offers/reply_forms.h"
#include "offers/settle.h"
#include "packages/giveaway.h"
#include "packages/history.sql.h"
#include "packages/packages_pages.h"
#include "packages/people.sql.h"
#include "packages/sections.h"
#include "permissions.h"
#include "templates.h"

enum { PAGE_LINES = 20, MOST_PAGES = 10000 };

static const struct package *
package_find(struct request *r)
{
	return package_by_reference(
	    r->db, r->session.council_id, request_part(r, "reference"));
}

/* GET /packages/:reference: the task list of a draft, or all that is known. */
struct reply
package_show(struct request *r)
{
	const struct package *package = package_find(r);
	bool can_write = permission_has(r->session.role, PACKAGE_WRITE);
	int64_t council = r->session.council_id;
	struct package_event_list events;
	struct answers answers;

	if (package == NULL)
		return reply_not_found(r);
	if (package_settle(r, package->id))
		package = package_find(r);
	if (package == NULL)
		return reply_not_found(r);
	audit_add(
	    r->db, "person.view", "person", package->person_reference, NULL);
	if (text_equal(package->state, "draft") && can_write) {
		render_packages_tasks(r, package, package_tasks(r, package),
		    package_sections_left(package));
		return reply_page(r, HTTP_OK);
	}
	answers = package_answers(r, package);
	events = package_event_list(r->db, council, package->id,
	    request_page_of(r, "history", MOST_PAGES), PAGE_LINES);
	render_packages_show(r, &answers,
	    package_live_round(r->db, council, package->id),
	    package_asked_list(r->db, council, package->id),
	    package_placement_list(r->db, council, package->id), events,
	    request_paging(r, "history",
		events.count > 0 ? events.row[0].total : 0, PAGE_LINES),
	    individual_rate_list(r->db, council, package->id), can_write,
	    permission_has(r->session.role, OFFER_SEND));
	return reply_page(r, HTTP_OK);
}

/* GET /packages/:reference/person */
struct reply
package_person_show(struct request *r)
{
	const struct package *package = package_find(r);
	const struct care_person *person;

	if (package == NULL)
		return reply_not_found(r);
	person = care_person_by_reference(
	    r->db, r->session.council_id, package->person_reference);
	if (person == NULL)
		return reply_not_found(r);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	render_packages_person(r, package, person,
	    contact_list(r->db, r->session.council_id, person->id),
	    permission_has(r->session.role, PACKAGE_WRITE));
	return reply_page(r, HTTP_OK);
}

/* GET /packages/:reference/change: what can be changed, and what follows. */
struct reply
package_change_show(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);

	if (package == NULL)
		return reply;
	if (text_equal(package->state, "draft"))
		return reply_redirect(r, "/packages/%s", package->reference);
	render_packages_change(r, package, package_tasks(r, package),
	    package_live_round(r->db, r->session.council_id, package->id));
	return reply_page(r, HTTP_OK);
}

/* --- Cancel and close ----------------------------------------------------- */

struct finish_form {
	const char *reason;
};

static const struct field cancel_fields[] = {
	FIELD(struct finish_form, FIELD_TEXT, reason,
	    "Why is the package cancelled?", .subject = "The reason",
	    .hint = "No names. The reason stays in the history",
	    .missing = "Enter why the package is cancelled",
	    .is_required = true, .maximum = 500),
	FIELD_END,
};

static const struct field close_fields[] = {
	FIELD(struct finish_form, FIELD_TEXT, reason,
	    "Why is the package closed?", .subject = "The reason",
	    .hint = "No names. The reason stays in the history",
	    .missing = "Enter why the package is closed", .is_required = true,
	    .maximum = 500),
	FIELD_END,
};

/* Somebody who cares for the person must not lose the package under it. */
static bool
is_cared_for(
    struct request *r, const struct package *package, struct reply *reply)
{
	if (!package_has_placement(r->db, r->session.council_id, package->id))
		return false;
	*reply = reply_redirect_with(r,
	    "A provider is placed with this package. End the placement first",
	    "/packages/%s", package->reference);
	return true;
}

static struct reply
cancel_page(struct request *r, const struct package *package, struct form *form,
    int status)
{
	render_packages_finish(r, package, form, "Cancel the package",
	    "Cancel the package",
	    package_live_round(r->db, r->session.council_id, package->id));
	return reply_page(r, status);
}

/* GET /packages/:reference/cancel */
struct reply
package_cancel_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);

	if (package == NULL || is_cared_for(r, package, &reply))
		return reply;
	return cancel_page(
	    r, package, form_show(r, cancel_fields, NULL), HTTP_OK);
}

/* POST /packages/:reference/cancel: withdraws offers that are out. */
struct reply
package_cancel_run(struct request *r)
{
	struct reply reply;
	const struct package *package = package_take(r, &reply);
	int64_t council = r->session.council_id;
	struct finish_form values = { 0 };
	struct form *form;

	if (package == NULL || is_cared_for(r, package, &reply))
		return reply;
	form = form_read(r, cancel_fields, &values);
	giveaway_check(form, "reason", values.reason, READ_BY_STAFF, council,
	    package->reference);
	if (!form_ok(form))
		return cancel_page(r, package, form, HTTP_UNPROCESSABLE);
	package_round_end(r, package, "The package has been cancelled");
	package_wait_close(r->db, council, package->id);
	package_finish(r->db, council, package->id, "cancelled", values.reason);
	task_finish(r->db, council, "approve_rate", package->id, NULL, NULL);
	audit_add(r->db, "package.cancel", "package", package->reference, NULL);
	return reply_redirect_with(
	    r, "The package is cancelled", "/packages/%s", package->reference);
}

/* A package that is placed, with nobody placed with it any more. */
static const struct package *
package_to_close(struct request *r, struct reply *reply)
{
	const struct package *package = package_find(r);

	if (package == NULL) {
		*reply = reply_not_found(r);
		return NULL;
	}
	if (!text_equal(package->state, "placed")) {
		*reply = reply_redirect_with(r,
		    "Only a package that is placed can be closed",
		    "/packages/%s", package->reference);
		return NULL;
	}
	return is_cared_for(r, package, reply) ? NULL : package;
}

/* GET /packages/:reference/close */
struct reply
package_close_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_to_close(r, &reply);

	if (package == NULL)
		return reply;
	render_packages_finish(r, package, form_show(r, close_fields, NULL),
	    "Close the package", "Close the package", NULL);
	return reply_page(r, HTTP_OK);
}

/* POST /packages/:reference/close */
struct reply
package_close_run(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	struct reply reply;
	const struct package *package;
	struct finish_form values = { 0 };
	struct form *form;

	offer_package_lock(
	    &work, r->session.council_id, request_part(r, "reference"));
	package = package_to_close(r, &reply);
	if (package == NULL)
		return reply;
	form = form_read(r, close_fields, &values);
	giveaway_check(form, "reason", values.reason, READ_BY_STAFF,
	    r->session.council_id, package->reference);
	if (!form_ok(form)) {
		render_packages_finish(r, package, form, "Close the package",
		    "Close the package", NULL);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	package_finish(
	    r->db, r->session.council_id, package->id, "closed", values.reason);
	audit_add(r->db, "package.close", "package", package->reference, NULL);
	return reply_redirect_with(
	    r, "The package is closed", "/packages/%s", package->reference);
}

/* --- Assign --------------------------------------------------------------- */

struct assign_form {
	const char *assignee;
};

static const struct field assign_fields[] = {
	FIELD(struct assign_form, FIELD_CHOICE, assignee,
	    "Who looks after this package?",
	    .missing = "Select who looks after this package",
	    .is_required = true),
	FIELD_END,
};

static struct choice_list
assign_choices(struct request *r, const char **me)
{
	struct broker_list brokers = package_broker_list(
	    r->db, r->session.council_id, r->session.account_id);
	struct choice *rows = arena_array(
	    r->arena, brokers.count + 1, sizeof(*rows));
	size_t i;

	*me = "";
	for (i = 0; i < brokers.count; i++) {
		rows[i] = (struct choice) { brokers.row[i].reference,
			brokers.row[i].name,
			brokers.row[i].is_me ? "You" : NULL };
		if (brokers.row[i].is_me)
			*me = brokers.row[i].reference;
	}
	rows[brokers.count] = (struct choice) { "nobody", "Nobody", NULL };
	return (struct choice_list) { rows, brokers.count + 1 };
}

/* GET /packages/:reference/assign */
struct reply
package_assign_edit(struct request *r)
{
	const struct package *package = package_find(r);
	struct assign_form values;
	struct form *form;
	const char *me;

	if (package == NULL)
		return reply_not_found(r);
	values.assignee = *package->assigned_reference != '\0'
	                      ? package->assigned_reference
	                      : "nobody";
	form = form_show(r, assign_fields, &values);
	form_choices(form, "assignee", assign_choices(r, &me));
	render_packages_assign(r, package, form);
	return reply_page(r, HTTP_OK);
}

/* The board's filters, if they are nothing but filters. */
static const char *
board_location(struct request *r, const struct package *package)
{
	const char *board = request_field(r, "board");

	if (board == NULL)
		return arena_printf(
		    r->arena, "/packages/%s", package->reference);
	if (*board == '\0' || strlen(board) > 500 ||
	    strspn(board, "abcdefghijklmnopqrstuvwxyz"
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
			  "-._~%+=&") != strlen(board))
		return "/packages";
	return arena_printf(r->arena, "/packages?%s", board);
}

/* POST /packages/:reference/assign: to "me" from the board, or to anybody. */
struct reply
package_assign_run(struct request *r)
{
	const struct package *package;
	struct assign_form values = { 0 };
	struct choice_list choices;
	struct form *form;
	const char *me;

	package_lock(
	    r->db, r->session.council_id, request_part(r, "reference"));
	package = package_find(r);
	if (package == NULL)
		return reply_not_found(r);
	form = form_read(r, assign_fields, &values);
	choices = assign_choices(r, &me);
	form_choices(form, "assignee", choices);
	if (text_equal(values.assignee, "me") && *me != '\0')
		values.assignee = me;
	else
		form_check_choice(form, "assignee");
	if (!form_ok(form)) {
		render_packages_assign(r, package, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	package_assign(r->db, r->session.council_id, package->id,
	    text_equal(values.assignee, "nobody") ? "" : values.assignee);
	audit_add(r->db, "package.assign", "package", package->reference,
	    arena_printf(r->arena, "{\"account\": \"%s\"}", values.assignee));
	return reply_redirect_with(r,
	    text_equal(values.assignee, me) ? "The package is assigned to you"
	    : text_equal(values.assignee, "nobody")
		? "The package is assigned to nobody"
		: "The package is assigned",
	    "%s", board_location(r, package));
}
