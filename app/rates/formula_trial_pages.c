/*
 * What the formulas give on any day: the price that a wage needs, and a rate
 * with its uplifts, with and without their caps. What is asked for is in the
 * query, so that an answer can be kept and looked up.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/money.h"
#include "base/request.h"
#include "rates/formula_views.h"
#include "rates/rates_pages.h"
#include "templates.h"

/* --- The price that a wage needs ------------------------------------------- */

struct wage_form {
	int32_t on;
	int64_t pay_pence;
};

static const struct field wage_fields[] = {
	FIELD(struct wage_form, FIELD_DATE, on, "On which day?",
	    .subject = "The day", .hint = "For example, 1 4 2027",
	    .missing = "Enter the day", .is_required = true),
	FIELD(struct wage_form, FIELD_MONEY, pay_pence, "Pay an hour",
	    .hint = "What a care worker is to get, for example 12.58",
	    .missing = "Enter the pay", .is_required = true, .minimum = 1,
	    .maximum = WAGE_MOST_PENCE),
	FIELD_END,
};

static void
wage_fill(
    struct request *r, struct wage_view *view, const struct wage_form *values)
{
	struct uplift_rows rows = formula_rows(r);
	int32_t date = values->on - DATE_1970;
	const struct wage_costs *costs = wage_costs_on(
	    rows.costs, rows.costs_count, date);
	struct price_step *step = arena_array(
	    r->arena, WAGE_LINES, sizeof(*step));
	struct wage_price price;

	view->verdict = wage_check(r->arena, rows.threshold,
	    rows.threshold_count, values->pay_pence, date)
	                    .text;
	if (costs == NULL) {
		view->none = "No costs are known on that day.";
		return;
	}
	price = wage_price(costs, values->pay_pence);
	for (size_t i = 0; i < WAGE_LINES; i++)
		step[i] = (struct price_step) {
			wage_line_name((enum wage_line_kind)i),
			money(r, price.line[i]),
		};
	view->steps = (struct price_step_list) { step, WAGE_LINES };
	view->price = money(r, price.price_pence);
	view->without_travel = money(r, price.without_travel_pence);
}

/* GET /rates/wage */
struct reply
wage_trial_show(struct request *r)
{
	struct wage_form values = { .on = clock_local_date(r->now) };
	bool is_asked = request_query(r, "pay_pence") != NULL;
	struct wage_view view = { NULL };

	r->fields = r->query;
	view.form = is_asked ? form_read(r, wage_fields, &values)
	                     : form_show(r, wage_fields, &values);
	if (is_asked && form_ok(view.form))
		wage_fill(r, &view, &values);
	render_rates_wage(r, &view);
	return reply_page(r, form_ok(view.form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}

/* --- A rate with its uplifts ------------------------------------------------ */

struct uplift_form {
	int64_t hourly_pence;
	int32_t since_on;
	int32_t on;
};

static const struct field uplift_fields[] = {
	FIELD(struct uplift_form, FIELD_MONEY, hourly_pence, "Hourly rate",
	    .missing = "Enter the hourly rate", .is_required = true,
	    .minimum = 1, .maximum = WAGE_MOST_PENCE),
	FIELD(struct uplift_form, FIELD_DATE, since_on, "Agreed on",
	    .hint = "Uplifts after this day count. For example, 1 4 2021",
	    .missing = "Enter the day on which the rate was agreed",
	    .is_required = true),
	FIELD(struct uplift_form, FIELD_DATE, on, "Rate of which day?",
	    .subject = "The day of the rate", .hint = "Past or to come",
	    .missing = "Enter the day of the rate", .is_required = true),
	FIELD_END,
};

static void
uplift_fill(struct request *r, struct uplift_view *view,
    const struct uplift_form *values)
{
	struct uplift_rows rows = formula_rows(r);
	struct uplift_working working;
	const char **year;

	view->fault = uplift_check(r->arena, &rows);
	if (view->fault != NULL)
		return;
	working = uplift_rate(r->arena, &rows, values->hourly_pence,
	    values->since_on - DATE_1970, values->on - DATE_1970);
	year = arena_array(r->arena, working.count, sizeof(*year));
	for (size_t i = 0; i < working.count; i++)
		year[i] = uplift_words(r->arena, &working.year[i]);
	view->years = (struct text_list) { year, working.count };
	view->capped = money(r, working.capped_pence);
	view->uncapped = money(r, working.uncapped_pence);
	view->difference = money(
	    r, working.uncapped_pence - working.capped_pence);
}

/* GET /rates/uplift */
struct reply
uplift_trial_show(struct request *r)
{
	struct uplift_form values = { .on = clock_local_date(r->now) };
	bool is_asked = request_query(r, "hourly_pence") != NULL;
	struct uplift_view view = { NULL };
	struct form *form;

	r->fields = r->query;
	form = is_asked ? form_read(r, uplift_fields, &values)
	                : form_show(r, uplift_fields, &values);
	view.form = form;
	if (is_asked && form_ok(form) && values.on < values.since_on)
		form_error(form, "on",
		    "The day of the rate must not be before it was agreed");
	if (is_asked && form_ok(form))
		uplift_fill(r, &view, &values);
	render_rates_uplift(r, &view);
	return reply_page(r, form_ok(form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}
