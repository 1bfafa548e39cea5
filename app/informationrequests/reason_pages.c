/*
 * Reasons for withholding, each written once for any number of answers: the
 * exemption, why it applies and, where it is qualified, the public interest.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "conflict.h"
#include "informationrequests/informationrequests.h"
#include "informationrequests/informationrequests_pages.h"
#include "templates.h"

enum { EXEMPTION_WORDS = 100 };

struct reason_form {
	const char *revision;
	const char *exemption;
	const char *exemption_words;
	bool is_qualified;
	const char *reasoning;
	const char *interest_for;
	const char *interest_against;
	const char *interest_balance;
};

static const struct field reason_fields[] = {
	FIELD(struct reason_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct reason_form, FIELD_CHOICE, exemption,
	    "Which exemption is it?", .missing = "Select the exemption",
	    .is_required = true, .choices = exemption_choices),
	FIELD(struct reason_form, FIELD_LINE, exemption_words,
	    "How is another exemption cited?",
	    .subject = "How the exemption is cited",
	    .hint = "Of another exemption only, for example section 31(1)(a). "
		    "It shows in place of what is withheld",
	    .maximum = EXEMPTION_WORDS),
	FIELD(struct reason_form, FIELD_TICK, is_qualified,
	    "That other exemption needs the public interest test"),
	FIELD(struct reason_form, FIELD_TEXT, reasoning, "Why does it apply?",
	    .subject = "Why it applies",
	    .hint = "It is part of the bundle: do not repeat what is withheld",
	    .missing = "Enter why it applies", .is_required = true,
	    .maximum = REQUEST_TEXT),
	FIELD(struct reason_form, FIELD_TEXT, interest_for,
	    "The public interest in releasing it", .maximum = REQUEST_TEXT),
	FIELD(struct reason_form, FIELD_TEXT, interest_against,
	    "The public interest in withholding it", .maximum = REQUEST_TEXT),
	FIELD(struct reason_form, FIELD_TEXT, interest_balance,
	    "Where the balance lies, and why", .maximum = REQUEST_TEXT),
	FIELD_END,
};

/* `reason` is NULL for a new one. */
static struct reply
reason_again(struct request *r, const struct request_view *view,
    const struct information_reason *reason, struct form *form, int status)
{
	render_informationrequests_reason(r, view, reason, form);
	return reply_page(r, status);
}

/* GET /information-requests/:reference/reasons/new */
struct reply
information_reason_new(struct request *r)
{
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write)
		return reply_not_found(r);
	return reason_again(
	    r, &view, NULL, form_show(r, reason_fields, NULL), HTTP_OK);
}

/* Which exemptions are qualified is said by section 2(3). */
static bool
is_qualified(const struct reason_form *values)
{
	if (text_equal(values->exemption, "other"))
		return values->is_qualified;
	return text_equal(values->exemption, "section_43_2") ||
	       text_equal(values->exemption, "section_22");
}

static void
reason_check(struct form *form, const struct reason_form *values)
{
	const bool is_other = text_equal(values->exemption, "other");

	if (is_other && *values->exemption_words == '\0')
		form_error(form, "exemption_words",
		    "Enter how the exemption is cited");
	if (!is_other && *values->exemption_words != '\0')
		form_error(form, "exemption_words",
		    "Leave this empty unless it is another exemption");
	if (!is_other && values->is_qualified)
		form_error(form, "is_qualified",
		    "Leave this empty unless it is another exemption");
	if (!is_qualified(values))
		return;
	if (*values->interest_for == '\0')
		form_error(form, "interest_for",
		    "Enter the public interest in releasing it");
	if (*values->interest_against == '\0')
		form_error(form, "interest_against",
		    "Enter the public interest in withholding it");
	if (*values->interest_balance == '\0')
		form_error(form, "interest_balance",
		    "Enter where the balance lies, and why");
}

