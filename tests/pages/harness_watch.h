/*
 * What every request of every page test is held to: whatever it changes, and
 * whenever it shows who a person is, it writes an audit row in the same
 * transaction; and a request that is refused has changed nothing, but what time
 * alone had brought about before: the end of a round that was over.
 */
#ifndef PAGES_HARNESS_WATCH_H
#define PAGES_HARNESS_WATCH_H

#include "base/request.h"

/* Once, before the first request: makes the database note what they change. */
void watch_begin(void);
void watch_end(void);

/*
 * After a request, with the page that it got: fails the test when it broke a
 * rule.
 */
void watch_request(const struct request *r, int status, const char *page);

#endif
