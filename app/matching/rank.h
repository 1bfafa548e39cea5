/*
 * Who may be asked for a package, in what order, and why: every provider gets
 * a verdict with its reason. Loading the facts and sending the offers is left
 * to others. Same input, same output, whatever the order of the input.
 */
#ifndef MATCHING_RANK_H
#define MATCHING_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matching/policy.h"

struct arena;

enum {
	MATCH_AREAS = 128,
	MATCH_GROUPS = 64,
	MATCH_TAGS = 256,
	MATCH_WORD_BITS = 64,
	MATCH_AREA_WORDS = MATCH_AREAS / MATCH_WORD_BITS,
	MATCH_TAG_WORDS = MATCH_TAGS / MATCH_WORD_BITS,
	MATCH_NONE = -1,
};

/*
 * Numbers areas, groups or tags densely, so that a provider's are a set of
 * bits: `id` ascends, `name[i]` belongs to `id[i]`. Names fit the sentence
 * "Not offering ...": "Dacorum" for areas ("care in Dacorum"), "care for
 * older people" for groups, "dementia care" for tags. A vocabulary may hold
 * only what the need names; what it names not never matters.
 */
struct vocabulary {
	const int64_t *id;
	const char *const *name;
	size_t count;
};

/* The index of an id, or MATCH_NONE. */
int vocabulary_index(const struct vocabulary *vocabulary, int64_t id);

/*
 * Sets in `words` (of `bits` bits) the bit of each of `count` ids; ids that
 * the vocabulary has not, or beyond `bits`, are left out.
 */
void vocabulary_set(const struct vocabulary *vocabulary, const int64_t *ids,
    size_t count, uint64_t *words, size_t bits);

/* What a package asks for. */
struct need {
	struct vocabulary areas;
	struct vocabulary groups;
	struct vocabulary tags;
	int area;               /* index, or MATCH_NONE: nobody passes */
	int group;              /* index, or MATCH_NONE: nobody passes */
	int service_kind;       /* index of its tag, or MATCH_NONE: not asked */
	bool has_choice;        /* the person has chosen a provider */
	int32_t weekly_minutes; /* care workers' time */
	uint64_t must_tags[MATCH_TAG_WORDS];
	uint64_t preferred_tags[MATCH_TAG_WORDS];
	uint64_t call_slots; /* parts of the week with visits, caller's bits */
	int64_t wanted_start_at;
	/*
	 * Whether the package is specialist care (000 L53-56) or low-level,
	 * not complex (001 L195), and why, or NULL: "No task needs a nurse".
	 */
	bool is_specialist;
	bool is_low_level;
	const char *specialist_reason;
	const char *low_level_reason;
};

/*
 * The facts of one provider, in 128 bytes, what most musts look at in the
 * first 64. Absent facts are 0. Tags are
 * specialisms, languages, cultures, service kinds, two carers, moving and
 * handling, medication levels (all up to the highest), carer genders.
 */
struct candidate {
	uint64_t areas[MATCH_AREA_WORDS];
	uint64_t groups;
	uint64_t tags[MATCH_TAG_WORDS];
	bool is_on_framework : 1;
	bool is_suspended : 1;
	bool has_monitoring_visit : 1; /* a satisfactory one */
	bool is_current_provider : 1;  /* already provides for this council */
	bool has_all_areas : 1;
	bool is_chosen : 1;        /* by the person */
	bool has_cared_before : 1; /* for this person */
	bool is_local : 1;         /* has an office in the area */
	bool passes_gates : 1;     /* every condition of the framework */
	bool has_people : 1;       /* `people` is stated */
	uint8_t rating;            /* an enum rating */
	uint8_t tier;              /* at tender, from 1; 0 = none */
	int32_t quality_score;     /* 1-100; 0 = none */
	int64_t order;             /* unique; the stated order, the last tie */
	int64_t last_awarded_at;   /* 0 = never */
	int64_t earliest_start_at; /* 0 = not stated */
	uint64_t
	    call_slots;     /* parts of the week it can visit; 0 = not stated */
	int32_t rate_pence; /* hourly; 0 = not stated */
	int32_t spare_minutes;   /* a week */
	int32_t distance_metres; /* at least 1; 0 = not known */
	int32_t block_minutes;   /* a week, paid for anyway and not used yet */
	int32_t people;          /* that the team cares for now */
	int32_t gates_pass_on;   /* days since 1970; 0 = not known */
	const char *gates_fault; /* the fact that failed them, a sentence */
};

