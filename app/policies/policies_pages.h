/* Policies: the list, versions and their life, drafts, and trying one out. */
#ifndef POLICIES_PAGES_H
#define POLICIES_PAGES_H

#include "base/reply.h"

struct request;

struct reply policy_list_show(struct request *r); /* GET /policies */

/* /policies/new */
struct reply policy_new(struct request *r);
struct reply policy_create(struct request *r);

/* /policies/import */
struct reply policy_import_new(struct request *r);
struct reply policy_import_create(struct request *r);

struct reply policy_show(struct request *r); /* GET /policies/:reference */

/* Below /policies/:reference/versions/:number */
struct reply policy_version_show(struct request *r);
struct reply policy_version_download(struct request *r); /* /document.json */
struct reply policy_copy_new(struct request *r);         /* /copy */
struct reply policy_copy_create(struct request *r);
struct reply policy_draft_create(struct request *r); /* POST /edit */
struct reply policy_trial_show(struct request *r);   /* GET /try */
struct reply policy_force_edit(struct request *r);   /* /put-in-force */
struct reply policy_force_update(struct request *r);
struct reply policy_call_off_run(struct request *r); /* POST /call-off */
struct reply policy_retire_edit(struct request *r);  /* /retire */
struct reply policy_retire_run(struct request *r);

/* Below /policies/:reference/draft */
struct reply policy_draft_show(struct request *r);
struct reply policy_discard_edit(struct request *r); /* /discard */
struct reply policy_discard_run(struct request *r);
struct reply policy_part_edit(struct request *r); /* /:part */
struct reply policy_part_update(struct request *r);
struct reply policy_step_new(struct request *r); /* /:list/new */
struct reply policy_step_create(struct request *r);
struct reply policy_step_edit(struct request *r); /* /:list/:step */
struct reply policy_step_update(struct request *r);
struct reply policy_step_move(struct request *r); /* POST /:list/move */

#endif
