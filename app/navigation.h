/*
 * The menus of the layout: which places a role is led to. What it may enter
 * is decided by permissions.c alone.
 */
#ifndef NAVIGATION_H
#define NAVIGATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;

struct navigation_item {
	const char *href;
	const char *text;
	bool is_current; /* the page asked for is there or below it */
	int64_t todo; /* things that wait there for the person; 0: no count */
};

struct navigation_list {
	const struct navigation_item *row;
	size_t count;
};

/*
 * The service navigation of the signed-in role; empty without a role. Asks the
 * database what there is to do, unless the page is one of errors.
 */
struct navigation_list navigation_items(struct request *r);

/* The first item with something to do, or NULL: for a menu that is shut. */
const struct navigation_item *navigation_todo(struct navigation_list list);

/* "3 things to do" without its number, and that number, in the arena. */
const char *navigation_todo_text(const struct navigation_item *item);
const char *navigation_todo_number(
    struct request *r, const struct navigation_item *item);

/* The account menu, without "Sign out", which is a form. */
struct navigation_list navigation_account(struct request *r);

/* The council or organisation that the person acts for; may be NULL. */
const char *navigation_body(const struct request *r);

#endif
