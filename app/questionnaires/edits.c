/*
 * Copies of lists that may be written to. A list of a set is const; the copy
 * has room for one more and takes its place.
 */
#include "questionnaires/edits.h"

#include <string.h>

#include "base/arena.h"
#include "questionnaires/words.h"

enum { SLUG_MAXIMUM = 36 }; /* leaves room for a number behind */

/*
 * What each kind of list needs: NOUN_copy gives a copy in place of `*row`,
 * with room for one more; NOUN_find where an id stands, `count` when nowhere;
 * NOUN_shift moves or removes the member there.
 */
#define LIST(noun, type)                                                       \
	static type *noun##_copy(                                              \
	    struct arena *arena, const type **row, size_t count)               \
	{                                                                      \
		type *copy = arena_array(arena, count + 1, sizeof(type));      \
                                                                               \
		if (count > 0)                                                 \
			memcpy(copy, *row, count * sizeof(type));              \
		*row = copy;                                                   \
		return copy;                                                   \
	}                                                                      \
                                                                               \
	static size_t noun##_find(                                             \
	    const type *row, size_t count, const char *id)                     \
	{                                                                      \
		size_t i = 0;                                                  \
                                                                               \
		while (i < count && strcmp(row[i].id, id) != 0)                \
			i++;                                                   \
		return i;                                                      \
	}

/* How far a member goes: -1, 1, or 0 to be taken away; false for no move. */
static bool
step_of(const char *how, size_t place, size_t count, int *step)
{
	if (place == count)
		return false;
	*step = strcmp(how, "up") == 0 ? -1 : strcmp(how, "down") == 0 ? 1 : 0;
	if (*step == 0)
		return strcmp(how, "remove") == 0;
	return *step == -1 ? place > 0 : place + 1 < count;
}

#define SHIFT(noun, type)                                                      \
	static bool noun##_shift(struct arena *arena, const type **row,        \
	    size_t *count, const char *id, const char *how)                    \
	{                                                                      \
		size_t place = noun##_find(*row, *count, id);                  \
		type *copy, moved;                                             \
		int step;                                                      \
                                                                               \
		if (!step_of(how, place, *count, &step))                       \
			return false;                                          \
		copy = noun##_copy(arena, row, *count);                        \
		moved = copy[place];                                           \
		if (step == 0) {                                               \
			(*count)--;                                            \
			memmove(copy + place, copy + place + 1,                \
			    (*count - place) * sizeof(type));                  \
			return true;                                           \
		}                                                              \
		copy[place] = copy[step < 0 ? place - 1 : place + 1];          \
		copy[step < 0 ? place - 1 : place + 1] = moved;                \
		return true;                                                   \
	}

LIST(notice, struct question_notice)
LIST(clause, struct question_clause)
LIST(section, struct question_section)
LIST(asked, struct question)
LIST(option, struct question_option)
LIST(column, struct question_column)
SHIFT(notice, struct question_notice)
SHIFT(clause, struct question_clause)
SHIFT(section, struct question_section)
SHIFT(asked, struct question)
SHIFT(column, struct question_column)

/* --- Opening -------------------------------------------------------------- */

struct question_notice *
question_notice_open(
    struct arena *arena, struct question_set *set, const char *id)
{
	struct question_notice_list *list = &set->notices;
	size_t place = notice_find(list->row, list->count, id);
	struct question_notice *copy;

	if (place == list->count &&
	    (*id != '\0' || place == QUESTION_NOTICES_MOST))
		return NULL;
	copy = notice_copy(arena, &list->row, list->count);
	if (place == list->count)
		copy[list->count++] = (struct question_notice) { "", "", "" };
	return &copy[place];
}

struct question_clause *
question_clause_open(
    struct arena *arena, struct question_set *set, const char *id)
{
	struct question_clause_list *list = &set->clauses;
	size_t place = clause_find(list->row, list->count, id);
	struct question_clause *copy;

	if (place == list->count &&
	    (*id != '\0' || place == QUESTION_CLAUSES_MOST))
		return NULL;
	copy = clause_copy(arena, &list->row, list->count);
	if (place == list->count)
		copy[list->count++] = (struct question_clause) { "", "", "",
			"" };
	return &copy[place];
}

struct question_section *
question_section_open(
    struct arena *arena, struct question_set *set, const char *id)
{
	struct question_section_list *list = &set->sections;
	size_t place = section_find(list->row, list->count, id);
	struct question_section *copy;

	if (place == list->count &&
	    (*id != '\0' || place == QUESTION_SECTIONS_MOST))
		return NULL;
	copy = section_copy(arena, &list->row, list->count);
	if (place == list->count)
		copy[list->count++] = (struct question_section) { "", "", "",
			{ NULL, 0 } };
	return &copy[place];
}

