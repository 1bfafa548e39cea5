/*
 * The capacity of a provider on one framework: spare hours, from when, on
 * which days and at what times. By the provider itself and by the council's
 * staff, who alone set a rate.
 */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "base/arena.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct capacity_form {
	const char *revision;
	const char *spare_before; /* minutes that the page showed */
	int64_t spare_minutes;
	bool has_spare_minutes;
	int32_t earliest_start_on;
	struct text_list call_days;
	int32_t calls_from;
	bool has_calls_from;
	int32_t calls_until;
	bool has_calls_until;
	int64_t hourly_rate_pence; /* of staff only */
	bool has_hourly_rate_pence;
};

#define HAS(member) .has_offset = offsetof(struct capacity_form, has_##member)

#define CAPACITY_FIELDS                                                        \
	FIELD(struct capacity_form, FIELD_HIDDEN, revision, "Revision"),       \
	    FIELD(struct capacity_form, FIELD_HIDDEN, spare_before, "Before"), \
	    FIELD(struct capacity_form, FIELD_HOURS, spare_minutes,            \
		"Spare hours a week",                                          \
		.hint = "Hours of care that could be taken on now, for "       \
			"example 7.5. Enter 0 if there are none. A placement " \
			"uses them up, and its end gives them back",           \
		.missing = "Enter the spare hours a week, or 0",               \
		.is_required = true, HAS(spare_minutes)),                      \
	    FIELD(struct capacity_form, FIELD_DATE, earliest_start_on,         \
		"Earliest start", .hint = "Leave empty to start at once"),     \
	    FIELD(struct capacity_form, FIELD_CHOICES, call_days,              \
		"Days of visits",                                              \
		.missing = "Select at least one day of visits",                \
		.is_required = true, .choices = weekday_choices),              \
	    FIELD(struct capacity_form, FIELD_TIME, calls_from,                \
		"First visit from",                                            \
		.hint = "For example, 7am. Leave both empty for any time",     \
		HAS(calls_from)),                                              \
	    FIELD(struct capacity_form, FIELD_TIME, calls_until,               \
		"Last visit until", .hint = "For example, 10pm",               \
		HAS(calls_until))

static const struct field own_fields[] = { CAPACITY_FIELDS, FIELD_END };

static const struct field staff_fields[] = {
	CAPACITY_FIELDS,
	FIELD(struct capacity_form, FIELD_MONEY, hourly_rate_pence,
	    "Rate for an hour",
	    .hint = "Leave empty to pay by the framework’s rate card",
	    .minimum = 1, .maximum = 1000000, HAS(hourly_rate_pence)),
	FIELD_END,
};

static const struct field *
capacity_fields(const struct provider_view *view)
{
	return view->is_own_page ? own_fields : staff_fields;
}

static struct reply
capacity_again(struct request *r, const struct provider_view *view,
    const struct register_member *member, struct form *form, int status)
{
	render_providers_capacity(
	    r, view, member, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/memberships/:member/capacity and /our-details/... */
struct reply
member_capacity_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct capacity_form values;

	if (member == NULL)
		return reply_not_found(r);
	values = (struct capacity_form) {
		.revision = form_revision_text(r, member->revision),
		.spare_before = arena_printf(
		    r->arena, "%" PRId32, member->spare_minutes),
		.spare_minutes = member->spare_minutes,
		.has_spare_minutes = true,
		.earliest_start_on = member->earliest_start_on,
		.call_days = call_days_list(r, member->call_days),
		.calls_from = member->calls_from_minute,
		.has_calls_from = member->has_calls_from_minute,
		.calls_until = member->calls_until_minute,
		.has_calls_until = member->has_calls_until_minute,
		.hourly_rate_pence = member->hourly_rate_pence,
		.has_hourly_rate_pence = member->has_hourly_rate_pence,
	};
	return capacity_again(r, &view, member,
	    form_show(r, capacity_fields(&view), &values), HTTP_OK);
}

static void
capacity_check(struct form *form, const struct capacity_form *values)
{
	if (!form_ok(form))
		return;
	if (values->has_calls_from && !values->has_calls_until)
		form_error(form, "calls_until",
		    "Enter when the last visit ends, or leave both times "
		    "empty");
	else if (!values->has_calls_from && values->has_calls_until)
		form_error(form, "calls_from",
		    "Enter when the first visit begins, or leave both times "
		    "empty");
	else if (values->has_calls_from &&
		 values->calls_until <= values->calls_from)
		form_error(form, "calls_until",
		    "Last visit until must be after first visit from");
}

/* False: another has saved, or a placement has taken, since it was shown. */
static bool
capacity_save(struct request *r, const struct provider_view *view,
    const struct register_member *member, const struct capacity_form *values)
{
	int64_t before = -1;

	text_to_int64(values->spare_before, 0, INT32_MAX, &before);
	if (member_capacity_save(r->db, member->council_id, member->id,
		form_revision(values->revision), (int32_t)before,
		(int32_t)values->spare_minutes, values->earliest_start_on,
		call_days_bits(values->call_days),
		values->has_calls_from ? &values->calls_from : NULL,
		values->has_calls_until ? &values->calls_until : NULL) == 0)
		return false;
	if (!view->is_own_page)
		member_rate_save(r->db, member->council_id, member->id,
		    values->has_hourly_rate_pence ? &values->hourly_rate_pence
						  : NULL);
	return true;
}

/* POST /providers/:reference/memberships/:member/capacity and /our-details/... */
struct reply
member_capacity_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_member *member = register_member_to_edit(
	    r, &view);
	struct capacity_form values = { 0 };
	struct form *form;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, capacity_fields(&view), &values);
	capacity_check(form, &values);
	if (!form_ok(form))
		return capacity_again(
		    r, &view, member, form, HTTP_UNPROCESSABLE);
	if (!capacity_save(r, &view, member, &values)) {
		form_revision_renew(form, member->revision);
		form_field(form, "spare_before")->value = arena_printf(
		    r->arena, "%" PRId32, member->spare_minutes);
		return capacity_again(r, &view, member, form, HTTP_CONFLICT);
	}
	register_audit_member(r, &view, member, "capacity");
	return reply_redirect_with(r, "Capacity saved", "%s", view.base);
}
