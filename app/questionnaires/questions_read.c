/*
 * Sets of questions from JSON. Every fault is gathered, so that whoever wrote
 * one can mend it in one go; what a draft may lack is left to the check.
 */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "questionnaires/questions.h"
#include "questionnaires/questions_check.h"
#include "questionnaires/words.h"

enum { CLAUSES_CITED_MOST = 50 };

/* Where in the document texts are looked for. */
struct place {
	struct reading *reading;
	json_t *object;
	const char *name; /* "" is the document itself */
};

/* Of one kind, to find those that are there twice. */
struct ids {
	const char **row;
	size_t count;
};

#define FAULT(place, key, ...)                                                 \
	reading_fault((place)->reading,                                        \
	    reading_place((place)->reading, (place)->name, (key)),             \
	    __VA_ARGS__)

static struct ids
ids_new(struct arena *arena, size_t most)
{
	return (struct ids) {
		arena_array(arena, most + 1, sizeof(const char *)), 0
	};
}

static void
ids_add(
    const struct place *place, struct ids *ids, const char *key, const char *id)
{
	if (*id == '\0')
		return;
	if (text_list_has((struct text_list) { ids->row, ids->count }, id))
		FAULT(place, key, "\"%s\" is there twice", id);
	else
		ids->row[ids->count++] = id;
}

/* A text, "" when absent. */
static const char *
text_of(const struct place *place, const char *key, size_t most)
{
	const char *text = reading_optional(
	    place->reading, place->object, place->name, key);

	if (text == NULL)
		return "";
	if (text_length(text) > most)
		FAULT(place, key, "is longer than %zu characters", most);
	return text;
}

/* Small letters, digits and what `more` has, 1 to 40 of them. */
static bool
is_id(const char *text, const char *more)
{
	size_t length = strlen(text), i = 0;

	while (i < length && ((text[i] >= 'a' && text[i] <= 'z') ||
				 (text[i] >= '0' && text[i] <= '9') ||
				 strchr(more, text[i]) != NULL))
		i++;
	return i == length && length >= 1 && length <= QUESTION_ID_MAXIMUM;
}

/* A list's members as ids, each once; those that are none are left out. */
static struct text_list
texts_of(const struct place *place, const char *key, size_t most)
{
	struct arena *arena = place->reading->arena;
	json_t *list = reading_rows(
	    place->reading, place->object, place->name, key, most);
	struct ids ids = ids_new(arena, json_array_size(list));

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *item = json_string_value(json_array_get(list, i));

		if (item == NULL || !is_id(item, ".-_"))
			FAULT(place, key, "must be a list of ids");
		else
			ids_add(place, &ids, key, arena_strdup(arena, item));
	}
	return (struct text_list) { ids.row, ids.count };
}

static const char *
id_of(const struct place *place, struct ids *ids)
{
	const char *id = reading_text(
	    place->reading, place->object, place->name, "id");

	if (id == NULL)
		return "";
	if (!is_id(id, ".-_")) {
		FAULT(place, "id",
		    "must be small letters, digits, \".\", \"-\" and \"_\", "
		    "%d at most",
		    QUESTION_ID_MAXIMUM);
		return "";
	}
	ids_add(place, ids, "id", id);
	return id;
}

/* The members of a list, each with its place. */
struct rows {
	const struct place *parent;
	const char *place;
	json_t *list;
	size_t count;
};

static struct rows
rows_of(const struct place *place, const char *key, size_t most)
{
	json_t *list = reading_rows(
	    place->reading, place->object, place->name, key, most);

	return (struct rows) { place,
		reading_place(place->reading, place->name, key), list,
		json_array_size(list) };
}

/* False, with a fault, when the member is no object or has unknown keys. */
static bool
row_at(const struct rows *rows, size_t index, const char *const *known,
    struct place *place)
{
	place->reading = rows->parent->reading;
	place->object = reading_row(
	    place->reading, rows->list, rows->place, index, &place->name);
	if (place->object == NULL)
		return false;
	reading_keys(place->reading, place->object, place->name, known);
	return true;
}

/* --- A question ----------------------------------------------------------- */

