/*
 * Answers: their JSON and words, what is counted, which questions are asked,
 * and how sections stand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "questionnaires/answers_value.h"
#include "support_answers.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const struct question *
asked(const char *id)
{
	const struct question *question = question_by_id(&answers_set, id);

	assert_non_null(question);
	return question;
}

/* --- Values --------------------------------------------------------------- */

struct shape {
	const char *question;
	const char *json;      /* as a database may give it */
	const char *canonical; /* as it is written again */
	const char *text;
};

static const struct shape shapes[] = {
	{ "name", "\"Ada Bell\"", "\"Ada Bell\"", "Ada Bell" },
	{ "experience", "\"one\\ntwo\"", "\"one\\ntwo\"", "one\ntwo" },
	{ "interested", "\"yes\"", "\"yes\"", "Yes" },
	{ "rural", "{\"picked\": [\"no\"], \"more\": {\"no\": \"Too far\"}}",
	    "{\"more\":{\"no\":\"Too far\"},\"picked\":[\"no\"]}",
	    "No: Too far" },
	/* Nothing more was said: the short form. */
	{ "rural", "{\"picked\": [\"no\"], \"more\": {}}", "\"no\"", "No" },
	{ "size", "{\"more\": {\"other\": \"12\"}, \"picked\": [\"other\"]}",
	    "{\"more\":{\"other\":\"12\"},\"picked\":[\"other\"]}",
	    "Another size: 12" },
	/* In the order of the options, each once. */
	{ "groups", "{\"picked\": [\"younger\", \"older\", \"older\"]}",
	    "{\"picked\":[\"older\",\"younger\"]}",
	    "Older people\nYounger people" },
	{ "groups",
	    "{\"picked\": [\"younger\"], \"more\": {\"younger\": \"30\", "
	    "\"older\": \"80\"}}",
	    "{\"more\":{\"younger\":\"30\"},\"picked\":[\"younger\"]}",
	    "Younger people: 30" },
	{ "hours", "120", "120", "120 hours a week" },
	{ "hours", "0", "0", "0 hours a week" },
	{ "rate", "1795", "1795", "£17.95 an hour" },
	{ "notice", "{\"unit\": \"months\", \"number\": 6}",
	    "{\"number\":6,\"unit\":\"months\"}", "6 months" },
	{ "notice", "{\"unit\": \"weeks\", \"number\": 1}",
	    "{\"number\":1,\"unit\":\"weeks\"}", "1 week" },
	{ "since", "\"2021-10-15\"", "\"2021-10-15\"", "15 October 2021" },
	{ "postcode", "\"AL1 1AA\"", "\"AL1 1AA\"", "AL1 1AA" },
	{ "areas", "[\"south\", \"north\", \"south\"]", "[\"south\",\"north\"]",
	    "The south\nnorth" },
	{ "papers", "[\"U1\"]", "[\"U1\"]", "insurance.pdf" },
	{ "homes",
	    "[{\"town\": \"Ware\", \"rate\": 1800, \"rating\": \"good\"}, {}, "
	    "{\"since\": \"2020-02-29\", \"staff\": 3}]",
	    "[{\"rate\":1800,\"rating\":\"good\",\"town\":\"Ware\"},"
	    "{\"since\":\"2020-02-29\",\"staff\":3}]",
	    "Row 1: Town: Ware; Rate: £18.00 an hour; Rating: Good\n"
	    "Row 2: People employed: 3; Since: 29 February 2020" },
	{ "likely", "\"perhaps\"", "\"perhaps\"", "Perhaps" },
	{ "true", "true", "true", "Confirmed" },
};

static void
test_every_kind_is_read_written_and_said(void **state)
{
	static const struct pair named[] = {
		{ "south", "The south" },
		{ "U1", "insurance.pdf" },
	};
	static const struct pair_list names = { named, 2 };
	struct arena *arena = answers_request.arena;
	bool has_kind[QUESTION_KIND_COUNT] = { false };
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(shapes); i++) {
		const struct shape *shape = &shapes[i];
		const struct question *question = asked(shape->question);
		struct answer_value value = answer_value_read(
		    arena, question, shape->json);
		const char *written = answer_value_write(
		    arena, question, &value);

		has_kind[question->kind] = true;
		assert_string_equal(written, shape->canonical);
		assert_string_equal(
		    answer_text(arena, question, shape->json, &names),
		    shape->text);
		value = answer_value_read(arena, question, written);
		assert_string_equal(
		    answer_value_write(arena, question, &value), written);
	}
	for (i = 0; i < QUESTION_KIND_COUNT; i++)
		assert_true(has_kind[i]);
}

