/* The wall: who evaluates a tender and so reads no answers to market tests. */
#include "accounts/accounts.sql.h"
#include "accounts/accounts_pages.h"
#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "templates.h"

struct wall_form {
	const char *account; /* reference */
	const char *reason;
};

static const struct field wall_fields[] = {
	FIELD(struct wall_form, FIELD_CHOICE, account, "Person",
	    .missing = "Select who goes behind the wall", .is_required = true),
	FIELD(struct wall_form, FIELD_TEXT, reason, "Reason",
	    .hint = "Name the tender that they evaluate, or are to evaluate. "
		    "It is kept in the audit.",
	    .missing = "Enter why they may not read the answers",
	    .is_required = true, .maximum = 500),
	FIELD_END,
};

/* Whoever works for the council and is not behind the wall yet. */
static struct choice_list
wall_choices(struct request *r)
{
	const struct wall_person_list people = wall_person_list(r->db);
	struct choice *choices = arena_array(
	    r->arena, people.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < people.count; i++)
		choices[i] = (struct choice) {
			people.row[i].reference,
			arena_printf(r->arena, "%s, %s", people.row[i].name,
			    people.row[i].email),
			NULL,
		};
	return (struct choice_list) { choices, people.count };
}

static struct reply
wall_page(struct request *r, struct form *form, int status)
{
	render_accounts_wall(r, form, wall_list(r->db));
	return reply_page(r, status);
}

/* GET /accounts/wall */
struct reply
wall_show(struct request *r)
{
	const struct wall_form values = { "", "" };
	struct form *form = form_show(r, wall_fields, &values);

	form_choices(form, "account", wall_choices(r));
	return wall_page(r, form, HTTP_OK);
}

/* POST /accounts/wall */
struct reply
wall_create(struct request *r)
{
	struct wall_form values = { 0 };
	struct form *form = form_read(r, wall_fields, &values);

	form_choices(form, "account", wall_choices(r));
	form_check_choice(form, "account");
	if (form_ok(form) && !wall_raise(r->db, values.account, values.reason))
		form_error(form, "account",
		    "This person no longer works for your council, or is "
		    "behind the wall already");
	if (!form_ok(form))
		return wall_page(r, form, HTTP_UNPROCESSABLE);
	return reply_redirect_with(r,
	    "They can no longer read answers to market tests", "%s", r->path);
}
