/*
 * The form of a section: a field for each kind, what was typed and what it
 * comes to, the messages of every mistake, rows, lines and revisions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/html.h"
#include "questionnaires/answers_fields.h"
#include "support_answers.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The answer to a question, of a body that is good. */
static struct answer
answer_of(const char *section, const char *question, const char *body)
{
	struct answer_form *form = answers_read(section, body);
	struct answer_list list = answer_form_answers(form);
	size_t i;

	for (i = 0; i < answer_form_form(form)->count; i++)
		if (answer_form_form(form)->fields[i].error != NULL)
			fail_msg("%s", answer_form_form(form)->fields[i].error);
	for (i = 0; i < list.count; i++)
		if (strcmp(list.row[i].question, question) == 0)
			return list.row[i];
	fail_msg("no answer to %s", question);
	return list.row[0];
}

struct typed {
	const char *section;
	const char *question;
	const char *body;
	const char *value;
};

#define YOU   "about-you"
#define OFFER "what-you-offer"

static const struct typed good[] = {
	{ YOU, "name", "q-name=+Ada++Bell+", "\"Ada  Bell\"" },
	{ YOU, "name", "q-name=+", "null" },
	{ YOU, "experience", "q-experience=one%0D%0Atwo", "\"one\\ntwo\"" },
	{ YOU, "interested", "q-interested=yes", "\"yes\"" },
	{ YOU, "interested", "", "null" },
	{ YOU, "rural", "q-rural=no&q-rural-more-no=Too+far",
	    "{\"more\":{\"no\":\"Too far\"},\"picked\":[\"no\"]}" },
	{ YOU, "rural", "q-rural=no&q-rural-more-no=", "\"no\"" },
	{ YOU, "size", "q-size=other&q-size-more-other=12",
	    "{\"more\":{\"other\":\"12\"},\"picked\":[\"other\"]}" },
	{ OFFER, "groups",
	    "q-groups=younger&q-groups=older&q-groups-more-younger=30",
	    "{\"more\":{\"younger\":\"30\"},\"picked\":[\"older\","
	    "\"younger\"]}" },
	{ OFFER, "groups", "q-groups=older", "{\"picked\":[\"older\"]}" },
	{ OFFER, "groups", "", "null" },
	{ OFFER, "hours", "q-hours=120", "120" },
	{ OFFER, "rate", "q-rate=%C2%A317.95", "1795" },
	{ OFFER, "notice", "q-notice=0&q-notice-unit=days",
	    "{\"number\":0,\"unit\":\"days\"}" },
	{ OFFER, "notice", "q-notice=&q-notice-unit=", "null" },
	{ OFFER, "since", "q-since-day=5&q-since-month=feb&q-since-year=2020",
	    "\"2020-02-05\"" },
	{ OFFER, "postcode", "q-postcode=al11aa", "\"AL1 1AA\"" },
	{ OFFER, "areas", "q-areas=south&q-areas=north",
	    "[\"south\",\"north\"]" },
	{ OFFER, "homes",
	    "q-homes-rows=3&q-homes-1-town=Ware&q-homes-1-staff=&"
	    "q-homes-3-town=Hertford&q-homes-3-rate=18&q-homes-3-since-day=1&"
	    "q-homes-3-since-month=2&q-homes-3-since-year=2020&"
	    "q-homes-3-rating=good",
	    "[{\"town\":\"Ware\"},{\"rate\":1800,\"rating\":\"good\","
	    "\"since\":\"2020-02-01\",\"town\":\"Hertford\"}]" },
	{ OFFER, "homes", "q-homes-rows=1", "null" },
	{ OFFER, "likely", "q-likely=surely", "\"surely\"" },
	{ OFFER, "true", "q-true=yes", "true" },
	{ OFFER, "true", "", "null" },
};

static const char *
with_revision(const struct typed *typed)
{
	return arena_printf(answers_request.arena, "%s&q-%s-revision=4",
	    typed->body, typed->question);
}

static void
test_every_kind_is_taken(void **state)
{
	bool has_kind[QUESTION_KIND_COUNT] = { [QUESTION_FILES] = true };
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(good); i++) {
		struct answer answer = answer_of(
		    good[i].section, good[i].question, with_revision(&good[i]));

		has_kind[question_by_id(&answers_set, good[i].question)->kind] =
		    true;
		assert_string_equal(answer.value, good[i].value);
		assert_int_equal(answer.revision, 4);
		assert_false(answer.is_confidential);
	}
	for (i = 0; i < QUESTION_KIND_COUNT; i++)
		assert_true(has_kind[i]);
}

