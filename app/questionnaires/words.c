/* Questions in plain English. */
#include "questionnaires/words.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "matching/words.h"

enum { NAME_CHARACTERS = 50, WORDS_SHOWN = 12 };

/* The text on one line, cut after a word where it is long. */
static const char *
text_begin(struct arena *arena, const char *text)
{
	char *line = arena_strdup(arena, text);
	size_t characters = 0, end = 0, i;

	for (i = 0; line[i] != '\0' && characters <= NAME_CHARACTERS; i++) {
		if (line[i] == '\n')
			line[i] = ' ';
		if (line[i] == ' ')
			end = i;
		if (((unsigned char)line[i] & 0xC0) != 0x80)
			characters++;
	}
	if (characters <= NAME_CHARACTERS)
		return line;
	/* One long word ends where the room does, at a whole character. */
	if (end == 0)
		end = i - 1;
	line[end] = '\0';
	return arena_printf(arena, "%s…", line);
}

static const char *
name_after(
    struct arena *arena, const char *word, const struct question *question)
{
	if (*question->number != '\0')
		return arena_printf(arena, "%s %s", word, question->number);
	return arena_printf(arena, "%s “%s”", word,
	    *question->text != '\0' ? text_begin(arena, question->text)
				    : question->id);
}

const char *
question_name(struct arena *arena, const struct question *question)
{
	return name_after(arena, "question", question);
}

const char *
question_name_first(struct arena *arena, const struct question *question)
{
	return name_after(arena, "Question", question);
}

const char *
question_line(struct arena *arena, const struct question *question)
{
	const char *text = *question->text != '\0'
	                       ? text_begin(arena, question->text)
	                       : "No text yet";

	if (*question->number == '\0')
		return text;
	return arena_printf(arena, "%s %s", question->number, text);
}

const char *
quoted_list_words(struct arena *arena, const char *const *item, size_t count)
{
	struct buffer text = buffer_new(arena, 128, 1 << 20);

	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, "%s“%s”",
		    i == 0           ? ""
		    : i + 1 == count ? " or "
				     : ", ",
		    item[i]);
	return text.data;
}

const char *
question_condition_words(struct arena *arena, const struct question_set *set,
    const struct question *question)
{
	const struct question *asked = question_by_id(
	    set, question->asked_question);
	const char **text = arena_array(
	    arena, question->asked_values.count + 1, sizeof(*text));

	if (*question->asked_question == '\0')
		return "";
	for (size_t i = 0; i < question->asked_values.count; i++) {
		const char *id = question->asked_values.row[i];
		const struct question_option *option =
		    asked == NULL ? NULL : question_option_by_id(asked, id);

		text[i] = option == NULL || *option->text == '\0'
		              ? id
		              : option->text;
	}
	return arena_printf(arena, "only when %s is answered %s",
	    asked == NULL
		? arena_printf(arena, "question “%s”", question->asked_question)
		: question_name(arena, asked),
	    quoted_list_words(arena, text, question->asked_values.count));
}

static const char *
limit_words(struct arena *arena, const struct question *question, int64_t limit)
{
	if (question->kind == QUESTION_MONEY_PER_HOUR)
		return words_money(arena, limit);
	return text_number(arena, limit);
}

const char *
question_range_words(struct arena *arena, const struct question *question)
{
	const char *unit = question->kind == QUESTION_TABLE   ? " rows"
	                   : question->kind == QUESTION_FILES ? " files"
	                                                      : "";
	const char *least = limit_words(arena, question, question->minimum);
	const char *most = limit_words(arena, question, question->maximum);

	if (question->minimum == 0 && question->maximum == 0)
		return *unit != '\0'
		           ? arena_printf(arena, "any number of%s", unit)
		           : "any number";
	if (question->maximum == 0)
		return arena_printf(arena, "at least %s%s", least, unit);
	if (question->minimum == 0)
		return arena_printf(arena, "at most %s%s", most, unit);
	return arena_printf(arena, "%s to %s%s", least, most, unit);
}

/* As the first word of a sentence; ASCII letters only begin ours. */
static const char *
sentence(struct arena *arena, const char *words)
{
	char *text = arena_strdup(arena, words);

	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	return text;
}

struct text_list
question_words(struct arena *arena, const struct question *question)
{
	const char **row = arena_array(arena, WORDS_SHOWN, sizeof(*row));
	size_t count = 0;

	row[count++] = question_kind_label(question->kind);
	if (question->words_most != 0)
		row[count++] = arena_printf(arena, "At most %s words",
		    text_number(arena, question->words_most));
	if (question->minimum != 0 || question->maximum != 0)
		row[count++] = sentence(
		    arena, question_range_words(arena, question));
	if (*question->unit != '\0')
		row[count++] = arena_printf(arena, "In %s", question->unit);
	if (*question->scheme != '\0')
		row[count++] = arena_printf(
		    arena, "Of the area scheme %s", question->scheme);
	row[count++] = question->is_required ? "Must be answered"
	                                     : "May be left empty";
	if (question->may_be_confidential)
		row[count++] = "May be marked as confidential";
	if (question->is_personal)
		row[count++] = "Names or reaches a person: never published";
	return (struct text_list) { row, count };
}
