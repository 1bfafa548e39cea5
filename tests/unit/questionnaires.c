/*
 * Sets of questions: reading, writing, what is said of bad ones, and what a
 * newer version changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "questionnaires/questions.h"
#include "questionnaires/questions_check.h"
#include "questionnaires/words.h"

/* A set with one section; one with a single question; that with more keys. */
#define SET(rest)      "{\"code\": \"a\", \"name\": \"A\", " rest "}"
#define SECTION(asked) SET("\"sections\": [" PART(asked) "]")
#define PART(asked)                                                            \
	"{\"id\": \"s\", \"title\": \"S\", \"questions\": [" asked "]}"
#define TEXT "{\"id\": \"t\", \"text\": \"T\", \"kind\": \"long_text\"}"
#define ASKED(kind, rest)                                                      \
	"{\"id\": \"q\", \"number\": \"9\", \"text\": \"Q\", \"kind\": "       \
	"\"" kind "\"" rest "}"
#define ONE(kind, rest) SECTION(ASKED(kind, rest))
#define OPTIONS                                                                \
	"[{\"id\": \"x\", \"text\": \"X\"}, {\"id\": \"y\", \"text\": \"Y\"}]"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct question_set
set_of(const char *document, bool is_draft)
{
	struct reading reading = reading_new(arena, "");
	struct question_set set;

	if (!question_set_read(&reading, document, is_draft, &set))
		fail_msg("%s", reading.fault[0]);
	return set;
}

static const char *
every_kind(void)
{
	const char *problem;
	const char *text = file_read(arena, "tests/data/question_set.json",
	    QUESTION_SET_MAXIMUM, &problem);

	if (text == NULL)
		fail_msg("%s", problem);
	return text;
}

/* --- Reading and writing -------------------------------------------------- */

static void
test_every_kind(void **state)
{
	struct question_set set = set_of(every_kind(), false);
	const struct question *question;
	bool seen[QUESTION_KIND_COUNT] = { false };

	(void)state;
	assert_string_equal(set.code, "every-kind");
	assert_string_equal(set.source, "Invented for tests");
	assert_int_equal(set.notices.count, 2);
	assert_string_equal(
	    question_clause_by_id(&set, "5.2.1")->number, "1.1.1");
	assert_null(question_clause_by_id(&set, "1.1.1"));
	assert_int_equal(question_count(&set), 16);
	assert_string_equal(
	    question_section_by_id(&set, "about-you")->title, "About you");
	assert_null(question_section_by_id(&set, "name"));
	for (size_t i = 0; i < set.sections.count; i++)
		for (size_t j = 0; j < set.sections.row[i].questions.count; j++)
			seen[set.sections.row[i].questions.row[j].kind] = true;
	for (size_t i = 0; i < QUESTION_KIND_COUNT; i++)
		assert_true(seen[i]);
	question = question_by_id(&set, "rate");
	assert_int_equal(question->minimum, 1000);
	assert_int_equal(question->maximum, 4550);
	question = question_by_id(&set, "interested");
	assert_int_equal(question->option_count, 2);
	assert_string_equal(question->option[1].text, "No");
	question = question_by_id(&set, "experience");
	assert_int_equal(question->words_most, 300);
	assert_true(question->may_be_confidential);
	assert_false(question->is_required);
	assert_int_equal(question->clauses.count, 2);
	question = question_by_id(&set, "homes");
	assert_int_equal(question->column_count, 5);
	assert_int_equal(question->column[4].option_count, 2);
	assert_true(question->column[0].is_required);
	question = question_by_id(&set, "likely");
	assert_string_equal(question->asked_question, "size");
	assert_string_equal(question->asked_values.row[1], "large");
	assert_null(question_by_id(&set, "nobody"));
}

static void
expect_written(const struct question_set *set, bool is_draft)
{
	const char *text = question_set_write(arena, set);
	struct question_set again = set_of(text, is_draft);

	assert_string_equal(question_set_write(arena, &again), text);
	assert_int_equal(question_set_changes(arena, set, &again).count, 0);
}