/* What is shown of an answer, sent as it is shown, is the same answer. */
static void
test_what_is_shown_comes_back(void **state)
{
	size_t i, j, k;

	(void)state;
	answers_save("interested", "\"yes\"");
	answers_save("size", "\"large\"");
	for (i = 0; i < LENGTH(good); i++) {
		struct buffer body = buffer_new(
		    answers_request.arena, 4096, 1 << 20);
		const struct form *form;

		answers_saved[0].value = "\"yes\"";
		answers_saved[1].value = "\"large\"";
		answers_list.count = 2;
		if (strcmp(good[i].question, "interested") == 0)
			answers_saved[0].value = good[i].value;
		else if (strcmp(good[i].question, "size") == 0)
			answers_saved[1].value = good[i].value;
		else
			answers_save(good[i].question, good[i].value);
		form = answer_form_form(answers_show(good[i].section));
		for (j = 0; j < form->count; j++) {
			const struct form_field *f = &form->fields[j];
			const char *name = f->field->name;

			buffer_printf(&body, "%s=%s&", name,
			    url_encode(&answers_request, f->value));
			if (*f->day != '\0')
				buffer_printf(&body,
				    "%s-day=%s&%s-month=%s&%s-year=%s&", name,
				    f->day, name, f->month, name, f->year);
			for (k = 0; k < f->values.count; k++)
				buffer_printf(
				    &body, "%s=%s&", name, f->values.row[k]);
		}
		assert_string_equal(
		    answer_of(good[i].section, good[i].question, body.data)
			.value,
		    good[i].value);
	}
}

struct mistaken {
	const char *section;
	const char *question;
	const char *body;
	const char *field; /* which has the message */
	const char *error;
};

static const struct mistaken mistakes[] = {
	{ YOU, "name", "q-name=a%0Ab", "q-name",
	    "Your answer to question 1 must be on one line" },
	{ YOU, "name", "q-name=a%01b", "q-name",
	    "Your answer to question 1 must not include control characters" },
	{ YOU, "interested", "q-interested=perhaps", "q-interested",
	    "Your answer to question 3 must be one of those that can be "
	    "selected" },
	{ YOU, "rural", "q-rural=yes&q-rural-more-no=Far", "q-rural-more-no",
	    "Select “No”, or take out what you wrote below it" },
	{ OFFER, "groups", "q-groups-more-younger=30", "q-groups-more-younger",
	    "Select “Younger people”, or take out what you wrote below it" },
	{ OFFER, "groups", "q-groups=gone", "q-groups",
	    "Your answer to question 6 must be one of those that can be "
	    "selected" },
	{ OFFER, "hours", "q-hours=12.5", "q-hours",
	    "Your answer to question 7 must be a whole number, like 12" },
	{ OFFER, "hours", "q-hours=0", "q-hours",
	    "Your answer to question 7 must be 1 or more" },
	{ OFFER, "hours", "q-hours=2001", "q-hours",
	    "Your answer to question 7 must be 2000 or less" },
	{ OFFER, "rate", "q-rate=9.99", "q-rate",
	    "Your answer to question 8 must be £10.00 or more" },
	{ OFFER, "rate", "q-rate=cheap", "q-rate",
	    "Your answer to question 8 must be an amount, like 14.17" },
	{ OFFER, "notice", "q-notice=6", "q-notice-unit",
	    "Your answer to question 9 must be in days, weeks, months or "
	    "years" },
	{ OFFER, "notice", "q-notice-unit=weeks", "q-notice",
	    "Your answer to question 9 must say how many weeks" },
	{ OFFER, "notice", "q-notice=1001&q-notice-unit=weeks", "q-notice",
	    "Your answer to question 9 must be 1000 or less" },
	{ OFFER, "since", "q-since-day=30&q-since-month=2&q-since-year=2020",
	    "q-since", "Your answer to question 10 must be a real date" },
	{ OFFER, "postcode", "q-postcode=here", "q-postcode",
	    "Enter a full UK postcode, like AL1 1AA" },
	{ OFFER, "areas", "q-areas=west", "q-areas",
	    "Your answer to question 12 must be one of those that can be "
	    "selected" },
	{ OFFER, "homes", "q-homes-rows=2&q-homes-2-staff=3", "q-homes-2-town",
	    "Town in row 2 is missing: fill it in, or empty the row" },
	{ OFFER, "homes", "q-homes-rows=1&q-homes-1-town=A&q-homes-1-staff=x",
	    "q-homes-1-staff",
	    "People employed in row 1 must be a whole number, like 12" },
	{ OFFER, "true", "q-true=perhaps", "q-true",
	    "Select your answer to question 16" },
	{ YOU, "experience",
	    "q-experience=x&q-experience-confidential=yes&"
	    "q-experience-reason=a%0Ab",
	    "q-experience-reason",
	    "Why my answer to question 2 is confidential must be on one line" },
	{ YOU, "experience", "q-experience=x&q-experience-reason=Prices",
	    "q-experience-confidential",
	    "Select “My answer to question 2 is confidential”, or take out "
	    "why it is" },
};

