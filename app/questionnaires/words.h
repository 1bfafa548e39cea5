/*
 * Questions in words, for those who write them and those who are told what a
 * newer version changed. Pure; everything is in the arena.
 */
#ifndef QUESTIONNAIRES_WORDS_H
#define QUESTIONNAIRES_WORDS_H

#include "questionnaires/questions.h"

/*
 * What a question is called: "question 9" by its number, or by the beginning
 * of its text: "question “How many hours…”", or by its id.
 */
const char *question_name(struct arena *arena, const struct question *question);

/* The same at the beginning of a sentence. */
const char *question_name_first(
    struct arena *arena, const struct question *question);

/* Its number and the beginning of its text, for lists: "9 How many hours…" */
const char *question_line(struct arena *arena, const struct question *question);

/* The option of that id, or NULL. */
const struct question_option *question_option_by_id(
    const struct question *question, const char *id);

/* Whether its answer is one, or some, of its options. */
bool question_kind_has_options(enum question_kind kind);

/* Whether a column of a table may be of that kind. */
bool question_kind_is_of_column(enum question_kind kind);

/*
 * When it is asked: "only when question 9 is answered “Yes” or “Perhaps”"; ""
 * when always.
 */
const char *question_condition_words(struct arena *arena,
    const struct question_set *set, const struct question *question);

/*
 * How it is answered, and within what limits, in a few words each: "Long
 * text", "At most 500 words", "Must be answered". Without its condition.
 */
struct text_list question_words(
    struct arena *arena, const struct question *question);

/* "1 to 10", "at least 1", "at most £40.00", "any number of rows". */
const char *question_range_words(
    struct arena *arena, const struct question *question);

/* "“Yes”, “No” or “Perhaps”" of texts. */
const char *quoted_list_words(
    struct arena *arena, const char *const *item, size_t count);

#endif
