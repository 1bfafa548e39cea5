/* The controls of a form as a page shows them, and a form sent again. */
#ifndef PAGES_SUPPORT_CONTROLS_H
#define PAGES_SUPPORT_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum control_kind {
	CONTROL_TEXT, /* also the lines of a textarea */
	CONTROL_PASSWORD,
	CONTROL_HIDDEN,
	CONTROL_RADIO, /* also a select: one of several values */
	CONTROL_CHECKBOX,
};

/* One control; of a group of radios or an open list, one of its values. */
struct control {
	enum control_kind kind;
	const char *name;
	const char *value;
	bool is_on; /* it is sent */
};

struct control_list {
	struct control *row;
	size_t count;
};

/*
 * The controls of the page's form that is posted to `action`, in their order,
 * without buttons; csrf and once are among the hidden ones. None when there
 * is no such form.
 */
struct control_list controls_read(
    struct arena *arena, const char *page, const char *action);

/* The body that a browser would send. */
const char *controls_body(struct arena *arena, struct control_list list);

#endif
