/*
 * Sets of questions in the browser: drafts and their forms, order, two who
 * edit, publishing, versions, files, and the command for operators.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "command.h"
#include "questionnaires/questions.h"
#include "support_controls.h"
#include "support_offers.h"

static struct browser *commissioner;
static struct arena *arena;

static int
begin(void **state)
{
	fern_begin(state);
	account_make("admin@gorse.example", "Gil Gorse",
	    "council_administrator", "gorse", "");
	return 0;
}

static int
each_begin(void **state)
{
	(void)state;
	commissioner = fern_sign_in("commissioner@fern.example");
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	arena_free(arena);
	return 0;
}

/* --- Helpers -------------------------------------------------------------- */

static const char *at(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static const char *
at(const char *format, ...)
{
	const char *path;
	va_list args;

	va_start(args, format);
	path = arena_vprintf(arena, format, args);
	va_end(args);
	return path;
}

/* The reference that the last redirect leads to. */
static const char *
redirected(void)
{
	expect_location(commissioner, "/question-sets/Q");
	return arena_strndup(
	    arena, commissioner->location + strlen("/question-sets/"), 9);
}

/* A new, empty draft. */
static const char *
draft_make(const char *name)
{
	browser_fill(commissioner, "/question-sets/new", "name", name, NULL);
	return redirected();
}

static void
import(const char *text)
{
	browser_get(commissioner, "/question-sets/import");
	browser_post_file(commissioner, "/question-sets/import", "document",
	    "set.json",
	    (struct bytes) { (const unsigned char *)text, strlen(text) });
}

static const char *
every_kind(void)
{
	const char *problem;

	return file_read(arena, "tests/data/question_set.json",
	    QUESTION_SET_MAXIMUM, &problem);
}

/* A draft of every kind of question, under a code of its own. */
static const char *
draft_of_every_kind(const char *code)
{
	const char *document = every_kind();
	const char *rest = strstr(document, "\",");

	import(at("{\"code\": \"%s%s", code, rest));
	return redirected();
}

static const char *
document_of(const char *reference, int number)
{
	browser_get(
	    commissioner, at("/question-sets/%s/versions/%d/document.json",
			      reference, number));
	expect_status(commissioner, 200);
	return arena_strdup(arena, commissioner->page);
}

static int64_t
audits(const char *act, const char *reference)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, reference);
}

/* Posts a form of the draft with the revision that its page shows. */
#define SEND(path, ...)                                                        \
	do {                                                                   \
		const char *path_ = (path);                                    \
		char revision_[16];                                            \
                                                                               \
		browser_get(commissioner, path_);                              \
		expect_status(commissioner, 200);                              \
		browser_hidden(                                                \
		    commissioner, "revision", revision_, sizeof(revision_));   \
		browser_post(commissioner, path_, "revision", revision_,       \
		    __VA_ARGS__, NULL);                                        \
	} while (0)

/* Moves, from the page of the draft. */
static void
move(const char *draft, const char *list, const char *parent, const char *id,
    const char *how)
{
	char revision[16];

	/* The page of a part that has a form shows the same revision. */
	browser_get(commissioner, at("/question-sets/%s/draft/details", draft));
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, at("/question-sets/%s/draft/move", draft),
	    "revision", revision, "list", list, "parent", parent, "id", id,
	    "move", how, NULL);
}

static void
publish(const char *draft)
{
	SEND(at("/question-sets/%s/draft/publish", draft), "ignored", "");
}

/* --- Reading -------------------------------------------------------------- */