static void
test_written_and_read_again(void **state)
{
	struct question_set set = set_of(every_kind(), false);
	const char *text = question_set_write(arena, &set);

	(void)state;
	expect_written(&set, false);
	/* Nothing was lost on the way: each text of the file is there. */
	assert_non_null(strstr(text, "\"minimum\": \"10.00\""));
	assert_non_null(strstr(text, "\"maximum\": \"45.50\""));
	assert_non_null(strstr(text, "\"unit\": \"hours a week\""));
	assert_non_null(strstr(text, "\"scheme\": \"districts\""));
	assert_non_null(strstr(text, "\"asks\": \"Why not?\""));
	assert_non_null(strstr(text, "\"hint\": \"Up to 10 people\""));
	assert_non_null(strstr(text, "\"personal\": true"));
	assert_non_null(strstr(text, "The Act **applies**."));
	/* A plain yes or no needs no words. */
	assert_null(strstr(text, "\"text\": \"Yes\""));
	set = set_of(SET("\"sections\": []"), true);
	expect_written(&set, true);
	set = set_of("{\"code\": \"a\", \"name\": \"A\"}", true);
	expect_written(&set, true);
}

static void
test_kinds(void **state)
{
	(void)state;
	for (int i = 0; i < QUESTION_KIND_COUNT; i++) {
		enum question_kind kind = (enum question_kind)i;

		assert_non_null(question_kind_name(kind));
		assert_non_null(question_kind_label(kind));
		assert_int_not_equal(*question_kind_label(kind), '\0');
	}
	assert_string_equal(
	    question_kind_name(QUESTION_MONEY_PER_HOUR), "money_per_hour");
}

/* --- What cannot be read -------------------------------------------------- */

static void
expect_said(const char *const *fault, size_t count, const char *expected)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fault[i], expected) == 0)
			return;
	for (size_t i = 0; i < count; i++)
		print_error("%s\n", fault[i]);
	fail_msg("nobody said: %s", expected);
}

