/*
 * The gate is one robust mutex for each core in shared memory: a worker that
 * is killed while hashing gives its place back by itself.
 */
#include "base/password.h"

#include <argon2.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/secret.h"

enum {
	MEMORY_KIB = 19456,
	PASSES = 2,
	LANES = 1,
	SALT_SIZE = 16,
	TAG_SIZE = 32,
	MOST_CORES = 64,
	MOST_WORKERS = 256,
	MOST_WAITING = 200, /* about 5 s of hashing on two cores */
	LOWEST_PRIORITY = 19,
};

struct gate {
	pthread_mutex_t places[MOST_CORES];
	int place_count;
	atomic_uint next;
	atomic_int waiting[MOST_WORKERS];
};

static struct gate *gate;
static int gate_worker;

void
password_gate_open(void)
{
	pthread_mutexattr_t attributes;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int i;

	gate = mmap(NULL, sizeof(*gate), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (gate == MAP_FAILED) {
		fputs("password: no shared memory\n", stderr);
		exit(1);
	}
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	gate->place_count = cores < 1 ? 1 : (int)cores;
	if (gate->place_count > MOST_CORES)
		gate->place_count = MOST_CORES;
	for (i = 0; i < gate->place_count; i++)
		pthread_mutex_init(&gate->places[i], &attributes);
}

void
password_gate_enter(int worker)
{
	if (gate == NULL || worker < 0 || worker >= MOST_WORKERS)
		return;
	gate_worker = worker;
	atomic_store(&gate->waiting[worker], 0);
}

bool
password_gate_is_full(void)
{
	int i, waiting = 0;

	if (gate == NULL)
		return false;
	for (i = 0; i < MOST_WORKERS; i++)
		waiting += atomic_load(&gate->waiting[i]);
	return waiting >= MOST_WAITING;
}

void
password_gate_wait(int change)
{
	if (gate != NULL)
		atomic_fetch_add(&gate->waiting[gate_worker], change);
}

static pthread_mutex_t *
gate_take(void)
{
	pthread_mutex_t *place;

	if (gate == NULL)
		return NULL;
	place = &gate->places[atomic_fetch_add(&gate->next, 1) %
			      (unsigned int)gate->place_count];
	if (pthread_mutex_lock(place) == EOWNERDEAD)
		pthread_mutex_consistent(place);
	return place;
}

static void
password_make(struct password_job *job)
{
	unsigned char salt[SALT_SIZE];

	secret_random(salt, sizeof(salt));
	job->is_done = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES,
			   job->password, strlen(job->password), salt,
			   sizeof(salt), TAG_SIZE, job->hash,
			   sizeof(job->hash)) == ARGON2_OK;
}

static void
password_verify(struct password_job *job)
{
	int answer = argon2id_verify(
	    job->hash, job->password, strlen(job->password));

	job->matches = answer == ARGON2_OK;
	job->is_done = answer == ARGON2_OK || answer == ARGON2_VERIFY_MISMATCH;
}

/* Pages come before passwords: the thread steps back behind the workers. */
void
password_run(struct password_job *job)
{
	pthread_mutex_t *place;

	if (gate != NULL)
		setpriority(PRIO_PROCESS, 0, LOWEST_PRIORITY);
	place = gate_take();
	if (job->is_verify)
		password_verify(job);
	else
		password_make(job);
	if (place != NULL)
		pthread_mutex_unlock(place);
	secret_wipe(job->password, sizeof(job->password));
}

const char *
password_hash_of_nobody(void)
{
	static char hash[PASSWORD_HASH_SIZE];
	struct password_job job = { .is_verify = false };

	if (hash[0] == '\0') {
		secret_random(job.password, 32);
		job.password[32] = '\0';
		password_make(&job);
		memcpy(hash, job.hash, sizeof(hash));
	}
	return hash;
}
