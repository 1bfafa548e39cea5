/*
 * What templates show of offers and rounds: words for their states, and the
 * priced week line by line.
 */
#ifndef OFFERS_VIEWS_H
#define OFFERS_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/form.h"
#include "offers/matches.sql.h"
#include "offers/offers.sql.h"
#include "offers/rounds.sql.h"
#include "rates/package_week.h"

struct request;

/* "Chosen" and the tag's colour for where an offer stands. */
const char *standing_label(const char *standing);
const char *standing_colour(const char *standing);

/* What the provider should know or do now, in a sentence or two. */
const char *standing_text(struct request *r, const struct offer_page *offer);

/* Of an offer seen from the council: its state with its result. */
const char *answer_standing(const struct round_answer *answer);

/* "Rapid: within 24 hours" */
const char *urgency_text(const char *urgency);

/* What a kind of need is called: "Specialism". */
const char *need_kind_label(const char *kind);

/* How a round ended, or that it has not: "Placed". */
const char *outcome_label(const char *outcome, bool is_settled);
const char *outcome_colour(const char *outcome, bool is_settled);

/* Who was asked: "All eligible providers at once". */
const char *wave_label(const char *wave);

/* One line of the timetable with its price; texts are for reading. */
struct week_row {
	const char *when;   /* "Monday and Friday", "Every day" */
	const char *times;  /* "8am to 9:30am"; "" when agreed later */
	const char *length; /* "45 minutes" */
	int32_t carers;
	const char *purpose;
	bool is_critical;
	struct text_list working; /* "7 visits × £17.54 (80% of £21.92)", ... */
	int64_t total_pence;      /* 0 when there is no rate */
};

struct week_row_list {
	const struct week_row *row;
	size_t count;
};

/* The week at an hourly rate; 0 pence give no prices, and no card is asked. */
struct week_row_list week_rows(struct request *r, const struct week_card *card,
    int64_t hourly_pence, struct week_line_list week);

/* An offer with what is shown around it. */
struct offer_view {
	const struct offer_page *offer;
	struct offer_need_list needs;
	struct offer_outcome_list outcomes;
	struct week_row_list week;
	int64_t week_pence; /* at the fixed rate, or at the rate offered */
	int64_t rate_pence; /* that it is priced at; 0 = none */
	bool is_rate_asked; /* the reply names a rate */
	bool is_introduction_asked; /* and when carer and person meet */
	int64_t floor_pence;        /* of the rate; 0 = no limit, as ceiling */
	int64_t ceiling_pence;
	int64_t floor_week_pence;
	int64_t ceiling_week_pence;
	struct text_list notes;     /* beside the price */
	int64_t holiday_week_pence; /* its Monday a bank holiday; 0 = same */
	bool is_individual;         /* the rate was approved for it alone */
	bool is_best;               /* the best reply wins, else the first */
	struct text_list rules;     /* of the policy, in words */
	const char *lead;           /* path before /accept: "/offers/O..." */
};

struct offer_view *offer_view_load(
    struct request *r, const struct offer_page *offer);

/* A provider's offers: what is open, and the rest by where they stand. */
struct offers_view {
	struct offer_item_list todo;
	struct paging todo_paging;
	struct offer_item_list history;
	struct paging paging;
	const char *standing; /* what the history is filtered by, or "" */
	struct choice_list standings;
};

/* One sentence on the rate that is asked, with its limits. */
const char *rate_hint(struct request *r, const struct offer_view *view);

#endif
