/* What happened to a package, in sentences. */
#ifndef PACKAGES_HISTORY_H
#define PACKAGES_HISTORY_H

#include "packages/history.sql.h"

struct request;

/* One line of the history, in the arena. */
const char *event_text(struct request *r, const struct package_event *event);

/* "place of care" of a section's code; the code itself when it is none. */
const char *section_text(const char *code);

/* "Accepted, chosen", "No reply" of an offer's state and result. */
const char *offer_state_text(const char *state, const char *result);

#endif
