/*
 * Files of a response. Whatever is decided on a file is decided under the lock
 * of its response, so that no part changes between the check and the decision.
 */
#include "markettests/uploads.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/db.h"
#include "base/request.h"
#include "base/requests.sql.h"

enum { KIBIBYTE = 1024, MEBIBYTE = 1024 * 1024, ANSWER_MAXIMUM = 4096 };

const struct question *
upload_question(const struct answering *a, const char *id)
{
	const struct question *question = question_by_id(&a->set, id);

	return question != NULL && question->kind == QUESTION_FILES ? question
	                                                            : NULL;
}

int32_t
upload_most(const struct question *question)
{
	return question->maximum > 0 && question->maximum < QUESTION_FILES_MOST
	           ? (int32_t)question->maximum
	           : QUESTION_FILES_MOST;
}

struct upload_list
upload_list_of(const struct answering *a, const char *id)
{
	struct upload_list all = upload_list(
	    a->r->db, a->test->council_id, a->response->id);
	struct upload *rows = arena_array(
	    a->r->arena, all.count, sizeof(*rows));
	struct upload_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < all.count; i++)
		if (text_equal(all.row[i].question, id))
			rows[list.count++] = all.row[i];
	return list;
}

const struct upload *
upload_find(const struct answering *a, const char *reference)
{
	struct upload_list all = upload_list(
	    a->r->db, a->test->council_id, a->response->id);
	const struct upload *rows = all.row;
	size_t i;

	for (i = 0; i < all.count; i++)
		if (text_equal(rows[i].reference, reference))
			return rows + i;
	return NULL;
}

const char *
upload_size_text(struct arena *arena, int64_t size)
{
	const int64_t tenths = (size * 10 + MEBIBYTE / 2) / MEBIBYTE;

	if (size == 1)
		return "1 byte";
	if (size < KIBIBYTE)
		return arena_printf(arena, "%" PRId64 " bytes", size);
	if (size < MEBIBYTE)
		return arena_printf(
		    arena, "%" PRId64 " KB", (size + 512) / KIBIBYTE);
	if (tenths % 10 == 0)
		return arena_printf(arena, "%" PRId64 " MB", tenths / 10);
	return arena_printf(
	    arena, "%" PRId64 ".%" PRId64 " MB", tenths / 10, tenths % 10);
}

/* --- Beginning ------------------------------------------------------------ */

static const char *
begin_fault(const struct answering *a, const struct question *question,
    const char *outcome)
{
	if (text_equal(outcome, "closed"))
		return "Files are taken only while the market test is open";
	if (text_equal(outcome, "too_large"))
		return "The file is empty or larger than 20 MB";
	if (text_equal(outcome, "too_much"))
		return "All files of a response together can be 100 MB at "
		       "most. Remove some that are not needed";
	if (text_equal(outcome, "too_many"))
		return upload_most(question) == 1
		           ? "This question takes one file. Remove the one "
		             "that is there to send another"
		           : arena_printf(a->r->arena,
				 "This question takes %" PRId32
				 " files at most. Remove one to send another",
				 upload_most(question));
	return "The response is not there any more";
}

const char *
upload_start(const struct answering *a, const struct question *question,
    const char *name, int64_t size, bool resumes,
    const struct upload_begun **begun)
{
	const char *outcome;

	*begun = NULL;
	if (upload_kind_find(name) == NULL)
		return arena_printf(a->r->arena,
		    "Only %s files are taken. Save it as one of these",
		    upload_kinds_text(a->r->arena));
	if (size <= 0)
		return "The file is empty";
	if (size > UPLOAD_MAXIMUM)
		return "The file is larger than 20 MB";
	*begun = upload_begin(a->r->db, a->test->council_id, a->response->id,
	    question->id, name, size, upload_most(question), resumes);
	outcome = *begun != NULL ? (*begun)->outcome : "absent";
	if (text_equal(outcome, "begun") || text_equal(outcome, "resumed"))
		return NULL;
	return begin_fault(a, question, outcome);
}

/* --- Bytes ---------------------------------------------------------------- */

static int64_t
part_count(int64_t size)
{
	return (size + UPLOAD_PART_SIZE - 1) / UPLOAD_PART_SIZE;
}

/* The own parts from `first` to before `end`, in one piece. */
static struct bytes
parts_read(const struct answering *a, const struct upload *upload,
    int64_t first, int64_t end)
{
	unsigned char *data = arena_alloc(
	    a->r->arena, (size_t)(end - first) * UPLOAD_PART_SIZE);
	size_t length = 0;
	int64_t i;

	for (i = first; i < end; i++) {
		struct bytes part = upload_part_own(
		    a->r->db, a->test->council_id, upload->id, (int32_t)i);

		if (part.length == 0 || part.length > UPLOAD_PART_SIZE)
			return (struct bytes) { NULL, 0 };
		memcpy(data + length, part.data, part.length);
		length += part.length;
	}
	return (struct bytes) { data, length };
}

