/*
 * What every request goes through. A handler's reply is thrown away when its
 * transaction could not be committed, so nothing is reported that is not so.
 */
#include "dispatch.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/asset.h"
#include "base/db.h"
#include "base/form.h"
#include "base/log.h"
#include "base/parked.h"
#include "base/password.h"
#include "base/requests.sql.h"
#include "base/secret.h"
#include "routes.h"
#include "templates.h"

enum {
	MOST_RUNS = 1 + 3,
	PAGE_SIZE = 64 * 1024,
	PAGE_MAXIMUM = 16 * 1024 * 1024
};

static struct reply
page_of(struct request *r, int status, void (*render)(struct request *request))
{
	r->out.length = 0;
	r->notice = NULL;
	r->is_refused = true;
	render(r);
	return reply_page(r, status);
}

struct reply
app_refuse(struct request *r, int status)
{
	struct reply reply;

	if (r->out.arena == NULL)
		r->out = buffer_new(r->arena, PAGE_SIZE, PAGE_MAXIMUM);
	switch (status) {
	case HTTP_NOT_FOUND:
		return page_of(r, status, render_errors_not_found);
	case HTTP_METHOD_NOT_ALLOWED:
		return page_of(r, status, render_errors_method);
	case HTTP_FORBIDDEN:
		return page_of(r, status, render_errors_forbidden);
	case HTTP_BAD_REQUEST:
		return page_of(r, status, render_errors_bad_request);
	case HTTP_TOO_LARGE:
		return page_of(r, status, render_errors_too_large);
	case HTTP_TOO_MANY:
	case HTTP_UNAVAILABLE:
		reply = page_of(r, status, render_errors_unavailable);
		reply.retry_after = 5;
		return reply;
	default:
		return page_of(r, HTTP_ERROR, render_errors_problem);
	}
}

/*
 * The reply to a request whose transaction did not come to an end. Cookies
 * go with the reply that is thrown away: they may tell of what is not so.
 */
static struct reply
reply_failed(struct request *r, enum db_failure failure)
{
	r->set_cookies.count = 0;
	if (failure == DB_UNKNOWN && r->method == POST)
		return page_of(r, HTTP_UNAVAILABLE, render_errors_maybe_saved);
	if (failure == DB_UNREACHABLE || failure == DB_CONFLICT ||
	    failure == DB_UNKNOWN)
		return app_refuse(r, HTTP_UNAVAILABLE);
	return app_refuse(r, HTTP_ERROR);
}

static enum session_state
session_state_of(const char *name)
{
	if (strcmp(name, "live") == 0)
		return SESSION_LIVE;
	if (strcmp(name, "idle") == 0)
		return SESSION_IDLE;
	if (strcmp(name, "ended") == 0)
		return SESSION_ENDED;
	return SESSION_ABSENT;
}

/* Loads the session, which sets the tenant of the transaction. */
static void
session_load(struct request *r)
{
	const char *token = session_cookie(r);
	const struct session_row *row;

	memset(&r->session, 0, sizeof(r->session));
	r->session.role = r->session.account_name = "";
	row = session_begin(r->db, token != NULL ? session_token_hash(r, token)
						 : (struct bytes) { 0 });
	if (row == NULL)
		return;
	r->now = row->now;
	r->session.state = session_state_of(row->state);
	r->session.account_id = row->account_id;
	if (r->session.state != SESSION_LIVE)
		return;
	r->session.account_name = row->account_name;
	r->session.email = row->email;
	r->session.membership_id = row->membership_id;
	if (row->role != NULL)
		r->session.role = row->role;
	r->session.council_id = row->council_id;
	r->session.council_name = row->council_name;
	r->session.organisation_id = row->organisation_id;
	r->session.organisation_name = row->organisation_name;
	r->session.membership_count = row->membership_count;
	r->session.idle_at = row->idle_at;
	r->session.ends_at = row->ends_at;
}

/* Whether the page that posted the form can be shown again by its address. */
static bool
has_page(struct request *r)
{
	struct pair_list parts;
	bool other;

	return route_find(r->arena, GET, r->path, &parts, &other) != NULL;
}

/* To the sign-in page, and from there back to where the person was. */
static struct reply
reply_sign_in(struct request *r)
{
	const char *target = r->path;

	if (r->session.state == SESSION_IDLE && r->method == POST &&
	    session_csrf_holds(r) && has_page(r) && parked_form_keep(r)) {
		target = arena_printf(r->arena, "%s%s", r->path,
		    request_query_with(r, "kept", "yes"));
	} else if (r->method != GET && !has_page(r)) {
		target = "/";
	} else if (*r->query_string != '\0' && r->method == GET) {
		target = arena_printf(
		    r->arena, "%s?%s", r->path, r->query_string);
	}
	return reply_redirect(r, "/sign-in?to=%s%s", url_encode(r, target),
	    r->session.state == SESSION_IDLE ? "&ended=idle" : "");
}

