/* A set of questions as the JSON document that it can be read from again. */
#include "questionnaires/questions.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/arena.h"
#include "questionnaires/words.h"

enum { FIRST_BYTES = 16 * 1024, MOST_BYTES = 64 * 1024 * 1024 };

/* What is absent when it is "", false or nought is left out. */
static void
text_put(json_t *object, const char *key, const char *text)
{
	if (*text != '\0')
		json_object_set_new(object, key, json_string(text));
}

static void
truth_put(json_t *object, const char *key, bool is_so)
{
	if (is_so)
		json_object_set_new(object, key, json_true());
}

static void
number_put(json_t *object, const char *key, int64_t number)
{
	if (number != 0)
		json_object_set_new(object, key, json_integer(number));
}

static void
limit_put(struct arena *arena, json_t *object, const char *key,
    const struct question *question, int64_t limit)
{
	if (question->kind != QUESTION_MONEY_PER_HOUR)
		number_put(object, key, limit);
	else if (limit != 0)
		text_put(object, key,
		    arena_printf(arena, "%" PRId64 ".%02" PRId64, limit / 100,
			limit % 100));
}

static void
list_put(json_t *object, const char *key, json_t *list)
{
	if (json_array_size(list) != 0)
		json_object_set(object, key, list);
	json_decref(list);
}

static json_t *
texts_written(struct text_list texts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < texts.count; i++)
		json_array_append_new(list, json_string(texts.row[i]));
	return list;
}

static json_t *
options_written(const struct question_option *option, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *object = json_object();

		text_put(object, "id", option[i].id);
		text_put(object, "text", option[i].text);
		text_put(object, "hint", option[i].hint);
		text_put(object, "asks", option[i].asks);
		json_array_append_new(list, object);
	}
	return list;
}

/* Whether they are what is read when the document names none. */
static bool
are_plain_yes_no(const struct question *question)
{
	static const char *const own[] = { "yes", "Yes", "no", "No" };

	if (question->kind != QUESTION_YES_NO || question->option_count != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		const struct question_option *option = &question->option[i];

		if (!text_equal(option->id, own[2 * i]) ||
		    !text_equal(option->text, own[2 * i + 1]) ||
		    *option->hint != '\0' || *option->asks != '\0')
			return false;
	}
	return true;
}

static json_t *
columns_written(const struct question *question)
{
	json_t *list = json_array();

	for (size_t i = 0; i < question->column_count; i++) {
		const struct question_column *column = &question->column[i];
		json_t *object = json_object();

		text_put(object, "id", column->id);
		text_put(object, "text", column->text);
		text_put(object, "kind", question_kind_name(column->kind));
		truth_put(object, "required", column->is_required);
		list_put(object, "options",
		    options_written(column->option, column->option_count));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
question_written(struct arena *arena, const struct question *question)
{
	json_t *object = json_object(), *condition;

	text_put(object, "id", question->id);
	text_put(object, "number", question->number);
	text_put(object, "text", question->text);
	text_put(object, "hint", question->hint);
	text_put(object, "guidance", question->guidance);
	text_put(object, "kind", question_kind_name(question->kind));
	truth_put(object, "required", question->is_required);
	truth_put(object, "may_be_confidential", question->may_be_confidential);
	truth_put(object, "personal", question->is_personal);
	number_put(object, "words_most", question->words_most);
	limit_put(arena, object, "minimum", question, question->minimum);
	limit_put(arena, object, "maximum", question, question->maximum);
	text_put(object, "unit", question->unit);
	text_put(object, "scheme", question->scheme);
	list_put(object, "clauses", texts_written(question->clauses));
	if (!are_plain_yes_no(question))
		list_put(object, "options",
		    options_written(question->option, question->option_count));
	list_put(object, "columns", columns_written(question));
	if (*question->asked_question != '\0') {
		condition = json_object();
		text_put(condition, "question", question->asked_question);
		list_put(
		    condition, "is", texts_written(question->asked_values));
		json_object_set_new(object, "asked_when", condition);
	}
	return object;
}

static json_t *
sections_written(struct arena *arena, const struct question_set *set)
{
	json_t *list = json_array();

	for (size_t i = 0; i < set->sections.count; i++) {
		const struct question_section *section = &set->sections.row[i];
		json_t *object = json_object(), *questions = json_array();

		text_put(object, "id", section->id);
		text_put(object, "title", section->title);
		text_put(object, "guidance", section->guidance);
		for (size_t j = 0; j < section->questions.count; j++)
			json_array_append_new(
			    questions, question_written(
					   arena, &section->questions.row[j]));
		json_object_set_new(object, "questions", questions);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
clauses_written(const struct question_set *set)
{
	json_t *list = json_array();

	for (size_t i = 0; i < set->clauses.count; i++) {
		const struct question_clause *clause = &set->clauses.row[i];
		json_t *object = json_object();

		text_put(object, "id", clause->id);
		text_put(object, "number", clause->number);
		text_put(object, "title", clause->title);
		text_put(object, "text", clause->text);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *
notices_written(const struct question_set *set)
{
	json_t *list = json_array();

	for (size_t i = 0; i < set->notices.count; i++) {
		const struct question_notice *notice = &set->notices.row[i];
		json_t *object = json_object();

		text_put(object, "id", notice->id);
		text_put(object, "title", notice->title);
		text_put(object, "text", notice->text);
		json_array_append_new(list, object);
	}
	return list;
}

static int
bytes_add(const char *bytes, size_t length, void *buffer)
{
	buffer_add(buffer, bytes, length);
	return 0;
}

const char *
question_set_write(struct arena *arena, const struct question_set *set)
{
	struct buffer text = buffer_new(arena, FIRST_BYTES, MOST_BYTES);
	json_t *document = json_object();

	text_put(document, "code", set->code);
	text_put(document, "name", set->name);
	text_put(document, "source", set->source);
	text_put(document, "introduction", set->introduction);
	list_put(document, "notices", notices_written(set));
	list_put(document, "clauses", clauses_written(set));
	json_object_set_new(document, "sections", sections_written(arena, set));
	json_dump_callback(document, bytes_add, &text, JSON_INDENT(2));
	json_decref(document);
	buffer_byte(&text, '\n');
	return text.data;
}
