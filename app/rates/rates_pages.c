/* The list of rate cards, a card with its versions, and one version. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "permissions.h"
#include "rates/rates_pages.h"
#include "rates/views.h"
#include "templates.h"

/* GET /rates */
struct reply
rate_list_show(struct request *r)
{
	render_rates_list(r,
	    rate_list(r->db, r->session.council_id, rate_today(r)),
	    permission_has(r->session.role, RATE_WRITE));
	return reply_page(r, HTTP_OK);
}

/* GET /rates/:reference */
struct reply
rate_show(struct request *r)
{
	struct rate_view view = rate_view_load(r);

	if (view.card == NULL)
		return reply_not_found(r);
	render_rates_show(r, &view,
	    rate_version_list(
		r->db, r->session.council_id, view.card->id, rate_today(r)));
	return reply_page(r, HTTP_OK);
}

/* GET /rates/:reference/versions/:number */
struct reply
rate_version_show(struct request *r)
{
	struct rate_view view = rate_view_version(r);
	struct rate_sheet sheet;

	if (view.card == NULL)
		return reply_not_found(r);
	sheet = rate_sheet_of(r, &view);
	render_rates_version(r, &view, &sheet);
	return reply_page(r, HTTP_OK);
}

/* GET /rates/:reference/versions/:number/document.json */
struct reply
rate_version_download(struct request *r)
{
	struct rate_view view = rate_view_version(r);

	if (view.card == NULL)
		return reply_not_found(r);
	return reply_file(r,
	    arena_printf(r->arena, "rate-card-%s-version-%" PRId32 ".json",
		view.card->reference, view.version->number),
	    "application/json",
	    (struct bytes) { (const unsigned char *)view.version->document,
		strlen(view.version->document) });
}
