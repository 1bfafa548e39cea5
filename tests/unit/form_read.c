/*
 * Reading forms: every kind of field but dates, the message for every kind of
 * mistake, and what is kept for the page that is shown again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "support_form.h"

static void
test_nothing_sent(void **state)
{
	(void)state;
	form_read_body("");
	assert_true(form_ok(form_last));
	assert_string_equal(form_values.name, "");
	assert_string_equal(form_values.note, "");
	assert_string_equal(form_values.email, "");
	assert_string_equal(form_values.password, "");
	assert_string_equal(form_values.telephone, "");
	assert_string_equal(form_values.postcode, "");
	assert_int_equal(form_values.count, 0);
	assert_false(form_values.has_count);
	assert_int_equal(form_values.rate_pence, 0);
	assert_int_equal(form_values.weekly_minutes, 0);
	assert_int_equal(form_values.starts_on, 0);
	assert_int_equal(form_values.earliest, 0);
	assert_false(form_values.has_earliest);
	assert_int_equal(form_values.reply_by, 0);
	assert_string_equal(form_values.area, "");
	assert_int_equal(form_values.languages.count, 0);
	assert_false(form_values.agrees);
	assert_string_equal(form_values.version, "");
}

static void
test_everything_good(void **state)
{
	int64_t instant;
	int32_t date;

	(void)state;
	form_read_body(
	    "name=+Ada+B+&note=+one%0D%0Atwo%0D%0A&email=Ada@Example.COM"
	    "&password=+pass+word+&telephone=01632+960001"
	    "&postcode=al11aa&count=3&rate_pence=%C2%A314.17"
	    "&weekly_minutes=10.75&starts_on-day=3&starts_on-month=12"
	    "&starts_on-year=2026&earliest=midnight&reply_by-day=25"
	    "&reply_by-month=october&reply_by-year=2026"
	    "&reply_by-time=12:30am&area=dacorum&languages=cy"
	    "&languages=en&agrees=yes&version=7&unknown=x");
	assert_true(form_ok(form_last));
	assert_string_equal(form_values.name, "Ada B");
	assert_string_equal(form_values.note, "one\ntwo");
	assert_string_equal(form_values.email, "ada@example.com");
	assert_string_equal(form_values.password, " pass word ");
	assert_string_equal(form_values.telephone, "01632 960001");
	assert_string_equal(form_values.postcode, "AL1 1AA");
	assert_int_equal(form_values.count, 3);
	assert_true(form_values.has_count);
	assert_int_equal(form_values.rate_pence, 1417);
	assert_int_equal(form_values.weekly_minutes, 645);
	assert_true(date_from(2026, 12, 3, &date));
	assert_int_equal(form_values.starts_on, date);
	assert_int_equal(form_values.earliest, 0);
	assert_true(form_values.has_earliest);
	assert_true(date_from(2026, 10, 25, &date));
	assert_int_equal(clock_instant(date, 0, 30, &instant), CLOCK_FINE);
	assert_int_equal(form_values.reply_by, instant);
	assert_string_equal(form_values.area, "dacorum");
	assert_int_equal(form_values.languages.count, 2);
	assert_string_equal(form_values.languages.row[0], "cy");
	assert_string_equal(form_values.languages.row[1], "en");
	assert_true(form_values.agrees);
	assert_string_equal(form_values.version, "7");
	assert_string_equal(form_field(form_last, "name")->value, " Ada B ");
	assert_string_equal(form_field(form_last, "password")->value, "");
	assert_string_equal(form_field(form_last, "starts_on")->month, "12");
	assert_string_equal(form_field(form_last, "reply_by")->time, "12:30am");
}

static void
test_required(void **state)
{
	/* clang-format off */
	static const struct field required[] = {
		FIELD(struct everything, FIELD_POSTCODE, postcode, "Postcode",
		    .is_required = true),
		FIELD(struct everything, FIELD_LINE, name, "NHS number",
		    .is_required = true),
		FIELD(struct everything, FIELD_LINE, note, "A",
		    .is_required = true, .missing = "Enter what is missing"),
		FIELD(struct everything, FIELD_CHOICE, area, "Area",
		    .is_required = true, .choices = form_areas),
		FIELD(struct everything, FIELD_CHOICES, languages, "Languages",
		    .is_required = true, .choices = form_languages),
		FIELD(struct everything, FIELD_TICK, agrees, "I agree",
		    .is_required = true, .missing = "Select if you agree"),
		FIELD(struct everything, FIELD_DATE, starts_on, "Start date",
		    .is_required = true),
		FIELD(struct everything, FIELD_INSTANT, reply_by,
		    "When is the reply due?", .is_required = true,
		    .subject = "Reply time"),
		FIELD(struct everything, FIELD_MONEY, rate_pence, "Hourly rate",
		    .is_required = true, .minimum = 1),
		FIELD(struct everything, FIELD_PASSWORD, password, "Password",
		    .is_required = true),
		FIELD_END
	};
	/* clang-format on */
	static const struct {
		const char *name, *error;
	} cases[] = {
		{ "postcode", "Enter postcode" },
		{ "name", "Enter NHS number" },
		{ "note", "Enter what is missing" },
		{ "area", "Select area" },
		{ "languages", "Select languages" },
		{ "agrees", "Select if you agree" },
		{ "starts_on", "Enter start date" },
		{ "reply_by", "Enter reply time" },
		{ "rate_pence", "Enter hourly rate" },
		{ "password", "Enter password" },
	};
	static const char *const bodies[] = {
		"",
		"postcode=&name=+&note=%09%0D%0A&area=&languages=&agrees="
		"&starts_on-day=+&starts_on-month=&starts_on-year=%C2%A0"
		"&reply_by-day=&reply_by-time=+&rate_pence=%E2%80%8B&password="
	};
	size_t i, j;

	(void)state;
	for (j = 0; j < LENGTH(bodies); j++) {
		form_read_with(required, bodies[j]);
		assert_int_equal(form_last->error_count, LENGTH(cases));
		for (i = 0; i < LENGTH(cases); i++)
			assert_string_equal(
			    form_field(form_last, cases[i].name)->error,
			    cases[i].error);
	}
}