static void
test_mistakes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(mistakes); i++) {
		const struct mistaken *mistake = &mistakes[i];
		struct answer_form *form = answers_read(mistake->section,
		    arena_printf(answers_request.arena, "%s&q-%s-revision=1",
			mistake->body, mistake->question));
		const char *error =
		    form_field(answer_form_form(form), mistake->field)->error;

		assert_non_null(error);
		assert_string_equal(error, mistake->error);
		assert_int_equal(answer_form_form(form)->error_count, 1);
		/* It is not among the answers, and so stays as it was. */
		assert_int_equal(answer_form_answers(form).count, 0);
	}
}

static const char *
repeated(const char *text, int times)
{
	struct buffer buffer = buffer_new(answers_request.arena, 4096, 1 << 24);

	while (times-- > 0)
		buffer_text(&buffer, text);
	return buffer.data;
}

static void
expect_length(const char *question, const char *text, const char *error)
{
	struct answer_form *form = answers_read(
	    YOU, arena_printf(answers_request.arena, "q-%s-revision=0&q-%s=%s",
		     question, question, text));
	const struct form_field *field = form_field(answer_form_form(form),
	    arena_printf(answers_request.arena, "q-%s", question));

	if (error == NULL)
		assert_null(field->error);
	else
		assert_string_equal(field->error, error);
}

static void
test_lengths(void **state)
{
	(void)state;
	expect_length("experience", repeated("word+", 300), NULL);
	expect_length("experience", repeated("word+", 301),
	    "Your answer to question 2 must be 300 words or fewer: it has 301");
	expect_length("experience", repeated("w", 20000), NULL);
	expect_length("experience", repeated("w", 20001),
	    "Your answer to question 2 must be 20,000 characters or fewer: it "
	    "has 20,001");
	/* A flag is one character of eight bytes. */
	expect_length("name", repeated("%F0%9F%87%AC%F0%9F%87%A7", 500), NULL);
	expect_length("name", repeated("%F0%9F%87%AC%F0%9F%87%A7", 501),
	    "Your answer to question 1 must be 500 characters or fewer: it "
	    "has 501");
}

static void
test_confidential(void **state)
{
	struct answer_form *form;
	struct answer answer = answer_of(YOU, "experience",
	    "q-experience=x&q-experience-revision=1&"
	    "q-experience-confidential=yes&q-experience-reason=Prices");

	(void)state;
	assert_true(answer.is_confidential);
	assert_string_equal(answer.reason, "Prices");
	/* Without its reason the form is not good, but the answer is kept. */
	form = answers_read(YOU, "q-experience=x&q-experience-revision=1&"
				 "q-experience-confidential=yes");
	assert_string_equal(
	    form_field(answer_form_form(form), "q-experience-reason")->error,
	    "Enter why your answer to question 2 is confidential");
	assert_int_equal(answer_form_answers(form).count, 1);
	assert_true(answer_form_answers(form).row[0].is_confidential);
	/* One that may not be has no such field. */
	answer = answer_of(
	    YOU, "name", "q-name=x&q-name-revision=1&q-name-confidential=yes");
	assert_false(answer.is_confidential);
}

static void
test_the_good_are_kept_beside_the_bad(void **state)
{
	struct answer_list list = answer_form_answers(answers_read(
	    OFFER, "q-hours=x&q-hours-revision=1&q-rate=18&q-rate-revision=2"));

	(void)state;
	assert_int_equal(list.count, 1);
	assert_string_equal(list.row[0].question, "rate");
	assert_string_equal(list.row[0].value, "1800");
}

/* Whether a question stands on the page. */
static bool
stands(struct answer_form *form, const char *question)
{
	struct answer_field_list fields = answer_form_fields(form);
	size_t i;

	for (i = 0; i < fields.count; i++)
		if (strcmp(fields.row[i].question->id, question) == 0)
			return true;
	return false;
}

static void
test_who_stands_on_the_page(void **state)
{
	(void)state;
	/* What hangs on another page is there when it is asked. */
	assert_false(stands(answers_show(OFFER), "groups"));
	assert_false(stands(answers_show(OFFER), "likely"));
	assert_false(stands(answers_show(OFFER), "papers"));
	assert_true(stands(answers_show(OFFER), "hours"));
	answers_save("interested", "\"yes\"");
	assert_true(stands(answers_show(OFFER), "groups"));
	/* What was not sent is not taken out. */
	assert_int_equal(
	    answer_form_answers(answers_read(OFFER, "q-hours=3")).count, 0);
	/* What stood there when it was sent is taken, asked or not. */
	answers_forget();
	assert_string_equal(
	    answer_of(OFFER, "groups", "q-groups=older&q-groups-revision=2")
		.value,
	    "{\"picked\":[\"older\"]}");
}

