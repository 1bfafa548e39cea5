/* Doubling waits with an end. */
#include "messages/backoff.h"

enum {
	FIRST_SECONDS = 30,
	LONGEST_SECONDS = 4 * 3600,
	GIVEN_UP_AFTER_SECONDS = 3 * 24 * 3600,
};

int64_t
backoff_seconds(int32_t attempts)
{
	int64_t seconds = FIRST_SECONDS;

	for (; attempts > 1 && seconds < LONGEST_SECONDS; attempts--)
		seconds *= 2;
	return seconds < LONGEST_SECONDS ? seconds : LONGEST_SECONDS;
}

bool
backoff_is_over(int32_t attempts)
{
	int64_t waited = 0;
	int32_t attempt;

	for (attempt = 1; attempt < attempts; attempt++)
		waited += backoff_seconds(attempt);
	return waited >= GIVEN_UP_AFTER_SECONDS;
}