/* What is not, or not any more, an answer to the question. */
static const struct shape strangers[] = {
	{ .question = "name", .json = "12" },
	{ .question = "name", .json = "\"\"" },
	{ .question = "name", .json = "null" },
	{ .question = "name", .json = "" },
	{ .question = "name", .json = "{" },
	{ .question = "name", .json = "\"a\" \"b\"" },
	{ .question = "name", .json = "\"a\\u0000b\"" },
	{ .question = "interested", .json = "\"perhaps\"" },
	{ .question = "interested", .json = "true" },
	{ .question = "size", .json = "{\"picked\": \"small\"}" },
	{ .question = "size", .json = "{\"more\": {\"other\": \"12\"}}" },
	{ .question = "groups", .json = "{\"picked\": [\"gone\", 4, null]}" },
	{ .question = "groups", .json = "[\"picked\"]" },
	{ .question = "hours", .json = "12.5" },
	{ .question = "hours", .json = "-1" },
	{ .question = "hours", .json = "99999999999999999999" },
	{ .question = "rate", .json = "\"17.95\"" },
	{ .question = "notice", .json = "{\"number\": 6}" },
	{ .question = "notice", .json = "{\"number\": 6, \"unit\": \"ages\"}" },
	{ .question = "notice", .json = "6" },
	{ .question = "since", .json = "\"2021-02-30\"" },
	{ .question = "since", .json = "20210215" },
	{ .question = "areas", .json = "{}" },
	{ .question = "areas", .json = "[[], {}, \"\"]" },
	{ .question = "homes", .json = "[{\"unknown\": 1}, [], 3]" },
	{ .question = "homes", .json = "{\"town\": \"Ware\"}" },
	{ .question = "true", .json = "false" },
	{ .question = "true", .json = "\"true\"" },
};

static void
test_what_is_no_answer_is_not_answered(void **state)
{
	struct arena *arena = answers_request.arena;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(strangers); i++) {
		const struct question *question = asked(strangers[i].question);
		struct answer_value value = answer_value_read(
		    arena, question, strangers[i].json);

		assert_false(value.is_given);
		assert_string_equal(
		    answer_value_write(arena, question, &value), "null");
		assert_string_equal(
		    answer_text(arena, question, strangers[i].json, NULL),
		    "Not answered");
	}
}

static void
test_a_table_ends_where_it_must(void **state)
{
	struct arena *arena = answers_request.arena;
	struct buffer json = buffer_new(arena, 4096, 1 << 20);
	struct answer_value value;
	int i;

	(void)state;
	for (i = 0; i < QUESTION_ROWS_MOST + 5; i++)
		buffer_printf(
		    &json, "%c{\"staff\": %d}", i == 0 ? '[' : ',', i);
	buffer_byte(&json, ']');
	value = answer_value_read(arena, asked("homes"), json.data);
	assert_int_equal(value.row_count, QUESTION_ROWS_MOST);
}

/* --- Counts --------------------------------------------------------------- */

struct counted {
	const char *text;
	int64_t words;
	int64_t characters;
};

static const struct counted counts[] = {
	{ "", 0, 0 },
	{ " \t\r\n ", 0, 4 },
	{ "one", 1, 3 },
	{ "one two\nthree", 3, 13 },
	{ "one\r\ntwo", 2, 7 },
	{ "well-known, isn't it? - yes", 5, 27 },
	/* No-break, ogham, ideographic and line separators part words. */
	{ "a\xC2\xA0"
	  "b\xE1\x9A\x80"
	  "c\xE3\x80\x80"
	  "d\xE2\x80\xA8"
	  "e",
	    5, 9 },
	/* A zero-width space and a byte order mark do not. */
	{ "a\xE2\x80\x8B"
	  "b\xEF\xBB\xBF"
	  "c",
	    1, 5 },
	/* U+0085 is white space in Unicode, though not in \s of JavaScript. */
	{ "a\xC2\x85"
	  "b",
	    2, 3 },
	/* e and its accent, apart and composed. */
	{ "e\xCC\x81", 1, 1 },
	{ "\xC3\xA9", 1, 1 },
	{ "Z\xCC\xA8\xCC\x81\xCC\xB4y", 1, 2 },
	/* A family, a flag, a skin tone, a keycap. */
	{ "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"
	  "\xF0\x9F\x91\xA7",
	    1, 1 },
	{ "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", 1,
	    2 },
	{ "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 1, 1 },
	{ "1\xEF\xB8\x8F\xE2\x83\xA3", 1, 1 },
	/* Hangul in letters and in one; Devanagari with its conjunct. */
	{ "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", 1, 1 },
	{ "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7", 1, 1 },
	{ "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8C\xE0\xA4\xB7", 1, 2 },
	{ "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4"
	  "\xE0\xA5\x87",
	    1, 3 },
};

static void
test_words_and_characters(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(counts); i++) {
		assert_int_equal(word_count(counts[i].text), counts[i].words);
		assert_int_equal(
		    character_count(counts[i].text), counts[i].characters);
	}
}

/* --- Which are asked ------------------------------------------------------ */

static bool
is_asked(const char *question)
{
	return question_is_asked(&answers_set, &answers_list, asked(question));
}

