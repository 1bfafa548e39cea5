/*
 * The constants are the first 32 bits of the fractions of the square roots
 * of the first 8 primes, and of the cube roots of the first 64.
 */
#include "matching/sha256.h"

#include <string.h>

enum { ROUNDS = 64, LENGTH_BYTES = 8 };

static const uint32_t constants[ROUNDS] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf,
	0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
	0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
	0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
	0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
	0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
	0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
	0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };

static uint32_t
rotate(uint32_t word, unsigned bits)
{
	return word >> bits | word << (32 - bits);
}

/* The schedule: the block's own 16 words, and 48 made of them. */
static void
words_fill(uint32_t word[ROUNDS], const uint8_t *block)
{
	for (size_t i = 0; i < 16; i++)
		word[i] = (uint32_t)block[i * 4] << 24 |
		          (uint32_t)block[i * 4 + 1] << 16 |
		          (uint32_t)block[i * 4 + 2] << 8 | block[i * 4 + 3];
	for (size_t i = 16; i < ROUNDS; i++) {
		uint32_t a = word[i - 15], b = word[i - 2];

		word[i] = word[i - 16] + word[i - 7] +
		          (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
		          (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

static void
block_mix(uint32_t state[8], const uint8_t *block)
{
	uint32_t word[ROUNDS], s[8];

	words_fill(word, block);
	memcpy(s, state, sizeof(s));
	for (size_t i = 0; i < ROUNDS; i++) {
		uint32_t high = rotate(s[4], 6) ^ rotate(s[4], 11) ^
		                rotate(s[4], 25);
		uint32_t low = rotate(s[0], 2) ^ rotate(s[0], 13) ^
		               rotate(s[0], 22);
		uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
		uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^
		                    (s[1] & s[2]);
		uint32_t first = s[7] + high + choice + constants[i] + word[i];

		memmove(&s[1], &s[0], 7 * sizeof(s[0]));
		s[4] += first;
		s[0] = first + low + majority;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += s[i];
}

struct sha256
sha256_begin(void)
{
	struct sha256 hash = { .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
				   0xa54ff53a, 0x510e527f, 0x9b05688c,
				   0x1f83d9ab, 0x5be0cd19 } };

	return hash;
}

void
sha256_add(struct sha256 *hash, const void *data, size_t length)
{
	const uint8_t *bytes = data;

	while (length > 0) {
		size_t used = hash->length % SHA256_BLOCK;
		size_t taken = SHA256_BLOCK - used;

		if (taken > length)
			taken = length;
		memcpy(&hash->block[used], bytes, taken);
		hash->length += taken;
		bytes += taken;
		length -= taken;
		if (hash->length % SHA256_BLOCK == 0)
			block_mix(hash->state, hash->block);
	}
}

void
sha256_end(struct sha256 *hash, uint8_t digest[SHA256_BYTES])
{
	static const uint8_t padding[SHA256_BLOCK] = { 0x80 };
	uint64_t bits = hash->length * 8;
	size_t used = hash->length % SHA256_BLOCK;
	size_t most = SHA256_BLOCK - LENGTH_BYTES;
	uint8_t length[LENGTH_BYTES];

	for (size_t i = 0; i < LENGTH_BYTES; i++)
		length[i] = (uint8_t)(bits >> (56 - i * 8));
	sha256_add(hash, padding,
	    used < most ? most - used : SHA256_BLOCK + most - used);
	sha256_add(hash, length, sizeof(length));
	for (size_t i = 0; i < SHA256_BYTES; i++)
		digest[i] = (uint8_t)(hash->state[i / 4] >> (24 - i % 4 * 8));
}
