/*
 * Answers as people read them, and the words and characters of a text as
 * assets/answers.js counts them in the page.
 */
#include "questionnaires/answers.h"

#include <inttypes.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "questionnaires/answers_value.h"

enum { WORDS_MAXIMUM = 16 * 1024 * 1024 };

/* White_Space of the Unicode Character Database (PropList.txt). */
static bool
is_white(utf8proc_int32_t c)
{
	return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 ||
	       c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
	       c == 0x3000;
}

int64_t
word_count(const char *text)
{
	const utf8proc_uint8_t *at_byte = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t character;
	utf8proc_ssize_t length;
	bool is_inside = false;
	int64_t count = 0;

	for (; *at_byte != '\0'; at_byte += length) {
		length = utf8proc_iterate(at_byte, -1, &character);
		if (length <= 0)
			return count;
		if (is_white(character)) {
			is_inside = false;
		} else if (!is_inside) {
			is_inside = true;
			count++;
		}
	}
	return count;
}

/*
 * Conjuncts of Indic scripts are one character since Unicode 15.1 (UAX 29,
 * rule GB9c), which browsers know and utf8proc does not yet. The consonants
 * and the linkers are those of Indic_Conjunct_Break in DerivedCoreProperties.
 */
static bool
is_consonant(utf8proc_int32_t c)
{
	static const utf8proc_int32_t ranges[][2] = {
		{ 0x0915, 0x0939 },
		{ 0x0958, 0x095F },
		{ 0x0978, 0x097F },
		{ 0x0995, 0x09A8 },
		{ 0x09AA, 0x09B0 },
		{ 0x09B2, 0x09B2 },
		{ 0x09B6, 0x09B9 },
		{ 0x09DC, 0x09DD },
		{ 0x09DF, 0x09DF },
		{ 0x09F0, 0x09F1 },
		{ 0x0A95, 0x0AA8 },
		{ 0x0AAA, 0x0AB0 },
		{ 0x0AB2, 0x0AB3 },
		{ 0x0AB5, 0x0AB9 },
		{ 0x0AF9, 0x0AF9 },
		{ 0x0B15, 0x0B28 },
		{ 0x0B2A, 0x0B30 },
		{ 0x0B32, 0x0B33 },
		{ 0x0B35, 0x0B39 },
		{ 0x0B5C, 0x0B5D },
		{ 0x0B5F, 0x0B5F },
		{ 0x0B71, 0x0B71 },
		{ 0x0C15, 0x0C28 },
		{ 0x0C2A, 0x0C39 },
		{ 0x0C58, 0x0C5A },
		{ 0x0D15, 0x0D3A },
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

static bool
is_linker(utf8proc_int32_t c)
{
	return c == 0x094D || c == 0x09CD || c == 0x0ACD || c == 0x0B4D ||
	       c == 0x0C4D || c == 0x0D4D;
}

/* Where a conjunct stands: none, after its consonant, after a linker. */
enum conjunct { CONJUNCT_NONE, CONJUNCT_BEGUN, CONJUNCT_LINKED };

static enum conjunct
conjunct_next(enum conjunct conjunct, utf8proc_int32_t c)
{
	const utf8proc_property_t *property = utf8proc_get_property(c);

	if (is_consonant(c))
		return CONJUNCT_BEGUN;
	if (conjunct != CONJUNCT_NONE && is_linker(c))
		return CONJUNCT_LINKED;
	/* Marks may stand between, but not the one that keeps them apart. */
	if (c != 0x200C &&
	    (property->boundclass == UTF8PROC_BOUNDCLASS_EXTEND ||
		property->boundclass == UTF8PROC_BOUNDCLASS_ZWJ))
		return conjunct;
	return CONJUNCT_NONE;
}

/*
 * Texts of forms are in NFC. One that is not has the same clusters, as what
 * composes was one cluster before.
 */
int64_t
character_count(const char *text)
{
	const utf8proc_uint8_t *at_byte = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t character, before = 0, state = 0;
	enum conjunct conjunct = CONJUNCT_NONE;
	utf8proc_ssize_t length;
	int64_t count = 0;

	for (; *at_byte != '\0'; at_byte += length) {
		length = utf8proc_iterate(at_byte, -1, &character);
		if (length <= 0)
			return count;
		if (count == 0 || (utf8proc_grapheme_break_stateful(
				       before, character, &state) &&
				      !(conjunct == CONJUNCT_LINKED &&
					  is_consonant(character))))
			count++;
		conjunct = conjunct_next(conjunct, character);
		before = character;
	}
	return count;
}

/* "months" of six, "month" of one. */
static void
duration_add(struct buffer *text, const struct answer_value *value)
{
	size_t length = strlen(value->unit);

	buffer_printf(text, "%" PRId64 " ", value->number);
	buffer_add(text, value->unit, value->number == 1 ? length - 1 : length);
}

static void
picked_add(struct buffer *text, const struct question *question,
    const struct answer_value *value)
{
	size_t i;

	for (i = 0; i < value->picked.count; i++) {
		const char *id = value->picked.row[i];
		const char *more = answer_value_more(value, id);

		buffer_printf(text, "%s%s", i > 0 ? "\n" : "",
		    question_option_by_id(question, id)->text);
		if (*more != '\0')
			buffer_printf(text, ": %s", more);
	}
}

/* Areas and files by their names, where those are known. */
static void
names_add(struct buffer *text, const struct answer_value *value,
    const struct pair_list *names)
{
	size_t i;

	for (i = 0; i < value->picked.count; i++) {
		const char *id = value->picked.row[i];
		const char *name = names != NULL ? pair_find(*names, id) : NULL;

		buffer_printf(
		    text, "%s%s", i > 0 ? "\n" : "", name != NULL ? name : id);
	}
}

static void value_add(struct buffer *text, const struct question *question,
    const struct answer_value *value, const struct pair_list *names);

static void
table_add(struct buffer *text, const struct question *question,
    const struct answer_value *value)
{
	size_t width = question->column_count, i, j;

	for (i = 0; i < value->row_count; i++) {
		const char *before = "";

		buffer_printf(text, "%sRow %zu: ", i > 0 ? "\n" : "", i + 1);
		for (j = 0; j < width; j++) {
			struct question cell = question_of_column(
			    &question->column[j]);

			if (!value->cell[i * width + j].is_given)
				continue;
			buffer_printf(text, "%s%s: ", before, cell.text);
			value_add(
			    text, &cell, &value->cell[i * width + j], NULL);
			before = "; ";
		}
	}
}

static void
value_add(struct buffer *text, const struct question *question,
    const struct answer_value *value, const struct pair_list *names)
{
	struct request r = { .arena = text->arena };

	switch (question->kind) {
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
	case QUESTION_POSTCODE:
		buffer_text(text, value->text);
		break;
	case QUESTION_YES_NO:
	case QUESTION_ONE_OF:
	case QUESTION_RATING:
	case QUESTION_MANY_OF:
		picked_add(text, question, value);
		break;
	case QUESTION_NUMBER:
		buffer_printf(text, "%" PRId64 "%s%s", value->number,
		    *question->unit != '\0' ? " " : "", question->unit);
		break;
	case QUESTION_MONEY_PER_HOUR:
		buffer_printf(text, "%s an hour", money(&r, value->number));
		break;
	case QUESTION_DURATION:
		duration_add(text, value);
		break;
	case QUESTION_DATE:
		buffer_text(text, day(&r, value->date));
		break;
	case QUESTION_AREAS:
	case QUESTION_FILES:
		names_add(text, value, names);
		break;
	case QUESTION_TABLE:
		table_add(text, question, value);
		break;
	case QUESTION_DECLARATION:
		buffer_text(text, "Confirmed");
		break;
	case QUESTION_KIND_COUNT:
		break;
	}
}

const char *
answer_text(struct arena *arena, const struct question *question,
    const char *value, const struct pair_list *names)
{
	struct buffer text = buffer_new(arena, 256, WORDS_MAXIMUM);
	struct answer_value read = answer_value_read(arena, question, value);

	if (!read.is_given)
		return "Not answered";
	value_add(&text, question, &read, names);
	return text.data;
}

enum { SUBJECT_LONGEST = 60 };

/* The text of a question where it is short enough to be a name. */
static const char *
question_title(struct arena *arena, const struct question *question)
{
	size_t length = strlen(question->text);

	if (length == 0 || length > SUBJECT_LONGEST ||
	    strchr(question->text, '\n') != NULL)
		return NULL;
	if (question->text[length - 1] == ':')
		length--;
	return arena_strndup(arena, question->text, length);
}

const char *
question_subject(struct arena *arena, const struct question *question)
{
	const char *title = question_title(arena, question);

	if (*question->number == '\0' && title != NULL &&
	    title[strlen(title) - 1] != '?')
		return title;
	return arena_printf(
	    arena, "Your answer to %s", question_name(arena, question));
}
