/* The reply time and the start of a policy, as forms. */
#include "policies/parts_all.h"

#include "base/arena.h"
#include "base/request.h"

enum {
	MINUTE_SECONDS = 60,
	HOUR_SECONDS = 3600,
	DAY_MINUTES = 24 * 60,
	WEEK_DAYS = 7,
	EVERY_DAY = 0x7f,
};

/* --- Reply time ------------------------------------------------------------- */

static const struct choice clocks[] = {
	{ "referral_hours", "Within referral hours", NULL },
	{ "every_hour", "Day and night, every day", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice weekdays[] = {
	{ "monday", "Monday", NULL },
	{ "tuesday", "Tuesday", NULL },
	{ "wednesday", "Wednesday", NULL },
	{ "thursday", "Thursday", NULL },
	{ "friday", "Friday", NULL },
	{ "saturday", "Saturday", NULL },
	{ "sunday", "Sunday", NULL },
	{ NULL, NULL, NULL },
};

static const struct field reply_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_HOURS, reply_minutes, "Time to reply",
	    .hint = "In hours, up to 720. For example, 2 or 0.5",
	    .missing = "Enter the time to reply", .is_required = true,
	    .minimum = 1, .maximum = 30 * DAY_MINUTES),
	FIELD(struct part_values, FIELD_CHOICE, clock, "When that time runs",
	    .missing = "Select when that time runs", .is_required = true,
	    .choices = clocks),
	FIELD(struct part_values, FIELD_TIME, opens, "Referral hours from",
	    .hint = "For example, 8am. Leave empty where it runs day and night",
	    HAS(opens)),
	FIELD(struct part_values, FIELD_TIME, closes, "Referral hours until",
	    .hint = "For example, 8pm, or midnight for the end of the day",
	    HAS(closes)),
	FIELD(struct part_values, FIELD_CHOICES, days, "Days of referral",
	    .choices = weekdays),
	FIELD(struct part_values, FIELD_TICK, bank_holidays_closed,
	    "Not on bank holidays of England and Wales"),
	FIELD_END,
};

static bool
is_every_hour(const struct policy *policy)
{
	return policy->referral_opens_minutes == 0 &&
	       policy->referral_closes_minutes == DAY_MINUTES &&
	       policy->referral_days == EVERY_DAY &&
	       !policy->is_closed_on_bank_holidays;
}

static void
reply_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	const char **day = arena_array(r->arena, WEEK_DAYS, sizeof(*day));

	values->reply_minutes = policy->reply_seconds / MINUTE_SECONDS;
	if (is_every_hour(policy)) {
		values->clock = "every_hour";
		return;
	}
	values->clock = "referral_hours";
	values->has_opens = values->has_closes =
	    policy->referral_closes_minutes != 0;
	values->opens = policy->referral_opens_minutes;
	values->closes = policy->referral_closes_minutes % DAY_MINUTES;
	values->days.row = day;
	for (unsigned i = 0; i < WEEK_DAYS; i++)
		if (policy->referral_days >> i & 1)
			day[values->days.count++] = weekdays[i].value;
	values->bank_holidays_closed = policy->is_closed_on_bank_holidays;
}

/* Midnight as an end is that of the day. */
static int32_t
closes_of(const struct part_values *values)
{
	return values->closes == 0 ? DAY_MINUTES : values->closes;
}

static void
referral_check(struct form *form, const struct part_values *values)
{
	if (!values->has_opens)
		form_error(form, "opens", "Enter when referral hours begin");
	if (!values->has_closes)
		form_error(form, "closes", "Enter when referral hours end");
	if (values->has_opens && values->has_closes &&
	    values->opens >= closes_of(values))
		form_error(
		    form, "closes", "Referral hours must end after they begin");
	if (values->days.count == 0)
		form_error(form, "days", "Select at least one day");
}

static void
reply_check(struct form *form, const struct part_values *values)
{
	static const char message[] =
	    "Leave this empty where the time runs day and night";

	if (text_equal(values->clock, "referral_hours")) {
		referral_check(form, values);
	} else if (text_equal(values->clock, "every_hour")) {
		if (values->has_opens)
			form_error(form, "opens", "%s", message);
		if (values->has_closes)
			form_error(form, "closes", "%s", message);
		if (values->days.count != 0)
			form_error(form, "days", "%s", message);
		if (values->bank_holidays_closed)
			form_error(form, "bank_holidays_closed", "%s", message);
	}
}

static void
reply_apply(const struct part_values *values, struct policy *policy)
{
	bool is_every = text_equal(values->clock, "every_hour");

	policy->reply_seconds = (int32_t)(values->reply_minutes *
					  MINUTE_SECONDS);
	policy->referral_opens_minutes = is_every ? 0 : values->opens;
	policy->referral_closes_minutes = is_every ? DAY_MINUTES
	                                           : closes_of(values);
	policy->referral_days = is_every ? EVERY_DAY : 0;
	for (unsigned i = 0; i < WEEK_DAYS; i++)
		if (text_list_has(values->days, weekdays[i].value))
			policy->referral_days |= UINT32_C(1) << i;
	policy->is_closed_on_bank_holidays = values->bank_holidays_closed;
}

const struct draft_part part_reply = {
	.part = PART_REPLY,
	.slug = "reply-time",
	.title = "Time to reply",
	.lead = "An offer sent outside of the referral hours waits for them: "
		"two hours from 8am to 8pm, sent at 7pm, end at 9am.",
	.fields = reply_fields,
	.show = reply_show,
	.check = reply_check,
	.apply = reply_apply,
};

/* --- Start ------------------------------------------------------------------ */

static const struct field start_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_NUMBER, rapid_hours,
	    "Hours until a rapid start",
	    .hint = "From the sending of the offers, at the latest",
	    .missing = "Enter the hours until a rapid start",
	    .is_required = true, .minimum = 1, .maximum = 10000),
	FIELD(struct part_values, FIELD_NUMBER, standard_hours,
	    "Hours until a standard start",
	    .hint = "From the sending of the offers, at the latest",
	    .missing = "Enter the hours until a standard start",
	    .is_required = true, .minimum = 1, .maximum = 10000),
	FIELD(struct part_values, FIELD_TICK, introduction,
	    "Carer and person are introduced before the start",
	    .hint = "Only a reply counts that names when"),
	FIELD_END,
};

static void
start_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	(void)r;
	values->rapid_hours = policy->start_rapid_seconds / HOUR_SECONDS;
	values->standard_hours = policy->start_standard_seconds / HOUR_SECONDS;
	values->introduction = policy->is_introduced_before_start;
}

static void
start_check(struct form *form, const struct part_values *values)
{
	if (values->rapid_hours != 0 && values->standard_hours != 0 &&
	    values->rapid_hours > values->standard_hours)
		form_error(form, "standard_hours",
		    "Hours until a standard start must be those until a rapid "
		    "start, or more");
}

static void
start_apply(const struct part_values *values, struct policy *policy)
{
	policy->start_rapid_seconds = (int32_t)values->rapid_hours *
	                              HOUR_SECONDS;
	policy->start_standard_seconds = (int32_t)values->standard_hours *
	                                 HOUR_SECONDS;
	policy->is_introduced_before_start = values->introduction;
}

const struct draft_part part_start = {
	.part = PART_START,
	.slug = "start",
	.title = "Start of care",
	.fields = start_fields,
	.show = start_show,
	.check = start_check,
	.apply = start_apply,
};
