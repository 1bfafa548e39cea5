/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "templates.h"
#include "parts.h"

void
render_type(struct request *r)
{
	(void)r;
	buffer_add(&r->out,
	    "<p>",
	    3);
#line 2 "templates/type.html"
	html_put(&r->out, (r));
	buffer_add(&r->out,
	    "</p>",
	    4);
}
