/*
 * Two people, or two tabs, that saved the same thing: the second one is shown
 * both versions and decides.
 */
#ifndef CONFLICT_H
#define CONFLICT_H

#include "base/form.h"
#include "base/request.h"

/* A value of a form beside the one that is saved. */
struct conflict_line {
	const char *label;
	const char *mine;
	const char *theirs;
	bool is_other;
};

struct conflict_line_list {
	const struct conflict_line *row;
	size_t count;
};

/* Who saved the other version, and when. */
struct saver {
	const char *name; /* NULL = not known */
	int64_t saved_at;
	bool is_viewer; /* in another tab, say */
};

struct conflict {
	const char *title;
	const char *heading; /* "Nora North saved this first" */
	struct saver saver;
	int32_t revision; /* now */
	struct conflict_line_list lines;
	struct pair_list fields; /* to be sent again, as they came */
};

/*
 * 409: `mine` as posted beside `theirs` as saved; either of the two can be
 * taken from there and nothing is lost.
 */
struct reply reply_conflict(struct request *r, const char *title,
    struct saver saver, int32_t revision, const struct form *mine,
    const struct form *theirs);

/* What was posted, without the tokens of the form and without a field. */
struct pair_list fields_again(struct request *r, const char *without);

#endif
