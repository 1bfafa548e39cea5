/*
 * Allocation of a pilot's participants: a sealed list of arms for every
 * stratum, in blocks of two to one, from a seed that anyone can check and
 * replay. Who takes part, and in which stratum, is left to others.
 *
 * The seed is 32 bytes; its SHA-256 is published before the first allocation.
 * Every stratum draws from a stream of its own, so that one more stratum
 * changes no other: block k (from 0) of the stream is
 *     SHA-256(seed, name of the stratum in UTF-8, a zero byte, k as 8 bytes)
 * and gives eight numbers of 4 bytes; all numbers have the high byte first.
 * To draw below n, take the next number until it is less than the greatest
 * multiple of n up to 2^32; the remainder by n is what is drawn. Below 1 there
 * is nothing to draw, and no number is taken.
 *
 * Until the places of a stratum are used up: of the sizes not greater than
 * the places left, in the order given, one is drawn (when there is none, all
 * that is left is one block). The block is two thirds holistic, then a third
 * control; then, for i from its last place down to its second, counted from 1,
 * a number below i is drawn, and place i exchanged with the place of that
 * number plus one.
 */
#ifndef MATCHING_ALLOCATE_H
#define MATCHING_ALLOCATE_H

#include <stddef.h>
#include <stdint.h>

#include "matching/sha256.h"

struct arena;

enum {
	ALLOCATE_STRATA = 1000,
	ALLOCATE_PLACES = 30000, /* of one stratum */
	ALLOCATE_SIZES = 16,
	ALLOCATE_RATIO = 3, /* two of three are holistic */
};

enum allocate_arm {
	ARM_HOLISTIC,
	ARM_CONTROL,
	ARM_COUNT,
};

struct allocate_stratum {
	const char *name;
	int32_t places; /* a multiple of three */
};

struct allocate_design {
	const uint8_t *seed; /* SHA256_BYTES */
	const struct allocate_stratum *stratum;
	size_t stratum_count;
	const int32_t *size; /* of blocks, multiples of three, ascending */
	size_t size_count;
};

/* `position` and `block` count from 1 within the stratum. */
struct allocate_place {
	size_t stratum;
	int32_t position;
	int32_t block;
	enum allocate_arm arm;
};

struct allocate_list {
	const struct allocate_place *place; /* by stratum, then position */
	size_t count;
	int32_t total[ARM_COUNT];
};

const char *allocate_arm_name(enum allocate_arm arm);

/* Says in a sentence (in the arena) what is wrong with a design, or NULL. */
const char *allocate_check(
    struct arena *arena, const struct allocate_design *design);

/* The sealed list of a design that passed; it lives in the arena. */
struct allocate_list allocate_seal(
    struct arena *arena, const struct allocate_design *design);

/* What is published beforehand: SHA-256 of the seed, in lower-case hex. */
const char *allocate_commitment(struct arena *arena, const uint8_t *seed);

#endif
