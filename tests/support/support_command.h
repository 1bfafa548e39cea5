/* Runs `hearth match` in this process, with its output kept. */
#ifndef SUPPORT_COMMAND_H
#define SUPPORT_COMMAND_H

enum { MATCH_OUTPUT = 1 << 16 };

/* What the last run wrote. */
extern char match_out[MATCH_OUTPUT], match_err[MATCH_OUTPUT];

/* Runs it with the words up to NULL; gives the exit code. */
int match_run(const char *word, ...);

#endif
