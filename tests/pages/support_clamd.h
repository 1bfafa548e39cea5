/*
 * A virus scanner for tests: a thread that speaks clamd's INSTREAM on a port of
 * 127.0.0.1, and finds a virus in what holds a word.
 */
#ifndef PAGES_SUPPORT_CLAMD_H
#define PAGES_SUPPORT_CLAMD_H

#include <stddef.h>

/* In which it finds something called Test.Virus. */
extern const char *const clamd_virus;

/* Starts it; "127.0.0.1:PORT", which lives as long as the program. */
const char *clamd_start(void);

/* What it answers to the next file in place of looking at it; NULL: it looks. */
void clamd_answer_next(const char *line);

/* How many bytes the last file had. */
size_t clamd_bytes(void);

void clamd_stop(void);

#endif
