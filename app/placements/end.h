/*
 * Care that ends, now or as it was planned. Knows no request: the jobs
 * process and pages call it.
 */
#ifndef PLACEMENTS_END_H
#define PLACEMENTS_END_H

#include <stdbool.h>

#include "offers/settle.h"

/*
 * Ends what was to end by now under a package, which is locked: each with its
 * audit row, the hours given back, and the package waiting again or closed as
 * was said. The broker is told of a package that waits; the provider, if
 * `tells_provider`, that its placement has ended. Does nothing the second time.
 */
void care_end(const struct offer_work *work, int64_t council, int64_t package,
    bool tells_provider);

#endif
