/*
 * How a provider stands on one framework: the monitoring visit and scores, and
 * whether it may be asked at all. By the staff of the framework's council.
 */
#include "providers/providers_pages.h"

#include "base/arena.h"
#include "base/clock.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct monitoring_form {
	const char *revision;
	int32_t passed_on;
	bool is_current_provider;
	int64_t quality_score;
	bool has_quality_score;
};

static const struct field monitoring_fields[] = {
	FIELD(struct monitoring_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct monitoring_form, FIELD_DATE, passed_on,
	    "When was the monitoring visit passed?",
	    .subject = "Date of the monitoring visit",
	    .hint = "Leave empty if none was passed. For example, 27 3 2026"),
	FIELD(struct monitoring_form, FIELD_TICK, is_current_provider,
	    "Provides for this council already",
	    .hint = "A provider that works for this council already is asked "
		    "to take packages without a monitoring visit"),
	FIELD(struct monitoring_form, FIELD_NUMBER, quality_score,
	    "Quality score", .hint = "0 to 100. Leave empty if there is none",
	    .maximum = 100,
	    .has_offset = offsetof(struct monitoring_form, has_quality_score)),
	FIELD_END,
};

static struct reply
monitoring_again(struct request *r, const struct provider_view *view,
    const struct register_member *member, struct form *form, int status)
{
	render_providers_monitoring(
	    r, view, member, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/memberships/:member/monitoring */
struct reply
member_monitoring_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct monitoring_form values;

	if (member == NULL)
		return reply_not_found(r);
	values = (struct monitoring_form) {
		form_revision_text(r, member->revision),
		member->monitoring_visit_passed_on,
		member->is_current_provider,
		member->quality_score,
		member->has_quality_score,
	};
	return monitoring_again(r, &view, member,
	    form_show(r, monitoring_fields, &values), HTTP_OK);
}

/* POST /providers/:reference/memberships/:member/monitoring */
struct reply
member_monitoring_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct monitoring_form values = { 0 };
	struct form *form;
	int32_t score;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, monitoring_fields, &values);
	if (values.passed_on > clock_local_date(r->now))
		form_error(form, "passed_on",
		    "Date of the monitoring visit must be today or in the "
		    "past");
	if (!form_ok(form))
		return monitoring_again(
		    r, &view, member, form, HTTP_UNPROCESSABLE);
	score = (int32_t)values.quality_score;
	if (member_monitoring_save(r->db, member->council_id, member->id,
		form_revision(values.revision), values.passed_on,
		values.is_current_provider,
		values.has_quality_score ? &score : NULL) == 0) {
		form_revision_renew(form, member->revision);
		return monitoring_again(r, &view, member, form, HTTP_CONFLICT);
	}
	register_audit_member(r, &view, member, "monitoring");
	return reply_redirect_with(r, "Monitoring saved", "%s", view.base);
}

struct status_form {
	const char *revision;
	const char *state;
	const char *state_reason;
	int32_t suspension_starts_on;
	int32_t suspension_ends_on;
	int32_t left_on;
	const char *contract_kind;
	int64_t tier;
	int64_t block_minutes;
	bool has_block_minutes;
	int64_t people_elsewhere;
	bool has_people_elsewhere;
};

static const struct field status_fields[] = {
	FIELD(struct status_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct status_form, FIELD_CHOICE, state, "Status",
	    .missing = "Select the status", .is_required = true,
	    .choices = member_states),
	FIELD(struct status_form, FIELD_TEXT, state_reason, "Reason",
	    .hint = "Why it is suspended or removed", .maximum = 500),
	FIELD(struct status_form, FIELD_DATE, suspension_starts_on,
	    "First day of the suspension",
	    .hint = "Of a provider that is suspended. Leave empty for today"),
	FIELD(struct status_form, FIELD_DATE, suspension_ends_on,
	    "Last day of the suspension",
	    .hint = "After it the provider is active again by itself. Leave "
		    "empty if it is not known yet"),
	FIELD(struct status_form, FIELD_DATE, left_on,
	    "Last day on the framework",
	    .hint = "Of a provider that left or was removed"),
	FIELD(struct status_form, FIELD_CHOICE, contract_kind,
	    "Kind of contract", .missing = "Select the kind of contract",
	    .is_required = true, .choices = contract_kinds),
	FIELD(struct status_form, FIELD_NUMBER, tier, "Tier",
	    .hint = "1 to 99, where the framework has tiers. 1 is asked first",
	    .minimum = 1, .maximum = 99),
	FIELD(struct status_form, FIELD_HOURS, block_minutes,
	    "Block hours a week",
	    .hint = "Hours that are paid for whether they are used or not, "
		    "for example 120. Leave empty if there are none",
	    .maximum = 6000000,
	    .has_offset = offsetof(struct status_form, has_block_minutes)),
	FIELD(struct status_form, FIELD_NUMBER, people_elsewhere,
	    "People cared for without a placement here",
	    .hint = "Those placed here are counted by themselves. Enter 0 if "
		    "there are no others. Leave empty if it is not known",
	    .maximum = 1000,
	    .has_offset = offsetof(struct status_form, has_people_elsewhere)),
	FIELD_END,
};