static void
test_conditions(void **state)
{
	(void)state;
	assert_true(is_asked("name"));
	assert_false(is_asked("groups"));
	answers_save("interested", "\"no\"");
	assert_false(is_asked("groups"));
	answers_forget();
	answers_save("interested", "\"yes\"");
	assert_true(is_asked("groups"));
	assert_false(is_asked("likely"));
	/* One that asks for more is picked all the same. */
	answers_save("size", "{\"picked\": [\"large\"], \"more\": {}}");
	assert_true(is_asked("likely"));
	answers_forget();
	answers_save("size", "{\"picked\": [\"other\"]}");
	assert_false(is_asked("likely"));
	answers_forget();
	answers_save("size", "not JSON");
	assert_false(is_asked("likely"));
}

#define LINK(id, on)                                                           \
	"{\"id\": \"" id "\", \"text\": \"T\", \"kind\": \"yes_no\", "         \
	"\"asked_when\": {\"question\": \"" on "\", \"is\": [\"yes\"]}}"

static void
test_chains_and_circles(void **state)
{
	(void)state;
	answers_set = answers_set_of(
	    "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	    "\"title\": \"S\", \"questions\": [{\"id\": \"a\", \"text\": "
	    "\"T\", "
	    "\"kind\": \"yes_no\"}, " LINK("b", "a") ", " LINK(
		"c", "b") ", " LINK("x", "y") ", " LINK("y", "x") ", " LINK("z",
		"gone") "]}]}");
	answers_save("b", "\"yes\"");
	/* b was answered, and is not asked any more: nor is c. */
	assert_false(is_asked("b"));
	assert_false(is_asked("c"));
	answers_save("a", "\"yes\"");
	assert_true(is_asked("b"));
	assert_true(is_asked("c"));
	answers_save("x", "\"yes\"");
	answers_save("y", "\"yes\"");
	assert_false(is_asked("x"));
	assert_false(is_asked("z"));
}

/* --- How a section stands ------------------------------------------------- */

static struct section_standing
standing(const char *section)
{
	return section_standing(
	    &answers_set, answers_section(section), &answers_list);
}

static void
test_standing(void **state)
{
	struct section_standing now = standing("about-you");

	(void)state;
	assert_int_equal(now.state, ANSWERS_NOT_STARTED);
	assert_int_equal(now.asked, 5);
	assert_int_equal(now.answered, 0);
	assert_int_equal(now.missing, 2);
	answers_save("name", "\"Ada\"");
	answers_save("experience", "null");
	now = standing("about-you");
	assert_int_equal(now.state, ANSWERS_IN_PROGRESS);
	assert_int_equal(now.answered, 1);
	assert_int_equal(now.missing, 1);
	answers_save("interested", "\"no\"");
	now = standing("about-you");
	assert_int_equal(now.state, ANSWERS_DONE);
	assert_int_equal(now.missing, 0);
	/* groups and likely are not asked; what was answered does not count. */
	answers_save("groups", "{\"picked\":[\"older\"]}");
	now = standing("what-you-offer");
	assert_int_equal(now.asked, 9);
	assert_int_equal(now.state, ANSWERS_NOT_STARTED);
	assert_int_equal(now.missing, 1);
}

static void
test_nothing_asked(void **state)
{
	(void)state;
	answers_set = answers_set_of(
	    "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	    "\"title\": \"S\", \"questions\": [" LINK("z", "gone") "]}]}");
	assert_int_equal(standing("s").state, ANSWERS_NOT_ASKED);
}

static void
test_lines(void **state)
{
	struct answer_line_list lines;

	(void)state;
	answers_save("interested", "\"no\"");
	answers_save("groups", "{\"picked\":[\"older\"]}");
	lines = answer_lines(answers_request.arena, &answers_set,
	    answers_section("what-you-offer"), &answers_list, NULL);
	assert_int_equal(lines.count, 11);
	assert_string_equal(lines.row[0].text, "Older people");
	assert_false(lines.row[0].is_asked);
	assert_false(lines.row[0].is_missing);
	assert_non_null(lines.row[0].answer);
	assert_null(lines.row[1].answer);
	assert_string_equal(lines.row[1].text, "Not answered");
	assert_true(lines.row[10].is_missing);
	answers_save("true", "true");
	/* An answer to what the question was before is none to what it is. */
	answers_save("name", "{\"picked\":[\"x\"]}");
	lines = answer_lines(answers_request.arena, &answers_set,
	    answers_section("about-you"), &answers_list, NULL);
	assert_true(lines.row[0].is_missing);
}

int
main(void)
{
#define EACH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, answers_begin, answers_end)
	static const struct CMUnitTest tests[] = {
		EACH(test_every_kind_is_read_written_and_said),
		EACH(test_what_is_no_answer_is_not_answered),
		EACH(test_a_table_ends_where_it_must),
		EACH(test_words_and_characters),
		EACH(test_conditions),
		EACH(test_chains_and_circles),
		EACH(test_standing),
		EACH(test_nothing_asked),
		EACH(test_lines),
	};

	return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