static const struct bad {
	const char *document;
	const char *fault;
} bads[] = {
	{ "[]", "document: must be an object, in { and }" },
	{ "{", "line 1, column 1: string or '}' expected near end of file" },
	{ "{\"code\": \"a\", \"code\": \"b\"}",
	    "line 1, column 20: duplicate object key near '\"code\"'" },
	{ "{}", "name: is missing" },
	{ "{}", "code: must be small letters, digits and \"-\", 40 at most" },
	{ "{\"code\": \"A b\"}",
	    "code: must be small letters, digits and \"-\", 40 at most" },
	{ "{\"code\": 7}", "code: must be a text, in quotation marks" },
	{ SET("\"colour\": 1"), "colour: there is no such key here" },
	{ SET("\"sections\": {}"), "sections: must be a list, in [ and ]" },
	{ SET("\"sections\": [7]"),
	    "sections[0]: must be an object, in { and }" },
	{ SET("\"sections\": [{}]"), "sections[0].id: is missing" },
	{ SET("\"sections\": [{\"id\": \"s\", \"note\": 1}]"),
	    "sections[0].note: there is no such key here" },
	{ SET("\"sections\": [" PART("") ", " PART("") "]"),
	    "sections[1].id: \"s\" is there twice" },
	{ SET("\"notices\": [{\"id\": \"n\"}, {\"id\": \"n\"}]"),
	    "notices[1].id: \"n\" is there twice" },
	{ SET("\"clauses\": [{\"id\": \"1.1\"}, {\"id\": \"1.1\"}]"),
	    "clauses[1].id: \"1.1\" is there twice" },
	{ SET("\"clauses\": [{\"id\": \"One\"}]"),
	    "clauses[0].id: must be small letters, digits, \".\", \"-\" and "
	    "\"_\", 40 at most" },
	{ SECTION(TEXT ", " TEXT),
	    "sections[0].questions[1].id: \"t\" is there twice" },
	{ ONE("hope", ""),
	    "sections[0].questions[0].kind: \"hope\" is not one of short_text, "
	    "long_text, yes_no, one_of, many_of, number, money_per_hour, "
	    "duration, date, postcode, areas, files, table, declaration, "
	    "rating" },
	{ SECTION("{\"id\": \"q\"}"),
	    "sections[0].questions[0].kind: is missing" },
	{ ONE("long_text", ", \"required\": 1"),
	    "sections[0].questions[0].required: must be true or false" },
	{ ONE("long_text", ", \"may_be_confidential\": \"yes\""),
	    "sections[0].questions[0].may_be_confidential: must be true or "
	    "false" },
	{ ONE("long_text", ", \"personal\": null"),
	    "sections[0].questions[0].personal: must be true or false" },
	{ ONE("long_text", ", \"words_most\": 20001"),
	    "sections[0].questions[0].words_most: must be a whole number from "
	    "0 to 20000" },
	{ ONE("number", ", \"minimum\": -1"),
	    "sections[0].questions[0].minimum: must be a whole number from 0 "
	    "to 1000000000000" },
	{ ONE("files", ", \"maximum\": 11"),
	    "sections[0].questions[0].maximum: must be a whole number from 0 "
	    "to 10" },
	{ ONE("table", ", \"maximum\": 51"),
	    "sections[0].questions[0].maximum: must be a whole number from 0 "
	    "to 50" },
	{ ONE("money_per_hour", ", \"minimum\": 17.95"),
	    "sections[0].questions[0].minimum: must be an amount in quotation "
	    "marks, such as \"17.95\", of 1000.00 at most" },
	{ ONE("money_per_hour", ", \"maximum\": \"1000.01\""),
	    "sections[0].questions[0].maximum: must be an amount in quotation "
	    "marks, such as \"17.95\", of 1000.00 at most" },
	{ ONE("one_of", ", \"options\": [{\"id\": \"x\"}, {\"id\": \"x\"}]"),
	    "sections[0].questions[0].options[1].id: \"x\" is there twice" },
	{ ONE("one_of", ", \"options\": [{\"id\": \"x\", \"more\": 1}]"),
	    "sections[0].questions[0].options[0].more: there is no such key "
	    "here" },
	{ ONE("yes_no", ", \"options\": " OPTIONS),
	    "sections[0].questions[0].options: of a yes_no must be \"yes\" and "
	    "\"no\"" },
	{ ONE("table", ", \"columns\": [{\"id\": \"c\", \"kind\": \"areas\"}]"),
	    "sections[0].questions[0].columns[0].kind: areas cannot be in a "
	    "table" },
	{ ONE("table", ", \"columns\": [{\"id\": \"c\", \"kind\": \"date\"}, "
		       "{\"id\": \"c\", \"kind\": \"date\"}]"),
	    "sections[0].questions[0].columns[1].id: \"c\" is there twice" },
	{ ONE("long_text", ", \"clauses\": [\"a\", \"a\"]"),
	    "sections[0].questions[0].clauses: \"a\" is there twice" },
	{ ONE("long_text", ", \"clauses\": [7]"),
	    "sections[0].questions[0].clauses: must be a list of ids" },
	{ ONE("long_text", ", \"asked_when\": []"),
	    "sections[0].questions[0].asked_when: must be an object, in { and "
	    "}" },
	{ ONE("long_text", ", \"asked_when\": {\"is\": [\"x\"]}"),
	    "sections[0].questions[0].asked_when.question: must be the id of a "
	    "question" },
	{ ONE("long_text", ", \"asked_when\": {\"question\": \"x\"}"),
	    "sections[0].questions[0].asked_when.is: must have at least one "
	    "answer" },
	{ ONE("long_text", ", \"asked_when\": {\"question\": \"x\", "
			   "\"is\": [\"y\"], \"not\": 1}"),
	    "sections[0].questions[0].asked_when.not: there is no such key "
	    "here" },
};

static void
test_bad_documents(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		struct reading reading = reading_new(arena, "");
		struct question_set set;

		assert_false(
		    question_set_read(&reading, bads[i].document, true, &set));
		expect_said(reading.fault, reading.fault_count, bads[i].fault);
	}
}

/* `member` of them, each with its own id, after `before`. */
static const char *
many(const char *before, size_t count, const char *member, const char *after)
{
	struct buffer text = buffer_new(arena, 1024, 8 << 20);

	buffer_text(&text, before);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, "%s{\"id\": \"i%zu\"%s}",
		    i == 0 ? "" : ", ", i, member);
	buffer_text(&text, after);
	return text.data;
}

