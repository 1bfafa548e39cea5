/*
 * The answers in scope, and the decision of each: released, withheld, or
 * passages of it withheld, ticked or typed.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "conflict.h"
#include "informationrequests/informationrequests.h"
#include "informationrequests/informationrequests_pages.h"
#include "templates.h"

enum { PAGE_ROWS = 50, LABEL_LONGEST = 300 };

/* --- The list ------------------------------------------------------------- */

/* GET /information-requests/:reference/answers */
struct reply
information_answer_list_show(struct request *r)
{
	struct decided_answer_list shown = { NULL, 0 };
	struct request_view view;
	struct paging paging;

	if (!request_load(r, &view, false))
		return reply_not_found(r);
	request_answers_load(r, &view);
	paging = request_paging(
	    r, "page", (int64_t)view.answers.count, PAGE_ROWS);
	if (view.answers.count > 0)
		shown.row = view.answers.row + paging.offset;
	shown.count = view.answers.count - (size_t)paging.offset;
	if (shown.count > PAGE_ROWS)
		shown.count = PAGE_ROWS;
	request_audit(r, &view, "information_request.read", NULL);
	render_informationrequests_answers(r, &view, shown, &paging);
	return reply_page(r, HTTP_OK);
}

/* --- One answer ----------------------------------------------------------- */

struct decision_form {
	const char *revision;
	const char *outcome;
	const char *reason;
	struct text_list kept;
	struct text_list pieces;
	const char *passages;
	const char *reasoning;
};

static const struct choice outcomes[] = {
	{ "release", "Release it whole", NULL },
	{ "withhold", "Withhold it whole", NULL },
	{ "part", "Withhold parts of it", "Select or type them below" },
	{ NULL, NULL, NULL },
};

static const struct field decision_fields[] = {
	FIELD(struct decision_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct decision_form, FIELD_CHOICE, outcome,
	    "What do you decide?", .missing = "Select what you decide",
	    .is_required = true, .choices = outcomes),
	FIELD(struct decision_form, FIELD_CHOICE, reason,
	    "For which reason is it withheld?", .subject = "Reason",
	    .missing = "Select the reason",
	    .hint = "Where parts are withheld for several reasons, save those "
		    "of one reason, then come back for the next"),
	FIELD(struct decision_form, FIELD_CHOICES, kept,
	    "Parts that are withheld now",
	    .missing = "Select the parts that stay withheld",
	    .hint = "Take the tick away to release a part again"),
	FIELD(struct decision_form, FIELD_CHOICES, pieces, "Parts to withhold",
	    .missing = "Select the parts to withhold",
	    .hint = "The answer in its sentences and lines"),
	FIELD(struct decision_form, FIELD_TEXT, passages,
	    "Other words to withhold",
	    .hint = "As they stand in the answer, letter for letter, a line "
		    "for each. They are withheld wherever they stand in it",
	    .maximum = REQUEST_TEXT),
	FIELD(struct decision_form, FIELD_TEXT, reasoning,
	    "What is to be said of this answer alone",
	    .subject = "What is to be said of it",
	    .hint = "Needed where a respondent’s label is not followed. It is "
		    "part of the bundle: do not repeat what is withheld",
	    .maximum = REQUEST_TEXT),
	FIELD_END,
};

/* What a tick stands for: "start-length". */
static const char *
passage_value(struct request *r, const struct passage *passage)
{
	return arena_printf(
	    r->arena, "%" PRId32 "-%" PRId32, passage->start, passage->length);
}

static const char *
passage_label(
    struct request *r, const char *text, const struct passage *passage)
{
	const char *words = passage_text(r->arena, text, passage);
	size_t end = LABEL_LONGEST;

	if (strlen(words) <= LABEL_LONGEST)
		return words;
	/* Not within a character. */
	while (((unsigned char)words[end] & 0xc0) == 0x80)
		end--;
	return arena_printf(r->arena, "%.*s…", (int)end, words);
}

