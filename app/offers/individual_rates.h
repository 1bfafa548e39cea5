/* What the pages of individual rates show. */
#ifndef OFFERS_INDIVIDUAL_RATES_H
#define OFFERS_INDIVIDUAL_RATES_H

#include "base/form.h"
#include "offers/individual_rates.sql.h"
#include "offers/match.h"

/* The rates of a package, with what this session may do with them. */
struct individual_rate_view {
	const struct match_package *package;
	struct individual_rate_list rates;  /* the newest first */
	const struct individual_rate *open; /* waits for a decision; or NULL */
	int64_t open_week_pence;            /* the week at it */
	int64_t ceiling_pence;              /* of the framework today */
	int64_t ceiling_week_pence; /* the week at that, premiums included */
	const char *fault;          /* why none can be proposed now; or NULL */
	bool may_propose;           /* the role */
	bool may_decide;            /* the role, and another proposed it */
	bool may_remove;            /* proposed it */
};

/* "Waits for approval" and the tag's colour for a state. */
const char *individual_rate_label(const char *state);
const char *individual_rate_colour(const char *state);

#endif
