/*
 * Forms from tables of fields: filled from a struct, from what was posted or
 * from what a sign-in had parked. What typed text means is in form_read.c.
 */
#include "base/form.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form_read.h"
#include "base/money.h"
#include "base/secret.h"

enum { ONCE_SIZE = 16 };

const char *
form_once(struct request *r)
{
	unsigned char random[ONCE_SIZE];

	secret_random(random, sizeof(random));
	return text_hex(r->arena, random, sizeof(random));
}

static bool
is_once(const char *text)
{
	return text != NULL && strlen(text) == 2 * ONCE_SIZE &&
	       strspn(text, "0123456789abcdef") == 2 * ONCE_SIZE;
}

const char *
form_subject(const struct field *field)
{
	if (field->subject != NULL)
		return field->subject;
	return field->label != NULL ? field->label : field->name;
}

/* "Start date" is "start date" inside of a sentence, "NHS number" stays. */
static const char *
subject_inside(struct form *form, const struct field *field)
{
	const char *subject = form_subject(field);
	char *inside = arena_strdup(form->r->arena, subject);

	if (subject[0] >= 'A' && subject[0] <= 'Z' && subject[1] >= 'a' &&
	    subject[1] <= 'z')
		inside[0] = (char)(subject[0] - 'A' + 'a');
	return inside;
}

const char *
form_missing(struct form *form, const struct field *field)
{
	bool is_picked = field->kind == FIELD_CHOICE ||
	                 field->kind == FIELD_CHOICES ||
	                 field->kind == FIELD_TICK;

	if (field->missing != NULL)
		return field->missing;
	return arena_printf(form->r->arena, "%s %s",
	    is_picked ? "Select" : "Enter", subject_inside(form, field));
}

static struct choice_list
choices_of(const struct field *field)
{
	struct choice_list list = { .row = field->choices };

	if (list.row != NULL)
		while (list.row[list.count].value != NULL)
			list.count++;
	return list;
}

/* Whether an answer of 0 would be taken for no answer. */
static bool
is_ambiguous(const struct field *field)
{
	if (field->has_offset != 0)
		return false;
	switch (field->kind) {
	case FIELD_TIME:
		return true;
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_HOURS:
		return field->minimum <= 0;
	default:
		return false;
	}
}

static struct form *
form_new(struct request *r, const struct field *table)
{
	struct form *form = arena_alloc(r->arena, sizeof(*form));
	size_t i;

	form->r = r;
	for (; table[form->count].name != NULL; form->count++)
		if (is_ambiguous(&table[form->count])) {
			fprintf(stderr, "form: %s needs a has_ or a minimum\n",
			    table[form->count].name);
			abort();
		}
	form->fields = arena_array(
	    r->arena, form->count, sizeof(*form->fields));
	for (i = 0; i < form->count; i++)
		form->fields[i] = (struct form_field) {
			.field = &table[i],
			.value = "",
			.day = "",
			.month = "",
			.year = "",
			.time = "",
			.choices = choices_of(&table[i]),
		};
	return form;
}

static bool
has_parts(const struct field *field)
{
	return field->kind == FIELD_DATE || field->kind == FIELD_INSTANT;
}

/* The first of the values posted under "name" or "name-part". */
static const char *
raw_find(struct form *form, struct pair_list pairs, const struct field *field,
    const char *part, size_t *count)
{
	const char *found = "", *name = field->name;
	size_t i;

	if (part != NULL)
		name = arena_printf(form->r->arena, "%s-%s", name, part);
	for (i = 0; i < pairs.count; i++)
		if (strcmp(pairs.row[i].name, name) == 0 && (*count)++ == 0)
			found = pairs.row[i].value;
	return found;
}

static struct text_list
raw_list(struct form *form, struct pair_list pairs, const struct field *field)
{
	const char **rows;
	struct text_list list = { NULL, 0 };
	size_t i;

	rows = arena_array(form->r->arena, pairs.count, sizeof(*rows));
	for (i = 0; i < pairs.count; i++)
		if (strcmp(pairs.row[i].name, field->name) == 0)
			rows[list.count++] = pairs.row[i].value;
	list.row = rows;
	return list;
}

/*
 * Keeps what was sent of one field, but never a password. Gives the largest
 * number of times that a name was sent, to be 1 of everything but a list.
 */
static size_t
field_keep(struct form *form, struct form_field *kept, struct pair_list pairs)
{
	size_t value = 0, day = 0, month = 0, year = 0, time = 0, most;
	const struct field *field = kept->field;

	if (field->kind == FIELD_CHOICES) {
		kept->values = raw_list(form, pairs, field);
		return kept->values.count > 0 ? 1 : 0;
	}
	if (!has_parts(field)) {
		const char *raw = raw_find(form, pairs, field, NULL, &value);

		if (field->kind != FIELD_PASSWORD)
			kept->value = raw;
		return value;
	}
	kept->day = raw_find(form, pairs, field, "day", &day);
	kept->month = raw_find(form, pairs, field, "month", &month);
	kept->year = raw_find(form, pairs, field, "year", &year);
	if (field->kind == FIELD_INSTANT)
		kept->time = raw_find(form, pairs, field, "time", &time);
	most = day > month ? day : month;
	most = most > year ? most : year;
	return most > time ? most : time;
}

