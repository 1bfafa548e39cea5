/*
 * One line an event on stderr, key=value, UTC, without personal data: ids,
 * route patterns, counts and times, never what somebody typed.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * From now on lines carry "id=...", the request that they are about, which
 * its error page shows as its reference; at most 31 letters of it.
 */
void log_about(const char *id);

/*
 * Writes "2026-11-22T01:02:03.004Z level=... what=... <rest>" in one write.
 * The rest is a format of key=value pairs; control characters are replaced.
 */
void log_info(const char *what, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_error(const char *what, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
