/*
 * argon2id for passwords, and the gate that lets only as many run at once as
 * there are cores, over all workers.
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include <stdbool.h>

#include "base/reply.h"

/*
 * Maps what the workers share. Called once before they are forked; without
 * it (tests, command line) the gate is open.
 */
void password_gate_open(void);

/* Clears what a worker of this number left behind when it died; from 1. */
void password_gate_enter(int worker);

/* Whether so many wait that the next should be turned away for now. */
bool password_gate_is_full(void);

/* Counts a job that begins (1) or has ended (-1) waiting in this worker. */
void password_gate_wait(int change);

/*
 * Makes or verifies a hash (argon2id, m = 19456 KiB, t = 2, p = 1, the floor
 * of OWASP's storage rules), fills the job and wipes its password. Waits for
 * a place at the gate. Safe in a thread: uses only the job.
 */
void password_run(struct password_job *job);

/* A verify that takes as long as any, for an address that nobody has. */
const char *password_hash_of_nobody(void);

#endif
