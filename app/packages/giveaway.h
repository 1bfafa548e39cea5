/*
 * What a text must not say of a person: who it is, where it lives, how to
 * get in or to ring up. Providers read texts of staff before a package is
 * placed with them; other texts are kept for good. Pure but for
 * giveaway_check.
 */
#ifndef PACKAGES_GIVEAWAY_H
#define PACKAGES_GIVEAWAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/form.h"
#include "packages/people.sql.h"

enum giveaway_reader {
	READ_BY_PROVIDERS, /* also before placement: nothing at all */
	READ_BY_STAFF, /* telephone numbers and e-mail addresses may stand */
};

struct giveaway {
	const char *found; /* as it stands in the text; NULL: nothing */
	const char *what;  /* "the person's name", "a telephone number" */
};

/*
 * The first thing that gives the person away. Names count as whole words
 * with their capital, since "rose" and "may" are words as well, or after a
 * title; of an address, its first line and its street. facts NULL: nothing
 * is known of the person, and only what looks like a number, a postcode or a
 * code is found.
 */
struct giveaway giveaway_find(struct arena *arena,
    const struct person_facts *facts, enum giveaway_reader reader,
    const char *text);

/*
 * Of the above, what can be told without knowing the person: telephone and
 * other long numbers, and digits beside words such as "key safe". A date, a
 * time of day and a span of either is none. `text` has no run of blanks.
 */
struct giveaway giveaway_number(struct arena *arena, const char *text);
struct giveaway giveaway_entry_code(struct arena *arena, const char *text);

/* As strstr for whole words; gives where the phrase stands, or NULL. */
const char *phrase_find(const char *text, const char *phrase, bool any_case);

/*
 * Adds a message to a field whose text gives away the person of a package of
 * the council. Not for use between settle_begin and settle_end, where nobody
 * sees a person.
 */
void giveaway_check(struct form *form, const char *name, const char *text,
    enum giveaway_reader reader, int64_t council, const char *package);

#endif