static enum question_kind
kind_of(const struct place *place)
{
	const char *name = reading_text(
	    place->reading, place->object, place->name, "kind");
	const char *known = question_kind_name((enum question_kind)0);
	enum question_kind kind = QUESTION_SHORT_TEXT;

	if (name == NULL || question_kind_of(name, &kind))
		return kind;
	for (int i = 1; i < QUESTION_KIND_COUNT; i++)
		known = arena_printf(place->reading->arena, "%s, %s", known,
		    question_kind_name((enum question_kind)i));
	FAULT(place, "kind", "\"%s\" is not one of %s", name, known);
	return kind;
}

static void
options_read(const struct place *place, const struct question_option **option,
    size_t *count)
{
	static const char *const known[] = { "id", "text", "hint", "asks",
		NULL };
	struct arena *arena = place->reading->arena;
	struct rows rows = rows_of(place, "options", QUESTION_OPTIONS_MOST);
	struct question_option *list = arena_array(
	    arena, rows.count + 1, sizeof(*list));
	struct ids ids = ids_new(arena, rows.count);
	struct place row;

	*count = 0;
	*option = list;
	for (size_t i = 0; i < rows.count; i++) {
		if (!row_at(&rows, i, known, &row))
			continue;
		list[(*count)++] = (struct question_option) {
			.id = id_of(&row, &ids),
			.text = text_of(&row, "text", QUESTION_LINE_MAXIMUM),
			.hint = text_of(&row, "hint", QUESTION_LINE_MAXIMUM),
			.asks = text_of(&row, "asks", QUESTION_LINE_MAXIMUM),
		};
	}
}

/* Both words stand there, whatever the document says of them. */
static void
yes_no_read(const struct place *place, struct question *question)
{
	static const struct question_option own[] = {
		{ "yes", "Yes", "", "" },
		{ "no", "No", "", "" },
	};

	if (question->option_count == 0) {
		question->option = own;
		question->option_count = 2;
	} else if (question->option_count != 2 ||
		   question_option_by_id(question, "yes") == NULL ||
		   question_option_by_id(question, "no") == NULL) {
		FAULT(
		    place, "options", "of a yes_no must be \"yes\" and \"no\"");
	}
}

static void
columns_read(const struct place *place, struct question *question)
{
	static const char *const known[] = { "id", "text", "kind", "required",
		"options", NULL };
	struct reading *reading = place->reading;
	struct rows rows = rows_of(place, "columns", QUESTION_COLUMNS_MOST);
	struct question_column *list = arena_array(
	    reading->arena, rows.count + 1, sizeof(*list));
	struct ids ids = ids_new(reading->arena, rows.count);
	struct place row;

	question->column = list;
	for (size_t i = 0; i < rows.count; i++) {
		struct question_column *column = &list[question->column_count];

		if (!row_at(&rows, i, known, &row))
			continue;
		question->column_count++;
		column->id = id_of(&row, &ids);
		column->text = text_of(&row, "text", QUESTION_LINE_MAXIMUM);
		column->kind = kind_of(&row);
		column->is_required = reading_truth(
		    reading, row.object, row.name, "required");
		options_read(&row, &column->option, &column->option_count);
		if (!question_kind_is_of_column(column->kind))
			FAULT(&row, "kind", "%s cannot be in a table",
			    question_kind_name(column->kind));
	}
}

/* Money is written as people write it, "14.17", so that no half penny hides. */
static int64_t
pence_of(const struct place *place, const char *key)
{
	json_t *value = json_object_get(place->object, key);
	int64_t pence = 0;

	if (value == NULL)
		return 0;
	if (!json_is_string(value) ||
	    !money_parse(json_string_value(value), &pence) ||
	    pence > QUESTION_PENCE_MOST) {
		FAULT(place, key,
		    "must be an amount in quotation marks, such as \"17.95\", "
		    "of %d.00 at most",
		    QUESTION_PENCE_MOST / 100);
		return 0;
	}
	return pence;
}

static int64_t
limit_of(const struct place *place, const char *key, enum question_kind kind)
{
	int64_t most = QUESTION_NUMBER_MOST;

	if (kind == QUESTION_MONEY_PER_HOUR)
		return pence_of(place, key);
	if (kind == QUESTION_FILES)
		most = QUESTION_FILES_MOST;
	if (kind == QUESTION_TABLE)
		most = QUESTION_ROWS_MOST;
	return reading_number(
	    place->reading, place->object, place->name, key, most, 0);
}