static void
test_texts(void **state)
{
	static const struct mistake mistakes[] = {
		{ "name=12345678901",
		    "Full name must be 10 characters or fewer" },
		{ "name=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9"
		  "%C3%A9%C3%A9",
		    "Full name must be 10 characters or fewer" },
		{ "name=a%0Ab", "Full name must be on one line" },
		{ "name=a%0D%0Ab", "Full name must be on one line" },
		{ "name=a%0Db", "Full name must be on one line" },
		{ "name=a%E2%80%A8b", "Full name must be on one line" },
		{ "name=a%E2%80%A9b", "Full name must be on one line" },
		{ "name=a%01b",
		    "Full name must not include control characters" },
		{ "name=a%1Bb",
		    "Full name must not include control characters" },
		{ "name=a%7Fb",
		    "Full name must not include control characters" },
		{ "name=a%C2%85b",
		    "Full name must not include control characters" },
		{ "name=a%C2%9Fb",
		    "Full name must not include control characters" },
		{ "name=a%E2%80%AEb",
		    "Full name must not include control characters" },
		{ "name=a%E2%81%A6b",
		    "Full name must not include control characters" },
		{ "name=a%EF%BF%BFb",
		    "Full name must not include control characters" },
		{ "name=a&name=b", "Full name must be sent only once" },
		{ "name=a&name=", "Full name must be sent only once" },
		{ "name=&name=", "Full name must be sent only once" },
	};

	(void)state;
	form_assert_mistakes("name", mistakes, LENGTH(mistakes));
	assert_string_equal(form_values.name, "");
	form_read_body("name=a&name=b");
	assert_string_equal(form_field(form_last, "name")->value, "a");
	assert_string_equal(form_values.name, "");
	form_read_body("name=+%C2%A0a%09b%E2%80%8B+&note=a%09b");
	assert_true(form_ok(form_last));
	assert_string_equal(form_values.name, "a b");
	assert_string_equal(form_values.note, "a\tb");
	form_read_body("name=1234567890e%CC%81");
	assert_false(form_ok(form_last));
	form_read_body("name=123456789e%CC%81");
	assert_true(form_ok(form_last));
	assert_string_equal(form_values.name, "123456789\xC3\xA9");
	assert_string_equal(
	    form_field(form_last, "name")->value, "123456789e\xCC\x81");
	form_read_body("note=a%0D%0Ab%0Dc%0Ad%0Ae%0Af%0Ag%0Ah%0Ai%0Aj%0Ak");
	assert_int_equal(strcmp(form_field(form_last, "note")->error,
			     "Note must be 20 characters or fewer"),
	    0);
	form_read_body("note=a%0D%0Ab%0Dc%0Ad%0Ae%0Af%0Ag%0Ah%0Ai%0Aj");
	assert_true(form_ok(form_last));
}

