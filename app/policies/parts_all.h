/* What the files of a policy's forms share; nobody else includes it. */
#ifndef POLICIES_PARTS_ALL_H
#define POLICIES_PARTS_ALL_H

#include "policies/parts.h"

/* What every form begins with, and whether an empty field can be 0. */
#define REVISION    FIELD(struct part_values, FIELD_HIDDEN, revision, "Revision")
#define HAS(member) .has_offset = offsetof(struct part_values, has_##member)

extern const struct draft_part part_name;
extern const struct draft_part part_sending;
extern const struct draft_part part_after;
extern const struct draft_part part_winner;
extern const struct draft_part part_price;
extern const struct draft_part part_ties;
extern const struct draft_part part_fit;
extern const struct draft_part part_reply;
extern const struct draft_part part_start;

#endif
