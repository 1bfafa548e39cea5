/* See conflict.h. */
#include "conflict.h"

#include "base/arena.h"
#include "base/text.h"
#include "templates.h"

struct pair_list
fields_again(struct request *r, const char *without)
{
	struct pair *rows = arena_array(
	    r->arena, r->fields.count, sizeof(*rows));
	struct pair_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < r->fields.count; i++) {
		const char *name = r->fields.row[i].name;

		if (!text_equal(name, "csrf") && !text_equal(name, "once") &&
		    !text_equal(name, without))
			rows[list.count++] = r->fields.row[i];
	}
	return list;
}

static void
value_add(struct buffer *text, struct choice_list choices, const char *value)
{
	size_t i;

	if (text->length > 0)
		buffer_text(text, ", ");
	for (i = 0; i < choices.count; i++) {
		if (!text_equal(choices.row[i].value, value))
			continue;
		buffer_text(text, choices.row[i].label);
		return;
	}
	buffer_text(text, value);
}

/* What stands in a field, in words. */
static const char *
value_text(struct request *r, const struct form_field *field,
    struct choice_list choices)
{
	struct buffer text = buffer_new(r->arena, 64, 4 * 1024 * 1024);
	size_t i;

	switch (field->field->kind) {
	case FIELD_DATE:
	case FIELD_INSTANT:
		if (*field->day != '\0' || *field->month != '\0' ||
		    *field->year != '\0' || *field->time != '\0')
			buffer_printf(&text, "%s %s %s %s", field->day,
			    field->month, field->year, field->time);
		break;
	case FIELD_CHOICES:
		for (i = 0; i < field->values.count; i++)
			value_add(&text, choices, field->values.row[i]);
		break;
	case FIELD_CHOICE:
		if (*field->value != '\0')
			value_add(&text, choices, field->value);
		break;
	default:
		buffer_text(&text, field->value);
	}
	return text_tidy(r->arena, text.data);
}

static struct conflict_line_list
conflict_lines(
    struct request *r, const struct form *mine, const struct form *theirs)
{
	struct conflict_line *rows = arena_array(
	    r->arena, mine->count, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < mine->count; i++) {
		struct choice_list choices = mine->fields[i].choices;
		struct conflict_line *line = &rows[count];

		/* The revision differs, and says nothing to anybody. */
		if (mine->fields[i].field->kind == FIELD_HIDDEN)
			continue;
		line->label = mine->fields[i].field->label;
		line->mine = value_text(r, &mine->fields[i], choices);
		line->theirs = value_text(r, &theirs->fields[i], choices);
		line->is_other = !text_equal(line->mine, line->theirs);
		count++;
	}
	return (struct conflict_line_list) { rows, count };
}

static const char *
conflict_heading(struct request *r, const struct saver *saver)
{
	if (saver->is_viewer)
		return "You saved another version of this";
	return saver->name != NULL
	           ? arena_printf(r->arena, "%s saved this first", saver->name)
	           : "Another version was saved first";
}

struct reply
reply_conflict(struct request *r, const char *title, struct saver saver,
    int32_t revision, const struct form *mine, const struct form *theirs)
{
	struct conflict conflict = {
		.title = title,
		.heading = conflict_heading(r, &saver),
		.saver = saver,
		.revision = revision,
		.lines = conflict_lines(r, mine, theirs),
		.fields = fields_again(r, "revision"),
	};

	render_errors_conflict(r, &conflict);
	return reply_page(r, HTTP_CONFLICT);
}
