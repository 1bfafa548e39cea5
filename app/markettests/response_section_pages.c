/*
 * A section of a response as a form, saved with its button or, while one
 * types, by a script. The good answers of a form are saved beside the bad
 * ones: a draft may hold anything, and nobody shall lose what is fine over
 * what is not.
 */
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/requests.sql.h"
#include "markettests/response_pages.h"
#include "markettests/responses.h"
#include "templates.h"

struct section_work {
	struct answering a;
	const struct question_section *section; /* NULL: there is none */
	struct choice_list areas;
	struct answer_form *form;
	struct answer_list posted;
	struct answer_stored_list stored;
};

static struct section_work
work_load(struct request *r)
{
	struct section_work work = { .a = answering_load(r) };

	if (work.a.test == NULL || work.a.response == NULL)
		return work;
	work.section = question_section_by_id(
	    &work.a.set, request_part(r, "section"));
	if (work.section != NULL)
		work.areas = answering_areas(&work.a, work.section);
	return work;
}

/* What to reply where there is no such section to answer. */
static struct reply
work_refuse(struct request *r, const struct section_work *work)
{
	if (work->a.test == NULL)
		return answering_refuse(r);
	if (work->a.response == NULL)
		return reply_redirect(r, "%s", work->a.base);
	return reply_not_found(r);
}

static struct reply
section_page(struct request *r, const struct section_work *work, int status)
{
	render_markettests_response_section(
	    r, &work->a, work->section, work->form, work->posted.count > 0);
	return reply_page(r, status);
}

/* GET /sections/:section */
struct reply
response_section_edit(struct request *r)
{
	struct section_work work = work_load(r);

	if (work.section == NULL)
		return work_refuse(r, &work);
	work.form = answer_form_show(
	    r, &work.a.set, work.section, &work.a.answers, work.areas);
	return section_page(r, &work, HTTP_OK);
}

/* Reads the form and saves what is good of it. */
static void
work_save(struct request *r, struct section_work *work)
{
	size_t i;

	work->form = answer_form_read(
	    r, &work->a.set, work->section, &work->a.answers, work->areas);
	if (answer_form_adds_row(work->form))
		return;
	work->posted = answer_form_answers(work->form);
	work->stored = answering_save(&work->a, work->posted);
	for (i = 0; i < work->stored.count; i++)
		if (work->stored.row[i].is_saved)
			answer_form_renew(work->form,
			    work->stored.row[i].question,
			    work->stored.row[i].revision);
}

/* --- Two who changed one answer ------------------------------------------- */

static bool
belongs_to(struct request *r, const char *name, const char *question)
{
	const char *own = arena_printf(r->arena, "q-%s", question);
	size_t length = strlen(own);

	return strncmp(name, own, length) == 0 &&
	       (name[length] == '\0' || name[length] == '-');
}

static const struct answer_saved *
saved_find(const struct answering *a, const char *question)
{
	size_t i;

	for (i = 0; i < a->saved.count; i++)
		if (text_equal(a->saved.row[i].question, question))
			return &a->saved.row[i];
	return NULL;
}

/* The saved text with the posted one below it. */
static const char *
texts_joined(
    const struct section_work *work, const char *question, const char *posted)
{
	const struct answer_saved *saved = saved_find(&work->a, question);
	struct request *r = work->a.r;
	const struct question *asked = question_by_id(&work->a.set, question);

	if (saved == NULL || asked == NULL)
		return posted;
	return arena_printf(r->arena, "%s\n\n%s",
	    answer_text(r->arena, asked, saved->value, NULL), posted);
}

/*
 * A field of a question that was in conflict, by what was decided: false when
 * it is not to be sent on. Mine is saved upon the revision that was shown.
 */
static bool
decision_apply(const struct section_work *work, const char *question,
    const char *decision, struct pair *pair)
{
	struct request *r = work->a.r;
	const char *now;

	if (text_equal(decision, "theirs"))
		return false;
	if (!text_equal(decision, "mine") && !text_equal(decision, "both"))
		return true;
	now = request_field(r, arena_printf(r->arena, "now-%s", question));
	if (now != NULL &&
	    text_equal(
		pair->name, arena_printf(r->arena, "q-%s-revision", question)))
		pair->value = now;
	if (text_equal(decision, "both") &&
	    text_equal(pair->name, arena_printf(r->arena, "q-%s", question)))
		pair->value = texts_joined(work, question, pair->value);
	return true;
}

