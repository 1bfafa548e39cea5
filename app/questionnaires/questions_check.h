/*
 * What keeps a set of questions from being published, with what it is said of,
 * so that a page can lead to where it is mended.
 */
#ifndef QUESTIONNAIRES_QUESTIONS_CHECK_H
#define QUESTIONNAIRES_QUESTIONS_CHECK_H

#include "questionnaires/questions.h"

enum { QUESTION_FAULTS_MOST = 200 };

/* Of section, question, notice and clause those are NULL that it is not of. */
struct question_fault {
	const struct question_section *section;
	const struct question *question; /* in that section */
	const struct question_notice *notice;
	const struct question_clause *clause;
	const char *place; /* in the document: "sections[1].questions[3]" */
	const char *words; /* what follows the place or a name: "has no text" */
	const char *text;  /* a sentence: "Question 9 has no text" */
};

struct question_fault_list {
	const struct question_fault *row;
	size_t count;
};

/*
 * The faults of question_set_faults(), in the order of the document and in the
 * arena; those beyond QUESTION_FAULTS_MOST are left out.
 */
struct question_fault_list question_set_check(
    struct arena *arena, const struct question_set *set);

#endif
