/* The name of a mail as a file, without its folder. Pure. */
#ifndef MESSAGES_MAIL_NAME_H
#define MESSAGES_MAIL_NAME_H

#include <stdint.h>

struct arena;

/* "20261122T010203-m1x2...": sorts by time, the same at every attempt. */
const char *mail_name(
    struct arena *arena, int64_t created_at, const char *message_id);

#endif
