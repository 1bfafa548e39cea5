/*
 * Drawings of the components that people fill in.
 */
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "parts.h"
#include "support_parts.h"

/* Shorter names; every drawing has `r` and `options`. */
#define TEXT(path)           option_take(r->arena, options, path)
#define TRUE(path)           option_take_true(options, path)
#define NUMBER(path)         option_take_number(options, path)
#define SUFFIX(path, prefix) option_take_suffix(r->arena, options, path, prefix)

#define LABEL_SIZE SUFFIX("label.classes", "govuk-label--")
#define LEGEND_SIZE                                                            \
	SUFFIX("fieldset.legend.classes", "govuk-fieldset__legend--")

void
draw_label(struct request *r, json_t *options)
{
	if (option_list(options, "text") == NULL)
		json_object_set_new(options, "no text", json_true());
	part_label(r, &(const struct part_label) { .text = TEXT("text"),
			  .target = TEXT("for"),
			  .size = SUFFIX("classes", "govuk-label--"),
			  .classes = TEXT("classes"),
			  .is_heading = TRUE("isPageHeading") });
}

void
draw_hint(struct request *r, json_t *options)
{
	part_hint(r, &(const struct part_hint) { .text = TEXT("text"),
			 .id = TEXT("id"),
			 .classes = TEXT("classes") });
}

void
draw_error_message(struct request *r, json_t *options)
{
	part_error_message(r, &(const struct part_error_message) {
				  .text = TEXT("text"), .id = TEXT("id") });
}

void
draw_fieldset(struct request *r, json_t *options)
{
	const struct part_fieldset arguments = { .legend = TEXT("legend.text"),
		.size = SUFFIX("legend.classes", "govuk-fieldset__legend--"),
		.is_heading = TRUE("legend.isPageHeading"),
		.described_by = TEXT("describedBy"),
		.role = TEXT("role") };
	const char *html = TEXT("html");

	part_fieldset_open(r, &arguments);
	if (html != NULL)
		buffer_text(&r->out, html);
	part_fieldset_close(r, &arguments);
}

void
draw_input(struct request *r, json_t *options)
{
	const char *spellcheck = NULL;

	if (json_is_boolean(json_object_get(options, "spellcheck"))) {
		spellcheck = "false";
		if (TRUE("spellcheck"))
			spellcheck = "true";
	}
	part_input(
	    r, &(const struct part_input) { .id = TEXT("id"),
		   .name = TEXT("name"),
		   .label = TEXT("label.text"),
		   .size = LABEL_SIZE,
		   .is_heading = TRUE("label.isPageHeading"),
		   .hint = TEXT("hint.text"),
		   .error = TEXT("errorMessage.text"),
		   .described = TEXT("describedBy"),
		   .value = TEXT("value"),
		   .type = TEXT("type"),
		   .width = number_of(SUFFIX("classes", "govuk-input--width-")),
		   .classes = TEXT("classes"),
		   .prefix = TEXT("prefix.text"),
		   .suffix = TEXT("suffix.text"),
		   .inputmode = TEXT("inputmode"),
		   .autocomplete = TEXT("autocomplete"),
		   .autocapitalize = TEXT("autocapitalize"),
		   .spellcheck = spellcheck,
		   .is_disabled = TRUE("disabled") });
}

void
draw_password_input(struct request *r, json_t *options)
{
	part_password_input(
	    r, &(const struct part_password_input) { .id = TEXT("id"),
		   .name = TEXT("name"),
		   .label = TEXT("label.text"),
		   .size = LABEL_SIZE,
		   .is_heading = TRUE("label.isPageHeading"),
		   .hint = TEXT("hint.text"),
		   .error = TEXT("errorMessage.text"),
		   .described = TEXT("describedBy"),
		   .width = number_of(SUFFIX("classes", "govuk-input--width-")),
		   .autocomplete = TEXT("autocomplete") });
}

static void
draw_text(struct request *r, json_t *options, int64_t maximum)
{
	const char *spellcheck = NULL;

	if (json_is_boolean(json_object_get(options, "spellcheck"))) {
		spellcheck = "false";
		if (TRUE("spellcheck"))
			spellcheck = "true";
	}
	part_textarea(r, &(const struct part_textarea) { .id = TEXT("id"),
			     .name = TEXT("name"),
			     .label = TEXT("label.text"),
			     .size = LABEL_SIZE,
			     .is_heading = TRUE("label.isPageHeading"),
			     .hint = TEXT("hint.text"),
			     .error = TEXT("errorMessage.text"),
			     .described = TEXT("describedBy"),
			     .value = TEXT("value"),
			     .rows = NUMBER("rows"),
			     .autocomplete = TEXT("autocomplete"),
			     .spellcheck = spellcheck,
			     .maximum = maximum });
}

void
draw_textarea(struct request *r, json_t *options)
{
	draw_text(r, options, 0);
}

void
draw_character_count(struct request *r, json_t *options)
{
	bool counts = json_object_get(options, "maxlength") != NULL;

	draw_text(r, options, NUMBER("maxlength"));
	if (!counts)
		json_object_set_new(options, "maxlength", json_string("none"));
}

