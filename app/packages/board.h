/* What the board's page is drawn from. */
#ifndef PACKAGES_BOARD_H
#define PACKAGES_BOARD_H

#include "base/form.h"
#include "packages/board.sql.h"

/* A view by state, with the number of packages in it. */
struct board_tab {
	const char *state; /* of the query; "" = to be placed */
	const char *label;
	int64_t count;
	bool is_current;
};

struct board_tab_list {
	const struct board_tab *row;
	size_t count;
};

struct board {
	/* The filters as they came; "" = none. */
	const char *state;
	const char *area;
	const char *group;
	const char *urgency;
	const char *assigned;
	const char *search;
	bool has_filter;   /* any but the state */
	const char *name;  /* of the person, when that is searched for */
	struct form *find; /* where that name is typed */
	struct board_tab_list tabs;
	struct choice_list areas;
	struct choice_list groups;
	struct choice_list brokers;
	struct board_line_list lines;
	int64_t total;
	int32_t page;
	int32_t pages;
	bool can_write;
};

#endif
