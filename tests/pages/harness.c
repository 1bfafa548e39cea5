/* See harness.h. Uses libpq directly only to look behind the pages. */
#include "harness.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/db.h"
#include "base/html.h"
#include "base/password.h"
#include "base/request.h"
#include "base/text.h"
#include "dispatch.h"
#include "harness_watch.h"

const char *const demo_password = "hearth demonstration";

static struct config config = {
	.address = "http://127.0.0.1:8080",
	.assets = "",
	.var = "",
	.mail_from = "hearth@example.org",
};
static struct db *db;
static PGconn *superuser;
static PGresult *last_result;

static PGconn *
connect_superuser(void)
{
	const char *user = getenv("TEST_SUPERUSER");
	const char *names[] = { "user", NULL };
	const char *values[] = { user != NULL ? user : "postgres", NULL };
	PGconn *connection = PQconnectdbParams(names, values, 0);

	if (PQstatus(connection) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(connection));
		exit(1);
	}
	return connection;
}

void
harness_begin(void)
{
	superuser = connect_superuser();
	watch_begin();
	db = db_new(NULL);
}

void
harness_end(void)
{
	PQclear(last_result);
	last_result = NULL;
	PQfinish(superuser);
	watch_end();
	db_free(db);
}

void
harness_smtp(const char *url)
{
	config.smtp_url = url;
}

struct browser *
browser_new(void)
{
	struct browser *browser = calloc(1, sizeof(*browser));

	if (browser == NULL)
		abort();
	browser->page = strdup("");
	browser->location = strdup("");
	browser->cookie_lines = strdup("");
	return browser;
}

void
browser_free(struct browser *browser)
{
	free(browser->page);
	free(browser->location);
	free(browser->cookie_lines);
	free(browser);
}

/* Takes a cookie out of the jar by its name. */
static void
cookie_drop(struct browser *browser, const char *name, size_t length)
{
	char *cursor = browser->cookies, *end;

	while (*cursor != '\0') {
		end = cursor + strcspn(cursor, ";");
		if (strncmp(cursor, name, length) == 0 &&
		    cursor[length] == '=') {
			end += strspn(end, "; ");
			memmove(cursor, end, strlen(end) + 1);
			return;
		}
		cursor = end + strspn(end, "; ");
	}
}

static void
cookie_keep(struct browser *browser, const char *line)
{
	size_t name = strcspn(line, "="), pair = strcspn(line, ";");
	size_t used;

	cookie_drop(browser, line, name);
	if (pair <= name + 1)
		return;
	used = strlen(browser->cookies);
	while (used > 0 && strchr("; ", browser->cookies[used - 1]) != NULL)
		browser->cookies[--used] = '\0';
	snprintf(browser->cookies + used, sizeof(browser->cookies) - used,
	    "%s%.*s", used > 0 ? "; " : "", (int)pair, line);
}

static void
keep(
    struct browser *browser, const struct request *r, const struct reply *reply)
{
	size_t i, length = 1;

	free(browser->page);
	free(browser->location);
	free(browser->cookie_lines);
	browser->page = reply->body.data == NULL
	                    ? strdup("")
	                    : strndup((const char *)reply->body.data,
				  reply->body.length);
	browser->location = strdup(
	    reply->location != NULL ? reply->location : "");
	browser->status = reply->status;
	for (i = 0; i < r->set_cookies.count; i++)
		length += strlen(r->set_cookies.row[i]) + 1;
	browser->cookie_lines = calloc(1, length);
	for (i = 0; i < r->set_cookies.count; i++) {
		strncat(browser->cookie_lines, r->set_cookies.row[i],
		    length - strlen(browser->cookie_lines) - 1);
		strncat(browser->cookie_lines, "\n",
		    length - strlen(browser->cookie_lines) - 1);
		cookie_keep(browser, r->set_cookies.row[i]);
	}
}