static struct reply
status_again(struct request *r, const struct provider_view *view,
    const struct register_member *member, struct form *form, int status)
{
	render_providers_status(r, view, member, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/memberships/:member/status */
struct reply
member_status_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct status_form values;

	if (member == NULL)
		return reply_not_found(r);
	values = (struct status_form) {
		.revision = form_revision_text(r, member->revision),
		.state = member->state,
		.state_reason = member->state_reason,
		.suspension_starts_on = member->suspended_on,
		.suspension_ends_on = member->suspended_until,
		.left_on = member->left_on,
		.contract_kind = member->contract_kind,
		.tier = member->tier,
		.block_minutes = member->block_minutes,
		.has_block_minutes = member->block_minutes != 0,
		.people_elsewhere = member->people_elsewhere,
		.has_people_elsewhere = member->has_people_elsewhere,
	};
	return status_again(
	    r, &view, member, form_show(r, status_fields, &values), HTTP_OK);
}

static void
suspension_check(struct form *form, struct status_form *values, int32_t today)
{
	bool is_suspended = text_equal(values->state, "suspended");

	if (!is_suspended && values->suspension_starts_on != 0)
		form_error(form, "suspension_starts_on",
		    "Leave the days of the suspension empty unless it is "
		    "suspended");
	if (!is_suspended && values->suspension_ends_on != 0)
		form_error(form, "suspension_ends_on",
		    "Leave the days of the suspension empty unless it is "
		    "suspended");
	if (is_suspended && values->suspension_starts_on == 0)
		values->suspension_starts_on = today;
	if (is_suspended && values->suspension_ends_on != 0 &&
	    values->suspension_ends_on < values->suspension_starts_on)
		form_error(form, "suspension_ends_on",
		    "Last day of the suspension must be on or after its first "
		    "day");
}

static void
status_check(struct form *form, struct status_form *values,
    const struct register_member *member, int32_t today)
{
	bool is_ended = text_equal(values->state, "removed") ||
	                text_equal(values->state, "left");

	if (!form_ok(form))
		return;
	suspension_check(form, values, today);
	if (*values->state_reason == '\0' &&
	    (text_equal(values->state, "suspended") ||
		text_equal(values->state, "removed")))
		form_error(form, "state_reason",
		    "Enter why it is suspended or removed");
	if (is_ended && values->left_on == 0)
		form_error(
		    form, "left_on", "Enter its last day on the framework");
	if (!is_ended && values->left_on != 0)
		form_error(form, "left_on",
		    "Leave the last day empty unless it left or was removed");
	if (values->left_on != 0 && values->left_on < member->joined_on)
		form_error(form, "left_on",
		    "Last day on the framework must be on or after the day "
		    "it joined");
}

/* POST /providers/:reference/memberships/:member/status */
struct reply
member_status_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct status_form values = { 0 };
	struct form *form;
	int32_t tier, people;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, status_fields, &values);
	status_check(form, &values, member, clock_local_date(r->now));
	if (!form_ok(form))
		return status_again(r, &view, member, form, HTTP_UNPROCESSABLE);
	tier = (int32_t)values.tier;
	people = (int32_t)values.people_elsewhere;
	if (member_status_save(r->db, member->council_id, member->id,
		form_revision(values.revision), values.state,
		values.state_reason, values.suspension_starts_on,
		values.suspension_ends_on, values.left_on, values.contract_kind,
		tier != 0 ? &tier : NULL, (int32_t)values.block_minutes,
		values.has_people_elsewhere ? &people : NULL) == 0) {
		form_revision_renew(form, member->revision);
		return status_again(r, &view, member, form, HTTP_CONFLICT);
	}
	register_audit_member(r, &view, member, "status");
	return reply_redirect_with(r, "Status saved", "%s", view.base);
}
