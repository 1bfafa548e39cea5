/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_details_open(struct request *r, const struct part_details *arguments)
{
	const char *summary = arguments->summary;
	(void)r;
	(void)summary;
	buffer_add(&r->out,
	    "<details>\n"
	    "  <summary>",
	    21);
#line 3 "templates/parts/details.html"
	html_put(&r->out, (summary));
	buffer_add(&r->out,
	    "</summary>\n",
	    11);
}

void
part_details_close(struct request *r, const struct part_details *arguments)
{
	const char *summary = arguments->summary;
	(void)r;
	(void)summary;
	buffer_add(&r->out,
	    "</details>",
	    10);
}
