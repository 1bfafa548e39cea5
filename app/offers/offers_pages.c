/* The provider's list of offers and the page of one. */
#include "offers/offers_pages.h"

#include "base/arena.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "offers/offers.sql.h"
#include "offers/reply_forms.h"
#include "offers/settle.h"
#include "offers/views.h"
#include "templates.h"

enum { PAGE_ROWS = 20 };

/* How an offer of the history may stand. */
static const char *const standings[] = { "chosen", "not_selected", "declined",
	"no_reply", "withdrawn_by_provider", "withdrawn", "taken" };

enum { STANDING_COUNT = sizeof(standings) / sizeof(standings[0]) };

static struct choice_list
standing_choices(struct request *r)
{
	struct choice *rows = arena_array(
	    r->arena, STANDING_COUNT, sizeof(*rows));
	size_t i;

	for (i = 0; i < STANDING_COUNT; i++)
		rows[i] = (struct choice) { standings[i],
			standing_label(standings[i]), NULL };
	return (struct choice_list) { rows, STANDING_COUNT };
}

/* What the history is filtered by; "" is nothing. */
static const char *
standing_asked(const struct request *r)
{
	const char *asked = request_query(r, "standing");
	size_t i;

	for (i = 0; i < STANDING_COUNT; i++)
		if (text_equal(standings[i], asked))
			return standings[i];
	return "";
}

/* GET /offers: two lists, each with pages of its own. */
struct reply
offer_list(struct request *r)
{
	int64_t organisation = r->session.organisation_id;
	const char *standing = standing_asked(r);
	const struct offer_counts *count = offer_count(
	    r->db, organisation, standing);
	struct offers_view view = {
		.standing = standing,
		.standings = standing_choices(r),
	};

	if (count == NULL)
		return reply_not_found(r);
	view.todo_paging = request_paging(r, "todo", count->todo, PAGE_ROWS);
	view.paging = request_paging(r, "page", count->history, PAGE_ROWS);
	view.todo = offer_todo_list(
	    r->db, organisation, view.todo_paging.offset, PAGE_ROWS);
	view.history = offer_history_list(
	    r->db, organisation, standing, view.paging.offset, PAGE_ROWS);
	render_offers_list(r, &view);
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
