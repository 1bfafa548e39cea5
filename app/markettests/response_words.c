/* Receipts: instants to the millisecond, the text, the files and the mail. */
#include <inttypes.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/db.h"
#include "markettests/responses.h"
#include "messages/messages.h"

enum { RECEIPT_MAXIMUM = 1024 * 1024, MILLISECOND = 1000 };

const char *
instant_exact(struct request *r, int64_t instant)
{
	struct local_time local = clock_local(instant);
	int32_t year, month, day_of_month, hour = local.hour % 12;
	int32_t seconds = (int32_t)(instant % CLOCK_DAY / CLOCK_SECOND);
	int milliseconds = (int)(instant / MILLISECOND % 1000);

	date_split(DATE_1970 + (int32_t)(instant / CLOCK_DAY), &year, &month,
	    &day_of_month);
	return arena_printf(r->arena,
	    "%s at %" PRId32 ":%02" PRId32 ":%02" PRId32 ".%03d%s %s "
	    "(%04" PRId32 "-%02" PRId32 "-%02" PRId32 "T%02" PRId32
	    ":%02" PRId32 ":%02" PRId32 ".%03dZ)",
	    day(r, clock_local_date(instant)), hour == 0 ? 12 : hour,
	    local.minute, local.second, milliseconds,
	    local.hour < 12 ? "am" : "pm", local.is_summer ? "BST" : "GMT",
	    year, month, day_of_month, seconds / 3600, seconds / 60 % 60,
	    seconds % 60, milliseconds);
}

struct receipt_file_list
receipt_files(struct arena *arena, const char *content)
{
	json_t *root = json_loads(content, JSON_REJECT_DUPLICATES, NULL);
	json_t *files = json_object_get(root, "files"), *file;
	struct receipt_file *rows = arena_array(
	    arena, json_array_size(files), sizeof(*rows));
	struct receipt_file_list list = { rows, json_array_size(files) };
	size_t i;

	json_array_foreach(files, i, file)
	{
		const char *name = json_string_value(
		    json_object_get(file, "name"));
		const char *sha256 = json_string_value(
		    json_object_get(file, "sha256"));

		rows[i].name = arena_strdup(arena, name != NULL ? name : "");
		rows[i].sha256 = arena_strdup(
		    arena, sha256 != NULL ? sha256 : "");
		rows[i].size = arena_printf(arena, "%s bytes",
		    text_number(arena,
			json_integer_value(json_object_get(file, "size"))));
	}
	json_decref(root);
	return list;
}

const char *
receipt_text(const struct answering *a, const struct submission *submission,
    const char *content)
{
	struct request *r = a->r;
	struct buffer text = buffer_new(r->arena, 2048, RECEIPT_MAXIMUM);
	struct receipt_file_list files = receipt_files(r->arena, content);
	size_t i;

	buffer_printf(&text,
	    "RECEIPT\n\n"
	    "Market test: %s (%s)\n"
	    "Asked by: %s\n"
	    "Response: %s, submission %" PRId32 "\n"
	    "Received: %s\n"
	    "Closes: %s\n"
	    "Complete: %s\n"
	    "SHA-256 of the answers: %s\n",
	    a->test->title, a->test->reference, a->test->council,
	    a->response->reference, submission->number,
	    instant_exact(r, submission->received_at),
	    instant_exact(r, a->test->closes_at),
	    submission->is_complete ? "yes" : "no, some questions are left out",
	    text_hex(
		r->arena, submission->sha256.data, submission->sha256.length));
	buffer_printf(&text, "Files: %zu\n", files.count);
	for (i = 0; i < files.count; i++)
		buffer_printf(&text, "- %s, %s, SHA-256 %s\n",
		    files.row[i].name, files.row[i].size, files.row[i].sha256);
	buffer_text(&text,
	    "\nThe SHA-256 is that of the file answers.json, byte for byte, "
	    "which you can download with this receipt. You can submit again "
	    "until the close: the last submission counts. Your answers are "
	    "sealed until then.\n");
	return text.data;
}

/*
 * As mail of the installation: those of a council are listed for its
 * administrators, who may not know before the close who has answered.
 */
void
receipt_mail(const struct answering *a, const struct submission *submission,
    const char *content)
{
	struct arena *arena = a->r->arena;

	if (text_is_empty(a->email))
		return;
	mail_queue(a->r->db,
	    &(const struct mail) {
		.kind = "response_receipt",
		.to_email = a->email,
		.to_name = a->is_by_link ? a->name : a->r->session.account_name,
		.subject = arena_printf(arena, "Your response %s is received",
		    a->response->reference),
		.body = receipt_text(a, submission, content),
	    });
}
