/*
 * New sets of questions: from nothing, from a file, as a copy; and the draft
 * that a version is edited in.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "questionnaires/edits.h"
#include "questionnaires/put.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "templates.h"

enum { CODES_TRIED = 100 };

/* The name of a new set, and of a copy. */
struct name_form {
	const char *name;
};

static const struct field name_fields[] = {
	FIELD(struct name_form, FIELD_LINE, name, "Name",
	    .hint = "As your colleagues will look for it, for example "
		    "Homecare market test 2027",
	    .missing = "Enter a name", .is_required = true,
	    .maximum = QUESTION_NAME_MAXIMUM),
	FIELD_END,
};

/*
 * A new set whose draft is that, under a code after its name that no other set
 * has; its reference, "" when the database failed.
 */
static const char *
set_add(struct request *r, struct question_set *set, const char *act)
{
	const struct question_set_new *made = NULL;
	const char **taken = arena_array(r->arena, CODES_TRIED, sizeof(*taken));
	size_t count = 0;

	while (made == NULL && count < CODES_TRIED) {
		set->code = question_id_after(
		    r->arena, set->name, (struct text_list) { taken, count });
		made = question_set_insert(
		    r->db, r->session.council_id, set->code, set->name);
		taken[count++] = set->code;
	}
	if (made == NULL)
		return "";
	question_draft_insert(r->db, r->session.council_id, made->id,
	    question_set_write(r->arena, set), &r->session.account_id);
	audit_add(
	    r->db, act, "question set", made->reference, "{\"version\": 1}");
	return made->reference;
}

/* --- From nothing --------------------------------------------------------- */

static struct reply
new_page(struct request *r, const struct form *form, int status)
{
	render_questionnaires_new(r, form);
	return reply_page(r, status);
}

/* GET /question-sets/new */
struct reply
question_set_add_new(struct request *r)
{
	return new_page(r, form_show(r, name_fields, NULL), HTTP_OK);
}

/* POST /question-sets/new */
struct reply
question_set_create(struct request *r)
{
	struct name_form values = { "" };
	struct question_set set = { "", "", "", "", .notices = { NULL, 0 } };
	struct form *form = form_read(r, name_fields, &values);

	if (!form_ok(form))
		return new_page(r, form, HTTP_UNPROCESSABLE);
	set.name = values.name;
	return reply_redirect_with(r, "Draft begun", "/question-sets/%s/draft",
	    set_add(r, &set, "question_set.create"));
}

/* --- From a file ---------------------------------------------------------- */

static struct reply
import_page(struct request *r, struct text_list faults, int status)
{
	render_questionnaires_import(r, faults);
	return reply_page(r, status);
}

static struct reply
import_refuse(struct request *r, const char *fault)
{
	return import_page(
	    r, (struct text_list) { &fault, 1 }, HTTP_UNPROCESSABLE);
}

/* GET /question-sets/import */
struct reply
question_set_import_new(struct request *r)
{
	return import_page(r, (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* Puts in what could be read, or says why not. */
static struct reply
set_import(struct request *r, const struct question_set *set)
{
	const struct question_set_row *row;
	enum question_set_put done = question_set_put(r->db, r->arena,
	    r->session.council_id, r->session.account_id, set, &row);

	if (row == NULL)
		return reply_not_found(r);
	if (done == QUESTION_SET_BUSY)
		return import_refuse(r,
		    arena_printf(r->arena,
			"“%s” has the code %s and a draft already. Publish the "
			"draft or throw it away first",
			row->name, row->code));
	if (done == QUESTION_SET_SAME)
		return import_refuse(r,
		    arena_printf(r->arena,
			"The file says what version %" PRId32 " of “%s” says "
			"already",
			row->newest, row->name));
	audit_add(r->db, "question_set.import", "question set", row->reference,
	    arena_printf(r->arena, "{\"version\": %" PRId32 "}", row->draft));
	return reply_redirect_with(r,
	    done == QUESTION_SET_MADE ? "Imported as a draft"
				      : "Imported as a draft of the set that "
					"has its code",
	    "/question-sets/%s/draft", row->reference);
}

/* POST /question-sets/import */
struct reply
question_set_import_create(struct request *r)
{
	struct reading reading = reading_new(r->arena, "");
	struct question_set set;
	const char *fault;
	const char *text = request_file_text(r, "document",
	    QUESTION_SET_MAXIMUM, "a set of questions as JSON, in UTF-8",
	    &fault);

	if (text == NULL)
		return import_refuse(r, fault);
	if (!question_set_read(&reading, text, true, &set))
		return import_page(r,
		    (struct text_list) { reading.fault, reading.fault_count },
		    HTTP_UNPROCESSABLE);
	return set_import(r, &set);
}

/* --- Copies, and the draft of a version ----------------------------------- */

/* GET /question-sets/:reference/versions/:number/copy */
struct reply
question_set_copy_new(struct request *r)
{
	struct question_set_view view = question_set_view_version(r);

	if (view.row == NULL)
		return reply_not_found(r);
	render_questionnaires_copy(r, &view, form_show(r, name_fields, NULL));
	return reply_page(r, HTTP_OK);
}

/* POST /question-sets/:reference/versions/:number/copy */
struct reply
question_set_copy_create(struct request *r)
{
	struct question_set_view view = question_set_view_version(r);
	struct name_form values = { "" };
	struct form *form;

	if (view.row == NULL)
		return reply_not_found(r);
	form = form_read(r, name_fields, &values);
	if (!form_ok(form)) {
		render_questionnaires_copy(r, &view, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	view.set->name = values.name;
	return reply_redirect_with(r, "Copied", "/question-sets/%s/draft",
	    set_add(r, view.set, "question_set.copy"));
}

/* POST /question-sets/:reference/versions/:number/edit */
struct reply
question_draft_create(struct request *r)
{
	struct question_set_view view = question_set_view_version(r);

	if (view.row == NULL)
		return reply_not_found(r);
	if (view.row->has_draft ||
	    question_draft_insert(r->db, r->session.council_id, view.row->id,
		question_set_write(r->arena, view.set),
		&r->session.account_id) == 0)
		return reply_redirect_with(r, "There is a draft already", "%s",
		    question_set_draft_path(r, &view));
	question_set_audit(r, &view, "question_set.draft", NULL);
	return reply_redirect_with(
	    r, "Draft begun", "%s", question_set_draft_path(r, &view));
}
