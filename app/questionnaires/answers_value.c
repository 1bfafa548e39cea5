/* Answers as JSON: read leniently, written in one form only. */
#include "questionnaires/answers_value.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

const struct choice duration_units[] = {
	{ "days", "Days", NULL },
	{ "weeks", "Weeks", NULL },
	{ "months", "Months", NULL },
	{ "years", "Years", NULL },
	{ NULL, NULL, NULL },
};

struct question
question_of_column(const struct question_column *column)
{
	return (struct question) {
		.id = column->id,
		.number = "",
		.text = column->text,
		.hint = "",
		.guidance = "",
		.kind = column->kind,
		.unit = "",
		.scheme = "",
		.asked_question = "",
		.option = column->option,
		.option_count = column->option_count,
	};
}

const char *
answer_value_more(const struct answer_value *value, const char *option)
{
	const char *text = pair_find(value->more, option);

	return text != NULL ? text : "";
}

static struct answer_value
value_none(void)
{
	return (struct answer_value) { .text = "", .unit = "" };
}

static bool
is_duration_unit(const char *unit)
{
	const struct choice *choice;

	for (choice = duration_units; choice->value != NULL; choice++)
		if (strcmp(choice->value, unit) == 0)
			return true;
	return false;
}

static void
text_take(struct arena *arena, json_t *json, struct answer_value *value)
{
	const char *text = json_string_value(json);

	if (text == NULL || *text == '\0')
		return;
	value->text = arena_strdup(arena, text);
	value->is_given = true;
}

static void
number_take(json_t *json, struct answer_value *value)
{
	if (!json_is_integer(json) || json_integer_value(json) < 0)
		return;
	value->number = json_integer_value(json);
	value->is_given = true;
}

static void
duration_take(struct arena *arena, json_t *json, struct answer_value *value)
{
	const char *unit = json_string_value(json_object_get(json, "unit"));

	if (unit == NULL || !is_duration_unit(unit))
		return;
	number_take(json_object_get(json, "number"), value);
	value->unit = arena_strdup(arena, unit);
}

static void
date_take(json_t *json, struct answer_value *value)
{
	const char *text = json_string_value(json);

	value->is_given = text != NULL && date_from_iso(text, &value->date);
}

static bool
array_has(json_t *array, const char *text)
{
	json_t *item;
	size_t i;

	json_array_foreach(array, i,
	    item) if (text_equal(json_string_value(item), text)) return true;
	return false;
}

/* What was picked, with the lines below it, in the order of the options. */
static void
picked_take(struct arena *arena, const struct question *question, json_t *json,
    struct answer_value *value)
{
	json_t *picked = json_object_get(json, "picked");
	json_t *more = json_object_get(json, "more");
	const char **rows;
	struct pair *lines;
	size_t i, most = question->kind == QUESTION_MANY_OF
	                     ? question->option_count
	                     : 1;

	rows = arena_array(arena, question->option_count, sizeof(*rows));
	lines = arena_array(arena, question->option_count, sizeof(*lines));
	value->picked.row = rows;
	value->more.row = lines;
	for (i = 0; i < question->option_count; i++) {
		const struct question_option *option = &question->option[i];
		const char *line = json_string_value(
		    json_object_get(more, option->id));

		if (value->picked.count == most ||
		    !(json_is_string(json)
			    ? text_equal(json_string_value(json), option->id)
			    : array_has(picked, option->id)))
			continue;
		rows[value->picked.count++] = option->id;
		if (!text_is_empty(line))
			lines[value->more.count++] = (struct pair) {
				option->id,
				arena_strdup(arena, line),
			};
	}
	value->is_given = value->picked.count > 0;
}

static void
list_take(struct arena *arena, json_t *json, struct answer_value *value)
{
	const char **rows = arena_array(
	    arena, json_array_size(json), sizeof(*rows));
	json_t *item;
	size_t i;

	value->picked.row = rows;
	json_array_foreach(json, i, item)
	{
		const char *text = json_string_value(item);

		if (!text_is_empty(text) && !text_list_has(value->picked, text))
			rows[value->picked.count++] = arena_strdup(arena, text);
	}
	value->is_given = value->picked.count > 0;
}

static struct answer_value value_take(
    struct arena *arena, const struct question *question, json_t *json);

static void
table_take(struct arena *arena, const struct question *question, json_t *json,
    struct answer_value *value)
{
	size_t width = question->column_count, rows = json_array_size(json);
	struct answer_value *cells;
	size_t i, j;

	if (rows > QUESTION_ROWS_MOST)
		rows = QUESTION_ROWS_MOST;
	cells = arena_array(arena, rows * width, sizeof(*cells));
	value->cell = cells;
	for (i = 0; i < rows; i++) {
		struct answer_value *row = cells + value->row_count * width;
		bool has_any = false;

		for (j = 0; j < width; j++) {
			struct question cell = question_of_column(
			    &question->column[j]);

			row[j] = value_take(arena, &cell,
			    json_object_get(json_array_get(json, i), cell.id));
			has_any = has_any || row[j].is_given;
		}
		if (has_any)
			value->row_count++;
	}
	value->is_given = value->row_count > 0;
}

