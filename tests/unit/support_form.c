/* A form with a field of every kind, for the tests of reading. */
#include "support_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

const struct choice form_areas[] = {
	{ "dacorum", "Dacorum", NULL },
	{ "hertsmere", "Hertsmere", NULL },
	{ NULL, NULL, NULL },
};

const struct choice form_languages[] = {
	{ "en", "English", NULL },
	{ "cy", "Welsh", NULL },
	{ "pl", "Polish", NULL },
	{ NULL, NULL, NULL },
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct everything, FIELD_LINE, name, "Full name", .maximum = 10),
	FIELD(struct everything, FIELD_TEXT, note, "Note", .maximum = 20),
	FIELD(struct everything, FIELD_EMAIL, email, "Email address"),
	FIELD(struct everything, FIELD_PASSWORD, password, "Password",
	    .minimum = 8),
	FIELD(struct everything, FIELD_TELEPHONE, telephone, "Telephone"),
	FIELD(struct everything, FIELD_POSTCODE, postcode, "Postcode"),
	FIELD(struct everything, FIELD_NUMBER, count, "Number of carers",
	    .minimum = 1, .maximum = 3,
	    .has_offset = offsetof(struct everything, has_count)),
	FIELD(struct everything, FIELD_MONEY, rate_pence, "Hourly rate",
	    .minimum = 1417, .maximum = 1622),
	FIELD(struct everything, FIELD_HOURS, weekly_minutes, "Weekly hours",
	    .minimum = 60, .maximum = 10080),
	FIELD(struct everything, FIELD_DATE, starts_on, "Start date"),
	FIELD(struct everything, FIELD_TIME, earliest, "Earliest start",
	    .has_offset = offsetof(struct everything, has_earliest)),
	FIELD(struct everything, FIELD_INSTANT, reply_by, "When is the reply due?",
	    .subject = "Reply time"),
	FIELD(struct everything, FIELD_CHOICE, area, "Area", .choices = form_areas),
	FIELD(struct everything, FIELD_CHOICES, languages, "Languages",
	    .choices = form_languages),
	FIELD(struct everything, FIELD_TICK, agrees, "I agree"),
	FIELD(struct everything, FIELD_HIDDEN, version, NULL),
	FIELD_END
};
/* clang-format on */

struct request form_request;
struct everything form_values;
struct form *form_last;

int
form_setup(void **state)
{
	(void)state;
	form_request.arena = arena_new(8 << 20);
	return 0;
}

int
form_teardown(void **state)
{
	(void)state;
	arena_free(form_request.arena);
	return 0;
}

void
form_read_with(const struct field *table, const char *body)
{
	arena_reset(form_request.arena);
	assert_true(form_decode(
	    form_request.arena, body, strlen(body), &form_request.fields));
	memset(&form_values, 0x55, sizeof(form_values));
	form_last = form_read(&form_request, table, &form_values);
}

void
form_read_body(const char *body)
{
	form_read_with(fields, body);
}

void
form_assert_mistakes(
    const char *name, const struct mistake *mistake, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const char *error;

		form_read_body(mistake[i].body);
		error = form_field(form_last, name)->error;
		if (error == NULL || strcmp(error, mistake[i].error) != 0)
			fail_msg("%s: \"%s\"", mistake[i].body,
			    error != NULL ? error : "no message");
		assert_int_equal(form_last->error_count, 1);
		assert_false(form_ok(form_last));
	}
}
