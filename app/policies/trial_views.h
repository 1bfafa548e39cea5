/* What the page of a trial shows. */
#ifndef POLICIES_TRIAL_VIEWS_H
#define POLICIES_TRIAL_VIEWS_H

#include "base/form.h"
#include "base/html.h"
#include "base/money.h"
#include "policies/trial.h"
#include "policies/views.h"

struct trial_view {
	const struct policy_view *version;
	const struct policy_framework *framework; /* NULL: there is none */
	struct choice_list frameworks;
	bool shows_all; /* else only what would have gone another way */
	bool may_open;  /* the role may open packages */
	size_t faults;  /* that keep it from being tried */
	struct paging paging;
	struct trial trial;
	struct safe_html bars;
	struct safe_html swatch[3];
};

/* What the parts of each bar are called. */
extern const char *const trial_parts[3];

/* One package's outcome in words; an en dash where there is nothing. */
const char *trial_who(const struct trial_outcome *outcome);
const char *trial_when(struct request *r, const struct trial_outcome *outcome);
const char *trial_price(struct request *r, int64_t pence);
const char *trial_distance(struct request *r, int64_t metres);

/* "64 packages", or "packages 101 to 200 of 312". */
const char *trial_portion(struct request *r, const struct trial_view *view);

/* The mean time until an award. */
const char *trial_wait(struct request *r, const struct trial_total *total);

#endif