static struct answer_value
value_take(struct arena *arena, const struct question *question, json_t *json)
{
	struct answer_value value = value_none();

	switch (question->kind) {
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
	case QUESTION_POSTCODE:
		text_take(arena, json, &value);
		break;
	case QUESTION_YES_NO:
	case QUESTION_ONE_OF:
	case QUESTION_RATING:
	case QUESTION_MANY_OF:
		picked_take(arena, question, json, &value);
		break;
	case QUESTION_NUMBER:
	case QUESTION_MONEY_PER_HOUR:
		number_take(json, &value);
		break;
	case QUESTION_DURATION:
		duration_take(arena, json, &value);
		break;
	case QUESTION_DATE:
		date_take(json, &value);
		break;
	case QUESTION_AREAS:
	case QUESTION_FILES:
		list_take(arena, json, &value);
		break;
	case QUESTION_TABLE:
		table_take(arena, question, json, &value);
		break;
	case QUESTION_DECLARATION:
		value.is_given = json_is_true(json);
		break;
	case QUESTION_KIND_COUNT:
		break;
	}
	return value;
}

struct answer_value
answer_value_read(
    struct arena *arena, const struct question *question, const char *json)
{
	struct answer_value value;
	json_t *root = json_loads(
	    json, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);

	if (root == NULL)
		return value_none();
	value = value_take(arena, question, root);
	json_decref(root);
	return value;
}

static json_t *
texts_json(struct text_list texts)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < texts.count; i++)
		json_array_append_new(array, json_string(texts.row[i]));
	return array;
}

/* With lines to say more it is an object, and of many_of always. */
static json_t *
picked_json(const struct question *question, const struct answer_value *value)
{
	json_t *object, *more;
	size_t i;

	if (question->kind != QUESTION_MANY_OF && value->more.count == 0)
		return json_string(value->picked.row[0]);
	object = json_object();
	json_object_set_new(object, "picked", texts_json(value->picked));
	if (value->more.count == 0)
		return object;
	more = json_object();
	for (i = 0; i < value->more.count; i++)
		json_object_set_new(more, value->more.row[i].name,
		    json_string(value->more.row[i].value));
	json_object_set_new(object, "more", more);
	return object;
}

static json_t *
date_json(int32_t date)
{
	int32_t year, month, day_of_month;

	date_split(date, &year, &month, &day_of_month);
	return json_sprintf("%04" PRId32 "-%02" PRId32 "-%02" PRId32, year,
	    month, day_of_month);
}

static json_t *value_json(
    const struct question *question, const struct answer_value *value);

static json_t *
table_json(const struct question *question, const struct answer_value *value)
{
	json_t *array = json_array();
	size_t width = question->column_count, i, j;

	for (i = 0; i < value->row_count; i++) {
		json_t *row = json_object();

		for (j = 0; j < width; j++) {
			const struct answer_value *cell =
			    &value->cell[i * width + j];
			struct question column = question_of_column(
			    &question->column[j]);

			if (cell->is_given)
				json_object_set_new(
				    row, column.id, value_json(&column, cell));
		}
		json_array_append_new(array, row);
	}
	return array;
}

static json_t *
value_json(const struct question *question, const struct answer_value *value)
{
	switch (question->kind) {
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
	case QUESTION_POSTCODE:
		return json_string(value->text);
	case QUESTION_YES_NO:
	case QUESTION_ONE_OF:
	case QUESTION_RATING:
	case QUESTION_MANY_OF:
		return picked_json(question, value);
	case QUESTION_NUMBER:
	case QUESTION_MONEY_PER_HOUR:
		return json_integer(value->number);
	case QUESTION_DURATION:
		return json_pack("{s:I, s:s}", "number",
		    (json_int_t)value->number, "unit", value->unit);
	case QUESTION_DATE:
		return date_json(value->date);
	case QUESTION_AREAS:
	case QUESTION_FILES:
		return texts_json(value->picked);
	case QUESTION_TABLE:
		return table_json(question, value);
	case QUESTION_DECLARATION:
		return json_true();
	case QUESTION_KIND_COUNT:
		break;
	}
	return json_null();
}

const char *
answer_value_write(struct arena *arena, const struct question *question,
    const struct answer_value *value)
{
	const size_t flags = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY;
	json_t *json;
	size_t length;
	char *text;

	if (!value->is_given)
		return "null";
	json = value_json(question, value);
	length = json_dumpb(json, NULL, 0, flags);
	text = arena_alloc(arena, length + 1);
	json_dumpb(json, text, length, flags);
	json_decref(json);
	return text;
}