static void
test_what_hangs_on_the_same_page(void **state)
{
	struct answer_form *form;
	const struct answer_field *field;

	(void)state;
	answers_set = answers_set_of(
	    "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	    "\"title\": \"S\", \"questions\": [{\"id\": \"a\", \"number\": "
	    "\"1\", \"text\": \"T\", \"kind\": \"yes_no\"}, {\"id\": \"b\", "
	    "\"text\": \"T\", \"kind\": \"number\", \"asked_when\": "
	    "{\"question\": \"a\", \"is\": [\"yes\"]}}]}]}");
	form = answers_show("s");
	assert_int_equal(answer_form_fields(form).count, 2);
	field = &answer_form_fields(form).row[1];
	assert_string_equal(field->condition,
	    "Answer this only when question 1 is answered “Yes”.");
	assert_string_equal(field->condition_values, "yes");
	assert_false(field->is_asked);
}

static const struct answer_field *
field_of(struct answer_form *form, const char *question)
{
	struct answer_field_list fields = answer_form_fields(form);
	size_t i;

	for (i = 0; i < fields.count; i++)
		if (strcmp(fields.row[i].question->id, question) == 0)
			return &fields.row[i];
	fail_msg("%s does not stand there", question);
	return NULL;
}

static void
test_rows_are_added(void **state)
{
	const struct answer_field *field = field_of(
	    answers_show(OFFER), "homes");
	struct answer_form *form;

	(void)state;
	assert_int_equal(field->table.count, 1);
	answers_save("homes", "[{\"town\":\"A\"},{\"town\":\"B\"}]");
	field = field_of(answers_show(OFFER), "homes");
	assert_int_equal(field->table.count, 2);
	assert_string_equal(field->rows->value, "2");
	/* Another row, with everything that was typed, good or bad. */
	form = answers_read(OFFER,
	    "q-homes-rows=2&q-homes-1-town=A&q-homes-2-staff=x&q-hours=y&"
	    "q-hours-revision=0&q-homes-revision=0&add-row=homes");
	assert_true(answer_form_adds_row(form));
	assert_true(form_ok(answer_form_form(form)));
	field = field_of(form, "homes");
	assert_int_equal(field->table.count, 3);
	assert_string_equal(field->rows->value, "3");
	assert_string_equal(field->table.row[1].cells.row[1].field->value, "x");
	assert_string_equal(field_of(form, "hours")->main->value, "y");
	/* Up to the most that there may be, whatever is sent. */
	field = field_of(
	    answers_read(
		OFFER, "q-homes-rows=20&q-homes-revision=0&add-row=homes"),
	    "homes");
	assert_int_equal(field->table.count, 20);
	assert_false(field->may_add_row);
	field = field_of(
	    answers_read(OFFER, "q-homes-rows=9999&q-homes-revision=0"),
	    "homes");
	assert_int_equal(field->table.count, 1);
	assert_true(field->may_add_row);
}

static void
test_revisions(void **state)
{
	struct answer_form *form;

	(void)state;
	answers_save("hours", "12");
	form = answers_show(OFFER);
	assert_string_equal(field_of(form, "hours")->revision->value, "3");
	assert_string_equal(field_of(form, "rate")->revision->value, "0");
	answer_form_renew(form, "hours", 4);
	assert_string_equal(field_of(form, "hours")->revision->value, "4");
}

static void
test_help(void **state)
{
	struct answer_form *form = answers_show(YOU);
	const struct answer_field *field = field_of(form, "experience");
	struct question_clause_list clauses = answer_clauses(
	    &answers_request, form, field->question);

	(void)state;
	assert_int_equal(clauses.count, 2);
	assert_string_equal(
	    clause_href(&answers_request, "/document", &clauses.row[0]),
	    "/document#clause-5.2.1");
	assert_string_equal(
	    field->label, "2. What have you done so far? (optional)");
	assert_string_equal(
	    field_of(form, "name")->label, "1. What is your name?");
	assert_int_equal(answer_limit(field->question), 300);
}

int
main(void)
{
#define EACH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, answers_begin, answers_end)
	static const struct CMUnitTest tests[] = {
		EACH(test_every_kind_is_taken),
		EACH(test_what_is_shown_comes_back),
		EACH(test_mistakes),
		EACH(test_lengths),
		EACH(test_confidential),
		EACH(test_the_good_are_kept_beside_the_bad),
		EACH(test_who_stands_on_the_page),
		EACH(test_what_hangs_on_the_same_page),
		EACH(test_rows_are_added),
		EACH(test_revisions),
		EACH(test_help),
	};

	return cmocka_run_group_tests_name("answers_form", tests, NULL, NULL);
}
