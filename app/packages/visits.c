/* The weekly timetable: what a line must say, and what the week comes to. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "packages/packages.h"

enum {
	DAYS_IN_WEEK = 7,
	EVERY_DAY = 127,
	WEEKDAYS = 31,
	FIRST_DAY_CHOICE = 2, /* of day_choices */
	DAY_MINUTES = 1440,
	WEEK_MINUTES = 10080,
	LONGEST_WINDOW = 720, /* over midnight; longer is a slip */
	MOST_TIMES = 70,
	MOST_CARERS = 4,
};

static const char *const day_names[DAYS_IN_WEEK] = { "Monday", "Tuesday",
	"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

const struct choice day_choices[] = {
	{ "every", "Every day", NULL },
	{ "weekdays", "Monday to Friday", NULL },
	{ "1", "Monday", NULL },
	{ "2", "Tuesday", NULL },
	{ "3", "Wednesday", NULL },
	{ "4", "Thursday", NULL },
	{ "5", "Friday", NULL },
	{ "6", "Saturday", NULL },
	{ "7", "Sunday", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice kind_choices[] = {
	{ "days", "On fixed days", NULL },
	{ "times", "A number of times a week, on any days", NULL },
	{ "flexible", "Flexible minutes over the week, without fixed visits",
	    NULL },
	{ NULL, NULL, NULL },
};

static const struct choice timing_choices[] = {
	{ "critical", "Critical",
	    "The time must be kept, for example for medicines" },
	{ "flexible", "Flexible", "The provider and the person agree it" },
	{ NULL, NULL, NULL },
};

const struct field visit_fields[] = {
	FIELD(struct visit_form, FIELD_LINE, purpose, "What the visit is for",
	    .hint = "For example: help to wash, dress and have breakfast. "
		    "Providers read this before they accept, so no names",
	    .missing = "Enter what the visit is for", .is_required = true,
	    .maximum = 200),
	FIELD(struct visit_form, FIELD_CHOICE, kind, "How often",
	    .missing = "Select how often", .is_required = true,
	    .choices = kind_choices),
	FIELD(struct visit_form, FIELD_CHOICES, days, "Days",
	    .missing = "Select from the days", .choices = day_choices),
	FIELD(struct visit_form, FIELD_NUMBER, times, "Times a week",
	    .minimum = 1, .maximum = MOST_TIMES),
	FIELD(struct visit_form, FIELD_NUMBER, week_minutes,
	    "Minutes of the whole week", .minimum = 1, .maximum = WEEK_MINUTES),
	FIELD(struct visit_form, FIELD_NUMBER, minutes, "Minutes of each visit",
	    .minimum = 1, .maximum = DAY_MINUTES),
	FIELD(struct visit_form, FIELD_NUMBER, carers, "Care workers at once",
	    .missing = "Enter how many care workers come at once",
	    .is_required = true, .minimum = 1, .maximum = MOST_CARERS),
	FIELD(struct visit_form, FIELD_TIME, start_from, "Earliest start",
	    .hint = "For example: 7:30am",
	    .has_offset = offsetof(struct visit_form, has_start_from)),
	FIELD(struct visit_form, FIELD_TIME, start_until, "Latest start",
	    .hint = "For example: 9am",
	    .has_offset = offsetof(struct visit_form, has_start_until)),
	FIELD(struct visit_form, FIELD_CHOICE, timing,
	    "Is the time critical or flexible?",
	    .missing = "Select whether the time is critical or flexible",
	    .choices = timing_choices),
	FIELD_END,
};

static void
times_check(struct form *form, const struct visit_form *visit)
{
	int32_t window = visit->start_until - visit->start_from;
	bool is_critical = text_equal(visit->timing, "critical");

	if (visit->has_start_from && !visit->has_start_until)
		form_error(form, "start_until", "Enter the latest start");
	if (visit->has_start_until && !visit->has_start_from)
		form_error(form, "start_from", "Enter the earliest start");
	if (is_critical && !visit->has_start_from)
		form_error(form, "start_from",
		    "Enter the earliest start of a critical visit");
	if (is_critical && !visit->has_start_until)
		form_error(form, "start_until",
		    "Enter the latest start of a critical visit");
	if (visit->has_start_from && visit->has_start_until && window < 0 &&
	    window + DAY_MINUTES > LONGEST_WINDOW)
		form_error(form, "start_until",
		    "Latest start must be after the earliest start");
}

/* Fields of visits that happen, as flexible minutes do not. */
static void
visits_ignore(struct form *form, struct visit_form *visit)
{
	form_ignore(form, "minutes");
	form_ignore(form, "start_from");
	form_ignore(form, "start_until");
	form_ignore(form, "timing");
	visit->minutes = visit->week_minutes;
	visit->has_start_from = visit->has_start_until = false;
	visit->timing = "flexible";
}

static void
others_ignore(struct form *form, struct visit_form *visit)
{
	if (!text_equal(visit->kind, "days")) {
		form_ignore(form, "days");
		visit->days.count = 0;
	}
	if (!text_equal(visit->kind, "times")) {
		form_ignore(form, "times");
		visit->times = 0;
	}
	if (text_equal(visit->kind, "flexible")) {
		visits_ignore(form, visit);
	} else {
		form_ignore(form, "week_minutes");
		visit->week_minutes = 0;
	}
}

void
visit_check(struct form *form, struct visit_form *visit)
{
	others_ignore(form, visit);
	if (text_equal(visit->kind, "flexible")) {
		if (visit->week_minutes == 0)
			form_error(form, "week_minutes",
			    "Enter the minutes of the whole week");
		return;
	}
	if (text_equal(visit->kind, "days") && visit->days.count == 0)
		form_error(form, "days", "Select the days of the visits");
	if (text_equal(visit->kind, "times") && visit->times == 0)
		form_error(form, "times", "Enter how many times a week");
	if (visit->minutes == 0)
		form_error(form, "minutes", "Enter the minutes of each visit");
	if (*visit->timing == '\0')
		form_error(form, "timing", "%s",
		    form_field(form, "timing")->field->missing);
	times_check(form, visit);
}

struct visit
visit_of_form(const struct visit_form *form)
{
	return (struct visit) {
		.kind = form->kind,
		.days = visit_days_of(form->days),
		.times = (int32_t)form->times,
		.has_start_from_minute = form->has_start_from,
		.start_from_minute = form->start_from,
		.has_start_until_minute = form->has_start_until,
		.start_until_minute = form->start_until,
		.minutes = (int32_t)form->minutes,
		.carers = (int32_t)form->carers,
		.is_critical = text_equal(form->timing, "critical"),
		.purpose = form->purpose,
	};
}

int32_t
visits_most_carers(struct visit_list visits)
{
	int32_t most = 0;
	size_t i;

	for (i = 0; i < visits.count; i++)
		if (visits.row[i].carers > most)
			most = visits.row[i].carers;
	return most;
}

int32_t
visit_days_of(struct text_list days)
{
	int32_t bits = 0;
	int64_t number;
	size_t i;

	for (i = 0; i < days.count; i++)
		if (text_equal(days.row[i], "every"))
			bits |= EVERY_DAY;
		else if (text_equal(days.row[i], "weekdays"))
			bits |= WEEKDAYS;
		else if (text_to_int64(days.row[i], 1, DAYS_IN_WEEK, &number))
			bits |= 1 << (number - 1);
	return bits;
}

struct text_list
visit_days_list(struct arena *arena, int32_t days)
{
	const char **rows = arena_array(arena, DAYS_IN_WEEK, sizeof(*rows));
	struct text_list list = { rows, 0 };
	int i;

	if (days == EVERY_DAY || days == WEEKDAYS) {
		rows[list.count++] = days == EVERY_DAY ? "every" : "weekdays";
		return list;
	}
	for (i = 0; i < DAYS_IN_WEEK; i++)
		if ((days & (1 << i)) != 0)
			rows[list.count++] =
			    day_choices[FIRST_DAY_CHOICE + i].value;
	return list;
}

static const char *
days_text(struct request *r, int32_t days)
{
	struct buffer text = buffer_new(r->arena, 96, 256);
	int i, left = __builtin_popcount((unsigned)days), first = left;

	if (days == EVERY_DAY)
		return "Every day";
	if (days == WEEKDAYS)
		return "Monday to Friday";
	for (i = 0; i < DAYS_IN_WEEK; i++) {
		if ((days & (1 << i)) == 0)
			continue;
		if (left != first)
			buffer_text(&text, left == 1 ? " and " : ", ");
		buffer_text(&text, day_names[i]);
		left--;
	}
	return text.data;
}

const char *
visit_when(struct request *r, const struct visit *visit)
{
	if (text_equal(visit->kind, "flexible"))
		return "Over the week";
	if (text_equal(visit->kind, "days"))
		return days_text(r, visit->days);
	if (visit->times == 1)
		return "Once a week";
	return arena_printf(r->arena, "%" PRId32 " times a week", visit->times);
}

const char *
visit_times(struct request *r, const struct visit *visit)
{
	if (!visit->has_start_from_minute || !visit->has_start_until_minute)
		return "";
	if (visit->start_from_minute == visit->start_until_minute)
		return arena_printf(r->arena, "at %s",
		    time_of_day(r, visit->start_from_minute));
	return arena_printf(r->arena, "%s to %s",
	    time_of_day(r, visit->start_from_minute),
	    time_of_day(r, visit->start_until_minute));
}

static struct week_visit
week_visit_of(const struct visit *visit)
{
	struct week_visit line = {
		.kind = WEEK_FLEXIBLE,
		.minutes = visit->minutes,
		.carers = visit->carers,
		.has_start = visit->has_start_from_minute,
		.start_minutes = visit->start_from_minute,
	};

	if (text_equal(visit->kind, "days")) {
		line.kind = WEEK_ON_DAYS;
		line.days = (uint32_t)visit->days;
	} else if (text_equal(visit->kind, "times")) {
		line.kind = WEEK_TIMES;
		line.times = visit->times;
	}
	return line;
}

/* What a package's card makes of it; a rule may be NULL. */
static const struct week_card *
card_of(struct db *db, struct arena *arena, const struct price_rule *rule)
{
	static const struct price_card none = { .hourly_pence = 0 };

	if (rule == NULL)
		return week_card_plain(arena, &none);
	return week_card_load(db, arena,
	    &(struct week_terms) {
		.document = rule->card_document,
		.band_seconds = rule->up_to_seconds,
		.band_percents = rule->percents,
		.needs = rule->need_names,
		.age = rule->age_name,
		.is_individual = rule->has_individual_pence,
	    });
}

/* The lowest and the highest rate; 0 where there is none. */
static void
price_rates(const struct price_rule *rule, int64_t *low, int64_t *high)
{
	*low = *high = rule->hourly_pence;
	if (text_equal(rule->rule, "offered")) {
		*low = rule->floor_pence;
		*high = rule->ceiling_pence;
	}
	if (!rule->has_individual_pence)
		return;
	*high = rule->individual_pence;
	if (!text_equal(rule->rule, "offered"))
		*low = rule->individual_pence;
}

struct package_price
package_price(struct db *db, struct arena *arena, const struct price_rule *rule,
    struct visit_list visits)
{
	struct week_visit *week = arena_array(
	    arena, visits.count, sizeof(*week));
	struct package_price price = { .card = card_of(db, arena, rule) };
	int64_t low = 0, high = 0;
	size_t i;

	for (i = 0; i < visits.count; i++)
		week[i] = week_visit_of(&visits.row[i]);
	if (rule != NULL)
		price_rates(rule, &low, &high);
	price.low = week_card_price(arena, price.card, low, week, visits.count);
	price.high = week_card_price(
	    arena, price.card, high, week, visits.count);
	price.is_known = price.low.is_priced && price.high.is_priced;
	price.is_range = price.is_known && text_equal(rule->rule, "offered");
	price.notes = week_card_notes(arena, price.card, week, visits.count);
	if (price.card->has_holidays) {
		price.holiday_low = week_card_holiday_price(
		    arena, price.card, low, week, visits.count)
		                        .total_pence;
		price.holiday_high = week_card_holiday_price(
		    arena, price.card, high, week, visits.count)
		                         .total_pence;
	}
	return price;
}

/* "35 min 59 s" */
static const char *
seconds_text(struct request *r, int64_t seconds)
{
	if (seconds % 60 == 0)
		return arena_printf(r->arena, "%" PRId64 " min", seconds / 60);
	return arena_printf(r->arena, "%" PRId64 " min %" PRId64 " s",
	    seconds / 60, seconds % 60);
}

const char *
price_band_text(struct request *r, const struct price_rule *rule, int band)
{
	size_t count = rule->up_to_seconds.count;
	const int64_t *limits = rule->up_to_seconds.row;

	if (band == PRICE_PRO_RATA && count == 0)
		return "by the hour";
	if (band == PRICE_PRO_RATA)
		return arena_printf(r->arena, "over %s, or flexible",
		    seconds_text(r, limits[count - 1]));
	if (band == 0)
		return arena_printf(
		    r->arena, "up to %s", seconds_text(r, limits[0]));
	return arena_printf(r->arena, "%s to %s",
	    seconds_text(r, limits[band - 1] + 1),
	    seconds_text(r, limits[band]));
}

/* One figure, or from the lowest rate to the highest. */
static const char *
range_text(struct request *r, const struct package_price *price, int64_t low,
    int64_t high)
{
	if (!price->is_known)
		return "not known yet";
	if (!price->is_range)
		return money(r, low);
	return arena_printf(
	    r->arena, "%s to %s", money(r, low), money(r, high));
}

/* When the visits of a line of working are: those that cost the same. */
static const char *
working_when(struct request *r, const struct package_price *price,
    const struct visit *visit, const struct price_line *line)
{
	struct visit part = *visit;
	const char *when;

	if (text_equal(visit->kind, "days"))
		part.days = (int32_t)line->days;
	if (text_equal(visit->kind, "times"))
		part.times = line->visits;
	when = visit_when(r, &part);
	if (!price->card->has_times || !text_equal(visit->kind, "times"))
		return when;
	return arena_printf(r->arena, "%s, as on %s", when,
	    line->days == EVERY_DAY ? "every day"
				    : days_text(r, (int32_t)line->days));
}

/* The premiums of a line; of a range at its lowest rate, then its highest. */
static struct text_list
working_premiums(
    struct request *r, const struct package_price *price, size_t line)
{
	struct text_list low = week_line_premiums(
	    r->arena, &price->low, &price->low.line[line]);
	struct text_list high = week_line_premiums(
	    r->arena, &price->high, &price->high.line[line]);
	const char **text;

	if (!price->is_range)
		return low;
	text = arena_array(r->arena, low.count + high.count, sizeof(*text));
	for (size_t i = 0; i < low.count; i++)
		text[i] = low.row[i];
	for (size_t i = 0; i < high.count; i++)
		text[low.count + i] = high.row[i];
	return (struct text_list) { text, low.count + high.count };
}

struct working_line_list
package_working(struct request *r, const struct package_price *price,
    const struct price_rule *rule, struct visit_list visits)
{
	struct working_line *rows = arena_array(
	    r->arena, price->low.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < price->low.count; i++) {
		const struct price_line *low = &price->low.line[i];
		const struct price_line *high = &price->high.line[i];
		const struct visit *visit = &visits.row[low->visit];

		rows[i] = (struct working_line) {
			.purpose = visit->purpose,
			.when = working_when(r, price, visit, low),
			.visits = low->visits,
			.carers = low->carers,
			.time = minutes_text(r, low->seconds / 60),
			.band = price->is_known
			            ? price_band_text(r, rule, low->band)
			            : "",
			.percent = low->percent,
			.premiums = price->is_known
			                ? working_premiums(r, price, i)
			                : (struct text_list) { NULL, 0 },
			.each = range_text(
			    r, price, low->each_pence, high->each_pence),
			.total = range_text(
			    r, price, low->total_pence, high->total_pence),
		};
	}
	return (struct working_line_list) { rows, price->low.count };
}

const char *
package_holiday_text(struct request *r, const struct package_price *price)
{
	return range_text(r, price, price->holiday_low, price->holiday_high);
}

const char *
package_price_text(struct request *r, const struct package_price *price)
{
	return range_text(
	    r, price, price->low.total_pence, price->high.total_pence);
}
