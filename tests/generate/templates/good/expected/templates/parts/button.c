/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_button(struct request *r, const struct part_button *arguments)
{
	const char *text = arguments->text;
	const char *href = arguments->href;
	bool is_disabled = arguments->is_disabled;
	(void)r;
	(void)text;
	(void)href;
	(void)is_disabled;
#line 2 "templates/parts/button.html"
	if (href) {
		buffer_add(&r->out,
		    "<a href=\"",
		    9);
#line 3 "templates/parts/button.html"
		html_url(&r->out, (href));
		buffer_add(&r->out,
		    "\" role=\"button\">",
		    16);
#line 3 "templates/parts/button.html"
		html_put(&r->out, (text));
		buffer_add(&r->out,
		    "</a>\n",
		    5);
#line 4 "templates/parts/button.html"
	} else {
		buffer_add(&r->out,
		    "<button type=\"submit\"",
		    21);
#line 5 "templates/parts/button.html"
		if (is_disabled) {
			buffer_add(&r->out,
			    " disabled",
			    9);
		}
		buffer_add(&r->out,
		    ">",
		    1);
#line 5 "templates/parts/button.html"
		html_put(&r->out, (text));
		buffer_add(&r->out,
		    "</button>\n",
		    10);
	}
}