static void
bytes_send(struct browser *browser, enum method method, const char *target,
    const char *content_type, struct bytes body)
{
	struct arena *arena = arena_new(64 * 1024 * 1024);
	const char *mark = strchr(target, '?');
	struct request r = {
		.method = method,
		.path = mark != NULL ? arena_strndup(arena, target,
					   (size_t)(mark - target))
		                     : target,
		.query_string = mark != NULL ? mark + 1 : "",
		.cookie = arena_strdup(arena, browser->cookies),
		.origin = "",
		.host = "127.0.0.1:8080",
		.fetch_site = "same-origin",
		.content_type = content_type,
		.if_none_match = "",
		.accept_encoding = "",
		.address = "127.0.0.1",
		.body = body,
		.arena = arena,
		.db = db,
		.config = &config,
		.id = "test",
	};
	struct reply reply = app_handle(&r);

	keep(browser, &r, &reply);
	/* Files of people may hold any byte. */
	watch_request(
	    &r, browser->status, reply.file_name == NULL ? browser->page : "");
	arena_free(arena);
}

static void
browser_send(struct browser *browser, enum method method, const char *target,
    const char *body)
{
	bytes_send(browser, method, target, "application/x-www-form-urlencoded",
	    (struct bytes) { (const unsigned char *)body, strlen(body) });
}

void
browser_get(struct browser *browser, const char *path)
{
	browser_send(browser, GET, path, "");
}

void
browser_follow(struct browser *browser)
{
	int most = 10;

	while (browser->status == 303 && most-- > 0) {
		char *path = strdup(browser->location);

		browser_get(browser, path);
		free(path);
	}
}

void
browser_hidden(const struct browser *browser, const char *name, char *value,
    unsigned long size)
{
	char start[128];
	const char *found;

	snprintf(start, sizeof(start), "name=\"%s\" value=\"", name);
	found = strstr(browser->page, start);
	value[0] = '\0';
	if (found == NULL)
		return;
	found += strlen(start);
	snprintf(value, size, "%.*s", (int)strcspn(found, "\""), found);
}

void
browser_post_body(struct browser *browser, const char *path, const char *body)
{
	browser_send(browser, POST, path, body);
}

void
browser_post_file(struct browser *browser, const char *path, const char *name,
    const char *file_name, struct bytes content)
{
	static const char boundary[] = "----of-the-harness";
	struct arena *arena = arena_new(16 * 1024 * 1024);
	struct buffer body = buffer_new(arena, 1024, 8 * 1024 * 1024);
	static const char *const tokens[] = { "csrf", "once", "revision" };
	char token[256];

	for (size_t i = 0; i < 3; i++) {
		browser_hidden(browser, tokens[i], token, sizeof(token));
		if (*token == '\0')
			continue;
		buffer_printf(&body,
		    "--%s\r\nContent-Disposition: form-data; name=\"%s\""
		    "\r\n\r\n%s\r\n",
		    boundary, tokens[i], token);
	}
	buffer_printf(&body,
	    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; "
	    "filename=\"%s\"\r\nContent-Type: application/json\r\n\r\n",
	    boundary, name, file_name);
	buffer_add(&body, content.data, content.length);
	buffer_printf(&body, "\r\n--%s--\r\n", boundary);
	bytes_send(browser, POST, path,
	    arena_printf(arena, "multipart/form-data; boundary=%s", boundary),
	    (struct bytes) { (const unsigned char *)body.data, body.length });
	arena_free(arena);
}

static void
post_pairs(struct browser *browser, const char *path, va_list pairs)
{
	struct arena *arena = arena_new(16 * 1024 * 1024);
	struct request r = { .arena = arena };
	struct buffer body = buffer_new(arena, 1024, 8 * 1024 * 1024);
	char token[256];
	const char *name, *value;

	browser_hidden(browser, "csrf", token, sizeof(token));
	buffer_printf(&body, "csrf=%s", token);
	browser_hidden(browser, "once", token, sizeof(token));
	if (token[0] != '\0')
		buffer_printf(&body, "&once=%s", token);
	while ((name = va_arg(pairs, const char *)) != NULL) {
		value = va_arg(pairs, const char *);
		buffer_printf(&body, "&%s=", url_encode(&r, name));
		buffer_text(&body, url_encode(&r, value));
	}
	browser_send(browser, POST, path, body.data);
	arena_free(arena);
}

