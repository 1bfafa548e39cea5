/* The rows that the formulas for rates go by: shown, added and removed. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "permissions.h"
#include "rates/formula_views.h"
#include "rates/rates_pages.h"
#include "templates.h"

/* The kind of the path; NULL when there is none. */
static const struct formula_kind *
kind_of(const struct request *r)
{
	const char *slug = request_part(r, "kind");

	for (size_t i = 0; formula_kinds[i] != NULL; i++)
		if (text_equal(formula_kinds[i]->slug, slug))
			return formula_kinds[i];
	return NULL;
}

/* GET /rates/formulas */
struct reply
formula_list_show(struct request *r)
{
	struct formula_table *table;
	size_t count = 0;

	while (formula_kinds[count] != NULL)
		count++;
	table = arena_array(r->arena, count, sizeof(*table));
	for (size_t i = 0; i < count; i++)
		table[i] = (struct formula_table) { formula_kinds[i],
			formula_kinds[i]->lines(r) };
	render_rates_formulas(r, (struct formula_table_list) { table, count },
	    permission_has(r->session.role, RATE_WRITE));
	return reply_page(r, HTTP_OK);
}

static struct reply
new_page(struct request *r, const struct formula_kind *kind,
    const struct form *form, int status)
{
	render_rates_formula(r, kind, form);
	return reply_page(r, status);
}

/* GET /rates/formulas/:kind/new */
struct reply
formula_new(struct request *r)
{
	const struct formula_kind *kind = kind_of(r);

	if (kind == NULL)
		return reply_not_found(r);
	return new_page(r, kind, form_show(r, kind->fields, NULL), HTTP_OK);
}

/* POST /rates/formulas/:kind/new */
struct reply
formula_create(struct request *r)
{
	const struct formula_kind *kind = kind_of(r);
	struct formula_form values = { 0 };
	struct form *form;

	if (kind == NULL)
		return reply_not_found(r);
	form = form_read(r, kind->fields, &values);
	if (form_ok(form) && values.starts_on <= DATE_1970)
		form_error(form, "starts_on", "The day must be after 1970");
	if (!form_ok(form) || !kind->keep(r, form, &values))
		return new_page(r, kind, form, HTTP_UNPROCESSABLE);
	audit_add(r->db, "formula.add", "formula", kind->slug,
	    arena_printf(
		r->arena, "{\"from\": \"%s\"}", day(r, values.starts_on)));
	return reply_redirect_with(
	    r, "Added", "/rates/formulas#%s", kind->slug);
}

/* POST /rates/formulas/:kind/remove */
struct reply
formula_remove(struct request *r)
{
	const struct formula_kind *kind = kind_of(r);
	const char *row = request_field(r, "row");
	int64_t id = 0;

	if (kind == NULL || row == NULL ||
	    !text_to_int64(row, 1, INT64_MAX, &id) || !kind->remove(r, id))
		return reply_not_found(r);
	audit_add(r->db, "formula.remove", "formula", kind->slug, NULL);
	return reply_redirect_with(
	    r, "Removed", "/rates/formulas#%s", kind->slug);
}