static void
test_versions_in_words(void **state)
{
	const char *set = draft_of_every_kind("words");
	struct browser *auditor, *broker, *other;

	(void)state;
	publish(set);
	expect_location(commissioner, "/question-sets/Q");
	account_make(
	    "auditor@fern.example", "Ada Auditor", "auditor", "fern", "");
	auditor = browser_signed_in("auditor@fern.example");
	browser_get(auditor, "/question-sets");
	expect_text(auditor, "Every kind of question");
	expect_no_text(auditor, "Write a set of questions");
	browser_get(auditor, at("/question-sets/%s/versions/1", set));
	expect_text(auditor, "You bear your own costs.");
	expect_text(auditor, "The Act <strong>applies</strong>.");
	expect_text(auditor, "<li>At most 300 words</li>");
	expect_text(auditor, "£10.00 to £45.50");
	expect_text(auditor, "Then asks: Why not?");
	expect_text(auditor, "Asked only when question 3 is answered “Yes”.");
	expect_text(auditor, "href=\"#clause-5D2D1\"");
	expect_no_text(auditor, "Edit as a new version");
	browser_get(auditor, at("/question-sets/%s/draft", set));
	expect_status(auditor, 403);
	browser_free(auditor);
	broker = fern_sign_in("broker@fern.example");
	browser_get(broker, "/question-sets");
	expect_status(broker, 403);
	browser_free(broker);
	other = browser_signed_in("admin@gorse.example");
	browser_get(other, "/question-sets");
	expect_text(other, "There are no questions yet");
	browser_get(other, at("/question-sets/%s/versions/1", set));
	expect_status(other, 404);
	browser_get(
	    other, at("/question-sets/%s/versions/1/document.json", set));
	expect_status(other, 404);
	browser_free(other);
}

/* --- Forms ---------------------------------------------------------------- */

/* Sends the form of a page again as it stands. */
static void
send_again(const char *path)
{
	struct control_list form;

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	form = controls_read(arena, commissioner->page, path);
	assert_true(form.count > 2);
	browser_post_body(commissioner, path, controls_body(arena, form));
	if (commissioner->status != 303)
		print_error("%s is not taken as it is shown\n", path);
	expect_status(commissioner, 303);
}

/* Every form of every kind of question, shown and sent, changes nothing. */
static void
test_forms_keep(void **state)
{
	static const char *const parts[] = { "details", "notices/costs",
		"clauses/5.2.1", "sections/about-you/edit",
		"questions/likely/condition/size", "questions/rural/answers/no",
		"questions/homes/columns/rating" };
	const char *set = draft_of_every_kind("forms-keep");
	const char *before = document_of(set, 1);
	struct reading reading = reading_new(arena, "");
	struct question_set read;

	(void)state;
	sql_run("INSERT INTO area_scheme (council_id, code, name)"
		" SELECT id, 'wards', 'Wards' FROM council"
		" WHERE code = 'fern'");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		send_again(at("/question-sets/%s/draft/%s", set, parts[i]));
	assert_true(question_set_read(&reading, before, true, &read));
	for (size_t i = 0; i < read.sections.count; i++)
		for (size_t j = 0; j < read.sections.row[i].questions.count;
		     j++)
			send_again(at("/question-sets/%s/draft/questions/%s",
			    set, read.sections.row[i].questions.row[j].id));
	assert_string_equal(document_of(set, 1), before);
	assert_int_equal(audits("question_set.change", set),
	    sizeof(parts) / sizeof(parts[0]) + 16);
}

static void
expect_refused(const char *message)
{
	expect_status(commissioner, 422);
	expect_text(commissioner, message);
}

