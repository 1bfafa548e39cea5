/*
 * Editing a set: what is opened may be written to and leaves the set it was
 * read from as it was; options keep their ids when their lines are changed.
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
#include "questionnaires/edits.h"
#include "questionnaires/questions_check.h"

static struct arena *arena;
static struct question_set before; /* as the file has it */

static int
begin(void **state)
{
	struct reading reading;

	(void)state;
	arena = arena_new(64 << 20);
	reading = reading_new(arena, "tests/data/question_set.json");
	if (!question_set_read(&reading,
		reading_file(&reading, QUESTION_SET_MAXIMUM), false, &before))
		fail_msg("%s", reading.fault[0]);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The ids of the questions, in order, with "/" between sections. */
static const char *
order(const struct question_set *set)
{
	struct buffer text = buffer_new(arena, 256, 1 << 16);

	for (size_t i = 0; i < set->sections.count; i++) {
		const struct question_section *section = &set->sections.row[i];

		buffer_printf(&text, "%s%s:", i > 0 ? " / " : "", section->id);
		for (size_t j = 0; j < section->questions.count; j++)
			buffer_printf(
			    &text, " %s", section->questions.row[j].id);
	}
	return text.data;
}

static const char first[] =
    "about-you: name experience interested rural size / what-you-offer: groups "
    "hours rate notice since postcode areas papers homes likely true";

static void
test_opening_copies(void **state)
{
	struct question_set set = before;
	const char *as_it_was = question_set_write(arena, &before);

	(void)state;
	question_open(arena, &set, "hours")->text = "Another";
	question_section_open(arena, &set, "about-you")->title = "Another";
	question_notice_open(arena, &set, "foi")->text = "Another";
	question_clause_open(arena, &set, "5.2.1")->text = "Another";
	question_option_open(arena, question_open(arena, &set, "size"), "small")
	    ->text = "Another";
	question_column_open(arena, question_open(arena, &set, "homes"), "town")
	    ->text = "Another";
	assert_string_equal(question_set_write(arena, &before), as_it_was);
	assert_string_equal(question_by_id(&set, "hours")->text, "Another");
	assert_string_equal(
	    question_section_by_id(&set, "about-you")->title, "Another");
	assert_string_equal(
	    question_by_id(&set, "size")->option[0].text, "Another");
	assert_string_equal(
	    question_by_id(&set, "homes")->column[0].text, "Another");
	assert_int_equal(question_set_changes(arena, &before, &set).count, 5);
	assert_null(question_open(arena, &set, "nobody"));
	assert_null(question_section_open(arena, &set, "nobody"));
	assert_null(question_clause_open(arena, &set, "9.9"));
}

static void
test_adding(void **state)
{
	struct question_set set = before;
	struct question *question = question_add(arena, &set, "about-you");

	(void)state;
	question->id = "new";
	question_section_open(arena, &set, "")->id = "last";
	question_section_open(arena, &set, "")->id = "gone";
	assert_true(
	    question_set_move(arena, &set, "sections", "", "gone", "remove"));
	question_notice_open(arena, &set, "")->id = "n";
	question_clause_open(arena, &set, "")->id = "c";
	assert_null(question_add(arena, &set, "nobody"));
	assert_string_equal(order(&set),
	    "about-you: name experience interested rural size new / "
	    "what-you-offer: groups hours rate notice since postcode areas "
	    "papers homes likely true / last:");
	assert_string_equal(order(&before), first);
	assert_int_equal(set.notices.count, before.notices.count + 1);
	assert_int_equal(set.clauses.count, before.clauses.count + 1);
	/* An empty one is written and read as it is. */
	assert_non_null(question_set_write(arena, &set));
}

static void
test_full_lists(void **state)
{
	struct question_set set = before;

	(void)state;
	for (size_t i = question_count(&set); i < QUESTIONS_MOST; i++)
		question_add(arena, &set, "about-you")->id = arena_printf(
		    arena, "i%zu", i);
	assert_null(question_add(arena, &set, "about-you"));
	assert_null(question_add(arena, &set, "what-you-offer"));
	for (size_t i = set.sections.count; i < QUESTION_SECTIONS_MOST; i++)
		question_section_open(arena, &set, "")->id = arena_printf(
		    arena, "s%zu", i);
	assert_null(question_section_open(arena, &set, ""));
	/* A question may still go from one to another. */
	assert_true(question_to_section(arena, &set, "name", "what-you-offer"));
	assert_string_equal(
	    question_section_of(&set, "name")->id, "what-you-offer");
}

static void
test_moving(void **state)
{
	static const struct {
		const char *list;
		const char *parent;
		const char *id;
		const char *how;
		bool moves;
	} cases[] = {
		{ "questions", "", "name", "up", false },
		{ "questions", "", "true", "down", false },
		{ "questions", "", "name", "sideways", false },
		{ "questions", "", "nobody", "up", false },
		{ "sections", "", "about-you", "up", false },
		{ "sections", "", "what-you-offer", "down", false },
		{ "sections", "", "about-you", "remove", false },
		{ "columns", "nobody", "town", "down", false },
		{ "columns", "homes", "nobody", "down", false },
		{ "answers", "", "name", "up", false },
		{ "questions", "", "experience", "up", true },
		{ "questions", "", "size", "remove", true },
		{ "sections", "", "about-you", "down", true },
		{ "columns", "homes", "town", "down", true },
		{ "columns", "homes", "since", "remove", true },
		{ "notices", "", "foi", "up", true },
		{ "clauses", "", "5.2.1", "remove", true },
	};
	struct question_set set = before;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *as_it_was = question_set_write(arena, &set);

		assert_int_equal(
		    question_set_move(arena, &set, cases[i].list,
			cases[i].parent, cases[i].id, cases[i].how),
		    cases[i].moves);
		if (!cases[i].moves)
			assert_string_equal(
			    question_set_write(arena, &set), as_it_was);
	}
	assert_string_equal(order(&set),
	    "what-you-offer: groups hours rate notice since postcode areas "
	    "papers homes likely true / about-you: experience name interested "
	    "rural");
	assert_string_equal(
	    question_by_id(&set, "homes")->column[0].id, "staff");
	assert_int_equal(question_by_id(&set, "homes")->column_count, 4);
	assert_string_equal(set.notices.row[0].id, "foi");
	assert_int_equal(set.clauses.count, 1);
	assert_string_equal(order(&before), first);
}

