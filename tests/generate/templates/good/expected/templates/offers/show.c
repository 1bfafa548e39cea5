/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "templates.h"
#include "parts.h"
#include "base/text.h"

void
render_offers_show(struct request *r, const char *reference, const char *url, int64_t hours, struct text_list needs, struct safe_html notes, int32_t refresh)
{
	(void)r;
	(void)reference;
	(void)url;
	(void)hours;
	(void)needs;
	(void)notes;
	(void)refresh;
#line 5 "templates/offers/show.html"
	const struct part_layout part_0 = { .title="Offer \"A\"", .is_wide = hours > 40 };
#line 5 "templates/offers/show.html"
	part_layout_open(r, &part_0);
	buffer_add(&r->out,
	    "<h1 class=\"a ",
	    13);
#line 7 "templates/offers/show.html"
	html_put_attribute(&r->out, (reference));
	buffer_add(&r->out,
	    "\">",
	    2);
#line 7 "templates/offers/show.html"
	html_put(&r->out, (reference));
	buffer_add(&r->out,
	    "</h1>\n"
	    "<p title='",
	    16);
#line 8 "templates/offers/show.html"
	html_put_attribute(&r->out, (reference));
	buffer_add(&r->out,
	    "'>Is it \\ \"quoted\"\? \?\?/ ",
	    24);
#line 8 "templates/offers/show.html"
	html_put(&r->out, (hours));
	buffer_add(&r->out,
	    "\thours {}</p>\n",
	    14);
#line 9 "templates/offers/show.html"
	if (hours > 30) {
		buffer_add(&r->out,
		    "<p>Many</p>\n",
		    12);
#line 11 "templates/offers/show.html"
	} else if (hours > 0) {
		buffer_add(&r->out,
		    "<p>Some</p>\n",
		    12);
#line 13 "templates/offers/show.html"
	} else {
		buffer_add(&r->out,
		    "<p>None</p>\n",
		    12);
	}
	buffer_add(&r->out,
	    "<ul>\n",
	    5);
#line 17 "templates/offers/show.html"
	{ const __typeof__(needs) need_list = needs;
#line 17 "templates/offers/show.html"
	for (size_t need_index = 0; need_index < need_list.count; need_index++) {
#line 17 "templates/offers/show.html"
		__typeof__(&need_list.row[0]) need = &need_list.row[need_index]; (void)need;
#line 18 "templates/offers/show.html"
		const char *name = *need;
		buffer_add(&r->out,
		    "  <li id=\"need-",
		    15);
#line 19 "templates/offers/show.html"
		html_put_attribute(&r->out, (need_index));
		buffer_add(&r->out,
		    "\"><a href=\"/needs/",
		    18);
#line 19 "templates/offers/show.html"
		html_put_attribute(&r->out, (name));
		buffer_add(&r->out,
		    "\">",
		    2);
#line 19 "templates/offers/show.html"
		html_put(&r->out, (name));
		buffer_add(&r->out,
		    "</a></li>\n",
		    10);
	}}
	buffer_add(&r->out,
	    "</ul>\n",
	    6);
#line 22 "templates/offers/show.html"
	html_put(&r->out, (notes));
	buffer_add(&r->out,
	    "\n"
	    "<a href=\"",
	    10);
#line 23 "templates/offers/show.html"
	html_url(&r->out, (url));
	buffer_add(&r->out,
	    "\">whole</a> <a href=\" ",
	    22);
#line 23 "templates/offers/show.html"
	html_url(&r->out, (url));
	buffer_add(&r->out,
	    "\?page=",
	    6);
#line 23 "templates/offers/show.html"
	html_put_attribute(&r->out, (hours));
	buffer_add(&r->out,
	    "\">and a part</a>\n"
	    "<a href=\"#",
	    27);
#line 24 "templates/offers/show.html"
	html_put_attribute(&r->out, (reference));
	buffer_add(&r->out,
	    "\">here</a> <a href=\"",
	    20);
#line 24 "templates/offers/show.html"
	if (hours > 0) {
#line 24 "templates/offers/show.html"
		html_url(&r->out, (url));
#line 24 "templates/offers/show.html"
	} else {
		buffer_add(&r->out,
		    "/none",
		    5);
	}
	buffer_add(&r->out,
	    "\">either</a>\n"
	    "<meta http-equiv=\"refresh\" content=\"",
	    49);
#line 25 "templates/offers/show.html"
	html_number(&r->out, (refresh));
	buffer_add(&r->out,
	    "\">\n"
	    "<textarea name=\"notes\"",
	    25);
#line 26 "templates/offers/show.html"
	if (hours > 0) {
		buffer_add(&r->out,
		    " rows=\"",
		    7);
#line 26 "templates/offers/show.html"
		html_put_attribute(&r->out, (hours));
		buffer_add(&r->out,
		    "\"",
		    1);
	}
	buffer_add(&r->out,
	    ">",
	    1);
#line 26 "templates/offers/show.html"
	html_put_attribute(&r->out, (reference));
	buffer_add(&r->out,
	    "</textarea>\n"
	    "<script src=\"",
	    25);
#line 27 "templates/offers/show.html"
	html_url(&r->out, (url));
	buffer_add(&r->out,
	    "\"></script><!-- a remark -->\n",
	    29);
	{
#line 28 "templates/offers/show.html"
		const struct part_details part_1 = { .summary = "More, {{ }} and )" };
#line 28 "templates/offers/show.html"
		part_details_open(r, &part_1);
		buffer_add(&r->out,
		    "\n",
		    1);
#line 29 "templates/offers/show.html"
		part_button(r, &(const struct part_button){ .text = "Save",
      .href = (const char *[]){ "/a", "/b" }[hours > 1] });
		buffer_add(&r->out,
		    "\n",
		    1);
		part_details_close(r, &part_1);
	}
	{
		part_box_open(r);
		buffer_add(&r->out,
		    "\n",
		    1);
#line 33 "templates/offers/show.html"
		part_rule(r);
		buffer_add(&r->out,
		    "\n",
		    1);
#line 34 "templates/offers/show.html"
		part_button(r, &(const struct part_button){ 0 });
		buffer_add(&r->out,
		    "\n",
		    1);
		part_box_close(r);
	}
	buffer_add(&r->out,
	    "<p>inline ",
	    10);
#line 36 "templates/offers/show.html"
	part_rule(r);
	buffer_add(&r->out,
	    " text</p>",
	    9);
	part_layout_close(r, &part_0);
}
