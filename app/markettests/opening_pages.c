/* After the close: unsealing the responses, and finishing. */
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "templates.h"

static bool
can_be_opened(const struct market_test_view *view)
{
	return view->row != NULL && view->may_write &&
	       (text_equal(view->row->state, "closed") ||
		   text_equal(view->row->state, "published"));
}

/* GET /market-tests/:reference/open */
struct reply
market_test_open_edit(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);

	if (!can_be_opened(&view))
		return reply_not_found(r);
	render_markettests_open(
	    r, &view, text_equal(view.row->state, "closed"));
	return reply_page(r, HTTP_OK);
}

/* POST /market-tests/:reference/open */
struct reply
market_test_open_run(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);

	if (!can_be_opened(&view))
		return reply_not_found(r);
	if (market_test_open(r->db, r->session.council_id, view.row->id,
		r->session.account_id) == 0) {
		/* Too early: refused, and kept for whoever audits. */
		audit_add(r->db, "market_test.open_too_early", "market test",
		    view.row->reference, NULL);
		render_markettests_open(r, &view, false);
		return reply_page(r, HTTP_CONFLICT);
	}
	audit_add(r->db, "market_test.open", "market test", view.row->reference,
	    NULL);
	return reply_redirect_with(
	    r, "Responses opened", "/market-tests/%s", view.row->reference);
}

static bool
can_be_finished(const struct market_test_view *view)
{
	return view->row != NULL && view->may_write &&
	       text_equal(view->row->state, "opened");
}

/* GET /market-tests/:reference/finish */
struct reply
market_test_finish_edit(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);

	if (!can_be_finished(&view))
		return reply_not_found(r);
	render_markettests_finish(r, &view);
	return reply_page(r, HTTP_OK);
}

/* POST /market-tests/:reference/finish */
struct reply
market_test_finish_run(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);

	if (!can_be_finished(&view))
		return reply_not_found(r);
	market_test_finish(r->db, r->session.council_id, view.row->id);
	market_test_tell(r, view.row, MARKET_TEST_FINISHED, "");
	audit_add(r->db, "market_test.finish", "market test",
	    view.row->reference, NULL);
	return reply_redirect_with(r, "Finished. Everybody is told by mail",
	    "/market-tests/%s", view.row->reference);
}
