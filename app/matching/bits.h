/*
 * Sets of bits in words of 64: areas, groups, tags, parts of the week.
 */
#ifndef MATCHING_BITS_H
#define MATCHING_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a set of `bits` bits has one; none has a bit below 0. */
static inline bool
bit_is_set(const uint64_t *words, unsigned bits, int bit)
{
	unsigned place = (unsigned)bit;

	return place < bits && (words[place / 64] >> (place % 64) & 1);
}

/* The processors that we may run on need not have an instruction for it. */
static inline int
bits_of(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) +
	       (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (int)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* How many bits are set in `count` words of both; `b` may be NULL. */
static inline int
bits_in_both(const uint64_t *a, const uint64_t *b, size_t count)
{
	int bits = 0;

	for (size_t i = 0; i < count; i++)
		if (a[i] != 0)
			bits += bits_of(b != NULL ? a[i] & b[i] : a[i]);
	return bits;
}

#endif
