/*
 * The only file that knows Kore: its requests in, our replies out, what the
 * workers share, and the sandbox. Rules and traps: Kore 4.1.0's own source.
 */
#include <kore/kore.h>
#include <kore/hooks.h>
#include <kore/http.h>
#include <kore/seccomp.h>
#include <kore/tasks.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/asset.h"
#include "base/config.h"
#include "base/db.h"
#include "base/log.h"
#include "base/password.h"
#include "base/secret.h"
#include "base/upload.h"
#include "dispatch.h"
#include "routes.h"

int app_dispatch(struct http_request *http);

enum {
	ARENA_MAXIMUM = 64 * 1024 * 1024,
	SPARE_ARENAS = 8,
	TICK_MILLISECONDS = 500,
	LARGE_BLOCK = 4 * 1024 * 1024,
	ID_SIZE = 6,
};

/* One request on its way; Kore keeps it until a thread is done with it. */
struct exchange {
	struct kore_task task; /* first: the thread gets the task's address */
	struct request *request;
	struct arena *arena;
	struct reply waiting;
	struct password_job job;
	u_int64_t started_at;
	bool has_task;
};

static struct config config;
static struct db_health *health;
static struct db *db;
static struct arena *spare_arenas[SPARE_ARENAS];
static int spare_count;

/* Kore looks at its timeouts only when its loop turns; this turns it. */
static void
tick(void *argument, u_int64_t now)
{
	(void)argument;
	(void)now;
}

/*
 * What one hash needs (19 MiB) goes back to the system at once. By itself
 * malloc learns to keep it, in every thread that ever hashed.
 */
static void
memory_configure(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
}

void
kore_parent_configure(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	fflush(stdout);
	setvbuf(stdout, NULL, _IOLBF, 0);
	memory_configure();
	nlisteners = 0; /* no accept lock: a busy worker holds nobody up */
	if (!config_read(&config))
		fatal("configuration");
	if (!asset_load(config.assets))
		fatal("assets in %s", config.assets);
	if (!upload_magic_begin())
		fatal("the database of libmagic cannot be read");
	health = db_health_new();
	password_gate_open();
	password_hash_of_nobody();
}

void
kore_worker_configure(void)
{
	password_gate_enter(worker->id);
	db = db_new(health);
	kore_timer_add(tick, TICK_MILLISECONDS, NULL, 0);
}

static struct arena *
arena_take(void)
{
	if (spare_count > 0)
		return spare_arenas[--spare_count];
	return arena_new(ARENA_MAXIMUM);
}

static void
arena_give(struct arena *arena)
{
	arena_reset(arena);
	if (spare_count < SPARE_ARENAS)
		spare_arenas[spare_count++] = arena;
	else
		arena_free(arena);
}

/* Kore may call this more than once for a request that has a task. */
static void
exchange_end(struct http_request *http)
{
	struct exchange *exchange = http->hdlr_extra;

	if (exchange == NULL || exchange->arena == NULL)
		return;
	if (exchange->has_task && !kore_task_finished(&exchange->task))
		return;
	if (exchange->has_task)
		password_gate_wait(-1);
	exchange->has_task = false;
	arena_give(exchange->arena);
	exchange->arena = NULL;
}

static const char *
header(struct http_request *http, const char *name)
{
	const char *value;

	return http_request_header(http, name, &value) ? value : "";
}

static const char *
client_address(struct http_request *http, struct arena *arena)
{
	char text[INET6_ADDRSTRLEN] = "";
	struct connection *owner = http->owner;

	if (owner != NULL && owner->family == AF_INET)
		inet_ntop(
		    AF_INET, &owner->addr.ipv4.sin_addr, text, sizeof(text));
	else if (owner != NULL && owner->family == AF_INET6)
		inet_ntop(
		    AF_INET6, &owner->addr.ipv6.sin6_addr, text, sizeof(text));
	return request_address(arena, arena_strdup(arena, text), config.proxy,
	    header(http, "x-forwarded-for"));
}

