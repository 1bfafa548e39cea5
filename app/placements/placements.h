/* What templates show of placements. */
#ifndef PLACEMENTS_PLACEMENTS_H
#define PLACEMENTS_PLACEMENTS_H

#include <stdbool.h>

#include "base/form.h"
#include "base/request.h"
#include "offers/offers.sql.h"
#include "offers/views.h"
#include "placements/placements.sql.h"

struct placement_view {
	const struct placement_page *placement;
	struct placement_contact_list contacts;
	struct offer_need_list needs;
	struct offer_outcome_list outcomes;
	struct week_row_list week;
	bool is_live;
	bool may_see_person;  /* the session reads who it is */
	bool may_see_care;    /* and what the package says now */
	bool may_write;       /* may end it and ask for the key-safe note */
	const char *key_safe; /* the note, on the page that was asked for it */
};

/* "Starts soon" and the tag's colour for a state. */
const char *placement_state_label(const char *state);
const char *placement_state_colour(const char *state);

/* "1204 placements, the latest start first", in the arena. */
const char *placements_caption(struct request *r, const struct paging *paging);

/* What to filter the list by. */
extern const struct choice_list placement_shows;

/* "Ada Example (sister), 01632 960001" */
const char *contact_text(
    struct request *r, const struct placement_contact *contact);

#endif
