/* See formulas.h. */
#include "rates/formulas.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "rates/formulas.sql.h"

enum { HUNDRED = 100, MINUTE_SECONDS = 60 };

struct uplift_rows
formula_rows(struct request *r)
{
	int64_t council = r->session.council_id;
	struct threshold_row_list wages = threshold_list(r->db, council);
	struct cost_row_list costs = cost_list(r->db, council);
	struct uplift_row_list uplifts = uplift_list(r->db, council);
	struct wage_threshold *wage = arena_array(
	    r->arena, wages.count, sizeof(*wage));
	struct wage_costs *cost = arena_array(
	    r->arena, costs.count, sizeof(*cost));
	struct uplift *uplift = arena_array(
	    r->arena, uplifts.count, sizeof(*uplift));

	for (size_t i = 0; i < wages.count; i++)
		wage[i] = (struct wage_threshold) {
			wages.row[i].starts_on - DATE_1970,
			wages.row[i].hourly_pence,
			wages.row[i].name,
		};
	for (size_t i = 0; i < costs.count; i++)
		cost[i] = (struct wage_costs) {
			.starts_on = costs.row[i].starts_on - DATE_1970,
			.travel_seconds = costs.row[i].travel_minutes *
			                  MINUTE_SECONDS,
			.mileage_pence = costs.row[i].mileage_pence,
			.holiday_hundredths = costs.row[i].holiday_hundredths,
			.insurance_hundredths =
			    costs.row[i].insurance_hundredths,
			.insurance_free_pence =
			    costs.row[i].insurance_free_pence,
			.pension_hundredths = costs.row[i].pension_hundredths,
			.overhead_pence = costs.row[i].overhead_pence,
			.overhead_hundredths = costs.row[i].overhead_hundredths,
			.margin_hundredths = costs.row[i].margin_hundredths,
		};
	for (size_t i = 0; i < uplifts.count; i++)
		uplift[i] = (struct uplift) {
			.applies_on = uplifts.row[i].starts_on - DATE_1970,
			.formula = text_equal(uplifts.row[i].formula, "shares")
			               ? UPLIFT_SHARES
			               : UPLIFT_WAGE_COST,
			.wage_hundredths = uplifts.row[i].wage_hundredths,
			.price_hundredths = uplifts.row[i].price_hundredths,
			.inflation_hundredths =
			    uplifts.row[i].inflation_hundredths,
			.cap_pence = uplifts.row[i].cap_pence,
		};
	return (struct uplift_rows) { uplift, uplifts.count, wage, wages.count,
		cost, costs.count };
}

const char *
share_text(struct request *r, int32_t hundredths)
{
	int32_t size = hundredths < 0 ? -hundredths : hundredths;

	return arena_printf(r->arena,
	    size % HUNDRED == 0 ? "%s%" PRId32 : "%s%" PRId32 ".%02" PRId32,
	    hundredths < 0 ? "-" : "", size / HUNDRED, size % HUNDRED);
}

bool
share_parse(const char *text, bool may_be_below, int32_t *hundredths)
{
	bool is_below = may_be_below && *text == '-';
	int64_t size;

	if (is_below)
		text++;
	if (*text < '0' || *text > '9' || !money_parse(text, &size) ||
	    size > HUNDRED * HUNDRED)
		return false;
	*hundredths = (int32_t)(is_below ? -size : size);
	return true;
}

/* A field's share; adds a message when it is none. */
static int32_t
share_of(struct form *form, const char *name, const char *text, bool below)
{
	int32_t hundredths = 0;

	if (*text != '\0' && !share_parse(text, below, &hundredths))
		form_error(form, name,
		    "%s must be per cent, like 12.07, and no more than 100",
		    form_field(form, name)->field->label);
	return hundredths;
}

/* Says so where a row of that day is there already. */
static bool
kept(struct form *form, int64_t count)
{
	if (count == 0)
		form_error(form, "starts_on",
		    "There is a row from that day already. Remove it first");
	return count != 0;
}

#define STARTS_ON                                                              \
	FIELD(struct formula_form, FIELD_DATE, starts_on, "From which day?",   \
	    .subject = "The day", .hint = "For example, 1 4 2027",             \
	    .missing = "Enter the day", .is_required = true)
#define SHARE(member, label, hint_text)                                        \
	FIELD(struct formula_form, FIELD_LINE, member, label,                  \
	    .hint = (hint_text), .missing = "Enter a share, or 0",             \
	    .is_required = true, .maximum = 10)