static struct choice_list
kept_choices(struct request *r, const struct request_view *view,
    const struct decided_answer *answer)
{
	const struct passage_list passages = answer->passages;
	struct choice *row = arena_array(
	    r->arena, passages.count + 1, sizeof(*row));

	for (size_t i = 0; i < passages.count; i++) {
		const struct information_reason *reason = reason_by_id(
		    view->reasons, passages.row[i].reason_id);

		row[i] = (struct choice) {
			passage_value(r, &passages.row[i]),
			passage_label(r, answer->text, &passages.row[i]),
			reason != NULL ? reason_title(r, reason) : NULL,
		};
	}
	return (struct choice_list) { row, passages.count };
}

/* Sentences and lines that do not meet what is `withheld` already. */
static struct choice_list
piece_choices(struct request *r, const struct decided_answer *answer,
    struct passage_list withheld)
{
	const struct passage_list pieces = passage_pieces(
	    r->arena, answer->text);
	struct choice *row = arena_array(
	    r->arena, pieces.count + 1, sizeof(*row));
	struct choice_list list = { row, 0 };

	for (size_t i = 0; i < pieces.count; i++)
		if (!passage_meets(&pieces.row[i], withheld))
			row[list.count++] = (struct choice) {
				passage_value(r, &pieces.row[i]),
				passage_label(r, answer->text, &pieces.row[i]),
				NULL,
			};
	return list;
}

static void
choices_give(struct request *r, const struct request_view *view,
    const struct decided_answer *answer, struct form *form)
{
	form_choices(form, "reason", reason_choices(r, view->reasons));
	form_choices(form, "kept", kept_choices(r, view, answer));
	form_choices(
	    form, "pieces", piece_choices(r, answer, answer->passages));
}

static int32_t
decision_revision(const struct decided_answer *answer)
{
	return answer->row->has_revision ? answer->row->revision : 0;
}

/* The decision as it is saved; nothing is suggested. */
static struct form *
decision_saved(struct request *r, const struct request_view *view,
    const struct decided_answer *answer)
{
	const struct choice_list kept = kept_choices(r, view, answer);
	const char **ticks = arena_array(
	    r->arena, kept.count + 1, sizeof(*ticks));
	struct decision_form values = {
		.revision = form_revision_text(r, decision_revision(answer)),
		.outcome = answer->outcome,
		.reason = answer->reason != NULL
		              ? arena_printf(r->arena, "%" PRId32,
				    answer->reason->number)
		              : "",
		.kept = { ticks, kept.count },
		.passages = "",
		.reasoning = answer->row->reasoning != NULL
		                 ? answer->row->reasoning
		                 : "",
	};
	struct form *form;

	for (size_t i = 0; i < kept.count; i++)
		ticks[i] = kept.row[i].value;
	form = form_show(r, decision_fields, &values);
	choices_give(r, view, answer, form);
	return form;
}

static struct reply
answer_again(struct request *r, const struct request_view *view,
    const struct decided_answer *answer, struct form *form, int status)
{
	render_informationrequests_answer(r, view, answer, form);
	return reply_page(r, status);
}

static const struct decided_answer *
answer_load(struct request *r, struct request_view *view, bool is_locked)
{
	if (!request_load(r, view, is_locked))
		return NULL;
	request_answers_load(r, view);
	return request_answer_find(
	    view, request_part(r, "response"), request_part(r, "question"));
}

/* GET /information-requests/:reference/answers/:response/:question */
struct reply
information_answer_edit(struct request *r)
{
	struct request_view view;
	const struct decided_answer *answer = answer_load(r, &view, false);

	if (answer == NULL)
		return reply_not_found(r);
	request_audit(r, &view, "information_request.read", NULL);
	return answer_again(
	    r, &view, answer, decision_saved(r, &view, answer), HTTP_OK);
}

/* --- Deciding ------------------------------------------------------------- */

static const struct information_reason *
reason_chosen(const struct request_view *view, const char *number)
{
	int64_t wanted;

	if (!text_to_int64(number, 1, INT32_MAX, &wanted))
		return NULL;
	for (size_t i = 0; i < view->reasons.count; i++)
		if (view->reasons.row[i].number == wanted)
			return &view->reasons.row[i];
	return NULL;
}

/* Passages that are withheld already and whose tick was left. */
static struct passage_list
passages_kept(struct request *r, const struct decided_answer *answer,
    struct text_list ticks)
{
	const struct passage_list passages = answer->passages;
	struct passage *row = arena_array(
	    r->arena, passages.count + 1, sizeof(*row));
	struct passage_list list = { row, 0 };

