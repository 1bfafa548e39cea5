/* The board: every package, filtered, urgent first. */
#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "base/requests.sql.h"
#include "packages/board.h"
#include "packages/packages_pages.h"
#include "permissions.h"
#include "templates.h"

enum { PAGE_LINES = 20, MOST_PAGES = 10000, MOST_NAMED = 50 };

static const char *const open_states[] = { "draft", "waiting", "offered" };
static const char *const all_states[] = { "draft", "waiting", "offered",
	"placed", "closed", "cancelled" };

/* A word of the query, "" when it is absent or cannot be one of ours. */
static const char *
filter_of(struct request *r, const char *name)
{
	const char *value = request_query(r, name);

	return value != NULL && strlen(value) <= 64 ? text_tidy(r->arena, value)
	                                            : "";
}

/* The states that a view shows: one of them, all, or what is to be placed. */
static struct text_list
states_of(const struct board *board)
{
	size_t i;

	if (text_equal(board->state, "all"))
		return (struct text_list) { all_states, 6 };
	for (i = 0; i < 6; i++)
		if (text_equal(board->state, all_states[i]))
			return (struct text_list) { &all_states[i], 1 };
	return (struct text_list) { open_states, 3 };
}

/* As rows keep them: what is offered waits. */
static struct text_list
kept_of(struct text_list states)
{
	static const char *const waiting[] = { "waiting" };

	if (states.count == 1 && text_equal(states.row[0], "offered"))
		return (struct text_list) { waiting, 1 };
	return states;
}

static struct choice_list
area_choices(struct request *r)
{
	struct board_area_list areas = board_area_list(
	    r->db, r->session.council_id);
	struct choice *rows = arena_array(r->arena, areas.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < areas.count; i++)
		rows[i] = (struct choice) { areas.row[i].code,
			areas.row[i].name, NULL };
	return (struct choice_list) { rows, areas.count };
}

static struct choice_list
assigned_choices(struct request *r)
{
	struct broker_list brokers = package_broker_list(
	    r->db, r->session.council_id, r->session.account_id);
	struct choice *rows = arena_array(
	    r->arena, brokers.count + 2, sizeof(*rows));
	size_t i, count = 0;

	rows[count++] = (struct choice) { "me", "Me", NULL };
	rows[count++] = (struct choice) { "nobody", "Nobody", NULL };
	for (i = 0; i < brokers.count; i++)
		if (!brokers.row[i].is_me)
			rows[count++] =
			    (struct choice) { brokers.row[i].reference,
				    brokers.row[i].name, NULL };
	return (struct choice_list) { rows, count };
}

static struct board_tab_list
tabs_of(struct request *r, const struct board *board,
    const struct board_counts *counts)
{
	const struct board_tab tabs[] = {
		{ "", "To be placed",
		    counts->draft + counts->waiting + counts->offered, false },
		{ "draft", "Draft", counts->draft, false },
		{ "waiting", "Waiting", counts->waiting, false },
		{ "offered", "Offered", counts->offered, false },
		{ "placed", "Placed", counts->placed, false },
		{ "closed", "Closed", counts->closed, false },
		{ "cancelled", "Cancelled", counts->cancelled, false },
		{ "all", "All",
		    counts->draft + counts->waiting + counts->offered +
			counts->placed + counts->closed + counts->cancelled,
		    false },
	};
	size_t count = sizeof(tabs) / sizeof(tabs[0]), i;
	struct board_tab *rows = arena_array(r->arena, count, sizeof(*rows));

	for (i = 0; i < count; i++) {
		rows[i] = tabs[i];
		rows[i].is_current = text_equal(rows[i].state, board->state);
	}
	return (struct board_tab_list) { rows, count };
}

static struct board_line_list
lines_of(struct request *r, const struct board *board)
{
	const struct text_list states = states_of(board);

	return board_page(r->db, r->session.council_id, r->session.account_id,
	    kept_of(states), states, board->area, board->group, board->urgency,
	    board->assigned, board->search, board->name,
	    (int64_t)(board->page - 1) * PAGE_LINES,
	    *board->name != '\0' ? MOST_NAMED : PAGE_LINES);
}

/* What stands around the rows. */
static void
board_dress(struct request *r, struct board *board)
{
	const struct board_counts *counts = board_counts(
	    r->db, r->session.council_id);
	static const struct board_counts none;

	if (board->lines.count > 0)
		board->total = board->lines.row[0].total;
	board->tabs = tabs_of(r, board, counts != NULL ? counts : &none);
	board->areas = area_choices(r);
	board->groups = term_choices(r, "service_user_group");
	board->brokers = assigned_choices(r);
	board->can_write = permission_has(r->session.role, PACKAGE_WRITE);
}

struct name_form {
	const char *name;
};

static const struct field name_fields[] = {
	FIELD(struct name_form, FIELD_LINE, name, "Name of the person",
	    .missing = "Enter the name of the person, or how it begins",
	    .is_required = true, .maximum = 200),
	FIELD_END,
};

/* GET /packages; a page beyond the last is the first. */
struct reply
package_list_show(struct request *r)
{
	struct board board = {
		.state = filter_of(r, "state"),
		.area = filter_of(r, "area"),
		.group = filter_of(r, "group"),
		.urgency = filter_of(r, "urgency"),
		.assigned = filter_of(r, "assigned"),
		.search = filter_of(r, "q"),
		.name = "",
		.find = form_show(r, name_fields, NULL),
		.page = request_page(r, MOST_PAGES),
	};

	board.lines = lines_of(r, &board);
	if (board.lines.count == 0 && board.page > 1) {
		board.page = 1;
		board.lines = lines_of(r, &board);
	}
	board_dress(r, &board);
	board.pages = (int32_t)((board.total + PAGE_LINES - 1) / PAGE_LINES);
	board.has_filter = *board.area != '\0' || *board.group != '\0' ||
	                   *board.urgency != '\0' || *board.assigned != '\0' ||
	                   *board.search != '\0';
	render_packages_list(r, &board);
	return reply_page(r, HTTP_OK);
}

/* Whose packages a name found, without the name. */
static void
named_audit(struct request *r, struct board_line_list lines)
{
	struct buffer detail = buffer_new(r->arena, 512, 4096);
	size_t i;

	buffer_text(&detail, "{\"packages\": [");
	for (i = 0; i < lines.count; i++)
		buffer_printf(&detail, "%s\"%s\"", i > 0 ? ", " : "",
		    lines.row[i].reference);
	buffer_text(&detail, "]}");
	audit_add(r->db, "person.search", "person", "", detail.data);
}

/*
 * POST /packages: the packages of whoever has that name. Posted, because
 * names do not stand in addresses; the rows say nothing of the person.
 */
struct reply
package_list_find(struct request *r)
{
	struct name_form values = { "" };
	struct form *form = form_read(r, name_fields, &values);
	struct board board = {
		.state = "all",
		.area = "",
		.group = "",
		.urgency = "",
		.assigned = "",
		.search = "",
		.name = values.name,
		.find = form,
		.page = 1,
		.pages = 1,
	};

	if (form_ok(form)) {
		board.lines = lines_of(r, &board);
		named_audit(r, board.lines);
	}
	board_dress(r, &board);
	render_packages_list(r, &board);
	return reply_page(r, form_ok(form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}
