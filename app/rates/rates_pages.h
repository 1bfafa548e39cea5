/* Rate cards: the list, versions, what a visit costs, drafts. */
#ifndef RATES_PAGES_H
#define RATES_PAGES_H

#include "base/reply.h"

struct request;

struct reply rate_list_show(struct request *r); /* GET /rates */

/* /rates/new */
struct reply rate_new(struct request *r);
struct reply rate_create(struct request *r);

/* /rates/import */
struct reply rate_import_new(struct request *r);
struct reply rate_import_create(struct request *r);

/* Wages and uplifts, /rates/formulas */
struct reply formula_list_show(struct request *r);
struct reply formula_new(struct request *r); /* /:kind/new */
struct reply formula_create(struct request *r);
struct reply formula_remove(struct request *r); /* POST /:kind/remove */

struct reply wage_trial_show(struct request *r);   /* GET /rates/wage */
struct reply uplift_trial_show(struct request *r); /* GET /rates/uplift */

/* Below /rates/:reference */
struct reply rate_show(struct request *r);
struct reply rate_price_show(struct request *r); /* GET /price */
struct reply rate_mix_show(struct request *r);   /* GET /mix */

/* Below /rates/:reference/versions/:number */
struct reply rate_version_show(struct request *r);
struct reply rate_version_download(struct request *r); /* /document.json */
struct reply rate_draft_create(struct request *r);     /* POST /copy */
struct reply rate_call_off_run(struct request *r);     /* POST /call-off */

/* The same, of a draft */
struct reply rate_edit(struct request *r); /* /edit */
struct reply rate_update(struct request *r);
struct reply rate_replace_edit(struct request *r); /* /replace */
struct reply rate_replace_update(struct request *r);
struct reply rate_force_edit(struct request *r); /* /put-in-force */
struct reply rate_force_update(struct request *r);
struct reply rate_discard_edit(struct request *r); /* /discard */
struct reply rate_discard_run(struct request *r);

#endif
