/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_box_open(struct request *r)
{
	(void)r;
	buffer_add(&r->out,
	    "<div>\n",
	    6);
}

void
part_box_close(struct request *r)
{
	(void)r;
	buffer_add(&r->out,
	    "</div>",
	    6);
}