static void
condition_read(const struct place *place, struct question *question)
{
	static const char *const known[] = { "question", "is", NULL };
	json_t *object = json_object_get(place->object, "asked_when");
	const struct place condition = { place->reading, object,
		reading_place(place->reading, place->name, "asked_when") };

	if (object == NULL)
		return;
	if (!json_is_object(object)) {
		FAULT(place, "asked_when", "must be an object, in { and }");
		return;
	}
	reading_keys(place->reading, object, condition.name, known);
	question->asked_question = text_of(
	    &condition, "question", QUESTION_ID_MAXIMUM);
	if (!is_id(question->asked_question, ".-_"))
		FAULT(&condition, "question", "must be the id of a question");
	question->asked_values = texts_of(
	    &condition, "is", QUESTION_OPTIONS_MOST);
	if (question->asked_values.count == 0)
		FAULT(&condition, "is", "must have at least one answer");
}

static void
question_read(
    const struct place *place, struct ids *ids, struct question *question)
{
	struct reading *reading = place->reading;
	json_t *object = place->object;

	*question = (struct question) {
		.id = id_of(place, ids),
		.number = text_of(place, "number", QUESTION_NAME_MAXIMUM),
		.text = text_of(place, "text", QUESTION_TEXT_MAXIMUM),
		.hint = text_of(place, "hint", QUESTION_TEXT_MAXIMUM),
		.guidance = text_of(place, "guidance", QUESTION_TEXT_MAXIMUM),
		.kind = kind_of(place),
		.is_required = reading_truth(
		    reading, object, place->name, "required"),
		.may_be_confidential = reading_truth(
		    reading, object, place->name, "may_be_confidential"),
		.is_personal = reading_truth(
		    reading, object, place->name, "personal"),
		.words_most = (int32_t)reading_number(reading, object,
		    place->name, "words_most", QUESTION_WORDS_MOST, 0),
		.unit = text_of(place, "unit", QUESTION_NAME_MAXIMUM),
		.scheme = text_of(place, "scheme", QUESTION_ID_MAXIMUM),
		.clauses = texts_of(place, "clauses", CLAUSES_CITED_MOST),
		.asked_question = "",
	};
	question->minimum = limit_of(place, "minimum", question->kind);
	question->maximum = limit_of(place, "maximum", question->kind);
	options_read(place, &question->option, &question->option_count);
	if (question->kind == QUESTION_YES_NO)
		yes_no_read(place, question);
	columns_read(place, question);
	condition_read(place, question);
}

/* --- The set -------------------------------------------------------------- */

static struct question_list
questions_read(const struct place *place, struct ids *ids)
{
	static const char *const known[] = { "id", "number", "text", "hint",
		"guidance", "kind", "required", "may_be_confidential",
		"personal", "clauses", "asked_when", "words_most", "options",
		"minimum", "maximum", "unit", "scheme", "columns", NULL };
	struct rows rows = rows_of(place, "questions", QUESTIONS_MOST);
	struct question *list = arena_array(
	    place->reading->arena, rows.count + 1, sizeof(*list));
	struct question_list questions = { list, 0 };
	struct place row;

	for (size_t i = 0; i < rows.count; i++)
		if (row_at(&rows, i, known, &row))
			question_read(&row, ids, &list[questions.count++]);
	return questions;
}

static struct question_section_list
sections_read(const struct place *place)
{
	static const char *const known[] = { "id", "title", "guidance",
		"questions", NULL };
	struct arena *arena = place->reading->arena;
	struct rows rows = rows_of(place, "sections", QUESTION_SECTIONS_MOST);
	struct question_section *list = arena_array(
	    arena, rows.count + 1, sizeof(*list));
	struct ids ids = ids_new(arena, rows.count);
	struct ids questions = ids_new(arena, rows.count * QUESTIONS_MOST);
	struct question_section_list sections = { list, 0 };
	struct place row;

	for (size_t i = 0; i < rows.count; i++) {
		if (!row_at(&rows, i, known, &row))
			continue;
		list[sections.count++] = (struct question_section) {
			.id = id_of(&row, &ids),
			.title = text_of(&row, "title", QUESTION_NAME_MAXIMUM),
			.guidance = text_of(
			    &row, "guidance", QUESTION_TEXT_MAXIMUM),
			.questions = questions_read(&row, &questions),
		};
	}
	return sections;
}

