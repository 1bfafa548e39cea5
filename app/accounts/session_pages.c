/* The session in use: its end put off, and the role that it acts in. */
#include <inttypes.h>
#include <string.h>

#include "accounts/accounts.sql.h"
#include "accounts/accounts_pages.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "permissions.h"
#include "templates.h"

struct role_form {
	const char *membership;
};

static const struct field role_fields[] = {
	FIELD(struct role_form, FIELD_CHOICE, membership,
	    "Which role do you want to act in?", .subject = "Role",
	    .missing = "Select the role that you want to act in",
	    .is_required = true),
	FIELD_END,
};

/*
 * POST /session/extend : the script of the warning gets the seconds that are
 * left now; a form with the field "to" gets that page.
 */
struct reply
session_extend_run(struct request *r)
{
	const struct bytes hash = session_token_hash(r, session_cookie(r));
	const char *target = request_field(r, "to");
	const struct session_row *session;
	int64_t ends_at;
	const char *text;

	session_extend(r->db, hash);
	if (target != NULL)
		return reply_redirect(r, "%s", path_of_ours(target, "/"));
	session = session_begin(r->db, hash);
	ends_at = r->now;
	if (session != NULL)
		ends_at = session->idle_at < session->ends_at
		              ? session->idle_at
		              : session->ends_at;
	text = arena_printf(
	    r->arena, "%" PRId64 "\n", (ends_at - r->now) / CLOCK_SECOND);
	return reply_bytes(r, "text/plain; charset=utf-8",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });
}

static struct choice_list
role_choices(struct request *r, const char **current)
{
	const struct own_role_list roles = own_role_list(r->db);
	struct choice *choices = arena_array(
	    r->arena, roles.count, sizeof(*choices));
	size_t i;

	for (i = 0; i < roles.count; i++) {
		choices[i].value = arena_printf(
		    r->arena, "%" PRId64, roles.row[i].id);
		choices[i].label = arena_printf(r->arena, "%s, %s",
		    role_label(roles.row[i].role), roles.row[i].body);
		if (roles.row[i].is_current)
			*current = choices[i].value;
	}
	return (struct choice_list) { choices, roles.count };
}

static struct reply
role_again(struct request *r, struct form *form, struct choice_list choices,
    int status)
{
	form_choices(form, "membership", choices);
	render_accounts_switch_role(r, form, (int64_t)choices.count);
	return reply_page(r, status);
}

/* GET /switch-role */
struct reply
own_role_edit(struct request *r)
{
	struct role_form values = { .membership = "" };
	const struct choice_list choices = role_choices(r, &values.membership);

	return role_again(
	    r, form_show(r, role_fields, &values), choices, HTTP_OK);
}

/* POST /switch-role */
struct reply
own_role_update(struct request *r)
{
	struct role_form values = { 0 };
	struct form *form = form_read(r, role_fields, &values);
	const char *current = NULL;
	const struct choice_list choices = role_choices(r, &current);
	int64_t membership = 0;

	form_choices(form, "membership", choices);
	form_check_choice(form, "membership");
	if (form_ok(form) &&
	    (!text_to_int64(values.membership, 1, INT64_MAX, &membership) ||
		!session_switch(r->db, session_token_hash(r, session_cookie(r)),
		    membership)))
		form_error(form, "membership",
		    "You no longer have this role. Select another");
	if (!form_ok(form))
		return role_again(r, form, choices, HTTP_UNPROCESSABLE);
	return reply_redirect(r, "/");
}