static const char *
long_text(size_t characters)
{
	char *text = arena_alloc(arena, characters * 2 + 1);

	for (size_t i = 0; i < characters; i++)
		memcpy(text + 2 * i, "é", 2);
	return text;
}

static const struct limit {
	const char *before;
	const char *member;
	const char *after;
	size_t most;
	const char *fault;
} limits[] = {
	{ "{\"code\": \"a\", \"name\": \"A\", \"sections\": [", "", "]}",
	    QUESTION_SECTIONS_MOST,
	    "sections: has 31 members; 30 are the most" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"clauses\": [", "", "]}",
	    QUESTION_CLAUSES_MOST,
	    "clauses: has 301 members; 300 are the most" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"notices\": [", "", "]}", 50,
	    "notices: has 51 members; 50 are the most" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	  "\"questions\": [",
	    ", \"kind\": \"date\"", "]}]}", QUESTIONS_MOST,
	    "sections[0].questions: has 201 members; 200 are the most" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"t\", "
	  "\"questions\": [{\"id\": \"q\", \"kind\": \"date\"}]}, "
	  "{\"id\": \"s\", \"questions\": [",
	    ", \"kind\": \"date\"", "]}]}", QUESTIONS_MOST - 1,
	    "sections: have 201 questions; 200 are the most in a set" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	  "\"questions\": [{\"id\": \"q\", \"kind\": \"one_of\", "
	  "\"options\": [",
	    "", "]}]}]}", QUESTION_OPTIONS_MOST,
	    "sections[0].questions[0].options: has 61 members; 60 are the "
	    "most" },
	{ "{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": \"s\", "
	  "\"questions\": [{\"id\": \"q\", \"kind\": \"table\", "
	  "\"columns\": [",
	    ", \"kind\": \"date\"", "]}]}]}", QUESTION_COLUMNS_MOST,
	    "sections[0].questions[0].columns: has 9 members; 8 are the "
	    "most" },
};

static void
test_limits_of_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		const struct limit *limit = &limits[i];
		struct reading reading = reading_new(arena, "");
		struct question_set set = set_of(
		    many(limit->before, limit->most, limit->member,
			limit->after),
		    true);

		assert_false(question_set_read(&reading,
		    many(limit->before, limit->most + 1, limit->member,
			limit->after),
		    true, &set));
		expect_said(reading.fault, reading.fault_count, limit->fault);
		arena_reset(arena);
	}
}

/* A text as long as may be, in characters, and one longer by one. */
static void
expect_length(const char *format, size_t most, const char *fault)
{
	const char *mark = strstr(format, "@");
	size_t before = (size_t)(mark - format);
	struct reading reading = reading_new(arena, "");
	struct question_set set;

	set_of(arena_printf(arena, "%.*s%s%s", (int)before, format,
		   long_text(most), mark + 1),
	    true);
	assert_false(question_set_read(&reading,
	    arena_printf(arena, "%.*s%s%s", (int)before, format,
		long_text(most + 1), mark + 1),
	    true, &set));
	expect_said(reading.fault, reading.fault_count, fault);
}

static void
test_limits_of_texts(void **state)
{
	char *document = arena_alloc(arena, QUESTION_SET_MAXIMUM + 2);
	struct reading reading = reading_new(arena, "");
	struct question_set set;

	(void)state;
	expect_length("{\"code\": \"a\", \"name\": \"@\"}", 200,
	    "name: is longer than 200 characters");
	expect_length(SET("\"introduction\": \"@\""), QUESTION_TEXT_MAXIMUM,
	    "introduction: is longer than 4000 characters");
	expect_length(ONE("long_text", ", \"guidance\": \"@\""),
	    QUESTION_TEXT_MAXIMUM,
	    "sections[0].questions[0].guidance: is longer than 4000 "
	    "characters");
	expect_length(
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"@\"}]"),
	    QUESTION_LINE_MAXIMUM,
	    "sections[0].questions[0].options[0].text: is longer than 500 "
	    "characters");
	memset(document, ' ', QUESTION_SET_MAXIMUM + 1);
	assert_false(question_set_read(&reading, document, true, &set));
	expect_said(reading.fault, reading.fault_count,
	    "document: is larger than 1048576 bytes");
}

