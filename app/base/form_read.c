/*
 * What people typed, field by field, into the members of a struct, with a
 * message in plain words for whatever is wrong.
 */
#include "base/form_read.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"

enum {
	LINE_MAXIMUM = 200,
	TEXT_MAXIMUM = 4000,
	EMAIL_LONGEST = 254,
	PASSWORD_LONGEST = 1024, /* bytes */
	TELEPHONE_LONGEST = 40,
	CHOICE_MAXIMUM = 100, /* bytes */
	NUMBER_MAXIMUM = 1000000000,
	YEAR_LEAST = 1900,
	YEAR_MOST = 2199,
	INSTANT_YEAR_LEAST = 2000, /* 0, in 1970, is no instant */
};

/* The members of the struct that is being filled, by the field's offset. */
struct target {
	struct form *form;
	struct form_field *field;
	char *values;
};

static void *
member(const struct target *target)
{
	return target->values + target->field->field->offset;
}

static void
set_text(const struct target *target, const char *text)
{
	*(const char **)member(target) = text;
}

static void
set_has(const struct target *target, bool has)
{
	size_t offset = target->field->field->has_offset;

	if (offset != 0)
		*(bool *)(target->values + offset) = has;
}

/* Adds "<Subject> <what is wrong>". */
static void __attribute__((format(printf, 2, 3)))
complain(const struct target *target, const char *format, ...)
{
	const struct field *field = target->field->field;
	struct form *form = target->form;
	const char *rest;
	va_list args;

	va_start(args, format);
	rest = arena_vprintf(form->r->arena, format, args);
	va_end(args);
	form_error(form, field->name, "%s %s", form_subject(field), rest);
}

static void
require(const struct target *target)
{
	const struct field *field = target->field->field;

	if (field->is_required)
		form_error(target->form, field->name, "%s",
		    form_missing(target->form, field));
}

/* The tidied text of a field, or NULL when it is empty or has a message. */
static char *
text_read(const struct target *target)
{
	bool may_have_lines = target->field->field->kind == FIELD_TEXT;
	struct arena *arena = target->form->r->arena;
	char *text = form_text_normal(arena, target->field->value), *c;

	if (*text == '\0') {
		require(target);
		return NULL;
	}
	if (form_text_has_controls(text)) {
		complain(target, "must not include control characters");
		return NULL;
	}
	if (!may_have_lines && form_text_has_lines(text)) {
		complain(target, "must be on one line");
		return NULL;
	}
	for (c = text; !may_have_lines && *c != '\0'; c++)
		if (*c == '\t')
			*c = ' ';
	return text;
}

static bool
length_check(const struct target *target, const char *text, int64_t longest)
{
	const struct field *field = target->field->field;
	int64_t length = (int64_t)text_length(text);
	int64_t maximum = field->maximum > 0 ? field->maximum : longest;

	if (length > maximum)
		complain(
		    target, "must be %" PRId64 " characters or fewer", maximum);
	else if (length < field->minimum)
		complain(target, "must be %" PRId64 " characters or more",
		    field->minimum);
	else
		return true;
	return false;
}

/* As text_read, within the field's limits of length. */
static char *
limited_read(const struct target *target, int64_t longest)
{
	char *text = text_read(target);

	if (text == NULL || !length_check(target, text, longest))
		return NULL;
	return text;
}

static void
line_read(const struct target *target)
{
	int64_t longest = target->field->field->kind == FIELD_TEXT
	                      ? TEXT_MAXIMUM
	                      : LINE_MAXIMUM;
	const char *text = limited_read(target, longest);

	if (text != NULL)
		set_text(target, text);
}

/* Nobody types it, so there is nothing in it that a person could mend. */
static void
hidden_read(const struct target *target)
{
	const char *text = form_text_normal(
	    target->form->r->arena, target->field->value);

	if (*text == '\0')
		require(target);
	else if (form_text_has_controls(text) || form_text_has_lines(text) ||
		 text_length(text) > LINE_MAXIMUM)
		form_error(target->form, target->field->field->name,
		    "Part of this form is not as it was sent to you: open "
		    "the page again");
	else
		set_text(target, text);
}

static void
email_read(const struct target *target)
{
	const char *text = limited_read(target, EMAIL_LONGEST);

	if (text == NULL)
		return;
	if (!email_is_one(text)) {
		form_error(target->form, target->field->field->name,
		    "Enter an email address in the correct format, like "
		    "name@example.com");
		return;
	}
	set_text(target, text_lower(target->form->r->arena, text));
}

static void
telephone_read(const struct target *target)
{
	const char *text = limited_read(target, TELEPHONE_LONGEST);

	if (text == NULL)
		return;
	if (!telephone_is_one(text)) {
		form_error(target->form, target->field->field->name,
		    "Enter a telephone number, like 01632 960 001 or "
		    "+44 808 157 0192");
		return;
	}
	set_text(target, text);
}