/*
 * The hash of what was typed, but for passwords: a quick hash of those must
 * not be kept anywhere. No text has a NUL, so that one parts them for sure.
 */
static struct bytes
body_hash(struct request *r)
{
	struct buffer text;
	unsigned char *hash;
	size_t i;

	if (r->body_hash.length > 0)
		return r->body_hash;
	text = buffer_new(r->arena,
	    r->body.length + 2 * (r->fields.count + r->files.count) + 1,
	    PAGE_MAXIMUM);
	for (i = 0; i < r->fields.count; i++) {
		const struct pair *pair = &r->fields.row[i];

		if (strcmp(pair->name, "csrf") == 0 || pair_is_secret(pair))
			continue;
		buffer_add(&text, pair->name, strlen(pair->name) + 1);
		buffer_add(&text, pair->value, strlen(pair->value) + 1);
	}
	for (i = 0; i < r->files.count; i++) {
		const struct file_part *file = &r->files.row[i];

		buffer_add(&text, file->name, strlen(file->name) + 1);
		buffer_add(&text, file->content.data, file->content.length);
	}
	hash = arena_alloc(r->arena, SECRET_HASH_SIZE);
	secret_hash(text.data, text.length, hash);
	r->body_hash = (struct bytes) { hash, SECRET_HASH_SIZE };
	return r->body_hash;
}

static bool
is_once(const struct request *r)
{
	return r->method == POST && (r->route->flags & ROUTE_NO_ONCE) == 0;
}

/* Whose key it is; 0 for who is not signed in. */
static int64_t
once_account(const struct request *r)
{
	return r->session.state == SESSION_LIVE ? r->session.account_id : 0;
}

/*
 * A form that was sent before gives the answer that it gave then. True when
 * `*reply` is to be given and the handler not to be called.
 */
static bool
once_answers(struct request *r, struct reply *reply)
{
	const char *key = request_field(r, "once");
	const struct once_row *once;

	if (key == NULL || strlen(key) != 32) {
		*reply = app_refuse(r, HTTP_BAD_REQUEST);
		return true;
	}
	once = once_begin(r->db, once_account(r), r->path, key, body_hash(r));
	if (once == NULL || strcmp(once->state, "new") == 0)
		return false;
	if (strcmp(once->state, "same") == 0) {
		*reply = reply_redirect(r, "%s", once->location);
		return true;
	}
	r->out.length = 0;
	r->is_refused = true;
	render_errors_sent_before(r, once->location, form_once(r));
	*reply = reply_page(r, HTTP_CONFLICT);
	return true;
}

/* Who has no role left may still sign out and change the password. */
static bool
may_enter(const struct request *r)
{
	return r->route->permission == SIGNED_IN ||
	       permission_has(r->session.role, r->route->permission);
}

/* A notice waits for the page that a redirect leads to. */
static void
notice_leave(struct request *r, const struct reply *reply)
{
	if (r->method == GET && reply->status == HTTP_SEE_OTHER &&
	    r->notice != NULL)
		reply_notice_set(r, r->notice);
}

/* Everything between BEGIN and COMMIT. */
static struct reply
transact(struct request *r,
    struct reply (*run)(struct request *r, void *argument), void *argument)
{
	struct reply reply;

	if ((r->route->flags & ROUTE_NO_SESSION) != 0)
		return run(r, argument);
	session_load(r);
	session_csrf_begin(r);
	if (r->route->permission != ANYONE) {
		if (r->session.state != SESSION_LIVE)
			return reply_sign_in(r);
		if (!may_enter(r))
			return app_refuse(r, HTTP_FORBIDDEN);
	}
	if (r->method == POST && !session_csrf_holds(r))
		return app_refuse(r, HTTP_FORBIDDEN);
	if (is_once(r) && once_answers(r, &reply))
		return reply;
	if (r->method == GET) {
		reply_notice_take(r);
		if (request_query(r, "kept") != NULL &&
		    r->session.state == SESSION_LIVE)
			parked_form_take(r);
	}
	reply = run(r, argument);
	notice_leave(r, &reply);
	if (reply.status >= HTTP_BAD_REQUEST && reply.body.data == NULL)
		reply = app_refuse(r, reply.status);
	if (is_once(r) && reply.status == HTTP_SEE_OTHER)
		once_finish(r->db, once_account(r), r->path,
		    request_field(r, "once"), body_hash(r), reply.location);
	return reply;
}

