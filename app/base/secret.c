/* Thin wrappers, so that one file names the library behind our secrets. */
#include "base/secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
secret_die(const char *what)
{
	fprintf(stderr, "secret: %s failed\n", what);
	abort();
}

void
secret_random(void *data, size_t size)
{
	if (RAND_bytes(data, (int)size) != 1)
		secret_die("randomness");
}

void
secret_hash(const void *data, size_t size, unsigned char hash[SECRET_HASH_SIZE])
{
	unsigned int length = SECRET_HASH_SIZE;

	if (EVP_Digest(data, size, hash, &length, EVP_sha256(), NULL) != 1)
		secret_die("SHA-256");
}

void
secret_hmac(const void *key, size_t key_size, const void *data, size_t size,
    unsigned char hash[SECRET_HASH_SIZE])
{
	unsigned int length = SECRET_HASH_SIZE;

	if (HMAC(EVP_sha256(), key, (int)key_size, data, size, hash, &length) ==
	    NULL)
		secret_die("HMAC");
}

bool
secret_equal(const char *a, const char *b)
{
	size_t length = strlen(a);

	return length == strlen(b) && CRYPTO_memcmp(a, b, length) == 0;
}

void
secret_wipe(void *data, size_t size)
{
	OPENSSL_cleanse(data, size);
}