static void
test_wrong_input_is_kept(void **state)
{
	const char *set = draft_of_every_kind("wrong-input");

	(void)state;
	browser_fill(commissioner, "/question-sets/new", "name", "", NULL);
	expect_refused("Enter a name");
	SEND(at("/question-sets/%s/draft/details", set), "name", "",
	    "introduction", "Kept words");
	expect_refused("Enter a name");
	expect_text(commissioner, "Kept words");
	SEND(at("/question-sets/%s/draft/add-notice", set), "title",
	    "Kept title", "text", "");
	expect_refused("Enter the text");
	expect_text(commissioner, "Kept title");
	SEND(at("/question-sets/%s/draft/add-clause", set), "id", "5.2.1",
	    "title", "Again");
	expect_refused("There is a clause 5.2.1 already");
	SEND(at("/question-sets/%s/draft/add-clause", set), "id", "a b",
	    "title", "Again");
	expect_refused("Use letters, digits, dots and dashes only");
	SEND(at("/question-sets/%s/draft/clauses/5.2.1", set), "number", "1",
	    "title", "", "text", "");
	expect_refused("Enter a title or the text");
	SEND(at("/question-sets/%s/draft/add-section", set), "title", "");
	expect_refused("Enter a title");
	SEND(at("/question-sets/%s/draft/sections/about-you/add-question", set),
	    "text", "", "kind", "");
	expect_refused("Enter the question");
	expect_text(commissioner, "Select how it is answered");
	SEND(at("/question-sets/%s/draft/questions/hours", set), "text",
	    "Kept question", "kind", "number", "section", "what-you-offer",
	    "minimum", "12", "maximum", "3");
	expect_refused("This must not be below what is the least");
	expect_text(commissioner, "Kept question");
	SEND(at("/question-sets/%s/draft/questions/hours", set), "text", "Q",
	    "kind", "number", "section", "nowhere");
	expect_status(commissioner, 422);
	SEND(at("/question-sets/%s/draft/questions/experience", set), "text",
	    "Q", "kind", "long_text", "section", "about-you", "words_most",
	    "20001");
	expect_status(commissioner, 422);
	expect_text(commissioner, "20001");
	SEND(at("/question-sets/%s/draft/questions/size", set), "text", "Q",
	    "kind", "one_of", "section", "about-you", "options",
	    "Small\nsmall\nSmall");
	expect_refused("“Small” is there twice");
	SEND(at("/question-sets/%s/draft/questions/rural/answers/no", set),
	    "text", "Yes, we would");
	expect_refused("There is such an answer already");
	SEND(at("/question-sets/%s/draft/questions/homes/columns/rating", set),
	    "text", "Kept", "kind", "one_of", "options", "Only");
	expect_refused("Enter at least two answers");
	SEND(at("/question-sets/%s/draft/questions/homes/add-column", set),
	    "text", "Kept", "kind", "date", "options", "Only");
	expect_refused("Leave this empty unless it is one of a list");
	SEND(at("/question-sets/%s/draft/questions/likely/condition", set),
	    "asked", "true");
	expect_status(commissioner, 422);
	SEND(at("/question-sets/%s/draft/questions/likely/condition/size", set),
	    "ignored", "");
	expect_refused("Select at least one answer");
}

static void
test_not_there(void **state)
{
	static const char *const paths[] = { "notices/none", "clauses/none",
		"sections/none", "sections/none/edit",
		"sections/none/add-question", "questions/none",
		"questions/none/condition", "questions/likely/condition/none",
		"questions/likely/condition/likely",
		"questions/interested/condition/likely",
		"questions/likely/condition/true",
		"questions/size/answers/none", "questions/homes/columns/none",
		"questions/size/add-column", "questions/none/add-column" };
	const char *set = draft_of_every_kind("not-there");

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		browser_get(commissioner,
		    at("/question-sets/%s/draft/%s", set, paths[i]));
		if (commissioner->status != 404)
			print_error("%s is there\n", paths[i]);
		expect_status(commissioner, 404);
	}
	browser_get(commissioner, at("/question-sets/%s/versions/2", set));
	expect_status(commissioner, 404);
	publish(set);
	browser_get(commissioner, at("/question-sets/%s/draft", set));
	expect_status(commissioner, 404);
}

/* --- What a draft is made of ---------------------------------------------- */

