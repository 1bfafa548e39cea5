/* Made by app/generate/templates.c; change the template instead. */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"

struct request;

struct part_layout {
#line 1 "templates/layout.html"
	const char *title;
#line 1 "templates/layout.html"
	bool is_wide;
};
void part_layout_open(struct request *r, const struct part_layout *arguments);
void part_layout_close(struct request *r, const struct part_layout *arguments);

void part_box_open(struct request *r);
void part_box_close(struct request *r);

struct part_button {
#line 1 "templates/parts/button.html"
	const char *text;
#line 1 "templates/parts/button.html"
	const char *href;
#line 1 "templates/parts/button.html"
	bool is_disabled;
};
void part_button(struct request *r, const struct part_button *arguments);

struct part_details {
#line 1 "templates/parts/details.html"
	const char *summary;
};
void part_details_open(struct request *r, const struct part_details *arguments);
void part_details_close(struct request *r, const struct part_details *arguments);

void part_rule(struct request *r);

#endif