static void
test_contacts(void **state)
{
	static const struct mistake emails[] = {
		{ "email=name", "Enter an email address in the correct "
				"format, like name@example.com" },
		{ "email=a@b.uk%0D%0Abcc:x@y.uk",
		    "Email address must be on one line" },
	};
	static const struct mistake telephones[] = {
		{ "telephone=12", "Enter a telephone number, like 01632 960 "
				  "001 or +44 808 157 0192" },
		{ "telephone=00000000000000000000000000000000000000000",
		    "Telephone must be 40 characters or fewer" },
	};
	static const struct mistake postcodes[] = {
		{ "postcode=AL1", "Enter a full UK postcode, like AL1 1AA" },
		{ "postcode=90210", "Enter a full UK postcode, like AL1 1AA" },
	};
	static const struct mistake passwords[] = {
		{ "password=1234567", "Password must be 8 characters or more" },
		{ "password=12345678&password=12345678",
		    "Password must be sent only once" },
	};

	(void)state;
	form_assert_mistakes("email", emails, LENGTH(emails));
	form_assert_mistakes("telephone", telephones, LENGTH(telephones));
	form_assert_mistakes("postcode", postcodes, LENGTH(postcodes));
	form_assert_mistakes("password", passwords, LENGTH(passwords));
	assert_string_equal(form_values.password, "");
}

static void
test_long_password(void **state)
{
	char body[2048] = "password=";

	(void)state;
	memset(body + 9, 'a', 1024);
	form_read_body(body);
	assert_true(form_ok(form_last));
	memset(body + 9, 'a', 1025);
	form_read_body(body);
	assert_string_equal(form_field(form_last, "password")->error,
	    "Password must be 1024 characters or fewer");
}

static void
test_numbers(void **state)
{
	static const struct mistake counts[] = {
		{ "count=0", "Number of carers must be 1 or more" },
		{ "count=-1", "Number of carers must be 1 or more" },
		{ "count=4", "Number of carers must be 3 or less" },
		{ "count=9223372036854775807",
		    "Number of carers must be 3 or less" },
		{ "count=9223372036854775808",
		    "Number of carers must be a whole number, like 12" },
		{ "count=two",
		    "Number of carers must be a whole number, like 12" },
		{ "count=1.5",
		    "Number of carers must be a whole number, like 12" },
		{ "count=1e0",
		    "Number of carers must be a whole number, like 12" },
		{ "count=%2B1",
		    "Number of carers must be a whole number, like 12" },
		{ "count=1+1",
		    "Number of carers must be a whole number, like 12" },
		{ "count=1&count=1",
		    "Number of carers must be sent only once" },
	};
	static const struct mistake rates[] = {
		{ "rate_pence=14.16", "Hourly rate must be \xC2\xA3"
				      "14.17 or more" },
		{ "rate_pence=16.23", "Hourly rate must be \xC2\xA3"
				      "16.22 or less" },
		{ "rate_pence=15.000",
		    "Hourly rate must be an amount, like 14.17" },
		{ "rate_pence=-15",
		    "Hourly rate must be an amount, like 14.17" },
		{ "rate_pence=fifteen",
		    "Hourly rate must be an amount, like 14.17" },
	};
	static const struct mistake hours[] = {
		{ "weekly_minutes=0.5", "Weekly hours must be 1 hour or more" },
		{ "weekly_minutes=168.02",
		    "Weekly hours must be 168 hours or less" },
		{ "weekly_minutes=7h", "Weekly hours must be hours, like 7.5" },
	};
	static const struct mistake times[] = {
		{ "earliest=2", "Earliest start must be a time, like 2:30pm" },
		{ "earliest=25:00",
		    "Earliest start must be a time, like 2:30pm" },
	};

	(void)state;
	form_assert_mistakes("count", counts, LENGTH(counts));
	assert_false(form_values.has_count);
	assert_int_equal(form_values.count, 0);
	form_assert_mistakes("rate_pence", rates, LENGTH(rates));
	form_assert_mistakes("weekly_minutes", hours, LENGTH(hours));
	form_assert_mistakes("earliest", times, LENGTH(times));
	form_read_body("rate_pence=14.17");
	assert_true(form_ok(form_last));
	form_read_body("rate_pence=16.22");
	assert_true(form_ok(form_last));
}

