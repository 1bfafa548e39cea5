/*
 * Showing forms: values become what a person would type, a parked form comes
 * back by itself, and what is shown can be sent again unchanged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"

struct visit {
	const char *name;
	const char *email;
	const char *password;
	int64_t carers;
	int64_t pets;
	bool has_pets;
	int64_t rate_pence;
	int64_t weekly_minutes;
	int32_t starts_on;
	int32_t born_on;
	int32_t earliest;
	bool has_earliest;
	int64_t reply_by;
	const char *area;
	struct text_list languages;
	bool agrees;
};

static const struct choice areas[] = {
	{ "dacorum", "Dacorum", NULL },
	{ "hertsmere", "Hertsmere", "Borehamwood and around" },
	{ NULL, NULL, NULL },
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct visit, FIELD_LINE, name, "Full name"),
	FIELD(struct visit, FIELD_EMAIL, email, "Email address"),
	FIELD(struct visit, FIELD_PASSWORD, password, "Password"),
	FIELD(struct visit, FIELD_NUMBER, carers, "Carers", .minimum = 1),
	FIELD(struct visit, FIELD_NUMBER, pets, "Pets",
	    .has_offset = offsetof(struct visit, has_pets)),
	FIELD(struct visit, FIELD_MONEY, rate_pence, "Hourly rate",
	    .minimum = 1),
	FIELD(struct visit, FIELD_HOURS, weekly_minutes, "Weekly hours",
	    .minimum = 1),
	FIELD(struct visit, FIELD_DATE, starts_on, "Start date"),
	FIELD(struct visit, FIELD_DATE, born_on, "Date of birth"),
	FIELD(struct visit, FIELD_TIME, earliest, "Earliest start",
	    .has_offset = offsetof(struct visit, has_earliest)),
	FIELD(struct visit, FIELD_INSTANT, reply_by, "Reply time"),
	FIELD(struct visit, FIELD_CHOICE, area, "Area", .choices = areas),
	FIELD(struct visit, FIELD_CHOICES, languages, "Languages"),
	FIELD(struct visit, FIELD_TICK, agrees, "I agree"),
	FIELD_END
};
/* clang-format on */

static const char *const spoken[] = { "en", "cy" };

static struct request r;

static int
setup(void **state)
{
	(void)state;
	r = (struct request) { .arena = arena_new(1 << 20) };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(r.arena);
	return 0;
}

static struct visit
full_visit(void)
{
	struct visit visit = {
		.name = "Ada <B>",
		.email = "ada@example.com",
		.password = "secret",
		.carers = 2,
		.has_pets = true,
		.rate_pence = 123450,
		.weekly_minutes = 645,
		.earliest = 0,
		.has_earliest = true,
		.area = "hertsmere",
		.languages = { spoken, 2 },
		.agrees = true,
	};

	assert_true(date_from(2026, 12, 3, &visit.starts_on));
	assert_true(date_from(1970, 1, 1, &visit.born_on));
	assert_int_equal(
	    clock_instant(visit.starts_on, 14, 30, &visit.reply_by),
	    CLOCK_FINE);
	return visit;
}

static const char *
shown(const struct form *form, const char *name)
{
	return form_field(form, name)->value;
}

static void
test_empty(void **state)
{
	struct form *form = form_show(&r, fields, NULL);
	size_t i;

	(void)state;
	assert_true(form_ok(form));
	assert_int_equal(strlen(form->once), 32);
	for (i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];

		assert_string_equal(field->value, "");
		assert_string_equal(field->day, "");
		assert_string_equal(field->month, "");
		assert_string_equal(field->year, "");
		assert_string_equal(field->time, "");
		assert_int_equal(field->values.count, 0);
		assert_null(field->error);
	}
	assert_int_equal(form_field(form, "area")->choices.count, 2);
	assert_int_equal(form_field(form, "languages")->choices.count, 0);
}

static void
test_values(void **state)
{
	struct visit visit = full_visit();
	struct form *form = form_show(&r, fields, &visit);

	(void)state;
	assert_string_equal(shown(form, "name"), "Ada <B>");
	assert_string_equal(shown(form, "email"), "ada@example.com");
	assert_string_equal(shown(form, "password"), "");
	assert_string_equal(shown(form, "carers"), "2");
	assert_string_equal(shown(form, "pets"), "0");
	assert_string_equal(shown(form, "rate_pence"), "1234.50");
	assert_string_equal(shown(form, "weekly_minutes"), "10.75");
	assert_string_equal(form_field(form, "starts_on")->day, "3");
	assert_string_equal(form_field(form, "starts_on")->month, "12");
	assert_string_equal(form_field(form, "starts_on")->year, "2026");
	assert_string_equal(form_field(form, "born_on")->year, "1970");
	assert_string_equal(shown(form, "earliest"), "midnight");
	assert_string_equal(form_field(form, "reply_by")->day, "3");
	assert_string_equal(form_field(form, "reply_by")->time, "2:30pm");
	assert_string_equal(shown(form, "area"), "hertsmere");
	assert_int_equal(form_field(form, "languages")->values.count, 2);
	assert_string_equal(shown(form, "agrees"), "yes");
}

