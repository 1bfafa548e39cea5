/* How long a mail that could not be sent waits for its next attempt. Pure. */
#ifndef MESSAGES_BACKOFF_H
#define MESSAGES_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Seconds after the given number of attempts: half a minute, doubled each
 * time, four hours at the most.
 */
int64_t backoff_seconds(int32_t attempts);

/* Whether a mail was tried for about three days and is given up. */
bool backoff_is_over(int32_t attempts);

#endif
