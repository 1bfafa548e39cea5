/*
 * Tables of menu items by role.
 */
#include "navigation.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "messages/tasks.sql.h"
#include "offers/offers.sql.h"

/* Roles are the codes of the table account_role; each row is one menu. */
enum { ITEM_MAXIMUM = 16, TODO_MOST = 99 };

static const struct menu {
	const char *role;
	struct navigation_item items[ITEM_MAXIMUM];
} menus[] = {
	{ "council_administrator",
	    { { "/accounts", "Accounts", false }, { "/mail", "Mail", false },
		{ "/audit", "Audit", false },
		{ "/providers", "Providers", false },
		{ "/market-tests", "Market tests", false },
		{ "/information-requests", "Information requests", false },
		{ "/policies", "Policies", false },
		{ "/question-sets", "Questions", false },
		{ "/rates", "Rates", false }, { "/areas", "Areas", false } } },
	{ "broker", { { "/packages", "Packages", false },
			{ "/placements", "Placements", false },
			{ "/tasks", "Tasks", false },
			{ "/approvals", "Approvals", false },
			{ "/waiting", "Waiting list", false },
			{ "/providers", "Providers", false },
			{ "/areas", "Areas", false } } },
	{ "commissioner",
	    { { "/packages", "Packages", false },
		{ "/placements", "Placements", false },
		{ "/tasks", "Tasks", false },
		{ "/approvals", "Approvals", false },
		{ "/waiting", "Waiting list", false },
		{ "/coverage", "Coverage", false },
		{ "/providers", "Providers", false },
		{ "/market-tests", "Market tests", false },
		{ "/information-requests", "Information requests", false },
		{ "/policies", "Policies", false },
		{ "/question-sets", "Questions", false },
		{ "/rates", "Rates", false }, { "/areas", "Areas", false } } },
	{ "auditor",
	    { { "/audit", "Audit", false }, { "/packages", "Packages", false },
		{ "/placements", "Placements", false },
		{ "/waiting", "Waiting list", false },
		{ "/providers", "Providers", false },
		{ "/market-tests", "Market tests", false },
		{ "/information-requests", "Information requests", false },
		{ "/policies", "Policies", false },
		{ "/question-sets", "Questions", false },
		{ "/rates", "Rates", false }, { "/areas", "Areas", false } } },
	{ "provider_owner", { { "/offers", "Offers", false },
				{ "/placements", "Placements", false },
				{ "/market-tests", "Market tests", false },
				{ "/our-details", "Our details", false },
				{ "/accounts", "Accounts", false } } },
	{ "provider_manager", { { "/offers", "Offers", false },
				  { "/placements", "Placements", false },
				  { "/market-tests", "Market tests", false },
				  { "/our-details", "Our details", false } } },
};

static bool
is_below(const char *path, const char *href)
{
	size_t length = strlen(href);

	return strncmp(path, href, length) == 0 &&
	       (path[length] == '\0' || path[length] == '/');
}

/* How much waits at that place, counted no further than one above the most. */
static int64_t
todo_count(struct request *r, const char *href)
{
	if (r->is_refused)
		return 0;
	if (text_equal(href, "/tasks"))
		return task_open_count(
		    r->db, r->session.council_id, TODO_MOST + 1);
	if (text_equal(href, "/offers"))
		return offer_open_count(
		    r->db, r->session.organisation_id, TODO_MOST + 1);
	return 0;
}

const struct navigation_item *
navigation_todo(struct navigation_list list)
{
	const struct navigation_item *item = list.row;
	size_t i;

	for (i = 0; i < list.count; i++, item++)
		if (item->todo > 0)
			return item;
	return NULL;
}

const char *
navigation_todo_text(const struct navigation_item *item)
{
	return item->todo == 1 ? "thing to do" : "things to do";
}

const char *
navigation_todo_number(struct request *r, const struct navigation_item *item)
{
	if (item->todo > TODO_MOST)
		return arena_printf(r->arena, "%d+", TODO_MOST);
	return arena_printf(r->arena, "%" PRId64, item->todo);
}

static struct navigation_list
items_copy(struct request *r, const struct navigation_item *items, size_t most)
{
	struct navigation_item *row = arena_array(r->arena, most, sizeof(*row));
	struct navigation_list list = { row, 0 };

	while (list.count < most && items[list.count].href != NULL) {
		row[list.count] = items[list.count];
		row[list.count].is_current = is_below(
		    r->path, items[list.count].href);
		row[list.count].todo = todo_count(r, items[list.count].href);
		list.count++;
	}
	return list;
}

struct navigation_list
navigation_items(struct request *r)
{
	size_t i;

	for (i = 0; i < sizeof(menus) / sizeof(menus[0]); i++)
		if (text_equal(menus[i].role, r->session.role))
			return items_copy(r, menus[i].items, ITEM_MAXIMUM);
	return (struct navigation_list) { NULL, 0 };
}

struct navigation_list
navigation_account(struct request *r)
{
	static const struct navigation_item items[] = {
		{ "/change-password", "Change password", false },
		{ "/switch-role", "Switch role", false },
	};

	if (r->session.state != SESSION_LIVE)
		return (struct navigation_list) { NULL, 0 };
	return items_copy(r, items, r->session.membership_count > 1 ? 2 : 1);
}

const char *
navigation_body(const struct request *r)
{
	if (r->session.council_id != 0)
		return r->session.council_name;
	return r->session.organisation_name;
}