static void
test_another_section(void **state)
{
	struct question_set set = before;

	(void)state;
	assert_true(question_to_section(arena, &set, "name", "what-you-offer"));
	assert_string_equal(order(&set),
	    "about-you: experience interested rural size / what-you-offer: "
	    "groups hours rate notice since postcode areas papers homes likely "
	    "true name");
	assert_string_equal(
	    question_by_id(&set, "name")->text, "What is your name?");
	assert_false(question_to_section(arena, &set, "name", "nobody"));
	assert_false(question_to_section(arena, &set, "nobody", "about-you"));
	assert_true(question_to_section(arena, &set, "name", "what-you-offer"));
	assert_string_equal(order(&before), first);
}

/* What a question of another kind may still lack, and nothing else. */
static void
expect_only_lacks(const struct question_fault *fault, const char *id)
{
	static const char *const lacks[] = { "needs ", "is a table without",
		"does not say of which scheme", "depends on " };

	if (strcmp(fault->question->id, id) != 0)
		return; /* one that depends on it */
	for (size_t i = 0; i < sizeof(lacks) / sizeof(lacks[0]); i++)
		if (text_starts_with(fault->words, lacks[i]))
			return;
	fail_msg("%s", fault->text);
}

static void
become_each(const char *id)
{
	for (int k = 0; k < QUESTION_KIND_COUNT; k++) {
		struct question_set set = before;
		struct reading reading = reading_new(arena, "");
		struct question_fault_list faults;

		question_become(
		    question_open(arena, &set, id), (enum question_kind)k);
		if (!question_set_read(
			&reading, question_set_write(arena, &set), true, &set))
			fail_msg("%s", reading.fault[0]);
		faults = question_set_check(arena, &set);
		for (size_t f = 0; f < faults.count; f++)
			expect_only_lacks(&faults.row[f], id);
	}
}

static void
test_another_kind(void **state)
{
	const struct question_section_list sections = before.sections;

	(void)state;
	for (size_t i = 0; i < sections.count; i++)
		for (size_t j = 0; j < sections.row[i].questions.count; j++)
			become_each(sections.row[i].questions.row[j].id);
}

/* --- Options -------------------------------------------------------------- */

static const struct question_option three[] = {
	{ "small", "Small", "Up to 10", "" },
	{ "large", "Large", "", "" },
	{ "other", "Another", "", "Which?" },
};

static void
expect_ids(const char *lines, const char *expected)
{
	const struct question_option *option = three;
	size_t count = 3;
	struct buffer ids = buffer_new(arena, 64, 4096);

	question_options_from_lines(arena, lines, &option, &count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&ids, "%s%s=%s%s%s", i > 0 ? ", " : "",
		    option[i].id, option[i].text,
		    *option[i].hint != '\0' ? "+" : "",
		    *option[i].asks != '\0' ? "?" : "");
	assert_string_equal(ids.data, expected);
}

static void
test_options_from_lines(void **state)
{
	(void)state;
	assert_string_equal(
	    question_options_lines(arena, three, 3), "Small\nLarge\nAnother");
	expect_ids("Small\nLarge\nAnother",
	    "small=Small+, large=Large, other=Another?");
	/* Another order, one taken out, one put between. */
	expect_ids("Another\nSmall\nLarge",
	    "other=Another?, small=Small+, large=Large");
	expect_ids("Small\nAnother", "small=Small+, other=Another?");
	expect_ids("Small\nMiddling\nLarge\nAnother",
	    "small=Small+, middling=Middling, large=Large, other=Another?");
	/* A new wording in its place keeps the id, and what hangs on it. */
	expect_ids(
	    "Tiny\nLarge\nAnother", "small=Tiny+, large=Large, other=Another?");
	expect_ids("Small\nLarge\nAnother size\nNone",
	    "small=Small+, large=Large, other=Another size?, none=None");
	/* Empty lines and spaces are nothing. */
	expect_ids("\n  Small \n\nLarge\n", "small=Small+, large=Large");
	expect_ids("", "");
	/* An id that is gone is not given to another. */
	expect_ids("Small\nAnother\nLarge\nlarge!",
	    "small=Small+, other=Another?, large=Large, large-2=large!");
}

static void
test_ids(void **state)
{
	static const char *const row[] = { "a", "a-2", "what-we-ask" };
	const struct text_list taken = { row, 3 };

	(void)state;
	assert_string_equal(
	    question_id_after(arena, "What we ask!", taken), "what-we-ask-2");
	assert_string_equal(question_id_after(arena, " A ", taken), "a-3");
	assert_string_equal(question_id_after(arena, "§ é", taken), "x");
	assert_string_equal(
	    question_id_after(
		arena, "A question that is much longer than an id", taken),
	    "a-question-that-is-much-longer-than");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opening_copies),
		cmocka_unit_test(test_adding),
		cmocka_unit_test(test_full_lists),
		cmocka_unit_test(test_moving),
		cmocka_unit_test(test_another_section),
		cmocka_unit_test(test_another_kind),
		cmocka_unit_test(test_options_from_lines),
		cmocka_unit_test(test_ids),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
