/*
 * Answers to a set of questions: how they are kept, which are asked, what is
 * missing, and the form of a section. Everything but the form is pure.
 *
 * A value is kept as JSON, one shape for each kind:
 *   short_text, long_text, postcode   "text"
 *   yes_no, one_of, rating            "id of the option"
 *   date                              "2021-10-15"
 *   number, money_per_hour            12 (pence)
 *   duration                          {"number": 6, "unit": "months"}
 *   many_of   {"picked": ["a", "b"], "more": {"b": "text"}}; `more` may also
 *             be in a yes_no or one_of that asks: {"picked": ["yes"], ...}
 *   areas                             ["area code", ...]
 *   files                             ["upload reference", ...]
 *   table                             [{"column id": value, ...}, ...]
 *   declaration                       true
 * Absent, empty and taken out again are all null. Keys are sorted and there is
 * no white space, so equal answers are equal texts.
 */
#ifndef QUESTIONNAIRES_ANSWERS_H
#define QUESTIONNAIRES_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "questionnaires/questions.h"

struct arena;

/* As it is saved, or about to be. */
struct answer {
	const char *question; /* its id */
	const char *value;    /* JSON; "null" = not answered */
	bool is_confidential;
	const char *reason; /* why it is confidential; "" */
	int32_t revision;   /* 0: never saved */
};

struct answer_list {
	const struct answer *row;
	size_t count;
};

/* NULL when nothing was saved for it. */
const struct answer *answer_find(
    const struct answer_list *answers, const char *question);

bool answer_is_empty(const struct answer *answer);

/*
 * Whether a question is asked, given the answers so far: its condition and
 * those of the questions it depends on hold.
 */
bool question_is_asked(const struct question_set *set,
    const struct answer_list *answers, const struct question *question);

/*
 * Words as page and server count them: runs of anything but Unicode white
 * space. Characters are grapheme clusters (UAX 29) after NFC.
 */
int64_t word_count(const char *text);
int64_t character_count(const char *text);

/*
 * How an answer reads on one line, or several: option texts, money, dates in
 * words. "Not answered" when it is empty. `names` gives areas and files their
 * names where it is not NULL (id to name, as pairs). In the arena.
 */
const char *answer_text(struct arena *arena, const struct question *question,
    const char *value, const struct pair_list *names);

/* A row for check-your-answers, printing, and staff who read a response. */
struct answer_line {
	const struct question *question;
	const struct answer *answer; /* NULL: nothing saved */
	const char *text;
	bool is_asked;
	bool is_missing; /* required, asked and empty */
};

struct answer_line_list {
	const struct answer_line *row;
	size_t count;
};

struct answer_line_list answer_lines(struct arena *arena,
    const struct question_set *set, const struct question_section *section,
    const struct answer_list *answers, const struct pair_list *names);

enum answers_state {
	ANSWERS_NOT_STARTED,
	ANSWERS_IN_PROGRESS, /* a required question is not answered */
	ANSWERS_DONE,
	ANSWERS_NOT_ASKED, /* no question of it is asked now */
};

struct section_standing {
	enum answers_state state;
	int32_t asked;
	int32_t answered;
	int32_t missing; /* required ones */
};

struct section_standing section_standing(const struct question_set *set,
    const struct question_section *section, const struct answer_list *answers);

/*
 * The form of a section: a field table made of its questions (names "q-ID",
 * and "q-ID-more-OPTION", "q-ID-ROW-COLUMN", "q-ID-unit", "q-ID-confidential",
 * "q-ID-reason" for what hangs on one; "q-ID-revision" and, of a table,
 * "q-ID-rows" hidden), filled from what was saved or from what was posted. Of
 * what was posted it has the questions whose revision was sent: the others
 * did not stand on the page, and stay as they are. Files have a page of their
 * own. How it is drawn is in answers_fields.h.
 */
struct answer_form;

/*
 * `areas` are the areas that may be picked, of every areas question of the
 * section; a section with none needs none. Lives in the request's arena.
 */
struct answer_form *answer_form_show(struct request *r,
    const struct question_set *set, const struct question_section *section,
    const struct answer_list *answers, struct choice_list areas);
struct answer_form *answer_form_read(struct request *r,
    const struct question_set *set, const struct question_section *section,
    const struct answer_list *answers, struct choice_list areas);

/*
 * Whether what was posted asks for a row more of a table ("add-row" is the
 * question's id): the form has it, and no messages, to be shown again.
 */
bool answer_form_adds_row(const struct answer_form *answers);

/* The form below, with its messages and whether it is good. */
struct form *answer_form_form(struct answer_form *answers);

/*
 * What was posted, as answers, in the order of the section; those whose field
 * has a fault are left out (an autosave keeps the others).
 */
struct answer_list answer_form_answers(struct answer_form *answers);

/* The revision that a question has now, for a form that is shown again. */
void answer_form_renew(
    struct answer_form *answers, const char *question, int32_t revision);

#endif
