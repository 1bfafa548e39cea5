/* Pages that belong to no capability. */
#include "pages/pages.h"

#include <string.h>

#include "base/db.h"
#include "base/log.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "permissions.h"
#include "templates.h"

/* GET / : to the page where the role's work begins. */
struct reply
home_show(struct request *r)
{
	const char *role = r->session.role;

	if (r->session.state != SESSION_LIVE)
		return reply_redirect(r, "/sign-in");
	if (permission_has(role, PACKAGE_READ))
		return reply_redirect(r, "/packages");
	if (permission_has(role, OFFER_ANSWER))
		return reply_redirect(r, "/offers");
	if (!permission_has(role, ACCOUNT_MANAGE))
		return reply_redirect(r, "/switch-role");
	return reply_redirect(r, "/accounts");
}

/*
 * GET /ready : the database answers and has the migrations that this program
 * was built with, each of them: a file that is merged late has a lower number
 * than the newest. A database that is newer than us is one that we cannot
 * serve. Which one it is about is for the log alone.
 */
struct reply
ready_show(struct request *r)
{
	const struct readiness *readiness = readiness_now(r->db, MIGRATIONS);
	const bool is_ready = readiness != NULL &&
	                      *readiness->missing == '\0' &&
	                      *readiness->unknown == '\0';
	const char *text = is_ready ? "ready\n" : "not ready\n";
	struct reply reply = reply_bytes(r, "text/plain; charset=utf-8",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });

	if (readiness != NULL && !is_ready)
		log_error("ready",
		    "migrations_missing=\"%s\" migrations_unknown=\"%s\"",
		    readiness->missing, readiness->unknown);
	if (!is_ready)
		reply.status = HTTP_UNAVAILABLE;
	return reply;
}

/* GET /accessibility */
struct reply
accessibility_show(struct request *r)
{
	render_pages_accessibility(r);
	return reply_page(r, HTTP_OK);
}

/* GET /privacy */
struct reply
privacy_show(struct request *r)
{
	render_pages_privacy(r);
	return reply_page(r, HTTP_OK);
}

/* GET /cookies */
struct reply
cookies_show(struct request *r)
{
	render_pages_cookies(r);
	return reply_page(r, HTTP_OK);
}
