/*
 * Drawings of the components that people read, and the table of all.
 */
#include "support_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/request.h"
#include "navigation.h"
#include "parts.h"

/* Shorter names; every drawing has `r` and `options`. */
#define TEXT(path)           option_take(r->arena, options, path)
#define TRUE(path)           option_take_true(options, path)
#define SUFFIX(path, prefix) option_take_suffix(r->arena, options, path, prefix)

/* What an enclosing part holds: HTML as it is, or text. */
static void
content_draw(struct request *r, json_t *options, const char *html_name,
    const char *text_name)
{
	const char *html = option_take(r->arena, options, html_name);

	if (html != NULL)
		buffer_text(&r->out, html);
	else
		html_text(&r->out, option_take(r->arena, options, text_name));
}

static void
draw_button(struct request *r, json_t *options)
{
	bool is_quiet = json_object_get(options, "preventDoubleClick") == NULL;

	/* Ours prevents a double click unless told otherwise. */
	if (json_is_false(json_object_get(options, "preventDoubleClick")))
		json_object_set_new(
		    options, "preventDoubleClick", json_string("false"));
	TRUE("preventDoubleClick");
	part_button(r,
	    &(const struct part_button) { .text = TEXT("text"),
		.href = TEXT("href"),
		.name = TEXT("name"),
		.value = TEXT("value"),
		.is_secondary = SUFFIX("classes", "govuk-button--secondary") !=
	                        NULL,
		.is_warning = SUFFIX("classes", "govuk-button--warning") !=
	                      NULL,
		.classes = TEXT("classes"),
		.is_disabled = TRUE("disabled"),
		.allows_double_click = is_quiet });
}

static void
draw_error_summary(struct request *r, json_t *options)
{
	const struct part_error_summary arguments = { TEXT("titleText") };
	json_t *item;
	size_t i;

	part_error_summary_open(r, &arguments);
	json_array_foreach(option_list(options, "errorList"), i, item)
	    part_error_link(
		r, &(const struct part_error_link) {
		       .text = option_take(r->arena, item, "text"),
		       .href = option_take(r->arena, item, "href") });
	part_error_summary_close(r, &arguments);
	if (option_list(options, "errorList") == NULL)
		json_object_set_new(options, "no errorList", json_true());
}

/* A row whose value is HTML is a block, else a row. */
static void
summary_row_draw(struct request *r, json_t *row, bool has_actions)
{
	json_t *actions = option_list(row, "actions.items");
	json_t *action = json_array_get(actions, 0);
	const struct part_summary_block block = {
		.key = option_take(r->arena, row, "key.text"),
		.change = option_take(r->arena, action, "href"),
		.change_text = option_take(r->arena, action, "text"),
		.change_what = option_take(
		    r->arena, action, "visuallyHiddenText"),
		.lacks_action = has_actions && action == NULL,
	};
	const char *value = option_take(r->arena, row, "value.text");

	if (value == NULL) {
		part_summary_block_open(r, &block);
		content_draw(r, row, "value.html", "value.text");
		part_summary_block_close(r, &block);
		return;
	}
	part_summary_row(r, &(const struct part_summary_row) { .key = block.key,
				.value = value,
				.change = block.change,
				.change_text = block.change_text,
				.change_what = block.change_what,
				.lacks_action = block.lacks_action });
}

static void
draw_summary_list(struct request *r, json_t *options)
{
	json_t *action = json_array_get(
	    option_list(options, "card.actions.items"), 0);
	const struct part_summary_card card = {
		.title = TEXT("card.title.text"),
		.action = option_take(r->arena, action, "href"),
		.action_text = option_take(r->arena, action, "text"),
		.action_what = option_take(
		    r->arena, action, "visuallyHiddenText"),
	};

	const struct part_summary_list list = {
		.is_borderless = SUFFIX("classes",
				     "govuk-summary-list--no-border") != NULL,
		.classes = TEXT("classes"),
	};
	bool has_actions = false;
	json_t *row;
	size_t i;

	json_array_foreach(option_list(options, "rows"), i, row)
	    has_actions |= json_array_size(option_list(row, "actions.items")) >
	                   0;
	if (card.title != NULL)
		part_summary_card_open(r, &card);
	part_summary_list_open(r, &list);
	json_array_foreach(option_list(options, "rows"), i, row)
	    summary_row_draw(r, row, has_actions);
	part_summary_list_close(r, &list);
	if (card.title != NULL)
		part_summary_card_close(r, &card);
}

static bool
is_numeric(struct request *r, json_t *options)
{
	return SUFFIX("format", "numeric") != NULL;
}

static void
cell_draw(struct request *r, json_t *cell, bool is_header)
{
	const struct part_cell_block block = { .is_number = is_numeric(
						   r, cell) };
	const char *text = option_take(r->arena, cell, "text");

	if (is_header) {
		part_row_header(
		    r, &(const struct part_row_header) { .text = text });
	} else if (text != NULL) {
		part_cell(r, &(const struct part_cell) {
				 .text = text, .is_number = block.is_number });
	} else {
		part_cell_block_open(r, &block);
		content_draw(r, cell, "html", "text");
		part_cell_block_close(r, &block);
	}
}

