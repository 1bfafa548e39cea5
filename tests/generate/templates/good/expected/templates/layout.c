/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_layout_open(struct request *r, const struct part_layout *arguments)
{
	const char *title = arguments->title;
	bool is_wide = arguments->is_wide;
	(void)r;
	(void)title;
	(void)is_wide;
	buffer_add(&r->out,
	    "<!DOCTYPE html>\n"
	    "<title>",
	    23);
#line 3 "templates/layout.html"
	html_put_attribute(&r->out, (title));
	buffer_add(&r->out,
	    " - Hearth</title>\n"
	    "<main",
	    23);
#line 4 "templates/layout.html"
	if (is_wide) {
		buffer_add(&r->out,
		    " class=\"wide\"",
		    13);
	}
	buffer_add(&r->out,
	    ">\n",
	    2);
}

void
part_layout_close(struct request *r, const struct part_layout *arguments)
{
	const char *title = arguments->title;
	bool is_wide = arguments->is_wide;
	(void)r;
	(void)title;
	(void)is_wide;
	buffer_add(&r->out,
	    "</main>",
	    7);
}