static void
postcode_read(const struct target *target)
{
	struct form *form = target->form;
	const char *text = text_read(target);
	const char *postcode;

	if (text == NULL)
		return;
	if (!postcode_parse(form->r->arena, text, &postcode)) {
		form_error(form, target->field->field->name,
		    "Enter a full UK postcode, like AL1 1AA");
		return;
	}
	set_text(target, postcode);
}

static void
password_read(const struct target *target, const char *password)
{
	if (password == NULL || *password == '\0')
		require(target);
	else if (strlen(password) > PASSWORD_LONGEST)
		complain(
		    target, "must be %d characters or fewer", PASSWORD_LONGEST);
	else if (length_check(target, password, PASSWORD_LONGEST))
		set_text(target, password);
}

/* A limit as it is typed and read: "12", "£14.17", "1.5 hours". */
static const char *
limit_text(const struct target *target, int64_t limit)
{
	struct request *r = target->form->r;

	switch (target->field->field->kind) {
	case FIELD_MONEY:
		return money(r, limit);
	case FIELD_HOURS:
		return arena_printf(r->arena, "%s hour%s", hours_text(r, limit),
		    limit == 60 ? "" : "s");
	default:
		return arena_printf(r->arena, "%" PRId64, limit);
	}
}

static void
number_keep(const struct target *target, int64_t number, int64_t most)
{
	const struct field *field = target->field->field;

	if (field->maximum != 0)
		most = field->maximum;
	if (number < field->minimum) {
		complain(target, "must be %s or more",
		    limit_text(target, field->minimum));
	} else if (number > most) {
		complain(
		    target, "must be %s or less", limit_text(target, most));
	} else {
		*(int64_t *)member(target) = number;
		set_has(target, true);
	}
}

static void
number_read(const struct target *target)
{
	const char *text = text_read(target);
	int64_t number;

	if (text == NULL)
		return;
	switch (target->field->field->kind) {
	case FIELD_MONEY:
		if (money_parse(text, &number))
			number_keep(target, number, INT64_MAX);
		else
			complain(target, "must be an amount, like 14.17");
		return;
	case FIELD_HOURS:
		if (hours_parse(text, &number))
			number_keep(target, number, INT64_MAX);
		else
			complain(target, "must be hours, like 7.5");
		return;
	default:
		if (text_to_int64(text, INT64_MIN, INT64_MAX, &number))
			number_keep(target, number, NUMBER_MAXIMUM);
		else
			complain(target, "must be a whole number, like 12");
	}
}

static void
time_read(const struct target *target)
{
	const char *text = text_read(target);
	int32_t minutes;

	if (text == NULL)
		return;
	if (!time_parse(text, &minutes)) {
		complain(target, "must be a time, like 2:30pm");
		return;
	}
	*(int32_t *)member(target) = minutes;
	set_has(target, true);
}

/* Complains of the parts of a date that are empty; false when there are. */
static bool
date_is_whole(
    const struct target *target, bool day, bool month, bool year, bool time)
{
	const char *absent[4];
	size_t count = 0;

	if (!day)
		absent[count++] = "day";
	if (!month)
		absent[count++] = "month";
	if (!year)
		absent[count++] = "year";
	if (!time)
		absent[count++] = "time";
	if (count == 1)
		complain(target, "must include a %s", absent[0]);
	else if (count == 2)
		complain(
		    target, "must include a %s and %s", absent[0], absent[1]);
	else if (count == 3)
		complain(target, "must include a %s, %s and %s", absent[0],
		    absent[1], absent[2]);
	return count == 0;
}

/* The date of the three parts; false when there is none or a message. */
static bool
date_parts_read(const struct target *target, int32_t *date)
{
	struct arena *arena = target->form->r->arena;
	const char *day_text = form_text_normal(arena, target->field->day);
	const char *month_text = form_text_normal(arena, target->field->month);
	const char *year_text = form_text_normal(arena, target->field->year);
	bool has_time = target->field->field->kind != FIELD_INSTANT ||
	                form_text_is_filled(target->field->time);
	int64_t day_of_month, month, year;

	if (!date_is_whole(target, *day_text != '\0', *month_text != '\0',
		*year_text != '\0', has_time))
		return false;
	if (!text_to_int64(day_text, 1, 31, &day_of_month) ||
	    !month_parse(month_text, &month) ||
	    !text_to_int64(year_text, 0, INT32_MAX, &year)) {
		complain(target, "must be a real date");
		return false;
	}
	if (strlen(year_text) != 4) {
		complain(target, "must include a year with 4 numbers");
		return false;
	}
	if (year < YEAR_LEAST || year > YEAR_MOST ||
	    !date_from(
		(int32_t)year, (int32_t)month, (int32_t)day_of_month, date)) {
		complain(target, "must be a real date");
		return false;
	}
	return true;
}

static void
date_read(const struct target *target)
{
	const struct form_field *field = target->field;
	int32_t date;

	if (!form_text_is_filled(field->day) &&
	    !form_text_is_filled(field->month) &&
	    !form_text_is_filled(field->year)) {
		require(target);
	} else if (date_parts_read(target, &date)) {
		*(int32_t *)member(target) = date;
		set_has(target, true);
	}
}

