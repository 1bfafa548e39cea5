/* A set of questions of every kind, and the form of one of its sections. */
#ifndef SUPPORT_ANSWERS_H
#define SUPPORT_ANSWERS_H

#include "base/arena.h"
#include "questionnaires/answers.h"

enum { ANSWERS_MOST = 40 };

extern struct request answers_request;
extern struct question_set answers_set;
extern struct answer answers_saved[ANSWERS_MOST];
extern struct answer_list answers_list;

/* "north" and "south". */
extern const struct choice_list answers_areas;

int answers_begin(void **state);
int answers_end(void **state);

/* As if it had been saved, at revision 3. */
void answers_save(const char *question, const char *value);
void answers_forget(void);

const struct question_section *answers_section(const char *id);

/* The form of a section from what was saved, and from a body. */
struct answer_form *answers_show(const char *section);
struct answer_form *answers_read(const char *section, const char *body);

/* Reads a set of questions from a document; fails the test if it is bad. */
struct question_set answers_set_of(const char *document);

#endif