/*
 * The items of a choice. Values of those that `mark` picks are added to
 * `picked`, which has room for all.
 */
static struct choice_list
choices_take(struct request *r, json_t *options, const char *mark,
    const char **picked, size_t *count)
{
	json_t *items = option_list(options, "items"), *item;
	struct choice *row = arena_array(
	    r->arena, json_array_size(items) + 1, sizeof(*row));
	size_t i;

	json_array_foreach(items, i, item)
	{
		row[i].value = option_take(r->arena, item, "value");
		row[i].label = option_take(r->arena, item, "text");
		row[i].hint = option_take(r->arena, item, "hint.text");
		/* An item without a value is left for the report. */
		if (row[i].value == NULL && json_is_object(item))
			json_object_set_new(item, "no value", json_true());
		if (json_is_false(json_object_get(item, mark)))
			json_object_set_new(item, "not picked", json_true());
		if (option_take_true(item, mark))
			picked[(*count)++] = row[i].value;
	}
	return (struct choice_list) { row, json_array_size(items) };
}

/* The values of the items that may not be picked. */
static struct text_list
disabled_take(struct request *r, json_t *options, struct choice_list choices)
{
	const char **row = arena_array(
	    r->arena, choices.count + 1, sizeof(*row));
	struct text_list list = { row, 0 };
	json_t *item;
	size_t i;

	json_array_foreach(option_list(options, "items"), i,
	    item) if (option_take_true(item, "disabled"))
	    row[list.count++] = choices.row[i].value;
	return list;
}

enum { PICKED_MAXIMUM = 64 };

void
draw_select(struct request *r, json_t *options)
{
	const char *picked[PICKED_MAXIMUM] = { NULL };
	size_t count = 0;
	struct choice_list choices = choices_take(
	    r, options, "selected", picked, &count);
	const char *value = TEXT("value");
	struct text_list disabled = disabled_take(r, options, choices);

	part_select(r, &(const struct part_select) { .id = TEXT("id"),
			   .name = TEXT("name"),
			   .label = TEXT("label.text"),
			   .size = LABEL_SIZE,
			   .is_heading = TRUE("label.isPageHeading"),
			   .hint = TEXT("hint.text"),
			   .error = TEXT("errorMessage.text"),
			   .described = TEXT("describedBy"),
			   .value = count > 0 ? picked[0] : value,
			   .disabled = disabled,
			   .choices = choices,
			   .classes = TEXT("classes") });
}

void
draw_radios(struct request *r, json_t *options)
{
	const char *picked[PICKED_MAXIMUM] = { NULL };
	size_t count = 0;
	struct choice_list choices = choices_take(
	    r, options, "checked", picked, &count);
	const char *value = TEXT("value");
	const char *look = SUFFIX("classes", "govuk-radios--");

	part_radios(r, &(const struct part_radios) { .id = TEXT("idPrefix"),
			   .name = TEXT("name"),
			   .legend = TEXT("fieldset.legend.text"),
			   .size = LEGEND_SIZE,
			   .is_heading = TRUE("fieldset.legend.isPageHeading"),
			   .hint = TEXT("hint.text"),
			   .error = TEXT("errorMessage.text"),
			   .value = count > 0 ? picked[0] : value,
			   .choices = choices,
			   .is_inline = text_equal(look, "inline"),
			   .is_small = text_equal(look, "small") });
}

void
draw_checkboxes(struct request *r, json_t *options)
{
	const char *picked[PICKED_MAXIMUM] = { NULL };
	struct text_list given = option_take_list(r->arena, options, "values");
	size_t count = 0;
	struct choice_list choices;

	for (; count < given.count; count++)
		picked[count] = given.row[count];
	choices = choices_take(r, options, "checked", picked, &count);
	part_checkboxes(
	    r, &(const struct part_checkboxes) { .id = TEXT("idPrefix"),
		   .name = TEXT("name"),
		   .legend = TEXT("fieldset.legend.text"),
		   .size = LEGEND_SIZE,
		   .is_heading = TRUE("fieldset.legend.isPageHeading"),
		   .hint = TEXT("hint.text"),
		   .error = TEXT("errorMessage.text"),
		   .values = { picked, count },
		   .choices = choices,
		   .is_small = text_equal(
		       SUFFIX("classes", "govuk-checkboxes--"), "small") });
}

void
draw_date_input(struct request *r, json_t *options)
{
	const char *prefix = TEXT("namePrefix");

	part_date_input(
	    r, &(const struct part_date_input) { .id = TEXT("id"),
		   .name = prefix,
		   .legend = TEXT("fieldset.legend.text"),
		   .size = LEGEND_SIZE,
		   .is_heading = TRUE("fieldset.legend.isPageHeading"),
		   .hint = TEXT("hint.text"),
		   .error = TEXT("errorMessage.text"),
		   .day = TEXT(prefix != NULL ? arena_printf(r->arena,
						    "values.%s-day", prefix)
					      : "values.day"),
		   .month = TEXT(prefix != NULL ? arena_printf(r->arena,
						      "values.%s-month", prefix)
						: "values.month"),
		   .year = TEXT(prefix != NULL ? arena_printf(r->arena,
						     "values.%s-year", prefix)
					       : "values.year") });
}
