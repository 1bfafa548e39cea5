/*
 * Sets of questions: the document that every form made of questions is drawn
 * from. Read, checked, written and compared here; what is answered to it is in
 * answers.h. Pure. The keys are told in conf/questions/README.md.
 */
#ifndef QUESTIONNAIRES_QUESTIONS_H
#define QUESTIONNAIRES_QUESTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/document.h"
#include "base/text.h"

struct arena;

enum {
	QUESTION_SET_MAXIMUM = 1024 * 1024, /* bytes of a document */
	QUESTIONS_MOST = 200,               /* of a set */
	QUESTION_SECTIONS_MOST = 30,
	QUESTION_OPTIONS_MOST = 60,
	QUESTION_COLUMNS_MOST = 8,
	QUESTION_ROWS_MOST = 50, /* that a table may be filled with */
	QUESTION_FILES_MOST = 10,
	QUESTION_CLAUSES_MOST = 300,
	QUESTION_NOTICES_MOST = 50,
	QUESTION_WORDS_MOST = 20000,      /* that words_most may be */
	QUESTION_PENCE_MOST = 100 * 1000, /* of money for an hour */
	QUESTION_ID_MAXIMUM = 40,
	QUESTION_NAME_MAXIMUM = 200,     /* of a name, title, number, unit */
	QUESTION_TEXT_MAXIMUM = 4000,    /* characters of a text shown */
	QUESTION_LINE_MAXIMUM = 500,     /* of an answer of one line */
	QUESTION_ANSWER_MAXIMUM = 20000, /* of an answer of several lines */
};

/* That a number may be, of which none is below 0. */
#define QUESTION_NUMBER_MOST INT64_C(1000000000000)

enum question_kind {
	QUESTION_SHORT_TEXT,
	QUESTION_LONG_TEXT,
	QUESTION_YES_NO,
	QUESTION_ONE_OF,
	QUESTION_MANY_OF,
	QUESTION_NUMBER,
	QUESTION_MONEY_PER_HOUR,
	QUESTION_DURATION,
	QUESTION_DATE,
	QUESTION_POSTCODE,
	QUESTION_AREAS,
	QUESTION_FILES,
	QUESTION_TABLE,
	QUESTION_DECLARATION,
	QUESTION_RATING,
	QUESTION_KIND_COUNT,
};

/* "short_text" of QUESTION_SHORT_TEXT, as documents say it. */
const char *question_kind_name(enum question_kind kind);

/* The kind of a name; false, and *kind as it was, when there is none. */
bool question_kind_of(const char *name, enum question_kind *kind);

/* "Short text", for people who edit a set. */
const char *question_kind_label(enum question_kind kind);

/* An answer that can be picked, or a level of a rating. */
struct question_option {
	const char *id;
	const char *text;
	const char *hint; /* "" = none */
	const char *asks; /* label of a line to say more; "" = none */
};

/*
 * A column of a table: short_text, number, money_per_hour, date, or one_of
 * with its options.
 */
struct question_column {
	const char *id;
	const char *text;
	enum question_kind kind;
	bool is_required;
	const struct question_option *option;
	size_t option_count;
};

/*
 * Texts are never NULL, "" is absent. Of a yes_no the options are "yes" and
 * "no", of whatever text; both have their own when the document names none.
 */
struct question {
	const char *id;
	const char *number; /* as printed: "9", "Q9"; not part of the text */
	const char *text;
	const char *hint;
	const char *guidance; /* Markdown */
	enum question_kind kind;
	bool is_required;
	bool may_be_confidential;
	bool is_personal;   /* names or reaches a person: never published */
	int32_t words_most; /* of a long text; 0 = no limit */
	int64_t minimum;    /* of a number, of pence; rows of a table */
	int64_t maximum;    /* 0 = the kind's own */
	const char *unit;   /* of a number: "hours a week" */
	const char *scheme; /* code of the area scheme, of areas */
	struct text_list clauses;
	const struct question_option *option;
	size_t option_count;
	const struct question_column *column;
	size_t column_count;
	/* Asked only when that one's answer is, or has, one of these. */
	const char *asked_question; /* "" = always asked */
	struct text_list asked_values;
};

struct question_list {
	const struct question *row;
	size_t count;
};

struct question_section {
	const char *id;
	const char *title;
	const char *guidance; /* Markdown */
	struct question_list questions;
};

struct question_section_list {
	const struct question_section *row;
	size_t count;
};

/* A paragraph of the document that questions refer to. */
struct question_clause {
	const char *id;     /* as questions cite it: "5.2.1" */
	const char *number; /* as printed: "1.1.1" */
	const char *title;
	const char *text; /* Markdown */
};

struct question_clause_list {
	const struct question_clause *row;
	size_t count;
};

/* What binds whoever reads or answers: no commitment, FOI, costs. */
struct question_notice {
	const char *id;
	const char *title;
	const char *text; /* Markdown */
};

struct question_notice_list {
	const struct question_notice *row;
	size_t count;
};

struct question_set {
	const char *code;
	const char *name;
	const char *source;       /* where the questions are from; "" */
	const char *introduction; /* Markdown */
	struct question_notice_list notices;
	struct question_clause_list clauses;
	struct question_section_list sections;
};

/*
 * Reads a document into *set, which lives in the reading's arena. Everything
 * that cannot be read, is beyond a limit, or is said twice becomes a fault
 * ("sections[1].questions[3].kind: ..."). With `is_draft` what a draft may lack
 * (texts, questions, options, clauses that are cited) is not a fault. True
 * when there was none.
 */
bool question_set_read(struct reading *reading, const char *document,
    bool is_draft, struct question_set *set);

/*
 * What keeps a set that could be read as a draft from being published, a
 * sentence each, none when it is fit: a question without text or options, a
 * clause that is cited and not there, a condition on a question that comes
 * later, is not there, or cannot have that answer, words_most on no text.
 */
struct text_list question_set_faults(
    struct arena *arena, const struct question_set *set);

/* The document of a set, in the arena; reading it gives the same set. */
const char *question_set_write(
    struct arena *arena, const struct question_set *set);

/* NULL when there is none of that id. */
const struct question *question_by_id(
    const struct question_set *set, const char *id);
const struct question_section *question_section_by_id(
    const struct question_set *set, const char *id);
const struct question_clause *question_clause_by_id(
    const struct question_set *set, const char *id);

size_t question_count(const struct question_set *set);

/*
 * What a newer version changed, a sentence each, for those who have answered
 * the older: "Question 7 is new", "Question 9 asks: ...", "The limit of
 * question 3 is 500 words, it was 300". None when only order and notes differ.
 */
struct text_list question_set_changes(struct arena *arena,
    const struct question_set *older, const struct question_set *newer);

#endif
