/*
 * A need and its providers from files, for the commands of `hearth match`.
 * What the files hold is told by `hearth match rank --help`.
 */
#ifndef COMMAND_MATCH_MARKET_H
#define COMMAND_MATCH_MARKET_H

#include <stdbool.h>
#include <stddef.h>

#include "matching/rank.h"

struct arena;

/* Columns of the candidates, by their place in the file. */
struct market {
	struct need need;
	const struct candidate *candidate;
	const char *const *code;
	const char *const *name;
	size_t count;
};

/*
 * Reads both files into the arena. False when something is wrong: then every
 * fault is on standard error, with its file, line and field.
 */
bool market_read(struct arena *arena, const char *need_path,
    const char *providers_path, struct market *market);

extern const char market_help[];

#endif