static struct bytes
body_read(struct http_request *http, struct arena *arena)
{
	size_t size = http->http_body_length, used = 0;
	unsigned char *data = arena_alloc(arena, size + 1);
	ssize_t part;

	while (used < size &&
	       (part = http_body_read(http, data + used, size - used)) > 0)
		used += (size_t)part;
	return (struct bytes) { data, used };
}

static enum method
method_of(const struct http_request *http)
{
	if (http->method == HTTP_METHOD_GET || http->method == HTTP_METHOD_HEAD)
		return GET;
	return http->method == HTTP_METHOD_POST ? POST : OTHER_METHOD;
}

static struct request *
request_new(struct http_request *http, struct arena *arena)
{
	struct request *r = arena_alloc(arena, sizeof(*r));
	unsigned char id[ID_SIZE];

	secret_random(id, sizeof(id));
	r->id = text_hex(arena, id, sizeof(id));
	r->arena = arena;
	r->db = db;
	r->config = &config;
	r->method = method_of(http);
	r->path = http->path;
	r->query_string = http->query_string != NULL ? http->query_string : "";
	r->cookie = header(http, "cookie");
	r->origin = header(http, "origin");
	r->host = http->host;
	r->fetch_site = header(http, "sec-fetch-site");
	r->content_type = header(http, "content-type");
	r->if_none_match = header(http, "if-none-match");
	r->accept_encoding = header(http, "accept-encoding");
	r->address = client_address(http, arena);
	if (r->method == POST)
		r->body = body_read(http, arena);
	else
		r->body.data = (const unsigned char *)"";
	return r;
}

/* Kore does not look at what it sends; a line end would be a new header. */
static void
header_set(struct http_request *http, const char *name, const char *value)
{
	if (strpbrk(value, "\r\n") != NULL)
		fatal("a header holds a line end");
	http_response_header(http, name, value);
}

static void
headers_set(
    struct http_request *http, struct request *r, const struct reply *reply)
{
	size_t i;

	header_set(http, "content-type", reply->content_type);
	header_set(http, "x-content-type-options", "nosniff");
	header_set(http, "referrer-policy", "same-origin");
	header_set(http, "cross-origin-opener-policy", "same-origin");
	header_set(http, "cross-origin-resource-policy", "same-origin");
	header_set(http, "content-security-policy",
	    reply->file_name != NULL
		? "default-src 'none'; sandbox"
		: "default-src 'none'; script-src 'self'; style-src 'self'; "
		  "img-src 'self'; font-src 'self'; connect-src 'self'; "
		  "form-action 'self'; frame-ancestors 'none'; base-uri "
		  "'none'");
	header_set(http, "cache-control",
	    reply->is_static ? "public, max-age=31536000, immutable"
			     : "no-store");
	if (reply->location != NULL)
		header_set(http, "location", reply->location);
	if (reply->etag != NULL)
		header_set(http, "etag", reply->etag);
	if (reply->encoding != NULL)
		header_set(http, "content-encoding", reply->encoding);
	if (reply->is_static)
		header_set(http, "vary", "accept-encoding");
	if (reply->allow != NULL)
		header_set(http, "allow", reply->allow);
	if (reply->ends_site_data)
		header_set(http, "clear-site-data", "\"cache\", \"storage\"");
	if (reply->file_name != NULL)
		header_set(http, "content-disposition",
		    reply_disposition(r->arena, reply->file_name));
	if (reply->retry_after > 0)
		header_set(http, "retry-after",
		    arena_printf(r->arena, "%d", reply->retry_after));
	for (i = 0; i < r->set_cookies.count; i++)
		header_set(http, "set-cookie", r->set_cookies.row[i]);
}

static void
log_request(struct exchange *exchange, const struct reply *reply)
{
	const struct request *r = exchange->request;

	log_info("request",
	    "account=%lld method=%s route=%s status=%d ms=%llu "
	    "queries=%d db_ms=%lld",
	    (long long)r->session.account_id,
	    r->method == POST ? "POST" : "GET",
	    r->route != NULL ? r->route->pattern : "-", reply->status,
	    (unsigned long long)(kore_time_ms() - exchange->started_at),
	    db_calls(r->db), (long long)(db_microseconds(r->db) / 1000));
}

