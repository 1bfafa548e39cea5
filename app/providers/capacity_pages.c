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

/* As many as the numbers that day_part has for its order. */
enum { DAY_PARTS_MOST = 8, SPARE_FIELD = 2 };

struct capacity_form {
	const char *revision;
	const char *spare_before; /* minutes that the page showed */
	int64_t spare_minutes;
	bool has_spare_minutes;
	int64_t part_minutes[DAY_PARTS_MOST]; /* by part of the day */
	bool has_part_minutes[DAY_PARTS_MOST];
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

/* A membership with the parts of the day, and the form that they make. */
struct capacity {
	struct provider_view view;
	const struct register_member *member; /* NULL: not the reader's */
	struct member_day_part_list parts;
	const struct field *fields;
};

const char *
capacity_part_field(struct request *r, const struct member_day_part *part)
{
	return arena_printf(r->arena, "spare_%s", part->code);
}

static struct field
part_field(struct request *r, const struct member_day_part *part, size_t place)
{
	return (struct field) {
		.kind = FIELD_HOURS,
		.name = capacity_part_field(r, part),
		.label = arena_printf(r->arena, "%s, %s to %s", part->name,
		    time_of_day(r, part->from_minute),
		    time_of_day(r, part->until_minute % (24 * 60))),
		.offset = offsetof(struct capacity_form, part_minutes) +
		          place * sizeof(int64_t),
		.has_offset = offsetof(struct capacity_form, has_part_minutes) +
		              place * sizeof(bool),
	};
}

/* The parts of the day come right after the hours that they divide. */
static const struct field *
fields_with_parts(struct request *r, const struct field *table,
    struct member_day_part_list parts)
{
	size_t count = 0, next = 0;
	struct field *fields;

	while (table[count].name != NULL)
		count++;
	fields = arena_array(
	    r->arena, count + parts.count + 1, sizeof(*fields));
	for (size_t i = 0; i <= count; i++) {
		fields[next++] = table[i];
		for (size_t p = 0; i == SPARE_FIELD && p < parts.count; p++)
			fields[next++] = part_field(r, &parts.row[p], p);
	}
	return fields;
}

static struct capacity
capacity_load(struct request *r)
{
	struct capacity capacity = { .view = register_view_to_edit(r) };

	capacity.member = register_member_to_edit(r, &capacity.view);
	if (capacity.member == NULL)
		return capacity;
	capacity.parts = member_day_part_list(
	    r->db, capacity.member->council_id, capacity.member->id);
	if (capacity.parts.count > DAY_PARTS_MOST)
		capacity.parts.count = DAY_PARTS_MOST;
	capacity.fields = fields_with_parts(r,
	    capacity.view.is_own_page ? own_fields : staff_fields,
	    capacity.parts);
	return capacity;
}

static struct reply
capacity_again(struct request *r, const struct capacity *capacity,
    struct form *form, int status)
{
	render_providers_capacity(r, &capacity->view, capacity->member,
	    capacity->parts, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /providers/:reference/memberships/:member/capacity and /our-details/... */
struct reply
member_capacity_edit(struct request *r)
{
	const struct capacity capacity = capacity_load(r);
	const struct register_member *member = capacity.member;
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
	for (size_t i = 0; i < capacity.parts.count; i++) {
		values.part_minutes[i] = capacity.parts.row[i].spare_minutes;
		values.has_part_minutes[i] =
		    capacity.parts.row[i].has_spare_minutes;
	}
	return capacity_again(
	    r, &capacity, form_show(r, capacity.fields, &values), HTTP_OK);
}

static int64_t
parts_sum(const struct capacity_form *values)
{
	int64_t sum = 0;

	for (size_t i = 0; i < DAY_PARTS_MOST; i++)
		sum += values->part_minutes[i];
	return sum;
}

/*
 * Hours in a part are some of the hours of the week, so they come to no more;
 * they may come to less, and the rest is free at any time.
 */
static void
parts_check(struct form *form, const struct capacity *capacity,
    const struct capacity_form *values)
{
	const int64_t sum = parts_sum(values);

	if (sum > values->spare_minutes)
		form_error(form,
		    capacity_part_field(form->r, &capacity->parts.row[0]),
		    "Parts of the day come to %s hours, which is more than "
		    "the %s spare hours a week",
		    hours_text(form->r, sum),
		    hours_text(form->r, values->spare_minutes));
}

static void
capacity_check(struct form *form, const struct capacity *capacity,
    const struct capacity_form *values)
{
	if (!form_ok(form))
		return;
	parts_check(form, capacity, values);
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

/* The parts that are typed; nothing but zeros divides nothing. */
static void
parts_save(struct request *r, const struct capacity *capacity,
    const struct capacity_form *values)
{
	const struct register_member *member = capacity->member;
	const char *part[DAY_PARTS_MOST];
	int64_t minutes[DAY_PARTS_MOST];
	size_t count = 0;

	for (size_t i = 0; i < capacity->parts.count; i++) {
		if (!values->has_part_minutes[i] || parts_sum(values) == 0)
			continue;
		part[count] = capacity->parts.row[i].code;
		minutes[count++] = values->part_minutes[i];
	}
	member_day_part_remove(r->db, member->council_id, member->id);
	member_day_part_add(r->db, member->council_id, member->id,
	    (struct text_list) { part, count },
	    (struct int64_list) { minutes, count });
}

/* False: another has saved, or a placement has taken, since it was shown. */
static bool
capacity_save(struct request *r, const struct capacity *capacity,
    const struct capacity_form *values)
{
	const struct register_member *member = capacity->member;
	int64_t before = -1;

	text_to_int64(values->spare_before, 0, INT32_MAX, &before);
	if (member_capacity_save(r->db, member->council_id, member->id,
		form_revision(values->revision), (int32_t)before,
		(int32_t)values->spare_minutes, values->earliest_start_on,
		call_days_bits(values->call_days),
		values->has_calls_from ? &values->calls_from : NULL,
		values->has_calls_until ? &values->calls_until : NULL) == 0)
		return false;
	parts_save(r, capacity, values);
	if (!capacity->view.is_own_page)
		member_rate_save(r->db, member->council_id, member->id,
		    values->has_hourly_rate_pence ? &values->hourly_rate_pence
						  : NULL);
	return true;
}

/* POST /providers/:reference/memberships/:member/capacity and /our-details/... */
struct reply
member_capacity_update(struct request *r)
{
	const struct capacity capacity = capacity_load(r);
	const struct register_member *member = capacity.member;
	struct capacity_form values = { 0 };
	struct form *form;

	if (member == NULL)
		return reply_not_found(r);
	form = form_read(r, capacity.fields, &values);
	capacity_check(form, &capacity, &values);
	if (!form_ok(form))
		return capacity_again(r, &capacity, form, HTTP_UNPROCESSABLE);
	if (!capacity_save(r, &capacity, &values)) {
		form_revision_renew(form, member->revision);
		form_field(form, "spare_before")->value = arena_printf(
		    r->arena, "%" PRId32, member->spare_minutes);
		return capacity_again(r, &capacity, form, HTTP_CONFLICT);
	}
	register_audit_member(r, &capacity.view, member, "capacity");
	return reply_redirect_with(
	    r, "Capacity saved", "%s", capacity.view.base);
}
