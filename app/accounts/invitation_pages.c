/* Accepting an invitation. */
#include "accounts/accounts.sql.h"
#include "accounts/accounts_pages.h"
#include "accounts/mailed_links.h"
#include "base/db.h"
#include "base/form.h"
#include "base/request.h"
#include "templates.h"

struct invitation_form {
	const char *password;
};

static const struct field invitation_fields[] = {
	FIELD(struct invitation_form, FIELD_PASSWORD, password,
	    "Choose a password", .hint = PASSWORD_HINT,
	    .missing = "Enter a password", .is_required = true,
	    .autocomplete = "new-password"),
	FIELD_END,
};

/* Who has an account keeps its password and has only the button. */
static const struct field no_fields[] = {
	FIELD_END,
};

static const struct field *
fields_for(const struct mailed_link *link)
{
	return link->has_password ? no_fields : invitation_fields;
}

/* GET /invitation/:token */
struct reply
invitation_edit(struct request *r)
{
	const struct mailed_link *link = mailed_link_find(r, "invitation");

	if (link == NULL)
		return reply_link_gone(r, "invitation");
	render_accounts_invitation(
	    r, form_show(r, fields_for(link), NULL), link);
	return reply_page(r, HTTP_OK);
}

static struct reply
invitation_accept(struct request *r, const char *hash)
{
	if (mailed_link_use(r->db, mailed_link_hash(r), hash) == 0)
		return reply_link_gone(r, "invitation");
	if (r->session.state == SESSION_LIVE)
		return reply_redirect_with(
		    r, "Invitation accepted", "/switch-role");
	return reply_redirect_with(
	    r, "Invitation accepted. You can sign in now", "/sign-in");
}

static struct reply
invitation_finish(struct request *r, const struct password_job *job)
{
	if (!job->is_done)
		db_fail(r->db, DB_BROKEN, "argon2 could not run");
	return invitation_accept(r, job->hash);
}

/* POST /invitation/:token */
struct reply
invitation_update(struct request *r)
{
	const struct mailed_link *link = mailed_link_find(r, "invitation");
	struct invitation_form values = { 0 };
	struct form *form;

	if (link == NULL)
		return reply_link_gone(r, "invitation");
	if (link->has_password)
		return invitation_accept(r, NULL);
	form = form_read(r, invitation_fields, &values);
	password_check(form, "password", values.password, link->account_name,
	    link->account_email, link->body);
	if (!form_ok(form)) {
		render_accounts_invitation(r, form, link);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	return reply_hashed(r, values.password, invitation_finish);
}