struct form *
form_read(struct request *r, const struct field *table, void *values)
{
	struct form *form = form_new(r, table);
	const char *once = request_field(r, "once");
	size_t i;

	form->once = is_once(once) ? once : form_once(r);
	for (i = 0; i < form->count; i++) {
		struct form_field *field = &form->fields[i];
		const char *password = NULL;
		size_t times = field_keep(form, field, r->fields);

		if (field->field->kind == FIELD_PASSWORD)
			password = request_field(r, field->field->name);
		if (times > 1)
			form_error(form, field->field->name,
			    "%s must be sent only once",
			    form_subject(field->field));
		form_field_read(form, field, password, values);
	}
	return form;
}

/* Whether a number of 0 was given, or is only the absence of one. */
static bool
is_given(const struct field *field, const void *values, int64_t number)
{
	if (field->has_offset == 0)
		return number != 0;
	return *(const bool *)((const char *)values + field->has_offset);
}

static void
date_show(struct form_field *shown, struct arena *arena, int32_t date)
{
	int32_t year, month, day_of_month;

	date_split(date, &year, &month, &day_of_month);
	shown->day = arena_printf(arena, "%" PRId32, day_of_month);
	shown->month = arena_printf(arena, "%" PRId32, month);
	shown->year = arena_printf(arena, "%" PRId32, year);
}

static void
instant_show(struct form *form, struct form_field *shown, int64_t instant)
{
	struct local_time local = clock_local(instant);

	date_show(shown, form->r->arena, clock_local_date(instant));
	shown->time = time_of_day(form->r, local.hour * 60 + local.minute);
}

static void
number_show(struct form *form, struct form_field *shown, const void *values,
    int64_t number)
{
	const struct field *field = shown->field;
	struct request *r = form->r;

	if (!is_given(field, values, number))
		return;
	if (field->kind == FIELD_HOURS)
		shown->value = hours_text(r, number);
	else if (field->kind == FIELD_TIME)
		shown->value = time_of_day(r, (int32_t)number);
	else if (field->kind == FIELD_MONEY)
		shown->value = money_plain(r, number);
	else
		shown->value = arena_printf(r->arena, "%" PRId64, number);
}

static void
field_show(struct form *form, struct form_field *shown, const void *values)
{
	const struct field *field = shown->field;
	const void *member = (const char *)values + field->offset;

	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_EMAIL:
	case FIELD_TELEPHONE:
	case FIELD_POSTCODE:
	case FIELD_CHOICE:
	case FIELD_HIDDEN:
		if (*(const char *const *)member != NULL)
			shown->value = *(const char *const *)member;
		return;
	case FIELD_PASSWORD:
		return;
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_HOURS:
		number_show(form, shown, values, *(const int64_t *)member);
		return;
	case FIELD_TIME:
		number_show(form, shown, values, *(const int32_t *)member);
		return;
	case FIELD_DATE:
		if (is_given(field, values, *(const int32_t *)member))
			date_show(
			    shown, form->r->arena, *(const int32_t *)member);
		return;
	case FIELD_INSTANT:
		if (is_given(field, values, *(const int64_t *)member))
			instant_show(form, shown, *(const int64_t *)member);
		return;
	case FIELD_CHOICES:
		shown->values = *(const struct text_list *)member;
		return;
	case FIELD_TICK:
		shown->value = *(const bool *)member ? "yes" : "";
		return;
	}
}

struct form *
form_show(struct request *r, const struct field *table, const void *values)
{
	struct form *form = form_new(r, table);
	size_t i, parked = 0;

	form->once = form_once(r);
	for (i = 0; i < form->count; i++)
		parked += field_keep(form, &form->fields[i], r->parked);
	if (parked > 0 || values == NULL)
		return form;
	for (i = 0; i < form->count; i++)
		field_show(form, &form->fields[i], values);
	return form;
}

struct form_field *
form_field(const struct form *form, const char *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].field->name, name) == 0)
			return &form->fields[i];
	fprintf(stderr, "form: there is no field %s\n", name);
	abort();
}

void
form_choices(struct form *form, const char *name, struct choice_list choices)
{
	form_field(form, name)->choices = choices;
}

bool
form_has_choice(struct choice_list choices, const char *value)
{
	size_t i;

	for (i = 0; i < choices.count; i++)
		if (strcmp(choices.row[i].value, value) == 0)
			return true;
	return false;
}

void
form_check_choice(struct form *form, const char *name)
{
	struct form_field *field = form_field(form, name);
	bool is_known = *field->value == '\0' ||
	                form_has_choice(field->choices, field->value);
	size_t i;

	for (i = 0; i < field->values.count; i++)
		if (*field->values.row[i] != '\0' &&
		    !form_has_choice(field->choices, field->values.row[i]))
			is_known = false;
	if (!is_known)
		form_error(form, name, "%s", form_missing(form, field->field));
}

void
form_error(struct form *form, const char *name, const char *format, ...)
{
	struct form_field *field = form_field(form, name);
	va_list args;

	if (field->error != NULL)
		return;
	va_start(args, format);
	field->error = arena_vprintf(form->r->arena, format, args);
	va_end(args);
	form->error_count++;
}

void
form_ignore(struct form *form, const char *name)
{
	struct form_field *field = form_field(form, name);

	if (field->error == NULL)
		return;
	field->error = NULL;
	form->error_count--;
}

bool
form_ok(const struct form *form)
{
	return form->error_count == 0;
}

const char *
form_revision_text(struct request *r, int32_t revision)
{
	return arena_printf(r->arena, "%" PRId32, revision);
}

int32_t
form_revision(const char *posted)
{
	int64_t revision = 0;

	if (posted != NULL)
		text_to_int64(posted, 1, INT32_MAX, &revision);
	return (int32_t)revision;
}

void
form_revision_renew(struct form *form, int32_t revision)
{
	form_field(form, "revision")->value = form_revision_text(
	    form->r, revision);
}
