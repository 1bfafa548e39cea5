/* Choices from the lists that all councils share (table care_term). */
#ifndef AREAS_TERMS_H
#define AREAS_TERMS_H

#include "base/form.h"

/*
 * The terms of a kind ("specialism", "language", ...) that are still offered:
 * the code is the value. In the request's arena.
 */
struct choice_list term_choices(struct request *r, const char *kind);

/* How a term is called, also one no longer offered; the code when unknown. */
const char *term_label(struct request *r, const char *kind, const char *code);

#endif