/* What was decided on the page of a conflict: "keep-ID" of each question. */
static void
decisions_take(struct request *r, const struct section_work *work)
{
	static const char keep[] = "keep-";
	struct pair *rows = arena_array(
	    r->arena, r->fields.count, sizeof(*rows));
	struct pair_list fields = { rows, 0 };
	size_t i, j;

	for (i = 0; i < r->fields.count; i++) {
		struct pair pair = r->fields.row[i];
		bool is_sent = true;

		for (j = 0; j < r->fields.count; j++) {
			const struct pair *decision = &r->fields.row[j];
			const char *question = decision->name + strlen(keep);

			if (text_starts_with(decision->name, keep) &&
			    belongs_to(r, pair.name, question))
				is_sent = is_sent &&
				          decision_apply(work, question,
					      decision->value, &pair);
		}
		if (is_sent)
			rows[fields.count++] = pair;
	}
	r->fields = fields;
}

static const char *
conflict_who(struct request *r, const struct answer_stored *theirs)
{
	const char *when = at(r, theirs->changed_at);

	if (r->session.state == SESSION_LIVE && theirs->has_changed_by_id &&
	    theirs->changed_by_id == r->session.account_id)
		return arena_printf(r->arena,
		    "You saved this on %s, in another tab or on a page that "
		    "you came back from",
		    when);
	if (*theirs->changed_by != '\0')
		return arena_printf(
		    r->arena, "%s saved this on %s", theirs->changed_by, when);
	return arena_printf(r->arena, "This was saved on %s", when);
}

/* An answer with its label and its reason, as one text. */
static const char *
conflict_text(struct request *r, const struct question *question,
    const char *value, bool is_confidential, const char *reason,
    const struct pair_list *names)
{
	const char *text = answer_text(r->arena, question, value, names);

	if (!is_confidential)
		return text;
	return arena_printf(r->arena, "%s\n(Confidential: %s)", text, reason);
}

static struct answer_conflict_list
conflicts_of(struct request *r, const struct section_work *work)
{
	const struct pair_list names = answering_names(&work->a);
	struct answer_conflict *rows = arena_array(
	    r->arena, work->stored.count, sizeof(*rows));
	struct answer_conflict_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < work->stored.count; i++) {
		const struct answer_stored *theirs = &work->stored.row[i];
		const struct question *question = question_by_id(
		    &work->a.set, theirs->question);
		const struct answer *mine = answer_find(
		    &work->posted, theirs->question);

		if (theirs->is_saved || question == NULL || mine == NULL)
			continue;
		rows[list.count++] = (struct answer_conflict) {
			.question = question,
			.label = response_question_text(r, question),
			.mine = conflict_text(r, question, mine->value,
			    mine->is_confidential, mine->reason, &names),
			.theirs = conflict_text(r, question, theirs->value,
			    theirs->is_confidential,
			    theirs->confidential_reason, &names),
			.who = conflict_who(r, theirs),
			.revision = theirs->revision,
			.may_join = question->kind == QUESTION_LONG_TEXT &&
			            !answer_is_empty(mine),
		};
	}
	return list;
}

/*
 * What was posted to the questions in conflict, with the revisions that it was
 * posted upon: without a decision it is the same conflict again.
 */
static struct pair_list
conflict_fields(struct request *r, struct answer_conflict_list conflicts)
{
	struct pair *rows = arena_array(
	    r->arena, r->fields.count, sizeof(*rows));
	struct pair_list list = { rows, 0 };
	size_t i, j;

	for (i = 0; i < r->fields.count; i++) {
		const struct pair *pair = &r->fields.row[i];

		for (j = 0; j < conflicts.count; j++) {
			const char *id = conflicts.row[j].question->id;

			if (belongs_to(r, pair->name, id)) {
				rows[list.count++] = *pair;
				break;
			}
		}
	}
	return list;
}

/* --- Saving --------------------------------------------------------------- */

/* The section after this one of which something is asked; NULL: the check. */
static const char *
next_href(const struct section_work *work)
{
	/* As it stands now: the answers have just changed what is asked. */
	struct answering a = answering_load(work->a.r);
	struct response_task_list tasks = answering_tasks(&a);
	bool is_behind = false;
	size_t i;

	for (i = 0; i < tasks.count; i++) {
		if (is_behind && tasks.row[i].href != NULL)
			return tasks.row[i].href;
		if (text_equal(tasks.row[i].id, work->section->id))
			is_behind = true;
	}
	return arena_printf(a.r->arena, "%s/check", a.base);
}

