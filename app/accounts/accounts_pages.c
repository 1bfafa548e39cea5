/* The people of one's own council or organisation: list, invite, end. */
#include "accounts/accounts_pages.h"

#include <inttypes.h>

#include "accounts/accounts.sql.h"
#include "accounts/mailed_links.h"
#include "accounts/people.h"
#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "permissions.h"
#include "templates.h"

enum { PAGE_ROWS = 20, MOST_ROLES = 32 };

struct invite_form {
	const char *name;
	const char *email;
	const char *role;
	const char *organisation; /* reference; "" = one's own body */
};

static const struct field invite_fields[] = {
	FIELD(struct invite_form, FIELD_LINE, name, "Full name",
	    .missing = "Enter the person's full name", .is_required = true,
	    .maximum = 120, .autocomplete = "off"),
	FIELD(struct invite_form, FIELD_EMAIL, email, "Work email address",
	    .hint = "The invitation is sent there, and they sign in with it.",
	    .missing = "Enter the person's email address", .is_required = true,
	    .autocomplete = "off"),
	FIELD(struct invite_form, FIELD_CHOICE, role, "Role",
	    .missing = "Select a role", .is_required = true),
	FIELD(struct invite_form, FIELD_HIDDEN, organisation, "Provider"),
	FIELD_END,
};

/* GET /accounts */
struct reply
account_list(struct request *r)
{
	const char *state = request_query(r, "state");
	const char *search = request_query(r, "search");
	struct people people;
	size_t i;

	people.state = people_states.row[0].value;
	for (i = 0; i < people_states.count; i++)
		if (text_equal(people_states.row[i].value, state))
			people.state = state;
	people.search = search != NULL ? text_tidy(r->arena, search) : NULL;
	if (text_is_empty(people.search))
		people.search = NULL;
	people.count = person_count(r->db, people.search, people.state);
	people.pages = (int32_t)((people.count + PAGE_ROWS - 1) / PAGE_ROWS);
	people.page = request_page(r, people.pages > 0 ? people.pages : 1);
	people.list = person_list(r->db, people.search, people.state,
	    (people.page - 1) * PAGE_ROWS, PAGE_ROWS);
	render_accounts_list(r, &people);
	return reply_page(r, HTTP_OK);
}

/* Where an invitation leads: the own body, or a provider of the framework. */
struct invited_to {
	const char *name;
	bool is_council;
	int64_t id;
};

static bool
invited_to_find(
    struct request *r, const char *organisation, struct invited_to *to)
{
	const struct invited_body *body;

	if (text_is_empty(organisation)) {
		to->is_council = r->session.council_id != 0;
		to->id = to->is_council ? r->session.council_id
		                        : r->session.organisation_id;
		to->name = to->is_council ? r->session.council_name
		                          : r->session.organisation_name;
		return true;
	}
	if (r->session.council_id == 0)
		return false;
	body = organisation_to_invite(
	    r->db, organisation, r->session.council_id);
	if (body == NULL)
		return false;
	*to = (struct invited_to) { body->name, false, body->id };
	return true;
}

static struct choice_list
role_choices(struct request *r, bool is_council)
{
	struct choice *choices = arena_array(
	    r->arena, MOST_ROLES, sizeof(*choices));
	struct choice_list list = { choices, 0 };
	const char *role;
	size_t i;

	for (i = 0; (role = role_at(i)) != NULL && list.count < MOST_ROLES;
	     i++) {
		if (role_is_staff(role) != is_council)
			continue;
		choices[list.count].value = role;
		choices[list.count].label = role_label(role);
		choices[list.count].hint = role_hint(role);
		list.count++;
	}
	return list;
}

static struct reply
invite_again(struct request *r, struct form *form, const struct invited_to *to,
    int status)
{
	form_choices(form, "role", role_choices(r, to->is_council));
	if (status != HTTP_OK)
		form_check_choice(form, "role");
	render_accounts_invite(r, form, to->name);
	return reply_page(r, status);
}

/* GET /accounts/invite, for ?organisation= (a provider's) or ?person= */
struct reply
account_new(struct request *r)
{
	struct invite_form values = { "", "", "", "" };
	const char *parked = pair_find(r->parked, "organisation");
	const char *organisation = parked != NULL
	                               ? parked
	                               : request_query(r, "organisation");
	const char *person = request_query(r, "person");
	struct person_list roles;
	struct invited_to to;

	if (!invited_to_find(r, organisation, &to))
		return reply_not_found(r);
	values.organisation = organisation != NULL ? organisation : "";
	if (person != NULL) {
		roles = person_by_reference(r->db, person);
		if (roles.count == 0)
			return reply_not_found(r);
		values.name = roles.row[0].name;
		values.email = roles.row[0].email;
	}
	return invite_again(
	    r, form_show(r, invite_fields, &values), &to, HTTP_OK);
}

