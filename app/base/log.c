/*
 * Lines for whoever runs Hearth. Each is one write, so that lines of several
 * processes do not run into each other.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAXIMUM = 2048 };

static char about[32];

void
log_about(const char *id)
{
	snprintf(about, sizeof(about), "%s", id);
}

/* What a call gave, kept within the room that it had. */
static size_t
fitted(int written, size_t room)
{
	if (written < 0)
		return 0;
	return (size_t)written < room ? (size_t)written : room - 1;
}

static void
log_write(const char *level, const char *what, const char *format, va_list args)
{
	char line[LINE_MAXIMUM];
	const size_t room = sizeof(line) - 1; /* the newline has its place */
	struct timespec now;
	struct tm utc;
	size_t length, i;
	ssize_t written;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	length = strftime(line, room, "%Y-%m-%dT%H:%M:%S", &utc);
	length += fitted(
	    snprintf(line + length, room - length,
		".%03ldZ level=%s what=%s%s%s ", now.tv_nsec / 1000000, level,
		what, *about != '\0' ? " id=" : "", about),
	    room - length);
	length += fitted(vsnprintf(line + length, room - length, format, args),
	    room - length);
	/* Nothing that was logged may begin a line of its own. */
	for (i = 0; i < length; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7F)
			line[i] = ' ';
	line[length++] = '\n';
	/* A log that cannot be written has nobody left to be told. */
	written = write(STDERR_FILENO, line, length);
	(void)written;
}

void
log_info(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_write("info", what, format, args);
	va_end(args);
}

void
log_error(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_write("error", what, format, args);
	va_end(args);
}
