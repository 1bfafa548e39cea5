/*
 * The files of `hearth match clear` as a waiting list.
 */
#ifndef COMMAND_MATCH_CLEAR_FILES_H
#define COMMAND_MATCH_CLEAR_FILES_H

#include "base/records.h"
#include "command_match.h"
#include "matching/clear.h"

/* Columns of the packages. */
enum { PACKAGE, MINUTES, PARTS, SPECIALISM, RURAL, EAST, NORTH };

struct clear_request {
	const char *packages;
	const char *providers;
	const char *options;
	const char *demands;
	int64_t travel;
	int64_t changes;
	int64_t hours;
	int64_t bundle;
	int64_t bundle_hours;
	bool is_json;
};

/* Names are numbered as the list numbers what they name. */
struct clear_files {
	struct arena *arena;
	struct records packages;
	struct match_names package;
	struct match_names provider;
	struct match_names slot;
	struct clear_package *item;
	struct clear_list list;
};

/* MATCH_DONE, or MATCH_FAILED when the faults have been printed. */
int clear_files_read(
    struct clear_files *files, const struct clear_request *request);

#endif
