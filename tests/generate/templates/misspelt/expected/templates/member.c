/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "templates.h"
#include "parts.h"
#include "base/request.h"

void
render_member(struct request *r, const struct pair *pair)
{
	(void)r;
	(void)pair;
	buffer_add(&r->out,
	    "<p>\n",
	    4);
#line 3 "templates/member.html"
	html_put(&r->out, (pair->price));
	buffer_add(&r->out,
	    "\n"
	    "</p>",
	    5);
}