	for (size_t i = 0; i < passages.count; i++)
		if (text_list_has(ticks, passage_value(r, &passages.row[i])))
			row[list.count++] = passages.row[i];
	return list;
}

/* Adds those of `more` to `list`, which has room for PASSAGES_MOST. */
static void
passages_add(struct passage *row, size_t *count, struct passage_list more,
    int64_t reason)
{
	for (size_t i = 0; i < more.count && *count < PASSAGES_MOST; i++) {
		row[*count] = more.row[i];
		row[(*count)++].reason_id = reason;
	}
}

/* Words that were typed, a line for each; faults go to the form. */
static void
typed_add(struct request *r, const struct decided_answer *answer,
    struct form *form, const char *typed, struct passage *row, size_t *count,
    int64_t reason)
{
	while (*typed != '\0') {
		const size_t length = strcspn(typed, "\n");
		const char *words = text_tidy(
		    r->arena, arena_strndup(r->arena, typed, length));

		if (*words != '\0') {
			const struct passage_list found = passages_of_words(
			    r->arena, answer->text, words);

			if (found.count == 0)
				form_error(form, "passages",
				    "“%s” does not stand in the answer, "
				    "letter for letter",
				    words);
			passages_add(row, count, found, reason);
		}
		typed += length + (typed[length] == '\n');
	}
}

/* The parts to be withheld from now on; faults go to the form. */
static struct passage_list
parts_read(struct request *r, const struct decided_answer *answer,
    struct form *form, const struct decision_form *values,
    const struct information_reason *reason)
{
	const struct passage_list pieces = passage_pieces(
	    r->arena, answer->text);
	struct passage *row = arena_array(
	    r->arena, PASSAGES_MOST, sizeof(*row));
	struct passage_list parts;
	const int64_t reason_id = reason != NULL ? reason->id : -1;
	size_t count = 0;

	for (size_t i = 0; i < pieces.count; i++)
		if (text_list_has(
			values->pieces, passage_value(r, &pieces.row[i])))
			passages_add(row, &count,
			    (struct passage_list) { &pieces.row[i], 1 },
			    reason_id);
	typed_add(r, answer, form, values->passages, row, &count, reason_id);
	if (count > 0 && reason == NULL)
		form_error(form, "reason", "Select the reason");
	parts = passages_join(r->arena, answer->text,
	    passages_kept(r, answer, values->kept),
	    (struct passage_list) { row, count });
	if (form_ok(form) && parts.count == 0)
		form_error(form, "pieces",
		    "Select the parts to withhold, or "
		    "type them below");
	if (count == PASSAGES_MOST || parts.count > PASSAGES_MOST)
		form_error(form, "pieces",
		    "Withhold %d parts or fewer, or the whole answer",
		    PASSAGES_MOST - 1);
	if (form_ok(form) && passages_are_all(answer->text, parts))
		form_error(form, "outcome",
		    "Nothing of the answer is left: select “Withhold it "
		    "whole”");
	return parts;
}

/* Whether anything about parts was posted that the outcome does not take. */
static void
parts_refuse(struct form *form, const struct decision_form *values)
{
	if (values->pieces.count > 0)
		form_error(form, "pieces",
		    "Take the ticks away, or select “Withhold parts of it”");
	if (*values->passages != '\0')
		form_error(form, "passages",
		    "Leave this empty, or select “Withhold parts of it”");
}

static struct passage_list
decision_check(struct request *r, const struct decided_answer *answer,
    struct form *form, const struct decision_form *values,
    const struct information_reason *reason)
{
	struct passage_list none = { NULL, 0 };

	if (text_equal(values->outcome, "part"))
		return parts_read(r, answer, form, values, reason);
	parts_refuse(form, values);
	if (text_equal(values->outcome, "withhold") && reason == NULL)
		form_error(form, "reason", "Select the reason");
	if (text_equal(values->outcome, "release") &&
	    answer->row->is_confidential && *values->reasoning == '\0')
		form_error(form, "reasoning",
		    "Enter why it is released, as the respondent labelled it "
		    "confidential");
	return none;
}

