/* A forgotten password, a link to set a new one, and a change of password. */
#include <stdio.h>

#include "accounts/accounts.sql.h"
#include "accounts/accounts_pages.h"
#include "accounts/mailed_links.h"
#include "accounts/password_rules.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/db.h"
#include "base/form.h"
#include "base/password.h"
#include "base/request.h"
#include "messages/messages.h"
#include "templates.h"

struct forgotten_form {
	const char *email;
};

static const struct field forgotten_fields[] = {
	FIELD(struct forgotten_form, FIELD_EMAIL, email, "Email address",
	    .hint = "The one that you sign in with.",
	    .missing = "Enter your email address", .is_required = true,
	    .autocomplete = "username"),
	FIELD_END,
};

struct reset_form {
	const char *new_password;
};

static const struct field reset_fields[] = {
	FIELD(struct reset_form, FIELD_PASSWORD, new_password, "New password",
	    .hint = PASSWORD_HINT, .missing = "Enter a new password",
	    .is_required = true, .autocomplete = "new-password"),
	FIELD_END,
};

struct password_form {
	const char *current_password;
	const char *new_password;
};

static const struct field password_fields[] = {
	FIELD(struct password_form, FIELD_PASSWORD, current_password,
	    "Password you use now", .missing = "Enter the password you use now",
	    .is_required = true, .autocomplete = "current-password"),
	FIELD(struct password_form, FIELD_PASSWORD, new_password,
	    "New password", .hint = PASSWORD_HINT,
	    .missing = "Enter a new password", .is_required = true,
	    .autocomplete = "new-password"),
	FIELD_END,
};

static struct reply
forgotten_again(struct request *r, struct form *form, int status)
{
	render_accounts_forgotten_password(r, form);
	return reply_page(r, status);
}

/* GET /forgotten-password, and with ?sent= what it led to */
struct reply
forgotten_password_new(struct request *r)
{
	if (request_query(r, "sent") != NULL) {
		render_accounts_forgotten_password_sent(r);
		return reply_page(r, HTTP_OK);
	}
	return forgotten_again(
	    r, form_show(r, forgotten_fields, NULL), HTTP_OK);
}

/* POST /forgotten-password : the same answer whoever has the address. */
struct reply
forgotten_password_create(struct request *r)
{
	struct forgotten_form values = { 0 };
	struct form *form = form_read(r, forgotten_fields, &values);
	const char *token = session_token_new(r);
	const struct reset_attempt *attempt;

	if (!form_ok(form))
		return forgotten_again(r, form, HTTP_UNPROCESSABLE);
	attempt = reset_create(
	    r->db, values.email, r->address, session_token_hash(r, token));
	if (attempt != NULL && attempt->wait_seconds > 0)
		return reply_throttled(
		    r, form, attempt->wait_seconds, forgotten_again);
	if (attempt != NULL && attempt->account_id != 0)
		mail_reset(
		    r, attempt->account_email, attempt->account_name, token);
	return reply_redirect(r, "/forgotten-password?sent=yes");
}

static struct reply
reset_again(struct request *r, struct form *form,
    const struct mailed_link *link, int status)
{
	render_accounts_reset_password(r, form, link);
	return reply_page(r, status);
}

/* GET /reset-password/:token */
struct reply
password_reset_edit(struct request *r)
{
	const struct mailed_link *link = mailed_link_find(r, "reset");

	if (link == NULL)
		return reply_link_gone(r, "reset");
	return reset_again(r, form_show(r, reset_fields, NULL), link, HTTP_OK);
}

static void
mail_changed(struct request *r, const char *email, const char *name)
{
	const struct mail mail = {
		.kind = "password_changed",
		.to_email = email,
		.to_name = name,
		.subject = "Your Hearth password was changed",
		.body = arena_printf(r->arena,
		    "The password of your Hearth account was changed.\n"
		    "\n"
		    "If you changed it, there is nothing to do.\n"
		    "\n"
		    "If you did not, set a new one at once:\n"
		    "%s/forgotten-password\n"
		    "and tell your administrator.\n",
		    r->config->address),
	};

	mail_queue(r->db, &mail);
}

