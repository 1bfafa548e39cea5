/* The list of market tests, and the page of one, for whoever looks. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "permissions.h"
#include "templates.h"

/* GET /market-tests */
struct reply
market_test_list_show(struct request *r)
{
	const bool is_staff = permission_has(r->session.role, MARKET_TEST_READ);
	const int64_t council = r->session.council_id;
	struct paging paging = request_paging(r, "page",
	    is_staff ? market_test_count(r->db, council)
		     : market_test_public_count(r->db),
	    MARKET_TEST_ROWS);
	struct market_test_entry_list list =
	    is_staff ? market_test_list(
			   r->db, council, MARKET_TEST_ROWS, paging.offset)
		     : market_test_public_list(
			   r->db, MARKET_TEST_ROWS, paging.offset);

	render_markettests_list(r, list, &paging, is_staff,
	    permission_has(r->session.role, MARKET_TEST_WRITE));
	return reply_page(r, HTTP_OK);
}

/* GET /market-tests/:reference */
struct reply
market_test_show(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);
	int64_t invited;

	if (view.row == NULL)
		return reply_not_found(r);
	if (!view.is_own) {
		render_markettests_public(r, &view, false);
		return reply_page(r, HTTP_OK);
	}
	invited = market_test_invitation_count(
	    r->db, r->session.council_id, view.row->id);
	render_markettests_show(
	    r, &view, invited, market_test_faults(r, &view, invited));
	return reply_page(r, HTTP_OK);
}

/* GET /market-tests/:reference/preview */
struct reply
market_test_preview_show(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);

	if (view.row == NULL || !view.is_own)
		return reply_not_found(r);
	render_markettests_public(r, &view, true);
	return reply_page(r, HTTP_OK);
}