static void
test_written_from_nothing(void **state)
{
	const char *set = draft_make("From nothing");
	const char *question;
	char id[16];

	(void)state;
	SEND(at("/question-sets/%s/draft/add-section", set), "title", "First");
	expect_location(commissioner, "/question-sets/Q");
	assert_non_null(strstr(commissioner->location, "/sections/first"));
	SEND(at("/question-sets/%s/draft/sections/first/add-question", set),
	    "number", "1", "text", "Which one?", "kind", "one_of");
	question = strstr(commissioner->location, "/questions/q");
	assert_non_null(question);
	snprintf(id, sizeof(id), "%s", question + strlen("/questions/"));
	SEND(at("/question-sets/%s/draft/questions/%s", set, id), "text",
	    "Which one?", "number", "1", "kind", "one_of", "section", "first",
	    "options", "This\nThat");
	assert_non_null(strstr(commissioner->location, "/sections/first#"));
	SEND(at("/question-sets/%s/draft/questions/%s/answers/that", set, id),
	    "text", "That one", "asks", "Why?");
	browser_get(
	    commissioner, at("/question-sets/%s/draft/sections/first", set));
	expect_text(commissioner, "1 Which one?");
	assert_non_null(strstr(document_of(set, 1), "\"id\": \"that\""));
	assert_non_null(strstr(document_of(set, 1), "\"asks\": \"Why?\""));
	/* Another kind has no answers to pick, and says what it asks for. */
	SEND(at("/question-sets/%s/draft/questions/%s", set, id), "text",
	    "How many?", "kind", "number", "section", "first", "options",
	    "This\nThat one");
	browser_follow(commissioner);
	expect_text(commissioner, "See below what this kind of answer needs");
	expect_text(commissioner, "Largest number");
	assert_null(strstr(document_of(set, 1), "options"));
	assert_int_equal(audits("question_set.create", set), 1);
	/* Of two sets of one name each has a code of its own. */
	assert_string_not_equal(draft_make("From nothing"), set);
	assert_int_equal(sql_number("SELECT count(*) FROM question_set"
				    " WHERE code IN ('from-nothing',"
				    " 'from-nothing-2')"),
	    2);
}

/* What was there is written anew under the id that it has. */
static void
test_parts_written_anew(void **state)
{
	const char *set = draft_of_every_kind("written-anew");
	const char *document;

	(void)state;
	SEND(at("/question-sets/%s/draft/notices/foi", set), "title", "FOI",
	    "text", "It applies.");
	expect_location(
	    commissioner, at("/question-sets/%s/draft#notices", set));
	SEND(at("/question-sets/%s/draft/sections/about-you/edit", set),
	    "title", "You", "guidance", "Be brief");
	SEND(at("/question-sets/%s/draft/clauses/5.2.1", set), "title", "Pay",
	    "text", "By the hour");
	SEND(at("/question-sets/%s/draft/add-notice", set), "title", "FOI",
	    "text", "Another");
	document = document_of(set, 1);
	assert_non_null(strstr(document, "\"id\": \"foi\",\n      \"title\":"
					 " \"FOI\""));
	assert_non_null(strstr(document, "\"id\": \"foi-2\""));
	assert_non_null(strstr(document, "\"id\": \"about-you\",\n"
					 "      \"title\": \"You\""));
	assert_non_null(strstr(document, "\"id\": \"5.2.1\",\n"
					 "      \"title\": \"Pay\""));
}

static void
test_conditions(void **state)
{
	const char *set = draft_of_every_kind("conditions");
	const char *path = at("/question-sets/%s/draft/questions/hours", set);

	(void)state;
	SEND(at("/question-sets/%s/draft/questions/hours/condition", set),
	    "asked", "size");
	expect_location(commissioner, at("%s/condition/size", path));
	SEND(at("/question-sets/%s/draft/questions/hours/condition/size", set),
	    "answers", "small", "answers", "other");
	expect_location(commissioner, path);
	browser_follow(commissioner);
	expect_text(commissioner,
	    "only when question 5 is answered “Small” or “Another size”");
	SEND(at("/question-sets/%s/draft/questions/hours/condition", set),
	    "asked", "ALWAYS");
	browser_get(commissioner, path);
	expect_no_text(commissioner, "only when question 5");
	/* A later question, or one that is not picked, cannot decide. */
	browser_get(commissioner, at("%s/condition", path));
	expect_no_text(commissioner, "15 How likely");
	expect_no_text(commissioner, "1 What is your name?");
	expect_text(commissioner, "6 Whom do you care for?");
}

static const char *
places_of(const char *set, const char *first, const char *second)
{
	const char *document = document_of(set, 1);
	const char *a = strstr(document, at("\"id\": \"%s\"", first));
	const char *b = strstr(document, at("\"id\": \"%s\"", second));

	if (a == NULL || b == NULL)
		return "gone";
	return a < b ? "before" : "after";
}

