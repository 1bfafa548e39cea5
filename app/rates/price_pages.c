/*
 * What a visit costs by a card, on any day past or to come, line by line. What
 * is asked for is in the query, so that an answer can be kept and looked up.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/money.h"
#include "base/request.h"
#include "matching/mix.h"
#include "rates/price_views.h"
#include "rates/rates_pages.h"
#include "rates/reading.h"
#include "templates.h"

enum { MINUTE_SECONDS = 60, HOUR_MINUTES = 60, NINE = 9 * HOUR_MINUTES };

struct price_form {
	int32_t on;
	int32_t starts;
	bool has_starts;
	const char *length;
	int64_t carers;
	const char *area;
	const char *rurality;
	const char *need;
	const char *age_group;
	struct text_list outcomes;
	const char *absence;
	int64_t absence_day;
	int64_t rate;
	bool has_rate;
	bool individually;
	const char *approved_by;
};

static const struct choice ruralities[] = {
	{ "urban", "Urban", NULL },
	{ "semi-rural", "Semi-rural", NULL },
	{ "rural", "Rural", NULL },
	{ NULL, NULL, NULL },
};

static const struct field price_fields[] = {
	FIELD(struct price_form, FIELD_DATE, on, "Day of the visit",
	    .hint = "Any day, past or to come. For example, 26 12 2026",
	    .missing = "Enter the day of the visit", .is_required = true),
	FIELD(struct price_form, FIELD_TIME, starts, "Start",
	    .hint = "For example, 8:30", .missing = "Enter the start",
	    .is_required = true,
	    .has_offset = offsetof(struct price_form, has_starts)),
	FIELD(struct price_form, FIELD_LINE, length, "Length",
	    .hint = "In minutes, or minutes and seconds: 30 or 20:59",
	    .missing = "Enter the length", .is_required = true, .maximum = 7),
	FIELD(struct price_form, FIELD_NUMBER, carers, "Care workers at once",
	    .missing = "Enter how many care workers there are",
	    .is_required = true, .minimum = 1, .maximum = 9),
	FIELD(struct price_form, FIELD_CHOICE, area, "Area"),
	FIELD(struct price_form, FIELD_CHOICE, rurality, "Kind of place",
	    .choices = ruralities),
	FIELD(struct price_form, FIELD_CHOICE, need, "Need"),
	FIELD(struct price_form, FIELD_CHOICE, age_group, "Age group"),
	FIELD(struct price_form, FIELD_CHOICES, outcomes, "Outcomes reached"),
	FIELD(struct price_form, FIELD_CHOICE, absence, "Away"),
	FIELD(struct price_form, FIELD_NUMBER, absence_day,
	    "Which day of the absence?", .subject = "The day of the absence",
	    .minimum = 1, .maximum = INT16_MAX),
	FIELD(struct price_form, FIELD_MONEY, rate,
	    "A provider’s own hourly rate (optional)",
	    .subject = "The hourly rate",
	    .hint = "Within the limits of the card", .minimum = 1,
	    .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct price_form, has_rate)),
	FIELD(struct price_form, FIELD_TICK, individually,
	    "Costed individually for one person",
	    .hint = "The rate is then the whole rate, without premiums"),
	FIELD(struct price_form, FIELD_LINE, approved_by,
	    "Who approved a rate above the ceiling?",
	    .hint = "A name; needed where the care is costed individually and "
		    "the rate is above the highest of the card",
	    .maximum = 200),
	FIELD_END,
};

static struct choice_list
name_choices(struct request *r, const struct rate_names *names)
{
	struct choice *row = arena_array(r->arena, names->count, sizeof(*row));

	for (size_t i = 0; i < names->count; i++)
		row[i] = (struct choice) { names->name[i], names->name[i],
			NULL };
	return (struct choice_list) { row, names->count };
}

/* Gives the form the names of the card; it has none without a card. */
static void
form_names(struct request *r, struct form *form, const struct rate_card *card)
{
	form_choices(form, "area", name_choices(r, &card->areas));
	form_choices(form, "need", name_choices(r, &card->needs));
	form_choices(form, "age_group", name_choices(r, &card->age_groups));
	form_choices(form, "outcomes", name_choices(r, &card->outcomes));
	form_choices(form, "absence", name_choices(r, &card->absences));
}

static int
name_index(const struct rate_names *names, const char *name)
{
	return *name == '\0' ? RATE_NONE : reading_name(names, name);
}

static void
times_read(struct form *form, const struct price_form *values,
    struct rate_visit *visit)
{
	int64_t instant;

	if (!reading_length(values->length, &visit->seconds) ||
	    visit->seconds > RATE_VISIT_SECONDS)
		form_error(form, "length",
		    "The length must be minutes, like 30 or 20:59, of 24 "
		    "hours at most");
	if (values->on <= DATE_1970)
		form_error(form, "on", "The day must be after 1970");
	visit->day = values->on - DATE_1970;
	visit->starts = values->starts * MINUTE_SECONDS;
	switch (clock_instant(values->on, values->starts / HOUR_MINUTES,
	    values->starts % HOUR_MINUTES, &instant)) {
	case CLOCK_FINE:
		reading_shift(visit, instant);
		break;
	case CLOCK_GAP:
		form_error(form, "starts",
		    "That time is not on that day: the clocks go forward");
		break;
	case CLOCK_TWICE:
		form_error(form, "starts",
		    "That time is twice on that day: the clocks go back");
		break;
	case CLOCK_NO_SUCH_DATE:
		form_error(form, "on", "There is no such day");
		break;
	}
}

