/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "templates.h"
#include "parts.h"

void
render_part(struct request *r, int64_t n)
{
	(void)r;
	(void)n;
	buffer_add(&r->out,
	    "\n"
	    "\n"
	    "<p title=\"",
	    12);
#line 4 "templates/part.html"
	html_put_attribute(&r->out, (n));
	buffer_add(&r->out,
	    "\">\n",
	    3);
#line 5 "templates/part.html"
	part_box(r, &(const struct part_box){ .heading = "x" });
}