void
browser_post(struct browser *browser, const char *path, ...)
{
	va_list pairs;

	va_start(pairs, path);
	post_pairs(browser, path, pairs);
	va_end(pairs);
}

void
browser_fill(struct browser *browser, const char *path, ...)
{
	va_list pairs;

	browser_get(browser, path);
	expect_status(browser, 200);
	va_start(pairs, path);
	post_pairs(browser, path, pairs);
	va_end(pairs);
}

void
browser_sign_in(struct browser *browser, const char *email)
{
	browser_get(browser, "/sign-in");
	browser_post(browser, "/sign-in", "email", email, "password",
	    demo_password, NULL);
	if (browser->status != 303)
		fprintf(stderr, "cannot sign in as %s\n", email);
	expect_status(browser, 303);
}

struct browser *
browser_signed_in(const char *email)
{
	struct browser *browser = browser_new();

	browser_sign_in(browser, email);
	return browser;
}

static void
show_page(const struct browser *browser)
{
	const char *main_part = strstr(browser->page, "<main");

	fprintf(stderr, "status %d location %s\n%.3000s\n", browser->status,
	    browser->location, main_part != NULL ? main_part : browser->page);
}

void
expect_status(const struct browser *browser, int status)
{
	if (browser->status != status)
		show_page(browser);
	assert_int_equal(browser->status, status);
}

void
expect_text(const struct browser *browser, const char *text)
{
	if (strstr(browser->page, text) == NULL) {
		show_page(browser);
		fail_msg("the page does not say: %s", text);
	}
}

void
expect_no_text(const struct browser *browser, const char *text)
{
	if (strstr(browser->page, text) != NULL)
		fail_msg("the page says: %s", text);
}

void
expect_location(const struct browser *browser, const char *start)
{
	expect_status(browser, 303);
	if (strncmp(browser->location, start, strlen(start)) != 0)
		fail_msg("leads to %s, not %s", browser->location, start);
}

const char *
file_text(const char *path)
{
	static char text[64 * 1024];
	FILE *file = fopen(path, "r");
	size_t length;

	if (file == NULL) {
		perror(path);
		exit(1);
	}
	length = fread(text, 1, sizeof(text), file);
	fclose(file);
	assert_true(length < sizeof(text));
	text[length] = '\0';
	return text;
}

static void
sql_execute(const char *format, va_list args)
{
	struct arena *arena = arena_new(1024 * 1024);
	const char *statement = arena_vprintf(arena, format, args);
	ExecStatusType status;

	PQclear(last_result);
	last_result = PQexec(superuser, statement);
	status = PQresultStatus(last_result);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		fail_msg("%s: %s", statement, PQerrorMessage(superuser));
	arena_free(arena);
}

void
sql_run(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	sql_execute(format, args);
	va_end(args);
}

const char *
sql_text(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	sql_execute(format, args);
	va_end(args);
	return PQntuples(last_result) > 0 ? PQgetvalue(last_result, 0, 0) : "";
}

int64_t
sql_number(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	sql_execute(format, args);
	va_end(args);
	return PQntuples(last_result) > 0
	           ? strtoll(PQgetvalue(last_result, 0, 0), NULL, 10)
	           : 0;
}

static pthread_t committing;

static void *
commit_run(void *argument)
{
	(void)argument;
	usleep(300 * 1000);
	PQclear(PQexec(superuser, "COMMIT"));
	return NULL;
}

void
sql_commit_soon(void)
{
	assert_int_equal(
	    pthread_create(&committing, NULL, commit_run, NULL), 0);
}

void
sql_commit_wait(void)
{
	pthread_join(committing, NULL);
}

void
account_make(const char *email, const char *name, const char *role,
    const char *council, const char *organisation)
{
	struct password_job job = { .is_verify = false };

	snprintf(job.password, sizeof(job.password), "%s", demo_password);
	password_run(&job);
	sql_run("SELECT account_add('%s', '%s', '%s',"
		" (SELECT id FROM council WHERE code = '%s'),"
		" (SELECT id FROM organisation WHERE name = '%s'), '%s')",
	    email, name, role, council, organisation, job.hash);
}
