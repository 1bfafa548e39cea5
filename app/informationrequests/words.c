/* Requests for information in words. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "informationrequests/informationrequests.h"

const struct choice exemption_choices[] = {
	{ "section_43_2", "Section 43(2): commercial interests",
	    "Releasing it would, or would be likely to, prejudice somebody’s "
	    "commercial interests. Needs the public interest test" },
	{ "section_41", "Section 41: information given in confidence",
	    "Releasing it would be a breach of confidence that somebody could "
	    "take to court" },
	{ "section_40_2", "Section 40(2): personal data",
	    "It names or describes somebody, and releasing it would not be "
	    "fair or lawful" },
	{ "section_22", "Section 22: to be published later",
	    "It was to be published when it was asked for. Needs the public "
	    "interest test" },
	{ "other", "Another exemption", NULL },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *exemption;
	const char *text;
	const char *subject;
} exemptions[] = {
	{ "section_43_2", "section 43(2)", "Commercial interests" },
	{ "section_41", "section 41", "Information given in confidence" },
	{ "section_40_2", "section 40(2)", "Personal data" },
	{ "section_22", "section 22", "To be published later" },
};

enum { EXEMPTIONS = sizeof(exemptions) / sizeof(exemptions[0]) };

const char *
exemption_text(const struct information_reason *reason)
{
	for (size_t i = 0; i < EXEMPTIONS; i++)
		if (text_equal(exemptions[i].exemption, reason->exemption))
			return exemptions[i].text;
	return reason->exemption_words;
}

const char *
exemption_subject(const struct information_reason *reason)
{
	for (size_t i = 0; i < EXEMPTIONS; i++)
		if (text_equal(exemptions[i].exemption, reason->exemption))
			return exemptions[i].subject;
	return "";
}

const char *
reason_title(struct request *r, const struct information_reason *reason)
{
	return arena_printf(r->arena, "Reason %" PRId32 ": %s", reason->number,
	    exemption_text(reason));
}

struct choice_list
reason_choices(struct request *r, struct information_reason_list reasons)
{
	struct choice *row = arena_array(
	    r->arena, reasons.count + 1, sizeof(*row));

	for (size_t i = 0; i < reasons.count; i++)
		row[i] = (struct choice) {
			arena_printf(
			    r->arena, "%" PRId32, reasons.row[i].number),
			reason_title(r, &reasons.row[i]),
			exemption_subject(&reasons.row[i]),
		};
	return (struct choice_list) { row, reasons.count };
}

static const char *
days_text(struct request *r, int32_t days)
{
	return arena_printf(
	    r->arena, "%" PRId32 " working day%s", days, days == 1 ? "" : "s");
}

const char *
clock_text(struct request *r, struct request_clock clock)
{
	if (clock.due_on == 0)
		return "Waits for a clarification";
	if (clock.is_overdue)
		return clock.days_left == 0
		           ? "Overdue"
		           : arena_printf(r->arena, "Overdue by %s",
				 days_text(r, -clock.days_left));
	if (clock.days_left == 0)
		return "Due today";
	return arena_printf(r->arena, "%s left", days_text(r, clock.days_left));
}

const char *
clock_colour(struct request_clock clock)
{
	if (clock.due_on == 0)
		return "grey";
	if (clock.is_overdue)
		return "red";
	return clock.days_left <= REQUEST_DAYS_SOON ? "orange" : "green";
}

const char *
answer_outcome_text(const struct decided_answer *answer)
{
	if (text_equal(answer->outcome, "release"))
		return "Released";
	if (text_equal(answer->outcome, "part"))
		return "Released in part";
	return text_equal(answer->outcome, "withhold") ? "Withheld"
	                                               : "Not decided";
}

const char *
answer_outcome_colour(const struct decided_answer *answer)
{
	if (text_equal(answer->outcome, "release"))
		return "green";
	if (text_equal(answer->outcome, "part"))
		return "yellow";
	return text_equal(answer->outcome, "withhold") ? "grey" : "red";
}

const char *
request_state_text(const char *state)
{
	if (text_equal(state, "answered"))
		return "Answered";
	return text_equal(state, "refused") ? "Refused" : "Received";
}

const char *
question_heading(struct request *r, const struct question *question)
{
	if (*question->number == '\0')
		return question->text;
	return arena_printf(r->arena, "%s%s",
	    *question->number >= '0' && *question->number <= '9' ? "Question "
								 : "",
	    question->number);
}

const char *
question_full(struct request *r, const struct question *question)
{
	if (*question->number == '\0')
		return question->text;
	return arena_printf(
	    r->arena, "%s. %s", question->number, question->text);
}

const char *
scope_obstacle(struct request *r, const struct request_view *view)
{
	if (view->test == NULL)
		return "No market test is named yet.";
	if (text_equal(view->test->state, "published") ||
	    text_equal(view->test->state, "closed"))
		return arena_printf(r->arena,
		    "The answers are sealed: nobody at the council can see "
		    "them, nor who has answered, before they are opened after "
		    "the close (%s). Until then they may be exempt, by section "
		    "22 where they are to be published or section 43 where "
		    "releasing them early would harm. If you refuse for that "
		    "reason, write it down where you record the outcome.",
		    at(r, view->test->closes_at));
	if (text_equal(view->test->state, "withdrawn"))
		return "This market test was withdrawn, and its answers stay "
		       "sealed.";
	if (!view->test->can_be_read)
		return "You may not read the answers to this market test, "
		       "because you evaluate a tender. Somebody else has to "
		       "decide.";
	if (view->questions.count == 0)
		return "No question is in scope yet.";
	return view->is_too_large
	           ? "These are too many answers for one bundle. Take out "
	             "questions, and make a bundle for each part."
	           : NULL;
}

const char *
bar_text(struct request *r, const struct request_view *view,
    const struct segment *segment)
{
	const struct information_reason *reason = reason_by_id(
	    view->reasons, segment->reason_id);

	return reason != NULL
	           ? arena_printf(r->arena, "withheld, %s, reason %" PRId32,
			 exemption_text(reason), reason->number)
	           : "not decided yet";
}

/* Whether an answer is withheld by a reason, whole or in part. */
static bool
is_withheld_by(const struct decided_answer *answer, int64_t reason)
{
	if (text_equal(answer->outcome, "withhold"))
		return answer->reason != NULL && answer->reason->id == reason;
	for (size_t i = 0; i < answer->passages.count; i++)
		if (answer->passages.row[i].reason_id == reason)
			return true;
	return false;
}