static void
draw_table(struct request *r, json_t *options)
{
	const struct part_table table = { .caption = TEXT("caption"),
		.size = SUFFIX("captionClasses", "govuk-table__caption--"),
		.is_small = SUFFIX("classes",
				"govuk-table--small-text-until-tablet") !=
		            NULL };
	const struct part_table_head head = { 0 };
	const struct part_table_body body = { 0 };
	const struct part_table_row plain = { 0 };
	bool has_header = TRUE("firstCellIsHeader");
	json_t *row, *cell;
	size_t i, j;

	part_table_open(r, &table);
	if (option_list(options, "head") != NULL)
		part_table_head_open(r, &head);
	json_array_foreach(option_list(options, "head"), i, cell)
	    part_column(r, &(const struct part_column) {
			       .text = option_take(r->arena, cell, "text"),
			       .is_number = is_numeric(r, cell) });
	if (option_list(options, "head") != NULL)
		part_table_head_close(r, &head);
	part_table_body_open(r, &body);
	json_array_foreach(option_list(options, "rows"), i, row)
	{
		part_table_row_open(r, &plain);
		json_array_foreach(row, j, cell)
		    cell_draw(r, cell, has_header && j == 0);
		part_table_row_close(r, &plain);
	}
	part_table_body_close(r, &body);
	part_table_close(r, &table);
}

static void
draw_tag(struct request *r, json_t *options)
{
	part_tag(r, &(const struct part_tag) { .text = TEXT("text"),
			.colour = SUFFIX("classes", "govuk-tag--") });
}

static void
draw_task_list(struct request *r, json_t *options)
{
	const char *prefix = TEXT("idPrefix"), *tag, *colour;
	json_t *item;
	size_t i;

	part_task_list_open(r);
	json_array_foreach(option_list(options, "items"), i, item)
	{
		colour = option_take_suffix(
		    r->arena, item, "status.tag.classes", "govuk-tag--");
		tag = option_take(r->arena, item, "status.tag.text");
		part_task(r,
		    &(const struct part_task) {
			.id = arena_printf(r->arena, "%s-%zu",
			    prefix != NULL ? prefix : "task-list", i + 1),
			.text = option_take(r->arena, item, "title.text"),
			.href = option_take(r->arena, item, "href"),
			.hint = option_take(r->arena, item, "hint.text"),
			.status = tag != NULL ? tag
		                              : option_take(r->arena, item,
						    "status.text"),
			.colour = tag != NULL && colour == NULL ? "" : colour,
			.cannot_start = option_take_suffix(r->arena, item,
					    "status.classes",
					    "govuk-task-list__status--cannot-"
					    "start-yet") != NULL });
	}
	part_task_list_close(r);
}

static void
draw_pagination(struct request *r, json_t *options)
{
	json_t *items = option_list(options, "items"), *item;
	struct page_link *row = arena_array(
	    r->arena, json_array_size(items) + 1, sizeof(*row));
	size_t i;

	json_array_foreach(items, i, item)
	{
		row[i].href = option_take(r->arena, item, "href");
		row[i].number = option_take_number(item, "number");
		row[i].is_current = option_take_true(item, "current");
		row[i].is_gap = option_take_true(item, "ellipsis");
	}
	part_pagination(r, &(const struct part_pagination) {
			       .links = { row, json_array_size(items) },
			       .previous = TEXT("previous.href"),
			       .previous_label = TEXT("previous.labelText"),
			       .next = TEXT("next.href"),
			       .next_label = TEXT("next.labelText"),
			       .label = TEXT("landmarkLabel") });
}

static void
draw_notification_banner(struct request *r, json_t *options)
{
	const struct part_notification_block block = {
		.title = TEXT("titleText"),
		.is_success = SUFFIX("type", "success") != NULL,
	};
	const char *text = TEXT("text");

	if (text != NULL) {
		part_notification(
		    r, &(const struct part_notification) { .text = text,
			   .title = block.title,
			   .is_success = block.is_success });
		return;
	}
	part_notification_block_open(r, &block);
	content_draw(r, options, "html", "text");
	part_notification_block_close(r, &block);
}

static void
draw_inset_text(struct request *r, json_t *options)
{
	const struct part_inset_block block = { .id = TEXT("id") };
	const char *text = TEXT("text");

	if (text != NULL && block.id == NULL) {
		part_inset(r, &(const struct part_inset) { .text = text });
		return;
	}
	part_inset_block_open(r, &block);
	if (text != NULL)
		html_text(&r->out, text);
	else
		content_draw(r, options, "html", "text");
	part_inset_block_close(r, &block);
}

static void
draw_warning_text(struct request *r, json_t *options)
{
	SUFFIX("iconFallbackText", "Warning");
	part_warning(r, &(const struct part_warning) { .text = TEXT("text") });
}