struct question_option *
question_option_open(
    struct arena *arena, struct question *question, const char *id)
{
	size_t count = question->option_count;
	size_t place = option_find(question->option, count, id);
	struct question_option *copy;

	if (place == count && (*id != '\0' || place == QUESTION_OPTIONS_MOST))
		return NULL;
	copy = option_copy(arena, &question->option, count);
	if (place == count)
		copy[question->option_count++] = (struct question_option) { "",
			"", "", "" };
	return &copy[place];
}

struct question_column *
question_column_open(
    struct arena *arena, struct question *question, const char *id)
{
	size_t count = question->column_count;
	size_t place = column_find(question->column, count, id);
	struct question_column *copy;

	if (place == count && (*id != '\0' || place == QUESTION_COLUMNS_MOST))
		return NULL;
	copy = column_copy(arena, &question->column, count);
	if (place == count)
		copy[question->column_count++] = (struct question_column) {
			.id = "", .text = "", .kind = QUESTION_SHORT_TEXT
		};
	return &copy[place];
}

const struct question_section *
question_section_of(const struct question_set *set, const char *question)
{
	for (size_t i = 0; i < set->sections.count; i++) {
		const struct question_list *list =
		    &set->sections.row[i].questions;

		if (asked_find(list->row, list->count, question) < list->count)
			return &set->sections.row[i];
	}
	return NULL;
}

struct question *
question_open(struct arena *arena, struct question_set *set, const char *id)
{
	const struct question_section *in = question_section_of(set, id);
	struct question_section *section;
	size_t place;

	if (in == NULL)
		return NULL;
	section = question_section_open(arena, set, in->id);
	place = asked_find(
	    section->questions.row, section->questions.count, id);
	return &asked_copy(
	    arena, &section->questions.row, section->questions.count)[place];
}

struct question *
question_add(
    struct arena *arena, struct question_set *set, const char *section_id)
{
	struct question_section *section;
	struct question *copy;

	if (question_section_by_id(set, section_id) == NULL ||
	    question_count(set) >= QUESTIONS_MOST)
		return NULL;
	section = question_section_open(arena, set, section_id);
	copy = asked_copy(
	    arena, &section->questions.row, section->questions.count);
	copy += section->questions.count++;
	*copy = (struct question) { .id = "",
		.number = "",
		.text = "",
		.hint = "",
		.guidance = "",
		.unit = "",
		.scheme = "",
		.asked_question = "" };
	return copy;
}

bool
question_to_section(struct arena *arena, struct question_set *set,
    const char *id, const char *section_id)
{
	const struct question_section *from = question_section_of(set, id);
	struct question_section *old;
	struct question moved, *copy;

	if (from == NULL || question_section_by_id(set, section_id) == NULL)
		return false;
	if (strcmp(from->id, section_id) == 0)
		return true;
	moved = *question_by_id(set, id);
	old = question_section_open(arena, set, from->id);
	asked_shift(
	    arena, &old->questions.row, &old->questions.count, id, "remove");
	copy = question_add(arena, set, section_id);
	if (copy == NULL)
		return false;
	*copy = moved;
	return true;
}

/* --- Moving --------------------------------------------------------------- */

/* Nobody loses a section's questions with one click. */
static bool
is_full_removed(
    const struct question_set *set, const char *section, const char *how)
{
	const struct question_section *found = question_section_by_id(
	    set, section);

	return strcmp(how, "remove") == 0 && found != NULL &&
	       found->questions.count > 0;
}

bool
question_set_move(struct arena *arena, struct question_set *set,
    const char *list, const char *parent, const char *id, const char *how)
{
	struct question *question;

	if (strcmp(list, "notices") == 0)
		return notice_shift(
		    arena, &set->notices.row, &set->notices.count, id, how);
	if (strcmp(list, "clauses") == 0)
		return clause_shift(
		    arena, &set->clauses.row, &set->clauses.count, id, how);
	if (strcmp(list, "sections") == 0)
		return !is_full_removed(set, id, how) &&
		       section_shift(arena, &set->sections.row,
			   &set->sections.count, id, how);
	if (strcmp(list, "questions") == 0) {
		const struct question_section *in = question_section_of(
		    set, id);
		struct question_section *section =
		    in == NULL ? NULL
			       : question_section_open(arena, set, in->id);

		return section != NULL &&
		       asked_shift(arena, &section->questions.row,
			   &section->questions.count, id, how);
	}
	if (strcmp(list, "columns") != 0)
		return false;
	question = question_open(arena, set, parent);
	return question != NULL && column_shift(arena, &question->column,
				       &question->column_count, id, how);
}

