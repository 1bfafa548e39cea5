/*
 * What is withheld of a text: its passages, as bytes of UTF-8, and the text as
 * it may be released. Pure.
 */
#ifndef INFORMATIONREQUESTS_PASSAGES_H
#define INFORMATIONREQUESTS_PASSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	PASSAGE_PIECES = 150, /* that a page offers to tick */
	PASSAGES_MOST = 150,  /* of one text */
};

/* `reason_id` says why; what is only offered has 0. */
struct passage {
	int32_t start;
	int32_t length;
	int64_t reason_id;
};

struct passage_list {
	const struct passage *row;
	size_t count;
};

/* Released text, or a bar in place of what is withheld. */
struct segment {
	const char *text;  /* NULL: a bar */
	int64_t reason_id; /* of a bar */
};

struct segment_list {
	const struct segment *row;
	size_t count;
};

/*
 * The sentences of a text, and its lines, without the white space between
 * them. Beyond PASSAGE_PIECES the rest of the text is the last one. In the
 * arena, as is all that follows.
 */
struct passage_list passage_pieces(struct arena *arena, const char *text);

/* Every place at which `words` (not empty) stand in a text, none overlapping. */
struct passage_list passages_of_words(
    struct arena *arena, const char *text, const char *words);

/*
 * `more` added to `passages`, in order and without overlaps: what was withheld
 * before keeps its reason. Those that lie outside the text are left out.
 */
struct passage_list passages_join(struct arena *arena, const char *text,
    struct passage_list passages, struct passage_list more);

/* Whether a passage holds any byte of another list. */
bool passage_meets(const struct passage *passage, struct passage_list list);

/* Whether nothing but white space is left. */
bool passages_are_all(const char *text, struct passage_list passages);

/* What a passage says. */
const char *passage_text(
    struct arena *arena, const char *text, const struct passage *passage);

/*
 * The text as it is released. Passages of one reason with nothing but white
 * space between them are one bar, so that neither how long they are nor how
 * many can be seen. `passages` are in order and do not overlap.
 */
struct segment_list segments_of(
    struct arena *arena, const char *text, struct passage_list passages);

/* The released words alone, a line for each segment. */
const char *segments_text(struct arena *arena, struct segment_list segments);

#endif
