/*
 * The files of a question, with a script and without. The script sends a file
 * in parts, each of which may be sent again, and asks after a broken connection
 * which are there; without it the browser sends all that was picked at once.
 */
#include "markettests/upload_pages.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "markettests/uploads.h"
#include "templates.h"

enum { FILES_AT_ONCE = 20 };

struct upload_work {
	struct answering a;
	const struct question *question; /* NULL: none of that kind */
	const struct upload *upload;     /* NULL: none of the path's */
};

/* By the question, or by the file, that the path names. */
static struct upload_work
work_load(struct request *r)
{
	struct upload_work work = { .a = answering_load(r) };
	const char *upload = request_part(r, "upload");
	const char *question = request_part(r, "question");

	if (work.a.test == NULL || work.a.response == NULL)
		return work;
	if (*upload != '\0')
		work.upload = upload_find(&work.a, upload);
	if (work.upload != NULL)
		question = work.upload->question;
	work.question = upload_question(&work.a, question);
	return work;
}

/* What to reply where there is no such question or file. */
static struct reply
work_refuse(struct request *r, const struct upload_work *work)
{
	if (work->a.test == NULL)
		return answering_refuse(r);
	if (work->a.response == NULL && r->method == GET)
		return reply_redirect(r, "%s", work->a.base);
	return reply_not_found(r);
}

static struct reply
list_page(struct request *r, const struct upload_work *work,
    struct text_list faults, int status)
{
	render_markettests_uploads(r, &work->a, work->question,
	    upload_list_of(&work->a, work->question->id), faults);
	return reply_page(r, status);
}