static const struct rate_offer *
visit_offer(
    struct request *r, struct form *form, const struct price_form *values)
{
	struct rate_offer *offer;

	if (!values->has_rate) {
		if (values->individually)
			form_error(
			    form, "rate", "Enter the rate that was costed");
		return NULL;
	}
	offer = arena_alloc(r->arena, sizeof(*offer));
	*offer = (struct rate_offer) { values->rate, values->individually,
		values->approved_by };
	return offer;
}

/* The visit that a good form describes. */
static struct rate_visit
visit_of(struct request *r, struct form *form, const struct price_form *values,
    const struct rate_card *card)
{
	struct rate_visit visit = {
		.carers = (int32_t)values->carers,
		.area = name_index(&card->areas, values->area),
		.rurality = *values->rurality == '\0'
		                ? RATE_NONE
		                : reading_rurality(values->rurality),
		.need = name_index(&card->needs, values->need),
		.age_group = name_index(&card->age_groups, values->age_group),
		.absence = name_index(&card->absences, values->absence),
		.absence_day = values->absence_day == 0
		                   ? 1
		                   : (int32_t)values->absence_day,
		.offer = visit_offer(r, form, values),
	};

	for (size_t i = 0; i < values->outcomes.count; i++) {
		int outcome = reading_name(
		    &card->outcomes, values->outcomes.row[i]);

		if (outcome != RATE_NONE)
			visit.outcomes |= 1u << outcome;
	}
	times_read(form, values, &visit);
	return visit;
}

/* "-£1.20": a step of the working may take away. */
static const char *
signed_money(struct request *r, int64_t pence)
{
	return pence < 0 ? arena_printf(r->arena, "−%s", money(r, -pence))
	                 : money(r, pence);
}

static void
working_fill(
    struct request *r, struct price_view *view, const struct rate_visit *visit)
{
	const struct rates *rates = rate_view_rates(r, view->card);
	struct rate_working working = rates_open(r->arena, rates, visit);
	struct price_card card = rate_view_card(view->card)->base;
	struct price_step *step = arena_array(
	    r->arena, working.count, sizeof(*step));
	struct price_early early;

	view->source = rate_verdict_words(
	    r->arena, rates, visit, &working.price);
	if (working.price.verdict != RATE_FINE) {
		view->none = view->source;
		return;
	}
	for (size_t i = 0; i < working.count; i++)
		step[i] = (struct price_step) {
			rate_line_words(r->arena, rates, &working, i),
			signed_money(r, working.line[i].pence),
		};
	view->steps = (struct price_step_list) { step, working.count };
	view->total = money(r, working.price.total_pence);
	if (visit->absence != RATE_NONE || visit->seconds == 0)
		return;
	view->hourly = money(r,
	    price_effective_hourly(working.price.each_pence, visit->seconds));
	card.hourly_pence = working.price.hourly_pence;
	early = price_early(r->arena, &card, visit->seconds);
	view->early = early.text;
}

static struct reply
price_page(struct request *r, const struct price_view *view)
{
	render_rates_price(r, view);
	return reply_page(
	    r, form_ok(view->form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}

/* The form before anything was asked: half an hour this morning. */
static struct form *
price_blank(struct request *r)
{
	struct price_form values = {
		.on = rate_today(r),
		.starts = NINE,
		.has_starts = true,
		.length = "30",
		.carers = 1,
		.area = "",
		.rurality = "",
		.need = "",
		.age_group = "",
		.absence = "",
		.approved_by = "",
	};

	return form_show(r, price_fields, &values);
}

/* GET /rates/:reference/price */
struct reply
rate_price_show(struct request *r)
{
	struct price_form values = { .length = "" };
	bool is_asked = request_query(r, "length") != NULL;
	struct rate_view card;
	struct rate_card none = { .name = "" };
	struct price_view view = { .card = &card, .hourly = "", .early = "" };
	struct rate_visit visit;
	struct form *form;

	r->fields = r->query;
	form = is_asked ? form_read(r, price_fields, &values) : price_blank(r);
	card = rate_view_on(
	    r, is_asked && values.on != 0 ? values.on : rate_today(r));
	if (card.card == NULL)
		return reply_not_found(r);
	view.form = form;
	form_names(
	    r, form, card.version != NULL ? rate_view_card(&card) : &none);
	if (!is_asked)
		return price_page(r, &view);
	if (card.version == NULL && values.on != 0) {
		view.none = arena_printf(r->arena,
		    "No version of this card is in force on %s.",
		    day(r, values.on));
		return price_page(r, &view);
	}
	form_check_choice(form, "area");
	form_check_choice(form, "need");
	form_check_choice(form, "age_group");
	form_check_choice(form, "absence");
	if (!form_ok(form))
		return price_page(r, &view);
	visit = visit_of(r, form, &values, rate_view_card(&card));
	if (form_ok(form))
		working_fill(r, &view, &visit);
	return price_page(r, &view);
}
