/*
 * Changes of a set of questions that is edited: each gives a place in it that
 * may be written to, having copied the lists on the way there, so that a set
 * that was read before stays as it was. Pure; everything is in the arena.
 */
#ifndef QUESTIONNAIRES_EDITS_H
#define QUESTIONNAIRES_EDITS_H

#include "questionnaires/questions.h"

/*
 * The one of that id, or a new, empty one at the end when the id is ""; NULL
 * when there is none of that id, or the list is full. Texts of a new one are
 * "", and its id is the caller's to set.
 */
struct question_notice *question_notice_open(
    struct arena *arena, struct question_set *set, const char *id);
struct question_clause *question_clause_open(
    struct arena *arena, struct question_set *set, const char *id);
struct question_section *question_section_open(
    struct arena *arena, struct question_set *set, const char *id);
struct question_option *question_option_open(
    struct arena *arena, struct question *question, const char *id);
struct question_column *question_column_open(
    struct arena *arena, struct question *question, const char *id);

/* The question of that id, wherever it stands; NULL when there is none. */
struct question *question_open(
    struct arena *arena, struct question_set *set, const char *id);

/* A new one at the end of a section; NULL when the section or room is not. */
struct question *question_add(
    struct arena *arena, struct question_set *set, const char *section);

/* Puts a question at the end of a section; false without either. */
bool question_to_section(struct arena *arena, struct question_set *set,
    const char *question, const char *section);

/* The section that a question stands in; NULL when it is in none. */
const struct question_section *question_section_of(
    const struct question_set *set, const char *question);

/*
 * Moves "up" or "down", or takes away ("remove"), a member of a list:
 * "notices", "clauses", "sections", "questions" (of its section) or "columns"
 * (`parent` is the question). False when any of it is not there, there is
 * nothing to pass, or a section to be taken away has questions.
 */
bool question_set_move(struct arena *arena, struct question_set *set,
    const char *list, const char *parent, const char *id, const char *how);

/* Makes it another kind, without limits and what that has no place for. */
void question_become(struct question *question, enum question_kind kind);

/*
 * The options that lines of text name. A line that is the text of an option
 * stays that option; one in the place of an option whose text is gone is its
 * new wording; any other is new.
 */
void question_options_from_lines(struct arena *arena, const char *lines,
    const struct question_option **option, size_t *count);

/* Their texts, one on a line. */
const char *question_options_lines(
    struct arena *arena, const struct question_option *option, size_t count);

/* The ids of "notices", "clauses" or "sections". */
struct text_list question_set_ids(
    struct arena *arena, const struct question_set *set, const char *list);

/*
 * An id of small letters, digits and dashes after a text ("What we ask" gives
 * "what-we-ask"), other than those taken.
 */
const char *question_id_after(
    struct arena *arena, const char *text, struct text_list taken);

#endif
