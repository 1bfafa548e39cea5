/*
 * SHA-256 (FIPS 180-4). Our own, because allocation must be replayed by
 * anyone from this folder alone; passwords and seals use libcrypto.
 */
#ifndef MATCHING_SHA256_H
#define MATCHING_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64 };

struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	uint8_t block[SHA256_BLOCK];
};

struct sha256 sha256_begin(void);
void sha256_add(struct sha256 *hash, const void *data, size_t length);
void sha256_end(struct sha256 *hash, uint8_t digest[SHA256_BYTES]);

#endif