/* Makes the invitation and its mail; false when the role may not. */
static bool
invitation_send(struct request *r, const char *email, const char *name,
    const char *role, const struct invited_to *to)
{
	const char *token = session_token_new(r);

	if (account_invite(r->db, email, name, role,
		to->is_council ? &to->id : NULL,
		to->is_council ? NULL : &to->id,
		session_token_hash(r, token)) == 0)
		return false;
	mail_invitation(r, email, role, to->name, token);
	return true;
}

/* POST /accounts/invite */
struct reply
account_create(struct request *r)
{
	struct invite_form values = { 0 };
	struct form *form = form_read(r, invite_fields, &values);
	struct invited_to to;

	if (!invited_to_find(r, values.organisation, &to))
		return reply_not_found(r);
	form_choices(form, "role", role_choices(r, to.is_council));
	form_check_choice(form, "role");
	if (form_ok(form) && text_is_empty(values.organisation) &&
	    person_has_role(r->db, values.email, values.role))
		form_error(form, "email",
		    "Somebody with this email address has this role already");
	if (!form_ok(form))
		return invite_again(r, form, &to, HTTP_UNPROCESSABLE);
	if (!invitation_send(r, values.email, values.name, values.role, &to))
		return reply_not_found(r);
	return reply_redirect_with(r,
	    arena_printf(r->arena, "Invitation sent to %s", values.email),
	    "/accounts");
}

/* The role of this person that a query or field names by its number. */
static const struct person *
role_named(struct person_list roles, const char *number)
{
	int64_t id;
	size_t i;

	if (number == NULL || !text_to_int64(number, 1, INT64_MAX, &id))
		return NULL;
	for (i = 0; i < roles.count; i++) {
		const struct person *one = roles.row + i;

		if (one->membership_id == id && one->ended_at == 0 &&
		    !one->is_self)
			return one;
	}
	return NULL;
}

/* GET /accounts/:reference, with ?end= to ask before a role is ended */
struct reply
account_show(struct request *r)
{
	const struct person_list roles = person_by_reference(
	    r->db, request_part(r, "reference"));

	if (roles.count == 0)
		return reply_not_found(r);
	render_accounts_show(
	    r, roles, role_named(roles, request_query(r, "end")));
	return reply_page(r, HTTP_OK);
}

/* Sends a link for a new password; nobody but its owner ever chooses one. */
static const char *
password_link_send(struct request *r, const struct person *person)
{
	const char *token = session_token_new(r);
	const struct reset_attempt *attempt = reset_create(
	    r->db, person->email, r->address, session_token_hash(r, token));

	if (attempt == NULL || attempt->account_id == 0)
		return "No link was sent: there were too many. Try again in a "
		       "few minutes";
	mail_reset(r, attempt->account_email, attempt->account_name, token);
	audit_add(
	    r->db, "account.send_link", "account", person->reference, NULL);
	return "Link for a new password sent";
}

/* POST /accounts/:reference : end a role, invite again, or send a link */
struct reply
account_update(struct request *r)
{
	const struct person_list roles = person_by_reference(
	    r->db, request_part(r, "reference"));
	const struct person *role = role_named(
	    roles, request_field(r, "membership"));
	const char *act = request_field(r, "act"), *notice = NULL;
	struct invited_to own;

	if (role == NULL)
		return reply_not_found(r);
	if (text_equal(act, "end")) {
		if (membership_end(r->db, role->membership_id))
			notice = role->started_at != 0 ? "Role ended"
			                               : "Invitation withdrawn";
	} else if (text_equal(act, "invite") && role->started_at == 0) {
		invited_to_find(r, NULL, &own);
		if (invitation_send(
			r, role->email, role->name, role->role, &own))
			notice = "Invitation sent again";
	} else if (text_equal(act, "link") && role->started_at != 0) {
		notice = password_link_send(r, role);
	}
	if (notice == NULL)
		return reply_not_found(r);
	return reply_redirect_with(r, notice, "%s", r->path);
}
