/* What pages with a new password share: links, their mails, the rules. */
#include "accounts/mailed_links.h"

#include <stdio.h>

#include "accounts/accounts.sql.h"
#include "accounts/password_rules.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/form.h"
#include "base/request.h"
#include "messages/messages.h"
#include "permissions.h"
#include "templates.h"

struct bytes
mailed_link_hash(struct request *r)
{
	return session_token_hash(r, request_part(r, "token"));
}

const struct mailed_link *
mailed_link_find(struct request *r, const char *kind)
{
	const struct mailed_link *link = mailed_link_by_token(
	    r->db, mailed_link_hash(r));

	if (link == NULL || !text_equal(link->state, "live") ||
	    !text_equal(link->kind, kind))
		return NULL;
	return link;
}

struct reply
reply_link_gone(struct request *r, const char *kind)
{
	render_accounts_link_gone(r, text_equal(kind, "invitation"));
	return reply_page(r, HTTP_GONE);
}

void
mail_reset(
    struct request *r, const char *email, const char *name, const char *token)
{
	const struct mail mail = {
		.kind = "reset",
		.to_email = email,
		.to_name = name,
		.subject = "Set a new password for Hearth",
		.body = arena_printf(r->arena,
		    "Somebody asked for a new password for the Hearth account "
		    "with this email address.\n"
		    "\n"
		    "To set one, open this link within 30 minutes. It works "
		    "once.\n"
		    "\n"
		    "%s/reset-password/%s\n"
		    "\n"
		    "If you did not ask for it, there is nothing to do: your "
		    "password stays as it is.\n",
		    r->config->address, token),
	};

	mail_queue(r->db, &mail);
}

void
mail_invitation(struct request *r, const char *email, const char *role,
    const char *body, const char *token)
{
	const struct mail mail = {
		.kind = "invitation",
		.council_id = r->session.council_id,
		.to_email = email,
		.subject = "You are invited to Hearth",
		.body = arena_printf(r->arena,
		    "%s invites you to Hearth, the service in which councils "
		    "and providers arrange homecare.\n"
		    "\n"
		    "Your role will be: %s\n"
		    "\n"
		    "To accept, open this link within 7 days. It works once.\n"
		    "\n"
		    "%s/invitation/%s\n"
		    "\n"
		    "If you do not know why you get this, there is nothing to "
		    "do.\n",
		    body, role_label(role), r->config->address, token),
	};

	mail_queue(r->db, &mail);
}

void
password_check(struct form *form, const char *field, const char *password,
    const char *name, const char *email, const char *body)
{
	const char *const about[] = { name, email, body };
	const struct text_list known = { about, 3 };
	const char *problem;

	if (text_is_empty(password))
		return;
	problem = password_problem(form->r->arena, password, known);
	if (problem != NULL)
		form_error(form, field, "%s", problem);
}

struct reply
reply_hashed(struct request *r, const char *password,
    struct reply (*then)(struct request *r, const struct password_job *job))
{
	struct password_job job = { .is_verify = false };

	snprintf(job.password, sizeof(job.password), "%s", password);
	return reply_after(r, &job, then);
}
