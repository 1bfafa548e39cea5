/* The provider's list of offers and the page of one. */
#include "offers/offers_pages.h"

#include "base/form.h"
#include "base/requests.sql.h"
#include "offers/offers.sql.h"
#include "offers/reply_forms.h"
#include "offers/settle.h"
#include "offers/views.h"
#include "templates.h"

enum { PAGE_ROWS = 20 };

/* GET /offers */
struct reply
offer_list(struct request *r)
{
	int64_t organisation = r->session.organisation_id;
	int64_t count = offer_history_count(r->db, organisation);
	int32_t pages = (int32_t)((count + PAGE_ROWS - 1) / PAGE_ROWS);
	int32_t page = request_page(r, pages > 0 ? pages : 1);
	struct offer_item_list todo = offer_todo_list(r->db, organisation);
	struct offer_item_list history = offer_history_list(
	    r->db, organisation, (page - 1) * PAGE_ROWS, PAGE_ROWS);

	render_offers_list(r, todo, history, count, page, pages);
	return reply_page(r, HTTP_OK);
}

const struct offer_page *
offer_own(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	const struct offer_page *offer = offer_by_reference(
	    r->db, reference, &r->session.organisation_id, NULL);

	if (offer == NULL || offer->is_settled || offer->reply_by > r->now ||
	    !offer_round_settle(&work, offer->council_id, offer->round_id))
		return offer;
	return offer_by_reference(
	    r->db, reference, &r->session.organisation_id, NULL);
}

/* GET /offers/:reference */
struct reply
offer_show(struct request *r)
{
	const struct offer_page *offer = offer_own(r);

	if (offer == NULL)
		return reply_not_found(r);
	if (offer->viewed_at == 0) {
		offer_view(r->db, offer->council_id, offer->id);
		audit_add_for_council(r->db, "offer.view", "offer",
		    offer->reference, NULL, offer->council_id);
	}
	render_offers_show(r, offer_view_load(r, offer));
	return reply_page(r, HTTP_OK);
}