static void
test_choices(void **state)
{
	static const struct mistake one[] = {
		{ "area=watford", "Select area" },
		{ "area=Dacorum", "Select area" },
		{ "area=dacorum+", "Select area" },
		{ "area=dacorum&area=hertsmere",
		    "Area must be sent only once" },
	};
	static const struct mistake many[] = {
		{ "languages=xx", "Select languages" },
		{ "languages=en&languages=xx", "Select languages" },
	};
	static const struct mistake tick[] = {
		{ "agrees=no", "Select I agree" },
		{ "agrees=yes&agrees=yes", "I agree must be sent only once" },
	};

	(void)state;
	form_assert_mistakes("area", one, LENGTH(one));
	assert_string_equal(form_values.area, "");
	form_assert_mistakes("languages", many, LENGTH(many));
	assert_int_equal(form_values.languages.count, 0);
	assert_int_equal(form_field(form_last, "languages")->values.count, 2);
	form_assert_mistakes("agrees", tick, LENGTH(tick));
	form_read_body("languages=pl&languages=pl&languages=&languages=en");
	assert_true(form_ok(form_last));
	assert_int_equal(form_values.languages.count, 2);
}

static void
test_choices_from_elsewhere(void **state)
{
	/* clang-format off */
	static const struct field open[] = {
		FIELD(struct everything, FIELD_CHOICE, area, "Area",
		    .missing = "Select an area"),
		FIELD(struct everything, FIELD_CHOICES, languages, "Languages"),
		FIELD_END
	};
	/* clang-format on */
	static const struct choice_list list = { form_areas, 2 };
	char body[128] = "area=";

	(void)state;
	form_read_with(
	    open, "area=watford&languages=dacorum&languages=hertsmere");
	assert_true(form_ok(form_last));
	assert_string_equal(form_values.area, "watford");
	form_choices(form_last, "area", list);
	form_choices(form_last, "languages", list);
	form_check_choice(form_last, "area");
	form_check_choice(form_last, "languages");
	assert_int_equal(form_last->error_count, 1);
	assert_string_equal(
	    form_field(form_last, "area")->error, "Select an area");

	form_read_with(open, "area=&languages=&languages=watford");
	form_choices(form_last, "area", list);
	form_choices(form_last, "languages", list);
	form_check_choice(form_last, "area");
	form_check_choice(form_last, "languages");
	assert_int_equal(form_last->error_count, 1);
	assert_non_null(form_field(form_last, "languages")->error);

	memset(body + 5, 'a', 100);
	form_read_with(open, body);
	assert_true(form_ok(form_last));
	body[105] = 'a';
	form_read_with(open, body);
	assert_false(form_ok(form_last));
	form_read_with(open, "area=a%0Ab");
	assert_false(form_ok(form_last));
	form_read_with(open, "languages=a%07b");
	assert_false(form_ok(form_last));
}

static void
test_errors_of_rules(void **state)
{
	(void)state;
	form_read_body("name=Ada");
	form_error(form_last, "name", "%s is known already", form_values.name);
	form_error(form_last, "name", "Another");
	form_error(form_last, "note", "Note is odd");
	assert_int_equal(form_last->error_count, 2);
	assert_string_equal(
	    form_field(form_last, "name")->error, "Ada is known already");
	/* Twice is once; what was typed stays. */
	form_ignore(form_last, "name");
	form_ignore(form_last, "name");
	assert_int_equal(form_last->error_count, 1);
	assert_null(form_field(form_last, "name")->error);
	assert_string_equal(form_field(form_last, "name")->value, "Ada");
}

static void
test_once_key(void **state)
{
	(void)state;
	form_read_body("once=0123456789abcdef0123456789abcdef");
	assert_string_equal(
	    form_last->once, "0123456789abcdef0123456789abcdef");
	form_read_body("once=0123456789ABCDEF0123456789ABCDEF");
	assert_int_equal(strlen(form_last->once), 32);
	assert_string_not_equal(
	    form_last->once, "0123456789ABCDEF0123456789ABCDEF");
	form_read_body("once=0123456789abcdef0123456789abcdef0");
	assert_int_equal(strlen(form_last->once), 32);
	form_read_body("");
	assert_int_equal(strlen(form_last->once), 32);
	assert_string_not_equal(
	    form_once(&form_request), form_once(&form_request));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_sent),
		cmocka_unit_test(test_everything_good),
		cmocka_unit_test(test_required),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_contacts),
		cmocka_unit_test(test_long_password),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_choices_from_elsewhere),
		cmocka_unit_test(test_errors_of_rules),
		cmocka_unit_test(test_once_key),
	};

	return cmocka_run_group_tests_name(
	    "form_read", tests, form_setup, form_teardown);
}