/* GET /questions/:question/files */
struct reply
upload_list_show(struct request *r)
{
	struct upload_work work = work_load(r);

	if (work.question == NULL)
		return work_refuse(r, &work);
	return list_page(r, &work, (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* --- All at once ---------------------------------------------------------- */

static void
parts_save(const struct answering *a, int64_t upload, struct bytes content)
{
	size_t at;
	int32_t number = 0;

	for (at = 0; at < content.length; at += UPLOAD_PART_SIZE) {
		size_t left = content.length - at;
		struct bytes part = { content.data + at,
			left < UPLOAD_PART_SIZE ? left : UPLOAD_PART_SIZE };

		upload_part_save(
		    a->r->db, a->test->council_id, upload, number++, part);
	}
}

/* Takes one file. What keeps it from being taken, or NULL. */
static const char *
file_take(
    const struct upload_work *work, const char *name, struct bytes content)
{
	const struct upload_begun *begun;
	const struct upload *upload;
	const char *fault = upload_start(&work->a, work->question, name,
	    (int64_t)content.length, false, &begun);
	const char *reason = "";

	if (fault != NULL)
		return fault;
	parts_save(&work->a, begun->id, content);
	upload = upload_find(&work->a, begun->reference);
	if (upload == NULL ||
	    !text_equal(upload_end(&work->a, upload, &reason), "refused"))
		return NULL;
	/* It is told here and now, and need not stand in the list as well. */
	upload_remove(work->a.r->db, work->a.test->council_id, upload->id);
	return reason;
}

/* POST /questions/:question/files */
struct reply
upload_create(struct request *r)
{
	struct upload_work work = work_load(r);
	const char *faults[FILES_AT_ONCE + 1];
	size_t fault_count = 0, taken = 0, i;

	if (work.question == NULL)
		return work_refuse(r, &work);
	for (i = 0; i < r->files.count && fault_count < FILES_AT_ONCE; i++) {
		const struct file_part *file = &r->files.row[i];
		const char *name, *fault;

		if (*file->file_name == '\0')
			continue;
		name = upload_name_tidy(r->arena, file->file_name);
		fault = file_take(&work, name, file->content);
		if (fault == NULL)
			taken++;
		else
			faults[fault_count++] = arena_printf(
			    r->arena, "%s: %s", name, fault);
	}
	if (taken == 0 && fault_count == 0)
		faults[fault_count++] = "Select a file";
	if (fault_count > 0)
		return list_page(r, &work,
		    (struct text_list) { faults, fault_count },
		    HTTP_UNPROCESSABLE);
	return reply_redirect_with(r,
	    taken == 1 ? "File added"
		       : arena_printf(r->arena, "%zu files added", taken),
	    "%s", r->path);
}

/* --- Part by part --------------------------------------------------------- */

static struct reply
json_reply(struct request *r, int status, json_t *json)
{
	const size_t flags = JSON_COMPACT;
	size_t length = json_dumpb(json, NULL, 0, flags);
	char *text = arena_alloc(r->arena, length + 1);
	struct reply reply;

	json_dumpb(json, text, length, flags);
	json_decref(json);
	reply = reply_bytes(r, "application/json",
	    (struct bytes) { (const unsigned char *)text, length });
	reply.status = status;
	return reply;
}

static struct reply
json_fault(struct request *r, const char *fault)
{
	return json_reply(
	    r, HTTP_UNPROCESSABLE, json_pack("{s:s}", "fault", fault));
}

/*
 * POST /questions/:question/files/begin with `name` and `size`: begins a file
 * or goes on with it: {"upload": "U...", "part_size": 262144, "parts": {"0":
 * "SHA-256 of what is there"}}, or 422 and {"fault": "..."}.
 */
struct reply
upload_begin_run(struct request *r)
{
	struct upload_work work = work_load(r);
	const char *name = request_field(r, "name");
	const struct upload_begun *begun;
	struct upload_part_list parts;
	int64_t size = 0;
	const char *fault;
	json_t *had;
	size_t i;

	if (work.question == NULL)
		return work_refuse(r, &work);
	text_to_int64(request_field(r, "size"), 0, INT64_MAX, &size);
	fault = upload_start(&work.a, work.question,
	    upload_name_tidy(r->arena, name != NULL ? name : ""), size, true,
	    &begun);
	if (fault != NULL)
		return json_fault(r, fault);
	parts = upload_part_list(r->db, work.a.test->council_id, begun->id);
	had = json_object();
	for (i = 0; i < parts.count; i++)
		json_object_set_new(had,
		    arena_printf(r->arena, "%" PRId32, parts.row[i].number),
		    json_string(text_hex(r->arena, parts.row[i].sha256.data,
			parts.row[i].sha256.length)));
	return json_reply(r, HTTP_OK,
	    json_pack("{s:s, s:i, s:o}", "upload", begun->reference,
		"part_size", UPLOAD_PART_SIZE, "parts", had));
}

/*
 * POST /uploads/:upload/parts/:number with a file `part`: keeps it, in place
 * of what was sent for that number before.
 */
struct reply
upload_part_run(struct request *r)
{
	struct upload_work work = work_load(r);
	const struct file_part *part = request_file(r, "part");
	const char *outcome = "wrong";
	int64_t number;

	if (work.upload == NULL || work.question == NULL)
		return work_refuse(r, &work);
	if (part != NULL && part->content.length > 0 &&
	    text_to_int64(
		request_part(r, "number"), 0, UPLOAD_MAXIMUM, &number))
		outcome = upload_part_save(r->db, work.a.test->council_id,
		    work.upload->id, (int32_t)number, part->content);
	if (outcome == NULL || text_equal(outcome, "absent"))
		return reply_not_found(r);
	if (text_equal(outcome, "wrong"))
		return json_fault(
		    r, "The file changed while it was sent. Choose it again");
	return json_reply(r, HTTP_OK, json_pack("{s:s}", "part", outcome));
}

/*
 * POST /uploads/:upload/end: what became of it: {"state": "checking", "reason":
 * ""}; of "receiving" parts lack.
 */
struct reply
upload_end_run(struct request *r)
{
	struct upload_work work = work_load(r);
	const char *state, *reason;

	if (work.upload == NULL || work.question == NULL)
		return work_refuse(r, &work);
	state = upload_end(&work.a, work.upload, &reason);
	if (state == NULL)
		return reply_not_found(r);
	return json_reply(r, HTTP_OK,
	    json_pack("{s:s, s:s}", "state", state, "reason", reason));
}

/* --- One file ------------------------------------------------------------- */

/* GET /uploads/:upload: one's own, unless it is not fit to be handed out. */
struct reply
upload_show(struct request *r)
{
	struct upload_work work = work_load(r);
	struct bytes content;

	if (work.upload == NULL ||
	    !(text_equal(work.upload->state, "checking") ||
		text_equal(work.upload->state, "clean")))
		return work_refuse(r, &work);
	content = upload_bytes_own(&work.a, work.upload);
	if (content.length == 0)
		return reply_not_found(r);
	return reply_file(
	    r, work.upload->name, work.upload->media_type, content);
}

/* POST /uploads/:upload/remove */
struct reply
upload_remove_run(struct request *r)
{
	struct upload_work work = work_load(r);

	if (work.upload == NULL || work.question == NULL)
		return work_refuse(r, &work);
	if (!upload_take_out(&work.a, work.upload))
		return reply_not_found(r);
	return reply_redirect_with(r,
	    arena_printf(r->arena, "%s removed", work.upload->name),
	    "%s/questions/%s/files", work.a.base, work.question->id);
}

/* GET /market-tests/:reference/responses/:response/files/:upload */
struct reply
upload_opened_show(struct request *r)
{
	struct upload_opened_list files = upload_list_opened(r->db,
	    r->session.council_id, request_part(r, "reference"),
	    request_part(r, "response"));
	struct bytes content;
	size_t i;

	for (i = 0; i < files.count; i++)
		if (text_equal(
			files.row[i].reference, request_part(r, "upload")))
			break;
	if (i == files.count || !text_equal(files.row[i].verdict, "clean"))
		return reply_not_found(r);
	content = upload_bytes_opened(r, &files.row[i]);
	if (content.length == 0)
		return reply_not_found(r);
	audit_add(r->db, "market_test.file_read", "market test",
	    request_part(r, "reference"),
	    arena_printf(r->arena, "{\"response\": \"%s\", \"file\": \"%s\"}",
		request_part(r, "response"), files.row[i].reference));
	return reply_file(
	    r, files.row[i].name, files.row[i].media_type, content);
}
