/* Made by app/generate/templates.c; change the template instead. */
#ifndef TEMPLATES_H
#define TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"
#include "base/request.h"

struct request;

#line 1 "templates/member.html"
void render_member(struct request *r, const struct pair *pair);

#line 1 "templates/part.html"
void render_part(struct request *r, int64_t n);

#line 1 "templates/type.html"
void render_type(struct request *r);

#endif