/* --- What keeps a set from being published -------------------------------- */

static const struct bad unfit[] = {
	{ "{\"code\": \"a\", \"name\": \"A\"}", "The set has no sections" },
	{ SET("\"sections\": [{\"id\": \"s\"}]"), "Section “s” has no title" },
	{ SET("\"sections\": [{\"id\": \"s\", \"title\": \"S\"}]"),
	    "Section “S” has no questions" },
	{ SECTION("{\"id\": \"a\", \"text\": \"A\", \"kind\": \"date\"},"
		  "{\"id\": \"a-day\", \"text\": \"B\", \"kind\":"
		  " \"short_text\"}"),
	    "Question “B” has an id that its form needs for question a: "
	    "choose another than a-day" },
	{ SET("\"notices\": [{\"id\": \"n\"}]"), "Notice “n” has no title" },
	{ SET("\"notices\": [{\"id\": \"n\", \"title\": \"N\"}]"),
	    "Notice “N” has no text" },
	{ SET("\"clauses\": [{\"id\": \"1.1\"}]"),
	    "Clause 1.1 has neither title nor text" },
	{ SECTION("{\"id\": \"q\", \"kind\": \"date\"}"),
	    "Question “q” has no text" },
	{ ONE("one_of", ""), "Question 9 needs two answers to pick from" },
	{ ONE("rating", ", \"options\": [{\"id\": \"x\", \"text\": \"X\"}]"),
	    "Question 9 needs two answers to pick from" },
	{ ONE("many_of", ""), "Question 9 needs an answer to pick from" },
	{ ONE("many_of", ", \"options\": [{\"id\": \"x\"}]"),
	    "Question 9 has an answer without text: the x" },
	{ ONE("table", ""), "Question 9 is a table without columns" },
	{ ONE("table", ", \"columns\": [{\"id\": \"c\", \"kind\": \"date\"}]"),
	    "Question 9 has a column without text: c" },
	{ ONE("table", ", \"columns\": [{\"id\": \"c\", \"text\": \"C\", "
		       "\"kind\": \"one_of\"}]"),
	    "Question 9 needs 2 answers to pick from in its column C" },
	{ ONE("table", ", \"columns\": [{\"id\": \"c\", \"text\": \"C\", "
		       "\"kind\": \"date\", \"options\": " OPTIONS "}]"),
	    "Question 9 has answers to pick from in its column C, which is no "
	    "list" },
	{ ONE("short_text", ", \"words_most\": 5"),
	    "Question 9 has a limit in words, which only long text has" },
	{ ONE("date", ", \"options\": " OPTIONS),
	    "Question 9 has answers to pick from, and is no list" },
	{ ONE("date", ", \"columns\": [{\"id\": \"c\", \"kind\": \"date\"}]"),
	    "Question 9 has columns, and is no table" },
	{ ONE("date", ", \"unit\": \"hours\""),
	    "Question 9 has a unit, which only a number has" },
	{ ONE("date", ", \"scheme\": \"a\""),
	    "Question 9 names an area scheme, and asks for no areas" },
	{ ONE("date", ", \"minimum\": 1"),
	    "Question 9 has a least, and is no number nor table" },
	{ ONE("date", ", \"maximum\": 1"),
	    "Question 9 has a most, and is no number, nor table, nor files" },
	{ ONE("number", ", \"minimum\": 2, \"maximum\": 1"),
	    "Question 9 has a least that is more than its most" },
	{ ONE("areas", ""),
	    "Question 9 does not say of which scheme the areas are" },
	{ ONE("date", ", \"clauses\": [\"5.2.1\"]"),
	    "Question 9 refers to clause 5.2.1, which is not there" },
	{ ONE("date", ", \"asked_when\": {\"question\": \"z\", \"is\": "
		      "[\"x\"]}"),
	    "Question 9 depends on the question \"z\", which is not there" },
	{ ONE("yes_no", ", \"asked_when\": {\"question\": \"q\", \"is\": "
			"[\"yes\"]}"),
	    "Question 9 depends on question 9, which does not come before "
	    "it" },
	{ SECTION(
	      ASKED("date", ", \"asked_when\": {\"question\": \"l\", \"is\": "
			    "[\"yes\"]}") ", {\"id\": \"l\", \"text\": "
					  "\"Later?\", \"kind\": "
					  "\"yes_no\"}"),
	    "Question 9 depends on question “Later?”, which does not come "
	    "before it" },
	{ SECTION(TEXT ", " ASKED("date", ", \"asked_when\": {\"question\": "
					  "\"t\", \"is\": [\"x\"]}")),
	    "Question 9 depends on question “T”, which has no answers to "
	    "pick" },
	{ SECTION("{\"id\": \"y\", \"number\": \"8\", \"text\": \"Y\", "
		  "\"kind\": \"yes_no\"}, " ASKED("date",
		      ", \"asked_when\": {\"question\": \"y\", \"is\": "
		      "[\"perhaps\"]}")),
	    "Question 9 depends on an answer that question 8 does not have: "
	    "\"perhaps\"" },
};