static void
instant_read(const struct target *target)
{
	const struct form_field *field = target->field;
	struct form *form = target->form;
	int32_t date, minutes, year, month, day_of_month;
	int64_t instant;

	if (!form_text_is_filled(field->day) &&
	    !form_text_is_filled(field->month) &&
	    !form_text_is_filled(field->year) &&
	    !form_text_is_filled(field->time)) {
		require(target);
		return;
	}
	if (!date_parts_read(target, &date))
		return;
	date_split(date, &year, &month, &day_of_month);
	if (year < INSTANT_YEAR_LEAST) {
		complain(target, "must be in %d or later", INSTANT_YEAR_LEAST);
		return;
	}
	if (!time_parse(
		form_text_normal(form->r->arena, field->time), &minutes)) {
		complain(target, "must include a time, like 2:30pm");
		return;
	}
	switch (clock_instant(date, minutes / 60, minutes % 60, &instant)) {
	case CLOCK_FINE:
		*(int64_t *)member(target) = instant;
		set_has(target, true);
		return;
	case CLOCK_GAP:
		form_error(form, field->field->name,
		    "The clocks go forward at that time: enter another time");
		return;
	case CLOCK_TWICE:
		form_error(form, field->field->name,
		    "The clocks go back at that time, so it comes twice: "
		    "enter another time");
		return;
	case CLOCK_NO_SUCH_DATE:
		complain(target, "must be a real date");
		return;
	}
}

/*
 * Whether a value may have been picked. Without choices yet, anything short
 * may be: form_check_choice looks again when they are known.
 */
static bool
choice_fits(const struct target *target, const char *value)
{
	if (target->field->choices.row != NULL)
		return form_has_choice(target->field->choices, value);
	return strlen(value) <= CHOICE_MAXIMUM &&
	       !form_text_has_controls(value) && !form_text_has_lines(value);
}

static void
refuse_choice(const struct target *target)
{
	const struct field *field = target->field->field;

	form_error(
	    target->form, field->name, "%s", form_missing(target->form, field));
}

static void
choice_read(const struct target *target)
{
	const char *value = target->field->value;

	if (*value == '\0')
		require(target);
	else if (choice_fits(target, value))
		set_text(target, value);
	else
		refuse_choice(target);
}

static void
choices_read(const struct target *target)
{
	struct text_list raw = target->field->values;
	struct text_list picked = { NULL, 0 };
	const char **rows;
	size_t i;

	rows = arena_array(target->form->r->arena, raw.count, sizeof(*rows));
	picked.row = rows;
	for (i = 0; i < raw.count; i++) {
		const char *value = raw.row[i];

		if (*value == '\0' || text_list_has(picked, value))
			continue;
		if (!choice_fits(target, value)) {
			refuse_choice(target);
			return;
		}
		rows[picked.count++] = value;
	}
	if (picked.count == 0)
		require(target);
	else
		*(struct text_list *)member(target) = picked;
}

static void
tick_read(const struct target *target)
{
	const char *value = target->field->value;

	if (*value == '\0')
		require(target);
	else if (strcmp(value, "yes") == 0)
		*(bool *)member(target) = true;
	else
		refuse_choice(target);
}

/* Empties the member, so that what is not good is never what was there. */
static void
member_clear(const struct target *target)
{
	set_has(target, false);
	switch (target->field->field->kind) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_HOURS:
	case FIELD_INSTANT:
		*(int64_t *)member(target) = 0;
		return;
	case FIELD_DATE:
	case FIELD_TIME:
		*(int32_t *)member(target) = 0;
		return;
	case FIELD_CHOICES:
		*(struct text_list *)member(
		    target) = (struct text_list) { NULL, 0 };
		return;
	case FIELD_TICK:
		*(bool *)member(target) = false;
		return;
	default:
		set_text(target, "");
	}
}

void
form_field_read(struct form *form, struct form_field *field,
    const char *password, void *values)
{
	struct target target = { form, field, values };

	member_clear(&target);
	if (field->error != NULL)
		return;
	switch (field->field->kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
		line_read(&target);
		return;
	case FIELD_HIDDEN:
		hidden_read(&target);
		return;
	case FIELD_EMAIL:
		email_read(&target);
		return;
	case FIELD_PASSWORD:
		password_read(&target, password);
		return;
	case FIELD_TELEPHONE:
		telephone_read(&target);
		return;
	case FIELD_POSTCODE:
		postcode_read(&target);
		return;
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_HOURS:
		number_read(&target);
		return;
	case FIELD_TIME:
		time_read(&target);
		return;
	case FIELD_DATE:
		date_read(&target);
		return;
	case FIELD_INSTANT:
		instant_read(&target);
		return;
	case FIELD_CHOICE:
		choice_read(&target);
		return;
	case FIELD_CHOICES:
		choices_read(&target);
		return;
	case FIELD_TICK:
		tick_read(&target);
		return;
	}
}