static void
draw_details(struct request *r, json_t *options)
{
	const struct part_details arguments = { .summary = TEXT("summaryText"),
		.id = TEXT("id"),
		.is_open = TRUE("open") };

	part_details_open(r, &arguments);
	content_draw(r, options, "html", "text");
	part_details_close(r, &arguments);
}

static void
draw_panel(struct request *r, json_t *options)
{
	const char *html = TEXT("titleHtml");
	const struct part_panel arguments = {
		.title = html != NULL ? html : TEXT("titleText")
	};

	part_panel_open(r, &arguments);
	if (option_list(options, "html") == NULL &&
	    option_list(options, "text") == NULL)
		json_object_set_new(options, "no text", json_true());
	content_draw(r, options, "html", "text");
	part_panel_close(r, &arguments);
	/* The title is text for us: HTML in it is left for the report. */
	if (html != NULL && strpbrk(html, "<&") != NULL)
		json_object_set_new(options, "titleHtml", json_string(html));
}

static void
draw_back_link(struct request *r, json_t *options)
{
	const char *href = TEXT("href");

	if (href == NULL)
		json_object_set_new(options, "no href", json_true());
	part_back_link(r, &(const struct part_back_link) {
			      .text = TEXT("text"), .href = href });
}

static void
draw_breadcrumbs(struct request *r, json_t *options)
{
	json_t *item;
	size_t i;

	part_breadcrumbs_open(r);
	json_array_foreach(option_list(options, "items"), i, item)
	    part_breadcrumb(
		r, &(const struct part_breadcrumb) {
		       .text = option_take(r->arena, item, "text"),
		       .href = option_take(r->arena, item, "href") });
	part_breadcrumbs_close(r);
}

static void
draw_skip_link(struct request *r, json_t *options)
{
	const char *href = TEXT("href");

	if (href == NULL)
		json_object_set_new(options, "no href", json_true());
	part_skip_link(r, &(const struct part_skip_link) {
			      .text = TEXT("text"), .href = href });
}

static void
draw_generic_header(struct request *r, json_t *options)
{
	const struct part_generic_header arguments = { .href = TEXT("url") };

	part_generic_header_open(r, &arguments);
	content_draw(r, options, "logoHtml", "logoText");
	part_generic_header_close(r, &arguments);
}

static void
draw_service_navigation(struct request *r, json_t *options)
{
	json_t *items = option_list(options, "navigation"), *item;
	struct navigation_item *row = arena_array(
	    r->arena, json_array_size(items) + 1, sizeof(*row));
	size_t i;

	json_array_foreach(items, i, item)
	{
		row[i].href = option_take(r->arena, item, "href");
		row[i].text = option_take(r->arena, item, "text");
		row[i].is_current = option_take_true(item, "active");
		if (row[i].href == NULL && json_is_object(item))
			json_object_set_new(item, "no href", json_true());
	}
	if (json_array_size(items) == 0)
		json_object_set_new(options, "no navigation", json_true());
	part_service_navigation(
	    r, &(const struct part_service_navigation) {
		   .items = { row, json_array_size(items) } });
}

static void
draw_footer(struct request *r, json_t *options)
{
	json_t *item;
	size_t i;

	part_footer_open(r);
	json_array_foreach(option_list(options, "meta.items"), i, item)
	    part_footer_link(
		r, &(const struct part_footer_link) {
		       .text = option_take(r->arena, item, "text"),
		       .href = option_take(r->arena, item, "href") });
	part_footer_close(r);
	if (i == 0)
		json_object_set_new(options, "no meta.items", json_true());
	if (!json_is_null(json_object_get(options, "contentLicence")))
		json_object_set_new(options, "contentLicence", json_true());
}

const struct drawing drawings[] = {
	{ "back-link", draw_back_link },
	{ "breadcrumbs", draw_breadcrumbs },
	{ "button", draw_button },
	{ "character-count", draw_character_count },
	{ "checkboxes", draw_checkboxes },
	{ "date-input", draw_date_input },
	{ "details", draw_details },
	{ "error-message", draw_error_message },
	{ "error-summary", draw_error_summary },
	{ "fieldset", draw_fieldset },
	{ "footer", draw_footer },
	{ "generic-header", draw_generic_header },
	{ "hint", draw_hint },
	{ "input", draw_input },
	{ "inset-text", draw_inset_text },
	{ "label", draw_label },
	{ "notification-banner", draw_notification_banner },
	{ "pagination", draw_pagination },
	{ "panel", draw_panel },
	{ "password-input", draw_password_input },
	{ "radios", draw_radios },
	{ "select", draw_select },
	{ "service-navigation", draw_service_navigation },
	{ "skip-link", draw_skip_link },
	{ "summary-list", draw_summary_list },
	{ "table", draw_table },
	{ "tag", draw_tag },
	{ "task-list", draw_task_list },
	{ "textarea", draw_textarea },
	{ "warning-text", draw_warning_text },
};

const size_t drawing_count = sizeof(drawings) / sizeof(drawings[0]);
