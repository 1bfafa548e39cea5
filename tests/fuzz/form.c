/*
 * Form bodies through the decoder and every kind of field. What is decoded
 * is the same after encoding it again; what is read without a message is
 * read the same after it was shown.
 */
#include "fuzz.h"

#include <string.h>

#include "base/form.h"
#include "base/html.h"

struct every {
	const char *line, *text, *email, *password, *phone, *postcode;
	int64_t number, money, hours;
	int32_t date, time;
	int64_t instant;
	const char *choice;
	struct text_list choices;
	bool tick;
	const char *hidden;
	bool has_number, has_money, has_hours, has_time;
};

static const struct choice picks[] = {
	{ "a", "A", NULL },
	{ "b", "B", NULL },
	{ NULL, NULL, NULL },
};

#define HAS(member) .has_offset = offsetof(struct every, has_##member)

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct every, FIELD_LINE, line, "Line", .maximum = 50),
	FIELD(struct every, FIELD_TEXT, text, "Text"),
	FIELD(struct every, FIELD_EMAIL, email, "Email"),
	FIELD(struct every, FIELD_PASSWORD, password, "Password", .minimum = 2),
	FIELD(struct every, FIELD_TELEPHONE, phone, "Phone"),
	FIELD(struct every, FIELD_POSTCODE, postcode, "Postcode"),
	FIELD(struct every, FIELD_NUMBER, number, "Number", .minimum = -9,
	    HAS(number)),
	FIELD(struct every, FIELD_MONEY, money, "Money", HAS(money)),
	FIELD(struct every, FIELD_HOURS, hours, "Hours", HAS(hours)),
	FIELD(struct every, FIELD_DATE, date, "Date", .is_required = true),
	FIELD(struct every, FIELD_TIME, time, "Time", HAS(time)),
	FIELD(struct every, FIELD_INSTANT, instant, "Instant"),
	FIELD(struct every, FIELD_CHOICE, choice, "Choice"),
	FIELD(struct every, FIELD_CHOICES, choices, "Choices",
	    .choices = picks),
	FIELD(struct every, FIELD_TICK, tick, "Tick"),
	FIELD(struct every, FIELD_HIDDEN, hidden, NULL),
	FIELD_END
};
/* clang-format on */

static void
check_encoding(struct request *r, struct pair_list pairs)
{
	struct buffer body = buffer_new(r->arena, 256, 1 << 26);
	struct pair_list again;
	size_t i;

	for (i = 0; i < pairs.count; i++)
		buffer_printf(&body, "&%s=%s", url_encode(r, pairs.row[i].name),
		    url_encode(r, pairs.row[i].value));
	ENSURE(form_decode(r->arena, body.data, body.length, &again));
	ENSURE(again.count == pairs.count);
	for (i = 0; i < pairs.count; i++) {
		ENSURE(strcmp(again.row[i].name, pairs.row[i].name) == 0);
		ENSURE(strcmp(again.row[i].value, pairs.row[i].value) == 0);
	}
}

/* Sends what is shown of each single field and part. */
static void
send_shown(struct request *r, const struct form *form)
{
	struct pair *rows = arena_array(r->arena, 500, sizeof(*rows));
	size_t i, j, count = 0;

	for (i = 0; i < form->count; i++) {
		const struct form_field *f = &form->fields[i];
		const char *name = f->field->name;
		const char *const parts[][2] = { { "day", f->day },
			{ "month", f->month }, { "year", f->year },
			{ "time", f->time } };

		if (f->field->kind == FIELD_CHOICES) {
			for (j = 0; j < f->values.count; j++)
				rows[count++] = (struct pair) { name,
					f->values.row[j] };
			continue;
		}
		rows[count++] = (struct pair) { name, f->value };
		for (j = 0; j < 4; j++)
			rows[count++] = (struct pair) { arena_printf(r->arena,
							    "%s-%s", name,
							    parts[j][0]),
				parts[j][1] };
	}
	r->fields = (struct pair_list) { rows, count };
}

static void
check_showing(struct request *r, const struct every *good)
{
	struct every again;

	send_shown(r, form_show(r, fields, good));
	ENSURE(form_ok(form_read(r, fields, &again)));
	ENSURE(strcmp(again.line, good->line) == 0);
	ENSURE(strcmp(again.text, good->text) == 0);
	ENSURE(strcmp(again.email, good->email) == 0);
	ENSURE(strcmp(again.phone, good->phone) == 0);
	ENSURE(strcmp(again.postcode, good->postcode) == 0);
	ENSURE(again.number == good->number);
	ENSURE(again.money == good->money);
	ENSURE(again.hours == good->hours);
	ENSURE(again.date == good->date);
	ENSURE(again.time == good->time && again.has_time == good->has_time);
	ENSURE(again.instant == good->instant);
	ENSURE(strcmp(again.choice, good->choice) == 0);
	ENSURE(again.choices.count == good->choices.count);
	ENSURE(again.tick == good->tick);
	ENSURE(strcmp(again.hidden, good->hidden) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct request r = { .arena = fuzz_arena() };
	static const struct choice_list list = { picks, 2 };
	struct every values;
	struct form *form;

	if (!form_decode(r.arena, (const char *)data, size, &r.fields))
		return 0;
	check_encoding(&r, r.fields);
	r.parked = r.fields;
	ENSURE(form_ok(form_show(&r, fields, NULL)));
	r.parked = (struct pair_list) { NULL, 0 };
	form = form_read(&r, fields, &values);
	form_choices(form, "choice", list);
	form_check_choice(form, "choice");
	if (form_ok(form) && values.date != 0)
		check_showing(&r, &values);
	return 0;
}
