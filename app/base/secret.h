/*
 * Randomness and hashes, all from OpenSSL's libcrypto; and the comparison
 * that takes the same time whatever differs.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum { SECRET_HASH_SIZE = 32 };

/* Fills `data` from the kernel; ends the process if that cannot be had. */
void secret_random(void *data, size_t size);

/* SHA-256, and HMAC-SHA256 under a key; ends the process if it cannot. */
void secret_hash(
    const void *data, size_t size, unsigned char hash[SECRET_HASH_SIZE]);
void secret_hmac(const void *key, size_t key_size, const void *data,
    size_t size, unsigned char hash[SECRET_HASH_SIZE]);

/* Whether two texts are equal, without telling where they differ. */
bool secret_equal(const char *a, const char *b);

/* Overwrites memory that held a password. */
void secret_wipe(void *data, size_t size);

#endif