const char *
answer_reasons(struct request *r, const struct request_view *view,
    const struct decided_answer *answer)
{
	const char *text = "";

	for (size_t i = 0; i < view->reasons.count; i++)
		if (is_withheld_by(answer, view->reasons.row[i].id))
			text = arena_printf(r->arena, "%s%s %" PRId32, text,
			    *text != '\0' ? ", reason" : "Reason",
			    view->reasons.row[i].number);
	return text;
}

struct information_reason_list
reasons_used(struct request *r, const struct request_view *view)
{
	struct information_reason *row = arena_array(
	    r->arena, view->reasons.count + 1, sizeof(*row));
	struct information_reason_list list = { row, 0 };

	for (size_t i = 0; i < view->reasons.count; i++)
		for (size_t j = 0; j < view->answers.count; j++)
			if (is_withheld_by(&view->answers.row[j],
				view->reasons.row[i].id)) {
				row[list.count++] = view->reasons.row[i];
				break;
			}
	return list;
}

const char *
decided_text(struct request *r, const struct request_view *view)
{
	return arena_printf(r->arena, "%zu of %zu answer%s decided",
	    view->answers.count - (size_t)view->undecided, view->answers.count,
	    view->answers.count == 1 ? " is" : "s are");
}

const char *
answer_path(struct request *r, const struct request_view *view,
    const struct decided_answer *answer)
{
	return arena_printf(r->arena, "%s/answers/%s/%s", view->path,
	    answer->row->response, answer->question->id);
}
