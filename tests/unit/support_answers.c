/* A set of questions of every kind, and the form of one of its sections. */
#include "support_answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

struct request answers_request;
struct question_set answers_set;
struct answer answers_saved[ANSWERS_MOST];
struct answer_list answers_list = { answers_saved, 0 };

static const struct choice areas[] = {
	{ "north", "The north", NULL },
	{ "south", "The south", NULL },
};

const struct choice_list answers_areas = { areas, 2 };

struct question_set
answers_set_of(const char *document)
{
	struct reading reading = reading_new(answers_request.arena, "");
	struct question_set set;

	if (!question_set_read(&reading, document, true, &set))
		fail_msg("%s", reading.fault[0]);
	return set;
}

int
answers_begin(void **state)
{
	const char *problem, *text;

	(void)state;
	answers_request = (struct request) { .arena = arena_new(64 << 20) };
	text = file_read(answers_request.arena, "tests/data/question_set.json",
	    QUESTION_SET_MAXIMUM, &problem);
	if (text == NULL)
		fail_msg("%s", problem);
	answers_set = answers_set_of(text);
	answers_list.count = 0;
	return 0;
}

int
answers_end(void **state)
{
	(void)state;
	arena_free(answers_request.arena);
	return 0;
}

void
answers_save(const char *question, const char *value)
{
	assert_true(answers_list.count < ANSWERS_MOST);
	answers_saved[answers_list.count++] = (struct answer) {
		.question = question,
		.value = value,
		.reason = "",
		.revision = 3,
	};
}

void
answers_forget(void)
{
	answers_list.count = 0;
}

const struct question_section *
answers_section(const char *id)
{
	const struct question_section *section = question_section_by_id(
	    &answers_set, id);

	assert_non_null(section);
	return section;
}

struct answer_form *
answers_show(const char *section)
{
	return answer_form_show(&answers_request, &answers_set,
	    answers_section(section), &answers_list, answers_areas);
}

struct answer_form *
answers_read(const char *section, const char *body)
{
	assert_true(form_decode(answers_request.arena, body, strlen(body),
	    &answers_request.fields));
	return answer_form_read(&answers_request, &answers_set,
	    answers_section(section), &answers_list, answers_areas);
}