/* Runs a step in its transaction, again when it met another's. */
static struct reply
run_committed(struct request *r,
    struct reply (*run)(struct request *r, void *argument), void *argument)
{
	enum db_failure failure = DB_UNREACHABLE;
	int runs;

	if (db_is_resting(r->db))
		return app_refuse(r, HTTP_UNAVAILABLE);
	for (runs = 0; runs < MOST_RUNS; runs++) {
		struct reply reply;

		db_attach(r->db, r->arena);
		r->out.length = 0;
		r->notice = NULL;
		r->is_refused = false;
		r->set_cookies.count = 0;
		if (db_begin(r->db)) {
			reply = transact(r, run, argument);
			if (db_failure(r->db) == DB_FINE && db_commit(r->db))
				return reply;
		}
		failure = db_failure(r->db);
		db_rollback(r->db);
		if (failure != DB_CONFLICT && !db_is_taken(r->db))
			break;
	}
	return reply_failed(r, failure);
}

static struct reply
call_handler(struct request *r, void *argument)
{
	(void)argument;
	return r->route->handler(r);
}

struct continuation {
	struct reply waiting;
	const struct password_job *job;
};

static struct reply
call_then(struct request *r, void *argument)
{
	const struct continuation *continuation = argument;

	return continuation->waiting.then(r, continuation->job);
}

static struct reply
reply_health(struct request *r)
{
	static const char fine[] = "alive\n";

	return reply_bytes(r, "text/plain; charset=utf-8",
	    (struct bytes) { (const unsigned char *)fine, sizeof(fine) - 1 });
}

/* The methods that the path has, of which the request's is none. */
static const char *
methods_of(struct request *r)
{
	struct pair_list parts;
	bool other;

	if (r->method == GET)
		return "POST";
	route_find(r->arena, GET, r->path, &parts, &other);
	return r->method == OTHER_METHOD && other ? "GET, HEAD, POST"
	                                          : "GET, HEAD";
}

/* Decodes the query and, of a form, the body. False = not what we send. */
static bool
decode(struct request *r)
{
	static const char form_type[] = "application/x-www-form-urlencoded";
	static const char files_type[] = "multipart/form-data";

	if (!form_decode(
		r->arena, r->query_string, strlen(r->query_string), &r->query))
		return false;
	if (r->method != POST)
		return true;
	if ((r->route->flags & ROUTE_FILES) != 0 &&
	    text_starts_with(r->content_type, files_type))
		return form_decode_files(r->arena, r->content_type,
		    (const char *)r->body.data, r->body.length, &r->fields,
		    &r->files);
	return text_starts_with(r->content_type, form_type) &&
	       form_decode(r->arena, (const char *)r->body.data, r->body.length,
		   &r->fields);
}

struct reply
app_begin(struct request *r)
{
	struct reply reply;
	bool other;

	log_about(r->id);
	db_attach(r->db, r->arena);
	r->out = buffer_new(r->arena, PAGE_SIZE, PAGE_MAXIMUM);
	r->csrf_token = "";
	r->session.role = r->session.account_name = "";
	if (r->method == GET && strcmp(r->path, "/health") == 0)
		return reply_health(r);
	if (text_starts_with(r->path, "/assets/"))
		return r->method == GET ? asset_reply(r)
		                        : app_refuse(r, HTTP_NOT_FOUND);
	r->route = route_find(r->arena, r->method, r->path, &r->parts, &other);
	if (r->route == NULL && other) {
		reply = app_refuse(r, HTTP_METHOD_NOT_ALLOWED);
		reply.allow = methods_of(r);
		return reply;
	}
	if (r->route == NULL)
		return app_refuse(r, HTTP_NOT_FOUND);
	if (!decode(r))
		return app_refuse(r, HTTP_BAD_REQUEST);
	return run_committed(r, call_handler, NULL);
}

struct reply
app_continue(
    struct request *r, struct reply waiting, const struct password_job *job)
{
	struct continuation continuation = { waiting, job };

	log_about(r->id);
	return run_committed(r, call_then, &continuation);
}

struct reply
app_handle(struct request *r)
{
	struct reply reply = app_begin(r);

	while (reply.job != NULL) {
		struct password_job *job = reply.job;

		password_run(job);
		reply = app_continue(r, reply, job);
	}
	return reply;
}
