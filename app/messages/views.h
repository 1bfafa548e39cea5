/* What the pages of mails and tasks show, and their words. */
#ifndef MESSAGES_VIEWS_H
#define MESSAGES_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "base/request.h"
#include "messages/mails.sql.h"
#include "messages/tasks.sql.h"

struct mails_view {
	const char *state; /* "", "waiting", "sent" or "failed" */
	const char *kind;  /* "" or of a mail */
	struct choice_list kinds;
	struct mail_line_list lines;
	struct paging paging;
};

/* "1204 mails, newest first", in the arena. */
const char *mails_caption(struct request *r, const struct mails_view *view);

/* "New offer" for "new_offer". */
const char *mail_kind_label(struct request *r, const char *kind);

/* "Sent", "Not sent yet" ... and the colour of its tag. */
const char *mail_state_label(const char *state);
const char *mail_state_colour(const char *state);

/* Where a sent mail lies as a file; NULL where mail goes out by SMTP. */
const char *mail_file(struct request *r, const struct mail_line *mail);

/* A line of a mail's text, and the page of ours that it is a link to. */
struct mail_text_line {
	const char *text;
	const char *href; /* NULL: no link */
};

struct mail_text {
	const struct mail_text_line *row;
	size_t count;
};

/*
 * The text of a mail that lies in a file; no lines where mail is sent. Only
 * for trying Hearth out: there an administrator can read the files as well,
 * while a real mail may hold a link that opens the account of a colleague.
 */
struct mail_text mail_text_of(struct request *r, const struct mail_line *mail);

struct tasks_view {
	const char *view; /* "", "mine" or "done" */
	const struct task_counts *counts;
	struct task_line_list lines;
	int64_t total;
	int32_t page;
	int32_t pages;
	bool can_write;
};

/* What is to be done, and the page on which one does it. */
const char *task_label(const char *kind);
const char *task_href(struct request *r, const struct task_line *task);
const char *task_href_text(const struct task_line *task);

#endif
