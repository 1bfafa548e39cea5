/* The list of sets of questions, a set with its versions, and one version. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "permissions.h"
#include "questionnaires/questionnaires_pages.h"
#include "questionnaires/views.h"
#include "templates.h"

/* GET /question-sets */
struct reply
question_set_list_show(struct request *r)
{
	render_questionnaires_list(r,
	    question_set_list(r->db, r->session.council_id),
	    permission_has(r->session.role, QUESTION_SET_WRITE));
	return reply_page(r, HTTP_OK);
}

/* GET /question-sets/:reference */
struct reply
question_set_show(struct request *r)
{
	struct question_set_view view = question_set_view_load(r);

	if (view.row == NULL)
		return reply_not_found(r);
	render_questionnaires_show(r, &view,
	    question_set_version_list(
		r->db, r->session.council_id, view.row->id));
	return reply_page(r, HTTP_OK);
}

/* GET /question-sets/:reference/versions/:number */
struct reply
question_set_version_show(struct request *r)
{
	struct question_set_view view = question_set_view_version(r);
	const struct question_set *older;
	struct text_list changes = { NULL, 0 };

	if (view.row == NULL)
		return reply_not_found(r);
	older = question_set_before(r, &view);
	if (older != NULL)
		changes = question_set_changes(r->arena, older, view.set);
	render_questionnaires_version(r, &view, older != NULL, changes);
	return reply_page(r, HTTP_OK);
}

/* GET /question-sets/:reference/versions/:number/document.json */
struct reply
question_set_version_download(struct request *r)
{
	struct question_set_view view = question_set_view_version(r);
	const char *document;

	if (view.row == NULL)
		return reply_not_found(r);
	document = question_set_write(r->arena, view.set);
	return reply_file(r,
	    arena_printf(r->arena, "%s-version-%" PRId32 ".json",
		view.row->code, view.version->number),
	    "application/json",
	    (struct bytes) {
		(const unsigned char *)document, strlen(document) });
}
