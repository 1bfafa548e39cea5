/* Market tests: lists, drafts, publishing, changes, invitations, opening. */
#ifndef MARKETTESTS_PAGES_H
#define MARKETTESTS_PAGES_H

#include "base/reply.h"

struct request;

struct reply market_test_list_show(struct request *r); /* GET /market-tests */

/* /market-tests/new */
struct reply market_test_new(struct request *r);
struct reply market_test_create(struct request *r);

/* Below /market-tests/:reference */
struct reply market_test_show(struct request *r);
struct reply market_test_preview_show(struct request *r); /* GET /preview */
struct reply market_test_edit(struct request *r);         /* /edit */
struct reply market_test_update(struct request *r);
struct reply market_test_remove(struct request *r); /* POST /remove */

/* What takes two people */
struct reply market_test_publish_edit(struct request *r); /* /publish */
struct reply market_test_publish_update(struct request *r);
struct reply market_test_close_edit(struct request *r); /* /close */
struct reply market_test_close_update(struct request *r);
struct reply market_test_correct_edit(struct request *r); /* /correct */
struct reply market_test_correct_update(struct request *r);
struct reply market_test_withdraw_edit(struct request *r); /* /withdraw */
struct reply market_test_withdraw_update(struct request *r);
struct reply market_test_decide_edit(struct request *r); /* /decide */
struct reply market_test_decide_update(struct request *r);

/* /invitations */
struct reply market_test_invitation_list_show(struct request *r);
struct reply market_test_invitation_create(struct request *r);
struct reply market_test_provider_invite_edit(struct request *r);
struct reply market_test_provider_invite_update(struct request *r);
struct reply market_test_invitation_remove_run(struct request *r);

/* After the close */
struct reply market_test_open_edit(struct request *r); /* /open */
struct reply market_test_open_run(struct request *r);
struct reply market_test_finish_edit(struct request *r); /* /finish */
struct reply market_test_finish_run(struct request *r);

#endif
