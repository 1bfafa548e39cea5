/*
 * What the pages of a match and of a kept round show.
 */
#ifndef OFFERS_MATCH_VIEWS_H
#define OFFERS_MATCH_VIEWS_H

#include "base/form.h"
#include "offers/views.h"

/* Those that failed at one step. */
struct match_group {
	const char *failed_step;
	struct match_line_list lines;
};

struct match_group_list {
	const struct match_group *row;
	size_t count;
};

/* All lines as a page shows them. */
struct match_sheet {
	struct match_line_list eligible;
	struct match_group_list others;
	size_t other_count;
	bool has_preferences; /* the package prefers something */
	bool has_points;      /* the policy weighs */
	bool has_prices;      /* they differ, so each line has its own */
	int64_t week_pence;   /* else that of all; 0 = comes with the reply */
};

struct match_view {
	const struct match_package *package;
	struct match_sheet sheet;
	struct text_list rules;
	int32_t policy_number;
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
	struct match_sheet sheet;
	struct text_list rules;
	bool has_rates;         /* replies name a rate */
	bool has_introductions; /* and when carer and person meet */
	bool has_reply_points;  /* replies are compared by points */
	bool may_act;           /* the role may, and the round is live */
};

/* A round that waits for a broker after no reply. */
struct go_on_view {
	const char *reference; /* of the package */
	int32_t number;
	struct round_answer_list answers;
	size_t ask_count; /* who would be asked */
	const char *wave;
	bool is_again; /* the offers would start again */
};

/* "1 provider", "12 providers" */
const char *providers_text(struct request *r, int64_t count);

/* First lines of a reason, and the rest. */
const char *reason_head(struct request *r, const char *reason);
const char *reason_rest(const char *reason);

#endif