/* `failed_step` is a step of the policy, or MATCH_NONE for the eligible. */
struct rank_entry {
	uint32_t candidate;
	int32_t failed_step;
	int32_t points_hundredths; /* of all weigh steps; eligible only */
};

/*
 * The eligible in order, then the others: those who came furthest first, then
 * in the stated order. Points into policy, need and candidates, which must
 * live as long.
 */
struct ranking {
	const struct policy *policy;
	const struct need *need;
	const struct candidate *candidate;
	const struct rank_entry *entry;
	size_t count;
	size_t eligible_count;
	int32_t lowest_rate_pence; /* of the eligible that state one, or 0 */
};

/*
 * Ranks `count` candidates. A candidate is eligible when it passes every must
 * step; the others have the first they failed. Eligible ones are ordered by
 * the prefer steps and the points in the policy's order, then by its ties:
 * longest since the last award (never is longest; one that came to nothing,
 * its care called off before it started, does not count), quality, closeness,
 * and last `order`. Points of price
 * are lowest / this × 100 among the eligible, rounded half up to hundredths,
 * as every score and every product of score and points is (002 L52).
 */
struct ranking match_rank(struct arena *arena, const struct policy *policy,
    const struct need *need, const struct candidate *candidates, size_t count);

/*
 * One sentence for an entry of the ranking: the fact that failed it ("Not
 * offering care in Dacorum"), or what puts it ahead of the next one.
 */
const char *match_reason(
    struct arena *arena, const struct ranking *ranking, size_t entry);

/* One thing that decided where an eligible entry stands. */
struct standing {
	const char *label;         /* "Price" */
	const char *text;          /* "Rate of £15.00 an hour" */
	int32_t points_hundredths; /* weigh steps only */
	bool is_weighed;
	bool is_decisive; /* puts it ahead of the next entry */
};

struct standing_list {
	const struct standing *standing;
	size_t count;
};

/*
 * Why an eligible entry stands where it stands: a line for every prefer and
 * weigh step in the policy's order, then the ties. Empty for the others.
 */
struct standing_list match_standing(
    struct arena *arena, const struct ranking *ranking, size_t entry);

/*
 * Which of the preferred needs a candidate meets and which not: their names
 * as lists, "" for none.
 */
struct preferences {
	const char *met;
	const char *unmet;
};

struct preferences match_preferences(struct arena *arena,
    const struct need *need, const struct candidate *candidate);

/* The features of fit of one candidate, each 0-10000 (hundredths). */
struct fit {
	int32_t call_times;
	int32_t specialisms;
	int32_t closeness;
	int32_t continuity;
	int32_t quality;
	int32_t local;
	int32_t total; /* by the policy's weights, rounded half up */
};

struct fit match_fit(const struct policy *policy, const struct need *need,
    const struct candidate *candidate);

/* Who is asked next, and as what. */
enum wave_kind {
	WAVE_NOBODY,
	WAVE_CHOSEN, /* the person's choice, alone */
	WAVE_SINGLE, /* the only one available: no competition needed */
	WAVE_ALL,
	WAVE_BEST,
	WAVE_ONE,
	WAVE_TIER,
};

struct wave {
	enum wave_kind kind;
	const uint32_t *entry; /* of the ranking, in order */
	size_t count;
};

/*
 * Who is asked next: the chosen provider alone where the policy says so and
 * it may be asked, else all, the best n or one of the eligible, or all that
 * are equal with the first of them in the steps that make a tier. `is_out`
 * (by candidate, or NULL) names those asked before or left out by a broker;
 * when offers start again, only those that declined or were left out.
 */
struct wave match_wave(
    struct arena *arena, const struct ranking *ranking, const bool *is_out);

#endif