void
question_become(struct question *question, enum question_kind kind)
{
	static const struct question_option yes_no[] = {
		{ "yes", "Yes", "", "" },
		{ "no", "No", "", "" },
	};

	if (question->kind == kind)
		return;
	question->kind = kind;
	question->words_most = 0;
	question->minimum = 0;
	question->maximum = 0;
	if (kind != QUESTION_NUMBER)
		question->unit = "";
	if (kind != QUESTION_AREAS)
		question->scheme = "";
	if (kind != QUESTION_TABLE)
		question->column_count = 0;
	if (!question_kind_has_options(kind))
		question->option_count = 0;
	if (kind == QUESTION_YES_NO &&
	    (question->option_count != 2 ||
		question_option_by_id(question, "yes") == NULL ||
		question_option_by_id(question, "no") == NULL)) {
		question->option = yes_no;
		question->option_count = 2;
	}
}

/* --- Ids, and options as lines -------------------------------------------- */

struct text_list
question_set_ids(
    struct arena *arena, const struct question_set *set, const char *list)
{
	bool is_notices = strcmp(list, "notices") == 0;
	bool is_clauses = strcmp(list, "clauses") == 0;
	size_t count = is_notices   ? set->notices.count
	               : is_clauses ? set->clauses.count
	                            : set->sections.count;
	const char **id = arena_array(arena, count + 1, sizeof(*id));

	for (size_t i = 0; i < count; i++)
		id[i] = is_notices   ? set->notices.row[i].id
		        : is_clauses ? set->clauses.row[i].id
		                     : set->sections.row[i].id;
	return (struct text_list) { id, count };
}

const char *
question_id_after(struct arena *arena, const char *text, struct text_list taken)
{
	char *id = arena_alloc(arena, SLUG_MAXIMUM + 1);
	const char *free_id = id;
	size_t length = 0;

	for (; *text != '\0' && length < SLUG_MAXIMUM; text++) {
		char c = *text >= 'A' && *text <= 'Z'
		             ? (char)(*text - 'A' + 'a')
		             : *text;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			id[length++] = c;
		else if (length > 0 && id[length - 1] != '-')
			id[length++] = '-';
	}
	while (length > 0 && id[length - 1] == '-')
		length--;
	id[length] = '\0';
	if (length == 0)
		free_id = id = arena_strdup(arena, "x");
	for (int i = 2; text_list_has(taken, free_id); i++)
		free_id = arena_printf(arena, "%s-%d", id, i);
	return free_id;
}

const char *
question_options_lines(
    struct arena *arena, const struct question_option *option, size_t count)
{
	struct buffer lines = buffer_new(arena, 256, 1 << 20);

	for (size_t i = 0; i < count; i++)
		buffer_printf(
		    &lines, "%s%s", i == 0 ? "" : "\n", option[i].text);
	return lines.data;
}

/* The lines that are not empty. */
static struct text_list
lines_of(struct arena *arena, const char *lines)
{
	size_t most = 1;
	const char **row;
	size_t count = 0;

	for (const char *c = lines; *c != '\0'; c++)
		most += *c == '\n';
	row = arena_array(arena, most, sizeof(*row));
	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");
		const char *line = text_tidy(
		    arena, arena_strndup(arena, lines, length));

		if (*line != '\0')
			row[count++] = line;
		lines += length + (lines[length] == '\n');
	}
	return (struct text_list) { row, count };
}

static const struct question_option *
option_of_text(
    const struct question_option *option, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(option[i].text, text) == 0)
			return &option[i];
	return NULL;
}

void
question_options_from_lines(struct arena *arena, const char *text,
    const struct question_option **option, size_t *count)
{
	struct text_list lines = lines_of(arena, text);
	struct question_option *made = arena_array(
	    arena, lines.count + 1, sizeof(*made));
	const char **id = arena_array(
	    arena, lines.count + *count + 1, sizeof(*id));
	struct text_list taken = { id, 0 };

	/* What was once an id is not given to another answer. */
	for (; taken.count < *count; taken.count++)
		id[taken.count] = (*option)[taken.count].id;
	for (size_t i = 0; i < lines.count; i++) {
		const struct question_option *same = option_of_text(
		    *option, *count, lines.row[i]);

		if (same == NULL && i < *count &&
		    !text_list_has(lines, (*option)[i].text))
			same = &(*option)[i];
		if (same != NULL) {
			made[i] = *same;
		} else {
			made[i] = (struct question_option) {
				question_id_after(arena, lines.row[i], taken),
				"", "", ""
			};
			id[taken.count++] = made[i].id;
		}
		made[i].text = lines.row[i];
	}
	*option = made;
	*count = lines.count;
}
