/* The areas of a council with their hours, and what a postcode tells. */
#include "areas/areas_pages.h"

#include "areas/areas.h"
#include "base/form.h"
#include "templates.h"

struct postcode_form {
	const char *postcode;
};

static const struct field postcode_fields[] = {
	FIELD(struct postcode_form, FIELD_POSTCODE, postcode, "Postcode",
	    .hint = "For example, AL1 1AA", .missing = "Enter a postcode",
	    .is_required = true),
	FIELD_END,
};

/* GET /areas : the look-up is a form whose field stands in the query. */
struct reply
area_list_show(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct postcode_form asked = { "" };
	struct postcode_place found = { .postcode = NULL };
	struct form *form;

	if (request_query(r, "postcode") == NULL) {
		form = form_show(r, postcode_fields, NULL);
	} else {
		r->fields = r->query;
		form = form_read(r, postcode_fields, &asked);
	}
	if (form_ok(form) && *asked.postcode != '\0') {
		found = postcode_find(r, asked.postcode, council);
		if (found.place == NULL)
			form_error(form, "postcode",
			    "The sector %s is not in the table of sectors. "
			    "Check the postcode",
			    found.sector);
	}
	render_areas_list(
	    r, form, &found, area_schemes(r, area_list(r->db, council)));
	return reply_page(r, form_ok(form) ? HTTP_OK : HTTP_UNPROCESSABLE);
}
