/*
 * Numbers that look random and are the same in every run.
 */
#ifndef UNIT_SUPPORT_RANDOM_H
#define UNIT_SUPPORT_RANDOM_H

#include <stdint.h>

void random_begin(uint64_t seed);

/* From 0 to below `below`. */
uint32_t random_below(uint32_t below);

#endif
