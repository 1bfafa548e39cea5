/*
 * What takes two people: publishing a market test, moving its close, correcting
 * its questions, withdrawing it. One proposes, another decides.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "templates.h"

enum { REASON_MOST = 1000 };

/* The fields of every kind of change; each form has those it needs. */
struct change_form {
	const char *revision;
	int64_t closes_at;
	const char *version;
	const char *reason;
};

#define FIELD_REVISION                                                         \
	FIELD(struct change_form, FIELD_HIDDEN, revision, "Revision")
#define FIELD_REASON                                                           \
	FIELD(struct change_form, FIELD_TEXT, reason, "Why?",                  \
	    .subject = "The reason",                                           \
	    .hint = "Everybody who was told of the market test reads this",    \
	    .missing = "Enter why", .is_required = true,                       \
	    .maximum = REASON_MOST)

static const struct field publish_fields[] = { FIELD_REVISION, FIELD_END };

static const struct field close_fields[] = {
	FIELD_REVISION,
	FIELD(struct change_form, FIELD_INSTANT, closes_at,
	    "When is it to close?", .subject = "The new close",
	    .hint = "Later than now. For example, 22 10 2027 and 4pm",
	    .missing = "Enter when it is to close", .is_required = true),
	FIELD_REASON,
	FIELD_END,
};

static const struct field correct_fields[] = {
	FIELD_REVISION,
	FIELD(struct change_form, FIELD_CHOICE, version,
	    "Which version of the questions?", .subject = "The version",
	    .missing = "Select the version of the questions",
	    .is_required = true),
	FIELD_REASON,
	FIELD_END,
};

static const struct field withdraw_fields[] = {
	FIELD_REVISION,
	FIELD_REASON,
	FIELD_END,
};

/* A kind of change: its form, and in which state it can be proposed. */
struct kind {
	const char *name;
	const struct field *fields;
	bool is_of_draft;
	const char *act; /* of the audit */
};

static const struct kind publish = { "publish", publish_fields, true,
	"market_test.propose_publish" };
static const struct kind moving = { "close", close_fields, false,
	"market_test.propose_close" };
static const struct kind correcting = { "correct", correct_fields, false,
	"market_test.propose_correction" };
static const struct kind withdrawing = { "withdraw", withdraw_fields, false,
	"market_test.propose_withdrawal" };

static struct choice_list
later_choices(struct request *r, const struct market_test_row *row)
{
	return version_choice_list(
	    r, question_version_later(
		   r->db, row->council_id, row->set_id, row->version_id));
}

/* Whether such a change can be proposed now. */
static bool
can_propose(const struct market_test_view *view, const struct kind *kind)
{
	return view->row != NULL && view->may_write && view->waiting == NULL &&
	       text_equal(
		   view->row->state, kind->is_of_draft ? "draft" : "published");
}

/* What has to be done before such a change can be proposed. */
static struct text_list
faults_of(struct request *r, const struct market_test_view *view,
    const struct kind *kind)
{
	static const char *const no_version[] = {
		"There is no later version of these questions: publish one "
		"first",
	};
	const struct market_test_row *row = view->row;

	if (kind == &publish)
		return market_test_faults(r, view,
		    market_test_invitation_count(
			r->db, row->council_id, row->id));
	if (kind == &correcting && later_choices(r, row).count == 0)
		return (struct text_list) { no_version, 1 };
	return (struct text_list) { NULL, 0 };
}

static struct reply
change_page(struct request *r, const struct market_test_view *view,
    const struct kind *kind, struct form *form, int status)
{
	if (status == HTTP_CONFLICT)
		form_revision_renew(form, view->row->revision);
	if (kind == &correcting)
		form_choices(form, "version", later_choices(r, view->row));
	render_markettests_change(r, view, form, kind->name,
	    faults_of(r, view, kind), status == HTTP_CONFLICT);
	return reply_page(r, status);
}

static struct reply
change_edit(struct request *r, const struct kind *kind)
{
	struct market_test_view view = market_test_view_load(r);
	struct change_form values = { .version = "", .reason = "" };

	if (!can_propose(&view, kind))
		return reply_not_found(r);
	values.revision = form_revision_text(r, view.row->revision);
	return change_page(
	    r, &view, kind, form_show(r, kind->fields, &values), HTTP_OK);
}

static void
change_check(struct request *r, const struct market_test_view *view,
    const struct kind *kind, struct form *form,
    const struct change_form *values)
{
	const char *fault = market_test_hour_fault(values->closes_at);

	if (kind == &correcting) {
		form_choices(form, "version", later_choices(r, view->row));
		form_check_choice(form, "version");
	}
	if (kind != &moving || values->closes_at == 0)
		return;
	if (fault != NULL)
		form_error(form, "closes_at", "The new close %s", fault);
	if (values->closes_at <= view->row->closes_at)
		form_error(form, "closes_at",
		    "The new close must be after %s: it can only be moved "
		    "forward",
		    at(r, view->row->closes_at));
}

static struct reply
change_update(struct request *r, const struct kind *kind)
{
	struct market_test_view view = market_test_view_lock(r);
	struct change_form values = { .version = "", .reason = "" };
	struct form *form;
	int64_t version = 0;

	if (!can_propose(&view, kind))
		return reply_not_found(r);
	if (faults_of(r, &view, kind).count > 0)
		return change_page(r, &view, kind,
		    form_show(r, kind->fields, NULL), HTTP_UNPROCESSABLE);
	form = form_read(r, kind->fields, &values);
	change_check(r, &view, kind, form, &values);
	if (!form_ok(form))
		return change_page(r, &view, kind, form, HTTP_UNPROCESSABLE);
	if (form_revision(values.revision) != view.row->revision)
		return change_page(r, &view, kind, form, HTTP_CONFLICT);
	text_to_int64(values.version, 0, INT64_MAX, &version);
	market_test_change_insert(r->db, r->session.council_id, view.row->id,
	    kind->name, values.closes_at, version != 0 ? &version : NULL,
	    values.reason, r->session.account_id);
	audit_add(r->db, kind->act, "market test", view.row->reference, NULL);
	return reply_redirect_with(r,
	    "Proposed. Another person has to approve it", "/market-tests/%s",
	    view.row->reference);
}

/* GET, POST /market-tests/:reference/publish */
struct reply
market_test_publish_edit(struct request *r)
{
	return change_edit(r, &publish);
}

struct reply
market_test_publish_update(struct request *r)
{
	return change_update(r, &publish);
}

/* GET, POST /market-tests/:reference/close */
struct reply
market_test_close_edit(struct request *r)
{
	return change_edit(r, &moving);
}

struct reply
market_test_close_update(struct request *r)
{
	return change_update(r, &moving);
}

/* GET, POST /market-tests/:reference/correct */
struct reply
market_test_correct_edit(struct request *r)
{
	return change_edit(r, &correcting);
}

struct reply
market_test_correct_update(struct request *r)
{
	return change_update(r, &correcting);
}

/* GET, POST /market-tests/:reference/withdraw */
struct reply
market_test_withdraw_edit(struct request *r)
{
	return change_edit(r, &withdrawing);
}

struct reply
market_test_withdraw_update(struct request *r)
{
	return change_update(r, &withdrawing);
}
