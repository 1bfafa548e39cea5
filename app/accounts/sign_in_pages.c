/* Signing in and out. */
#include "accounts/accounts_pages.h"

#include <stdio.h>
#include <string.h>

#include "accounts/accounts.sql.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/html.h"
#include "base/password.h"
#include "base/requests.sql.h"
#include "templates.h"

struct sign_in_form {
	const char *email;
	const char *password;
};

static const struct field sign_in_fields[] = {
	FIELD(struct sign_in_form, FIELD_EMAIL, email, "Email address",
	    .missing = "Enter your email address", .is_required = true,
	    .autocomplete = "username"),
	FIELD(struct sign_in_form, FIELD_PASSWORD, password, "Password",
	    .missing = "Enter your password", .is_required = true,
	    .autocomplete = "current-password"),
	FIELD_END,
};

const char *
path_of_ours(const char *text, const char *otherwise)
{
	if (text == NULL || text[0] != '/' || text[1] == '/')
		return otherwise;
	for (const char *at = text; *at != '\0'; at++)
		if ((unsigned char)*at <= ' ' || *at == '\\' || *at == 0x7F)
			return otherwise;
	return text;
}

static const char *
target_of(const struct request *r)
{
	return path_of_ours(request_query(r, "to"), "/");
}

const char *
sign_in_address(struct request *r)
{
	const char *target = target_of(r);

	if (text_equal(target, "/"))
		return "/sign-in";
	return arena_printf(r->arena, "/sign-in?to=%s", url_encode(r, target));
}

static struct reply
sign_in_again(struct request *r, struct form *form, int status)
{
	render_accounts_sign_in(r, form, request_query(r, "ended"));
	return reply_page(r, status);
}

/* GET /sign-in */
struct reply
sign_in_new(struct request *r)
{
	if (r->session.state == SESSION_LIVE)
		return reply_redirect(r, "%s", target_of(r));
	return sign_in_again(r, form_show(r, sign_in_fields, NULL), HTTP_OK);
}

/*
 * The same words whether the address or the password was wrong or there were
 * too many attempts, so that nobody learns from them which it was.
 */
static struct reply
sign_in_refuse(struct request *r, struct form *form)
{
	form_error(form, "email",
	    "The email address or password is wrong, or there were too many "
	    "attempts. Check both, wait some minutes, or ask for a new "
	    "password");
	return sign_in_again(r, form, HTTP_UNPROCESSABLE);
}

struct reply
reply_throttled(struct request *r, struct form *form, int32_t seconds,
    struct reply (*again)(struct request *r, struct form *form, int status))
{
	struct reply reply;

	form_error(form, form->fields[0].field->name,
	    "There were too many attempts. Wait %d %s and try again",
	    seconds > 90 ? (seconds + 59) / 60 : seconds,
	    seconds > 90   ? "minutes"
	    : seconds == 1 ? "second"
			   : "seconds");
	reply = again(r, form, HTTP_TOO_MANY);
	reply.retry_after = seconds;
	return reply;
}

/* After the password was compared, in a transaction of its own. */
static struct reply
sign_in_finish(struct request *r, const struct password_job *job)
{
	struct sign_in_form values = { 0 };
	struct form *form = form_read(r, sign_in_fields, &values);
	const char *old = session_cookie(r);
	const char *token = session_token_new(r);

	if (!job->is_done)
		db_fail(r->db, DB_BROKEN, "argon2 could not run");
	if (!job->matches || job->account_id == 0)
		return sign_in_refuse(r, form);
	sign_in_succeed(r->db, job->account_id, r->address);
	if (!session_create(r->db, job->account_id,
		session_token_hash(r, token),
		old != NULL ? session_token_hash(r, old)
			    : (struct bytes) { 0 }))
		return sign_in_refuse(r, form);
	session_cookie_set(r, token);
	return reply_redirect(r, "%s", target_of(r));
}

/* POST /sign-in */
struct reply
sign_in_create(struct request *r)
{
	struct sign_in_form values = { 0 };
	struct form *form = form_read(r, sign_in_fields, &values);
	struct password_job job = { .is_verify = true };
	const struct sign_in_attempt *attempt;

	if (!form_ok(form))
		return sign_in_again(r, form, HTTP_UNPROCESSABLE);
	attempt = sign_in_begin(r->db, values.email, r->address);
	if (attempt == NULL)
		return sign_in_refuse(r, form);
	if (attempt->wait_seconds > 0)
		return reply_throttled(
		    r, form, attempt->wait_seconds, sign_in_again);
	job.account_id = attempt->account_id;
	snprintf(job.password, sizeof(job.password), "%s", values.password);
	snprintf(job.hash, sizeof(job.hash), "%s",
	    attempt->hash != NULL ? attempt->hash : password_hash_of_nobody());
	return reply_after(r, &job, sign_in_finish);
}

/* POST /sign-out */
struct reply
sign_out_run(struct request *r)
{
	const char *token = session_cookie(r);
	struct reply reply;

	session_end(r->db, session_token_hash(r, token), "signed out");
	session_cookie_clear(r);
	reply = reply_redirect(r, "/sign-in");
	reply.ends_site_data = true;
	return reply;
}
