/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_box(struct request *r, const struct part_box *arguments)
{
	const char *title = arguments->title;
	(void)r;
	(void)title;
	buffer_add(&r->out,
	    "<p>",
	    3);
#line 2 "templates/parts/box.html"
	html_put(&r->out, (title));
	buffer_add(&r->out,
	    "</p>",
	    4);
}