struct bytes
upload_bytes_own(const struct answering *a, const struct upload *upload)
{
	return parts_read(a, upload, 0, part_count(upload->size));
}

struct bytes
upload_bytes_opened(struct request *r, const struct upload_opened *upload)
{
	unsigned char *data = arena_alloc(r->arena, (size_t)upload->size);
	size_t length = 0;
	int64_t i;

	for (i = 0; i < part_count(upload->size); i++) {
		struct bytes part = upload_part_opened(
		    r->db, r->session.council_id, upload->id, (int32_t)i);

		if (part.length == 0 ||
		    part.length > (size_t)upload->size - length)
			return (struct bytes) { NULL, 0 };
		memcpy(data + length, part.data, part.length);
		length += part.length;
	}
	return (struct bytes) { data, length };
}

/* --- Ending --------------------------------------------------------------- */

/* What is wrong with a file that is whole, or NULL. */
static const char *
file_fault(const struct answering *a, const struct upload *upload,
    const struct upload_kind *kind)
{
	const int64_t count = part_count(upload->size);
	const int64_t edge = count < UPLOAD_EDGE_PARTS ? count
	                                               : UPLOAD_EDGE_PARTS;
	struct upload_edges edges = { .size = (size_t)upload->size };
	const char *fault, *seen;

	edges.head = parts_read(a, upload, 0, edge);
	edges.tail = count == edge ? edges.head
	                           : parts_read(a, upload, count - edge, count);
	fault = upload_check(a->r->arena, kind, &edges);
	if (fault != NULL)
		return fault;
	seen = upload_magic(a->r->arena, edges.head);
	if (upload_magic_fits(kind, seen))
		return NULL;
	return arena_printf(a->r->arena,
	    "The file is not of the kind %s, though its name says so",
	    kind->label);
}

static bool
is_in_answer(const struct upload *upload)
{
	return !text_equal(upload->state, "receiving") &&
	       !text_equal(upload->state, "refused");
}

/* The answer is what files there are; its label stays. Under the lock. */
static void
answer_renew(const struct answering *a, const char *question)
{
	struct upload_list uploads = upload_list_of(a, question);
	struct answer_saved_list saved = answer_saved_list(
	    a->r->db, a->test->council_id, a->response->id);
	struct buffer value = buffer_new(a->r->arena, 64, ANSWER_MAXIMUM);
	struct answer answer = { .question = question, .reason = "" };
	size_t i;

	for (i = 0; i < uploads.count; i++)
		if (is_in_answer(&uploads.row[i]))
			buffer_printf(&value, "%c\"%s\"",
			    value.length == 0 ? '[' : ',',
			    uploads.row[i].reference);
	if (value.length > 0)
		buffer_byte(&value, ']');
	answer.value = value.length > 0 ? value.data : "null";
	for (i = 0; i < saved.count; i++) {
		if (!text_equal(saved.row[i].question, question))
			continue;
		answer.is_confidential = saved.row[i].is_confidential;
		answer.reason = saved.row[i].confidential_reason;
		answer.revision = saved.row[i].revision;
	}
	answering_save(a, (struct answer_list) { &answer, 1 });
}

static void
audit_upload(
    const struct answering *a, const char *act, const struct upload *upload)
{
	audit_add(a->r->db, act, "response", a->response->reference,
	    arena_printf(a->r->arena, "{\"file\": \"%s\"}", upload->reference));
}

const char *
upload_end(
    const struct answering *a, const struct upload *upload, const char **reason)
{
	const struct upload_kind *kind = upload_kind_find(upload->name);
	const int64_t council = a->test->council_id;
	const struct upload_held *held = upload_hold(
	    a->r->db, council, upload->id);
	const char *fault, *state;

	*reason = upload->reason;
	if (held == NULL || text_equal(held->state, "absent"))
		return NULL;
	if (!text_equal(held->state, "receiving") || !held->is_whole)
		return held->state;
	fault = kind != NULL ? file_fault(a, upload, kind)
	                     : "Files of this kind are not taken";
	state = upload_receive(a->r->db, council, upload->id,
	    kind != NULL ? kind->media_type : "", fault != NULL ? fault : "");
	*reason = fault != NULL ? fault : "";
	audit_upload(a,
	    fault != NULL ? "response.upload_refuse" : "response.upload",
	    upload);
	if (fault == NULL)
		answer_renew(a, upload->question);
	return state;
}

bool
upload_take_out(const struct answering *a, const struct upload *upload)
{
	if (!upload_remove(a->r->db, a->test->council_id, upload->id))
		return false;
	audit_upload(a, "response.upload_remove", upload);
	answer_renew(a, upload->question);
	return true;
}
