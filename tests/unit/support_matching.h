/*
 * A small market to rank: areas, groups, tags, a need and a provider for it.
 */
#ifndef UNIT_SUPPORT_MATCHING_H
#define UNIT_SUPPORT_MATCHING_H

#include <stddef.h>
#include <stdint.h>

#include "matching/rank.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND        INT64_C(1000000)
#define HOUR          (3600 * SECOND)
#define WANTED        (INT64_C(1700000000) * SECOND)

/* Areas, groups and tags, and their ids from 11, 21 and 31. */
enum { DACORUM = 1 };
enum { OLDER = 0 };
enum { DEMENTIA, POLISH, TWO, SUPPORT };

struct vocabulary market_tags(void);

/*
 * Support at home for an older person in Dacorum with dementia, two care
 * workers at once, 14 hours a week.
 */
struct need plain_need(void);

/* A provider that meets everything that plain_need() asks. */
struct candidate good_candidate(int64_t order);

/* The stated order of the candidate at a place of the ranking. */
int64_t ranking_order_at(const struct ranking *ranking, size_t entry);

#endif