static void
test_what_keeps_from_publishing(void **state)
{
	struct question_set set = set_of(every_kind(), true);

	(void)state;
	assert_int_equal(question_set_faults(arena, &set).count, 0);
	for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++) {
		struct reading reading = reading_new(arena, "");
		struct text_list faults;

		set = set_of(unfit[i].document, true);
		faults = question_set_faults(arena, &set);
		expect_said(faults.row, faults.count, unfit[i].fault);
		assert_false(question_set_read(
		    &reading, unfit[i].document, false, &set));
	}
}

/* A file that is no draft says the same with the place in it. */
static void
test_places_of_faults(void **state)
{
	struct reading reading = reading_new(arena, "test.json");
	struct question_fault_list faults;
	struct question_set set;

	(void)state;
	assert_false(question_set_read(&reading,
	    SECTION(TEXT ", " ASKED("date", ", \"clauses\": [\"x\"]")), false,
	    &set));
	expect_said(reading.fault, reading.fault_count,
	    "test.json: sections[0].questions[1]: refers to clause x, which is "
	    "not there");
	faults = question_set_check(arena, &set);
	assert_int_equal(faults.count, 1);
	assert_ptr_equal(faults.row[0].section, &set.sections.row[0]);
	assert_string_equal(faults.row[0].question->id, "q");
	assert_null(faults.row[0].clause);
}

/* --- Changes -------------------------------------------------------------- */

static void
expect_change(const char *older, const char *newer, const char *change)
{
	struct question_set from = set_of(older, true);
	struct question_set to = set_of(newer, true);
	struct text_list changes = question_set_changes(arena, &from, &to);

	if (change == NULL && changes.count > 0)
		fail_msg("somebody said: %s", changes.row[0]);
	if (change != NULL)
		expect_said(changes.row, changes.count, change);
}

