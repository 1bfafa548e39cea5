/*
 * What each criterion means, as one table: whether a candidate passes it, the
 * value that orders by it, the score that points come from, and the words for
 * both. rank.c and reasons.c walk the policy's steps through it.
 */
#ifndef MATCHING_CRITERIA_H
#define MATCHING_CRITERIA_H

#include "matching/rank.h"

struct sort_item;

/*
 * Every function is given the ranking for its policy, need and lowest rate.
 * The last three are the first three over many candidates at once, so that
 * ranking calls one function a step and not one a candidate.
 */
struct criterion_rule {
	bool (*passes)(const struct ranking *ranking,
	    const struct policy_step *step, const struct candidate *candidate);
	/* Orders a prefer step: less is better. */
	int64_t (*value)(const struct ranking *ranking,
	    const struct policy_step *step, const struct candidate *candidate);
	/* 0-10000, for a weigh step. */
	int32_t (*score)(const struct ranking *ranking,
	    const struct policy_step *step, const struct candidate *candidate);
	/* Keeps in `left` who passes, others in `failed`; gives how many. */
	size_t (*filter)(const struct ranking *ranking,
	    const struct policy_step *step, uint32_t *left, size_t count,
	    uint32_t *failed);
	/* The values of items, as keys of as many others. */
	void (*values)(const struct ranking *ranking,
	    const struct policy_step *step, const struct sort_item *items,
	    size_t count, struct sort_item *keys);
	/* Adds the points of a score to the notes of items. */
	void (*weigh)(const struct ranking *ranking,
	    const struct policy_step *step, struct sort_item *items,
	    size_t count);
};

extern const struct criterion_rule criterion_rules[CRITERION_COUNT];

int64_t criterion_value(const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate);
int32_t criterion_score(const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate);

/* Why a candidate fails a must step: a sentence with the fact. */
const char *criterion_fault(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate);

/* What a candidate brings to a prefer or weigh step: a sentence. */
const char *criterion_fact(struct arena *arena, const struct ranking *ranking,
    const struct policy_step *step, const struct candidate *candidate);

/*
 * The columns that order the eligible, first to last: each prefer step, the
 * points where the first weigh step stands, then the ties: column_of_tie().
 */
enum { COLUMN_POINTS = -1, COLUMN_TIES = -2 };

struct columns {
	/* A step, or one of the above. */
	int column[POLICY_STEPS + 1 + TIE_COUNT];
	size_t count;
};

struct columns ranking_columns(const struct policy *policy);

int column_of_tie(enum policy_tie tie);
enum policy_tie tie_of_column(int column);

/* The value of a tie, for candidates and replies; less is better. */
int64_t value_tie(enum policy_tie tie, int64_t last_awarded_at,
    int32_t quality_score, int32_t distance_metres, int64_t order);

/* A candidate's value in a column (points given); less is better. */
int64_t column_value(const struct ranking *ranking, int column,
    const struct candidate *candidate, int32_t points_hundredths);

#endif
