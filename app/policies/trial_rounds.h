/* One package under one policy, round after round; for trial.c alone. */
#ifndef POLICIES_TRIAL_ROUNDS_H
#define POLICIES_TRIAL_ROUNDS_H

#include "offers/match.h"
#include "policies/trial.h"

/* How a provider answered, or is taken to answer. */
struct trial_answer {
	bool is_known;
	bool has_accepted;
	bool has_declined;
	int64_t waited;     /* microseconds; known only, as the next two */
	int64_t late;       /* of the start offered after the one wanted */
	int64_t rate_pence; /* 0 = none was named */
	bool has_facts;     /* those that follow are of then */
	int64_t last_awarded_at;
	bool has_cared_before;
};

struct trial_case {
	const struct match *match;
	const struct trial_answer *answer; /* of each member */
	int64_t at;
};

/*
 * Plays the rounds that the policy would have made. `scratch` holds what is
 * thrown away; the outcome points into the match only.
 */
struct trial_outcome trial_play(struct arena *scratch,
    const struct trial_case *one, const struct policy *policy,
    struct bank_holiday_list holidays);

#endif