static void
test_moving(void **state)
{
	const char *set = draft_of_every_kind("moving");

	(void)state;
	move(set, "questions", "about-you", "experience", "up");
	expect_status(commissioner, 303);
	assert_string_equal(places_of(set, "name", "experience"), "after");
	move(set, "sections", "", "about-you", "down");
	assert_string_equal(
	    places_of(set, "about-you", "what-you-offer"), "after");
	move(set, "notices", "", "foi", "up");
	assert_string_equal(places_of(set, "costs", "foi"), "after");
	move(set, "columns", "homes", "town", "remove");
	assert_string_equal(places_of(set, "town", "staff"), "gone");
	move(set, "questions", "about-you", "name", "remove");
	assert_string_equal(places_of(set, "name", "size"), "gone");
	/* One that cannot go, goes nowhere. */
	move(set, "sections", "", "what-you-offer", "remove");
	expect_status(commissioner, 404);
	move(set, "notices", "", "foi", "up");
	expect_status(commissioner, 404);
	move(set, "notices", "", "foi", "away");
	expect_status(commissioner, 404);
	move(set, "others", "", "foi", "down");
	expect_status(commissioner, 404);
	/* To another section by its form. */
	SEND(at("/question-sets/%s/draft/questions/size", set), "text",
	    "How large?", "kind", "one_of", "section", "what-you-offer",
	    "options", "Small\nLarge\nAnother size");
	assert_string_equal(places_of(set, "true", "size"), "before");
}

/* --- Two who edit --------------------------------------------------------- */

static void
test_two_who_edit(void **state)
{
	const char *set = draft_of_every_kind("two-who-edit");
	const char *path = at("/question-sets/%s/draft", set);
	struct browser *other;
	char revision[16];

	(void)state;
	account_make(
	    "editor@fern.example", "Edie Editor", "commissioner", "fern", "");
	other = browser_signed_in("editor@fern.example");
	browser_get(other, at("%s/questions/hours", path));
	browser_hidden(other, "revision", revision, sizeof(revision));
	SEND(at("/question-sets/%s/draft/questions/hours", set), "text",
	    "How many hours?", "kind", "number", "section", "what-you-offer",
	    "minimum", "5");
	browser_post(other, at("%s/questions/hours", path), "revision",
	    revision, "text", "How many then?", "kind", "number", "section",
	    "what-you-offer", NULL);
	expect_status(other, 409);
	expect_text(other, "saved this first");
	expect_text(other, "How many hours?");
	expect_text(other, "How many then?");
	expect_no_text(other, ">Revision<");
	assert_non_null(strstr(document_of(set, 1), "How many hours?"));
	/* Moving, publishing and throwing away ask for the newest, too. */
	browser_get(other, at("%s/publish", path));
	browser_post(other, at("%s/publish", path), "revision", revision, NULL);
	expect_status(other, 409);
	expect_text(other, "The draft was changed after you opened this page");
	browser_post(other, at("%s/move", path), "revision", revision, "list",
	    "notices", "parent", "", "id", "foi", "move", "up", NULL);
	expect_status(other, 409);
	expect_text(other, "Nothing was moved");
	browser_get(other, at("%s/discard", path));
	browser_post(other, at("%s/discard", path), "revision", revision, NULL);
	expect_status(other, 409);
	assert_int_equal(audits("question_set.publish", set), 0);
	browser_free(other);
}

/* --- Publishing and versions ---------------------------------------------- */