/* With the hash made: the link is used up, all sessions end. */
static struct reply
reset_finish(struct request *r, const struct password_job *job)
{
	const struct mailed_link *link = mailed_link_find(r, "reset");

	if (!job->is_done)
		db_fail(r->db, DB_BROKEN, "argon2 could not run");
	if (link == NULL ||
	    mailed_link_use(r->db, mailed_link_hash(r), job->hash) == 0)
		return reply_link_gone(r, "reset");
	mail_changed(r, link->account_email, link->account_name);
	return reply_redirect_with(
	    r, "Password changed. Sign in with your new password", "/sign-in");
}

/* POST /reset-password/:token */
struct reply
password_reset_update(struct request *r)
{
	struct reset_form values = { 0 };
	struct form *form = form_read(r, reset_fields, &values);
	const struct mailed_link *link = mailed_link_find(r, "reset");

	if (link == NULL)
		return reply_link_gone(r, "reset");
	password_check(form, "new_password", values.new_password,
	    link->account_name, link->account_email, NULL);
	if (!form_ok(form))
		return reset_again(r, form, link, HTTP_UNPROCESSABLE);
	return reply_hashed(r, values.new_password, reset_finish);
}

static struct reply
password_again(struct request *r, struct form *form, int status)
{
	render_accounts_change_password(r, form);
	return reply_page(r, status);
}

/* GET /change-password */
struct reply
password_edit(struct request *r)
{
	return password_again(r, form_show(r, password_fields, NULL), HTTP_OK);
}

/*
 * With the new hash made. Had the password been changed by another session
 * meanwhile, that would have ended this one.
 */
static struct reply
password_finish(struct request *r, const struct password_job *job)
{
	const struct sign_in_attempt *now = sign_in_begin(
	    r->db, r->session.email, r->address);

	if (!job->is_done)
		db_fail(r->db, DB_BROKEN, "argon2 could not run");
	if (now == NULL || now->hash == NULL ||
	    !password_change(r->db, now->hash, job->hash,
		session_token_hash(r, session_cookie(r))))
		return password_again(
		    r, form_show(r, password_fields, NULL), HTTP_CONFLICT);
	sign_in_succeed(r->db, r->session.account_id, r->address);
	mail_changed(r, r->session.email, r->session.account_name);
	return reply_redirect_with(r,
	    "Password changed. You are signed out everywhere else",
	    "/change-password");
}

/* With the old password compared. */
static struct reply
password_compared(struct request *r, const struct password_job *job)
{
	struct password_form values = { 0 };
	struct form *form = form_read(r, password_fields, &values);

	if (!job->is_done)
		db_fail(r->db, DB_BROKEN, "argon2 could not run");
	if (!job->matches) {
		form_error(form, "current_password",
		    "The password you use now is not that. Try again");
		return password_again(r, form, HTTP_UNPROCESSABLE);
	}
	sign_in_succeed(r->db, r->session.account_id, r->address);
	return reply_hashed(r, values.new_password, password_finish);
}

/* POST /change-password */
struct reply
password_update(struct request *r)
{
	struct password_form values = { 0 };
	struct form *form = form_read(r, password_fields, &values);
	struct password_job job = { .is_verify = true };
	const struct sign_in_attempt *attempt;

	password_check(form, "new_password", values.new_password,
	    r->session.account_name, r->session.email,
	    r->session.council_id != 0 ? r->session.council_name
				       : r->session.organisation_name);
	if (!form_ok(form))
		return password_again(r, form, HTTP_UNPROCESSABLE);
	attempt = sign_in_begin(r->db, r->session.email, r->address);
	if (attempt != NULL && attempt->wait_seconds > 0)
		return reply_throttled(
		    r, form, attempt->wait_seconds, password_again);
	snprintf(
	    job.password, sizeof(job.password), "%s", values.current_password);
	snprintf(job.hash, sizeof(job.hash), "%s",
	    attempt != NULL && attempt->hash != NULL
		? attempt->hash
		: password_hash_of_nobody());
	return reply_after(r, &job, password_compared);
}
