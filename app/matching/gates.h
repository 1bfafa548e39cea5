/*
 * Gates: conditions that a provider must meet before it is asked, as typed
 * thresholds on facts with dates. Gates and facts are data; a provider is
 * paused and restarted by the facts alone. Loading them is left to others.
 */
#ifndef MATCHING_GATES_H
#define MATCHING_GATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* What a fact is about; what its value counts is in brackets. */
enum fact_kind {
	FACT_NONE,
	FACT_REGISTRATION,         /* with the CQC at the location (1) */
	FACT_CORPORATE_EXPERIENCE, /* accepted (1) or not (0) */
	FACT_TRAINING, /* against the national standards, accepted (1) or not */
	FACT_RATING,   /* enum fact_rating */
	FACT_RATING_REASON, /* for having no rating yet, accepted (1) or not */
	FACT_WEEKLY_HOURS,
	FACT_PUBLIC_LIABILITY,       /* cover in pounds */
	FACT_EMPLOYERS_LIABILITY,    /* cover in pounds */
	FACT_PROFESSIONAL_LIABILITY, /* cover in pounds */
	FACT_MEDICAL_MALPRACTICE,    /* cover in pounds */
	FACT_ELECTRONIC_MONITORING,  /* compliant (1) or not (0) */
	FACT_FINANCIAL_ASSESSMENT,   /* passed (1) or not (0), case by case */
	FACT_MONITORING_VISIT,       /* satisfactory (1) or not (0) */
	FACT_PROVIDING,              /* care for the council now (1) */
	FACT_MICRO_ENTERPRISE,       /* is one (1) */
	FACT_PEOPLE_SUPPORTED,
	FACT_SUSPENSION, /* suspended (1) */
	FACT_COUNT,
};

enum fact_rating {
	RATING_NOT_YET,
	RATING_INADEQUATE,
	RATING_REQUIRES_IMPROVEMENT,
	RATING_GOOD,
	RATING_OUTSTANDING,
};

/*
 * One fact of a provider. Of several of a kind in force on a day the one that
 * was recorded last counts, then the one that began last, then the higher id.
 */
struct gate_fact {
	int64_t id;
	enum fact_kind kind;
	int64_t value;
	int32_t valid_from;  /* days since 1970 */
	int32_t valid_until; /* the last day; 0 = open */
	int32_t recorded_on;
	const char *source; /* "CQC register", "Certificate of 3 May" */
};

enum gate_test {
	GATE_AT_LEAST, /* the value is at least the threshold */
	GATE_AT_MOST,  /* the value is at most the threshold */
	GATE_HELD_FOR, /* without a gap for `threshold` months, or at all: 0 */
	GATE_ABSENT,   /* no fact of the kind with a value is in force */
	GATE_TEST_COUNT,
};

/* When the alternatives of a gate count. */
enum gate_otherwise {
	OTHERWISE_ALWAYS,
	/* Only while there is no value yet: a rating that is not yet there. */
	OTHERWISE_NO_VALUE,
};

/*
 * One condition. It is asked on its days, of its service kinds (bits of the
 * caller's numbers, 0 = all), of providers with the fact `only_with` and
 * without the fact `unless`, where these are given and have a value.
 */
struct gate {
	const char *name; /* "Public liability insurance" */
	enum fact_kind fact;
	enum gate_test test;
	int64_t threshold;
	uint32_t
	    alternatives; /* kinds (bits) of which one with a value will do */
	enum gate_otherwise otherwise;
	enum fact_kind only_with;
	enum fact_kind unless;
	uint64_t service_kinds;
	int32_t starts_on; /* of the gate itself */
	int32_t ends_on;   /* the last day; 0 = open */
};

/* Whose gates, and for what. */
struct gate_case {
	const struct gate *gate;
	size_t gate_count;
	const struct gate_fact *fact;
	size_t fact_count;
	int service_kind; /* a bit of `service_kinds`, 0 to 63 */
	int32_t known_on; /* later recorded facts are not known; 0 = all are */
};

enum gate_outcome {
	GATE_PASSED,
	GATE_FAILED,
	GATE_PASSES_LATER, /* by what is known, from `passes_from` */
	GATE_NOT_ASKED,    /* of this service kind, provider or day */
};

struct gate_verdict {
	const struct gate *gate;
	enum gate_outcome outcome;
	const struct gate_fact *fact; /* that decided, or NULL */
	int32_t passes_from;          /* GATE_PASSES_LATER */
	int32_t changes_on; /* when it next passes or fails, known; 0 = never */
	const char *text;   /* a sentence, in the arena */
};

struct gate_result {
	const struct gate_verdict *verdict; /* one for each gate, in order */
	size_t count;
	bool is_open;       /* every gate that is asked is passed */
	int32_t changes_on; /* when that next changes; 0 = not known to */
};

/* The verdicts of a day, any day; they live in the arena. */
struct gate_result gates_evaluate(
    struct arena *arena, const struct gate_case *gates, int32_t day);

/* A day on which all gates together open or close. */
struct gate_change {
	int32_t day;
	bool is_open;
	const struct gate
	    *gate;        /* the first that closes them, or opened last */
	const char *text; /* its verdict's sentence */
};

struct gate_history {
	bool was_open; /* on the first day */
	const struct gate_change *change;
	size_t count;
};

/*
 * When a provider was paused and restarted, from the day after `first` up to
 * and including `last`.
 */
struct gate_history gates_history(struct arena *arena,
    const struct gate_case *gates, int32_t first, int32_t last);

/* A fact whose end closes a gate that is passed today. */
struct gate_expiry {
	const struct gate *gate;
	const struct gate_fact *fact;
	int32_t closes_on; /* the first day that is not passed */
	int32_t days_left;
	int32_t notice; /* the smallest notice that is due: 60, 30, 7 */
};

struct gate_expiries {
	const struct gate_expiry *expiry; /* soonest first, then by gate */
	size_t count;
};

/*
 * What must be renewed within the longest of `notices` (days, any order).
 * A fact that another follows, so that the gate stays passed, is left out.
 */
struct gate_expiries gates_expiring(struct arena *arena,
    const struct gate_case *gates, int32_t day, const int32_t *notices,
    size_t notice_count);

/* What is wrong with a gate, a sentence in the arena, or NULL. */
const char *gate_check(struct arena *arena, const struct gate *gate);

/* "CQC registration": what a kind of fact is called. */
const char *fact_kind_name(enum fact_kind kind);

/* The names of values, for readers and writers: "public_liability". */
const char *fact_kind_code(enum fact_kind kind);
bool fact_kind_of(const char *code, enum fact_kind *kind);

/*
 * Hertfordshire's first stage of 2021 and its call-off (003 L211-219,
 * L287-292, L344, L413-424), for `personal_care`, a set of service kinds that
 * must be registered; community support need not be (004 L49-51). What is
 * asked of micro-enterprises (002 L52) is among them. Lives in the arena.
 */
struct gate_list {
	const struct gate *gate;
	size_t count;
};
struct gate_list gates_hertfordshire(
    struct arena *arena, uint64_t personal_care);

/* For gates*.c: the sentence of a verdict whose other parts are set. */
const char *gate_verdict_words(
    struct arena *arena, const struct gate_verdict *verdict);

#endif
