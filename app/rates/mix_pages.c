/* What an hour costs on average by a card, of a mix of calls. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/money.h"
#include "base/request.h"
#include "matching/mix.h"
#include "rates/card_write.h"
#include "rates/price_views.h"
#include "rates/rates_pages.h"
#include "rates/reading.h"
#include "templates.h"

enum { MIX_CALLS = 8, CALLS_MOST = 100000000 };

struct mix_form {
	int32_t on;
	int64_t hourly_pence;
	bool has_hourly_pence;
	const char *of;
	const char *length[MIX_CALLS];
	int64_t count[MIX_CALLS];
	bool has_count[MIX_CALLS];
};

static const struct choice of_choices[] = {
	{ "calls", "Calls", "All that is paid over all the time" },
	{ "time", "Shares of the time",
	    "The mean of the hourly rates over the time" },
	{ NULL, NULL, NULL },
};

#define CALL(number)                                                           \
	{ .kind = FIELD_LINE,                                                  \
		.name = "length_" #number,                                     \
		.label = "Length " #number,                                    \
		.maximum = 7,                                                  \
		.offset = offsetof(struct mix_form, length[(number)-1]) },     \
	{                                                                      \
		.kind = FIELD_NUMBER, .name = "count_" #number,                \
		.label = "How many of length " #number, .minimum = 0,          \
		.maximum = CALLS_MOST,                                         \
		.offset = offsetof(struct mix_form, count[(number)-1]),        \
		.has_offset = offsetof(struct mix_form, has_count[(number)-1]) \
	}

static const struct field mix_fields[] = {
	FIELD(struct mix_form, FIELD_DATE, on, "On which day?",
	    .subject = "The day", .hint = "For example, 26 12 2026",
	    .missing = "Enter the day", .is_required = true),
	FIELD(struct mix_form, FIELD_MONEY, hourly_pence,
	    "Another hourly rate (optional)", .subject = "The hourly rate",
	    .hint = "Instead of the card’s own, or where it has none",
	    .minimum = 1, .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct mix_form, has_hourly_pence)),
	FIELD(struct mix_form, FIELD_CHOICE, of, "What are the numbers?",
	    .missing = "Select what the numbers are", .is_required = true,
	    .choices = of_choices),
	CALL(1), CALL(2), CALL(3), CALL(4), CALL(5), CALL(6), CALL(7), CALL(8),
	FIELD_END
};

static struct mix_field_list
call_fields(struct request *r)
{
	struct mix_field *row = arena_array(r->arena, MIX_CALLS, sizeof(*row));

	for (size_t i = 0; i < MIX_CALLS; i++)
		row[i] = (struct mix_field) {
			arena_printf(r->arena, "length_%zu", i + 1),
			arena_printf(r->arena, "count_%zu", i + 1),
		};
	return (struct mix_field_list) { row, MIX_CALLS };
}

/* The calls that are filled in, with messages for those that are half so. */
static size_t
calls_read(const struct mix_view *view, struct form *form,
    const struct mix_form *values, struct price_call *calls)
{
	size_t count = 0;

	for (size_t i = 0; i < MIX_CALLS; i++) {
		int32_t seconds = 0;

		if (*values->length[i] == '\0') {
			if (values->has_count[i])
				form_error(form, view->fields.row[i].length,
				    "Enter the length of these calls");
			continue;
		}
		if (!reading_length(values->length[i], &seconds) ||
		    seconds == 0 || seconds > RATE_VISIT_SECONDS)
			form_error(form, view->fields.row[i].length,
			    "Length %zu must be minutes, like 30 or 20:59",
			    i + 1);
		if (!values->has_count[i])
			form_error(form, view->fields.row[i].count,
			    "Enter how many calls of length %zu there are",
			    i + 1);
		calls[count++] = (struct price_call) { seconds,
			values->count[i] };
	}
	if (count == 0)
		form_error(form, "length_1", "Enter the length of the calls");
	return count;
}

static void
mix_fill(struct request *r, struct mix_view *view,
    const struct mix_form *values, const struct price_card *card,
    const struct price_call *calls, size_t count)
{
	bool is_time = text_equal(values->of, "time");
	struct mix_line *line = arena_array(r->arena, count, sizeof(*line));

	for (size_t i = 0; i < count; i++) {
		struct price_early early = price_early(
		    r->arena, card, calls[i].seconds);

		line[i] = (struct mix_line) {
			rate_length(r->arena, (int32_t)calls[i].seconds),
			text_number(r->arena, calls[i].count),
			money(r, early.pence),
			money(r, early.hourly_pence),
			early.pays ? early.text : "No",
		};
	}
	view->lines = (struct mix_line_list) { line, count };
	view->average = money(
	    r, is_time ? price_mix_hourly_by_time(card, calls, count)
		       : price_mix_hourly(card, calls, count));
}

/* The card's bands at the rate that counts, which may be 0. */
static struct price_card
card_of(const struct rate_view *view, const struct mix_form *values)
{
	struct price_card card = { .hourly_pence = 0 };

	if (view->version != NULL)
		card = rate_view_card(view)->base;
	if (values->has_hourly_pence)
		card.hourly_pence = values->hourly_pence;
	return card;
}

static struct form *
mix_blank(struct request *r)
{
	struct mix_form values = { .on = rate_today(r), .of = "calls" };

	for (size_t i = 0; i < MIX_CALLS; i++)
		values.length[i] = "";
	return form_show(r, mix_fields, &values);
}

static struct reply
mix_page(struct request *r, const struct mix_view *view)
{
	render_rates_mix(r, view);
	return reply_page(
	    r, form_ok(view->form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}

/* GET /rates/:reference/mix */
struct reply
rate_mix_show(struct request *r)
{
	struct mix_form values = { .of = "" };
	struct price_call calls[MIX_CALLS];
	bool is_asked = request_query(r, "length_1") != NULL;
	struct rate_view card;
	struct mix_view view = { .card = &card, .fields = call_fields(r) };
	struct price_card priced;
	struct form *form;
	size_t count;

	r->fields = r->query;
	form = is_asked ? form_read(r, mix_fields, &values) : mix_blank(r);
	card = rate_view_on(
	    r, is_asked && values.on != 0 ? values.on : rate_today(r));
	if (card.card == NULL)
		return reply_not_found(r);
	view.form = form;
	if (!is_asked)
		return mix_page(r, &view);
	count = calls_read(&view, form, &values, calls);
	priced = card_of(&card, &values);
	if (card.version == NULL && values.on != 0)
		form_error(form, "on",
		    "No version of this card is in force on that day");
	if (priced.hourly_pence == 0)
		form_error(form, "hourly_pence",
		    "Enter an hourly rate: the card has none of its own");
	if (form_ok(form))
		mix_fill(r, &view, &values, &priced, calls, count);
	return mix_page(r, &view);
}
