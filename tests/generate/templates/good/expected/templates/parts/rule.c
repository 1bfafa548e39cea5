/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_rule(struct request *r)
{
	(void)r;
	buffer_add(&r->out,
	    "<hr>",
	    4);
}
