/* What the pages of sets of questions share: loading, saving, and their look. */
#ifndef QUESTIONNAIRES_VIEWS_H
#define QUESTIONNAIRES_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/form.h"
#include "base/reply.h"
#include "questionnaires/questions.h"
#include "questionnaires/questions_check.h"
#include "questionnaires/sets.sql.h"

/* One version of a set, as the path names it. */
struct question_set_view {
	const struct question_set_row *row; /* NULL: absent or another's */
	const struct question_set_version_row *version;
	struct question_set *set; /* what the version says */
	bool may_write;
};

/* The set of ":reference"; its version stays NULL. */
struct question_set_view question_set_view_load(struct request *r);

/* With the version of ":number"; row NULL when there is none. */
struct question_set_view question_set_view_version(struct request *r);

/* With its draft; row NULL when there is none. */
struct question_set_view question_set_view_draft(struct request *r);

/* What a document that was kept says; one that is unreadable fails. */
struct question_set *question_set_kept(struct request *r, const char *document);

/* The published version before a view's; NULL when it is the first. */
const struct question_set *question_set_before(
    struct request *r, const struct question_set_view *view);

/* "/question-sets/Q.../versions/3" and "/question-sets/Q.../draft" */
const char *question_set_version_path(
    struct request *r, const struct question_set_view *view);
const char *question_set_draft_path(
    struct request *r, const struct question_set_view *view);

/* Writes the audit of an act on a set, with the version's number. */
void question_set_audit(struct request *r, const struct question_set_view *view,
    const char *act, const char *more);

/*
 * Saves the draft as it is in the view; `revision` is what was posted. False
 * when somebody else has changed it meanwhile. `part` says what was changed:
 * "question 9".
 */
bool question_draft_keep(struct request *r,
    const struct question_set_view *view, const char *revision,
    const char *part);

/* 409 with both forms; either can be taken from there. */
struct reply question_draft_conflict(struct request *r,
    const struct question_set_view *view, const char *title,
    const struct form *mine, const struct form *theirs);

/* --- For templates -------------------------------------------------------- */

struct question_option_list {
	const struct question_option *row;
	size_t count;
};

struct question_column_list {
	const struct question_column *row;
	size_t count;
};

struct question_option_list question_options(const struct question *question);
struct question_column_list question_columns(const struct question *question);
struct question_option_list column_options(
    const struct question_column *column);

/*
 * The id of an element that shows what has that id: "clause-5D2D1" for "5.2.1",
 * as dots are none in HTML ids, and capitals none in ours.
 */
const char *question_anchor(
    struct request *r, const char *prefix, const char *id);

/* "3 questions" */
const char *questions_count_text(struct request *r, size_t count);

/* The faults of a draft, and where each is mended. */
struct question_fault_link {
	const char *text;
	const char *href;
};

struct question_fault_link_list {
	const struct question_fault_link *row;
	size_t count;
};

struct question_fault_link_list question_fault_links(
    struct request *r, const struct question_set_view *view);

/* "3 May 2027 at 10:00am by Nora North", or "Not yet". */
const char *question_published_text(
    struct request *r, const struct question_set_version_row *version);

#endif