static void
test_absent_values(void **state)
{
	struct visit visit = { .name = NULL };
	struct form *form = form_show(&r, fields, &visit);

	(void)state;
	assert_string_equal(shown(form, "name"), "");
	assert_string_equal(shown(form, "carers"), "");
	assert_string_equal(shown(form, "pets"), "");
	assert_string_equal(shown(form, "rate_pence"), "");
	assert_string_equal(shown(form, "weekly_minutes"), "");
	assert_string_equal(form_field(form, "starts_on")->year, "");
	assert_string_equal(shown(form, "earliest"), "");
	assert_string_equal(form_field(form, "reply_by")->time, "");
	assert_string_equal(shown(form, "agrees"), "");
}

static struct pair
pair_of(const char *name, const char *part, const char *value)
{
	if (part != NULL)
		name = arena_printf(r.arena, "%s-%s", name, part);
	return (struct pair) { name, value };
}

/* What a browser would send of a form as it is shown. */
static struct pair_list
sent(const struct form *form)
{
	struct pair *rows = arena_array(r.arena, 64, sizeof(*rows));
	struct pair_list pairs = { rows, 0 };
	size_t i, j;

	for (i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];
		const char *name = field->field->name;

		if (field->field->kind == FIELD_CHOICES) {
			for (j = 0; j < field->values.count; j++)
				rows[pairs.count++] = pair_of(
				    name, NULL, field->values.row[j]);
			continue;
		}
		rows[pairs.count++] = pair_of(name, NULL, field->value);
		rows[pairs.count++] = pair_of(name, "day", field->day);
		rows[pairs.count++] = pair_of(name, "month", field->month);
		rows[pairs.count++] = pair_of(name, "year", field->year);
		rows[pairs.count++] = pair_of(name, "time", field->time);
	}
	return pairs;
}

static void
test_what_is_shown_can_be_sent(void **state)
{
	struct visit visit = full_visit(), again;
	struct form *form;

	(void)state;
	r.fields = sent(form_show(&r, fields, &visit));
	form = form_read(&r, fields, &again);
	assert_true(form_ok(form));
	assert_string_equal(again.name, visit.name);
	assert_string_equal(again.email, visit.email);
	assert_string_equal(again.password, "");
	assert_int_equal(again.carers, visit.carers);
	assert_int_equal(again.pets, 0);
	assert_true(again.has_pets);
	assert_int_equal(again.rate_pence, visit.rate_pence);
	assert_int_equal(again.weekly_minutes, visit.weekly_minutes);
	assert_int_equal(again.starts_on, visit.starts_on);
	assert_int_equal(again.born_on, DATE_1970);
	assert_int_equal(again.earliest, 0);
	assert_true(again.has_earliest);
	assert_int_equal(again.reply_by, visit.reply_by);
	assert_string_equal(again.area, visit.area);
	assert_int_equal(again.languages.count, 2);
	assert_true(again.agrees);
}

static void
test_parked(void **state)
{
	static const struct pair pairs[] = {
		{ "csrf", "x" },
		{ "name", " half a na" },
		{ "password", "secret" },
		{ "starts_on-day", "31" },
		{ "starts_on-month", "2" },
		{ "languages", "cy" },
		{ "languages", "pl" },
		{ "reply_by-time", "soon" },
		{ "rate_pence", "lots" },
	};
	struct visit visit = full_visit();
	struct form *form;

	(void)state;
	r.parked = (struct pair_list) { pairs, sizeof(pairs) / sizeof(*pairs) };
	form = form_show(&r, fields, &visit);
	assert_true(form_ok(form));
	assert_string_equal(shown(form, "name"), " half a na");
	assert_string_equal(shown(form, "password"), "");
	assert_string_equal(shown(form, "email"), "");
	assert_string_equal(shown(form, "rate_pence"), "lots");
	assert_string_equal(form_field(form, "starts_on")->day, "31");
	assert_string_equal(form_field(form, "starts_on")->year, "");
	assert_string_equal(form_field(form, "reply_by")->time, "soon");
	assert_int_equal(form_field(form, "languages")->values.count, 2);
	assert_string_equal(shown(form, "agrees"), "");
	assert_int_equal(strlen(form->once), 32);
}

static void
test_parked_for_another_form(void **state)
{
	static const struct pair pairs[] = { { "other", "x" } };
	struct visit visit = full_visit();
	struct form *form;

	(void)state;
	r.parked = (struct pair_list) { pairs, 1 };
	form = form_show(&r, fields, &visit);
	assert_string_equal(shown(form, "name"), "Ada <B>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_absent_values, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_what_is_shown_can_be_sent, setup, teardown),
		cmocka_unit_test_setup_teardown(test_parked, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_parked_for_another_form, setup, teardown),
	};

	return cmocka_run_group_tests_name("form_show", tests, NULL, NULL);
}
