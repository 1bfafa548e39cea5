/* The instant in UTC, then the Message-ID. */
#include "messages/mail_name.h"

#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"

const char *
mail_name(struct arena *arena, int64_t created_at, const char *message_id)
{
	const time_t seconds = (time_t)(created_at / CLOCK_SECOND);
	char instant[32];
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(instant, sizeof(instant), "%Y%m%dT%H%M%S", &utc);
	return arena_printf(arena, "%s-%s", instant, message_id);
}
