/* Loads sets of questions for their pages, and saves the drafts. */
#include "questionnaires/views.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "conflict.h"
#include "permissions.h"

struct question_set_view
question_set_view_load(struct request *r)
{
	return (struct question_set_view) {
		.row = question_set_by_reference(
		    r->db, r->session.council_id, request_part(r, "reference")),
		.may_write = permission_has(
		    r->session.role, QUESTION_SET_WRITE),
	};
}

struct question_set *
question_set_kept(struct request *r, const char *document)
{
	struct question_set *set = arena_alloc(r->arena, sizeof(*set));
	struct reading reading = reading_new(r->arena, "");

	*set = (struct question_set) { "", "", "", "", .notices = { NULL, 0 } };
	if (document == NULL ||
	    !question_set_read(&reading, document, true, set))
		db_fail(r->db, DB_BROKEN,
		    "a set of questions kept here cannot be read");
	return set;
}

/* The version of that number, and what it says. */
static struct question_set_view
view_of_number(struct request *r, struct question_set_view view, int64_t number)
{
	view.version = question_set_version_by_number(
	    r->db, r->session.council_id, view.row->id, (int32_t)number);
	if (view.version == NULL)
		view.row = NULL;
	else
		view.set = question_set_kept(r, view.version->document);
	return view;
}

struct question_set_view
question_set_view_version(struct request *r)
{
	struct question_set_view view = question_set_view_load(r);
	int64_t number = 0;

	text_to_int64(request_part(r, "number"), 1, INT32_MAX, &number);
	return view.row == NULL ? view : view_of_number(r, view, number);
}

struct question_set_view
question_set_view_draft(struct request *r)
{
	struct question_set_view view = question_set_view_load(r);

	if (view.row != NULL && !view.row->has_draft)
		view.row = NULL;
	return view.row == NULL ? view
	                        : view_of_number(r, view, view.row->draft);
}

const struct question_set *
question_set_before(struct request *r, const struct question_set_view *view)
{
	if (view->version->number == 1)
		return NULL;
	return question_set_kept(
	    r, question_set_document(r->db, r->session.council_id,
		   view->row->id, view->version->number - 1));
}

const char *
question_set_version_path(
    struct request *r, const struct question_set_view *view)
{
	return arena_printf(r->arena, "/question-sets/%s/versions/%" PRId32,
	    view->row->reference, view->version->number);
}

const char *
question_set_draft_path(struct request *r, const struct question_set_view *view)
{
	return arena_printf(
	    r->arena, "/question-sets/%s/draft", view->row->reference);
}

void
question_set_audit(struct request *r, const struct question_set_view *view,
    const char *act, const char *more)
{
	audit_add(r->db, act, "question set", view->row->reference,
	    arena_printf(r->arena, "{\"version\": %" PRId32 "%s}",
		view->version->number, more != NULL ? more : ""));
}

/* --- Saving --------------------------------------------------------------- */

bool
question_draft_keep(struct request *r, const struct question_set_view *view,
    const char *revision, const char *part)
{
	int64_t council = r->session.council_id;

	if (question_draft_save(r->db, council, view->version->id,
		form_revision(revision),
		question_set_write(r->arena, view->set),
		r->session.account_id) == 0)
		return false;
	/* What is asked already keeps its name until the draft is published. */
	if (!view->row->has_newest)
		question_set_rename(
		    r->db, council, view->row->id, view->set->name);
	question_set_audit(r, view, "question_set.change",
	    arena_printf(r->arena, ", \"part\": \"%s\"", part));
	return true;
}

struct reply
question_draft_conflict(struct request *r, const struct question_set_view *view,
    const char *title, const struct form *mine, const struct form *theirs)
{
	const struct question_set_version_row *version = view->version;
	struct saver saver = {
		*version->changed_by != '\0' ? version->changed_by : NULL,
		version->changed_at,
		version->changed_by_id == r->session.account_id,
	};

	return reply_conflict(r, title, saver, version->revision, mine, theirs);
}

/* --- For templates -------------------------------------------------------- */

struct question_option_list
question_options(const struct question *question)
{
	return (struct question_option_list) { question->option,
		question->option_count };
}

struct question_column_list
question_columns(const struct question *question)
{
	return (struct question_column_list) { question->column,
		question->column_count };
}

struct question_option_list
column_options(const struct question_column *column)
{
	return (struct question_option_list) { column->option,
		column->option_count };
}

const char *
question_anchor(struct request *r, const char *prefix, const char *id)
{
	char *anchor = arena_printf(r->arena, "%s-%s", prefix, id);

	for (char *c = anchor; *c != '\0'; c++)
		if (*c == '.')
			*c = 'D';
	return anchor;
}

const char *
questions_count_text(struct request *r, size_t count)
{
	return arena_printf(
	    r->arena, "%zu %s", count, count == 1 ? "question" : "questions");
}

/* The page where a fault is mended. */
static const char *
fault_href(struct request *r, const struct question_set_view *view,
    const struct question_fault *fault)
{
	const char *draft = question_set_draft_path(r, view);

	if (fault->question != NULL)
		return arena_printf(
		    r->arena, "%s/questions/%s", draft, fault->question->id);
	if (fault->section != NULL)
		return arena_printf(
		    r->arena, "%s/sections/%s", draft, fault->section->id);
	if (fault->notice != NULL)
		return arena_printf(
		    r->arena, "%s/notices/%s", draft, fault->notice->id);
	if (fault->clause != NULL)
		return arena_printf(
		    r->arena, "%s/clauses/%s", draft, fault->clause->id);
	return draft;
}

struct question_fault_link_list
question_fault_links(struct request *r, const struct question_set_view *view)
{
	struct question_fault_list faults = question_set_check(
	    r->arena, view->set);
	struct question_fault_link *link = arena_array(
	    r->arena, faults.count + 1, sizeof(*link));

	for (size_t i = 0; i < faults.count; i++)
		link[i] = (struct question_fault_link) { faults.row[i].text,
			fault_href(r, view, &faults.row[i]) };
	return (struct question_fault_link_list) { link, faults.count };
}

const char *
question_published_text(
    struct request *r, const struct question_set_version_row *version)
{
	if (version->published_at == 0)
		return "Not yet";
	return arena_printf(r->arena, "%s%s%s", at(r, version->published_at),
	    *version->published_by != '\0' ? " by " : "",
	    version->published_by);
}
