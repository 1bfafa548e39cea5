/*
 * What a package's week costs by the card of any day, past or to come, line by
 * line. The day is in the query, so that an answer can be kept and looked up.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"
#include "templates.h"

struct day_form {
	int32_t on;
};

static const struct field day_fields[] = {
	FIELD(struct day_form, FIELD_DATE, on, "Day",
	    .hint = "Any day, past or to come. For example, 26 12 2026",
	    .missing = "Enter the day", .is_required = true),
	FIELD_END,
};

/* GET /packages/:reference/price */
struct reply
package_price_show(struct request *r)
{
	int64_t council = r->session.council_id;
	const struct package *package = package_by_reference(
	    r->db, council, request_part(r, "reference"));
	struct day_form values = { .on = clock_local_date(r->now) };
	struct visit_week week = { .rule = NULL };
	struct form *form;

	if (package == NULL)
		return reply_not_found(r);
	r->fields = r->query;
	form = request_query(r, "on-day") != NULL
	           ? form_read(r, day_fields, &values)
	           : form_show(r, day_fields, &values);
	if (!form_ok(form)) {
		render_packages_price_day(r, package, form, 0, NULL);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	week.visits = visit_list(r->db, council, package->id);
	week.rule = package_rule_on(r, package, values.on);
	week.price = package_price(r->db, r->arena, week.rule, week.visits);
	render_packages_price_day(r, package, form, values.on, &week);
	return reply_page(r, HTTP_OK);
}