/* Kore would cut a slow reader off by the header timeout of the next one. */
static int
send_reply(struct http_request *http, struct exchange *exchange,
    const struct reply *reply)
{
	enum { LARGE = 512 * 1024 };

	headers_set(http, exchange->request, reply);
	if (reply->body.length > LARGE && http->owner != NULL)
		http->owner->flags |= CONN_CLOSE_EMPTY;
	http_response(
	    http, reply->status, reply->body.data, reply->body.length);
	log_request(exchange, reply);
	exchange_end(http);
	return KORE_RESULT_OK;
}

static int
task_run(struct kore_task *task)
{
	struct exchange *exchange = (struct exchange *)task;

	password_run(&exchange->job);
	return KORE_RESULT_OK;
}

/* Sends the reply, or starts the thread that it waits for. */
static int
go_on(struct http_request *http, struct exchange *exchange, struct reply reply)
{
	if (reply.job == NULL)
		return send_reply(http, exchange, &reply);
	if (password_gate_is_full()) {
		reply = app_refuse(exchange->request, HTTP_UNAVAILABLE);
		return send_reply(http, exchange, &reply);
	}
	exchange->waiting = reply;
	exchange->job = *reply.job;
	secret_wipe(reply.job->password, sizeof(reply.job->password));
	password_gate_wait(1);
	exchange->has_task = true;
	if (http->owner != NULL)
		http->owner->http_timeout = 0;
	kore_task_create(&exchange->task, task_run);
	kore_task_bind_request(&exchange->task, http);
	kore_task_run(&exchange->task);
	return KORE_RESULT_RETRY;
}

int
app_dispatch(struct http_request *http)
{
	struct exchange *exchange;
	struct reply reply;

	if (!http_state_exists(http)) {
		exchange = http_state_create(
		    http, sizeof(*exchange), exchange_end);
		exchange->started_at = kore_time_ms();
		exchange->arena = arena_take();
		exchange->request = request_new(http, exchange->arena);
		return go_on(http, exchange, app_begin(exchange->request));
	}
	exchange = http_state_get(http);
	if (!kore_task_finished(&exchange->task)) {
		http_request_sleep(http);
		return KORE_RESULT_RETRY;
	}
	password_gate_wait(-1);
	exchange->has_task = false;
	kore_task_destroy(&exchange->task); /* the reply may need another */
	reply = app_continue(
	    exchange->request, exchange->waiting, &exchange->job);
	return go_on(http, exchange, reply);
}

/*
 * What glibc 2.36, libpq, argon2's threads and large blocks need beyond the
 * calls that Kore 4.1.0 allows, after what it allows and we never do: a
 * worker writes no file, removes none, and ends no other process.
 */
/* clang-format off */
KORE_SECCOMP_FILTER("hearth",
    KORE_SYSCALL_DENY_WITH_FLAG(openat, 2, O_WRONLY, EACCES),
    KORE_SYSCALL_DENY_WITH_FLAG(openat, 2, O_RDWR, EACCES),
    KORE_SYSCALL_DENY_WITH_FLAG(openat, 2, O_CREAT, EACCES),
    KORE_SYSCALL_DENY(open, EACCES),
    KORE_SYSCALL_DENY(unlink, EACCES),
    KORE_SYSCALL_DENY(kill, EACCES),
    KORE_SYSCALL_DENY(sendfile, EACCES),
    KORE_SYSCALL_ALLOW(newfstatat),
    KORE_SYSCALL_ALLOW(faccessat2),
    KORE_SYSCALL_ALLOW(clone3),
    KORE_SYSCALL_ALLOW(rseq),
    KORE_SYSCALL_ALLOW(mremap),
    KORE_SYSCALL_ALLOW(getdents64),
    KORE_SYSCALL_ALLOW(prlimit64),
    KORE_SYSCALL_ALLOW(getppid),
    KORE_SYSCALL_ALLOW(getpeername),
    KORE_SYSCALL_ALLOW(setpriority))
/* clang-format on */