static struct question_clause_list
clauses_read(const struct place *place)
{
	static const char *const known[] = { "id", "number", "title", "text",
		NULL };
	struct arena *arena = place->reading->arena;
	struct rows rows = rows_of(place, "clauses", QUESTION_CLAUSES_MOST);
	struct question_clause *list = arena_array(
	    arena, rows.count + 1, sizeof(*list));
	struct ids ids = ids_new(arena, rows.count);
	struct question_clause_list clauses = { list, 0 };
	struct place row;

	for (size_t i = 0; i < rows.count; i++) {
		if (!row_at(&rows, i, known, &row))
			continue;
		list[clauses.count++] = (struct question_clause) {
			.id = id_of(&row, &ids),
			.number = text_of(
			    &row, "number", QUESTION_NAME_MAXIMUM),
			.title = text_of(&row, "title", QUESTION_NAME_MAXIMUM),
			.text = text_of(&row, "text", QUESTION_TEXT_MAXIMUM),
		};
	}
	return clauses;
}

static struct question_notice_list
notices_read(const struct place *place)
{
	static const char *const known[] = { "id", "title", "text", NULL };
	struct arena *arena = place->reading->arena;
	struct rows rows = rows_of(place, "notices", QUESTION_NOTICES_MOST);
	struct question_notice *list = arena_array(
	    arena, rows.count + 1, sizeof(*list));
	struct ids ids = ids_new(arena, rows.count);
	struct question_notice_list notices = { list, 0 };
	struct place row;

	for (size_t i = 0; i < rows.count; i++) {
		if (!row_at(&rows, i, known, &row))
			continue;
		list[notices.count++] = (struct question_notice) {
			.id = id_of(&row, &ids),
			.title = text_of(&row, "title", QUESTION_NAME_MAXIMUM),
			.text = text_of(&row, "text", QUESTION_TEXT_MAXIMUM),
		};
	}
	return notices;
}

static void
set_read(const struct place *place, struct question_set *set)
{
	static const char *const known[] = { "code", "name", "source",
		"introduction", "notices", "clauses", "sections", NULL };

	reading_keys(place->reading, place->object, "", known);
	*set = (struct question_set) {
		.code = text_of(place, "code", QUESTION_ID_MAXIMUM),
		.name = text_of(place, "name", QUESTION_NAME_MAXIMUM),
		.source = text_of(place, "source", QUESTION_TEXT_MAXIMUM),
		.introduction = text_of(
		    place, "introduction", QUESTION_TEXT_MAXIMUM),
		.notices = notices_read(place),
		.clauses = clauses_read(place),
		.sections = sections_read(place),
	};
	if (!is_id(set->code, "-"))
		FAULT(place, "code",
		    "must be small letters, digits and \"-\", %d at most",
		    QUESTION_ID_MAXIMUM);
	if (*set->name == '\0')
		FAULT(place, "name", "is missing");
	if (question_count(set) > QUESTIONS_MOST)
		FAULT(place, "sections",
		    "have %zu questions; %d are the most in a set",
		    question_count(set), QUESTIONS_MOST);
}

bool
question_set_read(struct reading *reading, const char *document, bool is_draft,
    struct question_set *set)
{
	size_t before = reading->fault_count;
	json_t *root = NULL;

	*set = (struct question_set) { "", "", "", "", .notices = { NULL, 0 } };
	if (strlen(document) > QUESTION_SET_MAXIMUM)
		reading_fault(reading, "document", "is larger than %d bytes",
		    QUESTION_SET_MAXIMUM);
	else
		root = reading_parse(reading, document);
	if (json_is_object(root))
		set_read(&(const struct place) { reading, root, "" }, set);
	else if (root != NULL)
		reading_fault(
		    reading, "document", "must be an object, in { and }");
	json_decref(root);
	if (!is_draft && reading->fault_count == before) {
		struct question_fault_list faults = question_set_check(
		    reading->arena, set);

		for (size_t i = 0; i < faults.count; i++)
			reading_fault(reading, faults.row[i].place, "%s",
			    faults.row[i].words);
	}
	return reading->fault_count == before;
}
