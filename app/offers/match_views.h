/*
 * What the pages of a match and of a kept round show.
 */
#ifndef OFFERS_MATCH_VIEWS_H
#define OFFERS_MATCH_VIEWS_H

#include "base/form.h"
#include "offers/views.h"

struct match_view {
	const struct match_package *package;
	struct match_line_list eligible;
	struct match_line_list others;
	struct text_list rules;
	int32_t policy_number;
	bool has_points;  /* the policy weighs */
	bool may_send;    /* the role may, and the package waits unoffered */
	size_t ask_count; /* who would be asked first */
	const char *wave;
	int64_t reply_by; /* if sent now, as the next */
	int64_t start_by;
	struct round_summary_list rounds;
	const char *request_reference; /* of an open approval, or "" */
};

struct round_view {
	const struct round_page *round;
	struct round_answer_list answers;
	struct match_line_list eligible;
	struct match_line_list others;
	struct text_list rules;
	bool has_points;       /* the match weighs */
	bool has_rates;        /* replies name a rate */
	bool has_reply_points; /* replies are compared by points */
	bool may_act;          /* the role may, and the round is live */
};

/* "1 provider", "12 providers" */
const char *providers_text(struct request *r, int64_t count);

/* First lines of a reason, and the rest. */
const char *reason_head(struct request *r, const char *reason);
const char *reason_rest(const char *reason);

#endif
