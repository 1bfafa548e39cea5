/* The outbox for administrators: what left, what waits, what failed and why. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/request.h"
#include "messages/mail_name.h"
#include "messages/messages_pages.h"
#include "messages/views.h"
#include "permissions.h"
#include "routes.h"
#include "templates.h"

/* Mails are counted, and can be paged through, up to so many. */
enum { PAGE_LINES = 20, MAIL_MOST = 10000 };

static const struct mail_state {
	const char *name;
	const char *label;
	const char *colour;
} states[] = {
	{ "sent", "Sent", "green" },
	{ "waiting", "Not sent yet", "yellow" },
	{ "late", "Trying again", "orange" },
	{ "failed", "Failed", "red" },
};

static const struct mail_state *
state_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].name, name))
			return &states[i];
	return &states[0];
}

const char *
mail_state_label(const char *state)
{
	return state_find(state)->label;
}

const char *
mail_state_colour(const char *state)
{
	return state_find(state)->colour;
}

const char *
mail_kind_label(struct request *r, const char *kind)
{
	char *label = arena_strdup(r->arena, kind);
	char *c;

	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	for (c = label; *c != '\0'; c++)
		if (*c == '_')
			*c = ' ';
	return label;
}

const char *
mail_file(struct request *r, const struct mail_line *mail)
{
	if (r->config->smtp_url != NULL || mail->sent_at == 0)
		return NULL;
	return arena_printf(r->arena, "%s/mail/%s.eml", r->config->var,
	    mail_name(r->arena, mail->created_at, mail->message_id));
}

/* Whether the reader of the mail may open a page of ours, too. */
static bool
may_open(struct request *r, const char *path)
{
	struct pair_list parts;
	bool other;
	const struct route *route = route_find(r->arena, GET,
	    arena_strndup(r->arena, path, strcspn(path, "?")), &parts, &other);

	return route != NULL &&
	       permission_has(r->session.role, route->permission);
}

/*
 * Where a line that is an address of ours leads to, as a path; NULL when it is
 * none, or a page for the mail's addressee alone.
 */
static const char *
line_href(struct request *r, const char *line)
{
	const char *path;

	if (!text_starts_with(line, r->config->address))
		return NULL;
	path = line + strlen(r->config->address);
	return *path == '/' && path[1] != '/' && strpbrk(path, " \\") == NULL &&
	               may_open(r, path)
	           ? path
	           : NULL;
}

struct mail_text
mail_text_of(struct request *r, const struct mail_line *mail)
{
	struct mail_text text = { NULL, 0 };
	struct mail_text_line *line;
	const char *body;

	if (r->config->smtp_url != NULL)
		return text;
	body = mail_copy_by_id(r->db, r->session.council_id, mail->id);
	if (body == NULL)
		return text;
	line = arena_array(r->arena, strlen(body) + 1, sizeof(*line));
	while (*body != '\0') {
		size_t length = strcspn(body, "\n");
		const char *copy = arena_strndup(r->arena, body, length);

		line[text.count++] = (struct mail_text_line) { copy,
			line_href(r, copy) };
		body += length + (body[length] == '\n');
	}
	text.row = line;
	return text;
}

static struct choice_list
kind_choices(struct request *r)
{
	const struct mail_kind_list kinds = mail_kind_list(
	    r->db, r->session.council_id);
	struct choice *row = arena_array(r->arena, kinds.count, sizeof(*row));
	size_t i;

	for (i = 0; i < kinds.count; i++)
		row[i] = (struct choice) { kinds.row[i].kind,
			mail_kind_label(r, kinds.row[i].kind), NULL };
	return (struct choice_list) { row, kinds.count };
}

static const char *
query_or_empty(const struct request *r, const char *name)
{
	const char *value = request_query(r, name);

	return value != NULL && strlen(value) <= 64 ? value : "";
}

const char *
mails_caption(struct request *r, const struct mails_view *view)
{
	if (view->paging.count >= MAIL_MOST)
		return "The newest 10,000 mails";
	return arena_printf(r->arena, "%d %s, newest first",
	    (int)view->paging.count,
	    view->paging.count == 1 ? "mail" : "mails");
}

/* GET /mail */
struct reply
mail_list_show(struct request *r)
{
	struct mails_view view = {
		.state = query_or_empty(r, "state"),
		.kind = query_or_empty(r, "kind"),
		.kinds = kind_choices(r),
	};

	view.paging = request_paging(r, "page",
	    mail_count(
		r->db, r->session.council_id, view.state, view.kind, MAIL_MOST),
	    PAGE_LINES);
	view.lines = mail_page(r->db, r->session.council_id, view.state,
	    view.kind, view.paging.offset, PAGE_LINES);
	render_messages_mail_list(r, &view);
	return reply_page(r, HTTP_OK);
}

/* GET /mail/:id */
struct reply
mail_show(struct request *r)
{
	const struct mail_line *mail;
	int64_t id;

	if (!text_to_int64(request_part(r, "id"), 1, INT64_MAX, &id))
		return reply_not_found(r);
	mail = mail_by_id(r->db, r->session.council_id, id);
	if (mail == NULL)
		return reply_not_found(r);
	render_messages_mail_show(r, mail);
	return reply_page(r, HTTP_OK);
}