#define AMOUNT(member, label, hint_text)                                       \
	FIELD(struct formula_form, FIELD_MONEY, member, label,                 \
	    .hint = (hint_text), .missing = "Enter an amount, or 0",           \
	    .is_required = true, .minimum = 0, .maximum = WAGE_MOST_PENCE,     \
	    .has_offset = offsetof(struct formula_form, has_##member))

/* --- The least pay -------------------------------------------------------- */

static const struct field wage_fields[] = {
	STARTS_ON,
	FIELD(struct formula_form, FIELD_LINE, name, "Name",
	    .hint = "For example, National Living Wage",
	    .missing = "Enter a name", .is_required = true, .maximum = 100),
	FIELD(struct formula_form, FIELD_MONEY, hourly_pence, "Pay an hour",
	    .missing = "Enter the pay", .is_required = true, .minimum = 1,
	    .maximum = WAGE_MOST_PENCE),
	FIELD_END,
};

static struct formula_line_list
wage_lines(struct request *r)
{
	struct threshold_row_list rows = threshold_list(
	    r->db, r->session.council_id);
	struct formula_line *line = arena_array(
	    r->arena, rows.count, sizeof(*line));

	for (size_t i = 0; i < rows.count; i++)
		line[i] = (struct formula_line) {
			rows.row[i].id,
			day(r, rows.row[i].starts_on),
			arena_printf(r->arena, "%s: %s an hour",
			    rows.row[i].name,
			    money(r, rows.row[i].hourly_pence)),
		};
	return (struct formula_line_list) { line, rows.count };
}

static bool
wage_keep(struct request *r, struct form *form, const void *values)
{
	const struct formula_form *wage = values;

	return kept(form, threshold_insert(r->db, r->session.council_id,
			      wage->starts_on, wage->name, wage->hourly_pence));
}

static bool
wage_remove(struct request *r, int64_t id)
{
	return threshold_delete(r->db, r->session.council_id, id) == 1;
}

const struct formula_kind formula_wages = {
	"wages",
	"The least pay of care workers",
	"What is paid an hour at least, from a day on, until the next row.",
	"Add a wage",
	wage_fields,
	wage_lines,
	wage_keep,
	wage_remove,
};

/* --- What stands between a wage and a price -------------------------------- */

static const struct field cost_fields[] = {
	STARTS_ON,
	FIELD(struct formula_form, FIELD_NUMBER, travel_minutes,
	    "Minutes of travel", .hint = "Paid, for each hour of care",
	    .missing = "Enter the minutes, or 0", .is_required = true,
	    .minimum = 0, .maximum = 60,
	    .has_offset = offsetof(struct formula_form, has_travel_minutes)),
	AMOUNT(mileage_pence, "Mileage", "For each hour of care"),
	SHARE(holiday, "Holiday pay", "Per cent of pay"),
	SHARE(insurance, "Employer’s National Insurance",
	    "Per cent of pay and holiday pay"),
	AMOUNT(insurance_free_pence, "Free of National Insurance",
	    "Of what an hour of care pays"),
	SHARE(pension, "Pension", "Per cent of pay and holiday pay"),
	AMOUNT(overhead_pence, "Overheads", "For each hour of care"),
	SHARE(overhead, "Overheads as a share", "Per cent of what staff cost"),
	SHARE(margin, "Margin", "Per cent of the price, no more than 90"),
	FIELD_END,
};

static struct formula_line_list
cost_lines(struct request *r)
{
	struct cost_row_list rows = cost_list(r->db, r->session.council_id);
	struct formula_line *line = arena_array(
	    r->arena, rows.count, sizeof(*line));

	for (size_t i = 0; i < rows.count; i++) {
		const struct cost_row *row = &rows.row[i];

		line[i] = (struct formula_line) {
			row->id,
			day(r, row->starts_on),
			arena_printf(r->arena,
			    "%" PRId32
			    " minutes of travel and %s of mileage an "
			    "hour of care; holiday pay %s%%, National "
			    "Insurance "
			    "%s%% above %s, pension %s%%; overheads %s and "
			    "%s%%; margin %s%%",
			    row->travel_minutes, money(r, row->mileage_pence),
			    share_text(r, row->holiday_hundredths),
			    share_text(r, row->insurance_hundredths),
			    money(r, row->insurance_free_pence),
			    share_text(r, row->pension_hundredths),
			    money(r, row->overhead_pence),
			    share_text(r, row->overhead_hundredths),
			    share_text(r, row->margin_hundredths)),
		};
	}
	return (struct formula_line_list) { line, rows.count };
}

static bool
cost_keep(struct request *r, struct form *form, const void *values)
{
	const struct formula_form *cost = values;
	int32_t holiday = share_of(form, "holiday", cost->holiday, false);
	int32_t insurance = share_of(form, "insurance", cost->insurance, false);
	int32_t pension = share_of(form, "pension", cost->pension, false);
	int32_t overhead = share_of(form, "overhead", cost->overhead, false);
	int32_t margin = share_of(form, "margin", cost->margin, false);

	if (margin > WAGE_MARGIN_MOST)
		form_error(form, "margin", "The margin must be 90 or less");
	return form_ok(form) &&
	       kept(form,
		   cost_insert(r->db, r->session.council_id, cost->starts_on,
		       (int32_t)cost->travel_minutes, cost->mileage_pence,
		       holiday, insurance, cost->insurance_free_pence, pension,
		       cost->overhead_pence, overhead, margin));
}

static bool
cost_remove(struct request *r, int64_t id)
{
	return cost_delete(r->db, r->session.council_id, id) == 1;
}

const struct formula_kind formula_costs = {
	"costs",
	"What stands between a wage and a price",
	"On-costs, travel, overheads and margin, from a day on, until the next "
	"row.",
	"Add costs",
	cost_fields,
	cost_lines,
	cost_keep,
	cost_remove,
};

/* --- Uplifts --------------------------------------------------------------- */

static const struct choice formula_choices[] = {
	{ "shares", "Shares of the rate",
	    "The rate times its wage share times the rise of the wage, and its "
	    "price share times inflation" },
	{ "wage_cost", "Cost of the wage",
	    "What the price of an hour must rise by to pay the new wage" },
	{ NULL, NULL, NULL },
};

static const struct field uplift_fields[] = {
	STARTS_ON,
	FIELD(struct formula_form, FIELD_CHOICE, formula, "Formula",
	    .missing = "Select the formula", .is_required = true,
	    .choices = formula_choices),
	SHARE(
	    wage, "Wage share", "Per cent of the rate; 0 by cost of the wage"),
	SHARE(price, "Price share",
	    "Per cent of the rate; 0 by cost of the wage"),
	SHARE(inflation, "Inflation", "Per cent; may be below 0, like -0.5"),
	FIELD(struct formula_form, FIELD_MONEY, cap_pence, "Cap (optional)",
	    .subject = "The cap", .hint = "The most that an hour rises by",
	    .minimum = 1, .maximum = WAGE_MOST_PENCE,
	    .has_offset = offsetof(struct formula_form, has_cap_pence)),
	FIELD_END,
};

static struct formula_line_list
uplift_lines(struct request *r)
{
	struct uplift_row_list rows = uplift_list(r->db, r->session.council_id);
	struct formula_line *line = arena_array(
	    r->arena, rows.count, sizeof(*line));

	for (size_t i = 0; i < rows.count; i++) {
		const struct uplift_row *row = &rows.row[i];
		const char *cap = row->has_cap_pence
		                      ? arena_printf(r->arena,
					    ", capped at %s an hour",
					    money(r, row->cap_pence))
		                      : "";

		line[i] = (struct formula_line) {
			row->id,
			day(r, row->starts_on),
			text_equal(row->formula, "shares")
			    ? arena_printf(r->arena,
				  "%s%% of the rate follows the wage, %s%% "
				  "inflation of %s%%%s",
				  share_text(r, row->wage_hundredths),
				  share_text(r, row->price_hundredths),
				  share_text(r, row->inflation_hundredths), cap)
			    : arena_printf(
				  r->arena, "What the wage costs%s", cap),
		};
	}
	return (struct formula_line_list) { line, rows.count };
}

static bool
uplift_keep(struct request *r, struct form *form, const void *values)
{
	const struct formula_form *uplift = values;
	int32_t wage = share_of(form, "wage", uplift->wage, false);
	int32_t price = share_of(form, "price", uplift->price, false);
	int32_t inflation = share_of(
	    form, "inflation", uplift->inflation, true);

	if (wage + price > HUNDRED * HUNDRED)
		form_error(form, "price",
		    "The two shares must not be more than the whole rate");
	return form_ok(form) &&
	       kept(form,
		   uplift_insert(r->db, r->session.council_id,
		       uplift->starts_on, uplift->formula, wage, price,
		       inflation,
		       uplift->has_cap_pence ? &uplift->cap_pence : NULL));
}

static bool
uplift_remove(struct request *r, int64_t id)
{
	return uplift_delete(r->db, r->session.council_id, id) == 1;
}

const struct formula_kind formula_uplifts = {
	"uplifts",
	"Yearly uplifts",
	"How a rate rises on a day.",
	"Add an uplift",
	uplift_fields,
	uplift_lines,
	uplift_keep,
	uplift_remove,
};

const struct formula_kind *const formula_kinds[] = {
	&formula_wages,
	&formula_costs,
	&formula_uplifts,
	NULL,
};