static void
test_publishing(void **state)
{
	const char *set = draft_of_every_kind("publishing");

	(void)state;
	move(set, "clauses", "", "5.2.1", "remove");
	publish(set);
	expect_refused("Question 2 refers to clause 5.2.1, which is not there");
	expect_text(commissioner,
	    at("/question-sets/%s/draft/questions/experience", set));
	assert_int_equal(audits("question_set.publish", set), 0);
	SEND(at("/question-sets/%s/draft/questions/experience", set), "text",
	    "What have you done?", "kind", "long_text", "section", "about-you",
	    "clauses", "appendix-a");
	publish(set);
	expect_location(commissioner, at("/question-sets/%s/versions/1", set));
	assert_int_equal(audits("question_set.publish", set), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM question_set_version v"
		       " JOIN question_set s ON s.id = v.question_set_id"
		       " JOIN account a ON a.id = v.published_by_id"
		       " WHERE s.reference = '%s'"
		       " AND a.email = 'commissioner@fern.example'",
		set),
	    1);
}

static void
test_a_newer_version(void **state)
{
	const char *set = draft_of_every_kind("newer");
	const char *first;

	(void)state;
	publish(set);
	first = document_of(set, 1);
	browser_get(commissioner, at("/question-sets/%s/versions/1", set));
	browser_post(
	    commissioner, at("/question-sets/%s/versions/1/edit", set), NULL);
	expect_location(commissioner, at("/question-sets/%s/draft", set));
	SEND(
	    at("/question-sets/%s/draft/details", set), "name", "Another name");
	SEND(at("/question-sets/%s/draft/questions/experience", set), "text",
	    "What have you done so far?", "number", "2", "kind", "long_text",
	    "section", "about-you", "words_most", "500", "hint",
	    "In a few words", "may_be_confidential", "yes", "clauses", "5.2.1",
	    "clauses", "appendix-a");
	/* Until it is published, the set is called as it was. */
	browser_get(commissioner, at("/question-sets/%s", set));
	expect_text(commissioner, "Every kind of question");
	browser_get(commissioner, at("/question-sets/%s/draft/publish", set));
	expect_text(
	    commissioner, "The limit of question 2 is 500 words, it was 300");
	publish(set);
	browser_follow(commissioner);
	expect_text(commissioner, "What changed since version 1");
	expect_text(
	    commissioner, "The limit of question 2 is 500 words, it was 300");
	browser_get(commissioner, at("/question-sets/%s", set));
	expect_text(commissioner, "Another name");
	assert_string_equal(document_of(set, 1), first);
	/* A draft with nothing in it but a name may go; the rest stays. */
	browser_get(commissioner, at("/question-sets/%s/versions/2", set));
	browser_post(
	    commissioner, at("/question-sets/%s/versions/2/edit", set), NULL);
	SEND(at("/question-sets/%s/draft/discard", set), "ignored", "");
	expect_location(commissioner, at("/question-sets/%s", set));
	assert_int_equal(audits("question_set.discard", set), 1);
}

static void
test_thrown_away_and_copied(void **state)
{
	const char *set = draft_of_every_kind("copied"), *copy;

	(void)state;
	browser_fill(commissioner, at("/question-sets/%s/versions/1/copy", set),
	    "name", "", NULL);
	expect_refused("Enter a name");
	browser_fill(commissioner, at("/question-sets/%s/versions/1/copy", set),
	    "name", "A copy", NULL);
	copy = redirected();
	assert_string_not_equal(copy, set);
	assert_non_null(strstr(document_of(copy, 1), "\"code\": \"a-copy\""));
	SEND(at("/question-sets/%s/draft/discard", copy), "ignored", "");
	expect_location(commissioner, "/question-sets");
	browser_get(commissioner, at("/question-sets/%s", copy));
	expect_status(commissioner, 404);
}

/* --- Files ---------------------------------------------------------------- */

