/* Made by app/generate/templates.c; change the template instead. */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"

struct request;

void part_layout_open(struct request *r);
void part_layout_close(struct request *r);

struct part_box {
#line 1 "templates/parts/box.html"
	const char *title;
};
void part_box(struct request *r, const struct part_box *arguments);

#endif
