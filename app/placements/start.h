/*
 * Care that starts because its time has come, and the interim care that ends
 * with it. Knows no request: the jobs process and pages call it.
 */
#ifndef PLACEMENTS_START_H
#define PLACEMENTS_START_H

#include <stdint.h>

struct arena;
struct db;

/*
 * Notes for a package, which is locked, which placements have started by now
 * and which interim ones have ended by that, each with its audit row under the
 * council. Does nothing the second time.
 */
void care_start(
    struct db *db, struct arena *arena, int64_t council, int64_t package);

#endif