/* Where the button that was pressed leads, once all is saved. */
static const char *
onward_href(struct request *r, const struct section_work *work)
{
	const char *files = request_field(r, "files");
	const struct question *question = NULL;

	if (files != NULL)
		question = question_by_id(&work->a.set, files);
	if (question != NULL && question->kind == QUESTION_FILES)
		return arena_printf(r->arena, "%s/questions/%s/files",
		    work->a.base, question->id);
	return next_href(work);
}

/* POST /sections/:section */
struct reply
response_section_update(struct request *r)
{
	struct section_work work = work_load(r);
	struct answer_conflict_list conflicts;

	if (work.section == NULL)
		return work_refuse(r, &work);
	decisions_take(r, &work);
	work_save(r, &work);
	if (answer_form_adds_row(work.form))
		return section_page(r, &work, HTTP_OK);
	if (work.stored.count > 0)
		audit_add(r->db, "response.save", "response",
		    work.a.response->reference, NULL);
	if (!form_ok(answer_form_form(work.form)))
		return section_page(r, &work, HTTP_UNPROCESSABLE);
	conflicts = conflicts_of(r, &work);
	if (conflicts.count > 0) {
		render_markettests_response_conflict(r, &work.a, work.section,
		    conflicts, conflict_fields(r, conflicts));
		return reply_page(r, HTTP_CONFLICT);
	}
	return reply_redirect(r, "%s", onward_href(r, &work));
}

/* --- While one types ------------------------------------------------------ */

/*
 * The revisions of all that stands in the database as it was posted: also of
 * what an earlier try has saved whose answer was lost on the way.
 */
static json_t *
revisions_json(const struct section_work *work)
{
	struct answering a = answering_load(work->a.r);
	json_t *object = json_object();
	size_t i, j;

	for (i = 0; i < work->posted.count; i++) {
		const struct answer *mine = &work->posted.row[i];
		const struct answer *now = answer_find(
		    &a.answers, mine->question);
		bool is_theirs = false;

		for (j = 0; j < work->stored.count; j++)
			if (!work->stored.row[j].is_saved &&
			    text_equal(
				work->stored.row[j].question, mine->question))
				is_theirs = true;
		if (now != NULL && !is_theirs)
			json_object_set_new(object, mine->question,
			    json_integer(now->revision));
	}
	return object;
}

static json_t *
faults_json(const struct section_work *work)
{
	const struct form *form = answer_form_form(work->form);
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < form->count; i++)
		if (form->fields[i].error != NULL)
			json_object_set_new(object, form->fields[i].field->name,
			    json_string(form->fields[i].error));
	return object;
}

static json_t *
conflicts_json(const struct section_work *work)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < work->stored.count; i++)
		if (!work->stored.row[i].is_saved)
			json_array_append_new(
			    array, json_string(work->stored.row[i].question));
	return array;
}

/*
 * POST /sections/:section/autosave: the good answers are kept, and the reply
 * tells the script what became of each: {"saved_at": "2:05pm", "revisions":
 * {"ID": 3}, "faults": {"q-ID": "..."}, "conflicts": ["ID"]}.
 */
struct reply
response_section_autosave(struct request *r)
{
	struct section_work work = work_load(r);
	struct local_time now = clock_local(r->now);
	size_t length;
	char *text;
	json_t *json;

	if (work.section == NULL)
		return work_refuse(r, &work);
	work_save(r, &work);
	json = json_object();
	json_object_set_new(json, "saved_at",
	    json_string(time_of_day(r, now.hour * 60 + now.minute)));
	json_object_set_new(json, "revisions", revisions_json(&work));
	json_object_set_new(json, "faults", faults_json(&work));
	json_object_set_new(json, "conflicts", conflicts_json(&work));
	length = json_dumpb(json, NULL, 0, JSON_COMPACT);
	text = arena_alloc(r->arena, length + 1);
	json_dumpb(json, text, length, JSON_COMPACT);
	json_decref(json);
	return reply_bytes(r, "application/json",
	    (struct bytes) { (const unsigned char *)text, length });
}