/* POST /information-requests/:reference/reasons/new */
struct reply
information_reason_create(struct request *r)
{
	struct reason_form values = { 0 };
	struct request_view view;
	struct form *form;
	int32_t number;

	if (!request_load(r, &view, true) || !view.may_write)
		return reply_not_found(r);
	form = form_read(r, reason_fields, &values);
	reason_check(form, &values);
	if (!form_ok(form))
		return reason_again(r, &view, NULL, form, HTTP_UNPROCESSABLE);
	number = information_reason_insert(r->db, r->session.council_id,
	    view.request->id, values.exemption, values.exemption_words,
	    is_qualified(&values), values.reasoning, values.interest_for,
	    values.interest_against, values.interest_balance,
	    r->session.account_id);
	request_audit(r, &view, "information_reason.create",
	    arena_printf(r->arena, "{\"reason\": %" PRId32 "}", number));
	return reply_redirect_with(r, "Reason saved", "%s", view.path);
}

static const struct information_reason *
reason_of_path(struct request *r, const struct request_view *view)
{
	int64_t number;

	if (!text_to_int64(request_part(r, "reason"), 1, INT32_MAX, &number))
		return NULL;
	for (size_t i = 0; i < view->reasons.count; i++)
		if (view->reasons.row[i].number == number)
			return &view->reasons.row[i];
	return NULL;
}

static struct form *
reason_saved(struct request *r, const struct information_reason *reason)
{
	const struct reason_form values = {
		.revision = form_revision_text(r, reason->revision),
		.exemption = reason->exemption,
		.exemption_words = reason->exemption_words,
		.is_qualified = text_equal(reason->exemption, "other") &&
		                reason->is_qualified,
		.reasoning = reason->reasoning,
		.interest_for = reason->interest_for,
		.interest_against = reason->interest_against,
		.interest_balance = reason->interest_balance,
	};

	return form_show(r, reason_fields, &values);
}

/* GET /information-requests/:reference/reasons/:reason */
struct reply
information_reason_edit(struct request *r)
{
	const struct information_reason *reason;
	struct request_view view;

	if (!request_load(r, &view, false) || !view.may_write ||
	    (reason = reason_of_path(r, &view)) == NULL)
		return reply_not_found(r);
	return reason_again(r, &view, reason, reason_saved(r, reason), HTTP_OK);
}

static struct reply
reason_conflict(struct request *r, const struct information_reason *reason,
    const struct form *mine)
{
	const struct saver saver = {
		*reason->changed_by != '\0' ? reason->changed_by : NULL,
		reason->changed_at,
		reason->changed_by_id == r->session.account_id,
	};

	return reply_conflict(r, reason_title(r, reason), saver,
	    reason->revision, mine, reason_saved(r, reason));
}

static struct reply
reason_remove(struct request *r, const struct request_view *view,
    const struct information_reason *reason)
{
	struct form *form = reason_saved(r, reason);

	if (information_reason_delete(r->db, r->session.council_id, reason->id,
		form_revision(request_field(r, "revision"))) == 0) {
		form_error(form, "exemption", "%s",
		    reason->uses > 0
			? "This reason is used: decide those answers anew "
			  "before you remove it"
			: "Somebody else has changed this reason. Look at it "
			  "again before you remove it");
		return reason_again(r, view, reason, form, HTTP_CONFLICT);
	}
	request_audit(r, view, "information_reason.remove",
	    arena_printf(
		r->arena, "{\"reason\": %" PRId32 "}", reason->number));
	return reply_redirect_with(r, "Reason removed", "%s", view->path);
}

/* POST /information-requests/:reference/reasons/:reason : save or remove it */
struct reply
information_reason_update(struct request *r)
{
	const struct information_reason *reason;
	struct reason_form values = { 0 };
	struct request_view view;
	struct form *form;

	if (!request_load(r, &view, true) || !view.may_write ||
	    (reason = reason_of_path(r, &view)) == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "remove"))
		return reason_remove(r, &view, reason);
	form = form_read(r, reason_fields, &values);
	reason_check(form, &values);
	if (!form_ok(form))
		return reason_again(r, &view, reason, form, HTTP_UNPROCESSABLE);
	if (information_reason_save(r->db, r->session.council_id, reason->id,
		form_revision(values.revision), values.exemption,
		values.exemption_words, is_qualified(&values), values.reasoning,
		values.interest_for, values.interest_against,
		values.interest_balance, r->session.account_id) == 0)
		return reason_conflict(r, reason, form);
	request_audit(r, &view, "information_reason.update",
	    arena_printf(
		r->arena, "{\"reason\": %" PRId32 "}", reason->number));
	return reply_redirect_with(r, "Reason saved", "%s", view.path);
}