static void
test_changes_of_questions(void **state)
{
	static const char date[] = ONE("date", "");
	static const char *const cases[][3] = {
		{ SECTION(TEXT), SECTION(TEXT ", " ASKED("date", "")),
		    "Question 9 is new" },
		{ SECTION(TEXT ", " ASKED("date", "")), SECTION(TEXT),
		    "Question 9 is no longer asked" },
		{ date,
		    SECTION("{\"id\": \"q\", \"number\": \"9\", \"text\": "
			    "\"When?\", \"kind\": \"date\"}"),
		    "Question 9 asks: “When?”" },
		{ date,
		    SECTION("{\"id\": \"q\", \"number\": \"10\", \"text\": "
			    "\"Q\", \"kind\": \"date\"}"),
		    "Question 9 is question 10 now" },
		{ date, ONE("date", ", \"hint\": \"H\""),
		    "Question 9 has the hint “H”" },
		{ ONE("date", ", \"hint\": \"H\""), date,
		    "Question 9 has no hint now" },
		{ date, ONE("number", ""),
		    "Question 9 is answered with: Number, it was: Date" },
		{ date, ONE("date", ", \"required\": true"),
		    "Question 9 must be answered" },
		{ ONE("date", ", \"required\": true"), date,
		    "Question 9 may be left empty" },
		{ date, ONE("date", ", \"may_be_confidential\": true"),
		    "Question 9 may be answered in confidence" },
		{ ONE("date", ", \"may_be_confidential\": true"), date,
		    "Question 9 may no longer be answered in confidence" },
		{ date, ONE("date", ", \"personal\": true"),
		    "Question 9 names or reaches a person: its answer is never "
		    "published" },
		{ ONE("long_text", ", \"words_most\": 300"),
		    ONE("long_text", ", \"words_most\": 1500"),
		    "The limit of question 9 is 1,500 words, it was 300" },
		{ ONE("long_text", ""), ONE("long_text", ", \"words_most\": 5"),
		    "The limit of question 9 is 5 words, it had none" },
		{ ONE("long_text", ", \"words_most\": 5"), ONE("long_text", ""),
		    "Question 9 has no limit in words now, it was 5" },
		{ ONE("number", ""), ONE("number", ", \"minimum\": 1"),
		    "Question 9 takes at least 1, it took any number" },
		{ ONE("money_per_hour", ", \"maximum\": \"40.00\""),
		    ONE("money_per_hour",
			", \"minimum\": \"17.95\", \"maximum\": \"40.00\""),
		    "Question 9 takes £17.95 to £40.00, it took at most "
		    "£40.00" },
		{ ONE("table", ""), ONE("table", ", \"maximum\": 20"),
		    "Question 9 takes at most 20 rows, it took any number of "
		    "rows" },
		{ ONE("number", ", \"unit\": \"hours\""),
		    ONE("number", ", \"unit\": \"days\""),
		    "Question 9 is answered in “days”, it was “hours”" },
		{ ONE("areas", ", \"scheme\": \"a\""),
		    ONE("areas", ", \"scheme\": \"b\""),
		    "Question 9 asks for areas of the scheme b, it was a" },
		{ date, ONE("date", ", \"clauses\": [\"a\", \"b\"]"),
		    "Question 9 refers to clause a and b" },
		{ ONE("date", ", \"clauses\": [\"a\"]"), date,
		    "Question 9 no longer refers to a clause" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		expect_change(cases[i][0], cases[i][1], cases[i][2]);
		expect_change(cases[i][0], cases[i][0], NULL);
	}
}

static void
test_changes_of_answers(void **state)
{
	static const char plain[] = ONE("one_of", ", \"options\": " OPTIONS);
	static const char table[] = ONE("table",
	    ", \"columns\": [{\"id\": \"c\", \"text\": \"C\", "
	    "\"kind\": \"date\"}]");

	(void)state;
	expect_change(plain,
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"X\"}]"),
	    "Question 9 no longer has the answer “Y”");
	expect_change(
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"X\"}]"),
	    plain, "Question 9 has a new answer: “Y”");
	expect_change(plain,
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"Z\"}]"),
	    "Question 9 has the answer “Z”, it was “X”");
	expect_change(plain,
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"X\", "
			  "\"asks\": \"Why?\"}]"),
	    "Question 9 asks those who answer “X” for more: “Why?”");
	expect_change(
	    ONE("one_of", ", \"options\": [{\"id\": \"x\", \"text\": \"X\", "
			  "\"asks\": \"Why?\"}]"),
	    plain, "Question 9 no longer asks those who answer “X” for more");
	expect_change(
	    table, ONE("table", ""), "Question 9 no longer has the column “C”");
	expect_change(
	    ONE("table", ""), table, "Question 9 has a new column: “C”");
	expect_change(table,
	    ONE("table", ", \"columns\": [{\"id\": \"c\", \"text\": \"C\", "
			 "\"kind\": \"number\"}]"),
	    "Question 9, column “C”, is answered with: Number, it was: Date");
	expect_change(table,
	    ONE("table", ", \"columns\": [{\"id\": \"c\", \"text\": \"C\", "
			 "\"kind\": \"date\", \"required\": true}]"),
	    "Question 9, column “C”, must be filled in");
}

