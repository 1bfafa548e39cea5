/* Made by app/generate/templates.c; change the template instead. */
#ifndef TEMPLATES_H
#define TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"
#include "base/text.h"

struct request;

#line 2 "templates/offers/show.html"
void render_offers_show(struct request *r, const char *reference, const char *url, int64_t hours, struct text_list needs, struct safe_html notes, int32_t refresh);

#endif