static void
test_import(void **state)
{
	const char *set;
	char *large = arena_alloc(arena, QUESTION_SET_MAXIMUM + 2);

	(void)state;
	browser_get(commissioner, "/question-sets/import");
	browser_post(commissioner, "/question-sets/import", NULL);
	expect_refused("Select a file");
	memset(large, ' ', QUESTION_SET_MAXIMUM + 1);
	import(large);
	expect_refused("The file must be smaller than 1 MB");
	import("{\"code\": \"\xff\"}");
	expect_refused("in UTF-8");
	import("{\"code\": \"a\", \"name\": \"A\", \"sections\": [{\"id\": "
	       "\"s\", \"questions\": [{\"id\": \"q\", \"kind\": \"hope\"}, "
	       "{\"id\": \"q\", \"kind\": \"date\"}]}]}");
	expect_refused("sections[0].questions[0].kind: &quot;hope&quot; is not "
		       "one of");
	expect_text(commissioner,
	    "sections[0].questions[1].id: &quot;q&quot; is there twice");
	/* What a draft lacks is for the check to say. */
	import("{\"code\": \"imported\", \"name\": \"A\"}");
	set = redirected();
	import("{\"code\": \"imported\", \"name\": \"B\"}");
	expect_refused("a draft already");
	import(at("{\"code\": \"imported%s", strstr(every_kind(), "\",")));
	expect_refused("a draft already");
	SEND(at("/question-sets/%s/draft/add-section", set), "title", "S");
	SEND(at("/question-sets/%s/draft/sections/s/add-question", set), "text",
	    "When?", "kind", "date");
	publish(set);
	expect_location(commissioner, "/question-sets/Q");
	import(document_of(set, 1));
	expect_refused("The file says what version 1 of");
	import(at("{\"code\": \"imported%s", strstr(every_kind(), "\",")));
	assert_string_equal(redirected(), set);
	assert_non_null(strstr(document_of(set, 2), "Older people"));
	assert_int_equal(audits("question_set.import", set), 2);
}

/* `hearth question-set` with these words behind it. */
static int
command(const char *const *words, int count)
{
	char *argv[8];

	for (int i = 0; i < count; i++)
		argv[i] = arena_strdup(arena, words[i]);
	return command_question_set(count, argv);
}

static void
test_command(void **state)
{
	static const char file[] = "tests/data/question_set.json";
	const char *const published[] = { "question-set", "import", "--council",
		"fern", "--publish", file };
	const char *const drafted[] = { "question-set", "import", "--council",
		"gorse", file };
	const char *const nowhere[] = { "question-set", "import", "--council",
		"nowhere", file };
	const char *const absent[] = { "question-set", "import", "--council",
		"fern", "tests/data/none.json" };
	const char *const unclear[] = { "question-set", "import", file };
	static const char count[] =
	    "SELECT count(*) FROM question_set_version v"
	    " JOIN question_set s USING (council_id) JOIN council c"
	    " ON c.id = s.council_id WHERE s.id = v.question_set_id"
	    " AND s.code = 'every-kind' AND (c.code, v.published_at IS NULL)"
	    " = ('%s', %s)";

	(void)state;
	setenv("PGUSER", "hearth_jobs", 1);
	assert_int_equal(command(published, 6), 0);
	assert_int_equal(sql_number(count, "fern", "false"), 1);
	/* Once more it changes nothing. */
	assert_int_equal(command(published, 6), 0);
	assert_int_equal(sql_number(count, "fern", "false"), 1);
	assert_int_equal(sql_number("SELECT count(*) FROM audit"
				    " WHERE act = 'question_set.publish'"
				    " AND account_id IS NULL"),
	    1);
	assert_int_equal(command(drafted, 5), 0);
	assert_int_equal(sql_number(count, "gorse", "true"), 1);
	assert_int_equal(command(drafted, 5), 1);
	assert_int_equal(command(nowhere, 5), 1);
	assert_int_equal(command(absent, 5), 1);
	assert_int_equal(command(unclear, 3), 2);
	setenv("PGUSER", "hearth_web", 1);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, each_begin, each_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_versions_in_words),
		EACH(test_forms_keep),
		EACH(test_wrong_input_is_kept),
		EACH(test_not_there),
		EACH(test_written_from_nothing),
		EACH(test_parts_written_anew),
		EACH(test_conditions),
		EACH(test_moving),
		EACH(test_two_who_edit),
		EACH(test_publishing),
		EACH(test_a_newer_version),
		EACH(test_thrown_away_and_copied),
		EACH(test_import),
		EACH(test_command),
	};

	return cmocka_run_group_tests_name(
	    "question sets", tests, begin, fern_end);
}