static void
test_changes_of_the_rest(void **state)
{
	static const char none[] = SET("\"sections\": []");
	static const char notice[] = SET("\"notices\": [{\"id\": \"n\", "
					 "\"title\": \"N\", \"text\": \"a\"}]");
	static const char clause[] = SET("\"clauses\": [{\"id\": \"1\", "
					 "\"number\": \"2\"}]");
	static const char yes[] =
	    "{\"id\": \"y\", \"number\": \"8\", \"text\": \"Y\", \"kind\": "
	    "\"yes_no\"}, ";

	(void)state;
	expect_change(none, notice, "Notice “N” is new");
	expect_change(notice, none, "Notice “N” is no longer there");
	expect_change(notice,
	    SET("\"notices\": [{\"id\": \"n\", \"title\": \"N\", \"text\": "
		"\"b\"}]"),
	    "Notice “N” reads otherwise now");
	expect_change(none, clause, "Clause 1 is new");
	expect_change(clause, none, "Clause 1 is no longer there");
	expect_change(clause,
	    SET("\"clauses\": [{\"id\": \"1\", \"number\": \"3\"}]"),
	    "Clause 1 reads otherwise now");
	expect_change(ONE("date", ""),
	    arena_printf(arena, SECTION("%s%s"), yes,
		ASKED("date", ", \"asked_when\": {\"question\": \"y\", "
			      "\"is\": [\"yes\", \"no\"]}")),
	    "Question 9 is asked only when question 8 is answered “Yes” or "
	    "“No”");
	expect_change(
	    ONE("date", ", \"asked_when\": {\"question\": \"y\", \"is\": "
			"[\"yes\"]}"),
	    ONE("date", ""), "Question 9 is asked always");
}

/* Order, guidance and titles are no news to those who have answered. */
static void
test_no_changes(void **state)
{
	(void)state;
	expect_change(SECTION(TEXT ", " ASKED("date", "")),
	    SECTION(ASKED("date", ", \"guidance\": \"More\"") ", " TEXT), NULL);
	expect_change(SET("\"introduction\": \"a\""),
	    SET("\"introduction\": \"b\", \"source\": \"c\""), NULL);
}

/* --- Words ---------------------------------------------------------------- */

static void
test_names(void **state)
{
	struct question question = { .id = "q", .number = "9", .text = "T" };

	(void)state;
	assert_string_equal(question_name(arena, &question), "question 9");
	assert_string_equal(question_line(arena, &question), "9 T");
	question.number = "";
	assert_string_equal(
	    question_name_first(arena, &question), "Question “T”");
	question.text = "";
	assert_string_equal(question_name(arena, &question), "question “q”");
	question.text = "How many hours of care\ncould you give in each of the "
			"areas below?";
	assert_string_equal(question_name(arena, &question),
	    "question “How many hours of care could you give in each of…”");
	question.text = long_text(60);
	assert_string_equal(question_name(arena, &question),
	    arena_printf(arena, "question “%s…”", long_text(50)));
}

static void
test_words(void **state)
{
	struct question_set set = set_of(every_kind(), false);
	struct text_list words = question_words(
	    arena, question_by_id(&set, "hours"));

	(void)state;
	assert_int_equal(words.count, 4);
	assert_string_equal(words.row[0], "Number");
	assert_string_equal(words.row[1], "1 to 2,000");
	assert_string_equal(words.row[2], "In hours a week");
	assert_string_equal(words.row[3], "May be left empty");
	words = question_words(arena, question_by_id(&set, "experience"));
	assert_string_equal(words.row[1], "At most 300 words");
	assert_string_equal(words.row[3], "May be marked as confidential");
	words = question_words(arena, question_by_id(&set, "papers"));
	assert_string_equal(words.row[1], "At most 3 files");
	assert_string_equal(question_condition_words(
				arena, &set, question_by_id(&set, "likely")),
	    "only when question 5 is answered “Small” or “Large”");
	assert_string_equal(question_condition_words(
				arena, &set, question_by_id(&set, "hours")),
	    "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_kind),
		cmocka_unit_test(test_written_and_read_again),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_bad_documents),
		cmocka_unit_test(test_limits_of_lists),
		cmocka_unit_test(test_limits_of_texts),
		cmocka_unit_test(test_what_keeps_from_publishing),
		cmocka_unit_test(test_places_of_faults),
		cmocka_unit_test(test_changes_of_questions),
		cmocka_unit_test(test_changes_of_answers),
		cmocka_unit_test(test_changes_of_the_rest),
		cmocka_unit_test(test_no_changes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