static void
passages_save(struct request *r, const struct request_view *view,
    int64_t decision, struct passage_list parts)
{
	int64_t *starts = arena_array(
	    r->arena, parts.count + 1, sizeof(*starts));
	int64_t *lengths = arena_array(
	    r->arena, parts.count + 1, sizeof(*lengths));
	int64_t *reasons = arena_array(
	    r->arena, parts.count + 1, sizeof(*reasons));

	for (size_t i = 0; i < parts.count; i++) {
		starts[i] = parts.row[i].start;
		lengths[i] = parts.row[i].length;
		reasons[i] = parts.row[i].reason_id;
	}
	information_passage_clear(r->db, r->session.council_id, decision);
	information_passage_add(r->db, r->session.council_id, view->request->id,
	    decision, (struct int64_list) { starts, parts.count },
	    (struct int64_list) { lengths, parts.count },
	    (struct int64_list) { reasons, parts.count });
}

/* False: somebody else has decided since. */
static bool
decision_save(struct request *r, const struct request_view *view,
    const struct decided_answer *answer, const struct decision_form *values,
    const struct information_reason *reason, struct passage_list parts)
{
	const int64_t council = r->session.council_id;
	const int64_t request = view->request->id;
	const int64_t *of_whole = text_equal(values->outcome, "withhold")
	                              ? &reason->id
	                              : NULL;
	const struct bytes hash = answer_hash(r->arena, answer->text);
	int64_t decision = answer->row->decision_id;

	if (form_revision(values->revision) != decision_revision(answer))
		return false;
	if (!answer->row->has_decision_id)
		decision = information_decision_insert(r->db, council, request,
		    answer->row->response_id, answer->question->id,
		    values->outcome, of_whole, values->reasoning, hash,
		    r->session.account_id);
	else if (information_decision_save(r->db, council, request, decision,
		     decision_revision(answer), values->outcome, of_whole,
		     values->reasoning, hash, r->session.account_id) == 0)
		return false;
	passages_save(r, view, decision, parts);
	return true;
}

static struct reply
decision_conflict(struct request *r, const struct request_view *view,
    const struct decided_answer *answer, struct form *mine)
{
	const struct passage_list none = { NULL, 0 };
	const struct information_answer *row = answer->row;
	const struct saver saver = {
		row->decided_by != NULL && *row->decided_by != '\0'
		    ? row->decided_by
		    : NULL,
		row->decided_at,
		row->decided_by_id == r->session.account_id,
	};

	/* Also what somebody else withholds by now, so that it has its words. */
	form_choices(mine, "pieces", piece_choices(r, answer, none));
	return reply_conflict(r, "Decision", saver, decision_revision(answer),
	    mine, decision_saved(r, view, answer));
}

/* POST /information-requests/:reference/answers/:response/:question */
struct reply
information_answer_update(struct request *r)
{
	struct request_view view;
	const struct decided_answer *answer = answer_load(r, &view, true);
	const struct information_reason *reason;
	struct decision_form values = { 0 };
	struct passage_list parts;
	struct form *form;

	if (answer == NULL || !view.may_write)
		return reply_not_found(r);
	form = form_read(r, decision_fields, &values);
	choices_give(r, &view, answer, form);
	if (form_revision(values.revision) != decision_revision(answer) &&
	    *values.revision != '\0')
		return decision_conflict(r, &view, answer, form);
	form_check_choice(form, "reason");
	form_check_choice(form, "kept");
	form_check_choice(form, "pieces");
	reason = reason_chosen(&view, values.reason);
	parts = decision_check(r, answer, form, &values, reason);
	if (!form_ok(form))
		return answer_again(r, &view, answer, form, HTTP_UNPROCESSABLE);
	if (!decision_save(r, &view, answer, &values, reason, parts))
		return decision_conflict(r, &view, answer, form);
	request_audit(r, &view, "information_request.decide",
	    arena_printf(r->arena,
		"{\"response\": \"%s\", \"question\": \"%s\", "
		"\"outcome\": \"%s\"}",
		answer->row->response, answer->question->id, values.outcome));
	return reply_redirect_with(
	    r, "Decision saved", "%s/answers", view.path);
}
